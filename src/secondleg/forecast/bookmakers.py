"""What bookmakers said of the matches of a sample: the odds that the archive holds, as chances.

`market` takes Pinnacle's closing odds, the sharpest that the public sources have, and leaves matches without them out.
The margin is taken out by the power method: chances are (1 / odds)ᵏ, with the k at which they sum to 1. Clarke,
Kovalchik and Ingram (2017), Adjusting bookmaker's odds to allow for overround.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput
from secondleg.forecast.backtest import Forecasts
from secondleg.forecast.sample import Sample

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["ALIAS", "BOOKMAKER", "chances_by_power", "market"]

ALIAS: Final = "market"

BOOKMAKER: Final = "pinnacle"

_ODDS: Final = """
SELECT match, avg(home) AS home, avg(draw) AS draw, avg(away) AS away
FROM odds
WHERE market = '1x2' AND closing AND bookmaker = $bookmaker AND home > 1 AND draw > 1 AND away > 1
      AND match IN (SELECT unnest($matches))
GROUP BY match
"""

_STEPS: Final = 60
"""Halvings of the interval that k is in: more than a double has digits."""

_LARGEST_POWER: Final = 64.0


def chances_by_power(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """`chances[match, result]` of decimal `odds[match, result]`; each row sums to 1.

    A power above 1 takes relatively more from long odds, which bookmakers load more than short ones. Raises BadInput
    for odds of 1 or less.
    """
    if not (np.isfinite(odds) & (odds > 1.0)).all():
        raise BadInput("decimal odds are above 1, such as 2.5; leave matches without odds out.")
    log = -np.log(odds)
    low, high = np.zeros(len(odds)), np.full(len(odds), _LARGEST_POWER)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        too_much = np.exp(middle[:, None] * log).sum(axis=1) > 1.0
        low, high = np.where(too_much, middle, low), np.where(too_much, high, middle)
    chances: NDArray[np.float64] = np.exp(((low + high) / 2.0)[:, None] * log)
    return np.asarray(chances / chances.sum(axis=1, keepdims=True), dtype=np.float64)


def market(view: View, sample: Sample) -> tuple[Forecasts, dict[str, Any]]:
    """The chances of `BOOKMAKER` for the matches of a sample that it priced, and how many these are."""
    rows = view.rows(_ODDS, bookmaker=BOOKMAKER, matches=sample.match.tolist())
    forecasts = Forecasts.nothing(len(sample))
    place = {match: number for number, match in enumerate(sample.match.tolist())}
    here = np.array([place[row["match"]] for row in rows], dtype=np.int64)
    if len(rows):
        odds = np.array([[row["home"], row["draw"], row["away"]] for row in rows], dtype=np.float64)
        forecasts.results[here] = chances_by_power(odds)
    return forecasts, {
        "bookmaker": f"{BOOKMAKER}, closing",
        "matches": len(rows),
        "without": len(sample) - len(rows),
    }
