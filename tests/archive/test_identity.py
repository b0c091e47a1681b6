"""Who is who: the register, alias lists, keys, and clubs that must stay apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.archive.identity import Identity, Spelling, register, resolve
from secondleg.archive.names import fold
from secondleg.football.country import NAME


def _spellings(*names: tuple[str, str]) -> list[Spelling]:
    return [Spelling(country, name, "test", 1) for country, name in names]


def _resolve(*names: tuple[str, str], **more: list[tuple[str, ...]]) -> Identity:
    return resolve(_spellings(*names), **more)  # type: ignore[arg-type]


def test_the_register_is_sound() -> None:
    clubs = register()
    ids = [club.id for club in clubs]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))
    assert {club.country for club in clubs} <= set(NAME)
    owners: dict[tuple[str, str], str] = {}
    for club in clubs:
        for name in {club.name, club.full_name, *club.aliases}:
            country, _, bare = name.rpartition(":")
            owner = owners.setdefault((country or club.country, fold(bare)), club.id)
            assert owner == club.id, f"{name} is a name of {owner} and of {club.id}"
        for ground in club.grounds:
            assert ground.name
            assert not ground.last_year or not ground.first_year or ground.first_year <= ground.last_year


def test_the_register_comes_first() -> None:
    found = _resolve(("ger", "FC Bayern München"), ("ger", "Bayern Muenchen"), ("ger", "Bayern"))
    assert set(found.club_of.values()) == {"ger/bayern-munich"}


def test_a_spelling_filed_under_another_country() -> None:
    assert _resolve(("wal", "Swansea City")).club_of[("wal", "Swansea City")] == "eng/swansea-city"


def test_a_country_parts_namesakes() -> None:
    found = _resolve(("sco", "Rangers FC"), ("and", "FC Rangers"))
    assert found.club_of[("sco", "Rangers FC")] != found.club_of[("and", "FC Rangers")]


def test_alias_lists_join_spellings() -> None:
    names = (("lux", "Jeunesse d'Esch"), ("lux", "AS Jeunesse Esch"))
    assert len(set(_resolve(*names).club_of.values())) == 2
    joined = _resolve(*names, aliases=[("lux", "Jeunesse d'Esch", "AS Jeunesse Esch")])
    assert len(set(joined.club_of.values())) == 1


def test_an_alias_of_two_clubs_joins_nothing() -> None:
    found = _resolve(
        ("lux", "Alpha Town"),
        ("lux", "Beta Town"),
        ("lux", "The Town"),
        aliases=[("lux", "Alpha Town", "The Town"), ("lux", "Beta Town", "The Town")],
    )
    assert len(set(found.club_of.values())) == 3


def test_spellings_that_met_are_two_clubs() -> None:
    names = (("lux", "FC Wiltz"), ("lux", "SC Wiltz"))
    assert len(set(_resolve(*names).club_of.values())) == 1
    parted = _resolve(*names, meetings=[("lux", "FC Wiltz", "lux", "SC Wiltz")])
    assert len(set(parted.club_of.values())) == 2


def test_a_registered_spelling_keeps_its_club_when_it_meets_a_namesake() -> None:
    found = _resolve(
        ("eng", "Liverpool FC"),
        ("eng", "AFC Liverpool"),
        meetings=[("eng", "Liverpool FC", "eng", "AFC Liverpool")],
    )
    assert found.club_of[("eng", "Liverpool FC")] == "eng/liverpool"
    assert found.club_of[("eng", "AFC Liverpool")] != "eng/liverpool"


words = st.sampled_from(["FC", "SC", "Alpha", "Beta", "Town", "1913", "II", "Älpha", "Alphä"])
club_names = st.lists(words, min_size=1, max_size=3).map(" ".join)
everyone = st.lists(
    st.tuples(st.sampled_from(["lux", "mlt"]), club_names), min_size=1, max_size=12, unique=True
)


@given(everyone, st.data())
def test_the_order_does_not_matter(names: list[tuple[str, str]], data: st.DataObject) -> None:
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names))
    meetings = [(*a, *b) for a, b in data.draw(st.lists(pairs, max_size=4))]
    aliases = [(a[0], a[1], b[1]) for a, b in data.draw(st.lists(pairs, max_size=4)) if a[0] == b[0]]
    spellings = _spellings(*names)
    straight = resolve(spellings, aliases, meetings)
    chance = random.Random(0)
    for part in (spellings, aliases, meetings):
        chance.shuffle(part)  # type: ignore[arg-type]
    assert resolve(spellings, aliases, meetings) == straight


@given(everyone)
def test_every_spelling_has_a_club_of_its_country(names: list[tuple[str, str]]) -> None:
    found = resolve(_spellings(*names))
    ids = [club.id for club in found.clubs]
    assert len(ids) == len(set(ids))
    assert set(found.club_of) == set(names)
    for (country, name), club in found.club_of.items():
        assert club in ids
        assert club.startswith(f"{country}/")
        assert any(record.club == club and record.name == name for record in found.names)


def test_an_id_stays_when_a_longer_spelling_comes_in() -> None:
    before = _resolve(("lux", "Progrès")).club_of[("lux", "Progrès")]
    after = resolve([*_spellings(("lux", "Progrès")), Spelling("lux", "FC Progres", "other", 99)])
    assert after.club_of[("lux", "Progrès")] == before
    assert after.club_of[("lux", "FC Progres")] == before


@pytest.mark.parametrize("name", ["FC", "1. FC", "ASC", "II"])
def test_a_name_of_nothing_but_legal_forms_is_a_club(name: str) -> None:
    assert _resolve(("lux", name)).club_of[("lux", name)].removeprefix("lux/")
