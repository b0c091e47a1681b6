"""Says how well chances in play hold, on seasons that the factors were not fitted to.

    python scripts/check_live.py --archive FILE [--rates FILE] [--every 3] [-o docs/live.svg]

Matches of twelve leagues since July 2021, followed from their goals and red cards: at seven moments the chances of the
result are scored, beside those said before the match, and beside a plain Poisson race with the same expectations
(goals fall evenly through the 90 minutes, whatever the score, and cards do nothing). Second legs of European ties are
scored by who goes through. `--rates` keeps the expectations in files, `--every` takes every so many matches.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fit_live import FIRST_SEASON, LEAGUE_MATCHES, LEAGUES, UNTIL, Played, played
from secondleg.archive.archive import Archive
from secondleg.football.match import Goals
from secondleg.football.rules import tie_rules
from secondleg.forecast.calibration import calibration_curve
from secondleg.forecast.exact import SecondLeg, factors_of
from secondleg.forecast.expectation import Expectation
from secondleg.forecast.level import LevelTie, extra_time_factor
from secondleg.forecast.live import LiveMatch
from secondleg.forecast.live_clock import Minute
from secondleg.forecast.live_factors import LiveFactors
from secondleg.forecast.live_moments import Moment
from secondleg.forecast.tie import LEADER_EFFECT_TO, SPREAD, TRAILER_EFFECT_TO, second_leg_effects
from secondleg.strength import JointGoalModel

Vector = NDArray[np.float64]

MOMENTS: Final = ("0", "15", "30", "45", "60", "75", "85")
PLAIN: Final = LiveFactors(
    by_minute=np.ones(90),
    stoppage_rate=(1.0, 1.0),
    stoppage_minutes=(0.0, 0.0),
    by_lead=np.ones((2, 7)),
    by_aggregate_lead=np.ones((2, 7)),
    short=(1.0, 1.0),
    over=(1.0, 1.0),
)
"""Nothing matters but the score and the minutes left."""

SECOND_LEGS: Final = """
SELECT m.id, m.competition, m.season, m.date, m.home, m.away, m.home_goals, m.away_goals, m.neutral, t.stage,
       t.first_leg_home_goals, t.first_leg_away_goals, t.winner = t.second AS host_through, 0 AS lead
FROM tie t JOIN result m ON m.id = t.second_leg
WHERE t.competition LIKE 'uefa.%' AND t.legs = 2 AND m.status = 'played' AND m.home = t.second
      AND t.winner IS NOT NULL AND m.season >= 2004 AND (m.id IN (SELECT match FROM goal)
           -- sources of goals leave goalless matches out
           OR m.home_goals + m.away_goals = 0 AND (m.competition, m.season, m.stage) IN
              (SELECT (r.competition, r.season, r.stage) FROM goal g JOIN result r ON r.id = g.match))
