"""One knockout round in many runs: who is in it, who meets whom, and who goes through. Arrays are `[tie, run]`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import ForecastError
from secondleg.football.progress import Draw, Slot, Source, allot_thirds, consistent_orders
from secondleg.forecast.campaign import Campaign, Coming, KnownTie
from secondleg.forecast.competition_draws import draw_groups, draw_pairs, shuffled
from secondleg.forecast.competition_ties import FirstLegs, play
from secondleg.forecast.tie import SPREAD

if TYPE_CHECKING:
    from secondleg.forecast.competition_goals import Goals
    from secondleg.forecast.competition_rates import Rates
    from secondleg.forecast.competition_tables import Standings

__all__ = ["Entry", "Round", "play_round"]

Index = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Round:
    """A round as it was played: the sides `[tie, run]`, and the coming matches with their goals (and leg)."""

    first: Index
    second: Index
    matches: tuple[tuple[Coming, Goals, Goals, int | None], ...]


@dataclass(frozen=True, eq=False)
class _Table:
    """Final tables of a stage: `clubs[slot, run]`, which slots make a group, and what each took."""

    clubs: Index
    groups: tuple[tuple[int, ...], ...]
    standings: Standings
    letters: tuple[str, ...]

    def at(self, group: int, place: int) -> Index:
        """Who took a place of a group, `[run]`."""
        slots = list(self.groups[group])
        row = (self.standings.place[slots] == place).argmax(axis=0)
        return np.asarray(np.take_along_axis(self.clubs[slots], row[None, :], axis=0)[0])

    def form(self, group: int, place: int) -> NDArray[np.int64]:
        """The record of who took a place of a group, as a key, `[run]`."""
        slots = list(self.groups[group])
        row = (self.standings.place[slots] == place).argmax(axis=0)
        return np.asarray(np.take_along_axis(self.standings.form[slots], row[None, :], axis=0)[0])


@dataclass(eq=False)
class Entry:
    """What the stages before leave for the next: tables, winners and losers, and what keeps clubs apart."""

    associations: Index
    number: Mapping[str, int]
    tables: dict[tuple[str | None, str], _Table] = field(default_factory=dict)
    group_of: Index | None = None
    """Label of the group that a club last played in, `[club, run]`; -1 where it did not."""
    winners: Index = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int16))
    losers: Index = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int16))
    lines: Index | None = None
    """Who stands in each line of a fixed bracket after a league phase, by place - 1."""

    def add_table(
        self,
        competition: str | None,
        stage: str,
        clubs: Index,
        groups: Sequence[Sequence[int]],
        found: Standings,
        letters: Sequence[str],
    ) -> None:
        """Put down the tables of a stage."""
        held = _Table(clubs, tuple(map(tuple, groups)), found, tuple(letters))
        if self.group_of is None:
            self.group_of = np.full((len(self.number), clubs.shape[1]), -1, dtype=np.int16)
        offset = 100 * len(self.tables)
        for label, group in enumerate(groups):
            np.put_along_axis(
                self.group_of, clubs[list(group)].astype(np.int64), np.int16(offset + label), axis=0
            )
        self.tables[competition, stage] = held

    def sides(self, sources: Sequence[Source]) -> Index:
        """Everybody whom these sources name, `[side, run]`."""
        return np.concatenate([self._side(each) for each in sources])

    def _side(self, each: Source) -> Index:
        if each.stage == "winners":
            return self.winners
        table = self.tables[each.competition, each.stage]
        assert each.place is not None
        clubs = np.stack([table.at(group, each.place) for group in range(len(table.groups))])
        if each.some is None:
            return clubs
        record = np.stack([table.form(group, each.place) for group in range(len(table.groups))])
        order = np.argsort(-record, axis=0, kind="stable")
        chosen = order[-each.some :] if each.worst else order[: each.some]
        return np.take_along_axis(clubs, chosen, axis=0)

    def groups(self, draw: Draw, count: int, rng: np.random.Generator) -> Index:
        """Drawn groups one after the other, `[slot, run]`, nobody beside whom it is kept apart from."""
        pots = [self.sides(pot) for pot in draw.pots]
        labels = [self.associations[:, None]] if "association" in draw.apart else []
        if "group" in draw.apart and self.group_of is not None:
            labels.append(self.group_of)
        return draw_groups(pots, count, labels, rng)

    def allowed(self, draw: Draw, first: Index, second: Index) -> NDArray[np.bool_]:
        """`allowed[i, j, run]`: whether two sides may meet."""
        may = np.ones((len(first), len(second), first.shape[1]), dtype=bool)
        if "association" in draw.apart:
            may &= self.associations[first][:, None] != self.associations[second][None, :]
        if "group" in draw.apart and self.group_of is not None:
            one = np.take_along_axis(self.group_of, first.astype(np.int64), axis=0)
            other = np.take_along_axis(self.group_of, second.astype(np.int64), axis=0)
            may &= (one[:, None] != other[None, :]) | (one[:, None] < 0)
        return may


def play_round(
    campaign: Campaign, stage: str, entry: Entry, rates: Rates, runs: int, rng: np.random.Generator
) -> Round:
    """Pair the sides of a knockout stage, play its ties, and leave winners and losers in `entry`."""
    draw, rules = campaign.draws[stage], campaign.tie_rules[stage]
    known = tuple(campaign.ties.get(stage, ()))
    if draw.ties:
        one, other = _bracket(campaign, draw, entry, runs, rng)
    elif known and len(known) == campaign.ties_in(stage):
        pairs = np.array([(entry.number[t.second], entry.number[t.first]) for t in known], dtype=np.int16)
        one, other = (np.repeat(pairs[:, side, None], runs, axis=1) for side in (0, 1))
    elif draw.seeded:
        one, other = _from_pots(draw, entry, known, rng)
    else:
        one, other = _freely(draw, entry, known, runs, rng, stage)
    if draw.return_leg == "drawn":
        swap = rng.integers(0, 2, size=one.shape, dtype=np.uint8).astype(bool)
        one, other = np.where(swap, other, one), np.where(swap, one, other)
    # `one` is at home in the return leg, or in the only match
    first, second = (other, one) if rules.legs == 2 else (one, other)
    first, second, state = _with_known(first, second, known, entry.number)
    played = play(
        first,
        second,
        rules,
        rates.of,
        rng,
        season=campaign.season,
        dependence=rates.dependence,
        # a tie is as uncertain as `forecast_tie` has it: what strengths do not know is in the rates already
        day=math.sqrt(max(0.0, SPREAD**2 - rates.variance)),
        neutral=campaign.neutral,
        first_legs=state.first_legs if rules.legs == 2 else None,
    )
    through = np.where(state.decided, state.first_wins, played.first_through)
    winners, losers = np.where(through, first, second), np.where(through, second, first)
    if not all(line.kind == "loser" for tie in draw.ties for line in tie) or not draw.ties:
        entry.winners, entry.losers = winners, losers
    return Round(first, second, tuple(_matches(known, state, played.first, played.deciding, rules.legs)))


def _bracket(
    campaign: Campaign, draw: Draw, entry: Entry, runs: int, rng: np.random.Generator
) -> tuple[Index, Index]:
    """Both sides of each tie of a fixed bracket."""
    if draw.drawn:
        entry.lines = _lines(campaign, entry, runs, rng)
    known = campaign.ties.get(draw.stage, ())
    thirds = _thirds(draw, entry, known, rng) if draw.thirds_meet else {}
    sides = [[_line(entry, line, thirds.get(tie[0].group)) for line in tie] for tie in draw.ties]
    return np.stack([one for one, _ in sides]), np.stack([other for _, other in sides])


def _line(entry: Entry, line: Slot, third: Index | None) -> Index:
    if line.kind == "winner":
        return np.asarray(entry.winners[line.number - 1])
    if line.kind == "loser":
        return np.asarray(entry.losers[line.number - 1])
    if line.kind == "third":
        assert third is not None
        return third
    if not line.group and entry.lines is not None:
        return np.asarray(entry.lines[line.number - 1])
    table = list(entry.tables.values())[-1]
    group = table.letters.index(line.group) if line.group else 0
    return table.at(group, line.number)


def _lines(campaign: Campaign, entry: Entry, runs: int, rng: np.random.Generator) -> Index:
    """Who stands in each line: places of the league phase, neighbours in an order that is drawn or already known."""
    table = list(entry.tables.values())[-1]
    size = len(table.clubs)
    by_place = np.empty((size, runs), dtype=np.int16)
    np.put_along_axis(by_place, table.standings.place.astype(np.int64) - 1, table.clubs, axis=0)
    rounds = [campaign.draws[stage] for stage in campaign.knockouts if campaign.draws[stage].ties]
    known = {
        stage: [(tie.first, tie.second, tie.winner) for tie in ties]
        for stage, ties in campaign.ties.items()
        if ties
    }
    if known:
        names = list(entry.number)
        place = {names[by_place[i, 0]]: i + 1 for i in range(size)}
        orders = consistent_orders(rounds, place, known)
        if orders:
            rows = np.array([[order[i + 1] - 1 for i in range(size)] for order in orders])
            chosen = rows[rng.integers(0, len(orders), size=runs)].T
            return np.take_along_axis(by_place, chosen, axis=0)
    for one, other in (pair for each in rounds for pair in each.drawn):
        swap = rng.integers(0, 2, size=runs, dtype=np.uint8).astype(bool)
        upper = np.where(swap, by_place[other - 1], by_place[one - 1])
        by_place[other - 1] = np.where(swap, by_place[one - 1], by_place[other - 1])
        by_place[one - 1] = upper
    return by_place


def _thirds(
    draw: Draw, entry: Entry, known: Sequence[KnownTie], rng: np.random.Generator
) -> dict[str, Index]:
    """The third-placed side that each group winner meets, by the winner's group, `[run]`."""
    table = list(entry.tables.values())[-1]
    clubs = np.stack([table.at(group, 3) for group in range(len(table.groups))])
    record = np.stack([table.form(group, 3) for group in range(len(table.groups))])
    best = len(draw.thirds_meet)
    through = np.sort(np.argsort(-record, axis=0, kind="stable")[:best], axis=0)
    if not draw.thirds:
        return _drawn_thirds(
            draw, table, entry, known, np.take_along_axis(clubs, through, axis=0), through, rng
        )
    code = (1 << through).sum(axis=0)
    found = {group: np.zeros(clubs.shape[1], dtype=np.int16) for group in draw.thirds_meet}
    for each in np.unique(code):
        here = code == each
        groups = [table.letters[i] for i in range(len(table.letters)) if each >> i & 1]
        for winner, third in allot_thirds(draw, groups).items():
            found[winner][here] = clubs[table.letters.index(third), here]
    return found


