"""Importing: one transaction, idempotent, and the same whatever comes first."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from tests.support.small_files import CLUBS, EUROPA_LEAGUE, FILES, PREMIER_LEAGUE, UEFA_CL, write_files

from secondleg.archive.archive import Archive
from secondleg.archive.schema import DERIVED
from secondleg.errors import SourceError
from secondleg.sources.importer import import_files

SOURCES = ("document", "source_match", "source_alias")


def held(archive: Archive, tables: tuple[str, ...] = (*DERIVED, *SOURCES)) -> dict[str, list[Any]]:
    """All rows; in their stored order for the derived tables, whose order is part of what is promised."""
    rows = {t: archive.connection.execute(f"SELECT * FROM store.{t}").fetchall() for t in tables}
    return {t: sorted(found, key=repr) if t in SOURCES else found for t, found in rows.items()}


def test_what_is_read(tmp_path: Path) -> None:
    write_files(tmp_path)
    with Archive.memory() as archive:
        report = import_files(archive, [tmp_path])
        assert {f.document: f.matches for f in report.files} == {
            "england/2023-24/1-premierleague.txt": 6,
            "champions-league/2023-24/el.txt": 4,
            "results/uefa-cl.csv": 4,
            "england/eng.clubs.txt": 0,
        }
        assert (report.matches, report.added, report.unread, report.aliases) == (14, 14, 0, 3)
        # Burnley, City, Liverpool, Atalanta, Milan, Roma, Hamburg, Juventus, Dundalk
        assert report.clubs == 9
        told = archive.connection.execute(
            "SELECT winner, decided_by FROM store.tie WHERE competition = 'uefa.el' ORDER BY winner"
        ).fetchall()
        assert told == [("ita/atalanta", "aggregate"), ("ita/roma", "aggregate")]


def test_progress_is_told(tmp_path: Path) -> None:
    write_files(tmp_path)
    steps: list[str] = []
    with Archive.memory() as archive:
        import_files(archive, [tmp_path], progress=lambda what, *_: steps.append(what))
    assert {"reading openfootball", "matching clubs", "finding ties and stages", "counting coverage"} <= set(
        steps
    )


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    write_files(tmp_path)
    with Archive.memory() as archive:
        import_files(archive, [tmp_path])
        once = held(archive)
        report = import_files(archive, [tmp_path])
        assert report.added == 0
        assert held(archive) == once


ORDERS = [
    pytest.param(order, marks=[] if number % 6 == 5 else pytest.mark.slow)
    for number, order in enumerate(itertools.permutations(range(len(FILES))))
]


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_imports_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    paths = write_files(tmp_path)
    with Archive.memory() as together, Archive.memory() as apart:
        import_files(together, [tmp_path])
        for index in order:
            import_files(apart, [paths[index]])
        assert held(apart) == held(together)


def test_the_order_of_paths_does_not_matter(tmp_path: Path) -> None:
    paths = write_files(tmp_path)
    with Archive.memory() as one, Archive.memory() as other:
        import_files(one, paths)
        import_files(other, paths[::-1])
        assert held(other) == held(one)


def test_a_changed_file_replaces_what_was_read_of_it(tmp_path: Path) -> None:
    paths = write_files(tmp_path)
    with Archive.memory() as archive, Archive.memory() as anew:
        import_files(archive, [tmp_path])
        paths[0].write_text(PREMIER_LEAGUE.replace("2-0 (1-0)", "5-4 (1-0)"), encoding="utf-8")
        paths[2].write_text(UEFA_CL.rsplit("\n", 2)[0] + "\n", encoding="utf-8")
        paths[3].write_text(CLUBS.replace("| LFC", ""), encoding="utf-8")
        report = import_files(archive, [tmp_path])
        assert report.added == -1
        import_files(anew, [tmp_path])
        assert held(archive) == held(anew)
        score = "SELECT home_goals, away_goals FROM store.match WHERE date = DATE '2023-08-12'"
        assert archive.connection.execute(score).fetchall() == [(5, 4)]


def test_a_list_that_has_lost_its_aliases(tmp_path: Path) -> None:
    paths = write_files(tmp_path)
    with Archive.memory() as archive:
        import_files(archive, [tmp_path])
        paths[3].write_text("= England\n\nLiverpool FC, 1892\n", encoding="utf-8")
        import_files(archive, [paths[3]])
        assert held(archive)["source_alias"] == []


def test_a_folder_may_lie_anywhere(tmp_path: Path) -> None:
    write_files(tmp_path / "here")
    write_files(tmp_path / "some" / "where else")
    with Archive.memory() as here, Archive.memory() as elsewhere:
        import_files(here, [tmp_path / "here"])
        import_files(elsewhere, [tmp_path / "some" / "where else"])
        assert held(here) == held(elsewhere)
        # both at once: the same documents, once
        report = import_files(here, [tmp_path / "some", tmp_path / "here"])
        assert report.added == 0
        assert held(here) == held(elsewhere)


@pytest.mark.parametrize("name", list(FILES))
def test_two_files_that_claim_to_be_one_document(tmp_path: Path, name: str) -> None:
    write_files(tmp_path / "a", {name: FILES[name]})
    changed = FILES[name].replace("1-1", "2-1").replace(",1,4,", ",1,3,").replace("LFC", "Pool")
    assert changed != FILES[name] or name.endswith("el.txt")
    write_files(tmp_path / "b", {name: changed.replace("0-3", "0-2")})
    for folders in (["a", "b"], ["b", "a"]):
        with Archive.memory() as archive:
            with pytest.raises(SourceError, match="differs from"):
                import_files(archive, [tmp_path / folder for folder in folders])
            assert held(archive)["source_match"] == []


def test_a_single_result_file_is_read_once(tmp_path: Path) -> None:
    (path,) = write_files(tmp_path, {"results/uefa-cl.csv": UEFA_CL})
    with Archive.memory() as archive:
        report = import_files(archive, [path])
        assert [f.document for f in report.files] == ["results/uefa-cl.csv"]


BAD = {
    "latin-1": ("england/2023-24/1-premierleague.txt", "Übermut FC  v  Liverpool FC  1-0".encode("latin-1")),
    "utf-16": ("champions-league/2023-24/el.txt", EUROPA_LEAGUE.encode("utf-16")),
    "cut": ("champions-league/2023-24/el.txt", EUROPA_LEAGUE.encode()[:-12]),
    "nul": ("champions-league/2023-24/el.txt", EUROPA_LEAGUE.encode().replace(b"Roma", b"R\0ma", 1)),
    "no column": ("results/uefa-cl.csv", UEFA_CL.replace("full_time", "ft").encode()),
    "latin-1 csv": ("results/uefa-cl.csv", (UEFA_CL + "Malmö FF").encode("latin-1")),
    "latin-1 list": ("england/eng.clubs.txt", "Übermut FC".encode("latin-1")),
}


@pytest.mark.parametrize("what", list(BAD))
def test_a_bad_file_among_good_ones_leaves_the_archive_as_it_was(tmp_path: Path, what: str) -> None:
    name, content = BAD[what]
    write_files(tmp_path / "first", {"england/2023-24/1-premierleague.txt": PREMIER_LEAGUE})
    write_files(tmp_path / "then")
    (bad,) = write_files(tmp_path / "then", {name: ""})
    bad.write_bytes(content)
    path = tmp_path / "archive.duckdb"
    with Archive.create(path) as archive:
        import_files(archive, [tmp_path / "first"])
        before = held(archive)
    with Archive.create(path) as archive, pytest.raises(SourceError) as caught:
        import_files(archive, [tmp_path / "then"])
    assert bad.name in str(caught.value)
    with Archive.open(path) as archive:
        assert held(archive) == before


def test_an_error_in_the_middle_of_the_rebuild_leaves_the_archive_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_files(tmp_path)
    path = tmp_path / "archive.duckdb"

    def stop(what: str, *_: int) -> None:
        if what == "counting coverage":
            raise KeyboardInterrupt

    with Archive.create(path) as archive:
        import_files(archive, paths[:1])
        before = held(archive)
        with pytest.raises(KeyboardInterrupt):
            import_files(archive, [tmp_path], progress=stop)
        assert held(archive) == before
        # and the archive can still be written to
        assert import_files(archive, [tmp_path]).matches == 14


@pytest.mark.parametrize("make", ["nothing", "a readme", "a missing path", "an image"])
def test_nothing_to_read(tmp_path: Path, make: str) -> None:
    target = tmp_path / "x"
    if make != "a missing path":
        target.mkdir()
    if make == "a readme":
        (target / "README.md").write_text("hello", encoding="utf-8")
    if make == "an image":
        target = target / "crest.png"
        target.write_bytes(b"\x89PNG")
    with Archive.memory() as archive, pytest.raises(SourceError) as caught:
        import_files(archive, [target])
    assert str(target) in str(caught.value)


SEASONS = {
    # half of the double round robin, two matches that were never played
    "partial": ("1-premierleague.txt", PREMIER_LEAGUE.rsplit("  Sat Sep 9", 1)[0], False),
    "whole": ("1-premierleague.txt", PREMIER_LEAGUE, True),
    "whole by the header": ("1-premierleague.txt", PREMIER_LEAGUE.replace("6\n", "4\n", 1), True),
    # all met twice, but three clubs are too few to tell a league from what is left of one
    "no header, three clubs": ("1-premierleague.txt", PREMIER_LEAGUE.replace("# Matches    6", ""), False),
    "no header, one short": (
        "1-premierleague.txt",
        PREMIER_LEAGUE.replace("# Matches    6", "").rsplit("  Sun Sep 17", 1)[0],
        False,
    ),
}


@pytest.mark.parametrize("case", list(SEASONS))
def test_whether_a_league_season_is_whole(tmp_path: Path, case: str) -> None:
    name, text, whole = SEASONS[case]
    write_files(tmp_path, {f"england/2023-24/{name}": text})
    with Archive.memory() as archive:
        import_files(archive, [tmp_path])
        rows = archive.connection.execute("SELECT season, whole, reason FROM store.coverage").fetchall()
    assert [(season, is_whole) for season, is_whole, _ in rows] == [(2023, whole)], rows


CUP = """\
= English FA Cup 2023/24

» {}
  Sat Apr 20 2024
    15:00  Liverpool FC  v Burnley FC  2-0
{}
» Final
  Sat May 25 2024
    15:00  Liverpool FC  v Manchester City FC  1-0
"""
OTHER_SEMI = "    15:00  Manchester City FC  v Everton FC  2-0\n"


@pytest.mark.parametrize(("semis", "whole"), [(OTHER_SEMI, True), ("", False)])
def test_a_knockout_takes_one_tie_less_than_clubs(tmp_path: Path, semis: str, whole: bool) -> None:
    # without the second semi-final, the final has a finalist that beat nobody: three clubs, two ties
    text = CUP.format("Semi-finals", semis)
    if not semis:
        text = text.replace("Final\n", "Final\n", 1).split("» Final")[0]
    write_files(tmp_path, {"england/2023-24/facup.txt": text})
    with Archive.memory() as archive:
        import_files(archive, [tmp_path])
        assert archive.connection.execute("SELECT whole FROM store.coverage").fetchall() == [(whole,)]
