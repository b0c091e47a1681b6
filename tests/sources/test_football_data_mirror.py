"""The Parquet copy of football-data.co.uk itself, against another source and against what odds must be."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from secondleg.sources import engsoccerdata
from secondleg.sources.contract import SourceTable, violations
from secondleg.sources.football_data import finds, read_files

MIRROR = os.environ.get("SECONDLEG_MIRROR")


@pytest.fixture(scope="module")
def whole() -> SourceTable:
    if not MIRROR:
        pytest.skip("SECONDLEG_MIRROR names no folder of source files")
    return read_files(finds(Path(MIRROR) / "football-data.co.uk"))


@pytest.mark.mirror
@pytest.mark.slow
def test_the_copy_agrees_with_engsoccerdata(whole: SourceTable) -> None:
    """Two sources that were collected apart: the same scores on the same days in England.

    Spellings differ, so days are compared; those of which the copy lacks a part (spring 2003 to 2005) are not.
    """
    assert MIRROR
    assert whole.matches is not None
    other = engsoccerdata.read_files([Path(MIRROR) / "engsoccerdata" / "england.parquet"]).matches
    with duckdb.connect() as connection:
        connection.register("a", whole.matches)
        connection.register("b", other)
        days = connection.execute(
            """
            WITH either AS (SELECT 'a' AS whose, * FROM a UNION ALL SELECT 'b', * FROM b),
            day AS (
                SELECT whose, competition, date, count(*) AS n,
                    list_sort(list(home_goals::INT * 100 + away_goals)) AS scores
                FROM either
                WHERE competition IN ('eng.1', 'eng.2', 'eng.3', 'eng.4') AND season BETWEEN 1993 AND 2021
                GROUP BY ALL
            )
            SELECT sum(x.n), sum(x.n) FILTER (x.scores = y.scores)
            FROM day x JOIN day y USING (competition, date, n)
            WHERE x.whose = 'a' AND y.whose = 'b'
            """
        ).fetchone()
    assert days is not None
    assert days[0] > 55_000
    assert days[1] / days[0] > 0.995  # one score that differs counts as a whole day


@pytest.mark.mirror
@pytest.mark.slow
def test_odds_are_those_of_a_market(whole: SourceTable) -> None:
    """Bookmakers keep a margin, and the longest shots lose: both would fail if sides or markets were mixed up."""
    with duckdb.connect() as connection:
        connection.register("m", whole.matches)
        connection.register("o", whole.odds)
        margins = connection.execute(
            """
            SELECT bookmaker, market, closing, avg(1 / o.home + coalesce(1 / o.draw, 0) + 1 / o.away) AS total
            FROM o
            WHERE o.home IS NOT NULL AND o.away IS NOT NULL AND (market <> '1x2' OR o.draw IS NOT NULL)
            GROUP BY ALL
            """
        ).fetchall()
        favourites = connection.execute(
            """
            SELECT avg((home_goals > away_goals)::INT) FILTER (o.home < 1.5),
                avg((home_goals > away_goals)::INT) FILTER (o.home > 5),
                avg((home_goals < away_goals)::INT) FILTER (o.away < 1.5)
            FROM o JOIN m ON o.document = m.document AND o.line = m.line
            WHERE bookmaker = 'pinnacle' AND market = '1x2' AND closing
            """
        ).fetchone()
    assert all(0.97 < total < 1.16 for _, _, _, total in margins), margins
    assert favourites is not None
    assert favourites[0] > 0.68
    assert favourites[1] < 0.2
    assert favourites[2] > 0.68


@pytest.mark.mirror
@pytest.mark.slow
def test_what_the_copy_holds(whole: SourceTable) -> None:
    assert whole.matches is not None
    assert whole.matches.num_rows == 272_128  # as the mirror's README says
    assert sum(report.matches for report in whole.reports) == 272_128
    assert violations(whole.matches.slice(100_000, 20_000)) == []
