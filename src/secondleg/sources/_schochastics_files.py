"""The result files of schochastics/football-data as they lie on disk: CSV, one a competition, or all in one Parquet.

Both become one table of text, `RAW`, with the document and line of each row. What is in the columns is judged later.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from secondleg.errors import SourceError
from secondleg.sources.contract import UnreadLine

__all__ = ["FIELDS", "RAW", "document_name", "finds", "read_raw"]

FIELDS: Final = ("home", "away", "date", "gh", "ga", "full_time", "home_country", "away_country")
RAW: Final = pa.schema(
    [
        pa.field("document", pa.string()),
        pa.field("line", pa.int32()),
        *(pa.field(name, pa.string()) for name in FIELDS),
    ]
)

_PARQUET: Final = re.compile(r"results_\d{4}_\d{4}\.parquet")
_HEADER: Final = 1000
"""Bytes at the start of a file in which its header must stand."""
_ANEW: Final = "Take the file anew from its source."


def finds(path: Path, known: frozenset[str]) -> list[Path]:
    """The result files at or below `path`: those called as in `known`, and whatever has the columns of one."""
    if path.is_file():
        return [path] if _is_one(path, known) else []
    below = (*path.rglob("*.csv"), *path.rglob("results_*.parquet"))
    return sorted(file for file in below if file.is_file() and _is_one(file, known))


def _is_one(path: Path, known: frozenset[str]) -> bool:
    if path.suffix == ".parquet":
        return _PARQUET.fullmatch(path.name) is not None
    if path.suffix != ".csv":
        return False
    if path.name in known:
        return True
    # a belgium.csv may be another source's too
    with path.open("rb") as file:
        header = file.readline(_HEADER).decode("utf-8", "replace")
    return set(FIELDS) <= set(_columns(header))


def _columns(header: str) -> list[str]:
    return [name.strip('"') for name in header.removeprefix("\ufeff").rstrip("\r\n").split(",")]


def document_name(path: Path) -> str:
    """A file's name upstream. The Parquet has none: its rows are of the documents that it was made from."""
    return path.name if path.suffix == ".parquet" else f"results/{path.name}"


def read_raw(
    paths: Sequence[Path], progress: Callable[[int, int], None]
) -> tuple[pa.Table, Mapping[str, list[UnreadLine]]]:
    """All rows of all files, ordered as the files have them, and for each document the lines that are no rows.

    A document that is given as CSV is not taken from the Parquet too. Raises SourceError for a file that is not what
    its name says.
    """
    unread: dict[str, list[UnreadLine]] = {}
    parts: list[pa.Table] = []
    whole = [path for path in paths if path.suffix == ".parquet"]
    single = [path for path in paths if path.suffix != ".parquet"]
    for done, path in enumerate(single, 1):
        document = document_name(path)
        unread[document] = []
        parts.append(_csv(path, document, unread[document]))
        progress(done, len(paths))
    for done, path in enumerate(whole, len(single) + 1):
        table = _parquet(path)
        have = pa.array(sorted(unread), pa.string())
        table = table.filter(pc.invert(pc.is_in(table["document"], value_set=have)))
        unread |= {document: [] for document in pc.unique(table["document"]).to_pylist()}
        parts.append(table)
        progress(done, len(paths))
    return (pa.concat_tables(parts) if parts else RAW.empty_table()).combine_chunks(), unread


