"""Goal models of single competitions: against a second implementation, and what they say of clubs new to one."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from scipy import optimize, stats

from secondleg.errors import BadInput
from secondleg.strength import TrainingSet
from secondleg.strength.standard import GoalModel, bivariate_poisson, dixon_coles, negative_binomial, poisson
from support.worlds import make_world

DAY = dt.date(2024, 8, 1)


def one_league(**settings: int) -> TrainingSet:
    whole = make_world(clubs_per_league=6, rounds=2, **settings)
    return whole.take(whole.competition == 0)


def test_dixon_coles_is_what_scipy_finds() -> None:
    """The paper's likelihood written out match by match (scipy's Poisson, τ by cases), maximised by BFGS."""
    league = one_league()
    fit = dixon_coles(half_life_days=300, club_sd=None, dependence_sd=None).fit_competition(league, DAY)
    n = len(league.clubs)
    age = (np.datetime64(DAY) - league.date).astype(float)
    weight = np.exp(-math.log(2) / 300 * age)
    x, y = league.home_goals, league.away_goals

    def loss(theta: np.ndarray) -> float:
        attack, defence = theta[:n], np.append(theta[n : 2 * n - 1], 0.0)
        gamma, rho = theta[-2:]
        lam = np.exp(attack[league.home] - defence[league.away] + gamma)
        mu = np.exp(attack[league.away] - defence[league.home])
        tau = np.ones(len(x))
        tau = np.where((x == 0) & (y == 0), 1 - lam * mu * rho, tau)
        tau = np.where((x == 0) & (y == 1), 1 + lam * rho, tau)
        tau = np.where((x == 1) & (y == 0), 1 + mu * rho, tau)
        tau = np.where((x == 1) & (y == 1), 1 - rho, tau)
        chances = np.log(tau) + stats.poisson.logpmf(x, lam) + stats.poisson.logpmf(y, mu)
        return -float(weight @ chances)

    found = optimize.minimize(loss, np.append(np.zeros(2 * n), 0.0), method="BFGS", options={"gtol": 1e-7})
    attack = found.x[:n] - found.x[:n].mean()
    assert fit.attack == pytest.approx(attack, abs=1e-4)
    assert fit.home_advantage == pytest.approx(found.x[-2], abs=1e-4)
    assert fit.shape_of("dependence") == pytest.approx(found.x[-1], abs=1e-4)
    factorials = float(weight @ (stats.poisson.logpmf(x, 1) + stats.poisson.logpmf(y, 1) + 2))
    assert fit.value + factorials == pytest.approx(-found.fun, abs=1e-6)


@pytest.mark.parametrize(
    "model", [poisson(), dixon_coles(), bivariate_poisson(), negative_binomial()], ids=lambda m: str(m.alias)
)
def test_nothing_near_the_fit_is_likelier(model: GoalModel) -> None:
    from secondleg.strength.standard.fitting import Prior, _Objective
    from secondleg.strength.standard.likelihood import pairs_of

    league = one_league()
    fit = model.fit_competition(league, DAY)
    weight = np.exp2(-(np.datetime64(DAY) - league.date).astype(float) / 400)
    pairs = pairs_of(
        league.home, league.away, league.neutral, league.home_goals, league.away_goals, weight, 6, cells=True
    )
    objective = _Objective(pairs, 6, model.distribution, model.dependence, Prior(0.45, 0.1))
    best = np.concatenate(([fit.level, fit.home_advantage], fit.attack, fit.defence, fit.shape))
    value = objective.value(best, objective.terms(best))
    assert fit.value == pytest.approx(value)
    rng = np.random.default_rng(3)
    for _ in range(50):
        near = best + rng.normal(0, 0.02, len(best))
        assert objective.value(near, objective.terms(near)) < value


def test_poisson_of_two_clubs_by_hand() -> None:
    """Without a ridge a side has the same share of the goals of home sides, and of away sides, as of all goals."""
    whole = make_world(clubs_per_league=2, rounds=6, european=0, domestic=0)
    league = whole.take((whole.competition == 0) & ~whole.neutral)
    fitted = poisson(half_life_days=None, club_sd=None).fit(league, DAY)
    by_home, by_away = league.home_goals.mean() * 2, league.away_goals.mean() * 2
    at_home = league.home == 0
    share = (league.home_goals[at_home].sum() + league.away_goals[~at_home].sum()) / (
        league.home_goals.sum() + league.away_goals.sum()
    )
    assert fitted.goal_expectation(*league.clubs) == pytest.approx((by_home * share, by_away * (1 - share)))
    assert fitted.goal_expectation(*league.clubs[::-1]) == pytest.approx(
        (by_home * (1 - share), by_away * share)
    )


def test_a_tighter_ridge_brings_clubs_together() -> None:
    league = one_league()
    spread = [
        float(np.std(dixon_coles(club_sd=sd).fit_competition(league, DAY).attack)) for sd in (0.05, 0.2, None)
    ]
    assert spread == sorted(spread)


def test_a_short_half_life_forgets() -> None:
    """The same league, its results turned round half way: a short memory knows the second half alone."""
    league = one_league()
    middle = np.median(league.date.astype(np.int64))
    recent = league.take(league.date.astype(np.int64) > middle)
    short = poisson(half_life_days=20).fit_competition(league, DAY)
    recent_alone = poisson(half_life_days=20).fit_competition(recent, DAY)
    assert short.attack == pytest.approx(recent_alone.attack, abs=0.02)


def test_independent_goals_are_the_limit_of_the_others() -> None:
    league = one_league()
    plain = poisson(club_sd=0.3).fit_competition(league, DAY)
    held = dixon_coles(club_sd=0.3, dependence_sd=1e-6).fit_competition(league, DAY)
    assert held.attack == pytest.approx(plain.attack, abs=1e-4)
    assert held.value == pytest.approx(plain.value, abs=1e-4)


def test_a_club_new_to_a_competition_is_one_of_its_weaker_clubs() -> None:
    whole = make_world(clubs_per_league=8)
    fitted = dixon_coles().fit(whole, DAY)
    league = fitted.competition("eng.1")
    promoted, strongest = "eng/2-0", league.clubs[int(np.argmax(league.attack + league.defence))]
    assert promoted in fitted
    assert promoted not in league.clubs
    home, away = fitted.goal_expectation(promoted, strongest, competition="eng.1", neutral=True)
    assert home < away
    weakest = np.argsort(league.attack + league.defence)[:2]
    level = math.exp(
        league.level + league.attack[weakest].mean() - league.defence[league.clubs.index(strongest)]
    )
    assert home == pytest.approx(level)


def test_clubs_that_never_met_in_a_competition_are_not_linked() -> None:
    whole = make_world(european=0, domestic=0)
    fitted = dixon_coles().fit(whole, DAY)
    assert fitted.linked("eng/1-0", "eng/1-1")
    assert not fitted.linked("eng/1-0", "ita/1-0")
    home, away = fitted.goal_expectation("eng/1-0", "ita/1-0", neutral=True)
    assert 0.1 < home < 6
    assert 0.1 < away < 6


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"distribution": "weibull"}, "choose one of poisson, negative-binomial"),
        ({"dependence": "copula"}, "choose one of none, dixon-coles, bivariate"),
        ({"distribution": "negative-binomial", "dependence": "bivariate"}, "Poisson goals alone"),
        ({"half_life_days": 0.0}, "half_life_days cannot be 0.0"),
        ({"club_sd": -1.0}, "club_sd cannot be -1.0"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        GoalModel(**settings)  # type: ignore[arg-type]
