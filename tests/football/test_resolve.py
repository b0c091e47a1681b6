"""Ties: real ones with a known outcome, and what must hold for every tie."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.football.match import Goals, Match, Score, Status
from secondleg.football.rules import tie_rules
from secondleg.football.tie import DecidedBy, Tie, TieRules, resolve, standing

DAY = dt.date(2020, 3, 3)


def played(
    home: str,
    away: str,
    score: str,
    day: int = 0,
    *,
    after_90: str | None = None,
    pens: str | None = None,
    extra_time: bool | None = False,
    leg: int | None = None,
    neutral: bool = False,
) -> Match:
    """`played("a", "b", "2-1", pens="4-3", extra_time=True)`; extra_time None: not told."""

    def goals(text: str) -> Goals:
        scored, conceded = text.split("-")
        return Goals(int(scored), int(conceded))

    full = goals(after_90) if after_90 else None if extra_time is not False else goals(score)
    told = True if after_90 else extra_time
    return Match(
        competition="uefa.cl",
        season=2019,
        date=DAY + dt.timedelta(days=day),
        home=home,
        away=away,
        status=Status.PLAYED,
        score=Score(goals(score), full, shootout=goals(pens) if pens else None, after_extra_time=told),
        leg=leg,
        neutral=neutral,
    )


AWAY_GOALS = tie_rules("uefa.cl", 2015, "quarter-final")
NO_AWAY_GOALS = tie_rules("uefa.cl", 2023, "quarter-final")
PLAY_OFF = tie_rules("uefa.cl", 1964, "quarter-final")


@pytest.mark.parametrize(
    ("name", "rules", "legs", "by", "winner"),
    [
        (
            "Liverpool v Barcelona 2019",
            tie_rules("uefa.cl", 2018, "semi-final"),
            [played("barcelona", "liverpool", "3-0"), played("liverpool", "barcelona", "4-0", 6)],
            DecidedBy.AGGREGATE,
            "liverpool",
        ),
        (
            "Ajax v Tottenham 2019",
            tie_rules("uefa.cl", 2018, "semi-final"),
            [played("tottenham", "ajax", "0-1"), played("ajax", "tottenham", "2-3", 8)],
            DecidedBy.AWAY_GOALS,
            "tottenham",
        ),
        (
            "Chelsea v Paris 2015: an away goal in extra time",
            tie_rules("uefa.cl", 2014, "round-of-16"),
            [played("paris", "chelsea", "1-1"), played("chelsea", "paris", "2-2", 22, after_90="1-1")],
            DecidedBy.EXTRA_TIME,
            "paris",
        ),
        (
            "no away goals: 1-0 and 2-1 after 90 minutes goes on, and 3-1 ends it",
            NO_AWAY_GOALS,
            [played("a", "b", "1-0"), played("b", "a", "3-1", 7, after_90="2-1")],
            DecidedBy.EXTRA_TIME,
            "b",
        ),
        (
            "Benfica v Marseille 2024",
            tie_rules("uefa.el", 2023, "quarter-final"),
            [
                played("benfica", "marseille", "2-1"),
                played("marseille", "benfica", "1-0", 7, after_90="1-0", pens="4-2"),
            ],
            DecidedBy.PENALTIES,
            "marseille",
        ),
        (
            "Cologne v Liverpool 1965: three draws, then a coin, which no score shows",
            PLAY_OFF,
            [
                played("koeln", "liverpool", "0-0"),
                played("liverpool", "koeln", "0-0", 35),
                played("koeln", "liverpool", "2-2", 42, after_90="2-2", neutral=True),
            ],
            None,
            None,
        ),
        (
            "Atalanta v Sporting 1963",
            tie_rules("uefa.cwc", 1963, "round-1"),
            [
                played("atalanta", "sporting", "2-0"),
                played("sporting", "atalanta", "3-1", 35),
                played("sporting", "atalanta", "3-1", 40, neutral=True, leg=3),
            ],
            DecidedBy.PLAY_OFF,
            "sporting",
        ),
        (
            "a final",
            tie_rules("uefa.cl", 2004, "final"),
            [played("milan", "liverpool", "3-3", after_90="3-3", pens="2-3", neutral=True)],
            DecidedBy.PENALTIES,
            "liverpool",
        ),
        (
            "an FA Cup replay",
            tie_rules("eng.facup", 2015, "round-4"),
            [played("liverpool", "west-ham", "0-0"), played("west-ham", "liverpool", "2-1", 10)],
            DecidedBy.PLAY_OFF,
            "west-ham",
        ),
        (
            "League Cup semi-final 2019: no extra time, penalties",
            tie_rules("eng.eflcup", 2018, "semi-final"),
            [played("tottenham", "chelsea", "1-0"), played("chelsea", "tottenham", "2-1", 16, pens="4-2")],
            DecidedBy.PENALTIES,
            "chelsea",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_known_ties(
    name: str, rules: TieRules, legs: list[Match], by: DecidedBy | None, winner: str | None
) -> None:
    tie = resolve(legs, rules)
    assert (tie.decided_by, tie.winner) == (by, winner)
    assert tie.decided_on == max(leg.date for leg in legs)


def test_the_coin_of_1965_is_found_from_the_next_round() -> None:
    legs = [
        played("koeln", "liverpool", "0-0"),
        played("liverpool", "koeln", "0-0", 35),
        played("koeln", "liverpool", "2-2", 42, after_90="2-2", neutral=True),
    ]
    tie = resolve(legs, PLAY_OFF, known_winner="liverpool")
    assert (tie.decided_by, tie.winner, tie.loser) == (DecidedBy.COIN, "liverpool", "koeln")


def test_the_aggregate_leaves_the_play_off_out() -> None:
    legs = [played("a", "b", "2-0"), played("b", "a", "3-1", 9), played("b", "a", "3-1", 20, leg=3)]
    assert resolve(legs, PLAY_OFF).aggregate == Goals(3, 3)


def test_extra_time_that_nobody_told_of_is_not_guessed() -> None:
    # 0-1 after 90 minutes would have been level; 0-2 can have become so in extra time
    maybe = [played("a", "b", "1-0", extra_time=None), played("b", "a", "2-0", 14, extra_time=None)]
    assert resolve(maybe, AWAY_GOALS).winner == "b"
    assert resolve(maybe, AWAY_GOALS).decided_by is None
    # no score on the way to 0-1 leaves 1-0 and that level: "a" led throughout
    never = [played("a", "b", "3-0", extra_time=None), played("b", "a", "1-0", 14, extra_time=None)]
    assert resolve(never, AWAY_GOALS).decided_by is DecidedBy.AGGREGATE
    # where the rules had no extra time, there was none
    assert resolve(maybe, PLAY_OFF).decided_by is DecidedBy.AGGREGATE


def test_an_open_tie_has_no_winner_and_no_day() -> None:
    first = played("liverpool", "atalanta", "0-3")
    second = Match("uefa.cl", 2019, DAY + dt.timedelta(days=7), "atalanta", "liverpool")
    tie = resolve([second, first], NO_AWAY_GOALS)
    assert (tie.first, tie.winner, tie.decided_by, tie.decided_on) == ("liverpool", None, None, None)
    assert tie.aggregate is None
    now = standing(first, second)
    assert (now.leader, now.lead, now.aggregate, now.played) == ("atalanta", 3, Goals(0, 3), 1)


def test_a_single_leg_of_a_two_legged_tie_decides_nothing() -> None:
    assert resolve([played("a", "b", "5-0")], AWAY_GOALS).winner is None


def test_who_went_on_overrules_the_score_and_the_way_is_unknown() -> None:
    legs = [played("a", "b", "2-0"), played("b", "a", "1-1", 7)]
    tie = resolve(legs, AWAY_GOALS, known_winner="b")
    assert (tie.winner, tie.decided_by) == ("b", None)


def test_a_tie_that_was_never_played_is_a_walkover() -> None:
    cancelled = Match("uefa.cl", 2019, DAY, "a", "b", status=Status.CANCELLED)
    assert resolve([cancelled], AWAY_GOALS, known_winner="b").decided_by is DecidedBy.WALKOVER


@pytest.mark.parametrize(
    "legs",
    [[], [played("a", "b", "1-0"), played("a", "c", "1-0", 7)]],
    ids=["none", "two pairs"],
)
def test_what_is_no_tie_is_an_error(legs: list[Match]) -> None:
    with pytest.raises(BadInput):
        resolve(legs, AWAY_GOALS)


def test_a_stranger_cannot_win() -> None:
    with pytest.raises(BadInput, match="took no part"):
        resolve([played("a", "b", "1-0")], AWAY_GOALS, known_winner="c")


@pytest.mark.parametrize(
    "broken",
    [
        {"legs": 3},
        {"legs": 1, "away_goals": True},
        {"extra_time": False, "away_goals_in_extra_time": True},
        {"last": DecidedBy.AGGREGATE},
    ],
)
def test_rules_that_contradict_themselves_are_errors(broken: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        replace(NO_AWAY_GOALS, **broken)  # type: ignore[arg-type]


# --- what holds for every tie ---

GOALS = st.integers(0, 4)
RULES = st.sampled_from(
    [
        AWAY_GOALS,
        NO_AWAY_GOALS,
        PLAY_OFF,
        tie_rules("uefa.cl", 1968, "round-of-16"),
        tie_rules("uefa.cwc", 1967, "quarter-final"),
        tie_rules("eng.eflcup", 2010, "semi-final"),
    ]
)


@st.composite
def two_legs(draw: st.DrawFn) -> list[Match]:
    """Two legs, the second perhaps after extra time and penalties, as a source may tell them."""
    first = played("a", "b", f"{draw(GOALS)}-{draw(GOALS)}")
    x, y = draw(GOALS), draw(GOALS)
    told = draw(st.sampled_from([None, False, True]))
    after_90 = f"{draw(st.integers(0, x))}-{draw(st.integers(0, y))}" if told else None
    pens = draw(st.sampled_from([None, "4-2", "2-4"]))
    return [first, played("b", "a", f"{x}-{y}", 14, after_90=after_90, extra_time=told, pens=pens)]


def swapped(match: Match) -> Match:
    """The same match with the clubs' names exchanged."""
    other = {"a": "b", "b": "a"}
    return replace(match, home=other[match.home], away=other[match.away])


