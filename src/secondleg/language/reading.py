"""Reading: from a sentence to the questions that it answers and the values that it asserts, the likeliest first.

A phrase of the book gives the values of its slots (`language.grammar`); here they become a `Question` and what is
stated of its answer. Nothing is decided early: a name that two clubs bear, a year that may be a season, words of the
scope that are left out each make a reading of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from secondleg.errors import BadInput
from secondleg.football.competition import next_tier
from secondleg.football.match import Venue
from secondleg.language.grammar import Reader, Values
from secondleg.language.grounds import at_ground
from secondleg.language.happening import UNITS, event_read
from secondleg.language.legs import first_leg_read
from secondleg.language.names import Names
from secondleg.language.scoping import About, canonical, scopes_read
from secondleg.language.tokens import Text, tokens
from secondleg.records.question import OF_CLUBS, Question, Subject
from secondleg.records.scope import Scope
from secondleg.records.terms import Family, Measure, Per, Statistic, Unit

__all__ = [
    "ASKED",
    "OF_CHAMPIONS",
    "SAID",
    "Claim",
    "Draft",
    "Reading",
    "Stated",
    "claims",
    "read",
    "read_whole",
]

Stated = Mapping[str, Any]
"""What a sentence states of an answer, by the names of the answer's parts ("length", "k", "of", "date" …)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand some words."""

    question: Question
    value: Stated
    """What is asserted; empty for a question."""
    phrase: str
    """The phrase of the book that it was read by."""
    span: tuple[int, int]
    """Where in the text, in characters."""
    confidence: float
    """From 0 to 1: how much of the words it explains, and by how usual a sense of them."""
    alternatives: tuple[Scope, ...] = ()
    """Other scopes that may be meant, the likeliest first."""


SAID: Final = ("say ", "state ")
"""Phrases that assert something."""
ASKED: Final = ("ask ",)
"""Phrases that ask."""
_OTHER_SENSE: Final = 0.9
"""What is left of the confidence where words are taken in a sense that is not the first."""
_BESIDE: Final = 0.999
"""The same for each part of the scope that stands beside the phrase."""
_OTHER_WORDING: Final = 0.99
"""The same for a wording that is not the one written."""


def read_whole(sentence: str, names: Names, about: About, phrases: tuple[str, ...] = SAID) -> list[Reading]:
    """The readings that explain every word of `sentence`, the likeliest first."""
    text = tokens(sentence)
    names.look_up(text.called())
    end = len(text.words)
    while end and text.words[end - 1] in (".", "?", "!"):
        end -= 1
    reader = Reader(text, names)
    found = [
        reading
        for phrase in reader.book
        if phrase.startswith(phrases)
        for reading in _readings(reader, phrase, 0, about, lambda last: last == end)
    ]
    return _ranked(found)


def read(text: str, names: Names, about: About, phrases: tuple[str, ...] = SAID) -> list[Reading]:
    """The readings of the clauses of `text`, whatever other words it has; the likeliest first.

    Their confidence is less by the share of the words that they do not explain.
    """
    words = tokens(text)
    names.look_up(words.called())
    reader = Reader(words, names)
    starts = [at for at in range(len(words.words)) if at == 0 or _may_begin(words, at, names)]
    found = [
        reading
        for phrase in reader.book
        if phrase.startswith(phrases)
        for at in starts
        for reading in _readings(reader, phrase, at, about, lambda last: True)
    ]
    return _ranked(found)


def _may_begin(text: Text, at: int, names: Names) -> bool:
    before = text.words[at - 1]
    return before in _CLAUSE or any(names.club(name) for _, name in text.names_at(at))


_CLAUSE: Final = frozenset({",", ";", ":", ".", "and", "but", "while", "as", "that", "—"})


def _ranked(found: list[Reading]) -> list[Reading]:
    kept: dict[tuple[Question, str], Reading] = {}
    for reading in sorted(found, key=lambda r: -r.confidence):
        kept.setdefault((reading.question, repr(sorted(reading.value.items(), key=str))), reading)
    return list(kept.values())


