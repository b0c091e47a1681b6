"""Draws under constraints: who can meet whom, and how likely.

A draw pairs two pots of equal size. `allowed[i, j]` says whether club i of the first pot (drawn first: the unseeded)
may meet club j of the second. Two ways to draw are held:

- `sequential`, as UEFA draws: a ball of the first pot is drawn, then one of those clubs of the second pot that are
  allowed and leave everybody else a partner, each with the same chance;
- `uniform`: every complete draw that is allowed has the same chance, which is what many a published table assumes.

The two differ by a point or two where the constraints are many.
"""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput

__all__ = ["LARGEST_EXACT", "Procedure", "allowed_pairs", "can_be_drawn", "pair_chances"]

Procedure = Literal["sequential", "uniform"]
Allowed = NDArray[np.bool_]

LARGEST_EXACT: Final = 8
"""Clubs in a pot up to which chances are worked out exactly; larger draws are sampled."""


def allowed_pairs(
    first: list[str],
    second: list[str],
    *,
    group: dict[str, str] | None = None,
    association: dict[str, str] | None = None,
) -> Allowed:
    """`allowed[i, j]`: not of one group, not of one association, as far as these are given (by club)."""
    found = np.ones((len(first), len(second)), dtype=bool)
    for kept in (group, association):
        if kept is not None:
            found &= np.array([[kept[one] != kept[other] for other in second] for one in first], dtype=bool)
    return found


def can_be_drawn(allowed: Allowed) -> bool:
    """Whether any complete draw is allowed."""
    partner: dict[int, int] = {}

    def placed(i: int, seen: set[int]) -> bool:
        """Whether i finds a partner, others making way if need be (augmenting paths)."""
        for j in np.flatnonzero(allowed[i]).tolist():
            if j not in seen:
                seen.add(j)
                if j not in partner or placed(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return all(placed(i, set()) for i in range(len(allowed)))


def pair_chances(allowed: Allowed, procedure: Procedure = "sequential") -> NDArray[np.float64]:
    """`chances[i, j]` that i of the first pot meets j of the second; rows and columns sum to 1.

    Raises BadInput for pots of different size, for more than `LARGEST_EXACT` clubs in a pot, and where no complete draw
    is allowed.
    """
    size, other = allowed.shape
    if size != other:
        raise BadInput(f"the pots hold {size} and {other} clubs; a draw needs as many in each.")
    if size > LARGEST_EXACT:
        raise BadInput(
            f"the chances of a draw of {size} and {size} are not worked out exactly; sample it with "
            "forecast.competition_draws.draw_pairs."
        )
    if not can_be_drawn(allowed):
        raise BadInput("no complete draw is allowed by these constraints; loosen them.")
    rows = tuple(_mask(row) for row in allowed)
    return _uniform(rows) if procedure == "uniform" else _sequential(rows)


def _mask(row: NDArray[np.bool_]) -> int:
    return sum(1 << j for j, may in enumerate(row) if may)


def _bits(mask: int) -> list[int]:
    return [1 << j for j in range(mask.bit_length()) if mask >> j & 1]


def _uniform(rows: tuple[int, ...]) -> NDArray[np.float64]:
    size, full = len(rows), (1 << len(rows)) - 1

    @cache
    def ways(left: tuple[int, ...], free: int) -> int:
        """Complete draws of the rows `left` into the columns `free`."""
        if not left:
            return 1
        return sum(ways(left[1:], free & ~bit) for bit in _bits(rows[left[0]] & free))

    every = ways(tuple(range(size)), full)
    chances = np.zeros((size, size))
    for i in range(size):
        others = tuple(k for k in range(size) if k != i)
        for bit in _bits(rows[i]):
            chances[i, bit.bit_length() - 1] = ways(others, full & ~bit) / every
    return chances


def _sequential(rows: tuple[int, ...]) -> NDArray[np.float64]:
    """Over states (clubs left in the first pot, clubs left in the second), from the whole pots on."""
    size, full = len(rows), (1 << len(rows)) - 1

    @cache
    def possible(left: int, free: int) -> bool:
        """Whether the rows `left` can be drawn into the columns `free`."""
        if not left:
            return True
        row = left & -left
        return any(possible(left & ~row, free & ~bit) for bit in _bits(rows[row.bit_length() - 1] & free))

    chances = np.zeros((size, size))
    states = {(full, full): 1.0}
    for remaining in range(size, 0, -1):
        after: dict[tuple[int, int], float] = {}
        for (left, free), weight in states.items():
            for row in _bits(left):
                number, rest = row.bit_length() - 1, left & ~row
                able = [bit for bit in _bits(rows[number] & free) if possible(rest, free & ~bit)]
                each = weight / remaining / len(able)
                for bit in able:
                    chances[number, bit.bit_length() - 1] += each
                    key = (rest, free & ~bit)
                    after[key] = after.get(key, 0.0) + each
        states = after
    return chances
