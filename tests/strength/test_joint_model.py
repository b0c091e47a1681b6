"""The joint goal model: what a fit must find, must not see, and must say."""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from secondleg.errors import BadInput, ForecastError
from secondleg.strength import JointGoalModel, Strengths, TrainingCompetition, TrainingSet, UnlinkedLeagues
from secondleg.strength.leagues import linked_groups, membership

World = Callable[..., TrainingSet]


def same(one: Strengths, other: Strengths) -> None:
    assert one.clubs == other.clubs
    assert other.attack == pytest.approx(one.attack, abs=1e-6)
    assert other.defence == pytest.approx(one.defence, abs=1e-6)
    assert other.home_advantage == pytest.approx(one.home_advantage, abs=1e-6)
    assert other.dependence == pytest.approx(one.dependence, abs=1e-6)


def test_it_finds_planted_strengths(world: World, day: dt.date) -> None:
    # the same seed draws the same strengths for any number of rounds; see make_world
    matches = world(rounds=12, european=400, domestic=300)
    rng = np.random.default_rng(1)
    quality = np.repeat([0.2, -0.3, 0.3], 8) + rng.normal(0, 0.2, 24)
    attack = quality + rng.normal(0, 0.15, 24)
    defence = quality + rng.normal(0, 0.15, 24)
    found = JointGoalModel(half_life_days=1e6).fit(matches, day)
    assert np.corrcoef(found.attack, attack)[0, 1] > 0.95
    assert np.corrcoef(found.defence, defence)[0, 1] > 0.95
    assert found.home_advantage == pytest.approx(0.3, abs=0.08)
    assert abs(found.dependence) < 0.05
    quality_of = dict(zip((league.code for league in found.leagues), found.league_quality, strict=True))
    assert quality_of["eng.2"] < quality_of["eng.1"] < quality_of["ita.1"]
    assert found.unlinked == ()


def test_weights_by_hand(world: World) -> None:
    matches = world()
    league, cup = int(np.argmax(matches.competition == 0)), int(np.argmax(matches.competition == 3))
    day = dt.date(2026, 1, 1)
    weight = JointGoalModel(half_life_days=100.0, cup_weight=3.0).weights(matches, day)
    age = [(day - matches.date[i].astype(dt.date)).days for i in (league, cup)]
    assert weight[league] == pytest.approx(0.5 ** (age[0] / 100))
    assert weight[cup] == pytest.approx(3 * 0.5 ** (age[1] / 100))


def test_what_is_played_on_the_day_or_later_changes_nothing(world: World) -> None:
    matches = world()
    day = dt.date(2023, 9, 1)
    later = matches.date >= np.datetime64(day)
    assert 0 < later.sum() < len(matches)
    rewritten = replace(matches, home_goals=np.where(later, 9.0, matches.home_goals))
    fit = JointGoalModel().fit
    same(fit(matches, day), fit(rewritten, day))
    same(fit(matches, day), fit(matches.before(day), day))


def test_the_order_of_matches_changes_nothing(world: World, day: dt.date) -> None:
    matches = world()
    shuffled = matches.take(np.random.default_rng(2).permutation(len(matches)))
    same(JointGoalModel().fit(matches, day), JointGoalModel().fit(shuffled, day))


def test_a_match_given_twice_is_a_match_of_twice_the_weight(world: World, day: dt.date) -> None:
    matches = world()
    cups = np.flatnonzero(matches.competition >= 3)
    twice = matches.take(np.concatenate((np.arange(len(matches)), cups)))
    same(JointGoalModel(cup_weight=2.0).fit(matches, day), JointGoalModel(cup_weight=1.0).fit(twice, day))


