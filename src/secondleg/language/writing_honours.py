"""Titles, finals, promotion and relegation as sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final

from secondleg.language.grammar import Values
from secondleg.language.lexicon import Lexicon, joined
from secondleg.language.naming import season_of, season_values
from secondleg.records.answer import Answer, Count, Occurrence, Streak
from secondleg.records.question import Question
from secondleg.records.terms import Family, Statistic, Unit

__all__ = ["honours_writer", "of_which", "seasons_told"]

Told = tuple[str, Values] | None

_FIRST_MONTH: Final = 7
"""Month in which European seasons begin."""

_NAMED: Final = 4
"""At most so many seasons are named in a sentence."""


def honours_writer(question: Question) -> Callable[[Answer, Lexicon], Told] | None:
    """The writer of a question about titles, finals, promotion or relegation of a club."""
    scope, event = question.scope, question.event.name
    if question.subject.club is None or question.opponent or scope.last is not None:
        return None
    named = bool(scope.competitions) and not scope.without and scope.family is None
    if question.unit in (Unit.CAMPAIGN, Unit.SEASON) and event == "won" and (named or _europe(question)):
        return (
            _TITLES.get(question.statistic) if question.unit is Unit.SEASON else _CUPS.get(question.statistic)
        )
    if question.unit is Unit.SEASON and event in ("promoted", "relegated") and named:
        one = len(scope.competitions or ()) == 1
        return _moved if one and question.statistic is Statistic.LAST else None
    finals = question.unit is Unit.TIE and scope.stages == ("final",) and event == "went through"
    if finals and scope.first_leg is None and not scope.opponent_country:
        return _FINALS.get(question.statistic)
    return None


def _europe(question: Question) -> bool:
    return question.unit is Unit.CAMPAIGN and question.scope.family is Family.EUROPE


def of_which(answer: Answer, lexicon: Lexicon, labels: Sequence[str] = ()) -> Values:
    """Which competition a campaign or a season is one of: a European one, these, or any.

    A competition has the names that it bore in the seasons of `labels`, "the European Cup or Champions League"; without
    any, that of the day.
    """
    scope = answer.question.scope
    if scope.family is Family.EUROPE:
        return {"of_kind": "europe"}
    if scope.family or not scope.competitions:
        return {"of_kind": "any"}
    codes = scope.competitions
    if len(codes) == 1:
        labels = labels or [str(_season_at(answer.as_of))]
        names = [lexicon.competition(codes[0], [int(label[:4])]) for label in sorted(labels)]
        called = list(dict.fromkeys(names))
        if len(called) == 2:
            bare = [name.removeprefix("the ") for name in called]
            return {"of_kind": "these", "competitions": f"{called[0]} or {bare[1]}"}
        if len(called) == 1:
            return {"of_kind": "these", "competitions": called[0]}
    return {"of_kind": "these", "competitions": joined(map(lexicon.competition, codes))}


def _season_at(day: dt.date) -> int:
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def seasons_told(seasons: Sequence[tuple[str, str]], told: object, lexicon: Lexicon) -> list[Values]:
    """Seasons (label, competition); the competition is left out where `told` has named it already."""
    found = [season_values(label, code, lexicon) for label, code in seasons]
    one = len({code for _, code in seasons}) == 1
    return [{"season": item["season"]} if one and item["competition"] == told else item for item in found]


def _held(answer: Answer) -> list[tuple[str, str]]:
    """Season and competition of each time, oldest first."""
    if answer.question.unit is Unit.SEASON:
        lines = [(line.season, line.competition) for line in answer.lines if line.holds]
        return sorted(dict.fromkeys(lines))
    return list(dict.fromkeys((row.season, row.competition) for row in answer.rows if row.holds))


def _titles(answer: Answer, lexicon: Lexicon) -> Told:
    value = answer.value
    if not isinstance(value, Count):
        return None
    held = _held(answer)
    if value.k != len(held):
        return None
    where = of_which(answer, lexicon, [label for label, _ in held] or [str(_year(answer))])
    values: Values = {"k": value.k, "times": value.k, **where}
    if value.k == 0:
        return ("say no titles", values) if value.of else None
    if value.k > _NAMED:
        return "say titles last", values | {"season": season_of(held[-1][0])}
    if " or " in str(where.get("competitions")):
        seasons: list[Values] = [{"season": season_of(label)} for label, _ in held]
    else:
        seasons = seasons_told(held, where.get("competitions"), lexicon)
    return "say titles", values | {"seasons": seasons}


def _year(answer: Answer) -> int:
    """The season under way, by the year in which it began."""
    return answer.as_of.year if answer.as_of.month >= _FIRST_MONTH else answer.as_of.year - 1


def _titles_running(answer: Answer, lexicon: Lexicon) -> Told:
    value = answer.value
    if not isinstance(value, Streak) or value.length < 2:
        return None
    seasons = [label for label, _ in _held(answer)]
    return "say titles running", {"n": value.length, **of_which(answer, lexicon, seasons)}


def _last_title(answer: Answer, lexicon: Lexicon) -> Told:
    value = answer.value
    if not isinstance(value, Occurrence):
        return None
    where = of_which(answer, lexicon, [value.season])
    phrase = "say last title" if value.since else "say title now"
    return phrase, {"season": season_of(value.season), **where}


def _moved(answer: Answer, lexicon: Lexicon) -> Told:
    value = answer.value
    if not isinstance(value, Occurrence):
        return None
    phrase = f"say {answer.question.event.name}{'' if value.since else ' now'}"
    called = lexicon.competition(value.competition, [int(value.season[:4])])
    return phrase, {"season": season_of(value.season), "competitions": called, "of_kind": "these"}


def _finals(answer: Answer, lexicon: Lexicon) -> Told:
    value = answer.value
    if not isinstance(value, Count) or value.of < 2 or value.unknown:
        return None
    values: Values = {"k": value.k, "of": value.of, "finals": True}
    if value.k == 0:
        return ("say finals none", values) if value.of == 2 else ("say finals", values)
    return ("say finals all" if value.k == value.of else "say finals"), values


def _finals_running(answer: Answer, lexicon: Lexicon) -> Told:
    value = answer.value
    if not isinstance(value, Streak) or value.length < 2 or answer.at_least:
        return None
    return "say finals running", {"n": value.length, "finals": True}


_CUPS: Final = {Statistic.COUNT: _titles}
_TITLES: Final = {
    Statistic.COUNT: _titles,
    Statistic.CURRENT_STREAK: _titles_running,
    Statistic.LAST: _last_title,
}
_FINALS: Final = {Statistic.SHARE: _finals, Statistic.CURRENT_STREAK: _finals_running}
