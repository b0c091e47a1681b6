"""Questions as people type them, with answers that are known from elsewhere (`known_answers.txt`)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.desk.asking import ask
from secondleg.errors import AmbiguousClub, UnknownClub
from secondleg.language.lexicon import number
from support.held_archive import NEEDS_WHOLE

AS_OF = dt.date(2024, 9, 1)
IN_WORDS = {0: ("not once", "never", "no"), 1: ("once", "one"), 2: ("twice", "two")}


def known() -> list[tuple[str, tuple[str, ...]]]:
    """Each question with the words that its answer has."""
    lines = (Path(__file__).parent / "known_answers.txt").read_text("utf-8").splitlines()
    pairs = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(question, tuple(words.split("; "))) for question, words in pairs]


KNOWN = known()


def has(text: str, word: str) -> bool:
    """Whether a text has a word, or the number that it stands for in words."""
    forms = (word, *IN_WORDS.get(int(word), (number(int(word)),))) if word.isdigit() else (word,)
    return any(re.search(rf"(?<![\w-]){re.escape(form)}(?!\w)", text, re.IGNORECASE) for form in forms)


def test_no_question_stands_twice() -> None:
    questions = [question for question, _ in KNOWN]
    assert len(questions) == len(set(questions)) >= 200


@pytest.mark.parametrize(
    ("question", "words"), [pytest.param(*one, id=one[0], marks=NEEDS_WHOLE) for one in KNOWN]
)
def test_what_is_known_is_answered(whole: Archive, question: str, words: tuple[str, ...]) -> None:
    document = ask(whole.view(AS_OF), question)
    assert document["understood"]
    assert [word for word in words if not has(document["answer"], word)] == [], document["answer"]


@pytest.fixture(scope="module")
def held() -> View:
    return starter.load().view(dt.date(2024, 4, 17))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("What is the most common score in the Premier League?", "how often one came"),
        ("Who has won the most major trophies?", "nobody's to say"),
        ("What's the weather like at Anfield?", "weather"),
        ("How many goals has the captain scored?", "players"),
        ("Who did Chelsea sign in January?", "Transfers"),
        ("Who is the manager of Liverpool?", "Managers"),
        ("What is Arsenal's possession against Liverpool?", "besides its goals"),
        ("When do Liverpool play next?", "still to come"),
        ("Who will win the Premier League?", "still to come"),
    ],
)
def test_what_records_do_not_know_is_said(held: View, question: str, why: str) -> None:
    document = ask(held, question)
    assert not document["understood"]
    assert why in document["why"]


@pytest.mark.parametrize("question", ["When did Liverpul last win?", "How did Atlanta do against Liverpool?"])
def test_a_name_misspelt_lists_the_nearest(held: View, question: str) -> None:
    with pytest.raises(UnknownClub, match=r"eng/liverpool|ita/atalanta"):
        ask(held, question)


def test_part_of_several_names_lists_their_clubs(held: View) -> None:
    with pytest.raises(AmbiguousClub, match=r"eng/manchester-united.*eng/newcastle-united"):
        ask(held, "When did United last win the league?")


def test_what_is_offered_has_the_clubs_and_competition_of_the_question(held: View) -> None:
    offered = ask(held, "Why do Liverpool always do so well in the Europa League?")["nearest"]
    assert offered
    assert all("Liverpool" in question for question in offered)
    assert any("in the Europa League" in question for question in offered)


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("Which team has gone the longest without losing in the Premier League?", "unbeaten"),
        ("Longest run without a win in the Premier League", "winless"),
        ("Which club have gone longest without a goal in the Premier League?", "failed to score"),
        ("Longest run without conceding in the Premier League", "clean sheet"),
    ],
)
def test_a_run_without_something_is_one_of_its_absence(held: View, question: str, event: str) -> None:
    document = ask(held, question)
    assert document["question"]["statistic"] == "longest streak"
    assert document["question"]["event"]["name"] == event


def test_a_ground_is_home_to_its_club_and_away_to_others(held: View) -> None:
    at_home = ask(held, "When did Liverpool last lose at Anfield?")["question"]
    away = ask(held, "When did Atalanta last win at Anfield?")["question"]
    assert at_home["scope"] == {"venue": "home"}
    assert away["subject"] == {"club": "ita/atalanta", "opponent": "eng/liverpool"}
    assert away["scope"] == {"venue": "away"}
