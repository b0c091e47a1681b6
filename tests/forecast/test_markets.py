"""Markets of many matches: against the single score grid, by hand, and as bookmakers settle lines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.forecast.markets import Markets
from secondleg.strength import grids_of, score_grid

goals = st.floats(0.2, 3.5)

# home goals down, away goals across
BY_HAND = np.array([[[0.10, 0.08, 0.02], [0.15, 0.20, 0.05], [0.20, 0.15, 0.05]]])


@given(goals, goals, st.floats(-0.15, 0.1))
def test_a_batch_tells_what_the_single_grid_tells(home: float, away: float, rho: float) -> None:
    single = score_grid(home, away, rho)
    markets = Markets(np.stack([single.grid, single.grid.T]))
    assert markets.results[0] == pytest.approx([single.home_win, single.draw, single.away_win], abs=1e-12)
    assert markets.results[1] == pytest.approx([single.away_win, single.draw, single.home_win], abs=1e-12)
    assert markets.margins[0] == pytest.approx(single.margins, abs=1e-14)
    assert markets.goal_totals[0] == pytest.approx(single.totals, abs=1e-14)
    assert markets.both_score[0] == pytest.approx(single.both_score, abs=1e-12)
    assert markets.clean_sheet[0] == pytest.approx(
        [single.home_clean_sheet, single.away_clean_sheet], abs=1e-12
    )
    for line in (0.5, 1.5, 2.5, 3.5):
        assert markets.totals([line])[0, 0, 0] == pytest.approx(single.over(line), abs=1e-12)
    assert markets.correct_score(2, 1)[0] == single.score(2, 1)


def test_markets_by_hand() -> None:
    markets = Markets(BY_HAND)
    assert markets.results[0] == pytest.approx([0.50, 0.35, 0.15])
    assert markets.double_chance[0] == pytest.approx([0.85, 0.50, 0.65])
    assert markets.draw_no_bet[0] == pytest.approx([0.50 / 0.65, 0.15 / 0.65])
    assert markets.both_score[0] == pytest.approx(0.45)
    assert markets.clean_sheet[0] == pytest.approx([0.45, 0.20])
    assert markets.win_to_nil[0] == pytest.approx([0.35, 0.10])
    assert markets.expected_points[0] == pytest.approx([1.85, 0.80])
    assert markets.goal_totals[0] == pytest.approx([0.10, 0.23, 0.42, 0.20, 0.05])
    assert markets.margins[0] == pytest.approx([0.02, 0.13, 0.35, 0.30, 0.20])
    home, away = markets.side_totals([0.5])
    assert home[0, 0] == pytest.approx([0.80, 0.0, 0.20])
    assert away[0, 0] == pytest.approx([0.55, 0.0, 0.45])
    assert markets.correct_score(1, 1) == pytest.approx([0.20])
    assert markets.correct_score(9, 0).tolist() == [0.0]


@pytest.mark.parametrize(
    ("line", "settled"),
    [
        (-0.5, [0.50, 0.0, 0.50]),  # the home side must win
        (0.0, [0.50, 0.35, 0.15]),  # a draw gives the stake back
        (0.5, [0.85, 0.0, 0.15]),
        (-1.0, [0.20, 0.30, 0.50]),  # a win by one gives the stake back
        (-0.25, [0.50, 0.175, 0.325]),  # half on 0, half on −½
        (0.75, [0.85, 0.065, 0.085]),  # half on ½, half on 1: a loss by one costs half the stake
        (-2.5, [0.0, 0.0, 1.0]),
    ],
)
def test_handicaps_are_settled_as_bookmakers_do(line: float, settled: list[float]) -> None:
    assert Markets(BY_HAND).handicap([line])[0, 0] == pytest.approx(settled)


@pytest.mark.parametrize(
    ("line", "settled"),
    [
        (2.5, [0.25, 0.0, 0.75]),
        (2.0, [0.25, 0.42, 0.33]),
        (2.25, [0.25, 0.21, 0.54]),
        (2.75, [0.15, 0.10, 0.75]),
    ],
)
def test_totals_are_settled_as_bookmakers_do(line: float, settled: list[float]) -> None:
    assert Markets(BY_HAND).totals([line])[0, 0] == pytest.approx(settled)


@given(goals, goals, st.integers(-12, 12))
def test_the_away_sides_handicap_is_the_home_sides_with_the_sign_turned(
    home: float, away: float, quarters: int
) -> None:
    grids = grids_of(np.array([home]), np.array([away]))
    line = quarters / 4
    one = Markets(grids).handicap([line])[0, 0]
    other = Markets(grids.transpose(0, 2, 1)).handicap([-line])[0, 0]
    assert one == pytest.approx(other[::-1], abs=1e-12)
    assert one.sum() == pytest.approx(1)


def test_what_is_no_line_is_refused() -> None:
    with pytest.raises(BadInput, match="number of quarters"):
        Markets(BY_HAND).totals([2.3])
    with pytest.raises(BadInput, match="is no score"):
        Markets(BY_HAND).correct_score(-1, 0)
    with pytest.raises(BadInput, match="square grids"):
        Markets(BY_HAND[0])
