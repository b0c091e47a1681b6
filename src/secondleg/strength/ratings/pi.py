"""Pi-ratings (Constantinou and Fenton 2013, Journal of Quantitative Analysis in Sports 9).

Each club has a rating at home and one away, in a scale of goals: against an average side a rating R means a goal
difference of sign(R) · (10^(|R|/3) − 1). After a match in which the expected difference was off by e goals, the home
side's home rating moves by λ · 3 log₁₀(1 + |e|), its away rating by γ times as much, and the away side's the other way.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from secondleg.errors import BadInput
from secondleg.strength.contract import Predictions
from secondleg.strength.data import TrainingSet
from secondleg.strength.ratings.passes import passed, pi_pass
from secondleg.strength.ratings.rated import (
    Index,
    RatedStrengths,
    Standing,
    Vector,
    fit_ratings,
    in_order,
    predict_by_ratings,
)

__all__ = ["PiModel", "PiRatings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PiModel:
    """Settings of the pi-ratings: λ and γ of the paper."""

    alias: ClassVar[str] = "pi"
    one_pass: ClassVar[bool] = True
    """Whether `predict` goes through the matches once, whatever it is asked: a back-test does not split it."""

    learning_rate: float = 0.035
    """λ: how far an error moves a rating."""
    carried: float = 0.7
    """γ: the share of it that moves the same side's other rating."""
    mapping_half_life_days: float = 400.0
    """Days after which a match counts half in the mapping from ratings to goals."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            number = getattr(self, name)
            if not (math.isfinite(number) and number > 0):
                raise BadInput(f"{name} cannot be {number!r}; give a number above 0.")

    def fit(self, training: TrainingSet, as_of: dt.date) -> RatedStrengths:
        """Ratings on the morning of `as_of`, mapped to goals."""
        return fit_ratings(self, training, as_of)

    def predict(self, training: TrainingSet, rows: Index) -> Predictions:
        """Forecasts of the matches `rows`, each from the ratings of its morning."""
        return predict_by_ratings(self, training, rows)

    def passed(self, matches: TrainingSet) -> tuple[Vector, Standing]:
        """See `Rater`."""
        ratings = self.ratings(matches)
        return ratings.expected, ratings

    def ratings(self, training: TrainingSet) -> PiRatings:
        """The ratings of all clubs after the matches of `training`, and the differences expected of these."""
        matches = in_order(training)
        at_home, on_travel = np.zeros((2, len(matches.clubs)))
        inputs = [
            matches.date.astype("datetime64[D]").astype(np.int64),
            matches.home,
            matches.away,
            (~matches.neutral).astype(np.float64),
            matches.home_goals.view(),
            matches.away_goals.view(),
        ]
        for column in inputs[3:]:
            column.setflags(write=False)
        (expected,) = passed(
            pi_pass,
            (at_home, on_travel, *inputs),
            (self.learning_rate, self.carried),
            outputs=1,
            size=len(matches),
        )
        return PiRatings(matches.clubs, at_home, on_travel, expected)


@dataclass(frozen=True, eq=False)
class PiRatings:
    """Ratings of `clubs` at home and away after all matches, and the goal difference `expected` of each match."""

    clubs: tuple[str, ...]
    at_home: Vector
    on_travel: Vector
    expected: Vector

    def difference(self, home: int, away: int, neutral: bool) -> float:
        """The goal difference expected of a match; on neutral ground each side has the mean of its ratings."""
        one, other = float(self.at_home[home]), float(self.on_travel[away])
        if neutral:
            one = (one + float(self.on_travel[home])) / 2
            other = (float(self.at_home[away]) + other) / 2
        return _in_goals(one) - _in_goals(other)


def _in_goals(rating: float) -> float:
    return math.copysign(10.0 ** (abs(rating) / 3.0) - 1.0, rating)
