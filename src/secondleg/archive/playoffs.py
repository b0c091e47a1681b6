"""Play-offs that a source files among a league's matches without a word: which they are, from the shape of the season.

Two kinds can be told for certain. A club that plays a handful of matches after everybody else's last round belongs to
another division: a relegation play-off. And where all clubs of a league have met each other home and away, a few
further meetings after that are play-offs, for a title, a place in Europe or promotion. Where the further meetings are
many (Scotland, Austria, Belgium) they are the league itself, and stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

__all__ = ["mark"]

MOST_OF_AN_OUTSIDER: Final = 6
"""Matches up to which a club is one of another division: two legs against each of three."""
LEAST_OF_A_LEAGUE: Final = 18
"""Matches of the busiest club from which a season is long enough to tell an outsider by few matches."""
MOST_FURTHER: Final = 0.2
"""Further meetings as a share of the double round-robin, up to which they are play-offs. The longest known have
36 of 182 (Cyprus, 2007-08 to 2012-13); the Belgian second stage has a quarter, a third round of everybody a half."""

_PLAY_OFFS: Final = """
CREATE OR REPLACE TEMP TABLE play_off AS
WITH league AS (
    SELECT m.id, m.competition, m.season, m.date, m.home, m.away, m.stage
    FROM merged m SEMI JOIN league_code l ON l.code = m.competition
    WHERE coalesce(m.stage, 'regular-season') = 'regular-season' AND m."group" IS NULL
          AND m.status IN ('played', 'awarded')
),
appearance AS (
    SELECT competition, season, club, count(*) AS played
    FROM (SELECT competition, season, unnest([home, away]) AS club FROM league) GROUP BY ALL
),
length AS (
    SELECT competition, season, max(played) AS most FROM appearance GROUP BY ALL
),
outsider AS (
    SELECT a.competition, a.season, a.club FROM appearance a JOIN length USING (competition, season)
    WHERE most >= $least AND a.played <= $few
),
core AS (
    SELECT competition, season, count(*) AS clubs
    FROM appearance ANTI JOIN outsider USING (competition, season, club) GROUP BY ALL
),
within AS (
    SELECT l.*, row_number() OVER (PARTITION BY l.competition, l.season, home, away ORDER BY date, id) AS nth
    FROM league l
    ANTI JOIN outsider h ON h.competition = l.competition AND h.season = l.season AND h.club = l.home
    ANTI JOIN outsider v ON v.competition = l.competition AND v.season = l.season AND v.club = l.away
),
robin AS (
    SELECT competition, season, count(*) FILTER (nth = 1) AS once, count(*) FILTER (nth > 1) AS further,
           max(date) FILTER (nth = 1) AS over, min(date) FILTER (nth > 1) AS further_from
    FROM within GROUP BY ALL
)
SELECT w.id, 'play-offs' AS stage
FROM within w JOIN robin r USING (competition, season) JOIN core k USING (competition, season)
WHERE w.stage IS NULL AND w.nth > 1 AND r.once = k.clubs * (k.clubs - 1) AND r.further_from > r.over
      AND r.further <= r.once * $share
UNION ALL
SELECT l.id, 'relegation-play-offs'
FROM league l JOIN robin r USING (competition, season)
LEFT JOIN outsider h ON h.competition = l.competition AND h.season = l.season AND h.club = l.home
LEFT JOIN outsider v ON v.competition = l.competition AND v.season = l.season AND v.club = l.away
WHERE l.stage IS NULL AND (h.club IS NOT NULL OR v.club IS NOT NULL) AND l.date > r.over
"""


def mark(connection: duckdb.DuckDBPyConnection) -> int:
    """Give the play-offs among the matches of leagues in the table `merged` their stage; returns how many they are."""
    from secondleg.football.competition import competition

    codes = [code for (code,) in connection.execute("SELECT DISTINCT competition FROM merged").fetchall()]
    leagues = "\n".join(code for code in sorted(codes) if competition(code).kind == "league")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE league_code AS SELECT unnest(string_split($codes, chr(10))) AS code",
        {"codes": leagues},
    )
    connection.execute(
        _PLAY_OFFS, {"least": LEAST_OF_A_LEAGUE, "few": MOST_OF_AN_OUTSIDER, "share": MOST_FURTHER}
    )
    connection.execute("UPDATE merged SET stage = play_off.stage FROM play_off WHERE play_off.id = merged.id")
    found = connection.execute("SELECT count(*) FROM play_off").fetchall()[0][0]
    connection.execute("DROP TABLE play_off; DROP TABLE league_code")
    return int(found)
