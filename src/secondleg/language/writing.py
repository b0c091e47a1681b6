"""Writing: from an answer to the sentence that asserts it, in the words of the phrase book.

An answer becomes the name of a phrase and the values of its slots; `language.grammar` words them. Reading goes the
same way back (`language.reading`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from secondleg.football.country import ADJECTIVE
from secondleg.language.grammar import Values, worded
from secondleg.language.happening import UNIT_WORD, event_values
from secondleg.language.lexicon import Lexicon, indefinite
from secondleg.language.naming import match_values, result_values, season_values
from secondleg.language.scoping import scope_text
from secondleg.language.writing_clubs import without_country
from secondleg.language.writing_records import RECORD_WRITERS
from secondleg.language.writing_ties import furthest, special_writer
from secondleg.records.answer import (
    Answer,
    Count,
    Evidence,
    Form,
    Never,
    Occurrence,
    Record,
    Since,
    Streak,
    Total,
)
from secondleg.records.once import counts_once, of_both_sides, of_one_side
from secondleg.records.question import Question
from secondleg.records.terms import Measure, Statistic, Unit

__all__ = ["said", "sentence", "statement", "write"]

_NAMED: Final = 4
"""At most so many matches or ties are named in a sentence; the rest stand in its evidence."""

_RUN_NAMED: Final = 3
"""A run of at most so many matches names them all."""

_FIRST_MONTH: Final = 7
"""Month in which European seasons begin."""

Statement = tuple[str, Values]
"""A phrase of the book, and the values of its slots."""


def sentence(question: Question, answer: Answer, lexicon: Lexicon) -> str | None:
    """The sentence that asserts `answer` of `question`, as it can stand alone; None where there is nothing to say.

    It works for every question that the phrase book has words for, of one club, a pair or any club.
    """
    asked = answer if answer.question == question else replace(answer, question=question)
    found = statement(asked, lexicon)
    return said(*found, lexicon) if found else None


def write(answer: Answer, lexicon: Lexicon) -> str | None:
    """The sentence of an answer as a preview has it, where "the sides" are known."""
    found = statement(answer, lexicon, the_sides=True)
    return said(*found, lexicon) if found else None


def said(phrase: str, values: Values, lexicon: Lexicon) -> str | None:
    """A phrase with its values as a sentence, with its capital and its full stop."""
    text = worded(phrase, values, lexicon)
    if text is None:
        return None
    text = " ".join(text.split()).replace(" ,", ",").replace(" :", ":").replace(" ;", ";")
    text = f"{text[0].upper()}{text[1:]}."
    return indefinite(text) if phrase == "say would be" or phrase in _OF_SUCH_SIDES else text


def statement(answer: Answer, lexicon: Lexicon, *, the_sides: bool = False) -> Statement | None:
    """The phrase that asserts `answer`, with the values of its slots; None where there is none.

    With `the_sides`, the record of two clubs is told of both, as that of "the sides", and what no preview tells
    has no words.
    """
    question = answer.question
    both = the_sides and question.statistic is Statistic.RECORD and question.subject.opponent is not None
    special = _head_to_head if both else special_writer(question)
    usual = _WRITERS.get(question.statistic)
    found = special(answer, lexicon) if special else None
    if found is None and usual is not None and not both:
        found = usual(answer, lexicon)
    if found is None and not the_sides:
        found = _in_general(answer, lexicon)
    if found is None:
        return None
    phrase, values = found
    if question.event.name == "scored by" and phrase in _OF_SCORER:
        phrase = f"{phrase} of scorer"
    if question.scope.country and phrase in _OF_SUCH_SIDES:
        land = "adjective" if question.scope.country in ADJECTIVE else "country"
        values = values | {"whose": land, land: question.scope.country}
    values = values | _won_these(question, phrase, lexicon)
    scope = _scope(answer, lexicon, pair_told=both, values=values)
    if scope is None:
        return None
    base: Values = {
        "skipped": 0,
        "scope": "" if both and scope == _EVERYWHERE else scope,
        **event_values(question.event, question.unit),
        "club": question.subject.club,
    }
    if values.get("last_told") and question.scope.skip is not None:
        values = values | {"skipped": 1, "skip_n": question.scope.skip}
    return phrase, base | values


def _won_these(question: Question, phrase: str, lexicon: Lexicon) -> Values:
    """The competition that is won, where its name can stand for it: "have won the Champions League"."""
    codes, won = question.scope.competitions, question.unit is Unit.CAMPAIGN and question.event.name == "won"
    if not won or phrase not in _NAME_WHAT_IS_WON or codes is None or len(codes) != 1:
        return {}
    return {"won_these": 1, "competition": lexicon.competition(codes[0]), "of_kind": "these"}


_NAME_WHAT_IS_WON: Final = frozenset(
    f"say {which}{whose}" for which in ("count", "never", "ever") for whose in ("", " any")
)
"""Phrases whose event is won as something that has been done."""
_OF_SUCH_SIDES: Final = frozenset(
    f"say {phrase}"
    for phrase in (
        "count any",
        "share any",
        "never any",
        "ever any",
        "always any",
        "not always any",
        "only none any",
        "not only any",
        "only any in",
        "nth any in",
        "last any in",
        "first any in",
        "first side",
        "last side",
        "longest none any",
        "sum any",
        "sum any in which",
        "mean any",
    )
)
"""Phrases that name the sides meant as those of their country: "Italian clubs have"."""
_OF_SCORER: Final = frozenset({"say streak", "say share last", "say count"})
"""Phrases that have words of their own for a named scorer."""


def _in_general(answer: Answer, lexicon: Lexicon) -> Statement | None:
    from secondleg.language.writing_general import GENERAL_WRITERS

    writer = GENERAL_WRITERS.get(answer.question.statistic)
    return writer(answer, lexicon) if writer else None


_EVERYWHERE: Final = "in all competitions"


def _scope(answer: Answer, lexicon: Lexicon, *, pair_told: bool, values: Values) -> str | None:
    """The scope of an answer in words; its competitions as they were called in the seasons that prove it."""
    question = answer.question
    scope = question.scope
    if question.subject.opponent and not pair_told:
        scope = replace(scope, opponent=question.subject.opponent)
    if values.get("country_told"):
        scope = without_country(question, scope)
    day = answer.as_of
    now = day.year if day.month >= _FIRST_MONTH else day.year - 1
    codes = scope.competitions or ()
    seasons = [int(row.season[:4]) for row in answer.rows if row.competition in codes]
    told = scope_text(
        scope,
        lexicon,
        seasons or [now],
        unit=question.unit,
        leg="leg" not in values,
        where=values.get("of_kind", "any") == "any",
        stages="finals" not in values,
        last=not values.get("last_told"),
        part_of_season=not values.get("part_told"),
        country="whose" not in values,
    )
    if told is None or question.least is None:
        return told
    small = {"piece": "least", "least_n": question.least, "unit": UNIT_WORD[question.unit]}
    return f"{told}{worded('scope', small, lexicon)}"


def _row_on(answer: Answer, date: dt.date | None) -> Evidence | None:
    return next((row for row in answer.rows if row.date == date and row.holds), None)


# -- statistics ---------------------------------------------------------------------------------------------------


def _streak(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Streak) or value.length == 0 or question.subject.club is None:
        return None
    n = value.length
    if answer.at_least:
        return "say streak short", {"n": n}
    if n == 1 and question.event.name in _NOT_ALONE:
        return None
    values: Values = {"n": n}
    if n <= _RUN_NAMED and question.unit is Unit.MATCH:
        run = [row for row in answer.rows if row.holds][-n:]
        values["matches"] = [match_values(row, question.subject.club, with_day=False) for row in run]
    return "say streak", values


_NOT_ALONE: Final = frozenset({"unbeaten", "winless"})
"""Events of which a run of one says less than the match itself."""


def _longest(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Streak) or value.length == 0:
        return None
    values: Values = {"n": value.length, "from_day": value.first, "to_day": value.last}
    if value.joint:
        values |= {
            "winners": [{"winner": club} for club in value.joint[:_NAMED]],
            "others_n": len(value.joint),
        }
        values["many"] = int(len(value.joint) > _NAMED)
    if value.first == value.last or answer.question.unit is not Unit.MATCH:
        values |= {"from_day": None, "to_day": None}
    if answer.question.subject.club is None:
        phrase = "say longest any" if answer.coverage.complete else "say longest any at least"
        return phrase, values | {"winner": value.club}
    return ("say longest" if answer.coverage.complete else "say longest at least"), values


def _occurrence(which: str) -> Callable[[Answer, Lexicon], Statement | None]:
    """The last or the first time of something."""

    def writer(answer: Answer, lexicon: Lexicon) -> Statement | None:
        value, question = answer.value, answer.question
        if not isinstance(value, Occurrence):
            return None
        club = question.subject.club
        if question.unit is not Unit.MATCH:
            phrase = f"say {which} in" if club else f"say {which} any in"
            if club is None and value.club and not value.joint:
                phrase = f"say {which} side"
            return phrase, {
                "winner": value.club,
                "seasons": [season_values(value.season, value.competition, lexicon)],
            }
        row = _row_on(answer, value.date)
        if row is None:
            return None
        if club is None:
            return f"say {which} any", {"result": result_values(row)}
        values: Values = {"match": _not_told(question, match_values(row, club))}
        if question.event.name == "played":
            return f"say {which} played", values
        if which == "last" and value.since:
            values["since_n"] = value.since
        return f"say {which}", values

    return writer


def _not_told(question: Question, match: Values) -> Values:
    """A match without what its sentence says of its scope: where it was, and then against whom."""
    if question.scope.venue is None or match["venue"] == "neutral":
        return match
    return match | {"venue": None} | ({"name": None} if question.opponent else {})


def _since(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    club = question.subject.club
    if not isinstance(value, Since) or club is None or question.unit is not Unit.MATCH:
        return None
    row = _row_on(answer, value.date)
    if row is None or question.before not in (None, value.date):
        return None
    values: Values = {"match": match_values(row, club)}
    phrase = "say since" if question.before is not None else "say latest since"
    if value.previous is None:
        told = question.before is not None and answer.coverage.complete
        return ("say since first", values) if told else None
    before = _row_on(answer, value.previous)
    return (phrase, values | {"since_match": match_values(before, club)}) if before else None


def _count(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Count):
        return None
    values: Values = {"k": value.k, "times": value.k, "of": value.of}
    if answer.question.subject.club:
        return "say count", values
    return "say count any", values | {"of_sides": _of_sides(answer.question)}


def _of_sides(question: Question) -> str | None:
    """To how many sides of one match or tie it happens: to both, to either or both; None for one, and of campaigns."""
    if not counts_once(question) or of_one_side(question.event):
        return None
    return "both" if of_both_sides(question.event) else "either"


def _share(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Count) or value.of == 0:
        return None
    if question.scope.last is not None:
        return "say share last", {"k": value.k, "n": value.of, "last_told": True}
    phrase = "say share" if question.subject.club else "say share any"
    if question.subject.club and question.unit is Unit.MATCH and value.k and question.event.name in _PLAINLY:
        phrase = f"say share {question.event.name}"
    return phrase, {"k": value.k, "of": value.of}


_PLAINLY: Final = frozenset({"won", "lost"})
"""Events of which a share is told without "in": they have won five of nine matches."""


def _never(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Never) or value.of == 0:
        return None
    phrase = "say never" if value.never else "say ever"
    scope = answer.question.scope
    season = scope.this_season or (scope.first_season is not None and scope.first_season == scope.last_season)
    values: Values = {"of": value.of, "of_a_season": int(season)}
    return (phrase if answer.question.subject.club else f"{phrase} any"), values


def _total(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Total) or question.subject.club is None or question.measure not in _OF_MATCHES:
        return None
    kind = {Measure.DIFFERENCE: "signed", Measure.POINTS: "points"}.get(question.measure, "goals")
    values: Values = {"measure": str(question.measure), kind: value.goals}
    if question.event.name != "played":
        return "say total in which", values | {"of": value.of}
    values["event"] = None
    if question.scope.last is not None:
        return "say total", values | {"bound": "last", "n": value.of, "last_told": True}
    return "say total", values | {"of": value.of}


_OF_MATCHES: Final = (
    Measure.SCORED,
    Measure.CONCEDED,
    Measure.GOALS,
    Measure.DIFFERENCE,
    Measure.POINTS,
)


def _record(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Record) or value.played == 0 or question.event.name != "played":
        return None
    if question.unit is not Unit.MATCH:
        return None
    kinds = [{kind: n} for kind, n in (("won", value.won), ("drawn", value.drawn), ("lost", value.lost)) if n]
    values: Values = {
        "goals_for": value.scored,
        "goals_against": value.conceded,
        "splits": kinds,
        "last_told": question.scope.last is not None,
    }
    if question.scope.last is None:
        return "say record", values | {"of": value.played}
    if len(kinds) > 1:
        return "say record last", values | {"n": value.played}
    result = {"won": "W", "drawn": "D", "lost": "L"}[next(iter(kinds[0]))]
    return "say record alike", values | {"n": value.played, "result": result}


def _head_to_head(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Record) or value.played == 0 or question.event.name != "played":
        return None
    club, opponent = question.subject.club, question.subject.opponent
    if value.played == 1:
        return "say met once", {"result": result_values(answer.rows[-1])}
    won = sorted(((club, value.won), (opponent, value.lost)), key=lambda pair: -pair[1])
    parts: list[Values] = [{"first_club": who, "won_times": n} for who, n in won if n]
    if value.drawn:
        parts.append({"drawn": value.drawn} | ({} if parts else {"all": True}))
    named = [result_values(row) for row in answer.rows[-_NAMED:]]
    values: Values = {"met_times": value.played, "meetings": parts, "results": named}
    return ("say met" if value.played <= _NAMED else "say met many"), values


def _form(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if (
        not isinstance(value, Form)
        or not value.letters
        or question.unit is not Unit.MATCH
        or question.event.name != "played"
    ):
        return None
    return "say form", {"n": len(value.letters), "letters": value.letters, "last_told": True}


_WRITERS: Final[dict[Statistic, Callable[[Answer, Lexicon], Statement | None]]] = {
    Statistic.CURRENT_STREAK: _streak,
    Statistic.LONGEST_STREAK: _longest,
    Statistic.LAST: _occurrence("last"),
    Statistic.FIRST: _occurrence("first"),
    Statistic.SINCE: _since,
    Statistic.COUNT: _count,
    Statistic.SHARE: _share,
    Statistic.NEVER: _never,
    Statistic.TOTAL: _total,
    Statistic.RECORD: _record,
    Statistic.LAST_N: _form,
    Statistic.FURTHEST: furthest,
    **RECORD_WRITERS,
}
"""The writer of each statistic. To add one is to add its function here and its phrase to the book."""
