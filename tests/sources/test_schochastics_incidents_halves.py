"""Half-time scores that the minutes of goals make, in both of schochastics' sets of goals."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from secondleg.sources import football_data, schochastics_goals, schochastics_incidents
from secondleg.sources.contract import violations

MIRROR = os.environ.get("SECONDLEG_MIRROR")
HEADER = "scoring_player,scoring_team,time,GH,GA,game,date,season"

_LINKED = """
WITH theirs AS (
    SELECT competition, "date", home, away, home_goals, away_goals, home_ht, away_ht
    FROM benchmark WHERE home_ht IS NOT NULL
), same_name AS (
    -- who is who: the other source's side that most often has the same day and score
    SELECT competition, ours.home AS name, theirs.home AS other
    FROM ours JOIN theirs USING (competition, "date", home_goals, away_goals)
    GROUP BY competition, ours.home, theirs.home
    QUALIFY row_number() OVER (PARTITION BY competition, ours.home ORDER BY count(*) DESC) = 1
)
SELECT count(*) AS matches,
    count(*) FILTER (ours.home_ht <> theirs.home_ht OR ours.away_ht <> theirs.away_ht) AS differ
FROM ours
JOIN same_name h ON h.competition = ours.competition AND h.name = ours.home
JOIN same_name a ON a.competition = ours.competition AND a.name = ours.away
JOIN theirs ON theirs.competition = ours.competition AND theirs."date" = ours."date"
    AND theirs.home = h.other AND theirs.away = a.other
    AND theirs.home_goals = ours.home_goals AND theirs.away_goals = ours.away_goals
WHERE ours.home_ht IS NOT NULL
"""


def half_time(folder: Path, *rows: str) -> tuple[int | None, int | None]:
    """The half-time score of the one match that the rows tell."""
    path = folder / "eng-fa-cup.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    table = schochastics_goals.read_files([path])
    assert violations(table.matches) == []
    (row,) = table.matches.to_pylist()
    return row["home_ht"], row["away_ht"]


def goal(side: str, minute: str, running: str, game: str = "A vs. B 2:1", season: int = 2015) -> str:
    return f"X,{side},{minute},{running.replace('-', ',')},{game},{season + 1}-01-05,{season}-{season + 1}"


def test_stoppage_time_is_of_the_first_half(tmp_path: Path) -> None:
    rows = [goal("A", "12", "1-0"), goal("B", "45+3", "1-1"), goal("A", "46", "2-1")]
    assert half_time(tmp_path, *rows) == (1, 1)


def test_extra_time_is_not(tmp_path: Path) -> None:
    game = "A vs. B 2:1 n.V."
    rows = [goal("A", "45", "1-0", game), goal("B", "90", "1-1", game), goal("A", "120", "2-1", game)]
    assert half_time(tmp_path, *rows) == (1, 0)


@pytest.mark.parametrize(
    ("game", "minute", "season"),
    [
        ("A vs. B 1:0", "20", 2008),  # before the minutes can be trusted
        ("A vs. B 2:0", "20", 2015),  # one goal is not told
        ("A vs. B 1:0", "0", 2015),  # its minute is not known
        ("A vs. B 1:0 Wert.", "20", 2015),  # awarded
    ],
)
def test_where_it_cannot_be_known(tmp_path: Path, game: str, minute: str, season: int) -> None:
    assert half_time(tmp_path, goal("A", minute, "1-0", game, season)) == (None, None)


@pytest.mark.mirror
@pytest.mark.slow
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR is not set: no folder of source data")
def test_against_football_data() -> None:
    """More than 99.9 % are as football-data.co.uk tells them."""
    root = Path(str(MIRROR))
    theirs: Any = football_data.read_files(football_data.finds(root / "football-data.co.uk")).matches
    with duckdb.connect() as connection:
        connection.register("benchmark", theirs)
        for reader in (schochastics_goals, schochastics_incidents):
            matches = reader.read_files(reader.finds(root / "schochastics")).matches
            connection.register("ours", matches)
            ((count, differ),) = connection.execute(_LINKED).fetchall()
            assert count > 35_000
            assert differ < 0.001 * count
            told = connection.execute("SELECT min(season), count(*) FROM ours WHERE home_ht >= 0").fetchall()
            assert told[0][0] == 2009
            connection.unregister("ours")
