"""What a preview tells beside what every preview says: on the fact sheet's scale, and nothing twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.desk.facting import facts, setting_of
from secondleg.desk.fixtures import find_fixture
from secondleg.desk.preview import preview
from secondleg.desk.variety import Pool
from secondleg.football.match import Venue
from secondleg.records import Question, Scope, Statistic, worth
from secondleg.records.candidate import topic
from secondleg.records.candidates import candidates
from support.small_archive import small_archive

DAY = dt.date(2024, 4, 17)
MATCH = ("Atalanta", "Liverpool", dt.date(2024, 4, 18))


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with starter.load() as held:
        yield held


@pytest.fixture(scope="module")
def document(archive: Archive) -> dict[str, Any]:
    return preview(archive.view(DAY), *MATCH)


def told(document: dict[str, Any], *keys: str) -> list[dict[str, Any]]:
    return [
        sentence
        for section in document["sections"]
        if not keys or section["key"] in keys
        for sentence in section["sentences"]
    ]


def test_a_fact_has_the_score_that_the_fact_sheet_gives_it(
    archive: Archive, document: dict[str, Any]
) -> None:
    sheet = facts(archive.view(DAY), *MATCH)
    scores = {str(fact["question"]): round(fact["score"]["total"], 2) for fact in sheet["facts"]}
    both = [one for one in told(document) if "score" in one and str(one["question"]) in scores]
    assert len(both) >= 2
    assert all(one["score"] == scores[str(one["question"])] for one in both)


def test_of_each_side_one_fact_is_told_of_results_and_one_of_goals_either_way(
    document: dict[str, Any],
) -> None:
    chosen = [Question.from_dict(one["question"]) for one in told(document, "form") if "score" in one]
    topics = Counter((question.subject.club, topic(question)) for question in chosen)
    assert len(chosen) >= 2
    assert max(topics.values()) == 1


def test_no_sentence_is_told_twice(document: dict[str, Any]) -> None:
    texts = [one["text"] for one in told(document)]
    assert len(set(texts)) == len(texts)


def won(n: int) -> str:
    """Palace win all their matches, each against a side that loses them all."""
    days = [dt.date(2020, 9, 1) + dt.timedelta(days=4 * i) for i in range(n)]
    return "".join(f"{day} eng/palace 2-0 eng/chelsea eng.1 2020 regular-season\n" for day in days)


@pytest.mark.parametrize(
    ("matches", "says"),
    [
        (12, "Palace have won each of their last twelve matches"),
        (10, "Palace have won each of their last ten matches"),
    ],
)
def test_a_run_of_wins_is_told_at_its_length_and_once(matches: int, says: str) -> None:
    text = "2020-08-20 eng/palace 1-1 eng/chelsea eng.1 2020 regular-season\n" + won(matches)
    text += "2021-01-30 eng/palace v eng/chelsea eng.1 2020 regular-season\n"
    on = dt.date(2021, 1, 30)
    with small_archive(text, also_whole=[("eng.1", season) for season in range(2010, 2021)]) as held:
        form = told(preview(held.view(on), "eng/palace", "eng/chelsea", on), "form")
    wins = [one["text"] for one in form if "Palace" in one["text"] and " won " in one["text"]]
    assert len(wins) == 1
    assert says in wins[0]


def test_the_latest_matches_come_before_what_they_have_turned(archive: Archive) -> None:
    """Liverpool had scored in each match away for months, and then in neither of two at home: 0-3 and 0-1."""
    view = archive.view(DAY)
    fixture = find_fixture(view, *MATCH)
    runs = [
        one
        for one in candidates(view, setting_of(view, fixture, fixture.away))[0]
        if one.question.statistic is Statistic.CURRENT_STREAK and one.question.opponent is None
    ]
    [older] = [
        one
        for one in runs
        if one.question.event.name == "scored" and one.question.scope == Scope(venue=Venue.AWAY)
    ]
    [newer] = [
        one for one in runs if one.question.event.name == "failed to score" and one.question.scope == Scope()
    ]
    assert newer.said == (2,)
    pool = Pool([older, newer])
    assert pool.best() is older
    assert pool.turns(older) == [newer]
    assert pool.turns(newer) == []


def test_no_last_time_is_told_of_what_nobody_waits_for(archive: Archive) -> None:
    """Milan had scored in each of 16 league matches: that is a run, and no last match without a goal."""
    day = dt.date(2024, 3, 7)
    waits = [
        Question.from_dict(one["question"]).event
        for one in told(preview(archive.view(day), "AC Milan", "Slavia Prague", day))
        if "score" in one and one["question"]["statistic"] == "last"
    ]
    assert [event.name for event in waits if not worth.waited_for(event)] == []
