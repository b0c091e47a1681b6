"""Finding a club by what people call it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from secondleg.archive import starter
from secondleg.archive.lookup import club_names, find_club
from secondleg.archive.view import View
from secondleg.errors import AmbiguousClub, UnknownClub
from support.small_archive import small_archive


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with starter.load() as archive:
        yield archive.view(dt.date(2024, 4, 17))


@pytest.mark.parametrize(
    ("text", "club"),
    [
        ("eng/liverpool", "eng/liverpool"),
        ("ENG/Liverpool", "eng/liverpool"),
        ("Liverpool", "eng/liverpool"),
        ("  liverpool fc ", "eng/liverpool"),
        ("LIVERPOOL", "eng/liverpool"),
        ("The Reds", "eng/liverpool"),
        ("Reds", "eng/liverpool"),
        ("La Dea", "ita/atalanta"),
        ("Atalanta Bergamo", "ita/atalanta"),
        ("Man City", "eng/manchester-city"),
        ("Spurs", "eng/tottenham-hotspur"),
        ("Wolves", "eng/wolverhampton-wanderers"),
        ("Nott'm Forest", "eng/nottingham-forest"),
        ("Milan", "ita/milan"),
        ("Inter Milan", "ita/inter"),
        ("Bayern", "ger/bayern-munich"),
        ("bayern münchen", "ger/bayern-munich"),
        ("Bayern Muenchen", "ger/bayern-munich"),
        ("Besiktas", "tur/besiktas"),
        ("beşiktaş", "tur/besiktas"),
        ("Barca", "esp/barcelona"),
    ],
)
def test_found(view: View, text: str, club: str) -> None:
    assert find_club(view, text) == club


def test_a_nickname_of_several_clubs_is_nobodys(view: View) -> None:
    with pytest.raises(AmbiguousClub) as caught:
        find_club(view, "the Blues")
    assert {"eng/chelsea", "eng/birmingham-city"} <= set(caught.value.candidates)
    assert str(caught.value).endswith("Use one of these ids instead of the name.")


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("Liverpol", "eng/liverpool"),
        ("Atlanta", "ita/atalanta"),
        ("Machester City", "eng/manchester-city"),
        ("Juventsu", "ita/juventus"),
    ],
)
def test_a_typo_is_never_taken_for_a_club(view: View, typo: str, meant: str) -> None:
    with pytest.raises(UnknownClub) as caught:
        find_club(view, typo)
    assert any(f"({meant})" in near for near in caught.value.nearest)


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "the", "xyzzy", "City", "United", "'; DROP TABLE store.club; --"]
)
def test_nothing_is_guessed(view: View, text: str) -> None:
    with pytest.raises((UnknownClub, AmbiguousClub)):
        find_club(view, text)


def test_every_id_and_name_finds_its_club_or_says_that_there_are_several(view: View) -> None:
    for row in view.rows(
        "SELECT club, name FROM club_name WHERE kind = 'name' USING SAMPLE 80 ROWS (reservoir, 7)"
    ):
        try:
            assert find_club(view, row["name"]) == row["club"]
        except AmbiguousClub as error:
            assert row["club"] in error.candidates
        assert find_club(view, row["club"]) == row["club"]


def test_names_in_prose(view: View) -> None:
    assert club_names(view, ["ger/bayern-munich", "ita/milan"]) == {
        "ger/bayern-munich": "Bayern Munich",
        "ita/milan": "AC Milan",
    }


NAMESAKES = """
2020-01-04  eng/manchester-united 2-1 eng/everton  eng.1 2019
2020-01-04  gib/manchester-62 0-1 gib/lynx         gib.1 2019
2020-01-04  eng/accrington-stanley 0-1 eng/aldershot-town  eng.4 2019
1888-01-04  eng/accrington 0-1 eng/everton         eng.1 1888
"""


def test_a_name_that_a_club_abroad_once_bore_is_the_club_that_is_called_so() -> None:
    with small_archive(NAMESAKES) as archive:
        connection = archive.connection
        for club, name in (
            ("gib/manchester-62", "Manchester United"),
            ("eng/accrington-stanley", "Accrington"),
        ):
            connection.execute(
                "INSERT INTO store.club_name (club, name, folded, kind, source) VALUES (?, ?, ?, 'name', 'table')",
                [club, name, name.lower()],
            )
        names = archive.view(dt.date(2024, 1, 1))
        assert find_club(names, "Manchester United") == "eng/manchester-united"
        with pytest.raises(AmbiguousClub):  # two clubs of one country: nobody knows which is meant
            find_club(names, "Accrington")
