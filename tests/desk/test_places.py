"""Where the sides stand before a match, against tables that the leagues and UEFA published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from secondleg.archive.archive import Archive
from secondleg.desk.preview import preview
from support.held_archive import NEEDS_MIRROR
from support.small_archive import small_archive


def needs_mirror(test: Callable[..., None]) -> Callable[..., None]:
    for mark in NEEDS_MIRROR:
        test = mark(test)
    return test


def told(archive: Archive, home: str, away: str, day: dt.date) -> list[str]:
    document = preview(archive.view(day), home, away, day)
    return [
        s["text"]
        for section in document["sections"]
        if section["key"] == "table"
        for s in section["sentences"]
    ]


@needs_mirror
@pytest.mark.parametrize(
    ("home", "away", "day", "says"),
    [
        # three points and the title between them; Arsenal won 2-0
        (
            "Liverpool",
            "Arsenal",
            "1989-05-26",
            [
                "Liverpool lead the table with 76 points from 37 matches, three points ahead of Arsenal.",
                "Arsenal are second in the table with 73 points from 37 matches.",
            ],
        ),
        # 22 points clear at the end of February
        (
            "Watford",
            "Liverpool",
            "2020-02-29",
            [
                "Liverpool lead the table with 79 points from 27 matches, 22 points ahead of Manchester City.",
                "Watford are 19th in the table with 24 points from 27 matches.",
            ],
        ),
    ],
)
def test_the_table_is_the_published_one(
    held: Archive, home: str, away: str, day: str, says: list[str]
) -> None:
    assert told(held, home, away, dt.date.fromisoformat(day)) == says


CLUBS = ("eng/arsenal", "eng/chelsea", "eng/everton", "eng/palace")


def season(year: int) -> str:
    """Arsenal win all, Palace lose all, the others draw with each other; each has played six."""
    text = ""
    for turn in range(2):
        for i, (one, other) in enumerate(
            [(0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)],
        ):
            score = "2-0" if one == 0 or other == 3 else "1-1"
            home, away = (CLUBS[one], CLUBS[other]) if turn == 0 else (CLUBS[other], CLUBS[one])
            score = score if turn == 0 else score[::-1]
            day = dt.date(year, 9, 1) + dt.timedelta(days=7 * (2 * i + turn))
            text += f"{day} {home} {score} {away} eng.1 {year} regular-season\n"
    return text


def test_the_leader_is_told_first_and_a_side_far_behind_without_the_gap() -> None:
    day = dt.date(2003, 2, 1)
    text = season(2002) + f"{day} eng/palace v eng/arsenal eng.1 2002 regular-season\n"
    with small_archive(text, also_whole=[("eng.1", year) for year in range(1990, 2003)]) as archive:
        says = told(archive, "eng/palace", "eng/arsenal", day)
    # 6 wins; Chelsea and Everton two wins and two draws each, level on all; Palace without a point
    assert says == [
        "Arsenal lead the table with 18 points from six matches, ten points ahead of Chelsea.",
        "Palace are fourth in the table with no points from six matches.",
    ]


def test_no_place_is_told_where_points_were_taken_off() -> None:
    """Middlesbrough lost three points in January 1997: on which days they counted is not known here."""
    day = dt.date(1997, 2, 1)
    text = season(1996) + f"{day} eng/palace v eng/arsenal eng.1 1996 regular-season\n"
    with small_archive(text, also_whole=[("eng.1", year) for year in range(1990, 1997)]) as archive:
        assert told(archive, "eng/palace", "eng/arsenal", day) == []


def test_no_place_is_told_of_sides_that_nothing_separates() -> None:
    day = dt.date(2003, 2, 1)
    text = season(2002) + f"{day} eng/everton v eng/chelsea eng.1 2002 regular-season\n"
    with small_archive(text, also_whole=[("eng.1", year) for year in range(1990, 2003)]) as archive:
        assert told(archive, "eng/everton", "eng/chelsea", day) == []


def test_a_tier_of_two_divisions_has_two_tables() -> None:
    """Clubs of the other division, whom nobody of this one meets, are in another table, whatever their points."""
    day = dt.date(2003, 2, 1)
    south = season(2002)
    for club in CLUBS:
        south = south.replace(club, club.replace("eng/", "eng/south-"))
    # a fifth club of the other division, so that its leader has more points than this one's
    south += "2002-12-30 eng/south-arsenal 1-0 eng/south-fifth eng.1 2002 regular-season\n"
    text = season(2002) + south + f"{day} eng/palace v eng/arsenal eng.1 2002 regular-season\n"
    with small_archive(text, also_whole=[("eng.1", year) for year in range(1990, 2003)]) as archive:
        says = told(archive, "eng/palace", "eng/arsenal", day)
    assert says == [
        "Arsenal lead the table with 18 points from six matches, ten points ahead of Chelsea.",
        "Palace are fourth in the table with no points from six matches.",
    ]


def test_it_is_said_why_no_table_is_told() -> None:
    day = dt.date(1892, 2, 1)
    text = season(1891) + f"{day} eng/palace v eng/arsenal eng.1 1891 regular-season\n"
    with small_archive(text, also_whole=[("eng.1", 1891)]) as archive:
        document = preview(archive.view(day), "eng/palace", "eng/arsenal", day)
    assert (
        "No table is told: how tables were ordered in the Football League in 1891-92 is not declared."
        in document["notes"]
    )
