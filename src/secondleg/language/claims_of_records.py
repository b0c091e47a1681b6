"""What the phrases of records, averages and of what is always or only so ask and state."""

from __future__ import annotations

from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.language.writing_records import EXTREMES
from secondleg.records.terms import Measure, Per, Statistic, Unit

__all__ = ["CLAIMS_OF_RECORDS"]


def _seen(values: Values, name: str) -> tuple[Values, ...]:
    items = values[name] if isinstance(values[name], tuple) else (values[name],)
    return tuple({key: value for key, value in item.items() if value is not None} for item in items)


def _nth(values: Values, about: About) -> list[Draft]:
    stated: Values = {"nth": values["nth"], "club": values.get("winner")}
    for slot, part in (("match", "matches"), ("result", "results")):
        if slot in values:
            stated |= {"date": values[slot].get("day"), part: _seen(values, slot)}
    if "seasons" in values:
        stated["seasons"] = _seen(values, "seasons")
    return [Draft(Statistic.NTH, stated, nth=values["nth"])]


def _asked_nth(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.NTH, {}, nth=values["nth"])]


def _always(always: bool | None) -> Claim:
    def claim(values: Values, about: About) -> list[Draft]:
        exceptions = 0 if always else values.get("exceptions")
        stated = (
            {} if always is None else {"always": always, "of": values.get("of"), "exceptions": exceptions}
        )
        return [Draft(Statistic.ALWAYS, stated)]

    return claim


def _only(values: Values, about: About) -> list[Draft]:
    stated: Values = {"only": True, "of": values.get("of")}
    for slot, part in (("match", "matches"), ("result", "results")):
        if slot in values:
            stated |= {"date": values[slot].get("day"), part: _seen(values, slot)}
    if "seasons" in values:
        stated["seasons"] = _seen(values, "seasons")
    return [Draft(Statistic.ONLY, stated)]


def _not_only(values: Values, about: About) -> list[Draft]:
    stated = {"only": False, "times": values.get("times", 0), "of": values.get("of")}
    return [Draft(Statistic.ONLY, stated)]


def _average(values: Values, about: About) -> list[Draft]:
    measure = Measure(values["measure"])
    stated = {"average": values.get("average"), "of": values.get("of")}
    return [
        Draft(Statistic.AVERAGE, stated, Unit.MATCH, "played", last=values.get("last_n"), measure=measure)
    ]


def _extreme(values: Values, about: About) -> list[Draft]:
    statistic, event, measure = EXTREMES[values["extreme"]]
    stated: Values = {}
    for slot, part in (("match", "matches"), ("matches", "matches"), ("result", "results")):
        if slot in values:
            stated[part] = _seen(values, slot)
    if stated:
        stated["holders"] = tuple(item.get("day") for items in stated.values() for item in items)
    more: dict[str, Any] = {"measure": measure, "per": Per.UNIT}
    return [Draft(statistic, stated, Unit.MATCH, event, **more)]


def _of_clubs(values: Values, about: About) -> list[Draft]:
    stated: Values = {"leader": values.get("winner"), "amount": values.get("times")}
    if "winners" in values:
        stated["leaders"] = tuple(item["winner"] for item in values["winners"])
    return [Draft(Statistic.MOST, stated, per=Per.CLUB)]


def _side(statistic: Statistic) -> Claim:
    def claim(values: Values, about: About) -> list[Draft]:
        return [Draft(statistic, {"club": values["winner"], "seasons": _seen(values, "seasons")})]

    return claim


def _first_to(values: Values, about: About) -> list[Draft]:
    stated: Values = {"date": values.get("day")}
    if "winners" in values:
        stated["clubs"] = tuple(item["winner"] for item in values["winners"])
    if "seasons" in values:
        stated["seasons"] = _seen(values, "seasons")
    return [Draft(Statistic.FIRST_TO, stated, nth=values["times"])]


CLAIMS_OF_RECORDS: Final[dict[str, Claim]] = {
    "say nth": _nth,
    "say always": _always(True),
    "say not always": _always(False),
    "say nth in": _nth,
    "say nth any": _nth,
    "say nth any in": _nth,
    "say always any": _always(True),
    "say not always any": _always(False),
    "say only none": _not_only,
    "say not only": _not_only,
    "say only any": _only,
    "say only any in": _only,
    "say only none any": _not_only,
    "say not only any": _not_only,
    "say only": _only,
    "say only in": _only,
    "say average": _average,
    "say most of match": _extreme,
    "say most of matches": _extreme,
    "say most of any": _extreme,
    "say most of clubs": _of_clubs,
    "say most of several": _of_clubs,
    "say first to": _first_to,
    "ask first to": _first_to,
    "say first side": _side(Statistic.FIRST),
    "say last side": _side(Statistic.LAST),
    "ask most of match": _extreme,
    "ask most of any": _extreme,
    "ask most of clubs": _of_clubs,
    "ask average": _average,
    "ask average any": _average,
    "ask always": _always(None),
    "ask nth": _asked_nth,
}
"""What each phrase of records asks and states."""
