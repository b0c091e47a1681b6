"""The result files of countries and of cups outside Europe, as CSV and as one Parquet."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from secondleg.errors import SourceError
from secondleg.sources import schochastics
from secondleg.sources.contract import SourceTable, violations

MIRROR = os.environ.get("SECONDLEG_MIRROR")
HEADER = "home,away,date,gh,ga,full_time,home_country,away_country"


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return path


def read(folder: Path, name: str, *lines: str) -> SourceTable:
    table = schochastics.read_files([write(folder, name, *lines)])
    assert violations(table.matches) == []
    return table


def line(home: str, away: str, day: str, score: str, flag: str = "F", country: str = "japan") -> str:
    return f"{home},{away},{day},{score.replace('-', ',')},{flag},{country},{country}"


def one(table: SourceTable) -> dict[str, Any]:
    (row,) = table.matches.to_pylist()
    return dict(row)


def test_a_match_of_a_league(tmp_path: Path) -> None:
    row = one(
        read(tmp_path, "korea-republic.csv", line("A", "B", "2011-03-05", "2-1", country="korea-republic"))
    )
    assert (row["source"], row["document"], row["line"]) == ("schochastics", "results/korea-republic.csv", 2)
    assert (row["competition"], row["season"], row["date"]) == ("kor.1", 2011, dt.date(2011, 3, 5))
    assert (row["home_country"], row["away_country"], row["status"]) == ("kor", "kor", "played")
    assert (row["home_goals"], row["away_goals"], row["home_ft"], row["after_extra_time"]) == (2, 1, 2, False)


@pytest.mark.parametrize(
    ("file", "day", "competition", "season"),
    [
        ("ddr.csv", "1985-08-17", "gdr.1", 1985),
        ("udssr.csv", "1975-04-06", "urs.1", 1975),
        ("italy.csv", "1945-10-14", "ita.1.nazionale", 1945),  # the Divisione Nazionale
        ("italy.csv", "1946-09-22", "ita.1", 1946),
        ("liechtenstein.csv", "2018-05-01", "lie.cup", 2018),
        ("copa-lib.csv", "2018-12-09", "conmebol.libertadores", 2018),  # the final in Madrid
        ("afc-cl.csv", "2003-10-11", "afc.cl", 2002),  # the final of 2002-03, second leg
        ("caf-cl.csv", "2018-11-09", "caf.cl", 2018),  # the final of 2018, second leg
        ("caf-cl.csv", "2019-05-24", "caf.cl", 2019),  # that of 2018-19
        ("fifa-wc.csv", "1981-02-11", "fifa.intercontinental", 1980),  # Nacional v Nottingham Forest
        ("fifa-wc.csv", "1981-12-13", "fifa.intercontinental", 1981),  # Flamengo v Liverpool
    ],
)
def test_what_a_file_holds(tmp_path: Path, file: str, day: str, competition: str, season: int) -> None:
    row = one(read(tmp_path, file, line("A", "B", day, "1-0")))
    assert (row["competition"], row["season"]) == (competition, season)


def test_what_full_time_means(tmp_path: Path) -> None:
    lines = (
        line("A", "B", "1995-05-06", "1-0"),
        line("A", "C", "1995-05-13", "1-0", "FALSE"),
        line("A", "D", "1995-05-20", "1-0", "E"),
        line("A", "E", "2005-05-06", "1-0"),
        line("A", "F", "2005-05-13", "1-1", "P"),
    )
    rows = read(tmp_path, "japan.csv", *lines).matches.to_pylist()
    told = {row["away"]: (row["after_extra_time"], row["home_ft"], row["note"]) for row in rows}
    assert told == {
        "B": (None, None, None),  # before 2001 an F does not say that there was none
        "C": (None, None, None),
        "D": (True, None, None),
        "E": (False, 1, None),
        "F": (None, None, "decided on penalties"),
    }


def test_a_shoot_out_for_a_score(tmp_path: Path) -> None:
    legs = (
        line("B", "A", "2004-12-05", "1-0"),
        line("A", "B", "2004-12-11", "1-0", "P"),  # J.League Championship 2004: level after two legs
        line("C", "D", "1993-05-26", "6-7", "P"),  # of 1993: the shoot-out stands as the score
    )
    table = read(tmp_path, "japan.csv", *legs)
    assert [row["line"] for row in table.matches.to_pylist()] == [2, 3]
    (report,) = table.reports
    assert [(unread.line, "shoot-out" in unread.reason) for unread in report.unread] == [(4, True)]


def test_intercontinental_cups_decided_on_penalties(tmp_path: Path) -> None:
    final = line("Juventus", "Argentinos Juniors", "1985-12-08", "6-4").replace(
        "japan,japan", "italy,argentina"
    )
    row = one(read(tmp_path, "fifa-wc.csv", final))
    # Tokyo, 8 December 1985: 2-2, 4-2 on penalties
    assert (row["home_goals"], row["away_goals"], row["home_pens"], row["away_pens"]) == (2, 2, 4, 2)
    assert row["after_extra_time"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line("A", "A", "1995-05-06", "1-0"), "itself"),
        (line("", "A", "1995-05-06", "1-0"), "missing"),
        (line("A", "B", "1995-02-30", "1-0"), "date"),
        (line("A", "B", "1095-05-06", "1-0"), "year"),
        (line("A", "B", "6 May 1995", "1-0"), "date"),
        (line("A", "B", "1995-05-06", "x-0"), "score"),
        (line("A", "B", "1995-05-06", "1-"), "score"),
        (line("A", "B", "1995-05-06", "149-0"), "so many"),
        (line("A", "B", "1995-05-06", "1-0", "X"), "full_time"),
        (line("A", "B", "1995-05-06", "1-0", country="atlantis"), "country"),
        (line("Good", "Other", "1995-05-06", "1-0"), "line 2 once more"),
        ("A,B,1995-05-06,1", "4 fields"),
        ("A,B,1995-05-06,1,0,F,japan,japan,more", "9 fields"),
    ],
)
def test_a_row_that_is_not_read_is_told(tmp_path: Path, bad: str, reason: str) -> None:
    good = line("Good", "Other", "1995-05-06", "1-0")
    last = line("Other", "Good", "1995-05-16", "1-0")
    table = read(tmp_path, "japan.csv", good, bad, "", last)
    assert [row["line"] for row in table.matches.to_pylist()] == [2, 5]
    (report,) = table.reports
    assert (report.matches, report.first, report.last) == (2, dt.date(1995, 5, 6), dt.date(1995, 5, 16))
    (unread,) = report.unread
    assert unread.line == 3
    assert reason in unread.reason
    assert unread.text == bad


def test_names_with_quotation_marks(tmp_path: Path) -> None:
    quoted = '"A, of B",C,1995-05-06,1,0,F,japan,japan'
    table = read(tmp_path, "japan.csv", quoted, "short,row", line("D", "E", "1995-05-06", "1-0"))
    assert [(row["home"], row["line"]) for row in table.matches.to_pylist()] == [("A, of B", 2), ("D", 4)]
    assert [unread.line for unread in table.reports[0].unread] == [3]


def test_a_file_of_no_country(tmp_path: Path) -> None:
    table = read(tmp_path, "atlantis.csv", line("A", "B", "1995-05-06", "1-0"))
    assert table.matches.num_rows == 0
    assert "called so" in table.reports[0].unread[0].reason


def test_which_files(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    write(tmp_path, "japan.csv")
    # engsoccerdata has a belgium.csv too
    (tmp_path / "other" / "belgium.csv").write_text('"Date","Season","home","visitor"\n', encoding="utf-8")
    (tmp_path / "results_1888_2019.parquet").write_bytes(b"")
    (tmp_path / "goals_time2_matches.parquet").write_bytes(b"")
    found = schochastics.finds(tmp_path)
    assert [path.name for path in found] == ["japan.csv", "results_1888_2019.parquet"]
    assert schochastics.document_name(found[0]) == "results/japan.csv"
    with pytest.raises(SourceError, match="not a Parquet"):
        schochastics.read_files(found)


def parquet(folder: Path, **files: list[str]) -> Path:
    rows = [
        dict(zip(HEADER.split(","), text.split(","), strict=True)) | {"file": f"{name}.csv"}
        for name, lines in files.items()
        for text in lines
    ]
    table = pa.Table.from_pylist(rows)
    for name, kind in (("gh", pa.int16()), ("ga", pa.int16()), ("date", pa.date32())):
        at = table.column_names.index(name)
        table = table.set_column(at, name, table[name].cast(kind))
    path = folder / "results_1888_2019.parquet"
    pq.write_table(table, path)
    return path


def test_both_forms_give_the_same(tmp_path: Path) -> None:
    japan = [line("A", "B", "1995-05-06", "1-0"), line("B", "A", "1995-05-16", "2-2", "E")]
    chile = [line("C", "D", "1995-05-06", "3-0", country="chile"), line("C", "C", "1995-05-07", "3-0")]
    whole = schochastics.read_files([parquet(tmp_path, chile=chile, japan=japan)])
    files = [write(tmp_path, "chile.csv", *chile), write(tmp_path, "japan.csv", *japan)]
    single = schochastics.read_files(files)
    assert whole.matches.equals(single.matches)
    assert whole.reports == single.reports


def test_a_document_is_taken_from_its_own_file(tmp_path: Path) -> None:
    whole = parquet(tmp_path, chile=[line("C", "D", "1995-05-06", "3-0", country="chile")], japan=[])
    newer = write(tmp_path, "chile.csv", line("C", "D", "1995-05-06", "4-0", country="chile"))
    heard: list[tuple[int, int]] = []
    table = schochastics.read_files([whole, newer], progress=lambda done, of: heard.append((done, of)))
    assert one(table)["home_goals"] == 4
    assert heard == [(1, 2), (2, 2)]


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no mirror of the public sources")
def test_the_whole_source() -> None:
    assert MIRROR is not None
    files = schochastics.finds(Path(MIRROR) / "schochastics")
    (whole,) = (path for path in files if path.suffix == ".parquet")
    table = schochastics.read_files([whole])
    assert violations(table.matches) == []
    # each row is a match or is told, and every country is known
    rows = pq.read_metadata(whole).num_rows
    assert sum(report.matches + len(report.unread) for report in table.reports) == rows == 930_175
    assert not any("countr" in unread.reason for report in table.reports for unread in report.unread)
    assert len(table.reports) == 223
    # Divisione Nazionale of 1945-46: 14 clubs, 11 clubs, and a final round that Torino won with 22 points to
    # Juventus' 21
    nazionale = table.matches.filter(pc.equal(table.matches["competition"], "ita.1.nazionale"))
    assert nazionale.num_rows == 14 * 13 + 11 * 10 + 8 * 7
    points: Counter[str] = Counter()
    for row in nazionale.filter(pc.greater(nazionale["date"], pa.scalar(dt.date(1946, 4, 20)))).to_pylist():
        margin = row["home_goals"] - row["away_goals"]
        points[row["home"]] += 2 if margin > 0 else margin == 0
        points[row["away"]] += 2 if margin < 0 else margin == 0
    assert points.most_common(2) == [("Torino FC", 22), ("Juventus", 21)]
    # the CSV has the same matches, in another order within a day
    single = schochastics.read_files([path for path in files if path.suffix == ".csv"])
    theirs = table.matches.filter(pc.match_substring_regex(table.matches["document"], "results/uefa-"))
    assert theirs.num_rows == single.matches.num_rows
    order = [(name, "ascending") for name in ("document", "date", "home", "away")]
    assert (
        theirs.drop_columns("line").sort_by(order).equals(single.matches.drop_columns("line").sort_by(order))
    )
