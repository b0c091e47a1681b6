"""The reader of engsoccerdata, on rows written in its format, and on its files where they are at hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondleg.errors import SourceError
from secondleg.sources.contract import MATCHES, STATISTICS, SourceTable, violations
from secondleg.sources.engsoccerdata import document_name, finds, read_files

LEAGUE = (
    '"Date","Season","home","visitor","FT","hgoal","vgoal","division","tier","totgoal","goaldif","result"\n'
)
FACUP = (
    '"Date","Season","home","visitor","FT","hgoal","vgoal","round","tie","aet","pen","pens","hp","vp","Venue",'
    '"attendance","nonmatch","notes","neutral"\n'
)
LEAGUECUP = (
    '"Date","Season","home","visitor","FT","hgoal","vgoal","round","tie","leg","aet","pens","Venue","attendance",'
    '"northsouth"\n'
)
CHAMPS = (
    '"Date","Season","round","leg","home","visitor","FT","HT","aet","pens","hgoal","vgoal","FTagg_home",'
    '"FTagg_visitor","aethgoal","aetvgoal","tothgoal","totvgoal","totagg_home","totagg_visitor","tiewinner",'
    '"hcountry","vcountry"\n'
)


def read(tmp_path: Path, name: str, text: str) -> SourceTable:
    path = tmp_path / "data-raw" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return read_files([path])


def rows(table: SourceTable) -> list[dict[str, Any]]:
    assert table.matches is not None
    assert violations(table.matches) == []
    found: list[dict[str, Any]] = table.matches.to_pylist()
    return found


def test_a_league_row(tmp_path: Path) -> None:
    text = LEAGUE + '"1995-08-04",1995,"Aalst","Anderlecht","3-1",3,1,"B1",1,4,2,"H"\n'
    table = read(tmp_path, "belgium.csv", text)
    (row,) = rows(table)
    assert {k: v for k, v in row.items() if v is not None} == {
        "source": "engsoccerdata",
        "document": "data-raw/belgium.csv",
        "line": 2,
        "competition": "bel.1",
        "season": 1995,
        "date": dt.date(1995, 8, 4),
        "home": "Aalst",
        "away": "Anderlecht",
        "home_country": "bel",
        "away_country": "bel",
        "status": "played",
        "home_goals": 3,
        "away_goals": 1,
        "home_ft": 3,
        "away_ft": 1,
        "after_extra_time": False,
    }
    (report,) = table.reports
    assert (report.matches, report.played, report.unread, report.notes) == (1, 1, (), ())
    assert report.first == report.last == dt.date(1995, 8, 4)


@pytest.mark.parametrize(
    ("name", "season", "division", "tier", "competition", "group"),
    [
        ("england", 1957, "3N", 3, "eng.3", "North"),
        ("england", 1957, "3S", 3, "eng.3", "South"),
        ("england", 1958, "4", 4, "eng.4", None),
        ("england5", 1999, "5", 5, "eng.5", None),
        ("germany", 1980, "2North", 2, "ger.2", "Nord"),
        ("germany", 1980, "2South", 2, "ger.2", "Süd"),
        ("scotland", 2016, "SCO", 1, "sco.1", None),
        ("italy", 1945, "1", 1, "ita.1.nazionale", None),
        ("italy", 1946, "1", 1, "ita.1", None),
    ],
)
def test_competitions(
    tmp_path: Path, name: str, season: int, division: str, tier: int, competition: str, group: str | None
) -> None:
    text = LEAGUE + f'"{season}-09-04",{season},"A","B","0-0",0,0,"{division}",{tier},0,0,"D"\n'
    (row,) = rows(read(tmp_path, f"{name}.csv", text))
    assert (row["competition"], row["group"]) == (competition, group)


def test_spain_has_half_times_and_a_second_phase(tmp_path: Path) -> None:
    text = (
        '"Date","Season","home","visitor","HT","FT","hgoal","vgoal","tier","round","group","notes"\n'
        '"1929-02-10",1928,"Arenas","Atletico","0-2","2-3",2,3,1,"league",NA,NA\n'
        '"1987-05-03",1986,"Barcelona","Real Madrid",NA,"2-1",2,1,1,"phase2","A",NA\n'
        '"1987-05-03",1986,"Cadiz","Osasuna","2-0","1-1",1,1,1,"phase2","C",NA\n'
        '"1980-03-30",1979,"Malaga","Almeria","0-0","0-1",0,1,1,"league",NA,"1-0 win awarded to Almeria"\n'
    )
    found = rows(read(tmp_path, "spain.csv", text))
    assert [(r["stage"], r["group"], r["home_ht"], r["away_ht"], r["status"]) for r in found] == [
        ("regular-season", None, 0, 2, "played"),
        ("championship-round", "A", None, None, "played"),
        ("relegation-round", "C", None, None, "played"),  # more goals at half-time than at the end
        ("regular-season", None, 0, 0, "awarded"),
    ]


def test_dates_in_either_form(tmp_path: Path) -> None:
    text = LEAGUE + '"04/08/1995",1995,"A","B","3-1",3,1,"B1",1,4,2,"H"\n'
    assert rows(read(tmp_path, "belgium.csv", text))[0]["date"] == dt.date(1995, 8, 4)


def test_a_day_that_stands_for_a_season_is_not_a_day(tmp_path: Path) -> None:
    text = LEAGUE + "".join(
        f'"1933-07-01",1932,"Lens","Club {n}","1-0",1,0,"1",1,1,1,"H"\n' for n in range(3)
    )
    text += '"1933-08-27",1933,"Lens","Lille","1-0",1,0,"1",1,1,1,"H"\n'
    table = read(tmp_path, "france.csv", text)
    assert [row["date"] for row in rows(table)] == [dt.date(1933, 8, 27)]
    assert table.reports[0].notes == ("3 matches of 1932 to 1932 have no day of their own: left out",)


def test_what_was_struck_from_the_record(tmp_path: Path) -> None:
    text = LEAGUE + '"1931-09-02",1931,"Wigan Borough","Hull City","3-1",3,1,"3",3,4,2,"H"\n'
    table = read(tmp_path, "england.csv", text)
    (row,) = rows(table)
    assert (row["status"], row["home_goals"], row["group"]) == ("cancelled", None, "North")
    assert row["note"] == "struck from the record: 3-1"
    assert table.reports[0].played == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('NA,1995,"A","B","3-1",3,1,"B1",1,4,2,"H"', "no date"),
        ('"1995-02-30",1995,"A","B","3-1",3,1,"B1",1,4,2,"H"', "no date"),
        ('"1999-08-04",1995,"A","B","3-1",3,1,"B1",1,4,2,"H"', "a date outside its season"),
        ('"1995-08-04",NA,"A","B","3-1",3,1,"B1",1,4,2,"H"', "no season"),
        ('"1995-08-04",1995,"A","A","3-1",3,1,"B1",1,4,2,"H"', "two different sides are needed"),
        ('"1995-08-04",1995,"A",NA,"3-1",3,1,"B1",1,4,2,"H"', "two different sides are needed"),
        ('"1995-08-04",1995,"A","B","3-1",NA,1,"B1",1,4,2,"H"', "no score"),
        ('"1995-08-04",1995,"A","B","3-1",3,2,"B1",1,4,2,"H"', "FT differs from the goals"),
        ('"1995-08-04",1995,"A","B","3-1",3,1,"B1",NA,4,2,"H"', "no tier"),
        ('"1995-08-04",1995,"A","B"', "4 fields, the header has 12"),
    ],
)
def test_rows_that_are_not_understood_are_listed(tmp_path: Path, row: str, reason: str) -> None:
    good = '"1995-08-05",1995,"C","D","0-0",0,0,"B1",1,0,0,"D"\n'
    table = read(tmp_path, "belgium.csv", LEAGUE + good + row + "\n")
    assert [r["line"] for r in rows(table)] == [2]
    (unread,) = table.reports[0].unread
    assert (unread.line, unread.reason) == (3, reason)


def test_a_match_without_a_score_was_abandoned(tmp_path: Path) -> None:
    text = LEAGUE + '"2019-03-17",2018,"Panathinaikos","Olympiakos","NA-NA",NA,NA,"G1",1,NA,NA,NA\n'
    assert rows(read(tmp_path, "greece.csv", text))[0]["status"] == "abandoned"


def test_the_parquet_copy_is_the_same_document(tmp_path: Path) -> None:
    path = tmp_path / "england.parquet"
    pq.write_table(
        pa.table(
            {
                "Date": ["1888-09-08"],
                "Season": [1888.0],
                "home": ["Bolton Wanderers"],
                "visitor": ["Derby County"],
                "FT": ["3-6"],
                "hgoal": pa.array([3], pa.int32()),
                "vgoal": pa.array([6], pa.int32()),
                "division": ["1"],
                "tier": [1.0],
            }
        ),
        path,
    )
    assert document_name(path) == "data-raw/england.csv"
    text = LEAGUE + '"1888-09-08",1888,"Bolton Wanderers","Derby County","3-6",3,6,"1",1,9,-3,"A"\n'
    assert rows(read_files([path])) == rows(read(tmp_path, "england.csv", text))
    both = read_files([tmp_path / "data-raw" / "england.csv", path])
    assert len(both.reports) == 1 == len(rows(both))


def test_fa_cup(tmp_path: Path) -> None:
    # the rounds of 1991-92 in short: the sixth is the last before the semi-finals
    text = FACUP + (
        '"1992-02-16",1991,"Bolton Wanderers","Southampton","2-2",2,2,"5","initial",NA,NA,NA,NA,NA,NA,"20,136",NA,NA,'
        "NA\n"
        '"1992-02-26",1991,"Southampton","Bolton Wanderers","3-2",3,2,"5","replay","yes",NA,NA,NA,NA,NA,"18,009",NA,NA,'
        "NA\n"
        '"1992-03-09",1991,"Liverpool","Aston Villa","1-0",1,0,"6","initial",NA,NA,NA,NA,NA,NA,NA,NA,NA,NA\n'
        '"1992-04-05",1991,"Liverpool","Portsmouth","1-1",1,1,"s","initial","yes",NA,NA,NA,NA,"Highbury",NA,NA,NA,"yes"\n'
        '"1992-04-13",1991,"Portsmouth","Liverpool","0-0",0,0,"s","replay","yes","yes","1-3",1,3,NA,NA,NA,NA,"yes"\n'
        '"1992-05-09",1991,"Liverpool","Sunderland","2-0",2,0,"f","initial",NA,NA,NA,NA,NA,"Wembley",NA,NA,NA,"yes"\n'
        'NA,1991,"Somebody",NA,NA,NA,NA,"1","none",NA,NA,NA,NA,NA,NA,NA,"Bye","Somebody progress",NA\n'
    )
    table = read(tmp_path, "facup.csv", text)
    found = rows(table)
    assert [(r["stage"], r["leg"], r["after_extra_time"], r["neutral"]) for r in found] == [
        ("round-5", None, None, None),
        ("round-5", 3, True, None),
        ("quarter-final", None, None, None),
        ("semi-final", None, True, True),
        ("semi-final", 3, True, True),
        ("final", None, None, True),
    ]
    assert found[0]["stage_text"] == "5"
    assert (found[4]["home_pens"], found[4]["away_pens"]) == (1, 3)
    assert {(r["competition"], r["home_ft"]) for r in found} == {("eng.facup", None)}
    assert table.statistics is not None
    assert table.statistics.schema == STATISTICS
    assert table.statistics.select(["line", "attendance"]).to_pylist() == [
        {"line": 2, "attendance": 20136},
        {"line": 3, "attendance": 18009},
    ]
    assert table.reports[0].notes == ("1 byes and walkovers are no matches: left out",)


def test_what_was_not_a_match_is_not_played(tmp_path: Path) -> None:
    text = FACUP + (
        '"1887-10-15",1887,"Sunderland","Morpeth","4-2",NA,NA,"1","initial",NA,NA,NA,NA,NA,NA,NA,"Match void",NA,NA\n'
        '"1887-12-03",1887,"Sunderland","Middlesbrough","4-2",NA,NA,"3","replay",NA,NA,NA,NA,NA,NA,NA,'
        '"Sunderland disqualified","Middlesbrough progress",NA\n'
        '"1887-10-22",1887,"Aston Shakespeare","Burton",NA,NA,NA,"1","replay",NA,NA,NA,NA,NA,NA,NA,"Walkover",NA,NA\n'
    )
    found = rows(read(tmp_path, "facup.csv", text))
    assert [(r["status"], r["home_goals"]) for r in found] == [
        ("abandoned", None),
        ("awarded", None),
        ("cancelled", None),
    ]
    assert found[1]["note"] == "Middlesbrough progress; Sunderland disqualified; 4-2"


def test_league_cup_legs_follow_the_days(tmp_path: Path) -> None:
    # Villa v Everton 1977 was 0-0, 1-1, 3-2: the file has the last as the first
    text = LEAGUECUP + (
        '"1977-04-13",1976,"Aston Villa","Everton","3-2",3,2,"final","initial",0,NA,NA,"Old Trafford",54749,NA\n'
        '"1977-03-12",1976,"Aston Villa","Everton","0-0",0,0,"final","replay1",0,NA,NA,"Wembley Stadium",1e+05,NA\n'
        '"1977-03-16",1976,"Aston Villa","Everton","1-1",1,1,"final","replay2",0,NA,NA,NA,55000,NA\n'
        '"1977-02-22",1976,"Queens Park Rangers","Aston Villa","0-3",0,3,"semi","replay1",0,NA,NA,NA,NA,NA\n'
        '"1977-02-01",1976,"Queens Park Rangers","Aston Villa","0-0",0,0,"semi","initial",1,NA,NA,NA,NA,NA\n'
        '"1977-02-16",1976,"Aston Villa","Queens Park Rangers","2-2",2,2,"semi","initial",2,NA,NA,NA,NA,NA\n'
        '"2019-02-24",2018,"Chelsea","Manchester City","0-0",0,0,"Final","initial",1,NA,NA,NA,NA,NA\n'
    )
    table = read(tmp_path, "leaguecup.csv", text)
    found = rows(table)
    assert [(r["stage"], r["leg"]) for r in found] == [
        ("final", 3),
        ("final", None),
        ("final", 3),
        ("semi-final", 3),
        ("semi-final", 1),
        ("semi-final", 2),
        ("final", None),
    ]
    assert {r["after_extra_time"] for r in found} == {None}
    assert table.statistics is not None
    assert table.statistics["attendance"].to_pylist() == [54749, 100000, 55000]


def test_a_day_with_the_year_before(tmp_path: Path) -> None:
    text = LEAGUECUP + (
        '"2009-10-26",2010,"Manchester United","Wolverhampton","3-2",3,2,"4","initial",0,NA,NA,NA,46083,NA\n'
        '"2009-10-27",2010,"Somebody","Else","3-2",3,2,"4","initial",0,NA,NA,NA,NA,NA\n'
    )
    table = read(tmp_path, "leaguecup.csv", text)
    assert [r["date"] for r in rows(table)] == [dt.date(2010, 10, 26)]
    (unread,) = table.reports[0].unread
    assert unread.reason == "2009-10-27 is not of the season that began in 2010"


def test_scores_that_cannot_be(tmp_path: Path) -> None:
    text = CHAMPS + (
        '1970-11-04,1970,"R16","2","A","B","1-1","1-2","1-1","4-3",1,1,2,2,1,1,1,1,2,2,"A","ENG","GER"\n'
        '1970-11-04,1970,"R16","2","C","D","1-1","1-0","1-1","4-4",1,1,2,2,1,1,1,1,2,2,"C","ENG","GER"\n'
        '1970-11-04,1970,"R16","2","E","F","2-1","1-0","1-1",NA,1,1,2,2,1,1,1,1,2,2,"E","ENG","GER"\n'
    )
    table = read(tmp_path, "champs.csv", text)
    assert [(r["home_ft"], r["home_ht"]) for r in rows(table)] == [(1, None)]
    assert [line.reason for line in table.reports[0].unread] == [
        "a shoot-out cannot end 4-4",
        "1-1 after extra time is less than 2-1 after 90 minutes",
    ]


def test_european_cup(tmp_path: Path) -> None:
    text = CHAMPS + (
        '1970-11-04,1970,"R16","2","Everton","Borussia Monchengladbach","1-1","1-0","1-1","4-3",1,1,2,2,1,1,1,1,2,2,'
        '"Everton","ENG","GER"\n'
        '1958-05-28,1957,"final",NA,"Real Madrid","AC Milan","2-2","0-0","3-2",NA,2,2,2,2,3,2,3,2,3,2,"Real Madrid",'
        '"ESP","ITA"\n'
        '1991-03-20,1990,"QF","2","Dynamo Dresden","Crvena Zvezda","0-3",NA,NA,"walkover",0,3,0,6,NA,NA,0,3,0,6,'
        '"Crvena Zvezda","GER","SRB"\n'
        '1999-11-23,1999,"GroupA-inter","groups","Dynamo Kyiv","Real Madrid","1-2","0-1",NA,NA,1,2,NA,NA,NA,NA,1,2,'
        'NA,NA,NA,"UKR","ESP"\n'
        '1964-10-14,1964,"Round1","replay","Dukla Praha","Gornik Zabrze","0-0","0-0","0-0","coin toss",0,0,0,0,0,0,0,'
        '0,0,0,"Dukla Praha","CZE","POL"\n'
        '1972-09-13,1972,"Round1","1","Celtic","Rosenborg","2-1",NA,NA,NA,2,1,2,1,NA,NA,2,1,2,1,"Celtic","SCO","NOR"\n'
        '1955-09-04,1955,"Round1","1","Sporting CP","Partizan","3-3","1-1",NA,NA,3,3,5,8,NA,NA,3,3,5,8,"Partizan",'
        '"POR","SRB"\n'
        '1972-09-13,1972,"Round9","1","Celtic","Rosenborg","2-1",NA,NA,NA,2,1,2,1,NA,NA,2,1,2,1,"Celtic","SCO","NOR"\n'
        '1972-09-13,1972,"R16","1","Celtic","Atlantis","2-1",NA,NA,NA,2,1,2,1,NA,NA,2,1,2,1,"Celtic","SCO","ATL"\n'
    )
    table = read(tmp_path, "champs.csv", text)
    found = rows(table)
    assert [(r["stage"], r["group"], r["leg"], r["status"], r["note"]) for r in found] == [
        ("round-of-16", None, 2, "played", "through: Everton; penalties"),
        ("final", None, None, "played", "through: Real Madrid"),
        ("quarter-final", None, 2, "awarded", "through: Crvena Zvezda; walkover"),
        ("group-stage-2", "A", None, "played", None),
        ("round-1", None, 3, "played", "through: Dukla Praha; coin toss"),
        ("round-of-32", None, 1, "played", "through: Celtic"),
        ("round-of-16", None, 1, "played", "through: Partizan"),
    ]
    everton, final = found[:2]
    assert (everton["home_pens"], everton["away_pens"], everton["after_extra_time"]) == (4, 3, True)
    assert (everton["home_country"], everton["away_country"]) == ("eng", "ger")
    assert (final["home_goals"], final["away_goals"], final["home_ft"], final["home_ht"]) == (3, 2, 2, 0)
    assert [line.line for line in table.reports[0].unread] == [9, 10]
    assert found[3]["after_extra_time"] is False


def test_a_file_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"belgium\.csv, line 1: no column Season"):
        read(tmp_path, "belgium.csv", "Date,home,visitor\n")
    with pytest.raises(SourceError, match="no column Date"):
        read(tmp_path, "champs.csv", "<html>404</html>\n")
    path = tmp_path / "england.parquet"
    path.write_bytes(b"PAR1 and nothing else")
    with pytest.raises(SourceError, match="is not Parquet"):
        read_files([path])
    (tmp_path / "data-raw" / "spain.csv").write_bytes(b'"Date"\xff\n')
    with pytest.raises(SourceError, match="is not UTF-8"):
        read_files([tmp_path / "data-raw" / "spain.csv"])


def test_an_empty_league_is_no_match(tmp_path: Path) -> None:
    table = read(tmp_path, "belgium.csv", LEAGUE)
    assert rows(table) == []
    assert table.matches is not None
    assert table.matches.schema == MATCHES


def test_which_files(tmp_path: Path) -> None:
    raw = tmp_path / "data-raw"
    raw.mkdir()
    for name in ("england.csv", "champs.csv", "teamnames.csv", "england.txt"):
        (raw / name).write_text("", "utf-8")
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "italy.csv").write_text("date,home_team,away_team\n", "utf-8")
    (other / "france.csv").write_text(LEAGUE, "utf-8")
    assert finds(tmp_path) == [raw / "champs.csv", raw / "england.csv", other / "france.csv"]
    assert finds(raw / "champs.csv") == [raw / "champs.csv"]
    assert finds(other / "italy.csv") == []
