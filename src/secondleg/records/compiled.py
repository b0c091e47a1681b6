"""What a statistic adds to the statement of a question: the contract between `statistics` and `compile`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from secondleg.records.answer import Value

__all__ = ["GAPS", "PROOF_LIMIT", "RUNS", "RUN_LENGTHS", "Compiled", "Label", "Row", "Statement", "row_at"]

PROOF_LIMIT: Final = 500
"""Most units that prove one answer; a preview shows a handful, and nobody reads more."""

Row = Mapping[str, Any]
"""A row of the statement: a unit, with the totals beside it."""

Label = Callable[[Row], str]
"""The name of a row's season."""

GAPS: Final = "string_split($gaps, ',')::SMALLINT[]"
"""Seasons that the archive does not hold whole for the subject."""

RUNS: Final = """,
run AS (
    SELECT *, CASE WHEN holds THEN count(*) OVER (PARTITION BY club, holds, island) END AS run_length
    FROM (SELECT *, nth - row_number() OVER (PARTITION BY club, holds ORDER BY nth) AS island
          FROM unit WHERE nth IS NOT NULL)
)"""
"""Each unit with the length of the run that it belongs to; `nth` is its place among the units of its club."""

RUN_LENGTHS: Final = (
    "list_transform(string_split(string_agg(CASE WHEN holds THEN '1' ELSE '0' END, '' ORDER BY date, id)"
    " FILTER (holds IS NOT NULL), '0'), lambda run: len(run))"
)
"""The lengths of the runs of one club, an aggregate over its units: much cheaper than to number millions of units."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL for `View.rows`, with its parameters."""

    sql: str
    parameters: dict[str, object]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a statistic adds to the statement, and how its value is read from the rows, oldest first."""

    pick: str
    read: Callable[[Row, Sequence[Row], Label], Value]
    """`read(totals, rows, label)`; `label(row)` is the name of the row's season."""
    totals: str = ""
    relations: str = ""
    totals_from: str = "unit"
    rows_from: str = "unit"
    must_show: str = "first_hit, last_hit"
    """Places in time of the units from which the value is read, however many others prove it."""
    keeps_whole: str = ""
    """Condition that leaves out seasons that are not whole (`$gaps`): a run through a gap is no run."""
    parameters: Mapping[str, object] = field(default_factory=dict)
    cuts_last: bool = True
    """Whether only the last `scope.last` units are looked at."""
    each: str = "NULL"
    """The value of one club as a number, an aggregate over `each_from`, where all clubs are asked about at once."""
    each_in_order: bool = True
    """Whether `each` needs the places in time; counting units needs none."""
    each_relations: str = ""
    each_from: str = "unit"


def row_at(rows: Sequence[Row], nth: int | None) -> Row | None:
    """The row of the unit at a place in time."""
    return next((row for row in rows if row["nth"] == nth), None) if nth is not None else None
