"""What is written is read back: the same question, the same value, for every phrase and for answers of the starter."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondleg.archive import starter
from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.errors import BadInput
from secondleg.football.match import Result, Venue
from secondleg.football.stage import ENGLISH
from secondleg.language.agreeing import disagreement, round_trip
from secondleg.language.grammar import Reader, worded
from secondleg.language.kinds import KINDS, Season
from secondleg.language.lexicon import Lexicon
from secondleg.language.names import Names, names_of
from secondleg.language.reading import read, read_whole
from secondleg.language.scoping import About, scope_text, scopes_read
from secondleg.language.writing import sentence
from secondleg.records import (
    EVENTS,
    EVERYTHING,
    Event,
    Family,
    FirstLeg,
    Measure,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    answer,
    europe,
)
from secondleg.records.answer import Extreme, Holder, Occurrence
from secondleg.records.terms import OpponentClass, Per

AS_OF = dt.date(2024, 4, 17)
LIVERPOOL, ATALANTA = "eng/liverpool", "ita/atalanta"
ROOT = Path(__file__).parents[2]
LEXICON = Lexicon(
    {LIVERPOOL: "Liverpool", ATALANTA: "Atalanta", "eng/wolverhampton-wanderers": "Wolves",
     "fra/psg": "Paris Saint-Germain",
     "nor/bodo-glimt": "Bodø/Glimt", "ger/schalke": "Schalke 04", "nir/st": "St. Mary's"},
    {"uefa.cl": "Champions League", "uefa.el": "Europa League", "eng.1": "Premier League",
     "isl.1": "Iceland, first tier",
     "uefa.sc": "UEFA Super Cup", "uefa.itc": "Intertoto Cup", "uefa.fairs": "Inter-Cities Fairs Cup"},
    calendar=frozenset({"isl.1"}),
)  # fmt: skip
NAMES = names_of(LEXICON, LEXICON.clubs, LEXICON.competitions)
ABOUT = About(AS_OF, LIVERPOOL, ATALANTA, "uefa.el", 2023, dt.date(2024, 4, 18), calendar=LEXICON.calendar)

numbers = st.integers(min_value=0, max_value=12_345)
days = st.dates(min_value=dt.date(1880, 1, 1), max_value=dt.date(2030, 12, 31))
PERCENTS = ["no chance", "under 1 percent", "over 99 percent", "100 percent", "7 percent", "55 percent"]
KINDS_OF_VALUES: dict[str, Any] = {
    "number": numbers, "figures": numbers, "some": numbers, "times": numbers, "goals": numbers, "points": numbers,
    "ordinal": st.integers(min_value=1, max_value=2000),
    "score": st.tuples(st.integers(0, 30), st.integers(0, 30)),
    "day": days,
    "season": st.builds(Season, st.integers(1870, 2098), calendar=st.booleans()),
    "year": st.integers(1870, 2030), "month": st.integers(1, 12), "weekday": st.integers(1, 7),
    "minute": st.integers(1, 120), "signed": st.integers(-300, 300),
    "letters": st.text("WDLTO", min_size=1, max_size=12),
    "percent": st.sampled_from(PERCENTS),
    "decimal": st.integers(0, 99).map(lambda n: n / 10),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(KINDS_OF_VALUES))
def test_every_kind_of_value_is_read_as_it_was_written(kind: str) -> None:
    @given(KINDS_OF_VALUES[kind])
    @settings(max_examples=60, deadline=None)
    def check(value: object) -> None:
        words = Reader(KINDS[kind].write(value), Names()).text.words
        assert (len(words), value) in list(KINDS[kind].read(words, 0))

    check()


scopes = st.builds(
    Scope,
    family=st.sampled_from([None, *Family]),
    venue=st.sampled_from([None, *Venue]),
    opponent_country=st.sampled_from([None, "ita", "kaz", "ned"]),
    stages=st.sampled_from([None, *((stage,) for stage in ENGLISH if stage != "final")]),
    from_stage=st.sampled_from([None, "quarter-final", "round-of-16"]),
    qualifying=st.booleans(),
    first_season=st.none() | st.integers(1955, 2023),
    since=st.none() | days,
    until=st.none() | days,
    last=st.none() | st.integers(2, 40),
    opponent_class=st.sampled_from([None, *OpponentClass]),
    leg=st.sampled_from([None, 1, 2]),
    months=st.none() | st.integers(1, 12).map(lambda n: (n,)),
    weekdays=st.none() | st.integers(1, 7).map(lambda n: (n,)),
    this_season=st.booleans(),
    opening=st.none() | st.integers(2, 20),
)


@given(scopes)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_scope_is_read_as_it_was_written(scope: Scope) -> None:
    text = scope_text(scope, LEXICON, last=True)
    assert text is not None
    reader = Reader(f"Liverpool {text} won", NAMES)
    # the words of the scope stand between a club and a verb
    found = [
        values["scope"]
        for end, values in reader._nodes(_nodes("{club} won"), 0, 0, {}, True)
        if end == len(reader.text.words) and "scope" in values
    ]
    assert any(scope == read_as for pieces in found for read_as, _ in scopes_read(pieces, Unit.MATCH, ABOUT))


def _nodes(source: str) -> Any:
    from secondleg.language.template import wording

    return wording(source).nodes


first_legs = st.sampled_from(
    [
        *(FirstLeg(venue, result) for venue in (None, Venue.HOME, Venue.AWAY) for result in Result),
        *(FirstLeg(Venue.HOME, at_most=-n) for n in range(1, 6)),
        *(FirstLeg(Venue.AWAY, at_least=n) for n in range(1, 6)),
        *(FirstLeg(Venue.HOME, at_least=n, at_most=n) for n in (-3, -1, 2)),
        FirstLeg(Venue.HOME, scored=0, conceded=3),
        FirstLeg(scored=2, conceded=2),
    ]
)


@given(first_legs, st.booleans(), st.integers(0, 30), st.integers(1, 400))
@settings(max_examples=80, deadline=None)
def test_a_first_leg_is_read_as_it_was_written(leg: FirstLeg, europe_only: bool, k: int, more: int) -> None:
    scope = europe(super_cup=False, intertoto=False, first_leg=leg) if europe_only else Scope(first_leg=leg)
    question = Question(Statistic.SHARE, Event("went out"), Subject.of(LIVERPOOL), unit=Unit.TIE, scope=scope)
    words = scope_text(scope, LEXICON, unit=Unit.TIE)
    values = {"club": LIVERPOOL, "unit": "tie", "event": "went out", "k": k, "of": k + more, "scope": words}
    text = worded("say share", values, LEXICON)
    assert text is not None
    best = read_whole(text, NAMES, ABOUT)[0]
    assert best.question == question
    assert dict(best.value) == {"k": k, "of": k + more}


@pytest.fixture(scope="module")
def view() -> View:
    return starter.load().view(AS_OF)


SCOPES = (
    EVERYTHING,
    europe(),
    europe(venue=Venue.HOME),
    europe(qualifying=False, super_cup=False),
    europe(first_leg=FirstLeg(venue=Venue.HOME, result=Result.LOST)),
    Scope(last=10),
    Scope(competitions=("uefa.cl",), first_season=2010),
    Scope(competitions=("uefa.cl", "uefa.el")),
    Scope(opponent_country="ita"),
    Scope(family=Family.LEAGUE, since=dt.date(2020, 1, 1), venue=Venue.AWAY),
    Scope(stages=("semi-final",)),
    Scope(this_season=True),
    Scope(months=(3,)),
)
SUBJECTS = (Subject.of(LIVERPOOL), Subject.pair(ATALANTA, LIVERPOOL), Subject.any_club())


def questions(seed: int, many: int) -> list[Question]:
    """Questions of every statistic, unit and event, over all kinds of scope and subject, drawn by chance."""
    chance = random.Random(seed)
    found: list[Question] = []
    while len(found) < many:
        unit, statistic = chance.choice(list(Unit)), chance.choice(list(Statistic))
        name = chance.choice(list(EVENTS[unit]))
        takes = EVENTS[unit][name].arguments
        event = {
            "n": chance.randint(1, 4) if "n" in takes else None,
            "stage": chance.choice(["final", "semi-final", "round-of-16"]) if "stage" in takes else None,
            "who": "Salah" if "who" in takes else None,
            "against": chance.randint(0, 4) if "against" in takes else None,
        }
        whole = {
            Statistic.TOTAL: {"measure": chance.choice(list(Measure)[:5])},
            Statistic.AVERAGE: {"measure": chance.choice([Measure.SCORED, Measure.CONCEDED])},
            Statistic.NTH: {"nth": chance.randint(1, 5)},
            Statistic.MOST: {"per": Per.UNIT, "measure": Measure.DIFFERENCE},
            Statistic.FEWEST: {"per": Per.UNIT, "measure": Measure.DIFFERENCE},
        }.get(statistic, {})
        try:
            found.append(
                Question(
                    statistic,
                    Event(name, **event),
                    chance.choice(SUBJECTS),
                    unit=unit,
                    scope=chance.choice(SCOPES),
                    **whole,
                )
            )
        except BadInput:
            continue
    return found


def faults(view: View, asked: list[Question]) -> tuple[int, list[str]]:
    """How many of the questions have a sentence, and what is wrong with which."""
    lexicon = pieces.lexicon(view)
    names = names_of(lexicon, lexicon.clubs, [*lexicon.competitions, "uefa.sc", "uefa.itc"])
    about = replace(ABOUT, calendar=lexicon.calendar)
    told, wrong = 0, []
    for question in asked:
        try:
            found = answer(view, question)
        except BadInput:
            continue
        text = sentence(question, found, lexicon)
        if text is None:
            continue
        told += 1
        fault = round_trip(read_whole(text, names, about), found)
        if fault:
            wrong.append(f"{text} | {fault} | {question.to_dict()}")
    return told, wrong


def test_answers_are_read_as_they_were_written(view: View) -> None:
    told, wrong = faults(view, questions(1, 240))
    assert wrong == []
    assert told > 50


@pytest.mark.slow
def test_many_more_answers_are_read_as_they_were_written(view: View) -> None:
    told, wrong = faults(view, questions(2, 1500))
    assert wrong == []
    assert told > 200


@pytest.mark.parametrize("clubs", [(LIVERPOOL,), (LIVERPOOL, ATALANTA)])
def test_clubs_that_share_a_record_are_read_as_they_were_written(view: View, clubs: tuple[str, ...]) -> None:
    scope = Scope(family=Family.EUROPE)
    question = Question(Statistic.MOST, Event("won"), Subject.any_club(), scope=scope, per=Per.CLUB)
    found = answer(view, question)
    holders = tuple(Holder(club, 20.0, 25, dt.date(2023, 5, 1)) for club in clubs)
    found = replace(found, value=Extreme(20.0, holders, 30, 19.0))
    text = sentence(question, found, LEXICON)
    assert text is not None and text.endswith("20 times each." if len(clubs) > 1 else "20 times.")
    assert round_trip(read_whole(text, NAMES, ABOUT), found) is None
    other = replace(found, value=Extreme(20.0, (*holders, Holder("eng/chelsea", 20.0, 25, AS_OF)), 30, 19.0))
    assert round_trip(read_whole(text, NAMES, ABOUT), other) is not None


@pytest.mark.parametrize("unit", list(Unit))
def test_the_first_side_to_do_it_so_often_is_read_as_it_was_written(view: View, unit: Unit) -> None:
    scope = Scope() if unit is Unit.SEASON else Scope(competitions=("uefa.cl",))
    name = "went through" if unit is Unit.TIE else "won"
    question = Question(Statistic.FIRST_TO, Event(name), Subject.any_club(), unit, scope, nth=4)
    found = answer(view, question)
    if unit is Unit.SEASON:  # the starter archive holds no league whole
        first = Occurrence(dt.date(1905, 4, 29), "1904-05", "eng.1", 0, 0, LIVERPOOL)
        found = replace(found, value=first)
    text = sentence(question, found, LEXICON)
    assert text is not None and "four times" in text and "were Liverpool" in text
    assert round_trip(read_whole(text, NAMES, ABOUT), found) is None
    assert round_trip(read_whole(text.replace("Liverpool", "Atalanta"), NAMES, ABOUT), found) is not None


def test_a_changed_number_is_not_read_as_the_answer(view: View) -> None:
    question = Question(Statistic.CURRENT_STREAK, Event("conceded"), Subject.of(LIVERPOOL))
    found = answer(view, question)
    lexicon = pieces.lexicon(view)
    text = sentence(question, found, lexicon)
    assert text is not None and "nine" in text
    names = names_of(lexicon, lexicon.clubs, lexicon.competitions)
    changed = read_whole(text.replace("nine", "eight"), names, ABOUT)[0]
    assert changed.question == question
    assert disagreement(changed.value, found) == "it states 'length' otherwise than the answer: 8"
    other = read_whole(text.replace("Liverpool", "Atalanta"), names, ABOUT)
    assert round_trip(other, found) is not None


def test_a_changed_match_is_not_read_as_the_answer(view: View) -> None:
    question = Question(Statistic.LAST, Event("clean sheet"), Subject.of(LIVERPOOL))
    found = answer(view, question)
    lexicon = pieces.lexicon(view)
    text = sentence(question, found, lexicon)
    names = names_of(lexicon, lexicon.clubs, lexicon.competitions)
    assert text is not None and round_trip(read_whole(text, names, ABOUT), found) is None
    for before, after in (("1-0", "2-0"), ("at Nottingham", "at home to Nottingham"), ("2 March", "3 March")):
        changed = text.replace(before, after)
        assert changed != text
        assert round_trip(read_whole(changed, names, ABOUT), found) is not None


@pytest.mark.parametrize(
    ("text", "statistic", "event", "scope", "value"),
    [
        ("Liverpool have won eight in a row", "current streak", "won", {}, {"length": 8}),
        ("Liverpool are unbeaten in their last 14 home games in Europe", "current streak", "unbeaten",
         {"venue": "home", "family": "europe"}, {"length": 14}),
        ("Liverpool have gone six Premier League matches without a win", "current streak", "winless",
         {"competitions": ["eng.1"]}, {"length": 6}),
        ("Liverpool have won just two of their last seven away matches in all competitions", "share", "won",
         {"venue": "away", "last": 7}, {"k": 2, "of": 7}),
        ("Liverpool have never won against Dutch sides", "never", "won", {"opponent_country": "ned"}, {"never": True}),
    ],
)  # fmt: skip
def test_other_wordings_are_read(
    text: str, statistic: str, event: str, scope: dict[str, Any], value: dict[str, Any]
) -> None:
    best = read(text, NAMES, ABOUT)[0]
    meant = {"statistic": statistic, "event": {"name": event}, "subject": {"club": LIVERPOOL}, "scope": scope}
    assert best.question == Question.from_dict(meant)
    assert dict(best.value) == value


def test_a_year_that_may_be_a_season_makes_two_readings() -> None:
    readings = read_whole("Liverpool have won three times since 2010, in ten matches.", NAMES, ABOUT)
    asked = [reading.question.scope for reading in readings]
    assert asked == [Scope(since=dt.date(2010, 1, 1)), Scope(first_season=2010)]
    assert readings[0].confidence > readings[1].confidence


def test_where_no_competition_is_named_others_may_be_meant() -> None:
    best = read_whole("Liverpool have won each of their last four matches.", NAMES, ABOUT)[0]
    assert best.question.scope == EVERYTHING
    assert best.alternatives == (Scope(competitions=("uefa.el",)), Scope(family=Family.EUROPE))
