"""What rating models share: the contract of `strength.contract`, given the differences of one pass over the matches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import ForecastError
from secondleg.strength.contract import GRID_GOALS, Predictions, grids_of
from secondleg.strength.data import TrainingSet
from secondleg.strength.grid import ScoreGrid, score_grid
from secondleg.strength.leagues import linked_groups
from secondleg.strength.ratings.mapping import GoalMapping, fit_mapping

__all__ = ["RatedStrengths", "Rater", "Standing", "first_rows", "fit_ratings", "predict_by_ratings"]

Vector = NDArray[np.float64]
Index = NDArray[np.int64]

REMAPPED_DAYS: Final = 28
"""Days for which one mapping from ratings to goals serves."""

MAPPED: Final = np.timedelta64(6 * 365, "D")
"""How far back the matches go that a mapping is fitted to."""

SETTLED: Final = 8
"""Matches after which a club's rating says something; matches of others count a tenth in the mapping."""

UNSETTLED_WEIGHT: Final = 0.1


class Standing(Protocol):
    """Ratings of all clubs at one time."""

    def difference(self, home: int, away: int, neutral: bool) -> float:
        """By how much the home side is rated higher, in the units of the mapping."""


class Rater(Protocol):
    """A rating system: one pass over matches in the order of their days."""

    @property
    def mapping_half_life_days(self) -> float:
        """Days after which a match counts half in the mapping to goals."""

    def passed(self, matches: TrainingSet) -> tuple[Vector, Standing]:
        """The difference before each of `matches`, which are in the order of their days, and the ratings after all."""


def fit_ratings(rater: Rater, training: TrainingSet, as_of: dt.date) -> RatedStrengths:
    """Ratings on the morning of `as_of`. Raises ForecastError where there is no match before it."""
    matches = in_order(training.before(as_of))
    if not len(matches):
        raise ForecastError(
            f"no match before {as_of} is at hand to judge strengths by. "
            "Import earlier results: secondleg data import PATH."
        )
    difference, standing = rater.passed(matches)
    mapping = _mapping(rater, matches, difference, _settled(matches), np.datetime64(as_of, "D"))
    return RatedStrengths(as_of, matches, standing, mapping)


def predict_by_ratings(rater: Rater, training: TrainingSet, rows: Index) -> Predictions:
    """`StrengthModel.predict`: ratings of each match's morning, and a mapping of the first morning of four weeks."""
    if not len(rows):
        nothing = np.zeros(0)
        grids = np.zeros((0, GRID_GOALS + 1, GRID_GOALS + 1))
        return Predictions(rows, np.zeros(0, dtype=bool), np.zeros((0, 3)), nothing, nothing, grids)
    order = np.argsort(training.date, kind="stable")
    last = training.date[rows].max()
    order = order[training.date[order] <= last]
    matches = training.take(order)
    place = np.zeros(len(training), dtype=np.int64)
    place[order] = np.arange(len(order))
    at = place[rows]
    difference, _ = rater.passed(matches)
    settled, day = _settled(matches), matches.date[at]
    before = np.searchsorted(matches.date, day)
    first = first_rows(matches)
    known = (first[matches.home[at]] < before) & (first[matches.away[at]] < before)
    home_goals, away_goals = np.full((2, len(rows)), np.nan)
    rho = np.zeros(len(rows))
    span = (day - day.min()).astype(np.int64) // REMAPPED_DAYS
    codes = [competition.code for competition in matches.competitions]
    for number in np.unique(span[known]):
        these = np.flatnonzero((span == number) & known)
        mapping = _mapping(rater, matches, difference, settled, day[span == number].min())
        level = np.array([mapping.competition.get(codes[c], 0.0) for c in matches.competition[at[these]]])
        home_goals[these], away_goals[these] = mapping.goals(
            difference[at[these]], matches.neutral[at[these]], level
        )
        rho[these] = mapping.dependence
    grids = grids_of(np.where(known, home_goals, 1.0), np.where(known, away_goals, 1.0), rho)
    return Predictions.of_grids(rows, known, home_goals, away_goals, grids)


def in_order(training: TrainingSet) -> TrainingSet:
    """The matches in the order of their days."""
    if (training.date[1:] >= training.date[:-1]).all():
        return training
    return training.take(np.argsort(training.date, kind="stable"))


