"""Goal rates of all pairs of sides in a competition, and what each run knows better or worse of them.

The strengths of a model are not certain. Each run draws, once for each club, how much better its attack and its
defence are than the model's best guess: a club that is underrated is so in all its matches of that run.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import ForecastError
from secondleg.forecast.competition_goals import STEP, Levels, levels

if TYPE_CHECKING:
    from secondleg.strength import Fitted

__all__ = ["DEFAULT_SD", "Rates", "Strength", "rates_of", "spreads"]

DEFAULT_SD: Final = 0.05
"""Spread of attack, and of defence, in log goals, where a model does not tell its own. Shrunk strengths are cautious
already: more than that makes said chances worse (docs/competitions.md has what was tried)."""

_LARGEST_VARIANCE: Final = 0.25


class Strength(Protocol):
    """All that a simulation asks of strengths."""

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals of the home and the away side in 90 minutes."""


@dataclass(frozen=True, eq=False)
class Rates:
    """Levels of rates (see `competition_goals`) of home and away side by pair, `[home, away]`, at home and on neutral
    ground; `attack` and `defence` are what a run adds, `[club, run]`."""

    at_home: tuple[Levels, Levels]
    on_neutral: tuple[Levels, Levels]
    attack: Levels
    defence: Levels
    dependence: float
    variance: float = 0.0
    """Of a side's log rate over the runs, on average over all pairs."""
    unknown: tuple[str, ...] = ()
    """Clubs without a match that the model has seen: taken for the average of the rest."""

    def of(self, home: NDArray[np.int16], away: NDArray[np.int16], neutral: bool) -> tuple[Levels, Levels]:
        """Levels of both sides, for clubs `[match, run]`."""
        runs = self.attack.shape[1]
        pair = home.astype(np.int32) * len(self.attack) + away
        own = home.astype(np.int64) * runs + np.arange(runs)
        other = away.astype(np.int64) * runs + np.arange(runs)
        base = self.on_neutral if neutral else self.at_home
        attack, defence = self.attack.reshape(-1), self.defence.reshape(-1)
        return (
            base[0].reshape(-1)[pair] + attack[own] - defence[other],
            base[1].reshape(-1)[pair] + attack[other] - defence[own],
        )

    def expected(
        self, home: Sequence[int], away: Sequence[int], neutral: Sequence[bool]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Goal expectations of both sides of fixed matches, `[match]`, before what a run adds."""
        h, a, on = np.array(home), np.array(away), np.array(neutral)
        one = np.where(on, self.on_neutral[0][h, a], self.at_home[0][h, a])
        two = np.where(on, self.on_neutral[1][h, a], self.at_home[1][h, a])
        return np.exp(one * STEP), np.exp(two * STEP)

    def of_pairs(
        self, home: Sequence[int], away: Sequence[int], neutral: Sequence[bool]
    ) -> tuple[Levels, Levels]:
        """Levels of both sides of fixed matches, `[match, run]`."""
        h, a, on = np.array(home), np.array(away), np.array(neutral)
        one = np.where(on, self.on_neutral[0][h, a], self.at_home[0][h, a])
        two = np.where(on, self.on_neutral[1][h, a], self.at_home[1][h, a])
        return (
            one[:, None] + self.attack[h] - self.defence[a],
            two[:, None] + self.attack[a] - self.defence[h],
        )


def rates_of(
    model: Strength | Fitted,
    clubs: Sequence[str],
    runs: int,
    rng: np.random.Generator,
    *,
    competition: str | None,
    sd: float | None = None,
    neutral_only: bool = False,
) -> Rates:
    """Rates of every pair of `clubs` by `model`, and the draws of each run.

    `sd` is the spread of attack and of defence; None takes what the model says of itself, or `DEFAULT_SD`. The mean of
    each rate over all runs stays what the model expects.
    """
    known, unknown = _seen(model, clubs)
    variance = np.full(len(clubs), (DEFAULT_SD if sd is None else sd) ** 2)
    if sd is None and (own := spreads(model, [clubs[i] for i in known])) is not None:
        variance[known] = own
        variance[unknown] = own.max(initial=0.0)
    log = np.zeros((2, 2, len(clubs), len(clubs)))
    for ground in (1,) if neutral_only else (0, 1):
        log[ground] = _logs(model, clubs, known, competition, neutral=bool(ground))
    correction = (variance[:, None] + variance[None, :]) / 2
    held = levels(log - correction)
    spread = np.sqrt(variance)[:, None]
    shocks = [
        levels(spread * rng.standard_normal((len(clubs), runs), dtype=np.float32))
        if variance.any()
        else np.zeros((len(clubs), runs), dtype=np.int16)
        for _ in range(2)
    ]
    if neutral_only:
        held[0] = held[1]
    return Rates(
        (held[0, 0], held[0, 1]),
        (held[1, 0], held[1, 1]),
        shocks[0],
        shocks[1],
        float(getattr(model, "dependence", 0.0)),
        2.0 * float(variance.mean()),
        tuple(clubs[i] for i in unknown),
    )


def _seen(model: Any, clubs: Sequence[str]) -> tuple[list[int], list[int]]:
    """Numbers of the clubs that the model knows, and of the others."""
    if not hasattr(type(model), "__contains__"):
        return list(range(len(clubs))), []
    known = [number for number, club in enumerate(clubs) if club in model]
    if not known:
        raise ForecastError(
            "none of these clubs has a match in the matches that strengths were fitted to. "
            "Import earlier results: secondleg data import PATH."
        )
    return known, [number for number in range(len(clubs)) if number not in set(known)]


def _logs(
    model: Strength | Fitted,
    clubs: Sequence[str],
    known: list[int],
    competition: str | None,
    *,
    neutral: bool,
) -> NDArray[np.float64]:
    """Logarithms of goal expectations `[side, home, away]`; a club that is not known has the others' average."""
    log = np.full((2, len(clubs), len(clubs)), np.nan)
    for i in known:
        for j in known:
            if i != j:
                pair = model.goal_expectation(clubs[i], clubs[j], competition=competition, neutral=neutral)
                log[:, i, j] = math.log(pair[0]), math.log(pair[1])
    if len(known) < len(clubs):
        usual = np.nanmean(log, axis=(1, 2)) if len(known) > 1 else np.log([1.35, 1.35])
        for side in range(2):
            with_home, with_away = (_mean(log[side], axis) for axis in (1, 0))
            for i in range(len(clubs)):
                for j in range(len(clubs)):
                    if np.isnan(log[side, i, j]):
                        home = with_home[i] if np.isfinite(with_home[i]) else usual[side]
                        away = with_away[j] if np.isfinite(with_away[j]) else usual[side]
                        log[side, i, j] = home + away - usual[side]
    return np.asarray(np.nan_to_num(log), dtype=np.float64)


def _mean(log: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    seen = np.isfinite(log)
    number = seen.sum(axis=axis)
    mean = np.where(seen, log, 0.0).sum(axis=axis) / np.maximum(number, 1)
    return np.asarray(np.where(number > 0, mean, np.nan), dtype=np.float64)


def spreads(model: Any, clubs: Sequence[str]) -> NDArray[np.float64] | None:
    """Variance of attack (and of defence) of each club, from what a model says of pairs; None where it says nothing.

    A model tells the variance of a side's log rate, which is that of its attack and of the other's defence together.
    With v of each club the same for both, u of a pair is v + v', so that v follows from a club's mean over all others.
    """
    tells = getattr(model, "uncertainty", None)
    if tells is None or len(clubs) < 3:
        return None
    size = len(clubs)
    sums = np.zeros(size)
    for i, one in enumerate(clubs):
        for j in range(i + 1, size):
            pair = sum(tells(one, clubs[j])) / 2
            sums[i] += pair
            sums[j] += pair
    if not sums.any():
        return None
    every = sums.sum() / (2 * (size - 1))
    found: NDArray[np.float64] = (sums - every) / (size - 2)
    return np.clip(found, 0.0, _LARGEST_VARIANCE)
