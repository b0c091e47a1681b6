"""A tie that is level after 90 minutes of its last match: away goals, extra time and what follows."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Final

import numpy as np

from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.expectation import TAIL, Vector
from secondleg.strength import score_grid

__all__ = [
    "EXTRA_TIME",
    "EXTRA_TIME_FACTOR",
    "EXTRA_TIME_FACTOR_TO_2010",
    "FIELDS",
    "PENALTIES",
    "LevelTie",
    "Vector",
    "extra_time_factor",
]

FIELDS: Final = ("aggregate", "away_goals", "extra_time", "penalties", "play_off", "coin")
"""Endings in the order of the result arrays."""

EXTRA_TIME: Final = len(FIELDS)
"""Where a result array says how much of the tie comes to extra time."""

PENALTIES: Final = len(FIELDS) + 1
"""Where a result array says how much of the tie comes to penalties."""

EXTRA_TIME_FACTOR: Final = 1.0
"""Goals a minute in extra time against those of the 90 minutes: UEFA ties since 2011-12, about 1.0."""

EXTRA_TIME_FACTOR_TO_2010: Final = 0.78
"""The same in earlier seasons (UEFA ties 1967-2015: 0.78)."""

EXTRA_TIME_LENGTH: Final = 30.0 / 90.0
"""Extra time as a share of the match before it."""

SHOOTOUT: Final = 0.5
"""Chance of either side in a shoot-out.

