"""The declared rules: what is known from published regulations, and that every declaration can be read."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from secondleg.errors import BadInput, RulesUnknown
from secondleg.football import rules, stage
from secondleg.football.club import Club
from secondleg.football.competition import competition, competitions
from secondleg.football.table import Tiebreak
from secondleg.football.tie import DecidedBy

FILES = sorted(Path(rules.__file__).parent.glob("*.toml"))
LAST = 2026
"""Season up to which declarations are read here."""


@pytest.mark.parametrize(
    ("competition_", "season", "stage_", "legs", "away", "extra_time", "last"),
    [
        ("uefa.cl", 1955, "semi-final", 2, False, False, "play-off"),
        ("uefa.cl", 1967, "round-of-32", 2, True, True, "play-off"),
        ("uefa.cl", 1967, "round-of-16", 2, False, True, "play-off"),
        ("uefa.cl", 1969, "round-of-16", 2, True, True, "toss of a coin"),
        ("uefa.cl", 1970, "semi-final", 2, True, True, "penalties"),
        ("uefa.cl", 1993, "semi-final", 1, False, True, "penalties"),
        ("uefa.cl", 2019, "quarter-final", 1, False, True, "penalties"),
        ("uefa.cl", 2019, "round-of-16", 2, True, True, "penalties"),
        ("uefa.cl", 2021, "round-of-16", 2, False, True, "penalties"),
        ("uefa.cl", 2024, "knockout-play-off", 2, False, True, "penalties"),
        ("uefa.el", 1975, "final", 2, True, True, "penalties"),
        ("uefa.el", 2000, "final", 1, False, True, "penalties"),
        ("uefa.el", 2023, "quarter-final", 2, False, True, "penalties"),
        ("uefa.conf", 2023, None, 2, False, True, "penalties"),
        ("uefa.cwc", 1964, "quarter-final", 2, False, False, "play-off"),
        ("uefa.cwc", 1965, "quarter-final", 2, True, True, "play-off"),
        ("uefa.fairs", 1966, "quarter-final", 2, True, True, "toss of a coin"),
        ("uefa.sc", 2022, "final", 1, False, True, "penalties"),
        ("uefa.sc", 2023, "final", 1, False, False, "penalties"),
        ("eng.facup", 2017, "round-5", 1, False, False, "play-off"),
        ("eng.facup", 2018, "round-5", 1, False, True, "penalties"),
        ("eng.facup", 2018, "round-4", 1, False, False, "play-off"),
        ("eng.facup", 2020, "round-1", 1, False, True, "penalties"),
        ("eng.facup", 2024, "round-3", 1, False, True, "penalties"),
        ("eng.eflcup", 2018, "quarter-final", 1, False, False, "penalties"),
        ("eng.eflcup", 2018, "semi-final", 2, False, False, "penalties"),
        ("eng.eflcup", 2023, "semi-final", 2, False, True, "penalties"),
        ("eng.eflcup", 2023, "final", 1, False, True, "penalties"),
        ("ita.cup", 2023, "quarter-final", 1, False, True, "penalties"),
        ("ita.cup", 2024, "quarter-final", 1, False, False, "penalties"),
    ],
)
def test_ties_were_decided_so(
    competition_: str, season: int, stage_: str | None, legs: int, away: bool, extra_time: bool, last: str
) -> None:
    found = rules.tie_rules(competition_, season, stage_)
    assert (found.legs, found.away_goals, found.extra_time) == (legs, away, extra_time)
    assert found.last is DecidedBy(last)


def test_away_goals_after_extra_time_only_in_the_league_cup() -> None:
    found = rules.tie_rules("eng.eflcup", 2010, "semi-final")
    assert not found.away_goals and found.away_goals_in_extra_time


@pytest.mark.parametrize(
    ("competition_", "season", "stage_"),
    [
        ("uefa.cl", 1976, "final"),  # no final of those years was level
        ("uefa.cl", 1954, None),
        ("uefa.conf", 2019, None),
        ("esp.cup", 2021, "semi-final"),
        ("xyz.cup", 2020, "final"),
        ("../errors", 2020, None),
    ],
)
def test_what_is_not_declared_is_an_error(competition_: str, season: int, stage_: str | None) -> None:
    with pytest.raises(RulesUnknown, match="Declare it"):
        rules.tie_rules(competition_, season, stage_)


def test_points_for_a_win() -> None:
    wins = {
        ("uefa.cl", 1994): 2, ("uefa.cl", 1995): 3, ("eng.1", 1980): 2, ("eng.1", 1981): 3,
        ("ita.1", 2010): 3, ("ger.1", 1994): 2, ("ger.1", 1995): 3, ("esp.1", 1995): 3,
    }  # fmt: skip
    assert {key: rules.table_rules(*key).win for key in wins} == wins


def test_tie_breaks_by_season() -> None:
    assert Tiebreak.HEAD_TO_HEAD_AWAY_GOALS in rules.table_rules("uefa.cl", 2020).order
    assert Tiebreak.HEAD_TO_HEAD_AWAY_GOALS not in rules.table_rules("uefa.cl", 2021).order
    assert rules.table_rules("uefa.cl", 2024).order[0] is Tiebreak.DIFFERENCE
    assert rules.table_rules("eng.2", 1995).order[0] is Tiebreak.GOALS
    assert rules.table_rules("eng.1", 1995).order[0] is Tiebreak.DIFFERENCE
    with pytest.raises(RulesUnknown):
        rules.table_rules("fra.1", 2023)


def test_seasons_of_late_and_long_cups() -> None:
    day = dt.date
    assert rules.season_of("uefa.cl", day(1985, 5, 29)) == 1984
    assert rules.season_of("uefa.cl", day(2018, 6, 26)) == 2018
    assert rules.season_of("uefa.fairs", day(1957, 3, 19), ("ita", "cro")) == 1955
    # Barcelona v Zaragoza, the final of 1965-66, in September 1966; and a first round of 1966-67 on that day
    assert rules.season_of("uefa.fairs", day(1966, 9, 21), ("esp", "esp")) == 1965
    assert rules.season_of("uefa.fairs", day(1966, 9, 21), ("por", "fra")) == 1966
    assert rules.season_of("uefa.cwc", day(1962, 9, 5), ("esp", "ita")) == 1961
    assert rules.season_of("uefa.itc", day(1999, 6, 19)) == 1999


def test_formats() -> None:
    found = rules.competition_format("uefa.cl", 2003)
    assert found.stages[-4:] == ("round-of-16", "quarter-final", "semi-final", "final")
    assert (found.tables["group-stage"].groups, found.tables["group-stage"].matches) == (8, 6)
    assert rules.competition_format("uefa.el", 2004).tables["group-stage"].matches == 4
    assert rules.competition_format("uefa.cl", 2024).tables["league-phase"].matches == 8
    assert rules.competition_format("uefa.conf", 2024).tables["league-phase"].matches == 6
    assert rules.competition_format("uefa.cl", 1990).tables == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_declaration_can_be_read(path: Path) -> None:
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    assert file["code"] == path.stem
    assert [entry["from"] for entry in file["name"]] == sorted(entry["from"] for entry in file["name"])
    for kind in ("tie", "table", "format"):
        for entry in file.get(kind, ()):
            assert entry["from"] <= entry.get("to", LAST)
            season = entry["from"]
            if kind == "format":
                found = rules.competition_format(path.stem, season)
                assert set(found.stages) <= set(stage.RANK)
                assert set(found.tables) == {name for name in found.stages if stage.is_table(name)}
                ranks = [stage.rank(name) for name in found.stages]
                assert ranks == sorted(ranks), "stages are declared in the order in which they are played"
                continue
            for name in (*entry.get("stages", [None]), *entry.get("except", ())):
                assert name is None or name in stage.RANK
            reader = rules.tie_rules if kind == "tie" else rules.table_rules
            assert reader(path.stem, season, entry.get("stages", [None])[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_head_of_a_declaration_has_all_its_names(path: Path) -> None:
    whole, head = rules.declared(path.stem), rules.headed(path.stem)
    assert head == {key: whole[key] for key in head}
    assert {"code", "country", "kind", "name"} <= head.keys()
    tables = [rule for rule in whole if isinstance(whole[rule], list) and isinstance(whole[rule][0], dict)]
    assert tables.index("name") == 0


def test_names_of_competitions() -> None:
    cup = competition("uefa.cl")
    assert (cup.name, cup.name_in(1984), cup.name_in(1992)) == (
        "Champions League",
        "European Cup",
        "Champions League",
    )
    assert (cup.family, cup.kind, cup.tier) == ("uefa", "cup", None)
    assert competition("uefa.el").name_in(1975) == "UEFA Cup"
    assert competition("eng.1").name_in(1990) == "First Division"
    assert competition("alb.1").name == "Albania, first tier"
    assert competition("fro.cup").name == "Faroe Islands, cup"
    assert (competition("sco.supercup").kind, competition("ita.2").tier) == ("supercup", 2)
    assert {found.code for found in competitions()} == {path.stem for path in FILES}
    for wrong in ("liverpool", "", "eng.", ".1"):
        with pytest.raises(BadInput):
            competition(wrong)


def test_a_club_has_an_id_of_its_country() -> None:
    club = Club(
        "eng/liverpool", "Liverpool", "Liverpool FC", "eng", names=("Liverpool FC",), nicknames=("the Reds",)
    )
    assert club.known_as == ("Liverpool", "Liverpool FC", "the Reds")
    with pytest.raises(BadInput):
        Club("liverpool", "Liverpool", "Liverpool FC", "eng")
    with pytest.raises(BadInput):
        Club("ita/liverpool", "Liverpool", "Liverpool FC", "eng")


def test_ties_that_were_over_before_their_second_match() -> None:
    """Athletic and Trabzonspor met once in 2011: Trabzonspor were moved to the Champions League."""
    assert rules.one_leg_ties("uefa.el", 2011) == 1
    assert rules.one_leg_ties("uefa.el", 2012) == 0
    assert rules.one_leg_ties("uefa.el", 1971) == 2
    assert rules.one_leg_ties("eng.1", 2011) == 0
