"""What a simulation says: chances under conditions, what a coming match is worth, and who may meet whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput, ForecastError
from secondleg.forecast.competition import MatchRuns, Simulation

__all__ = [
    "Condition",
    "Worth",
    "holds",
    "meetings",
    "must_reach",
    "next_stage",
    "worth",
]

Runs = NDArray[np.bool_]

_CHANCE: Final = 20.0
"""Chi-squared that a swing must exceed: once in 20,000 by chance, and many clubs are looked at."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that may come true in a run.

    - `through`, `out`: a club gets past the stage that it is in, or does not;
    - `reach`: it plays in `stage`; `win`: it wins the competition;
    - `place`: it ends from place `low` to `high` of the table of `stage` (None: the last);
    - `result`: a coming match of `club` (at home) and `other` ends so: `outcome` "home", "draw" or "away", or `goals`.
    """

    kind: Literal["through", "out", "reach", "win", "place", "result"]
    club: str
    stage: str | None = None
    low: int = 1
    high: int = 1
    other: str | None = None
    outcome: Literal["home", "draw", "away"] | None = None
    goals: tuple[int, int] | None = None
    negated: bool = False


def must_reach(simulation: Simulation) -> tuple[str, ...]:
    """The stages that every winner has played in, in order: not those that the best may skip."""
    if not simulation.campaign.knockouts:
        return tuple(simulation.reached)
    every = np.arange(simulation.runs)
    return tuple(
        stage for stage, there in simulation.reached.items() if bool(there[simulation.winner, every].all())
    )


def next_stage(simulation: Simulation, club: str) -> str | None:
    """The stage that a club must reach next; None where only winning is left, or nothing."""
    row = simulation.number(club)
    stages = must_reach(simulation)
    sure = [i for i, stage in enumerate(stages) if simulation.reached[stage][row].all()]
    following = (max(sure) if sure else -1) + 1
    return stages[following] if following < len(stages) else None


def holds(simulation: Simulation, condition: Condition) -> Runs:
    """The runs in which a condition comes true. Raises BadInput for what cannot be asked of this competition."""
    found = _holds(simulation, condition)
    return ~found if condition.negated else found


def _holds(simulation: Simulation, condition: Condition) -> Runs:
    row = simulation.number(condition.club)
    match condition.kind:
        case "win":
            return np.asarray(simulation.wins()[row])
        case "reach":
            assert condition.stage is not None
            if condition.stage not in simulation.reached:
                raise BadInput(
                    f"there is no {condition.stage.replace('-', ' ')} to reach; there are "
                    f"{', '.join(stage.replace('-', ' ') for stage in simulation.reached)}."
                )
            return np.asarray(simulation.reached[condition.stage][row])
        case "through" | "out":
            if not simulation.campaign.knockouts:
                raise BadInput(
                    "nobody goes out of a league; ask for a place: 'relegated', 'top 4', 'champions'."
                )
            stage = next_stage(simulation, condition.club)
            on = simulation.wins()[row] if stage is None else simulation.reached[stage][row]
            return np.asarray(on if condition.kind == "through" else ~on)
        case "place":
            stage = condition.stage or list(simulation.place)[-1]
            place = simulation.place[stage][row]
            return np.asarray((place >= condition.low) & (place <= condition.high))
        case "result":
            return _result(_match(simulation, condition), condition)


def _match(simulation: Simulation, condition: Condition) -> MatchRuns:
    """The next coming match of the two; in a tie of two legs either side may be named first."""
    sides = (condition.club, condition.other)
    for match in simulation.matches:
        if (match.fixture.home, match.fixture.away) == sides:
            return match
    raise BadInput(
        f"{condition.club} v {condition.other} is not among the matches to come; the home side stands first."
    )


def _result(match: MatchRuns, condition: Condition) -> Runs:
    if condition.goals is not None:
        return np.asarray((match.home == condition.goals[0]) & (match.away == condition.goals[1]))
    signs = {
        "home": match.home > match.away,
        "draw": match.home == match.away,
        "away": match.home < match.away,
    }
    assert condition.outcome is not None
    return np.asarray(signs[condition.outcome])


@dataclass(frozen=True, slots=True)
class Worth:
    """What a match is worth to a club: its chance of `target` after each result, and how far these lie apart.

    A chance is None where a result hardly ever came up. `swing` is the spread of the chance over the results, as a
    standard deviation weighted by how likely each result is.
    """

    club: str
    target: str
    home: float | None
    draw: float | None
    away: float | None
    swing: float


def worth(
    match: MatchRuns, targets: Mapping[str, Runs], clubs: Sequence[str], *, least: int = 20
) -> list[Worth]:
    """What a match is worth for every club and target, the largest swing first.

    `targets` maps a name to `[club, run]`. Results with fewer than `least` runs are left out.
    """
    results = np.stack((match.home > match.away, match.home == match.away, match.home < match.away))
    counts = results.sum(axis=1)
    weights = results.astype(np.float32)
    found = []
    for name, came_true in targets.items():
        hits = weights @ came_true.astype(np.float32).T
        shares = hits / np.maximum(counts, 1)[:, None]
        enough = counts >= least
        share = counts * enough / max(1, int((counts * enough).sum()))
        mean = share @ shares
        swings = np.sqrt(share @ (shares - mean) ** 2)
        # a spread that chance alone would make is not told: chi-squared of two degrees of freedom
        chance = (counts * enough).sum() * swings**2
        for number in np.flatnonzero((swings > 0) & (chance >= _CHANCE * mean * (1 - mean))):
            home, draw, away = (float(shares[i, number]) if enough[i] else None for i in range(3))
            found.append(Worth(clubs[int(number)], name, home, draw, away, float(swings[number])))
    return sorted(found, key=lambda each: -each.swing)


def meetings(simulation: Simulation, stage: str) -> dict[tuple[str, str], float]:
    """The chance that two clubs meet in a stage, by pair in the order of ids; pairs that never met are left out."""
    if stage not in simulation.pairs:
        raise ForecastError(f"{stage} is no knockout stage of this competition; ask for one that is.")
    first, second = simulation.pairs[stage]
    size = len(simulation.clubs)
    key = np.minimum(first, second).astype(np.int64) * size + np.maximum(first, second)
    counts = np.bincount(key.reshape(-1), minlength=size * size)
    return {
        (simulation.clubs[pair // size], simulation.clubs[pair % size]): counts[pair] / simulation.runs
        for pair in np.flatnonzero(counts)
    }
