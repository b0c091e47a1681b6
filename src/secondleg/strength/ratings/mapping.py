"""From a difference of ratings to goals: a Poisson regression on the matches of the past, and ρ for low scores.

With x the difference before a match (in units that make it about 1 for a clear favourite):

    log home goals = home + competition + slope · x + bend · x²
    log away goals = away + competition − slope · x + bend · x²

On neutral ground `home` and `away` are both their mean. Each parameter has a normal prior, and a competition's level of
goals one about that of all; ρ is that of Dixon and Coles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import ForecastError
from secondleg.strength.dependence import fit_dependence

__all__ = ["GoalMapping", "fit_mapping"]

Vector = NDArray[np.float64]

PRIOR_MEAN: Final = np.array([math.log(1.5), math.log(1.15), 0.5, 0.0])
PRIOR_SD: Final = np.array([0.5, 0.5, 0.5, 0.2])
"""Of home, away, slope and bend; wide: a hundred matches outweigh them."""

COMPETITION_SD: Final = 0.1
"""Spread of the goal level of competitions, in log goals."""

STEPS: Final = 50
WIDEST: Final = 4.0
"""Differences beyond this are taken for it, so that the bend cannot run away."""


@dataclass(frozen=True, eq=False)
class GoalMapping:
    """What a difference of ratings means in goals; `competition` has a log level for each competition of the fit."""

    home: float
    away: float
    slope: float
    bend: float
    competition: dict[str, float]
    dependence: float

    def goals(
        self, difference: Vector, neutral: NDArray[np.bool_], level: Vector | float = 0.0
    ) -> tuple[Vector, Vector]:
        """Goal expectations of the home and the away side; `level` is that of the competition."""
        x = np.clip(difference, -WIDEST, WIDEST)
        middle = (self.home + self.away) / 2
        base = level + self.bend * x**2
        # written for each side alike, so that swapping them on neutral ground swaps the numbers exactly
        one = base + np.where(neutral, middle, self.home) + self.slope * x
        other = base + np.where(neutral, middle, self.away) - self.slope * x
        return np.exp(one), np.exp(other)


def fit_mapping(
    difference: Vector,
    neutral: NDArray[np.bool_],
    competition: NDArray[np.int64],
    codes: tuple[str, ...],
    home_goals: Vector,
    away_goals: Vector,
    weight: Vector,
) -> GoalMapping:
    """Fit the mapping to weighted matches: the regression, then the levels of competitions, then ρ."""
    x = np.clip(difference, -WIDEST, WIDEST)
    theta = _regression(x, neutral, home_goals, away_goals, weight)
    at_home, away, slope, bend = theta.tolist()
    plain = GoalMapping(at_home, away, slope, bend, {}, 0.0)
    one, other = plain.goals(x, neutral)
    scored = np.bincount(competition, weight * (home_goals + away_goals), minlength=len(codes))
    expected = np.bincount(competition, weight * (one + other), minlength=len(codes))
    level = _levels(scored.astype(np.float64), expected.astype(np.float64))
    one, other = plain.goals(x, neutral, level[competition])
    return GoalMapping(
        at_home,
        away,
        slope,
        bend,
        dict(zip(codes, level.tolist(), strict=True)),
        fit_dependence(one, other, home_goals, away_goals, weight),
    )


def _regression(
    x: Vector, neutral: NDArray[np.bool_], home_goals: Vector, away_goals: Vector, weight: Vector
) -> Vector:
    """Newton's method for the four parameters; matches of one ground and nearly one difference are one row."""
    bins = np.rint(x * 100).astype(np.int64)
    low = int(bins.min())
    key = 2 * (bins - low) + neutral
    size = int(key.max()) + 1
    w = np.bincount(key, weight, minlength=size)
    kept = np.flatnonzero(w > 0)
    w = w[kept]
    mean = np.bincount(key, weight * x, minlength=size)[kept] / w
    flat = (kept % 2).astype(np.float64)
    goals = np.concatenate(
        [np.bincount(key, weight * g, minlength=size)[kept] for g in (home_goals, away_goals)]
    )
    w = np.tile(w, 2)
    rows = np.stack(
        (
            np.concatenate((1 - flat / 2, flat / 2)),
            np.concatenate((flat / 2, 1 - flat / 2)),
            np.concatenate((mean, -mean)),
            np.tile(mean**2, 2),
        ),
        axis=1,
    )
    theta = PRIOR_MEAN.copy()
    value = -math.inf
    for _ in range(STEPS):
        log_rate = rows @ theta
        expected = w * np.exp(log_rate)
        off = (theta - PRIOR_MEAN) / PRIOR_SD
        gradient = rows.T @ (goals - expected) - off / PRIOR_SD
        curvature = rows.T @ (expected[:, None] * rows) + np.diag(PRIOR_SD**-2)
        step = np.linalg.solve(curvature, gradient)
        if float(gradient @ step) < 1e-10:
            return np.asarray(theta + step)
        # concave: halving the step is only ever needed where the start is far off
        value = float(goals @ log_rate - expected.sum()) - 0.5 * float(off @ off)
        scale = 1.0
        while scale > 1e-10:
            candidate = theta + scale * step
            new_off = (candidate - PRIOR_MEAN) / PRIOR_SD
            new_rate = rows @ candidate
            new = float(goals @ new_rate - (w * np.exp(new_rate)).sum()) - 0.5 * float(new_off @ new_off)
            if new > value:
                break
            scale /= 2
        theta = candidate
    raise ForecastError("goals could not be mapped to ratings; check that goals are numbers of 0 or more.")


def _levels(scored: Vector, expected: Vector) -> Vector:
    """The log level of each competition under its prior, by Newton's method from 0."""
    level = np.zeros(len(scored))
    for _ in range(20):
        rate = expected * np.exp(level)
        level = level + (scored - rate - level / COMPETITION_SD**2) / (rate + COMPETITION_SD**-2)
    return level
