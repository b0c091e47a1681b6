"""The forecast of a tie, exact: every score still to be played, settled by the rules of the season.

Nothing is simulated. Before the first leg each of its scores leads to a second leg of its own; after it only
the second is open.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from secondleg.errors import BadInput, ForecastError
from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.exact import SecondLeg, before_first_leg, factors_of
from secondleg.forecast.expectation import Expectation, Vector, expectation_of
from secondleg.forecast.level import EXTRA_TIME, FIELDS, PENALTIES, LevelTie, extra_time_factor
from secondleg.forecast.match import MatchForecast, match_forecast
from secondleg.forecast.needs import Need, needs
from secondleg.strength import Fitted, ScoreGrid

__all__ = [
    "LEADER_EFFECT",
    "LEADER_EFFECT_TO",
    "SPREAD",
    "TRAILER_EFFECT",
    "TRAILER_EFFECT_TO",
    "Endings",
    "MarginChance",
    "TieForecast",
    "TieState",
    "deciding_match",
    "forecast_tie",
    "second_leg_effects",
]

LEADER_EFFECT: Final = -0.05
"""Change of the leader's log goal rate in the second leg for each goal of its lead: it can afford to hold.

Source of this, of the next three and of `SPREAD`: 3,516 two-legged UEFA ties of 2004 to June 2021 scored after their
first legs; `python scripts/fit_second_leg.py --archive FILE --fit`.
"""

LEADER_EFFECT_TO: Final = 2
"""Goals of lead beyond which the leader's rate falls no further."""

TRAILER_EFFECT: Final = 0.01
"""Change of the trailing side's log goal rate in the second leg for each goal that it is behind: next to none."""

TRAILER_EFFECT_TO: Final = 3
"""Goals of deficit beyond which the trailing side's rate rises no further."""

SPREAD: Final = 0.25
"""Standard deviation of a side's log goal rate about what is expected of it, in a tie.

What is not known of the clubs, and what nobody knows of the day. A model that is less certain still has its way.
"""

FOLDED: Final = 6
"""Margin of the deciding match up to which chances are told one by one, unless the lead asks for more."""


@dataclass(frozen=True, slots=True)
class TieState:
    """A tie still open: `first` is at home in the first leg, or in the only match.

    `first_leg` is its score after the first leg, None before it. `season` is the year in which the season
    began; None stands for the present. `neutral` says that what is still to be played is on neutral ground.
    """

    first: str
    second: str
    first_leg: Goals | None = None
    competition: str | None = None
    season: int | None = None
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Endings:
    """Chances of a side to go through in each way; together its chance to go through."""

    aggregate: float
    """On goals, within 90 minutes of the last leg (or of the only match)."""
    away_goals: float
    """On away goals after 90 minutes."""
    extra_time: float
    """In extra time, on away goals there included."""
    penalties: float
    play_off: float
    """In a play-off or replay, its own extra time included."""
    coin: float

    @property
    def goes_through(self) -> float:
        """Chance to go through, in whatever way."""
        return math.fsum(getattr(self, name) for name in FIELDS)

    @property
    def in_90_minutes(self) -> float:
        """Chance to go through without extra time, on goals or on away goals."""
        return self.aggregate + self.away_goals

    def to_dict(self) -> dict[str, float]:
        """Chances by ending, with their sum as `goes_through`."""
        return {**{name: getattr(self, name) for name in FIELDS}, "goes_through": self.goes_through}


@dataclass(frozen=True, slots=True)
class MarginChance:
    """A margin of the host in the deciding match, its chance, and how much of that sends each side through.

    The outermost margins of a list stand for themselves and all beyond.
    """

    margin: int
    chance: float
    first_through: float
    second_through: float


