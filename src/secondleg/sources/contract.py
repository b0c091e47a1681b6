"""The tables that every reader fills: a source's own word on each match, before clubs are matched.

A reader returns a `SourceTable`: an Arrow table with exactly `MATCHES` as its schema, where the source has them also
`INCIDENTS`, `STATISTICS` and `ODDS` of those matches, and a report of what it read and what it could not. A source of
names fills `ALIASES` and `IDS` instead. Names stay as the source spells them; the archive decides who they are.

A row of another table belongs to the match with the same source, document and line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from secondleg.football import country as countries
from secondleg.football import stage as stages
from secondleg.football.match import Status

__all__ = [
    "ALIASES",
    "IDS",
    "INCIDENTS",
    "INCIDENT_KINDS",
    "MARKETS",
    "MATCHES",
    "ODDS",
    "STATISTICS",
    "FileReport",
    "SourceTable",
    "UnreadLine",
    "alias_violations",
    "id_violations",
    "incident_violations",
    "odds_violations",
    "statistic_violations",
    "violations",
]

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

_PLACE: Final = [MATCHES.field("source"), MATCHES.field("document"), MATCHES.field("line")]

INCIDENTS: Final = pa.schema(
    [
        *_PLACE,
        pa.field("nth", pa.int16(), nullable=False),  # order within the match, from 1, as the source has it
        pa.field("kind", pa.string(), nullable=False),  # one of INCIDENT_KINDS
        pa.field(
            "side", pa.string(), nullable=False
        ),  # "home" or "away": for a goal the side that it counts for
        pa.field("minute", pa.int16()),  # 1-120, as the source counts; None where it does not tell
        pa.field("added", pa.int16()),  # minutes of stoppage time beyond `minute`: 90+3 is 90 and 3
        pa.field("player", pa.string()),  # who scored, was booked, or went off
        pa.field("other", pa.string()),  # who gave the assist, or came on
        pa.field("home_goals", pa.int8()),  # the score after a goal
        pa.field("away_goals", pa.int8()),
    ]
)

INCIDENT_KINDS: Final = (
    "goal",
    "own-goal",
    "penalty",
    "missed-penalty",
    "yellow",
    "second-yellow",
    "red",
    "substitution",
)
"""The first three are goals: `penalty` is one that was scored, in play."""

_COUNTS: Final = ("shots", "shots_on_target", "woodwork", "corners", "fouls", "offsides", "yellows", "reds")

STATISTICS: Final = pa.schema(
    [
        *_PLACE,
        *(pa.field(f"{side}_{name}", pa.int16()) for name in _COUNTS for side in ("home", "away")),
        pa.field("attendance", pa.int32()),
        pa.field("referee", pa.string()),
    ]
)
"""Counts of both sides; None where the source does not tell."""

ODDS: Final = pa.schema(
    [
        *_PLACE,
        pa.field(
            "bookmaker", pa.string(), nullable=False
        ),  # "pinnacle"; also "market-average", "market-maximum"
        pa.field("market", pa.string(), nullable=False),  # one of MARKETS
        pa.field(
            "closing", pa.bool_(), nullable=False
        ),  # at kick-off; else days before, as the source collects
        pa.field("size", pa.float32()),  # goals of a total, goals given to the home side; None for 1x2
        pa.field(
            "home", pa.float32()
        ),  # decimal odds: home win; more than `size`; home side with its handicap
        pa.field("draw", pa.float32()),  # of 1x2 only
        pa.field("away", pa.float32()),
    ]
)

MARKETS: Final = ("1x2", "total", "handicap")

ALIASES: Final = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("document", pa.string(), nullable=False),
        pa.field("country", pa.string(), nullable=False),  # football code in lower case
        pa.field("name", pa.string(), nullable=False),  # the list's own name of the club
        pa.field("alias", pa.string(), nullable=False),
    ]
)
"""Names of clubs, one row an alias."""

IDS: Final = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("document", pa.string(), nullable=False),
        pa.field("country", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("scheme", pa.string(), nullable=False),  # whose id it is: "wikidata", "transfermarkt"
        pa.field("id", pa.string(), nullable=False),
    ]
)
"""Ids of clubs in other people's lists, one row an id."""


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
    """The rows of a source with a report for each document; a table that is None is one that it does not fill."""

    matches: pa.Table | None
    reports: tuple[FileReport, ...] = field(default=())
    incidents: pa.Table | None = None
    statistics: pa.Table | None = None
    odds: pa.Table | None = None
    aliases: pa.Table | None = None
    ids: pa.Table | None = None


