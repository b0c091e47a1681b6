"""Rows of football-data.co.uk, of whichever form, into the contract's tables: matches, statistics, odds.

What comes in is one table with the site's own column names: `document`, `line`, `competition`, `season`, `date`,
`time`, `home`, `away`, `note`, then goals, counts and prices as numbers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from secondleg.sources._football_data_columns import STATISTICS_OF, Price, prices
from secondleg.sources.contract import MATCHES, ODDS, STATISTICS

__all__ = ["GOALS", "KEYS", "matches", "odds", "statistics"]

GOALS: Final = ("FTHG", "FTAG", "HTHG", "HTAG")
KEYS: Final = pa.schema(
    [
        pa.field("document", pa.string()),
        pa.field("line", pa.int32()),
        pa.field("competition", pa.string()),
        pa.field("season", pa.int16()),
        pa.field("date", pa.date32()),
        pa.field("time", pa.string()),
        pa.field("home", pa.string()),
        pa.field("away", pa.string()),
        pa.field("note", pa.string()),
    ]
)

_MOST: Final = 1001.0
"""Decimal odds; no bookmaker offers more than 1000 to 1."""
_LEAST_SUM: Final = 0.8
"""Of 1/odds over all outcomes. The best prices of all bookmakers together come to 0.95 and more; less is a slip."""
_LARGEST_HANDICAP: Final = 5.0
"""Goals."""


def matches(wide: pa.Table, source: str) -> pa.Table:
    """The matches: a score of 90 minutes each, as leagues have no extra time.

    A row without a score is a fixture if it is later than all results of its document, else it is abandoned:
    the site does not tell what became of the match.
    """
    n = wide.num_rows
    goals = {name: _column(wide, name, pa.int8()) for name in GOALS}
    played = pc.and_(goals["FTHG"].is_valid(), goals["FTAG"].is_valid())
    half = pc.fill_null(
        pc.and_(pc.less_equal(goals["HTHG"], goals["FTHG"]), pc.less_equal(goals["HTAG"], goals["FTAG"])),
        False,
    )
    nothing = pa.scalar(None, pa.int8())
    full = [pc.if_else(played, goals[name], nothing) for name in GOALS[:2]]
    at_half = [pc.if_else(half, goals[name], nothing) for name in GOALS[2:]]
    last = wide.select(["document", "date"]).filter(played).group_by("document").aggregate([("date", "max")])
    place = pc.index_in(wide["document"], value_set=last["document"])
    passed = pc.fill_null(pc.less_equal(wide["date"], last["date_max"].take(place)), False)
    country = pc.list_element(pc.split_pattern(wide["competition"], "."), 0)
    columns = {
        "source": pa.repeat(source, n),
        **{name: wide[name] for name in KEYS.names},
        "home_country": country,
        "away_country": country,
        "status": pc.if_else(played, "played", pc.if_else(passed, "abandoned", "fixture")),
        "home_goals": full[0],
        "away_goals": full[1],
        "home_ft": full[0],
        "away_ft": full[1],
        "home_ht": at_half[0],
        "away_ht": at_half[1],
        "after_extra_time": pc.if_else(played, False, pa.scalar(None, pa.bool_())),
    }
    return pa.table(
        [columns[field.name] if field.name in columns else pa.nulls(n, field.type) for field in MATCHES],
        schema=MATCHES,
    ).combine_chunks()


def statistics(wide: pa.Table, source: str) -> pa.Table:
    """Counts of both sides, for matches that have any."""
    taken = {
        ours: _column(wide, name, pa.int16())
        for name, ours in STATISTICS_OF.items()
        if name in wide.column_names
    }
    if "Attendance" in wide.column_names:
        taken["attendance"] = _column(wide, "Attendance", pa.int32())
    if "Referee" in wide.column_names:
        taken["referee"] = wide["Referee"]
    if not taken:
        return STATISTICS.empty_table()
    n = wide.num_rows
    there = np.logical_or.reduce([column.is_valid().to_numpy() for column in taken.values()])
    taken |= {"source": pa.repeat(source, n), "document": wide["document"], "line": wide["line"]}
    table = pa.table(
        [taken[field.name] if field.name in taken else pa.nulls(n, field.type) for field in STATISTICS],
        schema=STATISTICS,
    )
    return table.filter(pa.array(there)).combine_chunks()


def odds(wide: pa.Table, source: str) -> tuple[pa.Table, np.ndarray]:
    """The prices, one row a match, bookmaker, market and moment; and how many of each row of `wide` were nonsense.

    Nonsense, and so left out: odds of 1 or less, or above 1001; all odds of a market whose 1/odds sum to less than
    0.8; a handicap that is no quarter of a goal, or above five goals. A row stays while one price of it does.
    """
    nonsense = np.zeros(wide.num_rows, dtype=np.int32)
    parts = [part for price in prices() if (part := _priced(wide, source, price, nonsense)) is not None]
    return pa.concat_tables([ODDS.empty_table(), *parts]), nonsense


def _priced(wide: pa.Table, source: str, price: Price, nonsense: np.ndarray) -> pa.Table | None:
    if not any(name in wide.column_names for name in price.columns):
        return None
    told = [_numbers(wide, name) for name in price.columns]
    there = ~np.isnan(told)
    good = there & (np.asarray(told) > 1) & (np.asarray(told) <= _MOST)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = (1 / np.asarray(told)).sum(axis=0)
    good &= ~(good.all(axis=0) & (total < _LEAST_SUM))
    size = np.full(wide.num_rows, np.nan if price.size is None else price.size)
    for name in price.sizes:
        given = _numbers(wide, name)
        size = np.where(np.isnan(size), given, size)
    if price.sizes:
        # prices of a handicap whose size is not known say nothing
        fits = (np.abs(size) <= _LARGEST_HANDICAP) & (size * 4 == np.round(size * 4))
        good &= fits
    nonsense += (there & ~good).sum(axis=0).astype(np.int32)
    rows = np.flatnonzero(good.any(axis=0))
    if not len(rows):
        return None
    at = pa.array(rows)
    cleaned = [
        pa.array(np.where(ok, odd, np.nan)[rows].astype(np.float32), from_pandas=True)
        for odd, ok in zip(told, good, strict=True)
    ]
    n = len(rows)
    return pa.table(
        [
            pa.repeat(source, n),
            wide["document"].take(at),
            wide["line"].take(at),
            pa.repeat(price.bookmaker, n),
            pa.repeat(price.market, n),
            pa.repeat(price.closing, n),
            pa.array(size[rows].astype(np.float32), from_pandas=True),
            cleaned[0],
            cleaned[1] if len(cleaned) == 3 else pa.nulls(n, pa.float32()),
            cleaned[-1],
        ],
        schema=ODDS,
    )


def _numbers(wide: pa.Table, name: str) -> np.ndarray:
    """A column as numbers, NaN where there is none."""
    if name not in wide.column_names:
        return np.full(wide.num_rows, np.nan)
    values: np.ndarray = wide[name].to_numpy()
    # prices are given to two or three digits; a copy in single precision shows others
    return np.round(values.astype(np.float64), 4)


def _column(wide: pa.Table, name: str, kind: pa.DataType) -> pa.ChunkedArray:
    """A column of counts in whole numbers; what is below 0, not whole or too large is not there."""
    if name not in wide.column_names:
        return pa.chunked_array([pa.nulls(wide.num_rows, kind)])
    values = _numbers(wide, name)
    most = min(np.iinfo(kind.to_pandas_dtype()).max, 1_000_000)
    with np.errstate(invalid="ignore"):
        good = (values >= 0) & (values <= most) & (values == np.round(values))
    return pa.chunked_array([pa.array(np.where(good, values, 0), mask=~good).cast(kind)])
