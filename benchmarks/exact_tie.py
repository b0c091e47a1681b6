"""How long an exact tie takes, against a plain double loop over scores and a simulation, in the same run.

    python benchmarks/exact_tie.py [--runs 7]

Goal expectations are given, so that no fit is timed: what is timed is from rates and rules to the chances of each
ending of each side. All ways must say the same. Times are those of the processor, the best of `--runs` runs of one
thread.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Callable
from functools import partial

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np

from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.exact import SecondLeg, before_first_leg, factors_of
from secondleg.forecast.expectation import Expectation
from secondleg.forecast.level import LevelTie
from secondleg.forecast.tie import LEADER_EFFECT_TO, SPREAD, TRAILER_EFFECT_TO, second_leg_effects

BUDGET = 100e-6
"""Seconds that an exact tie may take."""

OPENING, LATER = (1.6, 1.1), (1.4, 1.2)
"""Goals to expect of home and away side in the first leg, and in the second."""
RHO = -0.05
"""ρ of Dixon and Coles; the simulation goes without."""
SIMULATED = 100_000
GOALS = 16
"""Goals of a side that the plain loop goes to."""

NOW = TieRules(2, False, True, False, DecidedBy.PENALTIES)
TO_2020 = TieRules(2, True, True, True, DecidedBy.PENALTIES)
FACTORS = factors_of(second_leg_effects, max(LEADER_EFFECT_TO, TRAILER_EFFECT_TO))


def main() -> None:
    """Time each way, compare what they say, and leave with 1 where the budget is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    slowest = 0.0
    for name, rules in (("since 2021", NOW), ("away goals", TO_2020)):
        for leg in (None, (0, 3)):
            ours = best(partial(exact, rules, leg), runs, 200)
            looped = best(partial(loops, rules, leg), runs, 1)
            drawn = best(partial(simulated, rules, leg), runs, 1)
            apart = abs(exact(rules, leg) - loops(rules, leg)), abs(exact(rules, leg) - simulated(rules, leg))
            state = "before the tie" if leg is None else "after a first leg of 0-3"
            print(
                f"{name}, {state}: {1e6 * ours:6.1f} µs; plain loops {looped / ours:6.0f} x (apart {apart[0]:.0e}), "
                f"{SIMULATED:,} simulated {drawn / ours:6.0f} x (apart {apart[1]:.0e})"
            )
            slowest = max(slowest, ours)
    before = 1e6 * best(lambda: exact(NOW, None, SPREAD**2), runs, 50)
    after = 1e6 * best(lambda: exact(NOW, (0, 3), SPREAD**2), runs, 50)
    print(f"with uncertain rates: {before:.0f} µs before the tie, {after:.0f} µs after its first leg")
    if slowest > BUDGET:
        raise SystemExit(f"an exact tie took {1e6 * slowest:.0f} µs, more than {1e6 * BUDGET:.0f} µs")


def exact(rules: TieRules, leg: tuple[int, int] | None, variance: float = 0.0) -> float:
    """The chance of the host of the second leg, ours."""
    later = Expectation(*LATER, RHO, (variance, variance))
    level = LevelTie(rules, LATER, LATER, dependence=0.0, factor=1.0)
    second = SecondLeg(later, rules, level, FACTORS)
    if leg is not None:
        return float(second.after(*leg)[0, :6].sum())
    return float(before_first_leg(Expectation(*OPENING, RHO, (variance, variance)), second)[0, :6].sum())


def loops(rules: TieRules, leg: tuple[int, int] | None) -> float:
    """The same, one score after the other."""
    extra = [
        [poisson(x, LATER[0] / 3) * poisson(y, LATER[1] / 3) for y in range(GOALS)] for x in range(GOALS)
    ]
    ahead = sum(extra[x][y] for x in range(GOALS) for y in range(x))
    draws = [extra[x][x] for x in range(GOALS)]
    even = ahead + 0.5 * (draws[0] if rules.away_goals_in_extra_time else sum(draws))
    host = 0.0
    firsts = [leg] if leg is not None else [(a, b) for a in range(GOALS) for b in range(GOALS)]
    for home, away in firsts:
        chance = 1.0
        if leg is None:
            chance = poisson(home, OPENING[0]) * poisson(away, OPENING[1]) * low(home, away, *OPENING)
        leading, trailing = second_leg_effects(abs(home - away))
        one, other = (trailing, leading) if home > away else (leading, trailing)
        rates = LATER[0] * math.exp(one), LATER[1] * math.exp(other)
        ours, theirs = ([poisson(goals, rate) for goals in range(GOALS)] for rate in rates)
        for x in range(GOALS):
            for y in range(GOALS):
                both = chance * ours[x] * theirs[y] * low(x, y, *rates)
                margin = away + x - home - y
                if margin:
                    host += both * (margin > 0)
                elif rules.away_goals and away != y:
                    host += both * (away > y)
                else:
                    host += both * even
    return host


def simulated(rules: TieRules, leg: tuple[int, int] | None) -> float:
    """The same, played out many times with numpy."""
    rng = np.random.default_rng(1)
    if leg is None:
        home, away = rng.poisson(OPENING[0], SIMULATED), rng.poisson(OPENING[1], SIMULATED)
    else:
        home, away = np.full(SIMULATED, leg[0]), np.full(SIMULATED, leg[1])
    behind = np.clip(home - away, -3, 3) + 3
    x = rng.poisson(LATER[0] * FACTORS[behind, 0])
    y = rng.poisson(LATER[1] * FACTORS[behind, 1])
    won = np.sign(away + x - home - y)
    if rules.away_goals:
        won = np.where(won == 0, np.sign(away - y), won)
    one, other = rng.poisson(LATER[0] / 3, SIMULATED), rng.poisson(LATER[1] / 3, SIMULATED)
    won = np.where(
        won == 0, np.sign(one - other) - (2 * (one == other) * (one > 0) if rules.away_goals else 0), won
    )
    return float((won > 0).mean() + 0.5 * (won == 0).mean())


def low(home: int, away: int, one: float, other: float) -> float:
    """Dixon and Coles' factor of a score."""
    factors = {(0, 0): 1 - one * other * RHO, (0, 1): 1 + one * RHO, (1, 0): 1 + other * RHO, (1, 1): 1 - RHO}
    return factors.get((home, away), 1.0)


def poisson(goals: int, rate: float) -> float:
    """The chance of so many goals."""
    return math.exp(-rate) * rate**goals / math.factorial(goals)


def best(work: Callable[[], object], runs: int, times: int) -> float:
    """The least processor time of `work`, of `runs` times `times` of it."""
    work()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        for _ in range(times):
            work()
        taken.append((time.process_time() - start) / times)
    return min(taken)


if __name__ == "__main__":
    main()
