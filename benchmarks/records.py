"""How long a question takes, beside SQLite and plain Python over the same rows, and how it grows with the archive.

    python benchmarks/records.py --archive full.duckdb [--clubs N] [--sizes 10000 100000]

Asks each question of the clubs with most matches, warm: every club was asked about once before. Prints the median of
wall and of processor time in milliseconds, for archives of so many matches (whole competitions of the archive that is
given, taken by size) and for the whole of it. Beside them, for questions that SQLite can be asked in one statement,
the same to SQLite with an index on club and day over the same rows, and to plain Python over a club's rows that were
fetched before: both give the bare number, while an answer comes with its proof, its coverage and how sure it is.

Last, one question of every club at once, by the number of clubs.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from secondleg.archive import sides
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.records import (
    Event,
    Measure,
    OpponentClass,
    Per,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    answer,
    answer_many,
    europe,
)

DAY: Final = dt.date(2024, 4, 17)
CLUBS: Final = 10
SIZES: Final = (10_000, 100_000)

Rows = Sequence[tuple[str, int, int]]
"""Result, goals scored and conceded of a club's matches, oldest first."""


def questions(club: str) -> dict[str, Question]:
    """Questions of each kind, about one club."""
    of, s = Subject.of(club), Statistic
    return {
        "current streak": Question(s.CURRENT_STREAK, Event("scored"), of),
        "longest streak": Question(s.LONGEST_STREAK, Event("unbeaten"), of),
        "last": Question(s.LAST, Event("lost by", n=4), of),
        "count": Question(s.COUNT, Event("won"), of),
        "total": Question(s.TOTAL, Event("played"), of, measure=Measure.SCORED),
        "record of the last 10": Question(s.RECORD, Event("played"), of, scope=Scope(last=10)),
        "record match": Question(s.MOST, Event("won"), of, per=Per.UNIT, measure=Measure.DIFFERENCE),
        "record season": Question(s.MOST, Event("won"), of, per=Per.SEASON),
        "against promoted sides": Question(
            s.RECORD, Event("played"), of, scope=Scope(opponent_class=OpponentClass.PROMOTED)
        ),
        "came from behind": Question(s.COUNT, Event("came from behind"), of),
        "place after a match": Question(s.LONGEST_STREAK, Event("in top after", n=4), of),
        "ties": Question(s.SHARE, Event("went through"), of, Unit.TIE, europe()),
        "furthest": Question(s.FURTHEST, Event("played"), of, Unit.CAMPAIGN, europe()),
        "titles": Question(s.COUNT, Event("won"), of, Unit.SEASON),
    }


def wide_questions() -> dict[str, Question]:
    """Questions that name no club, and so look at every match of the archive."""
    of, s = Subject.any_club(), Statistic
    league = Scope(competitions=("eng.1",))
    return {
        "any club, count": Question(s.COUNT, Event("won by", n=9), of),
        "any club, last": Question(s.LAST, Event("won by", n=9), of),
        "any club, nth": Question(s.NTH, Event("won by", n=9), of, nth=100),
        "any club, total": Question(s.TOTAL, Event("played"), of, measure=Measure.SCORED),
        "any club, longest run": Question(s.LONGEST_STREAK, Event("unbeaten"), of),
        "any club, record match": Question(
            s.MOST, Event("won"), of, per=Per.UNIT, measure=Measure.DIFFERENCE
        ),
        "any club, comebacks": Question(s.COUNT, Event("won from behind"), of),
        "any club, run at the top": Question(s.LONGEST_STREAK, Event("top after"), of),
        "any club, most wins": Question(s.MOST, Event("won"), of, per=Per.CLUB),
        "any club, one league": Question(s.LONGEST_STREAK, Event("unbeaten"), of, scope=league),
        "any club, titles": Question(s.MOST, Event("won"), of, Unit.SEASON, league, per=Per.CLUB),
    }


_SQLITE: Final = {
    "count": "SELECT count(*) FROM side WHERE club = :club AND date < :day AND result = 'W'",
    "total": "SELECT sum(scored) FROM side WHERE club = :club AND date < :day",
    "last": "SELECT max(date) FROM side WHERE club = :club AND date < :day AND conceded - scored >= 4",
    "longest streak": """
        SELECT max(n) FROM (SELECT count(*) AS n FROM (
            SELECT result <> 'L' AS holds, row_number() OVER (ORDER BY date, match)
                   - row_number() OVER (PARTITION BY result <> 'L' ORDER BY date, match) AS island
            FROM side WHERE club = :club AND date < :day) WHERE holds GROUP BY island)""",
    "current streak": """
        SELECT count(*) FROM side WHERE club = :club AND date < :day AND date > (
            SELECT max(date) FROM side WHERE club = :club AND date < :day AND scored = 0)""",
}


def _longest(rows: Rows) -> int:
    best = now = 0
    for result, _, _ in rows:
        now = now + 1 if result != "L" else 0
        best = max(best, now)
    return best


def _current(rows: Rows) -> int:
    return next((n for n, (_, scored, _) in enumerate(reversed(rows)) if not scored), len(rows))


_PLAIN: Final[dict[str, Callable[[Rows], object]]] = {
    "count": lambda rows: sum(result == "W" for result, _, _ in rows),
    "total": lambda rows: sum(scored for _, scored, _ in rows),
    "last": lambda rows: max(
        (n for n, (_, ours, theirs) in enumerate(rows) if theirs - ours >= 4), default=None
    ),
    "longest streak": _longest,
    "current streak": _current,
}


