"""The integrity checks: each finds what was put wrong by hand, names the rows, and finds nothing where all is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import permutations

import pytest

from secondleg.archive import checks, coverage
from secondleg.archive.archive import Archive
from support.schedules import twice
from support.small_archive import small_archive

SIX = ("alfa", "bravo", "charlie", "delta", "echo", "foxtrot")
TODAY = dt.date(2024, 1, 1)


def league(clubs: Sequence[str] = SIX, *, code: str = "eng.1", season: int = 1990) -> list[str]:
    """A double round robin, a match a day."""
    start = dt.date(season, 8, 1)
    return [
        f"{start + dt.timedelta(days=nth)} eng/{home} {nth % 3}-{nth % 2} eng/{away} {code} {season}"
        for nth, (home, away) in enumerate(permutations(clubs, 2))
    ]


def findings(table: Iterable[str], *changes: str) -> dict[str, list[tuple[str, str, str]]]:
    """Clubs, match ids and detail of the findings, by check; `changes` are made to the archive before."""
    with small_archive("\n".join(table)) as archive:
        for change in changes:
            archive.connection.execute(change)
        return found(archive)


def found(archive: Archive) -> dict[str, list[tuple[str, str, str]]]:
    connection = archive.connection
    connection.execute("DELETE FROM store.coverage")
    coverage.derive(connection)
    checks.derive(connection, today=TODAY)
    kept: dict[str, list[tuple[str, str, str]]] = {}
    for key, clubs, matches, detail in connection.execute(
        'SELECT "check", clubs, matches, detail FROM store.finding ORDER BY ALL'
    ).fetchall():
        kept.setdefault(key, []).append((clubs, matches, detail))
    return kept


def test_nothing_is_found_where_all_is_right() -> None:
    assert (
        findings(league() + league(season=1991) + league(("golf", "hotel", "india", "kilo"), code="eng.2"))
        == {}
    )


def test_every_check_says_what_it_looks_for() -> None:
    assert all(check.title and check.severity in ("error", "odd") for check in checks.CHECKS.values())
    assert [check.key for check in checks.CHECKS.values()] == list(checks.CHECKS)


def test_the_same_match_twice() -> None:
    table = league()
    again = table[0].replace("1990-08-01", "1990-08-03")
    kept = findings([*table, again])
    assert kept["same-match-twice"] == [
        ("eng/alfa,eng/bravo", "1,31", "Alfa v Bravo ended 0-0 on 1 August 1990 and again on 3 August 1990")
    ]
    # a replay on the other ground, and a return with another score, are no copies
    assert "same-match-twice" not in findings([*table, again.replace(" 0-0 ", " 3-2 ")])


def test_two_matches_of_a_club_on_one_day() -> None:
    table = [*league(), "1990-08-01 eng/zulu 2-1 eng/alfa eng.facup 1990 final leg=1"]
    kept = findings(table)
    assert kept["two-on-a-day"] == [
        (
            "eng/alfa",
            "1,31",
            "Alfa played 2 matches on 1 August 1990: against Bravo 0-0 (eng.1), at Zulu 1-2 (eng.facup)",
        )
    ]
    early = findings([line.replace("1990", "1890") for line in table])
    assert "two-on-a-day" not in early
    assert [row[0] for row in early["two-on-a-day-early"]] == ["eng/alfa"]


def test_a_pair_that_met_too_often() -> None:
    clubs = (*SIX, "golf", "hotel")
    table = [
        f"{dt.date(1990, 8, 4) + dt.timedelta(weeks=week)} eng/{home} 1-0 eng/{away} eng.1 1990"
        for week, matches in enumerate(twice(clubs))
        for home, away in matches
    ]
    last = table[-1].split()[0]
    assert "met-too-often" not in findings([*table, "1990-12-30 eng/bravo 5-4 eng/alfa eng.1 1990"]), (
        "a play-off"
    )
    (row,) = findings([*table, f"{last} eng/bravo 5-4 eng/alfa eng.1 1990"])["met-too-often"]
    assert row[0] == "eng/alfa,eng/bravo"
    assert row[2] == "Alfa and Bravo met 3 times, most others twice"


def test_a_club_under_two_names() -> None:
    table = [line.replace("eng/foxtrot", "eng/fox") if nth % 2 else line for nth, line in enumerate(league())]
    (row,) = findings(table)["two-names"]
    assert row[0] == "eng/fox,eng/foxtrot"
    assert row[2].endswith("matches, together those of one club: it may be one club under two names")


def test_a_club_in_two_leagues() -> None:
    table = league() + [
        line.replace("1990-", "1991-", 1) for line in league(("alfa", "golf", "hotel", "india"), code="eng.2")
    ]
    (row,) = findings(table)["two-leagues"]
    assert row[0] == "eng/alfa"
    assert row[2] == "Alfa has 10 matches in eng.1 and 6 matches in eng.2"
    assert len(row[1].split(",")) == 6


def test_goals_that_differ_from_the_score() -> None:
    goal = "INSERT INTO store.goal BY NAME SELECT {match} AS match, {nth} AS nth, '{side}' AS side, 'goal' AS kind, "
    goal += "'goals' AS source, 'a.csv' AS document, 1 AS line"
    told = [goal.format(match=2, nth=1, side="home"), goal.format(match=2, nth=2, side="away")]
    assert "goals-differ" not in findings(league(), *told)
    more = goal.format(match=2, nth=3, side="away")
    assert findings(league(), *told, more)["goals-differ"] == [
        (
            "eng/alfa,eng/charlie",
            "2",
            "Alfa v Charlie on 2 August 1990 ended 1-1, and goals has the goals of a 1-2",
        )
    ]


def test_a_tie_won_by_the_side_behind() -> None:
    table = [
        "1993-08-18 eng/alfa 2-1 eng/bravo uefa.cl 1993 qualifying-1 leg=1",
        "1993-09-01 eng/bravo 1-1 eng/alfa uefa.cl 1993 qualifying-1 leg=2",
    ]
    assert "lost-and-through" not in findings(table)
    table[1] += " winner=eng/bravo by=aggregate"
    assert findings(table)["lost-and-through"] == [
        ("eng/alfa,eng/bravo", "1,2", "Bravo went through against Alfa, who led 3-2 on aggregate")
    ]
    walkover = table[1].replace("by=aggregate", "by=walkover")
    assert "lost-and-through" not in findings([table[0], walkover])


def test_more_goals_at_half_time_than_at_the_end() -> None:
    table = league()
    table[5] += " ht=0-3"
    (row,) = findings(table)["half-time"]
    assert row[1:] == ("6", "Bravo v Alfa on 6 August 1990 stood 0-3 at half-time and ended 2-1")


def test_a_score_beyond_the_usual() -> None:
    table = league()
    table[3] = table[3].replace(table[3].split()[2], "15-1")
    assert [row[2] for row in findings(table)["many-goals"]] == ["Alfa v Echo on 4 August 1990 ended 15-1"]
    assert "many-goals" not in findings([line.replace("15-1", "14-1") for line in table])


def test_a_result_of_a_day_still_to_come() -> None:
    assert [
        row[1]
        for row in findings(league(season=2023), "UPDATE store.match SET date = '2024-01-02' WHERE id = 30")[
            "future"
        ]
    ] == ["30"]


@pytest.mark.parametrize(("day", "key"), [("1991-06-15", "far-from-season"), ("1993-08-05", "wrong-year")])
def test_a_match_outside_its_season(day: str, key: str) -> None:
    kept = findings(league(), f"UPDATE store.match SET date = '{day}' WHERE id = 30")
    assert [row[1] for row in kept[key]] == ["30"]


def test_a_cup_that_ran_over_several_years_is_in_no_wrong_year() -> None:
    """The first Fairs Cup was played from 1955 to 1958."""
    table = [
        f"{year}-0{month}-10 eng/{home} 2-{month} eng/{away} uefa.fairs 1955 group-stage"
        for year in (1955, 1956, 1958)
        for month, (home, away) in enumerate([("alfa", "bravo"), ("charlie", "delta")], start=6)
    ]
    assert "wrong-year" not in findings(table)


def test_a_lone_match() -> None:
    table = league() + league(season=1991) + ["1993-03-01 eng/alfa 1-0 eng/bravo eng.1 1992"]
    (row,) = findings(table)["lone-match"]
    assert row[1] == "61"
    # where a single match is the rule, it is not odd
    super_cups = [f"{year}-08-01 eng/alfa 1-0 eng/bravo uefa.sc {year} final leg=1" for year in (1990, 1991)]
    assert "lone-match" not in findings(super_cups)


def test_goalless_to_the_end() -> None:
    """As Soroksar's spring of 1937, after they had withdrawn."""
    rounds = [f"1991-0{1 + nth // 4}-{1 + 7 * (nth % 4):02d}" for nth in range(9)]
    others = ("bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india")
    played = [f"1990-12-01 eng/alfa 0-1 eng/{others[0]} eng.1 1990"]
    withdrawn = [f"{rounds[nth]} eng/alfa 0-0 eng/{others[nth]} eng.1 1990" for nth in range(7)]
    (row,) = findings(played + withdrawn)["goalless-end"]
    assert len(row[1].split(",")) == 7
    late_goal = [f"{rounds[7]} eng/alfa 1-1 eng/{others[7]} eng.1 1990"]
    assert "goalless-end" not in findings(played + withdrawn + late_goal)
    assert "goalless-end" not in findings(played + withdrawn[1:])


def test_deriving_again_changes_nothing() -> None:
    with small_archive("\n".join([*league(), "1990-08-01 eng/zulu 2-1 eng/alfa eng.facup 1990"])) as archive:
        first = found(archive)
        assert first
        assert found(archive) == first