def outcome(tie: Tie) -> tuple[object, ...]:
    return tie.aggregate, tie.decided_by, tie.winner, tie.decided_on


@given(two_legs(), RULES)
def test_names_do_not_matter(legs: list[Match], rules: TieRules) -> None:
    one, other = resolve(legs, rules), resolve([swapped(leg) for leg in legs], rules)
    assert one.decided_by == other.decided_by and one.aggregate == other.aggregate
    assert one.winner == {"a": "b", "b": "a", None: None}[other.winner]


@given(two_legs(), RULES)
def test_order_does_not_matter(legs: list[Match], rules: TieRules) -> None:
    assert outcome(resolve(legs, rules)) == outcome(resolve(legs[::-1], rules))


@given(two_legs(), RULES)
def test_the_winner_has_more_goals_or_something_else_decided(legs: list[Match], rules: TieRules) -> None:
    tie = resolve(legs, rules)
    assert tie.aggregate is not None
    assert legs[1].score is not None
    if tie.decided_by is not None:
        assert tie.winner is not None
    if legs[1].score.shootout:
        assert tie.decided_by is DecidedBy.PENALTIES
    elif tie.aggregate.difference:
        assert tie.winner == ("a" if tie.aggregate.difference > 0 else "b")
        assert tie.decided_by in (DecidedBy.AGGREGATE, DecidedBy.EXTRA_TIME, None)
    elif tie.winner is not None:
        assert tie.decided_by in (DecidedBy.AWAY_GOALS, DecidedBy.EXTRA_TIME, None)


@given(two_legs(), RULES, st.sampled_from(["a", "b"]))
def test_who_is_known_to_have_won_has_won(legs: list[Match], rules: TieRules, winner: str) -> None:
    tie = resolve(legs, rules, known_winner=winner)
    assert tie.winner == winner
    assert tie.decided_on == legs[1].date


@given(two_legs())
def test_away_goals_matter_only_when_level(legs: list[Match]) -> None:
    with_rule, without = resolve(legs, AWAY_GOALS), resolve(legs, NO_AWAY_GOALS)
    assert with_rule.aggregate is not None
    if with_rule.aggregate.difference:
        assert with_rule.winner == without.winner
