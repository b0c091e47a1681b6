"""Titles, finals, promotion and relegation: said as a paper says them, and read back as what was asked."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.language.agreeing import round_trip
from secondleg.language.names import names_of
from secondleg.language.reading import read_whole
from secondleg.language.scoping import FOR_SHOW, About
from secondleg.language.writing import sentence
from secondleg.records import Event, Question, Scope, Statistic, Subject, Unit, answer
from support.small_archive import small_archive

# 1989-90 and 1990-91 in England, four clubs and two: Leeds come up as champions, Derby go down
TABLE = """
1989-05-10  ita/milan     4-0 rou/steaua      uefa.cl 1988 final neutral leg=1
1990-05-23  ita/milan     1-0 por/benfica     uefa.cl 1989 final neutral leg=1
1993-05-26  fra/marseille 1-0 ita/milan       uefa.cl 1992 final neutral leg=1
1994-05-18  ita/milan     4-0 esp/barcelona   uefa.cl 1993 final neutral leg=1
1990-03-10  eng/liverpool 2-0 eng/derby       eng.1 1989 regular-season
1990-04-10  eng/derby     0-1 eng/liverpool   eng.1 1989 regular-season
1990-03-11  eng/leeds     2-0 eng/oldham      eng.2 1989 regular-season
1990-04-11  eng/oldham    0-1 eng/leeds       eng.2 1989 regular-season
1991-03-10  eng/liverpool 2-0 eng/leeds       eng.1 1990 regular-season
1991-04-10  eng/leeds     0-1 eng/liverpool   eng.1 1990 regular-season
1991-03-12  eng/derby     2-0 eng/oldham      eng.2 1990 regular-season
1991-04-12  eng/oldham    0-1 eng/derby       eng.2 1990 regular-season
1991-09-12  eng/liverpool 1-0 eng/derby       eng.1 1991 regular-season
"""


@pytest.fixture(scope="module")
def view() -> View:
    return small_archive(TABLE).view(dt.date(1995, 7, 1))


CUP, LEAGUE, SECOND = ("uefa.cl",), ("eng.1",), ("eng.2",)
FINALS = Scope(competitions=CUP, stages=("final",))


@pytest.mark.parametrize(
    ("club", "statistic", "event", "unit", "scope", "told"),
    [
        ("ita/milan", Statistic.COUNT, "won", Unit.CAMPAIGN, Scope(competitions=CUP),
         "Milan have won the European Cup or Champions League three times, in 1988-89, 1989-90 and 1993-94."),
        ("por/benfica", Statistic.COUNT, "won", Unit.CAMPAIGN, Scope(competitions=CUP),
         "Benfica have never won the Champions League."),
        ("fra/marseille", Statistic.COUNT, "won", Unit.CAMPAIGN, Scope(competitions=CUP),
         "Marseille have won the Champions League once, in 1992-93."),
        ("ita/milan", Statistic.SHARE, "went through", Unit.TIE, FINALS,
         "Milan have won three of their four finals in the European Cup and Champions League."),
        ("eng/liverpool", Statistic.CURRENT_STREAK, "won", Unit.SEASON, Scope(competitions=LEAGUE),
         "Liverpool have won the First Division in each of their last three seasons."),
        ("eng/liverpool", Statistic.COUNT, "won", Unit.SEASON, Scope(competitions=LEAGUE),
         "Liverpool have won the First Division three times, in 1989-90, 1990-91 and 1991-92."),
        ("eng/leeds", Statistic.LAST, "won", Unit.SEASON, Scope(competitions=SECOND),
         "Leeds won the Second Division in 1989-90."),
        ("eng/leeds", Statistic.LAST, "promoted", Unit.SEASON, Scope(competitions=SECOND),
         "Leeds won promotion from the Second Division in 1989-90."),
        ("eng/derby", Statistic.LAST, "relegated", Unit.SEASON, Scope(competitions=LEAGUE),
         "Derby were relegated from the First Division in 1989-90."),
    ],
)  # fmt: skip
def test_honours_as_a_paper_has_them(
    view: View, club: str, statistic: Statistic, event: str, unit: Unit, scope: Scope, told: str
) -> None:
    question = Question(statistic, Event(event), Subject.of(club), unit=unit, scope=scope)
    found = answer(view, question)
    lexicon = pieces.lexicon(view)
    text = sentence(question, found, lexicon)
    assert text == told
    names = names_of(lexicon, lexicon.clubs, [*lexicon.competitions, *FOR_SHOW])
    about = About(view.as_of)
    assert round_trip(read_whole(told, names, about), found) is None
    for right, wrong in (("1989-90", "1985-86"), ("three", "two"), ("once", "twice")):
        if right in told:
            assert round_trip(read_whole(told.replace(right, wrong), names, about), found) is not None
