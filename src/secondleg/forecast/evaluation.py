"""How good forecasts were: proper scores of each match, their means with standard errors, and paired differences.

Every score is negative in the sense that lower is better, and proper: whoever states what he believes expects the best.
Functions take arrays of forecasts and of what happened and give one score a match; nothing here knows a model.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput

__all__ = [
    "AWAY_WIN",
    "DRAW",
    "FLOOR",
    "HOME_WIN",
    "Mean",
    "binary_log_loss",
    "brier",
    "difference",
    "log_loss",
    "mean_of",
    "result_of",
    "rps",
    "score_chance",
]

HOME_WIN, DRAW, AWAY_WIN = 0, 1, 2
"""Results in the order of the columns of chances: nearest neighbours are nearest results."""

FLOOR: Final = 1e-6
"""Chance below which a log loss does not grow: one that was called impossible costs 13.8, not infinitely much."""

Vector = NDArray[np.float64]


def result_of(home_goals: NDArray[np.int64], away_goals: NDArray[np.int64]) -> NDArray[np.int64]:
    """The result of each match: `HOME_WIN`, `DRAW` or `AWAY_WIN`."""
    return np.asarray(1 - np.sign(home_goals - away_goals), dtype=np.int64)


def rps(chances: Vector, result: NDArray[np.int64]) -> Vector:
    """The ranked probability score of `chances[match, result]`, from 0 (certain and right) to 1.

    ½ Σ (Pₖ − Oₖ)² over the cumulative chances P and outcomes O of a home win and of no away win, so that a draw is
    nearer to either win than they are to each other. Epstein (1969), A scoring system for probability forecasts of
    ranked categories; for football Constantinou and Fenton (2012), Solving the problem of inadequate scoring rules for
    assessing probabilistic football forecast models.
    """
    happened = np.asarray(result)[:, None] <= np.arange(chances.shape[1])
    apart = np.cumsum(chances, axis=1) - happened
    score: Vector = (apart[:, :-1] ** 2).sum(axis=1) / (chances.shape[1] - 1)
    return score


def log_loss(chances: Vector, result: NDArray[np.int64]) -> Vector:
    """Minus the natural logarithm of the chance given to what happened, of `chances[match, result]`.

    Good (1952), Rational decisions. It looks at nothing but the chance of what happened, and is the only proper score
    of three or more outcomes that does.
    """
    return -np.log(np.maximum(np.take_along_axis(chances, np.asarray(result)[:, None], axis=1)[:, 0], FLOOR))


def score_chance(grids: Vector, home_goals: NDArray[np.int64], away_goals: NDArray[np.int64]) -> Vector:
    """The chance that `grids[match, home_goals, away_goals]` gave to the score of each match.

    Goals beyond a grid are looked up in its last row or column. Minus its logarithm is the log loss of the exact score.
    """
    home = np.minimum(home_goals, grids.shape[1] - 1)
    away = np.minimum(away_goals, grids.shape[2] - 1)
    return np.asarray(grids[np.arange(len(grids)), home, away], dtype=np.float64)


def brier(chance: Vector, happened: NDArray[np.bool_]) -> Vector:
    """The squared distance of a chance from 1 where it came true and from 0 where it did not.

    Brier (1950), Verification of forecasts expressed in terms of probability; the half of his sum over both outcomes.
    """
    return np.asarray((chance - happened) ** 2, dtype=np.float64)


def binary_log_loss(chance: Vector, happened: NDArray[np.bool_]) -> Vector:
    """Minus the natural logarithm of the chance given to what happened, where one thing happens or does not."""
    return -np.log(np.maximum(np.where(happened, chance, 1.0 - chance), FLOOR))


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of `n` values and its standard error: their standard deviation over the root of n; NaN where there are
    too few.
    """

    mean: float
    error: float
    n: int

    def to_dict(self) -> dict[str, float | int | None]:
        """Ready for JSON: None where a number is not known."""
        return {
            "mean": self.mean if math.isfinite(self.mean) else None,
            "error": self.error if math.isfinite(self.error) else None,
            "n": self.n,
        }


def mean_of(values: Vector) -> Mean:
    """The mean of the values that are numbers; NaN stands for a match without a forecast."""
    held = values[np.isfinite(values)]
    n = len(held)
    return Mean(
        mean=float(held.mean()) if n else math.nan,
        error=float(held.std(ddof=1) / math.sqrt(n)) if n > 1 else math.nan,
        n=n,
    )


def difference(one: Vector, other: Vector) -> Mean:
    """The mean difference of two forecasters' scores of the same matches, `one` less `other`: below 0 `one` is better.

    Its error is that of the differences match by match, which is far below that of either mean: both found the same
    matches hard. Diebold and Mariano (1995), Comparing predictive accuracy, for forecasts of one step.
    """
    if one.shape != other.shape:
        raise BadInput(
            f"{len(one)} and {len(other)} scores cannot be paired; give scores of the same matches."
        )
    return mean_of(one - other)
