"""Rows of several sources, from a table that a person can read, merged into matches.

    found = merged('''
        openfootball    eng.1 2000  2000-12-23  Bournemouth 1-2 Millwall
        football-data   eng.1 2000  2001-01-03  Bournemouth 1-2 Millwall  ht=0-1
    ''')

One source row a line: source, competition, season, day, home, score (or `v` for a fixture), away, then in any order a
stage of `football.stage` and the words `leg=1`, `ft=1-1`, `ht=1-0`, `pens=4-3`, `aet`, `90` (no extra time), `neutral`,
`home` (not neutral), `doc=file.txt`, `round=3`, `ground=Wembley` and a status. A name is a club.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from secondleg.archive.archive import Archive
from secondleg.archive.incidents import store_incidents
from secondleg.archive.meetings import find_meetings
from secondleg.archive.merge import merge, store_words
from secondleg.archive.surplus import leave_out
from secondleg.football.match import Status
from secondleg.football.stage import RANK
from secondleg.sources.contract import INCIDENTS, MATCHES, ODDS, STATISTICS

_LINE = re.compile(
    r"(?P<source>\S+)\s+(?P<competition>[a-z]+\.\S+)\s+(?P<season>\d{4})\s+(?P<date>\d{4}-\d\d-\d\d)"
    r"\s+(?P<home>\S+)\s+(?P<score>\d+-\d+|v)\s+(?P<away>\S+)(?P<rest>.*)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the merge made of the rows."""

    matches: list[dict[str, Any]]
    """Columns of the table `merged`; `score` is "2-1"."""
    fates: dict[tuple[str, int], str]
    """By source and line."""
    conflicts: list[dict[str, Any]]
    remarks: tuple[str, ...]
    tables: dict[str, list[dict[str, Any]]]
    """store.goal, card, substitution, statistic and odds."""

    @property
    def match(self) -> dict[str, Any]:
        """The only match."""
        (only,) = self.matches
        return only

    def told(self, field: str) -> list[tuple[str, str, str, str]]:
        """Conflicts of a field: source, told, kept, rule."""
        return [(c["source"], c["told"], c["kept"], c["rule"]) for c in self.conflicts if c["field"] == field]


def read_words(text: str) -> list[dict[str, Any]]:
    """The lines as rows of the contract MATCHES; the line number is that in the text, from 1."""
    rows = []
    for line in text.strip().splitlines():
        if line.strip() and not line.strip().startswith("#"):
            rows.append(_row(len(rows) + 1, line.strip()))
    return rows


def _row(number: int, line: str) -> dict[str, Any]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not a row: {line!r}")
    words = dict(word.partition("=")[::2] for word in found["rest"].split())
    row: dict[str, Any] = dict.fromkeys(MATCHES.names)
    row |= {name: found[name] for name in ("source", "competition", "home", "away")}
    row |= {"season": int(found["season"]), "date": dt.date.fromisoformat(found["date"]), "line": number}
    row |= {"document": words.get("doc", "all.txt"), "home_country": "eng", "away_country": "eng"}
    scores = {"goals": None if found["score"] == "v" else found["score"]} | {
        name: words.get(name) for name in ("ft", "ht", "pens")
    }
    for name, score in scores.items():
        if score is not None:
            row[f"home_{name}"], row[f"away_{name}"] = (int(goals) for goals in score.split("-"))
    status = next((word for word in words if word in set(Status)), None)
    row["status"] = status or ("played" if scores["goals"] else "fixture")
    row["stage"] = next((word for word in words if word in RANK), None)
    row["leg"] = int(words["leg"]) if "leg" in words else None
    row["round"] = int(words["round"]) if "round" in words else None
    row["ground"] = words.get("ground")
    row["after_extra_time"] = True if "aet" in words else False if "90" in words else None
    row["neutral"] = True if "neutral" in words else False if "home" in words else None
    return row


def merged(
    words: str | Iterable[dict[str, Any]],
    *,
    incidents: Sequence[dict[str, Any]] = (),
    statistics: Sequence[dict[str, Any]] = (),
    odds: Sequence[dict[str, Any]] = (),
) -> Found:
    """Merge the rows; a name is its club, so that nothing depends on identity."""
    rows = read_words(words) if isinstance(words, str) else list(words)
    with Archive.memory() as archive:
        connection = archive.connection
        for table, schema, content in (
            ("source_match", MATCHES, rows),
            ("source_incident", INCIDENTS, incidents),
            ("source_statistic", STATISTICS, statistics),
            ("source_odds", ODDS, odds),
        ):
            connection.register("incoming", pa.Table.from_pylist(list(content), schema=schema))
            connection.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM incoming")
            connection.unregister("incoming")
        connection.execute(
            "CREATE TEMP TABLE spelling AS SELECT DISTINCT source, country, name, 0::SMALLINT AS first_season, "
            "9999::SMALLINT AS last_season, lower(name) AS club FROM ("
            "SELECT source, coalesce(home_country, '') AS country, home AS name FROM store.source_match UNION ALL "
            "SELECT source, coalesce(away_country, ''), away FROM store.source_match) WHERE name <> 'Nobody'"
        )
        remarks = find_meetings(connection)
        leave_out(connection)
        merge(connection)
        store_words(connection)
        store_incidents(connection)

        def read(sql: str) -> list[dict[str, Any]]:
            return list(connection.sql(sql).to_arrow_table().to_pylist())

        matches = read("SELECT * EXCLUDE (match) FROM merged ORDER BY id")
        for match in matches:
            goals = (match["home_goals"], match["away_goals"])
            match["score"] = None if None in goals else f"{goals[0]}-{goals[1]}"
        return Found(
            matches=matches,
            fates={(w["source"], w["line"]): w["fate"] for w in read("SELECT * FROM store.word")},
            conflicts=read("SELECT * FROM store.conflict"),
            remarks=remarks,
            tables={
                name: read(f"SELECT * FROM store.{name}")
                for name in ("goal", "card", "substitution", "statistic", "odds")
            },
        )
