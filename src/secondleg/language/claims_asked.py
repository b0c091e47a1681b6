"""What the phrases that ask are questions for."""

from __future__ import annotations

from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.language.reading import Claim, Draft
from secondleg.language.scoping import About
from secondleg.records.terms import Measure, Statistic, Unit

__all__ = ["CLAIMS_ASKED", "FORM_MATCHES"]

FORM_MATCHES: Final = 10
"""Matches that form looks back on where it is not said."""


def _asks(statistic: Statistic, unit: Unit | None = None, event: str | None = None, **more: Any) -> Claim:
    """A question for a statistic, of the last n where a number is given."""
    return lambda values, about: [Draft(statistic, {}, unit, event, last=values.get("last_n"), **more)]


def _total(values: Values, about: About) -> list[Draft]:
    measure = Measure(values["measure"])
    return [Draft(Statistic.TOTAL, {}, Unit.MATCH, "played", last=values.get("last_n"), measure=measure)]


def _count(values: Values, about: About) -> list[Draft]:
    """How often; of the last n, and of ties after such a first leg, how many of them."""
    after = any(dict(piece).get("piece") == "first leg" for piece in values.get("scope", ()))
    of_ties = after and values.get("event") == "went through"
    of_last = any(dict(piece).get("piece") == "last" for piece in values.get("scope", ()))
    return [Draft(Statistic.SHARE if of_ties or of_last else Statistic.COUNT, {}, last=values.get("last_n"))]


def _form(values: Values, about: About) -> list[Draft]:
    last = values.get("last_n", FORM_MATCHES)
    return [Draft(Statistic.RECORD, {}, Unit.MATCH, "played", last=last)]


CLAIMS_ASKED: Final[dict[str, Claim]] = {
    "ask last": _asks(Statistic.LAST),
    "ask last any": _asks(Statistic.LAST),
    "ask first": _asks(Statistic.FIRST),
    "ask first any": _asks(Statistic.FIRST),
    "ask count": _count,
    "ask count any": _asks(Statistic.COUNT),
    "ask ever": _asks(Statistic.NEVER),
    "ask ever any": _asks(Statistic.NEVER),
    "ask share": _asks(Statistic.SHARE),
    "ask streak": _asks(Statistic.CURRENT_STREAK),
    "ask longest": _asks(Statistic.LONGEST_STREAK),
    "ask longest any": _asks(Statistic.LONGEST_STREAK),
    "ask record": _asks(Statistic.RECORD, Unit.MATCH, "played"),
    "ask record of pair": _asks(Statistic.RECORD, Unit.MATCH, "played"),
    "ask total": _total,
    "ask form": _form,
    "ask furthest": _asks(Statistic.FURTHEST, Unit.CAMPAIGN, "played"),
    "ask chance through": _asks(Statistic.CHANCE, Unit.TIE, "went through"),
    "ask chance win": _asks(Statistic.CHANCE, Unit.MATCH, "won"),
}
"""What each phrase that asks is a question for. The words of an event say which unit it is of."""
