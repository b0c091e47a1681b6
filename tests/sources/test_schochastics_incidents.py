"""The files of incidents of schochastics: matches, and what happened in them."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondleg.errors import SourceError
from secondleg.sources import schochastics_incidents as incidents
from secondleg.sources.contract import INCIDENT_KINDS, INCIDENTS, SourceTable, violations

MIRROR = os.environ.get("SECONDLEG_MIRROR")
MATCH = ("mid", "league", "home", "away", "gh", "ga", "date", "n_inc", "comp", "season")
INCIDENT = ("mid", "side", "minute", "type", "player", "player_in", "reason", "hs", "as_", "extra")
Row = tuple[object, ...]


def match(
    mid: int, score: tuple[int | None, int | None], day: str = "2022-05-29", sides: str = "emmen v breda"
) -> Row:
    league, (home, away) = "niederlande_eredivisie", sides.split(" v ")
    return (mid, f"{league}-2021-2022", home, away, *score, day, 0, league, "2021-2022")


def what(
    mid: int, side: str, minute: str | None, kind: str, player: str, running: str = "", **more: str
) -> Row:
    hs, _, as_ = running.partition("-")
    return (
        mid, side, minute, kind, player, more.get("player_in"), None, hs or None, as_ or None, more.get("extra", "{}")
    )  # fmt: skip


def write(folder: Path, matches: list[Row], happened: list[Row]) -> Path:
    numbers = {"mid", "gh", "ga", "n_inc"}
    for name, fields, rows in (("matches", MATCH, matches), ("incidents", INCIDENT, happened)):
        columns = {
            field: pa.array([row[i] for row in rows], pa.int64() if field in numbers else pa.string())
            for i, field in enumerate(fields)
        }
        pq.write_table(pa.table(columns), folder / f"goals_time2_{name}.parquet")
    return folder / "goals_time2_matches.parquet"


def read(folder: Path, matches: list[Row], happened: list[Row]) -> SourceTable:
    table = incidents.read_files([write(folder, matches, happened)])
    assert violations(table.matches) == []
    assert table.incidents.schema == INCIDENTS
    assert set(table.incidents["kind"].to_pylist()) <= set(INCIDENT_KINDS)
    return table


def told(table: SourceTable, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row[f] for f in fields) for row in table.incidents.to_pylist()]


def test_a_match_with_every_kind(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        [match(7, (3, 1))],
        [
            what(7, "home", "12'", "Goal", "A", "1-0", extra='{"assist_player_name": "B"}'),
            what(7, "away", "30'", "Yellow Card", "X"),
            what(7, "home", "45+2'", "Own goal", "Y", "2-0"),
            what(7, "away", "50'", "Penalty Awarded", "Z", "2-1"),
            what(7, "home", "60'", "Penalty Awarded", "A"),
            what(7, "away", "61'", "Yellow Card", "X"),
            what(7, "home", "70'", "Substitution", "A", player_in="C"),
            what(7, "away", "80'", "Red Card", "Z"),
            what(7, "home", "85'", "Goal Disallowed", "C"),
            what(7, "home", "90+3'", "Goal", "C", "3-1"),
        ],
    )
    (row,) = table.matches.to_pylist()
    assert (row["competition"], row["season"], row["date"]) == ("ned.1", 2021, dt.date(2022, 5, 29))
    assert (row["document"], row["line"]) == ("goals_time2/niederlande_eredivisie-2021-2022", 1)
    assert (row["home"], row["away"], row["home_country"], row["away_country"]) == (
        "emmen",
        "breda",
        "ned",
        "ned",
    )
    assert (row["home_goals"], row["away_goals"], row["home_ft"], row["away_ft"]) == (3, 1, 3, 1)
    assert (row["home_ht"], row["away_ht"]) == (2, 0)
    assert (row["after_extra_time"], row["note"]) == (False, None)
    assert told(table, "kind", "side", "minute", "added", "player", "other", "home_goals", "away_goals") == [
        ("goal", "home", 12, None, "A", "B", 1, 0),
        ("yellow", "away", 30, None, "X", None, None, None),
        ("own-goal", "home", 45, 2, "Y", None, 2, 0),
        ("penalty", "away", 50, None, "Z", None, 2, 1),
        ("missed-penalty", "home", 60, None, "A", None, None, None),
        ("second-yellow", "away", 61, None, "X", None, None, None),
        ("substitution", "home", 70, None, "A", "C", None, None),
        ("red", "away", 80, None, "Z", None, None, None),
        ("goal", "home", 90, 3, "C", None, 3, 1),
    ]
    assert [nth for (nth,) in told(table, "nth")] == list(range(1, 10))
    assert table.reports[0].notes == ("1 disallowed goals left out",)


def test_a_shoot_out_is_taken_out_of_the_score(tmp_path: Path) -> None:
    """ADO Den Haag v Excelsior, promotion play-off 2022: 4-4 after extra time (3-3 after 90), 7-8 on penalties."""
    steps = [
        ("home", "34'", "1-0"), ("home", "40'", "2-0"), ("home", "47'", "3-0"), ("away", "79'", "3-1"),
        ("away", "83'", "3-2"), ("away", "90+3'", "3-3"), ("home", "97'", "4-3"), ("away", "108'", "4-4"),
    ]  # fmt: skip
    table = read(
        tmp_path,
        [match(1, (4, 5))],
        [
            what(1, "away", "30'", "Penalty Awarded", "D"),  # missed
            *(what(1, side, minute, "Goal", "P", running) for side, minute, running in steps),
            what(1, "away", "1", "Penalty Awarded", "E"),
            what(1, "home", "1", "Penalty Awarded", "K"),
        ],
    )
    (row,) = table.matches.to_pylist()
    assert (row["home_goals"], row["away_goals"], row["home_ft"], row["away_ft"]) == (4, 4, 3, 3)
    assert (row["home_ht"], row["away_ht"]) == (2, 0)
    assert (row["after_extra_time"], row["home_pens"]) == (True, None)
    assert row["note"] == "decided on penalties: the away side won"
    assert [kind for (kind,) in told(table, "kind")] == ["missed-penalty", *["goal"] * 8]
    assert table.reports[0].notes == ("1 shoot-outs taken out of the score", "2 kicks of shoot-outs left out")


@pytest.mark.parametrize(
    ("score", "kinds"),
    [
        ((1, 0), ["goal", "missed-penalty", "missed-penalty"]),  # adds up without them
        ((3, 0), ["goal", "penalty", "penalty"]),  # only with both
        ((2, 0), ["goal"]),  # one of the two went in: which one is not told
    ],
)
def test_penalties_without_a_running_score(tmp_path: Path, score: tuple[int, int], kinds: list[str]) -> None:
    happened = [
        what(1, "home", "5'", "Goal", "A"),
        what(1, "home", "6'", "Penalty Awarded", "A"),
        what(1, "home", "8'", "Penalty Awarded", "A"),
    ]
    table = read(tmp_path, [match(1, score)], happened)
    assert [kind for (kind,) in told(table, "kind")] == kinds
    doubtful = "2 penalties left out: scored or missed is not told"
    assert (doubtful in table.reports[0].notes) == (len(kinds) == 1)


def test_halves_of_a_substitution_are_put_together(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        [match(1, (0, 0))],
        [
            what(1, "home", "60'", "Substitution - Out", "A"),
            what(1, "home", "60'", "Substitution - In", "B"),
            what(1, "home", "60'", "Substitution - In", "D"),
            what(1, "home", "60'", "Substitution - Out", "C"),
            what(1, "away", "60'", "Substitution - In", "Y"),
            what(1, "away", "70'", "Substitution - Out", "Z"),
        ],
    )
    assert told(table, "side", "minute", "player", "other") == [
        ("home", 60, "A", "B"),
        ("home", 60, "C", "D"),
        ("away", 60, None, "Y"),
        ("away", 70, "Z", None),
    ]


@pytest.mark.parametrize(
    ("written", "extra", "minute", "added"),
    [
        ("0'", "{}", None, None),
        ("'", "{}", None, None),
        (None, "{}", None, None),
        ("73:00", "{}", 73, None),
        ("90:01", "{}", 90, 1),
        ("90:00", '{"added_time": "1"}', 90, 1),
        ("91'", "{}", 90, 1),  # the only one beyond 90: stoppage time counted on
        ("90+11'", "{}", 90, 11),
    ],
)
def test_minutes(
    tmp_path: Path, written: str | None, extra: str, minute: int | None, added: int | None
) -> None:
    table = read(tmp_path, [match(1, (0, 0))], [what(1, "home", written, "Yellow Card", "A", extra=extra)])
    assert told(table, "minute", "added") == [(minute, added)]


def test_a_match_without_incidents_or_without_a_score(tmp_path: Path) -> None:
    rows = [match(1, (2, 2)), match(2, (None, None), sides="breda v emmen"), match(3, (2, 2))]
    table = read(tmp_path, rows, [])
    first, second, third = table.matches.to_pylist()
    assert (first["status"], first["home_goals"], first["home_ft"], first["after_extra_time"]) == (
        "played",
        2,
        None,
        None,
    )
    assert (second["status"], second["home_goals"], second["line"]) == ("fixture", None, 2)
    assert third["line"] == 3
    (report,) = table.reports
    assert (report.matches, report.played) == (3, 2)
    assert report.notes == (
        "3 matches without incidents",
        "1 matches without a score",
        "2 matches stand there more than once",
    )


def test_a_score_that_its_goals_do_not_make_is_kept_and_said(tmp_path: Path) -> None:
    table = read(tmp_path, [match(1, (3, 0))], [what(1, "home", "5'", "Yellow Card", "A")])
    (row,) = table.matches.to_pylist()
    assert (row["home_goals"], row["home_ht"], row["note"]) == (3, None, "its goals make it 0-0")


def test_what_is_not_understood_is_listed(tmp_path: Path) -> None:
    bad = match(2, (1, 0), day="soon")
    other = (3, "mars_liga-2021-2022", "a", "b", 1, 0, "2022-01-01", 0, "mars_liga", "2021-2022")
    table = read(tmp_path, [match(1, (0, 0)), bad, other], [what(2, "home", "5'", "Goal", "A")])
    assert table.matches.num_rows == 1
    assert table.incidents.num_rows == 0
    assert {(r.document, u.line, u.reason) for r in table.reports for u in r.unread} == {
        ("goals_time2/niederlande_eredivisie-2021-2022", 2, "no date"),
        ("goals_time2/mars_liga-2021-2022", 1, "league not known"),
    }


def test_the_two_files_belong_together(tmp_path: Path) -> None:
    path = write(tmp_path, [match(1, (0, 0))], [])
    beside = tmp_path / "goals_time2_incidents.parquet"
    assert incidents.finds(tmp_path) == incidents.finds(path) == incidents.finds(beside) == [path]
    beside.write_bytes(b"PAR1 and no more")
    with pytest.raises(SourceError, match=r"goals_time2_incidents\.parquet: cannot be read as Parquet"):
        incidents.read_files([path])
    pq.write_table(pa.table({"mid": [1]}), beside)
    with pytest.raises(SourceError, match=r"goals_time2_incidents\.parquet: no column side, minute"):
        incidents.read_files([path])
    beside.unlink()
    with pytest.raises(SourceError, match="is not beside it"):
        incidents.read_files([path])


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR is not set: no folder of source data")
def test_the_mirror() -> None:
    files = incidents.finds(Path(str(MIRROR)))
    table = incidents.read_files(files)
    # the counts of the mirror's own description
    assert table.matches.num_rows == sum(report.matches for report in table.reports) == 65_143
    assert sum(len(report.unread) for report in table.reports) == 0
    assert violations(table.matches) == []
    rows = {(r["document"], r["line"]): r for r in table.matches.to_pylist()}
    goals: dict[tuple[str, int], tuple[int, int]] = {}
    kinds = ("goal", "own-goal", "penalty")
    for g in table.incidents.filter(pa.compute.is_in(table.incidents["kind"], pa.array(kinds))).to_pylist():
        goals[g["document"], g["line"]] = (g["home_goals"], g["away_goals"])
    differing = [
        place
        for place, score in goals.items()
        if score != (rows[place]["home_goals"], rows[place]["away_goals"])
    ]
    assert len(differing) < 50
    (relegation,) = [
        r for r in rows.values() if r["home"] == "karlsruher-sc" and r["date"] == dt.date(2015, 6, 1)
    ]
    # Karlsruhe 1-2 Hamburg after extra time; 1-1 after 90 minutes, by Díaz in the 91st
    assert (relegation["home_goals"], relegation["away_goals"]) == (1, 2)
    assert (relegation["home_ft"], relegation["away_ft"], relegation["after_extra_time"]) == (1, 1, True)
