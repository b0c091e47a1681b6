"""Records, averages, and what is always, only or for the nth time so, as sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from secondleg.language.grammar import Values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import match_values, result_values, season_values
from secondleg.records.answer import Always, Answer, Average, Evidence, Extreme, Occurrence, Only
from secondleg.records.question import Question
from secondleg.records.terms import Measure, Per, Statistic, Unit

__all__ = ["EXTREMES", "RECORD_WRITERS"]

_NAMED: Final = 4
"""At most so many matches that share a record are named; with more it has no sentence."""

EXTREMES: Final[dict[str, tuple[Statistic, str, Measure]]] = {
    "biggest win": (Statistic.MOST, "won", Measure.DIFFERENCE),
    "heaviest defeat": (Statistic.FEWEST, "lost", Measure.DIFFERENCE),
    "most scored": (Statistic.MOST, "played", Measure.SCORED),
    "most conceded": (Statistic.MOST, "played", Measure.CONCEDED),
    "most goals": (Statistic.MOST, "played", Measure.GOALS),
}
"""Records of a single match, and what they are the most or fewest of."""


def _on(answer: Answer, date: object) -> Evidence | None:
    return next((row for row in answer.rows if row.date == date), None)


def _nth(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    value, question = answer.value, answer.question
    club = question.subject.club
    if not isinstance(value, Occurrence) or club is None or question.unit is not Unit.MATCH:
        return None
    row = _on(answer, value.date)
    return ("say nth", {"nth": question.nth, "match": match_values(row, club)}) if row else None


def _always(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    value = answer.value
    if not isinstance(value, Always) or value.of == 0 or answer.question.subject.club is None:
        return None
    if value.always:
        return "say always", {"of": value.of}
    return "say not always", {"of": value.of, "exceptions": value.exceptions}


def _only(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    value, club = answer.value, answer.question.subject.club
    if not isinstance(value, Only) or not value.only or club is None or not answer.coverage.complete:
        return None
    if answer.question.unit is Unit.MATCH:
        row = _on(answer, value.date)
        return ("say only", {"of": value.of, "match": match_values(row, club)}) if row else None
    if value.season is None or value.competition is None:
        return None
    seasons = [season_values(value.season, value.competition, lexicon)]
    return "say only in", {"of": value.of, "seasons": seasons}


def _average(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    value, question = answer.value, answer.question
    plain = question.event.name == "played" and question.measure is not Measure.DIFFERENCE
    plain &= question.unit is Unit.MATCH and value is not None
    if not isinstance(value, Average) or not plain or value.of == 0 or question.subject.club is None:
        return None
    return "say average", {"measure": str(question.measure), "average": f"{value.value:.2f}", "of": value.of}


def _extreme(answer: Answer, lexicon: Lexicon) -> tuple[str, Values] | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Extreme) or not value.holders:
        return None
    if question.per is Per.CLUB:
        return _of_clubs(answer, value)
    kind = _kind(question)
    if kind is None or question.unit is not Unit.MATCH or len(value.holders) > _NAMED:
        return None
    rows = [_on(answer, holder.date) for holder in value.holders]
    held = [row for row in rows if row is not None]
    if len(held) != len(rows):
        return None
    club = question.subject.club
    if club is None:
        same = {row.match for row in held}
        return (
            ("say most of any", {"extreme": kind, "result": result_values(held[0])})
            if len(same) == 1
            else None
        )
    if len(held) == 1:
        return "say most of match", {"extreme": kind, "match": match_values(held[0], club)}
    if kind not in ("biggest win", "heaviest defeat"):
        return None
    return "say most of matches", {"extreme": kind, "matches": [match_values(row, club) for row in held]}


def _kind(question: Question) -> str | None:
    asked = (question.statistic, question.event.name, question.measure)
    plain = question.per is Per.UNIT and question.of is None and question.least is None
    return next((kind for kind, parts in EXTREMES.items() if parts == asked), None) if plain else None


def _of_clubs(answer: Answer, value: Extreme) -> tuple[str, Values] | None:
    question = answer.question
    counts = question.statistic is Statistic.MOST and question.of in (None, Statistic.COUNT)
    if not counts or question.measure is not None or question.least is not None:
        return None
    if len(value.holders) > 1:
        if len(value.holders) > _NAMED:
            return None
        winners = [{"winner": holder.club} for holder in value.holders]
        return "say most of several", {"winners": winners, "times": int(value.amount)}
    return "say most of clubs", {"winner": value.holders[0].club, "times": int(value.amount)}


RECORD_WRITERS: Final[dict[Statistic, Callable[[Answer, Lexicon], tuple[str, Values] | None]]] = {
    Statistic.NTH: _nth,
    Statistic.ALWAYS: _always,
    Statistic.ONLY: _only,
    Statistic.AVERAGE: _average,
    Statistic.MOST: _extreme,
    Statistic.FEWEST: _extreme,
}
"""The writer of each of these statistics."""
