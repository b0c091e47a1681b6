"""Kinds of slots that are no phrases: numbers, scores, days, seasons. How each is written, and how it is read.

A reader gets the words of a text and a place, and gives every (place after it, value) that it can be.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from secondleg.language.lexicon import day, number, ordinal, times

__all__ = ["KINDS", "Kind", "figure"]

Found = Iterator[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value of some kind is written and read."""

    write: Callable[[Any], str]
    read: Callable[[Sequence[str], int], Found]


_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_NUMBER: Final = {word: n for n, word in enumerate(_UNITS)} | {
    word: 10 * n for n, word in enumerate(_TENS, 2)
}
_NONE: Final = frozenset(("no", "none", "neither", "nil"))
_FIGURES: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,6}")
_TEENTHS: Final = (
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_ORDINAL: Final = {ordinal(n): n for n in range(1, 13)} | {
    word: n
    for n, word in enumerate(
        _TEENTHS,
        13,
    )
}
_ORDINAL_FIGURES: Final = re.compile(r"(\d{1,4})(?:st|nd|rd|th)")
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH: Final = {name: n for n, name in enumerate(_MONTHS, 1)} | {
    name[:3]: n for n, name in enumerate(_MONTHS, 1)
}
_SCORE: Final = re.compile(r"(\d{1,2})-(\d{1,2})")
_SEASON: Final = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")
_YEAR: Final = re.compile(r"(?:18|19|20)\d\d")


def figure(word: str) -> int | None:
    """The number that one word stands for."""
    if _FIGURES.fullmatch(word):
        return int(word.replace(",", ""))
    return _NUMBER.get(word)


def _number(words: Sequence[str], at: int) -> Found:
    word = words[at]
    found = figure(word)
    if found is not None:
        after = figure(words[at + 1]) if at + 1 < len(words) and word in _TENS else None
        if after is not None and 0 < after < 10 and not words[at + 1].isdigit():
            yield at + 2, found + after
        yield at + 1, found
    elif word in _NONE:
        yield at + 1, 0
    elif word in ("a", "an") and at + 1 < len(words) and words[at + 1] in ("single", "dozen"):
        yield at + 2, 1 if words[at + 1] == "single" else 12


def _times(words: Sequence[str], at: int) -> Found:
    word = words[at]
    if word in ("never", "once", "twice"):
        yield at + 1, ("never", "once", "twice").index(word)
    for after, n in _number(words, at):
        if after < len(words) and words[after] in ("times", "time", "occasions", "occasion"):
            yield after + 1, n


def _goals(words: Sequence[str], at: int) -> Found:
    if words[at] in ("a", "an") and at + 1 < len(words) and words[at + 1] == "goal":
        yield at + 2, 1
    for after, n in _number(words, at):
        if after < len(words) and words[after] in ("goals", "goal"):
            yield after + 1, n


def _points(words: Sequence[str], at: int) -> Found:
    for after, n in _number(words, at):
        if after < len(words) and words[after] in ("points", "point"):
            yield after + 1, n


def _points_words(n: int) -> str:
    return f"{number(n)} point{'' if n == 1 else 's'}"


def _ordinal(words: Sequence[str], at: int) -> Found:
    word = words[at]
    if word in _ORDINAL:
        yield at + 1, _ORDINAL[word]
    elif (match := _ORDINAL_FIGURES.fullmatch(word)) and ordinal(int(match[1])).endswith(word[-2:]):
        yield at + 1, int(match[1])


def _score(words: Sequence[str], at: int) -> Found:
    match = _SCORE.fullmatch(words[at])
    if match:
        yield at + 1, (int(match[1]), int(match[2]))


def _day(words: Sequence[str], at: int) -> Found:
    """2 March 2024, March 2 2024, 2nd March, 2024."""
    if at + 2 >= len(words):
        return
    first, second, third = words[at : at + 3]
    end = at + 3
    if third == "," and at + 3 < len(words):
        third, end = words[at + 3], at + 4
    year = int(third) if _YEAR.fullmatch(third) else None
    for number_word, month_word in ((first, second), (second, first)):
        found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", number_word)
        month = _MONTH.get(month_word)
        if found and month and year:
            try:
                yield end, dt.date(year, month, int(found[1]))
            except ValueError:
                return


def _season(words: Sequence[str], at: int) -> Found:
    """2023-24, 2023/24, 1999-2000: the year in which it began. A year alone is a season of a calendar year."""
    match = _SEASON.fullmatch(words[at])
    if match and int(match[2][-2:]) == (int(match[1]) + 1) % 100:
        yield at + 1, Season(int(match[1]), calendar=False)
    elif _YEAR.fullmatch(words[at]):
        yield at + 1, Season(int(words[at]), calendar=True)


@dataclass(frozen=True, slots=True)
class Season:
    """A season as a text has it: by the year in which it began, or as one calendar year."""

    began: int
    calendar: bool

    def __str__(self) -> str:
        return str(self.began) if self.calendar else f"{self.began}-{(self.began + 1) % 100:02d}"


def _year(words: Sequence[str], at: int) -> Found:
    if _YEAR.fullmatch(words[at]):
        yield at + 1, int(words[at])


def _month(words: Sequence[str], at: int) -> Found:
    if words[at] in _MONTH:
        yield at + 1, _MONTH[words[at]]


_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(words: Sequence[str], at: int) -> Found:
    name = words[at].removesuffix("s")
    if name in _WEEKDAYS:
        yield at + 1, _WEEKDAYS.index(name) + 1


def _average(words: Sequence[str], at: int) -> Found:
    """A number with two decimals, as it is written."""
    minus = words[at] == "minus" and at + 1 < len(words)
    if re.fullmatch(r"\d{1,6}\.\d\d", words[at + minus]):
        yield at + 1 + minus, f"{'-' if minus else ''}{words[at + minus]}"


def _amount(words: Sequence[str], at: int) -> Found:
    """Thirty-two, none, minus 3."""
    if words[at] == "minus" and at + 1 < len(words):
        for after, n in _number(words, at + 1):
            yield after, -n
    else:
        yield from _number(words, at)


def ordinal_figures(n: int) -> str:
    """1st, 12th, 80th: as minutes are counted."""
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _percent(words: Sequence[str], at: int) -> Found:
    """ "10 percent", "under 1 percent", "no chance": in the words in which it is written."""
    if words[at] == "no" and at + 1 < len(words) and words[at + 1] == "chance":
        yield at + 2, "no chance"
        return
    bound = f"{words[at]} " if words[at] in ("under", "over") else ""
    start = at + bool(bound)
    if (
        start + 1 < len(words)
        and re.fullmatch(r"\d{1,3}(?:\.\d)?", words[start])
        and words[start + 1] in _PERCENT
    ):
        yield start + 2, f"{bound}{words[start]} percent"


_PERCENT: Final = ("percent", "%")


def _decimal(words: Sequence[str], at: int) -> Found:
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?", words[at]):
        yield at + 1, float(words[at])


def _rate(words: Sequence[str], at: int) -> Found:
    """A share in percent, with the decimals that it is written with."""
    if re.fullmatch(r"\d{1,3}(?:\.\d)?", words[at]):
        yield at + 1, words[at]


def _letters(words: Sequence[str], at: int) -> Found:
    found, end = "", at
    while end < len(words) and len(words[end]) == 1 and words[end] in "wdlto":
        found += words[end].upper()
        end += 1
    if found:
        yield end, found


_AT_ONE_MARGIN: Final = r"(?:(?:win|lose) by exactly N|draw)(?: , scoring (?:no goal|N) (?:or more|at most))?"
_MARGINS: Final = (
    r"(?:win|lose) by N (?:or more|at most)|win or draw|draw or lose|any result"
    r"|win , draw or lose by (?:exactly one|N at most)|win by (?:exactly one|N at most) , draw or lose"
    r"|(?:win|draw|lose) \d+-\d+|win|lose"
)
_NEED: Final = re.compile(f"{_AT_ONE_MARGIN}|{_MARGINS}".replace("N", f"(?:{'|'.join(_UNITS)}|\\d+)"))
"""Goals are bounded at one margin only: "win or draw, scoring one at most" is two needs."""


def _need(words: Sequence[str], at: int) -> Found:
    """What a side needs of a match: "win by four or more", "draw 1-1", "win by exactly two, scoring three or more"."""
    left = words[at : at + _NEED_WORDS]
    for end in range(len(left), 0, -1):
        text = " ".join(left[:end])
        if _NEED.fullmatch(text):
            yield at + end, text.replace(" ,", ",")


_NEED_WORDS: Final = 12


def _place(words: Sequence[str], at: int) -> Found:
    """A place by any name."""
    for end in range(at + 1, min(len(words), at + _PLACE_WORDS) + 1):
        yield end, " ".join(words[at:end])


_PLACE_WORDS: Final = 9


def _signed(words: Sequence[str], at: int) -> Found:
    sign = {"plus": 1, "minus": -1}.get(words[at], 0)
    if sign and at + 1 < len(words):
        for after, n in _number(words, at + 1):
            yield after, sign * n
    else:
        yield from _number(words, at)


def _signed_words(n: int) -> str:
    return f"{'plus' if n > 0 else 'minus'} {abs(n):,}" if n else "0"


def _goals_words(n: int) -> str:
    return "one goal" if n == 1 else f"{number(n)} goals"


KINDS: Final[dict[str, Kind]] = {
    "number": Kind(number, _number),
    "figures": Kind(lambda n: f"{n:,}", _number),
    "some": Kind(lambda n: number(n) if n else "none", _number),
    "times": Kind(times, _times),
    "goals": Kind(_goals_words, _goals),
    "points": Kind(_points_words, _points),
    "ordinal": Kind(ordinal, _ordinal),
    "score": Kind(lambda score: f"{score[0]}-{score[1]}", _score),
    "day": Kind(day, _day),
    "season": Kind(str, _season),
    "year": Kind(str, _year),
    "month": Kind(lambda n: _MONTHS[n - 1].title(), _month),
    "weekday": Kind(lambda n: f"{_WEEKDAYS[n - 1].title()}s", _weekday),
    "average": Kind(lambda text: text.replace("-", "minus "), _average),
    "amount": Kind(lambda n: "none" if n == 0 else number(n) if n > 0 else f"minus {-n:,}", _amount),
    "minute": Kind(ordinal_figures, _ordinal),
    "percent": Kind(str, _percent),
    "decimal": Kind(lambda x: f"{x:.1f}", _decimal),
    "rate": Kind(str, _rate),
    "letters": Kind(" ".join, _letters),
    "need": Kind(str, _need),
    "place": Kind(str, _place),
    "signed": Kind(_signed_words, _signed),
}
"""Every kind of value by name."""
