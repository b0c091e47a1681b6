"""The Bayesian model: its posterior beside the ridge fit, how sure it is, and what it says without its extra."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace

import numpy as np
import pytest

from secondleg.errors import BadInput, ForecastError, MissingExtra
from secondleg.strength import TrainingSet, model
from secondleg.strength.bayes import BayesModel
from secondleg.strength.standard import poisson
from support.worlds import make_world

DAY = dt.date(2024, 8, 1)


def league() -> TrainingSet:
    whole = make_world(clubs_per_league=8, rounds=3)
    return whole.take(whole.competition == 0)


@pytest.fixture(scope="module")
def needs_numpyro() -> None:
    pytest.importorskip("numpyro")


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jax", None)
    with pytest.raises(MissingExtra, match=r"the Bayesian model needs an optional part.*secondleg\[bayes\]"):
        BayesModel().fit(league(), DAY)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"method": "guess"}, "choose auto, nuts or svi"),
        ({"draws": 0}, "draws cannot be 0"),
        ({"half_life_days": -1.0}, "half_life_days cannot be -1.0"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, object], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        BayesModel(**settings)  # type: ignore[arg-type]


def test_no_match_at_all_is_an_error() -> None:
    with pytest.raises(ForecastError, match="no match before 1999-01-01"):
        BayesModel().fit(league(), dt.date(1999, 1, 1))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::Warning")
@pytest.mark.parametrize("method", ["nuts", "svi"])
def test_the_posterior_stands_about_the_ridge_fit_and_says_how_sure_it_is(
    needs_numpyro: None, method: str
) -> None:
    matches = league()
    fitted = BayesModel(method=method, draws=300, half_life_days=5000).fit(matches, DAY)
    ridge = poisson(half_life_days=5000, club_sd=0.2).fit(matches, DAY)
    found = ridge.competition("eng.1")
    assert np.corrcoef(fitted.attack.mean(axis=0), found.attack)[0, 1] > 0.9
    assert np.corrcoef(fitted.defence.mean(axis=0), found.defence)[0, 1] > 0.9
    assert fitted.home.mean() == pytest.approx(found.home_advantage, abs=0.1)
    told, expected = [], []
    for home in matches.clubs[:4]:
        for away in matches.clubs[4:]:
            told += fitted.goal_expectation(home, away, competition="eng.1")
            expected += ridge.goal_expectation(home, away, competition="eng.1")
    assert np.mean(told) == pytest.approx(np.mean(expected), rel=0.1)
    one, other = fitted.uncertainty(*matches.clubs[:2])
    assert 0.001 < one < 0.2
    assert 0.001 < other < 0.2
    grid = fitted.score_grid(*matches.clubs[:2], competition="eng.1")
    assert grid.grid.sum() == pytest.approx(1)
    goals = np.arange(grid.max_goals + 1)
    assert grid.grid.sum(axis=1) @ goals == pytest.approx(grid.home_goals, abs=1e-6)
    # rates that are not sure spread goals more than Poisson's do
    spread = grid.grid.sum(axis=1) @ goals**2 - grid.home_goals**2
    assert spread > grid.home_goals


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::Warning")
def test_it_serves_the_contract_of_all_models(needs_numpyro: None) -> None:
    bayes = model("bayes", draws=60, method="nuts")
    matches = league()
    row = int(np.argsort(matches.date, kind="stable")[-20])
    day = matches.date[row].astype(dt.date)
    told = bayes.predict(matches, np.array([row]))
    # nothing of the day itself or later
    after = matches.date >= matches.date[row]
    other = replace(matches, home_goals=np.where(after, 9 - matches.home_goals, matches.home_goals))
    fitted = bayes.fit(other, day)
    grid = fitted.score_grid(
        matches.clubs[matches.home[row]], matches.clubs[matches.away[row]], competition="eng.1"
    )
    assert told.results[0] == pytest.approx([grid.home_win, grid.draw, grid.away_win], abs=1e-6)
    assert told.grids is not None
    assert told.grids[0].sum() == pytest.approx(1)
    one, two = matches.clubs[:2]
    neutral = fitted.score_grid(one, two, neutral=True)
    assert pytest.approx(neutral.grid, abs=1e-12) == fitted.score_grid(two, one, neutral=True).grid.T
    assert fitted.linked(one, two)
    assert "fra/psg" not in fitted
    with pytest.raises(ForecastError, match="fra/psg has no match"):
        fitted.score_grid("fra/psg", one)
    with pytest.raises(ForecastError, match="cannot play itself"):
        fitted.goal_expectation(one, one)
