"""Whole competitions played on: what must come out whatever the strengths are."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.errors import BadInput, ForecastError
from secondleg.football.match import Goals
from secondleg.football.progress import Draw
from secondleg.football.rules import draw_of, table_rules, tie_rules
from secondleg.football.table import DEFAULT
from secondleg.forecast.campaign import Campaign, Coming, KnownTie, PlayedMatch, TableStage
from secondleg.forecast.competition import error, joined, simulate
from secondleg.forecast.competition_reading import Condition, holds, meetings, must_reach, worth

KNOCKOUT_2003 = ("round-of-16", "quarter-final", "semi-final", "final")


class Even:
    """All sides alike, with a home advantage."""

    dependence = -0.05

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        return (1.3, 1.3) if neutral else (1.5, 1.1)


class Ranked(Even):
    """Sides are the better the smaller their number."""

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        gap = (int(away[-2:]) - int(home[-2:])) * 0.03
        up = 0.0 if neutral else 0.1
        return 1.3 * float(np.exp(gap + up)), 1.3 * float(np.exp(-gap - up))


def league(clubs: int, played: dict[tuple[int, int], Goals] | None = None) -> Campaign:
    """A double round robin, of which `played` is played."""
    names = [f"x/{club:02}" for club in range(clubs)]
    done = played or {}
    table = TableStage(
        "regular-season",
        (tuple(names),),
        DEFAULT,
        tuple(PlayedMatch(names[h], names[a], goals) for (h, a), goals in done.items()),
        tuple(Coming(names[h], names[a]) for h, a in permutations(range(clubs), 2) if (h, a) not in done),
    )
    return Campaign("x.1", 2023, ("regular-season",), {"regular-season": table})


def champions_league(season: int = 2019, **more: object) -> Campaign:
    """Eight groups of four, nothing played; eight associations with four clubs each."""
    groups = tuple(tuple(f"{'abcdefgh'[(g + 2 * i) % 8]}/{4 * g + i:02}" for i in range(4)) for g in range(8))
    coming = tuple(Coming(h, a) for group in groups for h, a in permutations(group, 2))
    table = TableStage(
        "group-stage", groups, table_rules("uefa.cl", season, "group-stage"), (), coming, tuple("ABCDEFGH")
    )
    stages = ("group-stage", *KNOCKOUT_2003)
    return Campaign(
        "uefa.cl",
        season,
        stages,
        {"group-stage": table},
        {stage: draw_of("uefa.cl", season, stage) for stage in KNOCKOUT_2003},
        {stage: tie_rules("uefa.cl", season, stage) for stage in KNOCKOUT_2003},
        association={club: club.split("/")[0] for group in groups for club in group},
        **more,  # type: ignore[arg-type]
    )


def league_phase(season: int = 2024) -> Campaign:
    clubs = [f"x/{club:02}" for club in range(36)]
    coming = tuple(Coming(clubs[i], clubs[(i + step) % 36]) for step in range(1, 5) for i in range(36))
    table = TableStage(
        "league-phase", (tuple(clubs),), table_rules("uefa.cl", season, "league-phase"), (), coming
    )
    stages = ("knockout-play-off", *KNOCKOUT_2003)
    return Campaign(
        "uefa.cl",
        season,
        ("league-phase", *stages),
        {"league-phase": table},
        {stage: draw_of("uefa.cl", season, stage) for stage in stages},
        {stage: tie_rules("uefa.cl", season, stage) for stage in stages},
    )


def noise(runs: int) -> float:
    return 4.5 * 0.5 / runs**0.5


def test_equal_clubs_of_a_league_have_equal_chances() -> None:
    played = simulate(league(8), Even(), runs=8000, seed=1)
    assert np.abs(played.wins().mean(axis=1) - 1 / 8).max() < noise(8000)
    places = np.stack([(played.place["regular-season"] == place).mean(axis=1) for place in range(1, 9)])
    assert np.abs(places - 1 / 8).max() < noise(8000)
    assert (np.sort(played.place["regular-season"], axis=0) == np.arange(1, 9)[:, None]).all()


def test_equal_clubs_of_a_cup_have_equal_chances() -> None:
    for campaign in (champions_league(), league_phase(), league_phase(2025)):
        played = simulate(campaign, Even(), runs=6000, seed=2)
        wins = played.wins().mean(axis=1)
        assert wins.sum() == pytest.approx(1.0)
        assert np.abs(wins - 1 / len(played.clubs)).max() < noise(6000)
        for stage, sides in (("quarter-final", 8), ("semi-final", 4), ("final", 2)):
            assert (played.reached[stage].sum(axis=0) == sides).all()


def test_better_clubs_get_further() -> None:
    played = simulate(champions_league(), Ranked(), runs=4000, sd=0.0)
    reached = played.reached["quarter-final"].mean(axis=1)
    order = [played.number(club) for club in sorted(played.clubs, key=lambda club: club[-2:])]
    assert np.corrcoef(np.arange(32), reached[order])[0, 1] < -0.9


def test_no_draw_of_a_run_breaks_its_constraints() -> None:
    campaign = champions_league()
    played = simulate(campaign, Even(), runs=3000)
    group = {club: i for i, each in enumerate(campaign.tables["group-stage"].groups) for club in each}
    one, other = played.pairs["round-of-16"]
    groups = np.array([group[club] for club in played.clubs])
    countries = np.array(["abcdefgh".index(club[0]) for club in played.clubs])
    assert (groups[one] != groups[other]).all()
    places = played.place["group-stage"]
    runs = np.arange(3000)
    # runners-up are at home in the first leg, winners in the second
    assert (places[one, runs] == 2).all() and (places[other, runs] == 1).all()
    assert (countries[one] != countries[other]).all()


def test_the_league_phase_leads_into_its_bracket() -> None:
    played = simulate(league_phase(), Ranked(), runs=2000)
    runs = np.arange(2000)
    place = played.place["league-phase"]
    first, second = (place[side, runs] for side in played.pairs["knockout-play-off"])
    # 9 or 10 with 23 or 24, and so on: the two places of a tie add up to 32, 33 or 34
    assert ((first > second) & (second >= 9) & (second <= 16)).all()
    assert (np.abs((first + 1) // 2 + (second + 1) // 2 - 17) == 0).all()
    seeds = place[played.pairs["round-of-16"][1], runs]
    assert (np.sort(seeds, axis=0) == np.arange(1, 9)[:, None]).all()
    assert must_reach(played) == ("league-phase", *KNOCKOUT_2003)


def test_what_is_certain_stays_certain() -> None:
    """Club 0 has won all its matches, and nobody can catch it; the last is beaten in all its own."""
    played = {(0, other): Goals(3, 0) for other in range(1, 6)} | {
        (other, 0): Goals(0, 3) for other in range(1, 6)
    }
    played |= {(5, other): Goals(0, 4) for other in range(1, 5)}
    found = simulate(league(6, played), Even(), runs=500)
    assert found.wins()[0].all()
    assert not found.wins()[5].any()
    assert (found.points["regular-season"][0] == 30).all()


def knockout(ties: dict[str, list[KnownTie]], stages: tuple[str, ...] = KNOCKOUT_2003[1:]) -> Campaign:
    return Campaign(
        "uefa.cl",
        2022,
        stages,
        {},
        {stage: Draw(stage) for stage in stages},
        {stage: tie_rules("uefa.cl", 2022, stage) for stage in stages},
        ties,
    )


def test_a_decided_tie_and_a_first_leg_count() -> None:
    quarter = [
        KnownTie("x/00", "x/01", Goals(0, 9)),
        KnownTie("x/02", "x/03", Goals(1, 1), winner="x/03"),
        KnownTie("x/04", "x/05"),
        KnownTie("x/06", "x/07"),
    ]
    played = simulate(knockout({"quarter-final": quarter}), Even(), runs=2000)
    semi = played.reached["semi-final"]
    assert semi[1].all() and not semi[0].any()
    assert semi[3].all() and not semi[2].any()
    assert abs(semi[4].mean() - 0.5) < noise(2000)
    assert [(m.fixture.home, m.fixture.away, m.leg) for m in played.matches] == [
        ("x/01", "x/00", 2), ("x/04", "x/05", 1), ("x/06", "x/07", 1)
    ]  # fmt: skip
    pairs = meetings(played, "semi-final")
    assert sum(pairs.values()) == pytest.approx(2.0)
    # a free draw: the four winners meet each other alike
    assert pairs["x/01", "x/03"] == pytest.approx(1 / 3, abs=noise(2000))


def test_a_draw_that_is_known_is_not_made_again() -> None:
    quarter = [
        KnownTie(f"x/{2 * i:02}", f"x/{2 * i + 1:02}", Goals(1, 0), winner=f"x/{2 * i:02}") for i in range(4)
    ]
    semi = [KnownTie("x/04", "x/00")]
    played = simulate(knockout({"quarter-final": quarter, "semi-final": semi}), Even(), runs=500)
    assert meetings(played, "semi-final") == {("x/00", "x/04"): 1.0, ("x/02", "x/06"): 1.0}


def test_uncertain_strengths_bring_chances_together() -> None:
    sure, unsure = (simulate(league(10), Ranked(), runs=4000, sd=sd) for sd in (0.0, 0.3))
    assert sure.wins()[0].mean() > unsure.wins()[0].mean() + 0.03
    # and leave expected goals as they are
    goals = [np.mean([match.home.mean() for match in each.matches]) for each in (sure, unsure)]
    assert goals[0] == pytest.approx(goals[1], rel=0.02)


def test_a_seed_gives_the_same_runs_and_parts_join() -> None:
    one, again, other = (simulate(league(4), Even(), runs=300, seed=seed) for seed in (5, 5, 6))
    assert (one.place["regular-season"] == again.place["regular-season"]).all()
    assert (one.place["regular-season"] != other.place["regular-season"]).any()
    both = joined([one, other])
    assert both.runs == 600
    assert both.wins().sum() == 600
    picked = both.take(both.wins()[0])
    assert picked.runs == both.wins()[0].sum()
    assert picked.wins()[0].all()


@given(seed=st.integers(0, 1000))
@settings(max_examples=10)
def test_chances_under_conditions_add_up_to_those_without(seed: int) -> None:
    """The law of total probability, over the results of one match."""
    played = simulate(league(5), Ranked(), runs=2000, seed=seed)
    match = played.matches[0]
    wins = {"champions": played.wins()}
    outcomes = {
        "home": match.home > match.away,
        "draw": match.home == match.away,
        "away": match.home < match.away,
    }
    for each in worth(match, wins, played.clubs, least=1):
        row = played.number(each.club)
        total = sum((getattr(each, key) or 0.0) * runs.mean() for key, runs in outcomes.items())
        assert total == pytest.approx(played.wins()[row].mean())
    condition = Condition("result", match.fixture.home, other=match.fixture.away, outcome="home")
    assert (holds(played, condition) == outcomes["home"]).all()


def test_conditions_mean_what_they_say() -> None:
    played = simulate(champions_league(), Even(), runs=1000)
    club = played.clubs[0]
    through, out = (holds(played, Condition(kind, club)) for kind in ("through", "out"))  # type: ignore[arg-type]
    assert (through == ~out).all()
    assert (through == (played.place["group-stage"][0] <= 2)).all()
    reach = holds(played, Condition("reach", club, stage="final"))
    assert (reach == played.reached["final"][0]).all()
    assert (holds(played, Condition("reach", club, stage="final", negated=True)) == ~reach).all()
    top = holds(played, Condition("place", club, low=1, high=2))
    assert (top == through).all()
    match = played.matches[0]
    score = Condition("result", match.fixture.home, other=match.fixture.away, goals=(2, 1))
    assert (holds(played, score) == ((match.home == 2) & (match.away == 1))).all()
    with pytest.raises(BadInput, match="no round of 32 to reach"):
        holds(played, Condition("reach", club, stage="round-of-32"))
    with pytest.raises(BadInput, match="not among the matches to come"):
        holds(played, Condition("result", club, other=played.clubs[5], outcome="home"))
    with pytest.raises(BadInput, match="nobody goes out of a league"):
        holds(simulate(league(3), Even(), runs=10), Condition("out", "x/00"))
    with pytest.raises(ForecastError, match="takes no part"):
        holds(played, Condition("win", "nobody"))


def test_a_round_that_others_join_is_said() -> None:
    ties = {"quarter-final": [KnownTie("x/00", "x/01"), KnownTie("x/02", "x/03"), KnownTie("x/04", "x/05")]}
    with pytest.raises(ForecastError, match="others join them"):
        simulate(knockout(ties), Even(), runs=10)


def test_the_error_of_a_share() -> None:
    assert error(0.5, 10_000) == pytest.approx(0.005)
    assert error(1.0, 10) == 0.0
