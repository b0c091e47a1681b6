"""What the phrases of records of seasons, years, opponents and clubs ask and state."""

from __future__ import annotations

from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.terms import Measure, Per, Statistic

__all__ = ["CLAIMS_OF_GROUPS"]

_MEASURED: Final = (Statistic.TOTAL, Statistic.AVERAGE, Statistic.MOST)


def _told(item: Values) -> Values:
    return {key: value for key, value in item.items() if value is not None}


def _named(values: Values) -> Values:
    """The holders of a record that are named, as `agreeing_groups` compares them."""
    stated: Values = {}
    for slot in ("matches", "results"):
        if slot in values:
            stated[slot] = tuple(map(_told, values[slot]))
            stated["holders"] = tuple(item.get("day") for item in values[slot])
    groups = [
        {
            "season": item.get("season"),
            "year": item.get("year"),
            "club": item.get("winner"),
            "opponent": item.get("second_club"),
            "competition": item.get("competition"),
        }
        for item in values.get("holders", ())
    ]
    groups += [
        {
            "season": item.get("season"),
            "year": item.get("year"),
            "opponent": item.get("winner"),
            "competition": item.get("competition"),
        }
        for item in values.get("groups", ())
    ]
    groups += [{"opponent": item["winner"]} for item in values.get("winners", ())]
    if groups:
        stated["groups"] = tuple(_told(item) for item in groups)
    return stated


def _draft(values: Values, statistic: Statistic, stated: Values, **more: Any) -> list[Draft]:
    measure = Measure(values["measure"]) if "measure" in values else None
    return [Draft(statistic, stated, measure=measure, per=Per(values["per"]), **more)]


def _group(values: Values, about: About) -> list[Draft]:
    items = (*values.get("groups", ()), *(values.get("holders") or ()))
    if any(item["per"] != values["per"] for item in items):
        return []
    stated = {"amount": values.get("amount", values.get("times")), **_named(values)}
    if "shared_n" in values:
        stated["shared"] = values["shared_n"]
        stated.pop("holders", None)
        if "groups" in stated:
            stated["latest_group"] = stated.pop("groups")
    return _draft(values, Statistic(values["extreme"]), stated)


def _how_much(values: Values) -> Any:
    for slot in ("rate", "average", "goal_place"):
        if slot in values:
            return values[slot]
    if "champions" in values:
        return "winner"
    return values.get("n") if values.get("long") else values.get("amount", values.get("times"))


def _by(values: Values) -> tuple[Statistic | None, Measure | None]:
    """What clubs are compared by, in the form that question has it (`scoping.canonical`)."""
    by = Statistic(values["by"])
    measure = Measure(values["measure"]) if "measure" in values and by in _MEASURED else None
    return (None if by in (Statistic.COUNT, Statistic.TOTAL) else by), measure


def _club_group(values: Values, about: About) -> list[Draft]:
    by, measure = _by(values)
    stated: Values = {"amount": _how_much(values), "shared": values.get("shared_n")}
    if "winners" in values:
        stated["leaders"] = tuple(item["winner"] for item in values["winners"])
    return [Draft(Statistic(values["extreme"]), stated, measure=measure, per=Per.CLUB, of=by)]


def _rank(values: Values, about: About) -> list[Draft]:
    by, measure = _by(values)
    place = values.get("nth", 1) if "of" in values else None
    stated = {"amount": _how_much(values), "of": values.get("of"), "place": place}
    if values.get("extreme", "most") != "most":
        return []
    return [Draft(Statistic.RANK, stated, measure=measure, per=Per.CLUB, of=by)]


def _rank_group(values: Values, about: About) -> list[Draft]:
    amount = values.get("amount", values.get("signed"))
    if values.get("extreme", "most") != "most":
        return []
    place = values.get("nth", 1) if "of" in values else None
    stated = {"amount": amount, "of": values.get("of"), "place": place}
    return _draft(values, Statistic.RANK, stated)


def _as_many(values: Values, about: About) -> list[Draft]:
    slots = ("amount", "goals", "points", "signed")
    amount = next((values[slot] for slot in slots if slot in values), None)
    last = values.get("n", 1)
    measure = Measure(values["measure"]) if "measure" in values else None
    if "previous_n" not in values:
        return [Draft(Statistic.AS_MANY, {}, last=values["last_n"], measure=measure)]
    stated: Values = {"amount": amount, "last": last, "previous": values["previous_n"]}
    if values["previous_n"] == 0:
        stated["fewer"] = True
    else:
        stated["before"] = amount if values.get("exact") else values.get("before_amount")
    return [Draft(Statistic.AS_MANY, stated, last=last, measure=measure)]


def _mean(values: Values, about: About) -> list[Draft]:
    stated = {"average": values.get("average"), "of": values.get("of")}
    return [Draft(Statistic.AVERAGE, stated, measure=Measure(values["measure"]))]


def _sum(values: Values, about: About) -> list[Draft]:
    return [Draft(Statistic.TOTAL, {}, measure=Measure(values["measure"]))]


CLAIMS_OF_GROUPS: Final[dict[str, Claim]] = {
    "say group opponent": _group,
    "say group": _group,
    "say group shared": _group,
    "say group any": _group,
    "say group any shared": _group,
    "say club group": _club_group,
    "say club group shared": _club_group,
    "say rank count": _rank,
    "say rank furthest": _rank,
    "say rank": _rank,
    "say rank group": _rank_group,
    "say as many": _as_many,
    "say mean": _mean,
    "say mean any": _mean,
    "ask group": _group,
    "ask group season": _group,
    "ask group any": _group,
    "ask group opponent": _group,
    "ask club group": _club_group,
    "ask rank": _rank,
    "ask rank count": _rank,
    "ask rank group": _rank_group,
    "ask as many": _as_many,
    "ask sum": _sum,
    "ask sum any": _sum,
    "ask mean": _mean,
    "ask mean any": _mean,
}
"""What each phrase of compared groups asks and states."""
