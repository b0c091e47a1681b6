"""Bookmakers' odds as chances: by hand, by another solver, and from an archive."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from tests.support.small_archive import small_archive

from secondleg.desk.backtesting import Asked, backtest
from secondleg.errors import BadInput
from secondleg.forecast.bookmakers import chances_by_power

odds = st.tuples(*[st.floats(1.02, 40.0)] * 3)


def test_odds_without_a_margin_are_their_own_chances() -> None:
    assert chances_by_power(np.array([[2.0, 4.0, 4.0]]))[0] == pytest.approx([0.5, 0.25, 0.25])


def test_equal_odds_are_equal_chances_whatever_the_margin() -> None:
    assert chances_by_power(np.array([[2.7, 2.7, 2.7]]))[0] == pytest.approx([1 / 3] * 3)


def test_a_power_by_hand() -> None:
    """Odds whose inverses are roots of .64, .16 and .2 have a k of 2."""
    fair = np.array([0.64, 0.16, 0.2])
    assert chances_by_power(1.0 / np.sqrt(fair)[None])[0] == pytest.approx(fair)


@given(odds)
def test_another_solver_finds_the_same(prices: tuple[float, float, float]) -> None:
    inverse = np.array([1.0 / price for price in prices])
    k = brentq(lambda power: (inverse**power).sum() - 1.0, 1e-9, 64.0, xtol=1e-14)
    told = chances_by_power(np.array([prices]))[0]
    assert told == pytest.approx(inverse**k, abs=1e-9)
    assert math.fsum(told) == pytest.approx(1.0)


@pytest.mark.parametrize("wrong", [(1.0, 3.0, 3.0), (2.0, math.nan, 3.0), (2.0, 3.0, math.inf)])
def test_what_are_no_odds(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(BadInput, match="above 1"):
        chances_by_power(np.array([wrong]))


def test_closing_odds_of_the_archive_stand_beside_its_matches() -> None:
    archive = small_archive(
        """
        2022-08-05  eng/arsenal 2-0 eng/chelsea  eng.1 2022
        2022-08-06  eng/fulham 1-2 eng/everton   eng.1 2022
        """
    )
    columns = "match, bookmaker, market, closing, home, draw, away, source, document, line"
    for values in (
        "(1, 'pinnacle', '1x2', TRUE, 2.0, 4.0, 4.0, 'x', 'y', 1)",
        "(1, 'pinnacle', '1x2', FALSE, 9.0, 4.0, 1.4, 'x', 'y', 1)",
        "(1, 'pinnacle', 'total', TRUE, 1.9, NULL, 1.9, 'x', 'y', 1)",
        "(1, 'bet365', '1x2', TRUE, 9.0, 4.0, 1.4, 'x', 'y', 1)",
        "(2, 'bet365', '1x2', TRUE, 9.0, 4.0, 1.4, 'x', 'y', 2)",
    ):
        archive.connection.execute(f"INSERT INTO store.odds ({columns}) VALUES {values}")
    results, notes = backtest(archive, Asked(("market",), ("eng.1",), (2022,)))
    said = results.forecasts["market"]
    assert said.known.tolist() == [True, False]
    assert said.results[0] == pytest.approx([0.5, 0.25, 0.25])
    assert notes["market"] == {"bookmaker": "pinnacle, closing", "matches": 1, "without": 1}
