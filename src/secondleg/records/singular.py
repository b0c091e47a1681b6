"""Facts of a fixture that are no club's value among all clubs': each asked of the archive by itself.

That the sides have never met; how any side, and each of the two, fared after a first leg like this one;
how a side came into the division.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.football.match import Result, Venue
from secondleg.records.answer import Count, Occurrence
from secondleg.records.ask import answer
from secondleg.records.candidate import SURE, Candidate
from secondleg.records.columns import within
from secondleg.records.comparable import units_of
from secondleg.records.events import Event
from secondleg.records.lenses import Lens, Setting, lenses, like_this
from secondleg.records.many import resolved
from secondleg.records.question import Question, Subject
from secondleg.records.scope import FirstLeg, Scope, europe
from secondleg.records.terms import Measure, Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["singular"]

FIRST_MEETING: Final = 4.0
"""Bits that it counts that two sides have never met: rare or not, a preview says it; our choice."""

AT_STAKE: Final = 3.7
"""Bits that it counts how a side fared in ties that began like this one: a preview of a second leg says it."""

CAME_IN: Final = 3.5
"""Bits that it counts that a side was promoted or relegated, in the first matches of the season."""

NAMED_TIES: Final = 8
"""Ties that these count at least: with few, the sentence names each."""

_ALL_SIDES: Final = 1.2
"""How much more it weighs how all sides fared than how one did."""

POINTS: Final = 3.0
"""Bits that it counts how many points a side has, where the end of a season decides over it."""

FEWEST_TIES: Final = 3
"""Ties of one side of which that is told; of so few only if all ended alike."""


def singular(view: View, setting: Setting) -> list[Candidate]:
    """The facts of a fixture, as one of its sides sees it, that have no comparable clubs."""
    return [
        *_never_met(view, setting),
        *_after_such_a_first_leg(view, setting),
        *_own_after_such_a_first_leg(view, setting),
        *_came_in(view, setting),
        *_points(view, setting),
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
    lens = Lens(such, such, weight=like_this(setting) * _ALL_SIDES, unit=Unit.TIE)
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
        if share[1] == FEWEST_TIES and 0 < share[0] < FEWEST_TIES:
            continue
        lens = Lens(scope, scope, weight=like_this(setting), narrow=True, unit=Unit.TIE)
        proof = tuple(row.match for row in told.rows)
        found.append(
            replace(_single(question, share, lens, AT_STAKE, proof, (0, 0)), of=max(share[1], NAMED_TIES))
        )
    return found


def _came_in(view: View, setting: Setting) -> list[Candidate]:
    """How a side that changed its division came into it, as long as the season is young."""
    at = setting.race
    if at is None or at.came_from is None or not at.early:
        return []
    scope = Scope(competitions=(at.came_from,))
    lens = Lens(scope, scope, weight=1.0, narrow=True, unit=Unit.SEASON)
    found: list[Candidate] = []
    for name, bits in (("won", CAME_IN + 1), ("promoted", CAME_IN), ("relegated", CAME_IN)):
        question = Question(
            Statistic.LAST, Event(name), Subject.of(setting.club), unit=Unit.SEASON, scope=scope
        )
        told = answer(view, question).value
        if isinstance(told, Occurrence) and told.since == 0:
            season = setting.season - 1
            found.append(_single(question, (0,), lens, bits, (-season,), (0, 0), (season, 0)))
    return found


def _points(view: View, setting: Setting) -> list[Candidate]:
    """The points of a side that is near a title or relegation at the end of a season."""
    at = setting.race
    if at is None or not (at.for_the_title or at.against_relegation):
        return []
    scope = Scope(competitions=(setting.competition,), this_season=True)
    question = Question(
        Statistic.TOTAL, Event("played"), Subject.of(setting.club), scope=scope, measure=Measure.POINTS
    )
    played = units_of(view, setting.club, Unit.MATCH)
    rows = played.take(within(view, played, resolved(view, question).scope))
    lens = Lens(scope, scope, weight=1.1)
    proof = tuple(rows.id.tolist())
    return [_single(question, (at.points, at.played), lens, POINTS, proof, (0, 0), (setting.season, 0))]


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
