"""Score grids: the chance of every score of one match, exact.

`score_grid` multiplies two Poisson distributions of goals and applies the low-score correction of Dixon and
Coles (1997). All that a preview says of one match is a sum over the grid.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput

__all__ = ["TAIL", "ScoreGrid", "dependence_bounds", "goal_chances", "low_score_factors", "score_grid"]

Rates = float | NDArray[np.float64]
"""Goal expectations of one match, or of many."""

TAIL: Final = 1e-13
"""Chance that a side scores more goals than the grid holds; what is cut off is shared out in proportion."""

MAX_RATE: Final = 60.0
"""Goals of a side in one match: beyond it a rate is an error of the caller, not football."""


@dataclass(frozen=True, eq=False)
class ScoreGrid:
    """Chances of the scores of one match: `grid[home_goals, away_goals]`, square, read-only, sums to 1.

    `home_goals` and `away_goals` are the goal expectations that the grid was made from. Sums are correctly
    rounded (`math.fsum`), so that swapping the sides swaps every number exactly.
    """

    grid: NDArray[np.float64]
    home_goals: float
    away_goals: float

    @property
    def max_goals(self) -> int:
        """The most goals of one side that the grid holds."""
        return int(self.grid.shape[0]) - 1

    @cached_property
    def margins(self) -> NDArray[np.float64]:
        """Chance of each margin of the home side: `margins[margin + max_goals]`."""
        n = self.max_goals
        return np.array([math.fsum(np.diagonal(self.grid, -margin)) for margin in range(-n, n + 1)])

    @property
    def home_win(self) -> float:
        """Chance that the home side wins."""
        return math.fsum(self.margins[self.max_goals + 1 :])

    @property
    def draw(self) -> float:
        """Chance of a draw."""
        return float(self.margins[self.max_goals])

    @property
    def away_win(self) -> float:
        """Chance that the away side wins."""
        return math.fsum(self.margins[: self.max_goals])

    @cached_property
    def totals(self) -> NDArray[np.float64]:
        """Chance of each number of goals of both sides together: `totals[goals]`."""
        flipped = self.grid[:, ::-1]
        n = self.max_goals
        return np.array([math.fsum(np.diagonal(flipped, n - goals)) for goals in range(2 * n + 1)])

    def over(self, line: float) -> float:
        """Chance of more than `line` goals of both sides together, such as `over(2.5)`."""
        if line < 0:
            return 1.0
        return math.fsum(self.totals[math.floor(line) + 1 :])

    @property
    def both_score(self) -> float:
        """Chance that each side scores."""
        return math.fsum(self.grid[1:, 1:].ravel())

    @property
    def home_clean_sheet(self) -> float:
        """Chance that the home side concedes no goal."""
        return math.fsum(self.grid[:, 0])

    @property
    def away_clean_sheet(self) -> float:
        """Chance that the away side concedes no goal."""
        return math.fsum(self.grid[0, :])

    def score(self, home: int, away: int) -> float:
        """Chance of exactly this score; 0 beyond the grid, whose tail is less than `TAIL`."""
        if home < 0 or away < 0:
            raise BadInput(f"{home}-{away} is no score; give goals of 0 or more.")
        n = self.max_goals
        return float(self.grid[home, away]) if home <= n and away <= n else 0.0

    def most_likely(self, n: int = 5) -> tuple[tuple[int, int, float], ...]:
        """The `n` likeliest scores as (home goals, away goals, chance), likeliest first.

        Of equal chances the one with fewer goals comes first, then the one with fewer home goals.
        """
        side = np.arange(self.max_goals + 1)
        home, away = np.meshgrid(side, side, indexing="ij")
        order = np.lexsort((home.ravel(), (home + away).ravel(), -self.grid.ravel()))[:n]
        return tuple(
            (int(home.flat[cell]), int(away.flat[cell]), float(self.grid.flat[cell])) for cell in order
        )

    def swapped(self) -> ScoreGrid:
        """The same match with the sides the other way round."""
        return ScoreGrid(_read_only(self.grid.T.copy()), self.away_goals, self.home_goals)


def score_grid(
    home_goals: float, away_goals: float, dependence: float = 0.0, *, max_goals: int | None = None
) -> ScoreGrid:
    """The score grid of two goal expectations.

    `home_goals` and `away_goals` are expected goals, more than 0. `dependence` is ρ of Dixon and Coles; it is
    held within the bounds that leave every chance at 0 or more for these expectations. The correction moves
    chance between 0-0, 1-0, 0-1 and 1-1 and leaves each side's own goals as they were.

    The grid reaches so far that the cut-off tail of a side is below `TAIL`, and to `max_goals` at least; each
    side's chances are then scaled to sum to 1. Raises BadInput for an expectation that is not a number of
    goals.
    """
    for goals in (home_goals, away_goals):
        if not 0.0 < goals <= MAX_RATE:
            raise BadInput(
                f"a goal expectation of {goals!r} is not between 0 and {MAX_RATE:g}; check the strengths."
            )
    size = max(_reach(max(home_goals, away_goals)), max_goals or 0, 1)
    grid = np.outer(goal_chances(home_goals, size), goal_chances(away_goals, size))
    low, high = dependence_bounds(home_goals, away_goals)
    grid[:2, :2] *= low_score_factors(home_goals, away_goals, min(max(dependence, low), high))
    return ScoreGrid(_read_only(grid), float(home_goals), float(away_goals))


def goal_chances(goals: float, max_goals: int) -> NDArray[np.float64]:
    """Poisson chances of 0 … `max_goals` goals, scaled to sum to 1."""
    steps = np.empty(max_goals + 1)
    steps[0] = math.exp(-goals)
    steps[1:] = goals / np.arange(1, max_goals + 1)
    chances = np.cumprod(steps)
    return np.asarray(chances / math.fsum(chances), dtype=np.float64)


def low_score_factors(home_goals: Rates, away_goals: Rates, dependence: Rates) -> NDArray[np.float64]:
    """Dixon and Coles' τ as a 2 × 2 array `[home_goals, away_goals]`; of arrays, `[home_goals, away_goals, match]`.

    With λ and μ the expectations of the home and the away side (Dixon and Coles 1997, equation 4.2):
    τ(0,0) = 1 − λμρ, τ(0,1) = 1 + λρ, τ(1,0) = 1 + μρ, τ(1,1) = 1 − ρ.
    """
    return np.array(
        [
            [1.0 - home_goals * away_goals * dependence, 1.0 + home_goals * dependence],
            [1.0 + away_goals * dependence, 1.0 - dependence],
        ]
    )


def dependence_bounds(home_goals: float, away_goals: float) -> tuple[float, float]:
    """Lowest and highest ρ for which no τ is negative."""
    return -1.0 / max(home_goals, away_goals), min(1.0, 1.0 / (home_goals * away_goals))


def _reach(goals: float) -> int:
    """The number of goals beyond which the Poisson tail is below `TAIL`."""
    term = math.exp(-goals)
    k = 0
    # past the mean, the tail after k is less than term(k+1) / (1 − goals / (k + 2))
    while k < goals or term * goals / (k + 1) / (1.0 - goals / (k + 2)) > TAIL:
        k += 1
        term *= goals / k
    return k


def _read_only(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    grid.setflags(write=False)
    return grid
