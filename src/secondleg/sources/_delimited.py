"""CSV files of the public sources, read into rows of text with the line on which each begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secondleg.errors import SourceError
from secondleg.sources.contract import UnreadLine

__all__ = ["Delimited", "read_delimited"]

_LONGEST_FIELD: Final = 10_000
"""Characters; a longer field is a quotation mark that nobody closed."""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A CSV file: rows have as many fields as the header, lines are 1-based."""

    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    unread: list[UnreadLine]
    surplus: int
    """Rows with fields beyond the header that hold something; these fields are left out."""

    def columns(self) -> dict[str, list[str]]:
        """The columns by name; of two of the same name the first counts, and one without a name is left out."""
        by_column = list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.header)
        found: dict[str, list[str]] = {}
        for name, values in zip(self.header, by_column, strict=True):
            if name and name not in found:
                found[name] = list(values)
        return found


def read_delimited(
    path: Path, needed: Sequence[str | tuple[str, ...]], *, fallback: str | None = None, short: bool = False
) -> Delimited:
    """Read a CSV file; empty rows are left out.

    `needed` names the columns that it must have; of a tuple one is enough. `fallback` is the encoding of a file
    that is not UTF-8. A row with fewer fields than the header is unread, unless `short` allows it and it is not
    the end of a file that was cut off. Raises SourceError for a file that is no such CSV.
    """
    text = _text(path, fallback)
    try:
        reader = csv.reader(io.StringIO(text, newline=""))
        header = tuple(name.strip() for name in next(reader, []))
    except csv.Error as error:
        raise _no_csv(path, str(error)) from error
    for names in needed:
        wanted = (names,) if isinstance(names, str) else names
        if not any(name in header for name in wanted):
            raise SourceError(
                f"no column {' or '.join(wanted)}",
                file=path.name,
                line=1,
                hint="Take the file anew from its source.",
            )
    cut_off = not text.endswith(("\n", "\r"))
    rows: list[list[str]] = []
    lines: list[int] = []
    unread: list[UnreadLine] = []
    surplus = 0
    last_line = 1
    width = len(header)
    try:
        for row in reader:
            begins, last_line = last_line + 1, reader.line_num
            if not any(map(str.strip, row)):
                continue
            reason = None
            if len(row) < width:
                if not short or (cut_off and last_line == text.count("\n") + 1):
                    reason = f"{len(row)} fields, the header has {width}"
                else:
                    row += [""] * (width - len(row))
            elif len(row) > width:
                surplus += any(map(str.strip, row[width:]))
                row = row[:width]
            if last_line > begins and max(map(len, row)) > _LONGEST_FIELD:
                reason = "a quotation mark that is not closed"
            if reason:
                unread.append(UnreadLine(begins, ",".join(row)[:200], reason))
                continue
            rows.append(row)
            lines.append(begins)
    except csv.Error as error:
        raise _no_csv(path, str(error)) from error
    return Delimited(header, rows, lines, unread, surplus)


def _text(path: Path, fallback: str | None) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if fallback:
            return raw.decode(fallback, errors="replace")
        raise SourceError(
            f"is not UTF-8 (byte {error.start})", file=path.name, hint="Convert it to UTF-8, or take it anew."
        ) from error


def _no_csv(path: Path, problem: str) -> SourceError:
    return SourceError(f"is not CSV ({problem})", file=path.name, hint="Take the file anew from its source.")
