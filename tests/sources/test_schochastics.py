"""The UEFA result files of schochastics."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from tests.support.small_files import UEFA_CL

from secondleg.errors import SourceError
from secondleg.sources import schochastics
from secondleg.sources.contract import SourceTable, violations

MIRROR = os.environ.get("SECONDLEG_MIRROR")
HEADER, *LINES = UEFA_CL.splitlines()


def read(tmp_path: Path, *lines: str, name: str = "uefa-cl.csv") -> SourceTable:
    path = tmp_path / name
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return schochastics.read_files([path])


def line(
    home: str, away: str, day: str, score: str, flag: str = "F", countries: str = "england,italy"
) -> str:
    return f"{home},{away},{day},{score.replace('-', ',')},{flag},UEFA,,,{countries},,,,,,"


def one(table: SourceTable) -> dict[str, Any]:
    (row,) = table.matches.to_pylist()
    return dict(row)


def test_a_final_on_penalties(tmp_path: Path) -> None:
    row = one(read(tmp_path, LINES[0]))
    assert (row["home"], row["away"], row["home_country"], row["away_country"]) == (
        "Liverpool FC",
        "AS Roma",
        "eng",
        "ita",
    )
    assert (row["competition"], row["season"], row["date"]) == ("uefa.cl", 1983, dt.date(1984, 5, 30))
    assert (row["home_goals"], row["away_goals"], row["after_extra_time"]) == (1, 1, True)
    # the file has neither the score after 90 minutes nor the shoot-out
    assert row["home_ft"] is row["home_pens"] is row["stage"] is None
    assert row["note"] == "decided on penalties"


@pytest.mark.parametrize(
    ("name", "day", "competition", "season"),
    [
        ("uefa-cl.csv", "2018-06-26", "uefa.cl", 2018),  # the preliminary round of 2018-19
        ("uefa-cl.csv", "2018-05-26", "uefa.cl", 2017),  # the final of 2017-18
        ("uefa-el.csv", "1970-09-16", "uefa.fairs", 1970),
        ("uefa-el.csv", "1971-09-15", "uefa.el", 1971),
        ("uefa-el.csv", "1958-05-01", "uefa.fairs", 1955),  # the first Fairs Cup's final, second leg
        ("uefa-cw.csv", "1999-05-19", "uefa.cwc", 1998),
    ],
)
def test_the_season_of_a_day(tmp_path: Path, name: str, day: str, competition: str, season: int) -> None:
    row = one(read(tmp_path, line("A FC", "B FC", day, "1-0"), name=name))
    assert (row["competition"], row["season"]) == (competition, season)


@pytest.mark.parametrize(
    "bad",
    [
        line("A FC", "B FC", "1999-02-30", "1-0"),
        line("A FC", "B FC", "1999-02-03", "1-x"),
        line("A FC", "B FC", "1999-02-03", "1-0", "Q"),
        line("A FC", "A FC", "1999-02-03", "1-0"),
        line("", "A FC", "1999-02-03", "1-0"),
        line("A FC", "B FC", "1999-02-03", "1-0", countries="england,atlantis"),
        "A FC,B FC,1999-0",
    ],
)
def test_a_row_that_cannot_be_read_is_reported(tmp_path: Path, bad: str) -> None:
    table = read(tmp_path, LINES[0], bad, LINES[1])
    (report,) = table.reports
    assert report.matches == table.matches.num_rows == 2
    assert [unread.line for unread in report.unread] == [3]
    assert report.unread[0].reason


def test_what_is_no_such_file(tmp_path: Path) -> None:
    path = tmp_path / "uefa-cl.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"uefa-cl.csv, line 1: no column home"):
        schochastics.read_files([path])
    path.write_bytes(HEADER.encode() + "\nMalmö".encode("latin-1"))
    with pytest.raises(SourceError, match="not UTF-8"):
        schochastics.read_files([path])
    path.write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match="no column"):
        schochastics.read_files([path])


def test_which_files(tmp_path: Path) -> None:
    for name in ("results/uefa-cl.csv", "results/england.csv", "x/uefa-sc.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in schochastics.finds(tmp_path)] == ["uefa-cl.csv", "uefa-sc.csv"]
    assert schochastics.finds(tmp_path / "results/england.csv") == []


@pytest.mark.mirror
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no mirror of the public sources")
def test_the_mirror() -> None:
    assert MIRROR is not None
    files = schochastics.finds(Path(MIRROR) / "schochastics" / "results")
    table = schochastics.read_files(files)
    assert violations(table.matches) == []
    # the counts of the files' own lines
    told = {report.document: report.matches + len(report.unread) for report in table.reports}
    for file in files:
        assert told[schochastics.document_name(file)] == file.read_text("utf-8").count("\n") - 1
    assert all(not report.unread for report in table.reports)
    rows = table.matches.to_pylist()
    # what the file has wrong, put right: no legs of one tie on one day, and Dublin's Bohemian
    days = {(r["date"], frozenset((r["home"], r["away"]))) for r in rows if r["competition"] == "uefa.cl"}
    assert len(days) == sum(r["competition"] == "uefa.cl" for r in rows)
    dublin = {r["season"] for r in rows if r["competition"] == "uefa.cl" and r["home"] == "Bohemian FC"}
    assert {1975, 1978} <= dublin
    assert not any(r["home"] == "Bohemians 1905" and r["competition"] == "uefa.cl" for r in rows)
