"""How chances said before a season's first match turned out: Champions League seasons, from the group stage on.

    python scripts/check_simulation.py --archive FILE [--seasons 2003-2020] [--sd 0.12] [--sd 0.2]

For each season the campaign is played on from the morning of its first group match (or league phase match), with
strengths from what was known then. Every club's chance of the last eight, the last four and the title is set against
what happened: mean log loss and Brier score, and said against seen by bins. Several `--sd` compare how uncertain
strengths are taken to be; choose it on seasons to 2020-21 and look at later ones once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.desk.campaigns import campaign_of
from secondleg.desk.simulating import strengths_of
from secondleg.football.stage import RANK
from secondleg.forecast.competition import simulate

STAGES = ("quarter-final", "semi-final", "final")
BINS = (0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 1.0)
CODE = "uefa.cl"

Told = tuple[float, bool]


def main() -> None:
    """Print how chances turned out, for each spread of strengths."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--seasons", default="2003-2023", help="first and last year")
    parser.add_argument(
        "--sd", type=float, action="append", help="spread of attack and of defence, in log goals"
    )
    parser.add_argument("--runs", type=int, default=10_000)
    options = parser.parse_args()
    first, last = (int(year) for year in options.seasons.split("-"))
    spreads: Sequence[float | None] = options.sd or [None]
    told: dict[tuple[float | None, str], list[Told]] = {(sd, stage): [] for sd in spreads for stage in STAGES}
    with Archive.open(options.archive) as archive:
        for season in range(first, last + 1):
            view, after = _views(archive, season)
            known, model = campaign_of(view, CODE, season), strengths_of(view)
            for sd in spreads:
                played = simulate(known.campaign, model, runs=options.runs, seed=season, sd=sd)
                for stage in STAGES:
                    on = _reached(after, season, stage)
                    chances = played.reached[stage].mean(axis=1)
                    told[sd, stage] += [
                        (float(chance), club in on)
                        for club, chance in zip(played.clubs, chances, strict=True)
                        if played.reached[played.campaign.stages[0]][played.number(club)].any()
                    ]
    for sd in spreads:
        for stage in STAGES:
            _print(sd, stage, told[sd, stage])


def _views(archive: Archive, season: int) -> tuple[View, View]:
    """The archive on the morning of the first match of the main stage, and when all is over."""
    after = archive.view(dt.date(season + 1, 12, 31))
    rows = after.rows(
        "SELECT min(date) AS day FROM result WHERE competition = $code AND season = $season AND stage IN "
        "('group-stage', 'league-phase')",
        code=CODE,
        season=season,
    )
    return archive.view(rows[0]["day"]), after


def _reached(after: View, season: int, stage: str) -> set[str]:
    rows = after.rows(
        "SELECT club FROM campaign WHERE competition = $code AND season = $season AND reached >= $rank",
        code=CODE,
        season=season,
        rank=RANK[stage],
    )
    return {row["club"] for row in rows}


def _print(sd: float | None, stage: str, told: Sequence[Told]) -> None:
    loss = -sum(math.log(max(p if came else 1 - p, 1e-4)) for p, came in told) / len(told)
    brier = sum((p - came) ** 2 for p, came in told) / len(told)
    print(
        f"sd {'of the model' if sd is None else sd}, {stage}: {len(told)} clubs, log loss {loss:.4f}, Brier {brier:.4f}"
    )
    for low, high in pairwise(BINS):
        these = [(p, came) for p, came in told if low <= p < high or (high == 1.0 and p == 1.0)]
        if these:
            said = sum(p for p, _ in these) / len(these)
            seen = sum(came for _, came in these) / len(these)
            noise = math.sqrt(sum(p * (1 - p) for p, _ in these)) / len(these)
            print(f"  {low:.2f}-{high:.2f}  {len(these):4}  said {said:.3f}  seen {seen:.3f}  ± {noise:.3f}")


if __name__ == "__main__":
    main()
