"""What a tie or a live match is worked out from: the goal expectations of one match, ρ, and how uncertain they are.

Any fitted model serves (`strength.Fitted`): nothing here depends on how the expectations came about.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.strength import Fitted, ScoreGrid, score_grid

__all__ = [
    "NODES",
    "TAIL",
    "Expectation",
    "Vector",
    "expectation_of",
    "hermite",
    "low_scores",
    "mixed_chances",
    "poisson",
    "reach",
]

Vector = NDArray[np.float64]

NODES: Final = 5
"""Gauss-Hermite nodes of a side's rate, where it is uncertain: enough for six digits up to a spread of 0.3."""

TAIL: Final = 1e-13
"""Chance of more goals than an array holds."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """Goals to expect of a match in 90 minutes, home before away.

    `dependence` is ρ of Dixon and Coles. `variance` has the variances of the logarithms of the two sides' rates:
    these are log-normal, independent of each other, with `home` and `away` as their means.
    """

    home: float
    away: float
    dependence: float = 0.0
    variance: tuple[float, float] = (0.0, 0.0)

    def scaled(self, home: float, away: float) -> Expectation:
        """With the two sides' goals multiplied."""
        return Expectation(self.home * home, self.away * away, self.dependence, self.variance)

    def uncertain(self, variance: float) -> Expectation:
        """With rates at least as uncertain as this variance of their logarithms."""
        one, other = self.variance
        return replace(self, variance=(max(one, variance), max(other, variance)))

    def swapped(self) -> Expectation:
        """The same with the sides the other way round."""
        return Expectation(self.away, self.home, self.dependence, self.variance[::-1])

    def grid(self) -> ScoreGrid:
        """The chance of every score."""
        plain = score_grid(self.home, self.away, self.dependence)
        if not any(self.variance):
            return plain
        rates = np.array([self.home, self.away])
        size = reach(self) + 1
        home, away = mixed_chances(rates, np.array(self.variance), size)
        grid = np.outer(home, away)
        grid[:2, :2] *= low_scores(self.home, self.away, self.dependence)
        grid /= math.fsum(grid.ravel())
        grid.setflags(write=False)
        return ScoreGrid(grid, self.home, self.away)


def expectation_of(
    fitted: Fitted, home: str, away: str, *, competition: str | None = None, neutral: bool = False
) -> Expectation:
    """What a fitted model expects of a match. Raises ForecastError for a club without matches."""
    goals = fitted.goal_expectation(home, away, competition=competition, neutral=neutral)
    # a model without such a term has independent goals
    dependence = float(getattr(fitted, "dependence", 0.0))
    return Expectation(*goals, dependence, fitted.uncertainty(home, away))


def reach(*expectations: Expectation, tail: float = TAIL) -> int:
    """The most goals that arrays must hold for these matches: a side scores more with a chance below `tail`."""
    widest = max(
        goals * math.exp(_OUTERMOST * math.sqrt(variance))
        for each in expectations
        for goals, variance in zip((each.home, each.away), each.variance, strict=True)
    )
    return _reach(math.ceil(_STEPS * widest), tail)


@lru_cache(maxsize=1024)
def _reach(steps: int, tail: float) -> int:
    widest = steps / _STEPS
    term, k = math.exp(-widest), 0
    while k < widest or term * widest / (k + 1) > tail * (1.0 - widest / (k + 2)):
        k += 1
        term *= widest / k
    return k


def mixed_chances(goals: Vector, variance: Vector, size: int, nodes: int = NODES) -> Vector:
    """`chances[..., goals]` of 0 … size − 1 goals of sides with uncertain rates, each summing to 1.

    A Poisson distribution averaged over log-normal rates with means `goals[...]`, by Gauss-Hermite quadrature.
    """
    place, weight = hermite(nodes)
    sd = np.sqrt(variance)[..., None]
    rates = goals[..., None] * np.exp(sd * place - 0.5 * sd * sd)
    chances: Vector = np.einsum("...ng,n->...g", poisson(rates, size), weight)
    chances /= chances.sum(axis=-1, keepdims=True)
    return chances


def poisson(rates: Vector, size: int) -> Vector:
    """`chances[..., goals]` of 0 … size − 1 goals at `rates[...]`."""
    steps = np.empty((*rates.shape, size))
    steps[..., 0] = np.exp(-rates)
    np.multiply(rates[..., None], _ONE_OVER[: size - 1], out=steps[..., 1:])
    return np.multiply.accumulate(steps, axis=-1, out=steps)


def low_scores(
    home: float, away: float, dependence: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Dixon and Coles' factors of the scores to 1-1, ρ held within the bounds that leave no chance negative."""
    low, high = -1.0 / max(home, away), min(1.0, 1.0 / (home * away))
    rho = min(max(dependence, low), high)
    return (1.0 - home * away * rho, 1.0 + home * rho), (1.0 + away * rho, 1.0 - rho)


def hermite(nodes: int) -> tuple[Vector, Vector]:
    """Places and weights of the normal distribution in Gauss-Hermite quadrature; the weights sum to 1."""
    if nodes not in _HERMITE:
        place, weight = np.polynomial.hermite_e.hermegauss(nodes)
        _HERMITE[nodes] = place, weight / weight.sum()
    return _HERMITE[nodes]


_HERMITE: Final[dict[int, tuple[Vector, Vector]]] = {}
_OUTERMOST: Final = 2.857
"""The outermost of five nodes, in standard deviations."""
_STEPS: Final = 10
"""Goals are rounded up to a tenth before it is asked how far arrays must reach."""
_ONE_OVER: Final = 1.0 / np.arange(1.0, 512.0)
