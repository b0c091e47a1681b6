"""Answers to questions that the book asks and never asserts: who it was, where a club finished, whom it met.

The words are the phrase book's (`told ...`); what they name is taken from the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from secondleg.language.grammar import Values
from secondleg.language.happening import event_values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import result_values, season_values
from secondleg.language.scoping import scope_text
from secondleg.language.writing import said
from secondleg.records import Answer, Measure, Occurrence, Scope
from secondleg.records.answer import Extreme

__all__ = ["told"]

_RESULTS: Final = 6
"""At most so many matches that share a record are named."""

_WINNERS: Final = 30
"""At most so many clubs are named: more than one season of one competition promotes or relegates."""


def told(phrase: str, found: Answer, lexicon: Lexicon) -> str | None:
    """The sentence that answers a question of that phrase of the book; None where it has no such words."""
    writer = _WRITERS.get(phrase)
    values = writer(found, lexicon) if writer else None
    if values is None:
        return None
    question = found.question
    base: Values = {
        **event_values(question.event, question.unit),
        "club": question.subject.club,
        "scope": scope_text(question.scope, lexicon, unit=question.unit),
    }
    return said(phrase.replace("ask ", "told ", 1), base | values, lexicon)


def _who(found: Answer, lexicon: Lexicon) -> Values | None:
    value = found.value
    if isinstance(value, Occurrence) and value.club is not None:
        winners, season = [value.club, *value.joint], value.season
    elif isinstance(value, Extreme) and len(value.holders) <= _WINNERS and value.amount == 1:
        seasons = {row.season for row in found.rows} | {line.season for line in found.lines}
        winners, season = [holder.club for holder in value.holders], ""
        if len(seasons) != 1:
            return None
        season = seasons.pop()
    else:
        return None
    where = scope_text(_any_time(found.question.scope), lexicon, [int(season[:4])], unit=found.question.unit)
    return (
        {"winners": [{"winner": club} for club in winners], "scope": f"{where} in {season}"}
        if where
        else None
    )


def _any_time(scope: Scope) -> Scope:
    return replace(
        scope, first_season=None, last_season=None, since=None, until=None, this_season=False, last=None
    )


def _place(found: Answer, lexicon: Lexicon) -> Values | None:
    value = found.value
    if not isinstance(value, Extreme) or len(value.holders) != 1:
        return None
    holder = value.holders[0]
    if holder.season is None or holder.competition is None:
        return None
    competition = lexicon.competition(holder.competition, [int(holder.season[:4])])
    return {"nth": int(value.amount), "scope": f"in {competition} in {holder.season}"}


def _best_place(found: Answer, lexicon: Lexicon) -> Values | None:
    value = found.value
    if not isinstance(value, Extreme) or found.question.subject.club is None:
        return None
    seasons = [
        season_values(holder.season, holder.competition, lexicon)
        for holder in value.holders
        if holder.season and holder.competition
    ]
    return {"nth": int(value.amount), "seasons": seasons} if seasons else None


def _opponents(found: Answer, lexicon: Lexicon) -> Values | None:
    value = found.value
    if not isinstance(value, Extreme) or not value.holders:
        return None
    clubs = [holder.opponent for holder in value.holders]
    return {"winners": [{"winner": club} for club in clubs], "times": int(value.amount)}


def _tie_with(found: Answer, lexicon: Lexicon) -> Values | None:
    value, club = found.value, found.question.subject.club
    if not isinstance(value, Occurrence) or club is None:
        return None
    rows = [row for row in found.rows if row.date == value.date and club in (row.home, row.away)]
    others = {row.away if row.home == club else row.home for row in rows}
    if len(others) != 1:
        return None
    seasons = [season_values(value.season, value.competition, lexicon)]
    return {"winners": [{"winner": others.pop()}], "seasons": seasons}


def _matches(found: Answer, lexicon: Lexicon) -> Values | None:
    """The matches that share a record, where there are several."""
    value = found.value
    if not isinstance(value, Extreme):
        return None
    days = {holder.date for holder in value.holders}
    rows = {row.match: row for row in found.rows if row.date in days}
    kind = "most goals" if found.question.measure is Measure.GOALS else "biggest win"
    results = [result_values(row) for row in rows.values()]
    return {"extreme": kind, "results": results} if 1 < len(results) <= _RESULTS else None


_WRITERS: Final[dict[str, Callable[[Answer, Lexicon], Values | None]]] = {
    "ask who": _who,
    "ask most of any": _matches,
    "ask place": _place,
    "ask best place": _best_place,
    "ask most of opponents": _opponents,
    "ask tie with": _tie_with,
}
