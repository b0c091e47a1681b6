"""An archive: one DuckDB file, or a database in memory, that holds results and says what it holds."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import duckdb

from secondleg.archive.relations import KEPT, STANDING, STORED, kept_in
from secondleg.archive.schema import DERIVED, READABLE, SCHEMA, VERSION
from secondleg.archive.view import View
from secondleg.errors import ArchiveBusy, ArchiveError, OutOfRange

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Archive", "told"]

_MEMORY_GIB: Final = 1.5
"""What DuckDB may take while an archive is written; the tables that a reader hands over come on top."""


class Archive:
    """An open archive. Use it as a context manager, or call `close`.

    `Archive.memory()` is empty and lives in memory; `Archive.open(path)` reads a file, `Archive.create(path)`
    opens one for writing and makes it if it is not there.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        *,
        path: Path | None,
        kind: str,
        made: bool = False,
        outdated: bool = False,
    ) -> None:
        self.connection = connection
        self.path = path
        self.kind = kind
        """`starter` (in the package), or `file`."""
        self._made = made
        self._outdated = outdated
        self._kept: dict[str, pa.Table] = {}
        self._has_tables: bool | None = None

    @classmethod
    def memory(cls, *, kind: str = "file") -> Self:
        """An empty archive in memory."""
        # what fits in memory here is answered faster by one thread than it is shared out among several
        connection = duckdb.connect(config={"threads": 1})
        connection.execute(SCHEMA)
        connection.execute("INSERT INTO store.meta VALUES ('version', ?)", [str(VERSION)])
        return cls(connection, path=None, kind=kind)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the archive at `path` for reading; any number of readers may do so at once.

        Raises:
            ArchiveError: there is no such file, it is not an archive, or another version of secondleg wrote it.
            ArchiveBusy: an import holds it.
        """
        if not path.exists():
            raise ArchiveError(
                f"there is no archive at {path}. Make one with: secondleg data import --archive {path} FILES…"
            )
        connection = _connect(path, read_only=True)
        if _version(connection, path) < READABLE:
            connection.close()
            raise ArchiveError(
                f"{path} was written by an older secondleg. Bring it up to date with: "
                f"secondleg data rebuild --archive {path}"
            )
        return cls(connection, path=path, kind="file")

    @classmethod
    def create(cls, path: Path) -> Self:
        """Open the archive at `path` for writing, and make it if it is not there.

        One that an older secondleg wrote is brought up to date by the first transaction.

        Raises the same errors as `open`, and ArchiveError where nothing can be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            made = not path.exists() and _make(path)
        except OSError as error:
            raise ArchiveError(
                f"cannot make an archive at {path}: {error.strerror}. Choose another place with --archive."
            ) from error
        connection = _connect(path, read_only=False)
        outdated = _version(connection, path) < VERSION
        # beyond it DuckDB works on disk, beside the archive: everything there is must go into a small machine
        connection.execute(f"SET memory_limit = '{_MEMORY_GIB} GiB'")
        return cls(connection, path=path, kind="file", made=made, outdated=outdated)

    def close(self) -> None:
        """Close the archive; a view of it cannot be used afterwards.

        An archive that `create` made, and that nothing was written to, is taken away again.
        """
        self.connection.close()
        if self._made and self.path is not None:
            self.path.unlink(missing_ok=True)
            _log_of(self.path).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All or nothing: what is done to the connection is kept only if the block ends without an error.

        In an archive that an older secondleg wrote, what is derived is empty then, and is to be derived anew.
        """
        try:
            with _transaction(self.connection):
                if self._outdated:
                    _bring_up_to_date(self.connection)
                yield self.connection
        except duckdb.Error as error:
            raise told(error, self.path) from error
        finally:
            self._kept.clear()
            self._has_tables = None
        self._made = self._outdated = False

    def with_kept(self, cursor: duckdb.DuckDBPyConnection, statement: str) -> str:
        """The statement, with each of `relations.KEPT` that it names within reach of the cursor."""
        for name in kept_in(statement):
            if name in STORED and self._tables_are_stored():
                statement = statement.replace(name, STORED[name])
            else:
                cursor.register(name, self._table(name))
        return statement

    def _tables_are_stored(self) -> bool:
        if self._has_tables is None:
            from secondleg.archive.standings import are_current

            self._has_tables = are_current(self.connection.cursor())
        return self._has_tables

    def _table(self, name: str) -> pa.Table:
        """A table of `relations.KEPT`, read or worked out when it is first asked for."""
        if name not in self._kept:
            cursor, part = self.connection.cursor(), KEPT[name]
            if part is not None:
                self._kept[name] = cursor.execute(self.with_kept(cursor, part)).to_arrow_table()
            elif name == STANDING:
                from secondleg.archive.standings import standings

                self._kept[name] = standings(cursor)
            else:
                from secondleg.archive.table_places import places

                self._kept[name] = places(lambda sql: cursor.execute(self.with_kept(cursor, sql)))
        return self._kept[name]

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """The first and the last day of a match that the archive holds; None for an empty archive."""
        found = self.connection.cursor().execute("SELECT min(date), max(date) FROM store.match").fetchall()
        return None if found[0][0] is None else found[0]

    def view(self, as_of: dt.date) -> View:
        """The archive as known on the morning of `as_of`.

        Raises:
            OutOfRange: the archive is empty, or begins only after that day.
        """
        days = self.days
        if days is None:
            raise OutOfRange("the archive is empty. Fill it with: secondleg data import FILES…")
        if as_of <= days[0]:
            raise OutOfRange(
                f"the archive begins on {days[0]} and knows nothing on the morning of {as_of}. "
                f"Choose a later --as-of, or import earlier seasons."
            )
        return View(self, as_of)


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        # after some errors DuckDB has rolled back by itself, after a fatal one it cannot: the error counts
        with _quiet():
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def _quiet() -> Iterator[None]:
    try:
        yield
    except duckdb.Error:
        return


def _log_of(path: Path) -> Path:
    """DuckDB's write-ahead log of a database file."""
    return path.with_name(f"{path.name}.wal")


