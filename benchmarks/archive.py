"""How long the archive takes: to import everything, to open a view, and to find all matches of a club.

    SECONDLEG_MIRROR=... python benchmarks/archive.py [--keep FILE] [--archive FILE] [--clubs N]

Imports every source of the mirror in a process of its own and prints its time, its peak of memory and the size of the
file; beside it, the time in which DuckDB alone reads the same rows out of the Parquet and CSV files, which nothing that
imports them can beat. Then asks, of that archive, for a view and for all matches of a club before a day; beside it,
the same question to SQLite, with an index on club and day, over the same rows. Prints medians and ratios.

`--archive` measures an archive that is there already and leaves the import out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb

from secondleg.archive.archive import Archive

DAY: Final = dt.date(2019, 6, 1)
CLUBS: Final = 40
FOLDERS: Final = (
    "openfootball",
    "openfootball_clubs",
    "schochastics",
    "engsoccerdata",
    "football-data.co.uk",
    "reep",
)
"""The folders of the mirror that hold sources of the archive."""


def import_everything(mirror: Path, target: Path) -> None:
    """Import the mirror's sources into `target`, with the command that a user has, and print what it took."""
    folders = [str(mirror / name) for name in FOLDERS]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "secondleg", "data", "import", "--archive", str(target), *folders], check=True
    )
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    bare = read_only(mirror)
    print(f"import of everything        {took:8.1f} s     (budget 300 s)")
    print(f"  peak of memory            {peak:8.2f} GiB   (budget 4 GiB)")
    print(f"  size of the file          {target.stat().st_size / 1e6:8.0f} MB    (budget 500 MB)")
    print(f"  DuckDB alone, reading     {bare:8.1f} s     ratio {took / bare:.0f}")


def read_only(mirror: Path) -> float:
    """Seconds in which DuckDB reads all tables of the mirror into memory, without looking at them."""
    start = time.perf_counter()
    connection = duckdb.connect()
    for number, file in enumerate(sorted(mirror.glob("*/*.parquet")) + sorted(mirror.glob("*/*/*.parquet"))):
        connection.execute(
            f"CREATE TABLE t{number} AS SELECT * FROM read_parquet($file)", {"file": str(file)}
        )
    for number, file in enumerate(sorted(p for name in FOLDERS for p in (mirror / name).rglob("*.csv"))):
        connection.execute(
            f"CREATE TABLE c{number} AS SELECT * FROM "
            "read_csv($file, all_varchar = true, quote = '\"', strict_mode = false, ignore_errors = true)",
            {"file": str(file)},
        )
    return time.perf_counter() - start


def median(run: Callable[[str], object], clubs: list[str]) -> float:
    """Milliseconds for one club: the median of all, after one warm-up."""
    run(clubs[0])
    times = []
    for club in clubs:
        start = time.perf_counter()
        run(club)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def ask(target: Path, clubs_asked: int) -> None:
    """Time the view and the matches of a club, beside SQLite."""
    with Archive.open(target) as archive:
        times = []
        for _ in range(50):
            start = time.perf_counter()
            archive.view(DAY)
            times.append((time.perf_counter() - start) * 1000)
        view = archive.view(DAY)
        clubs = [
            row["club"]
            for row in view.rows(
                "SELECT club FROM side GROUP BY club HAVING count(*) >= 500 ORDER BY hash(club) LIMIT $n",
                n=clubs_asked,
            )
        ]
        sql = "SELECT date, opponent, venue, scored, conceded, result FROM side WHERE club = $club ORDER BY date"
        arrays = median(lambda club: view.columns(sql, club=club), clubs)
        dicts = median(lambda club: view.rows(sql, club=club), clubs)
        peer = sqlite3.connect(":memory:")
        peer.execute("CREATE TABLE side (club, date, opponent, venue, scored, conceded, result)")
        rows = archive.connection.execute(
            "SELECT club, date::TEXT, opponent, venue, scored, conceded, result FROM store.side"
        ).fetchall()
        peer.executemany("INSERT INTO side VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        peer.execute("CREATE INDEX by_club ON side (club, date)")
        theirs = median(
            lambda club: peer.execute(
                "SELECT date, opponent, venue, scored, conceded, result FROM side "
                "WHERE club = ? AND date < ? ORDER BY date",
                (club, DAY.isoformat()),
            ).fetchall(),
            clubs,
        )
        matches = archive.connection.execute("SELECT count(*) FROM store.match").fetchall()[0][0]
    print(f"of {matches:,} matches:")
    print(f"  a view                    {statistics.median(times):8.2f} ms    (budget 50 ms)")
    print(
        f"  all matches of a club     {arrays:8.2f} ms    (budget 5 ms; as arrays, median of {len(clubs)} clubs)"
    )
    print(f"    as dicts                {dicts:8.2f} ms")
    print(f"  SQLite with an index      {theirs:8.2f} ms    ratio {arrays / theirs:.1f}")


def main() -> None:
    """Import, unless an archive is given; then ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, help="an archive that is there already")
    parser.add_argument(
        "--keep", type=Path, help="where the archive is written; without it, it is thrown away"
    )
    parser.add_argument("--clubs", type=int, default=CLUBS, help="how many clubs are asked for")
    arguments = parser.parse_args()
    if arguments.archive is not None:
        ask(arguments.archive, arguments.clubs)
        return
    mirror = os.environ.get("SECONDLEG_MIRROR")
    if not mirror:
        print(
            "SECONDLEG_MIRROR is not set: give a folder that mirrors the public sources, or --archive FILE."
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        target = arguments.keep or Path(folder) / "archive.duckdb"
        target.unlink(missing_ok=True)
        import_everything(Path(mirror), target)
        ask(target, arguments.clubs)


if __name__ == "__main__":
    main()
