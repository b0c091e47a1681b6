"""Rows that no match of ours answers to, in a season that a better source holds.

A row of a lesser source that joins no meeting of the better ones either fills a gap of theirs, or is wrong: a club
whose spelling nobody could place, a match of another competition under this one's name, a day in no calendar. It is
left out (`surplus`) if

- the better source has the same club, on that day or the next to it, with the same score, against somebody else:
  nobody plays twice in two days and both times so, and the source does not tell of that other match itself;
- or it lies within the days of a league season that the better source holds whole (every two clubs of it meet equally
  often), or nearly so and does not know both clubs.

Everything else is kept: qualifying rounds, play-offs after the season, rounds that a file lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondleg.archive.meetings import LEAGUE

if TYPE_CHECKING:
    import duckdb

__all__ = ["leave_out"]

_NEARLY: Final = 0.9
"""Share of a league's matches from which a source knows all its clubs."""

_LEAST_CLUBS: Final = 4
"""Clubs from which a league can be whole: two clubs that met twice are a tie."""

_BEYOND: Final = 90
"""Days before or after a whole league season in which its clubs may play on: play-offs, Europe's places."""

_FOUND: Final = """
CREATE OR REPLACE TEMP TABLE found AS
SELECT m.id, m.competition, m.season, m.date, m.home, m.away, m.score, a.rank, a.sources
FROM meeting m JOIN (
    SELECT j.root AS id, bit_or(m.sources) AS sources, min(m.rank) AS rank
    FROM meeting m JOIN joined j USING (id) GROUP BY j.root
) a USING (id)
"""
"""Every match, as its best word tells it."""

_HELD: Final = """
CREATE OR REPLACE TEMP TABLE held AS
WITH pair AS (
    SELECT competition, season, rank, home, away, count(*) AS met, min(date) AS first, max(date) AS last
    FROM word
    WHERE fate IS NULL AND status NOT IN ('postponed', 'abandoned')
      AND coalesce(stage, 'regular-season') = 'regular-season' AND regexp_matches(competition, $league)
    GROUP BY ALL
),
size AS (
    SELECT competition, season, rank, count(DISTINCT club) AS clubs
    FROM (SELECT competition, season, rank, unnest([home, away]) AS club FROM pair) GROUP BY ALL
)
SELECT competition, season, rank, min(first) AS first, max(last) AS last, any_value(clubs) AS clubs,
       count(*) = any_value(clubs) * (any_value(clubs) - 1) AND min(met) = max(met) AS whole,
       sum(met) >= $nearly * any_value(clubs) * (any_value(clubs) - 1) AS nearly
FROM pair JOIN size USING (competition, season, rank)
GROUP BY competition, season, rank HAVING any_value(clubs) >= $least
"""
"""How much of a league's season each source holds."""

_SURPLUS: Final = """
CREATE OR REPLACE TEMP TABLE surplus AS
WITH lesser AS (
    SELECT f.* FROM found f JOIN (
        SELECT competition, season, min(rank) AS best FROM found GROUP BY competition, season
    ) b USING (competition, season)
    WHERE f.rank > b.best
),
-- each club with its own score: thousands are its goals
club_day AS (
    SELECT id, competition, season, date, rank, sources, home AS club, score FROM found
    UNION ALL
    SELECT id, competition, season, date, rank, sources, away, score % 1000 * 1000 + score // 1000 FROM found
),
around AS (
    SELECT c.* EXCLUDE (date), c.date + d.off::INTEGER AS date
    FROM club_day c SEMI JOIN lesser USING (id) CROSS JOIN (VALUES (-1), (0), (1)) d(off)
),
double AS (
    SELECT a.id, min(c.id) AS instead
    FROM around a JOIN club_day c
      ON c.competition = a.competition AND c.season = a.season AND c.club = a.club AND c.date = a.date
         AND c.score = a.score
    WHERE c.rank < a.rank AND c.sources & a.sources = 0
    GROUP BY a.id
),
clubs AS (
    SELECT DISTINCT competition, season, rank, unnest([home, away]) AS club FROM word WHERE fate IS NULL
      AND regexp_matches(competition, $league)
),
odd AS (
    SELECT DISTINCT l.id
    FROM lesser l JOIN held h ON h.competition = l.competition AND h.season = l.season AND h.rank < l.rank
    LEFT JOIN clubs a ON a.competition = l.competition AND a.season = l.season AND a.rank = h.rank AND a.club = l.home
    LEFT JOIN clubs b ON b.competition = l.competition AND b.season = l.season AND b.rank = h.rank AND b.club = l.away
    WHERE l.date BETWEEN h.first AND h.last AND (h.whole OR h.nearly AND (a.club IS NULL OR b.club IS NULL))
       OR h.whole AND l.date NOT BETWEEN h.first - $beyond::INTEGER AND h.last + $beyond::INTEGER
)
SELECT id, instead FROM double
UNION ALL
SELECT id, NULL FROM odd ANTI JOIN double USING (id)
"""


def leave_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `surplus(id, instead)`: matches to leave out, and the one that stands in their place.

    Needs `word`, `meeting` and `joined` (`archive.meetings`).
    """
    connection.execute(_FOUND)
    connection.execute(_HELD, {"league": LEAGUE, "nearly": _NEARLY, "least": _LEAST_CLUBS})
    connection.execute(_SURPLUS, {"league": LEAGUE, "beyond": _BEYOND})
    connection.execute("DROP TABLE found; DROP TABLE held")
