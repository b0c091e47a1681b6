"""The rest of a competition, from what is known of it to who wins, in many runs at once.

Each run plays every match still to come: tables are completed and ordered by their tie-breaks, draws are made under
their constraints, ties are settled by the rules of the season. What has been played stays as it was. Chances are shares
of runs and carry their own error (`error`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import ForecastError
from secondleg.forecast.campaign import Campaign, Coming
from secondleg.forecast.competition_goals import Goals, draw_goals
from secondleg.forecast.competition_rates import Rates, Strength, rates_of
from secondleg.forecast.competition_rounds import Entry, play_round
from secondleg.forecast.competition_tables import Standings, standings

if TYPE_CHECKING:
    from secondleg.strength import Fitted

__all__ = ["MatchRuns", "Simulation", "error", "joined", "simulate"]

_STEP: Final = 10_000
"""Runs played together: their arrays fit in memory, and mostly in cache."""


@dataclass(frozen=True, eq=False)
class MatchRuns:
    """A match still to come and its goals in each run, `home[run]` and `away[run]`; the second leg of a tie has
    those of 90 minutes."""

    fixture: Coming
    stage: str
    home: Goals
    away: Goals
    leg: int | None = None


@dataclass(frozen=True, eq=False)
class Simulation:
    """What happened in each run; arrays are `[club, run]` unless they say otherwise.

    `place` has places in the tables of a stage, from 1 on (0: not in it), `points` and `difference` what they rest on.
    `reached` says who played in a stage, `winner[run]` who won the last one (-1 where there is no knockout).
    """

    campaign: Campaign
    clubs: tuple[str, ...]
    place: Mapping[str, NDArray[np.int16]]
    points: Mapping[str, NDArray[np.int16]]
    difference: Mapping[str, NDArray[np.int16]]
    reached: Mapping[str, NDArray[np.bool_]]
    pairs: Mapping[str, tuple[NDArray[np.int16], NDArray[np.int16]]]
    """Of each knockout stage the two sides of its ties, `[tie, run]`; the one at home first stands first."""
    winner: NDArray[np.int16]
    matches: tuple[MatchRuns, ...]
    unknown: tuple[str, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.winner)

    def number(self, club: str) -> int:
        """The row of a club; ForecastError for one that takes no part."""
        try:
            return self.clubs.index(club)
        except ValueError:
            raise ForecastError(
                f"{club} takes no part in {self.campaign.competition} {self.campaign.season}; name a club that does."
            ) from None

    def wins(self) -> NDArray[np.bool_]:
        """Who won the competition: the last tie, or the only table."""
        if self.campaign.knockouts:
            return np.asarray(np.arange(len(self.clubs))[:, None] == self.winner)
        return np.asarray(self.place[self.campaign.stages[-1]] == 1)

    def take(self, runs: NDArray[np.bool_]) -> Simulation:
        """The runs that a mask picks."""
        return Simulation(
            self.campaign,
            self.clubs,
            {stage: values[:, runs] for stage, values in self.place.items()},
            {stage: values[:, runs] for stage, values in self.points.items()},
            {stage: values[:, runs] for stage, values in self.difference.items()},
            {stage: values[:, runs] for stage, values in self.reached.items()},
            {stage: (one[:, runs], other[:, runs]) for stage, (one, other) in self.pairs.items()},
            self.winner[runs],
            tuple(MatchRuns(m.fixture, m.stage, m.home[runs], m.away[runs], m.leg) for m in self.matches),
            self.unknown,
        )


def error(chance: float, runs: int) -> float:
    """Standard error of a chance that is a share of runs."""
    return float(np.sqrt(max(chance * (1.0 - chance), 0.0) / runs)) if runs else float("nan")


def simulate(
    campaign: Campaign,
    model: Strength | Fitted,
    *,
    runs: int = 10_000,
    seed: int = 0,
    sd: float | None = None,
) -> Simulation:
    """Play the rest of a campaign `runs` times, with goals as `model` expects them.

    The same `seed` gives the same runs. `sd` is how uncertain strengths are, see `competition_rates.rates_of`.
    Raises ForecastError where who takes part is not known.
    """
    if runs < 1:
        raise ForecastError(f"{runs} runs cannot be played; give one at least.")
    parts = []
    for number, start in enumerate(range(0, runs, _STEP)):
        rng = np.random.Generator(np.random.SFC64([seed, number]))
        parts.append(_simulate(campaign, model, min(_STEP, runs - start), rng, sd))
    return parts[0] if len(parts) == 1 else joined(parts)


def joined(parts: Sequence[Simulation]) -> Simulation:
    """The runs of several simulations of one campaign together."""
    one = parts[0]

    def together(values: Sequence[Mapping[str, NDArray[np.int16]]]) -> dict[str, NDArray[np.int16]]:
        return {stage: np.concatenate([each[stage] for each in values], axis=1) for stage in values[0]}

    return Simulation(
        one.campaign,
        one.clubs,
        together([part.place for part in parts]),
        together([part.points for part in parts]),
        together([part.difference for part in parts]),
        {stage: np.concatenate([p.reached[stage] for p in parts], axis=1) for stage in one.reached},
        {
            stage: (
                np.concatenate([part.pairs[stage][0] for part in parts], axis=1),
                np.concatenate([part.pairs[stage][1] for part in parts], axis=1),
            )
            for stage in one.pairs
        },
        np.concatenate([part.winner for part in parts]),
        tuple(
            MatchRuns(
                match.fixture,
                match.stage,
                np.concatenate([part.matches[i].home for part in parts]),
                np.concatenate([part.matches[i].away for part in parts]),
                match.leg,
            )
            for i, match in enumerate(one.matches)
        ),
        one.unknown,
    )


def _simulate(
    campaign: Campaign, model: Strength | Fitted, runs: int, rng: np.random.Generator, sd: float | None
) -> Simulation:
    clubs = campaign.clubs
    rates = rates_of(
        model, clubs, runs, rng, competition=campaign.competition, sd=sd, neutral_only=campaign.neutral
    )
    state = _State(campaign, {club: number for number, club in enumerate(clubs)}, rates, runs, rng)
    for name, feeder in campaign.feeders.items():
        for stage in feeder.stages:
            state.table(feeder, stage, name)
    for stage in campaign.stages:
        if stage in campaign.tables:
            state.table(campaign, stage)
        else:
            state.knockout(stage)
    return Simulation(
        campaign,
        clubs,
        state.place,
        state.points,
        state.difference,
        state.reached,
        state.pairs,
        state.winner(),
        tuple(state.matches),
        rates.unknown,
    )


class _State:
    """The runs of a campaign while they are played, stage by stage."""

    def __init__(
        self, campaign: Campaign, number: Mapping[str, int], rates: Rates, runs: int, rng: np.random.Generator
    ) -> None:
        self.campaign = campaign
        self.number = number
        self.rates = rates
        self.runs = runs
        self.rng = rng
        self.entry = Entry(
            associations=_labels([campaign.association.get(club, club) for club in number]), number=number
        )
        self.place: dict[str, NDArray[np.int16]] = {}
        self.points: dict[str, NDArray[np.int16]] = {}
        self.difference: dict[str, NDArray[np.int16]] = {}
        self.reached: dict[str, NDArray[np.bool_]] = {}
        self.pairs: dict[str, tuple[NDArray[np.int16], NDArray[np.int16]]] = {}
        self.matches: list[MatchRuns] = []

    def table(self, campaign: Campaign, stage: str, feeder: str | None = None) -> None:
        """Complete the tables of a stage and put down who came where."""
        table = campaign.tables[stage]
        if not table.groups:
            self._drawn_groups(campaign, stage)
            return
        members = [self.number[club] for club in table.clubs]
        local = {club: i for i, club in enumerate(table.clubs)}
        groups = [[local[club] for club in group] for group in table.groups]
        scored, conceded = self._goals(table.coming)
        played = np.array([(m.goals.home, m.goals.away) for m in table.played], dtype=np.uint8).reshape(-1, 2)
        pairings = [(local[m.home], local[m.away]) for m in table.played]
        pairings += [(local[m.home], local[m.away]) for m in table.coming]

        def ordered(runs: int) -> Standings:
            before = [np.repeat(played[:, side, None], runs, axis=1) for side in (0, 1)]
            return standings(
                len(members),
                pairings,
                (
                    np.concatenate((before[0], scored[:, :runs])),
                    np.concatenate((before[1], conceded[:, :runs])),
                ),
                table.rules,
                self.rng,
                deductions=[table.deductions.get(club, 0) for club in table.clubs],
                groups=groups,
            )

        # a table that is complete is the same in every run, unless lots decide
        found = ordered(self.runs if table.coming else 1)
        if not table.coming:
            found = ordered(self.runs) if found.lots else found.repeated(self.runs)
        fixed = np.array(members, dtype=np.int16)
        clubs = np.repeat(fixed[:, None], self.runs, axis=1)
        self._put_down(stage, clubs, groups, found, table.letters, feeder, fixed)
        if feeder is None:
            self.matches += [
                MatchRuns(fixture, stage, *goals)
                for fixture, *goals in zip(table.coming, scored, conceded, strict=True)
            ]

    def _goals(self, coming: Sequence[Coming]) -> tuple[Goals, Goals]:
        if not coming:
            return np.zeros((0, self.runs), dtype=np.uint8), np.zeros((0, self.runs), dtype=np.uint8)
        home = [self.number[fixture.home] for fixture in coming]
        away = [self.number[fixture.away] for fixture in coming]
        neutral = [fixture.neutral or self.campaign.neutral for fixture in coming]
        level = self.rates.of_pairs(home, away, neutral)
        low = self.rates.expected(home, away, neutral)
        return draw_goals(*level, self.rng, dependence=self.rates.dependence, low_scores=low)

    def _drawn_groups(self, campaign: Campaign, stage: str) -> None:
        """Draw the groups of a stage and play all of their matches."""
        table = campaign.tables[stage]
        count, size, meetings = table.sizes
        clubs = self.entry.groups(campaign.draws[stage], count, self.rng)
        groups = [list(range(g * size, (g + 1) * size)) for g in range(count)]
        # clubs that meet once are at home in every second of their matches
        pairings = [
            (i, j)
            for group in groups
            for i in group
            for j in group
            if i != j and (meetings > 1 or (j - i) % size <= size // 2)
        ]
        home = clubs[[i for i, _ in pairings]]
        away = clubs[[j for _, j in pairings]]
        level = self.rates.of(home, away, campaign.neutral)
        scores = draw_goals(*level, self.rng)
        found = standings(count * size, pairings, scores, table.rules, self.rng, groups=groups)
        self._put_down(stage, clubs, groups, found, table.letters, None)

    def _put_down(
        self,
        stage: str,
        clubs: NDArray[np.int16],
        groups: Sequence[Sequence[int]],
        found: Standings,
        letters: Sequence[str],
        feeder: str | None,
        fixed: NDArray[np.int16] | None = None,
    ) -> None:
        self.entry.add_table(feeder, stage, clubs, groups, found, letters)
        if feeder is not None:
            return
        shape = (len(self.number), self.runs)
        for name, values in (
            ("place", found.place), ("points", found.points), ("difference", found.difference)
        ):  # fmt: skip
            kept = np.zeros(shape, dtype=np.int16)
            if fixed is None:
                np.put_along_axis(kept, clubs.astype(np.int64), values, axis=0)
            else:
                kept[fixed] = values
            getattr(self, name)[stage] = kept
        self._reach(stage, clubs if fixed is None else np.repeat(fixed[:, None], self.runs, axis=1))

    def _reach(self, stage: str, clubs: NDArray[np.int16]) -> None:
        there = np.zeros((len(self.number), self.runs), dtype=bool)
        there[clubs, np.arange(self.runs)] = True
        self.reached[stage] = self.reached[stage] | there if stage in self.reached else there

    def knockout(self, stage: str) -> None:
        """Draw the ties of a round and play them."""
        played = play_round(self.campaign, stage, self.entry, self.rates, self.runs, self.rng)
        self._reach(stage, np.concatenate((played.first, played.second)))
        self.pairs[stage] = (played.first, played.second)
        self.matches += [
            MatchRuns(fixture, stage, home, away, leg) for fixture, home, away, leg in played.matches
        ]

    def winner(self) -> NDArray[np.int16]:
        """Who won the last tie."""
        if not self.campaign.knockouts:
            return np.full(self.runs, -1, dtype=np.int16)
        return np.asarray(self.entry.winners[0])


def _labels(names: Sequence[str]) -> NDArray[np.int16]:
    order = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.array([order[name] for name in names], dtype=np.int16)
