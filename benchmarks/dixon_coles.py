"""How long a Dixon-Coles fit takes, against penaltyblog on the same matches, with the same decay, in the same run.

    pip install penaltyblog==1.13.1                            # the peer; no part of the project
    SECONDLEG_MIRROR=… python benchmarks/dixon_coles.py

The matches are all of …/engsoccerdata/italy.csv: 28,824 of Serie A since 1929. Both maximise the same likelihood,
without a ridge; what they find is compared by a third evaluation of it, written out match by match. Times are those
of the processor, the median of `--runs` runs of one thread; of the peer only `fit()` is timed, of ours everything
from arrays of matches on.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib
import math
import os
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np
from numpy.typing import NDArray

from secondleg.strength import TrainingCompetition, TrainingSet
from secondleg.strength.standard import CompetitionFit, dixon_coles

XI = 0.0018
"""Decay a day of the comparison: a half-life of 385 days."""

TARGET = 20.0
"""How many times faster the fit must be."""


def main() -> None:
    """Time both fits, compare what they find, and leave with 1 where the target is missed."""
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
    league = read(Path(mirror) / "engsoccerdata" / "italy.csv")
    print(f"{len(league)} matches, {len(league.clubs)} clubs, {league.date.min()} to {league.date.max()}")
    slowest = math.inf
    for words, half_life in (("every match alike", None), (f"decay {XI} a day", math.log(2) / XI)):
        slowest = min(slowest, compared(peer, league, words, half_life, options.runs))
    if slowest < TARGET:
        raise SystemExit(f"only {slowest:.1f} times faster, less than {TARGET:g}")


def compared(peer: Any, league: TrainingSet, words: str, half_life: float | None, runs: int) -> float:
    """Fit both with one decay and print what they took and found; return how many times faster ours is."""
    as_of = league.date.max().astype(dt.date)
    model = dixon_coles(half_life_days=half_life, club_sd=None, dependence_sd=None)
    fit = model.fit_competition(league, as_of)
    ours = seconds(lambda: model.fit_competition(league, as_of), runs)
    age = (league.date.max() - league.date).astype(np.float64)
    weight = np.ones(len(league)) if half_life is None else np.exp2(-age / half_life)
    names = np.array(league.clubs)

    def unfitted() -> Any:
        # anew for each run: a fitted one would start where it ended
        return peer.DixonColesGoalModel(
            league.home_goals.astype(int),
            league.away_goals.astype(int),
            names[league.home],
            names[league.away],
            weight,
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        took = statistics.median(seconds(unfitted().fit, 1) for _ in range(runs))
        theirs = unfitted()
        theirs.fit()
    ours_found = value(league, weight, *_of(fit))
    n = len(league.clubs)
    found = dict(zip(theirs._get_param_names(), theirs._params, strict=True))
    theirs_found = value(
        league,
        weight,
        np.array([found[f"attack_{club}"] for club in league.clubs]),
        # the peer adds its defence, so less is better
        -np.array([found[f"defence_{club}"] for club in league.clubs]),
        float(found["home_advantage"]),
        float(found["rho"]),
    )
    print(f"\n{words}")
    print(f"{1e3 * took:8.1f} ms  penaltyblog, {2 * n + 2} parameters")
    print(f"{1e3 * ours:8.1f} ms  secondleg, {fit.steps} Newton steps")
    print(f"ratio penaltyblog / secondleg: {took / ours:.1f}")
    print(f"log likelihood: secondleg {ours_found:.4f}, penaltyblog {theirs_found:.4f}", end="")
    print(f" ({ours_found - theirs_found:+.4f})")
    if ours_found < theirs_found - 1e-6:
        raise SystemExit("the fit is worse than the peer's")
    return took / ours


def value(
    league: TrainingSet,
    weight: NDArray[np.float64],
    attack: NDArray[np.float64],
    defence: NDArray[np.float64],
    home: float,
    rho: float,
) -> float:
    """The weighted log likelihood of Dixon and Coles 1997, equations 4.2 and 4.4, match by match."""
    log_lam = home + attack[league.home] - defence[league.away]
    log_mu = attack[league.away] - defence[league.home]
    lam, mu = np.exp(log_lam), np.exp(log_mu)
    x, y = league.home_goals, league.away_goals
    factorials = np.array([math.lgamma(goals + 1) for goals in range(int(max(x.max(), y.max())) + 1)])
    tau = np.select(
        [(x == 0) & (y == 0), (x == 0) & (y == 1), (x == 1) & (y == 0), (x == 1) & (y == 1)],
        [1 - lam * mu * rho, 1 + lam * rho, 1 + mu * rho, np.full(len(x), 1 - rho)],
        1.0,
    )
    chances = x * log_lam - lam + y * log_mu - mu + np.log(tau)
    return float(weight @ (chances - factorials[x.astype(int)] - factorials[y.astype(int)]))


def _of(fit: CompetitionFit) -> tuple[NDArray[np.float64], NDArray[np.float64], float, float]:
    """Attack with the away side's level, defence, home advantage and ρ of a fit."""
    attack = fit.attack + fit.level - fit.home_advantage / 2
    return attack, fit.defence, fit.home_advantage, fit.shape_of("dependence") or 0.0


def read(path: Path) -> TrainingSet:
    """All matches of a file of engsoccerdata, as one competition."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    clubs = sorted({row[side] for row in rows for side in ("home", "visitor")})
    place = {club: number for number, club in enumerate(clubs)}
    return TrainingSet(
        date=np.array([row["Date"] for row in rows], dtype="datetime64[D]"),
        home=np.array([place[row["home"]] for row in rows]),
        away=np.array([place[row["visitor"]] for row in rows]),
        competition=np.zeros(len(rows), dtype=np.int64),
        neutral=np.zeros(len(rows), dtype=bool),
        home_goals=np.array([float(row["hgoal"]) for row in rows]),
        away_goals=np.array([float(row["vgoal"]) for row in rows]),
        clubs=tuple(clubs),
        countries=("ita",) * len(clubs),
        competitions=(TrainingCompetition("ita.1", "ita", "league", 1),),
    )


def seconds(work: Callable[[], object], runs: int) -> float:
    """Median time of the processor for `work`."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
