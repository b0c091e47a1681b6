# ruff: noqa: E501  (words stand as many to a line as fit)
"""Damaged copies of good files: bits, bytes, tokens, fields and lines of text; cells, columns and types of tables.

Everything comes from the random numbers that are handed in, so that the same seed gives the same copies.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import pyarrow as pa

__all__ = ["CELLS", "TOKENS", "damaged", "keeps_rows_apart", "mutated", "mutated_column", "mutated_columns"]

_WORDS: Final = (
    "", " ", "\t", "NA", "N.N.", "None", "null", "nan", "NaN", "inf", "-inf", "-1", "-0", "0", "00", "1", "2", "9", "10",
    "16", "37", "90+3", "99", "100", "120", "127", "128", "255", "256", "300", "32767", "32768", "65536", "2147483648",
    "99999999999", "1e5", "1e400", "1.5", "0.0", "1,5", "+1", "0x1F", "٣", "²", "½", "1-0", "0-0", "9-9", "1:0", "-:-",
    "99-99", "128-0", "1 - 0", "0-1 (1-0)", "2-1 a.e.t. (1-1, 0-1)", "5-4 pen. 1-1 a.e.t. (1-1)", "3-3 pen.", "n.V.",
    "i.E.", "Wert.", "annull.", "abgebr.", "(Hinspiel 9:9)", "[awarded]", "[cancelled]", "bye", "v", " v ", " vs. ",
    "1993", "2024", "0000", "1800", "9999", "99999", "2024/25", "2024-25", "31/02/99", "14/08/93", "1/1/1", "29/02/2023",
    "2024-02-30", "2023-02-28", "0000-00-00", "0001-01-01", "9999-12-31", "-0044-03-15", "infinity", "epoch", "today",
    "24:00", "25:99", "12.30", "TRUE", "FALSE", "F", "E", "P", "H", "yes", "void", "walkover", "disqualified",
    "Final", "final", "s", "Matchday 3", "Round 99", "Group A", "Leg 2", "replay", "penalties", "eng", "england",
    "Atlantis", "United Kingdom", "Ελλάδα", "Arsenal", "FC København", "İstanbul", "ﬁ", "e\u0301", "\u200f", "\u200b",
    "\ufeff", "\u2028", "\u0085", "\x1c", "\x0b", "\x7f", "⚽", "👨‍👩‍👧", "\U0010ffff", "(", ")", "()", "[", "]", "{", "}",
    "<!--", "-->", "#", "# Matches  7", "=", "==", "= X 2024/25", "»", "▪", "|", "@", ";", ":", "'", "''", "`", "\\", "\\n",
    "%s", "{}", "$1", "DROP TABLE raw", "../../x", "*", "a" * 61, "A" * 300, "9" * 40, "( " * 200, "0-" * 300, "x " * 400,
)  # fmt: skip
TOKENS: Final = tuple(word.encode() for word in _WORDS)
"""What is put in the place of a field, or between two letters: what other sources have there, and what none should."""
_SPLITTING: Final = (b'"', b'""', b",", b"\r", b"\n", b"\r\n", b"\n\n", b'"\n', b",,,,,,,,")
_BROKEN: Final = (
    b"\0",
    b"\xff",
    b"\xe9",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf8\x88\x80\x80\x80",
    "Ã©".encode(),
    b"\xef\xbb\xbf",
)
_FIELD: Final = re.compile(rb"[^,|\r\n]+")
_WORD: Final = re.compile(rb"[^\s,|()\"]+")
_DIGITS: Final = re.compile(rb"\d+")
_LINE: Final = re.compile(rb"[^\n]*\n|[^\n]+")

Step = Callable[[random.Random, bytes], bytes]


def mutated(rng: random.Random, data: bytes) -> bytes:
    """A copy of a text with one to four things wrong; three in four times nothing that no text could hold."""
    kinds = _MILD if rng.random() < 0.75 else _ALL
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        data = rng.choice(kinds)(rng, data)
    return data


def keeps_rows_apart(data: bytes) -> bool:
    """Whether each line of a CSV file is one row by anybody's rules: every field either bare or wholly quoted."""
    return _APART.fullmatch(data) is not None


