"""What an answer rests on: which seasons it needs, which are missing, and what that does to a streak."""

from __future__ import annotations

import datetime as dt

from secondleg.records import (
    Answer,
    Event,
    Question,
    Scope,
    Statistic,
    Streak,
    Subject,
    answer,
    europe,
)
from support.small_archive import small_archive

CLUB = Subject.of("eng/liverpool")
CUPS = ("eng.facup", "eng.eflcup", "uefa.cl", "uefa.el", "uefa.conf")
SEASON = """
2023-05-20 eng/liverpool 2-0 eng/villa  eng.1 2022 regular-season
2023-05-20 eng/city      4-0 eng/villa  eng.1 2022 regular-season
2023-05-21 eng/chelsea   3-0 eng/villa  eng.1 2022 regular-season
2023-08-13 eng/chelsea   1-2 eng/liverpool eng.1 2023 regular-season
2023-09-21 aut/lask      1-3 eng/liverpool uefa.el 2023 group-stage
2023-10-08 eng/brighton  2-2 eng/liverpool eng.1 2023 regular-season
"""


def ask(
    statistic: Statistic,
    event: str,
    *,
    scope: Scope | None = None,
    whole: tuple[int, ...] = (2022, 2023),
    not_whole: dict[tuple[str, int], str | None] | None = None,
    text: str = SEASON,
) -> Answer:
    held = [(code, season) for season in whole for code in CUPS]
    with small_archive(text, also_whole=held, not_whole=not_whole) as archive:
        question = Question(statistic, Event(event), CLUB, scope=scope or Scope())
        return answer(archive.view(dt.date(2023, 11, 1)), question)


def test_a_streak_to_the_first_match_held_is_at_least_that_long() -> None:
    found = ask(Statistic.CURRENT_STREAK, "scored")
    assert isinstance(found.value, Streak)
    assert found.value.length == 4
    assert found.coverage.complete
    assert found.at_least


def test_a_streak_that_a_match_ended_is_exact() -> None:
    found = ask(Statistic.CURRENT_STREAK, "conceded")
    assert isinstance(found.value, Streak)
    assert found.value.length == 3
    assert not found.at_least


def test_within_a_season_that_is_whole_a_streak_is_exact() -> None:
    found = ask(Statistic.CURRENT_STREAK, "scored", scope=Scope(first_season=2023))
    assert isinstance(found.value, Streak)
    assert found.value.length == 3
    assert not found.at_least


def test_a_streak_does_not_run_through_a_season_that_is_not_whole() -> None:
    # of 2022-23 the archive knows one match, and nothing of the cups
    found = ask(Statistic.CURRENT_STREAK, "scored", whole=(2023,))
    assert isinstance(found.value, Streak)
    assert found.value.length == 3
    assert found.value.first == dt.date(2023, 8, 13)
    assert found.at_least
    assert found.coverage.complete
    assert found.coverage.whole_from == dt.date(2023, 7, 1)


def test_the_longest_run_does_not_either() -> None:
    found = ask(Statistic.LONGEST_STREAK, "unbeaten", whole=(2023,))
    assert isinstance(found.value, Streak)
    assert found.value.length == 3
    assert found.at_least


def test_what_lies_behind_a_gap_is_found_but_not_vouched_for() -> None:
    found = ask(Statistic.LAST, "clean sheet", whole=(2023,))
    assert found.rows[0].date == dt.date(2023, 5, 20)
    assert not found.coverage.complete
    assert found.at_least
    assert {gap.competition for gap in found.coverage.gaps} == set(CUPS)
    assert {gap.first for gap in found.coverage.gaps} == {"2022-23"}


def test_a_season_held_for_single_clubs_is_whole_for_them_alone() -> None:
    mine = ask(Statistic.LAST, "conceded", not_whole={("uefa.el", 2023): "eng/liverpool,ita/atalanta"})
    assert mine.coverage.complete
    others = ask(Statistic.LAST, "conceded", not_whole={("uefa.el", 2023): "ita/atalanta"})
    assert not others.coverage.complete
    assert "not held whole: Europa League 2023-24" in others.coverage.note


def test_a_competition_is_not_missed_before_it_began() -> None:
    # no Conference League in 2020-21, and none is expected
    text = "2020-09-12 eng/liverpool 4-3 eng/leeds eng.1 2020 regular-season"
    held = [(code, 2020) for code in CUPS if code != "uefa.conf"]
    with small_archive(text, also_whole=held) as archive:
        view = archive.view(dt.date(2020, 10, 1))
        found = answer(view, Question(Statistic.LAST, Event("won"), CLUB))
    assert found.coverage.complete


def test_never_in_europe_needs_every_season_of_every_european_competition() -> None:
    found = ask(Statistic.NEVER, "lost", scope=europe())
    assert not found.coverage.complete
    cup = next(gap for gap in found.coverage.gaps if gap.competition == "uefa.cl")
    assert (cup.first, cup.last) == ("1955-56", "2021-22")
    winners = next(gap for gap in found.coverage.gaps if gap.competition == "uefa.cwc")
    assert (winners.first, winners.last) == ("1960-61", "1998-99")


def test_one_league_of_the_country_is_enough() -> None:
    # the second tier is not held; a club seen in the first was not in it
    found = ask(Statistic.LAST, "won")
    assert not any(gap.competition == "eng.2" for gap in found.coverage.gaps)
    relegated = "2023-08-13 eng/liverpool 1-0 eng/burnley eng.1 2023 regular-season"
    with small_archive(relegated, also_whole=[(code, 2023) for code in CUPS]) as archive:
        view = archive.view(dt.date(2023, 11, 1))
        other = answer(view, Question(Statistic.COUNT, Event("won"), Subject.of("eng/leeds")))
    assert not other.coverage.complete


def test_the_ledger_of_the_future_is_not_known() -> None:
    text = SEASON + "2024-08-17 eng/ipswich 0-2 eng/liverpool eng.1 2024 regular-season"
    found = ask(Statistic.LAST, "conceded", text=text)
    assert {season.label for season in found.coverage.seasons} == {"2023-24"}


def test_a_knockout_round_above_rules_the_competition_below_out() -> None:
    # of the Europa League of that season nothing is held; a club in the last 16 above was not in it
    text = SEASON + "2023-10-25 eng/liverpool 1-0 esp/real-madrid uefa.cl 2023 round-of-16 leg=1"
    partial: dict[tuple[str, int], str | None] = {("uefa.conf", 2023): None}
    above = ask(Statistic.LAST, "won", text=text, not_whole=partial)
    assert above.coverage.complete
    early = text.replace("round-of-16 leg=1", "group-stage")
    assert not ask(
        Statistic.LAST, "won", text=early.replace("uefa.el", "uefa.cl"), not_whole=partial
    ).coverage.complete
