"""Parquet tables and JSON files that readers know, written anew for each input with something wrong in them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from secondleg.sources.contract import SourceTable
from support.fuzz_seeds import RESULT_FILES
from support.fuzzing import Input, Told
from support.mutate import CELLS, damaged, mutated, mutated_column, mutated_columns

__all__ = [
    "every_row",
    "every_row_of_it",
    "incident_pair",
    "league_copy",
    "lost_in_json",
    "lost_incidents",
    "matches_json",
    "odds_copy",
    "results_copy",
]

Row = dict[str, Any]


def _cells(rng: random.Random, rows: Sequence[Row], schema: pa.Schema) -> list[Row]:
    """A copy of a few rows with one to three cells wrong, or a row that is there twice or not at all."""
    rows = [dict(row) for row in rows]
    for _ in range(rng.choice((1, 1, 2, 3))):
        if rows and rng.random() < 0.15:
            at = rng.randrange(len(rows))
            if rng.random() < 0.5:
                rows.insert(at, dict(rows[at]))
            else:
                del rows[at]
            continue
        field = schema.field(rng.randrange(len(schema)))
        values = mutated_column(rng, [row[field.name] for row in rows], field.type)
        for row, value in zip(rows, values, strict=True):
            row[field.name] = value
    return rows


def _written(rng: random.Random, table: pa.Table, path: Path, structure: float) -> int | None:
    """Write a table, now and then of another form or with damaged bytes; its rows, None where bytes are damaged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if rng.random() < structure:
        table = mutated_columns(rng, table)
    try:
        pq.write_table(table, path, compression=rng.choice(("snappy", "none", "zstd")))
    except (pa.ArrowException, ValueError):  # no such thing can be written
        pq.write_table(table.slice(0, 0).select([0]), path)
    if rng.random() < structure / 2:
        path.write_bytes(damaged(rng, path.read_bytes()))
        return None
    return int(table.num_rows)


