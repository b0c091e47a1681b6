"""How each statistic is compiled and read: one function a statistic.

A statistic says which units prove it (`pick`, a condition on `row_of` and `total`), which totals it needs,
and how the value is read from them. `compile` puts the pieces into one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from secondleg.records.answer import (
    Always,
    Average,
    Count,
    Form,
    Furthest,
    Never,
    Occurrence,
    Only,
    Record,
    Since,
    Streak,
    Total,
    Value,
)
from secondleg.records.clubs import LISTS, listing
from secondleg.records.compiled import GAPS, RUN_LENGTHS, Compiled, Label, Row, row_at
from secondleg.records.groups import as_many, fewest, most, rank
from secondleg.records.once import adds_up_once, counts_once
from secondleg.records.outlook import stakes, would_be
from secondleg.records.question import Question
from secondleg.records.stages import stage_of
from secondleg.records.terms import Statistic, Unit

__all__ = ["STATISTICS", "Compiled", "Row"]


def _current_streak(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        length = total["n"] - (total["last_miss"] or 0)
        first, last = row_at(rows, total["n"] - length + 1), row_at(rows, total["n"])
        if length == 0 or first is None or last is None:
            return Streak(length, None, None, ongoing=False)
        return Streak(length, first["date"], last["date"], ongoing=True)

    # the unit that ended the run before is part of the proof
    return Compiled(
        "row_of.nth >= coalesce(total.last_miss, 0)",
        read,
        must_show="n, coalesce(last_miss, 0) + 1",
        each=f"coalesce({RUN_LENGTHS}[-1], 0)",
        each_in_order=False,
        keeps_whole=f"season > list_max({GAPS})",
    )


def _longest_streak(question: Question) -> Compiled:
    asked_of = question.subject.club
    relations = f""",
