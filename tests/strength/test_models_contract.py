"""The contract of strength models: batches of score grids, and predictions that know nothing of their own day."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.strength import (
    JointGoalModel,
    Predictions,
    TrainingCompetition,
    TrainingSet,
    grids_of,
    predict_by_refitting,
    score_grid,
)

goals = st.floats(0.1, 4.0)


def league(matches: list[tuple[str, int, int, int, int]]) -> TrainingSet:
    day, home, away, scored, conceded = zip(*matches, strict=True)
    return TrainingSet(
        date=np.array(day, dtype="datetime64[D]"),
        home=np.array(home),
        away=np.array(away),
        competition=np.zeros(len(day), dtype=np.int64),
        neutral=np.zeros(len(day), dtype=bool),
        home_goals=np.array(scored, dtype=float),
        away_goals=np.array(conceded, dtype=float),
        clubs=("eng/a", "eng/b", "eng/c", "eng/d"),
        countries=("eng",) * 4,
        competitions=(TrainingCompetition("eng.1", "eng", "league", 1),),
    )


SOME = [
    ("2020-08-01", 0, 1, 2, 1),
    ("2020-08-01", 2, 3, 0, 0),
    ("2020-08-08", 1, 2, 1, 3),
    ("2020-08-08", 3, 0, 1, 1),
    ("2020-08-15", 0, 2, 4, 0),
    ("2020-08-15", 1, 3, 0, 2),
]


@given(goals, goals, st.floats(-0.2, 0.2))
def test_a_batch_agrees_with_the_single_grid(home: float, away: float, rho: float) -> None:
    batch = grids_of(np.array([home, away]), np.array([away, home]), rho)
    single = score_grid(home, away, rho, max_goals=15).grid[:16, :16]
    assert np.allclose(batch[0], single / single.sum(), atol=1e-9)
    assert np.allclose(batch[0], batch[1].T, atol=1e-15)


@given(goals, goals, st.floats(0.0, 0.3))
def test_uncertain_rates_keep_the_mean_and_widen_the_tail(home: float, away: float, variance: float) -> None:
    sure = grids_of(np.array([home]), np.array([away]), max_goals=40)[0]
    unsure = grids_of(
        np.array([home]), np.array([away]), 0.0, (np.array([variance]), np.array([variance])), max_goals=40
    )[0]
    scored = np.arange(41)
    assert unsure.sum() == pytest.approx(1)
    assert unsure.sum(axis=1) @ scored == pytest.approx(home, rel=0.01)
    assert unsure.sum(axis=1)[0] >= sure.sum(axis=1)[0] - 1e-12


def test_predictions_do_not_know_the_day_itself_or_later() -> None:
    rows = np.array([2, 3, 4, 5])
    told = JointGoalModel().predict(league(SOME), rows)
    other = [*SOME[:4], ("2020-08-15", 0, 2, 0, 7), ("2020-08-15", 1, 3, 5, 0)]
    assert np.array_equal(told.results, JointGoalModel().predict(league(other), rows).results)
    assert np.allclose(told.results.sum(axis=1), 1)


def test_predictions_are_those_of_a_fit_on_the_morning() -> None:
    training = league(SOME)
    told = JointGoalModel().predict(training, np.array([4]))
    fitted = JointGoalModel().fit(training, dt.date(2020, 8, 15))
    grid = fitted.score_grid("eng/a", "eng/c", competition="eng.1")
    assert told.results[0] == pytest.approx([grid.home_win, grid.draw, grid.away_win], abs=1e-9)


def test_clubs_that_were_not_seen_are_not_known() -> None:
    told = predict_by_refitting(JointGoalModel(), league(SOME), np.array([0, 4]), every=1)
    assert told.known.tolist() == [False, True]
    assert np.isnan(told.results[0]).all()


def test_parts_of_different_lengths_are_refused() -> None:
    with pytest.raises(BadInput, match="differ in length"):
        Predictions(np.arange(2), np.ones(1, bool), np.ones((2, 3)), np.ones(2), np.ones(2))
