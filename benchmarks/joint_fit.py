"""How long the joint goal model takes to fit, against scipy's L-BFGS-B on the same objective in the same run.

    SECONDLEG_MIRROR=… python benchmarks/joint_fit.py          # imports …/openfootball into memory first
    python benchmarks/joint_fit.py --archive FILE              # or takes an archive that is there

The training set is all that is held of the seasons 2019-20 to 2023-24. Times are the median of `--runs` runs,
of one thread.
"""

# ruff: noqa: E402 - threads are pinned before numpy is loaded
from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_variable] = "1"  # before numpy is loaded

import numpy as np
from scipy import optimize

from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.strength import JointGoalModel, TrainingSet, UnlinkedLeagues
from secondleg.strength.leagues import membership
from secondleg.strength.newton import minimise

SINCE = dt.date(2019, 7, 1)
AS_OF = dt.date(2024, 7, 1)
BUDGET = 1.0
"""Seconds that a fit may take."""


def main() -> None:
    """Time the fit and print one line for each thing timed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, help="an archive to take matches from")
    parser.add_argument("--runs", type=int, default=5, help="runs of each thing timed (default 5)")
    options = parser.parse_args()
    warnings.simplefilter("ignore", UnlinkedLeagues)

    archive = Archive.open(options.archive) if options.archive else _imported(parser)
    view = View(archive, AS_OF)
    matches = TrainingSet.from_view(view, since=SINCE)
    print(f"{len(matches)} matches, {len(matches.clubs)} clubs, {len(matches.competitions)} competitions")
    _told(
        "training set from the archive",
        _seconds(lambda: TrainingSet.from_view(view, since=SINCE), options.runs),
    )

    model = JointGoalModel()
    fit = _seconds(lambda: model.fit(matches, AS_OF), options.runs)
    _told(f"fit, all of it (budget {BUDGET:g} s)", fit)

    weight = model.weights(matches, AS_OF)
    objective = model.objective(matches, membership(matches, weight), weight)
    best = minimise(objective, objective.prior_mean)
    ours = _seconds(lambda: minimise(objective, objective.prior_mean), options.runs)
    _told(f"minimum alone, {best.steps} Newton steps, {best.products} products", ours)

    def peer() -> optimize.OptimizeResult:
        return optimize.minimize(
            objective.value_gradient,
            objective.prior_mean,
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": 10_000, "maxfun": 20_000, "maxcor": 20, "ftol": 1e-13, "gtol": 1e-6},
        )

    found = peer()
    theirs = _seconds(peer, max(1, options.runs // 2))
    _told(f"minimum by scipy L-BFGS-B, {found.nfev} gradients", theirs)
    print(f"ratio scipy / ours: {theirs / ours:.2f}")
    apart = np.abs(found.x - best.theta).max()
    print(f"objective of scipy above ours: {found.fun - best.value:.1e}; parameters apart: {apart:.1e}")
    if fit > BUDGET:
        raise SystemExit(f"the fit took {fit:.2f} s, more than {BUDGET:g} s")


def _imported(parser: argparse.ArgumentParser) -> Archive:
    from secondleg.sources.importer import import_files

    mirror = os.environ.get("SECONDLEG_MIRROR")
    if mirror is None:
        parser.error(
            "set SECONDLEG_MIRROR to a folder that mirrors the public sources, or give --archive FILE"
        )
    archive = Archive.memory()
    import_files(archive, [Path(mirror) / "openfootball"])
    return archive


def _seconds(work: Callable[[], object], runs: int) -> float:
    """Median wall time of `work`."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _told(what: str, seconds: float) -> None:
    print(f"{seconds:8.3f} s  {what}")


if __name__ == "__main__":
    main()