def first_rows(matches: TrainingSet) -> Index:
    """The first row of each club, of matches in order."""
    first = np.full(len(matches.clubs), len(matches))
    rows = np.arange(len(matches))
    np.minimum.at(first, matches.home, rows)
    np.minimum.at(first, matches.away, rows)
    return first


def _settled(matches: TrainingSet) -> Vector:
    """The weight in a mapping of each match, before decay: 1 if both sides had played `SETTLED` matches."""
    sides = np.stack((matches.home, matches.away), axis=1).ravel()
    order = np.argsort(sides, kind="stable")
    start = np.searchsorted(sides[order], sides[order])
    played = np.empty(len(sides), dtype=np.int64)
    played[order] = np.arange(len(sides)) - start
    fewest = played.reshape(-1, 2).min(axis=1)
    return np.where(fewest >= SETTLED, 1.0, UNSETTLED_WEIGHT)


def _mapping(
    rater: Rater, matches: TrainingSet, difference: Vector, settled: Vector, as_of: np.datetime64
) -> GoalMapping:
    """The mapping on the morning of `as_of`, from matches in order."""
    start, end = np.searchsorted(matches.date, [as_of - MAPPED, as_of])
    if start == end:
        start = 0
    own = slice(start, end)
    age = (as_of - matches.date[own]).astype(np.float64)
    return fit_mapping(
        difference[own],
        matches.neutral[own],
        matches.competition[own],
        tuple(competition.code for competition in matches.competitions),
        matches.home_goals[own],
        matches.away_goals[own],
        settled[own] * np.exp2(-age / rater.mapping_half_life_days),
    )


@dataclass(frozen=True, eq=False)
class RatedStrengths:
    """Ratings of all clubs on the morning of `as_of`, and what a difference of them means in goals; see `Fitted`."""

    as_of: dt.date
    matches: TrainingSet
    standing: Standing
    mapping: GoalMapping

    @cached_property
    def _number(self) -> dict[str, int]:
        return {club: number for number, club in enumerate(self.matches.clubs)}

    @cached_property
    def _groups(self) -> Index:
        return linked_groups(self.matches.home, self.matches.away, len(self.matches.clubs))

    @cached_property
    def _league(self) -> Index:
        """The competition of each club's last league match, −1 for none."""
        is_league = np.array([competition.is_league for competition in self.matches.competitions])
        last = np.full(len(self.matches.clubs), -1)
        rows = np.flatnonzero(is_league[self.matches.competition])
        for sides in (self.matches.home, self.matches.away):
            np.maximum.at(last, sides[rows], rows)
        return np.where(last >= 0, self.matches.competition[last], -1)

    def __contains__(self, club: object) -> bool:
        return club in self._number

    def number(self, club: str) -> int:
        """The index of a club; ForecastError where no match of it was seen."""
        try:
            return self._number[club]
        except KeyError:
            raise ForecastError(
                f"{club} has no match before {self.as_of} in the matches that strengths were fitted to. "
                "Import results of its league or its European matches: secondleg data import PATH."
            ) from None

    def linked(self, home: str, away: str) -> bool:
        """Whether a chain of matches links two clubs."""
        return bool(self._groups[self.number(home)] == self._groups[self.number(away)])

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals of the home and the away side in 90 minutes.

        Without a competition that of two clubs of one league is their league, any other one of average goals.
        """
        h, a = self.number(home), self.number(away)
        if h == a:
            raise ForecastError(f"{home} cannot play itself; name two clubs.")
        if competition is None and self._league[h] == self._league[a] >= 0:
            competition = self.matches.competitions[int(self._league[h])].code
        level = 0.0 if competition is None else self.mapping.competition.get(competition, 0.0)
        one, other = self.mapping.goals(
            np.array([self.standing.difference(h, a, neutral)]), np.array([neutral]), level
        )
        return float(one[0]), float(other[0])

    def uncertainty(self, home: str, away: str) -> tuple[float, float]:
        """None is modelled: (0, 0)."""
        self.number(home), self.number(away)
        return 0.0, 0.0

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
        one, other = self.goal_expectation(home, away, competition=competition, neutral=neutral)
        return score_grid(one, other, self.mapping.dependence, max_goals=max_goals)
