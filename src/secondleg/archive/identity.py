"""The clubs that secondleg knows by itself: the register, and what a club is called and by which id it goes.

An id is the country and a short name. That of a club in the register never changes. Any other follows the name that
the first source in `NAMED_BY` has for the club, and in it the spelling with most matches: adding a source further
down never changes an id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from secondleg.archive.names import cased, fold, key, short, slug

__all__ = ["NAMED_BY", "ClubRecord", "Ground", "OtherName", "Register", "Told", "name_clubs", "register"]

NAMED_BY: Final = (
    "openfootball",
    "schochastics",
    "schochastics-goals",
    "engsoccerdata",
    "football-data",
    "schochastics-incidents",
)
"""Sources by whose name a club goes, the first that has it; those with whole histories and full names come first."""
_WELL_SPELLED: Final = ("openfootball", "schochastics-goals")
"""Sources that keep accents: of spellings with one key theirs is the one to print."""

_REGISTER: Final = "clubs.tsv"


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground, with the years in which the club is known to have played all its home matches there."""

    name: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class OtherName:
    """A further name of a club: the country in which sources file it, and the seasons in which it is the club's."""

    name: str
    country: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class ClubRecord:
    """A club as the archive stores it; `aliases` are further names, `nicknames` what people call it."""

    id: str
    name: str
    full_name: str
    country: str
    aliases: tuple[OtherName, ...] = ()
    nicknames: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A spelling of a club in one source: what `name_clubs` chooses from."""

    source: str
    country: str
    name: str
    matches: int


def register() -> tuple[ClubRecord, ...]:
    """The clubs whose names, nicknames and grounds come with secondleg."""
    text = resources.files("secondleg.archive").joinpath("data", _REGISTER).read_text("utf-8")
    records: list[ClubRecord] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        id_, name, full, aliases, nicknames, grounds = ([*line.split("\t"), "", "", ""])[:6]
        country = id_.split("/")[0]
        records.append(
            ClubRecord(
                id_,
                name,
                full or name,
                country,
                tuple(_other_name(part, country) for part in _split(aliases)),
                _split(nicknames),
                tuple(Ground(*_dated(part)) for part in _split(grounds)),
            )
        )
    return tuple(records)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _dated(text: str) -> tuple[str, int | None, int | None]:
    """A name with the years that the register gives it: "Anfield [1892-]", "Highbury [1913-2005]", "Dean Court"."""
    name, _, years = text.partition(" [")
    first, _, last = years.rstrip("]").partition("-")
    return name, int(first) if first else None, int(last) if last else None


def _other_name(text: str, country: str) -> OtherName:
    """ "wal:Swansea City" is what a source of another country calls the club; "Leipzig [2009-]" is dated."""
    name, first, last = _dated(text)
    abroad, _, bare = name.rpartition(":")
    return OtherName(bare, abroad or country, first, last)


class Register:
    """The register as it is looked up: by exact spelling, and by those keys that only one of its clubs has."""

    def __init__(self, records: Iterable[ClubRecord]) -> None:
        self.records: Final = {record.id: record for record in records}
        self._exact: defaultdict[tuple[str, str], list[tuple[str, int | None, int | None]]] = defaultdict(
            list
        )
        owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for record in self.records.values():
            own = (OtherName(record.name, record.country), OtherName(record.full_name, record.country))
            dated = {fold(a.name) for a in record.aliases if a.first is not None or a.last is not None}
            for name in (*own, *record.aliases):
                owners[name.country, key(name.name)].add(record.id)
                # a name that is the club's in some seasons only is not looked up without them
                if name in own and fold(name.name) in dated:
                    continue
                entry = (record.id, name.first, name.last)
                if entry not in self._exact[name.country, fold(name.name)]:
                    self._exact[name.country, fold(name.name)].append(entry)
        self._keys = {k: next(iter(ids)) for k, ids in owners.items() if len(ids) == 1}

    def spelled(self, country: str, name: str) -> Sequence[tuple[str, int | None, int | None]]:
        """The clubs that go by exactly that name (id, first and last season), as a rule one."""
        return self._exact.get((country, fold(name)), ())

    def keyed(self, country_and_key: tuple[str, str]) -> str | None:
        """The only club of the register with that key."""
        return self._keys.get(country_and_key)


def name_clubs(
    clubs: Mapping[int, Sequence[Told]],
    labels: Mapping[int, str],
    records: Mapping[str, ClubRecord],
) -> dict[int, ClubRecord]:
    """An id and names for every club: from the register where it has the club, else from what sources call it.

    Args:
        clubs: the spellings of every club.
        labels: ids that the register or a user's resolution gives.
        records: the register by id.
    """
    named: dict[int, ClubRecord] = {}
    by_id: dict[str, ClubRecord] = {}
    # by source first: a club of a source further down takes no name away from one of a better source
    for club in sorted(clubs, key=lambda c: _order(clubs[c])):
        label = labels.get(club)
        if label is not None:
            if label in records:
                named[club] = records[label]
        else:
            told = _named_by(clubs[club])
            id_ = f"{told.country}/{slug(short(told.name))}"
            if id_ in records or id_ in by_id:
                id_ = f"{told.country}/{slug(told.name)}"
            free, number = id_, 2
            while free in records or free in by_id:
                free, number = f"{id_}-{number}", number + 1
            named[club] = by_id[free] = _record(free, told, clubs[club])
    # a user's word: one of the ids above, or a new one
    for club, label in sorted(labels.items(), key=lambda item: item[1]):
        if label not in records:
            if label not in by_id:
                by_id[label] = _record(label, _named_by(clubs[club]), clubs[club])
            named[club] = by_id[label]
    return named


def _record(id_: str, told: Told, spelled: Sequence[Told]) -> ClubRecord:
    printed = _printed(told, spelled)
    return ClubRecord(id_, cased(short(printed)), cased(printed), id_.split("/")[0])


def _rank(source: str) -> int:
    return NAMED_BY.index(source) if source in NAMED_BY else len(NAMED_BY)


def _named_by(spelled: Sequence[Told]) -> Told:
    return min(
        (t for t in spelled if t.country),
        key=lambda t: (_rank(t.source), t.source, -t.matches, len(t.name), t.name, t.country),
        default=spelled[0],
    )


def _order(spelled: Sequence[Told]) -> tuple[object, ...]:
    told = _named_by(spelled)
    total = sum(t.matches for t in spelled if t.source == told.source)
    return (_rank(told.source), told.source, -total, len(told.name), told.name, told.country)


def _printed(told: Told, spelled: Sequence[Told]) -> str:
    """The spelling to print: that of the id, with the accents that a better speller gives it."""
    better = [
        t
        for t in spelled
        if t.source in _WELL_SPELLED and key(t.name) == key(told.name) and not t.name.isascii()
    ]
    if told.source == _WELL_SPELLED[0] or not better:
        return told.name
    return min(better, key=lambda t: (_WELL_SPELLED.index(t.source), -t.matches, t.name)).name