def _readings(
    reader: Reader, phrase: str, at: int, about: About, accepts: Callable[[int], bool]
) -> Iterator[Reading]:
    claim = claims().get(phrase)
    if claim is None:
        return
    for end, values, wording in reader.read(phrase, at):
        if not accepts(end):
            continue
        total = sum(word[0].isalnum() for word in reader.text.words) or 1
        explained = sum(word[0].isalnum() for word in reader.text.words[at:end]) / total
        written = wording.source in reader.book.usual(phrase)
        confidence = explained * (1 if written else _OTHER_WORDING)
        places = reader.text.places
        span = (places[at][0], places[end - 1][1]) if end > at else (0, 0)
        for club in _rarer(reader, values):
            confidence *= club
        # of two readings the one that needs fewer words beside its phrase
        confidence *= _BESIDE ** len(values.get("scope", ()))
        for draft in claim(values, about):
            for n, (question, scopes) in enumerate(
                _questions(draft, values, about, asks=phrase.startswith(ASKED))
            ):
                yield Reading(
                    canonical(question),
                    {key: value for key, value in draft.stated.items() if value is not None},
                    phrase,
                    span,
                    min(1.0, confidence * draft.likely * _OTHER_SENSE**n),
                    scopes,
                )


def _rarer(reader: Reader, values: Values) -> Iterator[float]:
    """For each club, how much less likely it is for not being the first of its name."""
    for slot in ("club", "opponent", "winner"):
        yield _OTHER_SENSE ** reader.rarer.get(values.get(slot, ""), 0)
    for slot in ("winners", "groups", "holders"):
        for item in values.get(slot, ()):
            yield from _rarer(reader, item)


@cache
def claims() -> Mapping[str, Claim]:
    """What each phrase of the book asks and states."""
    from secondleg.language.claims import CLAIMS
    from secondleg.language.claims_asked import CLAIMS_ASKED
    from secondleg.language.claims_of_clubs import CLAIMS_OF_CLUBS
    from secondleg.language.claims_of_groups import CLAIMS_OF_GROUPS
    from secondleg.language.claims_of_honours import CLAIMS_OF_HONOURS
    from secondleg.language.claims_of_outlook import CLAIMS_OF_OUTLOOK
    from secondleg.language.claims_of_records import CLAIMS_OF_RECORDS
    from secondleg.language.claims_of_ties import CLAIMS_OF_TIES

    return {
        **CLAIMS,
        **CLAIMS_OF_TIES,
        **CLAIMS_OF_RECORDS,
        **CLAIMS_OF_HONOURS,
        **CLAIMS_OF_GROUPS,
        **CLAIMS_OF_CLUBS,
        **CLAIMS_OF_OUTLOOK,
        **CLAIMS_ASKED,
    }


# -- questions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Draft:
    """A question in the making, and what is stated of its answer."""

    statistic: Statistic
    stated: Stated
    unit: Unit | None = None
    event: str | None = None
    last: int | None = None
    measure: Measure | None = None
    before: dt.date | None = None
    nth: int | None = None
    per: Per | None = None
    usual: Family | None = None
    """Of a question, the competitions that it means of itself."""
    of: Statistic | None = None
    pieces: tuple[tuple[tuple[str, Any], ...], ...] = ()
    """What the phrase itself says of the scope, in the pieces that words of it are read as."""
    clubs_of: str | None = None
    """The country of the clubs of a list."""
    pair: bool = False
    """Whether it is about the two sides of the match at hand."""
    family: Family | None = None
    competitions: tuple[str, ...] | None = None
    stages: tuple[str, ...] | None = None
    qualifying: bool = True
    likely: float = 1.0
    subject: Subject | None = None
    scope: Scope | None = None
    """Subject and scope where the match at hand gives them, not the words."""


Claim = Callable[[Values, About], list[Draft]]
"""What a phrase with its values asks and states."""


