"""Score grids of goals that are not independent Poisson goals: negative binomial, and bivariate Poisson.

`grids[match, home_goals, away_goals]`, each summing to 1. Those of Poisson goals, with τ or without, are
made by `strength.contract.grids_of`.
"""

from __future__ import annotations

import numpy as np

from secondleg.strength.grid import TAIL, low_score_factors
from secondleg.strength.standard.likelihood import Vector

__all__ = [
    "bivariate_grids",
    "negative_binomial_chances",
    "negative_binomial_grids",
    "poisson_chances",
    "reach",
]


def negative_binomial_grids(
    home_goals: Vector, away_goals: Vector, dispersion: Vector, dependence: Vector, max_goals: int
) -> Vector:
    """Goals with variance λ + αλ², and ρ of low scores; `dispersion` is α."""
    one = negative_binomial_chances(home_goals, dispersion, max_goals)
    other = negative_binomial_chances(away_goals, dispersion, max_goals)
    grids = one[:, :, None] * other[:, None, :]
    a, b = one[:, 1] / one[:, 0], other[:, 1] / other[:, 0]
    rho = np.clip(dependence, -1.0 / np.maximum(a, b), np.minimum(1.0, 1.0 / (a * b)))
    grids[:, :2, :2] *= np.moveaxis(low_score_factors(a, b, rho), 2, 0)
    return np.asarray(grids / grids.sum(axis=(1, 2), keepdims=True))


def negative_binomial_chances(goals: Vector, dispersion: Vector, max_goals: int) -> Vector:
    """`chances[match, goals]` of goals with the given means, scaled to sum to 1."""
    steps = np.empty((len(goals), max_goals + 1))
    # P(k) / P(k − 1) = (1 + α(k − 1)) / k · λ / (1 + αλ)
    k = np.arange(1, max_goals + 1)
    odds = goals / (1 + dispersion * goals)
    steps[:, 0] = 1.0
    steps[:, 1:] = (1 + dispersion[:, None] * (k - 1)) / k * odds[:, None]
    chances = np.cumprod(steps, axis=1)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def bivariate_grids(home_goals: Vector, away_goals: Vector, common: Vector, max_goals: int) -> Vector:
    """Goals with the given means of which both sides share Poisson goals with mean `common`.

    Where that is not less than a side's own mean, so much is common as leaves it a hundredth of its own.
    """
    common = np.minimum(common, 0.99 * np.minimum(home_goals, away_goals))
    n, size = len(home_goals), max_goals + 1
    own = [poisson_chances(mean - common, max_goals) for mean in (home_goals, away_goals)]
    shared = poisson_chances(common, max_goals)
    grids = np.zeros((n, size, size))
    for k in range(size):
        if not shared[:, k].max(initial=0.0) > TAIL * TAIL:
            break
        part = own[0][:, : size - k, None] * own[1][:, None, : size - k]
        grids[:, k:, k:] += shared[:, k, None, None] * part
    return np.asarray(grids / grids.sum(axis=(1, 2), keepdims=True))


def reach(goals: float, dispersion: float = 0.0) -> int:
    """Goals of a side beyond which less than `TAIL` is left."""
    size = 16
    while True:
        chances = negative_binomial_chances(np.array([goals]), np.array([dispersion]), 2 * size)[0]
        beyond = chances[::-1].cumsum()[::-1]
        if beyond[size] < TAIL:
            return int(np.argmax(beyond < TAIL))
        size *= 2


def poisson_chances(mean: Vector, max_goals: int) -> Vector:
    """`chances[match, goals]` of Poisson goals with the given means; what lies beyond `max_goals` is left out."""
    steps = np.empty((len(mean), max_goals + 1))
    steps[:, 0] = np.exp(-mean)
    steps[:, 1:] = mean[:, None] / np.arange(1, max_goals + 1)
    return np.asarray(np.cumprod(steps, axis=1))
