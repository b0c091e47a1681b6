"""An answer that the phrase book has no words for, said plainly: its value, and the question as it was understood."""

from __future__ import annotations

from typing import Any, Final

from secondleg.language.lexicon import Lexicon, day, joined, times
from secondleg.records import (
    Answer,
    Count,
    Extreme,
    Never,
    Occurrence,
    Question,
    Record,
    Statistic,
    Streak,
    Total,
    Unit,
)
from secondleg.records.answer import Average, Form, Furthest, Holder, Rank

__all__ = ["plain_sentence", "question_words"]

_NAMED: Final = 5
"""At most so many holders of a record are named."""


def plain_sentence(answer: Answer, scope: str | None, lexicon: Lexicon) -> str:
    """`Answer: 21 of 40 (count of "won", eng/leeds-united, in the league).`

    Where nothing was there to be counted it says so: a 0 would look like a count.
    """
    nothing = answer.value is None or getattr(answer.value, "of", None) == 0 or _of_nobody(answer)
    told = "none is known" if nothing else _value(answer, lexicon)
    return f"Answer: {told} ({question_words(answer.question.to_dict(), scope)})."


def _of_nobody(answer: Answer) -> bool:
    """Whether the most that anybody did it is not once."""
    question, value = answer.question, answer.value
    counted = question.statistic is Statistic.MOST and question.measure is None
    return counted and isinstance(value, Extreme) and value.amount == 0


def question_words(question: dict[str, Any], scope: str | None) -> str:
    """A question as plain values (`Question.to_dict`) in words; what of its scope has no words is told by name."""
    event = question["event"]
    what = " ".join(str(event[part]) for part in ("name", "n", "against", "stage", "who") if part in event)
    subject = question.get("subject", {})
    who = " against ".join(subject[part] for part in ("club", "opponent") if part in subject) or "any club"
    measure = f" ({question['measure']})" if "measure" in question else ""
    parts = [f"{name.replace('_', ' ')} {_told(value)}" for name, value in question.get("scope", {}).items()]
    where = scope or joined(parts) or "over all seasons"
    return f'{question["statistic"]}{measure} of "{what}", {who}, {where}'


def _told(value: Any) -> str:
    if isinstance(value, list):
        return joined(map(_told, value))
    if isinstance(value, dict):
        return joined(f"{name.replace('_', ' ')} {_told(part)}" for name, part in value.items())
    return str(value)


def _value(answer: Answer, lexicon: Lexicon) -> str:
    value = answer.value
    match value:
        case Count():
            return f"{value.k:,} of {value.of:,}"
        case Total():
            return f"{value.goals:,} in {_matches(answer.question, value.of)}"
        case Average():
            return f"{value.value:.2f} over {_matches(answer.question, value.of)}"
        case Never():
            told = "never" if value.never else "at least once"
            return f"{told} in {value.of:,} {_units(answer.question, value.of)}"
        case Record():
            goals = f"{value.scored:,} goals scored and {value.conceded:,} conceded"
            return f"won {value.won:,}, drawn {value.drawn:,}, lost {value.lost:,}, {goals}"
        case Streak():
            return _streak(value, answer.question, lexicon)
        case Occurrence():
            who = f", {lexicon.club(value.club)}" if value.club else ""
            return f"{day(value.date)}, in {lexicon.seasons([value.season], [value.competition])}{who}"
        case Form():
            return " ".join(value.letters) or "no match"
        case Furthest():
            held = lexicon.seasons(value.seasons, value.competitions)
            return f"{value.stage}, {times(value.times)}, in {held}"
        case Extreme():
            return f"{_amount(value.amount)}, held by {_holders(value.holders, lexicon)}"
        case Rank():
            return f"place {value.place:,} of {value.of:,}, with {_amount(value.amount)}"
        case _:
            return ", ".join(
                f"{name} {_told(part)}"
                for name, part in answer.to_dict()["value"].items()
                if part is not None
            )


def _streak(value: Streak, question: Question, lexicon: Lexicon) -> str:
    told = f"{value.length:,} {_units(question, value.length)}"
    if value.first is not None and value.last is not None:
        told += f", from {day(value.first)} to {day(value.last)}"
    holders = [club for club in (value.club, *value.joint) if club]
    return told + (f", by {joined(map(lexicon.club, holders))}" if holders else "")


def _holders(holders: tuple[Holder, ...], lexicon: Lexicon) -> str:
    named = [_holder(one, lexicon) for one in holders[:_NAMED]]
    rest = len(holders) - len(named)
    return joined([*named, *([f"{rest:,} more"] if rest else [])]) or "nobody"


def _holder(one: Holder, lexicon: Lexicon) -> str:
    when = one.season or (str(one.year) if one.year else None)
    other = f" against {lexicon.club(one.opponent)}" if one.opponent else ""
    return f"{lexicon.club(one.club)}{other}{f' in {when}' if when else ''}"


def _amount(amount: float) -> str:
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"


def _matches(question: Question, of: int) -> str:
    """So many units."""
    return f"{of:,} {_units(question, of)}"


def _units(question: Question, n: int) -> str:
    word = {Unit.MATCH: "match", Unit.TIE: "tie", Unit.CAMPAIGN: "campaign"}.get(question.unit, "season")
    return word if n == 1 else f"{word}es" if word.endswith("ch") else f"{word}s"