def _questions(
    draft: Draft, values: Values, about: About, *, asks: bool
) -> Iterator[tuple[Question, tuple[Scope, ...]]]:
    """The questions that a draft can be, the likeliest first, each with the scopes that it may have as well."""
    pieces = [*values.get("scope", ()), *draft.pieces]
    unit = draft.unit or UNITS.get(values.get("unit", ""), Unit.MATCH)
    least = [dict(piece)["least_n"] for piece in pieces if dict(piece).get("piece") == "least"]
    pieces = [piece for piece in pieces if dict(piece).get("piece") != "least"]
    pieces_of_legs = any(dict(piece).get("piece") == "first leg" for piece in pieces)
    if unit is Unit.MATCH and pieces_of_legs:
        return
    if draft.family is not None:
        pieces.append((("family", str(draft.family)),))
    named = draft.competitions or values.get("competition")
    if named and values.get("into"):
        named = _came_from(named, str(values.get("event")))
    found = [(draft.scope, True)] if draft.scope is not None else scopes_read(pieces, unit, about, named)
    for scope, told in found:
        more: dict[str, Any] = {}
        if draft.last is not None and scope.months and (scope.since or scope.first_season):
            continue  # "one of their last 18, in January 1998" says when it was, not which are meant
        if draft.last is not None:
            more |= {"last": draft.last, "skip": values.get("skip_n", scope.skip)}
        more |= {part: values[slot] for part, slot in _OF_SEASON.items() if slot in values}
        if named:
            more["competitions"] = named
        if "whose" in values:
            more["country"] = values.get("adjective") or values["country"]
        if draft.stages:
            more["stages"] = draft.stages
        if not draft.qualifying:
            more["qualifying"] = False
        usual = _usual(draft, values, unit) if asks and not told and not named else None
        if usual is not None:
            more["family"] = usual
        if draft.statistic in OF_CLUBS:
            more |= _of_list(draft, values)
        if "leg" in values:
            leg = first_leg_read(values)
            if leg is None:
                continue
            more["first_leg"] = leg
        name = draft.event or values.get("event") or "played"
        if values.get("at") and unit is Unit.MATCH:
            more["venue"] = Venue(values["at"])
        try:
            subject = _subject(draft, values, about)
            last = draft.statistic is Statistic.LAST
            there = at_ground(replace(scope, **more), pieces, subject.club, subject.opponent, last=last)
            if there is None:
                continue
            whole = there
            question = Question(
                draft.statistic, event_read(name, values, unit), subject, unit, whole,
                draft.measure, draft.before, draft.nth, draft.per, draft.of, least[0] if least else None,
            )  # fmt: skip
        except BadInput:
            continue
        others = tuple(replace(other, **more) for other, _ in found if other != scope)
        yield question, (*others, *(() if told else _untold(whole, about)))


_OF_SEASON: Final = {"opening": "opening_n", "past": "past_n"}
"""Parts of the scope that a phrase may say itself: "the first ten matches of a season"."""


def _of_list(draft: Draft, values: Values) -> dict[str, Any]:
    """What the words of a list say of its scope: of which country its clubs are, and against whom it happened."""
    found: dict[str, Any] = {}
    if draft.clubs_of is not None:
        found["opponent_country" if values.get("club") else "country"] = draft.clubs_of
    if values.get("rival") and not values.get("club"):
        found["opponent"] = values["rival"]
    return found


def _came_from(named: tuple[str, ...], event: str) -> tuple[str, ...]:
    """The leagues from which a club is promoted or relegated into these."""
    down = 1 if event == "promoted" else -1
    found = (next_tier(code, down) for code in named)
    return tuple(code for code in found if code is not None) or named


def _usual(draft: Draft, values: Values, unit: Unit) -> Family | None:
    """The competitions that a question means of itself: points are the league's, titles the top division's."""
    if draft.usual is not None:
        return draft.usual
    if unit is Unit.SEASON:
        return Family.TOP_FLIGHT if (draft.event or values.get("event")) in OF_CHAMPIONS else Family.LEAGUE
    return Family.LEAGUE if draft.measure is Measure.POINTS else None


OF_CHAMPIONS: Final = frozenset(
    {"won", "runners-up", "finished in top", "finished at", "unbeaten", "winless"}
)
"""Events of a league season that mean the top division where none is named."""


def _untold(scope: Scope, about: About) -> tuple[Scope, ...]:
    """Scopes that may be meant where nothing is said of competitions; all competitions come first of themselves."""
    if about.competition is None:
        return (replace(scope, family=Family.LEAGUE),)
    wider = Family.EUROPE if about.competition.startswith("uefa.") else Family.LEAGUE
    return (replace(scope, competitions=(about.competition,)), replace(scope, family=wider))


def _subject(draft: Draft, values: Values, about: About) -> Subject:
    if draft.subject is not None:
        return draft.subject
    if draft.pair:
        if about.home is None or about.away is None:
            raise BadInput("there is no match at hand whose sides could be meant; name the clubs.")
        return Subject.pair(about.home, about.away)
    rival = values.get("rival")
    if draft.statistic in OF_CLUBS:
        return Subject(values.get("club"))
    return Subject(values.get("club"), rival) if rival else Subject(values.get("club"))
