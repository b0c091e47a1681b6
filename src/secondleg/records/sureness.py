"""How sure an answer is: what the seasons that are missing could change, as bounds and in words.

Every season of a competition that is missing can add at most one campaign or league season; what it can add in matches
or ties is not bounded but by the season's length, which is not known either. So a number over a gap is "at least" where
more units can only raise it, and between two bounds where the gap bounds it from above as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondleg.records.answer import (
    Always,
    Average,
    Clubs,
    Count,
    Extreme,
    Furthest,
    Never,
    Only,
    Rank,
    Stakes,
    Streak,
    Sureness,
    Total,
    WouldBe,
)
from secondleg.records.terms import Measure, Statistic, Unit

if TYPE_CHECKING:
    from secondleg.records.answer import Answer, Value

__all__ = ["missing_seasons", "sureness"]


def missing_seasons(answer: Answer) -> int:
    """How many seasons of competitions that could change the answer are not held whole."""
    return sum(_last(gap.last) - _last(gap.first) + 1 for gap in answer.coverage.gaps)


def _last(label: str) -> int:
    return int(label[:4])


def sureness(answer: Answer) -> Sureness:
    """How sure the value of `answer` is."""
    number = _number(answer.value)
    if _settled(answer.value) or (answer.coverage.complete and not answer.at_least):
        words = "certain" if number is None else f"exactly {number:,g}"
        return Sureness(True, number, number, words)
    missing = missing_seasons(answer)
    why = _why(answer, missing)
    if number is None or not _only_rises(answer):
        said = "so in what is held" if number is None else f"{number:,g} in what is held"
        return Sureness(False, None, None, f"{said}; {why}")
    highest = _highest(answer, number, missing)
    words = f"at least {number:,g}" if highest is None else f"at least {number:,g} and at most {highest:,g}"
    return Sureness(False, number, highest, f"{words}; {why}")


def _settled(value: Value) -> bool:
    """Whether one counter-example decides, whatever else there may be."""
    match value:
        case Never(never=False) | Always(always=False, of=1):
            return True
        case Always(always=False, exceptions=exceptions):
            return exceptions > 0
        case Only(only=False, times=times):
            return times > 1
        case _:
            return False


def _number(value: Value) -> float | None:
    match value:
        case Streak(length=number) | Count(k=number) | Total(goals=number) | WouldBe(nth=number):
            return number
        case Clubs(n=number):
            return number
        case Stakes(nth=number) | Furthest(rank=number):
            return number
        case Extreme(amount=amount):
            return amount
        case Average(value=amount):
            return amount
        case Rank(place=number):
            return number
        case _:
            return None


_RISES: Final = frozenset(
    (
        Statistic.CURRENT_STREAK,
        Statistic.LONGEST_STREAK,
        Statistic.COUNT,
        Statistic.SHARE,
        Statistic.TOTAL,
        Statistic.MOST,
        Statistic.WOULD_BE,
        Statistic.STAKES,
        Statistic.FURTHEST,
        Statistic.WHICH,
    )
)
"""Statistics that further units can only raise."""


def _only_rises(answer: Answer) -> bool:
    question = answer.question
    # within the last n units a missing one would push another out
    if question.scope.cut and question.statistic is not Statistic.CURRENT_STREAK:
        return False
    return question.statistic in _RISES and question.measure is not Measure.DIFFERENCE


def _highest(answer: Answer, number: float, missing: int) -> float | None:
    """The bound from above: a season missing adds at most one campaign, a match not known of one match."""
    question = answer.question
    if question.statistic not in (Statistic.COUNT, Statistic.SHARE) or question.subject.club is None:
        return None
    if question.unit in (Unit.CAMPAIGN, Unit.SEASON) and answer.coverage.gaps:
        return number + missing + answer.unknown
    if not answer.coverage.gaps and answer.unknown:
        return number + answer.unknown
    return None


_UNITS: Final = {Unit.TIE: ("tie", "ties"), Unit.SEASON: ("league season", "league seasons")}


def _why(answer: Answer, missing: int) -> str:
    parts = []
    if missing:
        parts.append("one season missing" if missing == 1 else f"{missing:,} seasons missing")
    if answer.unknown:
        one, many = _UNITS.get(answer.question.unit, ("match", "matches"))
        parts.append(f"not known of {answer.unknown:,} {one if answer.unknown == 1 else many}")
    return ", ".join(parts) or "the archive may not reach back far enough"
