"""The example's history, asked of the starter archive: facts known from the clubs' and UEFA's own records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from secondleg.archive.starter import load
from secondleg.archive.view import View
from secondleg.football.match import Result, Venue
from secondleg.records import (
    Answer,
    Event,
    FirstLeg,
    Furthest,
    Never,
    Occurrence,
    Question,
    Scope,
    Statistic,
    Streak,
    Subject,
    Unit,
    answer,
    europe,
)

LIVERPOOL, ATALANTA = Subject.of("eng/liverpool"), Subject.of("ita/atalanta")


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with load() as archive:
        yield archive.view(dt.date(2024, 4, 17))


def ask(
    view: View,
    statistic: Statistic,
    event: str,
    subject: Subject,
    unit: Unit = Unit.MATCH,
    scope: Scope | None = None,
) -> Answer:
    return answer(view, Question(statistic, Event(event), subject, unit, scope or Scope()))


def test_liverpools_last_clean_sheet_was_at_nottingham_forest(view: View) -> None:
    found = ask(view, Statistic.LAST, "clean sheet", LIVERPOOL)
    assert isinstance(found.value, Occurrence)
    assert found.value.date == dt.date(2024, 3, 2)
    assert (found.rows[0].home, found.rows[0].score) == ("eng/nottingham-forest", "0-1")
    assert found.value.since == 9
    conceding = ask(view, Statistic.CURRENT_STREAK, "conceded", LIVERPOOL)
    assert isinstance(conceding.value, Streak)
    assert conceding.value.length == 9
    assert conceding.coverage.complete
    assert not conceding.at_least


def test_liverpool_have_not_scored_in_two(view: View) -> None:
    found = ask(view, Statistic.CURRENT_STREAK, "failed to score", LIVERPOOL)
    assert isinstance(found.value, Streak)
    assert found.value.length == 2
    assert [row.score for row in found.rows] == ["2-2", "0-3", "0-1"]


def test_liverpool_never_came_back_from_a_first_leg_lost_at_home(view: View) -> None:
    lost = FirstLeg(venue=Venue.HOME, result=Result.LOST)
    found = ask(view, Statistic.NEVER, "went through", LIVERPOOL, Unit.TIE, europe(first_leg=lost))
    assert found.value == Never(True, 3)
    assert [(row.away, row.season) for row in found.rows if row.leg == 1] == [
        ("eng/leeds-united", "1970-71"),
        ("eng/chelsea", "2008-09"),
        ("esp/real-madrid", "2022-23"),
    ]
    assert found.coverage.complete


def test_atalanta_were_in_one_european_semi_final(view: View) -> None:
    found = ask(view, Statistic.FURTHEST, "played", ATALANTA, Unit.CAMPAIGN, europe(super_cup=False))
    assert found.value == Furthest("semi-final", 34, ("1987-88",), ("uefa.cwc",))
    assert found.coverage.complete


def test_liverpool_won_nine_european_cups_and_uefa_cups(view: View) -> None:
    found = ask(view, Statistic.FURTHEST, "played", LIVERPOOL, Unit.CAMPAIGN, europe(super_cup=False))
    assert isinstance(found.value, Furthest)
    assert found.value.stage == "winner"
    seasons = dict(zip(found.value.seasons, found.value.competitions, strict=True))
    assert [s for s, c in seasons.items() if c == "uefa.cl"] == [
        "1976-77", "1977-78", "1980-81", "1983-84", "2004-05", "2018-19",
    ]  # fmt: skip
    assert [s for s, c in seasons.items() if c == "uefa.el"] == ["1972-73", "1975-76", "2000-01"]


@pytest.mark.parametrize("competition", ["uefa.cl", "uefa.el", "eng.1"])
@pytest.mark.parametrize("event", ["won", "lost", "clean sheet", "behind at half-time"])
def test_a_match_is_the_proof_of_whichever_side_it_happened_to(
    view: View, event: str, competition: str
) -> None:
    found = ask(view, Statistic.LAST, event, Subject.any_club(), scope=Scope(competitions=(competition,)))
    assert isinstance(found.value, Occurrence)
    proof = [row for row in found.rows if row.date == found.value.date and row.holds]
    assert [row for row in proof if found.value.club in (row.home, row.away)]
