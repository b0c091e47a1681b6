"""The dynamic model against a second implementation with dense matrices, and what must hold of any filter."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.strength import DynamicModel, TrainingCompetition, TrainingSet
from secondleg.strength import recursion as recursion_module
from secondleg.strength.recursion import pass_over
from secondleg.strength.states import start_of, steps_of
from support.worlds import make_world

LEAGUE = (TrainingCompetition("eng.1", "eng", "league", 1),)


def played(
    results: list[tuple[int, str, str, int, int]],
    *,
    clubs: tuple[str, ...] = ("eng/a", "eng/b", "eng/c", "eng/d"),
    neutral: bool = False,
) -> TrainingSet:
    """Matches of one league as (day, home, away, home goals, away goals)."""
    n = len(results)
    return TrainingSet(
        date=np.array([np.datetime64("2020-08-01") + day for day, *_ in results], dtype="datetime64[D]"),
        home=np.array([clubs.index(home) for _, home, *_ in results], dtype=np.int64),
        away=np.array([clubs.index(away) for _, _, away, *_ in results], dtype=np.int64),
        competition=np.zeros(n, dtype=np.int64),
        neutral=np.full(n, neutral),
        home_goals=np.array([float(goals) for *_, goals, _ in results]),
        away_goals=np.array([float(goals) for *_, goals in results]),
        clubs=clubs,
        countries=tuple("eng" for _ in clubs),
        competitions=LEAGUE,
    )


class Dense:
    """The same filter written with one state vector and one covariance matrix, textbook fashion.

    State: strength, tempo, venue of each club; level of each division, each country; goals and home advantage of each
    competition; the common home advantage. After each match the covariances that the recursion does without are 0.
    """

    def __init__(self, model: DynamicModel, matches: TrainingSet) -> None:
        self.model, self.matches = model, matches
        start = start_of(model, matches)
        self.start = start
        n, d, c, k = (
            len(matches.clubs),
            len(start.divisions),
            len(start.countries),
            len(matches.competitions),
        )
        self.at = {"club": 0, "division": 3 * n, "country": 3 * n + d}
        self.at |= {"goals": 3 * n + d + c, "home": 3 * n + d + c + k, "common": 3 * n + d + c + 2 * k}
        size = self.at["common"] + 1
        self.mean = np.concatenate(
            (np.tile([model.newcomer, 0.0, 0.0], n), start.division, np.zeros(c + 2 * k), [start.common[0]])
        )
        variances = np.concatenate((
            np.tile(np.array([model.strength_sd, model.tempo_sd, model.venue_sd]) ** 2, n),
            start.division_var,
            np.full(c, model.country_sd**2),
            np.full(k, model.competition_goals_sd**2),
            np.full(k, model.competition_home_sd**2),
            [start.common[1]],
        ))  # fmt: skip
        self.cov = np.diag(variances)
        self.fade, self.move = np.zeros(size), np.zeros(size)
        self.fade[: 3 * n] = np.tile([model.strength_fade, model.tempo_fade, model.venue_fade], n)
        self.move[: 3 * n] = np.tile([model.strength_move, model.tempo_move, model.venue_move], n)
        self.move[self.at["country"] : self.at["goals"]] = model.country_move
        self.fade[self.at["goals"] : self.at["home"]] = model.competition_goals_fade
        self.move[self.at["goals"] : self.at["home"]] = model.competition_goals_move
        self.fade[self.at["home"] : self.at["common"]] = model.competition_home_fade
        self.move[self.at["home"] : self.at["common"]] = model.competition_home_move
        self.move[self.at["common"]] = model.home_advantage_move
        block = np.concatenate((
            np.repeat(np.arange(n), 3),
            n + np.arange(d),
            np.full(c, n + d),
            n + d + 1 + np.arange(2 * k + 1),
        ))  # fmt: skip
        self.kept = block[:, None] == block[None, :]
        self.since = np.full(size, float(matches.date.min().astype(np.int64)))
        self.division_of = np.full(n, -1)

    def wait(self, parts: np.ndarray, day: float) -> None:
        days = day - self.since[parts]
        fade = np.exp(-days * self.fade[parts])
        self.mean[parts] *= fade
        grid = np.ix_(parts, parts)
        self.cov[grid] *= np.outer(fade, fade)
        self.cov[parts, parts] += days * self.move[parts] ** 2
        self.since[parts] = day

    def see(self, row: int) -> tuple[float, float, float, float]:
        """What is expected of the match `row`: edge, pace and their variances; then it is seen."""
        matches, model, at, start = self.matches, self.model, self.at, self.start
        day = float(matches.date[row].astype(np.int64))
        home, away, c = int(matches.home[row]), int(matches.away[row]), int(matches.competition[row])
        league = int(start.division_of_competition[c])
        for w in (home, away):
            parts = np.arange(3 * w, 3 * w + 3)
            old = int(self.division_of[w])
            if old < 0:
                abroad, below = int(start.unplaced_of_club[w]), int(start.lower_of_club[w])
                self.division_of[w] = league if league >= 0 else abroad if start.international[c] else below
                self.since[parts] = day
                continue
            self.wait(parts, day)
            if league >= 0 and old != league:
                tier = start.tier_of_division
                usual = model.promoted if tier[league] < tier[old] else model.relegated
                gap = self.mean[at["division"] + old] - self.mean[at["division"] + league]
                self.mean[3 * w] = model.kept * (self.mean[3 * w] + gap) + (1.0 - model.kept) * usual
                self.cov[3 * w, 3 * w] += model.change_sd**2
                self.division_of[w] = league
        self.wait(np.array([at["goals"] + c, at["home"] + c, at["common"]]), day)
        di, dj = int(self.division_of[home]), int(self.division_of[away])
        half = 0.0 if matches.neutral[row] else 0.5
        edge, pace = np.zeros(len(self.mean)), np.zeros(len(self.mean))
        edge[3 * home], edge[3 * away] = 1.0, -1.0
        edge[3 * home + 2] = edge[3 * away + 2] = edge[at["home"] + c] = edge[at["common"]] = half
        pace[3 * home + 1] = pace[3 * away + 1] = pace[at["goals"] + c] = 1.0
        if di != dj:
            edge[at["division"] + di] += 1.0
            edge[at["division"] + dj] -= 1.0
            ci, cj = int(start.country_of_division[di]), int(start.country_of_division[dj])
            if ci != cj:
                self.wait(np.arange(at["country"], at["goals"]), day)
            edge[at["country"] + ci] += 1.0
            edge[at["country"] + cj] -= 1.0
        expected = edge @ self.mean, math.log(model.goals) + pace @ self.mean
        told = (*expected, edge @ self.cov @ edge, pace @ self.cov @ pace)
        sight = np.array([pace + edge, pace - edge])
        spread = np.diag(sight @ self.cov @ sight.T)
        rate = np.exp(np.array([expected[1] + expected[0], expected[1] - expected[0]]) + 0.25 * spread)
        noise = model.noise
        if league < 0:
            noise = model.noise_europe if start.international[c] else model.noise_cup
        goals = np.array([matches.home_goals[row], matches.away_goals[row]])
        gain = self.cov @ sight.T @ np.linalg.inv(sight @ self.cov @ sight.T + np.diag(noise / rate))
        self.mean = self.mean + gain @ ((goals - rate) / rate)
        self.cov = np.where(self.kept, self.cov - gain @ sight @ self.cov, 0.0)
        return told


def test_the_recursion_is_the_textbook_filter_on_dense_matrices() -> None:
    matches = make_world(clubs_per_league=4, rounds=2, european=20, domestic=10)
    moved = matches.competition.copy()  # two clubs of the second division go up for the last matches
    last = np.argsort(matches.date, kind="stable")[-30:]
    moved[last] = np.where(moved[last] == 1, 0, moved[last])
    matches = replace(matches, competition=moved)
    model = DynamicModel(country_move=0.01, home_advantage_move=0.01)
    told = model.forecasts(matches, np.arange(len(matches)))
    dense = Dense(model, matches)
    days_with_one = np.bincount((matches.date - matches.date.min()).astype(int))
    compared = 0
    for row in steps_of(matches):
        expected = dense.see(int(row))
        if days_with_one[int((matches.date[row] - matches.date.min()).astype(int))] == 1:
            assert told[row, :4] == pytest.approx(expected, rel=1e-9, abs=1e-12)
            compared += 1
    assert compared > 50


@pytest.mark.slow
def test_compiled_and_plain_recursion_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    matches = make_world(clubs_per_league=6, rounds=3, european=60)
    rows = np.arange(0, len(matches), 3)
    plain = DynamicModel().forecasts(matches, rows)
    monkeypatch.setattr(recursion_module, "COMPILED_FROM", 1)
    compiled, is_compiled = recursion_module.recursion_for(len(matches))
    assert is_compiled
    assert compiled is not pass_over
    assert DynamicModel().forecasts(matches, rows) == pytest.approx(plain, rel=1e-12, abs=1e-14)


def test_the_order_in_which_rows_stand_does_not_matter() -> None:
    matches = make_world(clubs_per_league=6, rounds=2)
    turn = np.random.default_rng(5).permutation(len(matches))
    names = np.random.default_rng(6).permutation(len(matches.clubs))  # nor the numbers of the clubs
    place = np.argsort(names)
    other = replace(
        matches,
        clubs=tuple(matches.clubs[n] for n in names),
        countries=tuple(matches.countries[n] for n in names),
        **{
            name: getattr(matches, name)[turn]
            for name in ("date", "competition", "neutral", "home_goals", "away_goals")
        },
        home=place[matches.home[turn]],
        away=place[matches.away[turn]],
    )
    day = dt.date(2024, 6, 1)
    one, two = DynamicModel().fit(matches, day), DynamicModel().fit(other, day)
    for club in matches.clubs:
        assert two.club(club).overall == pytest.approx(one.club(club).overall, rel=1e-12)


SCORES = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.permutations(range(4)).map(lambda clubs: clubs[:2]),
        st.integers(0, 6),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=25,
    unique_by=lambda result: result[0],
)


@given(SCORES)
@settings(max_examples=40, deadline=None)
def test_on_neutral_ground_sides_may_be_swapped(
    results: list[tuple[int, list[int], int, int]],
) -> None:
    clubs = "abcd"
    rows = [(day, f"eng/{clubs[i]}", f"eng/{clubs[j]}", x, y) for day, (i, j), x, y in results]
    swapped = [(day, away, home, y, x) for day, home, away, x, y in rows]
    day = dt.date(2021, 8, 1)
    one = DynamicModel().fit(played(rows, neutral=True), day)
    other = DynamicModel().fit(played(swapped, neutral=True), day)
    first, second = rows[-1][1:3]
    grid = one.score_grid(first, second, neutral=True)
    mirrored = one.score_grid(second, first, neutral=True)
    assert np.array_equal(grid.grid, mirrored.grid.T)
    assert other.goal_expectation(first, second, neutral=True) == pytest.approx(
        one.goal_expectation(first, second, neutral=True), rel=1e-9
    )


@given(st.integers(0, 5), st.integers(0, 5), st.integers(1, 4000))
@settings(max_examples=30, deadline=None)
def test_matches_make_surer_and_time_less_sure(home_goals: int, away_goals: int, idle: int) -> None:
    matches = played([(0, "eng/a", "eng/b", home_goals, away_goals), (7, "eng/b", "eng/a", 1, 1)])
    first, later = dt.date(2020, 8, 9), dt.date(2020, 8, 9) + dt.timedelta(days=idle)
    model = DynamicModel(strength_fade=0.0)  # with it doubt goes to what it is of a club never seen again
    prior = start_of(model, matches).club.reshape(-1, 9)[:, [3, 6, 8]]
    now = model.fit(matches, first)
    assert (now.states.club.reshape(-1, 9)[:2, [3, 6, 8]] < prior[:2]).all()
    then = model.fit(matches, later)
    assert min(then.uncertainty("eng/a", "eng/b")) > 0.0
    assert then.states.common[1] > now.states.common[1]
    assert then.states.club[3] > now.states.club[3]


def test_a_win_abroad_speaks_for_the_whole_country() -> None:
    matches = make_world(clubs_per_league=6, rounds=2, european=4)
    day = dt.date(2024, 6, 1)
    europe = matches.competition == 3
    english_home = np.array([country == "eng" for country in matches.countries])[matches.home]
    extra = np.where(europe & english_home, 2.0, 0.0), np.where(europe & ~english_home, 2.0, 0.0)
    better = replace(
        matches, home_goals=matches.home_goals + extra[0], away_goals=matches.away_goals + extra[1]
    )
    abroad = set(matches.home[europe]) | set(matches.away[europe])
    stayed = next(
        club for n, club in enumerate(matches.clubs) if n not in abroad and club.startswith("eng/1")
    )
    one, other = DynamicModel().fit(matches, day), DynamicModel().fit(better, day)
    before, after = (fit.goal_expectation(stayed, "ita/1-0") for fit in (one, other))
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_a_promoted_club_keeps_its_share_of_what_it_was() -> None:
    matches = make_world(clubs_per_league=6, rounds=2, european=10)
    model = DynamicModel(kept=0.75, promoted=-0.2)
    fitted = model.fit(matches, dt.date(2024, 6, 1))
    club = "eng/2-1"
    states, n = fitted.states, fitted.number(club)
    of = {division.code: number for number, division in enumerate(states.divisions)}
    gap = states.division[of["eng.2"]] - states.division[of["eng.1"]]
    expected = 0.75 * (states.club[9 * n] + gap) - 0.25 * 0.2
    division, state = fitted._placed(n, of["eng.1"])
    assert states.divisions[division].code == "eng.1"
    assert state[0] == pytest.approx(expected)
    # as the recursion does it, before the first match in the new division
    row = len(matches)
    more = replace(
        matches,
        date=np.append(matches.date, np.datetime64("2024-06-01")),
        home=np.append(matches.home, n),
        away=np.append(matches.away, 0),
        competition=np.append(matches.competition, 0),
        neutral=np.append(matches.neutral, False),
        home_goals=np.append(matches.home_goals, 0.0),
        away_goals=np.append(matches.away_goals, 0.0),
    )
    told = model.predict(more, np.array([row]))
    asked = fitted.goal_expectation(club, matches.clubs[0], competition="eng.1")
    assert (told.home_goals[0], told.away_goals[0]) == pytest.approx(asked, rel=1e-12)


def test_shots_are_a_second_sight_of_a_match() -> None:
    goals_alone = make_world(clubs_per_league=6, rounds=1, european=10)
    none = replace(
        goals_alone,
        home_on_target=np.full(len(goals_alone), np.nan),
        away_on_target=np.full(len(goals_alone), np.nan),
    )
    many = replace(
        goals_alone, home_on_target=np.full(len(none), 9.0), away_on_target=np.full(len(none), 1.0)
    )
    model, day = DynamicModel(shots_share=0.6), dt.date(2024, 6, 1)
    without, gaps, shots = (model.fit(matches, day) for matches in (goals_alone, none, many))
    sides = ("eng/1-0", "eng/1-1")
    assert gaps.goal_expectation(*sides) == without.goal_expectation(*sides)
    # home sides had nine shots on target to one: home advantage is greater than goals alone say
    assert shots.states.common[0] > without.states.common[0]


def test_settings_are_checked() -> None:
    with pytest.raises(BadInput, match="noise cannot be 0"):
        DynamicModel(noise=0.0)
    with pytest.raises(BadInput, match="strength_move cannot be -1"):
        DynamicModel(strength_move=-1.0)
