"""Reader of jalapic/engsoccerdata (`data-raw/`): leagues since 1888, FA Cup, League Cup and the European Cup.

A league's row has season, sides, score and tier. The tiers that were played in two halves (England's third to 1958,
Germany's second) are one competition with groups. The cups are read by `_engsoccerdata_cups`.

What the files have odd, and what is made of it:

- Italy 1945-46, which official Serie A counts leave out, is a competition of its own, `ita.1.nazionale`.
- France 1932 to 1936 stands under 1 July: a day on which a side has three matches or more is not known, and those
  matches are left out and counted.
- Wigan Borough's matches of 1931-32 and Accrington Stanley's of 1961-62 were struck from the record: `cancelled`.
- `champs.csv` has only the finals of 2016-17 and 2017-18, and `england` lacks 2022-23.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from secondleg.errors import SourceError
from secondleg.sources import _engsoccerdata_cups as cups
from secondleg.sources._delimited import read_delimited
from secondleg.sources.contract import MATCHES, STATISTICS, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "engsoccerdata"

_LEAGUES: Final = {
    "belgium": "bel",
    "england": "eng",
    "england5": "eng",
    "france": "fra",
    "germany": "ger",
    "greece": "gre",
    "holland": "ned",
    "italy": "ita",
    "portugal": "por",
    "scotland": "sco",
    "spain": "esp",
    "turkey": "tur",
}
_COLUMNS: Final = ("Date", "Season", "home", "visitor", "FT", "hgoal", "vgoal", "tier")
_FURTHER: Final = ("division", "HT", "round", "group", "notes")
_DAY_UNKNOWN: Final = 3
"""Matches of one side on one day from which on the day is a stand-in. Two are slips of single dates."""

_TYPED: Final = r"""
WITH typed AS (
    SELECT
        document, country, line,
        coalesce(try_cast(nullif("Date", 'NA') AS DATE), try_strptime("Date", '%d/%m/%Y')::DATE) AS date,
        try_cast(regexp_extract("Season", '^(\d{4})(\.0)?$', 1) AS SMALLINT) AS season,
        nullif(trim(home), 'NA') AS home, nullif(trim(visitor), 'NA') AS away,
        try_cast(regexp_extract(hgoal, '^(\d{1,2})(\.0)?$', 1) AS TINYINT) AS home_goals,
        try_cast(regexp_extract(vgoal, '^(\d{1,2})(\.0)?$', 1) AS TINYINT) AS away_goals,
        try_cast(regexp_extract(tier, '^(\d)(\.0)?$', 1) AS TINYINT) AS tier,
        "FT" AS told, division,
        try_cast(regexp_extract("HT", '^(\d{1,2})-\d{1,2}$', 1) AS TINYINT) AS home_ht,
        try_cast(regexp_extract("HT", '^\d{1,2}-(\d{1,2})$', 1) AS TINYINT) AS away_ht,
        "round", "group", nullif(notes, 'NA') AS notes
    FROM raw
),
judged AS (
    SELECT *,
        CASE
            WHEN date IS NULL THEN 'no date'
            WHEN season IS NULL OR season NOT BETWEEN 1850 AND 2200 THEN 'no season'
            WHEN date NOT BETWEEN make_date(season, 1, 1) AND make_date(season + 2, 1, 1)
                THEN 'a date outside its season'
            WHEN coalesce(home, '') = '' OR coalesce(away, '') = '' OR home = away
                THEN 'two different sides are needed'
            WHEN tier IS NULL THEN 'no tier'
            WHEN told IN ('NA-NA', 'NA') AND home_goals IS NULL AND away_goals IS NULL THEN NULL
            WHEN home_goals IS NULL OR away_goals IS NULL THEN 'no score'
            WHEN told IS DISTINCT FROM home_goals || '-' || away_goals THEN 'FT differs from the goals'
        END AS reason
    FROM typed
),
busy AS (
    SELECT document, date, side, count(*) AS n
    FROM (
        SELECT document, date, home AS side FROM judged WHERE reason IS NULL
        UNION ALL SELECT document, date, away FROM judged WHERE reason IS NULL
    )
    GROUP BY ALL HAVING n >= $stand_in
)
SELECT *,
    reason IS NULL AND (
        (document, date, home) IN (SELECT (document, date, side) FROM busy)
        OR (document, date, away) IN (SELECT (document, date, side) FROM busy)
    ) AS day_unknown,
