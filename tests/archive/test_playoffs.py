"""Play-offs that stand among a league's matches."""

from __future__ import annotations

import datetime as dt
import itertools

import duckdb
import pytest

from secondleg.archive.playoffs import mark

CLUBS = [f"ger/{letter}" for letter in "abcdefghij"]
Row = tuple[dt.date, str, str, str | None]


def robin(clubs: list[str] = CLUBS, start: dt.date = dt.date(2018, 8, 1)) -> list[Row]:
    """Everybody at home to everybody, a match a day."""
    pairs = itertools.permutations(clubs, 2)
    return [(start + dt.timedelta(days=n), home, away, None) for n, (home, away) in enumerate(pairs)]


def marked(rows: list[Row], competition: str = "ger.1") -> dict[tuple[dt.date, str, str], str]:
    """The stages that are given, by day and sides."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE merged (id INTEGER, competition TEXT, season SMALLINT, date DATE, home TEXT, away TEXT, "
            'stage TEXT, "group" TEXT, status TEXT)'
        )
        connection.executemany(
            "INSERT INTO merged VALUES (?, ?, 2018, ?, ?, ?, ?, NULL, 'played')",
            [(n, competition, day, home, away, stage) for n, (day, home, away, stage) in enumerate(rows)],
        )
        count = mark(connection)
        found = connection.execute(
            "SELECT date, home, away, stage FROM merged WHERE stage LIKE '%play-offs'"
        ).fetchall()
    assert count == sum(stage is None for *_, stage in rows) - sum(
        (day, home, away) not in {row[:3] for row in found}
        for day, home, away, stage in rows
        if stage is None
    )
    return {(day, home, away): stage for day, home, away, stage in found}


LATE = dt.date(2019, 5, 23)


@pytest.mark.parametrize("told", [None, "regular-season"])
def test_two_legs_against_a_club_of_the_division_below(told: str | None) -> None:
    """Union Berlin in May 2019: Stuttgart were of the Bundesliga, Union were not."""
    season = [(day, home, away, told) for day, home, away, _ in robin()]
    ties: list[Row] = [
        (LATE, "ger/a", "ger/union", None),
        (LATE + dt.timedelta(4), "ger/union", "ger/a", None),
    ]
    assert marked(season + ties) == {row[:3]: "relegation-play-offs" for row in ties}


def test_a_few_further_meetings_after_the_last_round() -> None:
    """The Dutch play-offs for Europe: two semi-finals over two legs, in May."""
    more: list[Row] = [
        (LATE, "ger/d", "ger/e", None),
        (LATE, "ger/f", "ger/g", None),
        (LATE + dt.timedelta(4), "ger/e", "ger/d", None),
        (LATE + dt.timedelta(4), "ger/g", "ger/f", None),
    ]
    assert marked(robin() + more) == {row[:3]: "play-offs" for row in more}


def test_a_second_half_of_everybody_against_everybody_is_the_league() -> None:
    """Scotland and Austria: the clubs meet four times."""
    assert marked(robin() + robin(start=dt.date(2018, 12, 1))) == {}


def test_a_split_that_overlaps_the_rounds_before_is_left() -> None:
    """A further meeting before all have met home and away."""
    rows = robin()
    rows.insert(40, (dt.date(2018, 9, 9), "ger/a", "ger/b", None))
    assert marked(rows) == {}


def test_a_season_with_a_match_missing_tells_no_play_offs() -> None:
    assert marked([*robin()[:-1], (LATE, "ger/a", "ger/b", None)]) == {}


def test_a_club_that_withdrew_early_is_no_outsider() -> None:
    """Wigan Borough, 1931: its few matches are of the autumn."""
    early: list[Row] = [(dt.date(2018, 8, 2 + n), "ger/k", club, None) for n, club in enumerate(CLUBS[:4])]
    assert marked([*robin(), *early]) == {}


def test_a_cup_has_no_outsiders() -> None:
    assert marked([*robin(), (LATE, "ger/a", "ger/union", None)], "ger.cup") == {}
