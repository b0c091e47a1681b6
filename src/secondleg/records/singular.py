"""Facts of a fixture that are no club's value among all clubs': each asked of the archive by itself.

That the sides have never met; how any side, and each of the two, fared after a first leg like this one;
when each last won or lost a final.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.football.match import Result, Venue
from secondleg.records.answer import Count
from secondleg.records.ask import answer
from secondleg.records.candidate import Candidate
from secondleg.records.columns import BITS, within
from secondleg.records.comparable import units_of
from secondleg.records.events import Event
from secondleg.records.lenses import PAIR, Lens, Setting, lenses
from secondleg.records.question import Question, Subject
from secondleg.records.scope import FirstLeg, Scope, europe
from secondleg.records.terms import Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["singular"]

FIRST_MEETING: Final = 4.0
"""Bits that it counts that two sides have never met: rare or not, a preview says it; our choice."""

AT_STAKE: Final = 4.5
"""Bits that it counts how a side fared in ties that began like this one, and when it last won or lost a final: a
preview of a second leg, or of a final, says it."""

FEWEST_TIES: Final = 3
"""Ties of one side of which that is told."""

SURE: Final = 20
"""Units that the other facts of this kind count at least: they are about all of them, however few."""


def singular(view: View, setting: Setting) -> list[Candidate]:
    """The facts of a fixture, as one of its sides sees it, that have no comparable clubs."""
    return [
        *_never_met(view, setting),
        *_after_such_a_first_leg(view, setting),
        *_own_after_such_a_first_leg(view, setting),
        *_last_final(view, setting),
    ]


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


def _own_after_such_a_first_leg(view: View, setting: Setting) -> list[Candidate]:
    """How often this side went through after a first leg with such a result at such a venue.

    In all of Europe and in this competition, with qualifying rounds and without: an archive may not be whole for all.
    """
    first = setting.first_leg
    if first is None or first.scored is None or first.conceded is None or first.venue is Venue.NEUTRAL:
        return []
    difference = first.scored - first.conceded
    result = Result.WON if difference > 0 else Result.LOST if difference < 0 else Result.DRAWN
    such = FirstLeg(venue=first.venue, result=result)
    found: list[Candidate] = []
    scopes = [Scope(competitions=(setting.competition,), first_leg=such, qualifying=q) for q in (True, False)]
    if setting.in_europe:
        every = europe(super_cup=False, intertoto=False, first_leg=such)
        scopes = [every, replace(every, qualifying=False), *scopes]
    for scope in scopes:
        question = Question(
            Statistic.SHARE, Event("went through"), Subject.of(setting.club), unit=Unit.TIE, scope=scope
        )
        told = answer(view, question)
        if not isinstance(told.value, Count) or told.value.of < FEWEST_TIES:
            continue
        share = told.value.k, told.value.of
        lens = Lens(scope, scope, weight=PAIR, narrow=True, unit=Unit.TIE)
        proof = tuple(row.match for row in told.rows)
        found.append(replace(_single(question, share, lens, AT_STAKE, proof, (0, 0)), of=share[1]))
    return found


def _last_final(view: View, setting: Setting) -> list[Candidate]:
    """When a side last won a final, if it did not win the last one, else when it last lost one; of this competition."""
    if setting.stage != "final" or setting.kind != "cup":
        return []
    scope = Scope(competitions=(setting.competition,), stages=("final",))
    played = units_of(view, setting.club, Unit.MATCH)
    finals = played.take(within(view, played, scope))
    if not len(finals):
        return []
    won, lost = (finals.bit(BITS[Unit.MATCH].index(Event(name))) for name in ("won", "lost"))
    name, held = ("lost", lost) if won[-1] else ("won", won)
    since = len(finals) - 1 - int(np.flatnonzero(held)[-1]) if held.any() else 0
    if since == 0:
        return []
    question = Question(Statistic.LAST, Event(name), Subject.of(setting.club), scope=scope)
    lens = Lens(scope, scope, weight=PAIR, narrow=True)
    proof = tuple(finals.id[-since:].tolist())
    place = len(finals) - 1 - since
    began = int(finals.season[place]), int(finals.day[place])
    return [_single(question, (since,), lens, AT_STAKE, proof, (0, 0), began)]


def _single(
    question: Question,
    said: tuple[int, ...],
    lens: Lens,
    bits: float,
    proof: tuple[int, ...],
    share: tuple[int, int],
    began: tuple[int, int] = (0, 0),
) -> Candidate:
    """A candidate that rests on all that its scope holds, or on what it holds from a season and a day on."""
    return Candidate(
        question=question,
        said=said,
        lens=lens,
        bits=bits,
        extreme=share[0],
        compared=share[1],
        of=max(share[1], SURE),
        proof=proof,
        first_season=began[0],
        first_day=began[1],
        last_day=0,
        cost=0.0,
        age=0,
    )
