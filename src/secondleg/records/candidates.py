"""Candidate facts of one side of a fixture: every statistic of every event through every lens, measured at once.

What a candidate says is worked out on columns, for the side and for all comparable clubs. That is quick, and it is no
answer yet: whoever tells a fact asks `answer` for it and compares (`Candidate.agrees`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.records import worth
from secondleg.records.candidate import Candidate
from secondleg.records.columns import BITS
from secondleg.records.events import Event
from secondleg.records.lenses import Lens, Setting, lenses
from secondleg.records.look import RECORD_SEASONS, Look
from secondleg.records.rarity import Alone, drawn_in, surprise
from secondleg.records.terms import Measure, Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["STATISTICS", "candidates"]

LAST_N: Final = (5, 6, 8, 10, 12, 20)
GOALS_IN: Final = (5, 10)
LEAST_SHARE: Final = 0.6
"""Share of the last n from which it is a candidate; the contrary events cover small ones."""
COMPARED_FROM: Final = 5
"""Units that a comparable club or pair must have, where the side itself has as many or more."""
_RECORD: Final = 1.3
"""Weight of a run that is the longest that the club has had."""

SHORTEST_RUN: Final = 2
SHORTEST_WAIT: Final = 3
"""Units without the event from which the last time of it is a candidate."""
LEAST_OF_ALL: Final = 5
"""Units within a narrow lens from which they are counted …"""
LEAST_OF_NEVER: Final = 3
"""… and from which it is told that something has never happened in them."""
LONGEST_FROM: Final = 5
"""Length from which a run that is the club's longest is a candidate."""

MEETINGS: Final = 4
"""Meetings from which the record of two sides against each other is told …"""

LAST_MEETINGS: Final = 10
"""Meetings that are counted where not all are known."""
MEETING_BITS: Final = 1.7
DERBY_BITS: Final = 3.0
"""… and the bits that it counts, between any sides and between those of one city; our choice."""

SEASON_MATCHES: Final = 10
SEASON_BITS: Final = 1.7
"""Matches of a season from which it is told how many of them a side won, and the bits that it counts: our choice."""

MANY: Final = 40
_OF_MANY: Final = 0.6
_OF_MANY_ELSE: Final = 0.25
"""Weight of a share of more than `MANY` matches or ties, won or lost, and of any other: what was so for a century is
no news."""

_NO_NEVER: Final = ("drew", "both scored", "goalless", "goals at least", "goals at most")
"""Events that nobody misses where they have never happened: they weigh no more than that."""

_GOALS: Final = 0.8
_GOALS_AT_STAGE: Final = 0.4
"""Weight of a share of matches in a narrow lens that is not one of results, and of one at a stage of a cup."""

_FEW_TIMES: Final = 2
_FEW_TIMES_WEIGHT: Final = 1.5
"""Times that a side came so far, up to which each is a story, and the weight of that …"""

_MANY_TIMES: Final = 5
_MANY_TIMES_WEIGHT: Final = 0.4
"""… and times from which it is background, if not of titles."""

_WAIT_COST: Final = {
    "drew": 4.0, "won by": 1.0, "lost by": 1.0, "won to nil": 1.0, "lost to nil": 2.0, "scored at least": 1.0,
    "conceded at least": 0.5, "both scored": 1.0, "goalless": 3.0, "goals at least": 1.0, "goals at most": 1.0,
}  # fmt: skip
"""Bits that the last time of an event costs beyond that, where nobody waits for it: a last draw is a story if it
is very long ago."""

_SHARED_AS: Final = ("winless", "unbeaten", "went out")
"""Events whose shares are told by the contrary: one win in 20, not 19 matches without one."""

_FEW_TOLD: Final = ("won", "lost", "went through", "reached")
"""Events of which few are worth telling."""

_LAST_N_COST: Final = 2.0
_FORM_COST: Final = 1.0
"""Bits that the choice of n costs, and what it costs for matches won and lost, which is how form is told."""


Found = list[Candidate | None]
"""What a statistic of an event comes to: None for a question that was asked and has nothing to tell."""


def _run(look: Look, place: int, event: Event) -> Found:
    if look.lens.shares_only:
        return []
    length = look.own.runs[place]
    if length < SHORTEST_RUN:
        return [None]
    thin = not worth.run(look.lens, event, length)
    if thin and not look.thin:
        return [None]
    measured = surprise(length, look.others.run(place, True)[look.others.enough(length)])
    n = len(look.own)
    return [look.candidate(Statistic.CURRENT_STREAK, event, (length,), measured, n - length, thin=thin)]


