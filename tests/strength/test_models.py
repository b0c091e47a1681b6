"""What every model must do, whatever it is: known by its name, blind to the day and later, and coherent."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from secondleg.errors import BadInput, ForecastError
from secondleg.strength import StrengthModel, TrainingSet, model, models
from support.worlds import make_world

QUICK = [alias for alias in models() if alias not in ("bayes", "market")]


@pytest.fixture(params=QUICK)
def any_model(request: pytest.FixtureRequest) -> StrengthModel:
    return model(request.param)


@pytest.fixture(scope="module")
def training() -> TrainingSet:
    """Half a season of two leagues and a cup between them."""
    return make_world(clubs_per_league=6, rounds=1, european=20)


def late(training: TrainingSet) -> np.ndarray:
    """Some rows of the last weeks, of several competitions."""
    return np.argsort(training.date, kind="stable")[-40::2]


def test_a_model_goes_by_its_name(any_model: StrengthModel) -> None:
    assert any_model.alias in models()
    assert type(model(any_model.alias)) is type(any_model)


def test_predictions_do_not_know_the_day_itself_or_later(
    any_model: StrengthModel, training: TrainingSet
) -> None:
    rows = late(training)
    told = any_model.predict(training, rows)
    last = training.date[rows].max()
    for since in (training.date[rows].min(), last):
        after = training.date >= since
        other = replace(
            training,
            home_goals=np.where(after, 9 - training.home_goals, training.home_goals),
            away_goals=np.where(after, training.away_goals + 3, training.away_goals),
        )
        same = training.date[rows] <= since
        changed = any_model.predict(other, rows)
        assert np.array_equal(told.results[same], changed.results[same], equal_nan=True)
        assert np.array_equal(told.home_goals[same], changed.home_goals[same], equal_nan=True)


def test_predictions_do_not_depend_on_the_order_of_rows(
    any_model: StrengthModel, training: TrainingSet
) -> None:
    rows = late(training)
    told, turned = any_model.predict(training, rows), any_model.predict(training, rows[::-1])
    assert turned.results[::-1] == pytest.approx(told.results, abs=1e-6)


def test_a_fit_does_not_know_its_day_or_later(any_model: StrengthModel, training: TrainingSet) -> None:
    day = training.date.max().astype(dt.date) - dt.timedelta(days=60)
    whole, cut = any_model.fit(training, day), any_model.fit(training.before(day), day)
    one, other = training.clubs[0], training.clubs[1]
    assert whole.as_of == day
    assert whole.goal_expectation(one, other) == cut.goal_expectation(one, other)


def test_predictions_are_those_of_a_fit_on_the_morning(
    any_model: StrengthModel, training: TrainingSet
) -> None:
    # the first of a span of days, for which a fit is made on its day
    for row in late(training)[:3]:
        told = any_model.predict(training, np.array([row]))
        fitted = any_model.fit(training, training.date[row].astype(dt.date))
        grid = fitted.score_grid(
            training.clubs[training.home[row]],
            training.clubs[training.away[row]],
            competition=training.competitions[training.competition[row]].code,
            neutral=bool(training.neutral[row]),
        )
        assert told.known.all()
        assert told.results[0] == pytest.approx([grid.home_win, grid.draw, grid.away_win], abs=1e-5)
        assert told.home_goals[0] == pytest.approx(grid.home_goals, abs=1e-5)


def test_chances_are_chances(any_model: StrengthModel, training: TrainingSet) -> None:
    told = any_model.predict(training, late(training))
    assert told.results.sum(axis=1) == pytest.approx(1)
    assert told.grids is not None
    assert told.grids.min() >= 0
    assert told.grids.sum(axis=(1, 2)) == pytest.approx(1)
    home = np.tril(told.grids, -1).sum(axis=(1, 2))
    assert home == pytest.approx(told.results[:, 0])


def test_sides_on_neutral_ground_are_treated_alike(any_model: StrengthModel, training: TrainingSet) -> None:
    fitted = any_model.fit(training, dt.date(2024, 8, 1))
    for one, other in ((0, 1), (0, 13)):
        home, away = training.clubs[one], training.clubs[other]
        grid = fitted.score_grid(home, away, neutral=True)
        assert pytest.approx(grid.grid, abs=1e-12) == fitted.score_grid(away, home, neutral=True).grid.T


def test_home_is_an_advantage_where_the_home_sides_win(
    any_model: StrengthModel, training: TrainingSet
) -> None:
    won = replace(training, home_goals=training.away_goals + 1, neutral=np.zeros(len(training), dtype=bool))
    fitted = any_model.fit(won, dt.date(2024, 8, 1))
    home, away = training.clubs[:2]
    at_home, neutral = fitted.score_grid(home, away), fitted.score_grid(home, away, neutral=True)
    assert at_home.home_win > neutral.home_win


def test_who_wins_everything_is_the_best(any_model: StrengthModel, training: TrainingSet) -> None:
    club = training.clubs[3]
    at_home, away = training.home == 3, training.away == 3
    won = replace(
        training,
        home_goals=np.where(at_home, 4.0, np.where(away, 0.0, training.home_goals)),
        away_goals=np.where(away, 4.0, np.where(at_home, 0.0, training.away_goals)),
    )
    fitted = any_model.fit(won, dt.date(2024, 8, 1))
    for other in training.clubs[:3]:
        grid = fitted.score_grid(club, other, competition="eng.1", neutral=True)
        assert grid.home_win > grid.away_win


def test_clubs_that_were_not_seen_are_not_known(any_model: StrengthModel, training: TrainingSet) -> None:
    first = np.argsort(training.date, kind="stable")[:1]
    told = any_model.predict(training, first)
    assert told.known.tolist() == [False]
    assert np.isnan(told.results).all()
    fitted = any_model.fit(training, dt.date(2024, 8, 1))
    assert "fra/psg" not in fitted
    assert training.clubs[0] in fitted
    with pytest.raises(ForecastError, match="fra/psg has no match before 2024-08-01"):
        fitted.score_grid("fra/psg", training.clubs[0])
    with pytest.raises(ForecastError, match="cannot play itself"):
        fitted.goal_expectation(training.clubs[0], training.clubs[0])


def test_no_match_at_all_is_an_error(any_model: StrengthModel, training: TrainingSet) -> None:
    with pytest.raises(ForecastError, match="no match before 1999-01-01"):
        any_model.fit(training, dt.date(1999, 1, 1))


def test_no_rows_are_no_predictions(any_model: StrengthModel, training: TrainingSet) -> None:
    assert len(any_model.predict(training, np.zeros(0, dtype=np.int64))) == 0


def test_a_name_that_no_model_has_is_refused() -> None:
    with pytest.raises(BadInput, match=r"no model 'oracle'. Choose one of dynamic, joint, .*dixon-coles"):
        model("oracle")
    with pytest.raises(BadInput, match="no such setting"):
        model("dixon-coles", wishes=3)
