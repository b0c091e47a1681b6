"""What is told of a match in play: its state, the chances at one moment, and the curve through its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secondleg.football.match import Goals
from secondleg.forecast.live_clock import Minute
from secondleg.forecast.tie import Endings
from secondleg.strength import ScoreGrid

__all__ = ["LiveCurve", "LiveForecast", "LiveState", "Moment"]


@dataclass(frozen=True, slots=True)
class LiveState:
    """A match in play: minute, score (extra time included), men sent off on each side.

    `stoppage` is how many minutes the half now played has been given; None: not announced.
    """

    minute: Minute
    score: Goals
    reds: tuple[int, int] = (0, 0)
    stoppage: float | None = None


@dataclass(frozen=True)
class LiveForecast:
    """The chances at one moment, all of the match as it will end after 90 minutes, and of its tie.

    `home_more` and `away_more` are goals still to be expected. `next_goal` are the chances that it is the home side's,
    that there is none within the 90 minutes, and that it is the away side's. `grid` has the chance of every final score
    after 90 minutes; None in extra time. `home_endings` and `away_endings` say how each side may go through; None where
    no tie hangs on the match. `after_goal` says what a goal now, by the home and by the away side, would make of it.
    """

    state: LiveState
    home_win: float
    draw: float
    away_win: float
    home_more: float
    away_more: float
    next_goal: tuple[float, float, float]
    grid: ScoreGrid | None
    home_endings: Endings | None
    away_endings: Endings | None
    extra_time: float
    penalties: float
    after_goal: tuple[Moment, Moment] | None

    @property
    def moment(self) -> Moment:
        """The chances that a curve has too."""
        through = None if self.home_endings is None else self.home_endings.goes_through
        return Moment(
            self.state.minute,
            self.state.score,
            self.home_win,
            self.draw,
            self.away_win,
            through,
            self.extra_time,
            self.penalties,
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, strings and lists under named keys, ready for JSON."""
        endings = None
        if self.home_endings is not None and self.away_endings is not None:
            endings = {"home": self.home_endings.to_dict(), "away": self.away_endings.to_dict()}
        after = None
        if self.after_goal is not None:
            after = {
                side: each.to_dict() for side, each in zip(("home", "away"), self.after_goal, strict=True)
            }
        return {
            **self.moment.to_dict(),
            "reds": {"home": self.state.reds[0], "away": self.state.reds[1]},
            "stoppage": self.state.stoppage,
            "goals_to_come": {"home": self.home_more, "away": self.away_more},
            "next_goal": dict(zip(("home", "none", "away"), self.next_goal, strict=True)),
            "most_likely": [
                {"home": home, "away": away, "chance": chance}
                for home, away, chance in (self.grid.most_likely(5) if self.grid is not None else ())
            ],
            "endings": endings,
            "after_goal": after,
        }


@dataclass(frozen=True, slots=True)
class Moment:
    """The chances at one minute: result after 90 minutes, and that the home side goes through (None without a tie)."""

    minute: Minute
    score: Goals
    home_win: float
    draw: float
    away_win: float
    home_through: float | None
    extra_time: float
    penalties: float

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and strings under named keys, ready for JSON."""
        through = self.home_through
        return {
            "minute": str(self.minute),
            "score": str(self.score),
            "match": {"home": self.home_win, "draw": self.draw, "away": self.away_win},
            "through": None if through is None else {"home": through, "away": 1.0 - through},
            "extra_time": self.extra_time,
            "penalties": self.penalties,
        }


@dataclass(frozen=True)
class LiveCurve:
    """The chances at kick-off and after every minute; `clock` has the minutes played by then, stoppage counted in."""

    moments: tuple[Moment, ...]
    clock: tuple[float, ...]
