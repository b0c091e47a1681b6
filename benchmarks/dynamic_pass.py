"""How long the dynamic model takes for a million matches, against plain Elo in a Python loop in the same run.

    python benchmarks/dynamic_pass.py                 # a million made-up matches of 200 leagues and a cup
    python benchmarks/dynamic_pass.py --archive FILE  # all matches of an archive

Times are those of the processor, so that others on the machine do not count: medians of `--runs` runs, of one thread,
without the loading of the compiled recursion, which is told apart. Target: 1 s for a million matches.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np

from secondleg.strength import DynamicModel, TrainingCompetition, TrainingSet

BUDGET = 1.0
"""Seconds for a million matches."""


def main() -> None:
    """Time the pass and print one line for each thing timed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, help="an archive to take matches from")
    parser.add_argument("--runs", type=int, default=5, help="runs of each thing timed (default 5)")
    options = parser.parse_args()
    matches = _held(options.archive) if options.archive else made_up(1_000_000)
    day = matches.date.max().astype(dt.date) + dt.timedelta(days=1)
    print(f"{len(matches):,} matches, {len(matches.clubs):,} clubs, {len(matches.competitions)} competitions")

    model = DynamicModel()
    start = time.process_time()
    model.fit(matches, day)
    first = time.process_time() - start
    ours = _seconds(lambda: model.fit(matches, day), options.runs)
    _told("fit, all of it", ours)
    _told("a million matches at that pace (budget 1 s)", ours / len(matches) * 1e6)
    _told("loading the compiled recursion (once a process; first use on a machine: compiling)", first - ours)
    theirs = _seconds(lambda: elo(matches), options.runs)
    _told("Elo in a Python loop", theirs)
    print(f"ratio Elo / ours: {theirs / ours:.1f}")
    if ours / len(matches) * 1e6 > BUDGET:
        raise SystemExit(f"a million matches took {ours / len(matches) * 1e6:.2f} s, more than {BUDGET:g} s")


def elo(matches: TrainingSet, k: float = 20.0, home: float = 65.0) -> list[float]:
    """Elo ratings after all matches, as one writes them down."""
    rating = [1500.0] * len(matches.clubs)
    rows = zip(
        matches.home.tolist(),
        matches.away.tolist(),
        matches.home_goals.tolist(),
        matches.away_goals.tolist(),
        strict=True,
    )
    for i, j, x, y in rows:
        expected = 1.0 / (1.0 + 10.0 ** ((rating[j] - rating[i] - home) / 400.0))
        moved = k * ((1.0 if x > y else 0.5 if x == y else 0.0) - expected)
        rating[i] += moved
        rating[j] -= moved
    return rating


def made_up(n: int, leagues: int = 200, clubs: int = 18) -> TrainingSet:
    """`n` matches over 40 years: rounds in each league, and one match in fifty between countries."""
    rng = np.random.default_rng(1)
    league = rng.integers(0, leagues, n)
    home, away = (league * clubs + rng.integers(0, clubs, n) for _ in range(2))
    away = np.where(home == away, league * clubs + (away + 1) % clubs, away)
    cup = rng.random(n) < 0.02
    away = np.where(cup, (away + clubs * rng.integers(1, leagues, n)) % (leagues * clubs), away)
    names = [f"c{number:03}" for number in range(leagues)]
    return TrainingSet(
        date=np.datetime64("1985-01-01", "D") + np.sort(rng.integers(0, 40 * 365, n)),
        home=home,
        away=away,
        competition=np.where(cup, leagues, league),
        neutral=np.zeros(n, dtype=bool),
        home_goals=rng.poisson(1.5, n).astype(np.float64),
        away_goals=rng.poisson(1.1, n).astype(np.float64),
        clubs=tuple(f"{name}/{club:02}" for name in names for club in range(clubs)),
        countries=tuple(name for name in names for _ in range(clubs)),
        competitions=(
            *(TrainingCompetition(f"{name}.1", name, "league", 1) for name in names),
            TrainingCompetition("world.cup", "world", "cup"),
        ),
    )


def _held(path: Path) -> TrainingSet:
    from secondleg.archive.archive import Archive
    from secondleg.archive.view import View

    view = View(Archive.open(path), dt.date.today())
    start = time.process_time()
    matches = TrainingSet.from_view(view, since=dt.date(1870, 1, 1))
    _told("training set from the archive", time.process_time() - start)
    return matches


def _seconds(work: Callable[[], object], runs: int) -> float:
    """Median processor time of `work`."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def _told(what: str, seconds: float) -> None:
    print(f"{seconds:8.3f} s  {what}")


if __name__ == "__main__":
    main()
