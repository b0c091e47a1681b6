"""Draws: a published case, hand arithmetic, and a second implementation that goes through every way to draw."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.football.draws import allowed_pairs, can_be_drawn, pair_chances

# Champions League 2017-18, last 16: group and association of each runner-up and winner
SECOND = {
    "Basel": ("A", "sui"), "Bayern": ("B", "ger"), "Chelsea": ("C", "eng"), "Juventus": ("D", "ita"),
    "Sevilla": ("E", "esp"), "Shakhtar": ("F", "ukr"), "Porto": ("G", "por"), "Real Madrid": ("H", "esp"),
}  # fmt: skip
FIRST = {
    "Manchester United": ("A", "eng"), "Paris": ("B", "fra"), "Roma": ("C", "ita"), "Barcelona": ("D", "esp"),
    "Liverpool": ("E", "eng"), "Manchester City": ("F", "eng"), "Beşiktaş": ("G", "tur"), "Tottenham": ("H", "eng"),
}  # fmt: skip


def of_2017() -> np.ndarray:
    both = SECOND | FIRST
    return allowed_pairs(
        list(SECOND),
        list(FIRST),
        group={club: group for club, (group, _) in both.items()},
        association={club: country for club, (_, country) in both.items()},
    )


def percent(chances: np.ndarray, runner_up: str, winner: str) -> float:
    return 100 * float(chances[list(SECOND).index(runner_up), list(FIRST).index(winner)])


def test_the_last_sixteen_of_2017_as_published() -> None:
    """Newspapers of 7 and 8 December 2017: every complete draw alike. Chelsea v Barcelona 43.747 percent."""
    chances = pair_chances(of_2017(), "uniform")
    assert percent(chances, "Chelsea", "Barcelona") == pytest.approx(43.747, abs=0.0005)
    assert percent(chances, "Chelsea", "Paris") == pytest.approx(28.1, abs=0.05)
    for winner, published in (("Tottenham", 18.85), ("Manchester City", 18.33), ("Paris", 12.81)):
        assert percent(chances, "Sevilla", winner) == pytest.approx(published, abs=0.005)
    for winner, published in (
        ("Roma", 15.83), ("Manchester City", 15.31), ("Barcelona", 14.58), ("Beşiktaş", 11.3)
    ):  # fmt: skip
        assert percent(chances, "Basel", winner) == pytest.approx(published, abs=0.005)


def test_uefas_procedure_differs_from_drawing_everything_at_once() -> None:
    chances = pair_chances(of_2017())
    assert percent(chances, "Chelsea", "Barcelona") == pytest.approx(41.26, abs=0.01)
    assert percent(chances, "Chelsea", "Paris") == pytest.approx(percent(chances, "Chelsea", "Beşiktaş"))
    assert np.allclose(chances.sum(axis=0), 1) and np.allclose(chances.sum(axis=1), 1)


def test_three_balls_by_hand() -> None:
    """A may meet x alone; B and C anybody but each must leave x to A.

    Whoever of B and C comes first takes y or z with a half each, in both procedures.
    """
    allowed = np.array([[1, 0, 0], [1, 1, 1], [1, 1, 1]], dtype=bool)
    for procedure in ("sequential", "uniform"):
        assert np.allclose(pair_chances(allowed, procedure), [[1, 0, 0], [0, 0.5, 0.5], [0, 0.5, 0.5]])


GRIDS = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=n, max_size=n)
)


def all_draws(allowed: list[list[bool]]) -> list[tuple[int, ...]]:
    size = range(len(allowed))
    return [order for order in permutations(size) if all(allowed[i][order[i]] for i in size)]


@given(GRIDS)
def test_the_uniform_draw_is_a_share_of_all_draws(grid: list[list[bool]]) -> None:
    every = all_draws(grid)
    assert can_be_drawn(np.array(grid)) == bool(every)
    assume(every)
    chances = pair_chances(np.array(grid), "uniform")
    for i in range(len(grid)):
        for j in range(len(grid)):
            share = sum(order[i] == j for order in every) / len(every)
            assert chances[i, j] == pytest.approx(share, abs=1e-12)


@given(GRIDS)
def test_the_sequential_draw_ball_by_ball(grid: list[list[bool]]) -> None:
    """Every order of the balls of the first pot, every choice after it, in fractions."""
    every, size = all_draws(grid), len(grid)
    assume(every)
    exact = [[Fraction(0)] * size for _ in range(size)]

    def draw(order: tuple[int, ...], taken: dict[int, int], weight: Fraction) -> None:
        if len(taken) == size:
            for i, j in taken.items():
                exact[i][j] += weight
            return
        row = order[len(taken)]
        able = {whole[row] for whole in every if all(whole[i] == j for i, j in taken.items())}
        for column in able:
            draw(order, taken | {row: column}, weight / len(able))

    orders = list(permutations(range(size)))
    for order in orders:
        draw(order, {}, Fraction(1, len(orders)))
    assert np.allclose(pair_chances(np.array(grid)), np.array(exact, dtype=float), atol=1e-12)


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(BadInput, match="no complete draw is allowed"):
        pair_chances(np.array([[True, False], [True, False]]))
    with pytest.raises(BadInput, match="as many in each"):
        pair_chances(np.ones((2, 3), dtype=bool))
    with pytest.raises(BadInput, match="sample it"):
        pair_chances(np.ones((9, 9), dtype=bool))
