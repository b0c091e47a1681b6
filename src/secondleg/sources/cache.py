"""The folder that downloads are kept in: what was fetched from where, and whether it still is what was fetched.

    <cache>/openfootball/england/2023-24/1-premierleague.txt …   files in the layout of a mirror
    <cache>/.secondleg/journal/<source>.jsonl                    a line for each file: address, checksum, ETag
    <cache>/.secondleg/parts/                                    downloads that have not ended
    <cache>/.secondleg/zips/                                     repositories as they came

A file counts only if its journal line has the checksum that it has now. So a pull may be killed at any moment, and a
file that was changed or cut short is fetched anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Final, Self

from secondleg.errors import BadInput, DownloadError

__all__ = ["Cache", "Entry", "checksum", "default_cache", "relative"]

_BLOCK: Final = 1 << 20
"""Bytes that are read at a time."""
_OWN: Final = ".secondleg"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file of the cache. `sha256` of a folder is that of its files' names and checksums."""

    path: str
    url: str
    sha256: str
    size: int
    """Bytes."""
    etag: str | None = None
    modified: str | None = None
    """The server's Last-Modified, as it wrote it."""
    unpacked_from: str | None = None
    """SHA-256 of the zip file that a folder was unpacked from."""


def default_cache() -> Path:
    """The user's own cache folder for sources."""
    from platformdirs import user_cache_path

    return user_cache_path("secondleg") / "sources"


def relative(text: str, address: str) -> str:
    """`text` as a path below a folder, with `/` between its parts.

    Raises DownloadError, naming `address`, for one that could lead out of the folder or that is no file's name.
    """
    path = PurePosixPath(text)
    bad = (
        not text
        or path.is_absolute()
        or any(part in (".", "..", "") or part.startswith(_OWN) for part in text.split("/"))
        or any(c in '\\:*?"<>|' or ord(c) < 32 for c in text)
    )
    if bad:
        raise DownloadError(
            f"names a file {text!r}, which would not stay in its folder",
            address=address,
            hint="Do not use this mirror; tell who runs it.",
        )
    return str(path)


def checksum(path: Path) -> tuple[str, int]:
    """The SHA-256 and the size, in bytes, of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


class Cache:
    """A cache folder that is locked while it is open: a second pull into it is refused, not mixed in."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._entries: dict[str, dict[str, Entry]] = {}
        self._checked: set[tuple[str, str]] = set()
        """Names by source that were found to be as they were fetched; nobody else writes here while it is open."""
        self._lock: IO[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            for folder in ("journal", "parts", "zips"):
                (self.root / _OWN / folder).mkdir(parents=True, exist_ok=True)
            self._lock = (self.root / _OWN / "lock").open("ab")
        except OSError as error:
            raise BadInput(
                f"{self.root} cannot be used as the cache: {error.strerror}. Name another folder with --cache."
            ) from error
        if not _locked(self._lock):
            self._lock.close()
            raise BadInput(
                f"another process is pulling sources into {self.root}. "
                "Wait until it has ended, or name another folder with --cache."
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock is not None:
            self._lock.close()

    # --- places -----------------------------------------------------------------------------------

    def path(self, name: str) -> Path:
        """Where the file of that name lies."""
        return self.root / name

    def part(self, url: str) -> Path:
        """Where an unfinished download from `url` lies."""
        return self.root / _OWN / "parts" / hashlib.sha256(url.encode()).hexdigest()[:24]

    @staticmethod
    def zip_name(url: str) -> str:
        """The name in a cache of the zip file that comes from `url`."""
        return f"{_OWN}/zips/{hashlib.sha256(url.encode()).hexdigest()[:24]}.zip"

    # --- the journal ------------------------------------------------------------------------------

    def entry(self, source: str, name: str) -> Entry | None:
        """What is known of a file or folder, if it still is as it was fetched."""
        found = self._known(source).get(name)
        if found is None or (source, name) in self._checked:
            return found
        try:
            now = self.tree(name) if found.unpacked_from else checksum(self.path(name))
        except OSError:
            return None
        if now != (found.sha256, found.size):
            return None
        self._checked.add((source, name))
        return found

    def held(self, source: str) -> list[Path]:
        """All files of a source, those of unpacked folders among them, that still are as they were fetched."""
        found: list[Path] = []
        for name in tuple(self._known(source)):
            entry = None if name.startswith(_OWN) else self.entry(source, name)
            if entry is not None:
                found += self.files(name) if entry.unpacked_from else [self.path(name)]
        return found

    def record(self, source: str, entry: Entry) -> None:
        """Note that a file is there, as its last step."""
        self._known(source)[entry.path] = entry
        self._checked.add((source, entry.path))
        with self._journal(source).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(asdict(entry)) + "\n")

    def keep_only(self, source: str, names: Iterable[str]) -> tuple[str, ...]:
        """Take away what a source has no longer; returns its names. Shortens the journal to one line a file."""
        keep = set(names)
        known = self._known(source)
        gone = tuple(sorted(known.keys() - keep))
        for name in gone:
            if known.pop(name).unpacked_from:
                shutil.rmtree(self.path(name), ignore_errors=True)
            else:
                self.path(name).unlink(missing_ok=True)
        journal = self._journal(source)
        new = journal.with_suffix(".new")
        new.write_text("".join(json.dumps(asdict(e)) + "\n" for e in known.values()), encoding="utf-8")
        new.replace(journal)
        return gone

    def tree(self, name: str) -> tuple[str, int]:
        """A checksum of the names and contents of all files below a folder, and their bytes."""
        digest, total = hashlib.sha256(), 0
        for path in self.files(name):
            sha256, size = checksum(path)
            digest.update(f"{path.relative_to(self.path(name)).as_posix()}\0{sha256}\n".encode())
            total += size
        return digest.hexdigest(), total

    def files(self, name: str) -> list[Path]:
        """All files below a folder, sorted."""
        return sorted(path for path in self.path(name).rglob("*") if path.is_file())

    def _journal(self, source: str) -> Path:
        return self.root / _OWN / "journal" / f"{source}.jsonl"

    def _known(self, source: str) -> dict[str, Entry]:
        if source not in self._entries:
            found: dict[str, Entry] = {}
            lines: list[str] = []
            with contextlib.suppress(OSError, UnicodeDecodeError):
                lines = self._journal(source).read_text("utf-8").splitlines()
            for line in lines:
                # a line that was cut off, or is of another version, tells nothing: its file is fetched anew
                with contextlib.suppress(ValueError, TypeError):
                    entry = Entry(**json.loads(line))
                    found[entry.path] = entry
            self._entries[source] = found
        return self._entries[source]


def _locked(file: IO[bytes]) -> bool:
    """Lock an open file until it is closed or the process ends; False if another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file.fileno(), 0, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
