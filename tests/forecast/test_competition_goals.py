"""Drawn goals have the chances of the score grids that they stand for."""

from __future__ import annotations

import math

import numpy as np
import pytest

from secondleg.forecast.competition_goals import dependent_goals, draw_goals, levels, poisson_goals
from secondleg.strength import score_grid

RUNS = 400_000


@pytest.mark.parametrize("rate", [0.05, 0.4, 1.3, 2.7, 6.0])
def test_goals_are_poisson(rate: float) -> None:
    goals = poisson_goals(np.full((1, RUNS), levels(math.log(rate))), np.random.default_rng(3))
    held = math.exp(int(levels(math.log(rate))) / 128)
    for number in range(5):
        chance = math.exp(-held) * held**number / math.factorial(number)
        noise = math.sqrt(chance * (1 - chance) / RUNS)
        assert abs((goals == number).mean() - chance) < 4 * noise + 2e-4


@pytest.mark.parametrize("rho", [-0.1, 0.06])
def test_low_scores_depend_as_dixon_and_coles_have_it(rho: float) -> None:
    home, away = 1.5, 1.1
    level = [np.full((1, RUNS), levels(math.log(rate))) for rate in (home, away)]
    fixed = draw_goals(
        level[0],
        level[1],
        np.random.default_rng(4),
        dependence=rho,
        low_scores=(np.array([home]), np.array([away])),
    )
    varying = dependent_goals(level[0], level[1], np.random.default_rng(5), rho)
    held = [math.exp(int(each[0, 0]) / 128) for each in level]
    grid = score_grid(held[0], held[1], rho).grid
    for goals in (fixed, varying):
        for h in range(3):
            for a in range(3):
                chance = grid[h, a]
                seen = ((goals[0] == h) & (goals[1] == a)).mean()
                assert abs(seen - chance) < 4 * math.sqrt(chance / RUNS) + 3e-4


def test_a_rate_beyond_all_bounds_is_held_at_the_edge() -> None:
    goals = poisson_goals(np.array([[-30_000, 30_000]], dtype=np.int16), np.random.default_rng(1))
    assert goals[0, 0] <= 1
    assert 0 <= goals[0, 1] < 60