def _wait(look: Look, place: int, event: Event) -> Found:
    if look.lens.shares_only:
        return []
    wait = look.own.waits[place]
    told = worth.wait(look.lens, event, wait)
    if wait == len(look.own) or not (told or (look.thin and wait >= SHORTEST_WAIT)):
        return [None]
    measured = surprise(wait, look.others.run(place, False)[look.others.enough(wait)])
    first = len(look.own) - wait
    return [
        look.candidate(
            Statistic.LAST,
            event,
            (wait,),
            measured,
            first - 1,
            counted=first,
            cost=_WAIT_COST.get(event.name, 0.0),
            thin=not told,
        )
    ]


def _last_n(look: Look, place: int, event: Event) -> Found:
    if look.lens.shares_only or event.name in _SHARED_AS:
        return []
    found: Found = []
    played = len(look.own)
    for n in LAST_N:
        k = look.own.count(place, n)
        many = LEAST_SHARE * n <= k < n
        few = event.name in _FEW_TOLD and 0 < k <= (1 - LEAST_SHARE) * n
        told = worth.share_of_last(look.lens, event, k, n)
        if played < n or not (many or few) or not (told or look.thin):
            found.append(None)
            continue
        others = look.others.count(place, n)[look.others.enough(n)]
        measured = surprise(k, others) if many else surprise(-k, -others)
        candidate = look.candidate(
            Statistic.SHARE,
            event,
            (k, n),
            measured,
            played - n,
            scope=replace(look.lens.scope, last=n),
            cost=_FORM_COST if event.name in _FEW_TOLD else _LAST_N_COST,
            thin=not told,
        )
        found.append(candidate)
    return found


def _all(look: Look, place: int, event: Event) -> Found:
    """Of all units in a narrow lens: how many."""
    if not look.lens.narrow or event.name in _SHARED_AS:
        return []
    if look.whole is None:
        return [None]
    whole, scope = look.whole
    n, k = len(whole), whole.counts[place]
    if scope.this_season and (whole.runs[place] == k or (event.name in _FEW_TOLD and _all_season(whole))):
        return [None]  # all that happened is in one run that goes on, which says more
    told = worth.share_of_all(look.lens, event, k, n)
    if not told and (not look.thin or n < (LEAST_OF_ALL if k else LEAST_OF_NEVER)):
        return [None]
    if look.lens.unit is Unit.SEASON and k == 0 and scope.first_season is not None:
        return [None]  # never is not since
    comparable = look.others.enough(min(n, COMPARED_FROM))
    of, counts = look.others.played[comparable], look.others.count(place)[comparable]
    if not len(of):
        return [None]
    usual = float(counts.sum() / of.sum())
    mine = float(drawn_in(np.array([k]), np.array([n]), usual)[0])
    theirs = drawn_in(counts, of, usual)
    high, low = surprise(mine, theirs), surprise(-mine, -theirs)
    # seldom scored is often failed to score: told by the event that happened
    if low > high and k > 0 and event.name not in _FEW_TOLD:
        return [None]
    statistic = Statistic.NEVER if k == 0 else Statistic.SHARE
    if look.lens.unit in (Unit.CAMPAIGN, Unit.SEASON):
        statistic = Statistic.COUNT
    return [
        look.candidate(
            statistic,
            event,
            (k, n),
            max(high, low),
            0,
            own=whole,
            scope=scope,
            factor=_weight_of_all(look.lens, event, k, n),
            thin=not told,
        )
    ]


def _all_season(whole: Alone) -> bool:
    """Whether a side has been unbeaten, or winless, in all of some matches."""
    return any(
        whole.runs[BITS[Unit.MATCH].index(Event(name))] == len(whole) for name in ("unbeaten", "winless")
    )


def _weight_of_all(lens: Lens, event: Event, k: int, n: int) -> float:
    """How much k of all n units of a narrow lens are worth beside a run in them."""
    if lens.story:
        return 1.0
    if lens.unit is Unit.CAMPAIGN:
        many = event.name == "reached" and k >= _MANY_TIMES
        return _FEW_TIMES_WEIGHT if k <= _FEW_TIMES else _MANY_TIMES_WEIGHT if many else 1.0
    results = event.name in _FEW_TOLD
    if n > MANY:
        return _OF_MANY if results and lens.unit is Unit.MATCH else _OF_MANY_ELSE
    if k == 0 and event.name in _NO_NEVER:
        return _OF_MANY_ELSE
    return 1.0 if results else _GOALS if lens.scope.stages is None else _GOALS_AT_STAGE


