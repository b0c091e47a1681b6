"""The contract of strength models: what is fitted, what a fit can be asked, and forecasts of many matches at once.

    model.fit(training, as_of)              -> Fitted: goal expectations and score grids of any two clubs
    model.predict(training, rows)           -> Predictions: each of those matches as known on the morning of its day

Every model serves both, so that whoever forecasts, simulates or back-tests knows no model by name.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.grid import ScoreGrid, low_score_factors

if TYPE_CHECKING:
    from secondleg.strength.data import TrainingSet

__all__ = ["GRID_GOALS", "Fitted", "Predictions", "StrengthModel", "grids_of", "predict_by_refitting"]

GRID_GOALS: Final = 15
"""Goals of a side that the grids of `Predictions` reach to; what lies beyond is shared out in proportion."""

REFIT_DAYS: Final = 7
"""Days for which one fit serves in `predict_by_refitting`."""


class Fitted(Protocol):
    """What is known of all clubs on the morning of `as_of`.

    `uncertainty` is the variance of the logarithm of either side's rate of goals: what the fit does not know of the two
    clubs. Score grids have it in them; whoever draws many matches of one club (a season) draws it once a run.
    """

    @property
    def as_of(self) -> dt.date:
        """The day on whose morning this is known."""

    def __contains__(self, club: object) -> bool:
        """Whether any match of the club was seen."""

    def linked(self, home: str, away: str) -> bool:
        """Whether data and not a prior compares two clubs."""

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals of the home and the away side in 90 minutes."""

    def uncertainty(self, home: str, away: str) -> tuple[float, float]:
        """Variance of the logarithm of the home and the away side's goal expectation; (0, 0) where none is modelled."""

    def score_grid(
        self,
        home: str,
        away: str,
        *,
        competition: str | None = None,
        neutral: bool = False,
        max_goals: int | None = None,
    ) -> ScoreGrid:
        """The chance of every score after 90 minutes."""


class StrengthModel(Protocol):
    """A model of strengths: settings that can be fitted to matches."""

    @property
    def alias(self) -> str:
        """A short name without spaces, such as `dixon-coles`."""

    def fit(self, training: TrainingSet, as_of: dt.date) -> Fitted:
        """Strengths on the morning of `as_of`, from the matches of `training` before that day."""

    def predict(self, training: TrainingSet, rows: NDArray[np.int64]) -> Predictions:
        """Forecasts of the matches `rows` of `training`, each from the matches before its day alone."""


@dataclass(frozen=True, eq=False)
class Predictions:
    """Forecasts of n matches of a training set, in the order of `rows`.

    `known` is False for a match of a club that had not been seen; its chances are NaN.
    `grids[match, home_goals, away_goals]` sums to 1 over the last two axes, or is None where a model (a market) gives
    results alone. `results[match]` has the chances of home win, draw and away win.
    `home_goals` and `away_goals` are expected goals (NaN where there is none).
    """

    rows: NDArray[np.int64]
    known: NDArray[np.bool_]
    results: NDArray[np.float64]
    home_goals: NDArray[np.float64]
    away_goals: NDArray[np.float64]
    grids: NDArray[np.float64] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        n = len(self.rows)
        shapes = (self.known.shape == (n,), self.results.shape == (n, 3), self.home_goals.shape == (n,))
        if not all(shapes) or (self.grids is not None and len(self.grids) != n):
            raise BadInput("the parts of predictions differ in length; give one entry a match in each.")

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def of_grids(
        cls,
        rows: NDArray[np.int64],
        known: NDArray[np.bool_],
        home_goals: NDArray[np.float64],
        away_goals: NDArray[np.float64],
        grids: NDArray[np.float64],
    ) -> Predictions:
        """Predictions whose results are sums over `grids`; rows that are not `known` become NaN."""
        lower = np.tril(np.ones(grids.shape[1:]), -1)
        home = np.einsum("nij,ij->n", grids, lower)
        away = np.einsum("nji,ij->n", grids, lower)
        results = np.stack((home, np.trace(grids, axis1=1, axis2=2), away), axis=1)
        grids, results = grids.copy(), results / results.sum(axis=1, keepdims=True)
        grids[~known], results[~known] = np.nan, np.nan
        return cls(rows, known, results, home_goals, away_goals, grids)


