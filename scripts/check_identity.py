"""How well clubs are matched across sources: precision and recall, measured on what the linkage did not see.

    python scripts/check_identity.py full.duckdb [--write docs/identity.md]

`full.duckdb` is an archive with every source in it. The matches of every second year are hidden, clubs are matched
from the rest (and from names only, and from fixtures only), and the hidden matches are the test.

Two rows of two sources are the same match, whatever its sides are called, if they have the competition, the day and a
score that no other match of that competition has on that day in either source. Of these, recall is the share whose
two sides got the same clubs. Precision is looked at twice: of the rows that were joined (same competition and clubs,
at most a day apart) the share with the same score, for no score of a hidden match was used; and of the days on which
both sources have a match of what is held for one club, in one competition, the share with the same opponent, for two
clubs that were taken for one play elsewhere. Both also count the sources' own slips. What recall misses is listed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from secondleg.archive import linking
from secondleg.archive.schema import SCHEMA

MODES: Final = ("everything", "names only", "fixtures only")
PAIRS: Final = (
    ("schochastics", "engsoccerdata"),
    ("schochastics", "openfootball"),
    ("football-data", "openfootball"),
    ("engsoccerdata", "football-data"),
    ("schochastics-incidents", "football-data"),
    ("schochastics-goals", "openfootball"),
)
_START: Final = "<!-- measured by scripts/check_identity.py -->"
_END: Final = "<!-- end -->"

_ROWS: Final = """
CREATE OR REPLACE TEMP TABLE tested AS
WITH named AS (
    SELECT m.source, m.competition AS c, (m.date - DATE '1800-01-01')::INTEGER AS day, year(m.date - 181) AS year,
           m.home, m.away, h.club AS hc, a.club AS ac, m.home_goals AS hg, m.away_goals AS ag
    FROM (
        SELECT DISTINCT source, competition, season, date, home_country, home, away_country, away,
               home_goals, away_goals
        FROM given.store.source_match WHERE home_goals IS NOT NULL AND year(date - 181) % 2 = 1
    ) m
    LEFT JOIN reach h ON h.source = m.source AND h.country = coalesce(m.home_country, '') AND h.name = m.home
                     AND m.season BETWEEN h.first AND h.last
    LEFT JOIN reach a ON a.source = m.source AND a.country = coalesce(m.away_country, '') AND a.name = m.away
                     AND m.season BETWEEN a.first AND a.last
)
SELECT *, count(*) OVER (PARTITION BY source, c, day, hg, ag) AS alike FROM named
"""

# a spelling's first and last part reach to the hidden seasons around it
_REACH: Final = """
CREATE OR REPLACE TEMP TABLE reach AS
SELECT source, country, name, club,
       CASE WHEN first_season = min(first_season) OVER one THEN 0 ELSE first_season END AS first,
       CASE WHEN last_season = max(last_season) OVER one THEN 9999 ELSE last_season END AS last
FROM spelling WINDOW one AS (PARTITION BY source, country, name)
"""

_RECALL: Final = """
SELECT count(*) FILTER (x.hc IS NOT NULL AND x.ac IS NOT NULL AND y.hc IS NOT NULL AND y.ac IS NOT NULL),
       count(*) FILTER (x.hc = y.hc AND x.ac = y.ac)
