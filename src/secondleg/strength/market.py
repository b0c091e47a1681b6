"""What bookmakers' odds say: from decimal odds to chances, without the margin, and a model that forecasts by them.

With rᵢ = 1 / oddsᵢ, n outcomes and the margin M = Σ rᵢ − 1, every method gives chances pᵢ that sum to 1:

    multiplicative   pᵢ = rᵢ / Σ r
    additive         pᵢ = rᵢ − M / n
    margin-weights   1 / pᵢ = n · oddsᵢ / (n − M · oddsᵢ): differential margin weighting (Buchdahl 2015, The Wisdom of
                     the Crowd), with margins in proportion to the odds; algebra makes it the additive method
    power            pᵢ = rᵢᵏ (Clarke, Kovalchik and Ingram 2017)
    odds-ratio       rᵢ (1 − pᵢ) / (pᵢ (1 − rᵢ)) = c of all outcomes (Cheung 2015)
    shin             pᵢ = (√(z² + 4 (1 − z) rᵢ² / Σ r) − z) / (2 (1 − z)), z the share of money that knows the outcome
                     (Shin 1993; Štrumbelj 2014)

The odds of an archive come with the results of their matches: a back-test can set them beside a model, a forecast of a
match to come cannot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.contract import Predictions

if TYPE_CHECKING:
    from secondleg.archive.view import View
    from secondleg.strength.contract import Fitted
    from secondleg.strength.data import TrainingSet

__all__ = ["METHODS", "PREFERRED", "MarketModel", "MatchOdds", "chances", "margin", "shin_share"]

Chances = NDArray[np.float64]
"""`[match, outcome]`, as the odds that they are made from."""

_HALVINGS: Final = 60
"""Of the interval that a method's one parameter is in: more than a double has digits."""


def chances(odds: Chances, method: str = "power") -> Chances:
    """The chances that decimal `odds[match, outcome]` stand for; each row sums to 1.

    Where the additive method leaves a long shot less than nothing, it gets 0 and the rest is scaled. Shin's method
    knows no z for odds without a margin and is the multiplicative one there.

    Raises:
        BadInput: odds of 1 or less, or a method that there is not.
    """
    if method not in METHODS:
        raise BadInput(f"there is no method {method!r} for odds. Choose one of {', '.join(METHODS)}.")
    inverse = 1.0 / _checked(odds)
    told = np.maximum(METHODS[method](inverse), 0.0)
    return np.asarray(told / told.sum(axis=1, keepdims=True), dtype=np.float64)


def margin(odds: Chances) -> NDArray[np.float64]:
    """The bookmaker's margin of each match: what the inverse odds are above 1 together."""
    return np.asarray((1.0 / _checked(odds)).sum(axis=1) - 1.0)


def shin_share(odds: Chances) -> NDArray[np.float64]:
    """Shin's z of each match: the share of the money staked by those who know the outcome; 0 without a margin."""
    return _shin_z(1.0 / _checked(odds))


def _checked(odds: Chances) -> Chances:
    table = np.asarray(odds, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] < 2:
        raise BadInput("odds are a table of matches by outcomes, such as [[2.1, 3.4, 3.8]].")
    wrong = ~(np.isfinite(table) & (table > 1.0))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise BadInput(
            f"decimal odds are above 1; outcome {column + 1} of match {row + 1} has {table[row, column]!r}. "
            "Give what a stake of 1 pays back, such as 2.5, and leave matches without odds out."
        )
    return table


def _multiplicative(inverse: Chances) -> Chances:
    return np.asarray(inverse / inverse.sum(axis=1, keepdims=True))


def _additive(inverse: Chances) -> Chances:
    return np.asarray(inverse - (inverse.sum(axis=1, keepdims=True) - 1.0) / inverse.shape[1])


def _margin_weights(inverse: Chances) -> Chances:
    n, over = inverse.shape[1], inverse.sum(axis=1, keepdims=True) - 1.0
    return np.asarray((n - over / inverse) * inverse / n)


def _power(inverse: Chances) -> Chances:
    log = np.log(inverse)
    # the chances sum to n at 0 and fall with k: halve in k / (1 + k), which reaches every k
    share = _root(lambda s: np.exp((s / (1 - s))[:, None] * log).sum(axis=1), len(inverse), 0.0, 1.0)
    return np.asarray(np.exp((share / (1 - share))[:, None] * log))


def _odds_ratio(inverse: Chances) -> Chances:
    def by_ratio(share: NDArray[np.float64]) -> Chances:
        c = (share / (1 - share))[:, None]
        return np.asarray(inverse / (c + inverse - c * inverse))

    return by_ratio(_root(lambda s: by_ratio(s).sum(axis=1), len(inverse), 0.0, 1.0))


def _shin(inverse: Chances) -> Chances:
    z = _shin_z(inverse)
    told = _by_shin(inverse, z)
    return np.where((z > 0)[:, None], told, _multiplicative(inverse))


def _shin_z(inverse: Chances) -> NDArray[np.float64]:
    z = _root(lambda share: _by_shin(inverse, share).sum(axis=1), len(inverse), 0.0, 1.0)
    return np.where(inverse.sum(axis=1) > 1.0, z, 0.0)


