"""One pass over all matches in the order of their days, for ratings that move with every match.

Of one day all matches are judged by the ratings of its morning, and only then do the ratings move. The passes are plain
loops: compiled (numba, imported then) where there are many matches, and as they stand where there are few.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["COMPILED_FROM", "elo_pass", "passed", "pi_pass"]

COMPILED_FROM: Final = 40_000
"""Matches from which a compiled pass pays: compiling takes a second the first time, a plain pass of these less."""


def passed(
    loop: Callable[..., None],
    inputs: Sequence[NDArray[Any]],
    settings: Sequence[float],
    outputs: int,
    size: int,
) -> list[NDArray[np.float64]]:
    """Run a pass over columns `inputs`; returns its `outputs` columns of floats, each of length `size`."""
    if size >= COMPILED_FROM:
        columns = [np.zeros(size) for _ in range(outputs)]
        _compiled(loop)(*inputs, *settings, *columns)
        return columns
    lists: list[list[float]] = [[0.0] * size for _ in range(outputs)]
    # a list gives its numbers faster than an array does; what is written to comes back as it is
    plain = [column.tolist() for column in inputs]
    loop(*plain, *settings, *lists)
    for column, changed in zip(inputs, plain, strict=True):
        if column.flags.writeable and column.dtype == np.float64:
            column[:] = changed
    return [np.array(column) for column in lists]


@cache
def _compiled(loop: Callable[..., None]) -> Callable[..., None]:
    import numba

    made: Callable[..., None] = numba.njit(cache=True)(loop)
    return made


def elo_pass(
    own: Any,
    shared: Any,
    day: Any,
    home: Any,
    away: Any,
    home_country: Any,
    away_country: Any,
    ground: Any,
    goals: Any,
    against: Any,
    k: float,
    country_k: float,
    advantage: float,
    difference: Any,
    home_after: Any,
    away_after: Any,
    home_shared_after: Any,
    away_shared_after: Any,
) -> None:
    """Elo's pass: a rating is a club's `own` plus what its country has `shared`; both become those after all matches.

    `ground` is 1 at home and 0 on neutral ground. Writes the `difference` of the ratings before each match, and each
    side's own and shared rating after its day.
    """
    n = len(day)
    start = 0
    while start < n:
        end = start
        while end < n and day[end] == day[start]:
            i, j = home[end], away[end]
            difference[end] = own[i] + shared[home_country[end]] - own[j] - shared[away_country[end]]
            end += 1
        for row in range(start, end):
            margin = goals[row] - against[row]
            expected = 1.0 / (1.0 + 10.0 ** (-(difference[row] + advantage * ground[row]) / 400.0))
            won = 0.5
            if margin > 0:
                won = 1.0
            elif margin < 0:
                won = 0.0
            apart = abs(margin)
            weight = 1.0
            if apart == 2:
                weight = 1.5
            elif apart > 2:
                weight = (11.0 + apart) / 8.0
            surprise = weight * (won - expected)
            own[home[row]] += k * surprise
            own[away[row]] -= k * surprise
            if home_country[row] != away_country[row]:
                shared[home_country[row]] += country_k * surprise
                shared[away_country[row]] -= country_k * surprise
        for row in range(start, end):
            home_after[row], away_after[row] = own[home[row]], own[away[row]]
            home_shared_after[row] = shared[home_country[row]]
            away_shared_after[row] = shared[away_country[row]]
        start = end


def pi_pass(
    at_home: Any,
    on_travel: Any,
    day: Any,
    home: Any,
    away: Any,
    ground: Any,
    goals: Any,
    against: Any,
    rate: float,
    carried: float,
    difference: Any,
) -> None:
    """The pi-ratings' pass (Constantinou and Fenton 2013): each club's rating `at_home` and `on_travel`.

    Writes the `difference` in goals that was expected of each match. On neutral ground a side counts with the mean of
    its two ratings, and both move alike.
    """
    n = len(day)
    start = 0
    while start < n:
        end = start
        while end < n and day[end] == day[start]:
            i, j = home[end], away[end]
            one, other = at_home[i], on_travel[j]
            if ground[end] == 0:
                one, other = (at_home[i] + on_travel[i]) / 2, (at_home[j] + on_travel[j]) / 2
            difference[end] = math.copysign(10.0 ** (abs(one) / 3.0) - 1.0, one) - math.copysign(
                10.0 ** (abs(other) / 3.0) - 1.0, other
            )
            end += 1
        for row in range(start, end):
            i, j = home[row], away[row]
            error = goals[row] - against[row] - difference[row]
            moved = rate * math.copysign(3.0 * math.log10(1.0 + abs(error)), error)
            if ground[row] == 0:
                both = moved * (1.0 + carried) / 2
                at_home[i] += both
                on_travel[i] += both
                at_home[j] -= both
                on_travel[j] -= both
            else:
                at_home[i] += moved
                on_travel[i] += moved * carried
                on_travel[j] -= moved
                at_home[j] -= moved * carried
        start = end
