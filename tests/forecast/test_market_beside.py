"""Bookmakers' odds of an archive beside its matches."""

from __future__ import annotations

import pytest
from tests.support.small_archive import small_archive

from secondleg.desk.backtesting import Asked, backtest


def test_closing_odds_of_the_archive_stand_beside_its_matches() -> None:
    archive = small_archive(
        """
        2022-08-05  eng/arsenal 2-0 eng/chelsea  eng.1 2022
        2022-08-06  eng/fulham 1-2 eng/everton   eng.1 2022
        2022-08-07  eng/leeds 1-2 eng/burnley    eng.1 2022
        """
    )
    columns = "match, bookmaker, market, closing, home, draw, away, source, document, line"
    for values in (
        "(1, 'pinnacle', '1x2', TRUE, 2.0, 4.0, 4.0, 'x', 'y', 1)",
        "(1, 'pinnacle', '1x2', FALSE, 9.0, 4.0, 1.4, 'x', 'y', 1)",
        "(1, 'pinnacle', 'total', TRUE, 1.9, NULL, 1.9, 'x', 'y', 1)",
        "(1, 'bet365', '1x2', TRUE, 9.0, 4.0, 1.4, 'x', 'y', 1)",
        "(2, 'some', '1x2', TRUE, 9.0, 4.0, 1.4, 'x', 'y', 2)",
        "(3, 'bet365', '1x2', FALSE, 3.0, 3.0, 3.0, 'x', 'y', 3)",
    ):
        archive.connection.execute(f"INSERT INTO store.odds ({columns}) VALUES {values}")
    results, notes = backtest(archive, Asked(("market",), ("eng.1",), (2022,)))
    said = results.forecasts["market"]
    assert said.known.tolist() == [True, False, True]
    assert said.results[0] == pytest.approx([0.5, 0.25, 0.25])
    assert said.results[2] == pytest.approx([1 / 3] * 3)
    assert notes["market"] == {"pinnacle closing": 1, "bet365": 1, "without": 1}
