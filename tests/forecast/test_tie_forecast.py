"""Ties: an independent simulation, hand arithmetic, and what must hold for any strengths and rules."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from secondleg.errors import BadInput, ForecastError
from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast import Endings, Outcome, TieState, forecast_tie
from secondleg.forecast import tie as constants
from secondleg.forecast.tie import second_leg_effects
from secondleg.strength import Strengths

Maker = Callable[..., Strengths]
RuleBook = dict[str, TieRules]

HALF = 0.12  # half of the home advantage of the strengths used here
ENDINGS = ("aggregate", "away_goals", "extra_time", "penalties", "play_off", "coin")

rates = st.floats(min_value=0.3, max_value=3.0)
goals = st.integers(min_value=0, max_value=5)


def state(
    leg: tuple[int, int] | None = None, *, neutral: bool = False, season: int | None = None
) -> TieState:
    return TieState(
        "x/first", "y/second", None if leg is None else Goals(*leg), "uefa.el", season=season, neutral=neutral
    )


@pytest.fixture(autouse=True, scope="module")
def certain_rates() -> Iterator[None]:
    """What is reckoned by hand here has certain rates; `test_exact_tie` has uncertain ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, "SPREAD", 0.0)
        yield


class Simulation:
    """Ties played out one by one with numpy's generator; shares no code with the forecast."""

    def __init__(self, first: float, second: float, rho: float, rules: TieRules, seed: int) -> None:
        self.first, self.second, self.rho, self.rules = first, second, rho, rules
        self.rng = np.random.default_rng(seed)

    def match(self, home: float, away: float, n: int) -> tuple[np.ndarray, np.ndarray]:
        """Scores with the Dixon-Coles correction, by drawing from the corrected table."""
        k = np.arange(25)
        table = np.outer(stats.poisson.pmf(k, home), stats.poisson.pmf(k, away))
        table[0, 0] *= 1 - home * away * self.rho
        table[0, 1] *= 1 + home * self.rho
        table[1, 0] *= 1 + away * self.rho
        table[1, 1] *= 1 - self.rho
        cell = self.rng.choice(625, size=n, p=table.ravel() / table.sum())
        return cell // 25, cell % 25

    def run(self, n: int, leg: tuple[int, int] | None) -> dict[str, np.ndarray]:
        """For each tie: whether the first side went through, how (index into ENDINGS), what it came to."""
        up, down = math.exp(HALF), math.exp(-HALF)
        rules = self.rules
        if rules.legs == 1:
            factors = (1.0, 1.0) if rules.neutral else (up, down)
            mine, theirs = self.match(self.first * factors[0], self.second * factors[1], n)
            first_away = second_away = np.zeros(n, int)
            rate_first, rate_second = self.first * factors[0], self.second * factors[1]
        else:
            if leg is None:
                one, two = self.match(self.first * up, self.second * down, n)
            else:
                one, two = np.full(n, leg[0]), np.full(n, leg[1])
            rate_first, rate_second = self.first * down, self.second * up
            y, x = np.zeros(n, int), np.zeros(n, int)
            for lead in np.unique(one - two):
                here = np.flatnonzero(one - two == lead)
                leader, trailer = constants.LEADER_EFFECT, constants.TRAILER_EFFECT
                e_first = leader * min(lead, 2) if lead > 0 else trailer * min(-lead, 3)
                e_second = leader * min(-lead, 2) if lead < 0 else trailer * min(lead, 3)
                x[here], y[here] = self.match(
                    rate_second * math.exp(e_second), rate_first * math.exp(e_first), len(here)
                )
            mine, theirs = one + y, two + x
            first_away, second_away = y, two
        won = np.sign(mine - theirs)
        how = np.zeros(n, int)
        if rules.away_goals:
            level = won == 0
            won[level] = np.sign(first_away - second_away)[level]
            how[level] = 1
        extra = (won == 0) & rules.extra_time
        if rules.extra_time:
            a, b = self.rng.poisson(rate_first / 3, n), self.rng.poisson(rate_second / 3, n)
            won[extra] = np.sign(a - b)[extra]
            if rules.away_goals_in_extra_time:
                still = extra & (won == 0)
                won[still] = np.sign(first_away + a - second_away)[still]
            how[extra] = 2
        penalties = np.zeros(n, bool)
        if rules.last is DecidedBy.PENALTIES:
            self.toss(won, how, 3)
            penalties = how == 3
        elif rules.last is DecidedBy.COIN:
            self.toss(won, how, 5)
        else:
            factors = (1.0, 1.0) if rules.legs == 2 or rules.neutral else (down, up)
            while (won == 0).any():
                open_still = np.flatnonzero(won == 0)
                how[open_still] = 4
                a, b = self.match(self.first * factors[0], self.second * factors[1], len(open_still))
                more = (
                    self.rng.poisson(self.first * factors[0] / 3, len(open_still)),
                    self.rng.poisson(self.second * factors[1] / 3, len(open_still)),
                )
                won[open_still] = np.where(a == b, np.sign(more[0] - more[1]), np.sign(a - b))
                if rules.after_play_off is DecidedBy.COIN:
                    self.toss(won, how, 5)
                elif rules.after_play_off is DecidedBy.PENALTIES:
                    self.toss(won, how, 3)
                    penalties = how == 3
        return {"first": won == 1, "how": how, "extra": extra, "penalties": penalties}

    def toss(self, won: np.ndarray, how: np.ndarray, ending: int) -> None:
        level = won == 0
        how[level] = ending
        won[level] = self.rng.choice([-1, 1], size=int(level.sum()))


