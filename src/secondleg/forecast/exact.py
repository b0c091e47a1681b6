"""The arithmetic of ties, on arrays: every score still to be played, at once.

`d` stands for how many goals the host of the second leg is behind (the margin of the first leg), `v` for goals of
its visitor in it. With p[state, goals] and q[state, goals] the chances of goals of host and visitor, the second leg's
chances along its diagonals are D[state, d, v] = p[state, v + d] · q[state, v]: their sums over v are the chances of
each margin, and at the margin that levels the tie they say by which scores. The first leg's O[d, a] are the same of
its own (a: goals of the host of the second leg). With these a tie is a few sums of products.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from secondleg.football.tie import TieRules
from secondleg.forecast.expectation import (
    Expectation,
    Vector,
    hermite,
    low_scores,
    mixed_chances,
    poisson,
    reach,
)
from secondleg.forecast.level import FIELDS, LevelTie

__all__ = ["SecondLeg", "before_first_leg", "factors_of"]

Effects = Callable[[int], tuple[float, float]]
"""Changes of the log goal rates of (leader, trailing side) at a lead."""

_NODES_BOTH: Final = 3
"""Nodes for each side where both legs are uncertain together; nine pairs of rates."""

_ENDINGS: Final = len(FIELDS) + 2


class SecondLeg:
    """The deciding match of a tie: its chances at each state of the tie, and what each first leg comes to.

    `factors[state, side]` multiply the goals of host (0) and visitor (1), for states −n … n of the host's deficit; a
    further lead is held at the outermost. Results are `masses[side, ending]`: see `LevelTie`.
    """

    def __init__(self, expectation: Expectation, rules: TieRules, level: LevelTie, factors: Vector) -> None:
        self.expectation, self.rules, self.level, self.factors = expectation, rules, level, factors
        self.held = len(factors) // 2
        self._states: dict[int, tuple[Expectation, Vector]] = {}

    def at(self, deficit: int) -> Expectation:
        """What to expect of the match with the host `deficit` goals behind (negative: ahead)."""
        host, visitor = self.factors[max(-self.held, min(self.held, deficit)) + self.held].tolist()
        return self.expectation.scaled(host, visitor)

    def after(self, home: int, away: int) -> Vector:
        """`masses` after a first leg of `home` goals of the visitor and `away` of the host."""
        deficit = home - away
        state = max(-self.held, min(self.held, deficit))
        if state not in self._states:
            one = self.at(state)
            self._states[state] = one, side_chances(one, reach(one) + 1)
        win, lose, level = _split(*self._states[state], deficit)
        out = np.zeros((2, _ENDINGS))
        out[0, 0], out[1, 0] = win, lose
        self._settle(out, away, level)
        return out

    def _settle(self, out: Vector, away: int, level: Vector) -> None:
        """Add what becomes of level scores, told by the visitor's goals."""
        rules = self.rules
        if not rules.away_goals and not rules.away_goals_in_extra_time:
            out += np.add.reduce(level) * self.level.settle(0)
        elif rules.away_goals:
            out[0, _AWAY] += np.add.reduce(level[:away])
            out[1, _AWAY] += np.add.reduce(level[away + 1 :])
            if away < len(level):
                out += level[away] * self.level.settle(0)
        else:
            for goals, chance in enumerate(level.tolist()):
                out += chance * self.level.settle(away - goals)


def before_first_leg(opening: Expectation, second: SecondLeg) -> Vector:
    """`masses` before the first leg, of which `opening` has the expectations (its home side is the later visitor).

    Where rates are uncertain, a side's are off by the same factor in both legs.
    """
    later, most = second.expectation, second.factors.max(axis=0).tolist()
    size = reach(opening, later.scaled(*most)) + 1
    # rates[match, side], match 0 being the first leg and the others the states of the second
    rates = np.empty((len(second.factors) + 1, 2))
    rates[0] = opening.home, opening.away
    np.multiply(second.factors, (later.home, later.away), out=rates[1:])
    taus = None
    if opening.dependence or later.dependence:
        known = (opening.dependence, *[later.dependence] * len(second.factors))
        taus = np.array(
            [low_scores(one, other, rho) for (one, other), rho in zip(rates.tolist(), known, strict=True)]
        )
    if not any(opening.variance) and not any(later.variance):
        return _both_legs(poisson(rates, size)[None], _ONE, taus, second)
    weight, drawn = _drawn(opening, later, rates)
    return _both_legs(poisson(drawn, size), weight, taus, second)


def _drawn(opening: Expectation, later: Expectation, rates: Vector) -> tuple[Vector, Vector]:
    """Weights of each pair of nodes of the two sides, and `rates[node, match, side]` there."""
    place, weight = hermite(_NODES_BOTH)
    host, visitor = (each.ravel() for each in np.indices((_NODES_BOTH, _NODES_BOTH)))

    def off(variance: float, node: NDArray[np.int64]) -> Vector:
        return np.asarray(np.exp(math.sqrt(variance) * place[node] - 0.5 * variance))

    drawn = np.repeat(rates[None], len(host), axis=0)
    # the visitor of the second leg is at home in the first
    drawn[:, 0, 0] *= off(opening.variance[0], visitor)
    drawn[:, 0, 1] *= off(opening.variance[1], host)
    drawn[:, 1:, 0] *= off(later.variance[0], host)[:, None]
    drawn[:, 1:, 1] *= off(later.variance[1], visitor)[:, None]
    return weight[host] * weight[visitor], drawn


