"""What a preview would tell at all: how long a run, of which events a last time, which shares.

Our choices, made by reading lists of facts. What falls short is asked for and counted, and is no candidate.
"""

from __future__ import annotations

from typing import Final

from secondleg.records.events import Event
from secondleg.records.lenses import Lens
from secondleg.records.terms import Family, Unit

__all__ = ["goals", "longest_run", "run", "share_of_all", "share_of_last", "stale", "wait", "waited_for"]

_RUNS: Final[dict[str, tuple[int, int]]] = {
    "won": (4, 3), "drew": (4, 3), "lost": (4, 3), "unbeaten": (8, 5), "winless": (6, 5), "scored": (13, 8),
    "conceded": (9, 8), "failed to score": (3, 3), "clean sheet": (3, 3), "won by": (4, 3), "lost by": (3, 3),
    "won to nil": (4, 3), "lost to nil": (3, 3), "scored at least": (6, 5), "conceded at least": (6, 5),
    "went through": (5, 5), "went out": (4, 4), "reached": (3, 3),
}  # fmt: skip
"""Units from which a run is told, and those in a narrow lens."""

_WAITS: Final[dict[str, tuple[int, int]]] = {
    "won": (6, 4), "lost": (9, 6), "clean sheet": (9, 8), "scored": (3, 3), "relegated": (1, 1),
}  # fmt: skip
"""Units without it from which the last time of an event is told; nobody waits for any other."""

_LONGEST: Final = {
    "won": 7, "lost": 6, "unbeaten": 14, "winless": 10, "scored": 18, "failed to score": 4, "clean sheet": 5,
}  # fmt: skip
"""Matches from which a run is told as the longest that a club ever had."""

_OF_LAST: Final = {"won": 0.65, "lost": 0.65, "clean sheet": 0.5, "failed to score": 0.5}
_OF_ALL: Final = {"won": 0.6, "lost": 0.6, "clean sheet": 0.5, "failed to score": 0.5, "went through": 0.75}
"""Events of which the share is told, of the last n and of all, and the share from which it is …"""

_SELDOM: Final = {"won": 0.2, "lost": 0.15, "went through": 0.25}
_SELDOM_OF_LAST: Final = 0.1
"""… and up to which it is, for those of which few are news too."""

_NEVER: Final = {"won": 4, "lost": 8, "scored": 3, "clean sheet": 8, "went through": 3, "reached": 3}
"""Units in which an event never happened, from which that is told."""

_IN_A_SEASON: Final = 0.03
"""The same of one season, so much more."""

_CAMPAIGNS: Final = 3
"""Campaigns without a title from which that is told: nobody has won a cup that is new."""

_FEW_OF: Final = 10
_GOALS_OF: Final = 10

_STALE: Final = 500
_STALE_LEAGUE: Final = 150
"""Days after which the last matches are no form, in cups and in a league."""

_LEAST_OF_ALL: Final = 8
_LEAST_OF_PAIR: Final = 6


def run(lens: Lens, event: Event, length: int) -> bool:
    """Whether a run that goes on is long enough to be told."""
    if lens.unit is Unit.SEASON:
        return event.name == "won" and length > 1
    least = _RUNS.get(event.name)
    if least is not None and lens.scope.stages == ("final",):
        return length > 1
    return least is not None and length >= least[lens.narrow] and not _of_a_stage(lens)


def wait(lens: Lens, event: Event, length: int) -> bool:
    """Whether the last time of an event is told, so many units ago."""
    least = _WAITS.get(event.name)
    told = least is not None and length >= least[lens.narrow] and lens.unit in (Unit.MATCH, Unit.SEASON)
    return told and not _of_a_stage(lens)


def waited_for(event: Event) -> bool:
    """Whether anybody waits for an event, so that its last time is news."""
    return event.name in _WAITS


def share_of_last(lens: Lens, event: Event, k: int, n: int) -> bool:
    """Whether it is told that an event happened in k of the last n."""
    if lens.unit is Unit.SEASON:
        return event.name == "won"
    if n < (_LEAST_OF_PAIR if lens.narrow else _LEAST_OF_ALL) or _of_a_stage(lens):
        return False
    few = event.name in _SELDOM and n >= _FEW_OF and k / n <= _SELDOM_OF_LAST
    return few or k / n >= _OF_LAST.get(event.name, 2.0)


def share_of_all(lens: Lens, event: Event, k: int, n: int) -> bool:
    """Whether it is told that an event happened in k of all n units of a narrow lens."""
    if lens.unit is Unit.SEASON:
        return event.name == "won" and n > 1
    if lens.unit is Unit.CAMPAIGN:
        return k > 0 or event.name != "won" or n >= _CAMPAIGNS
    if lens.scope.stages == ("final",):
        return lens.unit is Unit.TIE and n > 1
    if k == 0:
        return n >= _NEVER.get(event.name, n + 1) and not _of_a_stage(lens)
    if n < _LEAST_OF_ALL or _of_a_stage(lens):
        return False
    season = _IN_A_SEASON if lens.scope.this_season else 0.0
    return k / n >= _OF_ALL.get(event.name, 2.0) or k / n <= _SELDOM.get(event.name, -1.0) + season


def goals(lens: Lens, n: int) -> bool:
    """Whether goals in the last n matches are told: against one opponent five are too few."""
    return not _of_a_stage(lens) and (n >= _GOALS_OF or not lens.narrow)


def stale(lens: Lens, age: int) -> bool:
    """Whether what was so in the last matches is too long ago to be called so: a league left, a cup not entered."""
    league = lens.scope.this_season or lens.scope.family in (Family.LEAGUE, Family.TOP_FLIGHT)
    return not lens.narrow and lens.unit is Unit.MATCH and age > (_STALE_LEAGUE if league else _STALE)


def _of_a_stage(lens: Lens) -> bool:
    """Whether it looks at matches of one stage of a cup, or of its later ones: these are told as ties."""
    return lens.unit is Unit.MATCH and bool(lens.scope.stages or lens.scope.from_stage)


def longest_run(event: Event, length: int) -> bool:
    """Whether the longest run of a club is told."""
    return length >= _LONGEST.get(event.name, length + 1)
