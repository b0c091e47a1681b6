"""The exact tie against plain loops over every score, and uncertain rates against quadrature by scipy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.exact import SecondLeg, before_first_leg, factors_of
from secondleg.forecast.expectation import Expectation, mixed_chances
from secondleg.forecast.level import LevelTie
from secondleg.strength.contract import grids_of

rates = st.floats(min_value=0.2, max_value=3.5)
variances = st.sampled_from([0.0, 0.02, 0.0625])
AWAY_GOALS = TieRules(2, True, True, True, DecidedBy.PENALTIES)
NOW = TieRules(2, False, True, False, DecidedBy.PENALTIES)


def effects(lead: int) -> tuple[float, float]:
    return -0.07 * min(lead, 2), 0.04 * min(lead, 3)


def level_tie(rules: TieRules, host: float, visitor: float) -> LevelTie:
    return LevelTie(rules, (host, visitor), (host, visitor), dependence=0.0, factor=1.0)


def by_loops(opening: np.ndarray, later: Expectation, rules: TieRules) -> float:
    """The chance of the host of the second leg: every score of both legs in turn, grids by the strength room."""
    host = 0.0
    for (home, away), chance in np.ndenumerate(opening):
        behind = home - away
        lead, trail = effects(abs(behind))
        one, other = (trail, lead) if behind > 0 else (lead, trail)
        grid = grids_of(
            np.array([later.home * math.exp(one)]),
            np.array([later.away * math.exp(other)]),
            later.dependence,
            max_goals=22,
        )[0]
        for (x, y), also in np.ndenumerate(grid):
            host += chance * also * settled(away + x, home + y, away - y, later, rules)
    return host


def settled(host: int, visitor: int, away_lead: int, later: Expectation, rules: TieRules) -> float:
    """The chance of the host once the 90 minutes of the second leg are over."""
    if host != visitor:
        return float(host > visitor)
    if rules.away_goals and away_lead:
        return float(away_lead > 0)
    third = later.home / 3, later.away / 3
    ahead = float(stats.skellam.sf(0, *third))
    if not rules.away_goals_in_extra_time:
        return ahead + 0.5 * float(stats.skellam.pmf(0, *third))
    return ahead + 0.5 * math.exp(-sum(third))


@pytest.mark.parametrize("rules", [NOW, AWAY_GOALS], ids=["now", "away goals"])
def test_both_legs_by_plain_loops(rules: TieRules) -> None:
    opening, later = Expectation(1.7, 0.9, -0.06), Expectation(1.3, 1.2, -0.06)
    second = SecondLeg(later, rules, level_tie(rules, 1.3, 1.2), factors_of(effects, 3))
    grid = grids_of(np.array([1.7]), np.array([0.9]), -0.06, max_goals=12)[0]
    told = before_first_leg(opening, second)
    assert told[0, :6].sum() == pytest.approx(by_loops(grid, later, rules), abs=1e-7)
    assert told[:, :6].sum() == pytest.approx(1.0, abs=1e-12)


@settings(max_examples=40)
@given(
    home=rates,
    away=rates,
    one=variances,
    other=variances,
    leg=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_after_a_first_leg_it_is_what_the_grid_says(
    home: float, away: float, one: float, other: float, leg: tuple[int, int]
) -> None:
    """The sums along diagonals against masks over the grid."""
    expected = Expectation(home, away, -0.05, (one, other))
    for rules in (NOW, AWAY_GOALS):
        level = level_tie(rules, home, away)
        told = SecondLeg(expected, rules, level, np.ones((1, 2))).after(*leg)
        grid = expected.grid().grid
        x, y = np.indices(grid.shape)
        host, visitor = leg[1] + x, leg[0] + y
        assert told[0, 0] == pytest.approx(grid[host > visitor].sum(), abs=1e-12)
        assert told[1, 0] == pytest.approx(grid[host < visitor].sum(), abs=1e-12)
        even = grid[host == visitor].sum()
        assert told[:, 1:6].sum() == pytest.approx(even, abs=1e-12)
        if rules is AWAY_GOALS:
            assert told[0, 1] == pytest.approx(grid[(host == visitor) & (leg[1] > y)].sum(), abs=1e-12)


def test_both_uncertain_legs_are_the_mean_over_rates() -> None:
    """With one rate for both legs of a side: a mean over many draws, of the certain tie at each."""
    opening = Expectation(1.6, 1.0, 0.0, (0.0625, 0.04))
    later = Expectation(1.2, 1.3, 0.0, (0.04, 0.0625))
    level = level_tie(NOW, 1.2, 1.3)
    told = before_first_leg(opening, SecondLeg(later, NOW, level, factors_of(effects, 3)))[0, :6].sum()
    place, weight = np.polynomial.hermite_e.hermegauss(9)
    weight = weight / weight.sum()
    mean = 0.0
    for host, chance in zip(place, weight, strict=True):
        for visitor, also in zip(place, weight, strict=True):
            by = math.exp(0.2 * host - 0.02), math.exp(0.25 * visitor - 0.03125)
            first = Expectation(1.6 * by[1], 1.0 * by[0])
            then = Expectation(1.2 * by[0], 1.3 * by[1])
            second = SecondLeg(then, NOW, level, factors_of(effects, 3))
            mean += chance * also * before_first_leg(first, second)[0, :6].sum()
    assert told == pytest.approx(mean, abs=1e-4)


@pytest.mark.parametrize("sd", [0.1, 0.25])
def test_uncertain_rates_by_integration(sd: float) -> None:
    told = mixed_chances(np.array([1.4]), np.array([sd**2]), 30)[0]
    for goals in (0, 1, 2, 5, 8):

        def density(z: float, goals: int = goals) -> float:
            rate = 1.4 * math.exp(sd * z - sd**2 / 2)
            return float(stats.poisson.pmf(goals, rate) * stats.norm.pdf(z))

        assert told[goals] == pytest.approx(integrate.quad(density, -9, 9)[0], abs=1e-6)
    assert told @ np.arange(30) == pytest.approx(1.4, abs=1e-9)


def test_uncertain_rates_widen_the_tails() -> None:
    """A side three goals down has more of a chance where rates are uncertain."""
    chance = [
        SecondLeg(Expectation(1.3, 1.6, 0.0, (v, v)), NOW, level_tie(NOW, 1.3, 1.6), np.ones((1, 2)))
        .after(0, 3)[1, :6]
        .sum()
        for v in (0.0, 0.03, 0.06)
    ]
    assert chance[0] < chance[1] < chance[2]


def test_the_grids_of_the_strength_room_are_the_same() -> None:
    expected = Expectation(1.7, 0.8, -0.07, (0.05, 0.02))
    theirs = grids_of(
        np.array([1.7]), np.array([0.8]), -0.07, (np.array([0.05]), np.array([0.02])), max_goals=24
    )[0]
    ours = expected.grid().grid
    assert ours[:20, :20] == pytest.approx(theirs[:20, :20], abs=1e-12)


def test_no_more_certain_than_asked_for() -> None:
    expected = Expectation(1.0, 1.0, 0.0, (0.1, 0.01))
    assert expected.uncertain(0.05).variance == (0.1, 0.05)
    assert expected.swapped().variance == (0.01, 0.1)
