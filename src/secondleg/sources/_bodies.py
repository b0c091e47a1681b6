"""Whether what came is what was asked for: its type, by its first bytes and its name."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from secondleg.errors import DownloadError

__all__ = ["decompressed", "refuse_page", "refuse_wrong_type"]

_HINT: Final = (
    "A login page, a proxy or a page that says that the file is gone stands in its way: open it in a browser."
)
_PEEK: Final = 2048
"""Bytes that are looked at."""
_PARQUET: Final = b"PAR1"
_TEXT: Final = (".csv", ".txt", ".json")


def decompressed(blocks: Iterable[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """A body without the compression that the server put on it unasked.

    Raises zlib.error where it is damaged or ends too early, DownloadError where it is not gzip.
    """
    if encoding not in ("gzip", "x-gzip"):
        raise DownloadError(
            f"comes compressed as {encoding}, which was not asked for",
            address=url,
            hint="Use a mirror with --from.",
        )
    gzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for block in blocks:
        yield gzip.decompress(block)
    if not gzip.eof:
        raise zlib.error("it ends too early")


def refuse_page(name: str, url: str, content_type: str) -> None:
    """Raise DownloadError where the server announces a web page for a file that is none."""
    kind = content_type.split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise DownloadError(
            f"a web page ({kind}) came where a {_kind(name)} file was expected", address=url, hint=_HINT
        )


def refuse_wrong_type(path: Path, name: str, url: str) -> None:
    """Raise DownloadError where a file's bytes are not of the type that its name says."""
    with path.open("rb") as file:
        head = file.read(_PEEK)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    suffix = PurePosixPath(name).suffix.lower()
    if start[:1] == b"<":
        problem = "a web page came"
    elif suffix == ".zip" and not zipfile.is_zipfile(path):
        problem = "what came is no whole zip file, and came"
    elif suffix == ".parquet" and not _is_parquet(path, head):
        problem = "what came is no whole Parquet file, and came"
    elif suffix == ".json" and start[:1] not in (b"{", b"["):
        problem = "what came is not JSON, and came"
    elif suffix in _TEXT and (b"\0" in head or head.startswith(b"PK\x03\x04")):
        problem = "binary data came"
    elif not start and suffix != ".txt":
        problem = "nothing came"
    else:
        return
    raise DownloadError(f"{problem} where a {_kind(name)} file was expected", address=url, hint=_HINT)


def _is_parquet(path: Path, head: bytes) -> bool:
    if not head.startswith(_PARQUET) or path.stat().st_size < 2 * len(_PARQUET):
        return False
    with path.open("rb") as file:
        file.seek(-len(_PARQUET), 2)
        return file.read() == _PARQUET


def _kind(name: str) -> str:
    return PurePosixPath(name).suffix.lstrip(".").upper() or "data"
