"""Goal models by maximum likelihood, each competition by itself: Poisson, Dixon-Coles, bivariate, negative binomial.

One model with switches, after the R package goalmodel: which distribution goals have, how the two sides depend on each
other, how fast matches are forgotten, how strongly clubs are held to the average. A fit is made competition by
competition, when first asked for.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Final

import numpy as np

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.contract import GRID_GOALS, REFIT_DAYS, Predictions, grids_of
from secondleg.strength.data import TrainingSet
from secondleg.strength.grid import ScoreGrid, score_grid
from secondleg.strength.leagues import linked_groups
from secondleg.strength.standard.fitting import CompetitionFit, Prior, fit_pairs
from secondleg.strength.standard.grids import bivariate_grids, negative_binomial_grids, reach
from secondleg.strength.standard.likelihood import (
    DEPENDENCES,
    DISTRIBUTIONS,
    SHAPES,
    Index,
    Vector,
    pairs_of,
)

__all__ = ["GoalModel", "GoalStrengths", "bivariate_poisson", "dixon_coles", "negative_binomial", "poisson"]

_ALIASES: Final = {
    ("poisson", "none"): "poisson",
    ("poisson", "dixon-coles"): "dixon-coles",
    ("poisson", "bivariate"): "bivariate-poisson",
    ("negative-binomial", "none"): "negative-binomial",
}

LOWER_QUARTER: Final = 0.25
"""A club new to a competition is taken for one in the middle of this share of its clubs, the weakest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalModel:
    """Settings of a goal model of single competitions.

    `half_life_days` None counts every match alike; `club_sd` None is plain maximum likelihood, without a ridge, and
    `dependence_sd` None leaves ρ free.
    """

    distribution: str = "poisson"
    """poisson or negative-binomial."""
    dependence: str = "none"
    """none, dixon-coles (low scores) or bivariate (common goals; of Poisson goals alone)."""
    half_life_days: float | None = 400.0
    """Days after which a match counts half."""
    club_sd: float | None = 0.45
    """The ridge: spread of attack, and of defence, of the clubs of a competition."""
    dependence_sd: float | None = 0.1
    """Spread of ρ about 0."""

    def __post_init__(self) -> None:
        for name, known in (("distribution", DISTRIBUTIONS), ("dependence", DEPENDENCES)):
            if getattr(self, name) not in known:
                raise BadInput(f"{name} cannot be {getattr(self, name)!r}; choose one of {', '.join(known)}.")
        if (self.distribution, self.dependence) not in SHAPES:
            raise BadInput(
                "common goals are of Poisson goals alone; leave out distribution, or choose another dependence."
            )
        for name in ("half_life_days", "club_sd", "dependence_sd"):
            number = getattr(self, name)
            if number is not None and not (math.isfinite(number) and number > 0):
                raise BadInput(f"{name} cannot be {number!r}; give a number above 0, or None.")

    @property
    def alias(self) -> str:
        """The model's short name, such as `dixon-coles`."""
        switches = (self.distribution, self.dependence)
        return _ALIASES.get(switches, "-".join(switches))

    def fit(self, training: TrainingSet, as_of: dt.date) -> GoalStrengths:
        """Strengths on the morning of `as_of`, from the matches of `training` before that day.

        Raises ForecastError where there is no match at all.
        """
        matches = training.before(as_of)
        if not len(matches):
            raise ForecastError(
                f"no match before {as_of} is at hand to judge strengths by. "
                "Import earlier results: secondleg data import PATH."
            )
        return GoalStrengths(self, as_of, matches)

    def fit_competition(
        self, matches: TrainingSet, as_of: dt.date, start: CompetitionFit | None = None
    ) -> CompetitionFit:
        """The fit to matches of one competition, all before `as_of`; `start` is an earlier fit of it."""
        n = len(matches.clubs)
        weight = np.ones(len(matches))
        if self.half_life_days is not None:
            age = (np.datetime64(as_of, "D") - matches.date).astype(np.float64)
            weight = np.exp2(-age / self.half_life_days)
        pairs = pairs_of(
            matches.home,
            matches.away,
            matches.neutral,
            matches.home_goals,
            matches.away_goals,
            weight,
            n,
            cells=self.dependence == "bivariate",
        )
        prior = Prior(
            club=math.inf if self.club_sd is None else self.club_sd,
            dependence=math.inf if self.dependence_sd is None else self.dependence_sd,
        )
        begin = None if start is None else _carried(start, matches.clubs)
        theta, value, steps = fit_pairs(pairs, n, self.distribution, self.dependence, prior, begin)
        return CompetitionFit(
            clubs=matches.clubs,
            attack=theta[2 : n + 2],
            defence=theta[n + 2 : 2 * n + 2],
            matches=np.bincount(np.concatenate((matches.home, matches.away)), minlength=n),
            level=float(theta[0]),
            home_advantage=float(theta[1]),
            shapes=SHAPES[self.distribution, self.dependence],
            shape=theta[2 * n + 2 :],
            value=value,
            steps=steps,
        )

    def predict(self, training: TrainingSet, rows: Index) -> Predictions:
        """Forecasts of the matches `rows`, from a fit a week; see `StrengthModel.predict`."""
        known = np.zeros(len(rows), dtype=bool)
        home_goals, away_goals = np.full((2, len(rows)), np.nan)
        fits: list[CompetitionFit | None] = [None] * len(rows)
        first = _first_days(training)
        for places, day, told_of in self._refitted(training, rows):
            for place in places:
                row = int(rows[place])
                home, away = int(training.home[row]), int(training.away[row])
                if first[home] < day and first[away] < day:
                    clubs = training.clubs[home], training.clubs[away]
                    told = told_of(*clubs, bool(training.neutral[row]))
                    known[place], home_goals[place], away_goals[place] = True, told.home, told.away
                    fits[place] = told.fit
        grids = np.ones((len(rows), GRID_GOALS + 1, GRID_GOALS + 1))
        these = np.flatnonzero(known)
        if len(these):
            shaped = [fit for fit in fits if fit is not None]
            grids[these] = self.grids(home_goals[these], away_goals[these], shaped, GRID_GOALS)
        return Predictions.of_grids(rows, known, home_goals, away_goals, grids)

    def _refitted(
        self, training: TrainingSet, rows: Index
    ) -> Iterator[tuple[Index, np.datetime64, Callable[[str, str, bool], _Told]]]:
        """(places in `rows`, the day of a fit, what it tells of two clubs), each fit starting from the one before."""
        day = training.date[rows].astype("datetime64[D]")
        span = (day - day.min()).astype(np.int64) // REFIT_DAYS if len(rows) else np.zeros(0, dtype=np.int64)
        kind = training.competition[rows]
        for number in np.unique(kind):
            own, code = training.take(training.competition == number), training.competitions[number].code
            fit: CompetitionFit | None = None
            for week in np.unique(span[kind == number]):
                places = np.flatnonzero((span == week) & (kind == number))
                # the week's first day of any competition: one fit of a model is one fit of all competitions
                as_of = day[span == week].min()
                matches = own.before(as_of.astype(dt.date))
                if len(matches):
                    fit = self.fit_competition(matches, as_of.astype(dt.date), fit)
                    yield places, as_of, partial(_between, fit, fit)
                elif (training.date < as_of).any():
                    others = self.fit(training, as_of.astype(dt.date))
                    yield places, as_of, partial(_told_by, others, code)

    def grids(
        self, home_goals: Vector, away_goals: Vector, fits: list[CompetitionFit], max_goals: int
    ) -> Vector:
        """Score grids of matches with these expectations, each with the shape of its competition's fit."""

        def shape(name: str) -> Vector:
            return np.array([fit.shape_of(name) for fit in fits], dtype=np.float64)

        if self.dependence == "bivariate":
            return bivariate_grids(home_goals, away_goals, np.exp(shape("common")), max_goals)
        rho = shape("dependence") if self.dependence == "dixon-coles" else np.zeros(len(fits))
        if self.distribution == "negative-binomial":
            return negative_binomial_grids(
                home_goals, away_goals, np.exp(shape("dispersion")), rho, max_goals
            )
        return grids_of(home_goals, away_goals, rho, max_goals=max_goals)