@dataclass(frozen=True)
class TieForecast:
    """The chances of a tie.

    `next_match` is the match to be played next: after the first leg it is the second, with the effect of the
    lead in it. `extra_time` and `penalties` are the chances that the tie comes to them. `first_needs`,
    `second_needs` and `by_margin` (margins of the host) speak of the deciding match and are empty before the
    first leg.
    """

    state: TieState
    rules: TieRules
    first_endings: Endings
    second_endings: Endings
    extra_time: float
    penalties: float
    next_match: MatchForecast
    first_needs: tuple[Need, ...]
    second_needs: tuple[Need, ...]
    by_margin: tuple[MarginChance, ...]

    @property
    def first(self) -> str:
        """The side at home in the first leg, or in the only match."""
        return self.state.first

    @property
    def second(self) -> str:
        """The other side."""
        return self.state.second

    def endings(self, club: str) -> Endings:
        """The chances of one side by ending; BadInput for a club that is not in the tie."""
        return self.first_endings if self._is_first(club) else self.second_endings

    def goes_through(self, club: str) -> float:
        """The chance that a side goes through."""
        return self.endings(club).goes_through

    def needs(self, club: str) -> tuple[Need, ...]:
        """What a side needs of the deciding match, from through to out."""
        return self.first_needs if self._is_first(club) else self.second_needs

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, strings and lists under named keys, ready for JSON."""
        leg = self.state.first_leg
        return {
            "first": self.first,
            "second": self.second,
            "competition": self.state.competition,
            "first_leg": None if leg is None else {"home": leg.home, "away": leg.away},
            "endings": {
                "first": self.first_endings.to_dict(),
                "second": self.second_endings.to_dict(),
            },
            "extra_time": self.extra_time,
            "penalties": self.penalties,
            "next_match": self.next_match.to_dict(),
            "needs": {
                "first": [need.to_dict() for need in self.first_needs],
                "second": [need.to_dict() for need in self.second_needs],
            },
            "by_margin": [
                {
                    "margin": entry.margin,
                    "chance": entry.chance,
                    "first_through": entry.first_through,
                    "second_through": entry.second_through,
                }
                for entry in self.by_margin
            ],
        }

    def _is_first(self, club: str) -> bool:
        if club not in (self.first, self.second):
            raise BadInput(f"{club} is not in the tie {self.first} v {self.second}; name one of the two.")
        return club == self.first


def second_leg_effects(lead: int) -> tuple[float, float]:
    """Changes of log goal rates in the second leg, (leader, trailing side), at a lead of `lead` goals."""
    return LEADER_EFFECT * min(lead, LEADER_EFFECT_TO), TRAILER_EFFECT * min(lead, TRAILER_EFFECT_TO)


def forecast_tie(
    strengths: Fitted, state: TieState, rules: TieRules, *, state_effect: bool = True
) -> TieForecast:
    """The chances of a tie before it, after its first leg, or of a tie of one match.

    `state_effect` says whether the score of the first leg changes the goal rates of the second (see
    `LEADER_EFFECT`). Shoot-outs and coins are even. Raises ForecastError for a club without matches, BadInput
    for a first leg in a tie of one match.
    """
    if rules.legs == 1 and state.first_leg is not None:
        raise BadInput(
            f"{state.first} v {state.second} is a single match; "
            "leave the first leg out, or give rules with two legs."
        )
    two_legs = rules.legs == 2
    decider = deciding_match(strengths, state, rules, state_effect=state_effect)
    if two_legs and state.first_leg is None:
        opening = _expected(strengths, state, state.first, state.second, neutral=state.neutral)
        masses = before_first_leg(opening, decider)
        next_match = match_forecast(
            opening.grid(), state.first, state.second, competition=state.competition, neutral=state.neutral
        )
        return _forecast(state, rules, masses, next_match, (), (), ())

    leg = state.first_leg or Goals(0, 0)
    grid = decider.at(leg.difference).grid()
    host, visitor = (state.second, state.first) if two_legs else (state.first, state.second)
    neutral = _is_neutral(state, rules)
    next_match = match_forecast(grid, host, visitor, competition=state.competition, neutral=neutral)
    as_host = needs(rules, state.first_leg, host=True, grid=grid)
    as_visitor = needs(rules, state.first_leg, host=False, grid=grid)
    first_needs, second_needs = (as_visitor, as_host) if two_legs else (as_host, as_visitor)
    masses = decider.after(leg.home, leg.away)
    margins = _by_margin(grid, leg.difference, masses, host_is_first=not two_legs)
    return _forecast(state, rules, masses, next_match, first_needs, second_needs, margins)


def deciding_match(
    strengths: Fitted, state: TieState, rules: TieRules, *, state_effect: bool = True
) -> SecondLeg:
    """The match that decides a tie, its second leg or its only match, ready to be asked what a first leg comes to."""
    two_legs, neutral = rules.legs == 2, _is_neutral(state, rules)
    host, visitor = (state.second, state.first) if two_legs else (state.first, state.second)
    expected = _expected(strengths, state, host, visitor, neutral=neutral)
    if rules.last is not DecidedBy.PLAY_OFF:
        again = expected.home, expected.away
    elif two_legs or neutral:
        # a play-off after two legs is on neutral ground; a replay goes to the visitor's, unless there was no
        # home to start with
        again = strengths.goal_expectation(host, visitor, competition=state.competition, neutral=True)
    else:
        again = strengths.goal_expectation(visitor, host, competition=state.competition)[::-1]
    level = LevelTie(
        rules,
        (expected.home, expected.away),
        again,
        dependence=expected.dependence,
        factor=extra_time_factor(state.season),
    )
    return SecondLeg(expected, rules, level, _FACTORS if state_effect and two_legs else _NO_EFFECT)


def _expected(strengths: Fitted, state: TieState, home: str, away: str, *, neutral: bool) -> Expectation:
    """What is expected of one match of the tie, at least as uncertain as `SPREAD`."""
    found = expectation_of(strengths, home, away, competition=state.competition, neutral=neutral)
    return found.uncertain(SPREAD**2)


def _is_neutral(state: TieState, rules: TieRules) -> bool:
    return state.neutral or (rules.neutral and rules.legs == 1)


_FACTORS: Final = factors_of(second_leg_effects, max(LEADER_EFFECT_TO, TRAILER_EFFECT_TO))
_NO_EFFECT: Final = np.ones((1, 2))


def _forecast(
    state: TieState,
    rules: TieRules,
    masses: Vector,
    next_match: MatchForecast,
    first_needs: tuple[Need, ...],
    second_needs: tuple[Need, ...],
    by_margin: tuple[MarginChance, ...],
) -> TieForecast:
    host, visitor = (Endings(*(float(chance) for chance in side[: len(FIELDS)])) for side in masses)
    first, second = (visitor, host) if rules.legs == 2 else (host, visitor)
    if abs(first.goes_through + second.goes_through - 1.0) > 1e-9:
        raise ForecastError(
            f"the chances of {state.first} v {state.second} do not sum to 1; "
            f"report this as a bug, with the rules: {rules}."
        )
    return TieForecast(
        state=state,
        rules=rules,
        first_endings=first,
        second_endings=second,
        extra_time=float(masses[0, EXTRA_TIME]),
        penalties=float(masses[0, PENALTIES]),
        next_match=next_match,
        first_needs=first_needs,
        second_needs=second_needs,
        by_margin=by_margin,
    )


def _by_margin(
    grid: ScoreGrid, deficit: int, masses: Vector, *, host_is_first: bool
) -> tuple[MarginChance, ...]:
    """The margins of the host, folded at both ends past `FOLDED` or two goals past the level one."""
    last = min(grid.max_goals, max(FOLDED, abs(deficit) + 2))
    found = []
    for margin in range(-last, last + 1):
        low = 0 if margin == -last else margin + grid.max_goals
        high = len(grid.margins) if margin == last else margin + grid.max_goals + 1
        chance = math.fsum(grid.margins[low:high])
        if margin == deficit:
            # all that is not settled on goals within 90 minutes comes from this margin
            host = math.fsum(masses[0, 1 : len(FIELDS)])
            visitor = math.fsum(masses[1, 1 : len(FIELDS)])
        else:
            host, visitor = (chance, 0.0) if margin > deficit else (0.0, chance)
        first, second = (host, visitor) if host_is_first else (visitor, host)
        found.append(MarginChance(margin, chance, first, second))
    return tuple(found)
