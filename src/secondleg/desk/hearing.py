"""What is understood of a question that is not understood as a whole, and the nearest questions that would be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from secondleg.language.grammar import Reader, Values, worded
from secondleg.language.lexicon import Lexicon
from secondleg.language.names import Names, countries
from secondleg.language.reading import ASKED, read_whole
from secondleg.language.scoping import About, scope_text, scopes_read
from secondleg.language.tokens import tokens
from secondleg.records import Scope, Unit

__all__ = ["Heard", "heard", "nearest", "spelled_out"]

_OFFERED: Final = 3
"""Nearest questions that are offered."""
_PLAIN: Final = frozenset(
    {
        "a", "an", "the", "of", "in", "at", "on", "for", "to", "by", "with", "from", "and", "or", "is", "are", "was",
        "were", "be", "been", "do", "does", "did", "have", "has", "had", "who", "what", "when", "where", "which", "why",
        "how", "often", "many", "much", "long", "far", "they", "their", "it", "its", "this", "that", "there", "s",
    }
)  # fmt: skip
"""Words that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The parts of a text that the phrase book knows."""

    clubs: tuple[str, ...]
    competitions: tuple[str, ...]
    events: tuple[str, ...]
    scope: tuple[str, ...]
    """In the words of the text."""
    rest: tuple[str, ...]
    """Words that it does not know."""
    unknown: tuple[str, ...]
    """Of these, what looks like a name."""
    found: tuple[Values, ...] = ()
    """The events with their values."""
    pieces: tuple[Values, ...] = ()
    """The words of the scope with theirs."""
    beyond: str | None = None
    """Why it cannot be answered, where it is about what records do not know."""


_SHORT: Final = re.compile(r"\b(what|who|when|where|how|that|there|which)['’]s\b", re.IGNORECASE)
_NOT: Final = re.compile(r"n['’]t\b", re.IGNORECASE)


def spelled_out(text: str) -> str:
    """A question without contractions: "what's" is "what is", "haven't" is "have not"."""
    return _NOT.sub(" not", _SHORT.sub(r"\1 is", text))


def heard(text: str, names: Names) -> Heard:
    """What is known of the parts of `text`, the longest parts first."""
    words = tokens(text)
    names.look_up(words.called())
    reader = Reader(words, names)
    clubs: dict[str, None] = {}
    codes: dict[str, None] = {}
    events: dict[str, Values] = {}
    scope: dict[str, None] = {}
    rest: list[str] = []
    unknown: list[str] = []
    pieces: list[Values] = []
    at = 0
    while at < len(words.words):
        best = max(_parts(reader, names, at), key=lambda part: part[0], default=None)
        if best is None:
            word = words.words[at]
            if word[0].isalnum() and word not in _PLAIN and not _in_book(word):
                name = words.between(at, at + 1)
                rest.append(name)
                if name[0].isupper() and at:
                    unknown.append(name)
            at += 1
            continue
        end, kind, values = best
        said = words.between(at, end)
        if kind == "club":
            clubs[str(values["club"])] = None
        elif kind == "event":
            events.setdefault(str(values["event"]), values)
        else:
            scope[said] = None
            if kind == "scope":
                pieces.append(values)
            for item in values.get("competitions", ()):
                codes |= dict.fromkeys(item["competition"])
        at = end
    return Heard(
        tuple(clubs),
        tuple(codes),
        tuple(events),
        tuple(scope),
        tuple(rest),
        tuple(unknown),
        tuple(events.values()),
        tuple(pieces),
        _beyond(reader),
    )


def _beyond(reader: Reader) -> str | None:
    """What the book says of a text with words of what records do not know."""
    for phrase in reader.book:
        if phrase.startswith("beyond ") and any(
            reader.parts(phrase, at) for at in range(len(reader.text.words))
        ):
            return reader.book.first(f"told {phrase}")
    return None


def _parts(reader: Reader, names: Names, at: int) -> Iterator[tuple[int, str, Values]]:
    for end, name in reader.text.names_at(at):
        if names.club(name):
            yield end, "club", {"club": names.club(name)[0]}
        if name in countries():
            yield end, "country", {}
    for end, values in reader.parts("scope", at):
        yield end, "scope", values
    for form in ("event.perfect", "event.bare", "event.past", "event.nouns", "event.noun", "event.of"):
        for end, values in reader.parts(form, at):
            if values.get("event") != "played":
                yield end, "event", values
    for end, values in reader.parts("filler", at):
        yield end, "filler", values


_WORDS: set[str] = set()


def _in_book(word: str) -> bool:
    """Whether some question of the book has the word."""
    from secondleg.language.phrases import book

    if not _WORDS:
        for phrase in book():
            if phrase.startswith("ask ") or phrase in ("units", "games", "side", "their"):
                for wording in book().wordings(phrase):
                    _WORDS.update(tokens(wording.source).words)
    return word in _WORDS


def nearest(text: str, what: Heard, names: Names, lexicon: Lexicon, about: About) -> list[str]:
    """Questions about the same clubs and events in the words of the book, the likest first; each can be read."""
    from rapidfuzz import fuzz

    offers: dict[str, float] = {}
    for phrase, values in _offered(what):
        asked = worded(phrase, values, lexicon)
        if asked is None or "  " in asked:
            continue
        where = _where(what, values, lexicon, about)
        for question in dict.fromkeys((f"{asked} {where}".strip(), asked)):
            full = f"{question[0].upper()}{question[1:]}?"
            offers[full] = fuzz.token_set_ratio(text.lower(), full.lower())
    found: list[str] = []
    for question in sorted(offers, key=lambda q: (-offers[q], len(q))):
        if len(found) == _OFFERED:
            break
        if read_whole(question, names, about, ASKED):
            found.append(question)
    return found


_OF_PAIR: Final = ("ask record of pair", "ask last of pair")
_OF_CLUB: Final = (
    "ask last", "ask first", "ask count", "ask ever", "ask share", "ask streak", "ask longest", "ask record",
    "ask form", "ask furthest", "ask most of match", "ask group", "ask group opponent", "ask rank", "ask would be",
)  # fmt: skip
_OF_ANY: Final = (
    "ask last any",
    "ask longest any",
    "ask most of clubs",
    "ask most of any",
    "ask most of season",
)
"""Phrases that are offered, by how many clubs a question names."""
_USUAL: Final[tuple[Values, ...]] = (
    {"unit": "match", "event": "won"},
    {"unit": "match", "event": "unbeaten"},
)
_PLENTY: Final = 5


def _offered(what: Heard) -> Iterator[tuple[str, Values]]:
    """The phrases that may be meant, with the values of their slots."""
    clubs = what.clubs[:2]
    phrases = (_OF_ANY, _OF_CLUB, (*_OF_PAIR, *_OF_CLUB))[len(clubs)]
    named: Values = dict(zip(("club", "rival"), clubs, strict=False))
    numbers: Values = {"n": _PLENTY, "last_n": _PLENTY, "of": _PLENTY}
    groups: Values = {"extreme": "most", "measured": 0, "one": 0, "by": "count", "long": 0}
    for phrase in phrases:
        for values in (*what.found, *_USUAL):
            of_pair = phrase in _OF_PAIR
            per = {"per": "opponent" if phrase.endswith("opponent") else "season"}
            yield (
                phrase,
                {**values, **numbers, **groups, **per, **(named if of_pair else {"club": named.get("club")})},
            )


def _where(what: Heard, values: Values, lexicon: Lexicon, about: About) -> str:
    """The scope of a question in words, so far as its parts go together; a cup that is won is one of them."""
    unit = Unit(values["unit"] if values["unit"] != "season" else "league season")
    pieces = [tuple(piece.items()) for piece in what.pieces]
    found = scopes_read(pieces, unit, about)
    scope = found[0][0] if found else Scope()
    if values.get("competition"):
        scope = replace(scope, competitions=values["competition"])
    return "" if scope == Scope() else scope_text(scope, lexicon, unit=unit) or ""
