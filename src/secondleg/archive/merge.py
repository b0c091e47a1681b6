"""From the words of all sources to one row a match: values that agree are taken as they are, the others settled.

`merge` works on what `archive.meetings` and `archive.surplus` found. Nearly all matches are told by one source, or by
several without a contradiction: they are merged by one statement. What is left goes through `archive.values`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from secondleg.archive.values import Verdict, Voice, settle

if TYPE_CHECKING:
    import duckdb

__all__ = ["merge", "store_words"]

# few matches are told the other way round by anybody: only theirs are counted
_FLIPS: Final = """
CREATE OR REPLACE TEMP TABLE flip AS
WITH way AS (
    SELECT j.root, j.turned, count(DISTINCT w.family) AS families, min(w.w) AS best
    FROM joined j JOIN meeting m USING (id)
    JOIN word w ON w.competition = m.competition AND w.season = m.season AND w.date = m.date AND w.home = m.home
               AND w.away = m.away AND w.void = m.void
    WHERE j.root IN (SELECT root FROM joined WHERE turned) AND w.fate IS NULL
    GROUP BY j.root, j.turned
)
SELECT root FROM way GROUP BY root HAVING arg_max(turned, families * 1e9 - best)
"""
"""Matches whose best word has home and away the wrong way round, by the vote of the others."""

_VOICES: Final = """
CREATE OR REPLACE TEMP TABLE voice AS
WITH placed AS (
    SELECT m.competition, m.season, m.date, m.home, m.away, m.void, j.root, j.turned <> (f.root IS NOT NULL) AS turned
    FROM meeting m JOIN joined j USING (id) LEFT JOIN flip f USING (root)
    ANTI JOIN surplus s ON s.id = j.root
)
SELECT w.w, p.root AS match, p.turned, w.source, w.document, w.line, w.rank, w.family, w.told, w.competition, w.season,
       w.date,
       CASE WHEN p.turned THEN w.away ELSE w.home END AS home, CASE WHEN p.turned THEN w.home ELSE w.away END AS away,
       w.status, {scores}, w.after_extra_time, w.neutral, w.ground, w.stage, w."group", w.round, w.leg, w.time
FROM word w JOIN placed p
  ON p.competition = w.competition AND p.season = w.season AND p.date = w.date AND p.home = w.home AND p.away = w.away
     AND p.void = w.void
WHERE w.fate IS NULL
""".replace(
    "{scores}",
    ", ".join(
        f"CASE WHEN p.turned THEN w.{name} % 1000 * 1000 + w.{name} // 1000 ELSE w.{name} END AS {name}"
        for name in ("goals", "ft", "ht", "pens")
    ),
)

_VOTED: Final = ("goals", "ft", "ht", "pens", "after_extra_time", "neutral", "stage", "leg")
_FILLED: Final = (*_VOTED, "ground", '"group"', "round", "time")

# the number of a match is that of its best word
_KEPT: Final = f"""
CREATE OR REPLACE TEMP TABLE shared AS
SELECT match, {", ".join(f"arg_min({name}, w) AS {name}" for name in _FILLED)},
       bool_or(turned) OR min(competition) <> max(competition) OR min(season) <> max(season)
       OR coalesce(min(date) FILTER (told) <> max(date) FILTER (told), false)
       OR NOT bool_or(told) AND min(date) <> max(date)
       OR bool_or(told) AND bool_or(status IN ('cancelled', 'abandoned', 'postponed'))
       OR min(status) FILTER (told) <> max(status) FILTER (told)
       OR coalesce(arg_min(ft, w) <> arg_min(goals, w) AND NOT arg_min(after_extra_time, w), false)
       {"".join(f" OR coalesce(min({name}) <> max({name}), false)" for name in _VOTED)} AS disputed
FROM voice SEMI JOIN (SELECT match FROM voice WHERE w <> match) USING (match) GROUP BY match;

CREATE OR REPLACE TEMP TABLE kept AS
SELECT v.match, v.home, v.away, v.competition, v.season, v.date, v.status, coalesce(s.disputed, false) AS disputed,
       {", ".join(f"coalesce(v.{name}, s.{name}) AS {name}" for name in _FILLED)}
FROM voice v LEFT JOIN shared s USING (match) WHERE v.w = v.match
"""

_DISPUTED: Final = """
SELECT match, w, rank, source, document, line, family, told, competition, season, date, status, turned,
       goals, ft, ht, pens, after_extra_time, neutral, stage, leg
