"""One side of a fixture through one lens, beside the comparable clubs: what candidate facts are made from."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from secondleg.records import worth
from secondleg.records.candidate import Candidate
from secondleg.records.columns import number_of_day, within
from secondleg.records.comparable import others, units_of
from secondleg.records.coverage import coverage, ledger
from secondleg.records.events import Event
from secondleg.records.lenses import Lens
from secondleg.records.many import resolved
from secondleg.records.question import Question, Subject
from secondleg.records.rarity import Alone, Moments
from secondleg.records.scope import Scope
from secondleg.records.terms import Measure, Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["RECORD_SEASONS", "Look"]

RECORD_SEASONS: Final = 10
"""Seasons that must be whole, where not all are, for what is said of the time since: "ever" is not three years."""

_EVENT_COST: Final = {
    "drew": 0.5, "won by": 1.0, "lost by": 1.0, "won to nil": 1.0, "lost to nil": 1.5, "scored at least": 1.0,
    "conceded at least": 1.0, "both scored": 3.5, "goalless": 3.5, "goals at least": 3.5, "goals at most": 3.5,
}  # fmt: skip
"""Bits that an event costs beyond the ordinary ones …"""

_GOAL_COST: Final = 0.5
"""… and each goal that it names."""

_LIKED: Final[dict[tuple[Statistic, str], float]] = {
    (Statistic.LAST, "won"): 1.02,
    (Statistic.LAST, "clean sheet"): 1.02,
    (Statistic.CURRENT_STREAK, "won"): 1.01,
    (Statistic.CURRENT_STREAK, "lost"): 1.01,
    (Statistic.CURRENT_STREAK, "scored"): 0.75,
    (Statistic.CURRENT_STREAK, "conceded"): 0.75,
}
"""Of two ways to tell a run ("no win in twelve", "the last win was …") the one that is preferred, by its factor; and
runs of which every side has some."""


class Look:
    """One side through one lens: its own units, and those of the comparable clubs."""

    def __init__(self, view: View, club: str, lens: Lens, thin: bool) -> None:
        self.thin = thin
        self.view = view
        self.club = club
        self.lens = lens
        self.day = number_of_day(view.as_of)
        event = (
            lens.events[0] if lens.events else Event("went through" if lens.unit is Unit.TIE else "played")
        )
        self.question = Question(Statistic.COUNT, event, Subject.of(club), unit=lens.unit, scope=lens.scope)
        every = units_of(view, club, lens.unit)
        self.latest = every.day[-1] if lens.unit is Unit.MATCH and len(every) else None
        self.meant = resolved(view, self.question)
        self.own = Alone(every.take(within(view, every, self.meant.scope)))

    @cached_property
    def others(self) -> Moments:
        """The comparable clubs."""
        return others(self.view, self.lens)

    @cached_property
    def whole(self) -> tuple[Alone, Scope] | None:
        """Its own units since the season from which nothing is missing, and their scope; None if that is too late."""
        scope = self.lens.scope
        rests_on = coverage(self.meant, ledger(self.view, self.meant), first=None)
        if rests_on.complete:
            return self.own, scope
        begins = rests_on.whole_from
        if begins is None or scope.this_season:
            return None
        first = max(begins.year, scope.first_season or begins.year)
        if self.lens.unit not in (Unit.MATCH, Unit.SEASON):
            return None
        if not self.lens.shares_only and self.view.as_of.year - first < RECORD_SEASONS:
            return None
        return Alone(self.own.rows.take(self.own.rows.season >= first)), replace(scope, first_season=first)

    def candidate(
        self,
        statistic: Statistic,
        event: Event,
        said: tuple[int, ...],
        measured: tuple[float, int, int],
        first: int,
        **more: object,
    ) -> Candidate:
        """The candidate that rests on the side's units from place `first` on."""
        own = more.pop("own", self.own)
        scope = more.pop("scope", self.lens.scope)
        measure, factor = more.pop("measure", None), more.pop("factor", 1.0)
        counted = more.pop("counted", first)
        extra, thin = more.pop("cost", 0.0), more.pop("thin", False)
        assert isinstance(own, Alone) and isinstance(scope, Scope) and isinstance(factor, float)
        assert isinstance(counted, int) and isinstance(extra, float) and isinstance(thin, bool)
        assert (measure is None or isinstance(measure, Measure)) and not more
        bits, extreme, compared = measured
        rows = own.rows
        return Candidate(
            question=Question(
                statistic, event, Subject.of(self.club), unit=self.lens.unit, scope=scope, measure=measure
            ),
            said=said,
            lens=self.lens,
            bits=max(bits, self.lens.floor),
            extreme=extreme,
            compared=compared,
            of=len(rows) - counted,
            proof=tuple(rows.id[counted:].tolist()),
            first_season=int(rows.season[first:].min()),
            first_day=int(rows.day[first]),
            last_day=int(rows.day[-1]),
            cost=self.lens.cost + _EVENT_COST.get(event.name, 0.0) + _GOAL_COST * (event.n or 0) + extra,
            age=self.day - int(rows.day[-1]),
            factor=factor * _LIKED.get((statistic, event.name), 1.0),
            thin=thin or worth.stale(self.lens, self.day - int(rows.day[-1])),
            unbroken=counted == 0,
            latest=bool(rows.day[-1] == self.latest),
        )
