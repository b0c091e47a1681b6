"""What a question means beyond its words: the league's titles, the league's own era, and whose name it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from secondleg.archive.names import fold
from secondleg.errors import BadInput
from secondleg.football.competition import competition, next_tier
from secondleg.language.names import Names, countries
from secondleg.language.phrases import book
from secondleg.language.reading import OF_CHAMPIONS, Reading
from secondleg.language.tokens import tokens
from secondleg.records.events import Event
from secondleg.records.question import Question
from secondleg.records.scope import Scope
from secondleg.records.terms import Family, Unit

__all__ = ["meant", "namesakes"]

_STARTED_ANEW: Final = "eng.1"
"""The league whose records are kept apart from those of the league before it."""
_WIDER: Final = 0.9
"""What is left of the confidence where the league before it counts too."""
_TITLE: Final = frozenset({"title", "titles"})
"""Words for what is won that mean the league where no cup is named."""
_WINS: Final = frozenset({"wins"})
"""Words that mean matches won where a league is named."""
_TITLES: Final = {"won": "won", "played": "played", "won unbeaten": "unbeaten"}
"""Events of a cup's campaign, and what they are of a league's season."""


def meant(readings: Sequence[Reading], text: str, names: Names, known: Collection[str]) -> list[Reading]:
    """The readings of a question as it is meant, the likeliest first.

    A league is won over a season, not over a campaign; "the Premier League" is that since 1992-93 before it is the
    whole top flight; and where a club of the register (`known`) bears a name, no other club is meant by it.
    """
    words = tokens(text).words
    if any(pair[0] == "all" and pair[1] in countries() for pair in pairwise(words)):
        return []  # an all-English final is one of two English clubs, not one that an English club reached
    others = namesakes(names, known)
    said = set(words)
    titled, wins = bool(_TITLE & said), bool(_WINS & said)
    found = [
        one
        for reading in readings
        if not others & {reading.question.subject.club, reading.question.opponent}
        if not (wins and _is_of_league(reading.question))
        for one in _eras(replace(reading, question=_as_meant(reading.question, titled=titled)), text)
    ]
    kept: dict[Question, Reading] = {}
    for reading in sorted(found, key=lambda one: -one.confidence):
        # "FA Cup wins" may be matches too
        if wins or not any(_won_a_match_of(reading.question, before) for before in kept):
            kept.setdefault(reading.question, reading)
    return list(kept.values())


def _as_meant(question: Question, *, titled: bool) -> Question:
    return _in_first_round(_of_league(question, titled=titled))


_FIRST_ROUND: Final = "round-1"


def _in_first_round(question: Question) -> Question:
    """In the first round of a cup, by whatever name its seasons have it."""
    scope = question.scope
    codes = scope.competitions or ()
    if scope.stages != (_FIRST_ROUND,) or len(codes) != 1 or f"first round {codes[0]}" not in book():
        return question
    stages = tuple(one.source for one in book().wordings(f"first round {codes[0]}"))
    return replace(question, scope=replace(scope, stages=stages))


def namesakes(names: Names, known: Collection[str]) -> set[str | None]:
    """The clubs that the text can only mean by a name that a club of the register bears."""
    shared: set[str | None] = set()
    own: set[str | None] = set()
    for clubs in names.clubs.values():
        if any(club in known for club in clubs):
            shared.update(club for club in clubs if club not in known)
        else:
            own.update(clubs)
    return shared - own


def _won_a_match_of(question: Question, before: Question) -> bool:
    """Whether it takes "won the cup" for a match won in the cup, where the cup itself is meant."""
    return (
        question.unit is Unit.MATCH
        and before.unit is not Unit.MATCH
        and question.event.name == before.event.name == "won"
        and (question.statistic, question.subject) == (before.statistic, before.subject)
    )


def _is_of_league(question: Question) -> bool:
    """Whether it takes a league for a cup that is won."""
    codes = question.scope.competitions
    return (
        question.unit is Unit.CAMPAIGN and bool(codes) and all(competition(code).tier for code in codes or ())
    )


def _of_league(question: Question, *, titled: bool = False) -> Question:
    """A league's title is that of a season, and "the league" is then the top division; "the title" is a league's."""
    scope = question.scope
    if question.unit is Unit.SEASON and question.event.name in OF_CHAMPIONS and scope.family is Family.LEAGUE:
        return replace(question, scope=replace(scope, family=Family.TOP_FLIGHT))
    leagues = bool(scope.competitions) and all(competition(code).tier for code in scope.competitions or ())
    if question.unit is not Unit.CAMPAIGN or question.event.name not in _TITLES:
        return question
    plain = titled and question.event.name == "won" and not scope.competitions and scope.family is None
    if not leagues and not plain and scope.family not in (Family.LEAGUE, Family.TOP_FLIGHT):
        return question
    scope = replace(scope, family=Family.TOP_FLIGHT) if plain else scope
    try:
        return _of_league(
            replace(question, scope=scope, unit=Unit.SEASON, event=Event(_TITLES[question.event.name]))
        )
    except BadInput:
        return question


def _eras(reading: Reading, text: str) -> Iterator[Reading]:
    """The reading in the era of the league that the text names, then over all of them."""
    scope = _era(reading.question, fold(text))
    if scope is None:
        yield reading
        return
    yield replace(reading, question=replace(reading.question, scope=scope))
    yield replace(reading, confidence=reading.confidence * _WIDER)


def _era(question: Question, folded: str) -> Scope | None:
    scope = question.scope
    times = (scope.first_season, scope.last_season, scope.since, scope.until, scope.last)
    if scope.this_season or any(one is not None for one in times):
        return None
    # who is promoted into it comes from the league below, the season before
    below = (next_tier(_STARTED_ANEW, 1),)
    came_up = question.event.name == "promoted" and scope.competitions == below
    if scope.competitions != (_STARTED_ANEW,) and not came_up:
        return None
    *before, (start, latest) = competition(_STARTED_ANEW).names
    start -= came_up
    if fold(latest) in folded:
        return replace(scope, first_season=start)
    if any(fold(name) in folded for _, name in before) and not came_up:
        return replace(scope, last_season=start - 1)
    return None