def _drawn_thirds(
    draw: Draw,
    table: _Table,
    entry: Entry,
    known: Sequence[KnownTie],
    thirds: Index,
    groups: NDArray[np.int64],
    rng: np.random.Generator,
) -> dict[str, Index]:
    """Thirds `[third, run]` of these groups, drawn among the lines open to them, but for ties that are known."""
    open_to = np.array([[letter in each for letter in table.letters] for each in draw.thirds_from])
    allowed = open_to[:, groups]
    names = list(entry.number)
    letter = {
        names[club]: table.letters[i]
        for i, slots in enumerate(table.groups)
        for club in np.unique(table.clubs[list(slots)]).tolist()
    }
    for tie in known:
        for winner, other in ((tie.first, tie.second), (tie.second, tie.first)):
            third = thirds == entry.number[other]
            if letter[winner] in draw.thirds_meet and third.any():
                line = draw.thirds_meet.index(letter[winner])
                allowed[line] &= third | ~third.any(axis=0)
    partner = draw_pairs(allowed, rng, "uniform")
    every = np.arange(thirds.shape[1])
    return {winner: thirds[partner[i], every] for i, winner in enumerate(draw.thirds_meet)}


def _from_pots(
    draw: Draw, entry: Entry, known: Sequence[KnownTie], rng: np.random.Generator
) -> tuple[Index, Index]:
    """Seeded and unseeded sides, paired; ties already drawn stay as they are."""
    seeded, unseeded = entry.sides(draw.seeded), entry.sides(draw.unseeded)
    if seeded.shape != unseeded.shape:
        raise ForecastError(
            f"{len(seeded)} seeded sides and {len(unseeded)} others cannot be paired in the {draw.stage}; "
            "correct its draw in football/rules."
        )
    allowed = entry.allowed(draw, unseeded, seeded)
    if draw.matched:
        sizes = [len(entry.sides([each])) for each in draw.seeded]
        own = np.repeat(np.arange(len(sizes)), sizes)
        allowed &= (own[:, None] == own[None, :])[:, :, None]
    for tie in known:
        one, other = entry.number[tie.first], entry.number[tie.second]
        for a, b in ((one, other), (other, one)):
            row, column = unseeded == a, seeded == b
            met = row.any(axis=0) & column.any(axis=0)
            pair = row[:, None] & column[None, :]
            allowed = np.where(met & (row[:, None] | column[None, :]), pair, allowed)
    partner = draw_pairs(allowed, rng)
    return np.take_along_axis(seeded, partner.astype(np.int64), axis=0), unseeded


