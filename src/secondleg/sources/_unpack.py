"""Unpacking a repository that came as one zip file: only what is wanted, only below its folder, never half."""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from pathlib import Path
from typing import Final

from secondleg.errors import DownloadError
from secondleg.sources.cache import relative

__all__ = ["MOST_BYTES", "MOST_FILES", "unpack"]

MOST_BYTES: Final = 1 << 31
"""Bytes of what is unpacked of one archive; the largest that is pulled has about 200 million."""
MOST_FILES: Final = 50_000
_BLOCK: Final = 1 << 20
_HINT: Final = "This is not the archive that secondleg knows: look for a newer secondleg."


def unpack(
    archive: Path,
    into: Path,
    keep: str,
    *,
    address: str,
    most_bytes: int = MOST_BYTES,
    most_files: int = MOST_FILES,
) -> int:
    """Unpack the members of a zip file whose path matches `keep` below its one top folder; returns how many.

    They go to `into` under the path that the pattern's first group has.
    `into` is replaced as a whole when everything is unpacked. Raises DownloadError, which names `address`, for a
    damaged archive, one that is too large, and one with a member that would not stay in the folder.
    """
    fresh, old = into.with_name(f".{into.name}.new"), into.with_name(f".{into.name}.old")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as members:
            files = [member for member in members.infolist() if not member.is_dir()]
            if len(files) > most_files:
                raise DownloadError(f"has {len(files):,} files", address=address, hint=_HINT)
            left, count = most_bytes, 0
            for member in files:
                top, _, below = member.filename.partition("/")
                wanted = re.fullmatch(keep, below)
                if not top or wanted is None:
                    continue
                relative(member.filename, address)
                if stat.S_ISLNK(member.external_attr >> 16):
                    continue  # upstream has none; one could lead anywhere
                left = _write(members, member, fresh / wanted[1], left, address)
                count += 1
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError: encrypted; NotImplementedError: packed in a way that is not known
        shutil.rmtree(fresh, ignore_errors=True)
        raise DownloadError(
            f"is a zip file that cannot be unpacked ({error})", address=address, hint=_HINT
        ) from error
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if not count:
        raise DownloadError("holds no file of this source", address=address, hint=_HINT)
    shutil.rmtree(old, ignore_errors=True)
    if into.exists():
        into.replace(old)
    fresh.replace(into)
    shutil.rmtree(old, ignore_errors=True)
    return count


def _write(members: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, left: int, address: str) -> int:
    """Unpack one member, whatever size it claims to have; returns how many bytes may still come."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with members.open(member) as packed, path.open("xb") as file:
        while block := packed.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise DownloadError("is too large when unpacked", address=address, hint=_HINT)
            file.write(block)
    return left
