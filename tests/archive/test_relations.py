"""The relations of a view: only those that are read, and nothing from the day on."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.archive.relations import RELATIONS, with_relations
from support.small_archive import small_archive

TABLE = """
1963-09-04 ita/atalanta 2-0 por/sporting uefa.cwc 1963 round-of-32 leg=1
1963-10-09 por/sporting 3-1 ita/atalanta uefa.cwc 1963 round-of-32 leg=2
1963-10-14 por/sporting 3-1 ita/atalanta uefa.cwc 1963 round-of-32 leg=3 winner=por/sporting by=play-off
2024-04-11 eng/liverpool 0-3 ita/atalanta uefa.el 2023 quarter-final leg=1
2024-04-18 ita/atalanta 0-1 eng/liverpool uefa.el 2023 quarter-final leg=2
"""


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_stands_alone(name: str) -> None:
    with small_archive(TABLE) as archive:
        assert isinstance(archive.view(dt.date(2024, 4, 17)).rows(f"SELECT * FROM {name}"), list)


def test_only_what_is_read_is_put_before() -> None:
    assert with_relations("SELECT 1") == "SELECT 1"
    assert "tie_side AS" not in with_relations("SELECT * FROM side JOIN club ON club.id = side.club")
    needed = with_relations("SELECT * FROM tie_side")
    assert needed.index("tie AS") < needed.index("tie_side AS")
    assert "side AS (" not in needed.replace("tie_side AS (", "")


def test_own_relations_can_be_added() -> None:
    with small_archive(TABLE) as archive:
        view = archive.view(dt.date(2024, 4, 17))
        rows = view.rows(
            ", mine AS (SELECT * FROM side WHERE club = $club) SELECT count(*) AS n FROM mine",
            club="ita/atalanta",
        )
        assert rows == [{"n": 4}]
        assert view.rows(", one AS (SELECT 1 AS x) SELECT x FROM one") == [{"x": 1}]


def test_a_play_off_to_come_does_not_tell_that_the_legs_end_level() -> None:
    with small_archive(TABLE) as archive:
        before = archive.view(dt.date(1963, 9, 10)).rows("SELECT * FROM tie")
        assert [(row["legs"], row["third_leg"], row["winner"]) for row in before] == [(2, None, None)]
        after = archive.view(dt.date(1963, 10, 15)).rows("SELECT * FROM tie")
        assert [(row["legs"], row["third_leg"] is None, row["winner"]) for row in after] == [
            (3, False, "por/sporting")
        ]


def test_a_tie_from_both_sides() -> None:
    with small_archive(TABLE) as archive:
        seen = "club, opponent, first_leg_venue, first_leg_scored, first_leg_conceded, through"
        sql = f"SELECT {seen} FROM tie_side"
        open_tie = archive.view(dt.date(2024, 4, 17)).rows(f"{sql} WHERE season = 2023 ORDER BY club")
        assert [tuple(row.values()) for row in open_tie] == [
            ("eng/liverpool", "ita/atalanta", "home", 0, 3, None),
            ("ita/atalanta", "eng/liverpool", "away", 3, 0, None),
        ]
        decided = archive.view(dt.date(2024, 4, 19)).rows(f"{sql} WHERE season = 2023 ORDER BY club")
        assert [row["through"] for row in decided] == [False, True]


def test_who_wins_a_tie_has_reached_the_next_stage() -> None:
    with small_archive(TABLE) as archive:
        sql = "SELECT reached FROM campaign WHERE club = 'ita/atalanta' AND season = 2023"
        assert archive.view(dt.date(2024, 4, 17)).rows(sql) == [{"reached": 33}]
        assert archive.view(dt.date(2024, 4, 19)).rows(sql) == [{"reached": 34}]
