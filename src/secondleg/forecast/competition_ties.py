"""Ties of many runs at once: the goals of every match are drawn, and what is level is settled by the rules.

`forecast.tie` has the exact chances of one tie; this plays the same tie again and again, with what each run knows of
the two sides. Arrays are `[tie, run]`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.competition_goals import Goals, dependent_goals, levels, poisson_goals
from secondleg.forecast.level import EXTRA_TIME_LENGTH, extra_time_factor
from secondleg.forecast.tie import second_leg_effects

__all__ = ["FirstLegs", "Played", "play"]

Index = NDArray[np.int16]
RatesOf = Callable[[Index, Index, bool], tuple[NDArray[np.int16], NDArray[np.int16]]]
"""Levels of the rates of home and away side, for arrays of clubs and whether the ground is neutral."""

_LARGEST_LEAD: Final = 15
"""Goals of lead after a first leg beyond which the second leg is no different."""


@dataclass(frozen=True, eq=False)
class FirstLegs:
    """First legs that have been played: where `known`, goals of the side at home and of the other."""

    known: NDArray[np.bool_]
    home: Goals
    away: Goals


@dataclass(frozen=True, eq=False)
class Played:
    """How the ties went. `first` and `second` are the goals of the first leg (or of the only match), by side at home
    and away; `deciding` those of the last one, extra time out. `first_through` says who goes through."""

    first: tuple[Goals, Goals]
    deciding: tuple[Goals, Goals]
    first_through: NDArray[np.bool_]


def play(
    first: Index,
    second: Index,
    rules: TieRules,
    rates: RatesOf,
    rng: np.random.Generator,
    *,
    season: int,
    dependence: float = 0.0,
    day: float = 0.0,
    neutral: bool = False,
    first_legs: FirstLegs | None = None,
) -> Played:
    """Play ties between `first` (at home in the first leg, or in the only match) and `second`.

    `dependence` is ρ of Dixon and Coles, in the 90 minutes of each leg. `day` is the standard deviation of each side's
    log rate in each match, about what is expected of it: what nobody knows of the day.
    """
    if rules.legs == 1:
        level = _of_the_day(rates(first, second, neutral or rules.neutral), day, rng)
        goals = dependent_goals(*level, rng, dependence)
        lead = goals[0].astype(np.int16) - goals[1]
        through = _settled(lead, None, level, _again(rates, first, second, rules), rules, rng, season)
        return Played(goals, goals, through)
    level = _of_the_day(rates(first, second, False), day, rng)
    opening = dependent_goals(*level, rng, dependence)
    if first_legs is not None:
        opening = (
            np.where(first_legs.known, first_legs.home, opening[0]),
            np.where(first_legs.known, first_legs.away, opening[1]),
        )
    lead = opening[0].astype(np.int16) - opening[1]
    host, visitor = _of_the_day(rates(second, first, False), day, rng)
    up, down = _effects()
    ahead = np.clip(lead, -_LARGEST_LEAD, _LARGEST_LEAD) + _LARGEST_LEAD
    # the visitor of the second leg leads where the lead of the first side is positive
    goals = dependent_goals(host + down[ahead], visitor + up[ahead], rng, dependence)
    total = goals[0].astype(np.int16) - goals[1] - lead
    away = opening[1].astype(np.int16) - goals[1]
    through = _settled(total, away, (host, visitor), _again(rates, second, first, rules), rules, rng, season)
    return Played(opening, goals, ~through)


def _of_the_day(
    level: tuple[NDArray[np.int16], NDArray[np.int16]], sd: float, rng: np.random.Generator
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Rates about those expected, with the same mean."""
    if not sd:
        return level
    one, other = (
        side + levels(sd * rng.standard_normal(side.shape, dtype=np.float32) - sd**2 / 2) for side in level
    )
    return one, other


