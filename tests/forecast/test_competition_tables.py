"""Tables of many runs: each must be the one that `football.table` makes of the same scores."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.football.match import Match, Score, Status
from secondleg.football.rules import table_rules
from secondleg.football.table import DEFAULT, TableRules, table
from secondleg.forecast.competition_tables import standings

RULES = {
    "groups to 2020": table_rules("uefa.cl", 2015, "group-stage"),
    "groups to 2023": table_rules("uefa.cl", 2022, "group-stage"),
    "league phase": table_rules("uefa.cl", 2024, "league-phase"),
    "England, goal average": table_rules("eng.1", 1950),
    "England": table_rules("eng.1", 2023),
    "Spain": table_rules("esp.1", 2023),
    "Germany": table_rules("ger.1", 2000),
    "usual": DEFAULT,
}
DAY = dt.date(2024, 1, 1)


def of_one_run(
    clubs: int,
    pairings: list[tuple[int, int]],
    scores: tuple[np.ndarray, np.ndarray],
    run: int,
    rules: TableRules,
) -> dict[int, tuple[int, bool]]:
    """Position of each club in one run by `football.table`, and whether it shares it."""
    games = [
        Match(
            "x.1",
            2023,
            DAY,
            f"{home:02}",
            f"{away:02}",
            Status.PLAYED,
            Score.after_90(int(h[run]), int(a[run])),
        )
        for (home, away), h, a in zip(pairings, *scores, strict=True)
    ]
    rows = table(games, rules, clubs=[f"{club:02}" for club in range(clubs)]).rows
    shared = {row.position for row in rows if row.level_with_next}
    return {int(row.club): (row.position, row.position in shared) for row in rows}


def agree(
    clubs: int, pairings: list[tuple[int, int]], scores: tuple[np.ndarray, np.ndarray], rules: TableRules
) -> None:
    found = standings(clubs, pairings, scores, rules, np.random.default_rng(1))
    for run in range(scores[0].shape[1]):
        expected = of_one_run(clubs, pairings, scores, run, rules)
        for club, (position, shared) in expected.items():
            place = int(found.place[club, run])
            level = sum(where == position for where, _ in expected.values())
            assert place == position if not shared else position <= place < position + level


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
@given(seed=st.integers(0, 10_000), clubs=st.integers(3, 6), most=st.integers(1, 3))
@settings(max_examples=25)
def test_every_run_is_ordered_as_one_table_is(rules: TableRules, seed: int, clubs: int, most: int) -> None:
    """Few goals, so that many are level on points and more than one tie-break is asked."""
    pairings = list(permutations(range(clubs), 2))
    rng = np.random.default_rng(seed)
    scores = tuple(rng.integers(0, most + 1, size=(len(pairings), 4)).astype(np.uint8) for _ in range(2))
    agree(clubs, pairings, scores, rules)  # type: ignore[arg-type]


def test_a_whole_league_phase() -> None:
    """36 clubs, eight matches each: many are level to the last tie-break."""
    rng = np.random.default_rng(5)
    pairings = [(i, (i + step) % 36) for step in range(1, 5) for i in range(36)]
    scores = tuple(rng.integers(0, 3, size=(len(pairings), 20)).astype(np.uint8) for _ in range(2))
    agree(36, pairings, scores, RULES["league phase"])  # type: ignore[arg-type]


def test_groups_are_apart_and_lots_are_fair() -> None:
    """Two groups of two, all drawn nought to nought: each of a group comes first in half the runs."""
    pairings = [(0, 1), (1, 0), (2, 3), (3, 2)]
    scores = np.zeros((4, 4000), dtype=np.uint8), np.zeros((4, 4000), dtype=np.uint8)
    found = standings(4, pairings, scores, DEFAULT, np.random.default_rng(2), groups=[[0, 1], [2, 3]])
    assert found.lots
    assert set(np.unique(found.place)) == {1, 2}
    assert (found.place[0] + found.place[1] == 3).all()
    assert abs((found.place[0] == 1).mean() - 0.5) < 4 * 0.5 / 4000**0.5
    assert abs(((found.place[0] == 1) == (found.place[2] == 1)).mean() - 0.5) < 4 * 0.5 / 4000**0.5


def test_points_are_taken_off() -> None:
    scores = np.full((2, 3), 1, dtype=np.uint8), np.zeros((2, 3), dtype=np.uint8)
    found = standings(2, [(0, 1), (1, 0)], scores, DEFAULT, np.random.default_rng(1), deductions=[1, 0])
    assert found.points[:, 0].tolist() == [2, 3]
    assert found.place[:, 0].tolist() == [2, 1]
