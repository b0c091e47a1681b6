"""How long a back-test of ten seasons of five leagues takes, each match forecast on the morning of its day.

    python benchmarks/backtest.py --archive FILE [--runs N]

The dynamic model goes once through every match that FILE holds, and its forecasts of the five leagues are scored.
Beside it, in the same run, a model that has to be fitted anew each week: Dixon-Coles of penaltyblog (pip install
penaltyblog; left out without it), on one season of one league and the two before it, scaled to the matches of the
whole. One thread each.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import os
import statistics
import time
from importlib import import_module
from pathlib import Path
from typing import Any

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np

from secondleg.archive.archive import Archive
from secondleg.desk.backtesting import GROUPS, Asked, backtest, document_of
from secondleg.strength import TrainingSet

SEASONS = tuple(range(2014, 2024))
BUDGET = 10.0
"""Seconds that the ten seasons may take, from the open archive to the scores."""

PEER_SEASON = 2022
PEER_HISTORY = 2
"""Seasons before it that the peer is fitted to."""


def main() -> None:
    """Time both and print one line for each thing timed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True, help="an archive to take matches from")
    parser.add_argument("--runs", type=int, default=3, help="runs of the back-test (default 3)")
    options = parser.parse_args()
    with Archive.open(options.archive) as archive:
        asked = Asked(("dynamic",), GROUPS["top5"], SEASONS)
        times = []
        for _ in range(options.runs + 1):
            start = time.perf_counter()
            results, _ = backtest(archive, asked)
            document = document_of(results)
            times.append(time.perf_counter() - start)
        # the first run compiles what is not yet compiled
        ours, model = statistics.median(times[1:]), document["models"][0]
        print(
            f"{ours:8.2f} s  dynamic, {len(results.sample):,} matches of ten seasons, daily (budget {BUDGET:g} s), "
            f"RPS {model['rps']['mean']:.4f}; the first run {times[0]:.2f} s"
        )
        _peer(archive, len(results.sample), ours)


def _peer(archive: Archive, matches: int, ours: float) -> None:
    try:
        peer: Any = import_module("penaltyblog.models")
    except ImportError:
        print("penaltyblog is not installed: no peer. Install it with: pip install penaltyblog")
        return
    days = archive.days
    assert days is not None
    view = archive.view(days[1])
    rows = view.rows(
        "SELECT season FROM result "
        "WHERE competition = 'eng.1' AND season BETWEEN $first AND $last AND status = 'played'",
        first=PEER_SEASON - PEER_HISTORY,
        last=PEER_SEASON,
    )
    whole = TrainingSet.from_view(view)
    code = [competition.code for competition in whole.competitions].index("eng.1")
    league = whole.take(whole.competition == code)
    start_day, end_day = (np.datetime64(f"{year}-07-15") for year in (PEER_SEASON, PEER_SEASON + 1))
    first_day = np.datetime64(f"{PEER_SEASON - PEER_HISTORY}-07-15")
    tested = np.flatnonzero((league.date >= start_day) & (league.date < end_day))
    week = (league.date[tested] - start_day).astype(int) // 7
    home = np.array([league.clubs[club] for club in league.home])
    away = np.array([league.clubs[club] for club in league.away])
    start = time.perf_counter()
    for number in np.unique(week):
        here = tested[week == number]
        known = (league.date >= first_day) & (league.date < league.date[here].min())
        model = peer.DixonColesGoalModel(
            league.home_goals[known].astype(int),
            league.away_goals[known].astype(int),
            home[known],
            away[known],
        )
        model.fit()
        seen = set(home[known]) | set(away[known])
        for row in here:
            if home[row] in seen and away[row] in seen:
                model.predict(home[row], away[row])
    took = time.perf_counter() - start
    scaled = took * matches / len(tested)
    print(
        f"{took:8.2f} s  penaltyblog Dixon-Coles, {len(tested)} matches, a fit a week to {len(rows) - len(tested)} more"
    )
    print(f"{scaled:8.2f} s  the same for {matches:,} matches\n{scaled / ours:8.1f}    ratio")


if __name__ == "__main__":
    main()
