"""Which rows of the sources tell of one match.

Rows of one day, competition and pair of clubs, in one order, are one `meeting`. Sources that are of two minds about
the day, the order, the season or the competition leave two meetings of one match; `join` finds and joins them:

- the same order on the same day, with the same score: whatever season or competition a source files it under;
- the same order within three days: a slip of the day, or a match that ran past midnight elsewhere;
- the same order later in the season, where each source has the pair but once: a match put off, which one of them
  still gives its first day;
- the other order on the same day: a neutral ground, or a source that turned the match round.

No two meetings are joined that one source tells of both: it should know. The exception is the same match twice in
one source: same order and score a day apart, or in a cup up to three, if it is not a draw that was replayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from secondleg.archive.witnesses import family_sql, ranked

if TYPE_CHECKING:
    import duckdb

__all__ = ["Bond", "Kinship", "Union", "find_meetings", "join", "unite"]

NEAR: Final = 3
"""Days by which two sources may differ about a match without further evidence. Of 1,350 matches on which sources
differ, 1,250 are a day apart, 80 two or three; only 60 are more than ten."""


LEAGUE: Final = r"\.[0-9]"
"""What the code of a league looks like: `eng.1`."""


class Kinship(IntEnum):
    """Why two meetings may be one match, the surest first."""

    SAME_DAY = 0
    """Same day, order and score, in another season or competition."""
    NEAR_SAME_SCORE = 1
    TURNED_SAME_DAY = 2
    """The other order on the same day, the same score of each club."""
    FAR_SAME_SCORE = 3
    """Each source has the pair once; the same score on another day."""
    TURNED_NEXT_DAY = 4
    NEAR_OTHER_SCORE = 5
    TURNED_OTHER_SCORE = 6
    FAR_OTHER_SCORE = 7
    CALLED_OFF = 8
    """Played on that day in one source, called off or struck out in another."""


@dataclass(frozen=True, slots=True)
class Bond:
    """Two meetings that may be one match. `sources` are bit sets, one bit a source."""

    kinship: Kinship
    days: int
    """Days between the two."""
    one: int
    other: int
    one_sources: int
    other_sources: int
    turned: bool = False
    repeated: bool = False
    """Of one source, which has the match twice."""


@dataclass(frozen=True, slots=True)
class Union:
    """A meeting that belongs to another: `root` is the best told meeting of the match."""

    meeting: int
    root: int
    turned: bool
    """Whether home and away are the other way round than in the root."""


_PRIORITY: Final = """
CREATE OR REPLACE TEMP TABLE priority (source TEXT, rank TINYINT)
"""

_WORDS: Final = """
CREATE OR REPLACE TEMP TABLE word AS
WITH said AS (
    SELECT s.source, s.document, s.line, p.rank, {family} AS family,
           s.competition, s.season, s.date, h.club AS home, a.club AS away,
           s.status IN ('played', 'awarded') AND s.home_goals IS NOT NULL AS told, s.status,
           s.home_goals::INTEGER * 1000 + s.away_goals AS goals, s.home_ft::INTEGER * 1000 + s.away_ft AS ft,
           s.home_ht::INTEGER * 1000 + s.away_ht AS ht, s.home_pens::INTEGER * 1000 + s.away_pens AS pens,
           s.after_extra_time, s.neutral, s.ground, s.stage, s."group", s.round, s.leg, s.time
    FROM store.source_match s JOIN priority p ON p.source = s.source
    LEFT JOIN spelling h ON h.source = s.source AND h.country = coalesce(s.home_country, '') AND h.name = s.home
                        AND s.season BETWEEN h.first_season AND h.last_season
    LEFT JOIN spelling a ON a.source = s.source AND a.country = coalesce(s.away_country, '') AND a.name = s.away
                        AND s.season BETWEEN a.first_season AND a.last_season
)
SELECT row_number() OVER (ORDER BY told DESC, rank, document, line)::INTEGER AS w, *,
       status IN ('cancelled', 'abandoned', 'postponed') AS void,
       CASE WHEN home IS NULL OR away IS NULL THEN 'unknown' WHEN home = away THEN 'itself' END AS fate
