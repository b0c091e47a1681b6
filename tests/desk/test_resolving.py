"""What an archive leaves open about its clubs, and a user's word on it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from secondleg.archive.archive import Archive
from secondleg.archive.build import rebuild
from secondleg.desk.resolving import apply, to_text, unresolved
from secondleg.errors import SourceError

SEASONS = (("a", 2000, ("FC Wiltz", "SC Wiltz", "Alpha")), ("b", 2010, ("Wiltz", "Omega", "Sigma")))


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.memory() as archive:
        with archive.transaction() as connection:
            for source, season, names in SEASONS:
                for n, (home, away) in enumerate(permutations(names, 2)):
                    connection.execute(
                        "INSERT INTO store.source_match (source, document, line, competition, season, date, "
                        "home_country, home, away_country, away, home_goals, away_goals, status) "
                        "VALUES (?, 'file', ?, 'lux.1', ?, ?, 'lux', ?, 'lux', ?, 1, 0, 'played')",
                        [source, n, season, dt.date(season, 9, 1 + n), home, away],
                    )
            rebuild(connection)
        yield archive


def club_of(archive: Archive, name: str) -> str:
    ((club,),) = archive.connection.execute("SELECT club FROM store.link WHERE name = ?", [name]).fetchall()
    return str(club)


def test_what_is_in_doubt(archive: Archive) -> None:
    found = unresolved(archive)
    json.dumps(found)
    assert [entry["name"] for entry in found["doubtful"]] == ["Wiltz"]
    (entry,) = found["doubtful"]
    named = {entry["club"], *(c["club"] for c in entry["candidates"])}
    assert {club_of(archive, "FC Wiltz"), club_of(archive, "SC Wiltz")} <= named
    assert {count["how"]: count["spellings"] for count in found["counts"]}["doubtful"] == 1


def test_another_country_has_no_doubts(archive: Archive) -> None:
    assert unresolved(archive, country="mlt")["doubtful"] == []
    assert to_text(unresolved(archive, country="mlt")).endswith("Nothing is in doubt.")


def test_the_text_is_a_file_of_names(archive: Archive, tmp_path: Path) -> None:
    lines = [line for line in to_text(unresolved(archive)).splitlines() if " = " in line]
    (tmp_path / "names.txt").write_text("\n".join(lines), "utf-8")
    done = apply(archive, tmp_path / "names.txt")
    assert done == {"resolutions": 1, "spellings": 1, "remarks": []}
    assert unresolved(archive)["doubtful"] == []


def test_a_word_decides(archive: Archive, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    for spelling in ("FC Wiltz", "SC Wiltz"):
        wanted = club_of(archive, spelling)
        names.write_text(f"lux | Wiltz | b = {wanted}", "utf-8")
        apply(archive, names)
        assert club_of(archive, "Wiltz") == wanted == club_of(archive, spelling)
        sides = archive.connection.execute(
            "SELECT count(*) FROM store.match WHERE season = 2010 AND home = ?", [wanted]
        ).fetchall()
        assert sides == [(2,)]


def test_an_empty_file_takes_all_back(archive: Archive, tmp_path: Path) -> None:
    before = club_of(archive, "Wiltz")
    names = tmp_path / "names.txt"
    names.write_text("lux | Wiltz = new lux/another", "utf-8")
    apply(archive, names)
    assert club_of(archive, "Wiltz") == "lux/another"
    names.write_text("# nothing", "utf-8")
    assert apply(archive, names)["resolutions"] == 0
    assert club_of(archive, "Wiltz") == before


def test_a_mistake_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("lux | Wiltz = new lux/another", "utf-8")
    apply(archive, names)
    names.write_text("lux | Alpha = lux/nobody", "utf-8")
    with pytest.raises(SourceError, match="Nearest ids: "):
        apply(archive, names)
    assert club_of(archive, "Wiltz") == "lux/another"