def _csv(path: Path, document: str, unread: list[UnreadLine]) -> pa.Table:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Convert it to UTF-8, or take it anew."
        raise SourceError(f"is not UTF-8 (byte {error.start})", file=path.name, hint=hint) from error
    columns = _columns(text.partition("\n")[0])
    _require(columns, path)
    if '"' in text or len(set(columns)) < len(columns):
        return _csv_by_line(path, text, document, unread)
    wrong: list[int] = []

    def note(row: Any) -> str:
        if row.text.strip():
            unread.append(_short(row.number, row.text, len(columns)))
        wrong.append(row.number)
        return "skip"

    try:
        rows = pyarrow.csv.read_csv(
            io.BytesIO(data),
            # line numbers are told only where one thread reads, and kept only where empty lines count
            read_options=pyarrow.csv.ReadOptions(use_threads=False),
            parse_options=pyarrow.csv.ParseOptions(
                invalid_row_handler=note, ignore_empty_lines=False, quote_char=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=list(FIELDS),
                column_types=dict.fromkeys(FIELDS, pa.string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowException as error:
        raise SourceError(f"is not CSV ({error})", file=path.name, hint=_ANEW) from error
    skipped = set(wrong)
    total = rows.num_rows + len(skipped)
    lines = [number for number in range(2, total + 2) if number not in skipped]
    table = _raw(rows, pa.repeat(document, len(lines)), pa.array(lines, pa.int32()))
    # an empty line becomes a row of nothing
    return table.filter(pc.not_equal(pc.binary_join_element_wise(*(table[name] for name in FIELDS), ""), ""))


def _require(columns: Sequence[str], path: Path) -> None:
    if missing := [name for name in FIELDS if name not in columns]:
        raise SourceError(f"no column {', '.join(missing)}", file=path.name, line=1, hint=_ANEW)


def _short(line: int, text: str, columns: int) -> UnreadLine:
    return UnreadLine(line, text, f"{text.count(',') + 1} fields, where the header has {columns}")


def _csv_by_line(path: Path, text: str, document: str, unread: list[UnreadLine]) -> pa.Table:
    """Read a file with quotation marks, which upstream's do not have: slower, and by the book."""
    import csv

    rows: list[dict[str, Any]] = []
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        _require(reader.fieldnames or (), path)
        columns = len(reader.fieldnames or ())
        for row in reader:
            values = [row[name] for name in FIELDS]
            if None in values or None in row:
                told = ",".join(value or "" for value in values)
                unread.append(_short(reader.line_num, told, columns))
            else:
                rows.append(dict(zip(FIELDS, values, strict=True), document=document, line=reader.line_num))
    except csv.Error as error:
        raise SourceError(f"is not CSV ({error})", file=path.name, hint=_ANEW) from error
    return pa.Table.from_pylist(rows, schema=RAW)


def _parquet(path: Path) -> pa.Table:
    """The rows of the Parquet. A row's line is its place among those of its document, the header counted as in CSV."""
    try:
        names = pyarrow.parquet.read_schema(path).names
        missing = [name for name in (*FIELDS, "file") if name not in names]
        if missing:
            raise SourceError(f"no column {', '.join(missing)}", file=path.name, hint=_ANEW)
        table = pyarrow.parquet.read_table(path, columns=[*FIELDS, "file"])
        rows = table.select(FIELDS).cast(pa.schema([(name, pa.string()) for name in FIELDS]))
        rows = pa.table({name: pc.fill_null(rows[name], "") for name in FIELDS})
        files = pc.fill_null(table["file"].cast(pa.string()), "")
        rows.validate(full=True)  # that its texts are UTF-8
        files.validate(full=True)
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as error:
        # KeyError: a column that is there twice
        raise SourceError(
            f"is not a Parquet of results ({str(error).partition(chr(10))[0]})", file=path.name, hint=_ANEW
        ) from error
    return _raw(rows, pc.binary_join_element_wise("results", files, "/"), _places(files))


def _places(files: pa.ChunkedArray) -> pa.Array:
    """For each row its place among the rows of the same file, from 2."""
    import numpy as np

    codes = files.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    begins = np.concatenate([[0], np.flatnonzero(np.diff(codes[order])) + 1]) if len(codes) else order
    counts = np.diff([*begins, len(codes)])
    place = np.empty(len(codes), dtype=np.int32)
    place[order] = np.arange(len(codes)) - np.repeat(begins, counts) + 2
    return pa.array(place)


def _raw(rows: pa.Table, document: Any, line: Any) -> pa.Table:
    columns = {"document": document, "line": line, **{name: rows[name] for name in FIELDS}}
    return pa.table(columns).cast(RAW)
