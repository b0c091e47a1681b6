"""Goal expectations of past matches, each as known before it: where fits and checks of ties and live matches start.

Used by `fit_second_leg.py`, `fit_live.py` and `check_live.py`; any model with `fit(training, day)` will do.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from secondleg.archive.view import View
from secondleg.errors import ForecastError
from secondleg.strength import TrainingSet, UnlinkedLeagues

__all__ = ["Asked", "Model", "Rates", "rates_of", "training_of"]

HISTORY: Final = dt.timedelta(days=6 * 365)
"""How far back each fit looks."""


class Model(Protocol):
    """What is asked of a model: a fit to the matches before a day."""

    def fit(self, training: TrainingSet, as_of: dt.date) -> Any:
        """Strengths on the morning of `as_of`, with `goal_expectation` and `dependence`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A match whose expectations are wanted: clubs by id, the home side first."""

    date: dt.date
    home: str
    away: str
    competition: str
    neutral: bool = False


@dataclass(frozen=True, eq=False)
class Rates:
    """Expectations of matches, in the order asked: goals of home and away side in 90 minutes, ρ, and the
    variances of the log rates; NaN where a club had not been seen."""

    home: NDArray[np.float64]
    away: NDArray[np.float64]
    dependence: NDArray[np.float64]
    home_variance: NDArray[np.float64]
    away_variance: NDArray[np.float64]


def training_of(view: View, since: dt.date, countries: frozenset[str] | None = None) -> TrainingSet:
    """The matches of `view` from `since` on, of competitions of some countries only where these are given."""
    training = TrainingSet.from_view(view, since=since)
    if countries is None:
        return training
    chosen = np.array([competition.country in countries for competition in training.competitions])
    return training.take(chosen[training.competition])


def rates_of(
    model: Model,
    training: TrainingSet,
    asked: Sequence[Asked],
    *,
    span: int,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Rates:
    """Expectations of matches from one fit for every `span` days, as of the first of these days that has a match."""
    out = np.full((5, len(asked)), np.nan)
    order = sorted(range(len(asked)), key=lambda number: asked[number].date)
    start, fitted = dt.date.min, None
    for done, number in enumerate(order):
        match = asked[number]
        if fitted is None or (match.date - start).days >= span:
            start = match.date
            since = np.datetime64(start - HISTORY, "D")
            window = training.take((training.date >= since) & (training.date < np.datetime64(start, "D")))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UnlinkedLeagues)
                fitted = model.fit(window, start)
            tell(done, len(asked))
        try:
            home, away = fitted.goal_expectation(
                match.home, match.away, competition=match.competition, neutral=match.neutral
            )
        except ForecastError:
            continue
        variances = (
            fitted.uncertainty(match.home, match.away) if hasattr(fitted, "uncertainty") else (0.0, 0.0)
        )
        out[:, number] = home, away, getattr(fitted, "dependence", 0.0), *variances
    return Rates(*out)
