"""Fits what the first leg's score does to the second leg, and says how well chances of going through hold.

    python scripts/fit_second_leg.py --archive FILE [--rates FILE] [--fit]

FILE is an archive with UEFA ties and the leagues of their clubs. Every second leg starts from the expectations of a
model fitted to the matches before it, its first leg among them; these take some minutes, and `--rates` keeps them.
`--fit` fits `LEADER_EFFECT`, `TRAILER_EFFECT` and `SPREAD` of `forecast/tie.py` anew, to ties before July 2021.
Without it the constants in force are measured: on these ties, and on those since, which chose nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from as_of_rates import Rates
from fit_live import cached, rates_for
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.football.rules import tie_rules
from secondleg.football.tie import TieRules
from secondleg.forecast.exact import SecondLeg, factors_of
from secondleg.forecast.expectation import Expectation
from secondleg.forecast.level import FIELDS, LevelTie, extra_time_factor
from secondleg.forecast.tie import (
    LEADER_EFFECT,
    LEADER_EFFECT_TO,
    SPREAD,
    TRAILER_EFFECT,
    TRAILER_EFFECT_TO,
)
from secondleg.strength import JointGoalModel

Vector = NDArray[np.float64]

UNTIL: Final = dt.date(2021, 7, 1)
EFFECT_SD: Final = 0.1
"""Prior of the two effects about 0."""
LEVEL_SD: Final = 0.05
"""Prior of how much more or less hosts and visitors score than the model expects: fitted beside, and left out."""
FURTHEST: Final = max(LEADER_EFFECT_TO, TRAILER_EFFECT_TO)

TIES: Final = """
SELECT t.competition, t.season, t.stage, t.stage_rank, t.first_leg_home_goals AS home_goals,
       t.first_leg_away_goals AS away_goals, t.winner = t.second AS host_through,
       m.date, m.home, m.away, m.neutral
FROM tie t JOIN result m ON m.id = t.second_leg JOIN result f ON f.id = t.first_leg
WHERE t.competition LIKE 'uefa.%' AND t.legs = 2 AND t.season >= 2004 AND t.winner IS NOT NULL
      AND m.status = 'played' AND f.status = 'played' AND m.home = t.second
