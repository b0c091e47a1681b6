"""A question is a value: it travels through JSON unchanged, and its parts fit together or are refused."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.football.match import Result, Venue
from secondleg.football.stage import RANK
from secondleg.records import (
    EVENTS,
    After,
    Event,
    Family,
    FirstLeg,
    Measure,
    OpponentClass,
    Per,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    europe,
)
from secondleg.records.question import COMPARES, MEASURED

LIVERPOOL = Subject.of("eng/liverpool")

_days = st.dates(dt.date(1955, 1, 1), dt.date(2025, 1, 1))
_maybe_int = st.none() | st.integers(0, 9)
_first_legs = st.builds(
    FirstLeg,
    venue=st.none() | st.sampled_from(Venue),
    result=st.none() | st.sampled_from(Result),
    scored=_maybe_int,
    conceded=_maybe_int,
    at_least=st.none() | st.integers(-5, 5),
    at_most=st.none() | st.integers(-5, 5),
)
_AFTER = (
    After(Event("promoted"), Unit.SEASON),
    After(Event("went out"), Unit.TIE, Scope(competitions=("uefa.cl",), stages=("final",))),
    After(Event("lost by", n=3), scope=Scope(venue=Venue.HOME)),
)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    unit = draw(st.sampled_from(Unit))
    name = draw(st.sampled_from(sorted(EVENTS[unit])))
    takes = EVENTS[unit][name].arguments
    event = Event(
        name,
        n=draw(st.integers(0, 9)) if "n" in takes else None,
        stage=draw(st.sampled_from(sorted(RANK))) if "stage" in takes else None,
        who="Mohamed Salah" if "who" in takes else None,
        against=draw(st.integers(0, 9)) if "against" in takes else None,
    )
    statistic = draw(st.sampled_from(Statistic))
    scope: dict[str, Any] = {
        "competitions": draw(st.none() | st.just(("uefa.el", "eng.1"))),
        "family": draw(st.none() | st.sampled_from(Family)),
        "without": draw(st.sampled_from([(), ("uefa.fairs",), ("uefa.sc", "uefa.itc")])),
        "first_season": draw(st.none() | st.integers(1955, 2024)),
        "since": draw(st.none() | _days),
        "until": draw(st.none() | _days),
        "last": 5 if statistic is Statistic.LAST_N else draw(st.none() | st.integers(1, 20)),
        "months": draw(st.none() | st.just((4, 12))),
        "weekdays": draw(st.none() | st.just((7,))),
        "this_season": draw(st.booleans()),
        "opening": draw(st.none() | st.integers(1, 10)),
        "skip": draw(st.none() | st.integers(1, 3)),
        "after": draw(st.none() | st.sampled_from(_AFTER)),
    }
    if unit is Unit.MATCH:
        scope["venue"] = draw(st.none() | st.sampled_from(Venue))
    if unit is Unit.TIE:
        scope["first_leg"] = draw(st.none() | _first_legs)
    if unit in (Unit.MATCH, Unit.TIE):
        scope["opponent_class"] = draw(st.none() | st.sampled_from(OpponentClass))
        scope["qualifying"] = draw(st.booleans())
        scope["opponent_country"] = draw(st.none() | st.just("ita"))
        scope["stages"] = draw(st.none() | st.just(("final", "semi-final")))
        scope["from_stage"] = draw(st.none() | st.sampled_from(sorted(RANK)))
    try:
        return Question(
            statistic,
            event,
            draw(
                st.sampled_from(
                    [LIVERPOOL, Subject.pair("eng/liverpool", "ita/atalanta"), Subject.any_club()]
                )
            ),
            unit,
            Scope(**scope),
            measure=draw(st.sampled_from(Measure)) if statistic in MEASURED else None,
            nth=draw(st.integers(1, 9)) if statistic in (Statistic.NTH, Statistic.FIRST_TO) else None,
            per=draw(st.sampled_from(Per)) if statistic in COMPARES else None,
            before=draw(st.none() | _days) if statistic is Statistic.SINCE else None,
        )
    except BadInput:
        # parts that cannot be asked together have their own tests below
        return Question(statistic=Statistic.COUNT, event=Event("played"), subject=LIVERPOOL)


@given(questions())
def test_a_question_comes_back_from_json_as_it_was(question: Question) -> None:
    written = json.dumps(question.to_dict())
    back = Question.from_dict(json.loads(written))
    assert back == question
    assert hash(back) == hash(question)


@given(questions(), questions())
def test_different_questions_are_written_differently(one: Question, other: Question) -> None:
    assert (one == other) == (one.to_dict() == other.to_dict())


def test_open_parts_are_left_out() -> None:
    question = Question(Statistic.LAST, Event("clean sheet"), LIVERPOOL)
    assert question.to_dict() == {
        "statistic": "last",
        "event": {"name": "clean sheet"},
        "subject": {"club": "eng/liverpool"},
    }


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"event": Event("winning")}, id="no such event"),
        pytest.param({"event": Event("won by")}, id="event lacks its number"),
        pytest.param({"event": Event("won", n=2)}, id="event takes no number"),
        pytest.param({"event": Event("reached", stage="finale"), "unit": Unit.CAMPAIGN}, id="no such stage"),
        pytest.param({"statistic": Statistic.LAST_N}, id="last n of nothing"),
        pytest.param({"statistic": Statistic.TOTAL}, id="total of nothing"),
        pytest.param({"measure": Measure.SCORED}, id="a measure that nothing adds up"),
        pytest.param({"before": dt.date(2024, 1, 1)}, id="a day that nothing looks before"),
        pytest.param({"statistic": Statistic.FURTHEST}, id="furthest match"),
        pytest.param({"subject": Subject.any_club()}, id="current streak of any club"),
        pytest.param(
            {"unit": Unit.TIE, "scope": Scope(venue=Venue.HOME), "event": Event("played")}, id="home tie"
        ),
        pytest.param({"scope": Scope(first_leg=FirstLeg())}, id="first leg of a match"),
        pytest.param(
            {"unit": Unit.CAMPAIGN, "scope": Scope(opponent="ita/inter"), "event": Event("won")},
            id="campaign against one club",
        ),
        pytest.param(
            {"subject": Subject.pair("eng/a", "eng/b"), "scope": Scope(opponent="eng/c")}, id="two opponents"
        ),
        pytest.param({"scope": Scope(opponent="eng/liverpool")}, id="itself"),
        pytest.param({"unit": Unit.SEASON, "event": Event("clean sheet")}, id="clean sheet of a season"),
        pytest.param({"statistic": Statistic.NTH}, id="nth without n"),
        pytest.param({"nth": 3}, id="n of what has no nth"),
        pytest.param({"statistic": Statistic.MOST}, id="most of nothing"),
        pytest.param({"statistic": Statistic.MOST, "per": Per.CLUB}, id="one club compared with clubs"),
        pytest.param({"per": Per.SEASON}, id="a streak by season"),
        pytest.param(
            {"statistic": Statistic.RANK, "per": Per.CLUB, "of": Statistic.SINCE}, id="rank by a date"
        ),
        pytest.param({"statistic": Statistic.AS_MANY}, id="as many as in how many"),
        pytest.param(
            {"statistic": Statistic.FIRST_TO, "nth": 2}, id="which club was first, asked of one club"
        ),
        pytest.param({"statistic": Statistic.STAKES}, id="stakes of a match"),
        pytest.param({"scope": Scope(country="eng")}, id="a club of a country"),
        pytest.param({"event": Event("scored by")}, id="event lacks its player"),
        pytest.param({"event": Event("won", who="Mohamed Salah")}, id="event takes no player"),
    ],
)
def test_parts_that_do_not_fit_are_refused_with_a_way_out(parts: dict[str, Any]) -> None:
    whole = {"statistic": Statistic.CURRENT_STREAK, "event": Event("won"), "subject": LIVERPOOL, **parts}
    with pytest.raises(BadInput) as told:
        Question(**whole)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"statistic": "mostly", "event": {"name": "won"}},
        {"statistic": "last", "event": {"name": "won", "goals": 2}, "subject": {"club": "eng/a"}},
        {
            "statistic": "last",
            "event": {"name": "won"},
            "subject": {"club": "eng/a"},
            "scope": {"venue": "moon"},
        },
    ],
)
def test_what_is_not_a_question_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="not a question"):
        Question.from_dict(data)


def test_scopes_refuse_what_is_not_there() -> None:
    with pytest.raises(BadInput, match="not a stage"):
        Scope(stages=("last sixteen",))
    with pytest.raises(BadInput, match="give 1 or more"):
        Scope(last=0)


def test_europe_leaves_out_what_it_is_told_to() -> None:
    assert europe().without == ()
    assert europe(fairs_cup=False, super_cup=False).without == ("uefa.fairs", "uefa.sc")