def _by_shin(inverse: Chances, z: NDArray[np.float64]) -> Chances:
    share = z[:, None]
    booked = inverse.sum(axis=1, keepdims=True)
    # the same as in the head of this module, in a form that does not lose its digits as z nears 1
    root = np.sqrt(share**2 + 4 * (1 - share) * inverse**2 / booked)
    return np.asarray(2 * inverse**2 / booked / (root + share))


def _root(
    total: Callable[[NDArray[np.float64]], NDArray[np.float64]], n: int, least: float, most: float
) -> NDArray[np.float64]:
    """Where `total`, which falls, is 1, between `least` and `most`, of each of `n` matches."""
    low, high = np.full(n, least), np.full(n, most)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = total(middle) > 1.0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.asarray((low + high) / 2)


METHODS: Final[dict[str, Callable[[Chances], Chances]]] = {
    "power": _power,
    "shin": _shin,
    "multiplicative": _multiplicative,
    "additive": _additive,
    "odds-ratio": _odds_ratio,
    "margin-weights": _margin_weights,
}
"""Each method as a function of inverse odds."""


PREFERRED: Final = (
    "pinnacle closing",
    "market-average closing",
    "pinnacle",
    "market-average",
    "betbrain-average",
    "bet365",
    "william-hill",
    "interwetten",
)
"""Whose odds are taken, the first that there are: closing odds know most, Pinnacle's margin is the least."""

_ODDS: Final = """
SELECT r.date, r.home, r.away, o.home AS home_odds, o.draw AS draw_odds, o.away AS away_odds,
       o.bookmaker || CASE WHEN o.closing THEN ' closing' ELSE '' END AS told_by
FROM odds o JOIN result r ON r.id = o.match
WHERE o.market = '1x2' AND o.home > 1 AND o.draw > 1 AND o.away > 1 AND r.date >= $since
      AND list_contains($preferred, told_by)
QUALIFY row_number() OVER (PARTITION BY o.match ORDER BY list_position($preferred, told_by), o.source, o.document,
                           o.line) = 1
ORDER BY r.date, r.home, r.away
"""


@dataclass(frozen=True, eq=False)
class MatchOdds:
    """The odds of matches, one row a match: `odds[match, result]` of home win, draw and away win.

    `told_by` is whose they are, such as `pinnacle closing`. Matches go by their day and clubs.
    """

    date: NDArray[np.datetime64]
    home: tuple[str, ...]
    away: tuple[str, ...]
    odds: Chances = field(repr=False)
    told_by: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not len(self.date) == len(self.home) == len(self.away) == len(self.odds) == len(self.told_by):
            raise BadInput("the columns of odds differ in length; give one entry a match in each.")

    def __len__(self) -> int:
        return len(self.date)

    @classmethod
    def from_view(
        cls, view: View, *, since: dt.date = dt.date(1990, 1, 1), preferred: tuple[str, ...] = PREFERRED
    ) -> MatchOdds:
        """The odds of the matches of `view` from `since` on: of each the first of `preferred` that there are."""
        found = view.columns(_ODDS, since=since, preferred=list(preferred))
        return cls(
            date=np.asarray(found["date"]).astype("datetime64[D]"),
            home=tuple(found["home"].tolist()),
            away=tuple(found["away"].tolist()),
            odds=np.stack([found[f"{side}_odds"] for side in ("home", "draw", "away")], axis=1).astype(
                np.float64
            ),
            told_by=tuple(found["told_by"].tolist()),
        )

    @cached_property
    def _place(self) -> dict[tuple[object, str, str], int]:
        days = self.date.astype("datetime64[D]").tolist()
        return {key: place for place, key in enumerate(zip(days, self.home, self.away, strict=True))}

    def places(self, training: TrainingSet, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the odds of the matches `rows` of `training` are, −1 for those without."""
        days = training.date[rows].astype("datetime64[D]").tolist()
        return np.array(
            [
                self._place.get(
                    (day, training.clubs[training.home[row]], training.clubs[training.away[row]]), -1
                )
                for day, row in zip(days, rows, strict=True)
            ],
            dtype=np.int64,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketModel:
    """Forecasts by bookmakers' odds: results alone, of the matches that there are odds of.

    It learns nothing and so cannot be fitted; its odds are the market's word shortly before the match.
    """

    alias: ClassVar[str] = "market"

    odds: MatchOdds | None = None
    method: str = "power"

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise BadInput(
                f"there is no method {self.method!r} for odds. Choose one of {', '.join(METHODS)}."
            )

    def fit(self, training: TrainingSet, as_of: dt.date) -> Fitted:
        """Raise ForecastError: odds are of one match each."""
        raise ForecastError(
            "the market model cannot be fitted: odds are of single matches, and come with their results. "
            "Use another model, or set the market beside one in a back-test."
        )

    def predict(self, training: TrainingSet, rows: NDArray[np.int64]) -> Predictions:
        """The chances of the matches `rows` of `training`; those without odds are not known."""
        if self.odds is None:
            raise BadInput(
                "the market model needs odds. Give it some: MarketModel(odds=MatchOdds.from_view(view))."
            )
        place = self.odds.places(training, rows)
        known = place >= 0
        results = np.full((len(rows), 3), np.nan)
        if known.any():
            results[known] = chances(self.odds.odds[place[known]], self.method)
        return Predictions(rows, known, results, np.full(len(rows), np.nan), np.full(len(rows), np.nan))
