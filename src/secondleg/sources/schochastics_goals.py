"""Reader of the goals of schochastics/football-data (`data/goals_time/*.csv`): one row a goal, with its match.

Leagues of fourteen countries, the Champions League and the Europa League, and domestic cups of four. What the files do
not tell: goalless matches (they have no row), own goals and penalties (each goal is a `goal` here, under the name of
him who put it in), rounds, grounds. A score "4:2 i.E." is the shoot-out's; the match's is what its goals make.
"(Hinspiel 1:2)" is the score of the first leg, goals of the side at home in the second before the other's.

Stoppage time is told from 2022 on; before, a goal of the 93rd minute stands as the 90th. Of 41,615 matches with goals
that schochastics_incidents has too (same day, sides and score), 78 % have every goal in the same minute and 97 % within
a minute.

A half-time score is what the minutes make of it, where every goal has one and all make the score, from 2009-10 on: of
37,394 such matches of nine leagues 37,385 have football-data.co.uk's, and of 35,831 of schochastics_incidents 35,825.
Of the years before it is left out in both, cups too: by league 96.7 (Italy) to 99.7 % agree here, and 99.4 % of
Spain's there.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from secondleg.errors import SourceError
from secondleg.sources import _schochastics_goals_sql as sql
from secondleg.sources.contract import INCIDENTS, MATCHES, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "schochastics-goals"

_COMPETITIONS: Final = {
    "aut-bundesliga.csv": "aut.1",
    "bel-pro-league.csv": "bel.1",
    "champions-league.csv": "uefa.cl",
    "cze-1-fotbalova-liga.csv": "cze.1",
    "dfb-pokal.csv": "ger.cup",
    "eng-fa-cup.csv": "eng.facup",
    "eng-league-cup.csv": "eng.eflcup",
    "eng-premier-league.csv": "eng.1",
    "esp-copa-del-rey.csv": "esp.cup",
    "esp-primera-division.csv": "esp.1",
    "europa-league.csv": "uefa.el",
    "fra-coupe-de-france.csv": "fra.cup",
    "fra-ligue-1.csv": "fra.1",
    "gre-super-league.csv": "gre.1",
    "ita-serie-a.csv": "ita.1",
    "ned-eredivisie.csv": "ned.1",
    "nor-eliteserien.csv": "nor.1",
    "pol-ekstraklasa.csv": "pol.1",
    "sco-premiership.csv": "sco.1",
    "sui-super-league.csv": "sui.1",
    "tur-sueperlig.csv": "tur.1",
}
_NOTES: Final = {
    "repeated": "{:,} goals stand there more than once",
    "elsewhere": "{:,} matches of CONCACAF's Champions League left out",
    "twice": "{:,} matches stand there with two scores: the later holds",
    "awarded": "{:,} matches were awarded",
    "differing": "{:,} matches have another score than their goals make",
    "untimed": "{:,} goals without a minute",
    "stateless": "{:,} matches with a home side whose country is not known",
}
_CALENDAR_YEAR: Final = frozenset({"nor.1"})
"""Leagues whose season is a calendar year."""
_FIELDS: Final = ("scoring_player", "scoring_team", "time", "GH", "GA", "game", "date", "season")
_ELSEWHERE: Final = "concacaf"


@dataclass(slots=True)
class _Columns:
    """The rows of all files, as columns for DuckDB."""

    document: list[str]
    competition: list[str]
    country: list[str | None]
    calendar: list[bool]
    line: list[int]
    values: list[list[str]]


def finds(path: Path) -> list[Path]:
    """The files of goals below `path` (or `path` itself): by name, and by the first column."""
    found = [path] if path.is_file() else sorted(p for name in _COMPETITIONS for p in path.rglob(name))
    return [p for p in found if p.name in _COMPETITIONS and _holds_goals(p)]


def document_name(path: Path) -> str:
    """A file's name upstream, wherever its folder lies on this machine."""
    return f"goals_time/{path.name}"


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read files of goals into matches and their goals; `progress` is told how many are read, and of how many.

    A match stands at the line of its first goal. Sides of UEFA's files have a country where
    `_schochastics_goals_countries.toml`, or a league's file among `files`, tells it. Raises SourceError for a file
    without the expected columns, that is not CSV or not UTF-8.
    """
    columns = _Columns([], [], [], [], [], [[] for _ in _FIELDS])
    short: dict[str, list[UnreadLine]] = {document_name(path): [] for path in files}
    for number, path in enumerate(files, start=1):
        document, code = document_name(path), _COMPETITIONS[path.name]
        owner = code.partition(".")[0]
        before = len(columns.line)
        for line, row in _rows(path):
            if len(row) != len(_FIELDS):
                short[document].append(UnreadLine(line, ",".join(row)[:200], f"{len(row)} fields, not 8"))
                continue
            columns.line.append(line)
            for values, value in zip(columns.values, row, strict=True):
                values.append(value)
        rows = len(columns.line) - before
        columns.calendar += [code in _CALENDAR_YEAR] * rows
        columns.document += [document] * rows
        columns.competition += [code] * rows
        columns.country += [None if owner == "uefa" else owner] * rows
        if progress:
            progress(number, len(files))
    with duckdb.connect(":memory:") as connection:
        return _table(connection, columns, short)


def _table(
    connection: duckdb.DuckDBPyConnection, columns: _Columns, short: dict[str, list[UnreadLine]]
) -> SourceTable:
    raw = pa.table(
        {
            "document": pa.array(columns.document, pa.string()),
            "competition": pa.array(columns.competition, pa.string()),
            "country": pa.array(columns.country, pa.string()),
            "calendar": pa.array(columns.calendar, pa.bool_()),
            "line": pa.array(columns.line, pa.int32()),
            **{
                name.lower(): pa.array(values, pa.string())
                for name, values in zip(_FIELDS, columns.values, strict=True)
            },
        }
    )
    known, elsewhere = _countries()
    connection.register("raw", raw)
    connection.register("declared", _strings(name=list(known), country=list(known.values())))
    connection.register("elsewhere", _strings(name=list(elsewhere)))
    for step in sql.STEPS:
        connection.execute(step)
    values = {"source": NAME, "halves_from": sql.HALVES_FROM}
    matches = connection.execute(sql.MATCHES, values).to_arrow_table().cast(MATCHES)
    incidents = connection.execute(sql.INCIDENTS, {"source": NAME}).to_arrow_table().cast(INCIDENTS)
    return SourceTable(matches, _reports(connection, short), incidents=incidents)


def _reports(
    connection: duckdb.DuckDBPyConnection, short: dict[str, list[UnreadLine]]
) -> tuple[FileReport, ...]:
    unread = {document: list(lines) for document, lines in short.items()}
    for document, line, text, reason in connection.execute(sql.UNREAD).fetchall():
        unread[document].append(UnreadLine(line, re.sub(r"\s+", " ", text)[:200], reason))
    counted = {row["document"]: row for row in connection.execute(sql.REPORTS).to_arrow_table().to_pylist()}
    reports = []
    for document, lines in unread.items():
        row = counted.get(document, {})
        reports.append(
            FileReport(
                document=document,
                matches=row.get("matches", 0),
                played=row.get("played", 0),
                unread=tuple(sorted(lines, key=lambda line: line.line)),
                notes=tuple(text.format(row[name]) for name, text in _NOTES.items() if row and row[name]),
                first=row.get("first"),
                last=row.get("last"),
            )
        )
    return tuple(reports)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file below its header, each with the line on which it begins."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != list(_FIELDS):
                raise SourceError(
                    f"its columns are not {', '.join(_FIELDS)}",
                    file=path.name,
                    line=1,
                    hint="Take the file anew from its source.",
                )
            line = reader.line_num + 1
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte {error.start})", file=path.name, hint="Convert it to UTF-8, or take it anew."
        ) from error
    except csv.Error as error:
        raise SourceError(
            f"is not CSV ({error})", file=path.name, hint="Take the file anew from its source."
        ) from error


def _holds_goals(path: Path) -> bool:
    with path.open("rb") as file:
        return _FIELDS[0].encode() in file.read(64)


@cache
def _countries() -> tuple[dict[str, str], tuple[str, ...]]:
    """Country by side of UEFA's files, and the sides that are of none of its countries."""
    text = resources.files(__package__).joinpath("_schochastics_goals_countries.toml").read_text("utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)["countries"]
    return (
        {name: country for country, names in table.items() if country != _ELSEWHERE for name in names},
        tuple(table[_ELSEWHERE]),
    )


def _strings(**columns: list[str]) -> Any:
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