def violations(table: pa.Table) -> list[str]:
    """What in a table of `MATCHES` breaks the contract: an empty list means that it holds.

    Checks the schema, missing values where none may be, the stage and status vocabularies, that a played match has
    a score, that scores agree with one another, and that nobody plays itself.
    """
    return _broken(table, MATCHES, _MATCH_RULES)


def incident_violations(table: pa.Table) -> list[str]:
    """What in a table of `INCIDENTS` breaks the contract: kinds, sides, minutes, scores, two with one number."""
    return _broken(table, INCIDENTS, _INCIDENT_RULES) + _repeated(table, INCIDENTS, "nth")


def statistic_violations(table: pa.Table) -> list[str]:
    """What in a table of `STATISTICS` breaks the contract: counts below nothing, a match told twice."""
    return _broken(table, STATISTICS, _STATISTIC_RULES) + _repeated(table, STATISTICS)


def odds_violations(table: pa.Table) -> list[str]:
    """What in a table of `ODDS` breaks the contract: markets, odds that pay no more than the stake, sizes."""
    return _broken(table, ODDS, _ODDS_RULES) + _repeated(
        table, ODDS, "bookmaker", "market", "closing", "size"
    )


def alias_violations(table: pa.Table) -> list[str]:
    """What in a table of `ALIASES` breaks the contract: no such country, empty names."""
    return _broken(table, ALIASES, _name_rules("name", "alias"))


def id_violations(table: pa.Table) -> list[str]:
    """What in a table of `IDS` breaks the contract: no such country, empty names or ids."""
    return _broken(table, IDS, _name_rules("name", "scheme", "id"))


# --- rules: a condition in SQL that no row may meet, and a text in SQL that says what is wrong --------------------

_Rules = Sequence[tuple[str, str]]


def _listed(words: Iterable[str]) -> str:
    """The words as a list in SQL. They are the house's own, never a user's."""
    return ", ".join(f"'{word}'" for word in sorted(words))


def _not_in(column: str, words: Iterable[str], where: str) -> tuple[str, str]:
    return f"{column} NOT IN ({_listed(words)})", f"format('{column} ''{{}}'' is not in {where}', {column})"


_SIDES: Final = ("home", "away")
_SCORES: Final = ("goals", "ft", "ht", "pens")
_MOST_ODDS: Final = 100_000
"""Decimal odds; more than any bookmaker pays."""

_MATCH_RULES: Final[_Rules] = (
    _not_in("stage", stages.RANK, "football.stage"),
    _not_in("status", Status, "football.match.Status"),
    ("home = away", "home || ' plays itself'"),
    *((f"(home_{k} IS NULL) <> (away_{k} IS NULL)", f"'only one side of {k}'") for k in _SCORES),
    *((f"least(home_{k}, away_{k}) < 0", f"'{k} below none'") for k in _SCORES),
    (f"status = '{Status.PLAYED}' AND home_goals IS NULL", "'played without a score'"),
    *(
        (
            f"status = '{Status.PLAYED}' AND (home_{more} < home_{less} OR away_{more} < away_{less})",
            f"format('{less} {{}}-{{}} is more than {more} {{}}-{{}}', "
            f"home_{less}, away_{less}, home_{more}, away_{more})",
        )
        for less, more in (("ft", "goals"), ("ht", "ft"))
    ),
    (
        "NOT after_extra_time AND (home_ft <> home_goals OR away_ft <> away_goals)",
        "'no extra time, yet the score after 90 minutes differs from the final one'",
    ),
    ("home_pens = away_pens", "'a shoot-out without a winner'"),
)

