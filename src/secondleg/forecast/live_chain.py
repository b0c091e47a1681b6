"""A match as a chain of scores through time: exact chances, minute by minute, from a score on and back from the end.

In a short step the home side scores at the rate share · home[h, a] and the away side at share · away[h, a], where h, a
is the score. With Q what this does to the chances in a step of share 1, a step of share s multiplies them by
exp(s Q). Its power series is taken to where the rest is below `_SMALL`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondleg.forecast.expectation import Vector

__all__ = ["Chain"]

_SMALL: Final = 1e-9
"""What the power series of a step may leave out."""


class Chain:
    """Goals of both sides by score: `home[h, a]` and `away[h, a]` are expected in a match at that score throughout.

    Beyond the last row and column nobody scores: the arrays must reach far enough.
    """

    def __init__(self, home: Vector, away: Vector) -> None:
        self.home, self.away = home.copy(), away.copy()
        self.home[-1, :] = 0.0
        self.away[:, -1] = 0.0
        self._out = self.home + self.away
        self._fastest = float(self._out.max())
        self._known: dict[float, int] = {}

    def forward(self, chances: Vector, share: Vector) -> Vector:
        """Chances of each score after all steps, from `chances[h, a]` before the first of `share[step]`."""
        chances = chances.copy()
        for each in share.tolist():
            term = chances
            for order in range(1, self._orders(each) + 1):
                up, across = self.home * term, self.away * term
                term = -(self._out * term)
                term[1:] += up[:-1]
                term[:, 1:] += across[:, :-1]
                term *= each / order
                chances += term
        return chances

    def backward(self, values: Vector, share: Vector) -> Vector:
        """What is to be expected at each score before each step, and at the end: `[step, kind, h, a]`.

        `values[kind, h, a]` are the values of the scores after the last step.
        """
        out = np.empty((len(share) + 1, *values.shape))
        out[-1] = values
        term, new, part = (np.empty_like(values) for _ in range(3))
        home, away, minus = self.home[:-1], np.ascontiguousarray(self.away[:, :-1]), -self._out
        for step in range(len(share) - 1, -1, -1):
            each = float(share[step])
            last = out[step]
            last[:] = term[:] = out[step + 1]
            for order in range(1, self._orders(each) + 1):
                np.multiply(minus, term, out=new)
                new[:, :-1] += np.multiply(home, term[:, 1:], out=part[:, :-1])
                new[:, :, :-1] += np.multiply(away, term[:, :, 1:], out=part[:, :, :-1])
                new *= each / order
                last += new
                term, new = new, term
        return out

    def _orders(self, share: float) -> int:
        """Terms of the series that a step needs."""
        if share not in self._known:
            size, term, orders = 2.0 * share * self._fastest, 1.0, 0
            while term > _SMALL:
                orders += 1
                term *= size / orders
            self._known[share] = orders
        return self._known[share]
