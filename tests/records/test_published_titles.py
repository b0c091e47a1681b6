"""Titles by club as the organisers list them, and records by a second path: plain Python over the sources' own rows."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from secondleg.archive.archive import Archive
from secondleg.records import (
    Event,
    Extreme,
    Family,
    Measure,
    Occurrence,
    Per,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    answer,
    answer_many,
)
from support.held_archive import MIRROR, NEEDS_MIRROR

pytestmark = NEEDS_MIRROR

AS_OF = dt.date(2024, 8, 1)

TITLES = {
    # the Football League and the Premier League
    "eng.1": {
        "eng/manchester-united": 20, "eng/liverpool": 19, "eng/arsenal": 13, "eng/manchester-city": 10,
        "eng/everton": 9, "eng/aston-villa": 7, "eng/sunderland": 6, "eng/chelsea": 6, "eng/newcastle-united": 4,
        "eng/sheffield-wednesday": 4, "eng/wolverhampton-wanderers": 3, "eng/leeds-united": 3,
        "eng/huddersfield-town": 3, "eng/blackburn-rovers": 3, "eng/preston-north-end": 2,
        "eng/tottenham-hotspur": 2, "eng/derby-county": 2, "eng/burnley": 2, "eng/portsmouth": 2,
        "eng/west-bromwich-albion": 1, "eng/sheffield-united": 1, "eng/ipswich-town": 1, "eng/nottingham-forest": 1,
        "eng/leicester-city": 1,
    },
    "esp.1": {
        "esp/real-madrid": 36, "esp/barcelona": 27, "esp/atletico-madrid": 11, "esp/athletic-club": 8,
        "esp/valencia": 6, "esp/real-sociedad": 2, "esp/deportivo-la-coruna": 1, "esp/sevilla": 1, "esp/real-betis": 1,
    },
    # from 1929-30; the title of 2004-05 was taken from Juventus, and nobody has it
    "ita.1": {
        "ita/juventus": 34, "ita/inter": 18, "ita/milan": 16, "ita/torino": 5, "ita/bologna": 5, "ita/roma": 3,
        "ita/napoli": 3, "ita/fiorentina": 2, "ita/lazio": 2, "ita/cagliari": 1, "ita/hellas-verona": 1,
        "ita/sampdoria": 1,
    },
    "ger.1": {
        "ger/bayern-munich": 32, "ger/borussia-monchengladbach": 5, "ger/borussia-dortmund": 5, "ger/werder-bremen": 4,
        "ger/hamburg": 3, "ger/stuttgart": 3, "ger/cologne": 2, "ger/kaiserslautern": 2, "ger/1860-munich": 1,
        "ger/eintracht-braunschweig": 1, "ger/nurnberg": 1, "ger/wolfsburg": 1, "ger/bayer-leverkusen": 1,
    },
    # the European Cup and the Champions League (UEFA)
    "uefa.cl": {
        "esp/real-madrid": 15, "ita/milan": 7, "ger/bayern-munich": 6, "eng/liverpool": 6, "esp/barcelona": 5,
        "ned/ajax": 4, "eng/manchester-united": 3, "ita/inter": 3, "eng/chelsea": 2, "eng/nottingham-forest": 2,
        "ita/juventus": 2, "por/benfica": 2, "por/porto": 2, "sco/celtic": 1, "ger/hamburg": 1, "eng/aston-villa": 1,
        "ned/psv": 1, "ned/feyenoord": 1, "ger/borussia-dortmund": 1, "fra/marseille": 1, "eng/manchester-city": 1,
    },
}  # fmt: skip


OPEN = {"esp/real-madrid": 34, "ita/torino": 3, "ger/stuttgart": 2}
"""What is certain of clubs that won a season that is not held whole, or that ended in groups: 1979-80 and 1986-87 in
Spain, 1946-47 and 1947-48 in Italy, 1991-92 in Germany."""


def unit_of(code: str) -> Unit:
    return Unit.CAMPAIGN if code.startswith("uefa.") else Unit.SEASON


@pytest.mark.parametrize(("code", "club"), [(code, club) for code, clubs in TITLES.items() for club in clubs])
def test_titles_of_a_club(held: Archive, code: str, club: str) -> None:
    question = Question(
        Statistic.COUNT, Event("won"), Subject.of(club), unit_of(code), Scope(competitions=(code,))
    )
    found = answer(held.view(AS_OF), question)
    true = TITLES[code][club]
    assert found.k == OPEN.get(club, true) if unit_of(code) is Unit.SEASON else true
    sure = found.sure
    assert sure.lowest is not None
    assert sure.lowest <= true <= (sure.highest if sure.highest is not None else true)
    assert not (sure.exact and found.k != true)
    assert len(found.rows) + len(found.lines) >= found.k


@pytest.mark.parametrize("code", TITLES)
def test_nobody_else_has_won_it(held: Archive, code: str) -> None:
    question = Question(
        Statistic.COUNT, Event("won"), Subject.of("*"), unit_of(code), Scope(competitions=(code,))
    )
    won = {club: n for club, n in answer_many(held.view(AS_OF), question).to_dict().items() if n}
    expected = dict(TITLES[code])
    if code == "uefa.cl":
        expected |= {club: 1 for club in won if club in ("rou/fcsb", "srb/red-star-belgrade")}
    if code != "uefa.cl":
        expected |= {club: n for club, n in OPEN.items() if club in expected}
    assert won == expected


@pytest.mark.parametrize(
    ("club", "event", "season"),
    [
        ("eng/leicester-city", "promoted", "2013-14"),
        ("eng/leicester-city", "relegated", "2022-23"),
        ("eng/leeds-united", "promoted", "2019-20"),
        ("eng/afc-bournemouth", "promoted", "2021-22"),
        ("eng/middlesbrough", "relegated", "2016-17"),
        ("eng/burnley", "promoted", "2022-23"),
        ("ger/hamburg", "relegated", "2017-18"),
        ("ger/werder-bremen", "relegated", "2020-21"),
        ("ita/juventus", "relegated", "2005-06"),
        ("esp/deportivo-la-coruna", "relegated", "2017-18"),
    ],
)
def test_up_and_down(held: Archive, club: str, event: str, season: str) -> None:
    scope = Scope(family=Family.LEAGUE, last_season=2022)
    question = Question(Statistic.LAST, Event(event), Subject.of(club), Unit.SEASON, scope)
    value = answer(held.view(AS_OF), question).value
    assert isinstance(value, Occurrence)
    assert value.season == season


@pytest.mark.parametrize(
    ("club", "season", "place", "points"),
    [
        ("eng/portsmouth", 2009, 20, 19),
        ("eng/middlesbrough", 1996, 19, 39),
        ("ita/juventus", 2005, 20, 91),  # put last, with the points that they had
        ("eng/everton", 2023, 15, 40),
        ("eng/liverpool", 2018, 2, 97),
        ("eng/derby-county", 2007, 20, 11),
        ("ita/inter", 2005, 1, 76),
        ("ita/juventus", 2022, 7, 62),
        ("ger/bayern-munich", 2012, 1, 91),
        ("esp/barcelona", 2012, 1, 100),
        ("esp/real-madrid", 2006, 1, 76),
    ],
)
def test_final_places(held: Archive, club: str, season: int, place: int, points: int) -> None:
    scope = Scope(family=Family.TOP_FLIGHT, first_season=season, last_season=season)
    question = Question(Statistic.RECORD, Event("played"), Subject.of(club), Unit.SEASON, scope)
    (line,) = answer(held.view(AS_OF), question).lines
    assert (line.place, line.points) == (place, points)


# --- by plain Python over the files ---------------------------------------------------------------


def rows_of(name: str, until: int) -> list[tuple[str, str, int, int, str, int]]:
    """(day, home, goals, goals, away, season) of a league's first tier, oldest first."""
    assert MIRROR is not None
    with (Path(MIRROR) / "engsoccerdata" / name).open(encoding="utf-8") as lines:
        found = [
            (
                row["Date"],
                row["home"],
                int(row["hgoal"]),
                int(row["vgoal"]),
                row["visitor"],
                int(row["Season"]),
            )
            for row in csv.DictReader(lines)
            if row["tier"] == "1" and row["hgoal"] not in ("", "NA") and int(row["Season"]) <= until
        ]
    return sorted(found)