FROM judged
"""

_ROWS: Final = """
SELECT
    $source AS source, document, line::INTEGER AS line,
    CASE WHEN country = 'ita' AND season = 1945 THEN 'ita.1.nazionale' ELSE country || '.' || tier END AS competition,
    season,
    CASE
        WHEN "round" = 'league' THEN 'regular-season'
        WHEN "round" = 'phase2' THEN CASE "group"
            WHEN 'A' THEN 'championship-round' WHEN 'B' THEN 'placement-round' WHEN 'C' THEN 'relegation-round' END
    END AS stage,
    nullif("round", 'NA') AS stage_text,
    CASE
        WHEN division = '3N' OR expunged AND season = 1931 THEN 'North' WHEN division = '3S' THEN 'South'
        WHEN division = '2North' THEN 'Nord' WHEN division = '2South' THEN 'Süd'
        ELSE nullif("group", 'NA')
    END AS "group",
    NULL::SMALLINT AS round, NULL::TINYINT AS leg, date, NULL::VARCHAR AS time,
    home, away, country AS home_country, country AS away_country,
    CASE
        WHEN expunged THEN 'cancelled' WHEN home_goals IS NULL THEN 'abandoned'
        WHEN contains(notes, 'awarded') THEN 'awarded' ELSE 'played'
    END AS status,
    CASE WHEN NOT expunged THEN home_goals END AS home_goals,
    CASE WHEN NOT expunged THEN away_goals END AS away_goals,
    CASE WHEN NOT expunged THEN home_goals END AS home_ft,
    CASE WHEN NOT expunged THEN away_goals END AS away_ft,
    CASE WHEN half AND NOT expunged THEN home_ht END AS home_ht,
    CASE WHEN half AND NOT expunged THEN away_ht END AS away_ht,
    CASE WHEN home_goals IS NOT NULL AND NOT expunged THEN false END AS after_extra_time,
    NULL::TINYINT AS home_pens, NULL::TINYINT AS away_pens, NULL::BOOLEAN AS neutral, NULL::VARCHAR AS ground,
    CASE WHEN expunged THEN 'struck from the record: ' || told ELSE notes END AS note
FROM (
    SELECT *,
        country = 'eng' AND (season = 1931 AND 'Wigan Borough' IN (home, away)
            OR season = 1961 AND tier = 4 AND 'Accrington Stanley' IN (home, away)) AS expunged,
        coalesce(home_ht <= home_goals AND away_ht <= away_goals, false) AS half
    FROM judged WHERE reason IS NULL AND NOT day_unknown
)
ORDER BY document, line
"""


_BAD: Final = """
SELECT document, line, concat_ws(',', date, season, home, away, told), reason
FROM judged WHERE reason IS NOT NULL ORDER BY document, line
"""
_DAYS: Final = """
SELECT document, count(*), min(season), max(season) FROM judged WHERE day_unknown GROUP BY document
"""


@dataclass(frozen=True, slots=True)
class _League:
    """A league's file: its rows as text, and what could not be read."""

    document: str
    raw: pa.Table
    unread: list[UnreadLine]
    notes: list[str]


def finds(path: Path) -> list[Path]:
    """The files at or below `path` that this reader reads, by name; those of other sources with such names are
    told by their first line."""
    files = [path] if path.is_file() else path.rglob("*")
    return sorted(file for file in files if _kind(file) and _is_ours(file))


