"""Final tournaments: published tables, thirds and brackets come out of the declared formats."""

from __future__ import annotations

import csv
import datetime as dt
import os
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from tests.forecast.test_competition import Even

from secondleg.errors import BadInput
from secondleg.football.progress import allot_thirds
from secondleg.football.rules import draw_of
from secondleg.forecast.campaign import KnownTie
from secondleg.forecast.competition import Simulation, simulate
from secondleg.forecast.tournaments import tournament

# European Championship 2024: sides of each group in the order of the final table, and the results
EURO_2024 = {
    "A": ("Germany", "Switzerland", "Hungary", "Scotland"),
    "B": ("Spain", "Italy", "Croatia", "Albania"),
    "C": ("England", "Denmark", "Slovenia", "Serbia"),
    "D": ("Austria", "France", "Netherlands", "Poland"),
    "E": ("Romania", "Belgium", "Slovakia", "Ukraine"),
    "F": ("Portugal", "Turkey", "Georgia", "Czech Republic"),
}
RESULTS_2024 = """
Germany 5-1 Scotland; Hungary 1-3 Switzerland; Germany 2-0 Hungary; Scotland 1-1 Switzerland; Switzerland 1-1 Germany;
Scotland 0-1 Hungary; Spain 3-0 Croatia; Italy 2-1 Albania; Croatia 2-2 Albania; Spain 1-0 Italy; Albania 0-1 Spain;
Croatia 1-1 Italy; Slovenia 1-1 Denmark; Serbia 0-1 England; Slovenia 1-1 Serbia; Denmark 1-1 England;
England 0-0 Slovenia; Denmark 0-0 Serbia; Poland 1-2 Netherlands; Austria 0-1 France; Poland 1-3 Austria;
Netherlands 0-0 France; Netherlands 2-3 Austria; France 1-1 Poland; Romania 3-0 Ukraine; Belgium 0-1 Slovakia;
Slovakia 1-2 Ukraine; Belgium 2-0 Romania; Slovakia 1-1 Romania; Ukraine 0-0 Belgium; Turkey 3-1 Georgia;
Portugal 2-1 Czech Republic; Georgia 1-1 Czech Republic; Turkey 0-3 Portugal; Georgia 2-0 Portugal;
Czech Republic 1-2 Turkey
"""
LAST_16_2024 = {
    ("Spain", "Georgia"), ("Germany", "Denmark"), ("Portugal", "Slovenia"), ("France", "Belgium"),
    ("Romania", "Netherlands"), ("Austria", "Turkey"), ("England", "Slovakia"), ("Switzerland", "Italy"),
}  # fmt: skip


def results(text: str) -> list[tuple[str, str, int, int]]:
    found = []
    for line in text.replace("\n", " ").split(";"):
        words = line.split()
        at = next(i for i, word in enumerate(words) if "-" in word and word[0].isdigit())
        home, away = (int(goals) for goals in words[at].split("-"))
        found.append((" ".join(words[:at]), " ".join(words[at + 1 :]), home, away))
    return found


def pairs(played: Simulation, stage: str) -> list[frozenset[str]]:
    """The ties of a stage in the first run."""
    one, other = played.pairs[stage]
    return [
        frozenset((played.clubs[a], played.clubs[b])) for a, b in zip(one[:, 0], other[:, 0], strict=True)
    ]


def test_euro_2024_leads_into_the_last_sixteen_that_was_played() -> None:
    """Third places: Netherlands, Georgia, Slovakia and Slovenia went on (of C, D, E, F). In group C Denmark and
    Slovenia were level in all that was played: the lot decides there, and in each run one of them is second."""
    campaign = tournament("uefa.euro", 2024, EURO_2024, played=results(RESULTS_2024))
    played = simulate(campaign, Even(), runs=400)
    level = {"Denmark", "Slovenia"}
    for group in EURO_2024.values():
        for place, side in enumerate(group, 1):
            at = played.place["group-stage"][played.number(side)]
            assert (at == place).all() if side not in level else set(at.tolist()) <= {2, 3}
    right = played.take(played.place["group-stage"][played.number("Denmark")] == 2)
    assert 100 < right.runs < 300
    assert set(pairs(right, "round-of-16")) == {frozenset(pair) for pair in LAST_16_2024}
    assert (right.pairs["round-of-16"][0] == right.pairs["round-of-16"][0][:, :1]).all()


def test_the_bracket_of_euro_2024_is_that_of_the_day() -> None:
    """Given who won each tie, the next rounds pair as they did: Spain beat Germany, France and England."""
    last = ("Spain", "Germany", "Portugal", "France", "Netherlands", "Turkey", "England", "Switzerland")
    sixteen = [
        KnownTie(one, other, winner=one if one in last else other) for one, other in sorted(LAST_16_2024)
    ]
    eight = [
        ("Spain", "Germany"),
        ("France", "Portugal"),
        ("Netherlands", "Turkey"),
        ("England", "Switzerland"),
    ]
    ties = {"round-of-16": sixteen, "quarter-final": [KnownTie(a, b, winner=a) for a, b in eight]}
    campaign = tournament("uefa.euro", 2024, EURO_2024, played=results(RESULTS_2024), ties=ties)
    played = simulate(campaign, Even(), runs=200)
    played = played.take(played.place["group-stage"][played.number("Denmark")] == 2)
    assert set(pairs(played, "quarter-final")) == {frozenset(pair) for pair in eight}
    assert set(pairs(played, "semi-final")) == {
        frozenset(("Spain", "France")),
        frozenset(("Netherlands", "England")),
    }
    assert played.wins().mean(axis=1).sum() == pytest.approx(1.0)


