"""What a fitted model knows: how good each club is on a day, and the goals to expect of any two of them."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from secondleg.errors import ForecastError
from secondleg.strength.data import TrainingCompetition
from secondleg.strength.grid import ScoreGrid, score_grid
from secondleg.strength.leagues import League
from secondleg.strength.objective import SIGNS, Index, Vector

__all__ = ["ClubStrength", "Strengths"]

INTERNATIONAL = "uefa"
"""The country code of competitions between clubs of several countries."""


@dataclass(frozen=True, slots=True)
class ClubStrength:
    """A club in goals a match on neutral ground, against a club of average attack and defence.

    `attack`: goals that it scores more than an average club would; `defence`: goals that it concedes fewer.
    Higher is better in both. `matches`: how many it was judged on; `weight`: the sum of their weights.
    """

    club: str
    league: str
    attack: float
    defence: float
    matches: int
    weight: float

    @property
    def overall(self) -> float:
        """Goal difference a match against an average club."""
        return self.attack + self.defence


@dataclass(frozen=True, eq=False)
class Strengths:
    """Strengths of all clubs on the morning of `as_of`, in log goals.

    `attack` and `defence` have one entry a club, the level of its league included. A side's expected goals
    are exp(level + competition goals ± ½ home advantage + own attack − the other's defence). `home_advantage`
    is the log ratio of a home side's goals to an equal away side's, `home_by_country` its difference by the
    country of the competition. `dependence` is ρ of Dixon and Coles. `attack_information` and
    `defence_information` are diagonal entries of the Hessian of the negative log posterior. `unlinked` names
    groups of leagues that share no match with the rest.
    """

    as_of: dt.date
    clubs: tuple[str, ...]
    attack: Vector
    defence: Vector
    matches: Index
    weight: Vector
    leagues: tuple[League, ...]
    league_of: Index
    league_quality: Vector
    competitions: tuple[TrainingCompetition, ...]
    competition_goals: Vector
    level: float
    home_advantage: float
    home_by_country: dict[str, float]
    dependence: float
    attack_information: Vector
    defence_information: Vector
    unlinked: tuple[tuple[str, ...], ...]
    group_of: Index
    """A label for each league, equal for leagues that a chain of matches links."""

    @cached_property
    def _number(self) -> dict[str, int]:
        return {club: number for number, club in enumerate(self.clubs)}

    @cached_property
    def _competition(self) -> dict[str, int]:
        return {competition.code: number for number, competition in enumerate(self.competitions)}

    def __contains__(self, club: object) -> bool:
        return club in self._number

    def league(self, club: str) -> League:
        """The league that a club was counted to."""
        return self.leagues[int(self.league_of[self.number(club)])]

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
        """Whether a chain of matches links two clubs' leagues, so that data and not a prior compares them."""
        of_home, of_away = self.league_of[self.number(home)], self.league_of[self.number(away)]
        return bool(self.group_of[of_home] == self.group_of[of_away])

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals (λ, μ) of the home and the away side in 90 minutes.

        Without a `competition` a match of two clubs of one league is taken for one of that league, any other
        for one of average goals. On neutral ground neither side has an advantage. Raises ForecastError for a
        club without matches.
        """
        h, a = self.number(home), self.number(away)
        if h == a:
            raise ForecastError(f"{home} cannot play itself; name two clubs.")
        code = competition
        if code is None and self.league_of[h] == self.league_of[a]:
            code = self.leagues[self.league_of[h]].code
        known = self._competition.get(code) if code is not None else None
        if known is not None:
            country = self.competitions[known].country
            goals = self.level + float(self.competition_goals[known])
        else:
            same = self.leagues[self.league_of[h]].country == self.leagues[self.league_of[a]].country
            at_home = self.leagues[self.league_of[h]].country if same else INTERNATIONAL
            country = code.split(".")[0] if code is not None else at_home
            goals = self.level
        advantage = self.home_advantage + self.home_by_country.get(country, 0.0)
        home_sign, away_sign = (SIGNS[2], SIGNS[2]) if neutral else (SIGNS[0], SIGNS[1])
        return (
            math.exp(goals + home_sign * advantage + (self.attack[h] - self.defence[a])),
            math.exp(goals + away_sign * advantage + (self.attack[a] - self.defence[h])),
        )

    def uncertainty(self, home: str, away: str) -> tuple[float, float]:
        """None is modelled in the fit's grids: (0, 0); see `Fitted`."""
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
        """The chance of every score after 90 minutes; see `goal_expectation` and `score_grid` of `grid`."""
        home_goals, away_goals = self.goal_expectation(home, away, competition=competition, neutral=neutral)
        return score_grid(home_goals, away_goals, self.dependence, max_goals=max_goals)

    def club(self, club: str) -> ClubStrength:
        """One club's strength in goals; see `ClubStrength`."""
        return self._club_strength(self.number(club))

    def table(self) -> tuple[ClubStrength, ...]:
        """All clubs in goals relative to the average, best goal difference first."""
        clubs = [self._club_strength(number) for number in range(len(self.clubs))]
        return tuple(sorted(clubs, key=lambda club: (-club.overall, club.club)))

    @cached_property
    def _average(self) -> tuple[float, float]:
        """Attack and defence of the average club, each club counted by the weight of its matches."""
        return float(np.average(self.attack, weights=self.weight)), float(
            np.average(self.defence, weights=self.weight)
        )

    def _club_strength(self, number: int) -> ClubStrength:
        attack, defence = self._average
        average = math.exp(self.level + attack - defence)
        return ClubStrength(
            club=self.clubs[number],
            league=self.leagues[self.league_of[number]].code,
            attack=math.exp(self.level + float(self.attack[number]) - defence) - average,
            defence=average - math.exp(self.level + attack - float(self.defence[number])),
            matches=int(self.matches[number]),
            weight=float(self.weight[number]),
        )
