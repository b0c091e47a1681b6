"""Reads how stages lead to one another, and what the places of a table are worth. See `secondleg.football.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from secondleg.football.progress import Draw, Slot, slot, source
from secondleg.football.rules._declared import _in_force, declared

__all__ = ["Prize", "draw_of", "meetings_of", "prizes"]


@dataclass(frozen=True, slots=True)
class Prize:
    """What places of a final table bring: `first` to `last`, counted from the top."""

    name: str
    first: int
    last: int

    def covers(self, place: int) -> bool:
        """Whether a place is among them."""
        return self.first <= place <= self.last


@cache
def draw_of(competition: str, season: int, stage: str) -> Draw:
    """How the ties of a stage come about; a free draw of the winners before, where nothing else is declared."""
    for entry in _in_force(competition, "draw", season, stage):
        return _draw(competition, entry, stage)
    return Draw(stage)


def _draw(competition: str, entry: Mapping[str, Any], stage: str) -> Draw:
    pools = {
        name: tuple(source(each) for each in entry.get(name, ()))
        for name in ("entrants", "seeded", "unseeded")
    }
    grouped = bool(entry.get("grouped"))
    table = declared(competition).get("thirds", {}).get(entry.get("thirds", ""), {})
    return Draw(
        stage=stage,
        **pools,
        matched=entry.get("matched", False),
        pots=tuple(tuple(source(each) for each in pot) for pot in entry.get("pots", ())),
        apart=tuple(entry.get("apart", ())),
        ties=tuple(_tie(each, grouped=grouped) for each in entry.get("ties", ())),
        drawn=tuple(tuple(pair) for pair in entry.get("drawn", ())),
        return_leg=entry.get("return_leg", "seeded" if "seeded" in entry else "drawn"),
        drawn_with=entry.get("drawn_with"),
        thirds_meet=tuple(entry.get("thirds_meet", ())),
        thirds_from=tuple(entry.get("thirds_from", ())),
        thirds={key: value for key, value in table.items() if value},
    )


def _tie(text: str, *, grouped: bool) -> tuple[Slot, Slot]:
    one, _, other = text.partition(" v ")
    return slot(one, grouped=grouped), slot(other, grouped=grouped)


@cache
def prizes(competition: str, season: int) -> tuple[Prize, ...]:
    """What the places of a league's final table bring, from the top; empty where nothing is declared."""
    for entry in _in_force(competition, "places", season, None):
        return tuple(Prize(name, first, last) for name, (first, last) in entry["prizes"].items())
    return ()


@cache
def meetings_of(competition: str, season: int) -> int:
    """How often two clubs of a league meet, half of it at each ground: twice where nothing is declared."""
    for entry in _in_force(competition, "meetings", season, None):
        return int(entry["times"])
    return 2
