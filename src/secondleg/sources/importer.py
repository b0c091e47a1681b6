"""Importing: files of any source in the catalogue into an archive, in one transaction.

A file that cannot be read stops the import with one error, and the archive stays as it was. A document that the
archive already holds is replaced by the newer reading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from secondleg.archive.archive import Archive
from secondleg.archive.build import rebuild
from secondleg.errors import SourceError
from secondleg.sources.catalogue import CATALOGUE, Reader, Source, reader
from secondleg.sources.contract import FileReport, SourceTable

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["ImportReport", "import_files"]

Told = Callable[[str, int, int], None]
"""A progress bar: what is being done, how much of it is done, and how much there is (0: not known)."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import read, and what it made of it."""

    files: tuple[FileReport, ...]
    aliases: int
    incidents: int
    """Goals, cards and substitutions that were read."""
    odds: int
    """Prices that were read, one for each bookmaker, market and moment."""
    matches: int
    """Matches that the archive holds now."""
    clubs: int
    added: int
    """How many matches more than before."""
    linked: tuple[tuple[str, int, int], ...] = ()
    """How spellings were matched to clubs: by what, how many spellings, of how many source rows."""
    conflicts: int = 0
    """Words of sources that differ from what the archive keeps."""
    findings: int = 0
    """What the integrity checks found."""
    remarks: tuple[str, ...] = ()
    """What was read and left out, and why."""

    @property
    def unread(self) -> int:
        """Lines that no reader understood."""
        return sum(len(report.unread) for report in self.files)


def import_files(
    archive: Archive, paths: Sequence[Path], *, progress: Told = lambda *_: None
) -> ImportReport:
    """Read every file of a known kind below `paths` into `archive`.

    Raises:
        SourceError: nothing readable below a path, or a file that cannot be read.
        ArchiveError: the archive cannot be written; it is as it was.
    """
    found = _find(paths)
    reports: list[FileReport] = []
    aliases = incidents = odds = 0
    with archive.transaction() as connection:
        before = _count(connection, "match")
        for source, module, files in found:
            # one source at a time: all tables together would not fit into a small machine
            table = module.read_files(files, progress=partial(progress, f"reading {source.title}"))
            progress(f"storing {source.title}", 0, 0)
            _replace(connection, source.key, table)
            reports += table.reports
            aliases += _rows(table.aliases)
            incidents += _rows(table.incidents)
            odds += _rows(table.odds)
            del table
        remarks = rebuild(connection, step=lambda what: progress(what, 0, 0))
        matches = _count(connection, "match")
        return ImportReport(
            files=tuple(reports),
            aliases=aliases,
            incidents=incidents,
            odds=odds,
            matches=matches,
            clubs=_count(connection, "club"),
            added=matches - before,
            linked=_linked(connection),
            conflicts=_count(connection, "conflict"),
            findings=_count(connection, "finding"),
            remarks=remarks,
        )


def _find(paths: Sequence[Path]) -> list[tuple[Source, Reader, list[Path]]]:
    """The files of an import by their source, each document once."""
    readers = [(source, reader(source)) for source in CATALOGUE]
    files: dict[str, list[Path]] = {source.key: [] for source in CATALOGUE}
    for path in paths:
        if not path.exists():
            raise SourceError("there is no such file or folder", file=str(path), hint="Check the path.")
        below = {source.key: module.finds(path) for source, module in readers}
        if not any(below.values()):
            known = "; ".join(source.files for source in CATALOGUE)
            raise SourceError("holds no file of a known kind", file=str(path), hint=f"Known are {known}.")
        for key, more in below.items():
            files[key] += more
    return [
        (source, module, _once(files[source.key], module.document_name))
        for source, module in readers
        if files[source.key]
    ]


def _once(files: Sequence[Path], document_name: Callable[[Path], str]) -> list[Path]:
    """`files`, each document once; two that differ under one name are an error, whichever comes first."""
    found: dict[str, Path] = {}
    for file in files:
        other = found.setdefault(document_name(file), file)
        if other.resolve() != file.resolve() and other.read_bytes() != file.read_bytes():
            raise SourceError(
                f"differs from {other}, and both are {document_name(file)!r} by name",
                file=str(file),
                hint="Give only one of them.",
            )
    return [file for _, file in sorted(found.items())]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM store.{table}").fetchall()[0][0])


def _rows(table: pa.Table | None) -> int:
    return 0 if table is None else int(table.num_rows)


def _linked(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int, int], ...]:
    sql = "SELECT how, count(*), sum(matches)::BIGINT FROM store.link GROUP BY how ORDER BY 3 DESC, 1"
    return tuple(connection.execute(sql).fetchall())


# --- writing --------------------------------------------------------------------------------------

_TABLES: Final = (
    ("source_match", "matches", "line"),
    ("source_incident", "incidents", "line, nth"),
    ("source_statistic", "statistics", "line"),
    ("source_odds", "odds", "line, bookmaker, market, closing, size"),
    ("source_alias", "aliases", "country, name, alias"),
    ("source_id", "ids", "country, name, scheme, id"),
)
"""Tables of the archive, the part of a reading that fills each, and the order of rows within a document."""

_DOCUMENTS: Final = """
INSERT INTO store.document BY NAME
SELECT r.*, coalesce(d.digest, '') AS digest
FROM incoming_report r LEFT JOIN digest d USING (source, document)
"""


def _replace(connection: duckdb.DuckDBPyConnection, source: str, table: SourceTable) -> None:
    """Write a reading in place of what the archive holds of the same documents."""
    import pyarrow as pa

    reports = table.reports
    connection.register(
        "incoming_report",
        pa.table(
            {
                "source": pa.array([source] * len(reports), pa.string()),
                "document": pa.array([r.document for r in reports], pa.string()),
                "matches": pa.array([r.matches for r in reports], pa.int32()),
                "played": pa.array([r.played for r in reports], pa.int32()),
                "declared": pa.array([r.declared for r in reports], pa.int32()),
                "unread": pa.array([len(r.unread) for r in reports], pa.int32()),
            }
        ),
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE part_digest (source TEXT, document TEXT, part TEXT, digest UBIGINT)"
    )
    for old in ("document", *(name for name, _, _ in _TABLES)):
        connection.execute(
            f"DELETE FROM store.{old} WHERE (source, document) IN (SELECT source, document FROM incoming_report)"
        )
    for name, part, order in _TABLES:
        rows = getattr(table, part)
        if rows is None or not rows.num_rows:
            continue
        connection.register("incoming", rows)
        # the digest is of the rows: the same rows give the same, wherever the file came from
        connection.execute(
            f"INSERT INTO part_digest SELECT source, document, '{part}', bit_xor(hash(row)) "
            "FROM incoming row GROUP BY ALL"
        )
        connection.execute(
            f"INSERT INTO store.{name} BY NAME SELECT * FROM incoming ORDER BY source, document, {order}"
        )
        connection.unregister("incoming")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE digest AS "
        "SELECT source, document, md5(string_agg(part || ' ' || digest, ' ' ORDER BY part)) AS digest "
        "FROM part_digest GROUP BY ALL"
    )
    connection.execute(_DOCUMENTS)
    connection.execute("DROP TABLE part_digest; DROP TABLE digest")
    connection.unregister("incoming_report")
