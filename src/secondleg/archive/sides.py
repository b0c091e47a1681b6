"""The table of sides: each match with a result that counts twice, once for each club, ordered by club and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

__all__ = ["derive"]

_SIDES: Final = """
INSERT INTO store.side BY NAME
SELECT * FROM (
    SELECT home AS club, date, id AS match, away AS opponent, competition, season, stage, stage_rank, "group", round,
           leg, tie, CASE WHEN neutral THEN 'neutral' ELSE 'home' END AS venue,
           home_goals AS scored, away_goals AS conceded, home_ht AS scored_ht, away_ht AS conceded_ht,
           CASE WHEN home_goals > away_goals THEN 'W' WHEN home_goals = away_goals THEN 'D' ELSE 'L' END AS result,
           after_extra_time, home_pens AS pens_scored, away_pens AS pens_conceded, status
    FROM store.match WHERE status IN ('played', 'awarded') AND home_goals IS NOT NULL
    UNION ALL BY NAME
    SELECT away AS club, date, id AS match, home AS opponent, competition, season, stage, stage_rank, "group", round,
           leg, tie, CASE WHEN neutral THEN 'neutral' ELSE 'away' END AS venue,
           away_goals AS scored, home_goals AS conceded, away_ht AS scored_ht, home_ht AS conceded_ht,
           CASE WHEN away_goals > home_goals THEN 'W' WHEN away_goals = home_goals THEN 'D' ELSE 'L' END AS result,
           after_extra_time, away_pens AS pens_scored, home_pens AS pens_conceded, status
    FROM store.match WHERE status IN ('played', 'awarded') AND home_goals IS NOT NULL
)
ORDER BY club, date, match
"""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `store.side` anew from `store.match`."""
    connection.execute("DELETE FROM store.side")
    connection.execute(_SIDES)
