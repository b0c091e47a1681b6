"""Score grids where it is not known for certain how much better one side is.

What is not known of two sides lies mostly in their difference: if the home side is better than thought, it scores more
and concedes less. So the log rates are moved by the same amount in opposite ways, and the grids averaged.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.strength.contract import GRID_GOALS
from secondleg.strength.grid import ScoreGrid, dependence_bounds, goal_chances, low_score_factors, score_grid

__all__ = ["grids_under_doubt", "score_grid_under_doubt"]

_NODES: Final = (1.3556261799742659, 2.8569700138728056)
"""Gauss-Hermite nodes of the standard normal distribution, five in all: 0, and each of these with either sign."""
_WEIGHTS: Final = (0.22207592200561263, 0.01125741132772069)
_MIDDLE: Final = 1.0 - 2.0 * (_WEIGHTS[0] + _WEIGHTS[1])


def score_grid_under_doubt(
    home_goals: float,
    away_goals: float,
    dependence: float,
    edge_var: float,
    *,
    max_goals: int | None = None,
) -> ScoreGrid:
    """As `score_grid`, averaged over half the log ratio of the two rates, normal with variance `edge_var`.

    `home_goals` and `away_goals` are expected goals, the doubt in them. Swapping sides swaps every chance exactly.
    """
    sd = math.sqrt(edge_var)
    far = math.exp(sd * _NODES[1] - 0.5 * edge_var)
    # as many goals as the grid needs at the end of what is thought possible
    size = max(
        score_grid(rate, 0.1, max_goals=max_goals).max_goals for rate in (home_goals * far, away_goals * far)
    )

    def grid_at(shift: float) -> NDArray[np.float64]:
        home = home_goals * math.exp(shift - 0.5 * edge_var)
        away = away_goals * math.exp(-shift - 0.5 * edge_var)
        return np.outer(goal_chances(home, size), goal_chances(away, size))

    grid = _MIDDLE * grid_at(0.0)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        grid += weight * (grid_at(sd * node) + grid_at(-sd * node))
    low, high = dependence_bounds(home_goals, away_goals)
    grid[:2, :2] *= low_score_factors(home_goals, away_goals, min(max(dependence, low), high))
    grid /= math.fsum(grid.ravel())
    grid.setflags(write=False)
    return ScoreGrid(grid, float(home_goals), float(away_goals))


def grids_under_doubt(
    home_goals: NDArray[np.float64],
    away_goals: NDArray[np.float64],
    dependence: float,
    edge_var: NDArray[np.float64],
    *,
    max_goals: int = GRID_GOALS,
) -> NDArray[np.float64]:
    """The same of many matches at once: `grids[match, home_goals, away_goals]`, each summing to 1."""
    sd = np.sqrt(edge_var)
    shifts = [0.0 * sd, *(sign * sd * node for node in _NODES for sign in (1.0, -1.0))]
    weights = np.repeat((_MIDDLE, *_WEIGHTS), (1, 2, 2))
    home = _chances(np.stack([home_goals * np.exp(z - 0.5 * edge_var) for z in shifts], axis=1), max_goals)
    away = _chances(np.stack([away_goals * np.exp(-z - 0.5 * edge_var) for z in shifts], axis=1), max_goals)
    grids = np.matmul((home * weights[:, None]).transpose(0, 2, 1), away)
    low = -1.0 / np.maximum(home_goals, away_goals)
    high = np.minimum(1.0, 1.0 / (home_goals * away_goals))
    factors = low_score_factors(home_goals, away_goals, np.clip(dependence, low, high))
    grids[:, :2, :2] *= np.moveaxis(factors, 2, 0)
    return np.asarray(grids / grids.sum(axis=(1, 2), keepdims=True), dtype=np.float64)


def _chances(rates: NDArray[np.float64], max_goals: int) -> NDArray[np.float64]:
    """`chances[match, node, goals]`: Poisson, scaled to sum to 1."""
    steps = np.empty((*rates.shape, max_goals + 1))
    steps[..., 0] = np.exp(-rates)
    steps[..., 1:] = rates[..., None] / np.arange(1, max_goals + 1)
    chances = np.cumprod(steps, axis=-1)
    return np.asarray(chances / chances.sum(axis=-1, keepdims=True), dtype=np.float64)
