"""A text as words: folded for comparison, each with its place in the text.

Hyphens between words fall away ("quarter-final" is two words, as is "quarter final"), scores and seasons stay whole
("3-0", "2023-24"), and a possessive is a word of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from secondleg.archive.names import fold

__all__ = ["Text", "tokens", "words"]

_TOKEN: Final = re.compile(
    r"\d+(?:[.,]\d+)*(?:[-–/]\d+(?:[.,]\d+)*)?(?:(?:st|nd|rd|th)\b)?|[^\W\d_]+(?=\d)|[^\W_]+|['’]s?(?!\w)|[^\w\s]"
)
_HYPHENS: Final = "-–—/"
_NAME_OF_PERSON: Final = 8
"""Words of the longest name of a person."""
_PARTICLES: Final = frozenset(
    (
        "al",
        "bin",
        "da",
        "dal",
        "das",
        "de",
        "del",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "el",
        "la",
        "le",
        "van",
        "von",
    )
)
_LONGEST_NAME: Final = 8
"""Words of the longest name that is looked for, full stops among them."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its words."""

    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    """Where each word begins and ends in the text."""

    def between(self, first: int, last: int) -> str:
        """The text from one word up to another, that one left out."""
        return self.text[self.places[first][0] : self.places[last - 1][1]] if first < last else ""

    def called(self) -> list[str]:
        """Everything in the text that can be a name, folded: what begins with a capital or a figure, where the text
        has capitals behind its first word."""
        # "CL" alone does not make it a text with capitals
        capitals = any(
            self.text[first].isupper() and not self.text[first:end].isupper()
            for first, end in self.places[1:]
        )
        return [
            name
            for at, (first, _) in enumerate(self.places)
            if not capitals or not self.text[first].islower()
            for _, name in self.names_at(at)
        ]

    def called_at(self, first: int) -> list[tuple[int, str]]:
        """What a person's name that begins at a word can be, as it is written: (the word after it, the name)."""
        found: list[tuple[int, str]] = []
        for end in range(first + 1, min(len(self.words), first + _NAME_OF_PERSON) + 1):
            name = self.between(first, end)
            parts = name.split()
            if not name[0].isupper() or not all(part[0].isupper() or part in _PARTICLES for part in parts):
                break
            if parts[-1][0].isupper() and self.words[end - 1] not in _NO_END:
                found.append((end, name))
        return found[::-1]

    def names_at(self, first: int) -> list[tuple[int, str]]:
        """What a name that begins at a word can be: (the word after it, the folded name), the longest first."""
        if not self.words[first][0].isalnum():
            return []
        ends = range(min(len(self.words), first + _LONGEST_NAME), first, -1)
        found = ((end, fold(self.between(first, end))) for end in ends if self.words[end - 1] not in _NO_CLUB)
        return [(end, name) for end, name in found if name]


_NO_END: Final = frozenset((",", ";", ":", "'s", "'", "(", ")", "?", "!"))
_NO_CLUB: Final = _NO_END - {"'s"}
"""A person's name does not end like that; St Joseph's are a club."""


def tokens(text: str) -> Text:
    """The words of `text`."""
    found: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word in _HYPHENS:
            continue
        found.append(_folded(word))
        places.append(match.span())
    return Text(text, tuple(found), tuple(places))


def words(text: str) -> tuple[str, ...]:
    """The words of a wording, as those of a text are compared with them."""
    return tokens(text).words


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    if word[0].isdigit():
        return word.replace("–", "-").lower()
    if not word[0].isalnum():
        return word.replace("’", "'")
    return fold(word)
