"""The events that a question can ask about, each one declaration: a condition on a row of its unit.

A condition reads the columns of `side` (unit match), `tie_side` (unit tie) or `campaign`; where it is NULL
the unit does not count, such as a tie whose winner is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secondleg.errors import BadInput
from secondleg.football.stage import RANK
from secondleg.records.terms import Unit

__all__ = ["EVENTS", "WON_RANK", "Declared", "Event"]

WON_RANK: Final = 36
"""Rank in `campaign.reached` of a club that won the final: one above the final itself."""


@dataclass(frozen=True, slots=True)
class Declared:
    """How an event is found in the archive: an SQL condition, and the parameter that it takes.

    The condition may use `$event_n` (where `takes` is "n") or `$event_rank` (where it is "stage").
    """

    condition: str
    takes: str | None = None
    after_first_leg: bool = False
    """Whether the event is about how a first leg went: single matches and walkovers are then left out."""


EVENTS: Final[dict[Unit, dict[str, Declared]]] = {
    Unit.MATCH: {
        "played": Declared("TRUE"),
        "won": Declared("result = 'W'"),
        "drew": Declared("result = 'D'"),
        "lost": Declared("result = 'L'"),
        "unbeaten": Declared("result <> 'L'"),
        "winless": Declared("result <> 'W'"),
        "scored": Declared("scored > 0"),
        "failed to score": Declared("scored = 0"),
        "clean sheet": Declared("conceded = 0"),
        "conceded": Declared("conceded > 0"),
        "both scored": Declared("scored > 0 AND conceded > 0"),
        "goalless": Declared("scored = 0 AND conceded = 0"),
        "won by": Declared("scored - conceded >= $event_n", "n"),
        "lost by": Declared("conceded - scored >= $event_n", "n"),
        "scored at least": Declared("scored >= $event_n", "n"),
        "conceded at least": Declared("conceded >= $event_n", "n"),
        "on penalties": Declared("pens_scored IS NOT NULL"),
        "won on penalties": Declared("coalesce(pens_scored > pens_conceded, FALSE)"),
        "lost on penalties": Declared("coalesce(pens_scored < pens_conceded, FALSE)"),
    },
    Unit.TIE: {
        "played": Declared("TRUE"),
        "went through": Declared("through"),
        "went out": Declared("NOT through"),
        "ahead after first leg": Declared("first_leg_scored > first_leg_conceded", after_first_leg=True),
        "behind after first leg": Declared("first_leg_scored < first_leg_conceded", after_first_leg=True),
        "level after first leg": Declared("first_leg_scored = first_leg_conceded", after_first_leg=True),
        "overturned first leg": Declared(
            "through AND first_leg_scored < first_leg_conceded", after_first_leg=True
        ),
        "lost first-leg lead": Declared(
            "NOT through AND first_leg_scored > first_leg_conceded", after_first_leg=True
        ),
        "on penalties": Declared("decided_by = 'penalties'"),
        "on away goals": Declared("decided_by = 'away goals'"),
    },
    Unit.CAMPAIGN: {
        "played": Declared("TRUE"),
        "reached": Declared("reached >= $event_rank", "stage"),
        # a campaign that is still alive has not ended at its stage
        "ended at": Declared(
            "reached = $event_rank AND NOT EXISTS (SELECT 1 FROM fixture f WHERE f.season = u.season"
            " AND f.competition = u.competition AND (f.home = u.club OR f.away = u.club))",
            "stage",
        ),
        "won": Declared(f"reached = {WON_RANK}"),
    },
    Unit.SEASON: {},
}
"""Every event by unit. To add one is to add a line here."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a club: `Event("won by", n=3)`, `Event("reached", stage="final")`."""

    name: str
    n: int | None = None
    """At least so many goals."""
    stage: str | None = None
    """A stage of `football.stage`."""

    def declared(self, unit: Unit) -> Declared:
        """The declaration of the event for `unit`.

        Raises:
            BadInput: the unit has no such event, or the event lacks its number or stage, or has one too many.
        """
        found = EVENTS[unit].get(self.name)
        if found is None:
            known = ", ".join(EVENTS[unit]) or "none yet"
            raise BadInput(f"a {unit} has no event {self.name!r}. Use one of: {known}.")
        if (self.n is not None) != (found.takes == "n"):
            need = "needs a number of goals: give n" if found.takes == "n" else "takes no number: leave n out"
            raise BadInput(f"the event {self.name!r} {need}.")
        if (self.stage is not None) != (found.takes == "stage"):
            need = "needs a stage: give stage" if found.takes == "stage" else "takes no stage: leave it out"
            raise BadInput(f"the event {self.name!r} {need}.")
        if self.stage is not None and self.stage not in RANK:
            raise BadInput(f"{self.stage!r} is not a stage. Use one of: {', '.join(RANK)}.")
        if self.n is not None and self.n < 0:
            raise BadInput(f"an event cannot take {self.n} goals; give 0 or more.")
        return found