def _effects() -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Levels that a lead adds to the rates of the side it belongs to, and of the other, by lead + `_LARGEST_LEAD`."""
    own, other = np.zeros((2, 2 * _LARGEST_LEAD + 1))
    for lead in range(1, _LARGEST_LEAD + 1):
        leader, trailer = second_leg_effects(lead)
        own[_LARGEST_LEAD + lead], own[_LARGEST_LEAD - lead] = leader, trailer
        other[_LARGEST_LEAD + lead], other[_LARGEST_LEAD - lead] = trailer, leader
    return levels(own), levels(other)


def _again(
    rates: RatesOf, host: Index, visitor: Index, rules: TieRules
) -> Callable[[], tuple[NDArray[np.int16], NDArray[np.int16]]]:
    """Rates of a play-off on neutral ground, or of a replay at the other side's."""
    if rules.legs == 2 or rules.neutral:
        return lambda: rates(host, visitor, True)
    return lambda: rates(visitor, host, False)[::-1]


def _settled(
    lead: NDArray[np.int16],
    away_lead: NDArray[np.int16] | None,
    level: tuple[NDArray[np.int16], NDArray[np.int16]],
    again: Callable[[], tuple[NDArray[np.int16], NDArray[np.int16]]],
    rules: TieRules,
    rng: np.random.Generator,
    season: int,
) -> NDArray[np.bool_]:
    """Whether the host of the deciding match goes through.

    `lead` is its lead over the tie after 90 minutes, `away_lead` how many away goals it has more (None in a tie of one
    match).
    """
    through = lead > 0
    still = lead == 0
    if away_lead is not None and rules.away_goals:
        through |= still & (away_lead > 0)
        still &= away_lead == 0
    if rules.extra_time and still.any():
        scored, conceded = _extra_time(level, still, rng, season)
        more, fewer = scored > conceded, scored < conceded
        decided = more | fewer
        if away_lead is not None and rules.away_goals_in_extra_time:
            # the visitor's goals in extra time are away goals; the host can add none
            now = away_lead[still] - conceded
            more |= ~decided & (now > 0)
            decided |= now != 0
        _write(through, still, more, decided)
    if not still.any():
        return through
    if rules.last is DecidedBy.PLAY_OFF:
        _play_off(through, still, again(), rules, rng, season)
    through |= still & rng.integers(0, 2, size=lead.shape, dtype=np.uint8).astype(bool)
    return through


def _extra_time(
    level: tuple[NDArray[np.int16], NDArray[np.int16]],
    where: NDArray[np.bool_],
    rng: np.random.Generator,
    season: int,
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    shorter = levels(math.log(extra_time_factor(season) * EXTRA_TIME_LENGTH))
    scored, conceded = (poisson_goals(side[where] + shorter, rng).astype(np.int16) for side in level)
    return scored, conceded


def _write(
    through: NDArray[np.bool_],
    still: NDArray[np.bool_],
    won: NDArray[np.bool_],
    decided: NDArray[np.bool_],
) -> None:
    """Put down who won among the ties still open, and leave open those that are not decided."""
    open_now = still.copy()
    through[open_now] = won
    still[open_now] = ~decided


def _play_off(
    through: NDArray[np.bool_],
    still: NDArray[np.bool_],
    level: tuple[NDArray[np.int16], NDArray[np.int16]],
    rules: TieRules,
    rng: np.random.Generator,
    season: int,
) -> None:
    """Play-offs with extra time: one, or further ones until somebody wins, as the rules have it."""
    ends = rules.after_play_off in (DecidedBy.PENALTIES, DecidedBy.COIN)
    for _ in range(1 if ends else 20):
        scored, conceded = (poisson_goals(side[still], rng).astype(np.int16) for side in level)
        _write(through, still, scored > conceded, scored != conceded)
        if still.any():
            scored, conceded = _extra_time(level, still, rng, season)
            _write(through, still, scored > conceded, scored != conceded)
        if not still.any():
            return