_INCIDENT_RULES: Final[_Rules] = (
    _not_in("kind", INCIDENT_KINDS, "INCIDENT_KINDS"),
    _not_in("side", _SIDES, "home, away"),
    ("nth < 1", "format('nth is {}, below 1', nth)"),
    ("minute NOT BETWEEN 1 AND 120", "format('minute {} is none of 1-120', minute)"),
    ("added < 0", "'stoppage time below none'"),
    ("added IS NOT NULL AND minute IS NULL", "'stoppage time of no minute'"),
    ("(home_goals IS NULL) <> (away_goals IS NULL)", "'only one side of goals'"),
    ("least(home_goals, away_goals) < 0", "'goals below none'"),
    (
        f"kind IN ({_listed(INCIDENT_KINDS[:3])}) AND if(side = 'home', home_goals, away_goals) < 1",
        "'a goal after which its side has none'",
    ),
)

_STATISTIC_RULES: Final[_Rules] = (
    *((f"least(home_{k}, away_{k}) < 0", f"'{k} below none'") for k in _COUNTS),
    ("attendance < 0", "'attendance below none'"),
)

_ODDS_RULES: Final[_Rules] = (
    _not_in("market", MARKETS, "MARKETS"),
    *(
        (f"{k} <= 1 OR {k} > {_MOST_ODDS} OR NOT isfinite({k})", f"format('{k} odds of {{}} are none', {k})")
        for k in ("home", "draw", "away")
    ),
    ("coalesce(home, draw, away) IS NULL", "'no odds'"),
    ("market = '1x2' AND size IS NOT NULL", "'1x2 with a size'"),
    ("market <> '1x2' AND size IS NULL", "market || ' without a size'"),
    ("market <> '1x2' AND draw IS NOT NULL", "market || ' with a draw'"),
)


def _name_rules(*names: str) -> _Rules:
    return (
        _not_in("country", countries.NAME, "football.country"),
        *((f"trim({name}) = ''", f"'{name} is empty'") for name in names),
    )


def _broken(table: pa.Table, schema: pa.Schema, rules: _Rules) -> list[str]:
    """What in `table` breaks `schema` and `rules`, a row as `document:line: what is wrong`."""
    import duckdb

    if table.schema != schema:
        return [f"schema differs from the contract: {table.schema}"]
    found = [
        f"{table[name].null_count} rows without {name}"
        for name in (field.name for field in schema if not field.nullable)
        if table[name].null_count
    ]
    place = "line" if "line" in schema.names else "name"
    failed = " UNION ALL ".join(
        f"SELECT document, {place} AS place, {nth} AS nth, {what} AS what FROM told WHERE {condition}"
        for nth, (condition, what) in enumerate(rules)
    )
    with duckdb.connect() as connection:
        connection.register("told", table)
        rows = connection.execute(f"SELECT document, place, what FROM ({failed}) ORDER BY ALL").fetchall()
    return found + [f"{document}:{place}: {what}" for document, place, what in rows]


def _repeated(table: pa.Table, schema: pa.Schema, *within: str) -> list[str]:
    """Rows of `table` that stand twice, by their place and what is told `within` it."""
    import duckdb

    if table.schema != schema:
        return []
    key = ", ".join(("source", "document", "line", *within))
    sql = f"SELECT document, line, count(*) FROM told GROUP BY {key} HAVING count(*) > 1 ORDER BY ALL"
    with duckdb.connect() as connection:
        connection.register("told", table)
        rows = connection.execute(sql).fetchall()
    what = ", ".join(within) or "place"
    return [f"{document}:{line}: {count} rows with the same {what}" for document, line, count in rows]
