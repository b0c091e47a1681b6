"""What the dynamic model knows on a day: clubs as they stand, how sure that is, and the goals to expect."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from secondleg.errors import ForecastError
from secondleg.strength.data import TrainingSet
from secondleg.strength.doubt import score_grid_under_doubt
from secondleg.strength.grid import ScoreGrid
from secondleg.strength.leagues import League, linked_groups
from secondleg.strength.objective import Vector
from secondleg.strength.recursion import CLUB
from secondleg.strength.states import States
from secondleg.strength.strengths import ClubStrength

if TYPE_CHECKING:
    from secondleg.strength.dynamic import DynamicModel

__all__ = ["DynamicStrengths"]

_HALF_LIFE_DAYS = 400.0
"""Age at which a match counts half in `ClubStrength.weight`, which weighs clubs for their average."""


class _Expected(NamedTuple):
    """Edge and pace of a match (see `recursion`), the variance of the edge and those of the two log rates."""

    edge: float
    pace: float
    edge_var: float
    home_var: float
    away_var: float


@dataclass(frozen=True, eq=False)
class DynamicStrengths:
    """The states of all clubs on the morning of `as_of`; serves `strength.contract.Fitted`.

    `matches` are those that were seen, `states` what is known after them, moved to the day.
    """

    as_of: dt.date
    matches: TrainingSet
    states: States
    model: DynamicModel

    @cached_property
    def _number(self) -> dict[str, int]:
        return {club: number for number, club in enumerate(self.matches.clubs)}

    @cached_property
    def _competition(self) -> dict[str, int]:
        return {competition.code: number for number, competition in enumerate(self.matches.competitions)}

    @property
    def _level(self) -> float:
        return math.log(self.model.goals)

    @property
    def dependence(self) -> float:
        """ρ of Dixon and Coles."""
        return self.model.dependence

    @property
    def clubs(self) -> tuple[str, ...]:
        """All clubs of which a match was seen."""
        return self.matches.clubs

    def __contains__(self, club: object) -> bool:
        number = self._number.get(club) if isinstance(club, str) else None
        return number is not None and bool(self.states.division_of[number] >= 0)

    def number(self, club: str) -> int:
        """The index of a club; ForecastError where no match of it was seen."""
        try:
            return self._number[club]
        except KeyError:
            raise ForecastError(
                f"{club} has no match before {self.as_of} in the matches that strengths were fitted to. "
                "Import results of its league or its European matches: secondleg data import PATH."
            ) from None

    def league(self, club: str) -> League:
        """The division that a club last played in."""
        return self.states.divisions[int(self.states.division_of[self.number(club)])]

    def linked(self, home: str, away: str) -> bool:
        """Whether a chain of matches links two clubs' divisions, so that data and not a prior compares them."""
        of_home, of_away = (self.states.division_of[self.number(club)] for club in (home, away))
        return bool(self._group_of[of_home] == self._group_of[of_away])

    @cached_property
    def _group_of(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        of, divisions = self.states.division_of, len(self.states.divisions)
        pairs = np.unique(of[self.matches.home] * divisions + of[self.matches.away])
        return linked_groups(pairs // divisions, pairs % divisions, divisions)

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals (λ, μ) of the home and the away side in 90 minutes, what is not known of them averaged over.

        Without a `competition` a match of two clubs of one division is taken for one of that, any other for one of
        average goals and home advantage. On neutral ground neither side has an advantage. Raises ForecastError for a
        club without matches.
        """
        return self._goals(self._expected(home, away, competition, neutral))

    def uncertainty(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Variance of the logarithm of either side's rate of goals; the score grid has it in it."""
        seen = self._expected(home, away, competition, neutral)
        return seen.home_var, seen.away_var

    def score_grid(
        self,
        home: str,
        away: str,
        *,
        competition: str | None = None,
        neutral: bool = False,
        max_goals: int | None = None,
    ) -> ScoreGrid:
        """The chance of every score after 90 minutes; see `goal_expectation` and `strength.doubt`."""
        seen = self._expected(home, away, competition, neutral)
        home_goals, away_goals = self._goals(seen)
        return score_grid_under_doubt(
            home_goals, away_goals, self.model.dependence, seen.edge_var, max_goals=max_goals
        )

    def _goals(self, seen: _Expected) -> tuple[float, float]:
        edge = self.model.stretch * seen.edge
        return (
            math.exp(seen.pace + edge + 0.5 * seen.home_var),
            math.exp(seen.pace - edge + 0.5 * seen.away_var),
        )

    def _expected(self, home: str, away: str, competition: str | None, neutral: bool) -> _Expected:
        """What is expected of a match."""
        states, h, a = self.states, self.number(home), self.number(away)
        if h == a:
            raise ForecastError(f"{home} cannot play itself; name two clubs.")
        code = competition
        if code is None and states.division_of[h] == states.division_of[a]:
            code = states.divisions[int(states.division_of[h])].code
        known = self._competition.get(code) if code is not None else None
        goals, goals_var, advantage, advantage_var = 0.0, 0.0, 0.0, 0.0
        into = -1
        if known is not None:
            goals, goals_var = float(states.goals[known]), float(states.goals_var[known])
            advantage, advantage_var = float(states.advantage[known]), float(states.advantage_var[known])
            into = int(states.division_of_competition[known])
        of_home, one = self._placed(h, into)
        of_away, other = self._placed(a, into)
        half = 0.0 if neutral else 0.5
        edge = one[0] - other[0] + (self._levels[of_home] - self._levels[of_away])
        edge += half * ((states.common[0] + advantage) + (one[2] + other[2]))
        pace = (self._level + goals) + (one[1] + other[1])
        edge_var = (one[3] + half * (2.0 * one[5] + half * one[8])) + (
            other[3] - half * (2.0 * other[5] - half * other[8])
        )
        edge_var += self._gap_var(of_home, of_away) + half * half * (float(states.common[1]) + advantage_var)
        pace_var = (one[6] + other[6]) + goals_var
        both = (one[4] + half * one[7]) - (other[4] - half * other[7])
        return _Expected(
            edge, pace, edge_var, edge_var + pace_var + 2.0 * both, edge_var + pace_var - 2.0 * both
        )

    def _placed(self, club: int, into: int) -> tuple[int, list[float]]:
        """Division and state of a club in a match of the division `into`, where it may not have played yet."""
        states = self.states
        state: list[float] = states.club[CLUB * club : CLUB * (club + 1)].tolist()
        old = int(states.division_of[club])
        if into < 0 or into == old:
            return old, state
        if states.country_of_division[old] == states.country_of_division[into]:
            fall = int(states.tier_of_division[into] - states.tier_of_division[old])
            usual = self.model.promoted if fall < 0 else self.model.relegated if fall > 0 else 0.0
            gap = float(states.division[old] - states.division[into])
            state[0] = self.model.kept * (state[0] + gap) + (1.0 - self.model.kept) * usual
            state[3] += self.model.change_sd**2
        return into, state

    @cached_property
    def _levels(self) -> list[float]:
        """Level of each division, its country's in it."""
        states = self.states
        levels: list[float] = (states.division + states.country[states.country_of_division]).tolist()
        return levels

    def _gap_var(self, one: int, other: int) -> float:
        states = self.states
        if one == other:
            return 0.0
        variance = float(states.division_var[one] + states.division_var[other])
        of_one, of_other = states.country_of_division[one], states.country_of_division[other]
        if of_one != of_other:
            cov = states.country_cov
            variance += float(cov[of_one, of_one] + cov[of_other, of_other] - 2.0 * cov[of_one, of_other])
        return variance

    def club(self, club: str) -> ClubStrength:
        """One club's strength in goals; see `ClubStrength`."""
        return self._club_strength(self.number(club))

    def table(self) -> tuple[ClubStrength, ...]:
        """All clubs in goals relative to the average, best goal difference first."""
        clubs = [self._club_strength(number) for number in range(len(self.clubs))]
        return tuple(sorted(clubs, key=lambda club: (-club.overall, club.club)))

    @cached_property
    def _log_goals(self) -> tuple[Vector, Vector]:
        """Attack and defence of each club in log goals, the levels above it included."""
        club = self.states.club.reshape(-1, CLUB)
        strength = club[:, 0] + np.array(self._levels)[self.states.division_of]
        return strength + club[:, 1], strength - club[:, 1]

    @cached_property
    def _played(self) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Vector]:
        """Matches of each club, and the sum of their weights."""
        age = (np.datetime64(self.as_of, "D") - self.matches.date).astype(np.float64)
        sides, n = np.concatenate((self.matches.home, self.matches.away)), len(self.clubs)
        weight = np.bincount(sides, np.tile(np.exp2(-age / _HALF_LIFE_DAYS), 2), minlength=n)
        return np.bincount(sides, minlength=n).astype(np.int64), weight.astype(np.float64)

    @cached_property
    def _average(self) -> tuple[float, float]:
        attack, defence = self._log_goals
        weight = self._played[1]
        return float(np.average(attack, weights=weight)), float(np.average(defence, weights=weight))

    def _club_strength(self, number: int) -> ClubStrength:
        (attack, defence), (matches, weight) = self._log_goals, self._played
        mean_attack, mean_defence = self._average
        average = math.exp(self._level + mean_attack - mean_defence)
        return ClubStrength(
            club=self.clubs[number],
            league=self.states.divisions[int(self.states.division_of[number])].code,
            attack=math.exp(self._level + float(attack[number]) - mean_defence) - average,
            defence=average - math.exp(self._level + mean_attack - float(defence[number])),
            matches=int(matches[number]),
            weight=float(weight[number]),
        )