The host of the second leg won 53 of 109 in UEFA ties; 7,000 shoot-outs show no advantage of kicking first.
"""

_ENDING: Final = {
    DecidedBy.PENALTIES: FIELDS.index("penalties"),
    DecidedBy.PLAY_OFF: FIELDS.index("play_off"),
    DecidedBy.COIN: FIELDS.index("coin"),
}


def extra_time_factor(season: int | None) -> float:
    """The rate of goals in extra time of a season (its first year; None for the present)."""
    return EXTRA_TIME_FACTOR if season is None or season >= 2011 else EXTRA_TIME_FACTOR_TO_2010


class LevelTie:
    """How a level tie goes on, by the rules.

    `rates` are expected goals of host and visitor in 90 minutes of the deciding match, without the effect of
    a lead: nobody leads now. `again` are theirs in a play-off or replay, which has extra time of its own.

    Goals in extra time are independent.
    """

    def __init__(
        self,
        rules: TieRules,
        rates: tuple[float, float],
        again: tuple[float, float],
        *,
        dependence: float,
        factor: float,
    ) -> None:
        self._rules = rules
        self._rates, self._again = rates, again
        self._dependence = dependence
        self._factor = factor
        self._extra_share = factor * EXTRA_TIME_LENGTH
        self._settled: dict[int, Vector] = {}

    def settle(self, away_lead: int) -> Vector:
        """`masses[side, ending]` of a tie that is level on goals; side 0 is the host, 1 the visitor.

        `away_lead` is how many away goals the host has more than the visitor; 0 in a tie of one match.
        """
        if away_lead not in self._settled:
            self._settled[away_lead] = self._settle(away_lead)
        return self._settled[away_lead]

    def _settle(self, away_lead: int) -> Vector:
        rules = self._rules
        out = np.zeros((2, len(FIELDS) + 2))
        if rules.away_goals and away_lead != 0:
            out[0 if away_lead > 0 else 1, FIELDS.index("away_goals")] = 1.0
            return out
        if rules.extra_time:
            return self.in_extra_time(0, away_lead, 1.0)
        self._last(out, 1.0)
        return out

    def in_extra_time(self, lead: int, away_lead: int, left: float) -> Vector:
        """`masses` with a share `left` of extra time still to play, the host `lead` goals ahead by now.

        `away_lead` is as in `settle`, the visitor's away goals in extra time counted in.
        """
        out = np.zeros((2, len(FIELDS) + 2))
        ending = FIELDS.index("extra_time")
        out[0, EXTRA_TIME] = 1.0
        host, visitor = self.extra_goals(left)
        out[0, ending], out[1, ending], draws = _duel(host, visitor, lead)
        level = math.fsum(draws)
        if self._rules.away_goals_in_extra_time:
            # goals of the visitor in extra time are away goals; the host can add none
            kept = min(max(away_lead, 0), len(draws))
            out[0, ending] += math.fsum(draws[:kept])
            beyond = max(away_lead + 1, 0)
            out[1, ending] += math.fsum(draws[beyond:])
            level = draws[away_lead] if 0 <= away_lead < len(draws) else 0.0
        self._last(out, level)
        return out

    def extra_goals(self, left: float) -> tuple[float, float]:
        """Goals of host and visitor to be expected in a share `left` of extra time."""
        share = self._extra_share * left
        return self._rates[0] * share, self._rates[1] * share

    def scaled(self, host: float, visitor: float) -> LevelTie:
        """With the goals of host and visitor in extra time multiplied; a play-off stays as it is."""
        rates = self._rates[0] * host, self._rates[1] * visitor
        return LevelTie(self._rules, rates, self._again, dependence=self._dependence, factor=self._factor)

    def _last(self, out: Vector, chance: float) -> None:
        if self._rules.last is not DecidedBy.PLAY_OFF:
            self._even(out, self._rules.last, chance)
            return
        share = self._extra_share
        match = score_grid(self._again[0], self._again[1], self._dependence)
        extra = score_grid(self._again[0] * share, self._again[1] * share)
        host = match.home_win + match.draw * extra.home_win
        visitor = match.away_win + match.draw * extra.away_win
        after = self._rules.after_play_off
        if after in (DecidedBy.PENALTIES, DecidedBy.COIN):
            assert after is not None
            self._even(out, after, chance * match.draw * extra.draw)
        else:
            # played again until somebody wins: what is left is shared out as the first play-off was
            host, visitor = host / (host + visitor), visitor / (host + visitor)
        ending = _ENDING[DecidedBy.PLAY_OFF]
        out[0, ending] += chance * host
        out[1, ending] += chance * visitor

    @staticmethod
    def _even(out: Vector, by: DecidedBy, chance: float) -> None:
        out[0, _ENDING[by]] += chance * SHOOTOUT
        out[1, _ENDING[by]] += chance * (1.0 - SHOOTOUT)
        if by is DecidedBy.PENALTIES:
            out[0, PENALTIES] += chance


def _duel(host: float, visitor: float, lead: int) -> tuple[float, float, list[float]]:
    """Chances that the host, `lead` goals up, or the visitor is ahead in the end, and of a draw by the visitor's goals.

    `host` and `visitor` are goals still to be expected.
    """
    one, other = _goals(host), _goals(visitor)
    if not lead:
        return _even_duel(one, other)
    width = max(len(one) + max(lead, 0), len(other) + max(-lead, 0))
    one = [0.0] * max(lead, 0) + one + [0.0] * (width - max(lead, 0) - len(one))
    other = [0.0] * max(-lead, 0) + other + [0.0] * (width - max(-lead, 0) - len(other))
    # the two sums are made alike: swapping the sides swaps the chances exactly
    ahead = math.fsum(a * b for a, b in zip(one[1:], accumulate(other), strict=False))
    behind = math.fsum(a * b for a, b in zip(other[1:], accumulate(one), strict=False))
    return ahead, behind, [a * b for a, b in zip(one, other, strict=True)][max(-lead, 0) :]


def _even_duel(one: list[float], other: list[float]) -> tuple[float, float, list[float]]:
    """As `_duel` where nobody leads, in one pass."""
    more = len(one) - len(other)
    one, other = one + [0.0] * -more, other + [0.0] * more
    ahead = behind = one_below = other_below = 0.0
    draws = []
    for a, b in zip(one, other, strict=True):
        ahead += a * other_below
        behind += b * one_below
        draws.append(a * b)
        one_below += a
        other_below += b
    return ahead, behind, draws


def _goals(expected: float) -> list[float]:
    """Poisson chances of 0, 1 … goals, to where the rest is negligible."""
    chance = math.exp(-expected)
    chances, goals = [chance], 0
    while goals < expected or chance > TAIL:
        goals += 1
        chance *= expected / goals
        chances.append(chance)
    return chances