FROM said
"""
"""Every source's word on every match, with the clubs known, numbered from the best. Scores are numbers: home goals in
thousands, so that two words can be compared at once."""

_HALF_TIMES: Final = """
CREATE OR REPLACE TEMP TABLE no_half_time AS
SELECT competition, season, source, document FROM word
WHERE told AND ht IS NOT NULL AND goals // 1000 + goals % 1000 >= 2
GROUP BY ALL HAVING count(*) >= $least AND count(*) FILTER (ht = goals) >= $share * count(*)
"""
"""Documents whose half-time scores are the final scores over again. A match with two goals or more had all of them
before the break one time in seven; of 1,190 documents, two have nine in ten or more, and none two in five to nine."""

SAME_AT_HALF_TIME: Final = 0.9

_COPIES: Final = """
CREATE OR REPLACE TEMP TABLE copy AS
WITH twice AS (
    SELECT source, season, date, home, away, min(competition) AS original FROM word WHERE fate IS NULL
    GROUP BY source, season, date, home, away HAVING min(competition) <> max(competition)
),
repeated AS (
    SELECT w.competition, w.season, w.source, w.document, count(*) AS matches, any_value(t.original) AS original
    FROM word w JOIN twice t USING (source, season, date, home, away)
    WHERE w.fate IS NULL AND t.original < w.competition GROUP BY ALL
)
SELECT r.* FROM repeated r
JOIN (SELECT competition, season, source, document, count(*) AS all_matches FROM word WHERE fate IS NULL GROUP BY ALL) d
USING (competition, season, source, document)
WHERE matches >= $least AND matches = all_matches
"""
"""Documents that repeat another competition of their own source match for match: copies under a wrong name."""

LEAST: Final = 20
"""Matches from which a document that repeats another, or itself, does not do so by chance."""

_MEETINGS: Final = """
CREATE OR REPLACE TEMP TABLE meeting AS
SELECT min(w) AS id, competition, season, date, home, away, void, bit_or(1::BIGINT << rank) AS sources,
       min(rank) AS rank, arg_min(CASE WHEN told THEN goals END, w) AS score
FROM word WHERE fate IS NULL GROUP BY competition, season, date, home, away, void;

-- how often each source has a pair in a season: where no source has it twice, it is one fixture
CREATE OR REPLACE TEMP TABLE pairing AS
SELECT competition, season, home, away, bit_or(sources) AS sources, count(*) AS meetings,
       sum(bit_count(sources)) = bit_count(bit_or(sources)) AS lone
