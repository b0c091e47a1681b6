"""The files of goals of schochastics: one row a goal."""

from __future__ import annotations

import datetime as dt
import os
import random
from pathlib import Path
from typing import Any

import pytest

from secondleg.errors import SourceError
from secondleg.sources import schochastics_goals as goals
from secondleg.sources.contract import INCIDENTS, SourceTable, violations

MIRROR = os.environ.get("SECONDLEG_MIRROR")
HEADER = "scoring_player,scoring_team,time,GH,GA,game,date,season"
TAIL = " \t\t\n\t\t\t\n\t\t"
"""What stands between a score and that of the first leg."""


def read(tmp_path: Path, *rows: str, name: str = "champions-league.csv") -> SourceTable:
    path = tmp_path / name
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return goals.read_files([path])


def one(table: SourceTable) -> dict[str, Any]:
    assert violations(table.matches) == []
    (row,) = table.matches.to_pylist()
    return dict(row)


def score(row: dict[str, Any], what: str) -> tuple[int | None, int | None]:
    return row[f"home_{what}"], row[f"away_{what}"]


def test_a_league_match(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "Gary Lineker,Tottenham Hotspur,2,1,0,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991",
        "Niall Quinn,Manchester City,6,1,1,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991",
        "Gary Lineker,Tottenham Hotspur,55,2,1,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991",
        "Paul Gascoigne,Tottenham Hotspur,90+2,3,1,Tottenham Hotspur vs. Manchester City 3:1,1990-08-25,1990-1991",
        name="eng-premier-league.csv",
    )
    row = one(table)
    assert (row["competition"], row["season"], row["date"]) == ("eng.1", 1990, dt.date(1990, 8, 25))
    assert (row["document"], row["line"]) == ("goals_time/eng-premier-league.csv", 2)
    assert (row["home"], row["away"], row["home_country"], row["away_country"]) == (
        "Tottenham Hotspur",
        "Manchester City",
        "eng",
        "eng",
    )
    assert score(row, "goals") == score(row, "ft") == (3, 1)
    assert row["after_extra_time"] is False
    assert table.incidents.schema == INCIDENTS
    told = [
        (g["nth"], g["side"], g["minute"], g["added"], g["player"], g["home_goals"], g["away_goals"])
        for g in table.incidents.to_pylist()
    ]
    assert told == [
        (1, "home", 2, None, "Gary Lineker", 1, 0),
        (2, "away", 6, None, "Niall Quinn", 1, 1),
        (3, "home", 55, None, "Gary Lineker", 2, 1),
        (4, "home", 90, 2, "Paul Gascoigne", 3, 1),
    ]
    assert {g["kind"] for g in table.incidents.to_pylist()} == {"goal"}


def test_a_second_leg_after_extra_time(tmp_path: Path) -> None:
    """Rangers lost 0-1 in Prague, and won 2-1 after extra time (1-0 after 90 minutes) in the second leg."""
    game = f'"Rangers FC vs. AC Sparta Praha 2:1 n.V.{TAIL}(Hinspiel 0:1)",1991-10-02,1991-1992'
    table = read(
        tmp_path,
        f"Stuart McCall,Rangers FC,46,1,0,{game}",
        f"Stuart McCall,Rangers FC,93,2,0,{game}",
        f"Scott Nisbet,AC Sparta Praha,100,2,1,{game}",
        "Aldana,Real Madrid,18,0,1,Odense BK vs. Real Madrid 0:1,1990-09-18,1990-1991",
    )
    assert violations(table.matches) == []
    row, other = table.matches.to_pylist()
    assert score(row, "goals") == (2, 1)
    assert score(row, "ft") == (1, 0)
    assert (row["after_extra_time"], row["leg"]) == (True, 2)
    assert row["note"] == "first leg 0-1, goals of the home side of this leg first"
    assert (row["home_country"], row["away_country"]) == ("sco", "cze")
    assert [g["minute"] for g in table.incidents.to_pylist()] == [46, 93, 100, 18]
    # three lines a row: the next match begins on the eleventh
    assert (row["line"], other["line"], other["leg"]) == (2, 11, None)


