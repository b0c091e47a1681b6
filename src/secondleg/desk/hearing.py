"""What is understood of a question that is not understood as a whole, and the nearest questions that would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secondleg.language.grammar import Reader, Values, worded
from secondleg.language.lexicon import Lexicon
from secondleg.language.names import Names, countries
from secondleg.language.reading import ASKED, read_whole
from secondleg.language.scoping import About
from secondleg.language.tokens import tokens

__all__ = ["Heard", "heard", "nearest"]

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
    )


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
    """Questions about the same club and event in the words of the book, the likest first; each can be read."""
    from rapidfuzz import fuzz

    club = what.clubs[0] if what.clubs else None
    events = [*what.found, {"unit": "match", "event": "won"}, {"unit": "match", "event": "unbeaten"}]
    where = f" {what.scope[0]}" if what.scope else ""
    offers: dict[str, float] = {}
    for phrase in Reader("", names).book:
        if (
            not phrase.startswith("ask ")
            or ("any" in phrase.split()) == (club is not None)
            or "pair" in phrase
        ):
            continue
        for values in events:
            asked = worded(phrase, {**values, "club": club, "n": 5, "last_n": 5, "of": 5}, lexicon)
            if asked is None:
                continue
            for question in dict.fromkeys((f"{asked}{where}", asked)):
                full = f"{question[0].upper()}{question[1:]}?"
                offers[full] = fuzz.token_set_ratio(text.lower(), full.lower())
    found: list[str] = []
    for question in sorted(offers, key=lambda q: (-offers[q], len(q))):
        if len(found) == _OFFERED:
            break
        readings = read_whole(question, names, about, ASKED)
        if readings and readings[0].question.statistic.value != "chance":
            found.append(question)
    return found
