"""What was drawn, against the declared constraints: last sixteens 2003-15, and the cups of 2024-25 and 2025-26."""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections import defaultdict
from pathlib import Path

import pytest

from secondleg.archive.archive import Archive
from secondleg.football.draws import allowed_pairs, can_be_drawn
from secondleg.football.match import Match, Score, Status
from secondleg.football.progress import consistent_orders
from secondleg.football.rules import draw_of, table_rules
from secondleg.football.table import table
from secondleg.sources.importer import import_files

MIRROR = os.environ.get("SECONDLEG_MIRROR", "")
pytestmark = [
    pytest.mark.mirror,
    pytest.mark.skipif(not MIRROR, reason="SECONDLEG_MIRROR names no folder with the sources"),
]
ROUNDS = ("knockout-play-off", "round-of-16", "quarter-final", "semi-final")


def match(day: str, season: int, home: str, away: str, scored: int, conceded: int) -> Match:
    return Match(
        "uefa.cl",
        season,
        dt.date.fromisoformat(day),
        home,
        away,
        Status.PLAYED,
        Score.after_90(scored, conceded),
    )


def test_no_last_sixteen_broke_the_constraints() -> None:
    """Thirteen draws of eight ties: a winner and a runner-up each, never of one group, never of one association."""
    with (Path(MIRROR) / "engsoccerdata" / "champs.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.DictReader(file) if int(line["Season"]) >= 2003]
    groups: dict[tuple[int, str], list[Match]] = defaultdict(list)
    drawn: dict[int, set[tuple[str, str]]] = defaultdict(set)
    country = {}
    for line in lines:
        season = int(line["Season"])
        country[line["home"]], country[line["visitor"]] = line["hcountry"], line["vcountry"]
        if line["round"].startswith("Group"):
            goals = int(line["hgoal"]), int(line["vgoal"])
            groups[season, line["round"]].append(
                match(line["Date"], season, line["home"], line["visitor"], *goals)
            )
        elif line["round"] == "R16" and line["leg"] == "1":
            drawn[season].add((line["home"], line["visitor"]))
    assert sorted(drawn) == list(range(2003, 2016)) and {len(ties) for ties in drawn.values()} == {8}
    for season, ties in drawn.items():
        draw = draw_of("uefa.cl", season, "round-of-16")
        assert (draw.seeded[0].place, draw.unseeded[0].place, draw.apart) == (1, 2, ("group", "association"))
        place, group = {}, {}
        for (year, name), games in groups.items():
            if year == season:
                for row in table(games, table_rules("uefa.cl", season, "group-stage")).rows:
                    place[row.club], group[row.club] = row.position, name
        for first, second in ties:
            # the runner-up is at home in the first leg
            assert (place[first], place[second]) == (2, 1), (season, first, second)
            assert group[first] != group[second] and country[first] != country[second]
        firsts, seconds = [first for first, _ in ties], [second for _, second in ties]
        assert can_be_drawn(allowed_pairs(firsts, seconds, group=group, association=country))


@pytest.mark.slow
def test_the_bracket_allows_every_tie_since_2024() -> None:
    """64 of 64 ties of play-offs and last sixteens, and the quarter-finals and semi-finals after them."""
    folder = Path(MIRROR) / "openfootball" / "champions-league"
    ties = 0
    with Archive.memory() as archive:
        import_files(archive, [folder / "2024-25", folder / "2025-26"])
        view = archive.view(dt.date(2026, 7, 1))
        seasons = [("uefa.cl", 2024), ("uefa.el", 2024), ("uefa.conf", 2024), ("uefa.cl", 2025)]
        for code, season in seasons:
            of = {"code": code, "season": season}
            rows = view.rows(
                "SELECT * FROM result WHERE competition = $code AND season = $season AND stage = 'league-phase'",
                **of,
            )
            games = [
                match(str(r["date"]), season, r["home"], r["away"], r["home_goals"], r["away_goals"])
                for r in rows
            ]
            rules = table_rules(code, season, "league-phase")
            place = {row.club: number for number, row in enumerate(table(games, rules).rows, 1)}
            assert len(place) == 36
            known = {
                stage: [
                    (row["first"], row["second"], row["winner"])
                    for row in view.rows(
                        "SELECT * FROM tie WHERE competition = $code AND season = $season AND stage = $stage",
                        stage=stage,
                        **of,
                    )
                ]
                for stage in ROUNDS
            }
            assert [len(known[stage]) for stage in ROUNDS] == [8, 8, 4, 2]
            rounds = [draw_of(code, season, stage) for stage in ROUNDS]
            assert consistent_orders(rounds, place, known)
            ties += sum(len(known[stage]) for stage in ROUNDS[:2])
            for stage in ROUNDS[:2]:
                # the better place is at home in the return leg
                slot = {club: place[club] for club in place}
                if stage == "knockout-play-off":
                    assert all(slot[first] > slot[second] for first, second, _ in known[stage])
                else:
                    assert all(slot[second] <= 8 for _, second, _ in known[stage])
    assert ties == 64
