"""The likelihoods of goals: against scipy's distributions, and their derivatives against differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from secondleg.strength.standard.grids import (
    bivariate_grids,
    negative_binomial_chances,
    negative_binomial_grids,
)
from secondleg.strength.standard.likelihood import SHAPES, Pairs, log_likelihood, pairs_of

HOME, AWAY = np.array([0, 0, 1, 2, 0, 1]), np.array([1, 1, 2, 0, 1, 0])
NEUTRAL = np.array([False, False, False, False, True, False])
X, Y = np.array([0.0, 2, 1, 0, 3, 1]), np.array([0.0, 1, 1, 1, 2, 0])
WEIGHT = np.array([1.0, 0.5, 0.8, 1, 0.3, 0.9])
COMBINATIONS = sorted(SHAPES)
VALUE = {"dispersion": np.log(0.15), "dependence": -0.08, "common": np.log(0.2)}


def some(*, cells: bool = True) -> Pairs:
    return pairs_of(HOME, AWAY, NEUTRAL, X, Y, WEIGHT, 3, cells=cells)


def test_matches_of_one_pair_on_one_kind_of_ground_are_added_up() -> None:
    pairs = some()
    assert pairs.home.tolist() == [0, 1, 1, 2, 0]
    assert pairs.away.tolist() == [1, 0, 2, 0, 1]
    assert pairs.ground.tolist() == [0.5, 0.5, 0.5, 0.5, 0.0]
    assert pairs.weight.tolist() == [1.5, 0.9, 0.8, 1.0, 0.3]
    assert pairs.home_goals.tolist() == pytest.approx([1.0, 0.9, 0.8, 0.0, 0.9])
    assert pairs.low[0, 0].tolist() == [1.0, 0, 0, 0, 0]
    assert pairs.low[1, 0].tolist() == [0, 0.9, 0, 0, 0]
    assert pairs.low.sum() == pytest.approx(1.0 + 0.8 + 1.0 + 0.9)
    assert pairs.scored.tolist() == pytest.approx([1 + 1 + 1 + 0.9, 0.5 + 0.8 * 2 + 1 + 0.9, 0.5 + 0.3, 0.3])
    assert len(pairs.cell_pair) == 6


@pytest.mark.parametrize(("distribution", "dependence"), COMBINATIONS)
def test_the_value_is_the_logarithm_of_chances(distribution: str, dependence: str) -> None:
    pairs = some()
    rng = np.random.default_rng(4)
    home, away = rng.normal(0.2, 0.3, 5), rng.normal(0.0, 0.3, 5)
    shape = np.array([VALUE[name] for name in SHAPES[distribution, dependence]])
    told = log_likelihood(pairs, home, away, distribution, dependence, shape).value
    lam, mu = np.exp(home), np.exp(away)
    by_hand = 0.0
    for pair, x, y, w in zip(
        pairs.cell_pair, pairs.cell_home, pairs.cell_away, pairs.cell_weight, strict=True
    ):
        by_hand += w * np.log(chance(lam[pair], mu[pair], int(x), int(y), distribution, dependence))
        if dependence != "bivariate":
            by_hand += w * float(np.sum(np.log(np.arange(1, x + 1))) + np.sum(np.log(np.arange(1, y + 1))))
    assert told == pytest.approx(by_hand, abs=1e-9)


def chance(lam: float, mu: float, x: int, y: int, distribution: str, dependence: str) -> float:
    """The chance of a score by scipy's distributions and the formulas of the papers."""
    if dependence == "bivariate":
        common = 0.2
        return float(
            sum(
                stats.poisson.pmf(x - k, lam) * stats.poisson.pmf(y - k, mu) * stats.poisson.pmf(k, common)
                for k in range(min(x, y) + 1)
            )
        )
    if distribution == "poisson":
        one, other = stats.poisson(lam), stats.poisson(mu)
        a, b = lam, mu
    else:
        alpha = 0.15
        one, other = (stats.nbinom(1 / alpha, 1 / (1 + alpha * mean)) for mean in (lam, mu))
        a, b = one.pmf(1) / one.pmf(0), other.pmf(1) / other.pmf(0)
    rho = -0.08 if dependence == "dixon-coles" else 0.0
    tau = {(0, 0): 1 - a * b * rho, (0, 1): 1 + a * rho, (1, 0): 1 + b * rho, (1, 1): 1 - rho}.get(
        (x, y), 1.0
    )
    return float(tau * one.pmf(x) * other.pmf(y))


