"""The club lists of openfootball/clubs."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondleg.errors import SourceError
from secondleg.sources.clubs_txt import Alias, document_name, finds, read_file, read_files
from secondleg.sources.contract import ALIASES

LIST = """\
====================================
=  England

#  note: see wal.txt for teams from wales

Arsenal FC, 1886, @ Emirates Stadium, London (Highbury)   ## Greater London
  | Arsenal | FC Arsenal
  | The Arsenal FC       # old name
  | ARS | Arsenal FC
  | Arsenal Londres [es]
Chelsea FC, 1905
  | Chelsea
"""


def written(tmp_path: Path, text: str = LIST, folder: str = "england") -> Path:
    path = tmp_path / folder / "eng.clubs.txt"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert list(read_file(path)) == [
        Alias("eng", "Arsenal FC", "Arsenal"),
        Alias("eng", "Arsenal FC", "FC Arsenal"),
        Alias("eng", "Arsenal FC", "The Arsenal FC"),
        Alias("eng", "Arsenal FC", "Arsenal Londres"),
        Alias("eng", "Chelsea FC", "Chelsea"),
    ]
    assert document_name(path) == "england/eng.clubs.txt"


def test_aliases_before_any_club_belong_to_nobody(tmp_path: Path) -> None:
    assert list(read_file(written(tmp_path, "= England\n  | Arsenal\n"))) == []


def test_the_folder_names_the_country(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="atlantis"):
        list(read_file(written(tmp_path, folder="atlantis")))


def test_another_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, folder="denmark")
    path.write_bytes("Brøndby IF".encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8"):
        list(read_file(path))


def test_which_files(tmp_path: Path) -> None:
    path = written(tmp_path)
    (path.parent / "eng.txt").write_text("", encoding="utf-8")
    assert finds(tmp_path) == [path]
    assert finds(path) == [path]
    assert finds(path.parent / "eng.txt") == []


def test_a_reserve_side_is_a_club_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "germany" / "de.clubs.txt"
    file.parent.mkdir()
    file.write_text(
        "Bayern München, München\n  | Bayern\nii) Bayern München II, München\n  | Bayern II\n", "utf-8"
    )
    assert [(a.name, a.alias) for a in read_file(file)] == [
        ("Bayern München", "Bayern"),
        ("Bayern München II", "Bayern II"),
    ]


def test_lists_under_the_contract(tmp_path: Path) -> None:
    path = written(tmp_path)
    nowhere = written(tmp_path, folder="atlantis")
    told: list[tuple[int, int]] = []
    table = read_files([path, nowhere], progress=lambda done, of: told.append((done, of)))
    assert table.matches is None
    assert table.aliases is not None
    assert table.aliases.schema == ALIASES
    assert [(r["country"], r["name"], r["alias"]) for r in table.aliases.to_pylist()] == [
        (a.country, a.name, a.alias) for a in read_file(path)
    ]
    assert set(table.aliases["document"].to_pylist()) == {"england/eng.clubs.txt"}
    assert [len(report.unread) for report in table.reports] == [0, 1]
    assert told == [(1, 2), (2, 2)]


def test_years_of_a_club_that_is_no_more(tmp_path: Path) -> None:
    path = written(
        tmp_path, "Beerschot VAC (1899-1999), Antwerpen\n  | K. Beerschot VAC (1999–)\n", "belgium"
    )
    assert [(a.name, a.alias) for a in read_file(path)] == [
        ("Beerschot VAC (1899-1999)", "Beerschot VAC"),
        ("Beerschot VAC (1899-1999)", "K. Beerschot VAC"),
    ]
