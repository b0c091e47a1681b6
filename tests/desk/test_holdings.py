"""What `secondleg data status` shows: the table, the strips and the picture, of archives small enough to read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from secondleg.archive.archive import Archive
from secondleg.archive.starter import load
from secondleg.desk.holdings import holdings, holdings_png, holdings_svg, print_holdings
from secondleg.errors import BadInput
from support.small_archive import small_archive

TABLE = """
2010-08-14 eng/alfa 1-0 eng/bravo  eng.1 2010
2011-08-14 eng/alfa 1-0 eng/bravo  eng.1 2011
2012-08-14 eng/alfa 1-0 eng/bravo  eng.1 2012
2013-08-14 eng/alfa 1-0 eng/bravo  eng.1 2013
2013-08-21 eng/bravo 1-0 eng/alfa  eng.1 2013
2011-08-14 ita/kilo 1-0 ita/lima   ita.1 2011
2012-09-14 ita/kilo 1-0 eng/alfa   uefa.el 2012
"""
PARTIAL: Mapping[tuple[str, int], str | None] = {("eng.1", 2011): None, ("eng.1", 2012): None}


@pytest.fixture
def archive() -> Iterator[Archive]:
    with small_archive(TABLE, not_whole=PARTIAL) as held:
        yield held


def test_all_seasons_europe_first(archive: Archive) -> None:
    document = holdings(archive)
    assert [c["competition"] for c in document["competitions"]] == ["uefa.el", "eng.1", "ita.1"]
    assert [(c["whole"], c["seasons"], c["matches"]) for c in document["competitions"]] == [
        (1, 1, 1),
        (2, 4, 5),
        (1, 1, 1),
    ]
    assert (document["matches"], document["first"], document["last"]) == (7, "2010-08-14", "2013-08-21")
    assert document["groups"] == []


@pytest.mark.parametrize(
    ("chosen", "labels"),
    [
        ({"competition": "eng.1"}, ["2010-11", "2011-12", "2012-13", "2013-14"]),
        ({"country": "ita"}, ["2011-12"]),
        ({"season": 2012}, ["2012-13", "2012-13"]),
        ({"season": 2012, "country": "uefa"}, ["2012-13"]),
    ],
)
def test_filters(archive: Archive, chosen: Mapping[str, Any], labels: list[str]) -> None:
    assert [s["label"] for s in holdings(archive, **chosen)["seasons"]] == labels


def test_nothing_that_passes_is_an_error_that_says_what_to_do(archive: Archive) -> None:
    with pytest.raises(BadInput, match=r"holds nothing of competition ger\.1\. `secondleg data status"):
        holdings(archive, competition="ger.1")


def test_an_empty_archive_is_no_error() -> None:
    with Archive.memory() as empty:
        document = holdings(empty)
        assert (document["matches"], document["first"], document["seasons"]) == (0, None, [])
        with pytest.raises(BadInput, match="there is nothing to draw"):
            holdings_svg(document)


def printed(document: dict[str, Any], folder: Path, **options: bool) -> list[str]:
    path = folder / "status.txt"
    print_holdings(document, path, **options)
    return [line.rstrip() for line in path.read_text("utf-8").splitlines()]


def test_the_table_names_runs_of_seasons_that_are_not_whole(archive: Archive, tmp_path: Path) -> None:
    lines = printed(holdings(archive), tmp_path)
    (english,) = [line for line in lines if line.startswith("eng.1")]
    assert english.split() == [
        "eng.1",
        "Premier",
        "League",
        "4:",
        "2010-11",
        "to",
        "2013-14",
        "5",
        "2011-12",
        "to",
        "2012-13",
    ]


def test_a_competition_by_itself_is_told_season_by_season(archive: Archive, tmp_path: Path) -> None:
    lines = printed(holdings(archive, competition="eng.1"), tmp_path)
    assert [line.split() for line in lines[2:4]] == [
        ["eng.1", "2010-11", "1", "yes", "every", "match"],
        ["eng.1", "2011-12", "1", "no", "some", "matches", "only"],
    ]


def test_a_strip_has_a_character_for_each_season(archive: Archive, tmp_path: Path) -> None:
    lines = printed(holdings(archive), tmp_path, picture=True)
    assert lines[1] == "█ whole  ▄ some matches only  · none"
    assert lines[3].split() == ["2010"]
    assert lines[4:7] == ["uefa.el      ··█·", "eng.1        █▄▄█", "ita.1        ·█··"]


def many() -> Archive:
    """Fifty countries with a league each, of whom England and Italy are two."""
    lands = [f"{a}{b}q" for a in "abcde" for b in "fghijklmnp"]
    lands[:3] = ["eng", "bel", "bra"]
    return small_archive("\n".join(f"2010-08-14 {c}/alfa 1-0 {c}/bravo {c}.1 2010" for c in lands))


def test_of_many_countries_the_first_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    with many() as held:
        document, every = holdings(held), holdings(held, every=True)
    assert [c["competition"] for c in document["competitions"] if c["listed"]] == ["eng.1"]
    assert {g["name"]: (g["countries"], g["whole"]) for g in document["groups"]} == {
        "the rest of Europe": (1, 1),
        "the rest of the world": (1, 1),
        "other cups": (47, 47),
    }
    assert sum(c["listed"] for c in every["competitions"]) == 50
    assert every["groups"] == []
    lines = printed(document, tmp_path)
    assert "the rest of Europe: 1 country, 1 competition, 1 matches, 1 of 1 seasons whole" in lines
    assert lines[-1] == "--country, --competition or --all lists them."


def test_a_season_of_single_clubs_is_not_whole(tmp_path: Path) -> None:
    with load() as starter:
        document = holdings(starter)
    cups = {c["competition"]: c for c in document["competitions"]}
    assert (cups["uefa.cl"]["whole"], cups["uefa.cl"]["seasons"]) == (1, 69)
    (line,) = [line for line in printed(document, tmp_path) if line.startswith("uefa.cwc")]
    assert line.endswith("only of Atalanta and Liverpool")


# -- the picture --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def svg() -> str:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    with small_archive(TABLE, not_whole=PARTIAL) as held:
        return holdings_svg(holdings(held))


def test_the_picture_has_a_cell_for_each_season(svg: str) -> None:
    """Whole cells are full and blue, partial ones half as high and orange, and the legend has one of each."""
    boxes = [
        (found["colour"], round(float(found["height"])))
        for found in re.finditer(r'd="M[^"]*?v(?P<height>[\d.]+)[^"]*" fill="(?P<colour>#\w+)"', svg)
    ]
    assert boxes.count(("#0b5f9c", 10)) == 4 + 1
    assert boxes.count(("#a8470b", 5)) == 2 + 1


def test_the_picture_says_in_words_what_it_shows(svg: str) -> None:
    assert "<title>3 competitions, 2010 to 2013: 4 of 6 seasons are whole.</title>" in svg
    for words in (
        "Europa League",
        "Premier League",
        "Serie A",
        "England",
        "2 of 4",
        "whole",
        "some matches only",
    ):
        assert f">{words}<" in svg


def test_the_picture_as_png() -> None:
    pytest.importorskip("vl_convert")
    with small_archive(TABLE) as held:
        drawn = holdings_png(holdings(held))
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])
    assert width > 500
    assert height > 200


def test_days_are_written_as_days(archive: Archive) -> None:
    first = holdings(archive, competition="eng.1")["seasons"][0]
    assert dt.date.fromisoformat(first["first"]) == dt.date(2010, 8, 14)
