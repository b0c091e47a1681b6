"""The incidents of schochastics/football-data as upstream serves them: one JSON file a league and season.

Each holds a list of matches, the last one first: `league`, `home`, `away`, `GH`, `GA`, `date`, and under `incident`
the list `incidents` with what happened. What is not known has no key: no `GH` and `GA` for a match that was not played,
no `minute` for a goal that was called off. Both become tables of text with the columns of the condensed Parquet pair;
what is in them is judged by the same statements (`_schochastics_incidents_sql`).

Left out is what stands under `metadata`: a ground has the name of today (the San Paolo of 2001 that of Maradona), an
attendance may be that of another match (the 15,222 of Den Haag v Excelsior in 2022 stand with Alkmaar v Vitesse too),
and a referee is a family name with an initial.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from secondleg.errors import SourceError

__all__ = ["HAPPENED", "PLAYED", "finds", "league_of", "read"]

PLAYED: Final = pa.schema(
    [
        pa.field("file_row_number", pa.int64()),
        pa.field("mid", pa.int64()),
        *(pa.field(name, pa.string()) for name in ("league", "comp", "season", "date", "home", "away")),
        pa.field("gh", pa.int64()),
        pa.field("ga", pa.int64()),
        pa.field("fault", pa.string()),  # why it is no match that can be read
    ]
)
"""One row a match, in the order of the files."""

HAPPENED: Final = pa.schema(
    [
        pa.field("file_row_number", pa.int64()),
        pa.field("mid", pa.int64()),  # the match in PLAYED
        *(
            pa.field(name, pa.string())
            for name in (
                "side", "minute", "type", "player", "player_in", "hs", "as_", "assist", "added_time",
            )
        ),
    ]
)  # fmt: skip
"""One row an incident, in the order of the files."""

_NAME: Final = re.compile(r"(?P<comp>[a-z0-9]+_[a-z0-9-]+)-(?P<season>\d{4}-\d{4})\.json")
_HEAD: Final = 400
"""Bytes at the start of a file in which the first match must begin."""
_MOST_GOALS: Final = 99
_ANEW: Final = "Take the file anew from its source."


def finds(path: Path, known: frozenset[str]) -> list[Path]:
    """The JSON files at or below `path`: those of the leagues `known`, and others that begin as such files do."""
    below = [path] if path.is_file() else path.rglob("*.json")
    return [file for file in below if file.is_file() and _is_one(file, known)]


def _is_one(path: Path, known: frozenset[str]) -> bool:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return False
    if found["comp"] in known:
        return True
    with path.open("rb") as file:
        return b'"league"' in file.read(_HEAD)


def league_of(path: Path) -> str:
    """The league and season that a file holds: `england_premier-league-2023-2024`."""
    return path.name.removesuffix(".json")


def read(path: Path, first: int, place: int) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """The matches of one file, numbered from `first`, and their incidents, numbered from `place`.

    Raises SourceError for a file that is not UTF-8, not JSON or no list.
    """
    found = _NAME.fullmatch(path.name)
    comp, season = (found["comp"], found["season"]) if found else (None, None)
    league = league_of(path)
    played: list[tuple[Any, ...]] = []
    happened: list[tuple[Any, ...]] = []
    for number, told in enumerate(_matches(path), first):
        match = told if isinstance(told, dict) else {}
        incidents, fault = _incidents(match)
        if not match:
            fault = "is no match"
        elif match.get("league") != league:
            fault = "its league is not that of the file"
        elif not (_is_score(match.get("GH")) and _is_score(match.get("GA"))):
            fault = "GH and GA are not a score"
        played.append(
            (
                number, number, league, comp, season, *(_text(match.get(key)) for key in ("date", "home", "away")),
                None if fault else match.get("GH"), None if fault else match.get("GA"), fault,
            )
        )  # fmt: skip
        for at, one in enumerate(incidents, place + len(happened)):
            happened.append((at, number, *_fields(one if isinstance(one, dict) else {})))
    try:
        return _batch(played, PLAYED), _batch(happened, HAPPENED)
    except UnicodeEncodeError as error:
        raise SourceError("holds half a character", file=path.name, hint=_ANEW) from error


def _matches(path: Path) -> list[Any]:
    try:
        told = json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError(f"is not UTF-8 (byte {error.start})", file=path.name, hint=_ANEW) from error
    except json.JSONDecodeError as error:
        raise SourceError(
            f"is not JSON ({error.msg})", file=path.name, line=error.lineno, hint=_ANEW
        ) from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # a number of thousands of digits, a list in a list in a list …
        raise SourceError("is not JSON that can be read", file=path.name, hint=_ANEW) from error
    if not isinstance(told, list):
        raise SourceError("is no list of matches", file=path.name, hint=_ANEW)
    return told


def _incidents(match: dict[str, Any]) -> tuple[Sequence[Any], str | None]:
    """What happened in a match, and why it cannot be told; a match without any has an empty list, or none."""
    about = match.get("incident")
    incidents = about.get("incidents") if isinstance(about, dict) else about
    # R writes an empty list of names as {}
    if incidents is None or incidents == {}:
        return (), None
    return (incidents, None) if isinstance(incidents, list) else ((), "its incidents are no list")


def _fields(one: dict[str, Any]) -> tuple[str | None, ...]:
    """An incident in the columns of `HAPPENED`. Who went off in a substitution is its player."""
    get = one.get
    return (
        _text(get("team")),
        _text(get("minute")),
        _text(get("incident_type")),
        _text(get("player_name")) or _text(get("player_out")),
        _text(get("player_in")),
        _text(get("home_score")),
        _text(get("away_score")),
        _text(get("assist_player_name")),
        _text(get("added_time")),
    )


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value or None
    return str(value) if type(value) is int else None


def _is_score(value: object) -> bool:
    """Whether it can be one side's goals; without any the match was not played."""
    return value is None or (type(value) is int and 0 <= value <= _MOST_GOALS)


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch(
        [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema
    )
