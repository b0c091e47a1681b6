"""Odds to chances: published examples, a second implementation, and what every method must do."""

from __future__ import annotations

import datetime as dt

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from secondleg.archive.archive import Archive
from secondleg.archive.schema import SCHEMA
from secondleg.archive.view import View
from secondleg.errors import BadInput, ForecastError
from secondleg.strength import TrainingSet, model
from secondleg.strength.market import METHODS, MarketModel, MatchOdds, chances, margin, shin_share
from support.worlds import make_world

# the example of the R package implied (its README): three matches, and what each method makes of them
ODDS = np.array([[4.20, 3.70, 1.95], [2.45, 3.70, 2.90], [2.05, 3.20, 3.80]])
PUBLISHED = {
    "multiplicative": [
        [0.2331556, 0.2646631, 0.5021813],
        [0.3988848, 0.2641264, 0.3369888],
        [0.4586948, 0.2938514, 0.2474538],
    ],
    "margin-weights": [
        [0.2310332, 0.2632083, 0.5057585],
        [0.4004096, 0.2625166, 0.3370739],
        [0.4666506, 0.2913457, 0.2420036],
    ],
    "odds-ratio": [
        [0.2320048, 0.2636415, 0.5043537],
        [0.3996912, 0.2633869, 0.3369219],
        [0.4634406, 0.2919032, 0.2446562],
    ],
    "power": [
        [0.2311414, 0.2630644, 0.5057942],
        [0.4003156, 0.2627189, 0.3369655],
        [0.4667139, 0.2908985, 0.2423876],
    ],
}


@pytest.mark.parametrize("method", PUBLISHED)
def test_the_example_of_the_package_implied(method: str) -> None:
    # its roots are found to about four digits
    assert chances(ODDS, method) == pytest.approx(np.array(PUBLISHED[method]), abs=4e-5)


def test_the_margin_of_the_example() -> None:
    assert margin(ODDS) == pytest.approx([0.02118602, 0.02326112, 0.06346277], abs=1e-8)


def test_the_example_of_the_package_shin() -> None:
    """Its README: odds of 2.6, 2.4 and 4.3."""
    odds = np.array([[2.6, 2.4, 4.3]])
    assert chances(odds, "shin")[0] == pytest.approx(
        [0.37299406033208965, 0.4047794109200184, 0.2222265287474275], abs=1e-9
    )
    assert shin_share(odds) == pytest.approx([0.01694251276407055], abs=1e-9)


def test_shin_of_two_outcomes_in_closed_form() -> None:
    """Jullien and Salanié (1994): with two outcomes and δ = r₁ − r₂, B = Σ r: z = (B − 1)(δ² − B) / (B (δ² − 1))."""
    odds = np.array([[1.5, 2.74]])
    first, second = 1 / odds[0]
    booked, apart = first + second, first - second
    z = (booked - 1) * (apart**2 - booked) / (booked * (apart**2 - 1))
    assert shin_share(odds) == pytest.approx([z], abs=1e-12)


prices = st.lists(st.floats(1.05, 30.0), min_size=2, max_size=5).filter(
    lambda odds: 1.001 < sum(1 / o for o in odds) < 1.5
)


@given(prices)
def test_a_second_implementation_finds_the_same_roots(odds: list[float]) -> None:
    r = 1 / np.array(odds)
    k = optimize.brentq(lambda k: (r**k).sum() - 1, 0.5, 60, xtol=1e-13)
    assert chances(np.array([odds]), "power")[0] == pytest.approx(r**k, abs=1e-9)
    c = optimize.brentq(lambda c: (r / (c + r - c * r)).sum() - 1, 0.5, 1e4, xtol=1e-13)
    assert chances(np.array([odds]), "odds-ratio")[0] == pytest.approx(r / (c + r - c * r), abs=1e-9)

    def shin(z: float) -> np.ndarray:
        return np.asarray((np.sqrt(z**2 + 4 * (1 - z) * r**2 / r.sum()) - z) / (2 * (1 - z)))

    z = optimize.brentq(lambda z: shin(z).sum() - 1, 0.0, 1 - 1e-6, xtol=1e-14)
    assert chances(np.array([odds]), "shin")[0] == pytest.approx(shin(z), abs=1e-7)


@pytest.mark.parametrize("method", METHODS)
@given(odds=st.lists(st.floats(1.02, 60.0), min_size=3, max_size=3))
def test_chances_sum_to_one_and_keep_the_order_of_odds(method: str, odds: list[float]) -> None:
    told = chances(np.array([odds]), method)[0]
    assert told.sum() == pytest.approx(1)
    assert (told >= 0).all()
    order = np.argsort(odds, kind="stable")
    assert (np.diff(told[order]) <= 1e-12).all()


@given(st.lists(st.floats(0.05, 1.0), min_size=3, max_size=3))
def test_odds_without_a_margin_are_the_chances_themselves(parts: list[float]) -> None:
    fair = np.array([parts]) / sum(parts)
    for method in METHODS:
        assert chances(1 / fair, method) == pytest.approx(fair, abs=1e-7)


