"""Reader of the club lists of openfootball/clubs (`eng.clubs.txt`): names and aliases of clubs by country.

A club starts a line with its name, then a comma, years and town; lines that begin with `|` hold its aliases. A club
that is no more has its years with its name: `Beerschot VAC (1899-1999)`; the name alone is then an alias.

The year after a name is that of the foundation. Renamings and mergers stand in other files (`*.clubs.history.txt`) and
for two countries only; they are not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from secondleg.errors import BadInput, SourceError
from secondleg.football import country
from secondleg.sources.contract import ALIASES, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "Alias", "document_name", "finds", "read_file", "read_files"]

NAME: Final = "openfootball-clubs"

_LANGUAGE: Final = re.compile(r"\s*\[[a-z]{2}\]\s*$")
_RESERVES: Final = re.compile(r"^i+\)\s*")
"""The mark of a reserve side, a club of its own beneath its first team."""
_YEARS: Final = re.compile(r"\s*\((?:1[89]|20)\d\d(?:\s*[-–]\s*(?:(?:1[89]|20)\d\d)?)?\)$")
_HEADING: Final = re.compile(r"^=")


@dataclass(frozen=True, slots=True)
class Alias:
    """One more name of the club whose main name is `name`."""

    country: str
    name: str
    alias: str


def finds(path: Path) -> list[Path]:
    """The club lists below `path`, or `path` itself."""
    if path.is_file():
        return [path] if path.name.endswith(".clubs.txt") else []
    return sorted(path.rglob("*.clubs.txt"))


def document_name(path: Path) -> str:
    """A list's name with its country's folder, wherever that lies on this machine."""
    return f"{path.resolve().parent.name}/{path.name}"


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read club lists under the contract, one row an alias.

    A list in a folder that is no football country is left out, and its report says so. Raises SourceError for a file
    that is not UTF-8.
    """
    rows: list[tuple[str, str, str, str, str]] = []
    reports: list[FileReport] = []
    for done, path in enumerate(files, 1):
        document = document_name(path)
        if document not in {report.document for report in reports}:
            unread: list[UnreadLine] = []
            try:
                country.code(path.resolve().parent.name)
            except BadInput as error:
                unread.append(UnreadLine(1, path.resolve().parent.name, str(error)))
            else:
                aliases, unread = _read(path)
                rows += [(NAME, document, a.country, a.name, a.alias) for a in aliases]
            reports.append(FileReport(document, 0, 0, unread=tuple(unread)))
        if progress:
            progress(done, len(files))
    columns = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in ALIASES]
    return SourceTable(None, tuple(reports), aliases=pa.table(columns, schema=ALIASES))


def read_file(path: Path) -> Iterator[Alias]:
    """The aliases of one list; its country is the name of the folder that the list lies in.

    Raises SourceError if the folder is no country, or the file is not UTF-8.
    """
    yield from _read(path)[0]


def _read(path: Path) -> tuple[list[Alias], list[UnreadLine]]:
    try:
        code = country.code(path.resolve().parent.name)
        text = path.read_text("utf-8")
    except BadInput as error:
        raise SourceError(
            str(error), file=path.name, hint="Keep the folders of openfootball/clubs."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte {error.start})", file=path.name, hint="Take the file anew."
        ) from error
    found: list[Alias] = []
    unread: list[UnreadLine] = []
    club: str | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.split("#", 1)[0].strip()
        if not line or _HEADING.match(line):
            continue
        if not line.startswith("|"):
            club = _RESERVES.sub("", line.split(",", 1)[0].strip()) or None
            if club is None:
                unread.append(UnreadLine(number, line[:200], "a club without a name"))
            elif bare := _YEARS.sub("", club):
                found += [Alias(code, club, bare)] * (bare != club)
            continue
        if club is None:
            unread.append(UnreadLine(number, line[:200], "no club above its aliases"))
            continue
        for part in line.split("|"):
            alias = _LANGUAGE.sub("", part).strip()
            # the list also names short codes of three letters, which are nobody's name in particular
            if alias == club or (len(alias) <= 3 and alias.isupper()):
                continue
            if alias := _YEARS.sub("", alias):
                found.append(Alias(code, club, alias))
    return found, unread
