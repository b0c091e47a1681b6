"""A match as one line gives it, before it becomes a row of the contract's table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final

import pyarrow as pa

from secondleg.sources.contract import MATCHES

__all__ = ["NAME", "Row", "table"]

NAME: Final = "openfootball"
"""Of the source, as the catalogue knows it."""


@dataclass(slots=True)
class Row:
    """The contract's columns, without the source; legs and neutral grounds are set when the file is whole."""

    document: str
    line: int
    competition: str
    season: int
    stage: str | None
    stage_text: str | None
    group: str | None
    round: int | None
    leg: int | None
    date: dt.date
    time: str | None
    home: str
    away: str
    home_country: str | None
    away_country: str | None
    status: str
    home_goals: int | None = None
    away_goals: int | None = None
    home_ft: int | None = None
    away_ft: int | None = None
    home_ht: int | None = None
    away_ht: int | None = None
    after_extra_time: bool | None = None
    home_pens: int | None = None
    away_pens: int | None = None
    neutral: bool | None = None
    ground: str | None = None
    note: str | None = None


def table(rows: Sequence[Row]) -> pa.Table:
    """The rows under the contract's schema."""
    columns: dict[str, Any] = {field.name: list(map(attrgetter(field.name), rows)) for field in fields(Row)}
    columns["source"] = [NAME] * len(rows)
    return pa.table([pa.array(columns[field.name], field.type) for field in MATCHES], schema=MATCHES)
