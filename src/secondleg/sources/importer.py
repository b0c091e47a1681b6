"""Importing: files of any known source into an archive, in one transaction.

Everything is read before anything is written: a file that cannot be read stops the import with one error, and
the archive stays as it was. A document that the archive already holds is replaced by the newer reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from secondleg.archive.archive import Archive
from secondleg.archive.build import rebuild
from secondleg.errors import SourceError
from secondleg.sources import clubs_txt, football_txt, schochastics
from secondleg.sources.contract import FileReport, SourceTable

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["ImportReport", "import_files"]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import read, and what it made of it."""

    files: tuple[FileReport, ...]
    aliases: int
    matches: int
    """Matches that the archive holds now."""
    clubs: int
    added: int
    """How many matches more than before."""
    remarks: tuple[str, ...] = ()
    """What was read and left out, and why."""

    @property
    def unread(self) -> int:
        """Lines that no reader understood."""
        return sum(len(report.unread) for report in self.files)


def import_files(
    archive: Archive, paths: Sequence[Path], *, progress: Callable[[str, int, int], None] = lambda *_: None
) -> ImportReport:
    """Read every file of a known kind below `paths` into `archive`.

    Args:
        progress: called with what is being done, how much of it is done, and how much there is.

    Raises:
        SourceError: nothing readable below a path, or a file that cannot be read.
        ArchiveError: the archive cannot be written; it is as it was.
    """
    files = _find(paths)
    tables: list[tuple[str, SourceTable]] = []
    if files.texts:
        texts = football_txt.read_files(files.texts, progress=lambda i, n: progress("reading", i, n))
        tables.append((football_txt.NAME, texts))
    if files.results:
        tables.append((schochastics.NAME, schochastics.read_files(files.results)))
    aliases = {clubs_txt.document_name(file): tuple(clubs_txt.read_file(file)) for file in files.lists}
    with archive.transaction() as connection:
        before = _count(connection, "match")
        for source, table in tables:
            _replace(connection, source, table)
        _replace_aliases(connection, clubs_txt.NAME, aliases)
        remarks = rebuild(connection, step=lambda what: progress(what, 0, 0))
        matches, clubs = _count(connection, "match"), _count(connection, "club")
    reports = tuple(report for _, table in tables for report in table.reports)
    return ImportReport(reports, sum(map(len, aliases.values())), matches, clubs, matches - before, remarks)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of an import by their kind."""

    texts: list[Path]
    results: list[Path]
    lists: list[Path]


def _find(paths: Sequence[Path]) -> _Files:
    texts: list[Path] = []
    results: list[Path] = []
    lists: list[Path] = []
    for path in paths:
        if not path.exists():
            raise SourceError("there is no such file or folder", file=str(path), hint="Check the path.")
        found = (_match_files(path), schochastics.finds(path), clubs_txt.finds(path))
        if not any(found):
            raise SourceError(
                "holds no file of a known kind",
                file=str(path),
                hint="Known are Football.TXT (.txt), uefa-*.csv and *.clubs.txt.",
            )
        for known, more in zip((texts, results, lists), found, strict=True):
            known += more
    return _Files(texts, _once(results, schochastics.document_name), _once(lists, clubs_txt.document_name))


def _match_files(path: Path) -> list[Path]:
    """Football.TXT files below `path`; lists of clubs and grounds beside them have two dots in their names."""
    named = [path] if path.is_file() else path.rglob("*.txt")
    if not any(file.suffix == ".txt" and "." not in file.stem for file in named):
        return []
    return [file for file in football_txt.finds(path) if "." not in file.stem]


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


def _replace(connection: duckdb.DuckDBPyConnection, source: str, table: SourceTable) -> None:
    import pyarrow as pa

    documents = pa.table(
        {
            "source": [source] * len(table.reports),
            "document": [r.document for r in table.reports],
            "digest": _digests(table.matches, [r.document for r in table.reports]),
            "matches": [r.matches for r in table.reports],
            "played": [r.played for r in table.reports],
            "declared": pa.array([r.declared for r in table.reports], pa.int32()),
            "unread": [len(r.unread) for r in table.reports],
        }
    )
    connection.register("incoming_document", documents)
    connection.register("incoming_match", table.matches)
    for old in ("source_match", "document"):
        connection.execute(
            f"DELETE FROM store.{old} "
            "WHERE (source, document) IN (SELECT source, document FROM incoming_document)"
        )
    connection.execute("INSERT INTO store.document BY NAME SELECT * FROM incoming_document")
    connection.execute(
        "INSERT INTO store.source_match BY NAME SELECT * FROM incoming_match ORDER BY source, document, line"
    )
    connection.unregister("incoming_document")
    connection.unregister("incoming_match")


def _replace_aliases(
    connection: duckdb.DuckDBPyConnection, source: str, lists: Mapping[str, Sequence[clubs_txt.Alias]]
) -> None:
    import pyarrow as pa

    for document in lists:
        connection.execute(
            "DELETE FROM store.source_alias WHERE source = ? AND document = ?", [source, document]
        )
    rows = [
        (source, document, a.country, a.name, a.alias) for document, found in lists.items() for a in found
    ]
    if not rows:
        return
    columns = ("source", "document", "country", "name", "alias")
    connection.register("incoming", pa.table({c: [r[i] for r in rows] for i, c in enumerate(columns)}))
    connection.execute("INSERT INTO store.source_alias BY NAME SELECT * FROM incoming")
    connection.unregister("incoming")


def _digests(matches: pa.Table, documents: Sequence[str]) -> list[str]:
    """A digest of the rows of each document: the same rows give the same, wherever the file came from."""
    digests: dict[str, hashlib._Hash] = {name: hashlib.sha256() for name in documents}
    for row in zip(*(column.to_pylist() for column in matches.columns), strict=True):
        digests[row[1]].update(repr(row[2:]).encode())
    return [digests[name].hexdigest() for name in documents]
