"""Newton's method for the joint goal model: conjugate gradients, preconditioned league by league.

Clubs of one league meet each other and hardly anybody else, so the Hessian is nearly a block for each league
and a block for what all share. Solving these blocks exactly leaves few iterations for the matches between
leagues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from secondleg.errors import ForecastError
from secondleg.strength.objective import Objective, Vector

__all__ = ["BlockPreconditioner", "Minimum", "minimise"]

MAX_BLOCK: Final = 96
"""Clubs of the largest league solved as a block; larger ones (seen in cups alone) meet too rarely to pay."""

MAX_STEPS: Final = 60
"""Newton steps before giving up; a fit takes fewer than ten."""

FRESH_STEPS: Final = 4
"""Newton steps with a preconditioner of their own; later the expected goals hardly change."""

ROUGH: Final = 0.1
"""Accuracy of the first steps, as a share of the gradient: the quadratic model is itself off by more."""

FINE: Final = 1e-3
"""Accuracy of the steps after these, where the model is good."""

MAX_INNER: Final = 250
"""Conjugate-gradient iterations in one Newton step; they take 10 to 30."""

TOLERANCE: Final = 1e-10
"""Estimate of what is left to gain, in units of log likelihood, at which the minimum is reached."""


@dataclass(frozen=True, eq=False)
class Minimum:
    """Where the objective is lowest: parameters, value, Hessian diagonal of the clubs and what it took.

    `attack_curvature` and `defence_curvature` are the second derivatives of the objective by each club's
    attack and defence.
    """

    theta: Vector
    value: float
    gradient: Vector
    attack_curvature: Vector
    defence_curvature: Vector
    steps: int
    products: int


def minimise(objective: Objective, start: Vector) -> Minimum:
    """The minimum of `objective`, by inexact Newton steps from `start`.

    Raises ForecastError where it is not found, which can only be for numbers that are no goals.
    """
    theta = start
    products = 0
    value, gradient, expected = objective.value_gradient_rates(theta)
    for steps in range(MAX_STEPS):
        if not np.isfinite(value):
            break
        if steps < FRESH_STEPS:
            preconditioner = BlockPreconditioner(objective, expected)
        if 0.5 * float(gradient @ preconditioner.solve(gradient)) < TOLERANCE:
            attack, defence = club_curvature(objective, expected)
            return Minimum(theta, value, gradient, attack, defence, steps, products)
        accuracy = ROUGH if steps < FRESH_STEPS - 1 else FINE
        step, decrement, used = _solve(objective, expected, gradient, preconditioner, accuracy)
        products += used
        scale = 1.0
        while True:
            candidate = theta + scale * step
            new_value, new_gradient, new_expected = objective.value_gradient_rates(candidate)
            # the last term forgives rounding of a sum of this size
            if new_value <= value - 1e-4 * scale * decrement + 1e-12 * abs(value):
                break
            scale *= 0.5
            if scale < 1e-10:
                raise ForecastError(_UNFIT)
        theta, value, gradient, expected = candidate, new_value, new_gradient, new_expected
    raise ForecastError(_UNFIT)


_UNFIT: Final = (
    "the strengths could not be fitted to these matches; "
    "check that goals and weights are finite numbers of 0 or more."
)


class BlockPreconditioner:
    """Solves the Hessian with what ties clubs to other leagues, and clubs to shared parameters, left out.

    For the clubs of one league it is [[diag(α), −M], [−Mᵀ, diag(δ)]] with M[i, j] the expected goals of i
    against j; the attacks are eliminated, which leaves one matrix of the league's size to invert.
    """

    def __init__(self, objective: Objective, expected: Vector) -> None:
        design, layout = objective.design, objective.design.layout
        self._layout = layout
        self.attack, self.defence = club_curvature(objective, expected)
        self._shared = np.linalg.inv(_shared_curvature(objective, expected))

        sizes = np.bincount(design.league_of, minlength=layout.leagues)
        in_block = sizes <= MAX_BLOCK
        width = int(sizes[in_block].max(initial=0))
        order = np.argsort(design.league_of, kind="stable")
        first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        place = np.empty(layout.clubs, dtype=np.int64)
        place[order] = np.arange(layout.clubs) - first[design.league_of[order]]
        # a slot of the padded blocks for each club of a blocked league
        self._blocked = in_block[design.league_of]
        block_number = np.cumsum(in_block) - 1
        blocks = int(in_block.sum())
        slot = block_number[design.league_of] * width + place
        self._slot = slot[self._blocked]
        self._shape = (blocks, width)

        league = design.league_of
        inside = (league[design.scorer] == league[design.conceder]) & self._blocked[design.scorer]
        cell = slot[design.scorer[inside]] * width + place[design.conceder[inside]]
        self._met = np.bincount(cell, expected[inside], minlength=blocks * width * width).reshape(
            blocks, width, width
        )
        attack, defence = np.ones(blocks * width), np.ones(blocks * width)
        attack[self._slot], defence[self._slot] = self.attack[self._blocked], self.defence[self._blocked]
        self._block_attack = attack.reshape(self._shape)
        schur = -np.matmul(self._met.transpose(0, 2, 1), self._met / self._block_attack[:, :, None])
        schur[:, np.arange(width), np.arange(width)] += defence.reshape(self._shape)
        self._inverse = np.linalg.inv(schur)

    def solve(self, residual: Vector) -> Vector:
        """An approximate solution of Hessian · x = `residual`."""
        layout = self._layout
        out = np.empty(layout.size)
        shared = slice(0, layout.attack.start)
        out[shared] = self._shared @ residual[shared]
        attack, defence = residual[layout.attack] / self.attack, residual[layout.defence] / self.defence
        block_attack, block_defence = np.zeros(self._shape), np.zeros(self._shape)
        block_attack.ravel()[self._slot] = residual[layout.attack][self._blocked]
        block_defence.ravel()[self._slot] = residual[layout.defence][self._blocked]
        scaled = block_attack / self._block_attack
        met = np.matmul(scaled[:, None, :], self._met)[:, 0, :]
        solved = np.matmul(self._inverse, (block_defence + met)[:, :, None])[:, :, 0]
        scored = scaled + np.matmul(self._met, solved[:, :, None])[:, :, 0] / self._block_attack
        attack[self._blocked] = scored.ravel()[self._slot]
        defence[self._blocked] = solved.ravel()[self._slot]
        out[layout.attack], out[layout.defence] = attack, defence
        return out


def club_curvature(objective: Objective, expected: Vector) -> tuple[Vector, Vector]:
    """Second derivatives of the objective by each club's attack and by each club's defence."""
    design, layout, precision = objective.design, objective.design.layout, objective.precision
    attack = np.bincount(design.scorer, expected, minlength=layout.clubs) + precision[layout.attack]
    defence = np.bincount(design.conceder, expected, minlength=layout.clubs) + precision[layout.defence]
    return attack, defence


def _shared_curvature(objective: Objective, expected: Vector) -> Vector:
    """The Hessian of all parameters but the clubs' own, dense."""
    design, layout = objective.design, objective.design.layout
    settings, leagues = 3 * layout.competitions, layout.leagues
    by_scorer = design.league_of[design.scorer]
    by_conceder = design.league_of[design.conceder]
    crossing = by_scorer != by_conceder  # within one league its quality cancels
    scorer, conceder, cross = by_scorer[crossing], by_conceder[crossing], expected[crossing]

    setting = np.bincount(design.setting, expected, minlength=settings)
    place = design.setting[crossing] * leagues
    setting_league = (
        np.bincount(place + scorer, cross, minlength=settings * leagues)
        - np.bincount(place + conceder, cross, minlength=settings * leagues)
    ).reshape(settings, leagues)
    met = np.bincount(scorer * leagues + conceder, cross, minlength=leagues * leagues).reshape(
        leagues, leagues
    )
    league = -(met + met.T)
    league[np.arange(leagues), np.arange(leagues)] += met.sum(axis=0) + met.sum(axis=1)

    # how settings and league qualities depend on the parameters
    shared = layout.attack.start
    to_setting, to_league = np.zeros((settings, shared)), np.zeros((leagues, shared))
    rows = np.arange(settings)
    sign = np.tile([0.5, -0.5, 0.0], layout.competitions)
    to_setting[:, layout.level] = 1.0
    to_setting[:, layout.home] = sign
    to_setting[rows, layout.competition.start + rows // 3] = 1.0
    to_setting[rows, layout.home_region.start + design.region[rows // 3]] = sign
    rows = np.arange(leagues)
    to_league[:, layout.step] = -design.tier_below_top
    to_league[rows, layout.country.start + design.country_of] = 1.0
    to_league[rows, layout.league.start + rows] = 1.0

    mixed = to_setting.T @ (setting_league @ to_league)
    curvature: Vector = (
        to_setting.T @ (setting[:, None] * to_setting) + to_league.T @ (league @ to_league) + mixed + mixed.T
    )
    curvature[np.arange(shared), np.arange(shared)] += objective.precision[:shared]
    return curvature


def _solve(
    objective: Objective,
    expected: Vector,
    gradient: Vector,
    preconditioner: BlockPreconditioner,
    accuracy: float,
) -> tuple[Vector, float, int]:
    """The Newton step by conjugate gradients, its decrement (−gradient · step) and the products used."""
    residual = -gradient
    step = np.zeros_like(residual)
    search = conditioned = preconditioner.solve(residual)
    size = float(residual @ conditioned)
    enough = size * accuracy**2
    used = 0
    while used < MAX_INNER and size > enough and size > 0.0:
        product = objective.curvature(expected, search)
        used += 1
        length = size / float(search @ product)
        step = step + length * search
        residual = residual - length * product
        conditioned = preconditioner.solve(residual)
        size, previous = float(residual @ conditioned), size
        search = conditioned + (size / previous) * search
    return step, -float(gradient @ step), used