@pytest.mark.parametrize("leg", [None, (0, 1), (2, 1)])
def test_an_independent_simulation_agrees(
    strengths: Maker, rules: TieRules, leg: tuple[int, int] | None
) -> None:
    if rules.legs == 1 and leg is not None:
        leg = None
    n = 60_000
    told = forecast_tie(strengths(1.5, 1.1), state(leg), rules)
    seen = Simulation(1.5, 1.1, -0.05, rules, seed=sum(leg) if leg else 9).run(n, leg)

    def close(chance: float, share: float) -> None:
        assert abs(chance - share) <= 4 * math.sqrt(max(chance * (1 - chance), 1 / n) / n)

    for ending, name in enumerate(ENDINGS):
        close(getattr(told.first_endings, name), float((seen["first"] & (seen["how"] == ending)).mean()))
        close(getattr(told.second_endings, name), float((~seen["first"] & (seen["how"] == ending)).mean()))
    close(told.extra_time, float(seen["extra"].mean()))
    close(told.penalties, float(seen["penalties"].mean()))


@settings(max_examples=25, deadline=None)
@given(first=rates, second=rates, leg=st.one_of(st.none(), st.tuples(goals, goals)), data=st.data())
def test_one_side_goes_through(
    strengths: Maker,
    rule_book: RuleBook,
    first: float,
    second: float,
    leg: tuple[int, int] | None,
    data: st.DataObject,
) -> None:
    rules = rule_book[data.draw(st.sampled_from(sorted(rule_book)))]
    told = forecast_tie(strengths(first, second), state(None if rules.legs == 1 else leg), rules)
    sides = told.first_endings, told.second_endings
    assert sum(side.goes_through for side in sides) == pytest.approx(1.0, abs=1e-12)
    for side in sides:
        assert all(0.0 <= getattr(side, name) <= 1.0 for name in ENDINGS)
        assert side.in_90_minutes == pytest.approx(side.aggregate + side.away_goals)
    assert 0.0 <= told.penalties <= 1.0
    assert 0.0 <= told.extra_time <= 1.0
    if rules.extra_time and rules.last is DecidedBy.PENALTIES:
        assert told.penalties <= told.extra_time + 1e-15
    if told.by_margin:
        assert math.fsum(entry.chance for entry in told.by_margin) == pytest.approx(1.0, abs=1e-12)
        for side, share in zip(sides, ("first_through", "second_through"), strict=True):
            total = math.fsum(getattr(entry, share) for entry in told.by_margin)
            assert total == pytest.approx(side.goes_through, abs=1e-11)


@settings(max_examples=25, deadline=None)
@given(first=rates, second=rates, data=st.data())
def test_swapping_the_sides_of_a_neutral_tie_swaps_the_chances(
    strengths: Maker, rule_book: RuleBook, first: float, second: float, data: st.DataObject
) -> None:
    """On neutral ground and without away goals it does not matter who is named first."""
    names = [name for name in sorted(rule_book) if not rule_book[name].away_goals_in_extra_time]
    rules = rule_book[data.draw(st.sampled_from([name for name in names if not rule_book[name].away_goals]))]
    one = forecast_tie(strengths(first, second), state(neutral=True), rules)
    other = forecast_tie(
        strengths(first, second), TieState("y/second", "x/first", None, "uefa.el", neutral=True), rules
    )
    for name in ENDINGS:
        assert getattr(one.first_endings, name) == pytest.approx(
            getattr(other.second_endings, name), abs=1e-13
        )
        assert getattr(one.second_endings, name) == pytest.approx(
            getattr(other.first_endings, name), abs=1e-13
        )
    assert one.extra_time == pytest.approx(other.extra_time, abs=1e-13)


