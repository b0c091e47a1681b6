"""The clock of a match: minutes, stoppage time and extra time, and how many of a side's goals fall in each minute."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from secondleg.errors import BadInput
from secondleg.forecast.expectation import Vector
from secondleg.forecast.live_factors import LiveFactors

__all__ = ["EXTRA_TIME_ENDS", "HALVES", "Minute", "Timeline", "timeline"]

HALVES: Final = (45, 90)
"""Minutes at which the halves end, stoppage apart."""

EXTRA_TIME_ENDS: Final = 120

STILL_TO_COME: Final = 1.0
"""Minutes of stoppage that are still awaited where it has gone on for longer than is usual and none was announced."""

_WRITTEN: Final = re.compile(r"(\d{1,3})(?:\s*\+\s*(\d{1,2}))?'?")
_HALF_TIME: Final = ("ht", "half-time")


@dataclass(frozen=True, slots=True, order=True)
class Minute:
    """Minutes played: 60, or 90 and 3 of stoppage. In stoppage time `played` is 45 or 90 and `added` above 0."""

    played: int
    added: int = 0
    over: bool = False
    """Whether the half is over: half-time, or the end of the 90 minutes."""

    def __post_init__(self) -> None:
        if not 0 <= self.played <= EXTRA_TIME_ENDS:
            raise BadInput(f"{self.played} is no minute of a match; give one from 0 to {EXTRA_TIME_ENDS}.")
        if self.added < 0 or ((self.added or self.over) and self.played not in HALVES):
            raise BadInput(f"{self} is not possible; stoppage time is written 45+2 or 90+3.")

    @classmethod
    def read(cls, text: str) -> Minute:
        """A minute as people write it: `60`, `45+2`, `90+3`, `105`, `HT`. Raises BadInput for anything else."""
        if text.strip().lower() in _HALF_TIME:
            return cls(HALVES[0], over=True)
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise BadInput(f"{text!r} is no minute. Write it as 60, 45+2, 90+3, 105 (extra time) or HT.")
        return cls(int(found[1]), int(found[2] or 0))

    @property
    def in_extra_time(self) -> bool:
        """Whether the 90 minutes are over and extra time has begun."""
        return self.played > HALVES[1]

    def __str__(self) -> str:
        if self.over:
            return "half-time" if self.played == HALVES[0] else "full time"
        return f"{self.played}+{self.added}" if self.added else str(self.played)


@dataclass(frozen=True, eq=False)
class Timeline:
    """The 90 minutes and their stoppage in steps of a minute, the last step of a stoppage perhaps shorter.

    `share[step]` is the part of a side's goals that fall in it, at an even score; `ends[step]` is the minute at its
    end. `length[step]` is in minutes.
    """

    share: Vector
    length: Vector
    ends: tuple[Minute, ...]
    stoppage: tuple[float, float]

    @property
    def clock(self) -> Vector:
        """Minutes on the clock at the start and at the end of each step, stoppage counted in."""
        return np.concatenate(([0.0], np.cumsum(self.length)))

    def steps(self, minute: Minute) -> int:
        """How many steps are over."""
        half = 0 if minute.played <= HALVES[0] and not (minute.played == HALVES[0] and minute.over) else 1
        first = HALVES[0] + math.ceil(self.stoppage[0])
        if half == 0:
            return minute.played + min(minute.added, math.ceil(self.stoppage[0]))
        after = first + max(minute.played, HALVES[0]) - HALVES[0]
        if minute.over and minute.played == HALVES[1]:
            return len(self.share)
        return min(after + min(minute.added, math.ceil(self.stoppage[1])), len(self.share))


def timeline(factors: LiveFactors, stoppage: tuple[float | None, float | None] = (None, None)) -> Timeline:
    """The steps of a match with so many minutes of stoppage in each half; None: as many as usual."""
    minutes = tuple(
        usual if given is None else float(given)
        for given, usual in zip(stoppage, factors.stoppage_minutes, strict=True)
    )
    share: list[float] = []
    length: list[float] = []
    ends: list[Minute] = []
    for half, (until, added) in enumerate(zip(HALVES, minutes, strict=True)):
        for minute in range(until - 45, until):
            share.append(float(factors.by_minute[minute]) / HALVES[1])
            length.append(1.0)
            ends.append(Minute(minute + 1))
        for part in range(math.ceil(added)):
            long = min(1.0, added - part)
            share.append(long * factors.stoppage_rate[half] / HALVES[1])
            length.append(long)
            ends.append(Minute(until, part + 1))
    return Timeline(np.array(share), np.array(length), tuple(ends), (minutes[0], minutes[1]))
