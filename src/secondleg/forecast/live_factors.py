"""What changes a side's goal rate during a match: the minute, the score, men sent off. Fitted: `live_factors.toml`.

The rate of a side that is expected to score λ goals in a match is, at any moment,

    λ / 90 · minute · score · cards        goals a minute

`scripts/fit_live.py` makes the file anew; docs/live.md tells how.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.forecast.expectation import Vector

__all__ = ["FILE", "LiveFactors", "live_factors"]

FILE: Final = Path(__file__).with_name("live_factors.toml")


@dataclass(frozen=True, eq=False)
class LiveFactors:
    """Factors of a side's goal rate; 1 is its average over a match of 90 minutes.

    `by_minute[minute]` for the 90 regular minutes; `stoppage_rate` and `stoppage_minutes` (how long it usually is) for
    each half. `by_lead[side, lead]`: at a lead of the home (0) or away side (1) of −n … n, of the match, or in a second
    leg on aggregate (`by_aggregate_lead`); a further lead is held at the outermost. `short[men]` and `over[men]`: with
    so many men fewer or more than the other side, from 0 on.
    """

    by_minute: Vector
    stoppage_rate: tuple[float, float]
    stoppage_minutes: tuple[float, float]
    by_lead: Vector
    by_aggregate_lead: Vector
    short: tuple[float, ...]
    over: tuple[float, ...]

    def men(self, difference: int) -> float:
        """The factor of a side with `difference` men more than the other."""
        table = self.over if difference > 0 else self.short
        return table[min(abs(difference), len(table) - 1)]

    def lead(self, leads: NDArray[Any], side: int, *, aggregate: bool) -> Vector:
        """The factors of the home (0) or away side (1) at each of its `leads`."""
        table = self.by_aggregate_lead if aggregate else self.by_lead
        furthest = table.shape[1] // 2
        found: Vector = table[side, np.clip(leads, -furthest, furthest).astype(np.int64) + furthest]
        return found


@cache
def live_factors() -> LiveFactors:
    """The factors that come with secondleg."""
    import tomllib

    return read(tomllib.loads(FILE.read_text(encoding="utf-8")))


def read(file: dict[str, Any]) -> LiveFactors:
    """Factors as they stand in a file: see `FILE`."""
    by_minute = np.empty(90)
    start = 0
    for until, rate in file["minute"]["regular"]:
        by_minute[start:until] = rate
        start = until
    stoppage = file["minute"]["stoppage"]
    lead, cards = file["lead"], file["men"]
    return LiveFactors(
        by_minute=by_minute,
        stoppage_rate=(stoppage["first_half"]["rate"], stoppage["second_half"]["rate"]),
        stoppage_minutes=(stoppage["first_half"]["minutes"], stoppage["second_half"]["minutes"]),
        by_lead=np.array([lead["home"], lead["away"]]),
        by_aggregate_lead=np.array([lead["aggregate"]["home"], lead["aggregate"]["away"]]),
        short=(1.0, *cards["fewer"]),
        over=(1.0, *cards["more"]),
    )