def _freely(
    draw: Draw,
    entry: Entry,
    known: Sequence[KnownTie],
    runs: int,
    rng: np.random.Generator,
    stage: str,
) -> tuple[Index, Index]:
    """Everybody who is in the round, paired at random but for ties already drawn."""
    if draw.entrants:
        there = entry.sides(draw.entrants)
    else:
        there = entry.winners if entry.winners.size else np.zeros((0, runs), dtype=np.int16)
    drawn = np.array(
        [entry.number[side] for tie in known for side in (tie.first, tie.second)], dtype=np.int16
    )
    new = drawn[~(there == drawn[:, None, None]).any(axis=(1, 2))] if drawn.size else drawn
    there = np.concatenate((there, np.repeat(new[:, None], runs, axis=1)))
    if len(there) % 2 or not len(there):
        raise ForecastError(
            f"{len(there)} sides of the {stage.replace('-', ' ')} are known on that day, which cannot be paired: "
            "others join them. Choose a later --as-of, when its draw is known."
        )
    rest = there
    if drawn.size:
        met = (there[:, None, :] == drawn[None, :, None]).any(axis=1)
        left = len(there) - len(drawn)
        rest = np.take_along_axis(there, np.argsort(met, axis=0, kind="stable")[:left], axis=0)
    rest = _paired(draw, entry, rest, rng)
    fixed = np.repeat(drawn[:, None], runs, axis=1)
    every = np.concatenate((fixed, rest))
    return every[1::2], every[0::2]


