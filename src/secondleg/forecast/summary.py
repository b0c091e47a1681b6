"""What the results of a back-test come to: means with standard errors, paired differences, parts, calibration.

Everything here is plain numbers under named keys, ready for JSON; the desk writes it out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput
from secondleg.football.stage import is_qualifying
from secondleg.forecast.backtest import score
from secondleg.forecast.calibration import calibration_curve, decomposition
from secondleg.forecast.evaluation import binary_log_loss, brier, difference, mean_of, result_of
from secondleg.forecast.results import Results
from secondleg.forecast.tie_backtest import AFTER, BEFORE

__all__ = ["MEASURES", "TIE_MEASURES", "summary"]

Vector = NDArray[np.float64]
Scores = Mapping[str, Mapping[str, Vector]]

MEASURES: Final = ("rps", "ll", "score_ll")
TIE_MEASURES: Final = ("ll", "brier")
_WHEN: Final = {"before": BEFORE, "after": AFTER}
_LONG_ODDS: Final = (0.0, 0.1, 1.0)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def summary(results: Results, against: Sequence[str] = ()) -> dict[str, Any]:
    """The results in numbers.

    `models` has the means of each forecaster over the matches that it forecast; `pairs` sets each beside each of
    `against` (without any: every other beside the first) on the matches that both forecast; `parts` has the means by
    competition, season, month and for matches of promoted clubs; `calibration` what was said and seen of all three
    results together; `ties` the same of going through. Raises BadInput where nothing was forecast.
    """
    names = tuple(results.forecasts)
    if not names and not results.tie_chances:
        raise BadInput("there is no forecaster. Name a model, or a file of saved results with --with.")
    unknown = [name for name in against if name not in names and name not in results.tie_chances]
    if unknown:
        raise BadInput(f"{unknown[0]} is not among the forecasters {', '.join(names)}; choose one of them.")
    scores = {name: score(forecasts, results.sample) for name, forecasts in results.forecasts.items()}
    return {
        "matches": len(results.sample),
        "models": [_means(name, scores[name]) for name in names],
        "pairs": [
            {"model": one, "against": other, **_pair(scores[one], scores[other], MEASURES)}
            for one, other in _pairs(names, against)
        ],
        "parts": _parts(results, scores),
        "calibration": {name: _calibration(results, name) for name in names},
        "ties": _ties(results, against),
    }


def _means(name: str, scores: Mapping[str, Vector]) -> dict[str, Any]:
    return {"model": name, **{measure: mean_of(scores[measure]).to_dict() for measure in MEASURES}}


def _pairs(names: Sequence[str], against: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Each forecaster with each of `against` but itself, no pair twice."""
    seen: set[frozenset[str]] = set()
    for other in [name for name in against if name in names] or names[:1]:
        for one in names:
            pair = frozenset((one, other))
            if one != other and pair not in seen:
                seen.add(pair)
                yield one, other


def _pair(
    one: Mapping[str, Vector], other: Mapping[str, Vector], measures: Sequence[str]
) -> dict[str, dict[str, Any]]:
    found = {}
    for measure in measures:
        both = np.isfinite(one[measure]) & np.isfinite(other[measure])
        apart = difference(one[measure][both], other[measure][both])
        found[measure] = {
            "model": _number(mean_of(one[measure][both]).mean),
            "against": _number(mean_of(other[measure][both]).mean),
            "difference": _number(apart.mean),
            "error": _number(apart.error),
            "n": apart.n,
        }
    return found


def _parts(results: Results, scores: Scores) -> dict[str, list[dict[str, Any]]]:
    sample = results.sample
    month = sample.date.astype("datetime64[M]").astype(np.int64) % 12
    promoted = np.where(sample.promoted, "promoted", "others")
    by: dict[str, tuple[NDArray[Any], list[Any]]] = {
        "competition": (sample.competition, sorted(set(sample.competition.tolist()))),
        "season": (sample.season, sorted(set(sample.season.tolist()))),
        # as a season goes: from July to June
        "month": (month, sorted(set(month.tolist()), key=lambda number: (number - 6) % 12)),
        "promoted": (
            np.where(sample.league, promoted, "").astype(np.object_),
            ["promoted", "others"] if sample.league.any() else [],
        ),
    }
    return {
        kind: [
            {
                "part": _MONTHS[value] if kind == "month" else value,
                "matches": int((of == value).sum()),
                "models": [
                    {
                        "model": name,
                        **{m: mean_of(by_measure[m][of == value]).to_dict() for m in MEASURES},
                    }
                    for name, by_measure in scores.items()
                ],
            }
            for value in values
        ]
        for kind, (of, values) in by.items()
    }


