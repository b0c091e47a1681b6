"""Reader of the incidents of schochastics/football-data: matches of twelve top divisions with goals, cards and
substitutions, as upstream serves them (`data/goals_time2/<league>-<season>.json`) or condensed into two Parquet files.

The Parquet files belong together, one of matches and one of what happened in them. A document is a league's season, a
line the place of the match in it; what is given as JSON is not taken from Parquet too, and both give the same rows.
Clubs are named by slugs ("fc-liverpool"), one a club through all seasons.

An own goal stands with the side that it counts for. "Penalty Awarded" with a running score was scored; without one it
was missed, unless the goals do not add up without it. The second "Yellow Card" of a player is a second yellow: the
files have no "Red Card" beside it from 2009 on, while before that they often have a "Red Card" for it, which stays
`red`. A score of a match decided on penalties has one goal too many for the winner: taken off. Kicks of shoot-outs are
left out (whether they went in is not told), as are disallowed goals.

Before 2003 (France: 2004) most matches have no incidents, and some only a part of them. Of 59,798 matches that
football-data.co.uk has too, 59,729 have the same day and 59,768 the same score; in 2005-06 to 2013-14 more than 98 %
have as many dismissals. Minutes and half-time scores: see schochastics_goals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from secondleg.errors import SourceError
from secondleg.sources import _schochastics_incidents_json as served
from secondleg.sources import _schochastics_incidents_sql as sql
from secondleg.sources._schochastics_goals_sql import HALVES_FROM
from secondleg.sources.contract import INCIDENTS, MATCHES, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "schochastics-incidents"

_LEAGUES: Final = {
    "belgien_jupiler-league": "bel",
    "danemark_superliga": "den",
    "deutschland_bundesliga": "ger",
    "england_premier-league": "eng",
    "frankreich_ligue-1": "fra",
    "italien_serie-a": "ita",
    "niederlande_eredivisie": "ned",
    "osterreich_bundesliga": "aut",
    "polen_ekstraklasa": "pol",
    "portugal_liga-portugal": "por",
    "schweiz_super-league": "sui",
    "spanien_la-liga": "esp",
}
"""Country of each top division."""
_MATCHES_FILE: Final = "goals_time2_matches.parquet"
_INCIDENTS_FILE: Final = "goals_time2_incidents.parquet"
_MATCH_FIELDS: Final = {
    "mid": "BIGINT", "league": "VARCHAR", "comp": "VARCHAR", "season": "VARCHAR", "date": "VARCHAR",
    "home": "VARCHAR", "away": "VARCHAR", "gh": "BIGINT", "ga": "BIGINT",
}  # fmt: skip
_INCIDENT_FIELDS: Final = {
    "mid": "BIGINT", "side": "VARCHAR", "minute": "VARCHAR", "type": "VARCHAR", "player": "VARCHAR",
    "player_in": "VARCHAR", "hs": "VARCHAR", "as_": "VARCHAR", "extra": "VARCHAR",
}  # fmt: skip
_NOTES: Final = {
    "bare": "{:,} matches without incidents",
    "unscored": "{:,} matches without a score",
    "differing": "{:,} matches have another score than their goals make",
    "repeated": "{:,} matches stand there more than once",
    "shoot_outs": "{:,} shoot-outs taken out of the score",
    "kicks": "{:,} kicks of shoot-outs left out",
    "disallowed": "{:,} disallowed goals left out",
    "doubtful": "{:,} penalties left out: scored or missed is not told",
    "others": "{:,} incidents of other kinds left out",
    "sideless": "{:,} incidents of neither side left out",
}


def finds(path: Path) -> list[Path]:
    """The files at or below `path`: JSON of a league's season, and Parquet of matches with the incidents beside it."""
    if path.is_file():
        beside = path.with_name(_MATCHES_FILE)
        pair = [beside] if path.name in (_MATCHES_FILE, _INCIDENTS_FILE) and beside.is_file() else []
    else:
        pair = list(path.rglob(_MATCHES_FILE))
    return sorted(pair + served.finds(path, frozenset(_LEAGUES)))