def poisson(**settings: Any) -> GoalModel:
    """Independent Poisson goals (Maher 1982, with time decay and ridge)."""
    return replace(GoalModel(), **settings)


def dixon_coles(**settings: Any) -> GoalModel:
    """Poisson goals with dependent low scores (Dixon and Coles 1997)."""
    return replace(GoalModel(dependence="dixon-coles"), **settings)


def bivariate_poisson(**settings: Any) -> GoalModel:
    """Poisson goals of which both sides share some (Karlis and Ntzoufras 2003)."""
    return replace(GoalModel(dependence="bivariate"), **settings)


def negative_binomial(**settings: Any) -> GoalModel:
    """Goals more spread than Poisson's, of independent sides."""
    return replace(GoalModel(distribution="negative-binomial"), **settings)


@dataclass(frozen=True, slots=True)
class _Told:
    """Goal expectations of a match, and the fit whose shape its scores have."""

    home: float
    away: float
    fit: CompetitionFit


@dataclass(frozen=True, eq=False)
class GoalStrengths:
    """Strengths of all clubs on the morning of `as_of`, competition by competition; see `Fitted`.

    `matches` are those before that day. `competition(code)` is the fit of one competition; those made so far are in
    `fits`.
    """

    model: GoalModel
    as_of: dt.date
    matches: TrainingSet = field(repr=False)
    fits: dict[str, CompetitionFit] = field(default_factory=dict, repr=False)

    @cached_property
    def _number(self) -> dict[str, int]:
        return {club: number for number, club in enumerate(self.matches.clubs)}

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {each.code: number for number, each in enumerate(self.matches.competitions)}

    @cached_property
    def _played(self) -> list[dict[int, int]]:
        """For each club the competitions (by number) that it has played in, and how often."""
        kinds = len(self.matches.competitions)
        sides = np.concatenate((self.matches.home, self.matches.away))
        cells, often = np.unique(sides * kinds + np.tile(self.matches.competition, 2), return_counts=True)
        played: list[dict[int, int]] = [{} for _ in self.matches.clubs]
        for cell, count in zip(cells.tolist(), often.tolist(), strict=True):
            played[cell // kinds][cell % kinds] = count
        return played

    def __contains__(self, club: object) -> bool:
        return club in self._number

    def competition(self, code: str) -> CompetitionFit:
        """The fit of a competition's matches. Raises ForecastError where there are none."""
        if code not in self.fits:
            if code not in self._codes:
                raise ForecastError(
                    f"{code} has no match before {self.as_of} in the matches at hand. "
                    "Import results of it: secondleg data import PATH."
                )
            own = self.matches.take(self.matches.competition == self._codes[code])
            self.fits[code] = self.model.fit_competition(own, self.as_of)
        return self.fits[code]

    def linked(self, home: str, away: str) -> bool:
        """Whether matches of one competition link two clubs."""
        return any(
            group[home] == group[away] for code in self._shared(home, away) for group in (self._groups(code),)
        )

    def _shared(self, home: str, away: str) -> list[str]:
        """Competitions that both have played in: leagues first, then by how often."""
        one, other = self._played[self._place(home)], self._played[self._place(away)]
        both = sorted(
            one.keys() & other.keys(),
            key=lambda c: (not self.matches.competitions[c].is_league, -min(one[c], other[c]), c),
        )
        return [self.matches.competitions[number].code for number in both]

    def _groups(self, code: str) -> dict[str, int]:
        own = self.matches.take(self.matches.competition == self._codes[code])
        return dict(zip(own.clubs, linked_groups(own.home, own.away, len(own.clubs)).tolist(), strict=True))

    def _place(self, club: str) -> int:
        try:
            return self._number[club]
        except KeyError:
            raise ForecastError(
                f"{club} has no match before {self.as_of} in the matches that strengths were fitted to. "
                "Import results of its league or its European matches: secondleg data import PATH."
            ) from None

    def told(self, home: str, away: str, competition: str | None = None, *, neutral: bool = False) -> _Told:
        """Goal expectations of a match, and the fit that its dependence is taken from.

        Without a competition that matches are held of it is the one that both sides have played in; where there is
        none, each side is taken as it stands in its own, and those for equals: `linked` is False then.
        """
        self._place(home), self._place(away)
        if home == away:
            raise ForecastError(f"{home} cannot play itself; name two clubs.")
        code = competition if competition in self._codes else next(iter(self._shared(home, away)), None)
        codes = (code, code) if code is not None else (self._main(home), self._main(away))
        return _between(self.competition(codes[0]), self.competition(codes[1]), home, away, neutral)

    def _main(self, club: str) -> str:
        """The competition that a club has played most in, leagues first."""
        played = self._played[self._place(club)]
        number = min(played, key=lambda c: (not self.matches.competitions[c].is_league, -played[c], c))
        return self.matches.competitions[number].code

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals of the home and the away side in 90 minutes."""
        told = self.told(home, away, competition, neutral=neutral)
        return told.home, told.away

    def uncertainty(self, home: str, away: str) -> tuple[float, float]:
        """None is modelled: (0, 0)."""
        self._place(home), self._place(away)
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
        told = self.told(home, away, competition, neutral=neutral)
        if self.model.distribution == "poisson" and self.model.dependence != "bivariate":
            rho = told.fit.shape_of("dependence") or 0.0
            return score_grid(told.home, told.away, rho, max_goals=max_goals)
        dispersion = told.fit.shape_of("dispersion")
        alpha = 0.0 if dispersion is None else math.exp(dispersion)
        size = max(reach(max(told.home, told.away), alpha), max_goals or 0, 1)
        grid = self.model.grids(np.array([told.home]), np.array([told.away]), [told.fit], size)[0]
        grid.setflags(write=False)
        return ScoreGrid(grid, told.home, told.away)


def _between(one: CompetitionFit, other: CompetitionFit, home: str, away: str, neutral: bool) -> _Told:
    """What the fits of the home and the away side's competition (mostly one) tell of their match."""
    attack, defence = _standing(one, home)
    their_attack, their_defence = _standing(other, away)
    level = (one.level + other.level) / 2
    advantage = 0.0 if neutral else (one.home_advantage + other.home_advantage) / 4
    common = one.shape_of("common")
    shared = 0.0 if common is None else math.exp(common)
    return _Told(
        math.exp(level + advantage + (attack - their_defence)) + shared,
        math.exp(level - advantage + (their_attack - defence)) + shared,
        one,
    )


def _told_by(strengths: GoalStrengths, competition: str, home: str, away: str, neutral: bool) -> _Told:
    return strengths.told(home, away, competition, neutral=neutral)


def _standing(fit: CompetitionFit, club: str) -> tuple[float, float]:
    """Attack and defence of a club in a competition; one that is new to it is taken for one of the lower quarter."""
    if club in fit.clubs:
        number = fit.clubs.index(club)
        return float(fit.attack[number]), float(fit.defence[number])
    overall = fit.attack + fit.defence
    weakest = np.argsort(overall)[: max(1, round(LOWER_QUARTER * len(overall)))]
    return float(fit.attack[weakest].mean()), float(fit.defence[weakest].mean())


def _carried(start: CompetitionFit, clubs: tuple[str, ...]) -> Vector:
    """Where the fit of `clubs` begins: at an earlier one, new clubs at the average; sums of 0."""
    place = {club: number for number, club in enumerate(start.clubs)}
    found = [place.get(club, -1) for club in clubs]
    attack, defence = (np.append(part, 0.0)[found] for part in (start.attack, start.defence))
    level = start.level + attack.mean() - defence.mean()
    return np.concatenate(
        ([level, start.home_advantage], attack - attack.mean(), defence - defence.mean(), start.shape)
    )


def _first_days(training: TrainingSet) -> Any:
    """The day of each club's first match."""
    first = np.full(len(training.clubs), np.datetime64("9999-12-31", "D"))
    for sides in (training.home, training.away):
        np.minimum.at(first, sides, training.date.astype("datetime64[D]"))
    return first
