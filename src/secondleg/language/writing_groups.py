"""Records of seasons, years, opponents and clubs, ranks, and as many as before, as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import match_values, result_values, season_of, season_values
from secondleg.records.answer import Answer, AsMany, Average, Evidence, Extreme, Holder, Rank, Total
from secondleg.records.groups import HOLDERS
from secondleg.records.question import Question
from secondleg.records.stages import stage_of
from secondleg.records.terms import Measure, Per, Statistic, Unit

__all__ = ["GROUP_WRITERS", "HOW_LONG", "average", "compared_by", "extreme", "in_groups", "total"]

Statement = tuple[str, Values]
_NAMED: Final = 4
"""At most so many holders of a record are named; of more it is told how many they are."""

HOW_LONG: Final = {
    Statistic.CURRENT_STREAK: 1, Statistic.LONGEST_STREAK: 1, Statistic.LAST: 1, Statistic.FURTHEST: 2,
}  # fmt: skip
"""What is long (1) or far (2), not high, as the book tells them apart."""


def compared_by(question: Question) -> Statistic:
    """What clubs are compared by: what is said, or else a total of the measure, or how often."""
    if question.of is not None:
        return question.of
    return Statistic.COUNT if question.measure is None else Statistic.TOTAL


def in_groups(question: Question) -> Values:
    """What is compared or added up, over which units, as the book has it."""
    if question.per is Per.CLUB:
        return _quantity(question)
    filtered: int | None = int(question.event.name != "played")
    if question.per is Per.UNIT and not filtered:
        filtered = None  # "in a match" says it
    if question.measure is None and question.statistic is not Statistic.RECORD:
        return {"measured": 0, "per": _per(question), **_season_part(question)}
    values: Values = {"filtered": filtered, "per": _per(question), **_season_part(question)}
    if question.measure is None:
        return values
    one = int(question.measure in (Measure.DIFFERENCE, Measure.PLACE))
    return values | {"measured": 1, "measure": str(question.measure), "one": one}


def _per(question: Question) -> str | None:
    return None if question.per is None else str(question.per)


def _quantity(question: Question) -> Values:
    """By what clubs are compared."""
    by = compared_by(question)
    filtered = int(question.event.name != "played")
    values: Values = {"by": str(by), "long": HOW_LONG.get(by, 0), "measured": 0}
    if by in _MEASURES and question.measure is not None:
        return values | {"measured": 1, "measure": str(question.measure), "filtered": filtered}
    return values | ({"filtered": filtered} if by is Statistic.FURTHEST else {})


_MEASURES: Final = (Statistic.TOTAL, Statistic.AVERAGE, Statistic.MOST)


def _season_part(question: Question) -> Values:
    """The first matches of a season, or all but these, where seasons are compared by them."""
    scope = question.scope
    compared = question.per is Per.SEASON and question.statistic is not Statistic.RANK
    if not compared or (scope.opening is None) == (scope.past is None):
        return {}
    part = {"opened": 1, "opening_n": scope.opening} if scope.opening else {"opened": 2, "past_n": scope.past}
    return {**part, "part_told": True}


def extreme(answer: Answer, lexicon: Lexicon) -> Statement | None:
    """Who or what holds a record."""
    value, question = answer.value, answer.question
    if not isinstance(value, Extreme) or not value.holders:
        return None
    if question.per is Per.CLUB:
        return _of_clubs(question, value)
    amount = _plain(value.amount)
    values: Values = {"extreme": str(question.statistic), **in_groups(question), "amount": amount}
    values["one"] = int(amount == 1 or values.get("one") == 1)
    holders = list(value.holders)
    phrase = "say group" if question.subject.club else "say group any"
    if len(holders) > _NAMED:
        values |= {"shared_n": len(holders), "capped": int(len(holders) == HOLDERS)}
        phrase, holders = f"{phrase} shared", holders[-1:]
    elif (
        question.per is Per.OPPONENT
        and question.measure is None
        and question.subject.club
        and not question.opponent
    ):
        phrase = "say group opponent"
        values |= {"times": amount, "several": int(len(holders) > 1)}
    named = _named(answer, holders, lexicon)
    return (phrase, values | named) if named else None


def _named(answer: Answer, holders: list[Holder], lexicon: Lexicon) -> Values | None:
    """The holders, as the book names what is compared."""
    question = answer.question
    club = question.subject.club
    if question.per is Per.UNIT and question.unit is Unit.MATCH:
        rows = [_on(answer, holder) for holder in holders]
        held = [row for row in rows if row is not None]
        if len(held) != len(holders):
            return None
        if club is None:
            return {"results": [result_values(row) for row in held]}
        return {"matches": [match_values(row, club) for row in held]}
    if club is None:
        return {
            "holders": [_holder(question, holder, lexicon) | {"winner": holder.club} for holder in holders]
        }
    if question.per is Per.OPPONENT:
        return {"winners": [{"winner": holder.opponent} for holder in holders]}
    return {"groups": [_group(question, holder, lexicon) for holder in holders]}


def _on(answer: Answer, holder: Holder) -> Evidence | None:
    return next(
        (row for row in answer.rows if row.date == holder.date and holder.club in (row.home, row.away)), None
    )


def _group(question: Question, holder: Holder, lexicon: Lexicon) -> Values:
    found: Values = {"per": str(question.per), "unit": _UNIT[question.unit], "year": holder.year}
    if holder.season is None:
        return found
    found["season"] = season_of(holder.season)
    if question.per is Per.UNIT and question.unit is Unit.TIE:
        return found | {"winner": holder.opponent}
    if holder.competition is not None:
        found |= season_values(holder.season, holder.competition, lexicon)
    return found


def _holder(question: Question, holder: Holder, lexicon: Lexicon) -> Values:
    return _group(question, holder, lexicon) | {"second_club": holder.opponent}


_UNIT: Final = {Unit.MATCH: "match", Unit.TIE: "tie", Unit.CAMPAIGN: "campaign", Unit.SEASON: "season"}


def _plain(amount: float) -> float:
    return int(amount) if float(amount).is_integer() else amount


def _how_much(question: Question, amount: float) -> Values:
    """An amount by which clubs are compared, in the slots that the book has for it."""
    by = compared_by(question)
    values: Values = {**_quantity(question), "amount": _plain(amount), "n": _plain(amount)}
    if by is Statistic.SHARE:
        values["rate"] = f"{100 * amount:.1f}"
    elif by is Statistic.AVERAGE:
        values["average"] = f"{amount:.2f}"
    elif by is Statistic.FURTHEST:
        stage = stage_of(int(amount))
        values |= {"champions": 1} if stage == "winner" else {"goal_place": stage}
    return values


def _of_clubs(question: Question, value: Extreme) -> Statement:
    many = len(value.holders)
    values: Values = {
        "extreme": str(question.statistic),
        **_how_much(question, value.amount),
        "several": int(many > 1),
    }
    if many > _NAMED:
        return "say club group shared", values | {"shared_n": many, "capped": int(many == HOLDERS)}
    return "say club group", values | {"winners": [{"winner": holder.club} for holder in value.holders]}


def _rank(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Rank):
        return None
    values: Values = {
        "extreme": "most",
        "of": value.of,
        "nth": value.place,
        "top": int(value.place == 1),
    }
    if question.per is Per.CLUB:
        values |= _how_much(question, value.amount)
        by = compared_by(question)
        if by is Statistic.COUNT:
            return "say rank count", values | {"times": _plain(value.amount)}
        return ("say rank furthest" if by is Statistic.FURTHEST else "say rank"), values
    amount = _plain(value.amount)
    values |= {**in_groups(question), "long": 0, "amount": amount, "signed": amount}
    return "say rank group", values


def _as_many(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, AsMany) or (value.previous == 0 and answer.n <= value.last):
        return None
    amount = value.amount
    return "say as many", {
        **in_groups(question),
        **dict.fromkeys(("amount", "goals", "points", "signed"), amount),
        "n": value.last,
        "last_told": True,
        "previous_n": value.previous,
        "exact": int(value.before == amount),
        "before_amount": value.before,
    }


def total(answer: Answer, lexicon: Lexicon) -> Statement | None:
    """What was added up, of any units and clubs."""
    value, question = answer.value, answer.question
    if not isinstance(value, Total) or value.of == 0:
        return None
    filtered = question.event.name != "played"
    phrase = "say sum" if question.subject.club else "say sum any"
    amounts: Any = dict.fromkeys(("amount", "goals", "points", "signed"), value.goals)
    values: Values = {"measure": str(question.measure), "of": value.of, **amounts}
    if filtered:
        return f"{phrase} in which", values
    values["event"] = None
    if question.scope.last is not None:
        values |= {"bound": "last", "n": value.of, "last_told": True}
    return phrase, values


def average(answer: Answer, lexicon: Lexicon) -> Statement | None:
    """What was added up by the unit."""
    value, question = answer.value, answer.question
    if not isinstance(value, Average) or value.of == 0:
        return None
    return ("say mean" if question.subject.club else "say mean any"), {
        "measure": str(question.measure),
        "average": f"{value.value:.2f}",
        "of": value.of,
        "filtered": int(question.event.name != "played"),
    }


GROUP_WRITERS: Final[dict[Statistic, Callable[[Answer, Lexicon], Statement | None]]] = {
    Statistic.MOST: extreme,
    Statistic.FEWEST: extreme,
    Statistic.RANK: _rank,
    Statistic.AS_MANY: _as_many,
    Statistic.TOTAL: total,
    Statistic.AVERAGE: average,
}
"""The writer of each of these statistics, where no words of a single match fit."""
