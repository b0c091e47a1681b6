"""How each statistic is compiled and read: one function a statistic.

A statistic says which units prove it (`pick`, a condition on `row_of` and `total`), which totals it needs,
and how the value is read from them. `compile` puts the pieces into one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from secondleg.football.stage import RANK
from secondleg.records.answer import (
    Count,
    Form,
    Furthest,
    Never,
    Occurrence,
    Record,
    Since,
    Streak,
    Total,
    Value,
)
from secondleg.records.events import WON_RANK
from secondleg.records.question import Question
from secondleg.records.terms import Measure, Statistic, Unit

__all__ = ["STATISTICS", "Compiled", "Row"]

Row = Mapping[str, Any]
"""A row of the statement: a unit, with the totals beside it."""


_GAPS: Final = "string_split($gaps, ',')::SMALLINT[]"


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a statistic adds to the statement, and how its value is read from the rows, oldest first."""

    pick: str
    read: Callable[[Row, Sequence[Row], Callable[[Row], str]], Value]
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


def _at(rows: Sequence[Row], nth: int | None) -> Row | None:
    return next((row for row in rows if row["nth"] == nth), None) if nth is not None else None


def _current_streak(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        length = total["n"] - (total["last_miss"] or 0)
        first, last = _at(rows, total["n"] - length + 1), _at(rows, total["n"])
        if length == 0 or first is None or last is None:
            return Streak(length, None, None, ongoing=False)
        return Streak(length, first["date"], last["date"], ongoing=True)

    # the unit that ended the run before is part of the proof
    return Compiled(
        "row_of.nth >= coalesce(total.last_miss, 0)",
        read,
        must_show="n, coalesce(last_miss, 0) + 1",
        keeps_whole=f"season > list_max({_GAPS})",
    )


def _longest_streak(question: Question) -> Compiled:
    relations = f""",
run AS (
    SELECT *, len(list_filter({_GAPS}, lambda gap: gap < season)) AS segment,
           row_number() OVER (PARTITION BY club, segment ORDER BY nth)
           - row_number() OVER (PARTITION BY club, segment, holds ORDER BY nth) AS island
    FROM unit WHERE nth IS NOT NULL
),
island AS (
    SELECT club AS run_club, segment AS run_segment, island AS run_island, count(*) AS length,
           min(nth) AS run_first, max(nth) AS run_last
    FROM run WHERE holds GROUP BY ALL
    ORDER BY length DESC, run_last DESC LIMIT 1
)"""

    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        if total["run_first"] is None:
            return Streak(0, None, None, ongoing=False)
        first, last = _at(rows, total["run_first"]), _at(rows, total["run_last"])
        return Streak(
            total["length"],
            first["date"] if first else None,
            last["date"] if last else None,
            ongoing=total["run_last"] == total["n"],
        )

    return Compiled(
        "row_of.holds AND row_of.club = total.run_club AND row_of.segment = total.run_segment "
        "AND row_of.island = total.run_island",
        read,
        totals="""
           , any_value(run_club) AS run_club, any_value(run_segment) AS run_segment,
           any_value(run_island) AS run_island, any_value(length) AS length,
           any_value(run_first) AS run_first, any_value(run_last) AS run_last""",
        relations=relations,
        totals_from="unit LEFT JOIN island ON TRUE",
        rows_from="run",
        must_show="run_first, run_last",
        keeps_whole=f"NOT list_contains({_GAPS}, season)",
    )


def _occurrence(row: Row | None, total: Row, label: Callable[[Row], str]) -> Value:
    if row is None:
        return None
    return Occurrence(
        row["date"], label(row), row["competition"], before=row["nth"] - 1, since=total["n"] - row["nth"]
    )


def _last(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return _occurrence(_at(rows, total["last_hit"]), total, label)

    return Compiled("row_of.nth >= coalesce(total.last_hit, 1)", read)


def _first(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return _occurrence(_at(rows, total["first_hit"]), total, label)

    return Compiled("row_of.nth <= coalesce(total.first_hit, total.n)", read)


def _last_n(question: Question) -> Compiled:
    def letter(row: Row) -> str:
        if question.unit is Unit.MATCH:
            return str(row["result"])
        through = row.get("through")
        return "-" if through is None else "T" if through else "O"

    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return Form("".join(letter(row) for row in rows))

    return Compiled("TRUE", read)


def _count(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return Count(total["k"], total["n"], unknown=total["unknown_winners"])

    # of a share the units without the event are half the proof
    return Compiled("row_of.holds" if question.statistic is Statistic.COUNT else "TRUE", read)


def _never(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return Never(total["k"] == 0, total["n"], unknown=total["unknown_winners"])

    return Compiled("(total.k = 0 OR row_of.holds)", read)


_MEASURES: Final[dict[Measure, str]] = {
    Measure.SCORED: "scored",
    Measure.CONCEDED: "conceded",
    Measure.GOALS: "scored + conceded",
    Measure.DIFFERENCE: "scored - conceded",
}


def _total(question: Question) -> Compiled:
    assert question.measure is not None  # checked by Question

    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return Total(int(total["goals"] or 0), total["k"])

    return Compiled(
        "row_of.holds",
        read,
        totals=f",\n           sum({_MEASURES[question.measure]}) FILTER (holds) AS goals",
    )


def _record(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        return Record(
            total["won"],
            total["drawn"],
            total["lost"],
            int(total["goals_scored"] or 0),
            int(total["goals_conceded"] or 0),
        )

    return Compiled(
        "row_of.holds",
        read,
        totals=""",
           count(*) FILTER (holds AND result = 'W') AS won, count(*) FILTER (holds AND result = 'D') AS drawn,
           count(*) FILTER (holds AND result = 'L') AS lost,
           sum(scored) FILTER (holds) AS goals_scored, sum(conceded) FILTER (holds) AS goals_conceded""",
    )


def _furthest(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        if total["best"] is None:
            return None
        best = [row for row in rows if row["picked"]]
        return Furthest(
            _stage(total["best"]),
            total["best"],
            seasons=tuple(label(row) for row in best),
            competitions=tuple(row["competition"] for row in best),
        )

    return Compiled(
        "row_of.holds AND row_of.reached = total.best",
        read,
        totals=",\n           max(reached) FILTER (holds) AS best",
    )


def _stage(rank: int) -> str:
    if rank == WON_RANK:
        return "winner"
    return next(name for name, value in RANK.items() if value == rank)


def _since(question: Question) -> Compiled:
    later = "holds" if question.before is None else "holds AND date >= $before"
    pick = "max" if question.before is None else "min"

    def read(total: Row, rows: Sequence[Row], label: Callable[[Row], str]) -> Value:
        anchor, previous = _at(rows, total["anchor"]), _at(rows, total["previous"])
        end = total["n"] + 1 if total["anchor"] is None else total["anchor"]
        return Since(
            date=anchor["date"] if anchor else None,
            previous=previous["date"] if previous else None,
            previous_season=label(previous) if previous else None,
            between=end - (total["previous"] or 0) - 1,
        )

    return Compiled(
        "row_of.nth BETWEEN coalesce(total.previous, 1) AND coalesce(total.anchor, total.n)",
        read,
        totals=""",
           any_value(anchor.at) AS anchor,
           max(nth) FILTER (holds AND (anchor.at IS NULL OR nth < anchor.at)) AS previous""",
        relations=f",\nanchor AS (SELECT {pick}(nth) FILTER ({later}) AS at FROM unit)",
        totals_from="unit CROSS JOIN anchor",
        must_show="anchor, previous",
        parameters={} if question.before is None else {"before": question.before},
    )


STATISTICS: Final[dict[Statistic, Callable[[Question], Compiled]]] = {
    Statistic.CURRENT_STREAK: _current_streak,
    Statistic.LONGEST_STREAK: _longest_streak,
    Statistic.LAST: _last,
    Statistic.FIRST: _first,
    Statistic.LAST_N: _last_n,
    Statistic.COUNT: _count,
    Statistic.SHARE: _count,
    Statistic.TOTAL: _total,
    Statistic.RECORD: _record,
    Statistic.NEVER: _never,
    Statistic.FURTHEST: _furthest,
    Statistic.SINCE: _since,
}
"""Every statistic that the archive answers. To add one is to add a function here."""
