"""Sentences against matches that can be counted with a finger: is each true, and is it English?"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from secondleg.archive.view import View
from secondleg.football.match import Goals, Result, Venue
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.language import stating
from secondleg.language.agreeing import round_trip
from secondleg.language.lexicon import Lexicon
from secondleg.language.names import names_of
from secondleg.language.reading import read_whole
from secondleg.language.scoping import About
from secondleg.language.writing import sentence, write
from secondleg.records import (
    EVERYTHING,
    Event,
    FirstLeg,
    Measure,
    Per,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    answer,
    europe,
)
from support.small_archive import small_archive

TABLE = """
1971-04-14  eng/liverpool 0-1 eng/leeds       uefa.fairs 1970 semi-final leg=1
1971-04-28  eng/leeds     0-0 eng/liverpool   uefa.fairs 1970 semi-final leg=2
2005-04-05  eng/liverpool 2-1 ita/juventus    uefa.cl 2004 quarter-final leg=1
2005-04-13  ita/juventus  0-0 eng/liverpool   uefa.cl 2004 quarter-final leg=2
2023-02-21  eng/liverpool 2-5 esp/real-madrid uefa.cl 2022 round-of-16 leg=1
2023-03-15  esp/real-madrid 1-0 eng/liverpool uefa.cl 2022 round-of-16 leg=2
2024-02-25  eng/chelsea   0-1 eng/liverpool   eng.eflcup 2023 final neutral aet
2024-03-02  eng/forest    0-1 eng/liverpool   eng.1 2023 regular-season
2024-03-10  eng/liverpool 1-1 eng/city        eng.1 2023 regular-season
2024-03-17  eng/united    4-3 eng/liverpool   eng.facup 2023 quarter-final aet
2024-04-11  eng/liverpool 0-3 ita/atalanta    uefa.el 2023 quarter-final leg=1
2024-04-14  eng/liverpool 0-1 eng/palace      eng.1 2023 regular-season
"""
NEVER, COUNT, SHARE = Statistic.NEVER, Statistic.COUNT, Statistic.SHARE
LEAGUE = Scope(competitions=("eng.1",))
LIVERPOOL = Subject.of("eng/liverpool")
LEXICON = Lexicon(
    {
        "eng/liverpool": "Liverpool", "eng/leeds": "Leeds", "eng/forest": "Forest", "ita/atalanta": "Atalanta",
        "eng/palace": "Palace", "esp/real-madrid": "Real Madrid", "ita/juventus": "Juventus",
    },
    {"uefa.cl": "Champions League", "uefa.el": "Europa League", "uefa.fairs": "Fairs Cup", "eng.1": "Premier League"},
)  # fmt: skip


@pytest.fixture(scope="module")
def view() -> View:
    return small_archive(TABLE).view(dt.date(2024, 4, 17))


def said(view: View, question: Question) -> str | None:
    return write(answer(view, question), LEXICON)


def streak(event: str, scope: Scope = EVERYTHING) -> Question:
    return Question(Statistic.CURRENT_STREAK, Event(event), LIVERPOOL, scope=scope)


MAIN_CUPS = europe(super_cup=False, intertoto=False)
PREMIER_LEAGUE = Scope(competitions=("eng.1",), first_season=2023)


def test_a_run_names_its_matches(view: View) -> None:
    scope = Scope(first_season=2023, competitions=("eng.1", "eng.facup", "uefa.el", "eng.eflcup"))
    text = said(view, streak("failed to score", scope))
    assert text is not None
    assert text.startswith("Liverpool have failed to score in both of their last two matches in ")
    assert text.endswith(": the 3-0 defeat at home to Atalanta and the 1-0 defeat at home to Palace.")


def test_a_run_of_none_is_not_told(view: View) -> None:
    assert said(view, streak("won", PREMIER_LEAGUE)) is None
    assert said(view, streak("clean sheet", PREMIER_LEAGUE)) is None


def test_a_run_of_one_is_the_last_match(view: View) -> None:
    text = said(view, streak("lost", PREMIER_LEAGUE))
    assert text == (
        "Liverpool have lost their last match in the Premier League since 2023-24: the 1-0 defeat at home to Palace."
    )


def test_the_last_clean_sheet_and_what_followed(view: View) -> None:
    text = said(view, Question(Statistic.LAST, Event("clean sheet"), LIVERPOOL, scope=PREMIER_LEAGUE))
    assert text == (
        "Liverpool's last clean sheet in the Premier League since 2023-24 was the 1-0 win at Forest on 2 March 2024; "
        "they have conceded in each of the two matches since."
    )


def test_a_defeat_after_extra_time_is_a_defeat(view: View) -> None:
    cup = Scope(competitions=("eng.facup",), first_season=2023)
    text = said(view, Question(Statistic.LAST, Event("lost"), LIVERPOOL, scope=cup))
    assert text is not None
    assert "the 4-3 defeat at United after extra time on 17 March 2024" in text


def test_a_final_is_nobodys_home(view: View) -> None:
    cup = Scope(competitions=("eng.eflcup",), first_season=2023)
    text = said(view, Question(Statistic.LAST, Event("won"), LIVERPOOL, scope=cup))
    assert text is not None
    assert "the 1-0 win over Chelsea on neutral ground after extra time on 25 February 2024" in text


def test_never_names_the_ties(view: View) -> None:
    lost_at_home = europe(
        super_cup=False, intertoto=False, first_leg=FirstLeg(venue=Venue.HOME, result=Result.LOST)
    )
    question = Question(Statistic.SHARE, Event("went through"), LIVERPOOL, unit=Unit.TIE, scope=lost_at_home)
    assert said(view, question) == (
        "Liverpool have never gone through after losing the first leg of a European tie at home: "
        "they went out to Leeds in 1970-71 and to Real Madrid in 2022-23."
    )


def test_once_before_tells_how_it_ended(view: View) -> None:
    won_at_home = europe(
        super_cup=False, intertoto=False, first_leg=FirstLeg(venue=Venue.HOME, result=Result.WON)
    )
    question = Question(Statistic.SHARE, Event("went through"), LIVERPOOL, unit=Unit.TIE, scope=won_at_home)
    assert said(view, question) == (
        "Liverpool have once before won the first leg of a European tie at home, "
        "and went through against Juventus in 2004-05."
    )


def test_nothing_is_said_of_what_never_arose(view: View) -> None:
    drawn_away = europe(
        super_cup=False, intertoto=False, first_leg=FirstLeg(venue=Venue.AWAY, result=Result.DRAWN)
    )
    question = Question(Statistic.SHARE, Event("went through"), LIVERPOOL, unit=Unit.TIE, scope=drawn_away)
    assert said(view, question) is None


def test_a_first_meeting_has_no_record(view: View) -> None:
    pair = Subject.pair("eng/liverpool", "ger/bayern")
    assert said(view, Question(Statistic.RECORD, Event("played"), pair)) is None


def test_one_meeting_is_told_itself(view: View) -> None:
    pair = Subject.pair("ita/atalanta", "eng/liverpool")
    text = said(view, Question(Statistic.RECORD, Event("played"), pair, scope=europe()))
    assert text == "The sides have met once before in Europe: Liverpool 0-3 Atalanta on 11 April 2024."


def test_stage_reached(view: View) -> None:
    count = Question(
        Statistic.COUNT, Event("reached", stage="semi-final"), LIVERPOOL, unit=Unit.CAMPAIGN, scope=MAIN_CUPS
    )
    # 1971 by playing there, 2005 by winning the quarter-final
    assert said(view, count) == (
        "Liverpool have reached the semi-finals of a European competition twice, "
        "in 1970-71 (the Fairs Cup) and 2004-05 (the Champions League)."
    )


PENALTIES = TieRules(2, False, True, False, DecidedBy.PENALTIES)


def test_where_a_tie_stands() -> None:
    on = dt.date(2024, 4, 11)
    assert stating.state_sentence("Liverpool", "Atalanta", Goals(0, 3), on, "Anfield") == (
        "Atalanta lead 3-0 on aggregate after winning the first leg at Anfield on 11 April 2024."
    )
    assert stating.state_sentence("Arsenal", "Bayern", Goals(2, 2), on, "Emirates Stadium") == (
        "Arsenal and Bayern are level at 2-2 after the first leg at the Emirates Stadium on 11 April 2024."
    )
    assert "winning the first leg at home" in stating.state_sentence("Roma", "Lazio", Goals(1, 0), on, None)


def test_what_is_needed() -> None:
    needs = [
        ("win by four or more", "through"),
        ("win by exactly three", "extra time"),
        ("draw or lose", "out"),
    ]
    assert stating.needs_sentence("Liverpool", "Atalanta", needs, DecidedBy.PENALTIES) == (
        "Liverpool go through if they win by four or more; if they win by exactly three, the tie goes to extra time "
        "and, if need be, penalties; any other result sends Atalanta through."
    )


def test_chances_too_small_to_name_are_left_out() -> None:
    endings = [("in 90 minutes", 0.98), ("after extra time", 0.003), ("on penalties", 0.002)]
    assert stating.endings_sentence("Rosenborg", 0.984, endings, "qualifying-1") == (
        "Rosenborg's chance of going through is 98 percent."
    )
    assert stating.rules_sentence(PENALTIES) == "Away goals do not count double."


def test_clubs_of_one_name_are_printed_alike() -> None:
    table = """
    2023-08-12  por/porto 2-0 eng/liverpool  uefa.cl 2023 regular-season
    2023-08-19  mac/porto 9-0 eng/liverpool  uefa.cl 2023 regular-season
    """
    lexicon = Lexicon(
        {"eng/liverpool": "Liverpool", "por/porto": "Porto", "mac/porto": "Porto"}, LEXICON.competitions
    )
    view = small_archive(table).view(dt.date(2024, 4, 17))
    question = Question(
        Statistic.MOST, Event("played"), LIVERPOOL, measure=Measure.CONCEDED, per=Per.OPPONENT
    )
    found = answer(view, question)
    text = sentence(question, found, lexicon)
    assert text is not None
    names = names_of(lexicon, lexicon.clubs, [*lexicon.competitions])
    # the register knows the Porto of Portugal alone, and so they come to mind first
    assert names.club("porto") == ("por/porto", "mac/porto")
    assert round_trip(read_whole(text, names, About(view.as_of)), found) is None
    other = replace(found, value=replace(found.value, amount=8))
    assert round_trip(read_whole(text, names, About(view.as_of)), other) is not None


def test_what_is_won_is_named(view: View) -> None:
    scope = Scope(competitions=("uefa.cl",), country="ita")
    question = Question(Statistic.NEVER, Event("won"), Subject.any_club(), Unit.CAMPAIGN, scope)
    found = answer(view, question)
    text = "No Italian club has ever won the Champions League, in one campaign."
    assert sentence(question, found, LEXICON) == text
    names = names_of(LEXICON, LEXICON.clubs, [*LEXICON.competitions])
    assert round_trip(read_whole(text, names, About(view.as_of)), found) is None


def test_what_never_happened_has_no_last_time(view: View) -> None:
    question = Question(Statistic.SINCE, Event("won by", n=5), LIVERPOOL)
    found = answer(view, question)
    text = "There is no last time that Liverpool won by five goals or more in all competitions, nor one before it."
    assert sentence(question, found, LEXICON) == text
    names = names_of(LEXICON, LEXICON.clubs, [*LEXICON.competitions])
    assert round_trip(read_whole(text, names, About(view.as_of)), found) is None


@pytest.mark.parametrize(
    ("event", "text"),
    [
        # on 14 April 2024 Liverpool lost 0-1 to Palace
        (Event("lost"), "Liverpool have lost in all competitions in their last match."),
        (Event("won"), "Liverpool did not win in all competitions in their last match."),
        (Event("lost"), "Liverpool have lost in all competitions in the match before their last."),
    ],
)
def test_a_share_of_one_match_is_told_of_that_match(view: View, event: Event, text: str) -> None:
    scope = Scope(last=1, skip=1 if "before" in text else None)
    found = answer(view, Question(SHARE, event, LIVERPOOL, scope=scope))
    assert sentence(found.question, found, LEXICON) == text
    names = names_of(LEXICON, LEXICON.clubs, [*LEXICON.competitions])
    assert round_trip(read_whole(text, names, About(view.as_of)), found) is None


ITALIANS = Scope(competitions=("uefa.cl",), country="ita")


@pytest.mark.parametrize(
    ("statistic", "event", "scope", "text"),
    [
        # the table has three matches of the Premier League, a draw and two wins, and one of an Italian club
        (
            NEVER,
            Event("won by", n=5),
            LEAGUE,
            "No side has ever won by five goals or more {}, in three matches.",
        ),
        (NEVER, Event("drew"), LEAGUE, "Some side has drawn {} at least once, in three matches."),
        (COUNT, Event("drew"), LEAGUE, "There has been one draw {}, in three matches."),
        (COUNT, Event("won"), LEAGUE, "Sides have won twice {}, in three matches."),
        (COUNT, Event("scored"), LEAGUE, "In three of three matches {} a side has scored."),
        (SHARE, Event("won"), LEAGUE, "Sides won in two of three matches {}."),
        (COUNT, Event("won"), ITALIANS, "Italian clubs have not once won {}, in two matches."),
        (NEVER, Event("won"), ITALIANS, "No Italian club has ever won {}, in two matches."),
    ],
)
def test_of_any_side_a_match_is_told_once(
    view: View, statistic: Statistic, event: Event, scope: Scope, text: str
) -> None:
    text = text.format("in the Premier League" if scope == LEAGUE else "in the Champions League")
    found = answer(view, Question(statistic, event, Subject.any_club(), scope=scope))
    assert sentence(found.question, found, LEXICON) == text
    names = names_of(LEXICON, LEXICON.clubs, [*LEXICON.competitions])
    assert round_trip(read_whole(text, names, About(view.as_of)), found) is None
