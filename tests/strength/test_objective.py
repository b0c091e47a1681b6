"""The objective against a plain second implementation, finite differences, and scipy as another minimiser."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize

from secondleg.strength import JointGoalModel, TrainingSet
from secondleg.strength.leagues import Membership, membership
from secondleg.strength.newton import BlockPreconditioner, minimise
from secondleg.strength.objective import Objective

World = Callable[..., TrainingSet]
Vector = NDArray[np.float64]

MODEL = JointGoalModel()


def parts(matches: TrainingSet, day: dt.date) -> tuple[Objective, Membership, Vector]:
    weight = MODEL.weights(matches, day)
    members = membership(matches, weight)
    return MODEL.objective(matches, members, weight), members, weight


def by_hand(
    theta: Vector, matches: TrainingSet, members: Membership, weight: Vector, objective: Objective
) -> float:
    """The negative log posterior match by match, from the formulas of docs/strength.md."""
    rest = list(theta)

    def take(n: int) -> list[float]:
        out, rest[:n] = rest[:n], []
        return out

    regions = sorted({c.country for c in matches.competitions})
    countries = sorted({league.country for league in members.leagues})
    level, home, step = take(3)
    goals, at_home = take(len(matches.competitions)), take(len(regions))
    country, own = take(len(countries)), take(len(members.leagues))
    attack, defence = take(len(matches.clubs)), take(len(matches.clubs))
    assert not rest

    def quality(club: int) -> float:
        league = members.leagues[members.league_of[club]]
        return (
            country[countries.index(league.country)]
            - step * (league.tier - 1)
            + own[members.leagues.index(league)]
        )

    total = 0.0
    for i in range(len(matches)):
        h, a, c = int(matches.home[i]), int(matches.away[i]), int(matches.competition[i])
        advantage = home + at_home[regions.index(matches.competitions[c].country)]
        half = 0.0 if matches.neutral[i] else advantage / 2
        log_home = level + goals[c] + half + attack[h] + quality(h) - defence[a] - quality(a)
        log_away = level + goals[c] - half + attack[a] + quality(a) - defence[h] - quality(h)
        total += weight[i] * (math.exp(log_home) - matches.home_goals[i] * log_home)
        total += weight[i] * (math.exp(log_away) - matches.away_goals[i] * log_away)

    def penalty(values: list[float], sd: float, mean: float = 0.0) -> float:
        return sum((value - mean) ** 2 for value in values) / (2 * sd**2)

    return (
        total
        + penalty([level], MODEL.goals_sd, math.log(MODEL.goals))
        + penalty([home], MODEL.home_advantage_sd, MODEL.home_advantage)
        + penalty([step], MODEL.tier_step_sd, MODEL.tier_step)
        + penalty(goals, MODEL.competition_sd)
        + penalty(at_home, MODEL.home_country_sd)
        + penalty(country, MODEL.country_sd)
        + penalty(own, MODEL.league_sd)
        + penalty(attack + defence, MODEL.club_sd)
    )


def somewhere(objective: Objective, seed: int = 3) -> Vector:
    size = objective.design.layout.size
    return objective.prior_mean + np.random.default_rng(seed).normal(0, 0.2, size)


def test_the_value_is_that_of_the_formulas(world: World, day: dt.date) -> None:
    matches = world(clubs_per_league=4, rounds=1, european=12, domestic=6)
    objective, members, weight = parts(matches, day)
    theta = somewhere(objective)
    assert objective.value(theta) == pytest.approx(
        by_hand(theta, matches, members, weight, objective), rel=1e-12
    )


def test_the_gradient_is_that_of_finite_differences(world: World, day: dt.date) -> None:
    objective, _, _ = parts(world(clubs_per_league=4, rounds=1), day)
    theta = somewhere(objective)
    value, gradient = objective.value_gradient(theta)
    assert value == objective.value(theta)
    h = 1e-5
    for k, unit in enumerate(np.eye(len(theta))):
        slope = (objective.value(theta + h * unit) - objective.value(theta - h * unit)) / (2 * h)
        assert gradient[k] == pytest.approx(slope, abs=2e-5 * max(1.0, abs(slope)))


def test_the_curvature_is_the_slope_of_the_gradient(world: World, day: dt.date) -> None:
    objective, _, _ = parts(world(clubs_per_league=4, rounds=1), day)
    theta = somewhere(objective)
    _, _, expected = objective.value_gradient_rates(theta)
    h = 1e-6
    for direction in np.random.default_rng(5).normal(size=(4, len(theta))):
        ahead = objective.value_gradient(theta + h * direction)[1]
        behind = objective.value_gradient(theta - h * direction)[1]
        assert objective.curvature(expected, direction) == pytest.approx(
            (ahead - behind) / (2 * h), abs=1e-3, rel=1e-5
        )


def test_the_preconditioner_solves_a_world_without_matches_between_leagues(
    no_europe: TrainingSet, day: dt.date
) -> None:
    """It solves the diagonal blocks of the Hessian: each league's clubs, and what all share."""
    objective, members, _ = parts(no_europe, day)
    theta = somewhere(objective)
    _, _, expected = objective.value_gradient_rates(theta)
    size, layout = len(theta), objective.design.layout
    hessian = np.array([objective.curvature(expected, unit) for unit in np.eye(size)])
    blocks = [np.arange(layout.attack.start)]
    for league in range(layout.leagues):
        own = np.flatnonzero(members.league_of == league)
        blocks.append(np.concatenate((layout.attack.start + own, layout.defence.start + own)))
    preconditioner = BlockPreconditioner(objective, expected)
    residual = np.random.default_rng(6).normal(size=size)
    wanted = np.empty(size)
    for block in blocks:
        wanted[block] = np.linalg.solve(hessian[np.ix_(block, block)], residual[block])
    assert preconditioner.solve(residual) == pytest.approx(wanted, rel=1e-8, abs=1e-10)


def test_scipy_finds_the_same_minimum(world: World, day: dt.date) -> None:
    matches = world()
    objective, _, _ = parts(matches, day)
    ours = minimise(objective, objective.prior_mean)
    theirs = optimize.minimize(
        objective.value_gradient,
        np.zeros(len(ours.theta)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 5000, "maxfun": 10000, "ftol": 1e-15, "gtol": 1e-7, "maxcor": 30},
    )
    assert ours.value <= theirs.fun + 1e-7
    assert ours.theta == pytest.approx(theirs.x, abs=2e-4)
    assert np.abs(ours.gradient).max() < 1e-3


def test_a_large_league_without_a_block_gives_the_same_minimum(
    world: World, day: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    objective, _, _ = parts(world(), day)
    with_blocks = minimise(objective, objective.prior_mean)
    monkeypatch.setattr("secondleg.strength.newton.MAX_BLOCK", 3)
    without = minimise(objective, objective.prior_mean)
    assert without.theta == pytest.approx(with_blocks.theta, abs=1e-5)
