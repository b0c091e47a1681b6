"""Reader of Football.TXT, the format of the openfootball repositories: league and cup results in plain text.

It reads both layouts (`A v B  2-1 (1-0)` and `A  2-1 (1-0)  B`), every notation of extra time and shoot-outs
that occurs in them, fixtures, and the few files in rsssf's layout. No line is lost: each is of a known kind,
or stands in the report with the reason why it was not read. The notation, and what is known to be wrong in
the files, is described in docs/football_txt.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa

from secondleg.sources.contract import FileReport, SourceTable
from secondleg.sources.football_txt._competitions import describe
from secondleg.sources.football_txt._documents import below, decode, document_name, find
from secondleg.sources.football_txt._reader import Reading, read_text
from secondleg.sources.football_txt._rows import NAME, Row, table

__all__ = ["NAME", "Reading", "Row", "describe", "document_name", "finds", "read_files", "read_text"]


def finds(path: Path) -> list[Path]:
    """The files at or below `path` that this reader reads: `.txt`, without READMEs and lists of clubs."""
    return below(path)


def read_files(
    root: Path | Sequence[Path], *, progress: Callable[[int, int], None] | None = None
) -> SourceTable:
    """Read a file, or every `.txt` file below one folder or several, into the match contract.

    `progress` is called with the number of files read and their total. Reports are in the order of the
    documents' names, and so are the rows. Raises SourceError for a file that cannot be decoded or is cut
    within a line; nothing is returned then.
    """
    files = find(root)
    tables: list[pa.Table] = []
    reports: list[FileReport] = []
    for done, (document, path) in enumerate(files, 1):
        reading = read_text(decode(path.read_bytes(), document), document)
        tables.append(table(reading.rows))
        reports.append(reading.report)
        if progress:
            progress(done, len(files))
    return SourceTable(pa.concat_tables(tables).combine_chunks(), tuple(reports))
