"""The facts that the coverage ledger judges by: what is held of each season, in which files, ties and tables.

Everything is counted in SQL over the matches, once for all seasons; what comes out is small.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.archive.brackets import Bracket, brackets
from secondleg.archive.calendars import Calendar
from secondleg.football.stage import TABLES

if TYPE_CHECKING:
    import duckdb

__all__ = ["LEAST_FOR_DRAWS", "SOURCE_ENDS", "Evidence", "File", "Held", "Season", "held"]

LEAST_FOR_DRAWS: Final = 60
"""Matches from which it tells something that none of them ended 0-0."""

_BY_CHANCE: Final = 0.01
"""Chance of no 0-0 among as many matches of the decade, below which it is no chance."""

_NEVER_BY_CHANCE: Final = 0.0001
"""The same where the source does tell of 0-0s in other seasons of the competition."""

_NO_DRAWS: Final = 1000
"""Matches of a source, none of them 0-0, from which it is taken to list goals only."""

SOURCE_ENDS: Final = 21
"""Days before a source's last match within which a season may go on beyond it."""

_BREAKS_OFF: Final = 5
"""Competitions that break off with their source; fewer may have ended by themselves."""

_SAME_MATCH: Final = 3
"""Days within which two matches on one ground with one score are one match that stands twice."""

# numbers instead of names: a million rows are grouped several times
_NUMBERS: Final = """
CREATE OR REPLACE TEMP TABLE ledger_season AS
SELECT (row_number() OVER (ORDER BY competition, season) - 1)::INTEGER AS nth, competition, season, kind
FROM (SELECT DISTINCT competition, season FROM store.match) JOIN store.competition ON code = competition;
CREATE OR REPLACE TEMP TABLE ledger_club AS
SELECT (row_number() OVER (ORDER BY id) - 1)::INTEGER AS nth, id, name FROM store.club;
CREATE OR REPLACE TEMP TABLE ledger_match AS
SELECT m.id, s.nth AS of, s.kind, h.nth AS home, a.nth AS away, m.date, m.stage, m.stage_rank, m.tie,
       m.status IN ('played', 'awarded') AS played, m.status IN ('cancelled', 'abandoned') AS void,
       m.home_goals, m.away_goals,
       CASE WHEN contains(m.sources, '; ')
            THEN rtrim(regexp_replace(m.sources, ' [^;]*(; |$)', ';', 'g'), ';')
            ELSE split_part(m.sources, ' ', 1) END AS sources
FROM store.match m
JOIN ledger_season s ON s.competition = m.competition AND s.season = m.season
JOIN ledger_club h ON h.id = m.home JOIN ledger_club a ON a.id = m.away
"""

_SEASONS: Final = """
WITH held AS (
    SELECT of, count(*) AS matches, count(*) FILTER (played) AS played, count(*) FILTER (void) AS void,
           count(*) FILTER (NOT played AND NOT void) AS open,
           count(*) FILTER (stage_rank < 11) AS qualifying,
           min(date) AS first, max(date) AS last,
           coalesce(min(date) FILTER (stage_rank IS NULL OR stage_rank >= 11), min(date)) AS main_from,
           max(date) FILTER (played) AS last_played
    FROM ledger_match GROUP BY of
),
clubs AS (
    SELECT of, count(DISTINCT club) AS clubs
    FROM (SELECT of, unnest([home, away]) AS club FROM ledger_match) GROUP BY of
)
SELECT s.nth, s.competition, s.season, s.kind, c.clubs, h.* EXCLUDE (of)
FROM ledger_season s JOIN held h ON h.of = s.nth JOIN clubs c ON c.of = s.nth ORDER BY s.nth
"""

_SOURCES: Final = """
SELECT of, sources, count(*)::INTEGER FROM ledger_match GROUP BY ALL ORDER BY ALL
"""

# a source that breaks off does so in many competitions at once
_ENDS: Final = """
WITH last AS (
    SELECT split_part(m.sources, ';', 1) AS source, s.competition, max(m.date) AS last
    FROM ledger_match m JOIN ledger_season s ON s.nth = m.of WHERE m.played GROUP BY ALL
)
SELECT source, latest FROM last JOIN (SELECT source, max(last) AS latest FROM last GROUP BY source) USING (source)
WHERE latest - last <= $days GROUP BY source, latest HAVING count(*) >= $many
"""

