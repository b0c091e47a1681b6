"""Competitions are called what they were called at the time; sentences read as an editor would print them."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.football.tie import DecidedBy, TieRules
from secondleg.language.lexicon import Lexicon
from secondleg.language.scoping import scope_text
from secondleg.language.stating import first_leg_ahead_sentence, single_tie_sentence
from secondleg.language.writing import write
from secondleg.records import Event, Question, Scope, Statistic, Subject, answer
from support.small_archive import small_archive

LEXICON = Lexicon(
    {"eng/liverpool": "Liverpool"},
    {
        "uefa.cl": "Champions League", "uefa.el": "Europa League", "alb.1": "Albania, first tier",
        "den.cup": "Denmark, cup", "fro.1": "Faroe Islands, first tier", "isl.1": "Iceland, first tier",
    },
    calendar=frozenset({"isl.1"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "seasons", "name"),
    [
        ("uefa.el", [1983], "the UEFA Cup"),
        ("uefa.el", [2023], "the Europa League"),
        ("uefa.cl", [1991], "the European Cup"),
        ("uefa.cl", [1992], "the Champions League"),
        ("uefa.cl", [1999, 1986], "the European Cup and Champions League"),
        ("uefa.cl", [], "the Champions League"),
        ("alb.1", [2023], "the first tier of Albania"),
        ("fro.1", [2023], "the first tier of the Faroe Islands"),
        ("den.cup", [2023], "the Danish cup"),
    ],
)  # fmt: skip
def test_names(code: str, seasons: list[int], name: str) -> None:
    assert LEXICON.competition(code, seasons) == name


def test_a_list_of_seasons_names_each_as_it_was() -> None:
    assert LEXICON.seasons(["1980-81", "2004-05"], ["uefa.cl", "uefa.cl"]) == (
        "1980-81 (the European Cup) and 2004-05 (the Champions League)"
    )


def test_a_season_of_a_calendar_year_is_one_year() -> None:
    scope = Scope(competitions=("isl.1",), first_season=2023)
    assert str(scope_text(scope, LEXICON, [2024])).endswith("since 2023")
    scope = Scope(competitions=("uefa.el",), first_season=2023)
    assert str(scope_text(scope, LEXICON)) == "in the Europa League since 2023-24"


TABLE = """
2024-03-01 eng/liverpool 1-0 eng/palace  eng.1 2023 regular-season
2024-03-08 eng/palace    2-2 eng/liverpool eng.1 2023 regular-season
2024-03-15 eng/liverpool 0-1 eng/villa   eng.1 2023 regular-season
"""


def said(statistic: Statistic, event: str, last: int | None = None, day: int = 20) -> str | None:
    lexicon = Lexicon({"eng/liverpool": "Liverpool"}, {"eng.1": "Premier League"})
    scope = Scope(competitions=("eng.1",), first_season=2023, last=last)
    with small_archive(TABLE) as archive:
        view = archive.view(dt.date(2024, 3, day))
        return write(
            answer(view, Question(statistic, Event(event), Subject.of("eng/liverpool"), scope=scope)), lexicon
        )


def test_a_record_leaves_out_what_did_not_happen() -> None:
    text = said(Statistic.RECORD, "played", last=2, day=10)
    assert text is not None
    assert text.startswith("Liverpool have won one and drawn one of their last two matches in ")
    alike = said(Statistic.RECORD, "played", last=1, day=20)
    assert alike is not None
    assert alike.startswith("Liverpool have lost their last match in ")


def test_of_two_matches_neither_was_won() -> None:
    text = said(Statistic.CURRENT_STREAK, "winless")
    assert text is not None
    assert text.startswith("Liverpool have won neither of their last two matches in ")


@pytest.mark.parametrize(
    ("stage", "rules", "text"),
    [
        (
            "round-3",
            TieRules(1, False, False, False, DecidedBy.PENALTIES),
            "The third-round tie between A and B is a single match; if it is level after 90 minutes, it goes straight "
            "to penalties.",
        ),
        (
            "round-of-16",
            TieRules(1, False, False, False, DecidedBy.PLAY_OFF),
            "The last-16 tie between A and B is a single match; if it is level after 90 minutes, there is a replay.",
        ),
        (
            "final",
            TieRules(1, False, True, False, DecidedBy.PENALTIES),
            "The final between A and B is a single match; if it is level after 90 minutes, there is extra time and, if "
            "need be, penalties.",
        ),
    ],
)
def test_a_tie_of_one_match(stage: str, rules: TieRules, text: str) -> None:
    assert single_tie_sentence("A", "B", stage, rules) == text


def test_the_first_leg_of_a_final_is_not_of_a_final_tie() -> None:
    assert (
        first_leg_ahead_sentence("A", "final")
        == "This is the first leg of the final; A are away in the second."
    )
