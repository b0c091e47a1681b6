"""The Parquet copy of football-data.co.uk: all files of 1993 to 2024 in one table with long column names.

Its `year` is that in which a season ended, or its only one; -1 stands for a count that the site does not give.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from secondleg.errors import SourceError
from secondleg.sources._football_data_columns import COUNTRIES, DIVISIONS, PARQUET_COLUMNS, PARQUET_LEAGUES
from secondleg.sources._football_data_rows import KEYS

__all__ = ["is_copy", "read_copy"]

_NEEDED: Final = (
    "league",
    "division",
    "year",
    "date",
    "home_team",
    "away_team",
    "target__home_team__full_time_goals",
    "target__away_team__full_time_goals",
)

_COPY: Final = pa.schema(
    [
        pa.field("league", pa.string()),
        pa.field("division", pa.int16()),
        pa.field("year", pa.int16()),
        pa.field("date", pa.date32()),
        pa.field("home_team", pa.string()),
        pa.field("away_team", pa.string()),
    ]
)
"""The first columns of `_NEEDED`."""

_KEYS: Final = """
WITH placed AS (
    SELECT
        row, year, date, home_team, away_team, file, competition, single,
        -- Argentina played a season of half a year between 2013-14 and 2015, which the copy has with the former
        CASE
            WHEN file = 'ARG' AND year = 2014 AND date >= DATE '2014-07-01' THEN 2014
            WHEN year(min(date) OVER season) < year THEN year - 1
            ELSE year
        END AS season
    FROM copy JOIN files USING (league, division)
    WINDOW season AS (PARTITION BY league, division, year)
),
named AS (
    SELECT *,
        CASE
            WHEN single THEN 'new/' || file || '.csv'
            ELSE 'mmz4281/' || right(season::VARCHAR, 2) || right((season + 1)::VARCHAR, 2) || '/' || file || '.csv'
        END AS document
    FROM placed
)
SELECT
    row, document,
    (1 + row_number() OVER (PARTITION BY document ORDER BY row))::INTEGER AS line,
    competition, season::SMALLINT AS season, date, NULL::VARCHAR AS time,
    trim(home_team) AS home, trim(away_team) AS away, NULL::VARCHAR AS note
FROM named
WHERE year(date) - year BETWEEN -1 AND 1 AND trim(home_team) <> '' AND trim(away_team) <> ''
    AND trim(home_team) <> trim(away_team)
ORDER BY row
"""


def is_copy(path: Path) -> bool:
    """Whether a file is this copy, by its name."""
    return path.suffix == ".parquet" and path.name.startswith("fdcouk")


def read_copy(path: Path) -> pa.Table:
    """The copy's rows under the site's own column names. Raises SourceError if it is another table."""
    hint = "Take the file anew from its source."
    try:
        names = pq.read_schema(path).names
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise SourceError(f"no column {', '.join(missing)}", file=path.name, hint=hint)
        values = [name for name in PARQUET_COLUMNS if name in names]
        table = pq.read_table(path, columns=[*_NEEDED[:6], *values])
        copy = table.select(_NEEDED[:6]).cast(_COPY)
        copy.validate(full=True)  # that its texts are UTF-8
        numbers = {PARQUET_COLUMNS[name]: table[name].cast(pa.float64()) for name in values}
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as error:
        # KeyError: a column that is there twice
        raise SourceError(
            f"is not Parquet of this kind ({str(error).partition(chr(10))[0]})", file=path.name, hint=hint
        ) from error
    files = [
        (league, number, file)
        for league, listed in PARQUET_LEAGUES.items()
        for number, file in enumerate(listed, 1)
    ]
    known = pa.table(
        {
            "league": [league for league, _, _ in files],
            "division": pa.array([number for _, number, _ in files], pa.int16()),
            "file": [file for _, _, file in files],
            "single": [file in COUNTRIES for _, _, file in files],
            "competition": [DIVISIONS.get(file) or f"{COUNTRIES[file]}.1" for _, _, file in files],
        }
    )
    copy = copy.append_column("row", pa.array(range(table.num_rows), pa.int64()))
    with duckdb.connect() as connection:
        connection.register("copy", copy)
        connection.register("files", known)
        keys = connection.execute(_KEYS).to_arrow_table()
    if keys.num_rows < table.num_rows:
        raise SourceError(
            f"{table.num_rows - keys.num_rows} rows are of no known league, lack a side, "
            "or have no date of their season",
            file=path.name,
            hint=hint,
        )
    wide = keys.select(KEYS.names).cast(KEYS)
    # a country's file has closing odds only; the copy has them with the others
    alone = pc.starts_with(wide["document"], "new/")
    nothing = pa.scalar(None, pa.float64())
    for side in ("H", "D", "A"):
        for book in ("PS", "Max", "Avg"):
            early, closing = f"{book}{side}", f"{book}C{side}"
            if early in numbers and closing in numbers:
                numbers[closing] = pc.if_else(alone, numbers[early], numbers[closing])
                numbers[early] = pc.if_else(alone, nothing, numbers[early])
    for name, values_of in numbers.items():
        wide = wide.append_column(name, values_of)
    return wide
