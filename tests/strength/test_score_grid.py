"""Score grids: hand arithmetic, a second implementation, and what must hold for any expectations."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from secondleg.errors import BadInput
from secondleg.strength.grid import dependence_bounds, low_score_factors, score_grid

goals = st.floats(min_value=0.02, max_value=9.0)
dependence = st.floats(min_value=-0.3, max_value=0.3)


def test_low_score_factors_by_hand() -> None:
    # λ = 1.5, μ = 0.8, ρ = −0.1; rows are home goals: 0-0, 0-1 / 1-0, 1-1
    assert low_score_factors(1.5, 0.8, -0.1) == pytest.approx(np.array([[1.12, 0.85], [0.92, 1.10]]))


def test_a_corrected_grid_by_hand() -> None:
    grid = score_grid(1.5, 0.8, -0.1)
    none = math.exp(-2.3)
    assert grid.score(0, 0) == pytest.approx(none * 1.12, abs=1e-12)
    assert grid.score(0, 1) == pytest.approx(none * 0.8 * 0.85, abs=1e-12)
    assert grid.score(1, 0) == pytest.approx(none * 1.5 * 0.92, abs=1e-12)
    assert grid.score(1, 1) == pytest.approx(none * 1.2 * 1.10, abs=1e-12)
    assert grid.score(2, 1) == pytest.approx(none * 1.125 * 0.8, abs=1e-12)


def test_over_by_hand() -> None:
    # without dependence the goals of both sides are Poisson too: at 2.5, P(0 to 2) = e^-2.5 (1 + 2.5 + 3.125)
    assert score_grid(1.4, 1.1).over(2.5) == pytest.approx(1 - math.exp(-2.5) * 6.625, abs=1e-12)
    assert score_grid(1.4, 1.1).over(-1) == 1.0


def test_skellam_gives_the_same_results() -> None:
    grid = score_grid(1.7, 1.2)
    assert grid.home_win == pytest.approx(float(stats.skellam.sf(0, 1.7, 1.2)), abs=1e-10)
    assert grid.draw == pytest.approx(float(stats.skellam.pmf(0, 1.7, 1.2)), abs=1e-10)


@given(goals, goals)
def test_without_dependence_it_is_two_poissons(home: float, away: float) -> None:
    grid = score_grid(home, away)
    side = np.arange(grid.max_goals + 1)
    assert grid.grid == pytest.approx(
        np.outer(stats.poisson.pmf(side, home), stats.poisson.pmf(side, away)), abs=1e-11
    )


@given(goals, goals, dependence)
def test_a_grid_is_a_distribution_with_the_expected_goals(home: float, away: float, rho: float) -> None:
    grid = score_grid(home, away, rho)
    side = np.arange(grid.max_goals + 1)
    assert grid.grid.min() >= 0.0
    assert math.fsum(grid.grid.ravel()) == pytest.approx(1.0, abs=1e-13)
    assert grid.grid.sum(axis=1) @ side == pytest.approx(home, abs=1e-9)
    assert grid.grid.sum(axis=0) @ side == pytest.approx(away, abs=1e-9)


@given(goals, goals, dependence)
def test_swapping_sides_swaps_chances_exactly(home: float, away: float, rho: float) -> None:
    grid, other = score_grid(home, away, rho), score_grid(away, home, rho)
    assert np.array_equal(grid.grid, other.grid.T)
    assert np.array_equal(grid.swapped().grid, other.grid)
    assert (grid.home_win, grid.draw, grid.away_win) == (other.away_win, other.draw, other.home_win)
    assert grid.home_clean_sheet == other.away_clean_sheet
    assert grid.over(2.5) == other.over(2.5)


@given(goals, goals, dependence)
def test_sums_agree_with_cell_by_cell(home: float, away: float, rho: float) -> None:
    grid = score_grid(home, away, rho)
    cells = {(h, a): float(chance) for (h, a), chance in np.ndenumerate(grid.grid)}
    assert grid.home_win == pytest.approx(sum(p for (h, a), p in cells.items() if h > a))
    assert grid.draw == pytest.approx(sum(p for (h, a), p in cells.items() if h == a))
    assert grid.away_win == pytest.approx(sum(p for (h, a), p in cells.items() if h < a))
    assert grid.over(3.5) == pytest.approx(sum(p for (h, a), p in cells.items() if h + a > 3))
    assert grid.both_score == pytest.approx(sum(p for (h, a), p in cells.items() if h and a))
    assert grid.home_clean_sheet == pytest.approx(sum(p for (_, a), p in cells.items() if a == 0))
    assert grid.away_clean_sheet == pytest.approx(sum(p for (h, _), p in cells.items() if h == 0))
    assert grid.margins.sum() == pytest.approx(1.0)
    assert grid.totals.sum() == pytest.approx(1.0)


def test_likeliest_scores_are_in_order_and_ties_go_to_fewer_goals() -> None:
    # at exactly one goal each: 0-0, 0-1, 1-0 and 1-1 all have chance e^-2
    likely = score_grid(1.0, 1.0).most_likely(5)
    assert [(h, a) for h, a, _ in likely[:4]] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert likely[0][2] == pytest.approx(math.exp(-2), abs=1e-12)
    assert all(a[2] >= b[2] for a, b in pairwise(likely))


@given(goals, goals)
def test_dependence_is_held_where_no_chance_is_negative(home: float, away: float) -> None:
    low, high = dependence_bounds(home, away)
    assert low_score_factors(home, away, low).min() == pytest.approx(0.0, abs=1e-9)
    assert low_score_factors(home, away, high).min() == pytest.approx(0.0, abs=1e-9)


def test_the_grid_reaches_as_far_as_asked_and_cannot_be_written_to() -> None:
    grid = score_grid(0.1, 0.1, max_goals=12)
    assert grid.max_goals == 12
    assert grid.score(13, 0) == 0.0
    with pytest.raises(ValueError, match="read-only"):
        grid.grid[0, 0] = 1.0


@pytest.mark.parametrize("rate", [0.0, -1.0, math.nan, math.inf, 61.0])
def test_an_expectation_that_is_none_is_refused(rate: float) -> None:
    with pytest.raises(BadInput, match="check the strengths"):
        score_grid(rate, 1.0)


def test_a_negative_score_is_refused() -> None:
    with pytest.raises(BadInput, match="no score"):
        score_grid(1.0, 1.0).score(-1, 0)
