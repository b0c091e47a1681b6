"""From the sources' own words to one history: clubs, matches, ties, coverage.

`rebuild` derives every table of `schema.DERIVED` anew from the source rows, so an archive is a function of the
set of documents it holds: the order of imports cannot matter, and importing the same document again changes
nothing.

Who is who is decided in `archive.linking`, which rows tell of one match in `archive.meetings`, which are left out in
`archive.surplus`, what is kept where they differ in `archive.values`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from secondleg.archive.incidents import store_incidents
from secondleg.archive.linking import identify
from secondleg.archive.meetings import find_meetings
from secondleg.archive.merge import merge, store_words
from secondleg.archive.schema import DERIVED
from secondleg.archive.surplus import leave_out

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["rebuild"]

_TIED: Final = """
SELECT m.* FROM merged m
WHERE m.competition IN (SELECT code FROM store.competition WHERE kind <> 'league')
   OR (m.competition, m.season) IN (
       SELECT (competition, season) FROM merged WHERE stage IS NOT NULL AND stage <> 'regular-season'
   )
ORDER BY m.id
"""
"""Matches of seasons that may hold ties: a league's regular season holds none."""

# no list of fixtures is out more than a month or so before its season begins, and one would tell who went up
_STORE: Final = """
INSERT INTO store.match BY NAME
SELECT m.id, m.competition, m.season, coalesce(u.stage, m.stage) AS stage, r.rank AS stage_rank,
       m."group", m.round, coalesce(u.leg, m.leg) AS leg, u.tie, m.date, m.time, m.home, m.away, m.status,
       m.home_goals, m.away_goals, m.home_ft, m.away_ft, m.home_ht, m.away_ht, m.after_extra_time,
       m.home_pens, m.away_pens, coalesce(u.neutral, m.neutral, false) AS neutral, m.ground,
       greatest(u.known_from, CAST(f.first - INTERVAL 30 DAY AS DATE)) AS known_from, m.sources
FROM merged m
JOIN (SELECT competition, season, min(date) AS first FROM merged GROUP BY ALL) f USING (competition, season)
LEFT JOIN updates u ON u.id = m.id
LEFT JOIN stage_rank r ON r.stage = coalesce(u.stage, m.stage)
ORDER BY m.id
"""


def rebuild(
    connection: duckdb.DuckDBPyConnection, *, step: Callable[[str], None] = lambda _: None
) -> tuple[str, ...]:
    """Derive clubs, matches, ties and coverage anew from `store.source_match`; call it inside a transaction.

    `step` is told what is being done, for a progress bar. Returns remarks on what was left out, and why.
    """
    from secondleg.archive import checks, coverage, playoffs, sides, standings, table_places, ties

    for table in DERIVED:
        connection.execute(f"DELETE FROM store.{table}")
    step("matching clubs")
    identify(connection, step=step)
    step("merging matches")
    remarks = find_meetings(connection)
    leave_out(connection)
    merge(connection)
    store_words(connection)
    step("placing goals, cards and odds")
    store_incidents(connection)
    for name in ("voice", "surplus", "joined", "pairing", "meeting", "word", "priority", "spelling"):
        connection.execute(f"DROP TABLE {name}")
    step("finding ties and stages")
    _store_competitions(connection)
    playoffs.mark(connection)
    derived = ties.derive(connection.sql(_TIED).to_arrow_table())
    _register(connection, "updates", derived.matches)
    _store_stages(connection)
    connection.execute(_STORE)
    _insert(connection, "tie", derived.ties)
    sides.derive(connection)
    step("counting coverage")
    coverage.derive(connection)
    standings.derive(connection)
    table_places.derive(connection)
    step("checking")
    checks.derive(connection)
    for name in ("updates", "stage_rank"):
        connection.unregister(name)
    connection.execute("DROP TABLE merged")
    return remarks


def _store_competitions(connection: duckdb.DuckDBPyConnection) -> None:
    from secondleg.football.competition import competition

    codes = [
        row[0] for row in connection.execute("SELECT DISTINCT competition FROM merged ORDER BY 1").fetchall()
    ]
    known = [competition(code) for code in codes]
    rows = [(c.code, c.name, c.country, str(c.kind), c.tier) for c in known]
    if rows:
        connection.executemany("INSERT INTO store.competition VALUES (?, ?, ?, ?, ?)", rows)


def _store_stages(connection: duckdb.DuckDBPyConnection) -> None:
    from secondleg.football.stage import RANK

    _register(connection, "stage_rank", _columns(("stage", "rank"), list(RANK.items())))


def _columns(names: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})


def _register(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register(name, table)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    if not rows.num_rows:
        return
    connection.register("incoming", rows)
    connection.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM incoming")
    connection.unregister("incoming")
