"""The joint goal model: one fit over all competitions, so that clubs of different leagues compare.

Leagues meet in Europe and divisions in domestic cups; fitted together, each match says something of every
club that a chain of matches links to it. The likelihood and its priors are in `strength.objective`,
docs/strength.md has the formulas.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.contract import Predictions, predict_by_refitting
from secondleg.strength.data import TrainingSet
from secondleg.strength.dependence import fit_dependence
from secondleg.strength.leagues import Membership, UnlinkedLeagues, linked_groups, membership
from secondleg.strength.newton import minimise
from secondleg.strength.objective import Index, Layout, Objective, Vector, build_design
from secondleg.strength.strengths import Strengths

__all__ = ["JointGoalModel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointGoalModel:
    """Settings of the joint goal model. Every `_sd` is that of a normal prior, in log goals.

    `half_life_days` is the house's for leagues (flat from 300 to 400). `cup_weight`, `club_sd`, `country_sd`
    and `home_country_sd` were chosen on UEFA matches from July 2017 to June 2021 alone; docs/strength.md has
    the numbers. The rest are wide enough to let data speak.
    """

    alias: ClassVar[str] = "joint"

    half_life_days: float = 400.0
    """Days after which a match counts half."""
    cup_weight: float = 1.0
    """Weight of a match outside the leagues, against one in a league."""
    club_sd: float = 0.35
    """Spread of attack, and of defence, of the clubs of a league."""
    country_sd: float = 0.5
    """Spread of countries, in log goals scored and as much again in log goals conceded."""
    league_sd: float = 0.3
    """Spread of a league about its country and tier."""
    tier_step: float = 0.3
    """Expected drop from a tier to the next, in log goals scored and as much again conceded."""
    tier_step_sd: float = 0.2
    competition_sd: float = 0.1
    """Spread of the goal level of competitions."""
    home_advantage: float = 0.3
    """Expected log ratio of a home side's goals to those of an equal away side: 1.35 to 1."""
    home_advantage_sd: float = 0.3
    home_country_sd: float = 0.05
    """Spread of home advantage between countries."""
    goals: float = 1.35
    """Expected goals of a side against an equal on neutral ground."""
    goals_sd: float = 0.5
    """Spread of the logarithm of `goals`."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            number = getattr(self, name)
            if not (math.isfinite(number) and (number > 0.0 or name in ("tier_step", "home_advantage"))):
                raise BadInput(f"{name} cannot be {number!r}; give a number above 0.")

    def fit(self, training: TrainingSet, as_of: dt.date) -> Strengths:
        """Strengths on the morning of `as_of`, from the matches of `training` before that day.

        Warns with `UnlinkedLeagues` where leagues share no match with the rest. Raises ForecastError where
        there is no match at all.
        """
        matches = training.before(as_of)
        if not len(matches):
            raise ForecastError(
                f"no match before {as_of} is at hand to judge strengths by. "
                "Import earlier results: secondleg data import PATH."
            )
        weight = self.weights(matches, as_of)
        members = membership(matches, weight)
        group_of, unlinked = _unlinked(matches, members)
        objective = self.objective(matches, members, weight)
        best = minimise(objective, objective.prior_mean)
        attack, defence = objective.club_levels(best.theta)
        layout, sides = objective.design.layout, np.concatenate((matches.home, matches.away))
        return Strengths(
            as_of=as_of,
            clubs=matches.clubs,
            attack=attack,
            defence=defence,
            matches=np.bincount(sides, minlength=len(matches.clubs)),
            weight=np.bincount(sides, np.tile(weight, 2), minlength=len(matches.clubs)).astype(np.float64),
            leagues=members.leagues,
            league_of=members.league_of,
            league_quality=objective.league_levels(best.theta),
            competitions=matches.competitions,
            competition_goals=best.theta[layout.competition],
            level=float(best.theta[layout.level]),
            home_advantage=float(best.theta[layout.home]),
            home_by_country=dict(
                zip(objective.design.regions, best.theta[layout.home_region].tolist(), strict=True)
            ),
            dependence=_dependence(matches, weight, objective, best.theta),
            attack_information=best.attack_curvature,
            defence_information=best.defence_curvature,
            unlinked=unlinked,
            group_of=group_of,
        )

    def predict(self, training: TrainingSet, rows: Index) -> Predictions:
        """Forecasts of the matches `rows`, from a fit a week; see `StrengthModel.predict`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnlinkedLeagues)
            return predict_by_refitting(self, training, rows)

    def weights(self, matches: TrainingSet, as_of: dt.date) -> Vector:
        """Weight of each match: ½ to the power of its age in half-lives; `cup_weight` times that in cups."""
        age = (np.datetime64(as_of, "D") - matches.date).astype(np.float64)
        is_league = np.array([competition.is_league for competition in matches.competitions], dtype=bool)
        decay: Vector = np.exp2(-age / self.half_life_days)
        return decay * np.where(is_league[matches.competition], 1.0, self.cup_weight)

    def objective(self, matches: TrainingSet, members: Membership, weight: Vector) -> Objective:
        """What `fit` minimises, for weighted matches and the leagues of their clubs."""
        design = build_design(
            home=matches.home,
            away=matches.away,
            competition=matches.competition,
            neutral=matches.neutral,
            home_goals=matches.home_goals,
            away_goals=matches.away_goals,
            weight=weight,
            competitions=matches.competitions,
            members=members,
        )
        mean, sd = self._prior(design.layout)
        return Objective(design, mean, sd)

    def _prior(self, layout: Layout) -> tuple[Vector, Vector]:
        mean, sd = np.zeros(layout.size), np.empty(layout.size)
        mean[layout.level], sd[layout.level] = math.log(self.goals), self.goals_sd
        mean[layout.home], sd[layout.home] = self.home_advantage, self.home_advantage_sd
        mean[layout.step], sd[layout.step] = self.tier_step, self.tier_step_sd
        sd[layout.competition] = self.competition_sd
        sd[layout.home_region] = self.home_country_sd
        sd[layout.country] = self.country_sd
        sd[layout.league] = self.league_sd
        sd[layout.attack] = sd[layout.defence] = self.club_sd
        return mean, sd


def _dependence(matches: TrainingSet, weight: Vector, objective: Objective, theta: Vector) -> float:
    attack, defence = objective.club_levels(theta)
    levels = objective.setting_levels(theta)
    setting = 3 * matches.competition
    home = levels[setting + 2 * matches.neutral] + attack[matches.home] - defence[matches.away]
    away = levels[setting + 1 + matches.neutral] + attack[matches.away] - defence[matches.home]
    return fit_dependence(np.exp(home), np.exp(away), matches.home_goals, matches.away_goals, weight)


def _unlinked(matches: TrainingSet, members: Membership) -> tuple[Index, tuple[tuple[str, ...], ...]]:
    """A group label for each league, and the leagues outside the group with most matches; warns of them."""
    home, away = members.league_of[matches.home], members.league_of[matches.away]
    group_of = linked_groups(home, away, len(members.leagues))
    played = np.bincount(group_of[home], minlength=len(members.leagues))
    main = int(played.argmax())
    others = sorted({int(group) for group in group_of} - {main})
    unlinked = tuple(
        tuple(league.code for league, own in zip(members.leagues, group_of, strict=True) if own == group)
        for group in others
    )
    if unlinked:
        names = "; ".join(", ".join(leagues) for leagues in unlinked)
        warnings.warn(
            f"no match links these leagues to the rest: {names}. Strengths compare within each group; "
            "to compare across, import the cups in which they meet.",
            UnlinkedLeagues,
            stacklevel=3,
        )
    return group_of, unlinked