def _calibration(results: Results, name: str) -> dict[str, Any]:
    """Of the chances of all three results of each match together."""
    chances = results.forecasts[name].results
    happened = np.eye(3, dtype=np.bool_)[result_of(results.sample.home_goals, results.sample.away_goals)]
    known = np.isfinite(chances)
    return _curve(chances[known], happened[known])


def _curve(chance: Vector, happened: NDArray[np.bool_]) -> dict[str, Any]:
    parts = decomposition(chance, happened)
    return {
        "bins": [each.to_dict() for each in calibration_curve(chance, happened)],
        "reliability": _number(parts.reliability),
        "resolution": _number(parts.resolution),
    }


def _ties(results: Results, against: Sequence[str]) -> dict[str, Any] | None:
    names = tuple(results.tie_chances)
    if not names:
        return None
    ties = results.ties
    found: dict[str, Any] = {
        "ties": len(ties),
        "extent": {name: int(count) for name, count in _extent(results).items()},
    }
    for when, column in _WHEN.items():
        scores = {
            name: {
                "ll": _of(binary_log_loss, chances[:, column], ties.through),
                "brier": _of(brier, chances[:, column], ties.through),
            }
            for name, chances in results.tie_chances.items()
        }
        found[when] = {
            "models": [
                {
                    "model": name,
                    **{measure: mean_of(scores[name][measure]).to_dict() for measure in TIE_MEASURES},
                    "under_10": _long_odds(results, name, column),
                }
                for name in names
            ],
            "pairs": [
                {"model": one, "against": other, **_pair(scores[one], scores[other], TIE_MEASURES)}
                for one, other in _pairs(names, against)
            ],
            "parts": [
                {
                    "part": part,
                    "ties": int(here.sum()),
                    "models": [
                        {"model": name, **{m: mean_of(scores[name][m][here]).to_dict() for m in TIE_MEASURES}}
                        for name in names
                    ],
                }
                for part, here in _tie_parts(results).items()
            ],
            "calibration": {name: _curve(*_both_sides(results, name, column)) for name in names},
        }
    return found


def _extent(results: Results) -> dict[str, Any]:
    qualifying = np.array([is_qualifying(stage or None) for stage in results.ties.stage], dtype=np.bool_)
    return {"main": (~qualifying).sum(), "qualifying": qualifying.sum()}


def _tie_parts(results: Results) -> dict[str, NDArray[np.bool_]]:
    ties = results.ties
    qualifying = np.array([is_qualifying(stage or None) for stage in ties.stage], dtype=np.bool_)
    parts: dict[str, NDArray[np.bool_]] = {}
    if qualifying.any() and not qualifying.all():
        parts |= {"main": ~qualifying, "qualifying": qualifying}
    parts |= {code: ties.competition == code for code in sorted(set(ties.competition.tolist()))}
    return parts


def _both_sides(results: Results, name: str, column: int) -> tuple[Vector, NDArray[np.bool_]]:
    """The chance of either side of each tie, and whether it went through."""
    chance = results.tie_chances[name][:, column]
    known = np.isfinite(chance)
    first, through = chance[known], results.ties.through[known]
    return np.concatenate((first, 1.0 - first)), np.concatenate((through, ~through))


def _long_odds(results: Results, name: str, column: int) -> dict[str, Any] | None:
    """Said and seen of the sides that were given less than one in ten; None where there was none."""
    bins = calibration_curve(*_both_sides(results, name, column), _LONG_ODDS)
    return bins[0].to_dict() if bins and bins[0].low == 0.0 else None


def _of(measure: Any, chance: Vector, happened: NDArray[np.bool_]) -> Vector:
    known = np.isfinite(chance)
    values = np.full(len(chance), np.nan)
    values[known] = measure(chance[known], happened[known])
    return values


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
