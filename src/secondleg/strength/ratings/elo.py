"""Elo ratings of clubs, and their history.

After a match each side's rating moves by K · G · (result − expected result), with the expected result
1 / (1 + 10^(−d/400)) of a difference of d points, the home side's advantage in it. G weighs the margin as the World
Football Elo Ratings do (eloratings.net): 1 for one goal, 1.5 for two, (11 + margin) / 8 for more.

What is added: a country's clubs share a part of their ratings, which moves when they meet clubs of other countries. A
plain Elo needs decades to carry one club's matches abroad to those who only meet it at home.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.contract import Predictions
from secondleg.strength.data import TrainingSet
from secondleg.strength.ratings.passes import elo_pass, passed
from secondleg.strength.ratings.rated import (
    Index,
    RatedStrengths,
    Standing,
    Vector,
    first_rows,
    fit_ratings,
    in_order,
    predict_by_ratings,
)

__all__ = ["START", "EloModel", "EloRatings", "RatedClub"]

START: Final = 1500.0
"""Rating of a club of a top division that nothing is known of."""

UNIT: Final = 200.0
"""Points of difference that are 1 in the mapping to goals."""

ESTABLISHED: Final = np.timedelta64(300, "D")
"""How long a league must have been played for a club that is new in it to count as a newcomer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EloModel:
    """Settings of Elo ratings, in points; docs/models.md has what chose them."""

    alias: ClassVar[str] = "elo"
    one_pass: ClassVar[bool] = True
    """Whether `predict` goes through the matches once, whatever it is asked: a back-test does not split it."""

    k: float = 15.0
    """Points at stake."""
    country_k: float = 6.0
    """Points at stake for the country of each side when clubs of two countries meet; 0 is a plain Elo."""
    home_advantage: float = 65.0
    tier_step: float = 150.0
    """By how much a club starts lower for each tier that its first league is below the top."""
    newcomer: float = 100.0
    """By how much a club starts lower that comes into a league which has been played before."""
    mapping_half_life_days: float = 400.0
    """Days after which a match counts half in the mapping from ratings to goals."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            number = getattr(self, name)
            least = 0.0 if name not in ("k", "mapping_half_life_days") else 1e-9
            if not (math.isfinite(number) and number >= least):
                raise BadInput(f"{name} cannot be {number!r}; give a number of points above 0.")

    def fit(self, training: TrainingSet, as_of: dt.date) -> RatedStrengths:
        """Ratings on the morning of `as_of`, mapped to goals."""
        return fit_ratings(self, training, as_of)

    def predict(self, training: TrainingSet, rows: Index) -> Predictions:
        """Forecasts of the matches `rows`, each from the ratings of its morning."""
        return predict_by_ratings(self, training, rows)

    def passed(self, matches: TrainingSet) -> tuple[Vector, Standing]:
        """See `Rater`."""
        ratings = self.ratings(matches)
        return ratings.lead / UNIT, ratings

    def ratings(self, training: TrainingSet) -> EloRatings:
        """The ratings of all clubs after each of the matches of `training`."""
        matches = in_order(training)
        countries = sorted(set(matches.countries))
        number = {country: place for place, country in enumerate(countries)}
        country_of = np.array([number[country] for country in matches.countries], dtype=np.int64)
        start = self._starts(matches)
        own, shared = start.copy(), np.zeros(len(countries))
        columns = passed(
            elo_pass,
            (
                own,
                shared,
                _frozen(matches.date.astype("datetime64[D]").astype(np.int64)),
                matches.home,
                matches.away,
                country_of[matches.home],
                country_of[matches.away],
                _frozen((~matches.neutral).astype(np.float64)),
                _frozen(matches.home_goals),
                _frozen(matches.away_goals),
            ),
            (self.k, self.country_k, self.home_advantage),
            outputs=5,
            size=len(matches),
        )
        return EloRatings(matches, country_of, start, own, shared, *columns)

    def _starts(self, matches: TrainingSet) -> Vector:
        """The first rating of each club: lower by tier, and lower where it comes into a league already played."""
        first = first_rows(matches)
        began = np.full(len(matches.competitions), len(matches))
        np.minimum.at(began, matches.competition, np.arange(len(matches)))
        competition = matches.competition[first]
        below, league = np.zeros((2, len(matches.competitions)))
        for place, each in enumerate(matches.competitions):
            league[place] = each.is_league
            # who is first seen in a domestic cup may be of any division
            below[place] = (each.tier or 1) - 1 if each.is_league else float(each.kind == "cup")
        own_country = np.array(
            [
                matches.competitions[c].country == country
                for c, country in zip(competition, matches.countries, strict=True)
            ],
            dtype=bool,
        )
        late = matches.date[first] - matches.date[began[competition]] > ESTABLISHED
        tiers = np.where(own_country, below[competition], 0.0)
        starts: Vector = START - self.tier_step * tiers - self.newcomer * (late & (league[competition] > 0))
        return starts


@dataclass(frozen=True, slots=True)
class RatedClub:
    """A club's rating on a day: `matches` that it rests on, and the day of the `last` of them."""

    club: str
    rating: float
    matches: int
    last: dt.date


