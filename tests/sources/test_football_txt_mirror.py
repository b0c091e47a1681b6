"""All Football.TXT files of the mirror, against what is known of them from elsewhere.

The numbers here are rules of the competitions (20 clubs play 380 matches) and results that everybody knows.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from secondleg.sources.contract import SourceTable, violations
from secondleg.sources.football_txt import describe, read_files

MIRROR = os.environ.get("SECONDLEG_MIRROR")
pytestmark = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(not MIRROR, reason="needs SECONDLEG_MIRROR, a folder that mirrors the public sources"),
]

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def source() -> SourceTable:
    return read_files(Path(str(MIRROR)) / "openfootball")


@pytest.fixture(scope="module")
def rows(source: SourceTable) -> Rows:
    found: Rows = source.matches.to_pylist()
    return found


def season(rows: Rows, competition: str, year: int, *, document: str = "") -> Rows:
    return [
        row
        for row in rows
        if (row["competition"], row["season"]) == (competition, year) and document in row["document"]
    ]


def one(rows: Rows, day: str, home: str, away: str) -> dict[str, Any]:
    date = dt.date.fromisoformat(day)
    (found,) = (
        row
        for row in rows
        if row["date"] == date
        and home in row["home"]
        and away in row["away"]
        and row["home_goals"] is not None
    )
    return found


def test_every_match_is_read(source: SourceTable) -> None:
    unread = [(report.document, line.text) for report in source.reports for line in report.unread]
    assert unread == []
    short = [
        (report.document, report.declared, report.matches)
        for report in source.reports
        if report.declared is not None and report.declared != report.matches
    ]
    # three later rounds of a running cup, whose clubs are not drawn yet, stand as "N.N. v N.N."
    assert short == [("deutschland/2025-26/cup.txt", 59, 56)]


def test_the_contract_holds(source: SourceTable) -> None:
    assert violations(source.matches) == []


def test_every_match_has_a_stage(rows: Rows) -> None:
    assert {row["stage_text"] for row in rows if row["stage"] is None} == set()


def test_every_competition_has_an_english_name(rows: Rows) -> None:
    assert [code for code in sorted({row["competition"] for row in rows}) if ", " in describe(code)[0]] == []


def test_all_weekdays_fit_their_dates(source: SourceTable) -> None:
    assert [note for report in source.reports for note in report.notes if " was a " in note] == []


@pytest.mark.parametrize(
    ("competition", "years", "clubs"),
    [
        ("eng.1", range(2000, 2025), 20),
        ("eng.2", range(2000, 2025), 24),
        ("ger.1", range(2010, 2025), 18),
        ("ger.1", range(1963, 1965), 16),
        ("ita.1", range(2013, 2025), 20),
        ("esp.1", range(2012, 2025), 20),
        ("esp.2", range(2012, 2025), 22),
    ],
)
def test_leagues_are_whole(rows: Rows, competition: str, years: range, clubs: int) -> None:
    for year in years:
        matches = [
            row
            for row in season(rows, competition, year)
            if row["stage"] == "regular-season" and "duit2025" not in row["document"]
        ]
        assert len(matches) == clubs * (clubs - 1), (competition, year)
        assert {row["neutral"] for row in matches} == {False}
        if year >= 2000:
            assert set(Counter((row["home"], row["away"]) for row in matches).values()) == {1}


def test_champions_league_seasons_are_whole(rows: Rows) -> None:
    # 96 group matches, 28 in two-legged rounds, a final; in 2020 single matches from the quarter-finals
    for year in range(2011, 2024):
        matches = season(rows, "uefa.cl", year)
        assert len(matches) == (119 if year == 2019 else 125), year
        stages = Counter(row["stage"] for row in matches)
        assert (stages["group-stage"], stages["round-of-16"], stages["final"]) == (96, 16, 1), year
    # 144 of the league phase, 16 play-offs, 28, a final
    assert Counter(row["stage"] for row in season(rows, "uefa.cl", 2024, document="/cl.txt")) == {
        "league-phase": 144,
        "knockout-play-off": 16,
        "round-of-16": 16,
        "quarter-final": 8,
        "semi-final": 4,
        "final": 1,
    }


def test_finals_of_the_champions_league(rows: Rows) -> None:
    names = ("home_goals", "away_goals", "after_extra_time", "home_pens", "away_pens")
    finals = {
        row["season"]: tuple(row[name] for name in names)
        for row in rows
        if (row["competition"], row["stage"]) == ("uefa.cl", "final") and row["season"] < 2025
    }
    assert finals == {
        2011: (1, 1, True, 3, 4),  # Bayern v Chelsea
        2012: (1, 2, False, None, None),  # Dortmund v Bayern
        2013: (4, 1, True, None, None),  # Real v Atlético
        2014: (1, 3, False, None, None),  # Juventus v Barcelona
        2015: (1, 1, True, 5, 3),  # Real v Atlético
        2016: (1, 4, False, None, None),  # Juventus v Real
        2017: (3, 1, False, None, None),  # Real v Liverpool
        2018: (0, 2, False, None, None),  # Tottenham v Liverpool
        2019: (0, 1, False, None, None),  # Paris v Bayern
        2020: (0, 1, False, None, None),  # City v Chelsea
        2021: (0, 1, False, None, None),  # Liverpool v Real
        2022: (1, 0, False, None, None),  # City v Inter
        2023: (0, 2, False, None, None),  # Dortmund v Real
        2024: (5, 0, False, None, None),  # Paris v Inter
    }


def test_finals_are_neutral_and_single(rows: Rows) -> None:
    for code in (
        "uefa.cl",
        "uefa.el",
        "uefa.conf",
        "eng.facup",
        "eng.eflcup",
        "ita.cup",
        "ger.cup",
        "esp.cup",
    ):
        finals = [row for row in rows if (row["competition"], row["stage"]) == (code, "final")]
        assert finals
        assert {(row["neutral"], row["leg"]) for row in finals} == {(True, None)}


@pytest.mark.parametrize(
    ("day", "home", "away", "final", "ft", "pens", "stage", "leg"),
    [
        ("2024-04-11", "Liverpool", "Atalanta", (0, 3), (0, 3), (None, None), "quarter-final", 1),
        ("2024-04-18", "Atalanta", "Liverpool", (0, 1), (0, 1), (None, None), "quarter-final", 2),
        ("2024-05-22", "Atalanta", "Leverkusen", (3, 0), (3, 0), (None, None), "final", None),
        ("2017-03-08", "Barcelona", "Paris", (6, 1), (6, 1), (None, None), "round-of-16", 2),
        ("2019-05-07", "Liverpool", "Barcelona", (4, 0), (4, 0), (None, None), "semi-final", 2),
        ("2020-08-14", "Barcelona", "Bayern", (2, 8), (2, 8), (None, None), "quarter-final", None),
        ("2021-05-26", "Villarreal", "Manchester United", (1, 1), (1, 1), (11, 10), "final", None),
        ("2024-03-17", "Manchester United", "Liverpool", (4, 3), (2, 2), (None, None), "quarter-final", None),
        ("2024-04-21", "Coventry", "Manchester United", (3, 3), (3, 3), (2, 4), "semi-final", None),
        ("2024-02-25", "Chelsea", "Liverpool", (0, 1), (0, 0), (None, None), "final", None),
        ("2011-08-28", "Manchester United", "Arsenal", (8, 2), (8, 2), (None, None), "regular-season", None),
        ("2019-10-25", "Southampton", "Leicester", (0, 9), (0, 9), (None, None), "regular-season", None),
        (
            "2012-05-13",
            "Manchester City",
            "Queens Park",
            (3, 2),
            (3, 2),
            (None, None),
            "regular-season",
            None,
        ),
        ("2023-05-27", "Coventry", "Luton", (1, 1), (1, 1), (5, 6), "play-offs", None),
    ],
)
def test_matches_that_everyone_knows(
    rows: Rows,
    day: str,
    home: str,
    away: str,
    final: tuple[int, int],
    ft: tuple[int, int],
    pens: tuple[int | None, int | None],
    stage: str,
    leg: int | None,
) -> None:
    found = one(rows, day, home, away)
    assert (found["home_goals"], found["away_goals"]) == final
    assert (found["home_ft"], found["away_ft"]) == ft
    assert (found["home_pens"], found["away_pens"]) == pens
    assert (found["stage"], found["leg"]) == (stage, leg)


@pytest.mark.parametrize(
    ("competition", "year", "club", "won", "drawn", "lost"),
    [
        ("eng.1", 2003, "Arsenal FC", 26, 12, 0),  # the unbeaten season
        ("eng.1", 2004, "Chelsea FC", 29, 8, 1),
        ("eng.1", 2007, "Derby County", 1, 8, 29),
        ("eng.1", 2015, "Leicester City", 23, 12, 3),
        ("eng.1", 2017, "Manchester City", 32, 4, 2),
        ("eng.1", 2018, "Liverpool FC", 30, 7, 1),
        ("ger.1", 2023, "Bayer 04 Leverkusen", 28, 6, 0),
        ("ita.1", 2013, "Juventus", 33, 3, 2),
    ],
)
def test_records_of_famous_seasons(
    rows: Rows, competition: str, year: int, club: str, won: int, drawn: int, lost: int
) -> None:
    assert Counter(_results(season(rows, competition, year), club)) == +Counter(W=won, D=drawn, L=lost)


def _results(rows: Rows, club: str) -> Iterator[str]:
    for row in rows:
        if club in (row["home"], row["away"]):
            difference = row["home_goals"] - row["away_goals"]
            if row["away"] == club:
                difference = -difference
            yield "W" if difference > 0 else "L" if difference < 0 else "D"


def test_goals_of_a_premier_league_season(rows: Rows) -> None:
    # 2023-24 had the most goals of any season of 38 rounds: 1,246
    assert sum(row["home_goals"] + row["away_goals"] for row in season(rows, "eng.1", 2023)) == 1246


def test_two_legged_rounds_and_replays(rows: Rows) -> None:
    semis = [row["leg"] for row in season(rows, "eng.eflcup", 2023) if row["stage"] == "semi-final"]
    assert sorted(semis) == [1, 1, 2, 2]
    semis = [row["leg"] for row in season(rows, "ita.cup", 2023) if row["stage"] == "semi-final"]
    assert sorted(semis) == [1, 1, 2, 2]
    replays = [row for row in rows if row["leg"] == 3]
    assert {row["competition"] for row in replays} == {"eng.facup"}
    # none in 2020-21, because of the pandemic, and none since 2024-25, by rule
    assert {row["season"] for row in replays} == {2018, 2019, 2021, 2022, 2023}


def test_european_ties_of_two_legs_have_both(rows: Rows) -> None:
    knockout = [
        row
        for row in rows
        if row["competition"].startswith("uefa.")
        and row["stage"] not in ("group-stage", "league-phase", "final")
        and not (row["season"] == 2019 and row["stage"] in ("quarter-final", "semi-final"))
    ]
    ties = Counter(
        (row["competition"], row["season"], row["stage"], frozenset((row["home"], row["away"])))
        for row in knockout
    )
    assert set(ties.values()) == {2}
    assert Counter(row["leg"] for row in knockout) == {1: len(ties), 2: len(ties)}


def test_where_a_slip_of_a_file_is_certain_it_is_corrected(rows: Rows) -> None:
    # Karlsruhe came to Cologne on the second day of the first Bundesliga season
    found = [
        row
        for row in season(rows, "ger.1", 1963)
        if row["home"] == "1. FC Köln" and row["away"] == "Karlsruher"
    ]
    assert [(row["date"], row["home_goals"], row["away_goals"]) for row in found] == [
        (dt.date(1963, 8, 31), 4, 0)
    ]
    assert max(row["date"] for row in season(rows, "ger.1", 1963)) == dt.date(1964, 5, 9)
