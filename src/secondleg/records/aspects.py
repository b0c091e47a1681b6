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
        """
win_of AS (SELECT DISTINCT competition, season, win FROM entrant)""",
        "LEFT JOIN win_of w ON w.competition = u.competition AND w.season = u.season",
    ),
    # p: the club's place in the table after all matches up to that day; goal difference orders it, then goals
    "place": Aspect(
        """
table_day AS (
    SELECT DISTINCT u.club, u.competition, u.season, u.date
    FROM side u SEMI JOIN entrant e ON e.competition = u.competition AND e.season = u.season
    WHERE {mine} AND (u.stage IS NULL OR u.stage IN ('regular-season', 'group-stage', 'league-phase'))
),
table_line AS (
    SELECT s.club, s.competition, s.season, s.date,
           sum(CASE s.result WHEN 'W' THEN e.win WHEN 'D' THEN 1 ELSE 0 END) OVER so_far AS points,
           sum(s.scored - s.conceded) OVER so_far AS difference, sum(s.scored) OVER so_far AS goals
    FROM side s JOIN entrant e ON e.club = s.club AND e.competition = s.competition AND e.season = s.season
    WHERE (s.competition, s.season) IN (SELECT (competition, season) FROM table_day)
        AND (s.stage IS NULL OR s.stage IN ('regular-season', 'group-stage', 'league-phase'))
    WINDOW so_far AS (PARTITION BY s.competition, s.season, s.club ORDER BY s.date)
),
table_slot AS (
    SELECT d.*, e.club AS other FROM table_day d
    JOIN entrant e ON e.competition = d.competition AND e.season = d.season
),
table_held AS (
    SELECT d.club, d.competition, d.season, d.date, d.other, coalesce(l.points, 0) AS points,
           coalesce(l.difference, 0) AS difference, coalesce(l.goals, 0) AS goals
    FROM table_slot d ASOF LEFT JOIN table_line l
        ON l.competition = d.competition AND l.season = d.season AND l.club = d.other AND l.date <= d.date
),
table_place AS (
    SELECT *, rank() OVER (in_table ORDER BY points DESC, difference DESC, goals DESC) AS place,
           rank() OVER (in_table ORDER BY points, difference, goals) - 1 AS worse
    FROM table_held WINDOW in_table AS (PARTITION BY club, competition, season, date)
),
place_of AS (SELECT * FROM table_place WHERE other = club)""",
        "LEFT JOIN place_of p ON p.club = u.club AND p.competition = u.competition AND p.season = u.season"
        " AND p.date = u.date",
    ),
}
"""Every aspect by name. To add one is to add an entry; events and measures name it in `needs`."""
