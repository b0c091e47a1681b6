"""A match in play: hand arithmetic, a simulation of its own, and what must hold at every minute."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from secondleg.errors import BadInput
from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast import TieState, forecast_match, forecast_tie
from secondleg.forecast.exact import SecondLeg, factors_of
from secondleg.forecast.expectation import Expectation
from secondleg.forecast.level import LevelTie
from secondleg.forecast.live import LiveMatch, LiveState, live_match
from secondleg.forecast.live_clock import Minute, timeline
from secondleg.forecast.live_factors import LiveFactors, live_factors
from secondleg.forecast.tie import second_leg_effects
from secondleg.strength import Strengths

Maker = Callable[..., Strengths]
NOW = TieRules(2, False, True, False, DecidedBy.PENALTIES)
AWAY_GOALS = TieRules(2, True, True, True, DecidedBy.PENALTIES)
FINAL = TieRules(1, False, True, False, DecidedBy.PENALTIES, neutral=True)

EVEN = LiveFactors(
    by_minute=np.ones(90),
    stoppage_rate=(1.0, 1.0),
    stoppage_minutes=(0.0, 0.0),
    by_lead=np.ones((2, 7)),
    by_aggregate_lead=np.ones((2, 7)),
    short=(1.0, 0.5, 0.4),
    over=(1.0, 1.5, 1.8),
)
"""Goals fall as they may: nothing matters but time and red cards."""

rates = st.floats(min_value=0.4, max_value=2.8)
minutes = st.integers(min_value=0, max_value=90)
scores = st.tuples(st.integers(0, 4), st.integers(0, 4))


def at(
    minute: int, home: int = 0, away: int = 0, *, added: int = 0, reds: tuple[int, int] = (0, 0)
) -> LiveState:
    return LiveState(Minute(minute, added), Goals(home, away), reds)


def second_leg(rules: TieRules, first: tuple[int, int], host: float = 1.4, visitor: float = 1.3) -> LiveMatch:
    expected = Expectation(host, visitor, -0.04, (0.04, 0.04))
    level = LevelTie(rules, (host, visitor), (host, visitor), dependence=0.0, factor=1.0)
    decider = SecondLeg(expected, rules, level, factors_of(second_leg_effects, 3))
    leg = Goals(*first)
    return LiveMatch(decider.at(leg.difference), decider=decider, first_leg=leg)


# -- a match alone -------------------------------------------------------------------------------------


@pytest.mark.parametrize("minute", [0, 30, 75, 89])
def test_without_effects_what_is_left_is_poisson(minute: int) -> None:
    """Skellam with the share of the rates that is left."""
    told = LiveMatch(Expectation(1.5, 1.1), factors=EVEN).forecast(at(minute, 1, 0))
    left = (90 - minute) / 90
    assert told.home_win == pytest.approx(float(stats.skellam.sf(-1, 1.5 * left, 1.1 * left)), abs=1e-6)
    assert told.draw == pytest.approx(float(stats.skellam.pmf(-1, 1.5 * left, 1.1 * left)), abs=1e-6)
    assert told.home_more == pytest.approx(1.5 * left, abs=1e-6)
    one, none, other = told.next_goal
    assert none == pytest.approx(math.exp(-2.6 * left), abs=1e-6)
    assert one / other == pytest.approx(1.5 / 1.1, abs=1e-5)


def test_a_red_card_by_hand() -> None:
    """Ten men from the 60th minute on score half, the other side half as much again."""
    told = LiveMatch(Expectation(1.5, 1.2), factors=EVEN).forecast(at(60, 0, 0, reds=(1, 0)))
    assert told.home_more == pytest.approx(1.5 / 3 * 0.5, abs=1e-6)
    assert told.away_more == pytest.approx(1.2 / 3 * 1.5, abs=1e-6)
    both = LiveMatch(Expectation(1.5, 1.2), factors=EVEN).forecast(at(60, 0, 0, reds=(1, 1)))
    assert both.home_more == pytest.approx(1.5 / 3, abs=1e-6)


def test_a_simulation_agrees() -> None:
    """The fitted factors, played out minute by minute by a generator of random numbers."""
    factors, expected = live_factors(), Expectation(1.6, 1.2)
    line, rng, n = timeline(factors), np.random.default_rng(7), 40_000
    steps = 4  # a minute
    share = np.repeat(line.share / steps, steps)
    start = line.steps(Minute(40)) * steps
    home, away = np.full(n, 1), np.full(n, 0)
    for each in share[start:]:
        lead = np.clip(home - away, -3, 3)
        one = expected.home * each * factors.by_lead[0, lead + 3] * factors.short[1]
        other = expected.away * each * factors.by_lead[1, 3 - lead] * factors.over[1]
        home, away = home + (rng.random(n) < one), away + (rng.random(n) < other)
    plain = LiveMatch(expected)
    plain._weight[:] = 1.0  # the simulation knows no forecast that it must agree with at kick-off
    told = plain.forecast(at(40, 1, 0, reds=(1, 0)))
    for chance, seen in (
        (told.home_win, home > away),
        (told.draw, home == away),
        (told.away_win, home < away),
    ):
        assert chance == pytest.approx(float(seen.mean()), abs=4 * math.sqrt(0.25 / n) + 1e-3)
    assert told.home_more == pytest.approx(float(home.mean()) - 1, abs=0.02)


@settings(max_examples=15)
@given(home=rates, away=rates)
def test_at_kick_off_it_is_the_forecast_before_the_match(home: float, away: float) -> None:
    expected = Expectation(home, away, -0.05, (0.03, 0.02))
    told, grid = LiveMatch(expected).forecast(at(0)), expected.grid()
    assert told.home_win == pytest.approx(grid.home_win, abs=1e-6)
    assert told.draw == pytest.approx(grid.draw, abs=1e-6)
    assert told.grid is not None
    assert told.grid.grid[:6, :6] == pytest.approx(grid.grid[:6, :6], abs=1e-6)


@settings(max_examples=15)
@given(home=rates, away=rates, minute=minutes, score=scores)
def test_chances_are_chances(home: float, away: float, minute: int, score: tuple[int, int]) -> None:
    told = LiveMatch(Expectation(home, away, -0.05)).forecast(at(minute, *score))
    assert told.home_win + told.draw + told.away_win == pytest.approx(1.0, abs=1e-9)
    assert sum(told.next_goal) == pytest.approx(1.0, abs=1e-9)
    assert min(told.home_win, told.draw, told.away_win, *told.next_goal) >= 0.0
    assert told.after_goal is not None
    for_home, for_away = told.after_goal
    assert for_home.home_win >= told.home_win - 1e-9 >= for_away.home_win - 2e-9


@settings(max_examples=10)
@given(home=rates, away=rates, minute=minutes, score=scores)
def test_the_sides_may_be_swapped_where_home_is_no_advantage(
    home: float, away: float, minute: int, score: tuple[int, int]
) -> None:
    one = LiveMatch(Expectation(home, away, -0.05), factors=EVEN).forecast(at(minute, *score, reds=(1, 0)))
    other = LiveMatch(Expectation(away, home, -0.05), factors=EVEN).forecast(
        at(minute, *score[::-1], reds=(0, 1))
    )
    assert one.home_win == pytest.approx(other.away_win, abs=1e-9)
    assert one.draw == pytest.approx(other.draw, abs=1e-9)


def test_a_lead_is_safe_when_the_time_is_up() -> None:
    match = LiveMatch(Expectation(1.5, 1.2))
    over = LiveState(Minute(90, over=True), Goals(2, 1))
    assert match.forecast(over).home_win == 1.0
    assert match.forecast(LiveState(Minute(90, 4), Goals(2, 1), stoppage=4.0)).home_win == 1.0
    assert 0.9 < match.forecast(at(90, 2, 1)).home_win < 1.0
    # more stoppage, more time to equalise
    short, long = (match.forecast(LiveState(Minute(90), Goals(2, 1), stoppage=each)) for each in (2.0, 9.0))
    assert short.home_win > long.home_win
    # nobody knows how long it will go on, but it does
    assert match.forecast(at(90, 2, 1, added=12)).home_win < 1.0


# -- a tie ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [NOW, AWAY_GOALS], ids=["now", "away goals"])
@pytest.mark.parametrize("first", [(0, 3), (1, 1), (2, 0)])
def test_at_kick_off_the_tie_is_as_it_was(strengths: Maker, rules: TieRules, first: tuple[int, int]) -> None:
    known = strengths(1.5, 1.2)
    state = TieState("x/first", "y/second", Goals(*first), "uefa.el")
    before = forecast_tie(known, state, rules)
    told = live_match(known, "y/second", "x/first", competition="uefa.el", tie=state, rules=rules).forecast(
        at(0)
    )
    assert told.home_endings is not None and told.away_endings is not None
    for name, chance in before.first_endings.to_dict().items():
        assert told.away_endings.to_dict()[name] == pytest.approx(chance, abs=1e-6)
    assert told.extra_time == pytest.approx(before.extra_time, abs=1e-6)
    assert told.home_win == pytest.approx(before.next_match.home_win, abs=1e-6)


def test_before_and_within_a_first_leg(strengths: Maker) -> None:
    known = strengths(1.5, 1.2)
    state = TieState("x/first", "y/second", None, "uefa.el")
    match = live_match(known, "x/first", "y/second", competition="uefa.el", tie=state, rules=NOW)
    # what the first leg may still say of strengths is left out in play, so the tie before it is told a little apart
    told = match.forecast(at(0))
    assert told.home_endings is not None
    assert told.home_endings.goes_through == pytest.approx(
        forecast_tie(known, state, NOW).goes_through("x/first"), abs=0.02
    )
    over = match.forecast(LiveState(Minute(90, over=True), Goals(2, 0)))
    after = forecast_tie(known, TieState("x/first", "y/second", Goals(2, 0), "uefa.el"), NOW)
    assert over.home_endings is not None
    assert over.home_endings.goes_through == pytest.approx(after.goes_through("x/first"), abs=1e-9)
    with pytest.raises(BadInput, match="extra time"):
        match.forecast(at(100))


def test_a_match_alone_and_a_final(strengths: Maker) -> None:
    known = strengths(1.5, 1.2)
    alone = live_match(known, "x/first", "y/second", competition="uefa.el")
    assert alone.forecast(at(0)).home_win == pytest.approx(
        forecast_match(known, "x/first", "y/second", competition="uefa.el").home_win, abs=1e-6
    )
    assert alone.forecast(at(0)).home_endings is None
    state = TieState("x/first", "y/second", None, "uefa.el", neutral=True)
    final = live_match(
        known, "x/first", "y/second", competition="uefa.el", neutral=True, tie=state, rules=FINAL
    )
    told = final.forecast(at(90, 1, 1))
    assert told.home_endings is not None
    assert told.extra_time == pytest.approx(told.draw, abs=1e-9)


@settings(max_examples=12)
@given(minute=minutes, score=scores, first=scores, away_goals=st.booleans())
def test_one_side_goes_through_and_a_goal_helps(
    minute: int, score: tuple[int, int], first: tuple[int, int], away_goals: bool
) -> None:
    match = second_leg(AWAY_GOALS if away_goals else NOW, first)
    told = match.forecast(at(minute, *score))
    assert told.home_endings is not None and told.away_endings is not None
    home, away = told.home_endings.goes_through, told.away_endings.goes_through
    assert home + away == pytest.approx(1.0, abs=1e-9)
    assert told.after_goal is not None
    for_home, for_away = (moment.home_through for moment in told.after_goal)
    assert for_home is not None and for_away is not None
    assert for_home >= home - 1e-8
    assert for_away <= home + 1e-8


def test_the_curve_is_the_forecast_of_every_minute() -> None:
    """Back from the end and forward from the score are two ways to one number."""
    match = second_leg(NOW, (0, 3))
    goals = [(Minute(7), 1), (Minute(45, 1), 1), (Minute(70), 0)]
    reds = [(Minute(55), 0)]
    curve = match.curve(goals, reds)
    assert [str(moment.score) for moment in (curve.moments[6], curve.moments[7], curve.moments[-1])] == [
        "0-0",
        "0-1",
        "1-2",
    ]
    for place in (0, 7, 30, 44, 60, 80, 93):
        moment = curve.moments[place]
        card = (int(moment.minute >= Minute(55)), 0)
        told = match.forecast(LiveState(moment.minute, moment.score, card)).moment
        assert moment.home_through == pytest.approx(told.home_through, abs=1e-6)
        assert moment.home_win == pytest.approx(told.home_win, abs=1e-6)
        assert moment.extra_time == pytest.approx(told.extra_time, abs=1e-6)
    last = curve.moments[-1]
    assert last.home_through == 1.0  # 4-2 on aggregate


def test_chances_do_not_drift() -> None:
    """What is said at kick-off is the mean of what is said later, over all scores by then."""
    match = second_leg(AWAY_GOALS, (1, 0))
    chain, share = match._chain((0, 0)), timeline(match.factors).share
    start = np.zeros((match._size, match._size))
    start[0, 0] = 1.0
    values = chain.backward(match._values((0, 0)), share)
    by_then = chain.forward(start, share[:60]) * values[60, 0]
    mean = float((by_then * values[60, 3] / values[60, 0]).sum() / by_then.sum())
    assert mean == pytest.approx(match.forecast(at(0)).moment.home_through, abs=1e-7)


# -- extra time ----------------------------------------------------------------------------------------


def test_extra_time_by_hand() -> None:
    """Level at 105 minutes: a sixth of the rates is left, then an even shoot-out."""
    told = second_leg(NOW, (2, 1), host=1.2, visitor=0.9).forecast(at(105, 1, 0))
    left = (1.2 / 6, 0.9 / 6)
    ahead, even = float(stats.skellam.sf(0, *left)), float(stats.skellam.pmf(0, *left))
    assert told.home_endings is not None
    assert told.home_endings.extra_time == pytest.approx(ahead, abs=1e-9)
    assert told.penalties == pytest.approx(even, abs=1e-9)
    assert told.home_endings.goes_through == pytest.approx(ahead + even / 2, abs=1e-9)
    leading = second_leg(NOW, (2, 1)).forecast(at(120, 2, 0))
    assert leading.home_endings is not None and leading.home_endings.goes_through == 1.0


def test_away_goals_in_extra_time() -> None:
    """1-1 and 1-1, then a goal of each side in extra time: the visitor's counts double when it ends so."""
    match = second_leg(AWAY_GOALS, (1, 1))
    told = match.forecast(at(120, 2, 2))
    assert told.away_endings is not None and told.away_endings.goes_through == 1.0
    even = match.forecast(at(120, 1, 1))
    assert even.penalties == 1.0
    assert even.home_endings is not None and even.home_endings.penalties == 0.5


