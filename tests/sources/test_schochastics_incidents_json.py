"""The incidents of schochastics as upstream serves them: one JSON file a league and season."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from secondleg.errors import SourceError
from secondleg.sources import schochastics_incidents as incidents
from secondleg.sources.contract import SourceTable, incident_violations, violations

MIRROR = os.environ.get("SECONDLEG_MIRROR")
LEAGUE = "belgien_jupiler-league-2016-2017"
DOCUMENT = f"goals_time2/{LEAGUE}"
NAME = f"{LEAGUE}.json"

# in upstream's own words: indented, a key only where something is known, {} for no metadata
SERVED = """[
  {
    "league": "belgien_jupiler-league-2016-2017",
    "home": "fc-brugge",
    "away": "kv-oostende",
    "GH": 2,
    "GA": 1,
    "date": "2016-12-03",
    "incident": {
      "incidents": [
        {"team": "home", "minute": "12'", "incident_type": "Goal", "player_name": "A", "assist_player_name": "B",
         "home_score": "1", "away_score": "0"},
        {"team": "away", "minute": "45+2'", "added_time": "2", "incident_type": "Own goal", "player_name": "C",
         "home_score": "1", "away_score": "1"},
        {"team": "home", "minute": "46'", "incident_type": "Substitution", "player_out": "A", "player_in": "D"},
        {"team": "away", "minute": "52'", "incident_type": "Yellow Card", "player_name": "Z", "card_reason": "Foul"},
        {"team": "home", "minute": "73'", "incident_type": "Substitution - Out", "player_name": "E"},
        {"team": "home", "minute": "73'", "incident_type": "Substitution - In", "player_name": "F"},
        {"team": "away", "incident_type": "Yellow Card", "player_name": ""},
        {"team": "home", "minute": "90:00", "added_time": "4", "incident_type": "Penalty Awarded", "player_name": "D",
         "home_score": "2", "away_score": "1"}
      ],
      "metadata": [{"referee": "R", "venue": "V", "city": "Brugge", "attendance": "28 000", "capacity": "29 062"}]
    }
  },
  {
    "league": "belgien_jupiler-league-2016-2017",
    "home": "rsc-charleroi",
    "away": "standard-luttich",
    "date": "2016-12-04",
    "incident": {"incidents": [], "metadata": {}}
  }
]
"""


def write(folder: Path, text: str, name: str = NAME) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(*files: Path) -> SourceTable:
    table = incidents.read_files(files)
    assert violations(table.matches) == []
    assert incident_violations(table.incidents) == []
    return table


def match(**more: Any) -> dict[str, Any]:
    told = {"league": LEAGUE, "home": "a", "away": "b", "GH": 0, "GA": 0, "date": "2016-12-03"}
    return told | {"incident": {"incidents": [], "metadata": {}}} | more


def test_matches_and_what_happened(tmp_path: Path) -> None:
    table = read(write(tmp_path, SERVED))
    first, second = table.matches.to_pylist()
    assert (first["document"], first["line"], first["competition"], first["season"]) == (
        DOCUMENT,
        1,
        "bel.1",
        2016,
    )
    assert (first["home"], first["away"], first["date"]) == (
        "fc-brugge",
        "kv-oostende",
        dt.date(2016, 12, 3),
    )
    assert (first["home_goals"], first["away_goals"], first["home_ht"], first["away_ht"]) == (2, 1, 1, 1)
    # today's name of a ground, and attendances that stand with other matches too, are not taken
    assert (first["ground"], table.statistics) == (None, None)
    assert (second["status"], second["line"], second["home_goals"]) == ("fixture", 2, None)
    fields = ("nth", "kind", "side", "minute", "added", "player", "other", "home_goals", "away_goals")
    assert [tuple(row[field] for field in fields) for row in table.incidents.to_pylist()] == [
        (1, "goal", "home", 12, None, "A", "B", 1, 0),
        (2, "own-goal", "away", 45, 2, "C", None, 1, 1),
        (3, "substitution", "home", 46, None, "A", "D", None, None),
        (4, "yellow", "away", 52, None, "Z", None, None, None),
        (5, "substitution", "home", 73, None, "E", "F", None, None),
        (6, "yellow", "away", None, None, None, None, None, None),
        (7, "penalty", "home", 90, 4, "D", None, 2, 1),
    ]
    (report,) = table.reports
    assert (report.document, report.matches, report.played, report.unread) == (DOCUMENT, 2, 1, ())


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        ("a match", "is no match"),
        (match(league="belgien_jupiler-league-2015-2016"), "its league is not that of the file"),
        (match(GH="2"), "GH and GA are not a score"),
        (match(GA=-1), "GH and GA are not a score"),
        (match(GA=True), "GH and GA are not a score"),
        (match(incident={"incidents": "none"}), "its incidents are no list"),
        (match(away="a"), "two different sides are needed"),
        (match(date=20161203), "no date"),
        (match(date="2018-12-03"), "the season does not fit the date"),
    ],
)
def test_a_match_that_is_not_understood_is_listed(tmp_path: Path, one: object, reason: str) -> None:
    table = read(write(tmp_path, json.dumps([one, match(home="c")])))
    assert table.matches["line"].to_pylist() == [2]
    assert [(u.line, u.reason) for u in table.reports[0].unread] == [(1, reason)]


@pytest.mark.parametrize("nothing", [{"incidents": {}}, {"incidents": None}, {}, [], None])
def test_a_match_without_incidents(tmp_path: Path, nothing: object) -> None:
    table = read(write(tmp_path, json.dumps([match(incident=nothing)])))
    assert table.matches["home_goals"].to_pylist() == [0]
    assert table.reports[0].notes == ("1 matches without incidents",)


def test_an_incident_of_neither_side_is_counted(tmp_path: Path) -> None:
    told = {"incidents": ["a goal", {"team": "referee", "minute": "5'", "incident_type": "Yellow Card"}]}
    table = read(write(tmp_path, json.dumps([match(incident=told)])))
    assert table.incidents.num_rows == 0
    assert "2 incidents of neither side left out" in table.reports[0].notes


def test_a_file_without_matches_has_a_report(tmp_path: Path) -> None:
    table = read(write(tmp_path, "[]"))
    assert [(r.document, r.matches) for r in table.reports] == [(DOCUMENT, 0)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"{}", "is no list of matches"),
        (b"[\n{", r"2016-2017\.json, line 2: is not JSON"),
        (b'["\xff"]', r"is not UTF-8 \(byte 2\)"),
        (b"[" * 200_000, "is not JSON"),
        (b"[1" + b"0" * 9_000 + b"]", "is not JSON that can be read"),
        (json.dumps([match(home="\ud800")]).encode(), "holds half a character"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, text: bytes, error: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(text)
    assert incidents.finds(tmp_path) == [path]
    with pytest.raises(SourceError, match=error):
        incidents.read_files([path])


def test_which_files_it_finds(tmp_path: Path) -> None:
    ours = write(tmp_path, SERVED)
    new = write(
        tmp_path, '[{"league": "norwegen_eliteserien-2024-2025"}]', "norwegen_eliteserien-2024-2025.json"
    )
    write(tmp_path, '[{"player": 7}]', "some_thing-2024-2025.json")
    write(tmp_path, '[{"league": "x"}]', "package.json")
    assert incidents.finds(tmp_path) == [ours, new]
    assert incidents.finds(ours) == [ours]
    assert incidents.document_name(ours) == DOCUMENT
    # a league that upstream adds is told, not passed over
    report = incidents.read_files([new]).reports[0]
    assert [u.reason for u in report.unread] == ["league not known"]


def pair(folder: Path, *rows: tuple[object, ...]) -> Path:
    """The condensed pair, with matches and no incidents."""
    names = ("mid", "league", "comp", "season", "date", "home", "away", "gh", "ga")
    matches = pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})
    pq.write_table(matches, folder / "goals_time2_matches.parquet")
    fields = ("side", "minute", "type", "player", "player_in", "hs", "as_", "extra")
    none = {"mid": pa.array([], pa.int64())} | {field: pa.array([], pa.string()) for field in fields}
    pq.write_table(pa.table(none), folder / "goals_time2_incidents.parquet")
    return folder / "goals_time2_matches.parquet"


def test_json_goes_before_parquet(tmp_path: Path) -> None:
    def row(number: int, season: str, day: str) -> tuple[object, ...]:
        comp = "belgien_jupiler-league"
        return (number, f"{comp}-{season}", comp, season, day, "x", "y", 4, 4)

    condensed = pair(tmp_path, row(1, "2016-2017", "2016-12-03"), row(2, "2017-2018", "2017-12-03"))
    both = [write(tmp_path, SERVED), condensed]
    assert incidents.finds(tmp_path) == both
    for files in (both, both[::-1]):
        table = read(*files)
        rows = {(r["document"], r["home"]) for r in table.matches.to_pylist()}
        other = "goals_time2/belgien_jupiler-league-2017-2018"
        assert rows == {(DOCUMENT, "fc-brugge"), (DOCUMENT, "rsc-charleroi"), (other, "x")}
        assert sorted(report.document for report in table.reports) == [DOCUMENT, other]


@pytest.mark.slow
def test_mutated_files_end_in_matches_or_in_a_clear_error(tmp_path: Path) -> None:
    """Each match of a file is a row or listed, whatever is done to its bytes."""
    chance = random.Random(11)
    path = tmp_path / NAME
    outcomes = {"rows": 0, "error": 0}
    for _ in range(150):
        text = bytearray(SERVED.encode())
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(text))
            pieces = [b"", b'"', b"null", b"9", b"{}", b"[]", b"\\ud800", b"\xff", b",", b"\0", b"-", b"e5"]
            text[at : at + chance.randint(0, 3)] = chance.choice(pieces)
        path.write_bytes(bytes(text))
        try:
            table = read(path)
        except SourceError:
            outcomes["error"] += 1
        else:
            outcomes["rows"] += 1
            (report,) = table.reports
            assert report.matches + len(report.unread) == len(json.loads(bytes(text)))
    assert min(outcomes.values()) > 5


def as_served(match: dict[str, Any], happened: list[dict[str, Any]]) -> dict[str, Any]:
    """A match of the condensed pair as upstream has it."""
    told = []
    for row in happened:
        pairs: dict[str, Any] = {"team": row["side"], "minute": row["minute"], "incident_type": row["type"]}
        if row["type"] == "Substitution":
            pairs |= {"player_out": row["player"], "player_in": row["player_in"]}
        else:
            pairs["player_name"] = row["player"] or ""
        pairs |= {"home_score": row["hs"], "away_score": row["as_"], "card_reason": row["reason"]}
        pairs |= json.loads(row["extra"])
        told.append({key: value for key, value in pairs.items() if value is not None})
    top = {"league": match["league"], "home": match["home"], "away": match["away"]}
    top |= {"GH": match["gh"], "GA": match["ga"], "date": match["date"]}
    served = {key: value for key, value in top.items() if value is not None}
    return served | {"incident": {"incidents": told, "metadata": {}}}


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR is not set: no folder of source data")
def test_both_forms_give_the_same(tmp_path: Path) -> None:
    """Documents of the condensed pair, turned into upstream's form: those with the oddest contents."""
    folder = Path(str(MIRROR)) / "schochastics"
    chosen = (
        "belgien_jupiler-league-2016-2017",  # a match without a score
        "england_premier-league-2002-2003",  # halves of substitutions
        "italien_serie-a-2013-2014",  # minutes that are none
        "niederlande_eredivisie-2021-2022",  # shoot-outs
        "portugal_liga-portugal-2023-2024",  # minutes written 90:00
        "spanien_la-liga-2011-2012",  # a goal without a minute
    )
    happened: dict[int, list[dict[str, Any]]] = defaultdict(list)
    matches = pq.read_table(folder / "goals_time2_matches.parquet")
    matches = matches.filter(pc.is_in(matches["league"], pa.array(chosen)))
    rows = pq.read_table(folder / "goals_time2_incidents.parquet")
    for row in rows.filter(pc.is_in(rows["mid"], matches["mid"].combine_chunks())).to_pylist():
        happened[row["mid"]].append(row)
    for league in chosen:
        told = [as_served(m, happened[m["mid"]]) for m in matches.to_pylist() if m["league"] == league]
        write(tmp_path, json.dumps(told, indent=2, ensure_ascii=False), f"{league}.json")

    served = read(*incidents.finds(tmp_path))
    condensed = incidents.read_files(incidents.finds(folder))
    documents = pa.array([f"goals_time2/{league}" for league in chosen])
    for ours, theirs in (
        (served.matches, condensed.matches),
        (served.incidents, condensed.incidents),
    ):
        theirs = theirs.filter(pc.is_in(theirs["document"], documents))
        assert ours.num_rows == theirs.num_rows > 2000
        assert ours.equals(theirs)
    assert list(served.reports) == [r for r in condensed.reports if r.document in documents.to_pylist()]