_FREE_TRIES = 100


def _paired(draw: Draw, entry: Entry, sides: Index, rng: np.random.Generator) -> Index:
    """Sides in random order, each pair of neighbours a tie; drawn anew in the runs where two meet that must not."""
    found = shuffled(sides, rng)
    if not draw.apart:
        return found
    for _ in range(_FREE_TRIES):
        one, other = found[0::2], found[1::2]
        clash = np.zeros(sides.shape[1], dtype=bool)
        if "association" in draw.apart:
            clash |= (entry.associations[one] == entry.associations[other]).any(axis=0)
        if "group" in draw.apart and entry.group_of is not None:
            group = np.take_along_axis(entry.group_of, found.astype(np.int64), axis=0)
            clash |= ((group[0::2] == group[1::2]) & (group[0::2] >= 0)).any(axis=0)
        if not clash.any():
            break
        found[:, clash] = shuffled(sides[:, clash], rng)
    return found


@dataclass(frozen=True, eq=False)
class _State:
    """What is known of each tie of each run: its first leg, its winner, and which of the known ties it is."""

    first_legs: FirstLegs
    decided: NDArray[np.bool_]
    first_wins: NDArray[np.bool_]
    which: NDArray[np.int16]


def _with_known(
    first: Index, second: Index, known: Sequence[KnownTie], number: Mapping[str, int]
) -> tuple[Index, Index, _State]:
    """Sides in the order in which known ties are played, and what has been played of them."""
    shape = first.shape
    started, decided, first_wins = np.zeros((3, *shape), dtype=bool)
    home, away = np.zeros((2, *shape), dtype=np.uint8)
    which = np.full(shape, -1, dtype=np.int16)
    if known:
        first, second = first.copy(), second.copy()
    for index, tie in enumerate(known):
        one, other = number[tie.first], number[tie.second]
        here = ((first == one) & (second == other)) | ((first == other) & (second == one))
        first[here], second[here] = one, other
        which[here] = index
        if tie.first_leg is not None:
            started[here] = True
            home[here], away[here] = tie.first_leg.home, tie.first_leg.away
        if tie.winner is not None:
            decided[here] = True
            first_wins[here] = tie.winner == tie.first
    return first, second, _State(FirstLegs(started, home, away), decided, first_wins, which)


def _matches(
    known: Sequence[KnownTie],
    state: _State,
    opening: tuple[Goals, Goals],
    deciding: tuple[Goals, Goals],
    legs: int,
) -> list[tuple[Coming, Goals, Goals, int | None]]:
    """The coming matches of ties that are known, with the goals of each run."""
    found: list[tuple[Coming, Goals, Goals, int | None]] = []
    every = np.arange(state.which.shape[1])
    for index, tie in enumerate(known):
        here = state.which == index
        if tie.winner is not None or not here.any(axis=0).all():
            continue
        row = here.argmax(axis=0)
        if tie.first_leg is None:
            leg = 1 if legs == 2 else None
            fixture = Coming(tie.first, tie.second, tie.day, tie.neutral)
            found.append((fixture, opening[0][row, every], opening[1][row, every], leg))
        else:
            fixture = Coming(tie.second, tie.first, tie.day, tie.neutral)
            found.append((fixture, deciding[0][row, every], deciding[1][row, every], 2))
    return found