def median(calls: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """Median wall and processor milliseconds of `calls`, each made once before."""
    wall, cpu = [], []
    for call in calls:
        call()
        start, used = time.perf_counter(), time.process_time()
        call()
        wall.append(1e3 * (time.perf_counter() - start))
        cpu.append(1e3 * (time.process_time() - used))
    return statistics.median(wall), statistics.median(cpu)


def part_of(whole: Archive, matches: int) -> Archive:
    """An archive in memory of the largest competitions' seasons, newest first, up to so many matches."""
    cursor = whole.connection.cursor()
    taken = f"""(SELECT competition, season FROM (
        SELECT competition, season, sum(played) OVER (ORDER BY season DESC, played DESC, competition) AS so_far
        FROM store.coverage WHERE season < {DAY.year}) WHERE so_far <= {matches})"""
    archive = Archive.memory()
    with archive.transaction() as connection:
        for table in ("match", "tie", "coverage"):
            kept = f"SELECT t.* FROM store.{table} t SEMI JOIN {taken} k USING (competition, season)"
            incoming = cursor.execute(kept).to_arrow_table()
            connection.register("incoming", incoming)
            connection.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM incoming")
        for table in ("club", "competition"):
            incoming = cursor.execute(f"SELECT * FROM store.{table}").to_arrow_table()
            connection.register("incoming", incoming)
            connection.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")
        sides.derive(connection)
    return archive


_BUSIEST: Final = "SELECT club, count(*) AS n FROM side GROUP BY club ORDER BY n DESC, club LIMIT $clubs"


def measure(view: View, clubs: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of each kind of question."""
    busiest = [row["club"] for row in view.rows(_BUSIEST, clubs=clubs)]
    asked = [questions(club) for club in busiest]
    # what the archive works out once is not part of a question's time
    answer(view, asked[0]["titles"])
    found = {kind: median([partial(answer, view, each[kind]) for each in asked]) for kind in asked[0]}
    return found | {kind: median([partial(answer, view, each)]) for kind, each in wide_questions().items()}


def fetched(base: sqlite3.Connection, sql: str, parameters: dict[str, str]) -> list[object]:
    """What SQLite answers."""
    return base.execute(sql, parameters).fetchall()


def peers(view: View, clubs: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of SQLite and of plain Python for the questions that both can be asked."""
    busiest = [row["club"] for row in view.rows(_BUSIEST, clubs=clubs)]
    kept = view.rows("SELECT club, date, match, result, scored, conceded FROM side")
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE TABLE side (club TEXT, date TEXT, match INTEGER, result TEXT, scored INTEGER, conceded INTEGER)"
    )
    base.executemany(
        "INSERT INTO side VALUES (?, ?, ?, ?, ?, ?)",
        (
            (r["club"], r["date"].isoformat(), r["match"], r["result"], r["scored"], r["conceded"])
            for r in kept
        ),
    )
    del kept
    base.execute("CREATE INDEX by_club ON side (club, date)")
    own = {
        club: base.execute(
            "SELECT result, scored, conceded FROM side WHERE club = ? ORDER BY date, match", (club,)
        ).fetchall()
        for club in busiest
    }
    found = {}
    for kind, sql in _SQLITE.items():
        asked = [partial(fetched, base, sql, {"club": club, "day": DAY.isoformat()}) for club in busiest]
        plain = [partial(_PLAIN[kind], own[club]) for club in busiest]
        found[kind] = median(asked)[1], median(plain)[1]
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--clubs", type=int, default=CLUBS)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    options = parser.parse_args()
    with Archive.open(options.archive) as whole:
        view = whole.view(DAY)
        measured = []
        for size in options.sizes:
            with part_of(whole, size) as part:
                measured.append((f"{size:,}", measure(part.view(DAY), options.clubs)))
        measured.append(("whole", measure(view, options.clubs)))
        beside = peers(view, options.clubs)
        heads = "".join(f"{name:>18}" for name, _ in measured)
        print(f"{'ms: wall (processor)':<26}{heads}{'SQLite':>10}{'ratio':>7}{'Python':>9}")
        for kind in measured[0][1]:
            cells = "".join(f"{f'{found[kind][0]:.0f} ({found[kind][1]:.0f})':>18}" for _, found in measured)
            peer = ""
            if kind in beside:
                sqlite, plain = beside[kind]
                peer = f"{sqlite:>10.2f}{measured[-1][1][kind][1] / sqlite:>7.1f}{plain:>9.2f}"
            print(f"{kind:<26}{cells}{peer}")
        print("\none question of many clubs at once, ms of processor time")
        for name, scope in (
            ("one league", Scope(competitions=("eng.1",))),
            ("Europe", europe()),
            ("all", Scope()),
        ):
            question = Question(Statistic.LONGEST_STREAK, Event("unbeaten"), Subject.of("*"), scope=scope)
            clubs = len(answer_many(view, question).clubs)
            _, cpu = median([partial(answer_many, view, question)])
            print(f"{name:<12}{clubs:>7,} clubs {cpu:>7.0f} ms {1e3 * cpu / clubs:>7.0f} µs a club")


if __name__ == "__main__":
    main()
