"""Lists of clubs: who beat the champions is known, and what a list leaves open is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from secondleg.archive import starter
from secondleg.archive.view import View
from secondleg.errors import BadInput
from secondleg.football.match import Venue
from secondleg.records import Clubs, Event, FirstLeg, Question, Scope, Statistic, Subject, Unit, answer
from secondleg.records.clubs import LIST_LIMIT
from support.small_archive import small_archive

LEAGUE = Scope(competitions=("eng.1",), first_season=2023, last_season=2023)
ANY = Subject.any_club()


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with starter.load() as loaded:
        yield loaded.view(dt.date(2024, 7, 1))


def listed(view: View, question: Question) -> Clubs:
    found = answer(view, question).value
    assert isinstance(found, Clubs)
    return found


def names(view: View, question: Question) -> list[str]:
    return [one.club.partition("/")[2] for one in listed(view, question).clubs]


@pytest.mark.parametrize(
    ("beaten", "by"),
    [
        # the defeats of 2023-24 as the league lists them
        ("eng/manchester-city", {"wolverhampton-wanderers", "arsenal", "aston-villa"}),
        ("eng/arsenal", {"aston-villa", "newcastle-united", "west-ham-united", "fulham"}),
        ("eng/liverpool", {"tottenham-hotspur", "arsenal", "crystal-palace", "everton"}),
    ],
)
def test_who_beat_them_is_known(view: View, beaten: str, by: set[str]) -> None:
    against = replace(LEAGUE, opponent=beaten)
    assert set(names(view, Question(Statistic.WHICH, Event("won"), ANY, scope=against))) == by
    assert set(names(view, Question(Statistic.WHICH, Event("lost"), Subject.of(beaten), scope=LEAGUE))) == by
    never = listed(view, Question(Statistic.WHICH_NEVER, Event("won"), ANY, scope=against))
    assert (never.n, never.of) == (19 - len(by), 19)


def test_those_that_did_it_twice_come_first(view: View) -> None:
    found = listed(
        view, Question(Statistic.WHICH, Event("won"), ANY, scope=replace(LEAGUE, opponent="eng/arsenal"))
    )
    first = found.clubs[0]
    # Aston Villa won both, on 9 December and 14 April
    assert (first.club, first.times, first.of) == ("eng/aston-villa", 2, 2)
    assert (first.first, first.last) == (dt.date(2023, 12, 9), dt.date(2024, 4, 14))
    assert found.latest == first


def test_the_proof_is_the_latest_of_each(view: View) -> None:
    found = answer(
        view, Question(Statistic.WHICH, Event("won"), ANY, scope=replace(LEAGUE, opponent="eng/arsenal"))
    )
    assert len(found.rows) == 4
    assert found.more == 0
    assert all(row.holds for row in found.rows)
    never = answer(
        view, Question(Statistic.WHICH_NEVER, Event("won"), Subject.of("eng/liverpool"), scope=LEAGUE)
    )
    assert never.rows
    assert not any(row.holds for row in never.rows)


def test_an_answer_over_what_is_held_whole_is_sure(view: View) -> None:
    sure = answer(view, Question(Statistic.WHICH, Event("won"), ANY, scope=LEAGUE)).sure
    assert sure.words == "exactly 20"
    since = replace(LEAGUE, first_season=1992)
    gaps = answer(view, Question(Statistic.WHICH, Event("won"), ANY, scope=since))
    assert gaps.at_least
    assert gaps.sure.words.startswith("at least 20;")
    never = answer(view, Question(Statistic.WHICH_NEVER, Event("won by", n=8), ANY, scope=since))
    assert not never.sure.exact
    assert "in what is held" in never.sure.words


TABLE = """
2020-09-01  eng/a 1-0 eng/b   eng.1 2020
2020-09-08  eng/b 2-0 eng/c   eng.1 2020
2020-09-15  eng/c 0-1 eng/a   eng.1 2020
2021-09-01  eng/a 1-1 eng/d   eng.1 2021
2021-09-08  eng/b 3-0 eng/d   eng.1 2021
2020-10-01  eng/a 0-3 ita/x   uefa.el 2020 quarter-final leg=1
2020-10-08  ita/x 0-4 eng/a   uefa.el 2020 quarter-final leg=2
2021-10-01  eng/b 0-1 ita/x   uefa.el 2021 quarter-final leg=1
2021-10-08  ita/x 1-2 eng/b   uefa.el 2021 quarter-final leg=2
"""


@pytest.fixture(scope="module")
def small() -> View:
    return small_archive(TABLE).view(dt.date(2022, 1, 1))


IN_LEAGUE = Scope(competitions=("eng.1",))


def test_each_season_is_each_of_the_scope(small: View) -> None:
    played = listed(small, Question(Statistic.WHICH_EVERY, Event("played"), ANY, scope=IN_LEAGUE))
    assert ([one.club for one in played.clubs], played.seasons) == (["eng/b", "eng/a"], 2)
    won = listed(small, Question(Statistic.WHICH_EVERY, Event("won"), ANY, scope=IN_LEAGUE))
    assert [one.club for one in won.clubs] == ["eng/b"]


def test_clubs_of_one_country(small: View) -> None:
    europe = Scope(competitions=("uefa.el",))
    assert names(small, Question(Statistic.WHICH, Event("won"), ANY, scope=europe)) == ["x", "b", "a"]
    english = replace(europe, country="eng")
    assert names(small, Question(Statistic.WHICH, Event("won"), ANY, scope=english)) == ["b", "a"]


def test_of_a_tie_without_a_known_winner_nothing_is_said(small: View) -> None:
    # level on aggregate, and nobody tells who went through: neither side is among those that never have
    ties = Scope(competitions=("uefa.el",))
    found = listed(small, Question(Statistic.WHICH, Event("went through"), ANY, Unit.TIE, ties))
    assert [one.club for one in found.clubs] == ["eng/a"]
    never = listed(small, Question(Statistic.WHICH_NEVER, Event("went through"), ANY, Unit.TIE, ties))
    assert (never.n, never.of) == (0, 2)


def test_after_a_first_leg(small: View) -> None:
    lost = Scope(competitions=("uefa.el",), first_leg=FirstLeg(venue=Venue.HOME, at_most=-3))
    assert names(small, Question(Statistic.WHICH, Event("went through"), ANY, Unit.TIE, lost)) == ["a"]


def test_of_the_last_matches_of_a_club(small: View) -> None:
    last = replace(IN_LEAGUE, last=1)
    assert names(small, Question(Statistic.WHICH, Event("won"), Subject.of("eng/b"), scope=last)) == ["d"]


def test_what_has_no_opponents_has_no_list_of_them() -> None:
    club = Subject.of("eng/liverpool")
    with pytest.raises(BadInput, match="no one opponent"):
        Question(Statistic.WHICH, Event("won"), club, Unit.CAMPAIGN)
    with pytest.raises(BadInput, match="pair has one opponent"):
        Question(Statistic.WHICH, Event("won"), Subject.pair("eng/liverpool", "eng/everton"))


def test_a_list_travels_as_json(view: View) -> None:
    question = Question(Statistic.WHICH_NEVER, Event("won"), ANY, scope=replace(LEAGUE, country="eng"))
    assert Question.from_dict(question.to_dict()) == question
    found = answer(view, replace(question, statistic=Statistic.WHICH)).to_dict()
    assert found["value"]["n"] == len(found["value"]["clubs"]) == 20
    assert {"club", "times", "of", "first", "last"} <= found["value"]["clubs"][0].keys()


def test_a_long_list_is_cut_and_counted() -> None:
    many = LIST_LIMIT + 7
    lines = [f"2020-09-01  eng/w{n} 1-0 eng/l{n}   eng.1 2020" for n in range(many)]
    found = answer(
        small_archive("\n".join(lines)).view(dt.date(2021, 1, 1)),
        Question(Statistic.WHICH, Event("won"), ANY, scope=IN_LEAGUE),
    )
    assert isinstance(found.value, Clubs)
    assert (found.value.n, len(found.value.clubs)) == (many, LIST_LIMIT)
    assert len(found.rows) + found.more == many
