"""Which matches, ties or campaigns a question looks at; every part is a restriction of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from secondleg.errors import BadInput
from secondleg.football.match import Result, Venue
from secondleg.football.stage import RANK
from secondleg.records.events import Event
from secondleg.records.terms import Family, OpponentClass, Unit

__all__ = ["EVERYTHING", "After", "FirstLeg", "Scope", "europe"]


@dataclass(frozen=True, slots=True)
class FirstLeg:
    """How the first leg of a two-legged tie went, as the subject saw it; None leaves a part open.

    `difference` bounds are goals of the subject less goals of the opponent, so a defeat by three or more is
    `at_most=-3`.
    """

    venue: Venue | None = None
    result: Result | None = None
    scored: int | None = None
    conceded: int | None = None
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class After:
    """What happened after the subject's last `event`: "since their promotion in 2015", "since losing the final".

        After(Event("promoted"), Unit.SEASON)
        After(Event("went out"), Unit.TIE, Scope(competitions=("uefa.cl",), stages=("final",)))

    Nothing is in scope where the event has not happened. Units after its day count; a season's event is its last day.
    """

    event: Event
    unit: Unit = Unit.MATCH
    scope: Scope | None = None
    """Where the event is looked for; None for everywhere."""

    def __post_init__(self) -> None:
        self.event.declared(self.unit)
        if self.scope is not None and (self.scope.after or self.scope.this_season or self.scope.cut):
            raise BadInput(
                "what an `after` looks back to is one event: leave after, this_season, opening, past, skip and last "
                "out of its scope."
            )


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the archive that a question looks at.

    `last` counts units after every other restriction: `Scope(venue=Venue.HOME, last=5)` is the last five at
    home.
    """

    competitions: tuple[str, ...] | None = None
    """Competition codes; None for all."""
    family: Family | None = None
    without: tuple[str, ...] = ()
    """Competition codes left out, such as "uefa.fairs" where the Fairs Cup is not to count."""
    qualifying: bool = True
    """Whether qualifying rounds count."""
    venue: Venue | None = None
    opponent: str | None = None
    opponent_country: str | None = None
    stages: tuple[str, ...] | None = None
    from_stage: str | None = None
    """This stage or a later one."""
    first_season: int | None = None
    last_season: int | None = None
    """Seasons by the year in which they began, both included."""
    since: dt.date | None = None
    until: dt.date | None = None
    """Days, both included."""
    last: int | None = None
    first_leg: FirstLeg | None = None
    country: str | None = None
    """Of the subject, where any club is asked about: "the first English club"."""
    opponents: tuple[str, ...] | None = None
    """Any of these clubs."""
    opponent_class: OpponentClass | None = None
    leg: int | None = None
    """Of a tie: 1, 2 or 3 (a play-off)."""
    months: tuple[int, ...] | None = None
    """1 to 12."""
    weekdays: tuple[int, ...] | None = None
    """1 (Monday) to 7."""
    this_season: bool = False
    """The running season alone."""
    opening: int | None = None
    """The first n units of each season."""
    past: int | None = None
    """Each season without its first n units."""
    skip: int | None = None
    """Without the latest n units: "in the eight games before that run"."""
    after: After | None = None

    def __post_init__(self) -> None:
        for stage in (*(self.stages or ()), *([self.from_stage] if self.from_stage else [])):
            if stage not in RANK:
                raise BadInput(f"{stage!r} is not a stage. Use one of: {', '.join(RANK)}.")
        if self.last is not None and self.last < 1:
            raise BadInput(f"the last {self.last} cannot be looked at; give 1 or more.")
        for name, least in (("opening", 1), ("past", 1), ("skip", 1), ("leg", 1)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise BadInput(f"{name} {value} cannot be looked at; give {least} or more.")
        for name, values, most in (("months", self.months, 12), ("weekdays", self.weekdays, 7)):
            if values is not None and not (values and all(1 <= value <= most for value in values)):
                raise BadInput(f"{name} are numbers from 1 to {most}, at least one; not {list(values)}.")

    @property
    def bounded(self) -> bool:
        """Whether the scope begins somewhere, so that what lies before does not belong to it."""
        begins = (self.first_season, self.since, self.last, self.after)
        return self.this_season or any(begin is not None for begin in begins)

    @property
    def cut(self) -> bool:
        """Whether units are counted off: the last n, the first n of each season."""
        return any(n is not None for n in (self.last, self.skip, self.opening, self.past))


EVERYTHING = Scope()
"""All competitions, all venues, all times."""


def europe(
    *,
    fairs_cup: bool = True,
    super_cup: bool = True,
    intertoto: bool = True,
    qualifying: bool = True,
    venue: Venue | None = None,
    opponent_country: str | None = None,
    from_stage: str | None = None,
    first_leg: FirstLeg | None = None,
    last: int | None = None,
) -> Scope:
    """All UEFA club competitions, each doubtful one by a switch: UEFA itself does not count the Fairs Cup."""
    switches = (("uefa.fairs", fairs_cup), ("uefa.sc", super_cup), ("uefa.itc", intertoto))
    return Scope(
        family=Family.EUROPE,
        without=tuple(code for code, counts in switches if not counts),
        qualifying=qualifying,
        venue=venue,
        opponent_country=opponent_country,
        from_stage=from_stage,
        first_leg=first_leg,
        last=last,
    )
