"""Chances and goals as a reader sees them: whole per cent, and 0 or 100 only where it is exact."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["cells", "goals", "percent", "percent_figure", "percent_short"]

SMALLEST_SHOWN = 0.01
"""Chance below which a whole per cent would be false precision, and above whose complement likewise."""

_ROUNDING_SLACK = 1e-9
"""Chance; above a float's error, far below a per cent: 0.285 rounds up as its decimal does."""


def percent(chance: float) -> str:
    """Write a chance in whole per cent: `10 %`, `under 1 %`, `over 99 %`; `0 %` and `100 %` only if exact."""
    return _percent(chance, under="under ", over="over ") + " %"


def percent_figure(chance: float) -> str:
    """Write a chance as a bare figure for a table headed in per cent: `10`, `<1`, `>99`."""
    return _percent(chance, under="<", over=">")


def percent_short(chance: float) -> str:
    """Write a chance where room is scarce: `10 %`, `<1 %`, `>99 %`."""
    return f"{percent_figure(chance)} %"


def goals(expected: float) -> str:
    """Write expected goals to one decimal: `1.5`."""
    return f"{expected:.1f}"


def _percent(chance: float, *, under: str, over: str) -> str:
    if math.isnan(chance) or not -_ROUNDING_SLACK <= chance <= 1 + _ROUNDING_SLACK:
        message = f"{chance!r} is not a chance; pass a number from 0 to 1"
        raise ValueError(message)
    if chance <= 0:
        return "0"
    if chance >= 1:
        return "100"
    if chance < SMALLEST_SHOWN:
        return f"{under}1"
    if chance > 1 - SMALLEST_SHOWN:
        return f"{over}99"
    # Half a per cent rounds up, as a reader would do it; Python's round() goes to the even neighbour.
    return str(math.floor(100 * (chance + _ROUNDING_SLACK) + 0.5))


def cells(shares: Sequence[float], width: int) -> list[int]:
    """Divide a bar of `width` cells by shares, to the largest remainders.

    A share above zero keeps at least one cell as long as there are enough cells for all such shares.
    """
    total = sum(shares)
    if total <= 0 or width <= 0:
        return [0] * len(shares)
    exact = [share / total * width for share in shares]
    whole = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(shares)), key=lambda i: exact[i] - whole[i], reverse=True)
    for i in by_remainder[: width - sum(whole)]:
        whole[i] += 1
    for i, share in enumerate(shares):
        largest = max(range(len(whole)), key=whole.__getitem__)
        if share > 0 and whole[i] == 0 and whole[largest] > 1:
            whole[largest] -= 1
            whole[i] = 1
    return whole