# what the files of one source declare, where all of them declare something: openfootball's headers, so far
_DECLARED: Final = """
WITH part AS (
    SELECT source, document, competition, season, count(*) FILTER (status IN ('played', 'awarded')) AS played,
           count(*) FILTER (status IN ('cancelled', 'abandoned')) AS void
    FROM store.source_match SEMI JOIN (
        SELECT source, document FROM store.document WHERE declared IS NOT NULL OR unread > 0
    ) USING (source, document)
    GROUP BY ALL
),
-- a file of many seasons does not say which of them it speaks of
single AS (SELECT source, document FROM part GROUP BY ALL HAVING count(*) = 1),
other AS (
    SELECT competition, season, source FROM store.source_match ANTI JOIN single USING (source, document) GROUP BY ALL
)
SELECT s.nth, p.source, sum(d.declared)::INTEGER AS declared, sum(p.played + p.void)::INTEGER AS held,
       sum(d.unread)::INTEGER AS unread, count(*) = count(d.declared) AND count(o.source) = 0 AS all_declare
FROM part p SEMI JOIN single USING (source, document) JOIN store.document d USING (source, document)
JOIN ledger_season s ON s.competition = p.competition AND s.season = p.season
LEFT JOIN other o ON o.competition = p.competition AND o.season = p.season AND o.source = p.source
GROUP BY s.nth, p.source ORDER BY ALL
"""

_TABLES: Final = """
SELECT of, coalesce(stage, '') AS stage, home, away, (date - DATE '1970-01-01')::BIGINT AS day
FROM ledger_match
WHERE (kind = 'league' OR tie IS NULL) AND (stage IS NULL OR list_contains($tables, stage))
ORDER BY of, coalesce(stage, ''), date, id
"""

_TWICE: Final = """
SELECT o.of, h.name, a.name, min(o.date), max(x.date)
FROM ledger_match o JOIN ledger_match x
  ON x.of = o.of AND x.home = o.home AND x.away = o.away AND x.id > o.id
     AND x.home_goals = o.home_goals AND x.away_goals = o.away_goals
JOIN ledger_club h ON h.nth = o.home JOIN ledger_club a ON a.nth = o.away
WHERE o.played AND x.played AND x.date - o.date BETWEEN 0 AND $days
GROUP BY o.of, h.name, a.name ORDER BY o.of, 4
"""

# per season and source that tells alone: matches, none of them 0-0, and how usual these are: in other seasons of the
# competition as the source has it (of the decade, if it has any there), else in cups or leagues of the decade
_GOALLESS: Final = """
WITH told AS (
    SELECT m.of, m.kind, s.competition, m.sources AS source, year(m.date) // 10 AS decade,
           m.home_goals = 0 AND m.away_goals = 0 AS goalless
    FROM ledger_match m JOIN ledger_season s ON s.nth = m.of WHERE m.played
),
goals_only AS (
    SELECT source FROM told GROUP BY ALL HAVING count(*) >= $many AND count(*) FILTER (goalless) = 0
    UNION
    SELECT source FROM store.source_match WHERE status = 'played'
    GROUP BY source HAVING count(*) >= $many AND count(*) FILTER (home_goals = 0 AND away_goals = 0) = 0
),
usual AS (
    SELECT kind, decade, avg(goalless::INTEGER) AS share
    FROM told WHERE source NOT IN (SELECT source FROM goals_only) GROUP BY ALL
),
here AS (
    SELECT competition, source, avg(goalless::INTEGER) AS share FROM told GROUP BY ALL
    HAVING count(*) FILTER (goalless) > 0
),
here_then AS (
    SELECT competition, source, decade, avg(goalless::INTEGER) AS share FROM told GROUP BY ALL
    HAVING count(*) FILTER (goalless) > 0
),
alone AS (
    SELECT of, any_value(kind) AS kind, any_value(competition) AS competition, source, count(*) AS matches,
           min(decade) AS decade
    FROM told WHERE NOT contains(source, ';') GROUP BY of, source HAVING count(*) FILTER (goalless) = 0
)
SELECT of, source, matches::INTEGER
FROM alone LEFT JOIN usual USING (kind, decade) LEFT JOIN here USING (competition, source)
LEFT JOIN here_then USING (competition, source, decade)
WHERE source IN (SELECT source FROM goals_only)
   OR (matches >= $least AND (
        pow(1 - coalesce(here_then.share, here.share), matches) < $never_by_chance
        OR (here.share IS NULL AND pow(1 - usual.share, matches) < $chance)
   ))
ORDER BY of, matches DESC
"""


