"""The phrase book as it lies in `language/book`: files of wordings that a football person can read and extend.

A heading begins with `=` and names a phrase, with the values that its wordings fix; each line under it is one wording
(`language.template`), the first is the one that is written. `= event match won` opens the table of an event instead:
each of its lines is `form: wording`. A line that begins with `#` is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

from secondleg.errors import BadInput
from secondleg.language.template import Wording, wording

__all__ = ["Book", "book", "read_book"]

Line = tuple[str, tuple[tuple[str, object], ...]]
"""A wording as it stands in its file, and the values that it fixes."""


class Book:
    """Wordings by the name of their phrase; of events by form, such as `event.noun`. A line is taken apart when first
    it is asked for."""

    def __init__(self, lines: Mapping[str, Sequence[Line]]) -> None:
        self._lines = lines
        self._wordings: dict[str, tuple[Wording, ...]] = {}

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._lines

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def wordings(self, phrase: str) -> tuple[Wording, ...]:
        """The wordings of a phrase, the one that is written first; none where the book has no such phrase."""
        if phrase not in self._wordings:
            self._wordings[phrase] = tuple(wording(*line) for line in self._lines.get(phrase, ()))
        return self._wordings[phrase]


FILES: Final = (
    "words.txt",
    "scopes.txt",
    "events.txt",
    "events_more.txt",
    "said.txt",
    "ties.txt",
    "asked.txt",
    "names.txt",
)


@cache
def book() -> Book:
    """The whole phrase book."""
    folder = resources.files("secondleg.language").joinpath("book")
    return read_book({name: folder.joinpath(name).read_text(encoding="utf-8") for name in FILES})


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