def test_a_shoot_out_is_not_the_score(tmp_path: Path) -> None:
    """The final of 1996: 1-1 after extra time, Juventus won 4-2 on penalties."""
    game = "Juventus vs. AFC Ajax 4:2 i.E.,1996-05-22,1995-1996"
    row = one(
        read(tmp_path, f"Ravanelli,Juventus,12,1,0,{game}", f"Jari Litmanen,AFC Ajax,41,1,1,{game}"),
    )
    assert score(row, "goals") == score(row, "ft") == (1, 1)
    assert score(row, "pens") == (4, 2)
    # neither goal came in extra time, and the file does not tell whether there was any
    assert row["after_extra_time"] is None


def test_a_shoot_out_after_extra_time(tmp_path: Path) -> None:
    """Holstein Kiel v Magdeburg, DFB-Pokal 2023: 3-3 after extra time, 3-4 on penalties."""
    game = "Holstein Kiel vs. 1. FC Magdeburg 3:4 i.E.,2023-11-01,2023-2024"
    sides = ["Holstein Kiel", "1. FC Magdeburg"]
    steps = [("10", 0, 1, 0), ("40", 1, 1, 1), ("60", 0, 2, 1), ("90+4", 1, 2, 2), ("98", 1, 2, 3)]
    rows = [f"X,{sides[who]},{minute},{h},{a},{game}" for minute, who, h, a in steps]
    table = read(tmp_path, *rows, f"Benedikt Pichler,Holstein Kiel,120+2,3,3,{game}", name="dfb-pokal.csv")
    row = one(table)
    assert score(row, "goals") == (3, 3)
    assert score(row, "ft") == (2, 2)
    assert score(row, "pens") == (3, 4)
    assert row["after_extra_time"] is True
    last = table.incidents.to_pylist()[-1]
    assert (last["minute"], last["added"]) == (120, 2)


def test_a_shoot_out_that_its_goals_cannot_have_led_to_is_listed(tmp_path: Path) -> None:
    game = "FC Fleury 91 vs. FC Annecy 4:5 i.E.,2021-02-20,2020-2021"
    table = read(tmp_path, f"X,FC Annecy,20,0,1,{game}", name="fra-coupe-de-france.csv")
    assert table.matches.num_rows == table.incidents.num_rows == 0
    (unread,) = table.reports[0].unread
    assert (unread.line, unread.reason) == (2, "decided on penalties, but its goals make it 0-1")


@pytest.mark.parametrize(
    ("told", "status", "goals_told", "note"),
    [
        ("0:3 Wert.", "awarded", (0, 3), "its goals make it 0-1"),
        ("0:1 annull.", "cancelled", (0, 1), "annulled"),
        ("-:- annull.", "cancelled", (None, None), "annulled"),
        ("0:1 abgebr.", "abandoned", (0, 1), None),
        ("1:2", "played", (1, 2), "its goals make it 0-1"),
    ],
)
def test_matches_that_did_not_end_as_played(
    tmp_path: Path, told: str, status: str, goals_told: tuple[int | None, int | None], note: str | None
) -> None:
    row = one(read(tmp_path, f"X,Celtic FC,20,0,1,Rangers FC vs. Celtic FC {told},2019-01-01,2018-2019"))
    assert (row["status"], score(row, "goals"), row["note"]) == (status, goals_told, note)


def test_stoppage_time_counted_on_in_a_league_is_extra_time_in_a_cup(tmp_path: Path) -> None:
    goal = "X,Sturm Graz,93,1,0,Sturm Graz vs. SV Ried 1:0,2002-07-24,2002-2003"
    league = read(tmp_path, goal, name="aut-bundesliga.csv")
    assert one(league)["after_extra_time"] is False
    assert [(g["minute"], g["added"]) for g in league.incidents.to_pylist()] == [(90, 3)]
    cup = read(tmp_path, goal, name="dfb-pokal.csv")
    row = one(cup)
    assert (row["after_extra_time"], score(row, "ft"), score(row, "goals")) == (True, (0, 0), (1, 0))
    assert [(g["minute"], g["added"]) for g in cup.incidents.to_pylist()] == [(93, None)]


