"""How low scores depend on each other: ρ of Dixon and Coles, given the goal expectations.

The correction leaves each side's own goals Poisson, so the strengths can be fitted without it and ρ after
them.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondleg.strength.objective import Vector

__all__ = ["PRIOR_SD", "fit_dependence"]

PRIOR_SD: Final = 0.1
"""Normal prior of ρ about 0. Published estimates lie between 0 and −0.15 (Dixon and Coles 1997: −0.13)."""

_MARGIN: Final = 1e-6
"""How near to the bound of ρ, as a share of it, the search may go."""


def fit_dependence(
    home_rate: Vector, away_rate: Vector, home_goals: Vector, away_goals: Vector, weight: Vector
) -> float:
    """The most likely ρ of weighted matches under its prior; one entry a match in every array.

    Only scores of at most one goal a side say anything of it. Each has the likelihood 1 + kρ with k = −λμ, λ,
    μ, −1 for 0-0, 0-1, 1-0, 1-1, so the log likelihood is concave and its slope crosses zero once.
    """
    low = (home_goals <= 1.0) & (away_goals <= 1.0)
    home_rate, away_rate, weight = home_rate[low], away_rate[low], weight[low]
    home_one, away_one = home_goals[low] == 1.0, away_goals[low] == 1.0
    k = np.where(
        home_one,
        np.where(away_one, -1.0, away_rate),
        np.where(away_one, home_rate, -home_rate * away_rate),
    )
    below = -1.0 / max(float(k.max(initial=0.0)), 1.0) * (1.0 - _MARGIN)
    above = 1.0 / max(-float(k.min(initial=0.0)), 1.0) * (1.0 - _MARGIN)
    for _ in range(60):  # halves an interval of at most 2 to below the rounding of ρ
        middle = 0.5 * (below + above)
        slope = float(weight @ (k / (1.0 + k * middle))) - middle / PRIOR_SD**2
        if slope > 0.0:
            below = middle
        else:
            above = middle
        if above - below < 1e-12:
            break
    return 0.5 * (below + above)
