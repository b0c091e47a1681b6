"""Whether what a sentence states of a list of clubs is what the answer says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from secondleg.records.answer import Answer, Clubs
from secondleg.records.terms import Statistic

__all__ = ["CHECKS_OF_CLUBS"]

Check = Callable[[str, Any, Answer], bool]


def _of_list(check: Callable[[Any, Clubs, Answer], bool]) -> Check:
    return lambda part, value, answer: isinstance(answer.value, Clubs) and check(value, answer.value, answer)


def _listed(told: Any, held: Clubs, answer: Answer) -> bool:
    """The clubs that are named are the first of the list, in its order, each with its number where one is told."""
    never = answer.question.statistic is Statistic.WHICH_NEVER
    first = held.clubs[: len(told)]
    if len(first) != len(told):
        return False
    for (club, number), one in zip(told, first, strict=True):
        if club != one.club or number not in (None, one.of if never else one.times):
            return False
    return all(number is not None for _, number in told) or _all_alike(held)


def _all_alike(held: Clubs) -> bool:
    """Whether a number may be left out: once each, or the same for all."""
    times = {one.times for one in held.clubs}
    return len(times) == 1 and (times == {1} or held.seasons is not None)


CHECKS_OF_CLUBS: Final[dict[str, Check]] = {
    "clubs_n": _of_list(lambda told, held, answer: told == held.n),
    "clubs_of": _of_list(lambda told, held, answer: told == held.of),
    "listed": _of_list(_listed),
    "whole": _of_list(lambda told, held, answer: told == held.n),
    "latest_club": _of_list(lambda told, held, answer: held.latest is not None and told == held.latest.club),
    "last_day": _of_list(lambda told, held, answer: held.latest is not None and told == held.latest.last),
    "last_season": _of_list(
        lambda told, held, answer: held.latest is not None and told == held.latest.last_season
    ),
    "seasons": _of_list(lambda told, held, answer: told == held.seasons),
    "unclear": _of_list(lambda told, held, answer: told == held.unclear),
}
"""How a part is held against a list of clubs."""
