"""The ledger on a century of real leagues: what is told of each season against what is on record of it.

The numbers of clubs are the Football League's own; the exceptions are known by name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from secondleg.archive import coverage
from secondleg.archive.archive import Archive

MIRROR = os.environ.get("SECONDLEG_MIRROR", "")
pytestmark = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no folder with the sources"),
]

FILES = {
    "eng": "england.parquet",
    "ita": "italy.csv",
    "ger": "germany.csv",
    "sco": "scotland.csv",
    "ned": "holland.csv",
    "fra": "france.csv",
}
CLUBS_FROM = {
    1888: 12, 1891: 14, 1892: 16, 1898: 18, 1905: 20, 1919: 22, 1987: 21, 1988: 20, 1991: 22, 1995: 20,
}  # fmt: skip
"""Clubs of the English first tier from each of these seasons on (The Football League, The Premier League)."""

_ADD = """
INSERT INTO store.match BY NAME
SELECT (SELECT count(*) FROM store.match) + row_number() OVER ()::INTEGER AS id,
       $country || '.' || tier::INTEGER AS competition, Season::SMALLINT AS season, try_cast("Date" AS DATE) AS date,
       $country || '/' || home AS home, $country || '/' || visitor AS away, 'played' AS status,
       hgoal::TINYINT AS home_goals, vgoal::TINYINT AS away_goals, FALSE AS neutral, 'engsoccerdata x:1' AS sources
FROM {table} WHERE try_cast("Date" AS DATE) IS NOT NULL AND tier IS NOT NULL
"""


@pytest.fixture(scope="module")
def ledger() -> Iterator[dict[tuple[str, int], dict[str, Any]]]:
    with Archive.memory() as archive:
        connection = archive.connection
        for country, name in FILES.items():
            path = Path(MIRROR) / "engsoccerdata" / name
            read = "read_parquet" if name.endswith("parquet") else "read_csv"
            options = "" if name.endswith("parquet") else ", sample_size = -1, nullstr = 'NA'"
            connection.execute(_ADD.format(table=f"{read}('{path}'{options})"), {"country": country})
        connection.execute(
            "INSERT INTO store.club SELECT club, split_part(club, '/', 2), club, split_part(club, '/', 1) "
            "FROM (SELECT DISTINCT unnest([home, away]) AS club FROM store.match)"
        )
        connection.execute(
            "INSERT INTO store.competition SELECT DISTINCT competition, competition, "
            "split_part(competition, '.', 1), 'league', split_part(competition, '.', 2)::SMALLINT FROM store.match"
        )
        coverage.derive(connection)
        found = connection.execute("SELECT * FROM store.coverage")
        names = [column[0] for column in found.description]
        yield {(row[0], row[1]): dict(zip(names, row, strict=True)) for row in found.fetchall()}


def test_every_season_of_the_english_first_tier(ledger: dict[tuple[str, int], dict[str, Any]]) -> None:
    """Whole, with n (n - 1) matches: 132 in 1888-89, 462 in 1919-20, 420 in 1987-88, 380 of late."""
    seasons = [season for code, season in ledger if code == "eng.1"]
    wars = {*range(1915, 1919), *range(1939, 1946)}
    assert set(seasons) >= set(range(1888, 2020)) - wars
    for season in seasons:
        clubs = CLUBS_FROM[max(year for year in CLUBS_FROM if year <= season)]
        row = ledger["eng.1", season]
        assert (row["whole"], row["clubs"], row["expected"]) == (True, clubs, clubs * (clubs - 1)), season


def test_the_english_exceptions_are_those_on_record(ledger: dict[tuple[str, int], dict[str, Any]]) -> None:
    partial = {
        key for key, row in ledger.items() if key[0].startswith("eng.") and not row["whole"] and key[1] < 2019
    }
    # Exeter City did not turn up at Scunthorpe in April 1974: the match was never played
    assert partial == {("eng.4", 1973)}
    assert ledger["eng.4", 1973]["reason"] == (
        "551 of 552 matches: Scunthorpe United v Exeter City is missing"
    )


@pytest.mark.parametrize(
    ("key", "expected", "words"),
    [
        (
            ("eng.2", 1919),
            462,
            "22 clubs met each other twice: Port Vale took over from Leeds City after 8 matches",
        ),
        (("eng.3", 1931), 882, "12 matches with Wigan Borough besides"),
        (("eng.4", 1961), 506, "23 clubs met each other twice; Accrington Stanley stopped after 33 matches"),
        (
            ("ita.1", 1945),
            348,
            "2 groups of 14 and 11 clubs met each other twice, then 8 clubs met each other twice",
        ),
        (("ger.1", 1963), 240, "16 clubs met each other twice"),
        (("ger.2", 1980), 842, "2 groups of 22 and 20 clubs met each other twice"),
        (
            ("sco.1", 2000),
            228,
            "12 clubs met each other 3 times, then 2 groups of 6 clubs met each other once",
        ),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, tuple) else None,
)
def test_a_format_on_record(
    ledger: dict[tuple[str, int], dict[str, Any]], key: tuple[str, int], expected: int, words: str
) -> None:
    row = ledger[key]
    assert (row["whole"], row["expected"]) == (True, expected)
    assert row["reason"].endswith(words)


@pytest.mark.parametrize(
    ("code", "played", "words"),
    [
        ("ned.1", 232, "232 of 306 matches: every club stops after 25 to 26 of 34, the last on 8 March 2020"),
        (
            "fra.1",
            279,
            "279 matches of 20 clubs, 27 to 28 for each, the last on 8 March 2020; clubs played 38 each in 2018-19",
        ),
    ],
    ids=["Eredivisie", "Ligue 1"],
)
def test_seasons_that_ended_in_march_2020(
    ledger: dict[tuple[str, int], dict[str, Any]], code: str, played: int, words: str
) -> None:
    row = ledger[code, 2019]
    assert (row["whole"], row["played"], row["reason"]) == (False, played, words)


def test_a_cup_tie_that_a_source_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hamburg knocked Olympiacos out on their way to the European Cup of 1982-83; the file has no such match.

    The reader adds it; without that, the ledger must see the gap.
    """
    from secondleg.sources import _schochastics_mended
    from secondleg.sources.importer import import_files

    def seasons() -> dict[int, tuple[bool, str]]:
        with Archive.memory() as archive:
            import_files(archive, [Path(MIRROR) / "schochastics" / "results" / "uefa-cl.csv"])
            sql = "SELECT season, (whole, reason) FROM store.coverage WHERE competition = 'uefa.cl'"
            return dict(archive.connection.execute(sql).fetchall())

    assert all(whole for whole, _ in seasons().values())
    monkeypatch.setattr(_schochastics_mended, "_LACKING_TIES", {})
    rows = seasons()
    assert not rows[1982][0]
    assert "Olympiacos" in rows[1982][1]
    assert rows[1982][1].endswith("won in the last 32 and have no later match")
    assert all(whole for season, (whole, _) in rows.items() if season != 1982)
