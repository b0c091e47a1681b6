"""Statistics of what is still to come: what one more time would be, and what a stage would mean to a club."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from secondleg.football.stage import RANK
from secondleg.records.answer import Stakes, Value, WouldBe
from secondleg.records.compiled import RUNS, Compiled, Label, Row, row_at
from secondleg.records.question import Question
from secondleg.records.stages import stage_of

__all__ = ["stakes", "would_be"]

_RUN: Final = "coalesce(max(run_length), 0) AS longest_run"


def would_be(question: Question) -> Compiled:
    """The nth time, the first since, the run that it would make, if the event held in the next unit of the scope."""

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        previous = row_at(rows, total["last_hit"])
        return WouldBe(
            nth=total["k"] + 1,
            previous=previous["date"] if previous else None,
            previous_season=label(previous) if previous else None,
            between=total["n"] - (total["last_hit"] or 0),
            run=total["n"] - (total["last_miss"] or 0) + 1,
            longest=total["longest_run"],
        )

    return Compiled(
        "row_of.nth >= coalesce(total.last_hit, 1)",
        read,
        totals=f",\n           {_RUN}",
        relations=RUNS,
        totals_from="run",
        rows_from="run",
        each="count(*) FILTER (holds) + 1",
    )


def stakes(question: Question) -> Compiled:
    """Where a stage stands among those that the club has reached."""
    goal = RANK[str(question.event.stage)]

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        last = row_at(rows, total["last_hit"])
        return Stakes(
            stage=str(question.event.stage),
            nth=total["k"] + 1,
            last=label(last) if last else None,
            of=total["n"],
            place=total["better"] + 1,
            furthest=None if total["best"] is None else stage_of(total["best"]),
        )

    return Compiled(
        "row_of.holds",
        read,
        totals=""",
           max(reached) AS best, count(DISTINCT reached) FILTER (reached > $stage_at_stake) AS better""",
        parameters={"stage_at_stake": goal},
        each="count(DISTINCT reached) FILTER (reached > $stage_at_stake) + 1",
    )
