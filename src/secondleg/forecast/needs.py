"""What each side needs of the match that decides a tie, from the rules and the first leg alone.

With a side two goals down: win by three or more → through; win by exactly two → extra time; anything less →
out. Away goals split the level margin by score.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from secondleg.football.match import Goals
from secondleg.football.tie import TieRules
from secondleg.strength import ScoreGrid

__all__ = ["Need", "Outcome", "needs"]


class Outcome(StrEnum):
    """What a score after 90 minutes of the deciding match leads to, for one side."""

    THROUGH = "through"
    EXTRA_TIME = "extra time"
    PENALTIES = "penalties"
    PLAY_OFF = "play-off"
    COIN = "toss of a coin"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Need:
    """Scores of the deciding match after 90 minutes that lead to one outcome for one side.

    `low` and `high` bound the side's winning margin (negative: a defeat), `scored_low` and `scored_high` its
    own goals; None is no bound. `chance` is that of such a score; None where it was not asked for.
    """

    outcome: Outcome
    low: int | None
    high: int | None
    scored_low: int | None = None
    scored_high: int | None = None
    chance: float | None = None

    def covers(self, scored: int, conceded: int) -> bool:
        """Whether a score, as this side sees it, is among those meant."""
        margin = scored - conceded
        return (
            (self.low is None or margin >= self.low)
            and (self.high is None or margin <= self.high)
            and (self.scored_low is None or scored >= self.scored_low)
            and (self.scored_high is None or scored <= self.scored_high)
        )

    @property
    def words(self) -> str:
        """The scores as a previewer puts them: "win by four or more", "lose 2-1", "draw 0-0"."""
        if self.scored_low is None and self.scored_high is None:
            return _margin_words(self.low, self.high)
        assert self.low is not None and self.low == self.high, "goals are bounded at one margin only"
        if self.scored_low == self.scored_high and self.scored_low is not None:
            return _score_words(self.scored_low, self.scored_low - self.low)
        if self.scored_high is None:
            return f"{_margin_words(self.low, self.high)}, scoring {_number(self.scored_low or 0)} or more"
        return f"{_margin_words(self.low, self.high)}, scoring {_number(self.scored_high)} at most"

    def to_dict(self) -> dict[str, Any]:
        """Plain values under named keys, ready for JSON."""
        return {
            "outcome": self.outcome.value,
            "words": self.words,
            "margin": {"low": self.low, "high": self.high},
            "scored": {"low": self.scored_low, "high": self.scored_high},
            "chance": self.chance,
        }


def needs(
    rules: TieRules, first_leg: Goals | None, *, host: bool, grid: ScoreGrid | None = None
) -> tuple[Need, ...]:
    """What a side needs of the deciding match: the second leg, or the only match (`first_leg` None).

    `host` says whether the side is at home in it (nominally, on neutral ground). `first_leg` has the goals of
    the side at home in the first leg, who is the visitor now, before the host's. `grid` is the host's score
    grid, for the chances. The list goes from through to out, each score stands in exactly one entry.
    """
    home, away = (0, 0) if first_leg is None else (first_leg.home, first_leg.away)
    level = home - away if host else away - home
    found = [Need(Outcome.THROUGH, level + 1, None)]
    found += _level_needs(rules, home, away, level, host=host)
    found.append(Need(Outcome.OUT, None, level - 1))
    if grid is None:
        return tuple(found)
    side = grid if host else grid.swapped()
    return tuple(replace(need, chance=_chance(need, side)) for need in found)


def _level_needs(rules: TieRules, home: int, away: int, level: int, *, host: bool) -> list[Need]:
    undecided = Outcome.EXTRA_TIME if rules.extra_time else Outcome(rules.last.value)
    if not rules.away_goals:
        return [Need(undecided, level, level)]
    # With the aggregate level, away goals are level too only if the second leg repeats the first the other
    # way round. Below that score the host has more of them (it scored `away` in the first leg), above it
    # the visitor.
    repeated = home if host else away
    fewest = max(level, 0)
    more, fewer = (Outcome.OUT, Outcome.THROUGH) if host else (Outcome.THROUGH, Outcome.OUT)
    above = Need(more, level, level, repeated + 1, None)
    same = Need(undecided, level, level, repeated, repeated)
    # no lower bound but the fewest goals with which this margin can be had at all
    below = (
        [Need(fewer, level, level, repeated - 1 if fewest == repeated - 1 else None, repeated - 1)]
        if repeated > fewest
        else []
    )
    return [*below, same, above] if host else [above, same, *below]


def _chance(need: Need, side: ScoreGrid) -> float:
    size = side.max_goals + 1
    return math.fsum(
        float(side.grid[scored, conceded])
        for scored in range(size)
        for conceded in range(size)
        if need.covers(scored, conceded)
    )


_NUMBERS: Final = (
    *("no goal", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve"),
)


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def _score_words(scored: int, conceded: int) -> str:
    if scored == conceded:
        return f"draw {scored}-{conceded}"
    return f"win {scored}-{conceded}" if scored > conceded else f"lose {conceded}-{scored}"


def _margin_words(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        if low != high:
            return f"a margin between {low} and {high}"
        if low == 0:
            return "draw"
        return f"win by exactly {_number(low)}" if low > 0 else f"lose by exactly {_number(-low)}"
    if low is not None:
        if low > 1:
            return f"win by {_number(low)} or more"
        if low == 1:
            return "win"
        return "win or draw" if low == 0 else f"win, draw or lose by {_at_most(-low)}"
    if high is None:
        return "any result"
    if high < -1:
        return f"lose by {_number(-high)} or more"
    if high == -1:
        return "lose"
    return "draw or lose" if high == 0 else f"win by {_at_most(high)}, draw or lose"


def _at_most(n: int) -> str:
    return "exactly one" if n == 1 else f"{_number(n)} at most"
