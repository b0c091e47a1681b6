"""A match and its score: what happened on the pitch, told apart from how a tie was settled.

The score after 90 minutes, after extra time and in the shoot-out are three things. A match lost in extra time
is a loss; a match decided on penalties is a draw in every won-drawn-lost record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from secondleg.errors import BadInput

__all__ = ["Goals", "Match", "Result", "Score", "Status", "Venue"]


class Status(StrEnum):
    """What became of a match."""

    PLAYED = "played"
    AWARDED = "awarded"
    """Decided at a table; the score, if any, is the awarded one."""
    FIXTURE = "fixture"
    """Not played yet, or played after the day that is looked from."""
    ABANDONED = "abandoned"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def counts(self) -> bool:
        """Whether the match has a result that enters records and tables."""
        return self in (Status.PLAYED, Status.AWARDED)


class Result(StrEnum):
    """A match as one side sees it."""

    WON = "W"
    DRAWN = "D"
    LOST = "L"


class Venue(StrEnum):
    """Where one side played: a nominal home side on neutral ground is not at home."""

    HOME = "home"
    AWAY = "away"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, order=True)
class Goals:
    """Goals of the two sides, home before away; each at least 0."""

    home: int
    away: int

    def __post_init__(self) -> None:
        if self.home < 0 or self.away < 0:
            raise BadInput(f"a side cannot have {min(self.home, self.away)} goals; give a score such as 0-3.")

    @property
    def difference(self) -> int:
        """Goals of the home side less goals of the away side."""
        return self.home - self.away

    def swapped(self) -> Goals:
        """The same goals seen from the other side."""
        return Goals(self.away, self.home)

    def __add__(self, other: Goals) -> Goals:
        return Goals(self.home + other.home, self.away + other.away)

    def __str__(self) -> str:
        return f"{self.home}-{self.away}"


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one match.

    `final` includes extra time and leaves the shoot-out out. `full_time` is the score after 90 minutes; it is
    None where a source tells only the final score and not whether there was extra time (`after_extra_time` is
    then None).
    """

    final: Goals
    full_time: Goals | None = None
    half_time: Goals | None = None
    shootout: Goals | None = None
    after_extra_time: bool | None = None

    def __post_init__(self) -> None:
        full, half, shootout = self.full_time, self.half_time, self.shootout
        if full and (self.final.home < full.home or self.final.away < full.away):
            raise BadInput(
                f"{self.final} after extra time is less than {full} after 90 minutes; check the score."
            )
        if self.after_extra_time is False and full and full != self.final:
            raise BadInput(
                f"{self.final} differs from {full} after 90 minutes without extra time; check the score."
            )
        if half and full and (full.home < half.home or full.away < half.away):
            raise BadInput(f"{full} after 90 minutes is less than {half} at half-time; check the score.")
        if shootout and shootout.home == shootout.away:
            raise BadInput(f"a shoot-out cannot end {shootout}; check the score.")

    @classmethod
    def after_90(cls, home: int, away: int) -> Score:
        """A score reached without extra time."""
        goals = Goals(home, away)
        return cls(final=goals, full_time=goals, after_extra_time=False)

    def __str__(self) -> str:
        text = str(self.final)
        if self.after_extra_time:
            text += " after extra time"
        if self.shootout:
            text += f", {self.shootout} on penalties"
        return text


@dataclass(frozen=True, slots=True)
class Match:
    """One match: two clubs (by id) on a day, in a stage of a competition's season.

    `season` is the year in which the season began; `stage` is one of `football.stage`; `leg` is 1, 2, or 3
    for a play-off or replay, None for a match that is not part of a two-legged tie.
    """

    competition: str
    season: int
    date: dt.date
    home: str
    away: str
    status: Status = Status.FIXTURE
    score: Score | None = None
    stage: str | None = None
    group: str | None = None
    round: int | None = None
    leg: int | None = None
    neutral: bool = False
    id: int | None = None

    def __post_init__(self) -> None:
        if self.home == self.away:
            raise BadInput(f"{self.home} cannot play itself on {self.date}; check the two sides.")
        if self.status is Status.PLAYED and self.score is None:
            raise BadInput(f"{self.home} v {self.away} on {self.date} was played but has no score; give one.")

    def result(self, club: str) -> Result:
        """The result for `club` after extra time, the shoot-out left out."""
        scored, conceded = self.goals(club)
        if scored == conceded:
            return Result.DRAWN
        return Result.WON if scored > conceded else Result.LOST

    def goals(self, club: str) -> tuple[int, int]:
        """Goals that `club` scored and conceded, extra time included."""
        if self.score is None:
            raise BadInput(f"{self.home} v {self.away} on {self.date} has no score yet.")
        final = self.score.final
        if club == self.home:
            return final.home, final.away
        if club == self.away:
            return final.away, final.home
        raise BadInput(f"{club} did not play in {self.home} v {self.away} on {self.date}.")

    def venue(self, club: str) -> Venue:
        """Where `club` played."""
        if self.neutral:
            return Venue.NEUTRAL
        return Venue.HOME if club == self.home else Venue.AWAY
