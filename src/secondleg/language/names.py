"""Names in a text: which clubs and competitions a few folded words can mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from secondleg.archive.names import fold
from secondleg.football.country import ADJECTIVE, NAME
from secondleg.football.country import code as country_code
from secondleg.language.lexicon import Lexicon

__all__ = ["Names", "countries", "names_of"]


@dataclass
class Names:
    """Clubs and competitions by what they are called, folded (`archive.names.fold`)."""

    clubs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    competitions: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Codes that a name stands for; several where the name is shared, the likeliest first."""

    def club(self, folded: str) -> tuple[str, ...]:
        """Ids of the clubs with that name, the likeliest first."""
        return self.clubs.get(folded, ())

    def competition(self, folded: str) -> tuple[tuple[str, ...], ...]:
        """What a competition's name can mean, the likeliest first."""
        return self.competitions.get(folded, ())

    def look_up(self, folded: Iterable[str]) -> None:
        """Make ready for names that may come; where all are known there is nothing to do."""


def names_of(lexicon: Lexicon, clubs: Iterable[str], competitions: Iterable[str]) -> Names:
    """The names that a lexicon writes for some clubs and competitions, as they are called and were."""
    found: dict[str, list[str]] = {}
    for club in clubs:
        found.setdefault(fold(lexicon.club(club)), []).append(club)
    called: dict[str, list[tuple[str, ...]]] = {}
    for code in competitions:
        for name in lexicon.competition_names(code):
            entry = called.setdefault(fold(name).removeprefix("the "), [])
            if (code,) not in entry:
                entry.append((code,))
    return Names(
        {name: tuple(ids) for name, ids in found.items()},
        {name: tuple(codes) for name, codes in called.items()},
    )


def countries() -> Mapping[str, str]:
    """Country codes by what prose calls a country or its clubs: "english", "england"."""
    if not _COUNTRIES:
        for code, name in NAME.items():
            _COUNTRIES[fold(name)] = code
        for code, adjective in ADJECTIVE.items():
            _COUNTRIES[fold(adjective)] = code
        for spelling in ("holland", "republic of ireland", "czechia", "turkiye"):
            _COUNTRIES[spelling] = country_code(spelling)
    return _COUNTRIES


_COUNTRIES: dict[str, str] = {}