def grids_of(
    home_goals: NDArray[np.float64],
    away_goals: NDArray[np.float64],
    dependence: float | NDArray[np.float64] = 0.0,
    variance: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
    *,
    max_goals: int = GRID_GOALS,
) -> NDArray[np.float64]:
    """Score grids of many matches at once: `grids[match, home_goals, away_goals]`, each summing to 1.

    As `score_grid`, for arrays of goal expectations. With `variance`, the variances of the log rates of each side, the
    Poisson chances are averaged over log-normal rates with the given means (Gauss-Hermite, five nodes).
    """
    one, other = (
        _goal_chances(goals, None if variance is None else variance[side], max_goals)
        for side, goals in enumerate((home_goals, away_goals))
    )
    grids = one[:, :, None] * other[:, None, :]
    low = -1.0 / np.maximum(home_goals, away_goals)  # `dependence_bounds`, of arrays
    high = np.minimum(1.0, 1.0 / (home_goals * away_goals))
    rho = np.clip(np.broadcast_to(dependence, home_goals.shape), low, high)
    grids[:, :2, :2] *= np.moveaxis(low_score_factors(home_goals, away_goals, rho), 2, 0)
    return np.asarray(grids / grids.sum(axis=(1, 2), keepdims=True), dtype=np.float64)


def _goal_chances(
    goals: NDArray[np.float64], variance: NDArray[np.float64] | None, max_goals: int
) -> NDArray[np.float64]:
    """`chances[match, goals]`, scaled to sum to 1."""
    if variance is None:
        nodes, weights = np.zeros(1), np.ones(1)
        variance = np.zeros_like(goals)
    else:
        nodes, weights = np.polynomial.hermite_e.hermegauss(5)
        weights = weights / weights.sum()
    sd = np.sqrt(variance)[:, None]
    rates = goals[:, None] * np.exp(sd * nodes - sd**2 / 2)
    steps = np.empty((*rates.shape, max_goals + 1))
    steps[..., 0] = np.exp(-rates)
    steps[..., 1:] = rates[..., None] / np.arange(1, max_goals + 1)
    chances = np.einsum("mng,n->mg", np.cumprod(steps, axis=2), weights)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)


def predict_by_refitting(
    model: StrengthModel, training: TrainingSet, rows: NDArray[np.int64], *, every: int = REFIT_DAYS
) -> Predictions:
    """`StrengthModel.predict` for a model without dynamics of its own: fitted anew for every `every` days of matches.

    A fit is made as of the first day of its span and serves the matches of the span, so it knows less than it might and
    never more. Raises nothing for clubs that were not seen: their predictions are not `known`.
    """
    day = training.date[rows].astype("datetime64[D]")
    known = np.zeros(len(rows), dtype=bool)
    home_goals, away_goals = np.full((2, len(rows)), np.nan)
    grids = np.zeros((len(rows), GRID_GOALS + 1, GRID_GOALS + 1))
    span = (day - day.min()).astype(np.int64) // every if len(rows) else np.zeros(0, dtype=np.int64)
    for number in np.unique(span):
        these = np.flatnonzero(span == number)
        try:
            fitted = model.fit(training, day[these].min().astype(dt.date))
        except ForecastError:
            continue
        for place in these:
            row = int(rows[place])
            home, away = training.clubs[training.home[row]], training.clubs[training.away[row]]
            if home not in fitted or away not in fitted:
                continue
            grid = fitted.score_grid(
                home,
                away,
                competition=training.competitions[training.competition[row]].code,
                neutral=bool(training.neutral[row]),
                max_goals=GRID_GOALS,
            )
            known[place], home_goals[place], away_goals[place] = True, grid.home_goals, grid.away_goals
            held = grid.grid[: GRID_GOALS + 1, : GRID_GOALS + 1]
            grids[place] = held / held.sum()
    grids[~known] = 1.0
    return Predictions.of_grids(rows, known, home_goals, away_goals, grids)
