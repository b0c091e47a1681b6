"""Score grids under doubt against numerical integration, and against grids without."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from secondleg.strength.doubt import grids_under_doubt, score_grid_under_doubt
from secondleg.strength.grid import score_grid

goals = st.floats(min_value=0.1, max_value=5.0)
variances = st.floats(min_value=0.0, max_value=0.5)


def test_the_chance_of_a_score_is_its_mean_over_the_doubt() -> None:
    home, away, variance = 1.6, 0.9, 0.08
    grid = score_grid_under_doubt(home, away, 0.0, variance)
    sd = math.sqrt(variance)

    def chance(x: int, y: int) -> float:
        def at(z: float) -> float:
            one = home * math.exp(sd * z - variance / 2)
            other = away * math.exp(-sd * z - variance / 2)
            poisson = math.exp(-one - other) * one**x * other**y / math.factorial(x) / math.factorial(y)
            return poisson * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)

        return float(integrate.quad(at, -9, 9, epsabs=1e-13)[0])

    for x, y in ((0, 0), (1, 0), (1, 1), (3, 1), (0, 2), (5, 0)):
        assert grid.score(x, y) == pytest.approx(chance(x, y), abs=2e-5)


@given(goals, goals, variances)
def test_swapping_sides_swaps_chances_exactly(home: float, away: float, variance: float) -> None:
    one = score_grid_under_doubt(home, away, -0.1, variance)
    other = score_grid_under_doubt(away, home, -0.1, variance)
    assert np.array_equal(one.grid, other.grid.T)
    assert one.home_win == other.away_win


@given(goals, goals)
def test_without_doubt_it_is_the_plain_grid(home: float, away: float) -> None:
    one, other = score_grid_under_doubt(home, away, -0.08, 0.0), score_grid(home, away, -0.08)
    assert one.home_win == pytest.approx(other.home_win, abs=1e-12)
    assert one.score(2, 1) == pytest.approx(other.score(2, 1), abs=1e-12)


def test_doubt_brings_the_favourite_down() -> None:
    wins = [score_grid_under_doubt(2.4, 0.7, -0.08, variance).home_win for variance in (0.0, 0.05, 0.2)]
    assert wins == sorted(wins, reverse=True)


def test_many_matches_at_once_are_as_one_by_one() -> None:
    rng = np.random.default_rng(3)
    home, away, variance = rng.uniform(0.4, 3.0, 20), rng.uniform(0.4, 3.0, 20), rng.uniform(0.0, 0.2, 20)
    grids = grids_under_doubt(home, away, -0.09, variance)
    assert grids.sum(axis=(1, 2)) == pytest.approx(np.ones(20))
    for n in range(20):
        alone = score_grid_under_doubt(home[n], away[n], -0.09, variance[n])
        assert grids[n, :6, :6] == pytest.approx(alone.grid[:6, :6], abs=1e-5)