@pytest.mark.parametrize(("distribution", "dependence"), COMBINATIONS)
def test_derivatives_are_those_of_the_value(distribution: str, dependence: str) -> None:
    pairs = some()
    names = SHAPES[distribution, dependence]
    rng = np.random.default_rng(7)
    at = np.concatenate((rng.normal(0.1, 0.3, 10), [VALUE[name] for name in names]))

    def terms(theta: np.ndarray):  # type: ignore[no-untyped-def]
        return log_likelihood(pairs, theta[:5], theta[5:10], distribution, dependence, theta[10:])

    def gradient(theta: np.ndarray) -> np.ndarray:
        t = terms(theta)
        return np.concatenate((t.home, t.away, t.shape))

    step = 1e-5
    moved = [(at + step * unit, at - step * unit) for unit in np.eye(len(at))]
    slope = [(terms(up).value - terms(down).value) / (2 * step) for up, down in moved]
    assert gradient(at) == pytest.approx(np.array(slope), abs=1e-7)
    bend = np.array([(gradient(up) - gradient(down)) / (2 * step) for up, down in moved])
    t = terms(at)
    told = np.zeros_like(bend)
    told[:5, :5], told[5:10, 5:10] = np.diag(t.home_home), np.diag(t.away_away)
    told[:5, 5:10] = told[5:10, :5] = np.diag(t.home_away)
    told[10:, :5], told[10:, 5:10], told[10:, 10:] = t.shape_home, t.shape_away, t.shape_shape
    told[:10, 10:] = told[10:, :10].T
    assert told == pytest.approx(bend, abs=1e-7)


def test_a_dependence_that_leaves_a_score_no_chance_has_no_likelihood() -> None:
    told = log_likelihood(some(), np.full(5, 1.0), np.full(5, 1.0), "poisson", "dixon-coles", np.array([0.9]))
    assert told.value == -np.inf


means = st.floats(0.2, 3.5)


@given(means, st.floats(0.001, 0.5))
def test_negative_binomial_chances_are_scipys(mean: float, alpha: float) -> None:
    told = negative_binomial_chances(np.array([mean]), np.array([alpha]), 80)[0]
    assert told == pytest.approx(stats.nbinom.pmf(np.arange(81), 1 / alpha, 1 / (1 + alpha * mean)), abs=1e-6)


@given(means, means, st.floats(0.001, 0.4), st.floats(-0.2, 0.1))
def test_low_scores_leave_each_sides_goals_as_they_are(
    home: float, away: float, alpha: float, rho: float
) -> None:
    grid = negative_binomial_grids(
        np.array([home]), np.array([away]), np.array([alpha]), np.array([rho]), 30
    )[0]
    own = negative_binomial_chances(np.array([home]), np.array([alpha]), 30)[0]
    assert grid.sum(axis=1) == pytest.approx(own, abs=1e-12)
    assert (grid >= 0).all()


@settings(max_examples=50)
@given(means, means, st.floats(0.01, 0.15))
def test_a_bivariate_grid_has_its_means_and_its_covariance(home: float, away: float, common: float) -> None:
    grid = bivariate_grids(np.array([home]), np.array([away]), np.array([common]), 40)[0]
    goals = np.arange(41)
    assert grid.sum() == pytest.approx(1)
    assert grid.sum(axis=1) == pytest.approx(stats.poisson.pmf(goals, home), abs=1e-9)
    covariance = goals @ grid @ goals - (grid.sum(axis=1) @ goals) * (grid.sum(axis=0) @ goals)
    assert covariance == pytest.approx(common, abs=1e-6)
