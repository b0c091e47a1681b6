"""Elo and pi-ratings: published examples, arithmetic by hand, and ratings as of any day."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from secondleg.errors import BadInput, ForecastError
from secondleg.strength import TrainingCompetition, TrainingSet
from secondleg.strength.ratings import EloModel, PiModel, passes
from secondleg.strength.ratings.mapping import PRIOR_MEAN, PRIOR_SD, fit_mapping
from support.worlds import make_world


def after(
    score: tuple[int, int], *, own: tuple[float, float], k: float, home: float, ground: float = 0.0
) -> float:
    """What a match adds to the home side's rating."""
    rating, shared = list(own), [0.0]
    out = [[0.0] for _ in range(5)]
    passes.elo_pass(
        rating, shared, [0], [0], [1], [0], [0], [ground], [score[0]], [score[1]], k, 0.0, home, *out
    )
    assert rating[0] + rating[1] == pytest.approx(sum(own))
    return rating[0] - own[0]


@pytest.mark.parametrize(("score", "change"), [((3, 1), 9.63), ((1, 1), -3.58), ((1, 3), -20.37)])
def test_the_published_example_of_world_football_elo(score: tuple[int, int], change: float) -> None:
    """Sides of 630 and 500 on neutral ground, K = 20 (the article on the World Football Elo Ratings)."""
    assert after(score, own=(630, 500), k=20, home=100) == pytest.approx(change, abs=0.01)


def test_a_margin_counts_more_the_larger_it_is() -> None:
    changes = [after((goals, 0), own=(1500, 1500), k=10, home=0) for goals in (1, 2, 3, 4)]
    assert changes == pytest.approx([5.0, 7.5, 5 * 14 / 8, 5 * 15 / 8])


def test_home_advantage_is_that_much_of_a_better_rating() -> None:
    at_home = after((1, 0), own=(1500, 1500), k=20, home=65, ground=1.0)
    assert at_home == pytest.approx(20 * (1 - 1 / (1 + 10 ** (-65 / 400))))
    assert at_home == pytest.approx(after((1, 0), own=(1565, 1500), k=20, home=65, ground=0.0))


def test_the_worked_example_of_the_pi_ratings() -> None:
    """Constantinou and Fenton 2013, section 3: 1.6 and 0.4 against 0.3 and −1.2, 4-1; λ = 0.1, γ = 0.3."""
    at_home, on_travel, expected = [1.6, 0.3], [0.4, -1.2], [0.0]
    passes.pi_pass(at_home, on_travel, [0], [0], [1], [1.0], [4], [1], 0.1, 0.3, expected)
    assert expected[0] == pytest.approx(2.4145 + 1.5119, abs=1e-3)
    moved = 0.1 * 3 * math.log10(1 + 0.9264)
    assert at_home == pytest.approx([1.6 - moved, 0.3 + 0.3 * moved], abs=1e-4)
    assert on_travel == pytest.approx([0.4 - 0.3 * moved, -1.2 + moved], abs=1e-4)


days = st.integers(1, 720)


@settings(max_examples=20)
@given(days)
def test_a_rating_as_of_a_day_is_that_of_the_matches_before_it(after_days: int) -> None:
    whole = make_world()
    day = dt.date(2022, 8, 1) + dt.timedelta(days=after_days)
    ratings, shorter = EloModel().ratings(whole), EloModel().ratings(whole.before(day))
    told = ratings.at(day)
    known = dict(zip(shorter.matches.clubs, shorter.rating, strict=True))
    for club, rating in zip(ratings.matches.clubs, told, strict=True):
        assert rating == pytest.approx(known.get(club, math.nan), nan_ok=True)
    table = ratings.table(day)
    assert [each.club for each in table] == [each.club for each in shorter.table(day)]
    assert [each.rating for each in table] == sorted((each.rating for each in table), reverse=True)
    assert sum(each.matches for each in table) == 2 * len(shorter.matches)
    assert all(each.last < day for each in table)


def test_a_history_has_a_rating_for_each_match_and_ends_with_the_present_one() -> None:
    whole = make_world(european=0)
    ratings = EloModel().ratings(whole)
    club = whole.clubs[0]
    days_of, told = ratings.history(club)
    assert len(days_of) == int(((whole.home == 0) | (whole.away == 0)).sum())
    assert (np.diff(days_of.astype(np.int64)) >= 0).all()
    place = ratings.matches.clubs.index(club)
    assert told[-1] == pytest.approx(ratings.rating[place])
    with pytest.raises(ForecastError, match="fra/psg has no match"):
        ratings.history("fra/psg")


