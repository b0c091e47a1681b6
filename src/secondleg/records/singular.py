"""Facts of a fixture that are no club's value among all clubs': each asked of the archive by itself.

That the sides have never met, and how sides fared after such a first leg, for the one that trails.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.football.match import Venue
from secondleg.records.answer import Count
from secondleg.records.ask import answer
from secondleg.records.candidate import Candidate
from secondleg.records.columns import within
from secondleg.records.comparable import units_of
from secondleg.records.events import Event
from secondleg.records.lenses import PAIR, Lens, Setting, lenses
from secondleg.records.question import Question, Subject
from secondleg.records.scope import FirstLeg, europe
from secondleg.records.terms import Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["singular"]

FIRST_MEETING: Final = 4.0
"""Bits that it counts that two sides have never met: rare or not, a preview says it; our choice."""

SURE: Final = 20
"""Units that such a fact counts at least: it is about all of them, however few."""


def singular(view: View, setting: Setting) -> list[Candidate]:
    """The facts of a fixture, as one of its sides sees it, that have no comparable clubs."""
    return [*_never_met(view, setting), *_after_such_a_first_leg(view, setting)]


def _never_met(view: View, setting: Setting) -> list[Candidate]:
    """That the sides have never met, in each of the scopes in which that may be known; told of the first by id."""
    if setting.club > setting.opponent:
        return []
    played = units_of(view, setting.club, Unit.MATCH)
    pair = Subject.pair(setting.club, setting.opponent)
    found: list[Candidate] = []
    for lens in lenses(setting):
        if lens.per == "opponent" and lens.scope.venue is None and not within(view, played, lens.scope).any():
            scope = replace(lens.scope, opponent=None)
            question = Question(Statistic.RECORD, Event("played"), pair, scope=scope)
            found.append(_single(question, (0,), lens, FIRST_MEETING, (), (0, 0)))
    return found


def _after_such_a_first_leg(view: View, setting: Setting) -> list[Candidate]:
    """How often any side went through after the first leg that this one had, if it lost it; of Europe's cups alone."""
    first = setting.first_leg
    if first is None or first.scored is None or first.conceded is None or not setting.in_europe:
        return []
    difference = first.scored - first.conceded
    if difference >= 0 or first.venue is Venue.NEUTRAL:
        return []
    such = europe(
        super_cup=False,
        intertoto=False,
        first_leg=FirstLeg(venue=first.venue, at_most=difference),
        qualifying=False,
    )
    question = Question(Statistic.SHARE, Event("went through"), Subject.any_club(), unit=Unit.TIE, scope=such)
    found = answer(view, question)
    if not isinstance(found.value, Count) or found.value.of == 0:
        return []
    k, n = found.value.k, found.value.of
    lens = Lens(such, such, weight=PAIR, unit=Unit.TIE)
    bits = float(np.log2((n + 1) / (k + 1)))
    return [_single(question, (k, n), lens, bits, tuple(row.match for row in found.rows), (k, n))]


def _single(
    question: Question,
    said: tuple[int, ...],
    lens: Lens,
    bits: float,
    proof: tuple[int, ...],
    share: tuple[int, int],
) -> Candidate:
    """A candidate that rests on all that its scope holds."""
    return Candidate(
        question=question,
        said=said,
        lens=lens,
        bits=bits,
        extreme=share[0],
        compared=share[1],
        of=max(share[1], SURE),
        proof=proof,
        first_season=0,
        first_day=0,
        last_day=0,
        cost=0.0,
        age=0,
    )
