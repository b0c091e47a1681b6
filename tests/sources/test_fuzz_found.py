"""What the fuzz runs found, each as small as it comes: it stays mended."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondleg.errors import SourceError
from secondleg.sources import (
    clubs_txt,
    engsoccerdata,
    football_data,
    football_txt,
    reep,
    schochastics,
    schochastics_goals,
    schochastics_incidents,
)
from secondleg.sources.contract import SourceTable
from support.fuzzing import broken_contract

HEAD = "home,away,date,gh,ga,full_time,home_country,away_country\n"
GOALS = "scoring_player,scoring_team,time,GH,GA,game,date,season\n"
DIVISION = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def unread(table: SourceTable) -> list[tuple[int, str]]:
    return [(line.line, line.reason) for report in table.reports for line in report.unread]


def test_aliases_above_the_first_club_are_told(tmp_path: Path) -> None:
    table = clubs_txt.read_files(
        [written(tmp_path, "england/eng.clubs.txt", "  | Liverpool | LFC\n, 1892\n  | The Reds\n")]
    )
    assert table.aliases is not None
    assert table.aliases.num_rows == 0
    assert unread(table) == [
        (1, "no club above its aliases"),
        (2, "a club without a name"),
        (3, "no club above its aliases"),
    ]


@pytest.mark.parametrize("mark", ["\u2028", "\x0b", "\x85", "\x1c"])
def test_no_letter_ends_a_line_of_a_club_list(tmp_path: Path, mark: str) -> None:
    text = f"Liverpool FC, 1892\n  | Liver{mark}pool | FC Liverpool\n"
    table = clubs_txt.read_files([written(tmp_path, "england/eng.clubs.txt", text)])
    assert table.aliases is not None
    assert table.aliases["alias"].to_pylist() == [f"Liver{mark}pool", "FC Liverpool"]


def test_years_alone_are_no_alias(tmp_path: Path) -> None:
    text = "Wimbledon FC (1889-2004)\n  | (1889-2004) | The Dons\n"
    table = clubs_txt.read_files([written(tmp_path, "england/eng.clubs.txt", text)])
    assert broken_contract(table) == []
    assert table.aliases is not None
    assert table.aliases["alias"].to_pylist() == ["Wimbledon FC", "The Dons"]


LEAGUE = """\
= English Premier League 2023/24

Matchday 1
  Fri Aug 11 2023
    20:00  Burnley FC               v Manchester City FC       0-3 (0-2)
{}
    15:00  Liverpool FC             v Burnley FC               2-0 (1-0)
    17:30  Everton FC               v Fulham FC                0-1 (0-0)
