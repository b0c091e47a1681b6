"""The match contract says what breaks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from secondleg.sources import contract
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


# --- the other tables -----------------------------------------------------------------------------

PLACE: dict[str, Any] = {"source": "test", "document": "a.csv", "line": 2}
GOAL = PLACE | {
    "nth": 1, "kind": "penalty", "side": "away", "minute": 90, "added": 3, "home_goals": 0, "away_goals": 1,
}  # fmt: skip
STATISTIC = PLACE | {"home_shots": 12, "away_shots": 0, "home_reds": 1, "attendance": 40_000}
PRICE = PLACE | {
    "bookmaker": "pinnacle", "market": "1x2", "closing": True, "home": 1.5, "draw": 4.0, "away": 7.5,
}  # fmt: skip
ALIAS = {
    "source": "test",
    "document": "a.txt",
    "country": "eng",
    "name": "Liverpool FC",
    "alias": "Liverpool",
}
ID = {"source": "test", "document": "a.csv", "country": "eng", "name": "Liverpool", "scheme": "x", "id": "1"}
Check = Callable[[pa.Table], list[str]]
OTHERS: dict[str, tuple[Check, pa.Schema, dict[str, Any]]] = {
    "incident": (contract.incident_violations, contract.INCIDENTS, GOAL),
    "statistic": (contract.statistic_violations, contract.STATISTICS, STATISTIC),
    "odds": (contract.odds_violations, contract.ODDS, PRICE),
    "alias": (contract.alias_violations, contract.ALIASES, ALIAS),
    "id": (contract.id_violations, contract.IDS, ID),
}


@pytest.mark.parametrize("table_", OTHERS)
def test_other_tables(table_: str) -> None:
    check, schema, good = OTHERS[table_]
    assert check(pa.Table.from_pylist([good], schema=schema)) == []
    assert check(schema.empty_table()) == []
    assert "schema" in check(pa.table({"line": [1]}))[0]


@pytest.mark.parametrize(
    ("table_", "changed", "told"),
    [
        ("incident", {"kind": "corner"}, "kind 'corner' is not in INCIDENT_KINDS"),
        ("incident", {"side": "left"}, "side"),
        ("incident", {"nth": 0}, "below 1"),
        ("incident", {"minute": 0, "added": None}, "minute 0"),
        ("incident", {"minute": 121}, "minute 121"),
        ("incident", {"minute": None}, "of no minute"),
        ("incident", {"added": -1}, "below none"),
        ("incident", {"home_goals": None}, "only one side"),
        ("incident", {"side": "home"}, "its side has none"),
        ("statistic", {"away_shots": -1}, "shots below none"),
        ("statistic", {"attendance": -5}, "attendance"),
        ("odds", {"market": "corners"}, "market"),
        ("odds", {"home": 1.0}, "home odds of 1.0"),
        ("odds", {"away": float("nan")}, "away odds"),
        ("odds", {"home": None, "draw": None, "away": None}, "no odds"),
        ("odds", {"size": 2.5}, "1x2 with a size"),
        ("odds", {"market": "total"}, "total without a size"),
        ("odds", {"market": "handicap", "size": -0.5}, "handicap with a draw"),
        ("alias", {"country": "xxx"}, "country 'xxx'"),
        ("alias", {"alias": " "}, "alias is empty"),
        ("id", {"id": ""}, "id is empty"),
    ],
)
def test_a_broken_row_of_another_table(table_: str, changed: dict[str, Any], told: str) -> None:
    check, schema, good = OTHERS[table_]
    found = check(pa.Table.from_pylist([good | changed], schema=schema))
    assert any(told in text for text in found), found


@pytest.mark.parametrize("table_", ["incident", "statistic", "odds"])
def test_a_row_that_stands_twice(table_: str) -> None:
    check, schema, good = OTHERS[table_]
    (found,) = check(pa.Table.from_pylist([good, good], schema=schema))
    assert found.startswith("a.csv:2: 2 rows")


def test_a_million_matches() -> None:
    many = pa.concat_tables([table()] * 1000).combine_chunks()
    many = pa.concat_tables([*[many] * 1000, table(away="Liverpool FC")])
    assert violations(many) == ["a.txt:1: Liverpool FC plays itself"]
