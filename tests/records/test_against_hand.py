"""Questions made up at random against a second implementation in plain Python, over real matches."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.records import answer
from support.made_up_questions import draw
from support.plain_records import Ledger, summary

DAYS = (dt.date(2023, 11, 5), dt.date(2024, 4, 17), dt.date(2024, 7, 1))
QUESTIONS = 60
"""For each day and seed."""


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with starter.load() as loaded:
        yield loaded


def ledger(archive: Archive, day: dt.date) -> Ledger:
    connection = archive.connection.cursor()
    found = connection.execute("SELECT * FROM store.match").to_arrow_table().to_pylist()
    labels = connection.execute("SELECT competition, season, label FROM store.coverage").fetchall()
    return Ledger(found, day, {(code, season): label for code, season, label in labels})


def check(archive: Archive, day: dt.date, seed: int, count: int, codes: tuple[str, ...], season: int) -> None:
    rng, plain, view = random.Random(seed), ledger(archive, day), archive.view(day)
    for number in range(count):
        question = draw(rng, plain, codes, season)
        found = summary(question, answer(view, question).value)
        assert found == plain.value(question), (seed, number, question)


@pytest.mark.parametrize("day", DAYS)
def test_answers_are_those_counted_by_hand(archive: Archive, day: dt.date) -> None:
    check(archive, day, 1, QUESTIONS, starter.COMPETITIONS, starter.SEASON)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_more_answers_are_those_counted_by_hand(archive: Archive, seed: int) -> None:
    for day in DAYS:
        check(archive, day, seed, QUESTIONS, starter.COMPETITIONS, starter.SEASON)
