"""Calibration: of what was given a chance of so much, how much came true.

Gneiting, Balabdaoui and Raftery (2007), Probabilistic forecasts, calibration and sharpness; the curve of said against
seen is the reliability diagram of Murphy and Winkler (1977).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput

__all__ = ["EDGES", "Bin", "Decomposition", "calibration_curve", "decomposition"]

EDGES: Final = tuple(tenth / 10 for tenth in range(11))
"""Edges of the bins of a calibration curve, unless told: tenths."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """The `n` chances from `low` up to but not including `high`: their mean, and the share that came true.

    `error` is the standard error of `seen` if every chance was right: the root of Σ p (1 − p), over n.
    """

    low: float
    high: float
    n: int
    said: float
    seen: float
    error: float

    @property
    def errors_apart(self) -> float:
        """Seen less said, in standard errors."""
        return (self.seen - self.said) / self.error if self.error > 0.0 else math.nan

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        apart = self.errors_apart
        return {
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "said": self.said,
            "seen": self.seen,
            "error": self.error,
            "errors_apart": apart if math.isfinite(apart) else None,
        }


def calibration_curve(
    chance: Vector, happened: NDArray[np.bool_], edges: tuple[float, ...] = EDGES
) -> tuple[Bin, ...]:
    """What was said and what was seen in each bin that is not empty; the last bin includes its upper edge.

    Chances that are NaN are left out.
    """
    if len(edges) < 2 or list(edges) != sorted(set(edges)):
        raise BadInput(f"edges of bins must rise, not {edges}; give at least two, such as 0, 0.5, 1.")
    held = np.isfinite(chance)
    chance, happened = chance[held], np.asarray(happened, dtype=bool)[held]
    place = np.searchsorted(edges, chance, side="right") - 1
    place[chance == edges[-1]] = len(edges) - 2
    found = []
    for number, (low, high) in enumerate(pairwise(edges)):
        here = place == number
        n = int(here.sum())
        if n:
            p = chance[here]
            spread = math.sqrt(float((p * (1.0 - p)).sum())) / n
            found.append(Bin(low, high, n, float(p.mean()), float(happened[here].mean()), spread))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """What a mean Brier score is made of: `reliability` − `resolution` + `uncertainty`, and what bins leave over.

    `reliability` is the mean squared distance of said from seen (0 is calibrated), `resolution` how far the seen shares
    of the bins are from the overall one (more is better), `uncertainty` what the overall share alone would score.
    """

    reliability: float
    resolution: float
    uncertainty: float


def decomposition(
    chance: Vector, happened: NDArray[np.bool_], edges: tuple[float, ...] = EDGES
) -> Decomposition:
    """Murphy (1973), A new vector partition of the probability score: of binned chances."""
    bins = calibration_curve(chance, happened, edges)
    total = sum(each.n for each in bins)
    if not total:
        return Decomposition(math.nan, math.nan, math.nan)
    overall = math.fsum(each.n * each.seen for each in bins) / total
    return Decomposition(
        reliability=math.fsum(each.n * (each.said - each.seen) ** 2 for each in bins) / total,
        resolution=math.fsum(each.n * (each.seen - overall) ** 2 for each in bins) / total,
        uncertainty=overall * (1.0 - overall),
    )