def document_name(path: Path) -> str:
    """A file's name upstream; the Parquet copy of a CSV file goes under the name of that."""
    return f"data-raw/{path.stem}.csv"


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read files of `data-raw/` under the contract; attendances go into the statistics.

    Of two files with the same document (CSV and Parquet) the first counts. Raises SourceError for a file without
    the expected columns, or that cannot be decoded.
    """
    matches: list[pa.Table] = []
    statistics: list[pa.Table] = []
    reports: dict[str, FileReport | None] = {}
    leagues: list[_League] = []
    for done, path in enumerate(files, 1):
        document = document_name(path)
        if document not in reports:
            reports[document] = None  # holds the place
            if _kind(path) == "league":
                leagues.append(_texts(path, document))
            else:
                table, counted, reports[document] = cups.read_cup(path, NAME, document)
                matches.append(table)
                statistics.append(counted)
        if progress:
            progress(done, len(files))
    if leagues:
        table, told = _read_leagues(leagues)
        matches.append(table)
        reports |= told
    return SourceTable(
        _joined(matches, MATCHES),
        tuple(report for report in reports.values() if report),
        statistics=_joined(statistics, STATISTICS),
    )


def _joined(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    return pa.concat_tables([schema.empty_table(), *tables]).combine_chunks()


def _kind(path: Path) -> str | None:
    if path.suffix == ".csv" and path.stem in cups.FILES:
        return "cup"
    return "league" if path.suffix in (".csv", ".parquet") and path.stem in _LEAGUES else None


def _is_ours(path: Path) -> bool:
    """Whether a file has this source's columns: `england.csv` is a name that others use too."""
    if not path.is_file():
        return False
    if path.parent.name in ("data-raw", NAME) or path.suffix == ".parquet":
        return True
    with path.open("rb") as file:
        first = file.readline(2000).decode("utf-8", errors="replace")
    return re.search(r'"?\bvisitor\b"?', first) is not None


def _read_leagues(leagues: Sequence[_League]) -> tuple[pa.Table, dict[str, FileReport]]:
    """The rows of all leagues at once, and a report on each."""
    with duckdb.connect() as connection:
        connection.register("raw", pa.concat_tables([league.raw for league in leagues]))
        connection.register("judged", connection.execute(_TYPED, {"stand_in": _DAY_UNKNOWN}).to_arrow_table())
        table = connection.execute(_ROWS, {"source": NAME}).to_arrow_table().cast(MATCHES)
        bad = connection.execute(_BAD).fetchall()
        days = connection.execute(_DAYS).fetchall()
    unread = {league.document: list(league.unread) for league in leagues}
    notes = {league.document: list(league.notes) for league in leagues}
    for document, line, text, reason in bad:
        unread[document].append(UnreadLine(line, text, reason))
    for document, number, first, last in days:
        notes[document].append(f"{number} matches of {first} to {last} have no day of their own: left out")
    return table, {
        document: cups.report(
            document,
            table.filter(pc.equal(table["document"], document)),
            tuple(lines),
            tuple(notes[document]),
        )
        for document, lines in unread.items()
    }


def _texts(path: Path, document: str) -> _League:
    """A league's file as text; row 1 of a Parquet copy is the second line of the CSV file."""
    unread: list[UnreadLine] = []
    notes: list[str] = []
    if path.suffix != ".parquet":
        read = read_delimited(path, _COLUMNS)
        columns, lines, unread = read.columns(), read.lines, list(read.unread)
        if read.surplus:
            notes.append(f"{read.surplus} rows have more fields than the header")
    else:
        columns = _parquet_texts(path)
        lines = list(range(2, len(columns[_COLUMNS[0]]) + 2))
    empty = ["NA"] * len(lines)
    raw = pa.table(
        {name: pa.array(columns.get(name, empty), pa.string()) for name in (*_COLUMNS, *_FURTHER)}
        | {
            "line": pa.array(lines, pa.int64()),
            "document": pa.array([document] * len(lines), pa.string()),
            "country": pa.array([_LEAGUES[path.stem]] * len(lines), pa.string()),
        }
    )
    return _League(document, raw, unread, notes)


def _parquet_texts(path: Path) -> dict[str, Any]:
    hint = "Take the file anew from its source."
    try:
        names = pq.read_schema(path).names
        missing = [name for name in _COLUMNS if name not in names]
        if missing:
            raise SourceError(f"no column {', '.join(missing)}", file=path.name, hint=hint)
        table = pq.read_table(path, columns=[name for name in (*_COLUMNS, *_FURTHER) if name in names])
        texts = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
        texts.validate(full=True)  # that they are UTF-8
        return {name: texts[name].fill_null("NA").combine_chunks() for name in texts.column_names}
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as error:
        # KeyError: a column that is there twice
        raise SourceError(
            f"is not Parquet ({str(error).partition(chr(10))[0]})", file=path.name, hint=hint
        ) from error
