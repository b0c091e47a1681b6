"""Where a side stands in its league on a day: what a match of it may decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondleg.records.known import known

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["Race", "race"]

LATE: Final = 0.25
"""Part of a season that is still to be played at most, where its end is near."""

EARLY: Final = 8
"""Matches of a season up to which it is told how a side came into it."""

_AT_THE_TOP: Final = 3
_AT_THE_BOTTOM: Final = 5
"""Places at both ends of a table from which the last matches decide a title or relegation."""


@dataclass(frozen=True, slots=True)
class Race:
    """A side's season in the league of the fixture, and how it came into it."""

    came_from: str | None
    """The league of another tier in which it played the season before."""
    champions: bool
    """Whether it won this league the season before."""
    place: int
    """By points, then goal difference, then goals; 1 before the first match."""
    clubs: int
    points: int
    """Won on the pitch: what was taken off is not looked at."""
    played: int
    left: int
    """Matches still to be played, that of the fixture among them."""
    behind: int
    """Points behind the leaders; of the leaders, points behind the second, and so less than zero."""
    win: int
    """Points for a win."""

    @property
    def early(self) -> bool:
        """Whether the season has hardly begun."""
        return self.played <= EARLY

    @property
    def late(self) -> bool:
        """Whether the season ends soon."""
        return 0 < self.left <= LATE * (self.played + self.left)

    @property
    def for_the_title(self) -> bool:
        """Whether it is late, and the side leads and has not won the title yet, or is near enough to hope."""
        if not self.late or self.place > _AT_THE_TOP:
            return False
        return (
            -self.behind <= self.win * self.left
            if self.place == 1
            else self.behind <= max(self.win, self.left)
        )

    @property
    def against_relegation(self) -> bool:
        """Whether it is late, and the side is among the last of a table."""
        return self.late and self.place > self.clubs - _AT_THE_BOTTOM


_TABLE: Final = """
, mine AS (
    SELECT club, sum(CASE result WHEN 'W' THEN $win WHEN 'D' THEN 1 ELSE 0 END)::INTEGER AS points,
           sum(scored - conceded)::INTEGER AS difference, sum(scored)::INTEGER AS goals, count(*) AS played
    FROM side WHERE competition = $competition AND season = $season AND (stage IS NULL OR stage = 'regular-season')
    GROUP BY club
),
due AS (
    SELECT club, count(*) AS matches FROM (
        SELECT unnest([home, away]) AS club FROM fixture
        WHERE competition = $competition AND season = $season AND (stage IS NULL OR stage = 'regular-season')
    ) GROUP BY club
)
SELECT coalesce(m.club, d.club) AS club, coalesce(points, 0) AS points, coalesce(difference, 0) AS difference,
       coalesce(goals, 0) AS goals, coalesce(played, 0) AS played, coalesce(d.matches, 0) AS due
FROM mine m FULL JOIN due d ON d.club = m.club ORDER BY points DESC, difference DESC, goals DESC, club"""

_WIN: Final = "SELECT any_value(win) AS win FROM win WHERE competition = $competition AND season = $season"

_BEFORE: Final = """
SELECT club, competition, tier, champion FROM standing
WHERE season = $before AND country = (SELECT country FROM competition WHERE code = $competition)"""


def race(view: View, competition: str, season: int, tier: int | None) -> dict[str, Race]:
    """How every side of a league's season stands on the day of `view`."""
    kept = known(view).ledgers
    key = ("race", competition, season)
    if key not in kept:
        kept[key] = _race(view, competition, season, tier)
    found = kept[key]
    assert isinstance(found, dict)
    return found


def _race(view: View, competition: str, season: int, tier: int | None) -> dict[str, Race]:
    win = view.rows(_WIN, competition=competition, season=season)[0]["win"] or 3
    table = view.rows(_TABLE, competition=competition, season=season, win=win)
    before = {row["club"]: row for row in view.rows(_BEFORE, competition=competition, before=season - 1)}
    points = [row["points"] for row in table]
    found: dict[str, Race] = {}
    for place, row in enumerate(table, 1):
        last = before.get(row["club"])
        moved = last is not None and tier is not None and last["tier"] != tier
        found[row["club"]] = Race(
            came_from=last["competition"] if last is not None and moved else None,
            champions=last is not None and last["competition"] == competition and last["champion"] is True,
            place=place,
            clubs=len(table),
            points=row["points"],
            played=row["played"],
            left=row["due"],
            behind=points[0] - row["points"]
            if place > 1
            else (points[1] if len(points) > 1 else 0) - points[0],
            win=win,
        )
    return found
