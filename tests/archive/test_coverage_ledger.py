"""The coverage ledger on seasons small enough to count by hand: which are whole, and what is said of the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import combinations, permutations
from typing import Any

import pytest

from secondleg.archive import coverage
from secondleg.archive.archive import Archive
from support.schedules import Match, rounds, twice
from support.small_archive import small_archive

SIX = ("alfa", "bravo", "charlie", "delta", "echo", "foxtrot")
START = dt.date(2010, 8, 1)


def lines(
    days: Iterable[Sequence[Match]],
    *,
    code: str = "eng.1",
    season: int = 2010,
    start: dt.date = START,
    words: str = "",
    every: int = 7,
) -> list[str]:
    """The table of `small_archive`: one round a week, scores that differ from day to day."""
    table = []
    for week, matches in enumerate(days):
        day = start + dt.timedelta(days=every * week)
        for nth, (home, away) in enumerate(matches):
            score = f"{(week + nth) % 4}-{(week + 2 * nth) % 3}"
            table.append(f"{day} eng/{home} {score} eng/{away} {code} {season} {words}")
    return table


def judged(table: Iterable[str]) -> dict[tuple[str, int], dict[str, Any]]:
    with small_archive("\n".join(table)) as archive:
        return ledger(archive)


def ledger(archive: Archive) -> dict[tuple[str, int], dict[str, Any]]:
    connection = archive.connection
    connection.execute("DELETE FROM store.coverage")
    coverage.derive(connection)
    found = connection.execute("SELECT * FROM store.coverage")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {(row["competition"], row["season"]): row for row in rows}


def only(table: Iterable[str]) -> dict[str, Any]:
    (row,) = judged(table).values()
    return row


# -- leagues ------------------------------------------------------------------------------------------


def test_a_double_round_robin_is_whole() -> None:
    row = only(lines(twice(SIX)))
    assert (row["whole"], row["expected"], row["played"], row["clubs"]) == (True, 30, 30, 6)
    assert row["reason"] == "6 clubs met each other twice"


def test_a_missing_match_is_named_the_right_way_round() -> None:
    table = [
        line for line in lines(twice(SIX)) if not ("eng/bravo" in line.split()[1] and "eng/echo" in line)
    ]
    row = only(table)
    assert (row["whole"], row["expected"], row["played"]) == (False, 30, 29)
    assert row["reason"] == "29 of 30 matches: Bravo v Echo is missing"


def test_clubs_that_lack_matches_are_named() -> None:
    gone = {("alfa", "bravo"), ("bravo", "alfa"), ("alfa", "charlie")}
    days = [[match for match in day if match not in gone] for day in twice(SIX)]
    row = only(lines(days))
    assert row["reason"] == "27 of 30 matches: Alfa has 7 of 10; Bravo has 8 of 10; Charlie has 9 of 10"


def test_a_season_broken_off_is_not_whole() -> None:
    """As in the spring of 2020: every club stops at about the same time."""
    row = only(lines(twice(SIX)[:9]))
    assert not row["whole"]
    assert row["reason"] == "27 of 30 matches: every club stops after 9 of 10, the last on 26 September 2010"


@pytest.mark.parametrize("held", range(1, 5))
def test_the_first_days_of_a_season_are_not_all_of_it(held: int) -> None:
    assert not only(lines(twice(SIX)[:held]))["whole"]


@pytest.mark.parametrize("held", range(6, 10))
def test_no_part_of_a_return_is_taken_for_play_offs(held: int) -> None:
    assert not only(lines(twice(SIX)[:held]))["whole"]


def test_matches_that_the_source_calls_cancelled_are_accounted_for() -> None:
    table = lines(twice(SIX))
    with small_archive("\n".join(table)) as archive:
        archive.connection.execute(
            "UPDATE store.match SET status = 'cancelled', home_goals = NULL, away_goals = NULL WHERE id > 21"
        )
        (row,) = ledger(archive).values()
    assert (row["whole"], row["expected"], row["played"]) == (True, 30, 21)
    assert row["reason"] == "6 clubs met each other twice, 9 of these matches cancelled or abandoned"


def test_a_running_season_waits_for_its_results() -> None:
    table = lines(twice(SIX))
    table[-1] = table[-1].replace(table[-1].split()[2], "v")
    row = only(table)
    assert (row["whole"], row["reason"]) == (False, "1 of 30 matches has no result")


def test_a_split_is_read_off_the_matches() -> None:
    """Three rounds, then the upper and the lower half once more, as in Scotland."""
    once = rounds((*SIX, "golf", "hotel"))
    days = once + [[(b, a) for a, b in day] for day in once] + once
    halves = zip(rounds(SIX[:4]), rounds((*SIX[4:], "golf", "hotel")), strict=True)
    days += [upper + lower for upper, lower in halves]
    row = only(lines(days))
    assert (row["whole"], row["expected"]) == (True, 3 * 28 + 12)
    assert row["reason"] == "8 clubs met each other 3 times, then 2 groups of 4 clubs met each other once"
    broken = only(lines([*days[:-1], days[-1][:-1]]))
    assert not broken["whole"]


def test_two_groups_and_a_final_round_of_both() -> None:
    """As Serie A was in 1945-46: two groups, then the best of each together."""
    north, south = SIX, ("golf", "hotel", "india", "juliett", "kilo", "lima")
    days: list[list[Match]] = [a + b for a, b in zip(twice(north), twice(south), strict=True)]
    days += twice((*north[:2], *south[:2]))
    row = only(lines(days))
    assert (row["whole"], row["expected"]) == (True, 30 + 30 + 12)
    assert row["reason"] == "2 groups of 6 clubs met each other twice, then 4 clubs met each other twice"


def test_play_offs_do_not_hide_a_missing_match() -> None:
    final: list[list[Match]] = [[("alfa", "bravo")], [("bravo", "alfa")]]
    whole = only(lines(twice(SIX) + final))
    assert (whole["whole"], whole["expected"], whole["played"]) == (True, 30, 32)
    assert whole["reason"] == "6 clubs met each other twice; 2 matches of play-offs"
    days = twice(SIX)
    lacking = only(lines([days[0][1:], *days[1:], *final]))
    assert not lacking["whole"]


def test_a_match_too_many_on_a_common_day_is_no_play_off() -> None:
    days = twice(SIX)
    row = only(lines([*days[:-1], [*days[-1], ("alfa", "charlie")]]))
    assert not row["whole"]


def test_a_half_is_not_taken_for_a_season() -> None:
    """Once round is a complete format, but not beside years in which they met twice."""
    table = [
        line
        for season in (2008, 2009, 2011)
        for line in lines(twice(SIX), season=season, start=dt.date(season, 8, 1))
    ]
    found = judged(table + lines(rounds(SIX)))
    half = found["eng.1", 2010]
    assert not half["whole"]
    assert half["reason"] == "6 clubs met each other once, 5 matches a club where 2009-10 has 10"
    assert judged(lines(rounds(SIX)))["eng.1", 2010]["whole"]


def test_a_few_matches_are_told_beside_the_season_before() -> None:
    """As in 1939-40, when the war ended the season after three matches."""
    clubs = [f"club-{letter}" for letter in "abcdefghij"]
    table = lines(twice(clubs), season=1938, start=dt.date(1938, 8, 27))
    found = judged(table + lines(twice(clubs)[:3], season=1939, start=dt.date(1939, 8, 26)))
    row = found["eng.1", 1939]
    assert (row["whole"], row["expected"], row["played"]) == (False, None, 15)
    assert row["reason"] == (
        "15 matches of 10 clubs, 3 for each, the last on 9 September 1939; clubs played 18 each in 1938-39"
    )


def test_a_side_that_took_over_another_ones_fixtures() -> None:
    """As Port Vale did from Leeds City in October 1919."""
    days = twice(SIX)
    early = [[tuple("zulu" if c == "foxtrot" else c for c in match) for match in day] for day in days[:3]]
    row = only(lines([*early, *days[3:]]))
    assert (row["whole"], row["expected"], row["clubs"]) == (True, 30, 7)
    assert row["reason"] == "6 clubs met each other twice: Foxtrot took over from Zulu after 3 matches"


@pytest.mark.parametrize(
    ("name", "swapped"),
    [("foxtrot-town", range(3)), ("zulu", (0, 4, 8))],
    ids=["a name alike", "by turns"],
)
def test_one_club_under_two_names_is_not_whole(name: str, swapped: Sequence[int]) -> None:
    days = [
        [tuple(name if c == "foxtrot" and week in swapped else c for c in match) for match in day]
        for week, day in enumerate(twice(SIX))
    ]
    row = only(lines(days))
    assert not row["whole"]
    assert "it may be one club under two names" in row["reason"]


def test_a_club_that_withdrew() -> None:
    """As Accrington Stanley did in March 1962: the others met each other twice all the same."""
    clubs = (*SIX, "golf", "hotel")
    days = [
        [match for match in day if week < 8 or "hotel" not in match] for week, day in enumerate(twice(clubs))
    ]
    row = only(lines(days))
    assert (row["whole"], row["expected"], row["played"]) == (True, 42, 50)
    assert row["reason"] == "7 clubs met each other twice; Hotel stopped after 8 matches"


def test_a_match_that_stands_twice() -> None:
    table = lines(twice(SIX))
    day, rest = table[4].split(" ", 1)
    again = dt.date.fromisoformat(day) + dt.timedelta(days=1)
    row = only([*table, f"{again} {rest}"])
    assert not row["whole"]
    assert row["reason"] == "Foxtrot v Delta stands twice, on 8 August 2010 and 9 August 2010"


def test_a_stage_that_a_source_names_is_judged_by_itself() -> None:
    regular = lines(twice(SIX), words="regular-season")
    after = lines(twice(SIX[:4]), words="championship-round", start=dt.date(2011, 3, 1))
    row = only(regular + after)
    assert (row["whole"], row["expected"]) == (True, 42)
    assert row["reason"] == "6 clubs met each other twice, then a championship round of 12 matches"
    assert only(regular + after[:-1])["reason"] == "its championship round is not complete"


def test_a_file_that_declares_more_than_it_holds() -> None:
    table = lines([list(permutations(SIX[:5], 2))[:17]])
    with small_archive("\n".join(table)) as archive:
        _declare(archive, 20)
        (row,) = ledger(archive).values()
    assert (row["whole"], row["expected"]) == (False, 20)
    assert row["reason"] == "its file declares 20 matches and holds 17"


def test_a_format_that_cannot_be_read_is_left_to_the_file() -> None:
    """Everybody met some of the others once: nothing shows how many matches that should have been."""
    some = list(combinations("abcdefghijkl", 2))[::3]
    table = lines([[(f"club-{a}", f"club-{b}")] for a, b in some], every=2)
    assert not only(table)["whole"]
    with small_archive("\n".join(table)) as archive:
        _declare(archive, len(some))
        (row,) = ledger(archive).values()
    assert (row["whole"], row["reason"]) == (True, f"all {len(some)} matches that its file declares")


def _declare(archive: Archive, declared: int) -> None:
    archive.connection.execute(
        "INSERT INTO store.source_match BY NAME SELECT 'openfootball' AS source, 'england/1.txt' AS document, "
        "id AS line, competition, season, date, home, away, status, home_goals, away_goals FROM store.match"
    )
    archive.connection.execute(
        "INSERT INTO store.document SELECT 'openfootball', 'england/1.txt', '', count(*), count(*), $declared, 0 "
        "FROM store.match",
        {"declared": declared},
    )


def test_a_source_that_breaks_off() -> None:
    """Where it stops in many competitions at once, the reason says so."""
    codes = ["eng.1", "ita.1", "eng.2", "eng.4", "ita.2"]
    table = [line for code in codes for line in lines(twice(SIX)[:6], code=code)]
    found = judged(table)
    assert found["ita.1", 2010]["reason"].endswith("; its source ends on 5 September 2010")
    assert "source" not in only(lines(twice(SIX)[:6]))["reason"]


# -- cups ---------------------------------------------------------------------------------------------


def cup(
    ties: Iterable[tuple[str, str]], stage: str, day: str, *, legs: int = 1, season: int = 1998
) -> list[str]:
    """Ties that the first side wins 2-1 in each leg."""
    table = []
    for first, second in ties:
        table.append(f"{day} eng/{first} 2-1 eng/{second} eng.eflcup {season} {stage} leg=1")
        if legs == 2:
            later = dt.date.fromisoformat(day) + dt.timedelta(days=14)
            table.append(f"{later} eng/{second} 1-2 eng/{first} eng.eflcup {season} {stage} leg=2")
    return table


EIGHT = (*SIX, "golf", "hotel")
QUARTERS = cup(zip(EIGHT[:4], EIGHT[4:], strict=True), "quarter-final", "1999-01-10")
SEMIS = cup([("alfa", "charlie"), ("bravo", "delta")], "semi-final", "1999-02-10")
FINAL = cup([("alfa", "bravo")], "final", "1999-03-20")


def test_a_knockout_of_eight_takes_seven_ties() -> None:
    row = only(QUARTERS + SEMIS + FINAL)
    assert (row["whole"], row["reason"]) == (True, "a knockout of 8 clubs takes 7 ties")


def test_a_winner_without_a_later_match() -> None:
    row = only(QUARTERS + SEMIS[:1] + FINAL)
    assert (row["whole"], row["reason"]) == (False, "Delta won in the quarter-final and has no later match")


def test_a_cup_without_a_final() -> None:
    row = only(QUARTERS + SEMIS)
    assert (row["whole"], row["reason"]) == (False, "6 matches, and no final among them")


def test_a_second_leg_that_is_missing() -> None:
    semis = cup([("alfa", "charlie"), ("bravo", "delta")], "semi-final", "1999-02-10", legs=2)
    quarters = cup(zip(EIGHT[:4], EIGHT[4:], strict=True), "quarter-final", "1999-01-10", legs=2)
    assert only(quarters + semis + FINAL)["whole"]
    row = only(quarters[:-1] + semis + FINAL)
    assert (row["whole"], row["reason"]) == (False, "the second leg of Delta v Hotel is not held")


def test_a_replay_that_is_missing() -> None:
    """A level match without extra time was played again: where the second match is not there, something is missing."""
    level = [line.replace("2-1", "1-1", 1) + " winner=eng/alfa" for line in FINAL]
    row = only(QUARTERS + SEMIS + level)
    assert (row["whole"], row["reason"]) == (
        False,
        "Alfa v Bravo ended 1-1, and what decided the tie is not held",
    )
    assert only(QUARTERS + SEMIS + [f"{level[0]} pens=4-3"])["whole"]
    assert only(QUARTERS + SEMIS + [f"{level[0]} aet"])["whole"]


def test_groups_and_then_ties_between_them() -> None:
    """As in Belgium from 2009-10: groups play on, and their winners meet for a place in Europe."""
    clubs = (*SIX, "golf", "hotel")
    days = twice(clubs)
    days += [a + b for a, b in zip(twice(clubs[:4]), twice(clubs[4:]), strict=True)]
    days += [[("alfa", "echo")], [("echo", "alfa")], [("bravo", "alfa")]]
    row = only(lines(days))
    assert (row["whole"], row["expected"], row["played"]) == (True, 56 + 24, 83)
    assert row["reason"] == (
        "8 clubs met each other twice, then 2 groups of 4 clubs met each other twice; 3 matches of play-offs"
    )


def test_a_walkover_that_is_declared_is_no_gap() -> None:
    """APOEL withdrew from the European Cup of 1986-87 after their first tie."""
    whole = only(_european_cup(1986))
    assert whole["whole"]
    assert whole["reason"].startswith("a knockout of 8 clubs takes 7 ties")
    assert not only(_european_cup(1985))["whole"]


def _european_cup(season: int) -> list[str]:
    """Eight clubs; one of those who win their first tie has no later match."""
    ties = [(first, second, "quarter-final", 1) for first, second in zip(EIGHT[:4], EIGHT[4:], strict=True)]
    ties.append(("alfa", "bravo", "semi-final", 3))
    table = []
    for first, second, stage, month in ties:
        table.append(f"{season + 1}-0{month}-10 eng/{first} 2-1 eng/{second} uefa.cl {season} {stage} leg=1")
        table.append(f"{season + 1}-0{month}-24 eng/{second} 1-2 eng/{first} uefa.cl {season} {stage} leg=2")
    return [*table, f"{season + 1}-05-20 eng/alfa 2-1 eng/charlie uefa.cl {season} final leg=1 neutral"]


def knockout(season: int, score: str) -> list[str]:
    """A cup of 64 clubs in 63 ties; every fourth match of the first round ends with `score`."""
    clubs = [f"club-{nth}" for nth in range(64)]
    stages = ("round-of-64", "round-of-32", "round-of-16", "quarter-final", "semi-final", "final")
    table = []
    for month, stage in enumerate(stages, start=1):
        half = len(clubs) // 2
        for nth, (first, second) in enumerate(zip(clubs[:half], clubs[half:], strict=True)):
            told = f"{score} pens=4-3" if month == 1 and nth % 4 == 0 else "2-1"
            goals, _, rest = told.partition(" ")
            words = f"eng.eflcup {season} {stage} leg=1 {rest}"
            table.append(f"{season + 1}-{month:02d}-10 eng/{first} {goals} eng/{second} {words}")
        clubs = clubs[:half]
    return table


def test_a_cup_whose_source_lists_goals_only() -> None:
    """A match without a goal is not there, and a replay hides that: no 0-0 at all gives it away."""
    seasons = [line for season in range(1990, 1996) for line in knockout(season, "0-0")]
    with small_archive("\n".join(seasons + knockout(1997, "1-1"))) as archive:
        archive.connection.execute(
            "UPDATE store.match SET sources = 'goals a.csv:' || id WHERE season = 1997"
        )
        found = ledger(archive)
    assert found["eng.eflcup", 1995]["whole"]
    row = found["eng.eflcup", 1997]
    assert not row["whole"]
    assert row["reason"].startswith(
        "no 0-0 among the 63 matches that only goals tells, so those without a goal are missing"
    )


def test_a_source_that_tells_of_draws_without_goals_may_have_a_season_without() -> None:
    seasons = [line for season in range(1990, 1996) for line in knockout(season, "0-0")]
    assert judged(seasons + knockout(1997, "1-1"))["eng.eflcup", 1997]["whole"]


# -- labels -------------------------------------------------------------------------------------------


def test_a_calendar_year_and_one_that_overran() -> None:
    table: list[str] = []
    for season in range(2017, 2023):
        start = dt.date(season, 8 if season == 2020 else 4, 1)
        table += lines(twice(SIX), season=season, start=start, every=20 if season == 2020 else 7)
    found = judged(table)
    assert [found["eng.1", season]["label"] for season in (2019, 2020, 2021)] == ["2019", "2020", "2021"]
    split = judged(lines(twice(SIX), every=20))
    assert split["eng.1", 2010]["label"] == "2010-11"


def test_deriving_again_changes_nothing() -> None:
    with small_archive("\n".join(lines(twice(SIX)) + QUARTERS)) as archive:
        assert ledger(archive) == ledger(archive)
