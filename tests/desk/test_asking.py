"""Questions in plain English: understood as what is meant, answered with what is known of them.

Each question stands beside the `Question` that a football person means by it; some beside the answer, from public
history (UEFA's and the clubs' own records).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest

from secondleg.archive import starter
from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.desk.asking import ask, to_text
from secondleg.errors import BadInput, UnknownClub
from secondleg.language.names import ArchiveNames
from secondleg.language.reading import ASKED, read_whole
from secondleg.language.scoping import About
from secondleg.records import Question

AS_OF = dt.date(2024, 4, 17)
LIVERPOOL, ATALANTA = "eng/liverpool", "ita/atalanta"
MAIN_CUPS = {"family": "europe", "without": ["uefa.sc", "uefa.itc"]}
SEASON = {"this_season": True}


@pytest.fixture(scope="module")
def view() -> View:
    return starter.load().view(AS_OF)


def question(
    statistic: str, event: str | dict[str, Any], club: str | None = LIVERPOOL, **parts: Any
) -> Question:
    """A question from plain values; `opponent` and `unit` go where they belong, the rest is its scope."""
    subject = {} if club is None else {"club": club}
    if "opponent" in parts:
        subject["opponent"] = parts.pop("opponent")
    whole: dict[str, Any] = {"statistic": statistic, "subject": subject}
    whole["event"] = {"name": event} if isinstance(event, str) else event
    for name in ("unit", "measure"):
        if name in parts:
            whole[name] = parts.pop(name)
    return Question.from_dict({**whole, "scope": parts})


def semi_final(name: str = "reached", stage: str = "semi-final") -> dict[str, str]:
    return {"name": name, "stage": stage}


def by(name: str, n: int) -> dict[str, Any]:
    return {"name": name, "n": n}


MEANT = [
    ("When did Atalanta last reach a European semi-final?",
     question("last", semi_final(), ATALANTA, unit="campaign", **MAIN_CUPS)),
    ("When did Atalanta last reach the quarter-finals in Europe?",
     question("last", semi_final(stage="quarter-final"), ATALANTA, unit="campaign", **MAIN_CUPS)),
    ("When did Liverpool first reach a European final?",
     question("first", semi_final(stage="final"), unit="campaign", **MAIN_CUPS)),
    ("When did Liverpool last reach a Champions League final?",
     question("last", semi_final(stage="final"), unit="campaign", competitions=["uefa.cl"])),
    ("How often have Liverpool reached the semi-finals of the Champions League?",
     question("count", semi_final(), unit="campaign", competitions=["uefa.cl"])),
    ("How often have Liverpool come back from a first-leg defeat at home?",
     question("share", "went through", unit="tie", first_leg={"venue": "home", "result": "L"})),
    ("How often have Liverpool gone through after losing the first leg of a European tie away by two or more goals?",
     None),
    ("How often have Liverpool gone through after losing the first leg of a European tie away by two goals or more?",
     question("share", "went through", unit="tie", first_leg={"venue": "away", "at_most": -2}, **MAIN_CUPS)),
    ("Longest unbeaten run in the Champions League?",
     question("longest streak", "unbeaten", None, competitions=["uefa.cl"])),
    ("What is the longest winning run in Europe?", question("longest streak", "won", None, family="europe")),
    ("Who has scored in most consecutive Serie A games?",
     question("longest streak", "scored", None, competitions=["ita.1"])),
    ("Which team have won the most consecutive Premier League matches?",
     question("longest streak", "won", None, competitions=["eng.1"])),
    ("What is Arsenal's record against Tottenham at home in the league since 2010?",
     question("record", "played", "eng/arsenal", opponent="eng/tottenham-hotspur", family="league", venue="home",
              since="2010-01-01")),
    ("How many goals did Leeds concede in their last ten away games?",
     question("total", "played", "eng/leeds-united", measure="conceded", venue="away", last=10)),
    ("How many goals have Liverpool scored this season?", question("total", "played", measure="scored", **SEASON)),
    ("How many goals have Liverpool scored at home in Europe?",
     question("total", "played", measure="scored", family="europe", venue="home")),
    ("How many goals have Liverpool let in against Italian clubs?",
     question("total", "played", measure="conceded", opponent_country="ita")),
    ("How many points did Liverpool take in the Premier League this season?",
     question("total", "played", measure="points", competitions=["eng.1"], **SEASON)),
    ("What is Liverpool's goal difference in the Premier League this season?",
     question("total", "played", measure="difference", competitions=["eng.1"], **SEASON)),
    ("When did Liverpool last keep a clean sheet?", question("last", "clean sheet")),
    ("When was Liverpool's last clean sheet?", question("last", "clean sheet")),
    ("When was the last time Liverpool kept a clean sheet away from home?",
     question("last", "clean sheet", venue="away")),
    ("When did Liverpool last win?", question("last", "won")),
    ("When did Liverpool last lose at home?", question("last", "lost", venue="home")),
    ("When did Liverpool last lose to Real Madrid?",
     question("last", "lost", opponent="esp/real-madrid")),
    ("When did Liverpool last win at home against an Italian side?",
     question("last", "won", venue="home", opponent_country="ita")),
    ("When did Liverpool last draw 0-0?", question("last", "goalless")),
    ("When did Liverpool last lose by three goals or more?", question("last", by("lost by", 3))),
    ("When did Liverpool last win by at least four goals in Europe?",
     question("last", by("won by", 4), family="europe")),
    ("When did Liverpool last fail to score at home?", question("last", "failed to score", venue="home")),
    ("When did Liverpool last score five goals or more?", question("last", by("scored at least", 5))),
    ("When did Liverpool last concede five goals or more?", question("last", by("conceded at least", 5))),
    ("When did Liverpool last win on penalties?", question("last", "won on penalties")),
    ("How long is it since Atalanta last won away in Europe?",
     question("last", "won", ATALANTA, venue="away", family="europe")),
    ("When did Atalanta last overturn a first-leg deficit?",
     question("last", "overturned first leg", ATALANTA, unit="tie")),
    ("When did Liverpool first play in Europe?", question("first", "played", family="europe")),
    ("When was Liverpool's first win in the European Cup?", question("first", "won", competitions=["uefa.cl"])),
    ("When did Liverpool first win the European Cup?",
     question("first", "won", unit="campaign", competitions=["uefa.cl"])),
    ("When did Liverpool last win the UEFA Cup?", question("last", "won", unit="campaign", competitions=["uefa.el"])),
    ("How many times have Liverpool won the Champions League?",
     question("count", "won", unit="campaign", competitions=["uefa.cl"])),
    ("Have Atalanta ever won the Europa League?",
     question("never", "won", ATALANTA, unit="campaign", competitions=["uefa.el"])),
    ("Have Atalanta ever reached a European final?",
     question("never", semi_final(stage="final"), ATALANTA, unit="campaign", **MAIN_CUPS)),
    ("Have Liverpool ever lost by five goals or more at home?",
     question("never", by("lost by", 5), venue="home")),
    ("Have Atalanta ever beaten Liverpool?", question("never", "won", ATALANTA, opponent=LIVERPOOL)),
    ("Did Liverpool ever lose on penalties?", question("never", "lost on penalties")),
    ("Have Liverpool ever thrown away a first-leg lead in Europe?",
     question("never", "lost first-leg lead", unit="tie", **MAIN_CUPS)),
    ("How long have Liverpool been unbeaten at home?", question("current streak", "unbeaten", venue="home")),
    ("How many matches have Liverpool won in a row?", question("current streak", "won")),
    ("In how many consecutive matches have Atalanta scored?", question("current streak", "scored", ATALANTA)),
    ("How many games have Liverpool gone without a win?", question("current streak", "winless")),
    ("What is Liverpool's current winning run in the league?", question("current streak", "won", family="league")),
    ("What is Liverpool's longest unbeaten run in Europe?",
     question("longest streak", "unbeaten", family="europe")),
    ("What is Liverpool's longest run of clean sheets?", question("longest streak", "clean sheet")),
    ("Liverpool's longest losing streak in the Premier League?",
     question("longest streak", "lost", competitions=["eng.1"])),
    ("How many of their last ten matches have Liverpool won?", question("share", "won", last=10)),
    ("How many of Liverpool's last five games did they lose?", question("share", "lost", last=5)),
    ("How many clean sheets have Liverpool kept this season?", question("count", "clean sheet", **SEASON)),
    ("How many games have Liverpool lost in the Premier League this season?",
     question("count", "lost", competitions=["eng.1"], **SEASON)),
    ("How many times have Liverpool drawn at home in the Premier League since 2023-24?",
     question("count", "drew", competitions=["eng.1"], venue="home", first_season=2023)),
    ("How often have Liverpool won in the knockout stages?", question("count", "won", from_stage="knockout-play-off")),
    ("How often have Liverpool lost in the group stage of the Champions League?",
     question("count", "lost", competitions=["uefa.cl"], stages=["group-stage"])),
    ("How many finals have Liverpool lost?", question("count", "lost final", unit="campaign")),
    ("What is Liverpool's record against German clubs?", question("record", "played", opponent_country="ger")),
    ("What is Liverpool's record in Europe away from home?",
     question("record", "played", family="europe", venue="away")),
    ("What is Liverpool's record since 1 January 2024?", question("record", "played", since="2024-01-01")),
    ("How have Liverpool done in their last six matches?", question("record", "played", last=6)),
    ("What is Atalanta's form?", question("record", "played", ATALANTA, last=10)),
    ("Liverpool v Atalanta", question("record", "played", opponent=ATALANTA)),
    ("What is the head to head between Liverpool and Chelsea?",
     question("record", "played", opponent="eng/chelsea")),
    ("How far have Atalanta got in Europe?",
     question("furthest", "played", ATALANTA, unit="campaign", **MAIN_CUPS)),
    ("What is Liverpool's best run in the FA Cup?",
     question("furthest", "played", unit="campaign", competitions=["eng.facup"])),
    ("How many points did Liverpool take in 2023-24?",
     question("total", "played", measure="points", family="league", first_season=2023, last_season=2023)),
    ("How many points have Liverpool taken in all competitions this season?",
     question("total", "played", measure="points", **SEASON)),
    ("How many points per game have Liverpool taken this season?",
     question("average", "played", measure="points", family="league", **SEASON)),
    ("How many goals per game did Liverpool score in Europe?",
     question("average", "played", measure="scored", family="europe")),
    ("Has Atalanta ever won a European trophy?",
     question("never", "won", ATALANTA, unit="campaign", **MAIN_CUPS)),
    ("How many clean sheets have Liverpool kept in their last twenty games?",
     question("share", "clean sheet", last=20)),
    ("How many matches have Liverpool won?", question("count", "won")),
    ("When did Atalanta last beat Liverpool away?",
     question("last", "won", ATALANTA, opponent=LIVERPOOL, venue="away")),
    ("Liverpool's record in Champions League semi-finals?",
     question("record", "played", competitions=["uefa.cl"], stages=["semi-final"])),
    ("how many times have liverpool lost at home in the champions league",
     question("count", "lost", venue="home", competitions=["uefa.cl"])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), MEANT, ids=[text for text, _ in MEANT])
def test_a_question_is_understood(view: View, text: str, meant: Question | None) -> None:
    lexicon = pieces.lexicon(view)
    about = About(AS_OF, calendar=lexicon.calendar)
    readings = read_whole(text, ArchiveNames(view=view, lexicon=lexicon), about, ASKED)
    if meant is None:
        assert readings == []
    else:
        assert readings and readings[0].question == meant


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("When did Atalanta last reach a European semi-final?", ["1987-88", "Cup Winners' Cup"]),
        ("When did Liverpool last keep a clean sheet?", ["1-0 win at Nottingham Forest", "2 March 2024"]),
        (
            "How often have Liverpool come back from a first-leg defeat at home in Europe?",
            ["never gone through", "Leeds United in 1970-71", "Chelsea in 2008-09", "Real Madrid in 2022-23"],
        ),
        ("How often have Liverpool and Atalanta met?", ["three matches"]),
        ("Have Atalanta ever reached a European final?", ["never reached"]),
        ("What is Liverpool's form?", ["won five, drawn two and lost three"]),
        ("How many points have Liverpool taken this season?", ["71 points in 32 matches in the league"]),
        ("Have Liverpool ever won a European trophy?", ["at least once", "2018-19 (the Champions League)"]),
        ("How many European Cups have Liverpool won?", ["six times"]),
        ("Biggest win of Liverpool in Europe?", ["11-0", "Strømsgodset", "17 September 1974"]),
        ("Who was the first to win the European Cup four times?", ["were Liverpool, in 1983-84"]),
        ("How long have Liverpool gone without a goal?", ["failed to score in both of their last two"]),
    ],
)
def test_a_question_is_answered(view: View, text: str, words: list[str]) -> None:
    document = ask(view, text)
    assert document["understood"]
    assert [word for word in words if word not in document["answer"]] == []
    assert document["matches"]
    json.dumps(document)
    printed = to_text(document)
    assert printed.startswith(document["answer"])
    assert "Rests on:" in printed


def test_goals_of_all_sides_are_told_in_words(view: View) -> None:
    document = ask(view, "How many goals have been scored in Europe?")
    assert document["understood"]
    assert "sides have scored " in document["answer"].lower()


def test_matches_that_share_a_record_are_all_named(view: View) -> None:
    answer = ask(view, "What is the most goals in a match in Europe?")["answer"]
    assert "Liverpool 11-0 Strømsgodset on 17 September 1974" in answer
    assert "Liverpool 10-1 Ops Oulu on 1 October 1980" in answer


def test_where_nothing_is_held_no_number_is_said(view: View) -> None:
    document = ask(view, "How many points did Liverpool take in 1980-81?")
    assert document["answer"].startswith("As far as this archive goes: none is known (total (points)")


def test_two_ways_to_ask_have_one_answer(view: View) -> None:
    first, second = (ask(view, text) for text in ("When did Liverpool last win?", "Liverpool's last win"))
    assert first["answer"] == second["answer"]


def test_what_never_happened_is_said(view: View) -> None:
    document = ask(view, "When did Atalanta last reach the final of the Champions League?")
    assert "Atalanta have never reached the final" in document["answer"]


def test_an_answer_over_gaps_says_so(view: View) -> None:
    document = ask(view, "How many times have Liverpool won?")
    assert not document["coverage"]["complete"]
    assert document["answer"].startswith("As far as this archive goes: ")


def test_nothing_of_the_day_or_later_is_known() -> None:
    day = dt.date(2024, 3, 3)
    before = ask(starter.load().view(day), "When did Liverpool last win?")
    assert "2 March 2024" in before["answer"]
    assert all(row["date"] < day.isoformat() for row in before["matches"])


def test_an_unknown_club_lists_the_nearest(view: View) -> None:
    with pytest.raises(UnknownClub, match=r"Livrpool.*eng/liverpool"):
        ask(view, "When did Livrpool last win?")


@pytest.mark.parametrize("text", ["", "   "])
def test_no_question_is_said(view: View, text: str) -> None:
    with pytest.raises(BadInput, match="Ask one"):
        ask(view, text)


@pytest.mark.parametrize(
    "text", ["asdf qwer zxcv", "?", "When?", "the the the", "Liverpool", "1 2 3 4", "🦁 ((( ]["]
)
def test_gibberish_gets_questions_that_can_be_answered(view: View, text: str) -> None:
    document = ask(view, text)
    assert not document["understood"]
    assert document["nearest"]
    assert "not understood" in to_text(document)
    for offered in document["nearest"]:
        assert read_whole(offered, ArchiveNames(view=view, lexicon=pieces.lexicon(view)), About(AS_OF), ASKED)


def test_what_was_heard_of_a_question_is_told(view: View) -> None:
    document = ask(view, "Why have Liverpool failed to score against Italian clubs in rainy weather?")
    assert document["heard"]["clubs"] == ["Liverpool"]
    assert document["heard"]["events"] == ["failed to score"]
    assert document["heard"]["scope"] == ["against Italian clubs"]
    assert "rainy" in document["heard"]["not_understood"]


def test_a_club_is_no_player(view: View) -> None:
    told = to_text(ask(view, "How often have Liverpool scored for Everton?"))
    assert "is not understood" in told
    assert "scored" in told
    assert "Liverpool has scored" not in told


def test_at_home_is_no_ground(view: View) -> None:
    text = "Have Liverpool at home ever lost 5-0?"
    names = ArchiveNames(view=view, lexicon=pieces.lexicon(view))
    readings = read_whole(text, names, About(AS_OF), ASKED)
    assert {reading.question.opponent for reading in readings} == {None}
    # by its whole name the ground is Plymouth Argyle's
    there = read_whole("Have Liverpool ever lost 5-0 at Home Park?", names, About(AS_OF), ASKED)
    assert "eng/plymouth-argyle" in {reading.question.opponent for reading in there}


def test_a_chance_is_a_forecasts(view: View) -> None:
    document = ask(view, "What are Liverpool's chances of going through?")
    assert not document["understood"]
    assert "secondleg forecast" in document["why"]


def test_a_list_of_clubs_is_told_and_shown(view: View) -> None:
    # up to 17 April 2024 City had lost three league matches: at Wolves, to Arsenal and to Villa
    document = ask(view, "Which clubs have beaten Manchester City in the Premier League in 2023-24?")
    assert document["answer"].startswith("Three clubs have won against Manchester City in the Premier League")
    assert {one["name"] for one in document["clubs"]} == {"Wolverhampton Wanderers", "Arsenal", "Aston Villa"}
    assert document["more_clubs"] == 0
    assert re.search(r"^  Arsenal +1  2023-10-08$", to_text(document), re.MULTILINE)
    assert json.loads(json.dumps(document)) == document


def test_clubs_that_never_did_are_listed_with_their_matches(view: View) -> None:
    # of the 20 of 2023-24 only Wolves, Arsenal and Villa had beaten City by then, and City has no match against itself
    text = to_text(
        ask(view, "Which clubs have never beaten Manchester City in the Premier League in 2023-24?")
    )
    assert text.startswith("16 of 19 clubs have never won against Manchester City")
    assert re.search(r"^  Liverpool +in 2  2023-11-25 to 2024-03-10$", text, re.MULTILINE)


def test_who_scored_is_told_of_clubs(view: View) -> None:
    document = ask(view, "Who has scored in most consecutive Premier League games?")
    assert document["answer"].endswith("No player is named, so this is of clubs.")
