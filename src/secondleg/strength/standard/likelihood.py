"""The log likelihood of scores and its first two derivatives, for each distribution and dependence of goals.

In a match of home side i and away side j the home goals x have log mean η₁ and the away goals y log mean η₂ (of a
bivariate Poisson: what is not common to both). Derivatives are by η₁, η₂ and the parameters of shape:

    poisson              x log λ − λ                                        (log x! is left out everywhere)
    negative-binomial    variance λ + αλ²; shape log α
    dixon-coles          four low scores times τ; shape ρ                   (Dixon and Coles 1997, equation 4.2)
    bivariate            both sides share goals with mean λ₃; shape log λ₃  (Karlis and Ntzoufras 2003)

All but the bivariate need only sums over the matches of a pair of clubs, so the matches are added up first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["DEPENDENCES", "DISTRIBUTIONS", "SHAPES", "Pairs", "Terms", "log_likelihood", "pairs_of", "summed"]

Vector = NDArray[np.float64]
Index = NDArray[np.int64]

DISTRIBUTIONS: Final = ("poisson", "negative-binomial")
DEPENDENCES: Final = ("none", "dixon-coles", "bivariate")

SHAPES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("poisson", "none"): (),
    ("poisson", "dixon-coles"): ("dependence",),
    ("poisson", "bivariate"): ("common",),
    ("negative-binomial", "none"): ("dispersion",),
    ("negative-binomial", "dixon-coles"): ("dispersion", "dependence"),
}
"""The parameters of shape of each combination that there is, in their order."""


@dataclass(frozen=True, eq=False)
class Pairs:
    """Weighted matches, added up: one entry for the matches of a home and an away side on one kind of ground.

    `ground` is ½ where the home side has its advantage, 0 on neutral ground. `weight`, `home_goals` and `away_goals`
    are sums over matches. `low[x, y, pair]` is the weight of the scores 0-0, 0-1, 1-0 and 1-1.
    `scored[goals]` is the weight of each number of goals of a side. Cells are the distinct scores of each pair:
    `cell_pair`, `cell_home`, `cell_away` and `cell_weight`; empty unless they are asked for.
    """

    home: Index
    away: Index
    ground: Vector
    weight: Vector
    home_goals: Vector
    away_goals: Vector
    low: Vector
    scored: Vector
    cell_pair: Index
    cell_home: Index
    cell_away: Index
    cell_weight: Vector


def pairs_of(
    home: Index,
    away: Index,
    neutral: NDArray[np.bool_],
    home_goals: Vector,
    away_goals: Vector,
    weight: Vector,
    clubs: int,
    *,
    cells: bool,
) -> Pairs:
    """Add weighted matches up; with `cells` by score too."""
    key = (neutral.astype(np.int64) * clubs + home) * clubs + away
    present = np.zeros(2 * clubs * clubs, dtype=bool)
    present[key] = True
    found = np.flatnonzero(present)
    place = np.cumsum(present) - 1
    pair = place[key]
    n = len(found)
    x, y = home_goals.astype(np.int64), away_goals.astype(np.int64)
    is_low = np.flatnonzero((x | y) < 2)
    low = summed((2 * x[is_low] + y[is_low]) * n + pair[is_low], weight[is_low], 4 * n)
    most = int(max(x.max(initial=0), y.max(initial=0)))
    scored = summed(x, weight, most + 1) + summed(y, weight, most + 1)
    cell = np.zeros(0, dtype=np.int64)
    cell_weight = np.zeros(0)
    wide = most + 1
    if cells:
        cell, of = np.unique((pair * wide + x) * wide + y, return_inverse=True)
        cell_weight = summed(of, weight, len(cell))
    return Pairs(
        home=found // clubs % clubs,
        away=found % clubs,
        ground=np.where(found >= clubs * clubs, 0.0, 0.5),
        weight=summed(pair, weight, n),
        home_goals=summed(pair, weight * x, n),
        away_goals=summed(pair, weight * y, n),
        low=low.reshape(2, 2, n),
        scored=scored,
        cell_pair=cell // (wide * wide),
        cell_home=cell // wide % wide,
        cell_away=cell % wide,
        cell_weight=cell_weight,
    )


@dataclass(eq=False)
class Terms:
    """A log likelihood and its derivatives, by pair: `home` is η₁, `away` η₂; `shape[k]` by the parameters of shape."""

    value: float
    home: Vector
    away: Vector
    home_home: Vector
    home_away: Vector
    away_away: Vector
    shape: Vector
    shape_home: Vector
    shape_away: Vector
    shape_shape: Vector


def summed(places: Index, values: Vector, size: int) -> Vector:
    """Sums of `values` by place."""
    return np.bincount(places, values, minlength=size).astype(np.float64, copy=False)


def log_likelihood(
    pairs: Pairs, home: Vector, away: Vector, distribution: str, dependence: str, shape: Vector
) -> Terms:
    """The log likelihood at log means `home` and `away` of each pair; −inf where a chance would not be above 0."""
    if dependence == "bivariate":
        return _bivariate(pairs, home, away, float(np.exp(shape[0])))
    alpha = float(np.exp(shape[0])) if distribution == "negative-binomial" else 0.0
    terms = _empty(len(home), len(shape))
    with np.errstate(over="ignore", invalid="ignore"):
        if alpha:
            _add_negative_binomial(terms, pairs, home, away, alpha)
        else:
            _add_poisson(terms, pairs, home, away)
        if dependence == "dixon-coles":
            _add_low_scores(terms, pairs, home, away, alpha, float(shape[-1]))
    return terms


def _empty(n: int, k: int) -> Terms:
    by_pair = np.zeros((5, n))
    return Terms(
        value=0.0,
        home=by_pair[0],
        away=by_pair[1],
        home_home=by_pair[2],
        home_away=by_pair[3],
        away_away=by_pair[4],
        shape=np.zeros(k),
        shape_home=np.zeros((k, n)),
        shape_away=np.zeros((k, n)),
        shape_shape=np.zeros((k, k)),
    )


def _add_poisson(terms: Terms, pairs: Pairs, home: Vector, away: Vector) -> None:
    expected, conceded = pairs.weight * np.exp(home), pairs.weight * np.exp(away)
    terms.value += float(pairs.home_goals @ home + pairs.away_goals @ away - expected.sum() - conceded.sum())
    terms.home += pairs.home_goals - expected
    terms.away += pairs.away_goals - conceded
    terms.home_home -= expected
    terms.away_away -= conceded


def _add_negative_binomial(terms: Terms, pairs: Pairs, home: Vector, away: Vector, alpha: float) -> None:
    """Goals with mean λ and variance λ + αλ²: Σ_{j<x} log(1 + αj) + x log λ − (x + 1/α) log(1 + αλ)."""
    # Σ over matches of Σ_{j<x}: the weight of sides that scored more than j
    steps = np.arange(len(pairs.scored) - 1.0)
    above = pairs.scored[::-1].cumsum()[::-1][1:]
    by_alpha = float(above @ (steps / (1 + alpha * steps)))
    twice = -float(above @ (steps / (1 + alpha * steps)) ** 2)
    terms.value += float(above @ np.log1p(alpha * steps))
    sides = (
        (home, pairs.home_goals, terms.home, terms.home_home, terms.shape_home),
        (away, pairs.away_goals, terms.away, terms.away_away, terms.shape_away),
    )
    for log_mean, goals, slope, bend, mixed in sides:
        mean, w = np.exp(log_mean), pairs.weight
        m = 1 + alpha * mean
        total = goals + w / alpha
        terms.value += float(goals @ log_mean - total @ np.log(m))
        slope += (goals - w * mean) / m
        bend -= mean * (w + alpha * goals) / m**2
        mixed[0] -= alpha * (goals - w * mean) * mean / m**2
        by_alpha += float(w @ np.log(m) / alpha**2 - total @ (mean / m))
        twice += float(total @ (mean / m) ** 2 + w @ (2 * mean / (m * alpha**2) - 2 * np.log(m) / alpha**3))
    terms.shape[0] += alpha * by_alpha
    terms.shape_shape[0, 0] += alpha**2 * twice + alpha * by_alpha


def _add_low_scores(terms: Terms, pairs: Pairs, home: Vector, away: Vector, alpha: float, rho: float) -> None:
    """τ of the four low scores, with a = P(1)/P(0) of a side for λ: the same for Poisson goals, and for others what
    keeps each side's own goals as they are: τ(0,0) = 1 − abρ, τ(0,1) = 1 + aρ, τ(1,0) = 1 + bρ, τ(1,1) = 1 − ρ.
    """
    a, b = np.exp(home), np.exp(away)
    if alpha:
        a, b = a / (1 + alpha * a), b / (1 + alpha * b)
    none, second, first, draws = (
        pairs.low[0, 0],
        pairs.low[0, 1],
        pairs.low[1, 0],
        float(pairs.low[1, 1].sum()),
    )
    product = a * b
    tau_none, tau_second, tau_first = 1 - product * rho, 1 + a * rho, 1 + b * rho
    for tau, weight in ((tau_none, none), (tau_second, second), (tau_first, first)):
        if tau.min(initial=1.0) <= 0:
            if (weight[tau <= 0] > 0).any():
                terms.value = -np.inf
                return
            # a score that a pair never had
            tau[tau <= 0] = 1.0
    if rho >= 1 and draws:
        terms.value = -np.inf
        return
    terms.value += float(none @ np.log(tau_none) + second @ np.log(tau_second) + first @ np.log(tau_first))
    terms.value += draws * float(np.log1p(-rho)) if draws else 0.0
    # weight · factor / τ and the same once more over τ, where τ = 1 + factor · ρ
    none_1, second_1, first_1 = -none * product / tau_none, second * a / tau_second, first * b / tau_first
    none_2, second_2, first_2 = none_1 / tau_none, second_1 / tau_second, first_1 / tau_first
    terms.shape[-1] += float(none_1.sum() + second_1.sum() + first_1.sum()) - draws / (1 - rho)
    twice = float(second_2 @ a + first_2 @ b - none_2 @ product) + draws / (1 - rho) ** 2
    terms.shape_shape[-1, -1] -= twice
    # derivatives by u = log a and v = log b
    u, v = rho * (none_1 + second_1), rho * (none_1 + first_1)
    uu, uv, vv = rho * (none_2 + second_2), rho * none_2, rho * (none_2 + first_2)
    u_rho, v_rho = none_2 + second_2, none_2 + first_2
    if not alpha:
        terms.home += u
        terms.away += v
        terms.home_home += uu
        terms.away_away += vv
        terms.home_away += uv
        terms.shape_home[-1] += u_rho
        terms.shape_away[-1] += v_rho
        return
    # u as a function of η and δ = log α: u = η − log(1 + α exp η), so du/dη = h, du/dδ = h − 1 = d,
    # d²u/dη² = d²u/dηdδ = hd and d²u/dδ² = hd
    h, g = 1 - alpha * a, 1 - alpha * b
    d, e = h - 1, g - 1
    terms.home += u * h
    terms.away += v * g
    terms.home_home += uu * h**2 + u * h * d
    terms.away_away += vv * g**2 + v * g * e
    terms.home_away += uv * h * g
    terms.shape_home[-1] += u_rho * h
    terms.shape_away[-1] += v_rho * g
    terms.shape[0] += float((u * d + v * e).sum())
    terms.shape_shape[0, 0] += float((uu * d**2 + 2 * uv * d * e + vv * e**2 + u * d * h + v * e * g).sum())
    terms.shape_home[0] += uu * h * d + uv * h * e + u * h * d
    terms.shape_away[0] += vv * g * e + uv * g * d + v * g * e
    mixed = float((u_rho * d + v_rho * e).sum())
    terms.shape_shape[0, -1] += mixed
    terms.shape_shape[-1, 0] += mixed


def _bivariate(pairs: Pairs, home: Vector, away: Vector, common: float) -> Terms:
    """Goals X₁ + X₃ and X₂ + X₃ of Poisson X with means λ₁, λ₂ and λ₃.

    The chance P(x, y) has ∂P/∂λ₁ = P(x−1, y) − P(x, y), and so on for the others: derivatives are differences of P.
    """
    one, other = np.exp(home), np.exp(away)
    most = int(max(pairs.cell_home.max(initial=0), pairs.cell_away.max(initial=0)))
    goals = np.arange(1, most + 1)
    powers = [_powers(mean, goals)[pairs.cell_pair] for mean in (one, other)]
    shared = _powers(np.array([common]), goals)[0]
    x, y, w = pairs.cell_home, pairs.cell_away, pairs.cell_weight
    place = np.arange(len(x))

    def chance(back: int, forth: int) -> Vector:
        total = np.zeros(len(x))
        for k in range(int(np.minimum(x - back, y - forth).max(initial=-1)) + 1):
            i, j = x - back - k, y - forth - k
            inside = (i >= 0) & (j >= 0)
            total += np.where(
                inside,
                powers[0][place, np.maximum(i, 0)] * powers[1][place, np.maximum(j, 0)] * shared[k],
                0.0,
            )
        return total

    here = chance(0, 0)
    q = {
        (a, b): chance(a, b) / here
        for a, b in ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (2, 2))
    }
    first = (q[1, 0] - 1, q[0, 1] - 1, q[1, 1] - 1)
    second = {
        (0, 0): q[2, 0] - 2 * q[1, 0] + 1,
        (1, 1): q[0, 2] - 2 * q[0, 1] + 1,
        (2, 2): q[2, 2] - 2 * q[1, 1] + 1,
        (0, 1): q[1, 1] - q[1, 0] - q[0, 1] + 1,
        (0, 2): q[2, 1] - q[1, 0] - q[1, 1] + 1,
        (1, 2): q[1, 2] - q[0, 1] - q[1, 1] + 1,
    }
    mean = (one[pairs.cell_pair], other[pairs.cell_pair], np.full(len(x), common))

    def by_pair(values: Vector) -> Vector:
        return summed(pairs.cell_pair, w * values, len(home))

    def bend(i: int, j: int) -> Vector:
        curved = mean[i] * mean[j] * (second[i, j] - first[i] * first[j])
        return by_pair(curved + mean[i] * first[i] if i == j else curved)

    value = float(w @ np.log(here)) - float(pairs.weight @ (one + other + common))
    return Terms(
        value=value,
        home=by_pair(mean[0] * first[0]),
        away=by_pair(mean[1] * first[1]),
        home_home=bend(0, 0),
        home_away=bend(0, 1),
        away_away=bend(1, 1),
        shape=np.array([by_pair(mean[2] * first[2]).sum()]),
        shape_home=bend(0, 2)[None],
        shape_away=bend(1, 2)[None],
        shape_shape=np.array([[bend(2, 2).sum()]]),
    )


def _powers(mean: Vector, goals: Index) -> Vector:
    """λ^g / g! for g from 0: `[entry, g]`."""
    steps = np.ones((len(mean), len(goals) + 1))
    steps[:, 1:] = mean[:, None] / goals
    return np.asarray(np.cumprod(steps, axis=1), dtype=np.float64)
