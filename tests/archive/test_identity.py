"""The register of clubs, and what clubs are called and by which ids they go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.archive.identity import NAMED_BY, ClubRecord, OtherName, Register, Told, name_clubs, register
from secondleg.archive.names import fold
from secondleg.football.country import NAME


def test_the_register_is_sound() -> None:
    clubs = register()
    ids = [club.id for club in clubs]
    assert ids == sorted(ids)
    assert len(ids) == len(set(ids))
    assert {club.country for club in clubs} <= set(NAME)
    listed = Register(clubs)
    for club in clubs:
        for name in (
            OtherName(club.name, club.country),
            OtherName(club.full_name, club.country),
            *club.aliases,
        ):
            owners = listed.spelled(name.country, name.name)
            # in no season does a name belong to two clubs
            for season in range(1870, 2040):
                inside = [c for c, first, last in owners if (first or 0) <= season <= (last or 9999)]
                assert len(set(inside)) <= 1, f"{name.name} is {' and '.join(inside)} in {season}"
        for ground in club.grounds:
            assert ground.name
            assert not ground.last_year or not ground.first_year or ground.first_year <= ground.last_year


def test_a_spelling_filed_under_another_country() -> None:
    assert Register(register()).spelled("wal", "Swansea City") == [("eng/swansea-city", None, None)]


@pytest.mark.parametrize("name", ["FC Bayern München", "Bayern Muenchen", "bayern münchen"])
def test_accents_and_case_do_not_matter(name: str) -> None:
    found = {club for club, _, _ in Register(register()).spelled("ger", name)} or {
        Register(register()).keyed(("ger", "bayern munchen"))
    }
    assert found == {"ger/bayern-munich"}


def test_a_dated_name_is_only_its_clubs_in_those_seasons() -> None:
    listed = Register(register())
    assert set(listed.spelled("eng", "Chester")) == {
        ("eng/chester-city", None, 2009),
        ("eng/chester", 2010, None),
    }
    # and a key that two clubs share is nobody's
    assert listed.keyed(("eng", "chester")) is None


def test_ids_follow_the_best_source() -> None:
    told = [Told("football-data", "lux", "Dude", 900), Told("openfootball", "lux", "F91 Dudelange", 30)]
    assert name_clubs({0: told}, {}, {})[0].id == "lux/f91-dudelange"
    assert name_clubs({0: told[:1]}, {}, {})[0].id == "lux/dude"


def test_two_clubs_of_one_short_name() -> None:
    clubs = {
        0: [Told("schochastics", "lux", "FC Wiltz", 10)],
        1: [Told("openfootball", "lux", "SC Wiltz", 5)],
        2: [Told("schochastics", "lux", "SC Wiltz", 2)],
    }
    named = name_clubs(clubs, {}, {})
    assert [named[n].id for n in range(3)] == ["lux/fc-wiltz", "lux/wiltz", "lux/sc-wiltz"]


def test_a_club_is_printed_with_its_accents() -> None:
    told = [
        Told("schochastics", "nor", "FK Bodoe Glimt", 900),
        Told("schochastics-goals", "nor", "FK Bodø/Glimt", 30),
    ]
    record = name_clubs({0: told}, {}, {})[0]
    assert (record.id, record.name) == ("nor/bodoe-glimt", "Bodø/Glimt")


def test_a_club_of_the_register_keeps_its_name() -> None:
    records = {"lux/x": ClubRecord("lux/x", "The X", "X FC", "lux")}
    named = name_clubs({0: [Told("openfootball", "lux", "Something Else", 1)]}, {0: "lux/x"}, records)
    assert named[0] is records["lux/x"]


sources = st.sampled_from([*NAMED_BY, "another"])
words = st.sampled_from(["FC", "SC", "Alpha", "Beta", "Town", "1913", "II", "Älpha"])
told = st.builds(
    Told,
    sources,
    st.sampled_from(["lux", "mlt"]),
    st.lists(words, min_size=1, max_size=3).map(" ".join),
    st.integers(1, 99),
)


@given(st.lists(st.lists(told, min_size=1, max_size=4), min_size=1, max_size=6))
def test_every_club_has_an_id_of_its_own(clubs: list[list[Told]]) -> None:
    named = name_clubs(dict(enumerate(clubs)), {}, {})
    ids = [named[n].id for n in range(len(clubs))]
    assert len(set(ids)) == len(ids)
    for n, spelled in enumerate(clubs):
        assert named[n].country in {t.country for t in spelled}
        assert named[n].name
        assert fold(named[n].name)


@given(st.lists(st.lists(told, min_size=1, max_size=3), min_size=1, max_size=5), st.data())
def test_a_source_at_the_end_of_the_list_changes_no_id(clubs: list[list[Told]], data: st.DataObject) -> None:
    before = name_clubs(dict(enumerate(clubs)), {}, {})
    more = [
        [
            *spelled,
            *data.draw(
                st.lists(
                    st.builds(Told, st.just("zzz"), st.just("lux"), st.just("Alpha Beta"), st.just(5)),
                    max_size=1,
                )
            ),
        ]
        for spelled in clubs
    ]
    new = [[Told("zzz", "lux", "Alpha Town", 1000)]]
    after = name_clubs(dict(enumerate([*more, *new])), {}, {})
    if not any(t.source == "another" for spelled in clubs for t in spelled):
        assert [after[n].id for n in range(len(clubs))] == [before[n].id for n in range(len(clubs))]
