"""Further columns of a match, joined only where an event or a measure needs them: each aspect one declaration.

An aspect is relations that end in one with a row for a match and club (or a day and club), and the join to the unit
`u`. `{mine}` is the condition on `u.club` of the clubs asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ASPECTS", "Aspect"]


@dataclass(frozen=True, slots=True)
class Aspect:
    """`relations` come before the unit, `join` after it."""

    relations: str
    join: str


ASPECTS: Final[dict[str, Aspect]] = {
    # t: the goals of a match in their order, as the club saw them
    "goals": Aspect(
        """
goals_of AS (
    SELECT match, club, count(*) AS listed, count(minute) AS timed,
           max(scored - conceded) AS highest, min(scored - conceded) AS deepest, arg_min(ours, nth) AS first_ours,
           max(minute) FILTER (ours) AS latest, min(minute) FILTER (ours) AS earliest,
           max(minute) FILTER (NOT ours) AS latest_conceded, min(minute) FILTER (NOT ours) AS earliest_conceded,
           max(minute) FILTER (ours AND scored - conceded = 1) AS decided,
           coalesce(list(scorer) FILTER (ours AND kind <> 'own-goal'), []) AS scorers,
           coalesce(list_max(map_values(histogram(scorer) FILTER (ours AND kind <> 'own-goal'))), 0) AS best
    FROM goal_side u WHERE {mine} GROUP BY match, club
)""",
        "LEFT JOIN goals_of t ON t.match = u.match AND t.club = u.club",
    ),
    # w: points for a win in that league's season
    "win": Aspect(
        "\nwin_of AS (SELECT * FROM win)",
        "LEFT JOIN win_of w ON w.competition = u.competition AND w.season = u.season",
    ),
    # p: the club's place in the table after all matches up to that day; goal difference orders it, then goals
    "place": Aspect(
        """
table_day AS (
    SELECT DISTINCT u.competition, u.season, u.date FROM side u
    SEMI JOIN (SELECT code FROM competition WHERE kind = 'league') l ON l.code = u.competition
    WHERE {mine} AND (u.stage IS NULL OR u.stage = 'regular-season')
),
table_season AS (SELECT DISTINCT competition, season FROM table_day),
table_club AS (
    SELECT e.club, e.competition, e.season, e.win FROM entrant e
    SEMI JOIN table_season d ON d.competition = e.competition AND d.season = e.season
),
table_event AS (
    SELECT s.club, s.competition, s.season, s.date,
           CASE s.result WHEN 'W' THEN e.win WHEN 'D' THEN 1 ELSE 0 END AS points,
           s.scored - s.conceded AS difference, s.scored AS goals, FALSE AS asked
    FROM side s JOIN table_club e ON e.club = s.club AND e.competition = s.competition AND e.season = s.season
    WHERE s.stage IS NULL OR s.stage = 'regular-season'
    UNION ALL
    SELECT e.club, d.competition, d.season, d.date, 0, 0, 0, TRUE
    FROM table_day d JOIN table_club e ON e.competition = d.competition AND e.season = d.season
),
table_sum AS (
    SELECT club, competition, season, date, asked, sum(points) OVER so_far AS points,
           sum(difference) OVER so_far AS difference, sum(goals) OVER so_far AS goals
    FROM table_event
    WINDOW so_far AS (PARTITION BY competition, season, club ORDER BY date, asked)
),
place_of AS (
    SELECT club, competition, season, date,
           rank() OVER (in_table ORDER BY points DESC, difference DESC, goals DESC) AS place,
           rank() OVER (in_table ORDER BY points, difference, goals) - 1 AS worse
    FROM table_sum WHERE asked WINDOW in_table AS (PARTITION BY competition, season, date)
)""",
        "LEFT JOIN place_of p ON p.club = u.club AND p.competition = u.competition AND p.season = u.season"
        " AND p.date = u.date",
    ),
}
"""Every aspect by name. To add one is to add an entry; events and measures name it in `needs`."""
