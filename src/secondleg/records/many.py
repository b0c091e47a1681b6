"""One question of many clubs at once: `answer_many(view, question)`, one statement however many clubs there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from secondleg.errors import BadInput
from secondleg.records.compile import compile_for_all
from secondleg.records.coverage import competitions_of, running_season
from secondleg.records.question import Question
from secondleg.records.statistics import STATISTICS
from secondleg.records.terms import Per

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["EVERY_CLUB", "Many", "answer_many", "resolved"]

EVERY_CLUB: Final = "*"
"""Stands for each club in the subject of a question that is put to many."""


@dataclass(frozen=True, slots=True)
class Many:
    """The values of one question for many clubs, in the order of their ids; clubs without a unit in scope are left out.

    `value[club]` is a number: a length, a count, a total or average, a share from 0 to 1, 1 or 0 for never, always and
    only, the units since the last time (before the first, between the last two), a rank of `campaign.reached` for the
    furthest, a day (days since 1970) for the nth; NaN where there is none. `n[club]` are the units in scope, `k[club]`
    those in which the event held.
    """

    question: Question
    clubs: tuple[str, ...]
    value: np.ndarray[Any, np.dtype[np.float64]]
    n: np.ndarray[Any, np.dtype[np.int64]]
    k: np.ndarray[Any, np.dtype[np.int64]]

    def of(self, club: str) -> float | None:
        """The value of one club; None where there is none."""
        if club not in self.clubs:
            return None
        value = float(self.value[self.clubs.index(club)])
        return None if np.isnan(value) else value

    def to_dict(self) -> dict[str, float]:
        """Values by club, without those that have none."""
        return {
            club: float(value)
            for club, value in zip(self.clubs, self.value, strict=True)
            if not np.isnan(value)
        }

    def at_least(self, units: int) -> Self:
        """The clubs with so many units in scope."""
        kept = self.n >= units
        clubs = tuple(club for club, keep in zip(self.clubs, kept, strict=True) if keep)
        return replace(self, clubs=clubs, value=self.value[kept], n=self.n[kept], k=self.k[kept])


def answer_many(
    view: View, question: Question, clubs: Iterable[str] | None = None, *, country: str | None = None
) -> Many:
    """The value of `question` for each of `clubs` in place of its subject; None: for every club (of `country`).

    Streaks run through seasons that are not held whole, and nothing is said of coverage: this is for comparing. Ask
    `answer` for a single club before printing anything.

    Raises:
        BadInput: the statistic gives no number for one club, or compares clubs already.
    """
    question = resolved(view, question)
    country = country or question.scope.country
    how = STATISTICS.get(question.statistic)
    if how is None or question.per is Per.CLUB or how(question).each == "NULL":
        raise BadInput(
            f"the {question.statistic} is no number of one club; ask for a count, a streak or a total."
        )
    asked = None if clubs is None else tuple(dict.fromkeys(clubs))
    statement = compile_for_all(
        question, codes=competitions_of(view, question.scope), clubs=asked, country=country
    )
    found = view.columns(statement.sql, **statement.parameters)
    value = np.ma.filled(np.ma.asarray(found["value"], dtype=np.float64), np.nan)
    return Many(
        question,
        tuple(found["club"].tolist()),
        value,
        np.asarray(found["n"], dtype=np.int64),
        np.asarray(found["k"], dtype=np.int64),
    )


def resolved(view: View, question: Question) -> Question:
    """The question with what depends on the day put in: which season is this one, which competitions a family has."""
    scope = question.scope
    if scope.after is not None and scope.after.scope is not None:
        inner = scope.after.scope
        codes = competitions_of(view, inner)
        inner = replace(inner, competitions=codes, family=None, without=())
        scope = replace(scope, after=replace(scope.after, scope=inner))
    if scope.this_season:
        now = running_season(view, question)
        first = now if scope.first_season is None else max(now, scope.first_season)
        scope = replace(scope, this_season=False, first_season=first, last_season=now)
    return question if scope is question.scope else replace(question, scope=scope)
