"""A user's file of names: what it may say, and what is said of what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.archive.resolutions import Row, line, read
from secondleg.errors import SourceError

CLUBS = {"eng/chester", "eng/chester-city", "bul/botev-plovdiv", "ger/cologne"}


def rows(tmp_path: Path, text: str) -> tuple[Row, ...]:
    file = tmp_path / "names.txt"
    file.write_text(text, "utf-8")
    return read(file, CLUBS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eng | Chester = eng/chester", ("eng", "Chester", None, None, None, "eng/chester")),
        (
            "eng|Chester|football-data|2010-=eng/chester",
            ("eng", "Chester", "football-data", 2010, None, "eng/chester"),
        ),
        (
            "England | Chester | -2009 = ENG/Chester-City",
            ("eng", "Chester", None, None, 2009, "eng/chester-city"),
        ),
        (
            "ger | 1. FC Köln | 1990 - 1995 = ger/cologne",
            ("ger", "1. FC Köln", None, 1990, 1995, "ger/cologne"),
        ),
        ("ger | 1. FC Köln | 1990 = ger/cologne", ("ger", "1. FC Köln", None, 1990, 1990, "ger/cologne")),
        ("- | Chester = eng/chester", ("", "Chester", None, None, None, "eng/chester")),
        ("eng | Croydon = new eng/croydon-1953", ("eng", "Croydon", None, None, None, "eng/croydon-1953")),
    ],
)
def test_a_line(
    tmp_path: Path, text: str, expected: tuple[str, str, str | None, int | None, int | None, str]
) -> None:
    assert rows(tmp_path, text) == (Row(*expected, "names.txt:1"),)


def test_comments_and_empty_lines(tmp_path: Path) -> None:
    found = rows(tmp_path, "# mine\n\n  # more\neng | Chester = eng/chester  # since 2010\n")
    assert [row.place for row in found] == ["names.txt:4"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("eng | Chester", "cannot be read"),
        ("Chester = eng/chester", "cannot be read"),
        ("eng | = eng/chester", "cannot be read"),
        ("eng | Chester | a | 1990- | b = eng/chester", "cannot be read"),
        ("narnia | Chester = eng/chester", "narnia"),
        ("eng | Chester = Chester", "is not a club id"),
        ("eng | Chester = eng/cheste", "Nearest ids: eng/chester"),
        ("eng | Chester | football-data | 1990-abc = eng/chester", "no range of seasons"),
        ("eng | Chester | 1999-1990 = eng/chester", "comes after"),
        ("eng | Chester = eng/chester\neng | chester = eng/chester-city", "line 1"),
    ],
)
def test_what_cannot_be(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        rows(tmp_path, text)
    assert says in str(caught.value)
    assert "names.txt, line" in str(caught.value)


def test_a_club_that_was_made_may_be_named_again(tmp_path: Path) -> None:
    found = rows(tmp_path, "eng | A = new eng/a\neng | AA = eng/a")
    assert [row.club for row in found] == ["eng/a", "eng/a"]


def test_two_clubs_in_turn(tmp_path: Path) -> None:
    text = "eng | Chester | -2009 = eng/chester-city\neng | Chester | 2010- = eng/chester"
    assert len(rows(tmp_path, text)) == 2


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read(tmp_path / "none.txt", CLUBS)


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_bytes(b"ger | K\xf6ln = ger/cologne")
    with pytest.raises(SourceError, match="not UTF-8"):
        read(tmp_path / "names.txt", CLUBS)


def test_a_line_is_read_back(tmp_path: Path) -> None:
    text = line("bul", "Botev Plovdiv", "openfootball", 2023, 2024, "bul/botev-plovdiv")
    (found,) = rows(tmp_path, text)
    assert (found.country, found.name, found.source) == ("bul", "Botev Plovdiv", "openfootball")
    assert (found.first_season, found.last_season, found.club) == (2023, 2024, "bul/botev-plovdiv")


@settings(max_examples=300)
@given(text=st.text(st.sampled_from("eng|=/ -#\n1990chster "), max_size=60))
def test_any_text_ends_in_rows_or_in_a_clear_error(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("names") / "names.txt"
    file.write_text(text, "utf-8")
    try:
        read(file, CLUBS)
    except SourceError as error:
        assert str(error).endswith(".")
