"""ρ against scipy on the plain Dixon-Coles likelihood, and against a planted value."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import optimize

from secondleg.strength.dependence import PRIOR_SD, fit_dependence
from secondleg.strength.grid import low_score_factors, score_grid


def test_it_is_the_maximum_that_scipy_finds() -> None:
    rng = np.random.default_rng(11)
    n = 400
    home_rate, away_rate = rng.uniform(0.6, 2.4, n), rng.uniform(0.5, 2.0, n)
    home, away = rng.poisson(home_rate).astype(float), rng.poisson(away_rate).astype(float)
    weight = rng.uniform(0.1, 3.0, n)

    def loss(rho: float) -> float:
        total = rho**2 / (2 * PRIOR_SD**2)
        for i in range(n):
            if home[i] <= 1 and away[i] <= 1:
                factor = low_score_factors(home_rate[i], away_rate[i], rho)[int(home[i]), int(away[i])]
                total -= weight[i] * math.log(factor)
        return total

    best = optimize.minimize_scalar(loss, bounds=(-0.35, 0.15), method="bounded", options={"xatol": 1e-9})
    assert fit_dependence(home_rate, away_rate, home, away, weight) == pytest.approx(best.x, abs=1e-5)


@pytest.mark.parametrize("planted", [-0.12, 0.08])
def test_it_finds_a_planted_value(planted: float) -> None:
    rng = np.random.default_rng(12)
    grid = score_grid(1.4, 1.1, planted)
    size = grid.max_goals + 1
    drawn = rng.choice(size * size, size=60_000, p=grid.grid.ravel() / grid.grid.sum())
    n = len(drawn)
    found = fit_dependence(
        np.full(n, 1.4),
        np.full(n, 1.1),
        (drawn // size).astype(float),
        (drawn % size).astype(float),
        np.ones(n),
    )
    assert found == pytest.approx(planted, abs=0.02)


def test_without_low_scores_it_stays_at_its_prior() -> None:
    two = np.full(5, 2.0)
    assert fit_dependence(two, two, two, two, np.ones(5)) == pytest.approx(0.0, abs=1e-9)
