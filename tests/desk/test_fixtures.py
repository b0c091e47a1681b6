"""Finding the match that is previewed, where several clubs bear a name."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.desk.fixtures import find_fixture
from secondleg.errors import AmbiguousClub, FixtureNotFound
from support.small_archive import small_archive

NAMESAKES = """
2020-01-04  eng/arsenal 2-1 eng/everton   eng.1 2019
2020-01-04  mne/arsenal 0-1 mne/bokelj    mne.1 2019
2020-02-01  mne/arsenal v mne/lovcen      mne.1 2019
2020-02-08  eng/everton v eng/arsenal     eng.1 2019
2020-02-09  aaa/rovers v bbb/rovers       xxx.1 2019
"""
DAY = dt.date(2020, 1, 10)


def test_the_fixture_tells_which_club_is_meant() -> None:
    with small_archive(NAMESAKES) as archive:
        assert find_fixture(archive.view(DAY), "Arsenal", "Lovcen").home == "mne/arsenal"
        assert find_fixture(archive.view(DAY), "Everton", "Arsenal").away == "eng/arsenal"


def test_without_the_fixture_it_is_the_club_of_the_register() -> None:
    with small_archive(NAMESAKES) as archive, pytest.raises(FixtureNotFound) as caught:
        find_fixture(archive.view(DAY), "Arsenal", "Everton", dt.date(2020, 3, 1))
    assert "no fixture Arsenal v Everton on 1 March 2020" in str(caught.value)
    assert "They meet: Everton at home on 2020-02-08." in str(caught.value)


def test_a_name_of_several_clubs_that_nobody_registered_stays_nobodys() -> None:
    with small_archive(NAMESAKES) as archive, pytest.raises(AmbiguousClub):
        find_fixture(archive.view(DAY), "Rovers", "Everton")