def results(rows: list[tuple[str, str, int, int, str, int]]) -> dict[str, list[str]]:
    """Each club's results in order: W, D, L."""
    letters: dict[str, list[str]] = defaultdict(list)
    for _, home, ours, theirs, away, _ in rows:
        here = "W" if ours > theirs else "D" if ours == theirs else "L"
        letters[home].append(here)
        letters[away].append({"W": "L", "L": "W", "D": "D"}[here])
    return letters


def longest(letters: list[str], wanted: str) -> int:
    best = now = 0
    for letter in letters:
        now = now + 1 if letter in wanted else 0
        best = max(best, now)
    return best


LAST_OF_THE_FILE = 2015


@pytest.mark.parametrize(
    ("event", "wanted"), [("won", "W"), ("unbeaten", "WD"), ("lost", "L"), ("winless", "DL")]
)
@pytest.mark.parametrize(("name", "code"), [("spain.csv", "esp.1"), ("germany.csv", "ger.1")])
def test_longest_runs_of_all_clubs(held: Archive, name: str, code: str, event: str, wanted: str) -> None:
    plain = sorted(longest(all_of, wanted) for all_of in results(rows_of(name, LAST_OF_THE_FILE)).values())
    scope = Scope(competitions=(code,), last_season=LAST_OF_THE_FILE)
    question = Question(Statistic.LONGEST_STREAK, Event(event), Subject.of("*"), scope=scope)
    ours = sorted(int(value) for value in answer_many(held.view(AS_OF), question).value)
    assert ours[-8:] == plain[-8:]


