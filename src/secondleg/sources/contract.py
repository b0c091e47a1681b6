"""The one table that every reader fills: a source's own word on each match, before clubs are matched.

A reader returns a `SourceTable`: an Arrow table with exactly `MATCHES` as its schema, and a report of what it read
and what it could not. Names stay as the source spells them; the archive decides who they are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from secondleg.football import stage as stages
from secondleg.football.match import Status

__all__ = ["MATCHES", "FileReport", "SourceTable", "UnreadLine", "violations"]

MATCHES: Final = pa.schema(
    [
        # where the row stands
        pa.field("source", pa.string(), nullable=False),  # catalogue key: "openfootball"
        pa.field(
            "document", pa.string(), nullable=False
        ),  # the file under its upstream name: "england/2023-24/facup.txt"
        pa.field("line", pa.int32(), nullable=False),  # 1-based line (text) or row (tables) in the document
        # what is played
        pa.field("competition", pa.string(), nullable=False),  # our code: "eng.1", "eng.facup", "uefa.cl"
        pa.field("season", pa.int16(), nullable=False),  # the year in which the season began
        pa.field("stage", pa.string()),  # football.stage vocabulary; None where the source has none
        pa.field("stage_text", pa.string()),  # the source's own words
        pa.field("group", pa.string()),  # "A", "North"
        pa.field("round", pa.int16()),  # match day within a table stage
        pa.field("leg", pa.int8()),  # 1, 2; 3 for a replay or play-off match
        pa.field("date", pa.date32(), nullable=False),
        pa.field("time", pa.string()),  # local kick-off, "21:00"
        # who plays, as the source spells it
        pa.field("home", pa.string(), nullable=False),
        pa.field("away", pa.string(), nullable=False),
        pa.field("home_country", pa.string()),  # football code in lower case: "eng", "ita"
        pa.field("away_country", pa.string()),
        # how it ended
        pa.field("status", pa.string(), nullable=False),  # football.match.Status
        pa.field("home_goals", pa.int8()),  # final: extra time in, shoot-out out
        pa.field("away_goals", pa.int8()),
        pa.field("home_ft", pa.int8()),  # after 90 minutes; None where the source does not tell
        pa.field("away_ft", pa.int8()),
        pa.field("home_ht", pa.int8()),
        pa.field("away_ht", pa.int8()),
        pa.field("after_extra_time", pa.bool_()),  # None where the source does not tell
        pa.field("home_pens", pa.int8()),
        pa.field("away_pens", pa.int8()),
        pa.field("neutral", pa.bool_()),  # None where the source does not tell
        pa.field("ground", pa.string()),
        pa.field("note", pa.string()),  # anything else that the source says of the match
    ]
)


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that holds something, and that the reader did not understand."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a reader made of one document."""

    document: str
    matches: int
    """Rows that went into the table, fixtures and matches without a score included."""
    played: int
    """Of these, rows with a result."""
    declared: int | None = None
    """How many matches the file itself says that it holds."""
    unread: tuple[UnreadLine, ...] = ()
    notes: tuple[str, ...] = ()
    """What is odd about the file but was read: `declares 380 matches, holds 379`."""
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The rows of a source, under the `MATCHES` schema, with a report for each document."""

    matches: pa.Table
    reports: tuple[FileReport, ...] = field(default=())


def violations(table: pa.Table) -> list[str]:
    """What in `table` breaks the contract: an empty list means that it holds.

    Checks the schema, missing values where none may be, the stage and status vocabularies, that a played match has
    a score, that scores agree with one another, and that nobody plays itself.
    """
    if table.schema != MATCHES:
        return [f"schema differs from the contract: {table.schema}"]
    found: list[str] = []
    for name in (f.name for f in MATCHES if not f.nullable):
        if table[name].null_count:
            found.append(f"{table[name].null_count} rows without {name}")
    for row in table.to_pylist():
        where = f"{row['document']}:{row['line']}"
        if row["stage"] is not None and row["stage"] not in stages.RANK:
            found.append(f"{where}: stage {row['stage']!r} is not in football.stage")
        if row["status"] not in set(Status):
            found.append(f"{where}: status {row['status']!r} is not in football.match.Status")
        if row["home"] == row["away"]:
            found.append(f"{where}: {row['home']} plays itself")
        pairs = {k: (row[f"home_{k}"], row[f"away_{k}"]) for k in ("goals", "ft", "ht", "pens")}
        found += [
            f"{where}: only one side of {k}" for k, (h, a) in pairs.items() if (h is None) != (a is None)
        ]
        if row["status"] == Status.PLAYED and pairs["goals"][0] is None:
            found.append(f"{where}: played without a score")
        for less, more in (("ft", "goals"), ("ht", "ft")):
            (lh, la), (mh, ma) = pairs[less], pairs[more]
            if None not in (lh, la, mh, ma) and (mh < lh or ma < la) and row["status"] == Status.PLAYED:
                found.append(f"{where}: {less} {lh}-{la} is more than {more} {mh}-{ma}")
        if (
            row["after_extra_time"] is False
            and None not in (*pairs["ft"], *pairs["goals"])
            and pairs["ft"] != pairs["goals"]
        ):
            found.append(f"{where}: no extra time, yet the score after 90 minutes differs from the final one")
        if pairs["pens"][0] is not None and pairs["pens"][0] == pairs["pens"][1]:
            found.append(f"{where}: a shoot-out without a winner")
    return found
