"""Fits what changes goal rates during a match, and writes `forecast/live_factors.toml`.

    python scripts/fit_live.py --archive FILE [--until 2021-07-01] [--rates FILE] [--write]

FILE is an archive with the incidents of league matches (source schochastics-incidents) and the goals of European ones
(schochastics-goals). Every match starts from the expectations of a model fitted to the matches before it; these take
some minutes, and `--rates` keeps them. Only matches before `--until` are fitted to. Method: docs/live.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from as_of_rates import Asked, Model, Rates, rates_of, training_of
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.forecast.live_factors import FILE
from secondleg.strength import JointGoalModel

Vector = NDArray[np.float64]

UNTIL: Final = dt.date(2021, 7, 1)
FIRST_SEASON: Final = 2009
"""The season from which the source tells minutes of stoppage apart from the 45th and 90th."""
LATEST: Final = 4
"""Seasons that the usual length of stoppage is taken from: it has grown."""
LEAGUES: Final = frozenset(
    ["aut", "bel", "den", "eng", "esp", "fra", "ger", "ita", "ned", "pol", "por", "sui", "uefa"]
)
"""Countries of the leagues with incidents, and the cups that link them."""

NOMINAL: Final = (2.0, 4.0)
"""Minutes of stoppage that goals in it are counted over: any number would do, since the fit gives a rate for it."""
EDGES: Final = (0, 1, *range(5, 46, 5), 47, 48, *range(52, 93, 5), 96)
"""Ends of the blocks of minutes, stoppage counted in: the first minute of each half is a block of its own."""
STOPPAGE: Final = (EDGES.index(47) - 1, len(EDGES) - 2)
"""The blocks of stoppage."""
FURTHEST: Final = 3
MEN: Final = 2
LEAD_SD: Final = 0.1
"""Prior of the logarithms of score factors about 0, and of what a second man sent off adds about 0."""
AGGREGATE_SD: Final = 0.05
"""Prior of the logarithms of what an aggregate lead does beyond the same lead in a league match, about 0."""

LEAGUE_MATCHES: Final = """
SELECT m.id, m.competition, m.season, m.date, m.home, m.away, m.home_goals, m.away_goals, m.neutral,
       0 AS lead, FALSE AS decider
FROM result m
WHERE m.status = 'played' AND m.season >= $season
      AND (m.id IN (SELECT match FROM goal WHERE source = 'schochastics-incidents')
           OR m.id IN (SELECT match FROM card WHERE source = 'schochastics-incidents'))
ORDER BY m.date, m.id
"""
SECOND_LEGS: Final = """
SELECT m.id, m.competition, m.season, m.date, m.home, m.away, m.home_goals, m.away_goals, m.neutral,
       t.first_leg_away_goals - t.first_leg_home_goals AS lead, TRUE AS decider
FROM tie t JOIN result m ON m.id = t.second_leg
WHERE t.competition LIKE 'uefa.%' AND t.legs = 2 AND m.status = 'played' AND m.home = t.second
      AND m.season >= 1999 AND (m.id IN (SELECT match FROM goal)
           -- sources of goals leave goalless matches out
           OR m.home_goals + m.away_goals = 0 AND (m.competition, m.season, m.stage) IN
              (SELECT (r.competition, r.season, r.stage) FROM goal g JOIN result r ON r.id = g.match))
