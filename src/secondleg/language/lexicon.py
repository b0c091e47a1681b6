"""Words: numbers, days, clubs, competitions and stages as English prose about football prints them.

A club takes a plural verb, as in British English: "Liverpool have".
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from secondleg.football.country import ADJECTIVE, NAME
from secondleg.football.stage import ENGLISH

__all__ = [
    "Lexicon",
    "day",
    "indefinite",
    "joined",
    "number",
    "ordinal",
    "percent",
    "possessive",
    "stage_phrase",
    "tie_of",
    "times",
]

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


_BEFORE_VOWEL: Final = re.compile(r"(^A|\ba) (?=[aeiou])(?!one |once |euro|uni)")


def indefinite(text: str) -> str:
    """The text with its first article as what follows needs it: "an exit", but "a European tie"."""
    return _BEFORE_VOWEL.sub(r"\1n ", text, count=1)


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


def tie_of(stage: str) -> str:
    """The tie that is played at a stage: "final", "semi-final", "third-round tie", "last-16 tie"; "tie" at none."""
    if not stage:
        return "tie"
    word = ENGLISH[stage]
    if stage in ("final", "semi-final", "quarter-final", "third-place"):
        return word
    # two words before a noun are one adjective; of three the hyphens would hide the sense
    return f"{word.replace(' ', '-') if word.count(' ') == 1 else word} tie"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names that depend on the archive: of clubs and competitions by id and code, and of grounds."""

    clubs: Mapping[str, str]
    competitions: Mapping[str, str]
    grounds: Mapping[str, str] = field(default_factory=dict)
    calendar: frozenset[str] = frozenset()
    """Codes of competitions whose season is a calendar year."""

    def club(self, club: str) -> str:
        """The club's name in prose; its id where the archive has no name."""
        return self.clubs.get(club, club)

    def competition(self, code: str, seasons: Iterable[int] = ()) -> str:
        """The competition's name with its article: "the Europa League", but "Serie A".

        With `seasons` (by the year in which they began) it has the names that it bore then, latest last: "the UEFA
        Cup", "the European Cup and Champions League".
        """
        latest = self.competitions.get(code) or _declared(code)
        names = list(dict.fromkeys(_name_in(code, season, latest) for season in sorted(set(seasons))))
        if len(names) > _NAMES_TOLD or not names:
            names = [latest]
        return joined([_with_article(code, names[0]), *names[1:]])

    def competition_names(self, code: str) -> list[str]:
        """Every name that prose has for the competition, with the article: as it is called and as it was."""
        from secondleg.football.competition import competition

        latest = self.competitions.get(code) or _declared(code)
        past = [name for _, name in competition(code).names] if "." in code else []
        return [_with_article(code, name) for name in dict.fromkeys((latest, *reversed(past)))]

    def season(self, codes: Sequence[str], season: int) -> str:
        """The label of a season of these competitions: "2023-24", or "2024" where it is a calendar year."""
        if codes and all(code in self.calendar for code in codes):
            return str(season)
        return f"{season}-{(season + 1) % 100:02d}"

    def seasons(self, labels: Sequence[str], codes: Sequence[str]) -> str:
        """In 1987-88 (the Cup Winners' Cup) and 2019-20 (the Champions League)."""
        return joined(
            f"{label} ({self.competition(code, [int(label[:4])])})"
            for label, code in zip(labels, codes, strict=True)
        )


_NAMES_TOLD: Final = 2
"""Names of one competition through its seasons that prose gives; with more it gives the latest alone."""

_NO_ARTICLE: Final = ("Serie ", "Ligue ", "La ", "League One", "League Two", "Division 1")
_COUNTRY_WITH_ARTICLE: Final = ("Czech Republic", "Faroe Islands", "Netherlands", "Republic of Ireland")


def _name_in(code: str, season: int, latest: str) -> str:
    """What the competition was called in that season; `latest` where it had but one name."""
    # reads the competition's declaration: only where a name of the past is asked for
    from secondleg.football.competition import competition

    names = competition(code).names if "." in code else ()
    return competition(code).name_in(season) if len(names) > 1 else latest


def _declared(code: str) -> str:
    """The name of a competition that the archive does not know."""
    from secondleg.football.competition import competition

    return competition(code).name if "." in code else code


def _with_article(code: str, name: str) -> str:
    if name.startswith(_NO_ARTICLE):
        return name
    where, comma, what = name.partition(", ")
    country = code.partition(".")[0]
    if not comma or NAME.get(country) != where:
        return f"the {name}"
    if country in ADJECTIVE:
        return f"the {ADJECTIVE[country]} {what}"
    return f"the {what} of {'the ' if where in _COUNTRY_WITH_ARTICLE else ''}{where}"
