"""How long the forecasts of a league season take with all markets, against penaltyblog in the same run.

    pip install penaltyblog==1.13.1                            # the peer; no part of the project
    SECONDLEG_MIRROR=… python benchmarks/markets.py

Both are fitted to the last five seasons of …/engsoccerdata/italy.csv, forecast the 380 matches of a league of 20 of its
clubs on grids of 15 goals a side, and work out for each: results, double chance, draw no bet, both sides score, wins to
nil, expected points, over and under eleven lines, Asian handicaps of seventeen lines, correct scores, and the goals of
each side. What both say is compared. Times are those of the processor, the median of `--runs` runs of one thread.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import importlib
import os
import warnings
from pathlib import Path
from typing import Any

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np
from numpy.typing import NDArray

from dixon_coles import read, seconds
from secondleg.forecast.markets import Markets
from secondleg.strength import TrainingSet
from secondleg.strength.standard import CompetitionFit, GoalModel, dixon_coles

TARGET = 5.0
"""How many times faster the forecasts must be."""

TOTALS = tuple(np.arange(0.5, 5.75, 0.5).tolist())
HANDICAPS = tuple(np.arange(-2.0, 2.25, 0.25).tolist())
MAX_GOALS = 15


def main() -> None:
    """Time both, compare what they say, and leave with 1 where the target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each thing timed (default 5)")
    options = parser.parse_args()
    mirror = os.environ.get("SECONDLEG_MIRROR")
    if mirror is None:
        parser.error("set SECONDLEG_MIRROR to a folder that mirrors the public sources")
    try:
        peer = importlib.import_module("penaltyblog.models")
    except ImportError:
        print("penaltyblog is not here to compare with. Install it with: pip install penaltyblog==1.13.1")
        return
    whole = read(Path(mirror) / "engsoccerdata" / "italy.csv")
    league = whole.take(whole.date > whole.date.max() - np.timedelta64(5 * 365, "D"))
    last = league.take(league.date > league.date.max() - np.timedelta64(300, "D"))
    pairs = [(home, away) for home in last.clubs for away in last.clubs if home != away]
    print(f"{len(pairs)} matches, fitted to {len(league)}")

    model = dixon_coles(half_life_days=None, club_sd=None, dependence_sd=None)
    fit = model.fit_competition(league, league.date.max().item())
    theirs = fitted_peer(peer, league)
    rates = goal_rates(fit, pairs)
    ours_took = seconds(lambda: all_markets(model, fit, *goal_rates(fit, pairs)), options.runs)
    theirs_took = seconds(
        lambda: [all_of_peer(theirs.predict(*pair, MAX_GOALS)) for pair in pairs], options.runs
    )
    ours = all_markets(model, fit, *rates)
    told = [all_of_peer(theirs.predict(*pair, MAX_GOALS)) for pair in pairs]
    # two fits differ a little, and the peer's two of the four low scores are the other way round
    apart = np.abs(ours["results"] - np.array([each["results"] for each in told])).max()
    same = peer.FootballProbabilityGrid(ours["scores"][0], float(rates[0][0]), float(rates[1][0]))
    exact = compared(ours, all_of_peer(same))
    print(f"{1e3 * theirs_took:8.1f} ms  penaltyblog")
    print(f"{1e3 * ours_took:8.1f} ms  secondleg")
    print(f"ratio penaltyblog / secondleg: {theirs_took / ours_took:.1f}")
    print(f"chances of results apart at most {apart:.4f}; markets of the same grid apart at most {exact:.1e}")
    if exact > 1e-9:
        raise SystemExit("the markets of the same grid differ")
    if theirs_took / ours_took < TARGET:
        raise SystemExit(f"only {theirs_took / ours_took:.1f} times faster, less than {TARGET:g}")


def goal_rates(
    fit: CompetitionFit, pairs: list[tuple[str, str]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Expected goals of the home and the away side of each pair."""
    place = {club: number for number, club in enumerate(fit.clubs)}
    home, away = np.array([(place[one], place[other]) for one, other in pairs]).T
    half = fit.home_advantage / 2
    return (
        np.exp(fit.level + half + fit.attack[home] - fit.defence[away]),
        np.exp(fit.level - half + fit.attack[away] - fit.defence[home]),
    )


def all_markets(
    model: GoalModel, fit: CompetitionFit, home: NDArray[np.float64], away: NDArray[np.float64]
) -> dict[str, Any]:
    """All markets of all matches."""
    markets = Markets(model.grids(home, away, [fit] * len(home), MAX_GOALS))
    return {
        "results": markets.results,
        "double_chance": markets.double_chance,
        "draw_no_bet": markets.draw_no_bet,
        "both_score": markets.both_score,
        "win_to_nil": markets.win_to_nil,
        "points": markets.expected_points,
        "totals": markets.totals(TOTALS),
        "handicaps": markets.handicap(HANDICAPS),
        "home_goals": markets.side_goals[0],
        "away_goals": markets.side_goals[1],
        "scores": markets.grids,
    }


def all_of_peer(grid: Any) -> dict[str, Any]:
    """All markets of one match."""
    totals = [grid.totals(line) for line in TOTALS]
    handicaps = [grid.asian_handicap_probs("home", line) for line in HANDICAPS]
    return {
        "results": grid.home_draw_away,
        "double_chance": [grid.double_chance_1x, grid.double_chance_x2, grid.double_chance_12],
        "draw_no_bet": [grid.draw_no_bet_home, grid.draw_no_bet_away],
        "both_score": grid.btts_yes,
        "win_to_nil": [grid.win_to_nil_home(), grid.win_to_nil_away()],
        "points": [grid.expected_points_home(), grid.expected_points_away()],
        "totals": [[over, push, under] for under, push, over in totals],
        "handicaps": [[each["win"], each["push"], each["lose"]] for each in handicaps],
        "home_goals": grid.home_goal_distribution(),
        "away_goals": grid.away_goal_distribution(),
        "scores": grid.grid,
    }


def compared(ours: dict[str, Any], theirs: dict[str, Any]) -> float:
    """How far apart the markets of the first match are at most."""
    return max(
        float(np.abs(np.asarray(ours[name][0]) - np.asarray(told)).max()) for name, told in theirs.items()
    )


def fitted_peer(peer: Any, league: TrainingSet) -> Any:
    """The peer's Dixon-Coles model, fitted."""
    names = np.array(league.clubs)
    theirs = peer.DixonColesGoalModel(
        league.home_goals.astype(int), league.away_goals.astype(int), names[league.home], names[league.away]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs.fit()
    return theirs


if __name__ == "__main__":
    main()