run AS (
    SELECT *, len(list_filter({GAPS}, lambda gap: gap < season)) AS segment,
           row_number() OVER (PARTITION BY club, segment ORDER BY nth)
           - row_number() OVER (PARTITION BY club, segment, holds ORDER BY nth) AS island
    FROM unit WHERE nth IS NOT NULL
),
islands AS (
    SELECT club AS run_club, segment AS run_segment, island AS run_island, count(*) AS length,
           min(nth) AS run_first, max(nth) AS run_last
    FROM run WHERE holds GROUP BY ALL
),
island AS (
    SELECT *, (SELECT list(DISTINCT i.run_club ORDER BY i.run_club) FROM islands i
               WHERE i.length = (SELECT max(length) FROM islands)) AS run_clubs
    FROM islands ORDER BY length DESC, run_last DESC LIMIT 1
)"""

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        if total["run_first"] is None:
            return Streak(0, None, None, ongoing=False)
        first, last = row_at(rows, total["run_first"]), row_at(rows, total["run_last"])
        return Streak(
            total["length"],
            first["date"] if first else None,
            last["date"] if last else None,
            ongoing=total["run_last"] == (total["n"] if asked_of else total["run_end"]),
            club=None if asked_of else total["run_club"],
            joint=() if asked_of else tuple(club for club in total["run_clubs"] if club != total["run_club"]),
        )

    return Compiled(
        "row_of.holds AND row_of.club = total.run_club AND row_of.segment = total.run_segment "
        "AND row_of.island = total.run_island",
        read,
        totals="""
           , any_value(run_club) AS run_club, any_value(run_segment) AS run_segment,
           any_value(run_island) AS run_island, any_value(length) AS length,
           any_value(run_first) AS run_first, any_value(run_last) AS run_last, any_value(run_clubs) AS run_clubs,
           max(nth) FILTER (club = run_club) AS run_end""",
        relations=relations,
        totals_from="unit LEFT JOIN island ON TRUE",
        rows_from="run",
        must_show="run_first, run_last",
        keeps_whole=f"NOT list_contains({GAPS}, season)",
        each=f"coalesce(list_max({RUN_LENGTHS}), 0)",
        each_in_order=False,
    )


def _occurrence(question: Question, row: Row | None, total: Row, label: Label) -> Value:
    if row is None:
        return None
    club = row["club"] if question.subject.club is None else None
    return Occurrence(
        row["date"],
        label(row),
        row["competition"],
        before=row["turn"] - 1,
        since=total["units"] - row["turn"],
        club=club,
    )


def _last(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return _occurrence(question, row_at(rows, total["last_hit"]), total, label)

    return Compiled(
        "row_of.nth >= coalesce(total.last_hit, 1)", read, each="count(nth) - max(nth) FILTER (holds)"
    )


def _first(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return _occurrence(question, row_at(rows, total["first_hit"]), total, label)

    return Compiled(
        "row_of.nth <= coalesce(total.first_hit, total.n)", read, each="min(nth) FILTER (holds) - 1"
    )


def _nth(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return _occurrence(question, row_at(rows, total["nth_hit"]), total, label)

    # of any club, a unit that both sides have is one time
    hits = "list_sort(list(nth) FILTER (holds AND nth IS NOT NULL))[$event_nth]"
    if counts_once(question):
        hits = """(SELECT nth FROM (SELECT min(nth) AS nth FROM unit WHERE holds AND nth IS NOT NULL GROUP BY id)
            ORDER BY nth LIMIT 1 OFFSET $event_nth - 1)"""
    days = "list_sort(list(epoch(date) // 86400) FILTER (holds AND nth IS NOT NULL))"
    return Compiled(
        "row_of.holds AND row_of.nth <= coalesce(total.nth_hit, total.n)",
        read,
        totals=f",\n           {hits} AS nth_hit",
        must_show="nth_hit",
        parameters={"event_nth": question.nth},
        each=f"{days}[$event_nth]",
        each_in_order=False,
    )


def _last_n(question: Question) -> Compiled:
    def letter(row: Row) -> str:
        if question.unit is Unit.MATCH:
            return str(row["result"])
        through = row.get("through")
        return "-" if through is None else "T" if through else "O"

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return Form("".join(letter(row) for row in rows))

    # what clubs are compared by is how many of them were won
    return Compiled(
        "TRUE", read, each="count(*) FILTER (result = 'W')" if question.unit is Unit.MATCH else "count(nth)"
    )


def _count(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return Count(total["units_with"], total["units"], unknown=total["unknown_units"])

    # of a share the units without the event are half the proof
    if question.statistic is Statistic.COUNT:
        return Compiled("row_of.holds", read, each="count(*) FILTER (holds)", each_in_order=False)
    return Compiled("TRUE", read, each="count(*) FILTER (holds) / nullif(count(nth), 0)", each_in_order=False)


def _never(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return Never(total["units_with"] == 0, total["units"], unknown=total["unknown_units"])

    return Compiled(
        "(total.k = 0 OR row_of.holds)", read, each="count(*) FILTER (holds) = 0", each_in_order=False
    )


def _always(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        missed, of = total["units_without"], total["units"]
        return Always(missed == 0 and of > 0, of, missed)

    return Compiled(
        "(total.k = total.n OR NOT row_of.holds)",
        read,
        each="count(*) FILTER (holds) = count(nth)",
        each_in_order=False,
    )


def _only(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        row = row_at(rows, total["last_hit"])
        if row is None:
            return Only(False, 0, total["units"], None, None, None)
        times = total["units_with"]
        return Only(times == 1, times, total["units"], row["date"], label(row), row["competition"])

    return Compiled("row_of.holds", read, each="count(*) FILTER (holds) = 1", each_in_order=False)


def _amount(question: Question, total: Row) -> int:
    return int(total["amount_once" if adds_up_once(question) else "goals"] or 0)


def _total(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return Total(_amount(question, total), total["units_with"])

    return Compiled(
        "row_of.holds",
        read,
        totals=",\n           sum(amount) FILTER (holds) AS goals",
        each="coalesce(sum(amount) FILTER (holds), 0)",
        each_in_order=False,
    )


def _average(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        if not total["k"]:
            return None
        amount = _amount(question, total)
        # each side has its own goals, of which it is the average; those of a match are of both
        each = total["units_with"] if adds_up_once(question) else total["k"]
        return Average(amount / each, amount, total["units_with"])

    return Compiled(
        "row_of.holds",
        read,
        totals=",\n           sum(amount) FILTER (holds) AS goals",
        each="avg(amount) FILTER (holds)",
        each_in_order=False,
    )


def _record(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        return Record(
            total["won"],
            total["drawn"],
            total["lost"],
            int(total["goals_scored"] or 0),
            int(total["goals_conceded"] or 0),
        )

    if question.unit is Unit.SEASON:
        return Compiled(
            "row_of.holds",
            read,
            totals=""",
           coalesce(sum(won) FILTER (holds), 0)::INTEGER AS won,
           coalesce(sum(drawn) FILTER (holds), 0)::INTEGER AS drawn,
           coalesce(sum(lost) FILTER (holds), 0)::INTEGER AS lost,
           sum(scored) FILTER (holds) AS goals_scored, sum(conceded) FILTER (holds) AS goals_conceded""",
            each="sum(won) FILTER (holds) / nullif(sum(played) FILTER (holds), 0)",
        )
    return Compiled(
        "row_of.holds",
        read,
        each="count(*) FILTER (holds AND result = 'W') / nullif(count(*) FILTER (holds), 0)",
        totals=""",
           count(*) FILTER (holds AND result = 'W') AS won, count(*) FILTER (holds AND result = 'D') AS drawn,
           count(*) FILTER (holds AND result = 'L') AS lost,
           sum(scored) FILTER (holds) AS goals_scored, sum(conceded) FILTER (holds) AS goals_conceded""",
    )


def _furthest(question: Question) -> Compiled:
    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        if total["best"] is None:
            return None
        best = [row for row in rows if row["picked"]]
        return Furthest(
            stage_of(total["best"]),
            total["best"],
            seasons=tuple(label(row) for row in best),
            competitions=tuple(row["competition"] for row in best),
        )

    return Compiled(
        "row_of.holds AND row_of.reached = total.best",
        read,
        totals=",\n           max(reached) FILTER (holds) AS best",
        each="max(reached) FILTER (holds)",
        each_in_order=False,
    )


def _since(question: Question) -> Compiled:
    later = "holds" if question.before is None else "holds AND date >= $before"
    pick = "max" if question.before is None else "min"

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        anchor, previous = row_at(rows, total["anchor"]), row_at(rows, total["previous"])
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
        each="max(nth) FILTER (holds) - coalesce(list_sort(list(nth) FILTER (holds), 'DESC')[2], 0) - 1",
    )


STATISTICS: Final[dict[Statistic, Callable[[Question], Compiled]]] = {
    Statistic.CURRENT_STREAK: _current_streak,
    Statistic.LONGEST_STREAK: _longest_streak,
    Statistic.LAST: _last,
    Statistic.FIRST: _first,
    Statistic.NTH: _nth,
    Statistic.LAST_N: _last_n,
    Statistic.COUNT: _count,
    Statistic.SHARE: _count,
    Statistic.TOTAL: _total,
    Statistic.AVERAGE: _average,
    Statistic.RECORD: _record,
    Statistic.NEVER: _never,
    Statistic.ALWAYS: _always,
    Statistic.ONLY: _only,
    Statistic.FURTHEST: _furthest,
    Statistic.SINCE: _since,
    Statistic.MOST: most,
    Statistic.FEWEST: fewest,
    Statistic.RANK: rank,
    Statistic.AS_MANY: as_many,
    Statistic.WOULD_BE: would_be,
    Statistic.STAKES: stakes,
    **dict.fromkeys(LISTS, listing),
}
"""Every statistic that one statement answers. To add one is to add a function here.

What compares whole clubs (Per.CLUB, FIRST_TO) puts one of these to all clubs at once: see `records.ranks`.
"""