"""


def test_a_comment_without_end_is_told(tmp_path: Path) -> None:
    table = football_txt.read_files(
        written(tmp_path, "england/2023-24/1-premierleague.txt", LEAGUE.format("<!-- later"))
    )
    assert [line for line, _ in unread(table)] == [6]
    assert table.reports[0].matches == 1


def test_goalscorers_without_an_end_do_not_swallow_matches(tmp_path: Path) -> None:
    path = written(tmp_path, "england/2023-24/1-premierleague.txt", LEAGUE.format("      (Haaland 4', 36'"))
    table = football_txt.read_files(path)
    assert table.reports[0].matches == 3
    assert table.reports[0].notes == ("line 7: goalscorers above it stand in a bracket that nothing closes",)


def test_there_is_no_round_0(tmp_path: Path) -> None:
    text = "= FA Cup 2023/24\n\n» Round 0\nSat Aug 5 2023\n  15:00  Barnet FC  v Bury FC  1-0\n"
    table = football_txt.read_files(written(tmp_path, "england/2023-24/facup.txt", text))
    assert broken_contract(table) == []
    assert table.reports[0].notes == ("line 3: heading not understood: 'Round 0'",)


@pytest.mark.parametrize("name", [" ga", "ga\x0b", "\x85ga"])
def test_a_column_is_called_exactly_so(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "results/england.csv", HEAD.replace("ga", name))
    with pytest.raises(SourceError, match="no column ga"):
        schochastics.read_files([path])


@pytest.mark.parametrize("score", ["32768,0", "-1,0", "128,0", "37,0", "0,99999999999"])
def test_a_european_score_that_is_none_is_unread(tmp_path: Path, score: str) -> None:
    text = HEAD + f"Liverpool FC,Dundalk FC,1982-09-28,{score},F,england,ireland-republic\n"
    table = schochastics.read_files([written(tmp_path, "results/uefa-cl.csv", text)])
    assert [line for line, _ in unread(table)] == [2]


def test_a_european_match_of_no_year_is_unread(tmp_path: Path) -> None:
    text = HEAD + "Liverpool FC,Dundalk FC,9999-12-31,1,0,F,england,ireland-republic\n"
    table = schochastics.read_files([written(tmp_path, "results/uefa-cl.csv", text)])
    assert unread(table) == [(2, "nothing was or is played in that year")]


@pytest.mark.parametrize("day", ["-inf", "infinity", "epoch", "2015-10-28 (BC)", "today"])
def test_a_day_is_a_date_and_not_what_a_database_takes_for_one(tmp_path: Path, day: str) -> None:
    row = f"Leroy Sané,FC Schalke 04,10,1,0,FC Schalke 04 vs. 1. FC Köln 2:1,{day},2015-2016\n"
    table = schochastics_goals.read_files([written(tmp_path, "dfb-pokal.csv", GOALS + row)])
    assert unread(table) == [(2, "no date")]


def test_a_side_that_scored_has_a_goal(tmp_path: Path) -> None:
    row = "Leroy Sané,FC Schalke 04,10,0,0,FC Schalke 04 vs. 1. FC Köln 2:1,2015-10-28,2015-2016\n"
    table = schochastics_goals.read_files([written(tmp_path, "dfb-pokal.csv", GOALS + row)])
    assert unread(table) == [(2, "a goal after which its side has none")]


def test_stoppage_time_of_minute_0_is_none(tmp_path: Path) -> None:
    row = "Leroy Sané,FC Schalke 04,0+1,1,0,FC Schalke 04 vs. 1. FC Köln 2:1,2015-10-28,2015-2016\n"
    table = schochastics_goals.read_files([written(tmp_path, "dfb-pokal.csv", GOALS + row)])
    assert broken_contract(table) == []
    assert table.reports[0].matches == 1


def test_a_raised_2_is_no_round(tmp_path: Path) -> None:
    """`str.isdigit` takes it for a digit, `int` does not."""
    head = "Date,Season,home,visitor,FT,round,tie,leg,aet,pens,Venue,attendance\n"
    row = "1961-03-22,1960,Rotherham United,Shrewsbury Town,3-2,²,leg1,1,NA,NA,NA,13337\n"
    table = engsoccerdata.read_files([written(tmp_path, "data-raw/leaguecup.csv", head + row)])
    assert unread(table) == [(2, "round '²' is not known")]


def test_a_slip_in_a_date_does_not_move_a_file_into_another_season(tmp_path: Path) -> None:
    """A document of another season would take the place of that season's own file, or lose its own."""
    slip = "E0,14/08/92,Arsenal,Coventry,0,3,A\nE0,14/08/94,Aston Villa,QPR,4,1,H\nE0,21/08/93,QPR,Arsenal,1,1,D\n"
    other = "E0,20/08/94,Arsenal,Man City,3,0,H\n"
    files = [
        written(tmp_path, "mmz4281/9394/E0.csv", DIVISION + slip),
        written(tmp_path, "mmz4281/9495/E0.csv", DIVISION + other),
    ]
    table = football_data.read_files(files)
    assert {r.document: (r.matches, len(r.unread)) for r in table.reports} == {
        "mmz4281/9394/E0.csv": (1, 2),
        "mmz4281/9495/E0.csv": (1, 0),
    }
    assert [football_data.document_name(file) for file in files] == [r.document for r in table.reports]


def test_a_file_without_its_folder_is_of_the_season_of_most_of_its_matches(tmp_path: Path) -> None:
    rows = (
        "E0,14/08/94,Arsenal,Coventry,0,3,A\nE0,21/08/93,QPR,Arsenal,1,1,D\nE0,07/05/94,Coventry,QPR,1,1,D\n"
    )
    (report,) = football_data.read_files([written(tmp_path, "E0.csv", DIVISION + rows)]).reports
    assert (report.document, report.matches) == ("mmz4281/9394/E0.csv", 2)
    assert [line.line for line in report.unread] == [2]


def test_a_country_s_match_is_of_its_season(tmp_path: Path) -> None:
    text = "Country,League,Season,Date,Home,Away,HG,AG\nNorway,Eliteserien,2012,23/03/2032,Molde,Brann,2,1\n"
    text += "Norway,Eliteserien,2012,25/03/2012,Brann,Rosenborg,1,4\n"
    table = football_data.read_files([written(tmp_path, "new/NOR.csv", text)])
    assert unread(table) == [(2, "2032-03-23 is not of the season 2012")]


def test_ids_of_a_list_without_a_name_are_not_read(tmp_path: Path) -> None:
    text = "reep_id,name,country,key_\nreep_t1,1. FC Köln,Germany,3\n"
    table = reep.read_files([written(tmp_path, "teams.csv", text)])
    assert broken_contract(table) == []
    assert table.ids is not None
    assert table.ids["id"].to_pylist() == ["reep_t1"]


def test_a_club_without_ids_is_counted(tmp_path: Path) -> None:
    text = "reep_id,name,country,key_wikidata\n,1. FC Köln,Germany,\n"
    (report,) = reep.read_files([written(tmp_path, "teams.csv", text)]).reports
    assert report.notes == ("1 clubs without an id: left out",)


