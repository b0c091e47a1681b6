"""Goals of many matches in many runs at once, drawn from Poisson rates by a table of their inverse.

A rate is held as a level: its logarithm in steps of `STEP`, so that what a run knows better or worse of a club is added
as a whole number. Arrays have runs as their last axis: `goals[match, run]`.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["STEP", "Goals", "Levels", "dependent_goals", "draw_goals", "levels", "poisson_goals"]

Levels = NDArray[np.int16]
Goals = NDArray[np.uint8]

STEP: Final = 1.0 / 128.0
"""Log goals from one level to the next: a rate is off by at most 0.4 percent."""

_LOW, _HIGH = math.log(0.02), math.log(12.0)
"""Log rates outside of which a level is held at the edge."""

_BITS: Final = 12
"""Chances are cut into 2 to that many equal parts, the middle of each standing for it."""

_PARTS: Final = 1 << _BITS
_BLOCK: Final = 24
"""Matches drawn in one go: what fits the processor's cache."""


def levels(log_rates: NDArray[np.floating[Any]] | float) -> Levels:
    """Logarithms of rates, or what is added to them, as levels."""
    return np.rint(np.asarray(log_rates) / STEP).astype(np.int16)


@cache
def _table() -> Goals:
    """`goals[level, part]`: the number of goals below which a share of (part + ½) of all matches ends, flattened."""
    low, high = math.floor(_LOW / STEP), math.ceil(_HIGH / STEP)
    middle = (np.arange(_PARTS) + 0.5) / _PARTS
    table = np.empty((high - low + 1, _PARTS), dtype=np.uint8)
    for row, level in enumerate(range(low, high + 1)):
        rate = math.exp(level * STEP)
        most = int(rate + 8 * math.sqrt(rate) + 8)
        steps = np.concatenate(([math.exp(-rate)], rate / np.arange(1, most + 1)))
        # of each part the goals that its middle stands for: the parts below each border, one after the other
        borders = np.searchsorted(middle, np.cumsum(np.cumprod(steps)))
        counts = np.diff(borders, prepend=0, append=_PARTS)
        table[row] = np.repeat(np.arange(len(counts)), counts)
    return table.reshape(-1)


def _look_up(level: NDArray[np.int16], rng: np.random.Generator) -> Goals:
    low, high = math.floor(_LOW / STEP), math.ceil(_HIGH / STEP)
    held = np.maximum(level, low)
    np.minimum(held, high, out=held)
    held -= low
    place = held.astype(np.int32)
    place <<= _BITS
    place |= _random(level.shape, rng) & (_PARTS - 1)
    return np.asarray(_table().take(place, mode="clip"))


def _random(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.uint16]:
    """Sixteen random bits each, without the care that ranges other than powers of two need."""
    number = math.prod(shape)
    words = rng.integers(0, 1 << 64, size=-(-number // 4), dtype=np.uint64, endpoint=False)
    return words.view(np.uint16)[:number].reshape(shape)


def poisson_goals(level: NDArray[np.int16], rng: np.random.Generator) -> Goals:
    """Goals of sides whose rates have these levels."""
    return _look_up(level, rng)


def dependent_goals(
    home: NDArray[np.int16], away: NDArray[np.int16], rng: np.random.Generator, dependence: float = 0.0
) -> tuple[Goals, Goals]:
    """Goals of both sides, from rates that differ from run to run; `dependence` as in `draw_goals`."""
    scored, conceded = _look_up(home, rng), _look_up(away, rng)
    if dependence:
        rates = np.exp(home * STEP), np.exp(away * STEP)
        _depend(scored, conceded, rates, dependence, rng)
    return scored, conceded


def draw_goals(
    home: NDArray[np.int16],
    away: NDArray[np.int16],
    rng: np.random.Generator,
    *,
    dependence: float = 0.0,
    low_scores: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> tuple[Goals, Goals]:
    """Goals of the home and the away side, from the levels of their rates; arrays `[match, run]`.

    `dependence` is ρ of Dixon and Coles, with the goal expectations (λ, μ) of each match in `low_scores`: it moves
    chances between the four lowest scores and leaves each side's goals as they are.
    """
    matches, runs = home.shape
    scored, conceded = np.empty((matches, runs), dtype=np.uint8), np.empty((matches, runs), dtype=np.uint8)
    for start in range(0, matches, _BLOCK):
        block = slice(start, start + _BLOCK)
        scored[block] = _look_up(home[block], rng)
        conceded[block] = _look_up(away[block], rng)
        if dependence and low_scores is not None:
            rates = (low_scores[0][block, None], low_scores[1][block, None])
            _depend(scored[block], conceded[block], rates, dependence, rng)
    return scored, conceded


def _depend(
    scored: Goals,
    conceded: Goals,
    rates: tuple[NDArray[np.float64], NDArray[np.float64]],
    rho: float,
    rng: np.random.Generator,
) -> None:
    """Take away, or add, the away side's only goal so often that the four lowest scores have Dixon and Coles' chances.

    0-1 becomes 0-0 with a chance of −λρ, and 1-0 becomes 1-1 with −μρ (ρ < 0); 0-0 becomes 0-1 with λμρ, and 1-1
    becomes 1-0 with ρ (ρ > 0).
    """
    home, away = rates
    chance = _random(scored.shape, rng)
    if rho < 0:
        without, with_one = -home * rho, -away * rho
        from_one, to_one = 0, 1  # home goals at which the away side loses its goal, and gets one
    else:
        without, with_one = np.full_like(home, rho), home * away * rho
        from_one, to_one = 1, 0
    loses = _below(chance, without) & (scored == from_one) & (conceded == 1)
    gets = _below(chance, with_one) & (scored == to_one) & (conceded == 0)
    conceded -= loses
    conceded += gets


def _below(chance: NDArray[np.uint16], limit: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(chance < np.minimum(limit * (1 << 16), (1 << 16) - 1).astype(np.uint16))