FROM voice SEMI JOIN (SELECT match FROM kept WHERE disputed) USING (match)
ORDER BY match, w
"""

# a column for each source and no sorting: most of the time of a merge would go into it
_PLACES: Final = """
CREATE OR REPLACE TEMP TABLE place AS
WITH told AS (
    SELECT match, w, rank, source || ' ' || document || ':' || line AS place
    FROM voice SEMI JOIN shared USING (match)
),
again AS (
    SELECT match, string_agg(place, '; ' ORDER BY rank, w) AS sources
    FROM told SEMI JOIN (SELECT match FROM told GROUP BY match, rank HAVING count(*) > 1) USING (match)
    GROUP BY match
)
SELECT t.match, coalesce(any_value(a.sources), concat_ws('; ', {columns})) AS sources
FROM told t LEFT JOIN again a USING (match) GROUP BY t.match
"""

_MERGED: Final = """
CREATE OR REPLACE TEMP TABLE merged AS
WITH settled AS (
    SELECT k.match, k.competition, k.season, k.home, k.away, k."group", k.round, k.time, k.ground,
           {chosen}
    FROM kept k LEFT JOIN verdict v USING (match)
)
SELECT row_number() OVER (ORDER BY s.date, s.competition, s.home, s.away, s.season, s.match)::INTEGER AS id, s.match,
       s.competition, s.season, s.stage, s."group", s.round, s.leg, s.date, s.time, s.home, s.away, s.status,
       (s.goals // 1000)::TINYINT AS home_goals, (s.goals % 1000)::TINYINT AS away_goals,
       (s.ft // 1000)::TINYINT AS home_ft, (s.ft % 1000)::TINYINT AS away_ft,
       (s.ht // 1000)::TINYINT AS home_ht, (s.ht % 1000)::TINYINT AS away_ht, s.after_extra_time,
       (s.pens // 1000)::TINYINT AS home_pens, (s.pens % 1000)::TINYINT AS away_pens, s.neutral, s.ground,
       coalesce(p.sources, b.source || ' ' || b.document || ':' || b.line) AS sources
FROM settled s JOIN voice b ON b.w = s.match LEFT JOIN place p ON p.match = s.match
""".replace(
    "{chosen}",
    ", ".join(
        f"CASE WHEN v.match IS NULL THEN k.{name} ELSE v.{name} END AS {name}"
        for name in ("date", "status", *_VOTED)
    ),
)

_WORDS: Final = """
INSERT INTO store.word BY NAME
WITH again AS (
    SELECT match, rank, min(w) AS first FROM voice GROUP BY match, rank HAVING count(*) > 1
)
SELECT v.source, v.document, v.line, m.id AS match,
       CASE WHEN v.w > a.first THEN 'repeated' ELSE 'kept' END AS fate
FROM voice v JOIN merged m USING (match) LEFT JOIN again a USING (match, rank)
UNION ALL
SELECT source, document, line, NULL, coalesce(fate, 'surplus') FROM word ANTI JOIN voice USING (w)
ORDER BY source, document, line, match
"""

_CONFLICTS: Final = """
INSERT INTO store.conflict BY NAME
SELECT m.id AS match, c.* EXCLUDE (match) FROM conflict c JOIN merged m USING (match)
UNION ALL BY NAME
-- a row that cannot be a match of its own: somebody else plays there
SELECT m.id AS match, 'clubs' AS field, m.home || ' v ' || m.away AS kept, w.home || ' v ' || w.away AS told,
       split_part(m.sources, ' ', 1) AS kept_by, w.source, w.document, w.line, 'better source' AS rule
FROM surplus s JOIN joined j ON j.root = s.id JOIN meeting t ON t.id = j.id
JOIN word w ON w.competition = t.competition AND w.season = t.season AND w.date = t.date AND w.home = t.home
           AND w.away = t.away AND w.void = t.void AND w.fate IS NULL
JOIN merged m ON m.match = s.instead
ORDER BY match, field, source, document, line
"""


def merge(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `merged`, one row a match by day, and `voice`, the words that it rests on.

    Fills store.word and store.conflict. Needs `word`, `meeting`, `joined` and `surplus`.
    """
    connection.execute(_FLIPS)
    connection.execute(_VOICES)
    connection.execute(_KEPT)
    verdicts = [
        settle([Voice(*row) for row in rows])
        for _, rows in groupby(connection.execute(_DISPUTED).fetchall(), key=lambda row: row[0])
    ]
    _register(connection, verdicts)
    connection.execute(_PLACES.format(columns=_place_columns(connection)))
    connection.execute(_MERGED)
    for name in ("kept", "flip", "shared", "place"):
        connection.execute(f"DROP TABLE {name}")


def store_words(connection: duckdb.DuckDBPyConnection) -> None:
    """Write what became of every source row, and where sources disagree."""
    connection.execute(_WORDS)
    connection.execute(_CONFLICTS)
    for name in ("verdict", "conflict"):
        connection.unregister(name)


def _place_columns(connection: duckdb.DuckDBPyConnection) -> str:
    ranks = connection.execute("SELECT rank FROM priority ORDER BY rank").fetchall()
    return ", ".join(f"min(place) FILTER (rank = {rank})" for (rank,) in ranks) or "''"


def _register(connection: duckdb.DuckDBPyConnection, verdicts: Sequence[Verdict]) -> None:
    import pyarrow as pa

    numbers = pa.int32()
    connection.register(
        "verdict",
        pa.table(
            {
                "match": pa.array([v.match for v in verdicts], numbers),
                "date": pa.array([v.date for v in verdicts], pa.date32()),
                "status": pa.array([v.status for v in verdicts], pa.string()),
                **{
                    name: pa.array([getattr(v, name) for v in verdicts], numbers)
                    for name in ("goals", "ft", "ht", "pens", "leg")
                },
                "after_extra_time": pa.array([v.after_extra_time for v in verdicts], pa.bool_()),
                "neutral": pa.array([v.neutral for v in verdicts], pa.bool_()),
                "stage": pa.array([v.stage for v in verdicts], pa.string()),
            }
        ),
    )
    found = [(v.match, c) for v in verdicts for c in v.conflicts]
    texts = ("field", "kept", "told", "kept_by", "rule")
    connection.register(
        "conflict",
        pa.table(
            {
                "match": pa.array([match for match, _ in found], numbers),
                **{name: pa.array([getattr(c, name) for _, c in found], pa.string()) for name in texts},
                "source": pa.array([c.voice.source for _, c in found], pa.string()),
                "document": pa.array([c.voice.document for _, c in found], pa.string()),
                "line": pa.array([c.voice.line for _, c in found], numbers),
            }
        ),
    )
