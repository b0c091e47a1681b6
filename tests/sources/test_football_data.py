"""The reader of football-data.co.uk: every era of its CSV files, and the Parquet copy."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondleg.errors import SourceError
from secondleg.sources.contract import ODDS, STATISTICS, SourceTable, violations
from secondleg.sources.football_data import document_name, finds, read_files

HOUSE = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR"


def written(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path


def read(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> SourceTable:
    return read_files([written(tmp_path, name, text, encoding)])


def rows(table: SourceTable) -> list[dict[str, Any]]:
    assert table.matches is not None
    assert violations(table.matches) == []
    found: list[dict[str, Any]] = table.matches.to_pylist()
    return found


def told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def odds(table: SourceTable) -> list[tuple[Any, ...]]:
    assert table.odds is not None
    assert table.odds.schema == ODDS
    return sorted(
        (
            r["bookmaker"],
            r["market"],
            r["closing"],
            r["size"],
            *(None if r[side] is None else round(r[side], 3) for side in ("home", "draw", "away")),
        )
        for r in table.odds.to_pylist()
    )


def test_the_first_era(tmp_path: Path) -> None:
    table = read(
        tmp_path, "mmz4281/9394/E0.csv", f"{HOUSE},,\nE0,14/08/93,Arsenal,Coventry,0,3,A,,\n,,,,,,,,\n"
    )
    (row,) = rows(table)
    assert told(row) == {
        "source": "football-data",
        "document": "mmz4281/9394/E0.csv",
        "line": 2,
        "competition": "eng.1",
        "season": 1993,
        "date": dt.date(1993, 8, 14),
        "home": "Arsenal",
        "away": "Coventry",
        "home_country": "eng",
        "away_country": "eng",
        "status": "played",
        "home_goals": 0,
        "away_goals": 3,
        "home_ft": 0,
        "away_ft": 3,
        "after_extra_time": False,
    }
    assert odds(table) == []
    assert table.statistics is not None
    assert table.statistics.num_rows == 0
    assert table.reports[0].unread == ()


def test_the_era_of_attendances_and_woodwork(tmp_path: Path) -> None:
    text = (
        "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,Attendance,Referee,HS,AS,HST,AST,HHW,AHW,HC,AC,HF,AF,"
        "HO,AO,HY,AY,HR,AR,HBP,ABP,GBH,GBD,GBA,SBH,SBD,SBA\n"
        "E0,19/08/00,Charlton,Man City,4,0,H,2,0,H,20043,Rob Harris,17,8,14,4,2,1,6,6,13,12,8,6,1,2,0,0,10,20,2,3,3.2,"
        "2.2,3.25,2.75\n"
    )
    table = read(tmp_path, "mmz4281/0001/E0.csv", text)
    (row,) = rows(table)
    assert (row["season"], row["home_ht"], row["away_ht"]) == (2000, 2, 0)
    assert table.statistics is not None
    assert table.statistics.schema == STATISTICS
    (counted,) = table.statistics.to_pylist()
    assert told(counted) == {
        "source": "football-data",
        "document": "mmz4281/0001/E0.csv",
        "line": 2,
        "home_shots": 17,
        "away_shots": 8,
        "home_shots_on_target": 14,
        "away_shots_on_target": 4,
        "home_woodwork": 2,
        "away_woodwork": 1,
        "home_corners": 6,
        "away_corners": 6,
        "home_fouls": 13,
        "away_fouls": 12,
        "home_offsides": 8,
        "away_offsides": 6,
        "home_yellows": 1,
        "away_yellows": 2,
        "home_reds": 0,
        "away_reds": 0,
        "attendance": 20043,
        "referee": "Rob Harris",
    }
    assert odds(table) == [
        ("gamebookers", "1x2", False, None, 2, 3, 3.2),
        ("sportingbet", "1x2", False, None, 2.2, 3.25, 2.75),
    ]


def test_the_era_of_betbrain(tmp_path: Path) -> None:
    text = (
        f"{HOUSE},B365H,B365D,B365A,Bb1X2,BbMxH,BbAvH,BbMxD,BbAvD,BbMxA,BbAvA,BbOU,BbMx>2.5,BbAv>2.5,BbMx<2.5,BbAv<2.5,"
        "BbAH,BbAHh,BbMxAHH,BbAvAHH,BbMxAHA,BbAvAHA,GBAHH,GBAHA,GBAH,PSH,PSD,PSA,PSCH,PSCD,PSCA\n"
        "D1,05/08/11,Dortmund,Hamburg,3,1,H,1.5,4.2,7,40,1.57,1.52,4.33,4.1,7,6.36,30,1.83,1.77,2.1,2.02,20,-1,1.9,1.85,"
        "2.1,2.02,1.8,2.05,-1.25,1.55,4.2,6.9,1.5,4.3,7.2\n"
    )
    assert odds(read(tmp_path, "mmz4281/1112/D1.csv", text)) == [
        ("bet365", "1x2", False, None, 1.5, 4.2, 7),
        ("betbrain-average", "1x2", False, None, 1.52, 4.1, 6.36),
        ("betbrain-average", "handicap", False, -1, 1.85, None, 2.02),
        ("betbrain-average", "total", False, 2.5, 1.77, None, 2.02),
        ("betbrain-maximum", "1x2", False, None, 1.57, 4.33, 7),
        ("betbrain-maximum", "handicap", False, -1, 1.9, None, 2.1),
        ("betbrain-maximum", "total", False, 2.5, 1.83, None, 2.1),
        ("gamebookers", "handicap", False, -1.25, 1.8, None, 2.05),
        ("pinnacle", "1x2", False, None, 1.55, 4.2, 6.9),
        ("pinnacle", "1x2", True, None, 1.5, 4.3, 7.2),
    ]


def test_the_era_of_closing_odds(tmp_path: Path) -> None:
    text = (
        "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,B365>2.5,B365<2.5,AHh,B365AHH,B365AHA,PAHH,PAHA,MaxCH,MaxCD,MaxCA,"
        "P>2.5,P<2.5,PC>2.5,PC<2.5,AHCh,AvgCAHH,AvgCAHA,1XBH,1XBD,1XBA,BFDH,BFDD,BFDA,BFH,BFD,BFA\n"
        "E0,10/11/2019,16:30,Liverpool,Man City,3,1,H,1.66,2.2,0,1.9,2.03,1.9,2.03,2.8,3.75,2.83,1.63,2.42,1.6,2.5,"
        "0.25,1.98,1.9,2.5,3.6,2.7,2.6,3.5,2.6,2.55,3.55,2.65\n"
    )
    table = read(tmp_path, "mmz4281/1920/E0.csv", text)
    assert rows(table)[0]["time"] == "16:30"
    assert odds(table) == [
        ("1xbet", "1x2", False, None, 2.5, 3.6, 2.7),
        ("bet365", "handicap", False, 0, 1.9, None, 2.03),
        ("bet365", "total", False, 2.5, 1.66, None, 2.2),
        ("betfair", "1x2", False, None, 2.55, 3.55, 2.65),
        ("betfred", "1x2", False, None, 2.6, 3.5, 2.6),
        ("market-average", "handicap", True, 0.25, 1.98, None, 1.9),
        ("market-maximum", "1x2", True, None, 2.8, 3.75, 2.83),
        ("pinnacle", "handicap", False, 0, 1.9, None, 2.03),
        ("pinnacle", "total", False, 2.5, 1.63, None, 2.42),
        ("pinnacle", "total", True, 2.5, 1.6, None, 2.5),
    ]


def test_times_are_local(tmp_path: Path) -> None:
    head = "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG\n"
    found = {
        name: rows(read(tmp_path, f"mmz4281/2324/{name}.csv", f"{head}{name},19/08/2023,{time},A,B,1,0\n"))[
            0
        ]["time"]
        for name, time in {"E0": "15:00", "D1": "14:30", "P1": "20:15", "T1": "19:00", "SP1": "23:30"}.items()
    }
    # a match at 00:30 would be of another day than the file says
    assert found == {"E0": "15:00", "D1": "15:30", "P1": "20:15", "T1": None, "SP1": None}


def test_other_names_of_columns(tmp_path: Path) -> None:
    text = "Div,Date,HT,AT,HG,AG\nSC0,13/08/94,Aberdeen,Hearts,3,1\n"
    (row,) = rows(read(tmp_path, "mmz4281/9495/SC0.csv", text))
    assert (row["competition"], row["home"], row["home_goals"], row["season"]) == (
        "sco.1",
        "Aberdeen",
        3,
        1994,
    )


def test_mark_encoding_and_surplus_fields(tmp_path: Path) -> None:
    text = f"{HOUSE}\nEC,05/12/2021,King\u2019s Lynn,Wrexham,2,6,A,,,\nEC,05/12/2021,Woking,Yeovil,0,2,A,x\n"
    table = read(tmp_path, "mmz4281/2122/EC.csv", text, "cp1252")
    assert [row["home"] for row in rows(table)] == ["King\u2019s Lynn", "Woking"]
    assert table.reports[0].notes == ("1 rows have more fields than the header",)
    marked = read(tmp_path, "mmz4281/2122/EC.csv", text, "utf-8-sig")
    assert rows(marked) == rows(table)


def test_a_country_in_one_file(tmp_path: Path) -> None:
    once = (
        "Country,League,Season,Date,Time,Home,Away,HG,AG,Res,PH,PD,PA,MaxH,MaxD,MaxA,AvgH,AvgD,AvgA\n"
        "Argentina,Primera Division ,2012/2013,03/08/2012,23:00,Arsenal Sarandi,Union,1,0,H,1.9,3.39,5.03,1.9,3.5,5.68,"
        "1.76,3.3,4.74\n"
        "Argentina,Copa de la Liga Profesional,2021,12/02/2021,22:00,Lanus,Boca Juniors,1,1,D,,,,,,,,,\n"
    )
    table = read(tmp_path, "new/ARG.csv", once)
    found = rows(table)
    assert [(r["competition"], r["season"], r["document"], r["note"], r["time"]) for r in found] == [
        ("arg.1", 2012, "new/ARG.csv", "season 2012/2013", None),
        ("arg.leaguecup", 2021, "new/ARG.csv", "season 2021", None),
    ]
    closing = [
        ("market-average", "1x2", True, None, 1.76, 3.3, 4.74),
        ("market-maximum", "1x2", True, None, 1.9, 3.5, 5.68),
        ("pinnacle", "1x2", True, None, 1.9, 3.39, 5.03),
    ]
    assert odds(table) == closing
    now = once.replace(
        "PH,PD,PA,MaxH,MaxD,MaxA,AvgH,AvgD,AvgA", "PSCH,PSCD,PSCA,MaxCH,MaxCD,MaxCA,AvgCH,AvgCD,AvgCA"
    )
    assert odds(read(tmp_path, "new/ARG.csv", now)) == closing
    text = (
        "Country,League,Season,Date,Time,Home,Away,HG,AG\n"
        "Switzerland,Challenge League,2023/2024,22/07/2023,18:00,A,B,1,0\n"
    )
    assert rows(read(tmp_path, "new/SWZ.csv", text))[0]["competition"] == "sui.2"


def test_nonsense_is_left_out_and_counted(tmp_path: Path) -> None:
    text = (
        f"{HOUSE},B365H,B365D,B365A,WHH,WHD,WHA,BbMx>2.5,BbMx<2.5,BbAHh,BbAvAHH,BbAvAHA\n"
        "E0,14/08/10,A,B,1,0,H,0,3.5,4,2,3.4,4,172,238,-1.25,1.9,2\n"  # 1; 1/172 + 1/238 is nothing
        "E0,14/08/10,C,D,1,0,H,1,1002,x,2,3.4,4,1.9,2,-275,1.9,2\n"  # 1 and 1002; a handicap of 275 goals
        "E0,14/08/10,E,F,1,0,H,,,,1.01,1001,,1.9,2,0.3,1.9,2\n"  # 0.3 goals cannot be given
    )
    table = read(tmp_path, "mmz4281/1011/E0.csv", text)
    assert [o for o in odds(table) if o[0] == "bet365"] == [("bet365", "1x2", False, None, None, 3.5, 4)]
    assert [o for o in odds(table) if o[0] == "betbrain-maximum"] == [
        ("betbrain-maximum", "total", False, 2.5, 1.9, None, 2)
    ] * 2
    assert [o for o in odds(table) if o[0] == "betbrain-average"] == [
        ("betbrain-average", "handicap", False, -1.25, 1.9, None, 2)
    ]
    assert ("william-hill", "1x2", False, None, 1.01, 1001, None) in odds(table)
    assert table.reports[0].notes == ("9 odds are nonsense: left out",)


def test_matches_without_a_score(tmp_path: Path) -> None:
    text = f"{HOUSE}\nG1,10/03/2019,A,B,,,\nG1,17/03/2019,C,D,1,0,H\nG1,24/03/2019,B,A,,,\n"
    table = read(tmp_path, "mmz4281/1819/G1.csv", text)
    assert [r["status"] for r in rows(table)] == ["abandoned", "played", "fixture"]
    assert (table.reports[0].matches, table.reports[0].played) == (3, 1)


def test_more_goals_at_half_time_than_at_the_end(tmp_path: Path) -> None:
    text = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,HTHG,HTAG\nG1,10/03/2019,A,B,1,1,2,0\n"
    (row,) = rows(read(tmp_path, "mmz4281/1819/G1.csv", text))
    assert (row["home_goals"], row["home_ht"], row["away_ht"]) == (1, None, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("E0,2019-08-09,A,B,1,0,H", "'2019-08-09' is no date such as 14/08/1993"),
        ("E0,31/02/20,A,B,1,0,H", "'31/02/20' is no date such as 14/08/1993"),
        ("E0,09/08/1919,A,B,1,0,H", "'09/08/1919' is no date such as 14/08/1993"),
        ("E0,09/08/19,A,A,1,0,H", "two different sides are needed"),
        ("E0,09/08/19,A,,1,0,H", "two different sides are needed"),
        ("E0,09/08/19,A,B,1,,H", "'1-' is no score"),
        ("E0,09/08/19,A,B,1,x,H", "'1-x' is no score"),
        ("E0,09/08/19,A,B,1,300,H", "'1-300' is no score"),
    ],
)
def test_rows_that_are_not_understood_are_listed(tmp_path: Path, row: str, reason: str) -> None:
    table = read(tmp_path, "mmz4281/1920/E0.csv", f"{HOUSE}\nE0,10/08/19,C,D,0,0,D\n{row}\n")
    assert [r["line"] for r in rows(table)] == [2]
    (unread,) = table.reports[0].unread
    assert (unread.line, unread.text, unread.reason) == (3, row, reason)


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    path = written(tmp_path, "mmz4281/1920/E0.csv", f"{HOUSE}\nE0,10/08/19,C,D,0,0,D\nE0,10/08/19,E,F,1,1")
    (unread,) = read_files([path]).reports[0].unread
    assert (unread.line, unread.reason) == (3, "6 fields, the header has 7")


def test_a_file_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"E0\.csv, line 1: no column Date"):
        read(tmp_path, "mmz4281/1920/E0.csv", "<html><title>404</title></html>\n")
    with pytest.raises(SourceError, match="no column FTHG or HG"):
        read(tmp_path, "mmz4281/1920/E0.csv", "Div,Date,HomeTeam,AwayTeam\nE0,10/08/19,C,D\n")
    with pytest.raises(SourceError, match=r"line 2: no row can be read \('tomorrow' is no date"):
        read(tmp_path, "mmz4281/1920/E0.csv", f"{HOUSE}\nE0,tomorrow,C,D,0,0,D\n")
    path = tmp_path / "fdcouk.parquet"
    pq.write_table(pa.table({"league": ["England"]}), path)
    with pytest.raises(SourceError, match="no column division"):
        read_files([path])
    path.write_bytes(b"PAR1")
    with pytest.raises(SourceError, match="is not Parquet"):
        read_files([path])


def test_documents_are_named_by_season_and_division(tmp_path: Path) -> None:
    text = f"{HOUSE}\nE0,10/01/00,C,D,0,0,D\nE0,07/08/99,D,C,0,0,D\n"
    assert document_name(written(tmp_path, "9900/E0.csv", text)) == "mmz4281/9900/E0.csv"
    assert document_name(written(tmp_path, "Downloads/E0.csv", text)) == "mmz4281/9900/E0.csv"
    assert read_files([tmp_path / "Downloads/E0.csv"]).reports[0].document == "mmz4281/9900/E0.csv"
    assert document_name(written(tmp_path, "JPN.csv", "Country,League\n")) == "new/JPN.csv"


def test_which_files(tmp_path: Path) -> None:
    ours = [
        written(tmp_path, name, "Country,League,Season\n")
        for name in ("mmz4281/9394/E0.csv", "mmz4281/9394/sp2.CSV", "new/USA.csv", "fdcouk_1994.parquet")
    ]
    written(tmp_path, "notes.txt", "")
    written(tmp_path, "E9.csv", "")
    written(tmp_path, "elsewhere/USA.csv", "state,county\n")
    assert finds(tmp_path) == sorted(ours)
    assert finds(ours[0]) == [ours[0]]


def copy_of(tmp_path: Path, **columns: list[Any]) -> Path:
    path = tmp_path / "fdcouk_copy.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_the_copy_and_the_file_are_one_document(tmp_path: Path) -> None:
    goals = {
        "target__home_team__full_time_goals": [3.0, 1.0],
        "target__away_team__full_time_goals": [1.0, 0.0],
    }
    path = copy_of(
        tmp_path,
        league=["England", "Argentina"],
        division=pa.array([1, 1], pa.int16()),
        year=pa.array([2020, 2013], pa.int16()),
        date=[dt.date(2019, 11, 10), dt.date(2012, 8, 3)],
        home_team=["Liverpool", "Arsenal Sarandi"],
        away_team=["Man City", "Union"],
        **goals,
        target__home_team__shots=[12.0, -1.0],
        target__away_team__shots=[18.0, -1.0],
        odds__pinnacle__home_win__full_time_goals=pa.array([2.57, 1.9], pa.float32()),
        odds__pinnacle__draw__full_time_goals=pa.array([3.66, 3.39], pa.float32()),
        odds__pinnacle__away_win__full_time_goals=pa.array([2.74, 5.03], pa.float32()),
        odds__pinnacle_closing__home_win__full_time_goals=pa.array([2.72, None], pa.float32()),
        odds__pinnacle_closing__draw__full_time_goals=pa.array([3.64, None], pa.float32()),
        odds__pinnacle_closing__away_win__full_time_goals=pa.array([2.62, None], pa.float32()),
    )
    england = written(
        tmp_path,
        "mmz4281/1920/E0.csv",
        "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,HS,AS,PSH,PSD,PSA,PSCH,PSCD,PSCA\n"
        "E0,10/11/2019,Liverpool,Man City,3,1,12,18,2.57,3.66,2.74,2.72,3.64,2.62\n",
    )
    argentina = written(
        tmp_path,
        "new/ARG.csv",
        "Country,League,Season,Date,Home,Away,HG,AG,PSCH,PSCD,PSCA\n"
        "Argentina,Liga Profesional,2012/2013,03/08/2012,Arsenal Sarandi,Union,1,0,1.9,3.39,5.03\n",
    )
    copy, files = read_files([path]), read_files([england, argentina])
    assert [r | {"note": None} for r in rows(files)] == rows(copy)
    assert odds(copy) == odds(files)
    assert copy.statistics == files.statistics
    assert [r.document for r in copy.reports] == ["mmz4281/1920/E0.csv", "new/ARG.csv"]
    both = read_files([path, england])
    assert sorted(r["document"] for r in rows(both)) == ["mmz4281/1920/E0.csv", "new/ARG.csv"]
    assert document_name(path) == "fdcouk_copy.parquet"


def test_the_copy_names_seasons_by_their_end(tmp_path: Path) -> None:
    days = [
        dt.date(2013, 8, 2),
        dt.date(2014, 5, 19),
        dt.date(2014, 8, 8),
        dt.date(2020, 8, 8),
        dt.date(2021, 2, 25),
    ]
    path = copy_of(
        tmp_path,
        league=["Argentina"] * 3 + ["Brazil"] * 2,
        division=pa.array([1] * 5, pa.int16()),
        year=pa.array([2014] * 3 + [2020] * 2, pa.int16()),
        date=days,
        home_team=list("ABCDE"),
        away_team=list("FGHIJ"),
        target__home_team__full_time_goals=[1.0] * 5,
        target__away_team__full_time_goals=[-1.0] + [0.0] * 4,
    )
    found = rows(read_files([path]))
    assert [(r["date"], r["season"]) for r in found] == list(
        zip(days, (2013, 2013, 2014, 2020, 2020), strict=True)
    )
    assert found[0]["status"] == "abandoned"
    assert [r["line"] for r in found] == [2, 3, 4, 2, 3]


def test_a_league_that_nobody_knows_is_not_dropped(tmp_path: Path) -> None:
    path = copy_of(
        tmp_path,
        league=["Atlantis"],
        division=pa.array([1], pa.int16()),
        year=pa.array([2014], pa.int16()),
        date=[dt.date(2013, 8, 2)],
        home_team=["A"],
        away_team=["B"],
        target__home_team__full_time_goals=[1.0],
        target__away_team__full_time_goals=[0.0],
    )
    with pytest.raises(SourceError, match="1 rows are of no known league"):
        read_files([path])
