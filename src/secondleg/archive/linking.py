"""From the sources' spellings to clubs: who is who, in the tables of an archive.

`identify` reads what the sources say (matches, alias lists, ids, a user's resolutions) and writes the clubs, their
names and grounds, and how each spelling was matched. It leaves a temporary table `spelling`, by which matches find
their clubs. What it concludes, and from what, is told in docs/identity.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from secondleg.archive import fixtures
from secondleg.archive.clubs import Clubs
from secondleg.archive.fixtures import Evidence
from secondleg.archive.identity import ClubRecord, Register, Told, name_clubs, register
from secondleg.archive.names import fold, key, plain
from secondleg.archive.parts import Resolution

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["identify"]

_A_DAY: Final = (-1, 0, 1)
"""Days by which sources may date a match differently."""
_DOUBTFUL: Final = 4
"""Matches that another source could have confirmed, from which none (or next to none) confirmed is a doubt."""
_HARDLY: Final = 0.1
_CANDIDATES: Final = 3
_SHARES_SOME: Final = 3
"""A club that shares one fixture in so many, of those that it could share, is a candidate."""
_NEAR: Final = 70.0
"""Similarity (0-100) from which a name of the same country is a candidate."""

_SPELLING: Final = """
CREATE OR REPLACE TEMP TABLE spelling (
    source TEXT, country TEXT, name TEXT, first_season SMALLINT, last_season SMALLINT, club TEXT
)
"""
_LINK: Final = (
    "source",
    "country",
    "name",
    "first_season",
    "last_season",
    "matches",
    "club",
    "how",
    "shared",
    "compared",
    "candidates",
)


def identify(
    connection: duckdb.DuckDBPyConnection,
    *,
    step: Callable[[str], None] = lambda _: None,
    fixtures_count: bool = True,
    names_count: bool = True,
) -> None:
    """Decide which club every spelling of every source is; call it inside a transaction.

    Fills store.club, club_name, ground, club_id and link, which must be empty, and the temporary table
    `spelling(source, country, name, first_season, last_season, club)`: one row a spelling and range of seasons, ranges
    of one spelling do not overlap. `country` is '' where the source gives none. A side that is in no row is nobody's:
    it has no country, and no fixture tells who it is; its row in store.link has no club ('').

    `fixtures_count` and `names_count` leave a kind of evidence out, to measure what the other is worth.
    """
    spellings, evidence = fixtures.gather(connection)
    aliases = connection.execute("SELECT DISTINCT country, name, alias FROM store.source_alias").fetchall()
    listed = Register(register())
    if not fixtures_count:
        evidence = Evidence(met=evidence.met, seasons=evidence.seasons, days=evidence.days)
    known = listed if names_count else Register(())
    clubs = Clubs(spellings, evidence, known, aliases=aliases, resolutions=_resolutions(connection))
    step("comparing fixtures")
    if fixtures_count:
        clubs.join_by_fixtures()
        # a club that is found through an opponent makes others known
        _ask_opponents(connection, clubs, (0,))
        _ask_opponents(connection, clubs, _A_DAY)
    if names_count:
        clubs.join_by_names()
    if fixtures_count:
        _ask_opponents(connection, clubs, _A_DAY)
    fixtures.assign(connection, clubs.given())
    counts = fixtures.confirmed(connection)
    step("naming clubs")
    named = _named(clubs, listed)
    ids = {club: record.id for club, record in named.items()}
    connection.execute(_SPELLING)
    links = _links(clubs, ids, counts)
    _insert(connection, "store.link", _LINK, links)
    connection.execute(
        "INSERT INTO spelling SELECT source, country, name, first_season, last_season, club "
        "FROM store.link WHERE club <> ''"
    )
    _store_clubs(connection, clubs, named, aliases)
    _store_ids(connection)
    for table in (
        "id_node",
        "id_competition",
        "id_match",
        "id_telling",
        "id_alike",
        "id_played",
        "id_side",
        "id_open",
    ):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _resolutions(connection: duckdb.DuckDBPyConnection) -> list[Resolution]:
    rows = connection.execute(
        "SELECT country, name, club, source, first_season, last_season FROM store.resolution ORDER BY ALL"
    ).fetchall()
    return [Resolution(*row) for row in rows]


def _ask_opponents(connection: duckdb.DuckDBPyConnection, clubs: Clubs, shifts: Sequence[int]) -> None:
    fixtures.assign(connection, clubs.given())
    clubs.join_by_opponents(fixtures.votes(connection, shifts=shifts))


def _named(clubs: Clubs, listed: Register) -> dict[int, ClubRecord]:
    told: dict[int, list[Told]] = {}
    labels: dict[int, str] = {}
    for club, members in clubs.clubs().items():
        found = [
            Told(s.source, s.country, s.name, part.matches)
            for part in (clubs.parts[i] for i in members)
            for s in (clubs.spellings[part.spelling],)
        ]
        label = clubs.label(club)
        # a side of which not even the country is known is nobody's
        if label is None and not any(t.country for t in found):
            continue
        told[club] = found
        if label is not None:
            labels[club] = label
    return name_clubs(told, labels, listed.records)


def _links(
    clubs: Clubs, ids: Mapping[int, str], counts: Mapping[int, tuple[int, int]]
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    nearest = _Nearest(clubs, ids)
    for i, part in enumerate(clubs.parts):
        s = clubs.spellings[part.spelling]
        shared, compared = counts.get(i, (0, 0))
        club = ids.get(clubs.club_of(i), "")
        how, candidates = part.how, None
        known = how in ("resolution", "register")
        unseen = compared >= _DOUBTFUL and shared <= _HARDLY * compared
        unsure = part.doubts and shared * 2 <= compared
        if not club or (not known and (unseen or unsure)):
            how = "doubtful"
            candidates = "; ".join(nearest.of(i)) or None
        rows.append(
            (
                s.source, s.country, s.name, part.first, part.last, part.matches,
                club, how, shared, compared, candidates,
            )
        )  # fmt: skip
    return rows


class _Nearest:
    """Candidates for spellings that nothing decides: clubs that share some fixtures, or have a similar name."""

    def __init__(self, clubs: Clubs, ids: Mapping[int, str]) -> None:
        self._clubs = clubs
        self._ids = ids
        self._alike: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for (one, other), matches in clubs.evidence.alike.items():
            if matches > 1:
                self._alike[one].append((matches, other))
                self._alike[other].append((matches, one))
        self._names: defaultdict[str, dict[int, str]] = defaultdict(dict)
        for i, part in enumerate(clubs.parts):
            s = clubs.spellings[part.spelling]
            self._names[s.country][i] = key(s.name)

    def of(self, part: int) -> list[str]:
        from rapidfuzz import fuzz, process

        clubs = self._clubs
        own = self._ids.get(clubs.club_of(part))
        spelling = clubs.parts[part].spelling
        s = clubs.spellings[spelling]
        found: dict[str, str] = {}
        for doubt in sorted(clubs.parts[part].doubts):
            found[self._ids[clubs.club_of(doubt)]] = "same name"
        for matches, other in sorted(self._alike[spelling], reverse=True)[:_CANDIDATES]:
            compared = max(matches, clubs.evidence.compared(spelling, other))
            if matches * _SHARES_SOME > compared:
                for i in clubs.parts_of(other):
                    found.setdefault(self._ids.get(clubs.club_of(i), ""), f"{matches} of {compared} fixtures")
        choices = self._names[s.country] if s.country else self._everywhere()
        near = process.extract(key(s.name), choices, scorer=fuzz.WRatio, limit=12, score_cutoff=_NEAR)
        for _, score, i in near:
            found.setdefault(self._ids.get(clubs.club_of(i), ""), f"name {score:.0f} % alike")
        return [f"{club} ({why})" for club, why in found.items() if club and club != own][:_CANDIDATES]

    def _everywhere(self) -> dict[int, str]:
        return {i: name for names in self._names.values() for i, name in names.items()}


def _store_clubs(
    connection: duckdb.DuckDBPyConnection,
    clubs: Clubs,
    named: Mapping[int, ClubRecord],
    aliases: Sequence[tuple[str, str, str]],
) -> None:
    records = [record for _, record in sorted({record.id: record for record in named.values()}.items())]
    _insert(
        connection,
        "store.club",
        ("id", "name", "full_name", "country"),
        [(c.id, c.name, c.full_name, c.country) for c in records],
    )
    names: dict[tuple[str, str, str, str], tuple[int | None, int | None]] = {}
    for club, members in clubs.clubs().items():
        if club not in named:
            continue
        for part in (clubs.parts[i] for i in members):
            s = clubs.spellings[part.spelling]
            entry = (named[club].id, s.name, "name", s.source)
            first, last = names.get(entry, (part.first, part.last))
            names[entry] = (min(first or part.first, part.first), max(last or part.last, part.last))
    for record in records:
        for name in (record.name, record.full_name):
            names[record.id, name, "name", "secondleg"] = (None, None)
        for alias in record.aliases:
            names.setdefault((record.id, alias.name, "alias", "secondleg"), (alias.first, alias.last))
        for nickname in record.nicknames:
            names[record.id, nickname, "nickname", "secondleg"] = (None, None)
    for club_id, name in _listed_names(clubs, named, aliases):
        names[club_id, name, "alias", "alias list"] = (None, None)
    rows = [(c, n, fold(n), kind, source, *years) for (c, n, kind, source), years in sorted(names.items())]
    columns = ("club", "name", "folded", "kind", "source", "first_season", "last_season")
    _insert(connection, "store.club_name", columns, rows)
    grounds = [(c.id, g.name, g.first_year, g.last_year, "secondleg") for c in records for g in c.grounds]
    _insert(connection, "store.ground", ("club", "name", "first_year", "last_year", "source"), grounds)


def _listed_names(
    clubs: Clubs, named: Mapping[int, ClubRecord], aliases: Sequence[tuple[str, str, str]]
) -> set[tuple[str, str]]:
    """Names from alias lists, by which a club can be looked up; none where the list's own name fits two clubs."""
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for i, part in enumerate(clubs.parts):
        s = clubs.spellings[part.spelling]
        if clubs.club_of(i) in named:
            owners[s.country, key(s.name)].add(named[clubs.club_of(i)].id)
    found: set[tuple[str, str]] = set()
    for country, name, alias in aliases:
        fitting = owners[country, key(name)] or owners[country, key(alias)]
        if len(fitting) == 1:
            (club,) = fitting
            found |= {(club, name), (club, alias)}
    return found