def test_a_club_with_few_matches_falls_to_its_league(world: World, day: dt.date) -> None:
    """At the minimum a club stands off its league by its variance × Σ weight × (goals − expected)."""
    matches = world()
    others = np.flatnonzero((matches.home != 0) & (matches.away != 0))
    one = np.flatnonzero((matches.home == 0) & (matches.competition == 0))[-1]
    thin = matches.take(np.sort(np.append(others, one)))
    age = (np.datetime64(day) - matches.date[one]).astype(int)
    for club_sd in (0.5, 0.05):
        found = JointGoalModel(club_sd=club_sd).fit(thin, day)
        home, away = matches.clubs[0], matches.clubs[matches.away[one]]
        number = found.number(home)
        assert found.matches[number] == 1
        scored, conceded = found.goal_expectation(home, away, competition="eng.1")
        weight = club_sd**2 * 0.5 ** (age / 400)
        league = found.league_quality[found.league_of[number]]
        off = weight * (matches.home_goals[one] - scored), weight * (conceded - matches.away_goals[one])
        assert found.attack[number] - league == pytest.approx(off[0], abs=1e-5)
        assert found.defence[number] - league == pytest.approx(off[1], abs=1e-5)


def test_leagues_that_never_meet_are_named(no_europe: TrainingSet, day: dt.date) -> None:
    with pytest.warns(UnlinkedLeagues, match=r"no match links these leagues to the rest: ita\.1\."):
        found = JointGoalModel().fit(no_europe, day)
    assert found.unlinked == (("ita.1",),)
    assert found.linked("eng/1-0", "eng/2-0")
    assert not found.linked("eng/1-0", "ita/1-0")


def test_linked_leagues_raise_no_warning(world: World, day: dt.date) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        JointGoalModel().fit(world(), day)


def test_chains_of_matches_link() -> None:
    # 0-1-2-3 in a chain given back to front, 4-5 apart, 6 alone
    label = linked_groups(np.array([3, 2, 1, 5]), np.array([2, 1, 0, 4]), 7)
    assert label.tolist() == [0, 0, 0, 0, 4, 4, 6]


def test_clubs_without_a_league_stand_where_they_were_seen() -> None:
    """Seen in Europe: at the top of their country; in domestic cups alone: below its lowest division."""
    clubs = ("eng/a", "eng/b", "eng/c", "eng/d", "fra/e", "fra/f")
    matches = TrainingSet(
        date=np.array(["2024-01-01"] * 4, dtype="datetime64[D]"),
        home=np.array([0, 2, 3, 4]),
        away=np.array([1, 0, 4, 5]),
        competition=np.array([0, 1, 2, 3]),
        neutral=np.zeros(4, bool),
        home_goals=np.ones(4),
        away_goals=np.zeros(4),
        clubs=clubs,
        countries=tuple(club[:3] for club in clubs),
        competitions=(
            TrainingCompetition("eng.2", "eng", "league", 2),
            TrainingCompetition("eng.facup", "eng", "cup"),
            TrainingCompetition("uefa.el", "uefa", "cup"),
            TrainingCompetition("fra.cup", "fra", "cup"),
        ),
    )
    members = membership(matches, np.ones(4))
    codes = [(members.leagues[i].code, members.leagues[i].tier) for i in members.league_of]
    assert codes == [
        ("eng.2", 2),
        ("eng.2", 2),
        ("eng.lower", 3),
        ("eng.unplaced", 1),
        ("fra.unplaced", 1),
        ("fra.unplaced", 1),
    ]


def test_a_club_belongs_to_the_league_of_its_weightier_matches() -> None:
    matches = TrainingSet(
        date=np.array(["2023-01-01", "2023-01-02", "2024-01-01"], dtype="datetime64[D]"),
        home=np.array([0, 0, 0]),
        away=np.array([1, 1, 2]),
        competition=np.array([1, 1, 0]),
        neutral=np.zeros(3, bool),
        home_goals=np.ones(3),
        away_goals=np.zeros(3),
        clubs=("eng/up", "eng/down", "eng/top"),
        countries=("eng",) * 3,
        competitions=(
            TrainingCompetition("eng.1", "eng", "league", 1),
            TrainingCompetition("eng.2", "eng", "league", 2),
        ),
    )
    by_number = membership(matches, np.ones(3))
    assert by_number.leagues[by_number.league_of[0]].code == "eng.2"
    by_weight = membership(matches, np.array([0.1, 0.1, 1.0]))
    assert by_weight.leagues[by_weight.league_of[0]].code == "eng.1"


