"""Draws of many runs at once, each with clubs and constraints of its own; arrays `[ball, run]`.

`football.draws` has the exact chances of one draw; this samples the same procedures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.football.draws import Procedure

__all__ = ["draw_groups", "draw_pairs", "shuffled"]

Index = NDArray[np.int16]
Allowed = NDArray[np.bool_]

_AHEAD: Final = 8
"""Pairs from the end of a draw for which it is looked ahead whether all others can still be paired.

With more pairs open than that, a club has always somebody left in the draws of UEFA: each has at most five it may not
meet. Where it has not, the draw is made anew."""

_TRIES: Final = 50
"""Attempts at a draw, after which the constraints of that run are dropped."""


def shuffled(balls: NDArray[np.int16], rng: np.random.Generator) -> Index:
    """The balls of each run in random order."""
    order = np.argsort(rng.random(balls.shape, dtype=np.float32), axis=0)
    return np.take_along_axis(balls, order, axis=0)


def draw_pairs(allowed: Allowed, rng: np.random.Generator, procedure: Procedure = "sequential") -> Index:
    """`partner[i, run]`: whom club i of the first pot meets in the second, given `allowed[i, j, run]`.

    See `football.draws` for the two procedures. A run in which no complete draw is allowed is drawn freely.
    """
    size, _, runs = allowed.shape
    partner = np.zeros((size, runs), dtype=np.int16)
    left = np.arange(runs)
    for _ in range(_TRIES):
        drawn, good = _drawn(allowed[:, :, left], rng, procedure)
        partner[:, left[good]] = drawn[:, good]
        left = left[~good]
        if not left.size:
            return partner
        if procedure == "uniform" or size <= _AHEAD:
            break  # with all looked ahead, what failed cannot be drawn
    partner[:, left] = shuffled(np.repeat(np.arange(size, dtype=np.int16)[:, None], left.size, axis=1), rng)
    return partner


def _drawn(
    allowed: Allowed, rng: np.random.Generator, procedure: Procedure
) -> tuple[Index, NDArray[np.bool_]]:
    """One attempt: partners, and the runs in which it came to an end."""
    size, _, runs = allowed.shape
    every = np.arange(runs)
    # the order in which the balls of the first pot come is the same for all that follows: drawn at once
    order = np.argsort(rng.random((size, runs), dtype=np.float32), axis=0)
    rows = np.take_along_axis(allowed, order[:, None, :], axis=0)
    free = np.ones((size, runs), dtype=bool)
    partner = np.zeros((size, runs), dtype=np.int16)
    good = np.ones(runs, dtype=bool)
    early = max(0, size - _AHEAD) if procedure == "sequential" else 0
    for step in range(early):
        weight = (rows[step] & free).astype(np.float64)
        chosen = _choose(weight, rng)
        good &= weight.any(axis=0)
        free[chosen, every] = False
        partner[order[step], every] = chosen
    _finish(rows[early:], order[early:], free, partner, good, rng, count=procedure == "uniform")
    return partner, good


def _finish(
    rows: Allowed,
    order: NDArray[np.int64],
    free: Allowed,
    partner: Index,
    good: NDArray[np.bool_],
    rng: np.random.Generator,
    *,
    count: bool,
) -> None:
    """Draw the last pairs, choosing among partners that leave all others one (`count`: by how many ways)."""
    size, every = len(rows), np.arange(rows.shape[2])
    # the columns still free in each run, as numbers from 0
    columns = np.argsort(~free, axis=0, kind="stable")[:size]
    may = np.take_along_axis(rows, columns[None, :, :], axis=1)
    ways = _ways(may, count=count)
    taken = np.zeros(rows.shape[2], dtype=np.int64)
    full = (1 << size) - 1
    good &= ways[full] > 0
    for step in range(size):
        weight = np.zeros((size, rows.shape[2]))
        for column in range(size):
            bit = 1 << column
            rest = full & ~(taken | bit)
            weight[column] = may[step, column] * ways[rest, every] * ((taken & bit) == 0)
        chosen = _choose(weight, rng)
        taken |= 1 << chosen
        partner[order[step], every] = columns[chosen, every]


def _ways(may: Allowed, *, count: bool) -> NDArray[np.float64] | NDArray[np.bool_]:
    """`ways[columns, run]`: whether (`count`: in how many ways) the last rows fill a set of columns, given as bits."""
    size, _, runs = may.shape
    ways = np.zeros((1 << size, runs), dtype=np.float64 if count else bool)
    ways[0] = 1
    for columns in sorted(range(1, 1 << size), key=int.bit_count):
        row = may[size - columns.bit_count()]
        for column in range(size):
            if columns >> column & 1:
                rest = ways[columns & ~(1 << column)]
                if count:
                    ways[columns] += row[column] * rest
                else:
                    ways[columns] |= row[column] & rest
    return ways


def _choose(weight: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.int64]:
    """One row of each column, with chances in proportion to the weights (the first where all are nought)."""
    upto = np.cumsum(weight, axis=0)
    at = rng.random(weight.shape[1]) * upto[-1]
    return np.asarray((upto <= at).sum(axis=0).clip(max=len(weight) - 1))


def draw_groups(
    pots: Sequence[Index],
    groups: int,
    apart: Sequence[Index],
    rng: np.random.Generator,
) -> Index:
    """`club[place, run]`: the groups one after the other, each with as many clubs of every pot.

    `apart` are labels `[club, run]` (a country, the group played in before); two clubs of one label do not meet, as far
    as that can be had. Drawn row by row: one club into every group, looking ahead within the row,
    and anew where the last row would bring together who must not meet.
    """
    runs = pots[0].shape[1]
    clubs = np.empty((sum(len(pot) for pot in pots), runs), dtype=np.int16)
    left = np.arange(runs)
    for _ in range(_TRIES):
        labels = [label if label.shape[1] == 1 else label[:, left] for label in apart]
        rows = _rows([pot[:, left] for pot in pots], groups, labels, rng)
        clubs[:, left] = np.stack(rows, axis=1).reshape(-1, left.size)
        clash = np.zeros(left.size, dtype=bool)
        for label in labels:
            named = np.stack([_labelled(label, row) for row in rows])
            clash |= (np.diff(np.sort(named, axis=0), axis=0) == 0).any(axis=(0, 1))
        left = left[clash]
        if not left.size:
            break
    return clubs


def _rows(
    pots: Sequence[Index], groups: int, apart: Sequence[Index], rng: np.random.Generator
) -> list[Index]:
    """One club for every group, `[group, run]`, row after row; the last may hold clubs that must not meet."""
    rows: list[Index] = []
    for pot in pots:
        for row in shuffled(pot, rng).reshape(-1, groups, pot.shape[1]):
            if not rows or not apart:
                rows.append(row)
                continue
            allowed = np.ones((groups, groups, pot.shape[1]), dtype=bool)
            for label in apart:
                own = _labelled(label, row)
                for before in rows:
                    allowed &= own[:, None] != _labelled(label, before)[None, :]
            placed = np.empty_like(row)
            np.put_along_axis(placed, draw_pairs(allowed, rng).astype(np.int64), row, axis=0)
            rows.append(placed)
    return rows


def _labelled(label: Index, clubs: Index) -> Index:
    """The label of each club, `[club, run]`; one column of labels serves all runs."""
    return np.asarray(label[clubs, np.arange(clubs.shape[1]) if label.shape[1] > 1 else 0])