def _make(path: Path) -> bool:
    """Make an empty archive at `path`, whole at once; False if another process was quicker."""
    # made elsewhere first: a process killed here leaves no file at `path` that is half an archive
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    try:
        with _connect(fresh, read_only=False) as connection, _transaction(connection):
            connection.execute(SCHEMA)
            connection.execute("INSERT INTO store.meta VALUES ('version', ?)", [str(VERSION)])
        # a link fails where there is a file; a rename would put away what another process made meanwhile
        os.link(fresh, path)
    except FileExistsError:
        return False
    except duckdb.Error as error:
        raise told(error, path) from error
    finally:
        fresh.unlink(missing_ok=True)
        _log_of(fresh).unlink(missing_ok=True)
    return True


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder, not an archive. Give the path of a file.")
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        raise told(error, path) from error


_NO_ROOM: Final = ("no space left", "file too large", "could not write", "disk quota", "out of memory")
_NOT_ALLOWED: Final = ("permission denied", "read-only", "cannot open file")
_LATER_DUCKDB: Final = "version number"
"""Part of what DuckDB says of a file that a later release of it wrote."""


def told(error: duckdb.Error, path: Path | None) -> ArchiveError:
    """DuckDB's error as one sentence that says what to do."""
    where = "the archive in memory" if path is None else str(path)
    text = str(error).splitlines()[0].removesuffix(".")
    lower = str(error).lower()
    if "conflicting lock" in lower or "could not set lock" in lower:
        return ArchiveBusy(f"another process is using {where}. Wait until it has ended, then try again.")
    if any(words in lower for words in _NO_ROOM):
        return ArchiveError(
            f"cannot write to {where}: {text}. Nothing was changed. Make room on the disk, then try again."
        )
    if any(words in lower for words in _NOT_ALLOWED):
        return ArchiveError(f"cannot open {where}: {text}. Choose another place with --archive.")
    if _LATER_DUCKDB in lower:
        return ArchiveError(
            f"{where} was written by a later release of DuckDB: {text}. "
            "Upgrade duckdb, or import into a new archive."
        )
    return ArchiveError(
        f"{where} cannot be read as an archive: {text}. "
        "If it is one, it is damaged: move it away and import again."
    )


def _version(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The archive's version; the connection is closed where there is none that this secondleg can read."""
    try:
        found = connection.execute("SELECT value FROM store.meta WHERE key = 'version'").fetchall()
        version = int(found[0][0])
    except duckdb.CatalogException as error:
        connection.close()
        raise _not_ours(path) from error
    except duckdb.Error as error:
        connection.close()
        raise told(error, path) from error
    except (IndexError, ValueError) as error:
        connection.close()
        raise _not_ours(path) from error
    try:
        _check_length(connection, path)
    except ArchiveError:
        connection.close()
        raise
    if version > VERSION:
        connection.close()
        raise ArchiveError(
            f"{path} was written by a newer secondleg (archive version {version}, this one reads {VERSION}). "
            "Upgrade secondleg, or import into a new archive."
        )
    return version


_HEADERS: Final = 3 * 4096
"""Bytes before the first block of a DuckDB file."""


def _check_length(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise ArchiveError where the file's end is missing: DuckDB notices only when it reads what was there."""
    # blocks that are free need not have been written
    size = connection.execute("SELECT used_blocks * block_size FROM pragma_database_size()").fetchall()[0][0]
    if path.stat().st_size < size + _HEADERS:
        raise ArchiveError(f"{path} is damaged: its end is missing. Move it away and import again.")


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Give an older archive the tables of today; the source rows are the same in every version so far."""
    for table in DERIVED:
        connection.execute(f"DROP TABLE IF EXISTS store.{table}")
    connection.execute(SCHEMA)
    connection.execute("UPDATE store.meta SET value = ? WHERE key = 'version'", [str(VERSION)])


def _not_ours(path: Path) -> ArchiveError:
    return ArchiveError(
        f"{path} is a database, but not an archive of secondleg. Give another path with --archive."
    )