@dataclass(frozen=True, slots=True)
class Season:
    """What the archive holds of one season of a competition."""

    nth: int
    code: str
    season: int
    kind: str
    clubs: int
    matches: int
    played: int
    void: int
    open: int
    qualifying: int
    first: dt.date
    last: dt.date
    main_from: dt.date
    last_played: dt.date | None


@dataclass(frozen=True, slots=True)
class File:
    """What the files of one source declare of a season, and hold of it."""

    source: str
    declared: int | None
    held: int
    unread: int
    all_declare: bool

    @property
    def missing(self) -> int | None:
        """Matches that the files declare and do not hold; None where they declare nothing."""
        return self.declared - self.held if self.all_declare and self.declared is not None else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for or against one season."""

    files: Sequence[File]
    sources: Sequence[str]
    twice: Sequence[tuple[str, str, dt.date, dt.date]]
    goalless: tuple[str, int] | None
    tables: Mapping[str, Calendar]
    bracket: Bracket


@dataclass(frozen=True, slots=True)
class Held:
    """All seasons of an archive, in the order of competition and season, with the evidence for each."""

    seasons: Sequence[Season]
    evidence: Sequence[Evidence]
    clubs: Sequence[str]
    """Names of the clubs, by the numbers that calendars use."""
    ends: Mapping[str, dt.date]
    """Last day on which a source tells of a match, of those that break off in many competitions at once."""


@contextmanager
def held(connection: duckdb.DuckDBPyConnection) -> Iterator[Held]:
    """Gather the facts; the temporary tables that they are counted in last as long as the block."""
    connection.execute(_NUMBERS)
    seasons = [Season(*row) for row in connection.execute(_SEASONS).fetchall()]
    names = [row[0] for row in connection.execute("SELECT name FROM ledger_club ORDER BY nth").fetchall()]
    ends = dict(connection.execute(_ENDS, {"days": SOURCE_ENDS, "many": _BREAKS_OFF}).fetchall())
    try:
        yield Held(seasons, _gather(connection, seasons), names, ends)
    finally:
        connection.execute("DROP TABLE ledger_match; DROP TABLE ledger_season; DROP TABLE ledger_club")


def _gather(connection: duckdb.DuckDBPyConnection, seasons: Sequence[Season]) -> list[Evidence]:
    files: defaultdict[int, list[File]] = defaultdict(list)
    for nth, source, declared, held, unread, all_declare in connection.execute(_DECLARED).fetchall():
        files[nth].append(File(source, declared, held, unread, all_declare))
    sources: defaultdict[int, list[str]] = defaultdict(list)
    for nth, told, _ in connection.execute(_SOURCES).fetchall():
        sources[nth] += told.split(";")
    twice: defaultdict[int, list[tuple[str, str, dt.date, dt.date]]] = defaultdict(list)
    for nth, *pair in connection.execute(_TWICE, {"days": _SAME_MATCH}).fetchall():
        twice[nth].append((pair[0], pair[1], pair[2], pair[3]))
    limits = {
        "many": _NO_DRAWS,
        "least": LEAST_FOR_DRAWS,
        "chance": _BY_CHANCE,
        "never_by_chance": _NEVER_BY_CHANCE,
    }
    goalless: dict[int, tuple[str, int]] = {}
    for nth, source, matches in connection.execute(_GOALLESS, limits).fetchall():
        goalless.setdefault(nth, (source, matches))
    tables = _tables(connection)
    ties = brackets(connection)
    return [
        Evidence(
            files.get(s.nth, ()),
            sorted({name.strip() for name in sources[s.nth]}),
            twice.get(s.nth, ()),
            goalless.get(s.nth),
            tables.get(s.nth, {}),
            ties.get((s.code, s.season)) or Bracket(),
        )
        for s in seasons
    ]


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[int, dict[str, Calendar]]:
    """The matches of each season's stages that are played as tables, by the stage's name ('' where none is told)."""
    held = connection.execute(_TABLES, {"tables": sorted(TABLES)}).fetchnumpy()
    of, stage = held["of"], held["stage"]
    if not len(of):
        return {}
    starts = np.flatnonzero(np.append(True, (of[1:] != of[:-1]) | (stage[1:] != stage[:-1])))
    found: defaultdict[int, dict[str, Calendar]] = defaultdict(dict)
    for start, end in zip(starts, np.append(starts[1:], len(of)), strict=True):
        rows = slice(int(start), int(end))
        found[int(of[start])][str(stage[start])] = Calendar(
            *(np.asarray(held[name][rows], dtype=np.int64) for name in ("home", "away", "day"))
        )
    return found
