"""Who is who: the spellings of all sources, matched to clubs.

Three steps, each a pure function of the set of spellings, so that the order of imports does not matter:
the club register that comes with secondleg (exact spelling first, then key), alias lists that were imported,
and the key of a name within its country. Two spellings that play each other are two clubs, whatever their keys
say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from secondleg.archive.names import cased, fold, key, short, slug

__all__ = ["ClubRecord", "Ground", "Identity", "NameRecord", "Spelling", "register", "resolve"]

_REGISTER: Final = "clubs.tsv"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as one source spells it."""

    country: str
    name: str
    source: str
    matches: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground, with the years in which the club is known to have played all its home matches there."""

    name: str
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class ClubRecord:
    """A club as the archive stores it; `aliases` are further names, `nicknames` what people call it."""

    id: str
    name: str
    full_name: str
    country: str
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class NameRecord:
    """One name of a club; `kind` is name, alias or nickname."""

    club: str
    name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The outcome: which club each (country, spelling) is, the clubs, their names and grounds."""

    club_of: Mapping[tuple[str, str], str]
    clubs: tuple[ClubRecord, ...]
    names: tuple[NameRecord, ...]


def register() -> tuple[ClubRecord, ...]:
    """The clubs whose names, nicknames and grounds come with secondleg."""
    text = resources.files("secondleg.archive").joinpath("data", _REGISTER).read_text("utf-8")
    records: list[ClubRecord] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        id_, name, full, aliases, nicknames, grounds = ([*line.split("\t"), "", "", ""])[:6]
        records.append(
            ClubRecord(
                id_,
                name,
                full or name,
                id_.split("/")[0],
                _split(aliases),
                _split(nicknames),
                _grounds(grounds),
            )
        )
    return tuple(records)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _grounds(text: str) -> tuple[Ground, ...]:
    """Grounds as the register writes them: "Anfield [1892-]|Highbury [1913-2005]|Dean Court"."""
    found: list[Ground] = []
    for part in _split(text):
        name, _, years = part.partition(" [")
        first, _, last = years.rstrip("]").partition("-")
        found.append(Ground(name, int(first) if first else None, int(last) if last else None))
    return tuple(found)


def resolve(
    spellings: Iterable[Spelling],
    aliases: Iterable[tuple[str, str, str]] = (),
    meetings: Iterable[tuple[str, str, str, str]] = (),
) -> Identity:
    """Match spellings to clubs.

    Args:
        spellings: every name of every source.
        aliases: (country, name, alias) of imported alias lists.
        meetings: (country, name, country, name) of every two spellings that met in a match.
    """
    every = sorted(spellings, key=lambda s: (s.country, s.name, s.source))
    listed = register()
    exact, by_key = _index(listed)
    groups = _Groups()
    aliases = sorted(set(aliases))
    for country, name, alias in aliases:
        groups.offer((country, key(name)), (country, key(alias)))
    groups.link()

    nodes: dict[tuple[str, str], str] = {}
    for s in every:
        found = exact.get((s.country, fold(s.name))) or by_key.get((s.country, key(s.name)))
        if found is None:
            root = groups.root((s.country, key(s.name)))
            members = sorted({by_key[m] for m in groups.members(root) if m in by_key})
            found = members[0] if len(members) == 1 else f"{root[0]}/{root[1]}"
        nodes[(s.country, s.name)] = found
    _part_namesakes(meetings, nodes, {s for s in nodes if (s[0], fold(s[1])) in exact})
    return _records(every, nodes, {r.id: r for r in listed}, aliases)


def _index(listed: tuple[ClubRecord, ...]) -> tuple[dict[tuple[str, str], str], dict[tuple[str, str], str]]:
    """The register by exact spelling, and by those keys that only one of its clubs has."""
    exact: dict[tuple[str, str], str] = {}
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for record in listed:
        for name in (record.name, record.full_name, *record.aliases):
            # "wal:Swansea City" is what a source of another country calls the club
            country, _, bare = name.rpartition(":")
            country = country or record.country
            exact[(country, fold(bare))] = record.id
            owners[(country, key(bare))].add(record.id)
    return exact, {k: next(iter(ids)) for k, ids in owners.items() if len(ids) == 1}