def _both_legs(chances: Vector, weight: Vector, taus: Vector | None, second: SecondLeg) -> Vector:
    """`masses` from `chances[node, match, side, goals]`, the weights of the nodes, and the factors of low scores,
    `taus[match, home goals, away goals]`."""
    nodes, matches, _, n = chances.shape
    index = _index(n, second.held)
    # [node, match, d, goals of the side away]
    along = _along(chances.reshape(-1, 2, n)).reshape(nodes, matches, 2 * n - 1, n)
    if taus is not None:
        for home, away in _LOW:
            along[:, :, n - 1 + home - away, away] *= taus[:, home, away]
    margins = along.reshape(-1, n) @ index.ones
    margins = margins.reshape(nodes, matches, 2 * n - 1)
    margins /= np.add.reduce(margins, axis=2, keepdims=True)
    below = np.add.accumulate(margins[:, 1:], axis=2).reshape(nodes, -1)
    chance = margins[:, 0] * weight[:, None]  # of each margin of the first leg
    within = margins[:, 1:].reshape(nodes, -1).take(index.place, axis=1).ravel()
    upto = below.take(index.place, axis=1).ravel()
    flat = chance.ravel()
    even = float(flat @ within)
    out = np.zeros((2, _ENDINGS))
    out[1, 0] = float(flat @ upto) - even
    out[0, 0] = 1.0 - out[1, 0] - even
    rules = second.rules
    if not rules.away_goals and not rules.away_goals_in_extra_time:
        out += even * second.level.settle(0)
        return out
    # by away goals: a of the host in the first leg, v of the visitor in the second
    level = along[:, 1:].reshape(nodes, -1, n).take(index.place, axis=1)
    by_goals = (along[:, 0] * weight[:, None, None]).reshape(-1, n).T @ level.reshape(-1, n)
    by_goals *= even / np.add.reduce(by_goals, axis=None)
    if rules.away_goals:
        same = float(np.add.reduce(by_goals.ravel()[:: n + 1]))
        more = float(by_goals.ravel() @ index.lower)
        out[0, _AWAY] += more
        out[1, _AWAY] += even - more - same
        out += same * second.level.settle(0)
        return out
    for lead in range(1 - n, n):
        out += np.trace(by_goals, -lead) * second.level.settle(lead)
    return out


def side_chances(expectation: Expectation, size: int) -> Vector:
    """`chances[side, goals]` of one match, each side's summing to 1; low scores are not corrected yet."""
    rates = np.array([expectation.home, expectation.away])
    if any(expectation.variance):
        return mixed_chances(rates, np.array(expectation.variance), size)
    chances = poisson(rates, size)
    chances /= np.add.reduce(chances, axis=1, keepdims=True)
    return chances


def _split(expectation: Expectation, chances: Vector, deficit: int) -> tuple[float, float, Vector]:
    """Chances that the home side wins by more than `deficit` and by less, and of each score between, by away goals."""
    home, away = chances
    n = len(home)
    d = max(-n, min(n, deficit))
    low, high = max(0, -d), min(n, n - d)  # away goals with which the margin d can be had
    level = np.zeros(n)
    np.multiply(home[low + d : high + d], away[low:high], out=level[low:high])
    upto = np.add.accumulate(home)
    # away goals from `high` on need more home goals than there are, those below `low` need none
    less = float(away[low:high] @ upto[low + d : high + d]) + float(np.add.reduce(away[high:]))
    even = float(np.add.reduce(level))
    win, lose = 1.0 - less, less - even
    if expectation.dependence:
        taus = low_scores(expectation.home, expectation.away, expectation.dependence)
        (p0, p1), (q0, q1) = home[:2].tolist(), away[:2].tolist()
        cells = ((0, 0, p0 * q0), (0, 1, p0 * q1), (1, 0, p1 * q0), (1, 1, p1 * q1))
        changed = 0.0
        for one, other, plain in cells:
            more = plain * (taus[one][other] - 1.0)
            changed += more
            if one - other > deficit:
                win += more
            elif one - other < deficit:
                lose += more
            else:
                level[other] += more
        if abs(changed) > 1e-12:  # at uncertain rates the factors do not leave the sum as it was
            win, lose, level = win / (1.0 + changed), lose / (1.0 + changed), level / (1.0 + changed)
    return win, max(lose, 0.0), level


def _along(chances: Vector) -> Vector:
    """`[match, d, v]`: chances[match, 0, v + d] · chances[match, 1, v]."""
    matches, _, n = chances.shape
    padded = np.zeros((matches, 3 * n - 2))
    padded[:, n - 1 : 2 * n - 1] = chances[:, 0]
    row, step = padded.strides
    windows: Vector = np.ndarray((matches, 2 * n - 1, n), np.float64, padded, 0, (row, step, step))
    return windows * chances[:, 1, None]


class _Index(NamedTuple):
    """Where things are for arrays of n goals."""

    ones: Vector
    place: NDArray[np.int64]
    """Of (state at d, d) in a flat array of states and margins."""
    lower: Vector
    """1 where a > v in a flat array [a, v]."""


@lru_cache(maxsize=128)
def _index(n: int, held: int) -> _Index:
    state = np.clip(np.arange(1 - n, n), -held, held) + held
    return _Index(
        np.ones(n), state * (2 * n - 1) + np.arange(2 * n - 1), np.tril(np.ones((n, n)), -1).ravel()
    )


_ONE: Final = np.ones(1)
_LOW: Final = ((0, 0), (0, 1), (1, 0), (1, 1))
_AWAY: Final = FIELDS.index("away_goals")


def factors_of(effects: Effects, furthest: int) -> Vector:
    """`factors[state, side]` of a `SecondLeg`, from the effect of a lead."""
    out = np.empty((2 * furthest + 1, 2))
    for deficit in range(-furthest, furthest + 1):
        leading, trailing = effects(abs(deficit))
        host, visitor = (trailing, leading) if deficit > 0 else (leading, trailing)
        out[deficit + furthest] = math.exp(host), math.exp(visitor)
    return out