ORDER BY m.date, m.id
"""
INCIDENTS: Final = """
SELECT match, side, minute, added, 'goal' AS kind FROM goal
UNION ALL SELECT match, side, minute, added, 'red' FROM card WHERE kind <> 'yellow'
ORDER BY match, minute, added
"""


@dataclass(frozen=True, eq=False)
class Played:
    """Matches with what happened in them, and what was expected of them."""

    matches: list[dict[str, Any]]
    rates: Rates
    incidents: dict[int, list[dict[str, Any]]]


def played(
    view: View,
    sql: str,
    model: Model,
    countries: frozenset[str] | None,
    cache: Path | None,
    name: str,
    season: int,
) -> Played:
    """The matches that `sql` finds, with expectations from `cache` where it has them."""
    parameters = {"season": season} if "$season" in sql else {}
    matches = view.rows(sql, **parameters)
    asked = [Asked(m["date"], m["home"], m["away"], m["competition"], m["neutral"]) for m in matches]
    rates = cached(cache, name, len(asked), lambda: rates_for(view, model, asked, countries))
    wanted = {match["id"] for match in matches}
    incidents: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in view.rows(INCIDENTS):
        if row["match"] in wanted:
            incidents[row["match"]].append(row)
    return Played(matches, rates, incidents)


def rates_for(view: View, model: Model, asked: Sequence[Asked], countries: frozenset[str] | None) -> Rates:
    """Expectations by a fit for every four days of matches."""
    since = min(match.date for match in asked) - dt.timedelta(days=6 * 365)
    training = training_of(view, since, countries)
    return rates_of(
        model,
        training,
        asked,
        span=4,
        tell=lambda done, of: print(f"\r{done:,} of {of:,}", end="", flush=True),
    )


def cached(cache: Path | None, name: str, matches: int, work: Callable[[], Rates]) -> Rates:
    """Expectations kept in a file, or worked out and kept."""
    path = None if cache is None else cache.with_name(f"{cache.stem}-{name}.npz")
    if path is not None and path.exists():
        with np.load(path) as held:
            found = Rates(**held)
        if len(found.home) == matches:
            return found
    found = work()
    if path is not None:
        np.savez(path, **{key: getattr(found, key) for key in Rates.__dataclass_fields__})
    return found


def place(minute: int | None, added: int | None) -> float | None:
    """Where on the clock something happened, stoppage counted in: the middle of its minute."""
    if minute is None or minute > 90:
        return None
    stopped = added if added and minute in (45, 90) else 0
    if minute <= 45:
        return 45 + min(stopped - 0.5, NOMINAL[0] - 0.01) if stopped else minute - 0.5
    start = 45 + NOMINAL[0]
    return 90 + NOMINAL[0] + min(stopped - 0.5, NOMINAL[1] - 0.01) if stopped else start + minute - 45 - 0.5


def whole(match: dict[str, Any], incidents: list[dict[str, Any]]) -> list[tuple[float, str, int]] | None:
    """(when, kind, side) of what happened in the 90 minutes, in order; None where the goals do not make the score."""
    told = []
    for row in incidents:
        at = place(row["minute"], row["added"])
        if at is None:
            return None
        told.append((at, row["kind"], 0 if row["side"] == "home" else 1))
    for side, goals in enumerate((match["home_goals"], match["away_goals"])):
        if sum(kind == "goal" and of == side for _, kind, of in told) != goals:
            return None
    return sorted(told, key=lambda each: each[0])


def spans(
    told: Sequence[tuple[float, str, int]], lead: int
) -> Iterator[tuple[float, float, int, int, tuple[str, int] | None]]:
    """(from, to, home lead, home men more, what ended it) of the parts of a match between one incident and the next."""
    start, men = 0.0, 0
    for at, kind, side in told:
        yield start, at, lead, men, (kind, side)
        start = at
        if kind == "goal":
            lead += 1 if side == 0 else -1
        else:
            men += -1 if side == 0 else 1
    yield start, float(EDGES[-1]), lead, men, None


def cells(held: Played, chosen: Callable[[dict[str, Any]], bool]) -> tuple[Vector, Vector, int]:
    """Goals expected at a constant rate, and seen: `[block, side, own lead, own men more]`; and how many matches."""
    edges = np.array(EDGES, dtype=np.float64)
    shape = (len(EDGES) - 1, 2, 2 * FURTHEST + 1, 2 * MEN + 1)
    expected, seen, matches = np.zeros(shape), np.zeros(shape), 0
    for number, match in enumerate(held.matches):
        rates = held.rates.home[number], held.rates.away[number]
        if not chosen(match) or not np.isfinite(rates[0]):
            continue
        told = whole(match, held.incidents[match["id"]])
        if told is None:
            continue
        matches += 1
        for start, end, lead, men, ended in spans(told, int(match["lead"])):
            long = np.clip(np.minimum(edges[1:], end) - np.maximum(edges[:-1], start), 0.0, None) / 90.0
            block = min(int(np.searchsorted(edges, end, side="right")) - 1, shape[0] - 1)
            for side in (0, 1):
                sign = 1 - 2 * side
                own = max(-FURTHEST, min(FURTHEST, sign * lead)) + FURTHEST
                more = max(-MEN, min(MEN, sign * men)) + MEN
                expected[:, side, own, more] += long * rates[side]
                if ended == ("goal", side):
                    seen[block, side, own, more] += 1
    return expected, seen, matches


def fitted(design: Vector, prior_sd: Vector, expected: Vector, seen: Vector) -> tuple[Vector, Vector]:
    """Coefficients of a Poisson regression with normal priors about 0, and their errors, by Newton's method."""
    here = expected > 0
    design, expected, seen = design[here], expected[here], seen[here]
    theta = np.zeros(design.shape[1])
    for _ in range(50):
        mean = expected * np.exp(design @ theta)
        slope = design.T @ (seen - mean) - theta / prior_sd**2
        curve = (design.T * mean) @ design + np.diag(prior_sd**-2)
        step = np.linalg.solve(curve, slope)
        theta = theta + step
        if np.abs(step).max() < 1e-10:
            break
    return theta, np.sqrt(np.diag(np.linalg.inv(curve)))


def one_hot(index: Any, size: int) -> Vector:
    """Columns that are 1 where an index is 0, 1 …"""
    return np.asarray(index.ravel()[:, None] == np.arange(size), dtype=np.float64)