@pytest.mark.parametrize(("name", "code"), [("spain.csv", "esp.1"), ("germany.csv", "ger.1")])
def test_wins_of_all_clubs(held: Archive, name: str, code: str) -> None:
    plain = sorted(all_of.count("W") for all_of in results(rows_of(name, LAST_OF_THE_FILE)).values())
    scope = Scope(competitions=(code,), last_season=LAST_OF_THE_FILE)
    question = Question(Statistic.COUNT, Event("won"), Subject.of("*"), scope=scope)
    ours = sorted(int(value) for value in answer_many(held.view(AS_OF), question).value)
    assert ours[-8:] == plain[-8:]


@pytest.mark.parametrize(("name", "code"), [("spain.csv", "esp.1"), ("germany.csv", "ger.1")])
def test_most_goals_in_a_season(held: Archive, name: str, code: str) -> None:
    scored: dict[tuple[str, int], int] = defaultdict(int)
    for _, home, ours, theirs, away, season in rows_of(name, LAST_OF_THE_FILE):
        scored[home, season] += ours
        scored[away, season] += theirs
    scope = Scope(competitions=(code,), last_season=LAST_OF_THE_FILE)
    question = Question(
        Statistic.MOST,
        Event("played"),
        Subject.any_club(),
        scope=scope,
        per=Per.SEASON,
        measure=Measure.SCORED,
    )
    value = answer(held.view(AS_OF), question).value
    assert isinstance(value, Extreme)
    assert value.amount == max(scored.values())
    holders = {int(str(holder.season)[:4]) for holder in value.holders}
    assert holders == {season for (_, season), goals in scored.items() if goals == value.amount}
