"""The reader of reep's list of clubs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from secondleg.errors import SourceError
from secondleg.sources.contract import IDS, SourceTable
from secondleg.sources.reep import document_name, finds, read_files

MIRROR = os.environ.get("SECONDLEG_MIRROR")

HEAD = "reep_id,key_wikidata,name,country,founded,stadium,key_transfermarkt,key_clubelo\n"
TEXT = HEAD + (
    "reep_t1,Q1,1. FC Köln,Germany,1948-02-13,RheinEnergieStadion,3,Koeln\n"
    "reep_t2,Q2,Celtic F.C.,United Kingdom,1887-11-06,Celtic Park,371,\n"
    "reep_t3,Q3,Arsenal W.F.C.,United Kingdom,,,1,\n"
    "reep_t4,Q4,Real Madrid CF Femenino,Spain,,,2,\n"
    "reep_t5,Q5,Rovers,Ireland,,,4,\n"
    "reep_t6,Q6,Rovers,Ireland,,,5,\n"
    "reep_t7,Q7,Somewhere FC,Atlantis,,,6,\n"
    "reep_t8,Q8,Nowhere FC,,,,7,\n"
    "reep_t9,Q9,BFC Dynamo,German Democratic Republic,,,,\n"
    "reep_ta,Qa,Inter Milan Under-23,Italy,,,,\n"
    "reep_tb,Qb,Bayern Munich II,Germany,,,,\n"
)


def read(tmp_path: Path, text: str = TEXT) -> SourceTable:
    path = tmp_path / "teams.csv"
    path.write_text(text, "utf-8")
    return read_files([path])


def found(table: SourceTable) -> set[tuple[str, str, str, str]]:
    assert table.ids is not None
    assert table.ids.schema == IDS
    return {(r["country"], r["name"], r["scheme"], r["id"]) for r in table.ids.to_pylist()}


def test_one_row_an_id(tmp_path: Path) -> None:
    table = read(tmp_path)
    assert {row for row in found(table) if row[1] == "1. FC Köln"} == {
        ("ger", "1. FC Köln", "reep", "reep_t1"),
        ("ger", "1. FC Köln", "wikidata", "Q1"),
        ("ger", "1. FC Köln", "transfermarkt", "3"),
        ("ger", "1. FC Köln", "clubelo", "Koeln"),
    }
    assert table.matches is None
    assert table.ids is not None
    assert set(table.ids["source"].to_pylist()) == {"reep"}
    assert set(table.ids["document"].to_pylist()) == {"data/teams.csv"} == {table.reports[0].document}


def test_states_are_not_countries(tmp_path: Path) -> None:
    ids = found(read(tmp_path))
    assert {country for country, name, _, _ in ids if name == "Celtic F.C."} == {"eng", "nir", "sco", "wal"}
    assert {country for country, name, _, _ in ids if name == "BFC Dynamo"} == {"ger"}


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    table = read(tmp_path)
    assert {name for _, name, _, _ in found(table)} == {
        "1. FC Köln",
        "Celtic F.C.",
        "BFC Dynamo",
        "Bayern Munich II",
    }
    assert set(table.reports[0].notes) == {
        "3 women's and youth sides: left out",
        "2 clubs that share name and country with another: left out",
        "1 clubs of states that are no football countries: left out",
        "1 clubs without a country or a name: left out",
    }


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Prudhoe Youth Club F.C.", True),
        ("Pepsi Football Academy", True),
        ("Cádiz CF B", True),
        ("1. FC Katowice (women)", False),
        ("Hartlepool United F.C. Women", False),
        ("Amani Women's Football Club", False),
        ("Pontypridd United W.F.C.", False),
        ("Athletic Club Femenino B", False),
        ("Caluire Football Féminin 1968", False),
        ("A.S.D. Riviera di Romagna Calcio Femminile", False),
        ("FC Rapperswil-Jona Frauen", False),
        ("Birmingham City F.C. Reserves and Academy", False),
        ("Clube de Regatas do Flamengo Youth Academy", False),
        ("Crystal Palace F.C. Under-23s and Academy", False),
        ("North Carolina Fusion U23", False),
        ("Valencia CF (youth)", False),
    ],
)
def test_sides_that_are_no_first_teams_of_men(tmp_path: Path, name: str, kept: bool) -> None:
    assert bool(found(read(tmp_path, f"{HEAD}reep_t1,Q1,{name},Spain,,,,\n"))) is kept


def test_short_rows_are_listed(tmp_path: Path) -> None:
    (unread,) = read(tmp_path, TEXT + "reep_tz,Qz\n").reports[0].unread
    assert (unread.line, unread.reason) == (13, "2 fields, the header has 8")


def test_a_file_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column country"):
        read(tmp_path, "reep_id,name\n")


def test_which_files(tmp_path: Path) -> None:
    read(tmp_path)
    other = tmp_path / "other" / "teams.csv"
    other.parent.mkdir()
    other.write_text("id,name\n", "utf-8")
    assert finds(tmp_path) == [tmp_path / "teams.csv"]
    assert finds(other) == []
    assert document_name(tmp_path / "teams.csv") == "data/teams.csv"


@pytest.mark.mirror
def test_clubs_that_everybody_knows() -> None:
    if not MIRROR:
        pytest.skip("SECONDLEG_MIRROR names no folder of source files")
    ids = found(read_files(finds(Path(MIRROR))))
    # from the clubs' pages at Wikidata, Transfermarkt and UEFA
    assert ("eng", "Liverpool F.C.", "wikidata", "Q1130849") in ids
    assert ("eng", "Liverpool F.C.", "transfermarkt", "31") in ids
    assert ("eng", "Liverpool F.C.", "uefa", "7889") in ids