@pytest.mark.parametrize(("year", "groups"), [(2016, "BCEF"), (2020, "ACDF"), (2024, "CDEF")])
def test_thirds_meet_whom_they_met(year: int, groups: str) -> None:
    """2016: France v Ireland, Wales v Northern Ireland, Germany v Slovakia, Croatia v Portugal; 2020: Belgium v
    Portugal, Netherlands v Czech Republic, Sweden v Ukraine, France v Switzerland; 2024 as above."""
    met = {
        2016: {"A": "E", "B": "C", "C": "B", "D": "F"},
        2020: {"B": "F", "C": "D", "E": "C", "F": "A"},
        2024: {"B": "F", "C": "E", "E": "D", "F": "C"},
    }
    assert allot_thirds(draw_of("uefa.euro", year, "round-of-16"), groups) == met[year]


@pytest.mark.parametrize("year", [2016, 2024])
def test_every_case_of_four_thirds_is_declared_and_fits_its_lines(year: int) -> None:
    draw = draw_of("uefa.euro", year, "round-of-16")
    cases = ["".join(case) for case in combinations("ABCDEF", 4)]
    assert sorted(draw.thirds) == cases
    for case in cases:
        met = allot_thirds(draw, case)
        assert sorted(met.values()) == sorted(case)
        assert all(winner != third for winner, third in met.items())
    with pytest.raises(BadInput, match="no opponents are declared"):
        allot_thirds(draw, "ABC")


def test_a_world_cup_of_48_sides_is_played_to_the_end() -> None:
    groups = {letter: tuple(f"{letter}{number}" for number in range(4)) for letter in "ABCDEFGHIJKL"}
    played = simulate(tournament("fifa.wc", 2026, groups), Even(), runs=1500, sd=0.0)
    for stage, sides in (("round-of-32", 32), ("round-of-16", 16), ("third-place", 2), ("final", 2)):
        assert (played.reached[stage].sum(axis=0) == sides).all()
    wins = played.wins().mean(axis=1)
    assert np.abs(wins - 1 / 48).max() < 4.5 * (1 / 48 / 1500) ** 0.5
    draw = draw_of("fifa.wc", 2026, "round-of-32")
    place, runs = played.place["group-stage"], np.arange(1500)
    for one, other in zip(*played.pairs["round-of-32"], strict=True):
        thirds = place[other, runs] == 3
        for a, b in zip(one[thirds], other[thirds], strict=True):
            line = draw.thirds_meet.index(played.clubs[a][0])
            assert played.clubs[b][0] in draw.thirds_from[line]
    # nobody who lost a semi-final is in the final, and the third-place match is theirs
    assert not (played.reached["third-place"] & played.reached["final"]).any()


def test_groups_that_are_not_those_of_the_format_are_refused() -> None:
    with pytest.raises(BadInput, match="has 6 groups of 4"):
        tournament("uefa.euro", 2024, {"A": ("x", "y", "z", "w")})


MIRROR = os.environ.get("SECONDLEG_MIRROR", "")
STARTS = {2006: "2006-06-09", 2010: "2010-06-11", 2014: "2014-06-12", 2018: "2018-06-14", 2022: "2022-11-20"}


@pytest.mark.mirror
@pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no folder with the sources")
@pytest.mark.parametrize("year", STARTS)
def test_world_cups_from_their_group_matches_to_the_last_sixteen(year: int) -> None:
    """Groups are read off who met; who went on is who was first and second, and winners met the runners-up of the
    group that goes with theirs."""
    path = Path(MIRROR) / "international_results" / "results.csv"
    first = dt.date.fromisoformat(STARTS[year])
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["tournament"] == "FIFA World Cup"
            and first <= dt.date.fromisoformat(row["date"]) <= first + dt.timedelta(40)
        ]
    games = [(r["home_team"], r["away_team"], int(r["home_score"]), int(r["away_score"])) for r in rows]
    groups, last = games[:48], [frozenset(game[:2]) for game in games[48:56]]
    members: dict[str, set[str]] = {}
    for home, away, *_ in groups:
        joined = members.get(home, {home}) | members.get(away, {away})
        for side in joined:
            members[side] = joined
    order = list(dict.fromkeys(frozenset(each) for each in (members[game[0]] for game in groups)))
    assert [len(group) for group in order] == [4] * 8
    campaign = tournament(
        "fifa.wc", year, dict(zip("ABCDEFGH", map(tuple, map(sorted, order)), strict=True)), played=groups
    )
    played = simulate(campaign, Even(), runs=50)
    # where fair play decided (Japan and Senegal in 2018), a run whose lot fell the same way
    on = [played.number(side) for tie in last for side in tie]
    right = (played.place["group-stage"][on] <= 2).all(axis=0)
    assert right.any() and (year == 2018 or right.all())
    place = played.place["group-stage"][:, right.argmax()]
    of = {side: i for i, group in enumerate(order) for side in group}
    firsts = {of[side]: side for side in of if place[played.number(side)] == 1}
    seconds = {of[side]: side for side in of if place[played.number(side)] == 2}
    # every tie of the last sixteen: a group's winner with the runner-up of the one group that its own goes with
    partner = {}
    for tie in last:
        (winner,) = tie & set(firsts.values())
        (second,) = tie & set(seconds.values())
        partner[of[winner]] = of[second]
    assert all(partner[other] == one for one, other in partner.items())
