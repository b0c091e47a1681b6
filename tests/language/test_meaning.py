"""What a question means beyond its words: titles, the Premier League's own years, clubs that share a name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from secondleg.archive import starter
from secondleg.archive.lookup import registered
from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.language.meaning import meant, namesakes
from secondleg.language.names import ArchiveNames, Names
from secondleg.language.reading import ASKED, Reading, read_whole
from secondleg.language.scoping import About
from secondleg.records import Question

AS_OF = dt.date(2024, 4, 17)
ARSENAL = "eng/arsenal"
SINCE_1992 = {"competitions": ["eng.1"], "first_season": 1992}


@pytest.fixture(scope="module")
def view() -> View:
    return starter.load().view(AS_OF)


def readings(view: View, text: str) -> list[Reading]:
    lexicon = pieces.lexicon(view)
    names = ArchiveNames(view=view, lexicon=lexicon)
    about = About(AS_OF, calendar=lexicon.calendar)
    return meant(read_whole(text, names, about, ASKED), text, names, registered())


def question(statistic: str, event: str, club: str | None, scope: dict[str, Any], **parts: Any) -> Question:
    subject = {"club": club} if club else {}
    return Question.from_dict(
        {"statistic": statistic, "event": {"name": event}, "subject": subject, "scope": scope, **parts}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many times have Arsenal won the Premier League?",
         question("count", "won", ARSENAL, SINCE_1992, unit="league season")),
        ("How many Premier League titles have Arsenal won?",
         question("count", "won", ARSENAL, SINCE_1992, unit="league season")),
        ("How many league titles have Arsenal won?",
         question("count", "won", ARSENAL, {"family": "top flight"}, unit="league season")),
        ("When did Arsenal last win the league?",
         question("last", "won", ARSENAL, {"family": "top flight"}, unit="league season")),
        ("How many times have Everton been relegated?",
         question("count", "relegated", "eng/everton", {"family": "league"}, unit="league season")),
        ("Which club has won the most league titles in England?",
         question("most", "won", None, {"family": "top flight", "country": "eng"}, unit="league season", per="club")),
        ("Which club has won the most Premier League titles?",
         question("most", "won", None, SINCE_1992, unit="league season", per="club")),
        ("Who has won the most European Cups?",
         question("most", "won", None, {"competitions": ["uefa.cl"]}, unit="campaign", per="club")),
        ("Who has won the most matches in Europe?", question("most", "won", None, {"family": "europe"}, per="club")),
        ("Biggest win of Arsenal in the Premier League?",
         question("most", "won", ARSENAL, SINCE_1992, measure="difference", per="unit")),
        ("Arsenal's heaviest defeat in the First Division?",
         question("fewest", "lost", ARSENAL, {"competitions": ["eng.1"], "last_season": 1991}, measure="difference",
                  per="unit")),
        ("When did Arsenal last win in the Premier League in 2003-04?",
         question("last", "won", ARSENAL, {"competitions": ["eng.1"], "first_season": 2003, "last_season": 2003})),
        ("Have Liverpool ever won the FA Cup?",
         question("never", "won", "eng/liverpool", {"competitions": ["eng.facup"]}, unit="campaign")),
    ],
)  # fmt: skip
def test_a_question_means_what_football_means_by_it(view: View, text: str, expected: Question) -> None:
    assert readings(view, text)[0].question == expected


def test_the_league_before_the_premier_league_is_another_reading(view: View) -> None:
    found = [
        reading.question.scope for reading in readings(view, "Arsenal's biggest win in the Premier League?")
    ]
    assert found.index(next(scope for scope in found if scope.first_season == 1992)) == 0
    assert any(scope.first_season is None and scope.competitions == ("eng.1",) for scope in found)


def test_a_cup_that_is_won_is_no_match_won(view: View) -> None:
    found = readings(view, "Have Liverpool ever won the Champions League?")
    assert "match" not in {reading.question.unit for reading in found}


def test_a_registered_club_is_meant_by_its_name() -> None:
    names = Names({"everton": ("eng/everton", "chi/everton"), "everton de vina": ("chi/everton2",)})
    assert namesakes(names, {"eng/everton"}) == {"chi/everton"}


def test_a_club_called_by_a_name_of_its_own_is_meant() -> None:
    names = Names({"everton": ("eng/everton", "chi/everton"), "everton de vina": ("chi/everton",)})
    assert namesakes(names, {"eng/everton"}) == set()


def test_where_no_club_is_registered_all_are_meant() -> None:
    assert namesakes(Names({"rovers": ("aaa/rovers", "bbb/rovers")}), {"eng/everton"}) == set()