def _longest(look: Look, place: int, event: Event) -> Found:
    """A run that is the longest that the side ever had."""
    if look.lens.narrow:
        return []
    length = look.own.runs[place]
    told = worth.longest_run(event, length)
    if length < LONGEST_FROM or not (told or look.thin) or look.whole is None:
        return [None]
    whole, scope = look.whole
    longest, before = whole.longest(place)
    if np.ptp(whole.rows.season) < RECORD_SEASONS or whole.runs[place] < longest or before == 0:
        return [None]
    length = longest
    measured = surprise(length, look.others.run(place, True)[look.others.enough(length)])
    first = len(whole) - length
    return [
        look.candidate(
            Statistic.LONGEST_STREAK,
            event,
            (length,),
            measured,
            first,
            own=whole,
            scope=scope,
            factor=_RECORD,
            thin=not told,
        )
    ]


def _goals(look: Look) -> Found:
    if look.lens.unit is not Unit.MATCH or look.lens.shares_only:
        return []
    found: Found = []
    played = len(look.own)
    for measure in (Measure.SCORED, Measure.CONCEDED):
        for n in GOALS_IN:
            told = worth.goals(look.lens, n)
            if played < n or not (told or look.thin):
                found.append(None)
                continue
            goals = look.own.goals(measure.value, n)
            others = look.others.goals(measure.value, n)
            many, few = surprise(goals, others), surprise(-goals, -others)
            found.append(
                look.candidate(
                    Statistic.TOTAL,
                    Event("played"),
                    (goals, n),
                    max(many, few),
                    played - n,
                    scope=replace(look.lens.scope, last=n),
                    measure=measure,
                    cost=_LAST_N_COST,
                    thin=not told,
                )
            )
    return found


STATISTICS: Final[tuple[Callable[[Look, int, Event], Found], ...]] = (_run, _wait, _last_n, _all, _longest)
"""The statistics that are asked of every event through every lens. To add one is to add a function here."""


def candidates(view: View, setting: Setting, *, thin: bool = True) -> tuple[list[Candidate], int]:
    """All candidate facts of one side of a fixture, in no order of worth; and how many questions were asked.

    Without `thin`, what is too little to stand by itself is counted and not measured.
    """
    found: list[Candidate] = []
    asked = 0
    for lens in dict.fromkeys(lenses(setting)):
        look = Look(view, setting.club, lens, thin)
        for measured in _through(look):
            asked += 1
            if measured is not None and measured.score > 0:
                found.append(measured)
    return found, asked


def _record(look: Look) -> Found:
    """Won, drawn and lost against the opponent of the fixture: told of every meeting that recurs, rare or not."""
    if look.lens.per != "opponent":
        return []
    if look.lens.scope.venue is not None or len(look.own) < MEETINGS:
        return [None]
    if look.whole is not None:
        whole, scope = look.whole
    else:
        last = min(len(look.own), LAST_MEETINGS)
        whole, scope = Alone(look.own.rows.take(np.arange(-last, 0))), replace(look.lens.scope, last=last)
    n = len(whole)
    if n < MEETINGS:
        return [None]
    won, lost = (whole.counts[BITS[Unit.MATCH].index(Event(name))] for name in ("won", "lost"))
    bits = DERBY_BITS if look.lens.derby else MEETING_BITS
    # told of the side that won more
    factor = 1.0 + 0.001 * ((won > lost) - (won < lost))
    measured = bits, 0, 0
    return [
        look.candidate(
            Statistic.RECORD, Event("played"), (n,), measured, 0, own=whole, scope=scope, factor=factor
        )
    ]


def _season(look: Look) -> Found:
    """Won, drawn and lost this season, in the league of the fixture."""
    if look.lens.per != "season" or look.lens.scope.venue is not None:
        return []
    n = len(look.own)
    if n < SEASON_MATCHES or look.whole is None:
        return [None]
    return [look.candidate(Statistic.RECORD, Event("played"), (n,), (SEASON_BITS, 0, 0), 0)]


def _through(look: Look) -> Iterator[Candidate | None]:
    if len(look.own) == 0:
        # every question is answered by "no match": there is nothing to tell
        for _ in look.lens.events or BITS[look.lens.unit]:
            yield None
        return
    for place, event in enumerate(BITS[look.lens.unit]):
        if look.lens.events is not None and event not in look.lens.events:
            continue
        for statistic in STATISTICS:
            yield from statistic(look, place, event)
    yield from _goals(look)
    yield from _record(look)
    yield from _season(look)
