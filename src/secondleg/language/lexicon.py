"""Words: numbers, days, clubs, competitions and stages as English prose about football prints them.

A club takes a plural verb, as in British English: "Liverpool have".
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from secondleg.football.stage import ENGLISH

__all__ = ["Lexicon", "day", "joined", "number", "ordinal", "percent", "possessive", "stage_phrase", "times"]

_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_ORDINALS: Final = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip


def number(n: int) -> str:
    """`n` as prose prints it: words to twelve, figures from 13, thousands with a comma; 0 is "no"."""
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else f"{n:,}"


def ordinal(n: int) -> str:
    """First, second … twelfth, 13th."""
    if 0 <= n < len(_ORDINALS):
        return _ORDINALS[n]
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def times(n: int) -> str:
    """Never, once, twice, three times."""
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{number(n)} times")


def percent(chance: float) -> str:
    """A chance without false precision: "10 percent", "under 1 percent", "over 99 percent"."""
    if chance <= 0:
        return "no chance"
    if chance < 0.01:
        return "under 1 percent"
    if chance > 0.99:
        return "over 99 percent" if chance < 1 else "100 percent"
    return f"{math.floor(100 * chance + 0.5)} percent"


def day(date: dt.date) -> str:
    """2 March 2024."""
    return f"{date.day} {date:%B %Y}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """A, B and C."""
    items = list(parts)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def possessive(name: str) -> str:
    """Liverpool's, Wolves'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def stage_phrase(stage: str) -> str:
    """The quarter-finals, the last 16, the final; the stage as a place that is reached."""
    word = ENGLISH[stage]
    plural = f"{word}s" if stage in ("quarter-final", "semi-final") else word
    return f"the {plural}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names that depend on the archive: of clubs and competitions by id and code, and of grounds."""

    clubs: Mapping[str, str]
    competitions: Mapping[str, str]
    grounds: Mapping[str, str] = field(default_factory=dict)

    def club(self, club: str) -> str:
        """The club's name in prose; its id where the archive has no name."""
        return self.clubs.get(club, club)

    def competition(self, code: str) -> str:
        """The competition's name with its article: "the Europa League", but "Serie A"."""
        name = self.competitions.get(code, code)
        return name if name.startswith(("Serie ", "Ligue ", "La ")) else f"the {name}"

    def seasons(self, labels: Sequence[str], codes: Sequence[str]) -> str:
        """In 1987-88 (the Cup Winners' Cup) and 2019-20 (the Champions League)."""
        return joined(
            f"{label} ({self.competition(code)})" for label, code in zip(labels, codes, strict=True)
        )