def test_points_are_only_moved_not_made() -> None:
    ratings = EloModel().ratings(make_world())
    assert ratings.own.sum() == pytest.approx(ratings.start.sum())
    assert ratings.shared.sum() == pytest.approx(0, abs=1e-9)
    assert abs(ratings.shared).max() > 0


def test_a_match_abroad_moves_the_whole_country() -> None:
    whole = make_world(european=30)
    abroad = whole.competition == 3
    italian = np.array([country == "ita" for country in whole.countries])
    # the Italian side wins every match of the European cup
    home_goals = np.where(abroad, np.where(italian[whole.home], 3.0, 0.0), whole.home_goals)
    away_goals = np.where(abroad, np.where(italian[whole.home], 0.0, 3.0), whole.away_goals)
    won = replace(whole, home_goals=home_goals, away_goals=away_goals)
    shared, plain = EloModel().ratings(won), EloModel(country_k=0).ratings(won)
    ita = sorted(set(whole.countries)).index("ita")
    assert shared.shared[ita] > 20
    assert plain.shared.tolist() == [0.0, 0.0]


def test_a_club_of_a_lower_tier_starts_lower_and_so_does_a_newcomer() -> None:
    day = np.array(["2020-08-01", "2020-08-01", "2021-08-01", "2021-08-02"], dtype="datetime64[D]")
    matches = TrainingSet(
        date=day,
        home=np.array([0, 2, 0, 5]),
        away=np.array([1, 3, 4, 0]),
        competition=np.array([0, 1, 0, 2]),
        neutral=np.zeros(4, dtype=bool),
        home_goals=np.ones(4),
        away_goals=np.ones(4),
        clubs=("eng/a", "eng/b", "eng/c", "eng/d", "eng/e", "ita/f"),
        countries=("eng",) * 5 + ("ita",),
        competitions=(
            TrainingCompetition("eng.1", "eng", "league", 1),
            TrainingCompetition("eng.3", "eng", "league", 3),
            TrainingCompetition("uefa.el", "uefa", "cup"),
        ),
    )
    start = EloModel(tier_step=100, newcomer=70).ratings(matches).start
    assert start.tolist() == [1500, 1500, 1300, 1300, 1430, 1500]


@pytest.mark.slow
def test_a_compiled_pass_is_the_plain_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_world()
    plain, pi = EloModel().ratings(whole), PiModel().ratings(whole)
    monkeypatch.setattr(passes, "COMPILED_FROM", 1)
    compiled = EloModel().ratings(whole)
    assert compiled.own == pytest.approx(plain.own, abs=1e-9)
    assert compiled.shared == pytest.approx(plain.shared, abs=1e-9)
    assert compiled.lead == pytest.approx(plain.lead, abs=1e-9)
    assert compiled.home_after == pytest.approx(plain.home_after, abs=1e-9)
    assert PiModel().ratings(whole).expected == pytest.approx(pi.expected, abs=1e-9)


def test_the_mapping_is_what_scipy_finds() -> None:
    rng = np.random.default_rng(5)
    x = rng.normal(0, 1, 400)
    neutral = rng.random(400) < 0.1
    # differences as the fit counts them: to a hundredth
    x = np.rint(x * 100) / 100
    home, away = rng.poisson(np.exp(0.4 + 0.4 * x)), rng.poisson(np.exp(0.1 - 0.4 * x))
    weight = rng.random(400)
    told = fit_mapping(
        x, neutral, np.zeros(400, dtype=np.int64), ("eng.1",), home.astype(float), away.astype(float), weight
    )

    def loss(theta: np.ndarray) -> float:
        middle = (theta[0] + theta[1]) / 2
        one = np.where(neutral, middle, theta[0]) + theta[2] * x + theta[3] * x**2
        other = np.where(neutral, middle, theta[1]) - theta[2] * x + theta[3] * x**2
        fitted = weight @ (home * one - np.exp(one) + away * other - np.exp(other))
        return -float(fitted) + 0.5 * float((((theta - PRIOR_MEAN) / PRIOR_SD) ** 2).sum())

    found = optimize.minimize(loss, PRIOR_MEAN, method="BFGS").x
    assert [told.home, told.away, told.slope, told.bend] == pytest.approx(found, abs=1e-4)


@pytest.mark.parametrize("settings", [{"k": 0.0}, {"country_k": -1.0}, {"home_advantage": math.nan}])
def test_settings_that_cannot_be_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="give a number"):
        EloModel(**settings)
    with pytest.raises(BadInput, match="learning_rate"):
        PiModel(learning_rate=0.0)
