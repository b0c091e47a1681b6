"""First legs in words, both ways: "after losing the first leg of a European tie at home by two or more"."""

from __future__ import annotations

from typing import Any, Final

from secondleg.football.match import Result, Venue
from secondleg.language.grammar import Values
from secondleg.records.scope import FirstLeg, Scope
from secondleg.records.terms import Family

__all__ = ["first_leg_read", "first_leg_values"]

_VENUE: Final = {Venue.HOME: "home", Venue.AWAY: "away", Venue.NEUTRAL: "neutral"}
_RESULT: Final = {Result.WON: "won", Result.DRAWN: "drawn", Result.LOST: "lost"}


def first_leg_values(scope: Scope) -> Values:
    """The values of the words for a first leg: as prose tells one, or else part by part."""
    leg = scope.first_leg or FirstLeg()
    values: Values = {"tie": "europe" if scope.family is Family.EUROPE else "any"}
    if leg.venue is not None:
        values["leg_venue"] = _VENUE[leg.venue]
    return values | (_as_told(leg) or _part_by_part(leg))


def _as_told(leg: FirstLeg) -> Values | None:
    """Lost by two or more; won 3-1; drew. None for what prose does not say so."""
    exact = leg.at_least is not None and leg.at_least == leg.at_most
    bounds = [bound for bound in (leg.at_least, leg.at_most) if bound is not None]
    if leg.scored is not None and leg.conceded is not None:
        if leg.result is not None or bounds:
            return None
        score = (max(leg.scored, leg.conceded), min(leg.scored, leg.conceded))
        return {"leg": _sign(leg.scored - leg.conceded), "margin": "score", "score": score}
    if leg.scored is not None or leg.conceded is not None:
        return None
    if leg.result is not None:
        return None if bounds else {"leg": _RESULT[leg.result]}
    if exact:
        goals = leg.at_least or 0
        return {"leg": _sign(goals), "margin": "exact", "m": abs(goals)} if goals else None
    if leg.at_most is not None and leg.at_least is None and leg.at_most < 0:
        return {"leg": "lost", "margin": "bound", "m": -leg.at_most}
    if leg.at_least is not None and leg.at_most is None and leg.at_least > 0:
        return {"leg": "won", "margin": "bound", "m": leg.at_least}
    return None


def _part_by_part(leg: FirstLeg) -> Values:
    """A win, two goals scored and a goal difference of at most plus 2."""
    terms: list[Values] = [] if leg.result is None else [{"term": _RESULT[leg.result]}]
    goals = (("scored", leg.scored), ("conceded", leg.conceded))
    terms += [{"term": term, "goals": n} for term, n in goals if n is not None]
    bounds = (("at_least", leg.at_least), ("at_most", leg.at_most))
    terms += [{"term": term, "signed": n} for term, n in bounds if n is not None]
    return {"leg": "plain", "leg_terms": terms} if terms else {"leg": "plain", "bare": 1}


def _sign(goals: int) -> str:
    return "won" if goals > 0 else "lost" if goals < 0 else "drawn"


def first_leg_read(values: dict[str, Any]) -> FirstLeg | None:
    """The first leg that some values tell of."""
    where = next((venue for venue, word in _VENUE.items() if word == values.get("leg_venue")), None)
    if values["leg"] == "plain":
        return _read_part_by_part(where, values.get("leg_terms") or ())
    result = next(result for result, word in _RESULT.items() if word == values["leg"])
    sign = {"won": 1, "lost": -1, "drawn": 0}[values["leg"]]
    margin = values.get("margin")
    goals = values.get("m", values.get("leg_n"))
    if margin == "score":
        more, fewer = values["score"]
        if (more > fewer) != bool(sign):
            return None
        return FirstLeg(where, scored=more if sign >= 0 else fewer, conceded=fewer if sign >= 0 else more)
    if margin is None or goals is None:
        return FirstLeg(where, result)
    if not sign:
        return None
    if margin == "exact":
        return FirstLeg(where, at_least=sign * goals, at_most=sign * goals)
    return FirstLeg(where, at_most=-goals) if sign < 0 else FirstLeg(where, at_least=goals)


def _read_part_by_part(where: Venue | None, terms: tuple[Values, ...]) -> FirstLeg | None:
    found: dict[str, Any] = {}
    for term in terms:
        name = term["term"]
        result = next((one for one, word in _RESULT.items() if word == name), None)
        part = "result" if result is not None else name
        if part in found:
            return None
        found[part] = result if result is not None else term.get("goals", term.get("signed"))
    return FirstLeg(where, **found)