def incidents(tmp_path: Path, *told: dict[str, str]) -> SourceTable:
    match = {
        "league": "england_premier-league-2003-2004",
        "home": "arsenal",
        "away": "everton",
        "GH": 2,
        "GA": 1,
        "date": "2003-08-16",
        "incident": {"incidents": list(told)},
    }
    path = written(tmp_path, "goals_time2/england_premier-league-2003-2004.json", json.dumps([match]))
    table = schochastics_incidents.read_files([path])
    assert broken_contract(table) == []
    return table


def test_an_incident_of_no_kind_is_counted(tmp_path: Path) -> None:
    table = incidents(tmp_path, {"team": "home", "minute": "12'", "player_name": "A"})
    assert "1 incidents of other kinds left out" in table.reports[0].notes


def test_a_penalty_without_a_minute_is_no_kick_of_a_shoot_out(tmp_path: Path) -> None:
    penalty = {"team": "away", "incident_type": "Penalty Awarded", "player_name": "E"}
    table = incidents(tmp_path, penalty)
    assert table.incidents is not None
    assert table.incidents["kind"].to_pylist() == ["penalty"]  # the one goal of the away side
    assert "2 penalties left out" in incidents(tmp_path, penalty, penalty).reports[0].notes[-1]


def test_stoppage_time_belongs_to_a_minute(tmp_path: Path) -> None:
    table = incidents(tmp_path, {"team": "home", "minute": "121+3'", "incident_type": "Red Card"})
    assert table.incidents is not None
    assert table.incidents.select(["minute", "added"]).to_pylist() == [{"minute": None, "added": None}]


RESULTS = {
    "home": ["Arsenal FC"],
    "away": ["Liverpool FC"],
    "date": ["2016-08-14"],
    "gh": [3],
    "ga": [4],
    "full_time": ["F"],
    "home_country": ["england"],
    "away_country": ["england"],
    "file": ["england.csv"],
}
ENGLAND = {
    "Date": ["1888-12-26"],
    "Season": [1888.0],
    "home": ["Bolton Wanderers"],
    "visitor": ["Preston North End"],
    "FT": ["2-5"],
    "hgoal": [2],
    "vgoal": [5],
    "tier": [1.0],
}
COPY = {
    "league": ["England"],
    "division": [1],
    "year": [2020],
    "date": pa.array(["2019-08-09"]).cast(pa.date32()),
    "home_team": ["Liverpool"],
    "away_team": ["Norwich"],
    "target__home_team__full_time_goals": [4.0],
    "target__away_team__full_time_goals": [1.0],
}


@pytest.mark.parametrize(
    ("name", "good", "column"),
    [
        ("results_1888_2019.parquet", RESULTS, "home"),
        ("data-raw/england.parquet", ENGLAND, "home"),
        ("fdcouk_1994_2024.parquet", COPY, "home_team"),
    ],
)
@pytest.mark.parametrize("fault", ["not UTF-8", "a list", "there twice"])
def test_a_column_of_parquet_that_is_no_text(
    tmp_path: Path, name: str, good: dict[str, object], column: str, fault: str
) -> None:
    module = {"r": schochastics, "d": engsoccerdata, "f": football_data}[name[0]]
    table = pa.table(good)
    path = written(tmp_path, name, "")
    pq.write_table(table, path)
    assert module.read_files([path]).reports[0].matches == 1
    bad = {
        "not UTF-8": pa.array([b"\xff\xfe"], pa.binary()).view(pa.string()),
        "a list": pa.array([["Arsenal"]]),
        "there twice": table[column],
    }[fault]
    at = table.column_names.index(column)
    table = table.append_column(column, bad) if fault == "there twice" else table.set_column(at, column, bad)
    pq.write_table(table, path)
    with pytest.raises(SourceError, match=r"is not .*Parquet.* Take the file anew from its source\."):
        module.read_files([path])


def test_a_copy_without_a_year_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "fdcouk_1994_2024.parquet"
    pq.write_table(pa.table(COPY | {"year": pa.array([None], pa.int16())}), path)
    with pytest.raises(SourceError, match="1 rows are of no known league"):
        football_data.read_files([path])


@pytest.mark.parametrize(
    "line",
    ["    15:00  Manchester City FC  v Burnley FC  3-1 bye", "    Manchester City FC  1-1  Burnley FC  bye"],
)
def test_a_match_that_ends_in_bye_is_no_bye(line: str) -> None:
    text = f"= English Premier League 2023/24\n\n» Matchday 1\n  Fri Aug 11 2023\n{line}\n"
    reading = football_txt.read_text(text, "england/2023-24/1-premierleague.txt")
    assert len(reading.rows) + len(reading.report.unread) == 1
