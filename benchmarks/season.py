"""How long 10,000 seasons of a league of 20 clubs take, against a plain loop over matches in the same run.

    python benchmarks/season.py [--runs 10000]

Both play a double round robin with strengths that differ from run to run, add up the tables and order them by points,
goal difference and goals. The loop is given fewer seasons and its time is scaled. One thread; seconds
of the processor, so that other work does not count.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import time
from itertools import permutations

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

from secondleg.football.rules import table_rules
from secondleg.forecast.campaign import Campaign, Coming, TableStage
from secondleg.forecast.competition import simulate

CLUBS = [f"x/{number:02}" for number in range(20)]
SPREAD = 0.12
BUDGET = 0.25
"""Seconds that 10,000 seasons may take."""

LOOP_SEASONS = 40


class Line:
    """Clubs in a line, the first the best."""

    dependence = -0.05

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals by the places of the two in the line."""
        gap = (int(away[2:]) - int(home[2:])) * 0.03
        return 1.5 * math.exp(gap), 1.2 * math.exp(-gap)


def league(order: str) -> Campaign:
    """A season of which nothing is played, by the tie-breaks of a country."""
    coming = tuple(Coming(home, away) for home, away in permutations(CLUBS, 2))
    table = TableStage("regular-season", (tuple(CLUBS),), table_rules(order, 2023), (), coming)
    return Campaign(order, 2023, ("regular-season",), {"regular-season": table})


def loop(seasons: int, seed: int) -> dict[str, float]:
    """Chance of each club to come first, one match after the other."""
    rng, model = random.Random(seed), Line()
    pairs = [(home, away, *model.goal_expectation(home, away)) for home, away in permutations(CLUBS, 2)]
    first = dict.fromkeys(CLUBS, 0)
    for _ in range(seasons):
        attack = {club: rng.gauss(0.0, SPREAD) for club in CLUBS}
        defence = {club: rng.gauss(0.0, SPREAD) for club in CLUBS}
        points, difference, goals = (dict.fromkeys(CLUBS, 0) for _ in range(3))
        for home, away, of_home, of_away in pairs:
            scored = _poisson(rng, of_home * math.exp(attack[home] - defence[away] - SPREAD**2))
            conceded = _poisson(rng, of_away * math.exp(attack[away] - defence[home] - SPREAD**2))
            points[home] += 3 if scored > conceded else scored == conceded
            points[away] += 3 if conceded > scored else scored == conceded
            difference[home] += scored - conceded
            difference[away] += conceded - scored
            goals[home] += scored
            goals[away] += conceded
        best = max(CLUBS, key=lambda club: (points[club], difference[club], goals[club], rng.random()))
        first[best] += 1
    return {club: number / seasons for club, number in first.items()}


def _poisson(rng: random.Random, rate: float) -> int:
    limit, product, number = math.exp(-rate), rng.random(), 0
    while product > limit:
        product *= rng.random()
        number += 1
    return number


def main() -> None:
    """Time both and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5, help="how often each is timed (default 5)")
    options = parser.parse_args()
    begun = time.process_time()
    loop(LOOP_SEASONS, 1)
    plain = (time.process_time() - begun) / LOOP_SEASONS * options.runs
    print(f"plain loop: {plain:7.2f} s for {options.runs:,} seasons (scaled from {LOOP_SEASONS})")
    for order, words in (("eng.1", "goal difference"), ("esp.1", "head-to-head first")):
        campaign = league(order)
        simulate(campaign, Line(), runs=100, sd=SPREAD)
        seconds = []
        for seed in range(options.times):
            begun = time.process_time()
            simulate(campaign, Line(), runs=options.runs, seed=seed, sd=SPREAD)
            seconds.append(time.process_time() - begun)
        took = statistics.median(seconds)
        print(
            f"secondleg, {words}: {took:6.3f} s, best {min(seconds):.3f} s (budget {BUDGET:g} s), "
            f"{plain / took:,.0f} times as fast as the loop"
        )


if __name__ == "__main__":
    main()