def test_a_curve_goes_on_into_extra_time() -> None:
    match = second_leg(NOW, (1, 0))
    curve = match.curve([(Minute(80), 0), (Minute(110), 0)], extra_time=True)
    assert curve.moments[-1].home_through == 1.0
    assert str(curve.moments[-1].score) == "2-0"
    assert len(curve.clock) == len(curve.moments)
    at_90 = curve.moments[-31]
    start = match.forecast(LiveState(Minute(90, over=True), Goals(1, 0))).moment
    assert at_90.home_through == pytest.approx(start.home_through, abs=1e-9)


# -- the clock -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "played", "added", "over"),
    [
        ("60", 60, 0, False),
        ("45+2", 45, 2, False),
        ("90 + 3", 90, 3, False),
        ("HT", 45, 0, True),
        ("105'", 105, 0, False),
    ],
)
def test_minutes_as_people_write_them(text: str, played: int, added: int, over: bool) -> None:
    assert Minute.read(text) == Minute(played, added, over)


@pytest.mark.parametrize("text", ["", "sixty", "130", "60+2", "-3", "45+", "3:15"])
def test_what_is_no_minute_is_told(text: str) -> None:
    with pytest.raises(BadInput, match=r"minute|stoppage"):
        Minute.read(text)


def test_steps_of_the_clock() -> None:
    line = timeline(live_factors(), (2.0, 3.0))
    assert len(line.share) == 95
    assert line.clock[-1] == 95.0
    assert [line.steps(Minute.read(text)) for text in ("0", "45", "45+1", "45+9", "HT", "46", "90", "90+3")] == [
        0, 45, 46, 47, 47, 48, 92, 95,
    ]  # fmt: skip
    assert str(line.ends[46]) == "45+2"


def test_goals_by_minute_add_up_to_those_expected() -> None:
    factors = live_factors()
    assert timeline(factors).share.sum() == pytest.approx(1.0, abs=0.02)
    assert factors.short[1] < 1.0 < factors.over[1]
    assert factors.men(-3) == factors.short[-1]
