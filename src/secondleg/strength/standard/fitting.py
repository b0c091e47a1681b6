"""The fit of one competition: Newton's method on the penalised likelihood of its scores.

    log mean of home goals = level + home · ground + attack[home side] − defence[away side]
    log mean of away goals = level − home · ground + attack[away side] − defence[home side]

with `ground` ½ at home and 0 on neutral ground. The ridge is a normal prior on each attack and defence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import ForecastError
from secondleg.strength.standard.likelihood import SHAPES, Index, Pairs, Terms, Vector, log_likelihood, summed

__all__ = ["CompetitionFit", "Prior", "fit_pairs"]

MAX_STEPS: Final = 200
TOLERANCE: Final = 1e-5
"""Log likelihood that a step gains, at which it is the last: the next would gain about its square."""

START: Final = {"dependence": 0.0, "common": math.log(0.1), "dispersion": math.log(0.05)}
"""Where each parameter of shape starts, and the mean of its prior."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Spread of the normal priors; infinite where there is none.

    `club`: of attack and of defence. `dependence`: of ρ about 0. `shape`: of the logarithm of the dispersion or of the
    common goals about `START`.
    """

    club: float = math.inf
    dependence: float = math.inf
    shape: float = 1.0


@dataclass(frozen=True, eq=False)
class CompetitionFit:
    """What a competition's own matches say of its clubs, in log goals.

    `attack` and `defence` have one entry for each of `clubs`, `shape` one for each name in `shapes`: `dependence` is ρ,
    `common` log λ₃, `dispersion` log α. `value` is the penalised log likelihood, without the factorials of goals.
    """

    clubs: tuple[str, ...]
    attack: Vector
    defence: Vector
    matches: Index
    level: float
    home_advantage: float
    shapes: tuple[str, ...]
    shape: Vector
    value: float
    steps: int

    def shape_of(self, name: str) -> float | None:
        """A parameter of shape, None where the model has none of that name."""
        return float(self.shape[self.shapes.index(name)]) if name in self.shapes else None


@dataclass(frozen=True, eq=False)
class _Objective:
    """The penalised log likelihood of pairs, and its derivatives by all parameters."""

    pairs: Pairs
    clubs: int
    distribution: str
    dependence: str
    prior: Prior

    def terms(self, theta: Vector) -> Terms:
        pairs, n = self.pairs, self.clubs
        attack, defence = theta[2 : n + 2], theta[n + 2 : 2 * n + 2]
        advantage = theta[1] * pairs.ground
        home = theta[0] + advantage + attack[pairs.home] - defence[pairs.away]
        away = theta[0] - advantage + attack[pairs.away] - defence[pairs.home]
        return log_likelihood(pairs, home, away, self.distribution, self.dependence, theta[2 * n + 2 :])

    @cached_property
    def precision(self) -> Vector:
        """Of the priors, by parameter."""
        n, names = self.clubs, SHAPES[self.distribution, self.dependence]
        of_shape = [self.prior.dependence if name == "dependence" else self.prior.shape for name in names]
        return np.concatenate(([0.0, 0.0], np.full(2 * n, self.prior.club**-2), np.array(of_shape) ** -2.0))

    @cached_property
    def prior_mean(self) -> Vector:
        """Of the priors, by parameter."""
        names = SHAPES[self.distribution, self.dependence]
        return np.concatenate((np.zeros(2 * self.clubs + 2), [START[name] for name in names]))

    def value(self, theta: Vector, terms: Terms) -> float:
        return terms.value - 0.5 * float(self.precision @ (theta - self.prior_mean) ** 2)

    def gradient(self, theta: Vector, terms: Terms) -> Vector:
        pairs, n = self.pairs, self.clubs
        home, away = terms.home, terms.away
        out = np.empty(len(theta))
        out[0] = home.sum() + away.sum()
        out[1] = pairs.ground @ (home - away)
        out[2 : n + 2] = summed(pairs.home, home, n) + summed(pairs.away, away, n)
        out[n + 2 : 2 * n + 2] = -summed(pairs.away, home, n) - summed(pairs.home, away, n)
        out[2 * n + 2 :] = terms.shape
        return out - self.precision * (theta - self.prior_mean)

    def hessian(self, theta: Vector, terms: Terms) -> NDArray[np.float64]:
        pairs, n = self.pairs, self.clubs
        g, k = pairs.ground, len(terms.shape)
        h11, h12, h22 = terms.home_home, terms.home_away, terms.away_away
        out = np.zeros((len(theta), len(theta)))
        # [home side, away side]
        cell = pairs.home * n + pairs.away
        m11, m12, m22 = (np.bincount(cell, h, minlength=n * n).reshape(n, n) for h in (h11, h12, h22))
        both = m12 + m12.T
        scored = np.diag(m11.sum(axis=1) + m22.sum(axis=0)) + both
        conceded = np.diag(m11.sum(axis=0) + m22.sum(axis=1)) + both
        mixed = -m11 - m22.T - np.diag(both.sum(axis=1))
        a, d, s = slice(2, n + 2), slice(n + 2, 2 * n + 2), slice(2 * n + 2, 2 * n + 2 + k)
        out[a, a], out[d, d], out[a, d], out[d, a] = scored, conceded, mixed, mixed.T
        # rows of parameters that all pairs share: derivatives of η₁ and η₂ by it, times the pair's curvature
        rows = [(h11 + h12, h12 + h22), (g * (h11 - h12), g * (h12 - h22))]
        rows += [(terms.shape_home[i], terms.shape_away[i]) for i in range(k)]
        for i, (home, away) in zip([0, 1, *range(2 * n + 2, 2 * n + 2 + k)], rows, strict=True):
            out[i, a] = out[a, i] = summed(pairs.home, home, n) + summed(pairs.away, away, n)
            out[i, d] = out[d, i] = -summed(pairs.away, home, n) - summed(pairs.home, away, n)
            out[i, 0] = out[0, i] = home.sum() + away.sum()
            out[i, 1] = out[1, i] = g @ (home - away)
        out[s, s] = terms.shape_shape
        out[np.arange(len(theta)), np.arange(len(theta))] -= self.precision
        return out


def fit_pairs(
    pairs: Pairs, clubs: int, distribution: str, dependence: str, prior: Prior, start: Vector | None = None
) -> tuple[Vector, float, int]:
    """Where the penalised likelihood is highest: [level, home, attack…, defence…, shape…], its value, and steps.

    Attack and defence sum to 0 each; without a ridge only this tells them from the level. `start`: where to begin.
    """
    objective = _Objective(pairs, clubs, distribution, dependence, prior)
    theta = _first_guess(objective) if start is None else start
    terms = objective.terms(theta)
    value = objective.value(theta, terms)
    for step in range(MAX_STEPS):
        gradient = objective.gradient(theta, terms)
        move = _newton_step(objective.hessian(theta, terms), gradient, clubs)
        gain = float(gradient @ move)
        if not math.isfinite(gain):
            break
        if gain < 2 * TOLERANCE:
            return theta + move, value + gain / 2, step
        # no side's goals may be moved by more than a factor of e³ at once
        scale = min(1.0, 3.0 / float(np.abs(move).max()))
        while True:
            candidate = theta + scale * move
            new = objective.terms(candidate)
            new_value = objective.value(candidate, new)
            if new_value >= value + 1e-4 * scale * gain - 1e-12 * abs(value):
                break
            scale *= 0.5
            if scale < 1e-12:
                return theta, value, step
        theta, terms, value = candidate, new, new_value
    raise ForecastError(
        "a goal model could not be fitted to the matches of a competition; give it a ridge, or more matches."
    )


def _first_guess(objective: _Objective) -> Vector:
    """Each club at the logarithm of its goals by those of an average club in its matches, drawn a little to 0."""
    pairs, n = objective.pairs, objective.clubs
    goals, matches = float(pairs.home_goals.sum() + pairs.away_goals.sum()), float(pairs.weight.sum())
    mean = max(goals, 0.5) / (2 * matches)
    theta = objective.prior_mean.copy()
    theta[0] = math.log(mean)
    theta[1] = math.log((pairs.home_goals.sum() + 1) / (pairs.away_goals.sum() + 1))
    played = mean * (summed(pairs.home, pairs.weight, n) + summed(pairs.away, pairs.weight, n)) + 1
    scored = summed(pairs.home, pairs.home_goals, n) + summed(pairs.away, pairs.away_goals, n) + 1
    conceded = summed(pairs.home, pairs.away_goals, n) + summed(pairs.away, pairs.home_goals, n) + 1
    attack, defence = np.log(scored / played), np.log(played / conceded)
    theta[2 : n + 2], theta[n + 2 : 2 * n + 2] = attack - attack.mean(), defence - defence.mean()
    return theta


def _newton_step(hessian: NDArray[np.float64], gradient: Vector, clubs: int) -> Vector:
    """Solve −Hessian · step = gradient; the sums of attack and of defence are held, as is what no match determines."""
    system = -hessian
    diagonal = np.arange(len(gradient))
    size = float(np.abs(system[diagonal, diagonal]).mean())
    for block in (slice(2, clubs + 2), slice(clubs + 2, 2 * clubs + 2)):
        system[block, block] += size / clubs
    nudge = 1e-11 * size
    while True:
        system[diagonal, diagonal] += nudge
        step = np.asarray(np.linalg.solve(system, gradient), dtype=np.float64)
        # away from the maximum low scores may bend the likelihood the wrong way: then more of the gradient itself
        if float(gradient @ step) >= 0 or nudge > 1e6 * size:
            return step
        nudge *= 100
