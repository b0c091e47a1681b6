"""What the phrases of titles, finals, promotion and relegation ask and state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from secondleg.football.competition import competition
from secondleg.language.claims import of_kind
from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.terms import Statistic, Unit

__all__ = ["CLAIMS_OF_HONOURS", "fits"]

_UNITS: Final = {"campaign": Unit.CAMPAIGN, "season": Unit.SEASON}


def fits(values: Values, unit: Unit) -> bool:
    """Whether all competitions that are named are leagues, for league seasons, or cups, for campaigns."""
    codes = of_kind(values).get("competitions", ())
    if unit is Unit.SEASON and not codes:
        return False
    return all((competition(code).kind == "league") is (unit is Unit.SEASON) for code in codes)


def _season(values: Values) -> tuple[Values, ...] | None:
    if "season" in values:
        return ({"season": values["season"]},)
    items = values.get("seasons")
    return (
        None if items is None else tuple({k: v for k, v in item.items() if v is not None} for item in items)
    )


def _titles(statistic: Statistic, stated: Callable[[Values], Values]) -> Claim:
    def claim(values: Values, about: About) -> list[Draft]:
        unit = _UNITS[values["unit"]]
        if not fits(values, unit):
            return []
        return [Draft(statistic, stated(values), unit, "won", **of_kind(values))]

    return claim


def _counted(values: Values) -> Values:
    return {"k": values.get("times", values.get("k")), "seasons": _season(values)}


def _moved(event: str) -> Claim:
    def claim(values: Values, about: About) -> list[Draft]:
        which: dict[str, Any] = of_kind(values | {"of_kind": "these"})
        return [Draft(Statistic.LAST, {"seasons": _season(values)}, Unit.SEASON, event, **which)]

    return claim


def _finals(statistic: Statistic, stated: Callable[[Values], Values]) -> Claim:
    return lambda values, about: [
        Draft(statistic, stated(values), Unit.TIE, "went through", stages=("final",))
    ]


CLAIMS_OF_HONOURS: Final[dict[str, Claim]] = {
    "say no titles": _titles(Statistic.COUNT, lambda values: {"k": 0}),
    "say titles": _titles(Statistic.COUNT, _counted),
    "say titles last": _titles(Statistic.COUNT, _counted),
    "say titles running": _titles(Statistic.CURRENT_STREAK, lambda values: {"length": values["n"]}),
    "say last title": _titles(Statistic.LAST, lambda values: {"seasons": _season(values)}),
    "say title now": _titles(Statistic.LAST, lambda values: {"seasons": _season(values)}),
    "say finals none": _finals(Statistic.SHARE, lambda values: {"k": 0, "of": values.get("of", 2)}),
    "say finals all": _finals(Statistic.SHARE, lambda values: {"k": values["of"], "of": values["of"]}),
    "say finals": _finals(Statistic.SHARE, lambda values: {"k": values["k"], "of": values["of"]}),
    "say finals running": _finals(Statistic.CURRENT_STREAK, lambda values: {"length": values["n"]}),
    "say promoted": _moved("promoted"),
    "say promoted now": _moved("promoted"),
    "say relegated": _moved("relegated"),
    "say relegated now": _moved("relegated"),
}
"""What each phrase of honours asks and states."""
