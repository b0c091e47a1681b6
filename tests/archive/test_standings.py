"""Final tables that an archive stores, and from which day they can be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive

LAST_DAY = dt.date(2024, 5, 19)
"""Of the Premier League's season 2023-24."""

TABLE = (
    "SELECT club, points, place, champion FROM standing"
    " WHERE competition = 'eng.1' AND season = 2023 ORDER BY place"
)


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with starter.load() as loaded:
        yield loaded


@pytest.mark.parametrize(
    "day", [LAST_DAY - dt.timedelta(days=200), LAST_DAY - dt.timedelta(days=1), LAST_DAY]
)
def test_no_table_is_told_before_its_season_is_over(archive: Archive, day: dt.date) -> None:
    assert archive.view(day).rows(TABLE) == []
    assert (
        archive.view(day).rows("SELECT * FROM champion WHERE competition = 'eng.1' AND season = 2023") == []
    )


def test_the_table_is_there_the_morning_after(archive: Archive) -> None:
    rows = archive.view(LAST_DAY + dt.timedelta(days=1)).rows(TABLE)
    assert len(rows) == 20
    # as the Premier League published it
    assert rows[0] == {"club": "eng/manchester-city", "points": 91, "place": 1, "champion": True}
    assert rows[-1] == {"club": "eng/sheffield-united", "points": 16, "place": 20, "champion": False}


def test_places_on_the_evening_of_a_match(archive: Archive) -> None:
    """Liverpool beat Brighton, Manchester City and Arsenal drew: as the papers had it the next morning."""
    seen = archive.view(dt.date(2024, 4, 1)).rows(
        "SELECT club, place, below FROM placed WHERE date = DATE '2024-03-31' ORDER BY place"
    )
    table = {row["club"]: (row["place"], row["below"]) for row in seen}
    assert table["eng/liverpool"] == (1, 19)
    assert table["eng/arsenal"] == (2, 18)
    assert table["eng/manchester-city"] == (3, 17)
    assert archive.view(dt.date(2024, 3, 31)).rows("SELECT max(date) AS day FROM placed")[0]["day"] < dt.date(
        2024, 3, 31
    )


def test_places_are_those_of_the_results_until_then(archive: Archive) -> None:
    """Whoever is asked about, on whichever day: a place known on a day is the same on every later one."""
    everything = "SELECT * FROM placed ORDER BY club, match"
    late = archive.view(dt.date(2030, 1, 1)).rows(everything)
    for day in (dt.date(2023, 10, 1), dt.date(2024, 3, 31)):
        early = archive.view(day).rows(everything)
        assert early == [row for row in late if row["date"] < day]
        assert early