def test_goal_expectations_are_those_of_the_formula(world: World, day: dt.date) -> None:
    found = JointGoalModel().fit(world(), day)
    h, a = found.number("eng/1-0"), found.number("ita/1-3")
    goals = found.level + found.competition_goals[[c.code for c in found.competitions].index("uefa.el")]
    half = (found.home_advantage + found.home_by_country["uefa"]) / 2
    home, away = found.goal_expectation("eng/1-0", "ita/1-3", competition="uefa.el")
    assert home == pytest.approx(math.exp(goals + half + found.attack[h] - found.defence[a]))
    assert away == pytest.approx(math.exp(goals - half + found.attack[a] - found.defence[h]))


def test_on_neutral_ground_the_order_of_sides_does_not_matter(world: World, day: dt.date) -> None:
    found = JointGoalModel().fit(world(), day)
    for competition in (None, "uefa.el", "eng.facup", "esp.cup"):
        one = found.goal_expectation("eng/1-0", "ita/1-3", competition=competition, neutral=True)
        other = found.goal_expectation("ita/1-3", "eng/1-0", competition=competition, neutral=True)
        assert one == other[::-1]
    one_grid = found.score_grid("eng/1-0", "ita/1-3", neutral=True)
    assert np.array_equal(one_grid.grid, found.score_grid("ita/1-3", "eng/1-0", neutral=True).grid.T)


def test_home_is_better_than_neutral_is_better_than_away(world: World, day: dt.date) -> None:
    found = JointGoalModel().fit(world(), day)
    home = found.score_grid("eng/1-0", "ita/1-3").home_win
    neutral = found.score_grid("eng/1-0", "ita/1-3", neutral=True).home_win
    away = found.score_grid("ita/1-3", "eng/1-0").away_win
    assert home > neutral > away


def test_without_a_competition_a_league_match_is_one_of_the_league(world: World, day: dt.date) -> None:
    found = JointGoalModel().fit(world(), day)
    assert found.goal_expectation("eng/2-1", "eng/2-2") == found.goal_expectation(
        "eng/2-1", "eng/2-2", competition="eng.2"
    )


def test_the_table_is_relative_to_the_average_and_in_order(world: World, day: dt.date) -> None:
    found = JointGoalModel().fit(world(), day)
    table = found.table()
    assert {row.club for row in table} == set(found.clubs)
    assert [row.overall for row in table] == sorted((row.overall for row in table), reverse=True)
    row = found.club("ita/1-3")
    assert row in table
    # goals on neutral ground against the average, less what the average club scores there
    n = found.number("ita/1-3")
    attack, defence = (float(np.average(x, weights=found.weight)) for x in (found.attack, found.defence))
    average = math.exp(found.level + attack - defence)
    assert row.attack == pytest.approx(math.exp(found.level + found.attack[n] - defence) - average)
    assert row.defence == pytest.approx(average - math.exp(found.level + attack - found.defence[n]))
    assert row.league == "ita.1"


def test_a_club_without_a_match_is_an_error_that_says_what_to_do(world: World, day: dt.date) -> None:
    found = JointGoalModel().fit(world(), day)
    assert "ita/1-0" in found
    assert "ned/ajax" not in found
    with pytest.raises(
        ForecastError, match=r"ned/ajax has no match before 2024-08-01.*secondleg data import"
    ):
        found.goal_expectation("ned/ajax", "eng/1-0")
    with pytest.raises(ForecastError, match="cannot play itself"):
        found.goal_expectation("eng/1-0", "eng/1-0")


def test_a_day_before_every_match_is_an_error(world: World) -> None:
    with pytest.raises(ForecastError, match=r"no match before 1990-01-01.*Import earlier results"):
        JointGoalModel().fit(world(), dt.date(1990, 1, 1))


@pytest.mark.parametrize("setting", ["half_life_days", "cup_weight", "club_sd", "league_sd", "goals"])
@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_settings_that_make_no_sense_are_refused(setting: str, value: float) -> None:
    with pytest.raises(BadInput, match=setting):
        JointGoalModel(**{setting: value})


def test_goals_that_are_no_numbers_are_an_error(world: World, day: dt.date) -> None:
    matches = world()
    with pytest.raises(ForecastError, match="could not be fitted"):
        JointGoalModel().fit(replace(matches, home_goals=np.full(len(matches), math.nan)), day)