@given(rate=rates)
@settings(max_examples=10, deadline=None)
def test_equal_sides_on_neutral_ground_have_equal_chances(
    strengths: Maker, rule_book: RuleBook, rate: float
) -> None:
    for name in ("final", "single match", "replay"):
        told = forecast_tie(strengths(rate, rate), state(neutral=True), rule_book[name])
        assert told.goes_through("x/first") == pytest.approx(0.5, abs=1e-13)
    level = forecast_tie(strengths(rate, rate), state((1, 1), neutral=True), rule_book["since 2021"])
    assert level.goes_through("x/first") == pytest.approx(0.5, abs=1e-13)


@settings(max_examples=25, deadline=None)
@given(first=rates, second=rates, leg=st.tuples(goals, goals), effect=st.booleans(), data=st.data())
def test_a_goal_more_never_lowers_the_chance(
    strengths: Maker,
    rule_book: RuleBook,
    first: float,
    second: float,
    leg: tuple[int, int],
    effect: bool,
    data: st.DataObject,
) -> None:
    rules = rule_book[data.draw(st.sampled_from([n for n in sorted(rule_book) if rule_book[n].legs == 2]))]
    known = strengths(first, second)

    def chance(home: int, away: int) -> float:
        told = forecast_tie(known, state((home, away)), rules, state_effect=effect)
        return told.goes_through("x/first")

    assert chance(leg[0] + 1, leg[1]) >= chance(*leg) - 1e-13
    assert chance(leg[0], leg[1] + 1) <= chance(*leg) + 1e-13


@settings(max_examples=25, deadline=None)
@given(first=rates, second=rates, leg=st.tuples(goals, goals))
def test_away_goals_matter_only_when_the_tie_is_level(
    strengths: Maker, rule_book: RuleBook, first: float, second: float, leg: tuple[int, int]
) -> None:
    known = strengths(first, second)
    with_rule = forecast_tie(known, state(leg), rule_book["1970 to 2020"])
    without = forecast_tie(known, state(leg), rule_book["since 2021"])
    assert with_rule.first_endings.aggregate == without.first_endings.aggregate
    assert with_rule.second_endings.aggregate == without.second_endings.aggregate
    level = without.extra_time
    assert with_rule.extra_time <= level + 1e-15
    decided = with_rule.first_endings.away_goals + with_rule.second_endings.away_goals
    assert decided + with_rule.extra_time == pytest.approx(level, abs=1e-13)


def test_a_single_match_by_hand(strengths: Maker, rule_book: RuleBook) -> None:
    """Without dependence: Skellam for 90 minutes, of a third of the rates for extra time, then a half."""
    told = forecast_tie(strengths(1.2, 0.9, dependence=0.0), state(), rule_book["final"])
    win, draw = (float(f) for f in (stats.skellam.sf(0, 1.2, 0.9), stats.skellam.pmf(0, 1.2, 0.9)))
    more, level = (float(f) for f in (stats.skellam.sf(0, 0.4, 0.3), stats.skellam.pmf(0, 0.4, 0.3)))
    first = told.first_endings
    assert first.aggregate == pytest.approx(win, abs=1e-10)
    assert first.extra_time == pytest.approx(draw * more, abs=1e-10)
    assert first.penalties == pytest.approx(draw * level / 2, abs=1e-10)
    assert told.extra_time == pytest.approx(draw, abs=1e-10)
    assert told.penalties == pytest.approx(draw * level, abs=1e-10)


def test_extra_time_had_fewer_goals_to_2010(strengths: Maker, rule_book: RuleBook) -> None:
    known = strengths(1.2, 0.9, dependence=0.0)
    for season, factor in ((2010, 0.78), (2011, 1.0), (None, 1.0)):
        told = forecast_tie(known, state(season=season), rule_book["final"])
        level = float(stats.skellam.pmf(0, 0.4 * factor, 0.3 * factor))
        assert told.penalties == pytest.approx(told.extra_time * level, abs=1e-10)


