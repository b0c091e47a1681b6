"""The phrase book as it lies in `language/book`: files of wordings that a football person can read and extend.

A heading begins with `=` and names a phrase, with the values that its wordings fix; each line under it is one wording
(`language.template`), the first is the one that is written. `= event match won` opens the table of an event instead:
each of its lines is `form: wording`. A line that begins with `#` is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from secondleg.errors import BadInput
from secondleg.language.template import Wording, wording
from secondleg.language.tokens import words

__all__ = ["Book", "book", "read_book"]

Line = tuple[str, tuple[tuple[str, object], ...]]
"""A wording as it stands in its file, and the values that it fixes."""


class Book:
    """Wordings by the name of their phrase; of events by form, such as `event.noun`.

    A line is taken apart when first it may be wanted: to write, or because a text has all words that it needs.
    """

    def __init__(self, lines: Mapping[str, Sequence[Line]]) -> None:
        self._lines = lines
        self._wordings: dict[Line, Wording] = {}
        self._needs: dict[str, list[tuple[frozenset[str], Choices, Line]]] = {}
        self._usual: dict[str, frozenset[str]] = {}

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def wordings(self, phrase: str) -> Iterator[Wording]:
        """The wordings of a phrase, the one that is written first; none where the book has no such phrase."""
        return (self._wording(line) for line in self._lines.get(phrase, ()))

    def first(self, phrase: str) -> str:
        """The wording of a phrase that is written first, as it stands in its file."""
        return self._lines[phrase][0][0]

    def usual(self, phrase: str) -> frozenset[str]:
        """The wordings of a phrase that are the usual ones: the first, and the first that most often fits."""
        if phrase not in self._usual:
            lines = self._lines[phrase]
            self._usual[phrase] = frozenset((lines[0][0], min(lines, key=lambda line: len(line[1]))[0]))
        return self._usual[phrase]

    def fitting(self, phrase: str, has: frozenset[str]) -> list[Wording]:
        """The wordings of a phrase that a text with these words can have."""
        if phrase not in self._needs:
            lines = self._lines.get(phrase, ())
            self._needs[phrase] = [
                (_needs(source), _choices(source), (source, fixed)) for source, fixed in lines
            ]
        return [
            self._wording(line)
            for needs, choices, line in self._needs[phrase]
            if needs <= has and all(any(option <= has for option in options) for options in choices)
        ]

    def _wording(self, line: Line) -> Wording:
        if line not in self._wordings:
            self._wordings[line] = wording(*line)
        return self._wordings[line]


Choices = tuple[tuple[frozenset[str], ...], ...]
"""Words of which a text must have those of one option each."""
_OPTIONAL: Final = re.compile(r"\{[^{}]*\}|\([^()\[\]]*\)|\[[^()\[\]]*\]")


def _needs(source: str) -> frozenset[str]:
    """Words without which no text can be worded so: those outside of all brackets."""
    text = _ESCAPED.sub(" ", source)
    while (shorter := _OPTIONAL.sub(" ", text)) != text:
        text = shorter
    return frozenset(words(text))


def _choices(source: str) -> Choices:
    """The brackets of plain words outside of what may be left out, one of whose options a text must have."""
    text = _ESCAPED.sub(" ", source)
    while (shorter := _MAYBE.sub(" ", text)) != text:
        text = shorter
    # of brackets within brackets nothing is asked for
    groups = [group for group in _EITHER.findall(text) if "(" not in group[1:]]
    return tuple(tuple(frozenset(words(option)) for option in group[1:-1].split("|")) for group in groups)


_MAYBE: Final = re.compile(r"\[[^\[\]]*\]")
_EITHER: Final = re.compile(r"\((?:[^(){}]|\([^()]*\))*\)")
_ESCAPED: Final = re.compile(r"\\.")


FILES: Final = (
    "words.txt",
    "scopes.txt",
    "events.txt",
    "events_more.txt",
    "asked_events.txt",
    "said.txt",
    "records.txt",
    "groups.txt",
    "ties.txt",
    "honours.txt",
    "clubs.txt",
    "asked.txt",
    "names.txt",
    "read.txt",
)


@cache
def book() -> Book:
    """The whole phrase book."""
    folder = Path(__file__).parent / "book"
    return read_book({name: (folder / name).read_text(encoding="utf-8") for name in FILES})


def read_book(files: Mapping[str, str]) -> Book:
    """The phrase book that some files declare.

    Raises BadInput for a line that cannot be read, with its file and number; for a wording whose brackets do not fit,
    when it is asked for.
    """
    found: dict[str, list[Line]] = {}
    for name, text in files.items():
        phrase = ""
        fixed: tuple[tuple[str, object], ...] = ()
        of_event = False
        for number, line in enumerate(map(str.strip, text.splitlines()), 1):
            if not line or line.startswith("#"):
                continue
            try:
                if line.startswith("= "):
                    phrase, fixed, of_event = _heading(line.removeprefix("= "))
                elif not phrase:
                    raise BadInput(
                        "a wording comes before any heading. Put a line such as `= say streak` above it."
                    )
                elif of_event:
                    form, _, source = line.partition(": ")
                    form, *more = form.split()
                    pairs = (*fixed, *(_pair(pair) for pair in more))
                    found.setdefault(f"event.{form}", []).append((source.strip(), pairs))
                else:
                    found.setdefault(phrase, []).append((line, fixed))
            except BadInput as error:
                raise BadInput(f"{name}, line {number}: {error}") from error
    return Book(found)


def _heading(text: str) -> tuple[str, tuple[tuple[str, object], ...], bool]:
    phrase, _, pairs = (part.strip() for part in text.partition("|"))
    fixed = tuple(_pair(pair.strip()) for pair in pairs.split(",") if pair.strip())
    if not phrase.startswith("event "):
        return phrase, fixed, False
    _, unit, event = phrase.split(" ", 2)
    return phrase, (("unit", unit), ("event", event), *fixed), True


def _pair(text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    if not equals:
        raise BadInput(f"{text!r} fixes nothing. Write it as name=value.")
    plain: object = int(value) if value.lstrip("-").isdigit() else value
    return key.strip(), plain
