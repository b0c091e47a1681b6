"""Integrity checks: what in an archive cannot be right, or may not be, each finding with the rows that show it.

A check is one SELECT over the derived tables, in `archive._check_sql`. `error` means that something is as good as
certainly wrong, `odd` that it is rare and can be true: some early clubs played two matches on a day, with two elevens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from secondleg.archive import _check_sql as sql
from secondleg.football.rules import declared

if TYPE_CHECKING:
    import duckdb

__all__ = ["CHECKS", "Check", "derive"]

Severity = Literal["error", "odd"]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its key in `store.finding`, how bad a finding is, what it looks for, and the SELECT that looks."""

    key: str
    severity: Severity
    title: str
    select: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


_MODERN_FROM: Final = dt.date(1919, 8, 1)
"""First day of football after the First World War; a club with two elevens out on one day is rare from then on."""

_MOST_GOALS: Final = 15
"""Goals of a match above which it is listed: league football knows a handful of them in a hundred years."""

_GOALLESS: Final = 7
"""Goalless draws at the end of a season that are listed: of two million sides three have so many, who all withdrew."""

_ALL: Final = (
    Check(
        "same-match-twice",
        "error",
        "one match stands twice, some days apart",
        sql.SAME_MATCH_TWICE,
        {"days": 3},
    ),
    Check("met-too-often", "odd", "a pair met more often than the others of its league", sql.MET_TOO_OFTEN),
    Check(
        "two-on-a-day",
        "error",
        "a club played twice on one day",
        sql.TWO_ON_A_DAY + " WHERE date >= $early",
        {"early": _MODERN_FROM},
    ),
    Check(
        "two-on-a-day-early",
        "odd",
        "a club played twice on one day, as early clubs did",
        sql.TWO_ON_A_DAY + " WHERE date < $early",
        {"early": _MODERN_FROM},
    ),
    Check(
        "two-names",
        "error",
        "two clubs have the matches of one between them",
        sql.TWO_NAMES,
        {"least": 10, "most": 0.6},
    ),
    Check("two-leagues", "odd", "a club played in two leagues in one season", sql.TWO_LEAGUES, {"least": 5}),
    Check("goals-differ", "error", "goals do not add up to the score", sql.GOALS_DIFFER),
    Check("lost-and-through", "odd", "a tie won by the side behind", sql.LOST_AND_THROUGH),
    Check("half-time", "error", "more goals at half-time than at the end", sql.HALF_TIME),
    Check("many-goals", "odd", "a score beyond the usual", sql.MANY_GOALS, {"most": _MOST_GOALS}),
    Check("future", "error", "a result of a day still to come", sql.FUTURE),
    Check(
        "far-from-season", "odd", "a match on a day outside its season", sql.FAR_FROM_SEASON, {"days": 150}
    ),
    Check("wrong-year", "error", "a match in a year that its season has no part in", sql.WRONG_YEAR),
    Check(
        "goalless-end",
        "odd",
        "a season that ends in goalless draws, as if they were not played",
        sql.GOALLESS_END,
        {"least": _GOALLESS},
    ),
    Check("lone-match", "odd", "a season with a lone match", sql.LONE_MATCH),
)

CHECKS: Final[Mapping[str, Check]] = MappingProxyType({check.key: check for check in _ALL})
"""All checks by key, in the order in which they are told."""


def derive(connection: duckdb.DuckDBPyConnection, *, today: dt.date | None = None) -> None:
    """Fill `store.finding` anew from the other tables; call it last in a rebuild, after the coverage.

    `today` is the day after which no result can be known; by default this machine's.
    """
    connection.execute("DELETE FROM store.finding")
    connection.execute(sql.SIDES)
    codes = connection.execute("SELECT DISTINCT competition FROM store.match").fetchall()
    given: dict[str, Any] = {
        "today": today or dt.date.today(),
        "editions": [code for (code,) in codes if declared(code).get("edition")],
    }
    for check in _ALL:
        parameters = {
            **{name: value for name, value in given.items() if f"${name}" in check.select},
            **check.parameters,
        }
        connection.execute(
            f'INSERT INTO store.finding BY NAME SELECT $key AS "check", * FROM ({check.select}) ORDER BY ALL',
            {"key": check.key, **parameters, **check.parameters},
        )
    connection.execute("DROP TABLE check_side; DROP TABLE check_season; DROP TABLE check_club")
