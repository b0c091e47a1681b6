"""The penalised likelihood of the joint goal model, its gradient and its curvature.

One row is the goals of one side against another in one setting (a competition, at home, away or on neutral
ground). With i the side that scores, j the side that concedes and s the setting, the goals are Poisson with

    log rate = level + goals[competition(s)] + sign(s) · (home + home[country(s)]) + A_i − D_j
    A_i = attack_i + Q_league(i),  D_j = defence_j + Q_league(j)
    Q_l = country[l] − step · (tier_l − 1) + league_l

with sign ½ at home, −½ away and 0 on neutral ground. Each parameter has an independent normal prior: clubs
are shrunk towards their league, leagues towards their country and tier, countries towards each other. The
objective is the negative log of weighted likelihood × prior, which is strictly convex in all parameters
together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from secondleg.strength.data import TrainingCompetition
from secondleg.strength.leagues import Membership

__all__ = ["Design", "Layout", "Objective", "Vector", "build_design"]

Vector = NDArray[np.float64]
Index = NDArray[np.int64]

SIGNS = np.array([0.5, -0.5, 0.0])
"""Share of the home advantage in the log rate of a side at home, away and on neutral ground."""


class Layout:
    """Where each kind of parameter stands in the parameter vector.

    `level`: log goals of a side against an equal on neutral ground. `home`: home advantage, the log ratio of
    the home side's goals to the away side's, of equals. `step`: how much lower each tier stands, in log goals
    for and as much against. Slices: `competition`, the goal level of each; `home_region`, home advantage by
    the country of the competition, as a difference from `home`; `country`, the quality of its clubs;
    `league`, quality as a difference from country and tier; `attack` and `defence` of each club, as
    differences from its league.
    """

    level = 0
    home = 1
    step = 2

    def __init__(self, *, competitions: int, regions: int, countries: int, leagues: int, clubs: int) -> None:
        self.competitions = competitions
        self.regions = regions
        self.countries = countries
        self.leagues = leagues
        self.clubs = clubs
        ends = np.cumsum([3, competitions, regions, countries, leagues, clubs, clubs]).tolist()
        self.competition = slice(ends[0], ends[1])
        self.home_region = slice(ends[1], ends[2])
        self.country = slice(ends[2], ends[3])
        self.league = slice(ends[3], ends[4])
        self.attack = slice(ends[4], ends[5])
        self.defence = slice(ends[5], ends[6])
        self.size: int = ends[6]


@dataclass(frozen=True, eq=False)
class Design:
    """Rows of the model and the groups behind them; rows with the same sides and setting are one row.

    Row arrays: `scorer`, `conceder` (clubs), `setting` (3 × competition + 0 home, 1 away, 2 neutral),
    `weight` (weighted matches) and `goals` (weighted goals). Group arrays: `region` of each competition,
    `league_of` each club, `country_of` and `tier_below_top` of each league.
    """

    layout: Layout
    scorer: Index
    conceder: Index
    setting: Index
    weight: Vector
    goals: Vector
    region: Index
    league_of: Index
    country_of: Index
    tier_below_top: Vector
    regions: tuple[str, ...]
    countries: tuple[str, ...]


def build_design(
    *,
    home: Index,
    away: Index,
    competition: Index,
    neutral: NDArray[np.bool_],
    home_goals: Vector,
    away_goals: Vector,
    weight: Vector,
    competitions: Sequence[TrainingCompetition],
    members: Membership,
) -> Design:
    """Rows and groups of weighted matches; see `Design`."""
    clubs = len(members.league_of)
    scorer = np.concatenate((home, away))
    conceder = np.concatenate((away, home))
    setting = np.concatenate((3 * competition + 2 * neutral, 3 * competition + 1 + neutral))
    key = (setting * clubs + scorer) * clubs + conceder
    rows, row_of = np.unique(key, return_inverse=True)
    pair = rows % (clubs * clubs)

    regions = tuple(sorted({c.country for c in competitions}))
    countries = tuple(sorted({league.country for league in members.leagues}))
    layout = Layout(
        competitions=len(competitions),
        regions=len(regions),
        countries=len(countries),
        leagues=len(members.leagues),
        clubs=clubs,
    )
    return Design(
        layout=layout,
        scorer=pair // clubs,
        conceder=pair % clubs,
        setting=rows // (clubs * clubs),
        weight=np.bincount(row_of, np.tile(weight, 2)).astype(np.float64),
        goals=np.bincount(row_of, np.concatenate((weight * home_goals, weight * away_goals))).astype(
            np.float64
        ),
        region=np.array([regions.index(c.country) for c in competitions], dtype=np.int64),
        league_of=members.league_of,
        country_of=np.array([countries.index(league.country) for league in members.leagues], dtype=np.int64),
        tier_below_top=np.array([league.tier - 1.0 for league in members.leagues]),
        regions=regions,
        countries=countries,
    )


class Objective:
    """The negative log posterior of a `Design` under independent normal priors (up to a constant).

    `prior_mean` and `prior_sd` have one entry a parameter, in the order of `Layout`.
    """

    def __init__(self, design: Design, prior_mean: Vector, prior_sd: Vector) -> None:
        self.design = design
        self.prior_mean = prior_mean
        self.precision = 1.0 / prior_sd**2
        settings = np.arange(3 * design.layout.competitions)
        self._setting_sign = SIGNS[settings % 3]
        self._setting_competition = settings // 3
        self._setting_region = design.region[settings // 3]

    def log_rates(self, theta: Vector) -> Vector:
        """Log goal rate of each row; linear in `theta`."""
        design = self.design
        base = self.setting_levels(theta)
        attack, defence = self.club_levels(theta)
        return base[design.setting] + attack[design.scorer] - defence[design.conceder]

    def setting_levels(self, theta: Vector) -> Vector:
        """What a setting adds to the log rate, one entry a setting."""
        layout = self.design.layout
        advantage = theta[layout.home] + theta[layout.home_region]
        goals = theta[layout.level] + theta[layout.competition]
        levels: Vector = (
            goals[self._setting_competition] + self._setting_sign * advantage[self._setting_region]
        )
        return levels

    def league_levels(self, theta: Vector) -> Vector:
        """Quality of each league."""
        design, layout = self.design, self.design.layout
        quality: Vector = (
            theta[layout.country][design.country_of]
            - theta[layout.step] * design.tier_below_top
            + theta[layout.league]
        )
        return quality

    def club_levels(self, theta: Vector) -> tuple[Vector, Vector]:
        """Attack and defence of each club, its league's quality included."""
        layout = self.design.layout
        quality = self.league_levels(theta)[self.design.league_of]
        return theta[layout.attack] + quality, theta[layout.defence] + quality

    def transposed(self, rows: Vector) -> Vector:
        """The adjoint of `log_rates`: derivatives by row to derivatives by parameter."""
        design, layout = self.design, self.design.layout
        out = np.empty(layout.size)
        attack = np.bincount(design.scorer, rows, minlength=layout.clubs)
        defence = -np.bincount(design.conceder, rows, minlength=layout.clubs)
        league = np.bincount(design.league_of, attack + defence, minlength=layout.leagues)
        setting = np.bincount(design.setting, rows, minlength=3 * layout.competitions)
        signed = setting * self._setting_sign
        out[layout.attack], out[layout.defence], out[layout.league] = attack, defence, league
        out[layout.country] = np.bincount(design.country_of, league, minlength=layout.countries)
        out[layout.step] = -(league @ design.tier_below_top)
        out[layout.level] = setting.sum()
        out[layout.home] = signed.sum()
        out[layout.competition] = setting.reshape(-1, 3).sum(axis=1)
        out[layout.home_region] = np.bincount(self._setting_region, signed, minlength=layout.regions)
        return out

    def value(self, theta: Vector) -> float:
        """The objective at `theta`."""
        log_rate = self.log_rates(theta)
        return self._value(theta, log_rate, self.design.weight * np.exp(log_rate))

    def value_gradient(self, theta: Vector) -> tuple[float, Vector]:
        """The objective and its gradient at `theta`."""
        value, gradient, _ = self.value_gradient_rates(theta)
        return value, gradient

    def value_gradient_rates(self, theta: Vector) -> tuple[float, Vector, Vector]:
        """The objective, its gradient and the weighted goals that each row expects, its curvature."""
        log_rate = self.log_rates(theta)
        expected = self.design.weight * np.exp(log_rate)
        gradient = self.transposed(expected - self.design.goals) + self.precision * (theta - self.prior_mean)
        return self._value(theta, log_rate, expected), gradient, expected

    def curvature(self, expected: Vector, direction: Vector) -> Vector:
        """The Hessian, where rows expect `expected` weighted goals, times `direction`."""
        return self.transposed(expected * self.log_rates(direction)) + self.precision * direction

    def _value(self, theta: Vector, log_rate: Vector, expected: Vector) -> float:
        off = theta - self.prior_mean
        return float(expected.sum() - self.design.goals @ log_rate + 0.5 * (self.precision * off) @ off)
