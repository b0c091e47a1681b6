"""The match contract says what breaks it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from secondleg.sources.contract import MATCHES, violations

GOOD: dict[str, Any] = {
    "source": "test",
    "document": "a.txt",
    "line": 1,
    "competition": "eng.1",
    "season": 2023,
    "date": dt.date(2024, 4, 14),
    "home": "Liverpool FC",
    "away": "Crystal Palace FC",
    "status": "played",
    "home_goals": 0,
    "away_goals": 1,
    "home_ft": 0,
    "away_ft": 1,
    "home_ht": 0,
    "away_ht": 1,
    "after_extra_time": False,
}


def table(**changed: Any) -> pa.Table:
    return pa.Table.from_pylist([GOOD | changed], schema=MATCHES)


def test_a_good_row() -> None:
    assert violations(table()) == []
    assert violations(table(status="fixture", **{n: None for n in GOOD if "_" in n and n[0] in "ha"})) == []
    extra = {"home_goals": 2, "away_goals": 1, "home_ft": 1, "after_extra_time": True}
    assert violations(table(**extra)) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"stage": "last sixteen"}, "stage"),
        ({"status": "finished"}, "status"),
        ({"away": "Liverpool FC"}, "plays itself"),
        ({"away_goals": None}, "only one side of goals"),
        ({"home_goals": None, "away_goals": None}, "without a score"),
        ({"home_ht": 1}, "is more than"),
        ({"away_ft": 2}, "is more than"),
        ({"home_goals": 1}, "no extra time"),
        ({"home_pens": 4, "away_pens": 4}, "without a winner"),
        ({"home_pens": 4}, "only one side of pens"),
    ],
)
def test_a_broken_row(changed: dict[str, Any], told: str) -> None:
    found = violations(table(**changed))
    assert any(told in text and text.startswith("a.txt:1: ") for text in found), found


def test_a_missing_value() -> None:
    loose = pa.schema([pa.field(f.name, f.type) for f in MATCHES])
    rows = pa.Table.from_pylist([GOOD | {"home": None}], schema=loose)
    assert any("schema" in text for text in violations(rows))
    strict = pa.Table.from_arrays(rows.columns, schema=MATCHES)
    assert any("1 rows without home" in text for text in violations(strict))