ORDER BY m.date, m.id
"""


def happenings(
    match: Mapping[str, Any], incidents: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[Minute, int]], list[tuple[Minute, int]]] | None:
    """Goals and red cards as (minute, side); None where the goals do not make the score."""
    goals: list[tuple[Minute, int]] = []
    reds: list[tuple[Minute, int]] = []
    for row in incidents:
        if row["minute"] is None or row["minute"] > 120:
            return None
        added = int(row["added"] or 0) if row["minute"] in (45, 90) else 0
        side = 0 if row["side"] == "home" else 1
        (goals if row["kind"] == "goal" else reds).append((Minute(int(row["minute"]), added), side))
    tally = [sum(each == side for _, each in goals) for side in (0, 1)]
    return (goals, reds) if tally == [match["home_goals"], match["away_goals"]] else None


def at_moments(moments: Sequence[Moment]) -> list[Moment]:
    """Those of a curve at `MOMENTS`."""
    by_minute = {str(moment.minute): moment for moment in moments}
    return [by_minute[minute] for minute in MOMENTS]


def leagues(held: Played, every: int) -> dict[str, Vector]:
    """`[match, moment, result]` of each forecaster, and what `came`: 0 home win, 1 draw, 2 away win."""
    told: dict[str, list[list[tuple[float, float, float]]]] = {"live": [], "plain": [], "before": []}
    came = []
    chosen = [
        n
        for n, match in enumerate(held.matches)
        if match["date"] >= UNTIL and np.isfinite(held.rates.home[n])
    ]
    for number in chosen[::every]:
        match = held.matches[number]
        found = happenings(match, held.incidents[match["id"]])
        if found is None or any(minute.in_extra_time for minute, _ in found[0]):
            continue
        rates = held.rates
        expected = Expectation(
            float(rates.home[number]), float(rates.away[number]), float(rates.dependence[number])
        )
        curve = at_moments(LiveMatch(expected).curve(*found).moments)
        plain = at_moments(LiveMatch(expected, factors=PLAIN).curve(found[0]).moments)
        for name, moments in (("live", curve), ("plain", plain), ("before", [curve[0]] * len(curve))):
            told[name].append([(m.home_win, m.draw, m.away_win) for m in moments])
        came.append(1 - int(np.sign(match["home_goals"] - match["away_goals"])))
    return {"came": np.array(came, dtype=np.float64), **{name: np.array(rows) for name, rows in told.items()}}


def ties(held: Played) -> tuple[Vector, NDArray[np.bool_], NDArray[np.bool_]]:
    """`[tie, moment]` chances of the host to go through, those who did, and whether the tie was one of the fitting."""
    chances, won, fitted = [], [], []
    for number, match in enumerate(held.matches):
        if not np.isfinite(held.rates.home[number]):
            continue
        found = happenings(match, held.incidents[match["id"]])
        if found is None:
            continue
        rates, rules = held.rates, tie_rules(match["competition"], match["season"], match["stage"])
        expected = Expectation(
            float(rates.home[number]), float(rates.away[number]), float(rates.dependence[number])
        ).uncertain(SPREAD**2)
        goals = expected.home, expected.away
        level = LevelTie(
            rules, goals, goals, dependence=expected.dependence, factor=extra_time_factor(match["season"])
        )
        decider = SecondLeg(
            expected, rules, level, factors_of(second_leg_effects, max(LEADER_EFFECT_TO, TRAILER_EFFECT_TO))
        )
        leg = Goals(match["first_leg_home_goals"], match["first_leg_away_goals"])
        live = LiveMatch(decider.at(leg.difference), decider=decider, first_leg=leg)
        moments = at_moments(live.curve(*found).moments)
        chances.append([moment.home_through for moment in moments])
        won.append(bool(match["host_through"]))
        fitted.append(match["date"] < UNTIL)
    return np.array(chances, dtype=np.float64), np.array(won), np.array(fitted)


def log_loss(chance: Vector, came: Vector) -> Vector:
    """Log loss of each match: `chance[match, result]`."""
    return np.asarray(-np.log(np.maximum(chance[np.arange(len(came)), came.astype(int)], 1e-12)))


def rps(chance: Vector, came: Vector) -> Vector:
    """Ranked probability score of each match: half the sum of squared cumulative differences."""
    seen = np.cumsum(came[:, None] == np.arange(3), axis=1)
    return np.asarray(0.5 * ((np.cumsum(chance, axis=1) - seen)[:, :2] ** 2).sum(axis=1))


def _row(name: str, values: Sequence[str]) -> None:
    print(f"{name:<34}" + "".join(f"{value:>16}" for value in values))


def report_leagues(found: Mapping[str, Vector]) -> None:
    """Print scores by moment, and the calibration of all moments together."""
    came = found["came"]
    print(f"{len(came):,} league matches since {UNTIL}: ranked probability score and log loss of the result")
    _row("minute", MOMENTS)
    for name in ("live", "plain", "before"):
        scores = [found[name][:, place] for place in range(len(MOMENTS))]
        _row(name, [f"{rps(each, came).mean():.4f} / {log_loss(each, came).mean():.4f}" for each in scores])
    gains = [
        log_loss(found["plain"][:, p], came) - log_loss(found["live"][:, p], came)
        for p in range(len(MOMENTS))
    ]
    _row(
        "live better than plain, log loss",
        [f"{each.mean():.4f} ± {each.std() / math.sqrt(len(each)):.4f}" for each in gains],
    )
    for name in ("live", "plain"):
        print(f"{name}: said and seen, minutes {MOMENTS[1]} to {MOMENTS[-1]} together")
        for each in bins(found, name):
            print(f"  {each.said:7.3f} {each.seen:7.3f}  n = {each.n:6,}  {each.errors_apart:+5.1f} se")


def bins(found: Mapping[str, Vector], name: str) -> tuple[Any, ...]:
    """The calibration curve of a forecaster, all results and moments after kick-off together."""
    chance = found[name][:, 1:]
    came = np.broadcast_to(found["came"][:, None, None] == np.arange(3), chance.shape)
    return calibration_curve(chance.ravel(), came.ravel())


def report_ties(chances: Vector, won: NDArray[np.bool_], fitted: NDArray[np.bool_]) -> None:
    """Print the log loss of who goes through by moment, and the calibration of the tail."""
    for name, here in (("before July 2021", fitted), ("since", ~fitted)):
        print(f"{int(here.sum()):,} second legs {name}: log loss of who goes through")
        _row("minute", MOMENTS)
        p, w = np.clip(chances[here], 1e-9, 1 - 1e-9), won[here][:, None]
        loss = -np.where(w, np.log(p), np.log1p(-p))
        _row("live", [f"{each:.4f}" for each in loss.mean(axis=0)])
        # the host's chance alone: both sides would say the same twice
        for each in calibration_curve(p[:, 1:].ravel(), np.broadcast_to(w, p[:, 1:].shape).ravel()):
            print(f"  {each.said:7.3f} {each.seen:7.3f}  n = {each.n:6,}  {each.errors_apart:+5.1f} se")


def main() -> None:
    """Follow, score, draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--rates", type=Path, help="keeps expectations in files of this name")
    parser.add_argument("--every", type=int, default=3, help="every so many league matches (default 3)")
    parser.add_argument("-o", "--output", type=Path, help="draw the reliability picture here, as SVG")
    options = parser.parse_args()
    with Archive.open(options.archive) as archive:
        view, model = archive.view(dt.date.today()), JointGoalModel()
        matches = played(view, LEAGUE_MATCHES, model, LEAGUES, options.rates, "leagues-all", FIRST_SEASON)
        legs = played(view, SECOND_LEGS, model, None, options.rates, "legs-all", FIRST_SEASON)
    found = leagues(matches, options.every)
    report_leagues(found)
    report_ties(*ties(legs))
    if options.output is not None:
        from secondleg.desk.render.reliability import chart, to_svg

        calibration = {
            name: {"bins": [each.to_dict() for each in bins(found, name)]} for name in ("live", "plain")
        }
        drawn = to_svg(chart({"calibration": calibration, "ties": None}))
        # each match stands there at several moments
        options.output.write_text(drawn.replace(" matches", " moments"), encoding="utf-8")


if __name__ == "__main__":
    main()