class _Groups:
    """Names that alias lists declare to be one club: an alias that two clubs share joins nothing."""

    def __init__(self) -> None:
        self._offers: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        self._parent: dict[tuple[str, str], tuple[str, str]] = {}
        self._members: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)

    def offer(self, name: tuple[str, str], alias: tuple[str, str]) -> None:
        self._offers[alias].add(name)

    def link(self) -> None:
        mains = {name for names in self._offers.values() for name in names}
        for alias, names in self._offers.items():
            if len(names) == 1 and alias not in mains:
                (name,) = names
                self._parent[alias] = name
                self._members[name] |= {alias, name}

    def root(self, name: tuple[str, str]) -> tuple[str, str]:
        return self._parent.get(name, name)

    def members(self, root: tuple[str, str]) -> set[tuple[str, str]]:
        return self._members.get(root, {root})


def _part_namesakes(
    meetings: Iterable[tuple[str, str, str, str]],
    nodes: dict[tuple[str, str], str],
    registered: set[tuple[str, str]],
) -> None:
    """Give spellings that met each other an id each; one that the register spells so keeps its club."""
    parted: set[tuple[str, str]] = set()
    for home_country, home, away_country, away in meetings:
        one, other = (home_country, home), (away_country, away)
        if one != other and nodes.get(one) == nodes.get(other):
            parted |= {one, other} - registered
    for country, name in parted:
        nodes[(country, name)] = f"{country}/{slug(name)}"


def _records(
    every: list[Spelling],
    nodes: dict[tuple[str, str], str],
    listed: Mapping[str, ClubRecord],
    aliases: Iterable[tuple[str, str, str]],
) -> Identity:
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names: set[tuple[str, str, str, str]] = set()
    for s in every:
        spelled[nodes[(s.country, s.name)]][s.name] += s.matches
    final: dict[str, str] = {}
    clubs: list[ClubRecord] = []
    taken = set(listed)
    for node in sorted(spelled):
        if node in listed:
            final[node] = node
            clubs.append(listed[node])
            continue
        country = node.split("/")[0]
        full = min(spelled[node], key=lambda n: (-spelled[node][n], len(n), n))
        # the id follows the shortest spelling, which changes least when sources are added
        id_ = f"{country}/{slug(min((short(n) for n in spelled[node]), key=lambda n: (len(n), n)))}"
        if id_ in taken:
            id_ = f"{country}/{slug(full)}"
        while id_ in taken:
            id_ += "-2"
        taken.add(id_)
        final[node] = id_
        clubs.append(ClubRecord(id_, cased(short(full)), cased(full), country))
    for s in every:
        names.add((final[nodes[(s.country, s.name)]], s.name, "name", s.source))
    for club in clubs:
        names.add((club.id, club.name, "name", "secondleg"))
        names.add((club.id, club.full_name, "name", "secondleg"))
        names |= {(club.id, a.rpartition(":")[2], "alias", "secondleg") for a in club.aliases}
        names |= {(club.id, n, "nickname", "secondleg") for n in club.nicknames}
    names |= _further_names(nodes, final, aliases)
    club_of = {spelling: final[node] for spelling, node in nodes.items()}
    ordered = sorted(clubs, key=lambda c: c.id)
    return Identity(club_of, tuple(ordered), tuple(NameRecord(*n) for n in sorted(names)))


def _further_names(
    nodes: Mapping[tuple[str, str], str], final: Mapping[str, str], aliases: Iterable[tuple[str, str, str]]
) -> set[tuple[str, str, str, str]]:
    """Names from alias lists, by which a club can be looked up; none where the list's own name fits two clubs."""
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for (country, name), node in nodes.items():
        owners[(country, key(name))].add(final[node])
    found: set[tuple[str, str, str, str]] = set()
    for country, name, alias in aliases:
        clubs = owners[(country, key(name))] or owners[(country, key(alias))]
        if len(clubs) == 1:
            (club,) = clubs
            found |= {(club, name, "alias", "alias list"), (club, alias, "alias", "alias list")}
    return found
