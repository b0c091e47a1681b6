"""Fuzz runs of a reader: many damaged documents are read at once, and what comes back is held against an oracle.

An input ends in one of two ways. Either the reader raises a SourceError that names the file and ends with what to do;
then the rest is read without it. Or its rows hold the contract, its report counts them, and none of its lines is lost.
"""

from __future__ import annotations

import importlib
import random
import re
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from secondleg.errors import SecondlegError, SourceError
from secondleg.sources import contract
from secondleg.sources.catalogue import Reader
from secondleg.sources.contract import FileReport, SourceTable

__all__ = ["Input", "Told", "broken_contract", "counts", "fuzz", "reader_of", "rng_of", "told_of"]

_LONGEST: Final = 120
"""Seconds that a batch may take on a busy machine: past these it hangs."""
_CHECKED_TOGETHER: Final = 100
"""Batches whose rows are held against the contract at once."""
_ENDS: Final = re.compile(r"[.)] [A-Z]\w.*\.$", re.DOTALL)
"""How a message ends: with a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Input:
    """One damaged document (or group of rows of a table) and where it lies."""

    path: Path
    document: str
    data: bytes
    times: int = 1
    """How many documents it holds, each damaged by itself."""
    beside: str = ""
    """The name of a file that belongs to it."""
    rows: tuple[int, ...] = ()
    """Of a table: how many rows it has."""


@dataclass(slots=True)
class Told:
    """What a reader told of one document."""

    report: FileReport | None = None
    matches: dict[int, dict[str, Any]] = field(default_factory=dict)
    """By line; only place, sides, day and note."""
    incidents: int = 0
    names: set[str] = field(default_factory=set)
    """Names and aliases of clubs."""

    @property
    def unread(self) -> dict[int, str]:
        """Reason by line."""
        return {line.line: line.reason for line in self.report.unread} if self.report else {}

    @property
    def notes(self) -> tuple[str, ...]:
        return self.report.notes if self.report else ()

    def noted(self, words: str) -> int:
        """The number that stands before these words in a note."""
        for note in self.notes:
            if found := re.match(rf"([\d,]+) {words}", note):
                return int(found[1].replace(",", ""))
        return 0


Lost = Callable[[Input, Told, SourceTable], Iterator[str]]


def reader_of(module: str) -> Reader:
    """The reader in a module of `secondleg.sources`."""
    found: Any = importlib.import_module(f"secondleg.sources.{module}")
    return found  # type: ignore[no-any-return]


def fuzz(reader: Reader, batches: Iterable[Sequence[Input]], lost: Lost) -> Counter[str]:
    """Read all inputs and raise AssertionError for the first that ends as none may; counts how they ended."""
    ended: Counter[str] = Counter()
    held: list[tuple[list[Input], SourceTable]] = []
    for inputs in batches:
        with _at_most(_LONGEST, inputs):
            read, table = _read(reader, inputs, ended)
        if table is None:
            continue
        problems = counts(table)
        told = told_of(table)
        for item in read:
            own = told.get(item.document, Told())
            ended["unread" if own.unread else "read"] += 1
            problems += [f"{item.document}: {problem}" for problem in lost(item, own, table)]
        assert not problems, _blamed(problems, read)
        held.append((read, table))
        if len(held) == _CHECKED_TOGETHER:
            _check(held)
            held = []
    _check(held)
    return ended


def _check(held: Sequence[tuple[list[Input], SourceTable]]) -> None:
    """Hold the rows of several batches against the contract at once; each alone where something is wrong."""
    if held and broken_contract(_together([table for _, table in held])):
        for read, table in held:
            problems = broken_contract(table)
            assert not problems, _blamed(problems, read)


def _together(tables: Sequence[SourceTable]) -> SourceTable:
    """The rows of several readings as one; the documents of each are told apart."""
    parts: dict[str, pa.Table] = {}
    for name in ("matches", "incidents", "statistics", "odds", "aliases", "ids"):
        rows = []
        for number, table in enumerate(tables):
            part = getattr(table, name)
            if part is None:
                continue
            at = part.schema.get_field_index("document")
            own = pc.binary_join_element_wise(str(number), part["document"], "/")
            rows.append(part.set_column(at, part.schema.field(at), own))
        parts[name] = pa.concat_tables(rows) if rows else None
    return SourceTable(
        parts["matches"],
        incidents=parts["incidents"],
        statistics=parts["statistics"],
        odds=parts["odds"],
        aliases=parts["aliases"],
        ids=parts["ids"],
    )


def _read(
    reader: Reader, inputs: Sequence[Input], ended: Counter[str]
) -> tuple[list[Input], SourceTable | None]:
    """Read all but those that end in a clear error; an error leaves those before it whole."""
    good: list[Input] = []
    rest = list(inputs)
    table: SourceTable | None = None
    while rest:
        try:
            table = _table(reader, rest)
            good += rest
            break
        except SourceError as error:
            _assert_clear(error, rest)
            at = _culprit(reader, error, rest)
            ended["error"] += 1
            good += rest[:at]
            rest = rest[at + 1 :]
    if good and (table is None or len(good) < len(inputs)):
        table = _table(reader, good)
    return good, table if good else None


def _table(reader: Reader, inputs: Sequence[Input]) -> SourceTable:
    """What the reader makes of the inputs; anything that it raises but a SourceError is narrowed to one of them."""
    try:
        return reader.read_files([item.path for item in inputs])
    except SourceError:
        raise
    except Exception as error:
        if len(inputs) == 1:
            raise AssertionError(f"{type(error).__name__}: {error}\n{_shown(inputs[0])}") from error
        half = len(inputs) // 2
        for part in (inputs[:half], inputs[half:]):
            try:
                _table(reader, part)
            except SourceError:
                continue
        raise


def _assert_clear(error: SourceError, inputs: Sequence[Input]) -> None:
    text = str(error)
    assert any(map(partial(_names, error), inputs)), f"names none of the files: {text}"
    assert text.startswith(error.file), text
    assert _ENDS.search(text), f"does not end with what to do: {text}"


def _names(error: SourceError, item: Input) -> bool:
    return error.file in (item.path.name, item.document, str(item.path), item.beside or None)


def _culprit(reader: Reader, error: SourceError, inputs: Sequence[Input]) -> int:
    named = [at for at, item in enumerate(inputs) if _names(error, item)]
    if len(named) == 1:
        return named[0]
    for at in named:
        try:
            reader.read_files([inputs[at].path])
        except SecondlegError:
            return at
    raise AssertionError(f"no file alone gives this error: {error}")


def told_of(table: SourceTable) -> dict[str, Told]:
    """What a table tells, by document."""
    told: dict[str, Told] = {report.document: Told(report) for report in table.reports}
    if table.matches is not None:
        names = ["document", "line", "home", "away", "date", "note", "status"]
        for row in table.matches.select(names).to_pylist():
            told.setdefault(row["document"], Told()).matches[row["line"]] = row
    if table.incidents is not None:
        for row in table.incidents["document"].value_counts().to_pylist():
            told.setdefault(row["values"], Told()).incidents = row["counts"]
    for part, column in ((table.aliases, "alias"), (table.aliases, "name"), (table.ids, "name")):
        if part is not None:
            for row in part.select(["document", column]).to_pylist():
                told.setdefault(row["document"], Told()).names.add(row[column])
    return told


def broken_contract(table: SourceTable) -> list[str]:
    """What breaks the contract in any part of a reading."""
    checks: Mapping[str, Callable[[pa.Table], list[str]]] = {
        "matches": contract.violations,
        "incidents": contract.incident_violations,
        "statistics": contract.statistic_violations,
        "odds": contract.odds_violations,
        "aliases": contract.alias_violations,
        "ids": contract.id_violations,
    }
    found: list[str] = []
    for part, check in checks.items():
        rows = getattr(table, part)
        if rows is not None:
            found += check(rows)
    return found


def counts(table: SourceTable) -> list[str]:
    """Where reports and rows of a reading differ: rows without a report, other numbers, a line that is none."""
    found: list[str] = []
    reports = {report.document: report for report in table.reports}
    if len(reports) < len(table.reports):
        found.append("a document has two reports")
    rows: Counter[str] = Counter()
    lines: Counter[tuple[str, int]] = Counter()
    if table.matches is not None:
        for row in table.matches.select(["document", "line", "note"]).to_pylist():
            if row["note"] == "not in the file":
                continue  # the European Cup's second legs that its file lacks
            rows[row["document"]] += 1
            lines[row["document"], row["line"]] += 1
    for part in ("incidents", "statistics", "odds"):
        held = getattr(table, part)
        if held is None:
            continue
        for row in held.group_by(["document", "line"]).aggregate([]).to_pylist():
            if (row["document"], row["line"]) not in lines:
                found.append(f"{row['document']}:{row['line']}: {part} of no match")
    found += [f"{document}:{line}: {n} matches on one line" for (document, line), n in lines.items() if n > 1]
    found += [f"{document}: no report" for document in rows.keys() - reports.keys()]
    for document, report in reports.items():
        if report.matches != rows[document]:
            found.append(f"{document}: reports {report.matches} matches, gives {rows[document]}")
        if any(line.line < 1 or not line.reason for line in report.unread):
            found.append(f"{document}: an unread line without a place or a reason")
        if any((document, line.line) in lines for line in report.unread) and table.incidents is None:
            found.append(f"{document}: a line is read and unread")
    return found


def _blamed(problems: Sequence[str], inputs: Sequence[Input]) -> str:
    """The problems, and the inputs that they are of."""
    shown = [_shown(item) for item in inputs if any(p.startswith(f"{item.document}:") for p in problems)]
    return "\n".join([*problems[:5], *shown[:2]])


def _shown(item: Input) -> str:
    return f"{item.document} ({item.path.name})\n{item.data!r}"


@contextmanager
def _at_most(seconds: int, inputs: Sequence[Input]) -> Iterator[None]:
    """Fail where the reader hangs, on systems that have alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"takes more than {seconds} s:\n" + "\n".join(map(_shown, inputs[:50])))

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def rng_of(*names: object) -> random.Random:
    """Random numbers of a named run."""
    return random.Random(" ".join(map(str, names)))