@dataclass(frozen=True, eq=False)
class EloRatings:
    """Elo ratings through `matches`, which are in the order of their days.

    A rating is what a club has of its `own` plus what its country has `shared`. `lead` is by how much the home side was
    rated higher on the morning of each match, home advantage apart. `home_after` and `away_after` are own ratings after
    the day of each match, `home_shared_after` and `away_shared_after` their countries'.
    """

    matches: TrainingSet
    country_of: Index
    start: Vector
    own: Vector
    shared: Vector
    lead: Vector = field(repr=False)
    home_after: Vector = field(repr=False)
    away_after: Vector = field(repr=False)
    home_shared_after: Vector = field(repr=False)
    away_shared_after: Vector = field(repr=False)

    def difference(self, home: int, away: int, neutral: bool) -> float:
        """The home side's rating less the away side's after all matches, in the unit of the mapping to goals."""
        return float(self.rating[home] - self.rating[away]) / UNIT

    @cached_property
    def rating(self) -> Vector:
        """The rating of each club after all matches."""
        now: Vector = self.own + self.shared[self.country_of]
        return now

    @cached_property
    def _number(self) -> dict[str, int]:
        return {club: number for number, club in enumerate(self.matches.clubs)}

    @cached_property
    def _sides(self) -> tuple[Index, Index]:
        """Sides by club, in the order of matches, as 2 × row + 0 home or 1 away; and where each club's begin."""
        sides = np.stack((self.matches.home, self.matches.away), axis=1).ravel()
        order = np.argsort(sides, kind="stable")
        return order, np.searchsorted(sides[order], np.arange(len(self.matches.clubs) + 1))

    def at(self, day: dt.date) -> Vector:
        """The rating of each club on the morning of `day`; NaN for those without a match before it."""
        end = int(np.searchsorted(self.matches.date, np.datetime64(day, "D")))
        own, shared = np.full(len(self.own), np.nan), np.zeros(len(self.shared))
        # of several matches the last one counts: assignment is in order
        sides = np.stack((self.matches.home[:end], self.matches.away[:end]), axis=1).ravel()
        own[sides] = np.stack((self.home_after[:end], self.away_after[:end]), axis=1).ravel()
        shared[self.country_of[sides]] = np.stack(
            (self.home_shared_after[:end], self.away_shared_after[:end]), axis=1
        ).ravel()
        rating: Vector = own + shared[self.country_of]
        return rating

    def history(self, club: str) -> tuple[NDArray[np.datetime64], Vector]:
        """The days of a club's matches and its rating after each. Raises ForecastError for one without a match."""
        if club not in self._number:
            raise ForecastError(
                f"{club} has no match in the matches that were rated. "
                "Import results of its league: secondleg data import PATH."
            )
        order, begins = self._sides
        number = self._number[club]
        sides = order[begins[number] : begins[number + 1]]
        rows, is_away = sides // 2, sides % 2 == 1
        own = np.where(is_away, self.away_after[rows], self.home_after[rows])
        shared = np.where(is_away, self.away_shared_after[rows], self.home_shared_after[rows])
        return self.matches.date[rows], own + shared

    def table(self, day: dt.date) -> tuple[RatedClub, ...]:
        """All clubs with a match before `day`, as rated on its morning, best first."""
        end = int(np.searchsorted(self.matches.date, np.datetime64(day, "D")))
        rating = self.at(day)
        played = np.zeros(len(rating), dtype=np.int64)
        last = np.zeros(len(rating), dtype=np.int64)
        for sides in (self.matches.home[:end], self.matches.away[:end]):
            played += np.bincount(sides, minlength=len(rating))
            np.maximum.at(last, sides, np.arange(end))
        seen = np.flatnonzero(played)
        order = seen[np.lexsort((seen, -rating[seen]))]
        return tuple(
            RatedClub(
                self.matches.clubs[club],
                float(rating[club]),
                int(played[club]),
                self.matches.date[last[club]].astype("datetime64[D]").astype(dt.date),
            )
            for club in order
        )


def _frozen(column: NDArray[np.generic]) -> NDArray[np.generic]:
    """A column that a pass does not write to."""
    view = column.view()
    view.setflags(write=False)
    return view