def test_a_goal_that_stands_there_three_times_counts_once(tmp_path: Path) -> None:
    first = "A,Rapid Wien,18,1,0,Rapid Wien vs. Sturm Graz 1:1,2005-07-13,2005-2006"
    second = "B,Sturm Graz,57,1,1,Rapid Wien vs. Sturm Graz 1:1,2005-07-13,2005-2006"
    table = read(tmp_path, first, second, first, second, first, second, name="aut-bundesliga.csv")
    assert score(one(table), "goals") == (1, 1)
    assert table.incidents["player"].to_pylist() == ["A", "B"]
    assert "4 goals stand there more than once" in table.reports[0].notes


def test_of_two_readings_of_one_match_the_later_holds(tmp_path: Path) -> None:
    row = one(
        read(
            tmp_path,
            "A,Grazer AK,18,1,0,Grazer AK vs. WSG Tirol 1:0,2024-11-09,2024-2025",
            "A,Grazer AK,18,1,0,Grazer AK vs. WSG Tirol 2:0,2024-11-09,2024-2025",
            "B,Grazer AK,88,2,0,Grazer AK vs. WSG Tirol 2:0,2024-11-09,2024-2025",
            name="aut-bundesliga.csv",
        )
    )
    assert (score(row, "goals"), row["note"]) == ((2, 0), None)


@pytest.mark.parametrize(
    ("name", "day", "told", "season"),
    [
        ("nor-eliteserien.csv", "2000-04-08", "NA", 2000),
        ("nor-eliteserien.csv", "2000-10-21", "NA", 2000),
        ("pol-ekstraklasa.csv", "2001-11-16", "NA", 2001),
        ("sui-super-league.csv", "1992-02-29", "NA", 1991),
        ("esp-copa-del-rey.csv", "2021-04-03", "2019-2020", 2019),  # the final that was put off by a year
    ],
)
def test_seasons(tmp_path: Path, name: str, day: str, told: str, season: int) -> None:
    assert one(read(tmp_path, f"X,A,8,1,0,A vs. B 1:0,{day},{told}", name=name))["season"] == season


def test_the_other_champions_league_is_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, "X,D.C. United,8,1,0,D.C. United vs. Marathón 1:0,2008-09-17,2008-2009")
    assert table.matches.num_rows == table.incidents.num_rows == 0
    assert table.reports[0].notes == ("1 matches of CONCACAF's Champions League left out",)


def test_a_minute_that_is_not_known(tmp_path: Path) -> None:
    table = read(tmp_path, "X,A,0,1,0,A vs. B 1:0 n.V.,1991-01-05,1990-1991", name="eng-fa-cup.csv")
    row = one(table)
    assert (row["after_extra_time"], score(row, "ft")) == (True, (None, None))
    assert table.incidents["minute"].to_pylist() == [None]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("X,A,8,1,0,A - B 1:0,2019-01-01,2018-2019", "the match is not written as A vs. B 2:1"),
        ("X,A,8,1,0,A vs. A 1:0,2019-01-01,2018-2019", "two different sides are needed"),
        ("X,C,8,1,0,A vs. B 1:0,2019-01-01,2018-2019", "the goal is of neither side"),
        ("X,A,8,1,0,A vs. B 1:0 z.Z.,2019-01-01,2018-2019", "mark not known: z.Z."),
        ("X,A,8,one,0,A vs. B 1:0,2019-01-01,2018-2019", "GH and GA are not a score"),
        ("X,A,8,1,0,A vs. B 1:0,2019-13-01,2018-2019", "no date"),
        ("X,A,8,1,0,A vs. B 1:0,2019-01-01,last", "season not understood"),
        ("X,A,8,1,0,A vs. B 1:0,2019-01-01,2015-2016", "the season does not fit the date"),
        ("X,A,soon,1,0,A vs. B 1:0,2019-01-01,2018-2019", "minute not understood"),
        ("X,A,8,1,0", "5 fields, not 8"),
    ],
)
def test_what_is_not_understood_is_listed(tmp_path: Path, row: str, reason: str) -> None:
    table = read(tmp_path, row, "X,A,8,1,0,A vs. D 1:0,2019-01-01,2018-2019")
    assert one(table)["away"] == "D"
    assert [(u.line, u.reason) for u in table.reports[0].unread] == [(2, reason)]