FROM meeting WHERE NOT void GROUP BY competition, season, home, away
"""

_BONDS: Final = """
WITH
-- the same order, a few days or a part of the season apart
same_order AS (
    SELECT x.id AS one, y.id AS other, x.sources AS one_sources, y.sources AS other_sources,
           x.competition, x.season, x.home, x.away, (y.date - x.date)::INTEGER AS days,
           coalesce(x.score = y.score, false) AS same, x.score IS NULL OR y.score IS NULL AS silent,
           x.score // 1000 = x.score % 1000 AS draw, x.season = y.season AS one_season, x.void
    FROM meeting x JOIN meeting y
      ON y.competition = x.competition AND y.home = x.home AND y.away = x.away AND y.void = x.void
    WHERE x.date < y.date AND y.season BETWEEN x.season - 1 AND x.season + 1
      AND (x.season = y.season OR y.date - x.date <= $near)
),
near AS (
    SELECT *, CASE WHEN same THEN 1 ELSE 5 END AS kinship, one_sources & other_sources <> 0 AS repeated
    FROM same_order
    WHERE days <= $near
      AND (one_sources & other_sources = 0 AND (same OR one_season)
           -- clubs that end a league's season against each other may meet in the play-offs three days later
           OR same AND (days = 1 OR NOT draw AND NOT regexp_matches(competition, $league)))
),
far AS (
    SELECT s.*
    FROM same_order s JOIN pairing p USING (competition, season, home, away)
    WHERE s.days > $near AND s.one_season AND NOT s.void AND s.one_sources & s.other_sources = 0
      -- a year in between within one season is a slip of the year, however often the two met
      AND (p.lone OR s.same AND s.days BETWEEN 364 AND 367)
),
-- a season in which many matches are far apart is dated by rule of thumb, or filed under the wrong year
trusted AS (
    SELECT f.competition, f.season,
           f.agreeing >= 0.75 * f.n AS by_score, f.n <= 0.05 * p.n AND p.once AS by_order
    FROM (
        SELECT competition, season, count(DISTINCT (home, away)) AS n,
               count(DISTINCT (home, away)) FILTER (same OR silent) AS agreeing
        FROM far GROUP BY ALL
    ) f
    JOIN (
        SELECT competition, season, count(*) AS n, avg(lone::INTEGER) >= 0.95 AS once FROM pairing
        GROUP BY ALL
    ) p USING (competition, season)
),
-- the same day or a day off: another competition or season in the same order, or the other order
by_day AS (
    SELECT id, competition, season, home, away, sources, score, date, unnest([-1, 0, 1]) AS off
    FROM meeting WHERE NOT void
),
other_file AS (
    SELECT x.id AS one, y.id AS other, x.sources AS one_sources, y.sources AS other_sources, abs(y.off) AS days
    FROM meeting x JOIN by_day y ON y.date + y.off::INTEGER = x.date AND y.home = x.home AND y.away = x.away
    WHERE x.id < y.id AND NOT x.void AND x.score = y.score
      AND (x.competition <> y.competition AND (y.off = 0 OR x.sources & y.sources = 0)
           OR x.competition = y.competition AND x.season <> y.season AND y.off = 0)
),
turned AS (
    SELECT x.id AS one, y.id AS other, x.sources AS one_sources, y.sources AS other_sources, abs(y.off) AS days,
           coalesce(y.score % 1000 * 1000 + y.score // 1000 = x.score, false) AS same,
           -- neither has the other's order as well
           coalesce(p.sources & y.sources, 0) = 0 AND coalesce(q.sources & x.sources, 0) = 0 AS alone
    FROM meeting x
    JOIN by_day y ON y.date + y.off::INTEGER = x.date AND y.home = x.away AND y.away = x.home
                 AND y.competition = x.competition
    LEFT JOIN pairing p ON p.competition = y.competition AND p.season = y.season AND p.home = x.home AND p.away = x.away
    LEFT JOIN pairing q ON q.competition = x.competition AND q.season = x.season AND q.home = y.home AND q.away = y.away
    WHERE x.id < y.id AND NOT x.void AND x.sources & y.sources = 0
),
called_off AS (
    SELECT x.id AS one, y.id AS other, x.sources AS one_sources, y.sources AS other_sources
    FROM meeting x JOIN meeting y USING (competition, season, date, home, away)
    WHERE y.void AND NOT x.void AND x.sources & y.sources = 0
)
SELECT kinship, days, one, other, one_sources, other_sources, false AS turned, repeated FROM near
UNION ALL
SELECT CASE WHEN same OR silent THEN 3 ELSE 7 END, days, one, other, one_sources, other_sources, false, false
FROM far JOIN trusted USING (competition, season)
WHERE CASE WHEN same OR silent THEN by_score OR by_order ELSE by_order END
UNION ALL
SELECT CASE WHEN days = 0 THEN 0 ELSE 1 END, days, one, other, one_sources, other_sources, false,
       one_sources & other_sources <> 0
FROM other_file
UNION ALL
SELECT CASE WHEN days = 1 THEN 4 WHEN same THEN 2 ELSE 6 END, days, one, other, one_sources, other_sources, true, false
FROM turned WHERE (same AND days = 0) OR (same AND alone) OR (days = 0 AND alone)
UNION ALL
SELECT 8, 0, one, other, one_sources, other_sources, false, false FROM called_off
"""


def find_meetings(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Make the temporary tables `word`, `meeting`, `pairing` and `joined`; needs `spelling`.

    `joined(id, root, turned)` has one row a meeting. Returns a remark on each document that was left out as a copy.
    """
    found = connection.execute("SELECT DISTINCT source FROM store.source_match").fetchall()
    sources = ranked(row[0] for row in found)
    connection.execute(_PRIORITY)
    if sources:
        connection.executemany("INSERT INTO priority VALUES (?, ?)", [(s, i) for i, s in enumerate(sources)])
    connection.execute(_WORDS.format(family=family_sql()))
    remarks = (*_mark_copies(connection), *_forget_half_times(connection))
    connection.execute(_MEETINGS)
    bonds = [
        Bond(Kinship(kinship), *rest)
        for kinship, *rest in connection.execute(_BONDS, {"near": NEAR, "league": LEAGUE}).fetchall()
    ]
    unite(connection, join(bonds))
    return remarks


def _mark_copies(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    connection.execute(_COPIES, {"least": LEAST})
    found = connection.execute(
        "SELECT competition, season, document, original FROM copy ORDER BY ALL"
    ).fetchall()
    if found:
        connection.execute(
            "UPDATE word SET fate = 'copy' FROM copy c WHERE word.competition = c.competition "
            "AND word.season = c.season AND word.source = c.source AND word.document = c.document "
            "AND word.fate IS NULL"
        )
    connection.execute("DROP TABLE copy")
    return tuple(
        f"{document} repeats {original} of {season} match for match: left out of {code}"
        for code, season, document, original in found
    )


def _forget_half_times(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    connection.execute(_HALF_TIMES, {"least": LEAST, "share": SAME_AT_HALF_TIME})
    found = connection.execute(
        "SELECT document, competition, season FROM no_half_time ORDER BY ALL"
    ).fetchall()
    if found:
        connection.execute(
            "UPDATE word SET ht = NULL FROM no_half_time n WHERE word.competition = n.competition "
            "AND word.season = n.season AND word.source = n.source AND word.document = n.document"
        )
    connection.execute("DROP TABLE no_half_time")
    return tuple(
        f"{document} gives the final scores of {code} {season} as those at half-time: they are not taken"
        for document, code, season in found
    )


def join(bonds: Iterable[Bond]) -> tuple[Union, ...]:
    """Which meetings are one match: the surest bonds first, and none that would give a source a match twice.

    Returns the meetings that are not the root of their match, by number.
    """
    root: dict[int, int] = {}
    turned: dict[int, bool] = {}
    sources: dict[int, int] = {}

    def find(meeting: int) -> tuple[int, bool]:
        way = False
        while meeting in root:
            way ^= turned[meeting]
            meeting = root[meeting]
        return meeting, way

    for bond in sorted(bonds, key=lambda b: (b.kinship, b.days, b.one, b.other)):
        sources.setdefault(bond.one, bond.one_sources)
        sources.setdefault(bond.other, bond.other_sources)
        (one, one_turned), (other, other_turned) = find(bond.one), find(bond.other)
        if one == other or (sources[one] & sources[other] and not bond.repeated):
            continue
        best, less = min(one, other), max(one, other)
        root[less] = best
        turned[less] = one_turned ^ other_turned ^ bond.turned
        sources[best] |= sources[less]
    return tuple(Union(meeting, *find(meeting)) for meeting in sorted(root))


def unite(connection: duckdb.DuckDBPyConnection, unions: Sequence[Union]) -> None:
    """Write `joined`: the match of every meeting, and whether it is told the other way round."""
    import pyarrow as pa

    table = pa.table(
        {
            "id": pa.array([u.meeting for u in unions], pa.int32()),
            "root": pa.array([u.root for u in unions], pa.int32()),
            "turned": pa.array([u.turned for u in unions], pa.bool_()),
        }
    )
    connection.register("unions", table)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE joined AS "
        "SELECT m.id, coalesce(u.root, m.id) AS root, coalesce(u.turned, false) AS turned "
        "FROM meeting m LEFT JOIN unions u USING (id)"
    )
    connection.unregister("unions")