def league_fit(expected: Vector, seen: Vector) -> dict[str, Vector]:
    """Factors of the blocks, of home and away leads, of men fewer and more; with standard errors of the logarithms."""
    blocks, _, leads, _ = expected.shape
    block, side, lead, men = np.indices(expected.shape)
    man = men - MEN
    # the second man off is the first one's factor and what it adds
    cards = [man <= -1, man <= -2, man >= 1, man >= 2]
    design = np.hstack(
        [
            one_hot(block, blocks),
            one_hot(side * leads + lead, 2 * leads),
            np.stack([each.ravel() for each in cards], axis=1).astype(np.float64),
        ]
    )
    sd = np.concatenate([np.full(blocks, 10.0), np.full(2 * leads, LEAD_SD), [1.0, LEAD_SD, 1.0, LEAD_SD]])
    theta, error = fitted(design, sd, expected.ravel(), seen.ravel())
    state = theta[blocks : blocks + 2 * leads].reshape(2, leads)
    off = theta[-4:]
    return {
        "block": np.exp(theta[:blocks]),
        "lead": np.exp(state),
        "lead_error": error[blocks : blocks + 2 * leads].reshape(2, leads),
        "fewer": np.exp(np.cumsum(off[:2])),
        "more": np.exp(np.cumsum(off[2:])),
        "men_error": error[-4:],
    }


def tie_fit(expected: Vector, seen: Vector, block: Vector, league: Vector) -> tuple[Vector, Vector]:
    """Factors of aggregate leads `[side, lead]` in second legs, given those of the blocks, and standard errors.

    They are shrunk towards those of the same leads in a league match. The levels of home and away sides are free:
    a model may expect too little of either in Europe.
    """
    leads = expected.shape[2]
    scaled = (expected * block[:, None, None, None] * league[:, :, None]).sum(axis=(0, 3))
    side, lead = np.indices(scaled.shape)
    design = np.hstack([one_hot(side, 2), one_hot(side * leads + lead, 2 * leads)])
    sd = np.concatenate([[10.0, 10.0], np.full(2 * leads, LEAD_SD)])
    theta, error = fitted(design, sd, scaled.ravel(), seen.sum(axis=(0, 3)).ravel())
    return league * np.exp(theta[2:].reshape(2, leads)), error[2:].reshape(2, leads)


def main() -> None:
    """Fit, print, and write the file where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--until", type=dt.date.fromisoformat, default=UNTIL)
    parser.add_argument("--rates", type=Path, help="keeps expectations in files of this name")
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    options = parser.parse_args()
    np.set_printoptions(precision=3, suppress=True, linewidth=120)
    with Archive.open(options.archive) as archive:
        view, model = archive.view(options.until), JointGoalModel()
        leagues = played(view, LEAGUE_MATCHES, model, LEAGUES, options.rates, "leagues", FIRST_SEASON)
        ties = played(view, SECOND_LEGS, model, None, options.rates, "ties", FIRST_SEASON)
    expected, seen, matches = cells(leagues, lambda match: True)
    found = league_fit(expected, seen)
    last = max(match["season"] for match in leagues.matches)
    recent = cells(leagues, lambda match: match["season"] > last - LATEST)
    now = league_fit(recent[0], recent[1])["block"]
    tie_expected, tie_seen, legs = cells(ties, lambda match: True)
    aggregate, aggregate_error = tie_fit(tie_expected, tie_seen, found["block"], found["lead"])
    text = toml(found, now, aggregate, matches, int(seen.sum()), legs, options.until)
    for name in ("lead_error", "men_error"):
        print(f"{name} {found[name]}")
    print(f"aggregate_error {aggregate_error}")
    print(text)
    if options.write:
        FILE.write_text(text, encoding="utf-8")


def toml(
    found: dict[str, Vector],
    now: Vector,
    aggregate: Vector,
    matches: int,
    goals: int,
    legs: int,
    until: dt.date,
) -> str:
    """The file."""
    # rates are relative: a match whose score stays level has the goals that were expected of it
    regular = [number for number in range(len(EDGES) - 1) if number not in STOPPAGE]
    length = np.diff(EDGES).astype(np.float64)
    level = float((found["block"] * length).sum() / 90.0)
    block, lately = found["block"] / level, now / level
    lines = []
    for number in regular:
        end = EDGES[number + 1]
        lines.append(f"    [{end if end <= 45 else end - int(NOMINAL[0])}, {block[number]:.3f}],")
    stoppage = []
    for half, number in zip(("first_half", "second_half"), STOPPAGE, strict=True):
        rate = block[number - 1]  # goals a minute as in the minutes before it
        minutes = lately[number] * NOMINAL[0 if half == "first_half" else 1] / rate
        stoppage.append(f"{half} = {{ rate = {rate:.3f}, minutes = {minutes:.2f} }}")

    def row(values: Vector) -> str:
        return "[" + ", ".join(f"{value:.3f}" for value in values) + "]"

    return f"""# Made by scripts/fit_live.py; docs/live.md tells how.
# {matches:,} league matches with {goals:,} goals, and {legs:,} second legs, all before {until}.

[minute]
# [last minute, goals a minute against a constant rate over 90 minutes]
regular = [
{chr(10).join(lines)}
]
[minute.stoppage]
{chr(10).join(stoppage)}

[lead]
# three or more behind … level … three or more ahead
home = {row(found["lead"][0])}
away = {row(found["lead"][1])}
[lead.aggregate]
home = {row(aggregate[0])}
away = {row(aggregate[1])}

[men]
# one man fewer or more than the other side, two
fewer = {row(found["fewer"])}
more = {row(found["more"])}
"""


if __name__ == "__main__":
    main()