ORDER BY m.date, m.id
"""


@dataclass(frozen=True, eq=False)
class Ties:
    """Ties scored after their first legs, one row each."""

    rows: list[dict[str, Any]]
    rates: Rates
    rules: list[TieRules]

    def through(
        self,
        chosen: NDArray[np.int64],
        leader: float,
        trailer: float,
        spread: float,
        host: float = 0.0,
        visitor: float = 0.0,
    ) -> Vector:
        """Chance that the host of the second leg goes through, of each chosen tie."""

        def effects(lead: int) -> tuple[float, float]:
            return leader * min(lead, LEADER_EFFECT_TO), trailer * min(lead, TRAILER_EFFECT_TO)

        factors, out = factors_of(effects, FURTHEST), np.empty(len(chosen))
        for place, number in enumerate(chosen.tolist()):
            row, rates = self.rows[number], self.rates
            variance = (
                max(float(rates.home_variance[number]), spread**2),
                max(float(rates.away_variance[number]), spread**2),
            )
            expected = Expectation(
                float(rates.home[number]) * math.exp(host),
                float(rates.away[number]) * math.exp(visitor),
                float(rates.dependence[number]),
                variance,
            )
            goals = expected.home, expected.away
            level = LevelTie(
                self.rules[number],
                goals,
                goals,
                dependence=expected.dependence,
                factor=extra_time_factor(row["season"]),
            )
            decider = SecondLeg(expected, self.rules[number], level, factors)
            out[place] = decider.after(row["home_goals"], row["away_goals"])[0, : len(FIELDS)].sum()
        return np.clip(out, 1e-9, 1.0 - 1e-9)


def ties_of(view: View, cache: Path | None) -> Ties:
    """All ties of a view whose clubs had been seen before."""
    from secondleg.strength.contract import StrengthModel

    model: StrengthModel = JointGoalModel()
    rows = view.rows(TIES)
    asked = [_asked(row) for row in rows]
    countries = view.rows(
        """
        SELECT DISTINCT c.country FROM result r JOIN club c ON c.id = r.home
        WHERE r.competition LIKE 'uefa.%'
        """
    )
    known = frozenset({"uefa", *(row["country"] for row in countries)})
    rates = cached(cache, "second-legs", len(asked), lambda: rates_for(view, model, asked, known))
    return Ties(rows, rates, [tie_rules(row["competition"], row["season"], row["stage"]) for row in rows])


def _asked(row: dict[str, Any]) -> Any:
    from as_of_rates import Asked

    return Asked(row["date"], row["home"], row["away"], row["competition"], row["neutral"])


def losses(chance: Vector, won: Vector) -> Vector:
    """Log loss of each tie."""
    return -np.where(won, np.log(chance), np.log1p(-chance))


def fit(ties: Ties, chosen: NDArray[np.int64], won: Vector) -> Vector:
    """Leader's and trailing side's effects, spread, levels of host and visitor: the least penalised log loss."""

    def objective(theta: Vector) -> float:
        leader, trailer, spread, host, visitor = theta.tolist()
        chance = ties.through(chosen, leader, trailer, abs(spread), host, visitor)
        prior = (leader**2 + trailer**2) / EFFECT_SD**2 + (host**2 + visitor**2) / LEVEL_SD**2
        return float(losses(chance, won).sum() + 0.5 * prior)

    start = np.array([-0.05, 0.0, 0.2, 0.05, 0.0])
    found = optimize.minimize(
        objective, start, method="Nelder-Mead", options={"xatol": 2e-3, "fatol": 0.02, "maxfev": 250}
    )
    return np.asarray(found.x)


def told(name: str, chance: Vector, won: Vector) -> None:
    """Print one line of quality."""
    loss = losses(chance, won)
    least, seen = np.minimum(chance, 1.0 - chance), np.where(chance < 0.5, won, ~won.astype(bool))
    tail = least < 0.1
    said = float(least[tail].sum())
    off = (float(seen[tail].sum()) - said) / math.sqrt(float((least[tail] * (1.0 - least[tail])).sum()))
    print(
        f"{name:<38} {len(loss):5,}  {loss.mean():.4f} ± {loss.std() / math.sqrt(len(loss)):.4f}"
        f"   under 10 %: {int(tail.sum()):5,} sides, said {said:5.1f}, seen {int(seen[tail].sum()):3} ({off:+.1f} se)"
    )


def measure(ties: Ties, samples: Sequence[tuple[str, NDArray[np.bool_]]], won: Vector) -> None:
    """Print the quality of the constants in force beside that of none."""
    for name, rows in samples:
        chosen = np.flatnonzero(rows)
        told(name, ties.through(chosen, LEADER_EFFECT, TRAILER_EFFECT, SPREAD), won[chosen])
        told("  without effect of the lead or spread", ties.through(chosen, 0.0, 0.0, 0.0), won[chosen])


def main() -> None:
    """Fit where asked, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--rates", type=Path, help="keeps expectations in files of this name")
    parser.add_argument("--fit", action="store_true", help="fit the constants anew")
    options = parser.parse_args()
    with Archive.open(options.archive) as archive:
        ties = ties_of(archive.view(dt.date.today()), options.rates)
    won = np.array([row["host_through"] for row in ties.rows], dtype=bool)
    season = np.array([row["season"] for row in ties.rows])
    known = np.isfinite(ties.rates.home)
    tuned = known & np.array([row["date"] < UNTIL for row in ties.rows])
    if options.fit:
        theta = fit(ties, np.flatnonzero(tuned), won[tuned])
        names = ("leader", "trailing side", "spread", "level of hosts", "level of visitors")
        print(
            f"fitted to {int(tuned.sum()):,} ties: "
            + ", ".join(f"{n} {v:+.3f}" for n, v in zip(names, theta, strict=True))
        )
        return
    # ranks of stages from 20 on are those after the qualifying rounds
    main_rounds = np.array([(row["stage_rank"] or 0) >= 20 for row in ties.rows])
    print(
        "ties scored after the first leg: log loss of who goes through, and sides that were given less than 10 %"
    )
    since = known & ~tuned
    measure(
        ties,
        (
            ("2004 to June 2021 (tuned on)", tuned),
            ("2016 to June 2021 (tuned on)", tuned & (season >= 2016)),
            ("  without qualifying rounds", tuned & (season >= 2016) & main_rounds),
            ("since July 2021 (chose nothing)", since),
            ("  without qualifying rounds", since & main_rounds),
            ("2016 to 2026", known & (season >= 2016)),
            ("  without qualifying rounds", known & (season >= 2016) & main_rounds),
        ),
        won,
    )


if __name__ == "__main__":
    main()
