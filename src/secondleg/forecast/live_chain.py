"""A match as a chain of scores through time: exact chances, from a score on and back from the end.

In a short step the home side scores at the rate share · home[h, a] and the away side at share · away[h, a], where h, a
is the score. With Q what this does to the chances in a step of share 1, a step of share s multiplies them by exp(s Q),
whatever it is made of. The power series is taken once for some twenty minutes, whose every minute is a polynomial in
the same powers of Q; what it leaves out is below `_SMALL`.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from secondleg.forecast.expectation import Vector

__all__ = ["Chain"]

_SMALL: Final = 1e-12
"""What the power series of a stretch may leave out."""

_STRETCH: Final = 2.0
"""The longest stretch of one series: bound of the norm of s Q, small enough that its terms do not cancel."""


class Chain:
    """Goals of both sides by score: `home[h, a]` and `away[h, a]` are expected in a match at that score throughout.

    Beyond the last row and column nobody scores: the arrays must reach far enough.
    """

    def __init__(self, home: Vector, away: Vector) -> None:
        self.home, self.away = home.copy(), away.copy()
        self.home[-1, :] = 0.0
        self.away[:, -1] = 0.0
        self._out = self.home + self.away
        self._norm = 2.0 * float(self._out.max())

    def forward(self, chances: Vector, share: Vector) -> Vector:
        """Chances of each score after all steps, from `chances[h, a]` before the first of `share[step]`."""
        total = float(share.sum())
        pieces = max(1, int(np.ceil(self._norm * total / _STRETCH)))
        chances = chances.copy()
        for _ in range(pieces):
            term = chances
            for order in range(1, self._orders(total / pieces) + 1):
                up, across = self.home * term, self.away * term
                term = -(self._out * term)
                term[1:] += up[:-1]
                term[:, 1:] += across[:, :-1]
                term *= total / pieces / order
                chances += term
        return chances

    def backward(self, values: Vector, share: Vector) -> Vector:
        """What is to be expected at each score before each step, and at the end: `[step, kind, h, a]`.

        `values[kind, h, a]` are the values of the scores after the last step.
        """
        out = np.empty((len(share) + 1, *values.shape))
        out[-1] = values
        end = len(share)
        while end:
            # from the end of the stretch back to the start of each of its steps
            back = np.cumsum(share[:end][::-1])
            steps = max(1, int(np.searchsorted(self._norm * back, _STRETCH, side="right")))
            back = back[:steps][::-1]
            powers = self._powers(out[end], self._orders(float(back[0])))
            weights = back[:, None] ** np.arange(len(powers))
            out[end - steps : end] = (weights @ powers.reshape(len(powers), -1)).reshape(steps, *values.shape)
            end -= steps
        return out

    def _powers(self, values: Vector, orders: int) -> Vector:
        """`[k, kind, h, a]`: Q to the power k on values, over k!."""
        out = np.empty((orders + 1, *values.shape))
        out[0] = values
        for order in range(1, orders + 1):
            term, new = out[order - 1], out[order]
            np.multiply(-self._out, term, out=new)
            new[:, :-1] += self.home[:-1] * term[:, 1:]
            new[:, :, :-1] += self.away[:, :-1] * term[:, :, 1:]
            new /= order
        return out

    def _orders(self, share: float) -> int:
        """Terms of the series that a stretch needs."""
        size, term, orders = share * self._norm, 1.0, 0
        while term > _SMALL:
            orders += 1
            term *= size / orders
        return orders
