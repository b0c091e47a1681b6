"""What each side needs: known cases in words, and every score against the rules themselves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast import Outcome, needs
from secondleg.strength import score_grid

MODERN = TieRules(2, False, True, False, DecidedBy.PENALTIES)
AWAY_GOALS = TieRules(2, True, True, True, DecidedBy.PENALTIES)
SINGLE = TieRules(1, False, True, False, DecidedBy.PENALTIES)
PLAY_OFF = TieRules(2, False, False, False, DecidedBy.PLAY_OFF, DecidedBy.COIN)

THROUGH, EXTRA, OUT = Outcome.THROUGH, Outcome.EXTRA_TIME, Outcome.OUT


@pytest.mark.parametrize(
    ("rules", "leg", "host", "wanted"),
    [
        # Liverpool 0-3 Atalanta, Liverpool the visitors in the second leg
        (
            MODERN,
            (0, 3),
            False,
            [
                ("win by four or more", THROUGH),
                ("win by exactly three", EXTRA),
                ("win by two at most, draw or lose", OUT),
            ],
        ),
        (
            MODERN,
            (0, 3),
            True,
            [
                ("win, draw or lose by two at most", THROUGH),
                ("lose by exactly three", EXTRA),
                ("lose by four or more", OUT),
            ],
        ),
        (MODERN, (1, 1), True, [("win", THROUGH), ("draw", EXTRA), ("lose", OUT)]),
        (
            MODERN,
            (2, 1),
            False,
            [("win or draw", THROUGH), ("lose by exactly one", EXTRA), ("lose by two or more", OUT)],
        ),
        (
            MODERN,
            (2, 1),
            True,
            [("win by two or more", THROUGH), ("win by exactly one", EXTRA), ("draw or lose", OUT)],
        ),
        # with away goals, 1-0 from the home leg: the visitor is out with 0-1, through with 1-2 and the like
        (
            AWAY_GOALS,
            (1, 0),
            False,
            [
                ("win or draw", THROUGH),
                ("lose by exactly one, scoring one or more", THROUGH),
                ("lose 1-0", EXTRA),
                ("lose by two or more", OUT),
            ],
        ),
        (
            AWAY_GOALS,
            (1, 0),
            True,
            [
                ("win by two or more", THROUGH),
                ("win 1-0", EXTRA),
                ("win by exactly one, scoring two or more", OUT),
                ("draw or lose", OUT),
            ],
        ),
        # 2-1 at home: 1-0 sends the host through, 2-1 goes to extra time, 3-2 sends the visitor through
        (
            AWAY_GOALS,
            (2, 1),
            True,
            [
                ("win by two or more", THROUGH),
                ("win 1-0", THROUGH),
                ("win 2-1", EXTRA),
                ("win by exactly one, scoring three or more", OUT),
                ("draw or lose", OUT),
            ],
        ),
        # 2-2 at home: the host has two away goals
        (
            AWAY_GOALS,
            (2, 2),
            True,
            [
                ("win", THROUGH),
                ("draw, scoring one at most", THROUGH),
                ("draw 2-2", EXTRA),
                ("draw, scoring three or more", OUT),
                ("lose", OUT),
            ],
        ),
        (SINGLE, None, True, [("win", THROUGH), ("draw", EXTRA), ("lose", OUT)]),
        (SINGLE, None, False, [("win", THROUGH), ("draw", EXTRA), ("lose", OUT)]),
        (PLAY_OFF, (0, 0), True, [("win", THROUGH), ("draw", Outcome.PLAY_OFF), ("lose", OUT)]),
    ],
)
def test_in_words(
    rules: TieRules, leg: tuple[int, int] | None, host: bool, wanted: list[tuple[str, Outcome]]
) -> None:
    found = needs(rules, None if leg is None else Goals(*leg), host=host)
    assert [(need.words, need.outcome) for need in found] == wanted


goals = st.integers(min_value=0, max_value=6)


@given(goals, goals, st.booleans(), st.booleans())
def test_each_score_stands_in_one_entry_with_the_outcome_of_the_rules(
    home: int, away: int, host: bool, away_goals: bool
) -> None:
    rules = AWAY_GOALS if away_goals else MODERN
    found = needs(rules, Goals(home, away), host=host)
    for at_home in range(9):  # goals of the host and the visitor in the second leg
        for visiting in range(9):
            side = (at_home, visiting) if host else (visiting, at_home)
            entries = [need for need in found if need.covers(*side)]
            assert len(entries) == 1
            own, other = (away + at_home, home + visiting) if host else (home + visiting, away + at_home)
            own_away, other_away = (away, visiting) if host else (visiting, away)
            if own != other:
                wanted = THROUGH if own > other else OUT
            elif away_goals and own_away != other_away:
                wanted = THROUGH if own_away > other_away else OUT
            else:
                wanted = EXTRA
            assert entries[0].outcome is wanted


@given(goals, goals, st.booleans())
def test_chances_add_up_and_both_sides_see_the_same(home: int, away: int, away_goals: bool) -> None:
    rules = AWAY_GOALS if away_goals else MODERN
    grid = score_grid(1.6, 1.1, -0.05)
    sides = [needs(rules, Goals(home, away), host=host, grid=grid) for host in (True, False)]
    totals = [
        {
            outcome: math.fsum(need.chance or 0.0 for need in side if need.outcome is outcome)
            for outcome in (THROUGH, EXTRA, OUT)
        }
        for side in sides
    ]
    for total in totals:
        assert sum(total.values()) == pytest.approx(1.0, abs=1e-12)
    assert totals[0][THROUGH] == pytest.approx(totals[1][OUT], abs=1e-12)
    assert totals[0][EXTRA] == pytest.approx(totals[1][EXTRA], abs=1e-12)


def test_without_a_grid_there_is_no_chance() -> None:
    assert all(need.chance is None for need in needs(MODERN, Goals(1, 0), host=True))


def test_to_dict_tells_bounds_and_words() -> None:
    need = needs(MODERN, Goals(0, 3), host=False)[0]
    assert need.to_dict() == {
        "outcome": "through",
        "words": "win by four or more",
        "margin": {"low": 4, "high": None},
        "scored": {"low": None, "high": None},
        "chance": None,
    }


@pytest.mark.parametrize("leg", [(13, 0), (0, 13)])
def test_large_numbers_are_told_in_figures(leg: tuple[int, int]) -> None:
    words = {needs(MODERN, Goals(*leg), host=host)[1].words for host in (True, False)}
    assert words == {"win by exactly 13", "lose by exactly 13"}