_BARE: Final = rb'(?:[^",\r\n]*+|"[^",\r\n]*+(?:,[^",\r\n]*+)*+")'
_APART: Final = re.compile(rb"(?:%b(?:,%b)*+\r?\n)*+" % (_BARE, _BARE))


def _put(data: bytes, start: int, end: int, new: bytes) -> bytes:
    return data[:start] + new + data[end:]


def _somewhere(rng: random.Random, data: bytes, pattern: re.Pattern[bytes]) -> tuple[int, int]:
    """A place that the pattern matches, below the first line four times in five."""
    body = data.find(b"\n") + 1 if rng.random() < 0.8 else 0
    if body >= len(data):
        body = 0
    start = rng.randrange(body, len(data)) if len(data) > body else 0
    found = pattern.search(data, start) or pattern.search(data)
    return found.span() if found else (0, 0)


def _bit(rng: random.Random, data: bytes) -> bytes:
    if not data:
        return data
    at = rng.randrange(len(data))
    return _put(data, at, at + 1, bytes([data[at] ^ (1 << rng.randrange(8))]))


def _byte(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return _put(
        data, at, min(len(data), at + rng.choice((0, 1, 1, 4))), rng.randbytes(rng.choice((0, 1, 1, 2)))
    )


def _token(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return _put(data, at, at, rng.choice(TOKENS))


def _field(rng: random.Random, data: bytes) -> bytes:
    start, end = _somewhere(rng, data, _FIELD if rng.random() < 0.6 else _WORD)
    return _put(data, start, end, rng.choice(TOKENS))


def _number(rng: random.Random, data: bytes) -> bytes:
    start, end = _somewhere(rng, data, _DIGITS)
    if start == end:
        return data
    old = int(data[start:end][:18])
    new = rng.choice((old + 1, old - 1, old * 10, old // 10, rng.randint(0, 99), rng.randint(0, 10**9)))
    return _put(data, start, end, b"%d" % new)


def _copied_field(rng: random.Random, data: bytes) -> bytes:
    start, end = _somewhere(rng, data, _FIELD)
    first, last = _somewhere(rng, data, _FIELD)
    return _put(data, start, end, data[first:last])


def _fields_of_a_line(rng: random.Random, data: bytes) -> bytes:
    """A field of one line dropped, doubled, or swapped with its neighbour."""
    lines = _LINE.findall(data)
    if not lines:
        return data
    at = rng.randrange(len(lines))
    body = lines[at].rstrip(b"\r\n")
    end = lines[at][len(body) :]
    mark = rng.choice((b",", b",", b"  ", b"|"))
    fields = body.split(mark)
    where = rng.randrange(len(fields))
    match rng.randrange(3):
        case 0:
            del fields[where]
        case 1:
            fields.insert(where, fields[where])
        case _:
            other = rng.randrange(len(fields))
            fields[where], fields[other] = fields[other], fields[where]
    lines[at] = mark.join(fields) + end
    return b"".join(lines)


def _lines(rng: random.Random, data: bytes) -> bytes:
    """A line dropped, doubled, moved, or put behind the one before it."""
    lines = _LINE.findall(data)
    if not lines:
        return data
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines[at] = lines[at].rstrip(b"\r\n")
    return b"".join(lines)


def _cut(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] if rng.random() < 0.8 else data[at:]


def _splits(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return _put(data, at, at, rng.choice(_SPLITTING))


def _breaks(rng: random.Random, data: bytes) -> bytes:
    at = rng.choice((0, rng.randint(0, len(data))))
    return _put(data, at, at, rng.choice(_BROKEN))


def _encodes(rng: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = rng.choice(("latin-1", "cp1252", "utf-16", "utf-8-sig", "utf-16-be"))
    return text.encode(encoding, "replace")


def _line_ends(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n")))


_MILD: Final[tuple[Step, ...]] = (_token, _field, _field, _number, _copied_field, _fields_of_a_line, _lines)
_ALL: Final[tuple[Step, ...]] = (*_MILD, _bit, _byte, _cut, _splits, _breaks, _encodes, _line_ends)


# --- tables ---------------------------------------------------------------------------------------

CELLS: Final[tuple[Any, ...]] = (
    None, "", " ", "NA", "0", "1", "-1", "2", "120", "121", "128", "40000", "99999999999", "1e400", "nan", "é", "⚽",
    "\0", "'", '"', "{", "\n", "1-0", "90+3'", "45'", "12", "105+1'", "999", "home", "away", "Goal", "Own goal",
    "Penalty Awarded", "Penalty", "Red Card", "Yellow Card", "Substitution", "Substitution - In", "Substitution - Out",
    "Goal Disallowed", '{"added_time": "9"}', '{"assist_player_name": 5}', '["x"]', "2023-02-30", "1993-08-14",
    "0001-01-01", "9999-12-31", "1992-1993", "1992", "england", "Atlantis", "F", "E", "P", "FALSE", "England",
    0, 1, -1, 2, 3, 7, 36, 99, 100, 127, 128, 255, 300, 1993, 2024, 32767, 32768, 2**31, 2**40, 2**63 - 1, -(2**63),
    0.0, 1.5, -1.0, 1e30, float("nan"), float("inf"), -float("inf"), 1.0001, 2.25, 1e-9,
)  # fmt: skip
"""What is put in the place of a cell, as far as its column can hold it."""

_TYPES: Final = (pa.string(), pa.large_string(), pa.binary(), pa.int8(), pa.int16(), pa.int64(), pa.uint64(),
    pa.float32(), pa.float64(), pa.bool_(), pa.date32(), pa.timestamp("us"), pa.timestamp("ns", "UTC"), pa.null(),
    pa.list_(pa.string()), pa.dictionary(pa.int32(), pa.string()), pa.decimal128(38, 2), pa.time64("us"))  # fmt: skip


def mutated_column(rng: random.Random, values: list[Any], kind: pa.DataType) -> list[Any]:
    """A copy of a column's values with one of them another's, nothing, or one of `CELLS` that fits its type."""
    values = list(values)
    if not values:
        return values
    at = rng.randrange(len(values))
    new = rng.choice((*CELLS, *values))
    try:
        pa.array([new], kind)
    except (pa.ArrowException, ValueError, OverflowError, TypeError):
        new = None
    values[at] = new
    return values


def mutated_columns(rng: random.Random, table: pa.Table) -> pa.Table:
    """A copy of a table with a column dropped, doubled, renamed, moved, emptied or of another type."""
    at = rng.randrange(table.num_columns)
    name = table.column_names[at]
    match rng.randrange(7):
        case 0:
            return table.remove_column(at)
        case 1:
            return table.append_column(name, table.column(rng.randrange(table.num_columns)))
        case 2:
            names = list(table.column_names)
            names[at] = rng.choice((name.upper(), f" {name}", "", "x", rng.choice(names)))
            return table.rename_columns(names)
        case 3:
            order = rng.sample(range(table.num_columns), table.num_columns)
            return table.select(order) if len(set(table.column_names)) == table.num_columns else table
        case 4:
            return table.set_column(at, name, pa.nulls(table.num_rows, table.schema.field(at).type))
        case 5:
            return table.slice(0, rng.choice((0, 0, 1, 2)))
        case _:
            kind = rng.choice(_TYPES)
            try:
                column = table.column(at).cast(kind)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
                column = pa.nulls(table.num_rows, kind)
            return table.set_column(at, name, column)


def damaged(rng: random.Random, data: bytes) -> bytes:
    """A copy of a file with bits turned, bytes lost or its end cut off."""
    steps: Sequence[Step] = (_bit, _bit, _byte, _cut)
    for _ in range(rng.choice((1, 1, 2, 5))):
        data = rng.choice(steps)(rng, data)
    return data