_IDS: Final = """
INSERT INTO store.club_id
WITH given AS (
    SELECT DISTINCT g.club, i.scheme, i.id, i.source
    FROM store.source_id i JOIN id_owner g ON g.source = i.source AND g.country = i.country AND g.name = i.name
)
SELECT * FROM given
-- a list may have a club in several countries: two clubs that would share an id get none
QUALIFY count(*) OVER (PARTITION BY scheme, id) = 1
ORDER BY ALL
"""


def _store_ids(connection: duckdb.DuckDBPyConnection) -> None:
    """Give clubs the ids of lists such as reep: by country and name, where that is unique both ways."""
    listed = connection.execute(
        "SELECT source, country, name, max(ids)::INTEGER FROM ("
        "  SELECT source, country, name, scheme, count(DISTINCT id) AS ids FROM store.source_id GROUP BY ALL"
        ") GROUP BY source, country, name ORDER BY ALL"
    ).fetchall()
    if not listed:
        return
    called = connection.execute(
        "SELECT DISTINCT split_part(club, '/', 1), name, club FROM store.club_name WHERE kind <> 'nickname'"
    ).fetchall()
    owner: dict[tuple[str, str, str], str] = {}
    # a name that stands for two entries of the list is nobody's, whichever of them it means
    free = [(source, country, name, ids) for source, country, name, ids in listed]
    taken: set[tuple[str, str]] = set()
    for same in (plain, key):
        clubs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for country, name, club in called:
            clubs[country, same(name)].add(club)
        entries = Counter((source, country, same(name)) for source, country, name, _ in free)
        for source, country, name, ids in free:
            fitting = clubs.get((country, same(name)), set())
            if len(fitting) != 1 or ids > 1 or entries[source, country, same(name)] > 1:
                continue
            (club,) = fitting
            if (source, club) not in taken:
                owner[source, country, name] = club
        taken = {(source, club) for (source, _, _), club in owner.items()}
        free = [entry for entry in free if entry[:3] not in owner]
    twice = Counter((source, club) for (source, _, _), club in owner.items())
    rows = [(*entry, club) for entry, club in sorted(owner.items()) if twice[entry[0], club] == 1]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE id_owner (source TEXT, country TEXT, name TEXT, club TEXT)"
    )
    _insert(connection, "id_owner", ("source", "country", "name", "club"), rows)
    connection.execute(_IDS)
    connection.execute("DROP TABLE id_owner")


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    if rows:
        connection.register("incoming", _table(columns, rows))
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")


def _table(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> pa.Table:
    import pyarrow as pa

    return pa.table(dict(zip(columns, (list(c) for c in zip(*rows, strict=True)), strict=True)))
