"""Whether what a sentence states is what the answer says: the fact check of everything that is written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from secondleg.archive.names import fold
from secondleg.language.naming import match_values, result_values, season_of
from secondleg.language.reading import Reading, Stated
from secondleg.language.scoping import canonical
from secondleg.records.answer import Answer, Furthest, Occurrence, Only, Record
from secondleg.records.question import OF_CLUBS, Question
from secondleg.records.terms import Statistic

__all__ = ["agrees", "asked", "disagreement", "likeliest", "round_trip"]

_OF_GROUPS: Final = tuple(("amount", part) for part in ("groups", "leaders", "matches", "results", "shared"))
_ESSENTIAL: Final[dict[Statistic, tuple[tuple[str, ...], ...]]] = {
    Statistic.CURRENT_STREAK: (("length",),),
    Statistic.LONGEST_STREAK: (("length",),),
    Statistic.LAST: (("date",), ("seasons",)),
    Statistic.FIRST: (("date",), ("seasons",)),
    Statistic.LAST_N: (("letters",),),
    Statistic.COUNT: (("k",),),
    Statistic.SHARE: (("k", "of"),),
    Statistic.TOTAL: (("goals", "of"),),
    Statistic.RECORD: (("played",),),
    Statistic.NEVER: (("never", "of"),),
    Statistic.FURTHEST: (("stage", "times"),),
    Statistic.NTH: (("date",), ("seasons",)),
    Statistic.FIRST_TO: (("clubs", "seasons"), ("clubs", "date")),
    Statistic.ALWAYS: (("always", "of"),),
    Statistic.ONLY: (("only", "date"), ("only", "seasons"), ("only", "times")),
    Statistic.AVERAGE: (("average", "of"),),
    Statistic.MOST: (("holders",), ("leader", "amount"), *_OF_GROUPS),
    Statistic.FEWEST: (("holders",), *_OF_GROUPS),
    Statistic.RANK: (("place", "of", "amount"),),
    Statistic.AS_MANY: (("amount", "last", "previous", "before"), ("amount", "last", "previous", "fewer")),
    Statistic.WOULD_BE: (("nth", "run", "longest"),),
    Statistic.STAKES: (("nth", "of", "last"),),
    Statistic.WHICH: (("clubs_n", "listed", "whole"), ("clubs_n", "clubs_of")),
    Statistic.WHICH_NEVER: (("clubs_n", "clubs_of", "listed", "whole"), ("clubs_n", "clubs_of")),
    Statistic.WHICH_EVERY: (("clubs_n", "seasons", "listed", "whole"), ("clubs_n", "seasons")),
    Statistic.SINCE: (
        ("date", "previous"), ("date", "first"), ("season", "previous_season"), ("season", "first"),
        ("absent", "previous"), ("absent", "previous_season"), ("absent", "first"),
    ),
}  # fmt: skip
"""What a sentence must state of an answer: all of one of these."""


def asked(answer: Answer) -> tuple[Question, ...]:
    """The question of an answer, as its sentence may ask it: of eight matches the last ten are the last eight."""
    question = canonical(answer.question)
    last = question.scope.last
    if last is not None and 0 < answer.n < last:
        return question, replace(question, scope=replace(question.scope, last=answer.n))
    return (question,)


def round_trip(readings: Sequence[Reading], answer: Answer) -> str | None:
    """Why none of the likeliest readings of a sentence is `answer` again; None where one is."""
    if not readings:
        return "the phrase book does not read it"
    questions = asked(answer)
    same = [reading for reading in likeliest(readings) if reading.question in questions]
    if not same:
        return f"it reads as another question: {readings[0].question.to_dict()}"
    # a name that several clubs bear is one of them in each reading, and printed alike for all
    senses = [
        reading
        for reading in readings
        if (reading.question, reading.phrase) == (same[0].question, same[0].phrase)
    ]
    if any(disagreement(reading.value, answer) is None for reading in senses):
        return None
    return disagreement(same[0].value, answer)


def likeliest(readings: Sequence[Reading]) -> list[Reading]:
    """The readings than which none is likelier."""
    return [reading for reading in readings if reading.confidence >= readings[0].confidence - _TIED]


_TIED: Final = 1e-9


def agrees(stated: Stated, answer: Answer) -> bool:
    """Whether all that is stated of an answer is so."""
    return not any(_at_odds(stated, answer))


def disagreement(stated: Stated, answer: Answer) -> str | None:
    """What is stated otherwise than `answer` has it, or is not stated though it must be; None for neither."""
    needed = _ESSENTIAL.get(answer.question.statistic, ((),))
    if not any(all(part in stated for part in parts) for parts in needed):
        return f"it does not state {' or '.join(' and '.join(parts) for parts in needed)}"
    odds = list(_at_odds(stated, answer))
    return f"it states {odds[0]!r} otherwise than the answer: {stated[odds[0]]!r}" if odds else None


def _at_odds(stated: Stated, answer: Answer) -> Iterable[str]:
    more = _more_checks(answer.question.statistic)
    for part, value in stated.items():
        check = more.get(part) or _CHECKS.get(part, _same)
        if not check(part, value, answer):
            yield part


_WITH_GROUPS: Final = frozenset(
    (
        Statistic.MOST, Statistic.FEWEST, Statistic.RANK, Statistic.AS_MANY, Statistic.WOULD_BE, Statistic.STAKES,
        Statistic.SINCE,
    )
)  # fmt: skip


def _more_checks(statistic: Statistic) -> Mapping[str, Callable[[str, Any, Answer], bool]]:
    """What a statistic has its own checks for."""
    from secondleg.language.agreeing_clubs import CHECKS_OF_CLUBS
    from secondleg.language.agreeing_groups import CHECKS_OF_GROUPS

    if statistic in OF_CLUBS:
        return CHECKS_OF_CLUBS
    return CHECKS_OF_GROUPS if statistic in _WITH_GROUPS else {}


def _same(part: str, value: Any, answer: Answer) -> bool:
    return bool(getattr(answer.value, part, _MISSING) == value)


_MISSING: Final = object()


def _played(part: str, value: Any, answer: Answer) -> bool:
    return isinstance(answer.value, Record) and answer.value.played == value


def _matches(part: str, value: Any, answer: Answer) -> bool:
    """Each match that is named is one of the rows, as the club saw it."""
    club = answer.question.subject.club
    if club is None:
        return False
    seen = [_told(match_values(row, club)) for row in answer.rows]
    return all(any(_within(_told(item), row) for row in seen) for item in value)


def _results(part: str, value: Any, answer: Answer) -> bool:
    seen = [_told(result_values(row)) for row in answer.rows]
    return all(any(_within(_told(item), row) for row in seen) for item in value)


def _told(values: Stated) -> dict[str, Any]:
    names = ("name", "home_name", "away_name")
    return {key: fold(value) if key in names else value for key, value in values.items() if value is not None}


def _within(item: dict[str, Any], row: dict[str, Any]) -> bool:
    return all(row.get(key) == value for key, value in item.items())


def _seasons(part: str, value: Any, answer: Answer) -> bool:
    """Each season that is named is one of those in which it happened, in that competition."""
    if isinstance(answer.value, Furthest):
        held = set(zip(answer.value.seasons, answer.value.competitions, strict=True))
    else:
        held = {(row.season, row.competition) for row in answer.rows if row.holds}
        held |= {(line.season, line.competition) for line in answer.lines if line.holds}
    if isinstance(answer.value, Only):
        held = {(str(answer.value.season), str(answer.value.competition))}
    if isinstance(answer.value, Occurrence):
        held = {(answer.value.season, answer.value.competition)}
    return all(
        any(str(item["season"]) == label and code in item.get("competition", (code,)) for label, code in held)
        for item in value
    )


def _ends(through: bool) -> Callable[[str, Any, Answer], bool]:
    """Each tie that is named ended so."""

    def check(part: str, value: Any, answer: Answer) -> bool:
        club = str(answer.question.subject.club)
        held = {(fold(row.opponent(club)), season_of(row.season), row.holds) for row in answer.rows}
        return all((fold(item["name"]), item["season"], through) in held for item in value)

    return check


def _sides(part: str, value: Any, answer: Answer) -> bool:
    held = {
        (fold(name), season_of(row.season))
        for row in answer.rows
        if row.holds
        for name in (row.home_name, row.away_name)
    }
    return all((fold(item["name"]), item["season"]) in held for item in value)


def _gaps(part: str, value: Any, answer: Answer) -> bool:
    told = {
        (code, str(item["from_season"]), str(item.get("to_season") or item["from_season"]))
        for item in value
        for code in item["competition"]
    }
    return {(gap.competition, gap.first, gap.last) for gap in answer.coverage.gaps} <= told


def _percent(part: str, value: Any, answer: Answer) -> bool:
    decimals = len(str(value).partition(".")[2])
    return round(100 * answer.k / answer.n, decimals) == float(value) if answer.n else False


def _winner(part: str, value: Any, answer: Answer) -> bool:
    return all(value in (row.home, row.away) for row in answer.rows if row.holds)


def _in_year(day: dt.date | None, year: int) -> bool:
    return day is not None and day.year == year


_CHECKS: Final[dict[str, Callable[[str, Any, Answer], bool]]] = {
    "played": _played,
    "matches": _matches,
    "results": _results,
    "seasons": _seasons,
    "through": _ends(True),
    "out": _ends(False),
    "sides": _sides,
    "gaps": _gaps,
    "percent": _percent,
    "winner": _winner,
    "year": lambda part, value, answer: _in_year(getattr(answer.value, "date", None), value),
    "previous_year": lambda part, value, answer: _in_year(getattr(answer.value, "previous", None), value),
    "month": lambda part, value, answer: (
        value == (date.year, date.month) if (date := getattr(answer.value, "date", None)) else False
    ),
    "nth": lambda part, value, answer: value == answer.question.nth,
    "average": lambda part, value, answer: value == f"{getattr(answer.value, 'value', math.nan):.2f}",
    "holders": lambda part, value, answer: (
        sorted(value) == sorted({holder.date for holder in getattr(answer.value, "holders", ())})
    ),
    "leader": lambda part, value, answer: (
        [value] == [holder.club for holder in getattr(answer.value, "holders", ())]
    ),
    "leaders": lambda part, value, answer: (
        sorted(value) == sorted(holder.club for holder in getattr(answer.value, "holders", ()))
    ),
    "joint": lambda part, value, answer: sorted(value) == sorted(getattr(answer.value, "joint", ())),
    "joint_n": lambda part, value, answer: value == len(getattr(answer.value, "joint", ())),
    "clubs": lambda part, value, answer: (
        sorted(value) == sorted((getattr(answer.value, "club", ""), *getattr(answer.value, "joint", ())))
    ),
    "latest": lambda part, value, answer: str(value) == getattr(answer.value, "seasons", ("",))[-1],
    "first_season": lambda part, value, answer: str(value) == getattr(answer.value, "first_season", None),
    "last_season": lambda part, value, answer: str(value) == getattr(answer.value, "last_season", None),
    "first": lambda part, value, answer: (
        getattr(answer.value, "previous", value) is None if value is True else _same(part, value, answer)
    ),
}
"""How a part is held against the answer, where it is not a part of the value by that name."""
