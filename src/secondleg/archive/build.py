"""From the sources' own words to one history: clubs, matches, ties, coverage.

`rebuild` derives every table of `schema.DERIVED` anew from the source rows, so an archive is a function of the
set of documents it holds: the order of imports cannot matter, and importing the same document again changes
nothing.

Where two sources hold one match (same competition, season, day and sides) the row is one, filled from the first
source in `PRIORITY` and then from the others. Where they hold the same season of a competition, the first
speaks alone for the days from its first match to its last: the others only fill in before and after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from secondleg.archive.identity import Identity, Spelling, resolve
from secondleg.archive.names import fold
from secondleg.archive.schema import DERIVED

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["PRIORITY", "rebuild"]

PRIORITY: Final = ("openfootball", "schochastics")
"""Sources that tell more about a match (stage, leg, half-time, shoot-out) come first."""

_SPELLINGS: Final = """
WITH side AS (
    SELECT home_country AS country, home AS name, source FROM store.source_match
    UNION ALL
    SELECT away_country, away, source FROM store.source_match
)
SELECT country, name, source, count(*)::INTEGER FROM side WHERE country IS NOT NULL GROUP BY ALL
"""

_MEETINGS: Final = """
SELECT DISTINCT home_country, home, away_country, away
FROM store.source_match WHERE home_country = away_country
"""

_WORDS: Final = """
CREATE OR REPLACE TEMP TABLE word AS
SELECT s.*, h.club AS home_club, a.club AS away_club, p.rank,
       s.source || ' ' || s.document || ':' || s.line AS place
FROM store.source_match s
JOIN spelling h ON h.country = s.home_country AND h.name = s.home
JOIN spelling a ON a.country = s.away_country AND a.name = s.away
JOIN priority p ON p.source = s.source;
-- not in the statement above: the planner would join every club with every other before the matches
DELETE FROM word WHERE home_club = away_club
"""
"""Every source's word on every match, with the clubs known."""

_COPIES: Final = """
SELECT w.competition, w.season, w.document, any_value(o.competition) AS original
FROM word w LEFT JOIN word o
  ON o.date = w.date AND o.home_club = w.home_club AND o.away_club = w.away_club
     AND o.season = w.season AND o.competition < w.competition
GROUP BY w.competition, w.season, w.document
HAVING count(*) >= $least AND count(o.competition) = count(*)
ORDER BY ALL
"""
"""Documents that repeat another competition match for match: copies under a wrong name."""

_LEAST_COPY: Final = 20
"""Matches from which a copy is no chance: two competitions never share so many."""