def document_name(path: Path) -> str:
    """The document of a JSON file, `goals_time2/<league>-<season>`; a Parquet file has many and is called as itself."""
    return path.name if path.suffix == ".parquet" else f"goals_time2/{served.league_of(path)}"


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read files of matches; `progress` is told how many are read, and of how many.

    A document that is given as JSON is not taken from a Parquet file as well. Raises SourceError if the file of
    incidents is missing beside a Parquet file, or for a file that is not what its name says.
    """
    tell = progress or (lambda done, of: None)
    single = list({document_name(path): path for path in files if path.suffix != ".parquet"}.values())
    pairs = [path for path in files if path.suffix == ".parquet"]
    tables = []
    if single:
        with duckdb.connect(":memory:") as connection:
            _load(connection, single, lambda done: tell(done, len(files)))
            tables.append(_table(connection, [document_name(path) for path in single]))
    for done, path in enumerate(pairs, len(files) - len(pairs) + 1):
        with duckdb.connect(":memory:") as connection:
            _open(connection, path)
            taken = [served.league_of(other) for other in single]
            connection.execute("DELETE FROM played WHERE list_contains($taken, league)", {"taken": taken})
            tables.append(_table(connection))
        tell(done, len(files))
    return SourceTable(
        pa.concat_tables([MATCHES.empty_table(), *(t.matches for t in tables)]),
        tuple(report for t in tables for report in t.reports),
        incidents=pa.concat_tables([INCIDENTS.empty_table(), *(t.incidents for t in tables)]),
    )


def _load(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], tell: Callable[[int], None]) -> None:
    """Make the JSON `files` the tables of matches and of incidents."""
    played: list[pa.RecordBatch] = []
    happened: list[pa.RecordBatch] = []
    matches = incidents = 0
    for done, path in enumerate(files, start=1):
        one, what = served.read(path, matches, incidents)
        played.append(one)
        happened.append(what)
        matches += one.num_rows
        incidents += what.num_rows
        tell(done)
    connection.register("played", pa.Table.from_batches(played, served.PLAYED))
    connection.register("happened", pa.Table.from_batches(happened, served.HAPPENED))


def _open(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make the Parquet file of matches at `path`, and that of incidents beside it, the two tables."""
    beside = path.with_name(_INCIDENTS_FILE)
    if not beside.is_file():
        raise SourceError(
            f"{_INCIDENTS_FILE} is not beside it",
            file=path.name,
            hint="The two files belong together: take both from their source.",
        )
    _parquet(connection, "played", path, _MATCH_FIELDS, "CAST(NULL AS VARCHAR) AS fault")
    extra = (
        f"CASE WHEN json_valid(extra) THEN extra ->> '$.{key}' END AS {name}"
        for key, name in (("assist_player_name", "assist"), ("added_time", "added_time"))
    )
    _parquet(connection, "happened", beside, _INCIDENT_FIELDS, ", ".join(extra))


def _parquet(
    connection: duckdb.DuckDBPyConnection, name: str, path: Path, fields: dict[str, str], more: str
) -> None:
    """Make the file at `path` a table with `more` columns. Raises SourceError for another kind of file or columns."""
    try:
        file = connection.read_parquet(str(path), file_row_number=True)
        missing = [field for field in fields if field not in file.columns]
        if missing:
            raise SourceError(
                f"no column {', '.join(missing)}", file=path.name, hint="Take the file anew from its source."
            )
        columns = ", ".join(f'CAST("{field}" AS {kind}) AS "{field}"' for field, kind in fields.items())
        file.select(f"file_row_number, {columns}, {more}").create(name)
    except (duckdb.Error, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise SourceError(
            f"cannot be read as Parquet ({first})", file=path.name, hint="Take the file anew from its source."
        ) from error


def _table(connection: duckdb.DuckDBPyConnection, documents: Sequence[str] = ()) -> SourceTable:
    """The two tables under the contract; `documents` have a report even if nothing is in them."""
    codes = [f"{country}.1" for country in _LEAGUES.values()]
    leagues = {"comp": list(_LEAGUES), "code": codes, "country": list(_LEAGUES.values())}
    connection.register("league", pa.table(leagues))
    for step in sql.STEPS:
        connection.execute(step)
    values = {"source": NAME, "halves_from": HALVES_FROM}
    matches = connection.execute(sql.MATCHES, values).to_arrow_table().cast(MATCHES)
    incidents = connection.execute(sql.INCIDENTS, {"source": NAME}).to_arrow_table().cast(INCIDENTS)
    return SourceTable(matches, _reports(connection, documents), incidents=incidents)


def _reports(connection: duckdb.DuckDBPyConnection, documents: Sequence[str]) -> tuple[FileReport, ...]:
    unread: dict[str, list[UnreadLine]] = {document: [] for document in documents}
    for document, line, text, reason in connection.execute(sql.UNREAD).fetchall():
        unread.setdefault(document or "goals_time2", []).append(UnreadLine(line, text, reason))
    counted: dict[str, dict[str, Any]] = {
        row["document"]: row for row in connection.execute(sql.REPORTS).to_arrow_table().to_pylist()
    }
    reports = []
    for document in sorted(unread.keys() | counted.keys()):
        row = counted.get(document, {})
        reports.append(
            FileReport(
                document=document,
                matches=row.get("matches", 0),
                played=row.get("played", 0),
                unread=tuple(unread.get(document, ())),
                notes=tuple(text.format(row[name]) for name, text in _NOTES.items() if row.get(name)),
                first=row.get("first"),
                last=row.get("last"),
            )
        )
    return tuple(reports)
