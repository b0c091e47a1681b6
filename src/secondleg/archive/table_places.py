"""Places in the table after each match of a league season, as far as it had come that day.

Points are those of the results; goal difference orders clubs level on points, then goals, whatever the league's rules
say of its final table. Matches of one day count together. They are worked out at each import, beside the final tables,
because a table needs the results of all its clubs whoever is asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb
    import pyarrow as pa

__all__ = ["PLAYED", "derive", "places"]

_OF_POINTS: Final = 100_000_000
_OF_DIFFERENCE: Final = 10_000
"""Weights by which points, goal difference and goals are one number that orders a table."""

PLAYED: Final = f"""
WITH entered AS (
    SELECT club, competition, season, win,
           dense_rank() OVER (ORDER BY competition, season) AS league,
           row_number() OVER (PARTITION BY competition, season ORDER BY club) - 1 AS line,
           count(*) OVER (PARTITION BY competition, season) AS clubs
    FROM kept_standing
)
SELECT s.match, s.club, s.competition, s.season, s.date, e.league, e.line, e.clubs,
       (CASE s.result WHEN 'W' THEN e.win WHEN 'D' THEN 1 ELSE 0 END * {_OF_POINTS}
        + (s.scored - s.conceded) * {_OF_DIFFERENCE} + s.scored)::BIGINT AS gain
FROM store.side s JOIN entered e ON e.club = s.club AND e.competition = s.competition AND e.season = s.season
WHERE s.stage IS NULL OR s.stage = 'regular-season'
ORDER BY e.league, s.date
"""
"""The matches of all tables, with what each adds to a club's line."""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `store.place` anew; call it in a rebuild when the final tables are there."""
    found = places(lambda sql: connection.execute(sql.replace("kept_standing", "store.standing")))
    connection.execute("DELETE FROM store.place")
    connection.register("found_places", found)
    connection.execute("INSERT INTO store.place BY NAME SELECT * FROM found_places ORDER BY club, match")
    connection.unregister("found_places")


def places(execute: Callable[[str], duckdb.DuckDBPyConnection]) -> pa.Table:
    """One row a club and match: its place that evening, and how many clubs stood below it.

    `execute` runs a statement that reads `kept_standing`.
    """
    import numpy as np
    import pyarrow as pa

    played = execute(PLAYED).to_arrow_table()
    league, line, clubs, gain = (
        played[name].to_numpy().astype(np.int64) for name in ("league", "line", "clubs", "gain")
    )
    day = played["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    place = np.empty(len(league), dtype=np.int16)
    below = np.empty(len(league), dtype=np.int16)
    ends = np.flatnonzero(np.diff(league, append=-1)) + 1
    begin = 0
    for end in ends:
        ours = slice(begin, int(end))
        evening = np.cumsum(np.diff(day[ours], prepend=day[begin]) != 0)
        table = np.zeros((evening[-1] + 1, clubs[begin]), dtype=np.int64)
        np.add.at(table, (evening, line[ours]), gain[ours])
        np.cumsum(table, axis=0, out=table)
        mine = table[evening, line[ours]][:, None]
        others = table[evening]
        place[ours] = 1 + (others > mine).sum(axis=1)
        below[ours] = (others < mine).sum(axis=1)
        begin = int(end)
    return (
        played.select(["match", "club", "competition", "season", "date"])
        .append_column("place", pa.array(place))
        .append_column("below", pa.array(below))
    )
