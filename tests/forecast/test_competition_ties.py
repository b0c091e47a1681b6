"""Ties played many times have the chances that `forecast_tie` works out exactly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from secondleg.football.match import Goals
from secondleg.football.tie import TieRules
from secondleg.forecast import TieState, forecast_tie
from secondleg.forecast.competition_goals import levels
from secondleg.forecast.competition_ties import FirstLegs, play
from secondleg.forecast.tie import SPREAD
from secondleg.strength import Strengths

RUNS = 100_000
CLUBS = ("x/first", "y/second")


@pytest.mark.parametrize("leg", [None, Goals(1, 1), Goals(0, 2), Goals(3, 2)], ids=str)
def test_played_ties_go_as_the_exact_forecast_says(
    strengths: Callable[..., Strengths], rules: TieRules, leg: Goals | None
) -> None:
    if rules.legs == 1 and leg is not None:
        return
    model = strengths(1.5, 1.1)
    first, second = np.zeros((1, RUNS), dtype=np.int16), np.ones((1, RUNS), dtype=np.int16)

    def rates(home: np.ndarray, away: np.ndarray, neutral: bool) -> tuple[np.ndarray, np.ndarray]:
        table = np.zeros((2, 2, 2), dtype=np.int16)
        for i, j in ((0, 1), (1, 0)):
            pair = model.goal_expectation(CLUBS[i], CLUBS[j], competition="uefa.el", neutral=neutral)
            table[:, i, j] = levels(np.log(pair))
        return table[0][home, away], table[1][home, away]

    known = None
    if leg is not None:
        shape = (1, RUNS)
        known = FirstLegs(
            np.ones(shape, dtype=bool),
            np.full(shape, leg.home, dtype=np.uint8),
            np.full(shape, leg.away, dtype=np.uint8),
        )
    played = play(
        first,
        second,
        rules,
        rates,
        np.random.default_rng(8),
        season=2023,
        dependence=model.dependence,
        day=SPREAD,
        first_legs=known,
    )
    state = TieState(*CLUBS, leg, "uefa.el", 2023)
    exact = forecast_tie(model, state, rules).goes_through(CLUBS[0])
    # levels of rates are off by 0.4 percent at most, which moves a chance by a tenth of a point or two
    assert abs(played.first_through.mean() - exact) < 4 * 0.5 / RUNS**0.5 + 0.002