FROM tested x JOIN tested y ON y.c = x.c AND y.day = x.day AND y.hg = x.hg AND y.ag = x.ag
WHERE x.source = $one AND y.source = $other AND x.alike = 1 AND y.alike = 1
"""
_PRECISION: Final = """
WITH near AS (
    SELECT c, hc, ac, day + shift AS day, hg, ag FROM tested, (SELECT unnest([-1, 0, 1]) AS shift) WHERE source = $other
)
SELECT count(*), count(*) FILTER (x.hg = y.hg AND x.ag = y.ag)
FROM (SELECT DISTINCT c, hc, ac, day, hg, ag FROM tested WHERE source = $one) x
JOIN near y ON y.c = x.c AND y.hc = x.hc AND y.ac = x.ac AND y.day = x.day
"""
_DAYS: Final = """
WITH side AS (
    SELECT source, c, day, hc AS club, ac AS opponent FROM tested
    UNION ALL
    SELECT source, c, day, ac, hc FROM tested
),
-- where a source dates a whole season to one day, that day tells nothing
single AS (
    SELECT source, c, day, club, any_value(opponent) AS opponent FROM side WHERE club IS NOT NULL
    GROUP BY source, c, day, club HAVING count(DISTINCT opponent) = 1 AND count(*) = count(opponent)
)
SELECT count(*), count(*) FILTER (x.opponent = y.opponent)
FROM single x JOIN single y ON y.c = x.c AND y.day = x.day AND y.club = x.club
WHERE x.source = $one AND y.source = $other
"""
_MISSED: Final = """
SELECT x.c, least(x.home, y.home), greatest(x.home, y.home), count(*) AS n, min(x.hc), min(y.hc)
FROM tested x JOIN tested y ON y.c = x.c AND y.day = x.day AND y.hg = x.hg AND y.ag = x.ag
WHERE x.source = $one AND y.source = $other AND x.alike = 1 AND y.alike = 1 AND x.hc <> y.hc
GROUP BY ALL ORDER BY n DESC, 1, 2, 3 LIMIT 12
"""


class Measured(NamedTuple):
    """Matches that both sources hold, and those with the same clubs; rows that were joined, and those with one score;
    days on which both have a match of a club in one competition, and those with the same opponent."""

    held: int
    same: int
    joined: int
    right: int
    days: int
    agreed: int


def measured(archive: Path, mode: str) -> list[Measured]:
    """What each pair of `PAIRS` shows for one way of matching."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    connection.execute(SCHEMA)
    connection.execute(f"ATTACH '{archive}' AS given (READ_ONLY)")
    shown = "year(date - 181) % 2 = 0" if mode != "names only" else "true"
    connection.execute(
        f"INSERT INTO store.source_match BY NAME SELECT * FROM given.store.source_match WHERE {shown}"
    )
    if mode != "fixtures only":
        connection.execute("INSERT INTO store.source_alias BY NAME SELECT * FROM given.store.source_alias")
    linking.identify(connection, fixtures_count=mode != "names only", names_count=mode != "fixtures only")
    connection.execute(_REACH)
    connection.execute(_ROWS)
    found: list[Measured] = []
    for one, other in PAIRS:
        pair = {"one": one, "other": other}
        held, same = connection.execute(_RECALL, pair).fetchall()[0]
        joined, right = connection.execute(_PRECISION, pair).fetchall()[0]
        days, agreed = connection.execute(_DAYS, pair).fetchall()[0]
        found.append(Measured(held, same, joined, right, days, agreed))
        for missed in connection.execute(_MISSED, pair).fetchall():
            print("    missed:", *missed)
    connection.close()
    return found


def table(rows: dict[str, list[Measured]]) -> str:
    """The measurements as a table in Markdown."""
    lines = [
        "| sources | matched by | both hold | recall | joined | same score | club days | same opponent |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for n, (one, other) in enumerate(PAIRS):
        for mode, found in rows.items():
            m = found[n]
            lines.append(
                f"| {one}, {other} | {mode} | {m.held:,} | {_share(m.same, m.held)} | {m.joined:,} "
                f"| {_share(m.right, m.joined)} | {m.days:,} | {_share(m.agreed, m.days)} |"
            )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3%}" if whole else "-"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, and write it where told."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path, help="an archive with every source in it")
    parser.add_argument("--write", type=Path, help="the page whose table is to be brought up to date")
    given = parser.parse_args(arguments)
    rows = {mode: measured(given.archive, mode) for mode in MODES}
    text = table(rows)
    print(text)
    if given.write:
        page = given.write.read_text("utf-8")
        before, _, rest = page.partition(_START)
        _, _, after = rest.partition(_END)
        given.write.write_text(f"{before}{_START}\n{text}\n{_END}{after}", "utf-8")


if __name__ == "__main__":
    main()
