"""The files of engsoccerdata themselves, against published tables and results."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from secondleg.sources.engsoccerdata import finds, read_files

MIRROR = os.environ.get("SECONDLEG_MIRROR")


@pytest.fixture(scope="module")
def whole() -> duckdb.DuckDBPyConnection:
    if not MIRROR:
        pytest.skip("SECONDLEG_MIRROR names no folder of source files")
    table = read_files(finds(Path(MIRROR) / "engsoccerdata"))
    connection = duckdb.connect()
    connection.register("m", table.matches)
    return connection


@pytest.mark.mirror
@pytest.mark.slow
def test_tables_that_everybody_knows(whole: duckdb.DuckDBPyConnection) -> None:
    # won, drawn, lost, goals for and against, as published in the final tables
    known = {
        ("eng.1", 1888, "Preston North End"): (18, 4, 0, 74, 15),
        ("eng.1", 2003, "Arsenal"): (26, 12, 0, 73, 26),
        ("eng.1", 2007, "Derby County"): (1, 8, 29, 20, 89),
        ("ita.1", 1948, "Torino FC"): (25, 10, 3, 78, 34),
        ("esp.1", 2011, "Real Madrid"): (32, 4, 2, 121, 32),
        ("ger.1", 1971, "Bayern Munchen"): (24, 7, 3, 101, 38),
    }
    found = {
        key: whole.execute(
            """
            SELECT count(*) FILTER (f > a), count(*) FILTER (f = a), count(*) FILTER (f < a), sum(f), sum(a)
            FROM (
                SELECT home_goals AS f, away_goals AS a FROM m
                WHERE competition = $1 AND season = $2 AND home = $3
                UNION ALL
                SELECT away_goals, home_goals FROM m WHERE competition = $1 AND season = $2 AND away = $3
            )
            """,
            key,
        ).fetchone()
        for key in known
    }
    assert found == known


@pytest.mark.mirror
@pytest.mark.slow
def test_european_finals_that_everybody_knows(whole: duckdb.DuckDBPyConnection) -> None:
    known = [  # goals after extra time, after 90 minutes, shoot-out
        (1955, "Real Madrid", 4, 3, 4, 3, None, None),
        (1967, "Manchester United", 4, 1, 1, 1, None, None),
        (1983, "Liverpool", 1, 1, 1, 1, 4, 2),
        (1998, "Manchester United", 2, 1, 2, 1, None, None),
        (2004, "Liverpool", 3, 3, 3, 3, 3, 2),
        (2013, "Real Madrid", 4, 1, 1, 1, None, None),
    ]
    found = whole.execute(
        "SELECT season, home, home_goals, away_goals, home_ft, away_ft, home_pens, away_pens FROM m "
        "WHERE competition = 'uefa.cl' AND stage = 'final' AND season IN (1955, 1967, 1983, 1998, 2004, 2013) "
        "ORDER BY season"
    ).fetchall()
    assert found == known


@pytest.mark.mirror
@pytest.mark.slow
def test_every_fa_cup_has_its_final(whole: duckdb.DuckDBPyConnection) -> None:
    played = whole.execute(
        "SELECT DISTINCT season FROM m WHERE competition = 'eng.facup' AND stage = 'final' AND leg IS NULL"
    ).fetchall()
    # no cup in the wars: 1915-16 to 1918-19, and 1939-40 to 1944-45
    assert {season for (season,) in played} == {*range(1871, 1915), *range(1919, 1939), *range(1945, 2019)}
