"""FiveThirtyEight's forecasts beside the archive's matches: names by fixtures, and what is left out."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from tests.support.small_archive import small_archive

from secondleg.archive.archive import Archive
from secondleg.desk.backtesting import Asked, backtest, document_of
from secondleg.errors import BadInput, SourceError
from secondleg.forecast.fivethirtyeight import clubs_by_fixtures, read_peer
from secondleg.forecast.results import Results

HEAD = "date,league,team1,team2,prob1,prob2,probtie,score1,score2"
MATCHES = """
    2022-08-05  eng/arsenal 2-0 eng/chelsea       eng.1 2022
    2022-08-06  eng/fulham 1-2 eng/everton        eng.1 2022
    2022-08-12  eng/chelsea 3-3 eng/fulham        eng.1 2022
    2022-08-13  eng/everton 0-1 eng/arsenal       eng.1 2022
    2023-05-20  eng/arsenal 1-1 eng/everton       eng.1 2022
    2023-06-10  eng/arsenal 1-0 ita/inter         uefa.cl 2022 final neutral
"""
ROWS = """
2022-08-05,Barclays Premier League,The Gunners,CFC,0.5,0.2,0.3,2,0
2022-08-06,Barclays Premier League,Cottagers,Toffees,0.4,0.3,0.3,1,2
2022-08-11,Barclays Premier League,CFC,Cottagers,0.6,0.15,0.25,3,3
2022-08-13,Barclays Premier League,Toffees,The Gunners,0.25,0.5,0.25,0,1
2023-05-20,Barclays Premier League,The Gunners,Toffees,0.7,0.1,0.2,4,0
2023-05-21,Barclays Premier League,Toffees,CFC,0.3,0.4,0.3,,
2023-06-10,UEFA Champions League,The Gunners,Internazionale,0.55,0.45,0,1,0
2023-06-10,FA Women's Super League,The Gunners,CFC,0.5,0.2,0.3,2,0
"""


@pytest.fixture
def peer(tmp_path: Path) -> Path:
    path = tmp_path / "spi_matches.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def held() -> Archive:
    return small_archive(MATCHES)


def run(peer: Path, *, against: tuple[str, ...] = ("fivethirtyeight",)) -> tuple[Results, dict[str, Any]]:
    return backtest(
        held(), Asked(("joint",), ("eng.1", "uefa.cl"), (2022,), against=against, history=1, peer=peer)
    )


def test_clubs_are_found_by_their_fixtures_whatever_they_are_called(peer: Path) -> None:
    rows = read_peer(peer)
    assert {row["competition"] for row in rows} == {"eng.1", "uefa.cl"}
    played = held().view(dt.date(2023, 7, 1)).rows(
        "SELECT date, competition, home, away, home_goals, away_goals, home_goals AS home_final, "
        "away_goals AS away_final FROM result"
    )  # fmt: skip
    assert clubs_by_fixtures(rows, played) == {
        "The Gunners": "eng/arsenal",
        "CFC": "eng/chelsea",
        "Cottagers": "eng/fulham",
        "Toffees": "eng/everton",
        "Internazionale": "ita/inter",
    }


def test_chances_stand_beside_the_matches_home_draw_away(peer: Path) -> None:
    results, notes = run(peer)
    said = results.forecasts["fivethirtyeight"]
    by_match = dict(zip(results.sample.key, said.results.tolist(), strict=True))
    assert by_match["2022-08-05", "eng.1", "eng/arsenal", "eng/chelsea"] == pytest.approx([0.5, 0.3, 0.2])
    # they have it a day earlier
    assert by_match["2022-08-12", "eng.1", "eng/chelsea", "eng/fulham"] == pytest.approx([0.6, 0.25, 0.15])
    # a final must have a winner: their chances of it are not those of its 90 minutes
    final = results.sample.key.index(("2023-06-10", "uefa.cl", "eng/arsenal", "ita/inter"))
    assert not said.known[final]
    assert notes["fivethirtyeight"] == {
        "rows": 7,
        "must_have_winner": 1,
        "unplaced_names": [],
        "unmatched": 1,
        "matched": 5,
        "other_score": 1,
    }
    (pair,) = document_of(results, against=("fivethirtyeight",))["pairs"]
    assert pair["against"] == "fivethirtyeight"


def test_a_parquet_file_reads_the_same(peer: Path, tmp_path: Path) -> None:
    from pyarrow import csv

    path = tmp_path / "spi.parquet"
    parquet.write_table(csv.read_csv(peer).append_column("more", pa.array(range(8))), path)
    assert read_peer(path) == read_peer(peer)


@pytest.mark.parametrize(("name", "text"), [("a.csv", "date,league\n2020-01-01,x\n"), ("a.parquet", "no")])
def test_a_file_of_something_else(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="probtie"):
        read_peer(path)
    with pytest.raises(SourceError, match="probtie"):
        read_peer(tmp_path / "nowhere.parquet")


def test_without_a_file_the_error_says_how_to_give_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECONDLEG_MIRROR", raising=False)
    with pytest.raises(BadInput, match="--peer FILE"):
        backtest(held(), Asked(("fivethirtyeight",), ("eng.1",), (2022,)))


@pytest.mark.slow
@pytest.mark.mirror
@pytest.mark.skipif("SECONDLEG_MIRROR" not in os.environ, reason="needs SECONDLEG_MIRROR")
def test_a_season_of_the_premier_league() -> None:
    """All 380 matches are found with the score that FiveThirtyEight has, and its known mean scores come out."""
    from secondleg.sources.importer import import_files

    mirror = Path(os.environ["SECONDLEG_MIRROR"])
    folders = [mirror / "openfootball" / "england" / season for season in ("2016-17", "2017-18")]
    archive = Archive.memory()
    import_files(archive, [folder / "1-premierleague.txt" for folder in folders])
    results, notes = backtest(
        archive,
        Asked(
            ("joint", "fivethirtyeight"),
            ("eng.1",),
            (2017,),
            peer=mirror / "fivethirtyeight" / "spi_union_played.parquet",
        ),
    )
    told = notes["fivethirtyeight"]
    assert (told["matched"], told["unplaced_names"], told["other_score"]) == (380, [], 0)
    document = document_of(results, against=("fivethirtyeight",))
    joint, theirs = document["models"]
    assert joint["rps"]["n"] > 340  # three clubs came up, unseen in a single season before
    assert 0.18 < theirs["rps"]["mean"] < 0.21
    # one season of one league is far too little for our model to be level with theirs, or to be hopeless
    assert -0.01 < document["pairs"][0]["rps"]["difference"] < 0.03
