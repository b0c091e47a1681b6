"""Words for numbers, days, chances and lists, against what English prints."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.language.lexicon import (
    Lexicon,
    day,
    joined,
    number,
    ordinal,
    percent,
    possessive,
    stage_phrase,
    times,
)


@pytest.mark.parametrize(
    ("n", "words"), [(0, "no"), (1, "one"), (9, "nine"), (12, "twelve"), (13, "13"), (1234, "1,234")]
)
def test_numbers(n: int, words: str) -> None:
    assert number(n) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "first"),
        (3, "third"),
        (12, "twelfth"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (111, "111th"),
        (103, "103rd"),
    ],
)
def test_ordinals(n: int, words: str) -> None:
    assert ordinal(n) == words


@pytest.mark.parametrize(
    ("n", "words"), [(0, "never"), (1, "once"), (2, "twice"), (3, "three times"), (20, "20 times")]
)
def test_times(n: int, words: str) -> None:
    assert times(n) == words


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "no chance"),
        (0.004, "under 1 percent"),
        (0.0149, "1 percent"),
        (0.104, "10 percent"),
        (0.995, "over 99 percent"),
        (1.0, "100 percent"),
    ],
)
def test_chances(chance: float, words: str) -> None:
    assert percent(chance) == words


@given(st.floats(min_value=0.01, max_value=0.99))
def test_a_chance_is_said_to_the_nearest_percent(chance: float) -> None:
    said = re.fullmatch(r"(\d+) percent", percent(chance))
    assert said is not None
    assert abs(int(said[1]) / 100 - chance) <= 0.005 + 1e-9


def test_days_have_no_leading_zero() -> None:
    assert day(dt.date(2024, 3, 2)) == "2 March 2024"


def test_lists() -> None:
    assert joined([]) == ""
    assert joined(["A"]) == "A"
    assert joined(["A", "B"]) == "A and B"
    assert joined(["A", "B", "C"], "or") == "A, B or C"


def test_possessives() -> None:
    assert possessive("Liverpool") == "Liverpool's"
    assert possessive("Wolves") == "Wolves'"


def test_stages_as_places() -> None:
    assert stage_phrase("semi-final") == "the semi-finals"
    assert stage_phrase("round-of-16") == "the last 16"
    assert stage_phrase("final") == "the final"


def test_competitions_take_their_article() -> None:
    lexicon = Lexicon({}, {"uefa.el": "Europa League", "ita.1": "Serie A"})
    assert lexicon.competition("uefa.el") == "the Europa League"
    assert lexicon.competition("ita.1") == "Serie A"
    assert lexicon.club("eng/nobody") == "eng/nobody"
