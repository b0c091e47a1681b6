"""Fixtures in which a record that is in the books was at stake: the sheet tells it first.

The records are the clubs' and the leagues' own: Arsenal's 49 league matches unbeaten of 2003-04 stood at 36 before
they met Birmingham City, Liverpool's 44 of 2019-20 at 44 before Watford ended it, Liverpool's 68 at home at 68 before
Burnley ended it, Bayer Leverkusen's 51 in all competitions at 43 before they went to West Ham United.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from secondleg.archive.archive import Archive
from secondleg.desk.facting import facts

MIRROR = os.environ.get("SECONDLEG_MIRROR", "")
pytestmark = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no folder with the sources"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    from secondleg.sources.importer import import_files

    folder = Path(MIRROR) / "openfootball"
    files = sorted((folder / "england").glob("20*/1-premierleague.txt"))
    for season in ("2022-23", "2023-24"):
        files += sorted((folder / "deutschland" / season).glob("*.txt"))
        files += sorted((folder / "champions-league" / season).glob("*.txt"))
    path = tmp_path_factory.mktemp("known") / "archive.duckdb"
    with Archive.create(path) as made:
        import_files(made, files)
    with Archive.open(path) as held:
        yield held


@pytest.mark.parametrize(
    ("home", "away", "day", "told"),
    [
        ("Arsenal", "Birmingham City", "2004-05-01", ("Arsenal", "unbeaten in their last 36 matches")),
        ("Watford", "Liverpool", "2020-02-29", ("Liverpool", "without defeat", "is 44 matches", "goes on")),
        ("Liverpool", "Burnley", "2021-01-21", ("Liverpool", "without defeat at home", "is 68 matches")),
        (
            "West Ham",
            "Bayer Leverkusen",
            "2024-04-18",
            ("Leverkusen", "unbeaten in their last 43 matches in all competitions"),
        ),
    ],
)
def test_a_run_that_is_in_the_books_comes_first(
    archive: Archive, home: str, away: str, day: str, told: tuple[str, ...]
) -> None:
    document = facts(archive.view(dt.date.fromisoformat(day)), home, away, most=6)
    first = document["facts"][0]["text"]
    for words in told:
        assert words in first
    assert document["asked"] >= 3000
    runs = [f for f in document["facts"] if f["question"]["event"]["name"] in ("unbeaten", "lost", "won")]
    assert (
        sum(f["club"] == document["facts"][0]["club"] for f in runs) <= 2
    )  # the run is not told three times


def test_the_day_after_it_is_told_no_more(archive: Archive) -> None:
    """Watford won 3-0: the next sheet of Liverpool knows of no run, nor of what came after."""
    document = facts(archive.view(dt.date(2020, 3, 7)), "Liverpool", "AFC Bournemouth")
    texts = " ".join(fact["text"] for fact in document["facts"])
    assert "44 matches" not in texts
    assert "without defeat in the Premier League since" not in texts
