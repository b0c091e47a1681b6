"""Lists of clubs as sentences: to which it has happened, to which it never has, to which it has each season."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from secondleg.language.grammar import Values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import season_of, season_values
from secondleg.language.writing_honours import of_which
from secondleg.records.answer import Answer, Clubs, Listed
from secondleg.records.question import Question
from secondleg.records.scope import Scope
from secondleg.records.terms import Statistic, Unit

__all__ = ["CLUBS_WRITERS", "clubs_asked", "without_country"]

Statement = tuple[str, Values]

_WHOLE: Final = 8
"""A list of at most so many clubs is told whole."""
_NAMED: Final = 6
"""Of a longer one so many are named, and how many more there are."""


def clubs_asked(question: Question) -> Values:
    """Of which country the clubs are, as the book has it."""
    scope = question.scope
    country = scope.country if question.subject.club is None else scope.opponent_country
    return {"adjective": country, "country": country, "country_told": country is not None}


def without_country(question: Question, scope: Scope) -> Scope:
    """The scope without the country of the clubs of a list, where its sentence has said it."""
    return (
        replace(scope, country=None)
        if question.subject.club is None
        else replace(scope, opponent_country=None)
    )


def _clubs(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value, question = answer.value, answer.question
    if not isinstance(value, Clubs) or value.of == 0:
        return None
    who = "which" if question.subject.club is None else "opponents"
    kind = _KINDS[question.statistic]
    values: Values = {
        **clubs_asked(question),
        "clubs_n": value.n,
        "clubs_of": value.of,
        "seasons_n": value.seasons,
        "short": int(_unsure(answer)),
        "unclear_n": value.unclear if kind == " never" and value.unclear else None,
    }
    if value.n == 0:
        return f"say {who}{kind} none", values
    values |= _listed(question, value)
    if question.statistic is Statistic.WHICH:
        values |= _latest(question, value, lexicon)
        if who == "which" and _is_title(question):
            labels = [label for one in value.clubs for label in (one.first_season, one.last_season)]
            return "say which titles", values | of_which(answer, lexicon, sorted(set(labels)))
    return f"say {who}{kind}", values


_KINDS: Final = {Statistic.WHICH: "", Statistic.WHICH_NEVER: " never", Statistic.WHICH_EVERY: " every"}


def _unsure(answer: Answer) -> bool:
    return answer.at_least or bool(answer.unknown)


def _is_title(question: Question) -> bool:
    scope = question.scope
    won = question.event.name == "won" and question.unit in (Unit.CAMPAIGN, Unit.SEASON)
    return won and len(scope.competitions or ()) == 1 and scope.family is None and not scope.without


def _listed(question: Question, value: Clubs) -> Values:
    never = question.statistic is Statistic.WHICH_NEVER
    counts = [one.of if never else one.times for one in value.clubs]
    # where all have the same there is nothing to compare
    once = int(not never and (counts[0] == 1 or (value.seasons is not None and len(set(counts)) == 1)))
    cut = value.n > _WHOLE
    told = list(zip(value.clubs, counts, strict=True))[: _NAMED if cut else _WHOLE]
    items = [_item(question, one, count, head, once) for head, (one, count) in enumerate(told)]
    return {
        "cut": int(cut),
        "listed": items,
        "listed_first": items,
        "clubs_more": value.n - len(items),
    }


def _item(question: Question, one: Listed, count: int, place: int, once: int) -> Values:
    found: Values = {"winner": one.club, "listed_n": count, "once": once}
    if place == 0:
        never = question.statistic is Statistic.WHICH_NEVER
        found |= {"head": 2 if never else 1, "unit": _UNIT[question.unit], "of": count}
    return found


_UNIT: Final = {Unit.MATCH: "match", Unit.TIE: "tie", Unit.CAMPAIGN: "campaign", Unit.SEASON: "season"}


def _latest(question: Question, value: Clubs, lexicon: Lexicon) -> Values:
    latest = value.latest
    if latest is None:
        return {}
    named = len(question.scope.competitions or ()) == 1
    season = season_values(latest.last_season, latest.competition, lexicon)
    return {
        "only": int(value.n == 1),
        "leader": latest.club,
        "day": latest.last,
        "seasons": [{"season": season_of(latest.last_season)} if named else season],
    }


CLUBS_WRITERS: Final[dict[Statistic, Callable[[Answer, Lexicon], Statement | None]]] = dict.fromkeys(
    _KINDS, _clubs
)
"""The writer of each list of clubs."""
