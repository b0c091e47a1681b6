"""How long Elo ratings take over a million matches, against the same pass in plain Python in the same run.

    python benchmarks/ratings.py

The matches are made up: 3,000 clubs of 60 countries, one match in twenty abroad. The first run compiles the pass (or
reads what an earlier one compiled) and is told apart. Times are those of the processor.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from unittest import mock

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np

from secondleg.strength import TrainingCompetition, TrainingSet
from secondleg.strength.ratings import EloModel, passes

MATCHES, CLUBS, COUNTRIES = 1_000_000, 3_000, 60

BUDGET = 1.0
"""Seconds that the ratings of a million matches may take."""


def main() -> None:
    """Time the ratings and print one line for each thing timed; leave with 1 where the budget is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each thing timed (default 5)")
    options = parser.parse_args()
    matches = made_up()
    model = EloModel()
    print(f"{len(matches):,} matches of {len(matches.clubs):,} clubs")
    print(f"{taken(lambda: model.ratings(matches)):8.3f} s  ratings of all, the first time")
    ours = statistics.median(taken(lambda: model.ratings(matches)) for _ in range(options.runs))
    print(f"{ours:8.3f} s  ratings of all (budget {BUDGET:g} s)")
    ratings = model.ratings(matches)
    print(f"{taken(lambda: ratings.at(matches.date[-1].item())):8.3f} s  ratings as of a day")
    with mock.patch.object(passes, "COMPILED_FROM", MATCHES + 1):
        start = time.process_time()
        plain = model.ratings(matches)
        theirs = time.process_time() - start
    print(f"{theirs:8.3f} s  the same in plain Python")
    print(f"ratio plain Python / compiled: {theirs / ours:.0f}")
    print(f"ratings apart at most: {float(np.abs(plain.own - ratings.own).max()):.1e}")
    if ours > BUDGET:
        raise SystemExit(f"the ratings took {ours:.2f} s, more than {BUDGET:g} s")


def made_up() -> TrainingSet:
    """Matches between random clubs, mostly of one country."""
    rng = np.random.default_rng(1)
    home = rng.integers(0, CLUBS, MATCHES)
    per_country = CLUBS // COUNTRIES
    at_home = home // per_country * per_country + rng.integers(0, per_country, MATCHES)
    away = np.where(rng.random(MATCHES) < 0.05, rng.integers(0, CLUBS, MATCHES), at_home)
    away = np.where(away == home, (home + 1) % CLUBS, away)
    return TrainingSet(
        date=np.datetime64("1930-01-01", "D") + np.sort(rng.integers(0, 35_000, MATCHES)),
        home=home,
        away=away,
        competition=np.zeros(MATCHES, dtype=np.int64),
        neutral=np.zeros(MATCHES, dtype=bool),
        home_goals=rng.poisson(1.5, MATCHES).astype(np.float64),
        away_goals=rng.poisson(1.1, MATCHES).astype(np.float64),
        clubs=tuple(f"c{club // per_country}/{club}" for club in range(CLUBS)),
        countries=tuple(f"c{club // per_country}" for club in range(CLUBS)),
        competitions=(TrainingCompetition("all", "all", "league", 1),),
    )


def taken(work: Callable[[], object]) -> float:
    """Seconds of the processor that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
