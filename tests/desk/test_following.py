"""A played match followed minute by minute, from goals put into the starter archive for the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from secondleg.archive.archive import Archive
from secondleg.archive.starter import load
from secondleg.desk.following import played_curve, to_text
from secondleg.desk.render import live_chart
from secondleg.errors import BadInput, FixtureNotFound

DAY = dt.date(2024, 4, 18)


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    """The starter archive with the goal of the second leg, and a red card that nobody saw."""
    with load() as held:
        found = held.view(dt.date.max).rows(
            "SELECT id FROM result WHERE home = 'ita/atalanta' AND away = 'eng/liverpool' AND date = $day",
            day=DAY,
        )
        held.connection.execute(
            """
            INSERT INTO store.goal VALUES (?, 1, 'away', 7, NULL, 'penalty', 'Mo Salah', NULL, 0, 1, 'test', 'test', 1)
            """,
            [found[0]["id"]],
        )
        held.connection.execute(
            "INSERT INTO store.card VALUES (?, 1, 'home', 30, NULL, 'red', 'Nobody', 'test', 'test', 1)",
            [found[0]["id"]],
        )
        yield held


def test_a_goal_and_a_card_move_the_chances(archive: Archive) -> None:
    told = played_curve(archive, "Atalanta", "Liverpool", DAY, None)
    curve = {moment["minute"]: moment for moment in told["curve"]}
    away = {minute: moment["through"]["away"] for minute, moment in curve.items()}
    assert away["7"] > 1.5 * away["6"]
    assert away["30"] > 1.2 * away["29"]
    assert curve["6"]["score"] == "0-0"
    assert curve["7"]["score"] == "0-1"
    assert told["curve"][-1]["through"]["away"] == 0.0
    goal = told["goals"][0]
    assert (goal["minute"], goal["scorer"], goal["side"]) == ("7", "Mo Salah", "away")
    assert goal["before"]["away"] == away["6"]
    assert goal["after"]["away"] == away["7"]
    clock = [moment["clock"] for moment in told["curve"]]
    assert clock == sorted(clock)


def test_it_is_told_in_prose(archive: Archive) -> None:
    text = to_text(played_curve(archive, "Atalanta", "Liverpool", DAY, None))
    assert "Atalanta 0-1 Liverpool." in text
    assert "7' 0-1 Mo Salah: Liverpool from" in text


def test_strengths_know_nothing_of_the_day(archive: Archive) -> None:
    """The curve starts from what was known on the morning, or earlier where that is asked for."""
    told = played_curve(archive, "Atalanta", "Liverpool", None, dt.date(2024, 4, 17))
    assert told["as_of"] == "2024-04-17"
    late = played_curve(archive, "Atalanta", "Liverpool", None, dt.date(2024, 5, 30))
    assert late["as_of"] == "2024-04-18"


def test_the_picture_names_sides_and_goals(archive: Archive) -> None:
    pytest.importorskip("vl_convert")
    made = live_chart.to_svg(played_curve(archive, "Atalanta", "Liverpool", DAY, None))
    for word in ("Atalanta", "Liverpool", "0-1", "red", "who goes through"):
        assert word in made


def test_without_goals_or_a_match_it_says_so(archive: Archive) -> None:
    with pytest.raises(BadInput, match="minutes of all goals"):
        played_curve(archive, "Liverpool", "Atalanta", dt.date(2024, 4, 11), None)
    with pytest.raises(FixtureNotFound, match="no match of"):
        played_curve(archive, "Luton Town", "Atalanta", None, None)
