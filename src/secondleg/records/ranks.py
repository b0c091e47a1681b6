"""Clubs compared: a club's rank among all clubs, who holds a record, who was first to do something n times.

Each puts one question to all clubs at once (`answer_many`), and asks it once more of those that it names, for the
matches that prove it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from secondleg.records.answer import Answer, Extreme, Holder, Occurrence, Rank, Value
from secondleg.records.coverage import coverage, ledger
from secondleg.records.groups import HOLDERS
from secondleg.records.many import EVERY_CLUB, answer_many, resolved
from secondleg.records.question import MEASURED, Question, Subject
from secondleg.records.terms import Per, Statistic

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["compare_clubs"]

_KEEPS_MEASURE: Final = (*MEASURED, Statistic.MOST)


def compare_clubs(view: View, question: Question, ask: Callable[[View, Question], Answer]) -> Answer:
    """Answer a question that compares clubs; `ask` answers the same question of one of them."""
    inner = _inner(question)
    many = answer_many(view, inner, country=question.scope.country)
    if question.least is not None:
        many = many.at_least(question.least)
    valued = ~np.isnan(many.value)
    order = [i for i in range(len(many.clubs)) if valued[i]]
    league = _League(many.clubs, many.value, many.n, order)
    named: Sequence[str]
    if question.statistic is Statistic.FIRST_TO:
        value, named = _first_to(view, inner, league, ask)
    elif question.statistic is Statistic.RANK:
        value, named = _rank(view, league, str(question.subject.club)), [str(question.subject.club)]
    else:
        value = _extreme(view, league, most=question.statistic is Statistic.MOST)
        named = [holder.club for holder in value.holders[:_PROVED]] if value else []
    return _with_proof(view, question, inner, value, named, len(order), ask)


@dataclass(frozen=True, slots=True)
class _League:
    """Clubs with a value, by place in `order`."""

    clubs: Sequence[str]
    value: np.ndarray[Any, np.dtype[np.float64]]
    n: np.ndarray[Any, np.dtype[np.int64]]
    order: Sequence[int]

    def holder(self, at: int, day: dt.date) -> Holder:
        number = float(self.value[at])
        return Holder(self.clubs[at], int(number) if number.is_integer() else number, int(self.n[at]), day)


def _inner(question: Question) -> Question:
    """The question that is put to each club."""
    by = question.of or (Statistic.TOTAL if question.measure is not None else Statistic.COUNT)
    if question.statistic is Statistic.FIRST_TO:
        by = Statistic.NTH
    return Question(
        by,
        question.event,
        Subject.of(question.subject.club or EVERY_CLUB),
        question.unit,
        replace(question.scope, country=None, opponent=question.opponent),
        measure=question.measure if by in _KEEPS_MEASURE else None,
        nth=question.nth,
        per=Per.UNIT if by is Statistic.MOST else None,
    )


def _first_to(
    view: View, inner: Question, league: _League, ask: Callable[[View, Question], Answer]
) -> tuple[Value, Sequence[str]]:
    if not league.order:
        return None, ()
    day = min(league.value[i] for i in league.order)
    first = [league.clubs[i] for i in league.order if league.value[i] == day]
    told = ask(view, replace(inner, subject=Subject.of(first[0]))).value
    if not isinstance(told, Occurrence):
        return None, ()
    return replace(told, club=first[0], joint=tuple(first[1:])), first


def _rank(view: View, league: _League, club: str) -> Rank | None:
    mine = next((i for i in league.order if league.clubs[i] == club), None)
    if mine is None:
        return None
    amount = league.value[mine]
    ahead = sorted(
        (i for i in league.order if league.value[i] > amount),
        key=lambda i: (-league.value[i], league.clubs[i]),
    )
    level = [i for i in league.order if league.value[i] == amount and i != mine]
    return Rank(
        len(ahead) + 1,
        len(league.order),
        league.holder(mine, view.as_of).amount,
        tuple(league.holder(i, view.as_of) for i in ahead[:HOLDERS]),
        tuple(league.holder(i, view.as_of) for i in level[:HOLDERS]),
    )


def _extreme(view: View, league: _League, *, most: bool) -> Extreme | None:
    if not league.order:
        return None
    pick = max if most else min
    best = pick(league.value[i] for i in league.order)
    holders = tuple(league.holder(i, view.as_of) for i in league.order if league.value[i] == best)
    others = [league.value[i] for i in league.order if league.value[i] != best]
    following = float(pick(others)) if others else None
    if following is not None and following.is_integer():
        following = int(following)
    return Extreme(holders[0].amount, holders[:HOLDERS], len(league.order), following)


_PROVED: Final = 3
"""Holders of a record whose matches are shown."""


def _with_proof(
    view: View,
    question: Question,
    inner: Question,
    value: Value,
    named: Sequence[str],
    compared: int,
    ask: Callable[[View, Question], Answer],
) -> Answer:
    proofs = [ask(view, replace(inner, subject=Subject.of(club))) for club in named[:_PROVED]]
    everyone = resolved(view, replace(inner, statistic=Statistic.COUNT, measure=None, nth=None, per=None))
    everyone = replace(
        everyone, subject=Subject.any_club(), scope=replace(everyone.scope, last=None, skip=None)
    )
    rests_on = coverage(everyone, ledger(view, everyone), first=None)
    return Answer(
        question=question,
        value=value,
        rows=tuple(
            sorted({row for proof in proofs for row in proof.rows}, key=lambda row: (row.date, row.match))
        ),
        coverage=rests_on,
        as_of=view.as_of,
        n=compared,
        k=proofs[0].k if proofs else 0,
        at_least=not rests_on.complete,
        more=sum(proof.more for proof in proofs),
        lines=tuple(line for proof in proofs for line in proof.lines),
    )
