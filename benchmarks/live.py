"""How long the curve of a match takes, minute by minute, against a simulation of the same chain in the same run.

    python benchmarks/live.py [--runs 7]

A second leg with four goals and a red card: the chances of going through at kick-off and after each of the 94 minutes.
The peer plays the rest of the match out from every fifth minute with numpy, 2,000 times, with the same factors; its
time is multiplied by five. Goal expectations are given, so that no fit is timed. Times are those of the processor, the
best of `--runs` runs of one thread.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np

from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.exact import SecondLeg, factors_of
from secondleg.forecast.expectation import Expectation
from secondleg.forecast.level import LevelTie
from secondleg.forecast.live import LiveMatch
from secondleg.forecast.live_clock import Minute, timeline
from secondleg.forecast.live_factors import live_factors
from secondleg.forecast.live_moments import LiveState
from secondleg.forecast.tie import SPREAD, second_leg_effects

BUDGET = 20e-3
"""Seconds that a curve of 90 minutes may take."""

RATES = (1.4, 1.3)
FIRST_LEG = Goals(3, 1)
GOALS = [(Minute(7), 0), (Minute(54), 0), (Minute(56), 1), (Minute(79), 0)]
REDS = [(Minute(62), 1)]
SIMULATED, EVERY = 2_000, 5


def main() -> None:
    """Time the curve and its peer, and leave with 1 where the budget is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    alone = best(lambda: LiveMatch(Expectation(*RATES, -0.05)).curve(GOALS, REDS), runs)
    level = best(lambda: ready().curve(GOALS), runs)
    ours = best(lambda: ready().curve(GOALS, REDS), runs)
    theirs = EVERY * best(simulated, max(1, runs // 3))
    match = ready()
    point = best(lambda: match.forecast(LiveState(Minute(60), Goals(2, 1), (0, 1))), runs)
    print(f"curve of a league match with a red card: {1e3 * alone:.1f} ms")
    print(f"curve of a second leg: {1e3 * level:.1f} ms; with a red card {1e3 * ours:.1f} ms")
    print(f"one moment, with endings and next goal: {1e3 * point:.1f} ms")
    print(f"simulated {SIMULATED:,} times a minute: {1e3 * theirs:.0f} ms; ratio {theirs / ours:.0f}")
    if max(ours, level) > BUDGET:
        raise SystemExit(f"a curve took {1e3 * max(ours, level):.1f} ms, more than {1e3 * BUDGET:.0f} ms")


def ready() -> LiveMatch:
    """The match, from its expectations."""
    rules = TieRules(2, False, True, False, DecidedBy.PENALTIES)
    expected = Expectation(*RATES, -0.05, (SPREAD**2, SPREAD**2))
    level = LevelTie(rules, RATES, RATES, dependence=-0.05, factor=1.0)
    decider = SecondLeg(expected, rules, level, factors_of(second_leg_effects, 3))
    return LiveMatch(decider.at(FIRST_LEG.difference), decider=decider, first_leg=FIRST_LEG)


def simulated() -> list[float]:
    """The chance of the host of the second leg from every fifth minute on, played out."""
    factors, rng = live_factors(), np.random.default_rng(1)
    line = timeline(factors)
    happened = [(line.steps(minute), side) for minute, side in GOALS]
    carded = [line.steps(minute) for minute, _ in REDS]
    found = []
    for step in range(0, len(line.share) + 1, EVERY):
        score = [sum(at <= step and of == side for at, of in happened) for side in (0, 1)]
        men = sum(at <= step for at in carded)
        home, away = np.full(SIMULATED, score[0]), np.full(SIMULATED, score[1])
        for share in line.share[step:]:
            lead = np.clip(home - away + FIRST_LEG.away - FIRST_LEG.home, -3, 3)
            one = RATES[0] * share * factors.by_aggregate_lead[0, lead + 3] * factors.men(men)
            other = RATES[1] * share * factors.by_aggregate_lead[1, 3 - lead] * factors.men(-men)
            home, away = home + rng.poisson(one), away + rng.poisson(other)
        margin = home - away + FIRST_LEG.away - FIRST_LEG.home
        found.append(float((margin > 0).mean() + 0.5 * (margin == 0).mean()))
    return found


def best(work: Callable[[], object], runs: int) -> float:
    """The least processor time of `work`."""
    work()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