def test_margin_weights_are_the_additive_method() -> None:
    assert chances(ODDS, "margin-weights") == pytest.approx(chances(ODDS, "additive"), abs=1e-12)


def test_long_shots_lose_most_by_the_methods_that_know_the_bias() -> None:
    odds = np.array([[1.2, 7.0, 15.0]])
    plain = chances(odds, "multiplicative")[0]
    for method in ("power", "shin", "odds-ratio", "additive"):
        told = chances(odds, method)[0]
        assert told[0] > plain[0]
        assert told[2] < plain[2]


@pytest.mark.parametrize(
    ("odds", "message"),
    [
        ([[2.0, 1.0, 3.0]], "outcome 2 of match 1 has"),
        ([[2.0, float("nan"), 3.0]], "outcome 2 of match 1"),
        ([2.0, 3.0], "table of matches by outcomes"),
    ],
)
def test_what_is_no_odds_is_refused(odds: list[float], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        chances(np.array(odds))
    with pytest.raises(BadInput, match=r"no method 'guess' for odds\. Choose one of power, shin"):
        chances(ODDS, "guess")


def odds_of(training: TrainingSet, rows: np.ndarray) -> MatchOdds:
    return MatchOdds(
        date=training.date[rows],
        home=tuple(training.clubs[i] for i in training.home[rows]),
        away=tuple(training.clubs[i] for i in training.away[rows]),
        odds=np.tile([[2.05, 3.2, 3.8]], (len(rows), 1)),
        told_by=("pinnacle closing",) * len(rows),
    )


def test_the_market_forecasts_the_matches_that_have_odds() -> None:
    training = make_world()
    rows = np.array([390, 10, 300])
    market = MarketModel(odds=odds_of(training, np.array([10, 300])))
    told = market.predict(training, rows)
    assert told.known.tolist() == [False, True, True]
    assert np.isnan(told.results[0]).all()
    assert told.results[1] == pytest.approx(PUBLISHED["power"][2], abs=4e-5)
    assert told.grids is None
    with pytest.raises(ForecastError, match="cannot be fitted"):
        market.fit(training, dt.date(2024, 8, 1))


def test_the_market_does_not_know_results() -> None:
    training = make_world()
    rows = np.arange(0, 40)
    market = MarketModel(odds=odds_of(training, rows))
    from dataclasses import replace

    other = replace(training, home_goals=training.away_goals, away_goals=training.home_goals)
    assert np.array_equal(market.predict(training, rows).results, market.predict(other, rows).results)


def test_the_market_needs_odds() -> None:
    with pytest.raises(BadInput, match="needs odds"):
        model("market").predict(make_world(), np.array([1]))
    with pytest.raises(BadInput, match="no method"):
        model("market", method="guess")


def test_of_several_odds_the_sharpest_are_taken_and_none_of_the_day_or_later() -> None:
    connection = duckdb.connect()
    connection.execute(SCHEMA)
    connection.execute(
        """
        INSERT INTO store.match (id, competition, season, date, home, away, status, home_goals, away_goals,
                                 neutral, sources) VALUES
            (1, 'ita.1', 2023, '2023-08-20', 'ita/a', 'ita/b', 'played', 2, 1, false, 't'),
            (2, 'ita.1', 2023, '2023-08-21', 'ita/c', 'ita/d', 'played', 0, 0, false, 't'),
            (3, 'ita.1', 2023, '2023-08-28', 'ita/b', 'ita/c', 'played', 0, 3, false, 't');
        INSERT INTO store.odds (match, bookmaker, market, closing, home, draw, away, source, document, line) VALUES
            (1, 'bet365', '1x2', false, 1.9, 3.4, 4.0, 's', 'd', 1),
            (1, 'pinnacle', '1x2', false, 1.95, 3.5, 4.2, 's', 'd', 1),
            (1, 'pinnacle', '1x2', true, 2.0, 3.6, 4.1, 's', 'd', 1),
            (1, 'pinnacle', 'total', true, 2.0, NULL, 1.9, 's', 'd', 1),
            (2, 'bet365', '1x2', false, 2.5, 3.1, 3.0, 's', 'd', 2),
            (2, 'a-stranger', '1x2', true, 2.4, 3.2, 3.1, 's', 'd', 2),
            (3, 'pinnacle', '1x2', true, 2.4, 3.2, 3.1, 's', 'd', 3)
        """
    )
    view = View(Archive(connection, path=None, kind="file"), dt.date(2023, 8, 28))
    found = MatchOdds.from_view(view)
    assert found.home == ("ita/a", "ita/c")
    assert found.told_by == ("pinnacle closing", "bet365")
    assert found.odds.tolist() == pytest.approx(np.array([[2.0, 3.6, 4.1], [2.5, 3.1, 3.0]]), abs=1e-6)
    assert len(MatchOdds.from_view(view, since=dt.date(2023, 8, 21))) == 1
