"""How long the fact sheet of a fixture takes, beside the same questions asked one by one.

    python benchmarks/facts.py ARCHIVE [--fixtures N] [--asked N] [--sizes]

For some fixtures of one day: the first (what is read once for a view is read), each other one (warm), and the same
again. The peer answers a sample of the candidate questions with `answer`, each by itself, and one statement for all
clubs with `answer_many`, from which the time for all of them follows. Prints medians and ratios. With `--sizes`, also
on smaller archives: all matches of a few countries, from 10,000 matches to the whole.

Times are wall time; on a shared machine, compare the ratios. BLAS and DuckDB run on one thread.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import duckdb

from secondleg.archive import sides
from secondleg.archive.archive import Archive
from secondleg.archive.schema import SCHEMA
from secondleg.archive.view import View
from secondleg.desk.facting import facts_of, setting_of
from secondleg.desk.fixtures import Fixture, find_fixture
from secondleg.records import Question, answer, answer_many
from secondleg.records.candidates import candidates
from secondleg.records.known import known

DAY: Final = dt.date(2024, 4, 17)
BUDGET: Final = 2.0
"""Seconds for a fixture, warm."""

_FIXTURES: Final = """
SELECT home, away, date FROM fixture
WHERE date BETWEEN $first AND $last
    AND competition IN ('eng.1', 'ita.1', 'esp.1', 'ger.1', 'uefa.el', 'uefa.cl')
ORDER BY date, competition, home LIMIT $most"""

_TABLES: Final = ("competition", "club", "club_name", "club_id", "coverage", "first_leg_record", "ground")


def fixtures_of(view: View, most: int) -> list[Fixture]:
    """The first fixtures of the big leagues and of Europe from the day of the view on."""
    rows = view.rows(_FIXTURES, first=view.as_of, last=view.as_of + dt.timedelta(days=10), most=most)
    return [find_fixture(view, row["home"], row["away"], row["date"]) for row in rows]


def seconds(view: View, fixture: Fixture) -> tuple[float, float, int]:
    """Wall time and processor time of a sheet, and the questions that it asked."""
    start, worked = time.perf_counter(), time.process_time()
    document = facts_of(view, fixture)
    return time.perf_counter() - start, time.process_time() - worked, int(document["asked"])


def one_by_one(view: View, fixture: Fixture, most: int) -> tuple[list[float], list[float]]:
    """Seconds of `answer`, and of `answer_many`, for a sample of the candidate questions."""
    asked: list[Question] = []
    for club in (fixture.home, fixture.away):
        asked += [candidate.question for candidate in candidates(view, setting_of(view, fixture, club))[0]]
    single, many = [], []
    for question in random.Random(3).sample(asked, min(most, len(asked))):
        start = time.perf_counter()
        answer(view, question)
        single.append(time.perf_counter() - start)
        start = time.perf_counter()
        answer_many(view, question)
        many.append(time.perf_counter() - start)
    return single, many


def part_of(source: Path, target: Path, countries: list[str]) -> int:
    """An archive with the matches of a few countries, and its number of matches."""
    connection = duckdb.connect(str(target))
    connection.execute(SCHEMA)
    connection.execute(f"ATTACH '{source}' AS whole (READ_ONLY)")
    connection.execute("INSERT INTO store.meta SELECT * FROM whole.store.meta")
    for table in _TABLES:
        connection.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM whole.store.{table}")
    condition = " OR ".join(f"starts_with(competition, '{country}.')" for country in countries)
    for table in ("match", "tie"):
        connection.execute(
            f"INSERT INTO store.{table} BY NAME SELECT * FROM whole.store.{table} WHERE {condition}"
        )
    connection.execute("DETACH whole")
    sides.derive(connection)
    found = connection.execute("SELECT count(*) FROM store.match").fetchall()[0][0]
    connection.close()
    return int(found)


def measure(path: Path, most: int, asked_one_by_one: int) -> None:
    """Print the times of one archive."""
    with Archive.open(path) as archive:
        archive.connection.execute("SET threads = 1")
        view = archive.view(DAY)
        matches = view.rows("SELECT count(*) AS n FROM result")[0]["n"]
        chosen = fixtures_of(view, most)
        first = seconds(view, chosen[0])
        warm = [seconds(view, fixture) for fixture in chosen[1:]]
        again = [seconds(view, fixture) for fixture in chosen]
        middle = statistics.median(row[0] for row in warm)
        asked = [row[2] for row in warm]
        print(f"{matches:,} matches, {len(chosen)} fixtures, {min(asked):,} to {max(asked):,} questions each")
        for label, rows in (
            ("first of a view", [first]),
            ("another fixture", warm),
            ("the same again", again),
        ):
            wall, worked = (statistics.median(row[part] for row in rows) for part in (0, 1))
            print(f"  {label:16}  {wall:7.2f} s  ({worked:.2f} s of a processor; budget {BUDGET:.0f} s)")
        if asked_one_by_one:
            single, many = one_by_one(view, chosen[0], asked_one_by_one)
            n = statistics.median(asked)
            for label, took in (("answer", single), ("answer_many", many)):
                each = statistics.mean(took)
                print(
                    f"  {label + ', each':16}  {1000 * each:7.0f} ms; all {n:,.0f} of them {n * each:,.0f} s, "
                    f"{n * each / middle:,.0f} times as long"
                )
        known(view).ledgers.clear()


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--fixtures", type=int, default=9)
    parser.add_argument("--asked", type=int, default=60)
    parser.add_argument("--sizes", action="store_true")
    given = parser.parse_args()
    if given.sizes:
        for countries in (["uefa"], ["uefa", "ita", "esp"], ["uefa", "ita", "esp", "ger", "fra", "eng"]):
            with tempfile.TemporaryDirectory() as folder:
                part = Path(folder) / "part.duckdb"
                part_of(given.archive, part, countries)
                measure(part, given.fixtures, 0)
    measure(given.archive, given.fixtures, given.asked)


if __name__ == "__main__":
    main()
