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
    # p: the club's place in the table after all matches up to that day
    "place": Aspect(
        "\nplace_of AS (SELECT match, club, place, below FROM placed u WHERE {mine})",
        "LEFT JOIN place_of p ON p.match = u.match AND p.club = u.club",
    ),
}
"""Every aspect by name. To add one is to add an entry; events and measures name it in `needs`."""
