"""The fact sheet: every fact confirmed by the archive, each thing once, nothing from the day of the view or later."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter
from typing import Any

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.desk.facting import NOT_CONFIRMED, choose, facts, setting_of
from secondleg.desk.fixtures import find_fixture
from secondleg.desk.render.factsheet import to_text
from secondleg.desk.variety import nested
from secondleg.football.match import Venue
from secondleg.records import Question, Record, Statistic, answer
from secondleg.records.candidate import Candidate, vouched_for
from secondleg.records.candidates import candidates
from support.small_archive import small_archive

AS_OF = dt.date(2024, 4, 17)


@pytest.fixture(scope="module")
def view() -> View:
    return starter.load().view(AS_OF)


@pytest.fixture(scope="module")
def sheet(view: View) -> dict[str, Any]:
    return facts(view, "Atalanta", "Liverpool")


def of_both(view: View, home: str, away: str) -> list[Candidate]:
    fixture = find_fixture(view, home, away)
    return [
        candidate
        for club in (fixture.home, fixture.away)
        for candidate in candidates(view, setting_of(view, fixture, club))[0]
    ]


def test_the_starter_tells_what_an_editor_prints_first(sheet: dict[str, Any]) -> None:
    assert sheet["asked"] >= 3000
    first = sheet["facts"][0]["text"]
    assert "lost the first leg of a European tie at home by three goals or more" in first
    assert "only one went through" in first
    assert json.loads(json.dumps(sheet)) == sheet


def test_every_fact_asked_again_has_the_value_that_was_told(view: View, sheet: dict[str, Any]) -> None:
    for fact in sheet["facts"]:
        found = answer(view, Question.from_dict(fact["question"]))
        assert found.to_dict()["value"] == fact["value"]
        assert [row.match for row in found.rows] == [row["match"] for row in fact["evidence"]]
        assert all(dt.date.fromisoformat(row["date"]) < AS_OF for row in fact["evidence"])


@pytest.mark.parametrize(
    ("home", "away"), [("Atalanta", "Liverpool"), ("Roma", "Milan"), ("Everton", "Liverpool")]
)
def test_the_columns_agree_with_the_answers(view: View, home: str, away: str) -> None:
    """Of candidates by chance, not of the best alone; a run over a gap is cut by the answer, and left out."""
    found = [c for c in of_both(view, home, away) if c.question.scope.first_leg is None]
    checked = 0
    for candidate in random.Random(1).sample(found, min(60, len(found))):
        told = answer(view, candidate.question)
        if told.coverage.complete and not told.at_least:
            assert candidate.agrees(told), candidate.question
            checked += 1
    assert checked >= 10


def test_the_order_of_the_candidates_does_not_matter(view: View) -> None:
    found = of_both(view, "Atalanta", "Liverpool")
    fixture = find_fixture(view, "Atalanta", "Liverpool")
    straight = choose(view, fixture, found, 8, Counter())
    shuffled = list(found)
    random.Random(2).shuffle(shuffled)
    assert [fact.text for fact in choose(view, fixture, shuffled, 8, Counter())] == [
        fact.text for fact in straight
    ]


def test_no_fact_is_nested_in_another(view: View) -> None:
    for home, away in (("Atalanta", "Liverpool"), ("Roma", "Milan")):
        fixture = find_fixture(view, home, away)
        told = [fact.candidate for fact in choose(view, fixture, of_both(view, home, away), 12, Counter())]
        for place, one in enumerate(told):
            assert not any(nested(one, other) for other in told[place + 1 :])


# -- a season small enough to be read -------------------------------------------------------------------------------

CLUBS = ("eng/a", "eng/b", "eng/c", "eng/d", "eng/e", "eng/f")


def season(days: int, *, until: int | None = None) -> str:
    """A league in which a loses three, then wins every match 2-1 and others draw; from day `until` on it loses 0-5."""
    start, lines = dt.date(2023, 8, 1), []
    for day in range(days):
        order = [CLUBS[0], *(CLUBS[1:][(day + place) % 5] for place in range(5))]
        for home, away in ((order[0], order[1]), (order[2], order[3]), (order[4], order[5])):
            score = "1-1" if home != "eng/a" else "2-1" if day > 2 else "1-2"
            if until is not None and day >= until and home == "eng/a":
                score = "0-5"
            pair = (home, score, away) if day % 2 == 0 else (away, "-".join(reversed(score.split("-"))), home)
            lines.append(f"{start + dt.timedelta(days=7 * day)} {' '.join(pair)} eng.1 2023 regular-season")
    return "\n".join([*lines, "2023-12-19 eng/a v eng/b eng.1 2023 regular-season"])


def texts(archive: Archive, day: dt.date, most: int = 20) -> list[str]:
    return [fact["text"] for fact in facts(archive.view(day), "eng/a", "eng/b", most=most)["facts"]]


def test_the_run_of_a_league_is_found_and_told_once() -> None:
    with small_archive(season(20)) as archive:
        told = texts(archive, dt.date(2023, 12, 19))
    run = [
        text for text in told if text.startswith("A have won each of their last") and "at home" not in text
    ]
    assert run == ["A have won each of their last 17 matches in the Premier League."]
    assert not any("unbeaten in their last" in text for text in told)


def test_no_later_match_changes_the_sheet() -> None:
    day = dt.date(2023, 8, 1) + dt.timedelta(days=7 * 12)
    with small_archive(season(20)) as before, small_archive(season(20, until=12)) as changed:
        assert texts(before, day) == texts(changed, day)
        assert texts(before, dt.date(2023, 12, 19)) != texts(changed, dt.date(2023, 12, 19))


def test_what_a_gap_may_change_is_left_out() -> None:
    earlier = "2022-08-01 eng/a 0-0 eng/b eng.1 2022 regular-season\n"
    gap = {("eng.1", 2023): None}
    with small_archive(earlier + season(20), not_whole=gap) as archive:
        document = facts(archive.view(dt.date(2023, 12, 19)), "eng/a", "eng/b")
    assert document["facts"] == []
    assert document["dropped"]["over a gap"] > 0
    assert document["dropped"].get(NOT_CONFIRMED, 0) == 0


def test_an_older_gap_takes_nothing_from_this_season() -> None:
    """A lost three and won 17; that 2021-22 is not whole changes nothing about 2023-24."""
    earlier = "2021-08-01 eng/a 0-0 eng/b eng.1 2021 regular-season\n"
    day = dt.date(2023, 12, 19)
    with small_archive(earlier + season(20), not_whole={("eng.1", 2021): None}) as archive:
        view = archive.view(day)
        found = candidates(view, setting_of(view, find_fixture(view, "eng/a", "eng/b", day), "eng/a"))[0]
        [one] = [
            one
            for one in found
            if one.question.statistic is Statistic.RECORD and one.question.scope.this_season
        ]
        assert vouched_for(view, one)
        value = answer(view, one.question).value
    assert value == Record(won=17, drawn=0, lost=3, scored=3 * 1 + 17 * 2, conceded=3 * 2 + 17 * 1)


def test_clubs_that_never_met_are_said_to_have_never_met() -> None:
    table = """
    2023-08-01 eng/a 1-0 eng/c eng.1 2023 regular-season
    2023-08-08 eng/b 1-0 eng/c eng.1 2023 regular-season
    2023-08-15 eng/a v eng/b eng.1 2023 regular-season
    """
    whole = [("eng.1", year) for year in range(1888, 2023)]
    with small_archive(table, also_whole=whole) as archive:
        told = texts(archive, dt.date(2023, 8, 15))
    assert any("never met" in text for text in told)


def test_a_score_rises_with_rarity_and_falls_with_a_narrow_lens(view: View) -> None:
    for candidate in of_both(view, "Atalanta", "Liverpool"):
        by_hand = (candidate.bits - candidate.cost) * candidate.relevance * candidate.of / (candidate.of + 4)
        assert candidate.score == pytest.approx(by_hand)
        assert candidate.extreme <= candidate.compared
        assert len(candidate.proof) == candidate.of or candidate.question.unit.value != "match"


def test_a_neutral_ground_is_no_venue() -> None:
    with starter.load() as archive:
        view = archive.view(dt.date(2024, 5, 22))
        fixture = find_fixture(view, "Atalanta", "Bayer Leverkusen")
        assert setting_of(view, fixture, fixture.home).venue is Venue.NEUTRAL
        told = facts(view, "Atalanta", "Bayer Leverkusen")
    assert not any(" at home" in str(fact["question"]) for fact in told["facts"])


def test_the_sheet_as_text(sheet: dict[str, Any]) -> None:
    plain = to_text(sheet)
    assert plain.startswith("Atalanta v Liverpool\nEuropa League quarter-final, second leg, 2023-24")
    assert "\n 1  " in plain
    assert max(map(len, plain.splitlines())) <= 80
    why, proof = to_text(sheet, why=True), to_text(sheet, evidence=True)
    assert "bits of surprise (1 of 324 compared" in why
    assert "bits of surprise" not in proof
    assert "2024-04-11  Liverpool 0-3 Atalanta  (Europa League)" in proof
    assert "rests on" in proof
