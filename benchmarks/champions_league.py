"""How long 10,000 runs of a Champions League season take, from the first match of the league phase to the final.

    python benchmarks/champions_league.py [--runs 10000]

36 clubs play 144 matches; the table with all its tie-breaks leads into the drawn bracket of play-off, last sixteen and
on, ties over two legs with extra time and penalties. The peer plays the same with a plain loop over runs and is given
fewer of them; its time is scaled. One thread; seconds of the processor, so that other work does not count.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import time

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

from secondleg.football.rules import draw_of, table_rules, tie_rules
from secondleg.forecast.campaign import Campaign, Coming, TableStage
from secondleg.forecast.competition import simulate

CLUBS = [f"x/{number:02}" for number in range(36)]
STAGES = ("knockout-play-off", "round-of-16", "quarter-final", "semi-final", "final")
SEASON = 2024
SPREAD = 0.12
BUDGET = 1.0
"""Seconds that 10,000 runs may take."""

LOOP_RUNS = 60
PAIRS = [(i, (i + step) % 36) for step in range(1, 5) for i in range(36)]


class Line:
    """Clubs in a line, the first the best."""

    dependence = -0.05

    def goal_expectation(
        self, home: str, away: str, *, competition: str | None = None, neutral: bool = False
    ) -> tuple[float, float]:
        """Expected goals by the places of the two in the line."""
        gap = (int(away[2:]) - int(home[2:])) * 0.02
        up = 0.0 if neutral else 0.12
        return 1.35 * math.exp(gap + up), 1.35 * math.exp(-gap - up)


def season() -> Campaign:
    """A season of which nothing is played."""
    coming = tuple(Coming(CLUBS[i], CLUBS[j]) for i, j in PAIRS)
    table = TableStage(
        "league-phase", (tuple(CLUBS),), table_rules("uefa.cl", SEASON, "league-phase"), (), coming
    )
    return Campaign(
        "uefa.cl",
        SEASON,
        ("league-phase", *STAGES),
        {"league-phase": table},
        {stage: draw_of("uefa.cl", SEASON, stage) for stage in STAGES},
        {stage: tie_rules("uefa.cl", SEASON, stage) for stage in STAGES},
    )


class Loop:
    """One run after the other, one match after the other."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        model = Line()
        self.rates = {
            (i, j, neutral): model.goal_expectation(CLUBS[i], CLUBS[j], neutral=neutral)
            for i in range(36)
            for j in range(36)
            if i != j
            for neutral in (False, True)
        }

    def run(self) -> int:
        """Who wins."""
        self.attack = [self.rng.gauss(0.0, SPREAD) for _ in CLUBS]
        self.defence = [self.rng.gauss(0.0, SPREAD) for _ in CLUBS]
        lines = self._table()
        for one in range(0, 24, 2):
            if self.rng.random() < 0.5:
                lines[one], lines[one + 1] = lines[one + 1], lines[one]
        play_off = [self._tie(lines[32 - place], lines[place - 1]) for place in range(9, 17)]
        last = [self._tie(play_off[8 - seed], lines[seed - 1]) for seed in range(1, 9)]
        eight = [self._tie(last[7 - i], last[i]) for i in range(4)]
        four = [self._tie(eight[3 - i], eight[i]) for i in range(2)]
        home, away = self._match(four[0], four[1], neutral=True)
        if home == away:
            home, away = self._match(four[0], four[1], neutral=True, share=1 / 3)
        return four[0] if home > away or (home == away and self.rng.random() < 0.5) else four[1]

    def _table(self) -> list[int]:
        records = [[0] * 6 for _ in CLUBS]
        for home, away in PAIRS:
            scored, conceded = self._match(home, away)
            for club, own, other, out in ((home, scored, conceded, 0), (away, conceded, scored, 1)):
                record = records[club]
                record[0] += 3 if own > other else own == other
                record[1] += own - other
                record[2] += own
                record[3] += own * out
                record[4] += own > other
                record[5] += (own > other) * out
        return sorted(range(36), key=lambda club: (*records[club], self.rng.random()), reverse=True)

    def _match(self, home: int, away: int, *, neutral: bool = False, share: float = 1.0) -> tuple[int, int]:
        of_home, of_away = self.rates[home, away, neutral]
        up = math.exp(self.attack[home] - self.defence[away] - SPREAD**2) * share
        down = math.exp(self.attack[away] - self.defence[home] - SPREAD**2) * share
        return self._poisson(of_home * up), self._poisson(of_away * down)

    def _tie(self, first: int, second: int) -> int:
        one = self._match(first, second)
        two = self._match(second, first)
        lead = one[0] + two[1] - one[1] - two[0]
        if not lead:
            extra = self._match(second, first, share=1 / 3)
            lead = extra[1] - extra[0]
        return first if lead > 0 or (not lead and self.rng.random() < 0.5) else second

    def _poisson(self, rate: float) -> int:
        limit, product, number = math.exp(-rate), self.rng.random(), 0
        while product > limit:
            product *= self.rng.random()
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
    loop = Loop(1)
    begun = time.process_time()
    for _ in range(LOOP_RUNS):
        loop.run()
    plain = (time.process_time() - begun) / LOOP_RUNS * options.runs
    print(f"plain loop: {plain:6.2f} s for {options.runs:,} runs (scaled from {LOOP_RUNS})")
    campaign = season()
    simulate(campaign, Line(), runs=100, sd=SPREAD)
    seconds = []
    for seed in range(options.times):
        begun = time.process_time()
        simulate(campaign, Line(), runs=options.runs, seed=seed, sd=SPREAD)
        seconds.append(time.process_time() - begun)
    took = statistics.median(seconds)
    print(
        f"secondleg: {took:6.3f} s, best {min(seconds):.3f} s (budget {BUDGET:g} s), "
        f"{plain / took:,.0f} times as fast as the loop"
    )


if __name__ == "__main__":
    main()
