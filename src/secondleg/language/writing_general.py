"""Sentences of what a preview does not tell: no run, the nth time of any side, what is not so, records of any unit.

They are asked for where `language.writing` has no words of its own, so no preview needs to load them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from secondleg.language.grammar import Values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import match_values, result_values, season_values
from secondleg.language.writing_clubs import CLUBS_WRITERS
from secondleg.language.writing_groups import GROUP_WRITERS
from secondleg.language.writing_outlook import OUTLOOK_WRITERS
from secondleg.records.answer import Always, Answer, Evidence, Form, Occurrence, Only, Record, Streak
from secondleg.records.terms import Statistic, Unit

__all__ = ["GENERAL_WRITERS"]

Statement = tuple[str, Values]
_NAMED: Final = 4
"""At most so many other sides are named."""


def _streak(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Streak):
        return None
    return ("say streak", {"n": value.length}) if value.length else ("say streak none", {})


def _longest(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Streak) or value.length:
        return None
    return ("say longest none" if answer.question.subject.club else "say longest none any"), {}


def _nth(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Occurrence):
        return None
    club = question.subject.club
    values: Values = {"nth": question.nth, "winner": value.club}
    if question.unit is Unit.MATCH:
        row = _on(answer, value)
        if row is None:
            return None
        if club is None:
            return "say nth any", values | {"result": result_values(row)}
        return "say nth", values | {"match": match_values(row, club)}
    values["seasons"] = [season_values(value.season, value.competition, lexicon)]
    return ("say nth in" if club else "say nth any in"), values


def _on(answer: Answer, value: Occurrence | Only) -> Evidence | None:
    return next((row for row in answer.rows if row.date == value.date and row.holds), None)


def _always(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Always) or value.of == 0:
        return None
    who = "" if answer.question.subject.club else " any"
    if value.always:
        return f"say always{who}", {"of": value.of}
    return f"say not always{who}", {"of": value.of, "exceptions": value.exceptions}


def _only(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Only) or value.of == 0:
        return None
    club = question.subject.club
    who = "" if club else " any"
    values: Values = {"of": value.of}
    if not value.only:
        return (
            (f"say not only{who}", values | {"times": value.times})
            if value.times
            else (f"say only none{who}", values)
        )
    if question.unit is Unit.MATCH:
        row = _on(answer, value)
        if row is None:
            return None
        if club is None:
            return "say only any", values | {"result": result_values(row)}
        return "say only", values | {"match": match_values(row, club)}
    if value.season is None or value.competition is None:
        return None
    return f"say only{who} in", values | {
        "seasons": [season_values(value.season, value.competition, lexicon)]
    }


def _record(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Record) or value.played == 0:
        return None
    kinds = (("won", value.won), ("drawn", value.drawn), ("lost", value.lost))
    values: Values = {
        "splits": [{kind: n} for kind, n in kinds if n],
        "goals_for": value.scored,
        "goals_against": value.conceded,
        "of": value.played,
        "filtered": int(question.event.name != "played"),
    }
    return ("say record in which" if question.unit is Unit.MATCH else "say record of seasons"), values


def _form(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    # of a campaign, a league season or an open tie there is no letter
    if not isinstance(value, Form) or not value.letters or "-" in value.letters:
        return None
    values: Values = {"n": len(value.letters), "letters": value.letters, "event": "played", "last_told": True}
    return "say form", values


def _first_to(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Occurrence) or value.club is None:
        return None
    clubs = (value.club, *value.joint)
    values: Values = {
        "times": question.nth,
        "winners": [{"winner": club} for club in clubs],
        "several": int(len(clubs) > 1),
        "day": value.date,
        "seasons": [season_values(value.season, value.competition, lexicon)],
    }
    return "say first to", values


GENERAL_WRITERS: Final[dict[Statistic, Callable[[Answer, Lexicon], Statement | None]]] = {
    Statistic.CURRENT_STREAK: _streak,
    Statistic.LONGEST_STREAK: _longest,
    Statistic.NTH: _nth,
    Statistic.ALWAYS: _always,
    Statistic.ONLY: _only,
    Statistic.RECORD: _record,
    Statistic.LAST_N: _form,
    Statistic.FIRST_TO: _first_to,
    **CLUBS_WRITERS,
    **GROUP_WRITERS,
    **OUTLOOK_WRITERS,
}
"""The writer of each of these statistics, for any unit, event and subject that it can be asked of."""