def test_the_effect_of_a_lead_by_hand(strengths: Maker, rule_book: RuleBook) -> None:
    """0-3 from the home leg: the hosts lead by three, which counts as two; the visitors are three behind."""
    known = strengths(1.5, 1.5)
    leader, trailer = constants.LEADER_EFFECT, constants.TRAILER_EFFECT
    told = forecast_tie(known, state((0, 3)), rule_book["since 2021"]).next_match
    assert (told.home, told.away) == ("y/second", "x/first")
    assert told.home_goals == pytest.approx(1.5 * math.exp(HALF + 2 * leader))
    assert told.away_goals == pytest.approx(1.5 * math.exp(-HALF + 3 * trailer))
    plain = forecast_tie(known, state((0, 3)), rule_book["since 2021"], state_effect=False).next_match
    assert plain.home_goals == pytest.approx(1.5 * math.exp(HALF))
    # no further than a lead of two and a deficit of three
    assert second_leg_effects(1) == (pytest.approx(leader), pytest.approx(trailer))
    assert second_leg_effects(5) == (pytest.approx(2 * leader), pytest.approx(3 * trailer))
    six = forecast_tie(known, state((0, 6)), rule_book["since 2021"]).next_match
    assert six.home_goals == pytest.approx(told.home_goals)


def test_before_the_tie_is_the_mean_over_first_legs(strengths: Maker, rule_book: RuleBook) -> None:
    known = strengths(1.4, 1.2)
    for name in ("since 2021", "1970 to 2020"):
        before = forecast_tie(known, state(), rule_book[name])
        opening = known.score_grid("x/first", "y/second", competition="uefa.el")
        mean = sum(
            opening.score(h, a) * forecast_tie(known, state((h, a)), rule_book[name]).goes_through("x/first")
            for h in range(16)
            for a in range(16)
        )
        assert before.goes_through("x/first") == pytest.approx(mean, abs=1e-7)
        assert (before.first_needs, before.by_margin) == ((), ())
        assert before.next_match.home == "x/first"


def test_needs_and_endings_tell_the_same(strengths: Maker, rule_book: RuleBook) -> None:
    told = forecast_tie(strengths(1.6, 1.4), state((2, 1)), rule_book["1970 to 2020"])
    for club in ("x/first", "y/second"):
        through = math.fsum(n.chance or 0.0 for n in told.needs(club) if n.outcome is Outcome.THROUGH)
        assert through == pytest.approx(told.endings(club).in_90_minutes, abs=1e-12)
        extra = math.fsum(n.chance or 0.0 for n in told.needs(club) if n.outcome is Outcome.EXTRA_TIME)
        assert extra == pytest.approx(told.extra_time, abs=1e-12)


def test_a_lead_beyond_the_grid_is_through(strengths: Maker, rule_book: RuleBook) -> None:
    for name in ("since 2021", "1970 to 2020"):
        told = forecast_tie(strengths(0.5, 0.5), state((40, 0)), rule_book[name])
        assert told.goes_through("x/first") == 1.0
        assert told.goes_through("y/second") == 0.0
        assert math.fsum(entry.first_through for entry in told.by_margin) == pytest.approx(1.0)


def test_it_goes_into_json_and_back(strengths: Maker, rules: TieRules) -> None:
    told = forecast_tie(strengths(1.5, 1.1), state(None if rules.legs == 1 else (1, 2)), rules)
    read = json.loads(json.dumps(told.to_dict(), allow_nan=False))
    assert read["endings"]["first"]["goes_through"] == told.goes_through("x/first")
    assert read["endings"]["second"]["penalties"] == told.second_endings.penalties
    assert len(read["needs"]["first"]) == len(told.first_needs) > 0
    assert sum(entry["chance"] for entry in read["by_margin"]) == pytest.approx(1.0)


def test_wrong_calls_are_told(strengths: Maker, rule_book: RuleBook) -> None:
    known = strengths(1.0, 1.0)
    with pytest.raises(BadInput, match="single match"):
        forecast_tie(known, state((1, 0)), rule_book["final"])
    told = forecast_tie(known, state((1, 0)), rule_book["since 2021"])
    with pytest.raises(BadInput, match="not in the tie"):
        told.goes_through("z/third")
    with pytest.raises(ForecastError, match="no match before"):
        forecast_tie(known, replace(state((1, 0)), second="z/third"), rule_book["since 2021"])


def test_endings_sum_and_name_themselves() -> None:
    endings = Endings(0.1, 0.05, 0.04, 0.03, 0.02, 0.01)
    assert endings.goes_through == pytest.approx(0.25)
    assert list(endings.to_dict()) == [*ENDINGS, "goes_through"]
