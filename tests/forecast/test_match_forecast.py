"""The forecast of a match: numbers by hand, and a dictionary that JSON takes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable

import pytest

from secondleg.forecast import forecast_match
from secondleg.strength import Strengths


def test_a_match_by_hand(strengths: Callable[..., Strengths]) -> None:
    forecast = forecast_match(
        strengths(1.5, 1.0, dependence=0.0), "x/first", "y/second", competition="uefa.el", neutral=True
    )
    assert (forecast.home_goals, forecast.away_goals) == (pytest.approx(1.5), pytest.approx(1.0))
    assert forecast.home_clean_sheet == pytest.approx(math.exp(-1.0))
    assert forecast.away_clean_sheet == pytest.approx(math.exp(-1.5))
    assert forecast.both_score == pytest.approx((1 - math.exp(-1.0)) * (1 - math.exp(-1.5)))
    assert forecast.over[0.5] == pytest.approx(1 - math.exp(-2.5))
    assert forecast.over[1.5] == pytest.approx(1 - 3.5 * math.exp(-2.5))
    assert forecast.home_win + forecast.draw + forecast.away_win == pytest.approx(1.0)
    # 1-0 and 1-1 have the same chance at these rates, 1.5 e^-2.5; the one of fewer goals comes first
    assert [score[:2] for score in forecast.most_likely[:2]] == [(1, 0), (1, 1)]
    assert forecast.most_likely[0][2] == pytest.approx(1.5 * math.exp(-2.5))


def test_home_advantage_is_shared_out_between_the_sides(strengths: Callable[..., Strengths]) -> None:
    forecast = forecast_match(strengths(1.5, 1.0), "x/first", "y/second")
    assert forecast.home_goals == pytest.approx(1.5 * math.exp(0.12))
    assert forecast.away_goals == pytest.approx(1.0 * math.exp(-0.12))


def test_it_goes_into_json_and_back(strengths: Callable[..., Strengths]) -> None:
    forecast = forecast_match(strengths(1.5, 1.0), "x/first", "y/second", competition="uefa.el")
    told = json.loads(json.dumps(forecast.to_dict(), allow_nan=False))
    assert told["result"]["home_win"] == forecast.home_win
    assert told["over"]["2.5"] + told["under"]["2.5"] == pytest.approx(1.0)
    assert told["score_grid"][2][1] == forecast.grid.score(2, 1)
    assert len(told["score_grid"]) == len(told["score_grid"][0]) == 9
    assert set(told["over"]) == {"0.5", "1.5", "2.5", "3.5", "4.5"}
