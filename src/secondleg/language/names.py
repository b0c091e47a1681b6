"""Names in a text: which clubs and competitions a few folded words can mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from secondleg.archive.lookup import registered
from secondleg.archive.names import fold
from secondleg.football.country import ADJECTIVE, NAME
from secondleg.football.country import code as country_code
from secondleg.football.match import Venue
from secondleg.language.lexicon import Lexicon
from secondleg.language.phrases import book

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["ArchiveNames", "Ground", "Names", "countries", "names_of"]


@dataclass(frozen=True, slots=True)
class Ground:
    """A club's ground, with the first and last season in which all its home matches are known to be played there."""

    club: str
    first: int | None = None
    last: int | None = None


@dataclass
class Names:
    """Clubs and competitions by what they are called, folded (`archive.names.fold`)."""

    clubs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    competitions: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """Codes that a name stands for; several where the name is shared, the likeliest first."""
    grounds: dict[str, tuple[Ground, ...]] = field(default_factory=dict)

    def club(self, folded: str) -> tuple[str, ...]:
        """Ids of the clubs with that name, the likeliest first."""
        return self.clubs.get(folded, ())

    def competition(self, folded: str) -> tuple[tuple[str, ...], ...]:
        """What a competition's name can mean, the likeliest first."""
        return self.competitions.get(folded, ())

    def ground(self, folded: str) -> tuple[Ground, ...]:
        """The grounds of that name, each as its club's."""
        return self.grounds.get(folded, ())

    def look_up(self, folded: Iterable[str]) -> None:
        """Make ready for names that may come; where all are known there is nothing to do."""


def names_of(lexicon: Lexicon, clubs: Iterable[str], competitions: Iterable[str]) -> Names:
    """The names that a lexicon writes for some clubs and competitions, as they are called and were."""
    found: dict[str, list[str]] = {}
    for club in clubs:
        found.setdefault(fold(lexicon.club(club)), []).append(club)
    # of clubs of one name those of the register first
    known = registered()
    for same in found.values():
        same.sort(key=lambda club: club not in known)
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


@dataclass
class ArchiveNames(Names):
    """The names of an archive, looked up as texts ask for them: the clubs of the register first, a name before an
    alias before a nickname."""

    view: View | None = None
    lexicon: Lexicon | None = None
    _known: set[str] = field(default_factory=set)

    def look_up(self, folded: Iterable[str]) -> None:
        """Fetch the clubs of names not yet known; the competitions are fetched all, once."""
        if self.view is None or self.lexicon is None:
            return
        if not self.competitions:
            self._fetch_competitions(self.lexicon)
            self._fetch_grounds(self.view)
        wanted = sorted(set(folded) - self._known)
        self._known.update(wanted)
        if not wanted:
            return
        rows = self.view.rows(_CALLED, names="|".join(wanted))
        known = registered()
        for name in {str(row["folded"]) for row in rows}:
            ids = sorted(
                (row["club"] not in known, _KINDS[row["kind"]], row["club"])
                for row in rows
                if row["folded"] == name
            )
            self.clubs[name.removeprefix("the ")] = self.clubs[name] = tuple(
                dict.fromkeys(club for _, _, club in ids)
            )[:_MOST_CLUBS]

    def _fetch_competitions(self, lexicon: Lexicon) -> None:
        found = names_of(lexicon, (), lexicon.competitions).competitions
        for phrase in book():
            if phrase.startswith("competition ") and "." in phrase:
                code = phrase.removeprefix("competition ")
                for wording in book().wordings(phrase):
                    name = fold(wording.source)
                    if (code,) not in found.get(name, ()):
                        found[name] = ((code,), *found.get(name, ()))
        self.competitions = found

    def _fetch_grounds(self, view: View) -> None:
        found: dict[str, list[Ground]] = {}
        for row in view.rows(_GROUNDS):
            name = fold(row["name"]).removeprefix("the ")
            one = Ground(row["club"], row["first_year"], row["last_year"])
            # "Goodison" for Goodison Park, but "at home" is not at Home Park
            bare = name.removesuffix(_PARK)
            for called in (name,) if bare in (name, *_VENUES) else (name, bare):
                found.setdefault(called, []).append(one)
        self.grounds = {name: tuple(grounds) for name, grounds in found.items()}


_PARK: Final = " park"
_VENUES: Final = tuple(venue.value for venue in Venue)
_KINDS: Final = {"name": 0, "alias": 1, "nickname": 2}
_MOST_CLUBS: Final = 4
"""Clubs of one name that are followed up."""
_GROUNDS: Final = "SELECT club, name, first_year, last_year FROM ground ORDER BY club, name"
_CALLED: Final = """
SELECT DISTINCT folded, club, kind FROM club_name WHERE list_contains(string_split($names, '|'), folded)
"""


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
