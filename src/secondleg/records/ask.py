"""The two verbs of the room: `answer(view, question)`, and `answer_many` for the same question of many clubs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from secondleg.errors import BadInput
from secondleg.records import first_legs, ranks
from secondleg.records.answer import Answer, Coverage, Evidence, Furthest, Line, Occurrence, Streak, Value
from secondleg.records.clubs import LISTS
from secondleg.records.compile import compile_question
from secondleg.records.compiled import PROOF_LIMIT
from secondleg.records.coverage import Ledger, competitions_of, coverage, ledger
from secondleg.records.known import evidence, known
from secondleg.records.many import resolved
from secondleg.records.once import counts_once
from secondleg.records.question import Question
from secondleg.records.statistics import STATISTICS, Row
from secondleg.records.terms import Per, Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["answer"]


def answer(view: View, question: Question) -> Answer:
    """Answer `question` from what `view` knows: a value, the matches that prove it and the coverage.

    Raises:
        BadInput: the question is one for a forecast.
    """
    if question.statistic is Statistic.CHANCE:
        raise BadInput(
            "a chance is a forecast's to give, not the archive's: ask secondleg.forecast, or the desk."
        )
    if question.per is Per.CLUB or question.statistic is Statistic.FIRST_TO:
        return ranks.compare_clubs(view, question, answer)
    if first_legs.is_about_all_clubs(question):
        return first_legs.answer_for_all_clubs(view, question)
    asked, question = question, resolved(view, question)
    book = ledger(view, question)
    codes = competitions_of(view, question.scope)
    # of any club, a season of one competition that is not whole breaks no run of a club elsewhere
    gaps = book.gaps if question.subject.club is not None or (codes and len(codes) == 1) else ()
    statement = compile_question(question, codes=codes, gaps=gaps)
    rows = view.rows(statement.sql, **statement.parameters)
    totals = _counted(question, rows[0])
    units = sorted((row for row in rows if row["nth"] is not None), key=lambda row: row["nth"])
    memory = known(view)

    def label(row: Row) -> str:
        return memory.label(row["competition"], row["season"])

    value = STATISTICS[question.statistic](question).read(totals, units, label)
    proof = [row for row in units if row["picked"]]
    if isinstance(value, Furthest):
        book = ledger(view, question, reached=value.rank)
    rests_on = _coverage(view, question, book, proof)
    picked = _shown(question, proof)
    shown = _proof(view, picked)
    if question.unit is Unit.MATCH:
        rests_on = _without_doubtful_scores(rests_on, shown)
    if question.unit is not Unit.TIE and totals["unknown_units"]:
        rests_on = _without_unknown(rests_on, question, totals)
    return Answer(
        question=asked,
        value=value,
        rows=shown,
        coverage=rests_on,
        as_of=view.as_of,
        n=totals["units"],
        k=totals["units_with"],
        at_least=_at_least(question, book, totals, rests_on, value),
        more=_more(question, totals, value, picked),
        lines=tuple(_line(row, label) for row in picked) if question.unit is Unit.SEASON else (),
        unknown=totals["unknown_units"],
    )


def _counted(question: Question, totals: Row) -> Row:
    """The totals, with the units as they are counted: of any club, a match or a tie once for its two sides."""
    if counts_once(question):
        # of the last time only what came after it is not known: see `compile`
        late = question.statistic is Statistic.LAST
        return {**totals, "unknown_units": totals["unknown_units" if late else "units_unknown"]}
    n, k = totals["n"], totals["k"]
    return {**totals, "units": n, "units_with": k, "units_without": n - k}


def _line(row: Row, label: Callable[[Row], str]) -> Line:
    columns = ("place", "clubs", "played", "won", "drawn", "lost", "scored", "conceded", "points", "declared")
    told = {name: row[name] for name in columns}
    return Line(row["club"], row["competition"], label(row), **told, holds=bool(row["holds"]))


def _without_unknown(rests_on: Coverage, question: Question, totals: Row) -> Coverage:
    """The coverage, not complete where it is not known of some units whether the event held."""
    n, of = totals["unknown_units"], totals["unknown_units"] + totals["units"]
    what = "league seasons" if question.unit is Unit.SEASON else "matches"
    note = f"{rests_on.note}; not known of {n:,} of {of:,} {what} whether it was so"
    return replace(rests_on, complete=False, note=note)


_SCORES_OF_SHOOT_OUTS: Final = frozenset(((4, 2), (4, 3), (5, 3), (5, 4), (6, 5), (7, 6), (8, 7), (9, 8)))
"""Scores that are far commoner among the second legs of these cups before 2001 than in the European Cup, whose file has
none of shoot-outs (4-3: 37 of 3,175 and 1 of 872; 5-4: 24 and none): what a source gave there may be the shoot-out."""

_DOUBTFUL_CUPS: Final = ("uefa.el", "uefa.cwc")
_TOLD_APART_FROM: Final = 2001
"""First season in which the sources keep shoot-outs out of the score."""


def _doubtful(row: Evidence) -> bool:
    """Whether the score of a match may be that of a shoot-out after it."""
    if row.competition not in _DOUBTFUL_CUPS or int(row.season[:4]) >= _TOLD_APART_FROM:
        return False
    last_match = row.leg in (2, 3) or (row.leg is None and row.stage == "final")
    score = max(row.home_goals, row.away_goals), min(row.home_goals, row.away_goals)
    return last_match and score in _SCORES_OF_SHOOT_OUTS and "penalties" not in row.score


def _without_doubtful_scores(rests_on: Coverage, rows: Sequence[Evidence]) -> Coverage:
    """The coverage, not complete where a score among the proof cannot be trusted."""
    doubtful = [row for row in rows if _doubtful(row)]
    if not doubtful:
        return rests_on
    named = ", ".join(f"{row.home_name} {row.score} {row.away_name} on {row.date}" for row in doubtful[:2])
    return replace(
        rests_on, complete=False, note=f"{rests_on.note}; may be the score of a shoot-out: {named}"
    )


_FROM_THE_START: Final = frozenset(
    (
        Statistic.LONGEST_STREAK,
        Statistic.FIRST,
        Statistic.COUNT,
        Statistic.SHARE,
        Statistic.TOTAL,
        Statistic.RECORD,
        Statistic.NEVER,
        Statistic.FURTHEST,
        Statistic.NTH,
        Statistic.AVERAGE,
        Statistic.ALWAYS,
        Statistic.ONLY,
        Statistic.MOST,
        Statistic.FEWEST,
        Statistic.RANK,
        Statistic.FIRST_TO,
        Statistic.WOULD_BE,
        Statistic.STAKES,
        *LISTS,
    )
)
"""Statistics that every season of the scope can change; the others look back until they have found."""


def _shown(question: Question, proof: Sequence[Row]) -> Sequence[Row]:
    """The proof, or the part of it nearest to what was asked where there is too much."""
    if question.statistic in (Statistic.LAST, Statistic.SINCE) and len(proof) > PROOF_LIMIT:
        return [proof[0], *proof[-PROOF_LIMIT + 1 :]]
    return proof[-PROOF_LIMIT:]


def _coverage(view: View, question: Question, book: Ledger, picked: Sequence[Row]) -> Coverage:
    seasons = [row["season"] for row in picked]
    if question.statistic in (Statistic.FIRST, Statistic.NTH) and seasons:
        return coverage(question, book, first=None, last=max(seasons))
    bounded_by_n = question.scope.last is not None
    if seasons and (bounded_by_n or question.statistic not in _FROM_THE_START):
        days = min(row["date"] for row in picked)
        return coverage(
            question, book, first=min(seasons), since=days if question.unit is Unit.MATCH else None
        )
    return coverage(question, book, first=None)


def _at_least(question: Question, book: Ledger, totals: Row, rests_on: Coverage, value: object) -> bool:
    if isinstance(value, Streak) and question.statistic is Statistic.CURRENT_STREAK:
        if totals["last_miss"] is not None or value.length == 0:
            return not rests_on.complete
        # no match ended the run from the other side: the archive may simply not reach back to it
        whole = not book.gaps and book.begins is not None and rests_on.complete
        return not (whole or (question.scope.bounded and rests_on.complete))
    return not rests_on.complete


def _proof(view: View, picked: Sequence[Row]) -> tuple[Evidence, ...]:
    held: dict[int, bool] = {}
    for row in picked:
        for match in row["matches"]:
            if match is not None:
                # of any club a match is there for each side: it happened where it did for one
                held[match] = held.get(match, False) or bool(row["holds"])
    found = evidence(view, held)
    return tuple(row if held[match] else replace(row, holds=False) for match, row in found.items())


_PICKS: Final[dict[Statistic, Callable[[Row, Value], int]]] = {
    Statistic.COUNT: lambda total, value: int(total["units_with"]),
    Statistic.TOTAL: lambda total, value: int(total["units_with"]),
    Statistic.RECORD: lambda total, value: int(total["units_with"]),
    Statistic.SHARE: lambda total, value: int(total["units"]),
    Statistic.NEVER: lambda total, value: int(total["units_with"] or total["units"]),
    Statistic.LAST: lambda total, value: (
        value.since + 1 if isinstance(value, Occurrence) else int(total["units"])
    ),
    **dict.fromkeys(LISTS, lambda total, value: int(total["listed_clubs"])),
}


def _more(question: Question, totals: Row, value: Value, picked: Sequence[Row]) -> int:
    """Units that prove the answer beyond those fetched."""
    count = _PICKS.get(question.statistic)
    shown = len({row["id"] for row in picked}) if counts_once(question) else len(picked)
    return max(0, count(totals, value) - shown) if count and totals["n"] else 0
