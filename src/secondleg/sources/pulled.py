"""What a pull made of each source, for people and for the import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secondleg.sources.catalogue import reader, source

__all__ = ["Failure", "PullReport", "SourcePull", "counted"]

_SHOWN: Final = 3
"""Failures of a source that the report names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be had; `message` ends with what to do next."""

    address: str
    message: str


@dataclass(frozen=True, slots=True)
class SourcePull:
    """What a pull made of one source. Names are paths in the cache, or in the mirror."""

    key: str
    title: str
    files: tuple[Path, ...] = ()
    """What there is of it now to be imported, checked; files that failed but were pulled before are among them."""
    fetched: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    """Files that may be there and are not, such as a division before its first season."""
    removed: tuple[str, ...] = ()
    """Files that upstream has no longer; they are taken out of the cache."""
    failed: tuple[Failure, ...] = ()
    received: int = 0
    """Bytes that came over the line."""

    def reads(self, file: Path) -> bool:
        """Whether the source's reader knows that file."""
        return bool(reader(source(self.key)).finds(file))


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull fetched, found unchanged and could not have, by source."""

    sources: tuple[SourcePull, ...]
    place: str
    """The cache, or the mirror's folder."""
    in_place: bool = False
    """The mirror is a folder, and its files are used where they are."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All files to be imported: those that the readers know."""
        return tuple(file for pulled in self.sources for file in pulled.files if pulled.reads(file))

    @property
    def failed(self) -> tuple[Failure, ...]:
        """All that could not be had."""
        return tuple(failure for pulled in self.sources for failure in pulled.failed)

    def text(self) -> str:
        """The report in a line for each source, and one for each failure."""
        lines = []
        for pulled in self.sources:
            held = counted(len(pulled.files))
            if self.in_place and pulled.files:
                lines.append(f"{pulled.title}: {held}, used in place")
            elif not pulled.files and not pulled.failed:
                lines.append(f"{pulled.title}: nothing of it there")
            elif not pulled.fetched and not pulled.failed:
                lines.append(f"{pulled.title}: unchanged; {held}")
            else:
                lines.append(
                    f"{pulled.title}: {len(pulled.fetched):,} fetched ({_size(pulled.received)}), "
                    f"{len(pulled.unchanged):,} unchanged; {held}"
                )
            if unknown := [file.name for file in pulled.files if not pulled.reads(file)]:
                lines.append(
                    f"  not imported, as no reader knows it: {', '.join(unknown[:_SHOWN])}{_more(unknown)}"
                )
            if pulled.removed:
                lines.append(f"  no longer upstream: {counted(len(pulled.removed))}")
            lines += [f"  failed: {failure.message}" for failure in pulled.failed[:_SHOWN]]
            if len(pulled.failed) > _SHOWN:
                lines.append(f" {_more(pulled.failed)}")
        return "\n".join(lines)


def counted(count: int) -> str:
    """A number of files in words."""
    return f"{count:,} file" + ("" if count == 1 else "s")


def _more(things: Sequence[object]) -> str:
    return f" and {len(things) - _SHOWN:,} more" if len(things) > _SHOWN else ""


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.1f} kB"
