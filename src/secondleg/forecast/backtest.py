"""Back-tests: matches that were played are forecast again, each from what was known on the morning of its day.

    tasks    = plan(model, training, sample)      -> what is to be done: model, matches to learn from, rows to forecast
    pieces   = [carry_out(task) for task in tasks]  (or `forecast.engine`: side by side, on one machine or many)
    forecasts = gathered(len(sample), …)          -> Forecasts, one entry a match of the sample
    scores   = score(forecasts, sample)           -> RPS, log loss and log loss of the exact score of each match

A model that goes through the matches once, forecasting each before it learns from it (`one_pass`), is one task. One
that is fitted anew is split into spans of four weeks, which may run side by side, on one machine or many; the tasks are
the same however they are run, and so are the numbers. A task holds no match after its span, and none from before the
years that its model learns from: `history` of the model (None: all there are), else six years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput
from secondleg.forecast import evaluation
from secondleg.forecast.sample import Sample
from secondleg.strength import Predictions, StrengthModel, TrainingSet

__all__ = [
    "HISTORY_DAYS",
    "SPAN_DAYS",
    "Forecasts",
    "Task",
    "carry_out",
    "gathered",
    "history_of",
    "plan",
    "score",
    "tasks_of",
]

SPAN_DAYS: Final = 28
"""Days whose matches make one task of a model that is fitted anew: some fits, and not too few tasks to share out."""

HISTORY_DAYS: Final = 6 * 365
"""Days before the first match of a task that its model learns from, unless the model or the caller says otherwise."""

EVERYTHING_DAYS: Final = 250 * 365
"""Days that reach back beyond the first match of all."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Forecasts:
    """What one forecaster said of the n matches of a sample; NaN where it said nothing.

    `results[match]` has the chances of home win, draw and away win, `goals[match]` the expected goals of either side,
    `score_chance` the chance given to the score that came (NaN for one who gives results alone).
    """

    results: Vector
    goals: Vector
    score_chance: Vector

    def __len__(self) -> int:
        return len(self.results)

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which matches it forecast."""
        return np.asarray(np.isfinite(self.results).all(axis=1))

    @classmethod
    def nothing(cls, n: int) -> Forecasts:
        """No forecast of any of n matches."""
        return cls(np.full((n, 3), np.nan), np.full((n, 2), np.nan), np.full(n, np.nan))

    @classmethod
    def of(cls, predictions: Predictions, training: TrainingSet) -> Forecasts:
        """What a model's predictions of rows of `training` say, their grids put to the scores that came."""
        known = predictions.known
        chance = np.full(len(predictions), np.nan)
        if predictions.grids is not None and known.any():
            home, away = (
                goals[predictions.rows[known]].astype(np.int64)
                for goals in (training.home_goals, training.away_goals)
            )
            chance[known] = evaluation.score_chance(predictions.grids[known], home, away)
        results = np.where(known[:, None], predictions.results, np.nan)
        return cls(results, np.stack((predictions.home_goals, predictions.away_goals), axis=1), chance)


@dataclass(frozen=True, eq=False)
class Task:
    """A piece of a back-test: `model` forecasts `rows` of `training`. `places` says where they are in the sample."""

    model: StrengthModel
    training: TrainingSet
    rows: NDArray[np.int64]
    places: NDArray[np.int64]


def history_of(model: StrengthModel, history_days: int | None = None) -> int:
    """Days that a model learns from before its first match: as told, else as the model says, else `HISTORY_DAYS`."""
    if history_days is not None:
        return history_days
    own = getattr(model, "history", dt.timedelta(days=HISTORY_DAYS))
    return EVERYTHING_DAYS if own is None else int(own.days)


def tasks_of(model: StrengthModel, sample: Sample, *, span_days: int = SPAN_DAYS) -> list[NDArray[np.int64]]:
    """The places in the sample that each task of a model has."""
    if getattr(model, "one_pass", False):
        return [np.arange(len(sample))]
    day = sample.date.astype("datetime64[D]").astype(np.int64)
    span = (day - day.min()) // span_days
    return [np.flatnonzero(span == number) for number in np.unique(span)]


def plan(
    model: StrengthModel,
    training: TrainingSet,
    sample: Sample,
    *,
    history_days: int | None = None,
    span_days: int = SPAN_DAYS,
) -> Iterator[Task]:
    """The tasks that forecast `sample`, made one by one because each holds its matches.

    A task has the matches from `history_days` before its first row (see `history_of`) to the day of its last, and none
    after.
    """
    days_back = history_of(model, history_days)
    if days_back < 1:
        raise BadInput(f"a history of {days_back} days holds no match; give at least one day.")
    for places in tasks_of(model, sample, span_days=span_days):
        days = sample.date[places]
        held = np.flatnonzero(
            (training.date >= days.min() - np.timedelta64(days_back, "D")) & (training.date <= days.max())
        )
        rows = np.searchsorted(held, sample.row[places])
        taken = training if len(held) == len(training) else training.take(held)
        yield Task(model, taken, rows.astype(np.int64), places)


def carry_out(task: Task) -> Forecasts:
    """The forecasts of one task."""
    return Forecasts.of(task.model.predict(task.training, task.rows), task.training)


def gathered(n: int, pieces: Iterable[tuple[NDArray[np.int64], Forecasts]]) -> Forecasts:
    """The forecasts of tasks, each with its places in the sample of `n` matches, put together."""
    whole = Forecasts.nothing(n)
    for here, piece in pieces:
        whole.results[here], whole.goals[here] = piece.results, piece.goals
        whole.score_chance[here] = piece.score_chance
    return whole


def score(forecasts: Forecasts, sample: Sample) -> Mapping[str, Vector]:
    """`rps`, `ll` (log loss of the result), `score_ll` (of the exact score) of each match; NaN without a forecast."""
    result = evaluation.result_of(sample.home_goals, sample.away_goals)
    known = forecasts.known
    rps, ll, score_ll = (np.full(len(sample), np.nan) for _ in range(3))
    rps[known] = evaluation.rps(forecasts.results[known], result[known])
    ll[known] = evaluation.log_loss(forecasts.results[known], result[known])
    exact = np.isfinite(forecasts.score_chance)
    score_ll[exact] = -np.log(np.maximum(forecasts.score_chance[exact], evaluation.FLOOR))
    return {"rps": rps, "ll": ll, "score_ll": score_ll}
