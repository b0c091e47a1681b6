"""What a preview would tell at all: how long a run, of which events a last time, which shares.

Our choices, made by reading lists of facts. What falls short is asked for and counted, and is no candidate.
"""

from __future__ import annotations

from typing import Final

from secondleg.records.events import Event
from secondleg.records.lenses import Lens
from secondleg.records.terms import Unit

__all__ = ["longest_run", "run", "share_of_all", "share_of_last", "wait"]

_RUNS: Final[dict[str, tuple[int, int]]] = {
    "won": (4, 3), "drew": (4, 3), "lost": (4, 3), "unbeaten": (8, 5), "winless": (6, 5), "scored": (10, 8),
    "conceded": (9, 8), "failed to score": (3, 3), "clean sheet": (3, 3), "won by": (4, 3), "lost by": (3, 3),
    "won to nil": (4, 3), "lost to nil": (3, 3), "scored at least": (6, 5), "conceded at least": (6, 5),
    "went through": (5, 5), "went out": (4, 4), "reached": (3, 3),
}  # fmt: skip
"""Units from which a run is told, and those in a narrow lens."""

_WAITS: Final[dict[str, tuple[int, int]]] = {
    "won": (6, 4), "lost": (9, 6), "clean sheet": (8, 7), "scored": (3, 3), "relegated": (1, 1),
}  # fmt: skip
"""Units without it from which the last time of an event is told; nobody waits for any other."""

_LONGEST: Final = {
    "won": 7, "lost": 6, "unbeaten": 14, "winless": 10, "scored": 18, "conceded": 14, "failed to score": 4,
    "clean sheet": 5,
}  # fmt: skip
"""Matches from which a run is told as the longest that a club ever had."""

_OF_LAST: Final = ("won", "lost", "clean sheet", "failed to score", "went through")
_OF_ALL: Final = (*_OF_LAST, "reached")
"""Events of which the share is told, of the last n and of all."""

_NEVER: Final = {"won": 4, "lost": 8, "scored": 3, "clean sheet": 8, "went through": 3, "reached": 3}
"""Units in which an event never happened, from which that is told."""

_USUAL: Final = (0.22, 0.6)
"""Shares of matches won or lost between which nobody is surprised."""

_LEAST_OF_ALL: Final = 8
_LEAST_OF_PAIR: Final = 6


def run(lens: Lens, event: Event, length: int) -> bool:
    """Whether a run that goes on is long enough to be told."""
    if lens.unit is Unit.SEASON:
        return event.name == "won" and length > 1
    least = _RUNS.get(event.name)
    if least is not None and lens.scope.stages == ("final",):
        return length > 1
    return least is not None and length >= least[lens.narrow]


def wait(lens: Lens, event: Event, length: int) -> bool:
    """Whether the last time of an event is told, so many units ago."""
    least = _WAITS.get(event.name)
    return least is not None and length >= least[lens.narrow] and lens.unit in (Unit.MATCH, Unit.SEASON)


def share_of_last(lens: Lens, event: Event, n: int) -> bool:
    """Whether the share of the last n is told at all."""
    if lens.unit is Unit.SEASON:
        return event.name == "won"
    return event.name in _OF_LAST and n >= (_LEAST_OF_PAIR if lens.narrow else _LEAST_OF_ALL)


def share_of_all(lens: Lens, event: Event, k: int, n: int) -> bool:
    """Whether it is told that an event happened in k of all n units of a narrow lens."""
    if lens.unit is Unit.SEASON:
        return event.name == "won" and n > 1
    if lens.unit is Unit.CAMPAIGN:
        return True
    if lens.scope.stages == ("final",):
        return lens.unit is Unit.TIE and n > 1
    if k == 0:
        return n >= _NEVER.get(event.name, n + 1)
    usual = event.name in ("won", "lost") and _USUAL[0] < k / n < _USUAL[1]
    return event.name in _OF_ALL and n >= _LEAST_OF_ALL and not usual


def longest_run(event: Event, length: int) -> bool:
    """Whether the longest run of a club is told."""
    return length >= _LONGEST.get(event.name, length + 1)
