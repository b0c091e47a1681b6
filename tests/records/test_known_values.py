"""Answers checked by hand on a table small enough to be counted with a finger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from secondleg.archive.view import View
from secondleg.errors import BadInput
from secondleg.football.match import Result, Venue
from secondleg.records import (
    Answer,
    Count,
    Event,
    FirstLeg,
    Form,
    Furthest,
    Measure,
    Never,
    Occurrence,
    Question,
    Record,
    Scope,
    Since,
    Statistic,
    Streak,
    Subject,
    Total,
    Unit,
    answer,
    europe,
)
from support.small_archive import small_archive

# Liverpool's spring of 2024 in short, an older cup tie, and what came after the day
TABLE = """
1971-04-14  eng/liverpool 0-1 eng/leeds       uefa.fairs 1970 semi-final leg=1
1971-04-28  eng/leeds     0-0 eng/liverpool   uefa.fairs 1970 semi-final leg=2
2005-05-25  ita/milan     3-3 eng/liverpool   uefa.cl 2004 final leg=1 aet pens=2-3 neutral
2023-02-21  eng/liverpool 2-5 esp/real-madrid uefa.cl 2022 round-of-16 leg=1
2023-03-15  esp/real-madrid 1-0 eng/liverpool uefa.cl 2022 round-of-16 leg=2
2024-02-25  eng/chelsea   0-1 eng/liverpool   eng.eflcup 2023 final aet neutral
2024-03-02  eng/forest    0-1 eng/liverpool   eng.1 2023 regular-season
2024-03-07  cze/sparta    1-5 eng/liverpool   uefa.el 2023 round-of-16 leg=1
2024-03-10  eng/liverpool 1-1 eng/city        eng.1 2023 regular-season
2024-03-14  eng/liverpool 6-1 cze/sparta      uefa.el 2023 round-of-16 leg=2
2024-03-17  eng/united    4-3 eng/liverpool   eng.facup 2023 quarter-final aet
2024-04-11  eng/liverpool 0-3 ita/atalanta    uefa.el 2023 quarter-final leg=1
2024-04-14  eng/liverpool 0-1 eng/palace      eng.1 2023 regular-season
2024-04-18  ita/atalanta  0-1 eng/liverpool   uefa.el 2023 quarter-final leg=2
2024-04-21  eng/fulham    1-3 eng/liverpool   eng.1 2023 regular-season
"""
DAY = dt.date(2024, 4, 17)
CLUB = Subject.of("eng/liverpool")
SEASON = Scope(first_season=2023)
LOST_AT_HOME = FirstLeg(venue=Venue.HOME, result=Result.LOST)


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with small_archive(TABLE, also_whole=[("uefa.cl", 2023), ("uefa.conf", 2023)]) as archive:
        yield archive.view(DAY)


def ask(
    view: View,
    statistic: Statistic,
    event: Event,
    *,
    subject: Subject = CLUB,
    unit: Unit = Unit.MATCH,
    scope: Scope = SEASON,
    measure: Measure | None = None,
    before: dt.date | None = None,
) -> Answer:
    return answer(view, Question(statistic, event, subject, unit, scope, measure, before))


def days(found: Answer, *, only_hits: bool = False) -> list[str]:
    return [str(row.date) for row in found.rows if row.holds or not only_hits]


def test_last_clean_sheet_comes_with_the_matches_since(view: View) -> None:
    found = ask(view, Statistic.LAST, Event("clean sheet"), scope=Scope())
    assert found.value == Occurrence(dt.date(2024, 3, 2), "2023-24", "eng.1", before=6, since=6)
    assert days(found, only_hits=True) == ["2024-03-02"]
    assert len(found.rows) == 7
    assert found.coverage.complete
    assert found.coverage.note == "2023-24 of Premier League, EFL Cup, FA Cup and Europa League"
    assert not found.at_least


def test_a_streak_is_shown_with_the_match_that_ended_the_one_before(view: View) -> None:
    found = ask(view, Statistic.CURRENT_STREAK, Event("failed to score"))
    assert found.value == Streak(2, dt.date(2024, 4, 11), dt.date(2024, 4, 14), ongoing=True)
    assert days(found) == ["2024-03-17", "2024-04-11", "2024-04-14"]
    assert not found.at_least
    broken = ask(view, Statistic.CURRENT_STREAK, Event("scored"))
    assert broken.value == Streak(0, None, None, ongoing=False)
    assert days(broken) == ["2024-04-14"]


def test_a_defeat_in_extra_time_is_a_defeat(view: View) -> None:
    found = ask(view, Statistic.CURRENT_STREAK, Event("lost"))
    assert found.value == Streak(3, dt.date(2024, 3, 17), dt.date(2024, 4, 14), ongoing=True)
    assert found.rows[1].score == "4-3 after extra time"


def test_a_match_decided_on_penalties_is_a_draw(view: View) -> None:
    scope = Scope(competitions=("uefa.cl",), last_season=2004)
    assert ask(view, Statistic.COUNT, Event("drew"), scope=scope).k == 1
    assert ask(view, Statistic.COUNT, Event("won on penalties"), scope=scope).k == 1
    final = ask(view, Statistic.LAST, Event("unbeaten"), scope=scope)
    assert final.rows[0].score == "3-3 after extra time, 2-3 on penalties"
    through = ask(view, Statistic.COUNT, Event("went through"), unit=Unit.TIE, scope=scope)
    assert through.k == 1


def test_neutral_ground_is_not_home(view: View) -> None:
    assert ask(view, Statistic.COUNT, Event("played"), scope=Scope(venue=Venue.NEUTRAL)).k == 2
    assert ask(view, Statistic.COUNT, Event("played"), scope=Scope(venue=Venue.HOME)).k == 6


def test_form_and_record_of_the_last_five(view: View) -> None:
    scope = Scope(last=5)
    assert ask(view, Statistic.LAST_N, Event("played"), scope=scope).value == Form("DWLLL")
    # 1-1, 6-1, 3-4, 0-3, 0-1
    assert ask(view, Statistic.RECORD, Event("played"), scope=scope).value == Record(1, 1, 3, 10, 10)


def test_longest_run_of_the_season(view: View) -> None:
    found = ask(view, Statistic.LONGEST_STREAK, Event("unbeaten"))
    assert found.value == Streak(5, dt.date(2024, 2, 25), dt.date(2024, 3, 14), ongoing=False)
    assert len(found.rows) == 5


def test_first_and_totals(view: View) -> None:
    first = ask(view, Statistic.FIRST, Event("lost"))
    assert first.value == Occurrence(dt.date(2024, 3, 17), "2023-24", "eng.facup", before=5, since=2)
    # 1, 1, 5, 1, 6, 3, 0, 0
    scored = ask(view, Statistic.TOTAL, Event("played"), measure=Measure.SCORED)
    assert scored.value == Total(17, 8)
    in_defeats = ask(view, Statistic.TOTAL, Event("lost"), measure=Measure.DIFFERENCE)
    assert in_defeats.value == Total(-5, 3)


def test_share_and_counts_with_a_threshold(view: View) -> None:
    assert ask(view, Statistic.SHARE, Event("scored at least", n=5)).value == Count(2, 8)
    assert ask(view, Statistic.COUNT, Event("lost by", n=3), scope=Scope()).value == Count(2, 13)
    assert ask(view, Statistic.NEVER, Event("won by", n=6)).value == Never(True, 8)
    assert ask(view, Statistic.NEVER, Event("won by", n=5)).value == Never(False, 8)


def test_first_since(view: View) -> None:
    found = ask(view, Statistic.SINCE, Event("lost by", n=3), scope=europe())
    assert found.value == Since(dt.date(2024, 4, 11), dt.date(2023, 2, 21), "2022-23", between=3)
    assert days(found, only_hits=True) == ["2023-02-21", "2024-04-11"]
    early = ask(view, Statistic.SINCE, Event("lost by", n=3), scope=europe(), before=dt.date(2023, 8, 1))
    assert early.value == found.value
    none = ask(view, Statistic.SINCE, Event("lost by", n=3), scope=europe(), before=dt.date(2024, 4, 12))
    assert none.value == Since(None, dt.date(2024, 4, 11), "2023-24", between=0)


def test_never_through_after_losing_the_first_leg_at_home(view: View) -> None:
    scope = europe(first_leg=LOST_AT_HOME)
    found = ask(view, Statistic.NEVER, Event("went through"), unit=Unit.TIE, scope=scope)
    # the tie with Atalanta is open and counts for neither
    assert found.value == Never(True, 2)
    assert days(found) == ["1971-04-14", "1971-04-28", "2023-02-21", "2023-03-15"]
    without = europe(first_leg=LOST_AT_HOME, fairs_cup=False)
    assert ask(view, Statistic.SHARE, Event("went through"), unit=Unit.TIE, scope=without).value == Count(
        0, 1
    )


def test_an_open_tie_counts_for_how_its_first_leg_went(view: View) -> None:
    found = ask(view, Statistic.LAST, Event("behind after first leg"), unit=Unit.TIE, scope=europe())
    assert isinstance(found.value, Occurrence)
    assert found.value.date == dt.date(2024, 4, 11)


def test_furthest_stage_and_when(view: View) -> None:
    found = ask(view, Statistic.FURTHEST, Event("played"), unit=Unit.CAMPAIGN, scope=europe())
    assert found.value == Furthest("winner", 36, ("2004-05",), ("uefa.cl",))
    semi = ask(
        view, Statistic.COUNT, Event("reached", stage="semi-final"), unit=Unit.CAMPAIGN, scope=europe()
    )
    assert semi.value == Count(2, 4)
    # the running campaign is at the quarter-final but has not ended there
    ended = ask(
        view, Statistic.COUNT, Event("ended at", stage="quarter-final"), unit=Unit.CAMPAIGN, scope=europe()
    )
    assert ended.k == 0


def test_head_to_head_is_seen_from_the_first_club(view: View) -> None:
    pair = ask(view, Statistic.RECORD, Event("played"), subject=Subject.pair("ita/atalanta", "eng/liverpool"))
    assert pair.value == Record(1, 0, 0, 3, 0)
    assert pair.rows[0].score == "0-3"


def test_opponents_of_one_country(view: View) -> None:
    scope = Scope(opponent_country="ita")
    assert ask(view, Statistic.RECORD, Event("played"), scope=scope).value == Record(0, 1, 1, 3, 6)


def test_of_all_clubs_a_match_counts_once(view: View) -> None:
    scope = Scope(competitions=("eng.1",))
    found = ask(view, Statistic.SHARE, Event("won"), subject=Subject.any_club(), scope=scope)
    assert found.value == Count(2, 3)
    last = ask(view, Statistic.LAST, Event("clean sheet"), subject=Subject.any_club(), scope=scope)
    assert isinstance(last.value, Occurrence)
    assert last.value.date == dt.date(2024, 4, 14)


def test_nothing_to_tell(view: View) -> None:
    nobody = Subject.of("eng/everton")
    assert ask(view, Statistic.LAST, Event("won"), subject=nobody).value is None
    assert ask(view, Statistic.COUNT, Event("won"), subject=nobody).value == Count(0, 0)
    streak = ask(view, Statistic.CURRENT_STREAK, Event("won"), subject=nobody)
    assert streak.value == Streak(0, None, None, ongoing=False)
    assert streak.rows == ()


def test_a_chance_is_not_the_archives_to_give(view: View) -> None:
    with pytest.raises(BadInput, match="forecast"):
        ask(view, Statistic.CHANCE, Event("went through"), unit=Unit.TIE)


def test_what_a_user_says_never_becomes_sql(view: View) -> None:
    nasty = "x'; DROP TABLE store.match; --"
    assert ask(view, Statistic.COUNT, Event("won"), subject=Subject.of(nasty)).k == 0
    assert ask(view, Statistic.COUNT, Event("won"), scope=Scope(opponent_country=nasty)).k == 0
    assert ask(view, Statistic.COUNT, Event("played")).k == 8