def test_files_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "champions-league.csv"
    path.write_text("home,away\n", encoding="utf-8")
    assert goals.finds(tmp_path) == []
    with pytest.raises(SourceError, match=r"champions-league\.csv, line 1: its columns are not"):
        goals.read_files([path])
    path.write_bytes(HEADER.encode() + b"\n\xff\n")
    assert goals.finds(tmp_path) == goals.finds(path) == [path]
    with pytest.raises(SourceError, match="is not UTF-8"):
        goals.read_files([path])


@pytest.mark.slow
def test_mutated_files_end_in_rows_or_in_a_clear_error(tmp_path: Path) -> None:
    """Every row of the file is a goal, a repetition, or listed; whatever is done to its bytes."""
    sound = (
        f'{HEADER}\nA,Rangers FC,46,1,0,"Rangers FC vs. Celtic FC 1:1 n.V.{TAIL}(Hinspiel 0:1)",1991-10-02,1991-1992\n'
        "B,Celtic FC,90+3,1,1,Rangers FC vs. Celtic FC 1:1,1991-10-03,NA\n"
        "B,Celtic FC,12,0,1,Rangers FC vs. Celtic FC 3:4 i.E.,1991-10-04,1991-1992\n"
    ).encode()
    chance = random.Random(7)
    path = tmp_path / "dfb-pokal.csv"
    outcomes = {"rows": 0, "error": 0}
    for _ in range(60):
        text = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 3)] = chance.choice(
                [b"", b'"', b"\n", b"99", b":", b"\xff", b",", b"\0"]
            )
        path.write_bytes(bytes(text))
        try:
            table = goals.read_files([path])
        except SourceError:
            outcomes["error"] += 1
        else:
            outcomes["rows"] += 1
            assert violations(table.matches) == []
    assert min(outcomes.values()) > 5


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR is not set: no folder of source data")
def test_the_mirror() -> None:
    told: list[tuple[int, int]] = []
    files = goals.finds(Path(str(MIRROR)))
    assert len(files) == 21
    table = goals.read_files(files, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (21, 21)
    assert violations(table.matches) == []
    assert table.matches.num_rows == sum(report.matches for report in table.reports)
    rows = table.matches.to_pylist()
    assert [(r["home"], r["away"]) for r in rows if None in (r["home_country"], r["away_country"])] == []
    # six rows that contradict themselves, of 403,509
    assert sum(len(report.unread) for report in table.reports) == 5
    finals = {
        (r["season"], r["home"], r["away"], *score(r, "goals"), *score(r, "pens"))
        for r in rows
        if r["competition"] == "uefa.cl" and r["home_pens"] is not None
    }
    # as UEFA has them; the final of 2003 was goalless and is not there, 2001-02 was decided in 90 minutes
    assert finals >= {
        (1995, "Juventus", "AFC Ajax", 1, 1, 4, 2),
        (2000, "Bayern München", "Valencia CF", 1, 1, 5, 4),
        (2004, "Liverpool FC", "AC Milan", 3, 3, 3, 2),
        (2007, "Manchester United", "Chelsea FC", 1, 1, 6, 5),
        (2011, "Bayern München", "Chelsea FC", 1, 1, 3, 4),
        (2015, "Real Madrid", "Atlético Madrid", 1, 1, 5, 3),
    }
    # a second leg's first leg, where the files have it, has the score that the second tells
    by_sides = {(r["document"], r["season"], r["home"], r["away"]): r for r in rows}
    seconds = [r for r in rows if r["leg"] == 2 and r["status"] == "played"]
    same = compared = 0
    for r in seconds:
        first = by_sides.get((r["document"], r["season"], r["away"], r["home"]))
        if first and first["status"] == "played" and first["date"] < r["date"]:
            compared += 1
            same += f"first leg {first['away_goals']}-{first['home_goals']}," in r["note"]
    assert compared > 1500
    assert same >= 0.998 * compared
