"""Competitions of the starter archive played on: what the document says, and that nothing later gets into it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.support.small_archive import small_archive

from secondleg.archive.starter import load
from secondleg.archive.view import View
from secondleg.desk.campaigns import campaign_of
from secondleg.desk.competitions import find_competition, find_season
from secondleg.desk.conditions import condition
from secondleg.desk.render.simulation_text import percent, to_text
from secondleg.desk.simulating import simulate_competition
from secondleg.errors import BadInput, ForecastError
from secondleg.football.rules import prizes
from secondleg.forecast.competition_reading import Condition

DAY = dt.date(2024, 4, 17)
RUNS = 2000


@pytest.fixture(scope="module")
def view() -> View:
    return load().view(DAY)


@pytest.fixture(scope="module")
def europa(view: View) -> dict[str, Any]:
    return simulate_competition(view, "Europa League", "2023-24", runs=RUNS)


@pytest.fixture(scope="module")
def premier(view: View) -> dict[str, Any]:
    return simulate_competition(view, "Premier League", "2023-24", runs=RUNS)


def club(document: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in document["clubs"] if each["name"] == name)


def test_the_quarter_finals_go_on_from_the_first_legs(europa: dict[str, Any]) -> None:
    """Atalanta lead 3-0; the exact forecast of that tie gives Liverpool 9 percent."""
    chances = {c["name"]: c["chances"]["semi-final"]["chance"] for c in europa["clubs"]}
    assert chances["Liverpool"] == pytest.approx(0.09, abs=0.03)
    assert chances["Atalanta"] + chances["Liverpool"] == pytest.approx(1.0)
    assert chances["Roma"] + chances["AC Milan"] == pytest.approx(1.0)
    assert sum(chances.values()) == pytest.approx(4.0)
    wins = [c["chances"]["champions"] for c in europa["clubs"]]
    assert sum(each["chance"] for each in wins) == pytest.approx(1.0)
    assert all(each["standard_error"] <= europa["standard_error"] for each in wins)
    tie = next(m for m in europa["matches"] if m["home"]["name"] == "Atalanta")
    assert (tie["away"]["name"], tie["leg"], tie["date"]) == ("Liverpool", 2, "2024-04-18")
    assert tie["worth"][0]["target"] == "semi-final"
    # Liverpool do not go through without a win
    assert next(each for each in tie["worth"] if each["club"]["name"] == "Liverpool")["draw"] == 0.0


def test_the_table_of_the_day_is_told_with_its_tie_breaks(premier: dict[str, Any]) -> None:
    """17 April 2024: Manchester City 73 points, Arsenal and Liverpool 71, Arsenal ahead on goal difference."""
    city, arsenal, liverpool = (club(premier, name) for name in ("Manchester City", "Arsenal", "Liverpool"))
    assert [(c["now"]["position"], c["now"]["points"]) for c in (city, arsenal, liverpool)] == [
        (1, 73),
        (2, 71),
        (3, 71),
    ]
    assert arsenal["now"]["ahead_by"] == "goal difference"
    assert city["now"]["ahead_by"] is None
    assert sum(c["chances"]["champions"]["chance"] for c in premier["clubs"]) == pytest.approx(1.0)
    assert sum(c["chances"]["relegated"]["chance"] for c in premier["clubs"]) == pytest.approx(3.0)
    for each in premier["clubs"]:
        assert sum(each["places"].values()) == pytest.approx(1.0)
        assert each["expected"]["points"] >= each["now"]["points"]
    assert [c["expected"]["place"] for c in premier["clubs"]] == sorted(
        c["expected"]["place"] for c in premier["clubs"]
    )


def test_points_taken_off_a_club_count(view: View, premier: dict[str, Any]) -> None:
    """Everton were docked eight points and Nottingham Forest four."""
    without = simulate_competition(
        view, "eng.1", "2023", runs=RUNS, deductions=["Everton=8", "Nottingham Forest=4"]
    )
    assert club(without, "Everton")["now"]["points"] == club(premier, "Everton")["now"]["points"] - 8 == 27
    down = [club(each, "Nottingham Forest")["chances"]["relegated"]["chance"] for each in (premier, without)]
    assert down[1] > down[0] + 0.1
    with pytest.raises(BadInput, match="Everton=8"):
        simulate_competition(view, "eng.1", "2023", runs=10, deductions=["Everton 8"])


def test_nothing_of_the_day_or_later_gets_in(europa: dict[str, Any], premier: dict[str, Any]) -> None:
    archive = load()
    archive.connection.execute(
        "UPDATE store.match SET home_goals = 9, away_goals = 0, home_ft = 9, away_ft = 0, home_pens = NULL, "
        "away_pens = NULL WHERE date >= ?",
        [DAY],
    )
    archive.connection.execute(
        "UPDATE store.tie SET winner = first, decided_by = 'coin' WHERE decided_on >= ?", [DAY]
    )
    changed = archive.view(DAY)
    assert simulate_competition(changed, "uefa.el", "2023-24", runs=RUNS) == europa
    assert simulate_competition(changed, "eng.1", "2023-24", runs=RUNS) == premier


def test_a_condition_picks_runs(view: View, europa: dict[str, Any]) -> None:
    found = simulate_competition(view, "uefa.el", "2023-24", runs=RUNS, conditions=["Liverpool through"])
    assert club(found, "Liverpool")["chances"]["semi-final"]["chance"] == 1.0
    assert club(found, "Atalanta")["chances"]["semi-final"]["chance"] == 0.0
    assert found["share_of_runs"] == pytest.approx(
        club(europa, "Liverpool")["chances"]["semi-final"]["chance"], abs=0.02
    )
    assert found["runs"] == RUNS
    with pytest.raises(ForecastError, match="came true in 0 of"):
        simulate_competition(view, "uefa.el", "2023-24", runs=500, conditions=["Atalanta 0-15 Liverpool"])


def test_conditions_are_read(view: View) -> None:
    clubs = campaign_of(view, "eng.1", 2023).campaign.clubs
    won = prizes("eng.1", 2023)

    def read(text: str) -> Condition:
        return condition(view, text, clubs, won)

    assert read("Arsenal champions") == Condition("place", "eng/arsenal", low=1, high=1)
    assert read("Luton Town relegated") == Condition("place", "eng/luton-town", low=18, high=20)
    assert read("the Reds top 4") == Condition("place", "eng/liverpool", low=1, high=4)
    assert read("Burnley bottom 3") == Condition("place", "eng/burnley", low=18, high=20)
    assert read("Chelsea 6th") == Condition("place", "eng/chelsea", low=6, high=6)
    assert read("not Arsenal win") == Condition("win", "eng/arsenal", negated=True)
    assert read("Arsenal beat Chelsea") == Condition(
        "result", "eng/arsenal", other="eng/chelsea", outcome="home"
    )
    assert read("Arsenal 2-1 Chelsea") == Condition(
        "result", "eng/arsenal", other="eng/chelsea", goals=(2, 1)
    )
    assert read("Arsenal reach the semi-finals") == Condition("reach", "eng/arsenal", stage="semi-final")
    with pytest.raises(BadInput, match="is no condition"):
        read("Arsenal are best")
    with pytest.raises(BadInput, match="takes no part"):
        read("Atalanta out")


def test_competitions_and_seasons_go_by_their_names(view: View) -> None:
    assert find_competition(view, "uefa cup") == "uefa.el"
    assert find_competition(view, "Serie A") == "ita.1"
    assert find_competition(view, "European Cup") == "uefa.cl"
    with pytest.raises(BadInput, match=r"Nearest names: Premiership \(sco.1\), Premier League \(eng.1\)"):
        find_competition(view, "Premiership League")
    assert [find_season(text) for text in ("2023", "2023-24", "2023/24", "1999-2000")] == [
        2023,
        2023,
        2023,
        1999,
    ]
    for text in ("23", "2023-25", "last"):
        with pytest.raises(BadInput, match="is no season"):
            find_season(text)


def test_what_cannot_be_played_is_said(view: View) -> None:
    with pytest.raises(ForecastError, match="nothing is known of Premier League 2011-12"):
        simulate_competition(view, "eng.1", "2011-12")
    with pytest.raises(BadInput, match="--runs 0"):
        simulate_competition(view, "eng.1", "2023-24", runs=0)
    early = load().view(dt.date(2023, 7, 20))
    with pytest.raises(ForecastError, match="2023-07-20"):
        simulate_competition(early, "uefa.el", "2023-24")


def test_matches_that_nobody_tells_of_are_derived() -> None:
    """Three clubs, one match played and one fixture known: four more must come."""
    archive = small_archive("""
        2024-01-01  eng/arsenal 2-0 eng/chelsea    eng.1 2023 regular-season
        2024-03-01  eng/chelsea v eng/everton      eng.1 2023 regular-season
    """)
    season = campaign_of(archive.view(dt.date(2024, 2, 1)), "eng.1", 2023)
    table = season.campaign.tables["regular-season"]
    assert len(table.played) == 1
    assert len(table.coming) == 5
    assert sum(match.date is None for match in table.coming) == 4
    assert "4 matches" in season.notes[0]


def test_the_text_is_readable(europa: dict[str, Any], premier: dict[str, Any]) -> None:
    text = to_text(europa)
    assert text.startswith("Europa League 2023-24, as known on the morning of 2024-04-17\n2,000 runs;")
    assert "… and 32 others without a chance" in text
    assert "last 16" not in text  # decided: nothing to tell
    text = to_text(premier)
    assert "Arsenal: goal difference" in text
    assert "  1 Manchester City" in text
    assert [percent(chance) for chance in (0.0, 0.001, 0.5, 0.9999, 1.0, None)] == [
        "–",
        "<1",
        "50",
        ">99",
        "100",
        "?",
    ]