# most matches stand in one row: only the others are worth sorting and filling from one another
_MATCHES: Final = """
CREATE OR REPLACE TEMP TABLE merged AS
WITH shared AS (
    SELECT competition, season, date, home_club, away_club FROM word GROUP BY ALL HAVING count(*) > 1
),
told_again AS (
    SELECT w.* REPLACE (
               first_value(stage IGNORE NULLS) OVER same AS stage,
               first_value(leg IGNORE NULLS) OVER same AS leg,
               first_value(home_ht IGNORE NULLS) OVER same AS home_ht,
               first_value(away_ht IGNORE NULLS) OVER same AS away_ht,
               first_value(neutral IGNORE NULLS) OVER same AS neutral,
               first_value(ground IGNORE NULLS) OVER same AS ground,
               string_agg(place, '; ') OVER same AS place
           ),
           row_number() OVER same AS nth
    FROM word w SEMI JOIN shared USING (competition, season, date, home_club, away_club)
    WINDOW same AS (
        PARTITION BY competition, season, date, home_club, away_club
        ORDER BY (status IN ('played', 'awarded')) DESC, rank, document, line
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
),
told AS (
    SELECT * FROM word ANTI JOIN shared USING (competition, season, date, home_club, away_club)
    UNION ALL
    SELECT * EXCLUDE (nth) FROM told_again WHERE nth = 1
),
-- the days that better sources speak for
span AS (
    SELECT w.competition, w.season, w.rank, min(o.first) AS first, max(o.last) AS last
    FROM (SELECT DISTINCT competition, season, rank FROM word) w
    JOIN (SELECT competition, season, rank, min(date) AS first, max(date) AS last FROM word GROUP BY ALL) o
      ON o.competition = w.competition AND o.season = w.season AND o.rank < w.rank
    GROUP BY ALL
)
SELECT row_number() OVER (ORDER BY t.date, t.competition, t.home_club, t.away_club)::INTEGER AS id,
       t.competition, t.season, t.stage, t."group", t.round, t.leg, t.date, t.time,
       t.home_club AS home, t.away_club AS away, t.status,
       t.home_goals, t.away_goals, t.home_ft, t.away_ft, t.home_ht, t.away_ht,
       t.after_extra_time, t.home_pens, t.away_pens, t.neutral, t.ground, t.place AS sources
FROM told t LEFT JOIN span USING (competition, season, rank)
WHERE span.first IS NULL OR t.date NOT BETWEEN span.first AND span.last
"""

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
    from secondleg.archive import coverage, ties

    for table in DERIVED:
        connection.execute(f"DELETE FROM store.{table}")
    step("matching clubs")
    identity = _identify(connection)
    step("merging matches")
    _register(
        connection,
        "spelling",
        _columns(("country", "name", "club"), [(*k, v) for k, v in identity.club_of.items()]),
    )
    sources = [
        row[0]
        for row in connection.execute("SELECT DISTINCT source FROM store.source_match ORDER BY 1").fetchall()
    ]
    ranked = [*(s for s in PRIORITY if s in sources), *(s for s in sources if s not in PRIORITY)]
    _register(
        connection,
        "priority",
        _columns(("source", "rank"), list(zip(ranked, range(len(ranked)), strict=True))),
    )
    connection.execute(_WORDS)
    remarks = _leave_out_copies(connection)
    connection.execute(_MATCHES)
    step("finding ties and stages")
    derived = ties.derive(connection.sql("SELECT * FROM merged ORDER BY id").to_arrow_table())
    _register(connection, "updates", derived.matches)
    _store_stages(connection)
    connection.execute(_STORE)
    _insert(connection, "tie", derived.ties)
    step("writing clubs")
    _store_clubs(connection, identity)
    _store_competitions(connection)
    step("counting coverage")
    coverage.derive(connection)
    for name in ("spelling", "priority", "updates", "stage_rank"):
        connection.unregister(name)
    connection.execute("DROP TABLE merged; DROP TABLE word")
    return remarks


def _leave_out_copies(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    remarks: list[str] = []
    for code, season, document, original in connection.execute(_COPIES, {"least": _LEAST_COPY}).fetchall():
        connection.execute(
            "DELETE FROM word WHERE competition = $code AND season = $season AND document = $document",
            {"code": code, "season": season, "document": document},
        )
        remarks.append(f"{document} repeats {original} of {season} match for match: left out of {code}")
    return tuple(remarks)


def _identify(connection: duckdb.DuckDBPyConnection) -> Identity:
    spellings = [
        Spelling(country, name, source, matches)
        for country, name, source, matches in connection.execute(_SPELLINGS).fetchall()
    ]
    aliases = connection.execute("SELECT DISTINCT country, name, alias FROM store.source_alias").fetchall()
    return resolve(spellings, aliases, connection.execute(_MEETINGS).fetchall())


def _store_clubs(connection: duckdb.DuckDBPyConnection, identity: Identity) -> None:
    _insert(
        connection,
        "club",
        _columns(
            ("id", "name", "full_name", "country"),
            [(c.id, c.name, c.full_name, c.country) for c in identity.clubs],
        ),
    )
    rows = [(n.club, n.name, fold(n.name), n.kind, n.source) for n in identity.names]
    _insert(connection, "club_name", _columns(("club", "name", "folded", "kind", "source"), rows))
    grounds = [
        (c.id, g.name, g.first_year, g.last_year, "secondleg") for c in identity.clubs for g in c.grounds
    ]
    if grounds:
        _insert(
            connection, "ground", _columns(("club", "name", "first_year", "last_year", "source"), grounds)
        )


def _store_competitions(connection: duckdb.DuckDBPyConnection) -> None:
    from secondleg.football.competition import competition

    codes = [
        row[0]
        for row in connection.execute("SELECT DISTINCT competition FROM store.match ORDER BY 1").fetchall()
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
