"""The picture of ratings: names that do not touch, years and levels that fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.desk.render import ratings_chart
from secondleg.errors import BadInput


@given(
    st.lists(st.floats(ratings_chart.TOP, ratings_chart.TOP + ratings_chart.HEIGHT), min_size=1, max_size=6)
)
def test_names_do_not_touch_and_keep_their_order(places: list[float]) -> None:
    moved = ratings_chart._apart(places)
    order = sorted(range(len(places)), key=lambda place: places[place])
    heights = [moved[place] for place in order]
    assert all(below - above >= ratings_chart.LABEL - 1e-9 for above, below in pairwise(heights))
    assert max(heights) <= ratings_chart.TOP + ratings_chart.HEIGHT


def test_names_with_room_stay_where_their_lines_end() -> None:
    assert ratings_chart._apart([100.0, 50.0, 200.0]) == [100.0, 50.0, 200.0]


def test_years_are_few_enough_to_read() -> None:
    import datetime as dt

    first, last = dt.date(1955, 9, 4).toordinal(), dt.date(2026, 5, 1).toordinal()
    assert ratings_chart._years(first, last) == [1960, 1970, 1980, 1990, 2000, 2010, 2020]
    assert ratings_chart._years(dt.date(2023, 8, 1).toordinal(), last) == [2024, 2025, 2026]


def test_a_line_for_each_club_with_what_it_says_in_words() -> None:
    pytest.importorskip("altair")
    document = {
        "as_of": "2024-04-17",
        "since": "2020-01-01",
        "history": [
            {"name": "Liverpool", "ratings": [{"date": "2020-02-01", "rating": 1900.0}]},
            {
                "name": "Atalanta",
                "ratings": [
                    {"date": "2021-02-01", "rating": 1700.0},
                    {"date": "2024-01-01", "rating": 1810.0},
                ],
            },
            {"name": "Nobody", "ratings": []},
        ],
    }
    spec = ratings_chart.chart(document).to_dict()
    assert sum(layer["mark"]["type"] == "line" for layer in spec["layer"]) == 2
    assert spec["description"] == (
        "Elo ratings from 2020-01-01 to 2024-04-17: Liverpool from 1900 to 1900; Atalanta from 1700 to 1810."
    )
    with pytest.raises(BadInput, match="nothing to draw"):
        ratings_chart.chart({**document, "history": []})
