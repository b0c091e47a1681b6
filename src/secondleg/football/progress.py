"""How sides get from one stage to the next: a free draw, a draw from pots, a bracket that is fixed, or drawn groups.

Declared in `football/rules` and read by `rules.draw_of`; sides are named by where they come from (`Source`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from secondleg.errors import BadInput

__all__ = ["Draw", "Slot", "Source", "allot_thirds", "consistent_orders", "slot", "source"]

_SOURCE: Final = re.compile(
    r"(?:(?P<competition>[a-z]+\.\S+) )?(?P<stage>[a-z0-9-]+)(?: (?P<place>\d+))?"
    r"(?: (?P<which>best|worst) (?P<some>\d+))?"
)
_SLOT: Final = re.compile(r"(?P<kind>[wl]?)(?P<number>\d+)(?P<group>[A-Z]?)")


@dataclass(frozen=True, slots=True)
class Source:
    """Who took a `place` in the groups of a `stage` (of another `competition`, where one is named).

    `winners` as a stage are those of the knockout round before. `some` are the best (or the worst) so many of them by
    their record.
    """

    stage: str
    place: int | None = None
    competition: str | None = None
    some: int | None = None
    worst: bool = False


def source(text: str) -> Source:
    """A source as it is declared: "group-stage 1", "uefa.cl group-stage 3 best 4", "winners"."""
    found = _SOURCE.fullmatch(text)
    if found is None:
        raise BadInput(f"{text!r} names no sides of a stage; write it as 'group-stage 2'.")
    place, some = found["place"], found["some"]
    return Source(
        found["stage"],
        int(place) if place else None,
        found["competition"],
        int(some) if some else None,
        found["which"] == "worst",
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of a bracket: place `number` of a table (`group` "" for the only one), or the side that won or lost tie
    `number` of the round before. Place 3 without a group is the third-placed side that is allotted there."""

    kind: Literal["place", "winner", "loser", "third"]
    number: int
    group: str = ""


def slot(text: str, *, grouped: bool = False) -> Slot:
    """A line as it is declared: "9", "1A", "w8", "l2"; "3" for an allotted third, where there are groups."""
    found = _SLOT.fullmatch(text)
    if found is None:
        raise BadInput(f"{text!r} is no line of a bracket; write it as 1A, w3 or 9.")
    number = int(found["number"])
    if found["kind"]:
        return Slot("winner" if found["kind"] == "w" else "loser", number)
    if grouped and not found["group"]:
        return Slot("third", number)
    return Slot("place", number, found["group"])


@dataclass(frozen=True, slots=True)
class Draw:
    """How the ties (or the groups) of one stage come about.

    - `ties`: a fixed bracket, pairs of lines. `drawn` are places of a table whose order in it is drawn, each set apart.
    - `seeded` and `unseeded`: one of each is drawn together; with `matched` only those of sources that stand at the
      same place in both lists.
    - `pots`: groups are drawn, as many clubs of each pot in every group.
    - otherwise everybody may meet everybody: `entrants`, or the winners of the round before.

    `apart` says who must not meet: clubs of one "group", of one "association". `return_leg` says who is at home in the
    second leg: by draw, the seeded, or the side that stands first in the bracket.
    """

    stage: str
    entrants: tuple[Source, ...] = ()
    seeded: tuple[Source, ...] = ()
    unseeded: tuple[Source, ...] = ()
    matched: bool = False
    pots: tuple[tuple[Source, ...], ...] = ()
    apart: tuple[str, ...] = ()
    ties: tuple[tuple[Slot, Slot], ...] = ()
    drawn: tuple[tuple[int, ...], ...] = ()
    return_leg: Literal["drawn", "seeded", "first"] = "drawn"
    drawn_with: str | None = None
    """The stage before, where one draw paired its sides and said which of its winners meet here."""
    thirds_meet: tuple[str, ...] = ()
    """The group winners who meet a third-placed side, by group."""
    thirds_from: tuple[str, ...] = ()
    """The groups whose thirds each of `thirds_meet` may meet, where no table says which it is."""
    thirds: Mapping[str, str] = field(default_factory=dict)
    """For the groups whose thirds go through ("ACDF"), the group of the third that each of `thirds_meet` meets."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Everybody who is drawn."""
        pots = tuple(each for pot in self.pots for each in pot)
        return (*self.entrants, *self.seeded, *self.unseeded, *pots)


def allot_thirds(draw: Draw, groups: Iterable[str]) -> dict[str, str]:
    """Which group's third-placed side each group winner meets, given the groups whose thirds go through.

    Raises BadInput for groups that the declared table does not have.
    """
    key = "".join(sorted(groups))
    if key not in draw.thirds:
        raise BadInput(
            f"no opponents are declared for the thirds of groups {key or '(none)'} in {draw.stage}."
        )
    return dict(zip(draw.thirds_meet, draw.thirds[key], strict=True))


def consistent_orders(
    rounds: Sequence[Draw],
    place: Mapping[str, int],
    known: Mapping[str, Sequence[tuple[str, str, str | None]]],
) -> list[dict[int, int]]:
    """The orders of drawn places that agree with the ties already known.

    `rounds` are fixed brackets one after the other, the first with `drawn` places; `place` is the table place of each
    club; `known` has, by stage, the two sides and the winner (None: still open) of ties. An order maps each line of the
    bracket to the place that stands in it. Empty where no order agrees: then the pairing rules do not hold.
    """
    drawn = [pair for each in rounds for pair in each.drawn]
    club_at = {number: club for club, number in place.items()}
    pairs = {stage: {frozenset(tie[:2]): tie[2] for tie in ties} for stage, ties in known.items()}
    found = []
    for bits in range(1 << len(drawn)):
        order = {number: number for number in club_at}
        for position, (one, other) in enumerate(drawn):
            if bits >> position & 1:
                order[one], order[other] = other, one
        if _agrees(rounds, order, club_at, pairs):
            found.append(order)
    return found


def _agrees(
    rounds: Sequence[Draw],
    order: Mapping[int, int],
    club_at: Mapping[int, str],
    pairs: Mapping[str, Mapping[frozenset[str], str | None]],
) -> bool:
    winners: list[str | None] = []
    for each in rounds:
        known, here = pairs.get(each.stage, {}), []
        met = set()
        for lines in each.ties:
            sides = [
                winners[line.number - 1] if line.kind == "winner" else club_at[order[line.number]]
                for line in lines
            ]
            tie = frozenset(side for side in sides if side is not None)
            here.append(known.get(tie) if len(tie) == 2 else None)
            if tie in known:
                met.add(tie)
            elif any(side is not None and any(side in other for other in known) for side in sides):
                return False
        if len(met) != len(known) and None not in winners:
            return False
        winners = here
    return True
