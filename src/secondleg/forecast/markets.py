"""What is told, and bet on, of a match, for many matches at once: all of it sums over score grids.

    markets = Markets(grids)                    # grids[match, home_goals, away_goals], each summing to 1
    markets.results, markets.both_score, markets.totals((2.5, 3.0)), markets.handicap((-0.5, 0.25))

Lines are settled as bookmakers do: a whole line that is hit exactly is a push, and a quarter line is half a stake on
each of the lines beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput

__all__ = ["Markets"]

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Markets:
    """The markets of n matches, each an array with one entry (or row) a match.

    `grids[match, home_goals, away_goals]` are the chances of scores, the market of correct scores.
    """

    grids: Vector = field(repr=False)

    def __post_init__(self) -> None:
        if self.grids.ndim != 3 or self.grids.shape[1] != self.grids.shape[2]:
            raise BadInput("markets are of square grids [match, home_goals, away_goals]; give one a match.")

    def __len__(self) -> int:
        return len(self.grids)

    @property
    def max_goals(self) -> int:
        """The most goals of one side that the grids hold."""
        return int(self.grids.shape[1]) - 1

    @cached_property
    def goal_totals(self) -> Vector:
        """Chance of each number of goals of both sides together: `[match, goals]`."""
        return _diagonals(self.grids)

    @cached_property
    def margins(self) -> Vector:
        """Chance of each margin of the home side: `[match, margin + max_goals]`."""
        return _diagonals(self.grids[:, :, ::-1])

    @cached_property
    def side_goals(self) -> tuple[Vector, Vector]:
        """Chance of each number of goals of the home and of the away side: `[match, goals]`."""
        return self.grids.sum(axis=2), self.grids.sum(axis=1)

    @cached_property
    def results(self) -> Vector:
        """Home win, draw and away win: `[match, result]`."""
        n = self.max_goals
        away, draw, home = (
            self.margins[:, :n].sum(axis=1),
            self.margins[:, n],
            self.margins[:, n + 1 :].sum(axis=1),
        )
        return np.stack((home, draw, away), axis=1)

    @cached_property
    def double_chance(self) -> Vector:
        """Home win or draw, away win or draw, either side wins: `[match, which]`."""
        home, draw, away = self.results.T
        return np.stack((home + draw, away + draw, home + away), axis=1)

    @cached_property
    def draw_no_bet(self) -> Vector:
        """Chance of the home and of the away side to win if somebody does: `[match, side]`; NaN where nobody can."""
        decided = 1.0 - self.results[:, 1:2]
        nobody = np.full((len(self), 2), np.nan)
        return np.asarray(np.divide(self.results[:, ::2], decided, out=nobody, where=decided > 0.0))

    @cached_property
    def both_score(self) -> Vector:
        """Chance that each side scores."""
        return np.asarray(1.0 - self.clean_sheet.sum(axis=1) + self.grids[:, 0, 0])

    @cached_property
    def clean_sheet(self) -> Vector:
        """Chance that the home side, that the away side concedes nothing: `[match, side]`."""
        home, away = self.side_goals
        return np.stack((away[:, 0], home[:, 0]), axis=1)

    @cached_property
    def win_to_nil(self) -> Vector:
        """Chance of the home, of the away side to win without conceding: `[match, side]`."""
        return self.clean_sheet - self.grids[:, 0, 0, None]

    @cached_property
    def expected_points(self) -> Vector:
        """Points to expect of the home and the away side, three for a win: `[match, side]`."""
        home, draw, away = self.results.T
        return np.stack((3 * home + draw, 3 * away + draw), axis=1)

    def correct_score(self, home: int, away: int) -> Vector:
        """Chance of exactly this score; 0 beyond the grids."""
        if home < 0 or away < 0:
            raise BadInput(f"{home}-{away} is no score; give goals of 0 or more.")
        if max(home, away) > self.max_goals:
            return np.zeros(len(self))
        return self.grids[:, home, away]

    def totals(self, lines: Sequence[float]) -> Vector:
        """Goals of both sides over, on and under each line: `[match, line, (over, push, under)]`."""
        return _settled(self.goal_totals, np.arange(2 * self.max_goals + 1.0), lines)

    def side_totals(self, lines: Sequence[float]) -> tuple[Vector, Vector]:
        """The same of the home side's goals, and of the away side's."""
        home, away = self.side_goals
        goals = np.arange(self.max_goals + 1.0)
        return _settled(home, goals, lines), _settled(away, goals, lines)

    def handicap(self, lines: Sequence[float]) -> Vector:
        """The Asian handicap: the home side's goals and a line against the away side's goals.

        `[match, line, (home side wins, push, away side wins)]`. A line of −0.5 asks for a win; the away side's own
        handicap is the line with its sign turned.
        """
        margin = np.arange(-self.max_goals, self.max_goals + 1.0)
        return _settled(self.margins, margin, [-line for line in lines])


def _diagonals(grids: Vector) -> Vector:
    """Sums over each diagonal from the lower left to the upper right: `[match, row + column]`."""
    n, size, _ = grids.shape
    # rows one entry longer than their sums are wide: read on from row to row, each is moved one place to the right
    skewed = np.zeros((n, size, 2 * size))
    skewed[:, :, :size] = grids
    rows = skewed.reshape(n, -1)[:, : size * (2 * size - 1)].reshape(n, size, 2 * size - 1)
    return np.asarray(rows.sum(axis=1))


def _settled(chances: Vector, values: Vector, lines: Sequence[float]) -> Vector:
    """`[match, line, (above, on, below)]` of chances of rising whole `values`, quarter lines as two halves."""
    asked = np.asarray(lines, dtype=np.float64)
    if asked.ndim != 1 or not np.isfinite(asked).all() or (np.rint(asked * 4) != asked * 4).any():
        raise BadInput(f"a line is a number of quarters, such as 2.5 or 2.25; {list(lines)!r} has others.")
    sums = np.concatenate((np.zeros((len(chances), 1)), np.cumsum(chances, axis=1)), axis=1)
    quarter = np.rint(asked * 4).astype(np.int64) % 2 == 1
    parts = []
    for beside in (-0.25, 0.25):
        line = np.where(quarter, asked + beside, asked)
        below = sums[:, np.searchsorted(values, line, side="left")]
        up_to = sums[:, np.searchsorted(values, line, side="right")]
        parts.append(np.stack((sums[:, -1:] - up_to, up_to - below, below), axis=2))
    return np.asarray((parts[0] + parts[1]) / 2)
