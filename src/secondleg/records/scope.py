"""Which matches, ties or campaigns a question looks at; every part is a restriction of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from secondleg.errors import BadInput
from secondleg.football.match import Result, Venue
from secondleg.football.stage import RANK
from secondleg.records.terms import Family

__all__ = ["EVERYTHING", "FirstLeg", "Scope", "europe"]


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

    def __post_init__(self) -> None:
        for stage in (*(self.stages or ()), *([self.from_stage] if self.from_stage else [])):
            if stage not in RANK:
                raise BadInput(f"{stage!r} is not a stage. Use one of: {', '.join(RANK)}.")
        if self.last is not None and self.last < 1:
            raise BadInput(f"the last {self.last} cannot be looked at; give 1 or more.")

    @property
    def bounded(self) -> bool:
        """Whether the scope begins somewhere, so that what lies before does not belong to it."""
        return self.first_season is not None or self.since is not None or self.last is not None


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
