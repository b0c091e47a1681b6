from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.desk.render.numbers import cells, percent, percent_figure, percent_short

chances = st.floats(min_value=0, max_value=1)


@pytest.mark.parametrize(
    ("chance", "words", "figure"),
    [
        (0, "0 %", "0"),
        (1e-12, "under 1 %", "<1"),
        (0.0099, "under 1 %", "<1"),
        (0.01, "1 %", "1"),
        (0.104, "10 %", "10"),
        (0.285, "29 %", "29"),
        (0.5, "50 %", "50"),
        (0.99, "99 %", "99"),
        (0.995, "over 99 %", ">99"),
        (1, "100 %", "100"),
    ],
)
def test_percent_as_a_reader_would_round_it(chance: float, words: str, figure: str) -> None:
    assert percent(chance) == words
    assert percent_figure(chance) == figure
    assert percent_short(chance) == f"{figure} %"


@given(chances)
def test_percent_never_calls_the_unlikely_impossible_or_the_likely_certain(chance: float) -> None:
    assert (percent(chance) == "0 %") == (chance == 0)
    assert (percent(chance) == "100 %") == (chance == 1)


@given(st.integers(min_value=10, max_value=990))
def test_percent_is_within_half_a_per_cent(thousandths: int) -> None:
    assert abs(int(percent(thousandths / 1000).removesuffix(" %")) - thousandths / 10) <= 0.5


@pytest.mark.parametrize("chance", [-0.1, 1.1, math.nan])
def test_percent_refuses_what_is_no_chance(chance: float) -> None:
    with pytest.raises(ValueError, match="not a chance"):
        percent(chance)


def test_percent_bears_the_rounding_error_of_a_sum() -> None:
    assert percent(1 + 1e-15) == "100 %"
    assert percent(-1e-18) == "0 %"


def test_cells_by_hand() -> None:
    # 90 % and 10 % of 60 cells; 38, 25 and 37 % of 10: 3.8, 2.5, 3.7 leave two cells for .8 and .7
    assert cells([0.9, 0.1], 60) == [54, 6]
    assert cells([0.38, 0.25, 0.37], 10) == [4, 2, 4]
    assert cells([0.999, 0.001], 10) == [9, 1]
    assert cells([1, 0], 10) == [10, 0]
    assert cells([0, 0], 10) == [0, 0]


@given(
    st.lists(chances, min_size=2, max_size=3).filter(lambda shares: sum(shares) > 1e-6), st.integers(3, 200)
)
def test_cells_fill_the_bar_and_hide_no_chance(shares: list[float], width: int) -> None:
    divided = cells(shares, width)
    assert sum(divided) == width
    for share, count in zip(shares, divided, strict=True):
        assert (count > 0) == (share > 0)
        assert abs(count - share / sum(shares) * width) <= len(shares)
