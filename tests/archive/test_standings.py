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