def every_row(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    """Each row is a match or unread."""
    if not item.rows:
        return
    assert table.matches is not None
    if any("is called so" in line.reason for report in table.reports for line in report.unread):
        return  # a file of no known competition is unread as a whole
    held = sum(note != "not in the file" for note in table.matches["note"].to_pylist())
    unread = sum(len(report.unread) for report in table.reports)
    if held + unread != item.rows[0]:
        yield f"{item.rows[0]} rows, of which {held} are read and {unread} unread"


def every_row_of_it(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    """Each row of its document is a match, unread, or noted as one without a day."""
    held = len(told.matches) + len(told.unread) + told.noted("matches of")
    if item.rows and held != item.rows[0]:
        yield f"{item.rows[0]} rows, of which {held} are read, unread or noted"


# --- schochastics: all results in one table -------------------------------------------------------

_RESULTS: Final = (
    ("Burnley FC", "Liverpool FC", "2016-08-20", 2, 0, "F", "england", "england"),
    ("Arsenal FC", "Liverpool FC", "2016-08-14", 3, 4, "FALSE", "england", "england"),
    ("Liverpool FC", "AS Roma", "1984-05-30", 1, 1, "P", "england", "italy"),
    ("River Plate", "Boca Juniors", "2018-12-09", 3, 1, "E", "argentina", "argentina"),
)
_RESULT_NAMES: Final = (
    "home",
    "away",
    "date",
    "gh",
    "ga",
    "full_time",
    "home_country",
    "away_country",
    "file",
)


def results_copy(rng: random.Random, folder: Path) -> list[Input]:
    """A table of many files' results, damaged one by one; or a small one of another form."""
    text = rng.choice((pa.string(), pa.large_string()))
    number = rng.choice((pa.int16(), pa.int64(), pa.string()))
    kinds = [text, text, rng.choice((pa.string(), pa.date32())), number, number, text, text, text, text]
    schema = pa.schema(list(zip(_RESULT_NAMES, kinds, strict=True)))
    good = pa.table(
        [
            pa.array(values).cast(kind)
            for values, kind in zip(zip(*_RESULTS, strict=True), kinds[:8], strict=True)
        ],
        names=_RESULT_NAMES[:8],
    ).to_pylist()
    structure = 0.2
    whole = rng.random() < structure
    rows: list[Row] = []
    times = 8 if whole else 400
    for at in range(times):
        own = [
            row | {"file": rng.choice(RESULT_FILES) if at % 2 else f"{at % 59 + 1} spain.csv"} for row in good
        ]
        rows += _cells(rng, own, schema)
    path = folder / "results_1888_2019.parquet"
    number_of_rows = _written(rng, pa.Table.from_pylist(rows, schema), path, 1.0 if whole else 0.0)
    counted = () if whole or number_of_rows is None else (number_of_rows,)
    return [Input(path, path.name, b"", times=1 if whole else times, rows=counted)]


# --- engsoccerdata: the copy of England's leagues -------------------------------------------------

_ENGLAND: Final = pa.table(
    {
        "Date": ["1888-12-26", "1931-08-29", "1957-08-24"],
        "Season": pa.array([1888, 1931, 1957], pa.float64()),
        "home": ["Bolton Wanderers", "Wigan Borough", "Millwall"],
        "visitor": ["Preston North End", "Rochdale", "Brighton & Hove Albion"],
        "FT": ["2-5", "3-0", "2-2"],
        "hgoal": pa.array([2, 3, 2], pa.int32()),
        "vgoal": pa.array([5, 0, 2], pa.int32()),
        "division": ["1", "3N", "3S"],
        "tier": pa.array([1, 3, 3], pa.float64()),
    }
)


def league_copy(rng: random.Random, folder: Path) -> list[Input]:
    """Copies of leagues, each with cells, columns or bytes that are wrong."""
    found = []
    for at in range(50):
        name = f"{at} england" if at else "england"
        path = folder / "data-raw" / f"{name}.parquet"
        whole = rng.random() < 0.3
        table = pa.Table.from_pylist(_cells(rng, _ENGLAND.to_pylist(), _ENGLAND.schema), _ENGLAND.schema)
        rows = _written(rng, table, path, 1.0 if whole else 0.0)
        found.append(Input(path, f"data-raw/{name}.csv", b"", rows=() if whole or rows is None else (rows,)))
    return sorted(found, key=lambda item: item.document)


# --- football-data.co.uk: the copy of all files ---------------------------------------------------

_COPY: Final = pa.table(
    {
        "league": ["England", "England", "Argentina"],
        "division": pa.array([1, 2, 1], pa.int16()),
        "year": pa.array([2020, 2020, 2013], pa.int16()),
        "date": pa.array(["2019-08-09", "2020-01-11", "2012-08-03"]).cast(pa.date32()),
        "home_team": ["Liverpool", "Leeds", "Arsenal Sarandi"],
        "away_team": ["Norwich", "Sheffield Weds", "Union de Santa Fe"],
        "odds__bet365__home_win__full_time_goals": pa.array([1.14, 1.6, None], pa.float32()),
        "odds__bet365__draw__full_time_goals": pa.array([10, 4.2, None], pa.float32()),
        "odds__bet365__away_win__full_time_goals": pa.array([19, 5.5, None], pa.float32()),
        "odds__pinnacle__home_win__full_time_goals": pa.array([1.15, 1.65, 1.9], pa.float32()),
        "odds__pinnacle_closing__home_win__full_time_goals": pa.array([1.14, 1.7, None], pa.float32()),
        "odds__bet365__size_of_asian_handicap_home_team__full_time_goals": pa.array(
            [-2.25, -1, None], pa.float32()
        ),
        "odds__bet365__asian_handicap_home_team__full_time_goals": pa.array([1.96, 2.02, None], pa.float32()),
        "odds__bet365__asian_handicap_away_team__full_time_goals": pa.array([1.94, 1.9, None], pa.float32()),
        "target__home_team__full_time_goals": pa.array([4, 0, 1], pa.float32()),
        "target__away_team__full_time_goals": pa.array([1, 2, 0], pa.float32()),
        "target__home_team__half_time_goals": pa.array([4, 0, -1], pa.float32()),
        "target__away_team__half_time_goals": pa.array([0, 0, -1], pa.float32()),
        "target__home_team__shots": pa.array([15, 18, -1], pa.float32()),
        "target__away_team__shots": pa.array([12, 11, -1], pa.float32()),
    }
)


def odds_copy(rng: random.Random, folder: Path) -> list[Input]:
    """The copy with cells, columns or bytes that are wrong."""
    path = folder / "fdcouk_1994_2024.parquet"
    whole = rng.random() < 0.3
    table = pa.Table.from_pylist(_cells(rng, _COPY.to_pylist(), _COPY.schema), _COPY.schema)
    rows = _written(rng, table, path, 1.0 if whole else 0.0)
    return [Input(path, path.name, b"", rows=() if whole or rows is None else (rows,))]


# --- schochastics: matches and incidents ----------------------------------------------------------

_PLAYED: Final = pa.schema(
    [("mid", pa.int64()), *((name, pa.string()) for name in ("league", "comp", "season", "date", "home", "away")),
     ("gh", pa.int64()), ("ga", pa.int64())]
)  # fmt: skip
_HAPPENED: Final = pa.schema(
    [("mid", pa.int64())]
    + [
        (name, pa.string())
        for name in ("side", "minute", "type", "player", "player_in", "hs", "as_", "extra")
    ]
)
_LEAGUES: Final = (
    "niederlande_eredivisie",
    "deutschland_bundesliga",
    "england_premier-league",
    "spanien_la-liga",
)
_HAPPENINGS: Final = (
    ("home", "12'", "Goal", "A", None, "1", "0", '{"assist_player_name": "B"}'),
    ("away", "30'", "Yellow Card", "X", None, None, None, "{}"),
    ("home", "45+2'", "Own goal", "Y", None, "2", "0", "{}"),
    ("away", "50'", "Penalty Awarded", "Z", None, "2", "1", "{}"),
    ("home", "60'", "Penalty Awarded", "A", None, None, None, "{}"),
    ("away", "61'", "Yellow Card", "X", None, None, None, "{}"),
    ("home", "70'", "Substitution", "A", "C", None, None, "{}"),
    ("away", "75'", "Substitution - Out", "Z", None, None, None, "{}"),
    ("away", "75'", "Substitution - In", "W", None, None, None, "{}"),
    ("away", "80:12'", "Red Card", "Z", None, None, None, '{"added_time": "3"}'),
    ("home", "85'", "Goal Disallowed", "C", None, None, None, "{}"),
    ("away", "1", "Penalty Awarded", "E", None, None, None, "{}"),
)


def incident_pair(rng: random.Random, folder: Path) -> list[Input]:
    """The two tables with many matches, each damaged by itself; or with one, in another form."""
    whole = rng.random() < 0.3
    times = 1 if whole else 250
    played: list[Row] = []
    happened: list[Row] = []
    for at in range(times):
        comp, season = rng.choice(_LEAGUES), 2000 + at % 20
        score = rng.choice(((2, 1), (3, 1), (2, 2)))
        match: Row = {
            "mid": 10 + at, "league": f"{comp}-{season}-{season + 1}", "comp": comp, "season": f"{season}-{season + 1}",
            "date": f"{season}-09-{at % 28 + 1:02}", "home": f"emmen-{at}", "away": f"breda-{at}",
            "gh": score[0], "ga": score[1],
        }  # fmt: skip
        names = _HAPPENED.names[1:]
        told = [{"mid": 10 + at} | dict(zip(names, what, strict=True)) for what in _HAPPENINGS]
        if rng.random() < 0.4:
            played += _cells(rng, [match], _PLAYED)
            happened += told
        else:
            played.append(match)
            happened += _cells(rng, told, _HAPPENED)
    path = folder / "goals_time2_matches.parquet"
    matches = _written(rng, pa.Table.from_pylist(played, _PLAYED), path, 0.6 if whole else 0.0)
    table = pa.Table.from_pylist(happened, _HAPPENED)
    beside = path.with_name("goals_time2_incidents.parquet")
    _written(rng, table, beside, 0.6 if whole else 0.0)
    counted = () if whole or matches is None else (matches, len(happened))
    return [Input(path, path.name, b"", times=times, beside=beside.name, rows=counted)]


_LEFT_OUT: Final = ("kicks of", "disallowed", "penalties left", "incidents of other", "incidents of neither")


def lost_incidents(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    """Each match is read or unread; each incident is read or counted, but for those of matches that are unread."""
    if not item.rows:
        return
    yield from every_row(item, told, table)
    assert table.incidents is not None
    reports = [Told(report) for report in table.reports]
    noted = sum(report.noted(words) for report in reports for words in _LEFT_OUT)
    unread = sum(len(report.unread) for report in reports)
    held = table.incidents.num_rows + noted
    # a player who came on and one who went off are one substitution; an unread match has at most so many as a whole one
    pairs = pc.sum(pc.is_valid(table.incidents["other"])).as_py() or 0
    if not held <= item.rows[1] <= held + pairs + unread * len(_HAPPENINGS):
        yield f"{item.rows[1]} incidents, of which {held} are read or noted, {unread} matches unread"


_NAMES: Final = ("team", "minute", "incident_type", "player_name", "player_in", "home_score", "away_score")


_VALUES: Final = (*CELLS, [], {}, [[]], {"incidents": 5}, [None], True, False, "\ud800", 10**400, {"GH": 1})


def _mutate_value(rng: random.Random, tree: Any) -> None:
    """Replace, drop or double one value somewhere in a JSON document."""
    at = tree
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(at[key], dict | list) and at[key] and rng.random() < 0.85:
            at = at[key]
            continue
        match rng.randrange(4):
            case 0:
                del at[key]
            case 1 if isinstance(at, list):
                at.insert(key, copy.deepcopy(at[key]))
            case 2:
                at[key] = copy.deepcopy(at[rng.choice(keys)])
            case _:
                at[key] = copy.deepcopy(rng.choice(_VALUES))
        return


def matches_json(rng: random.Random, folder: Path) -> list[Input]:
    """Files of a league and season as upstream serves them."""
    found = []
    for comp in _LEAGUES:
        for season in range(1990, 2020):
            league = f"{comp}-{season}-{season + 1}"
            incidents = [
                {name: value for name, value in zip(_NAMES, what, strict=False) if value is not None}
                for what in _HAPPENINGS
            ]
            matches = [
                {
                    "league": league, "home": "emmen", "away": "breda", "GH": 2, "GA": 1, "date": f"{season}-09-12",
                    "incident": {"incidents": incidents, "metadata": {"venue": "De Oude Meerdijk"}},
                },
                {"league": league, "home": "breda", "away": "emmen", "date": f"{season + 1}-03-01", "incident": {}},
            ]  # fmt: skip
            if rng.random() < 0.8:
                for _ in range(rng.choice((1, 1, 2, 3))):
                    _mutate_value(rng, matches)
                data = json.dumps(matches, ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
            else:
                data = mutated(rng, json.dumps(matches, ensure_ascii=False, indent=1).encode())
            path = folder / "goals_time2" / f"{league}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            found.append(Input(path, f"goals_time2/{league}", data))
    return found


def lost_in_json(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    """Each item of the list is a match or unread; each incident of a match that is read is read or counted."""
    told_of_file = json.loads(item.data.decode("utf-8-sig"))
    if len(told_of_file) != len(told.matches) + len(told.unread):
        yield f"{len(told_of_file)} matches, {len(told.matches)} read, {len(told.unread)} unread"
    if told.unread:
        return
    written = 0
    for match in told_of_file:
        about = match.get("incident")
        written += len((about.get("incidents") if isinstance(about, dict) else about) or ())
    held = told.incidents + sum(told.noted(words) for words in _LEFT_OUT)
    if not held <= written <= held + item.data.count(b"Substitution - In"):
        yield f"{written} incidents, of which {held} are read or noted"
