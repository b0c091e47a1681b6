"""Cups of which no source tells keep a claim about all competitions back."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.records import Answer, Event, Family, Question, Scope, Statistic, Subject, answer
from support.small_archive import small_archive

CUPS = ("eng.facup", "eng.eflcup", "uefa.cl", "uefa.el", "uefa.conf")
SEASONS = """
2023-05-20 eng/city      4-0 eng/villa     eng.1 2022 regular-season
2023-05-20 eng/united    3-0 eng/villa     eng.1 2022 regular-season
2023-05-20 eng/liverpool 2-0 eng/villa     eng.1 2022 regular-season
2023-08-13 eng/chelsea   1-2 eng/city      eng.1 2023 regular-season
2023-08-14 eng/united    1-0 eng/liverpool eng.1 2023 regular-season
2023-09-20 eng/city      1-0 eng/liverpool eng.1 2023 regular-season
2023-08-13 eng/salford   1-0 eng/newport   eng.4 2023 regular-season
2023-09-13 eng/newport   1-0 eng/salford   eng.4 2023 regular-season
"""


def last(club: str, n: int, scope: Scope) -> Answer:
    held = [(code, season) for season in (2022, 2023) for code in CUPS]
    with small_archive(SEASONS, also_whole=held) as archive:
        record = Scope(family=scope.family, competitions=scope.competitions, last=n)
        question = Question(Statistic.RECORD, Event("played"), Subject.of(f"eng/{club}"), scope=record)
        return answer(archive.view(dt.date(2023, 11, 1)), question)


def test_who_was_first_or_second_may_have_played_the_super_cup_in_august() -> None:
    found = last("city", 2, Scope())
    assert not found.coverage.complete
    assert "national super cup 2023-24" in found.coverage.note


def test_the_super_cup_does_not_matter_to_matches_after_it() -> None:
    assert last("city", 1, Scope()).coverage.complete


def test_who_was_third_and_in_no_final_did_not_play_it() -> None:
    assert last("liverpool", 2, Scope()).coverage.complete


@pytest.mark.parametrize("scope", [Scope(family=Family.LEAGUE), Scope(competitions=("eng.1",))])
def test_in_the_league_no_cup_is_missed(scope: Scope) -> None:
    assert last("city", 2, scope).coverage.complete


def test_clubs_of_the_third_tier_and_below_have_cups_of_their_own() -> None:
    found = last("salford", 1, Scope())
    assert not found.coverage.complete
    assert "cups of the lower divisions" in found.coverage.note
    assert last("salford", 1, Scope(family=Family.LEAGUE)).coverage.complete


def test_in_europe_the_super_cup_is_missed_by_those_who_won_a_cup() -> None:
    text = """
    2023-05-31 ita/roma    1-1 esp/sevilla uefa.el 2022 final leg=1 neutral pens=1-4 winner=esp/sevilla
    2023-09-20 esp/sevilla 1-1 fra/lens    uefa.cl 2023 group-stage
    2023-09-21 ita/roma    2-1 eng/villa   uefa.el 2023 group-stage
    """

    def vouched(club: str, n: int) -> bool:
        held = [(code, season) for season in (2022, 2023) for code in CUPS]
        scope = Scope(family=Family.EUROPE, last=n)
        question = Question(Statistic.RECORD, Event("played"), Subject.of(club), scope=scope)
        with small_archive(text, also_whole=held) as archive:
            return answer(archive.view(dt.date(2023, 11, 1)), question).coverage.complete

    assert not vouched("esp/sevilla", 2)
    assert vouched("esp/sevilla", 1)
    assert vouched("ita/roma", 2)
