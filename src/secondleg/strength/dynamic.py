"""The dynamic model: strengths that move from match to match, in one pass over all competitions.

A club has a strength, a tempo and a home advantage of its own; above clubs stand the levels of divisions and countries,
of goals and of home advantage. All are states with a mean and a variance: they drift with the days that pass and are
corrected by each match (an extended Kalman filter, `strength.recursion`). docs/strength.md has the equations, and how
the settings were chosen.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.contract import GRID_GOALS, Predictions
from secondleg.strength.data import TrainingSet
from secondleg.strength.doubt import grids_under_doubt
from secondleg.strength.moving import DynamicStrengths
from secondleg.strength.objective import Index, Vector
from secondleg.strength.recursion import recursion_for
from secondleg.strength.states import FORECAST, States, start_of, steps_of

__all__ = ["DynamicModel"]

_MAY_BE_NEGATIVE: Final = frozenset(
    ("home_advantage", "newcomer", "promoted", "relegated", "dependence", "tier_step")
)
_BATCH: Final = 20_000
"""Matches whose score grids are made at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicModel:
    """Settings of the dynamic model, in log goals; moves are standard deviations of a day, fades shares of a day.

    A state that fades goes back to its mean: by half in log(2) / fade days. Chosen on the top five leagues and on UEFA
    matches from July 2011 to June 2021, together; docs/strength.md has the numbers.
    """

    alias: ClassVar[str] = "dynamic"
    one_pass: ClassVar[bool] = True
    """Whether `predict` goes through the matches once, forecasting each before it is seen."""
    history: ClassVar[dt.timedelta] = dt.timedelta(days=25 * 365)
    """How far back its matches should reach: levels of countries are learnt from decades of European matches."""

    goals: float = 1.3
    """Goals of a side against an equal on neutral ground, before any match."""
    home_advantage: float = 0.3
    """Log ratio of a home side's goals to those of an equal away side, before any match."""
    home_advantage_move: float = 0.002

    strength_sd: float = 0.45
    """Spread of clubs about their division: half the log ratio of a club's goals to those of an average one."""
    strength_move: float = 0.0047
    strength_fade: float = 0.00015
    tempo_sd: float = 0.4
    """Spread of clubs in how many goals their matches have, for and against."""
    tempo_move: float = 0.0045
    tempo_fade: float = 0.001
    venue_sd: float = 0.15
    """Spread of clubs in home advantage."""
    venue_move: float = 0.0001
    venue_fade: float = 0.0004
    newcomer: float = -0.8
    """Strength of a club at its first match, about its division."""

    country_sd: float = 0.6
    """Spread of countries."""
    country_move: float = 0.001
    tier_step: float = 0.5
    """Drop from a division to the next below."""
    tier_step_sd: float = 0.1
    kept: float = 0.8
    """Share of its strength that a club takes to another division; the rest is what such clubs usually have there."""
    promoted: float = 0.1
    relegated: float = -0.45
    change_sd: float = 0.06
    """Doubt that a change of division adds to a club's strength."""

    competition_goals_sd: float = 0.2
    competition_goals_move: float = 0.0003
    competition_goals_fade: float = 0.0001
    competition_home_sd: float = 0.25
    competition_home_move: float = 0.0004
    competition_home_fade: float = 0.00005

    noise: float = 0.95
    """Variance of goals in a league match, in those of Poisson: how little one match tells."""
    noise_cup: float = 1.2
    """The same in domestic cups, where sides are often not at their strongest."""
    noise_europe: float = 0.75
    shots_share: float = 0.0
    """Share of shots on target in the sight of a match that has them; 0: goals alone. 0.36 was best in leagues."""
    noise_shots: float = 0.54
    """Variance of that sight, as `noise`."""
    conversion: float = 0.3
    """Goals a shot on target, before any match."""
    conversion_rate: float = 0.001
    """How fast a competition's conversion follows its matches."""

    stretch: float = 1.07
    """Factor of the difference of sides in forecasts: favourites win more often than Poisson goals say."""
    dependence: float = -0.085
    """ρ of Dixon and Coles in forecasts."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            number = getattr(self, name)
            if not math.isfinite(number) or (number < 0.0 and name not in _MAY_BE_NEGATIVE):
                raise BadInput(f"{name} cannot be {number!r}; give a number of 0 or more.")
        for name in ("goals", "noise", "noise_cup", "noise_europe", "noise_shots", "stretch"):
            if getattr(self, name) == 0.0:
                raise BadInput(f"{name} cannot be 0; give a number above 0.")

    def fit(self, training: TrainingSet, as_of: dt.date) -> DynamicStrengths:
        """Strengths on the morning of `as_of`, from the matches of `training` before that day.

        Raises ForecastError where there is no match at all.
        """
        matches = training.before(as_of)
        if not len(matches):
            raise ForecastError(
                f"no match before {as_of} is at hand to judge strengths by. "
                "Import earlier results: secondleg data import PATH."
            )
        states = start_of(self, matches)
        self._pass(matches, states, steps_of(matches))
        states.move_to(int(np.datetime64(as_of, "D").astype(np.int64)), self)
        return DynamicStrengths(as_of, matches, states, self)

    def fits(self, training: TrainingSet, days: Iterable[dt.date]) -> Iterator[DynamicStrengths]:
        """`fit` as of each of `days`, in their order, in one pass. What is not yet seen on a day is not known on it."""
        order = steps_of(training)
        matches = training.reordered(order)
        states, done = start_of(self, matches), 0
        recursion, compiled = recursion_for(len(matches))
        for as_of in sorted(set(days)):
            day = np.datetime64(as_of, "D")
            reached = int(np.searchsorted(matches.date, day))
            new = matches.reordered(slice(done, reached))
            states.run(
                recursion,
                compiled,
                new,
                np.arange(len(new)),
                self._constants(),
                np.full((len(new), len(FORECAST)), np.nan),
            )
            done = reached
            known = states.copy()
            known.move_to(int(day.astype(np.int64)), self)
            yield DynamicStrengths(as_of, matches.reordered(slice(0, reached)), known, self)

    def predict(self, training: TrainingSet, rows: Index) -> Predictions:
        """Forecasts of the matches `rows`, each from the matches before its day, in one pass."""
        rows = np.asarray(rows, dtype=np.int64)
        seen = self.forecasts(training, rows)
        known = seen[:, 5] > 0.0
        (home, away), _ = self.rates(seen)
        grids = np.empty((len(rows), GRID_GOALS + 1, GRID_GOALS + 1))
        for start in range(0, len(rows), _BATCH):
            part = slice(start, start + _BATCH)
            grids[part] = grids_under_doubt(home[part], away[part], self.dependence, seen[part, 2])
        unknown = np.where(known, 1.0, np.nan)
        return Predictions.of_grids(rows, known, home * unknown, away * unknown, grids)

    def forecasts(self, training: TrainingSet, rows: Index) -> Vector:
        """What the pass says before each of the matches `rows`: `forecast[row, FORECAST]`."""
        states = start_of(self, training)
        return self._pass(training, states, steps_of(training, rows))[rows]

    def rates(self, forecast: Vector) -> tuple[tuple[Vector, Vector], tuple[Vector, Vector]]:
        """Expected goals of both sides of each forecast, and the variances of their logarithms."""
        edge, pace, edge_var, pace_var, both = forecast.T[:5]
        home_var, away_var = edge_var + pace_var + 2.0 * both, edge_var + pace_var - 2.0 * both
        home = np.exp(pace + self.stretch * edge + 0.5 * home_var)
        away = np.exp(pace - self.stretch * edge + 0.5 * away_var)
        return (home, away), (home_var, away_var)

    def _pass(self, matches: TrainingSet, states: States, steps: Index) -> Vector:
        forecast = np.full((len(matches), len(FORECAST)), np.nan)
        recursion, compiled = recursion_for(len(steps))
        states.run(recursion, compiled, matches, steps, self._constants(), forecast)
        return forecast

    def _constants(self) -> tuple[float, ...]:
        return (
            math.log(self.goals), self.strength_fade, self.tempo_fade, self.venue_fade,
            self.strength_move**2, self.tempo_move**2, self.venue_move**2, self.country_move**2,
            self.competition_goals_fade, self.competition_goals_move**2,
            self.competition_home_fade, self.competition_home_move**2, self.home_advantage_move**2,
            self.kept, self.promoted, self.relegated, self.change_sd**2,
            self.noise, self.noise_cup, self.noise_europe,
            self.shots_share, self.noise_shots, self.conversion_rate,
        )  # fmt: skip
