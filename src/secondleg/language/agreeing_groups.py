"""Whether what a sentence states of compared groups, or of what is to come, is what the answer says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from secondleg.language.writing_groups import compared_by
from secondleg.language.writing_outlook import since_season
from secondleg.records.answer import Answer, AsMany, Extreme, Holder, Rank, Since, Stakes, WouldBe
from secondleg.records.stages import stage_of
from secondleg.records.terms import Per, Statistic, Unit

__all__ = ["CHECKS_OF_GROUPS"]

Check = Callable[[str, Any, Answer], bool]


def _amount(part: str, value: Any, answer: Answer) -> bool:
    """The amount, as exactly as it is told."""
    held = answer.value
    if not isinstance(held, Extreme | Rank | AsMany):
        return False
    if answer.question.per is not Per.CLUB:
        return bool(value == held.amount)
    match compared_by(answer.question):
        case Statistic.SHARE:
            return bool(value == f"{100 * held.amount:.1f}")
        case Statistic.AVERAGE:
            return bool(value == f"{held.amount:.2f}")
        case Statistic.FURTHEST:
            return bool(value == stage_of(int(held.amount)))
        case _:
            return bool(value == held.amount)


def _holders(answer: Answer) -> tuple[Holder, ...]:
    return answer.value.holders if isinstance(answer.value, Extreme) else ()


def _groups(part: str, value: Any, answer: Answer) -> bool:
    """Each season, year, tie or opponent that is named is one that holds the record, and all are named."""
    held = [_as_named(answer, holder) for holder in _holders(answer)]
    told = [{key: one for key, one in item.items() if key != "competition"} for item in value]
    pairs = zip(value, _holders(answer), strict=False)
    right = all(holder.competition in item["competition"] for item, holder in pairs if "competition" in item)
    return right and sorted(map(_key, told)) == sorted(map(_key, held))


def _latest_group(part: str, value: Any, answer: Answer) -> bool:
    """The one that is named where several share a record is the last of them."""
    told = {key: one for key, one in value[0].items() if key != "competition"}
    return _key(told) == _key(_as_named(answer, _holders(answer)[-1]))


def _key(item: dict[str, Any]) -> str:
    return repr(sorted((key, str(value)) for key, value in item.items() if value is not None))


def _as_named(answer: Answer, holder: Holder) -> dict[str, Any]:
    question = answer.question
    anybody = question.subject.club is None
    tie = question.per is Per.UNIT and question.unit is Unit.TIE
    opponent = holder.opponent if question.per is Per.OPPONENT or tie else None
    return {
        "season": holder.season if question.per in (Per.SEASON, Per.UNIT) else None,
        "year": holder.year,
        "club": holder.club if anybody else None,
        "opponent": opponent,
    }


def _leaders(part: str, value: Any, answer: Answer) -> bool:
    return sorted(value) == sorted(holder.club for holder in _holders(answer))


def _shared(part: str, value: Any, answer: Answer) -> bool:
    return bool(value == len(_holders(answer)))


def _fewer(part: str, value: Any, answer: Answer) -> bool:
    """In the one unit before the last ones there was more."""
    return isinstance(answer.value, AsMany) and answer.value.previous == 0


def _no_more(part: str, value: Any, answer: Answer) -> bool:
    return isinstance(answer.value, AsMany) and answer.value.before == value


def _season(part: str, value: Any, answer: Answer) -> bool:
    held = answer.value
    if isinstance(held, Since):
        return str(value) == since_season(answer, held)
    return False


def _absent(part: str, value: Any, answer: Answer) -> bool:
    return isinstance(answer.value, Since) and answer.value.date is None


def _last(part: str, value: Any, answer: Answer) -> bool:
    held = answer.value
    if isinstance(held, Stakes):
        return held.last == (None if value is False else str(value))
    return isinstance(held, AsMany) and held.last == value


def _far(part: str, value: Any, answer: Answer) -> bool:
    return isinstance(answer.value, Stakes) and answer.value.furthest == value


CHECKS_OF_GROUPS: Final[dict[str, Check]] = {
    "amount": _amount,
    "groups": _groups,
    "latest_group": _latest_group,
    "leaders": _leaders,
    "shared": _shared,
    "season": _season,
    "previous_season": lambda part, value, answer: (
        isinstance(answer.value, Since | WouldBe) and answer.value.previous_season == str(value)
    ),
    "absent": _absent,
    "last": _last,
    "nth": lambda part, value, answer: value == getattr(answer.value, "nth", None),
    "fewer": _fewer,
    "before": _no_more,
    "far": _far,
}
"""How a part is held against an answer of these statistics, where `language.agreeing` has it otherwise."""
