"""Reader of football-data.co.uk: results with shots, cards, corners and bookmakers' odds.

The site has one CSV file a season and division (`mmz4281/9394/E0.csv`), and one for all seasons of each of sixteen
further countries (`new/ARG.csv`). A Parquet copy of all of them is read too; its rows go under the names of the files
that they are from, numbered in their order.

- The columns differ from season to season; the bookmakers' names and the counts are in `_football_data_columns`.
- Odds are those of Friday or Tuesday afternoon, `closing` those at kick-off. The countries' files have closing odds
  only.
- Yellow cards leave out the first one of a player who is sent off for a second, in England and Scotland.
- Days and times are British: an evening in the Americas may stand under the next day. Times are told for countries
  that keep British or Central European time.
- A country's season is named by its first year, which Argentina's of 2016 and 2016-17 share.
- The copy tells neither times, referees and attendances nor the Argentine league cup, which it has within the league.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from secondleg.sources._football_data_csv import csv_document, is_ours, read_csv_file
from secondleg.sources._football_data_parquet import is_copy, read_copy
from secondleg.sources._football_data_rows import matches, odds, statistics
from secondleg.sources.contract import MATCHES, ODDS, STATISTICS, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "football-data"


def finds(path: Path) -> list[Path]:
    """The files at or below `path` that this reader reads: by name, and the countries' files by their first line."""
    files = [path] if path.is_file() else path.rglob("*")
    return sorted(file for file in files if is_copy(file) or is_ours(file))


def document_name(path: Path) -> str:
    """A file's name on the site; the season is that of the folder, else of most matches.

    The Parquet copy, which holds many documents, goes under its own name.
    """
    return path.name if is_copy(path) else csv_document(path)


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read files of the site, or the Parquet copy, under the contract.

    Of a document that is there twice the CSV file counts. Raises SourceError for a file without the needed columns.
    """
    wides: list[pa.Table] = []
    unread: dict[str, list[UnreadLine]] = {}
    notes: dict[str, list[str]] = {}
    # the site's own files come first
    for done, path in enumerate(sorted(files, key=is_copy), 1):
        if is_copy(path):
            wide = read_copy(path)
            if unread:
                held = pa.array(list(unread), pa.string())
                wide = wide.filter(pc.invert(pc.is_in(wide["document"], value_set=held)))
        else:
            read = read_csv_file(path)
            if read.document in unread:
                continue
            unread[read.document] = read.unread
            notes[read.document] = read.notes
            wide = read.wide
        wides.append(wide)
        if progress:
            progress(done, len(files))
    held_matches: list[pa.Table] = []
    held_statistics: list[pa.Table] = []
    held_odds: list[pa.Table] = []
    reports: list[FileReport] = []
    for wide in _together(wides):
        rows = matches(wide, NAME)
        priced, nonsense = odds(wide, NAME)
        held_matches.append(rows)
        held_statistics.append(statistics(wide, NAME))
        held_odds.append(priced)
        reports += _reports(rows, nonsense, unread, notes)
    told = {report.document for report in reports}
    reports += [
        FileReport(document, 0, 0, unread=tuple(lines), notes=tuple(notes[document]))
        for document, lines in unread.items()
        if document not in told
    ]
    return SourceTable(
        _joined(held_matches, MATCHES),
        tuple(sorted(reports, key=lambda report: report.document)),
        statistics=_joined(held_statistics, STATISTICS),
        odds=_joined(held_odds, ODDS),
    )


def _together(wides: Sequence[pa.Table]) -> list[pa.Table]:
    """The tables as one: a column that a file lacks is empty for its rows."""
    return [pa.concat_tables(wides, promote_options="permissive").combine_chunks()] if wides else []


def _joined(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()


def _reports(
    rows: pa.Table, nonsense: np.ndarray, unread: dict[str, list[UnreadLine]], notes: dict[str, list[str]]
) -> list[FileReport]:
    counted = (
        rows.select(["document", "date"])
        .append_column("played", pc.cast(pc.equal(rows["status"], "played"), pa.int32()))
        .append_column("nonsense", pa.array(nonsense))
        .group_by("document")
        .aggregate(
            [("played", "count"), ("played", "sum"), ("date", "min"), ("date", "max"), ("nonsense", "sum")]
        )
    )
    found: list[FileReport] = []
    for row in counted.to_pylist():
        name = row["document"]
        remarks = list(notes.get(name, ()))
        if row["nonsense_sum"]:
            remarks.append(f"{row['nonsense_sum']} odds are nonsense: left out")
        found.append(
            FileReport(
                document=name,
                matches=row["played_count"],
                played=row["played_sum"],
                unread=tuple(unread.get(name, ())),
                notes=tuple(remarks),
                first=row["date_min"],
                last=row["date_max"],
            )
        )
    return found
