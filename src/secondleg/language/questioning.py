"""Questions in words: from a `Question` to the sentence that asks it, in the wordings by which it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from secondleg.language.grammar import Values, worded
from secondleg.language.happening import UNIT_WORD, event_values
from secondleg.language.lexicon import Lexicon, indefinite
from secondleg.language.scoping import scope_text
from secondleg.language.writing_clubs import clubs_asked, without_country
from secondleg.language.writing_groups import in_groups
from secondleg.records.question import OF_CLUBS, Question
from secondleg.records.terms import Measure, Per, Statistic, Unit

__all__ = ["question_sentence"]

_ASKED: Final[dict[Statistic, tuple[str, str]]] = {
    Statistic.CURRENT_STREAK: ("run", ""),
    Statistic.LONGEST_STREAK: ("longest", "longest any"),
    Statistic.LAST: ("last", "last any"),
    Statistic.FIRST: ("first", "first any"),
    Statistic.NTH: ("nth", "nth any"),
    Statistic.LAST_N: ("letters", ""),
    Statistic.COUNT: ("number", "number any"),
    Statistic.SHARE: ("share of", "share any"),
    Statistic.TOTAL: ("sum", "sum any"),
    Statistic.AVERAGE: ("mean", "mean any"),
    Statistic.RECORD: ("record over", ""),
    Statistic.NEVER: ("ever", "ever any"),
    Statistic.ALWAYS: ("always", "always any"),
    Statistic.ONLY: ("only", "only any"),
    Statistic.FURTHEST: ("furthest", ""),
    Statistic.SINCE: ("since", ""),
    Statistic.MOST: ("group", "group any"),
    Statistic.FEWEST: ("group", "group any"),
    Statistic.RANK: ("rank group", ""),
    Statistic.AS_MANY: ("as many", ""),
    Statistic.FIRST_TO: ("first to", "first to"),
    Statistic.WHICH: ("opponents", "which"),
    Statistic.WHICH_NEVER: ("opponents never", "which never"),
    Statistic.WHICH_EVERY: ("opponents every", "which every"),
    Statistic.WOULD_BE: ("would be", ""),
    Statistic.STAKES: ("stakes", ""),
}
"""The phrases that ask for a statistic: of a club, and of any club."""


_SAYS_WHERE: Final = ("since", "since on")
"""Phrases that go on behind the words of the scope."""


def question_sentence(question: Question, lexicon: Lexicon) -> str | None:
    """The question in words, such as "When did Liverpool last keep a clean sheet in Europe?"; None for a chance."""
    phrase = _phrase(question)
    if phrase is None:
        return None
    values = _values(question)
    scope = question.scope
    if question.subject.opponent:
        scope = replace(scope, opponent=question.subject.opponent)
    if "last_n" in values:
        scope = replace(scope, last=None)
    if values.get("country_told"):
        scope = without_country(question, scope)
    told = scope_text(
        scope,
        lexicon,
        unit=question.unit,
        last=True,
        part_of_season="opened" not in values,
        # where nothing is said, a question means a league
        everywhere=question.unit is Unit.SEASON or question.measure is Measure.POINTS,
    )
    within = phrase in _SAYS_WHERE
    text = worded(f"ask {phrase}", {**values, "scope": told} if within else values, lexicon)
    if text is None or told is None:
        return None
    if within:
        told = ""
    small = {"piece": "least", "least_n": question.least, "unit": UNIT_WORD[question.unit]}
    least = "" if question.least is None else worded("scope", small, lexicon)
    whole = " ".join(f"{text} {told}{least}".split()).replace(" ,", ",")
    whole = f"{whole[0].upper()}{whole[1:]}?"
    return indefinite(whole) if phrase == "would be" else whole


def _phrase(question: Question) -> str | None:
    statistic, by = question.statistic, question.per is Per.CLUB
    of_club, of_any = _ASKED.get(statistic, ("", ""))
    if statistic is Statistic.RANK and by:
        return "rank"
    if statistic in (Statistic.MOST, Statistic.FEWEST) and by:
        return "club group"
    if question.subject.club is None:
        # "played in the league" is over its seasons, where nothing is said of matches
        matches = statistic in OF_CLUBS and question.event.name == "played" and question.unit is Unit.MATCH
        return (f"{of_any} with matches" if matches else of_any) or None
    of_opponents = question.per is Per.OPPONENT and question.opponent is None
    if of_opponents and question.measure is None and statistic is not Statistic.RANK:
        return "group opponent"
    if statistic is Statistic.SINCE and question.before is not None:
        return "since on"
    if statistic is Statistic.FURTHEST and question.event.name != "played":
        return "furthest of"
    return of_club or None


def _values(question: Question) -> Values:
    scope = question.scope
    values: Values = {
        **event_values(question.event, question.unit),
        "club": question.subject.club,
        "nth": question.nth,
        "times": question.nth,
        "before_day": question.before,
        **in_groups(question),
        **(clubs_asked(question) if question.statistic in OF_CLUBS else {}),
    }
    if question.per is not None and question.statistic is not Statistic.RANK:
        values["extreme"] = str(question.statistic)
    elif question.per is not None:
        values["extreme"] = "most"
    if question.statistic in (Statistic.LAST_N, Statistic.AS_MANY):
        values |= {"last_n": scope.last, "of": scope.last}
    return values
