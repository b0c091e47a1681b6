"""Tables of many runs at once, ordered by the same rules as `football.table`, which orders one.

Arrays have runs as their last axis: `goals[match, run]`, `points[club, run]`, `place[club, run]`. What no tie-break
separates is separated by lot, a different one in each run; where the rules know of a play-off match, or of a ranking
that results do not tell, the lot stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from secondleg.football.table import TableRules, Tiebreak

__all__ = ["Pairing", "Standings", "standings"]

Number = NDArray[np.int64]
Small = NDArray[np.int16]
Pairing = tuple[int, int]
"""Home and away side of a match, as numbers of clubs."""

_FULL: Final = 1 << 62
"""What a key may not reach."""


@dataclass(eq=False)
class Standings:
    """What clubs have after all matches, `[club, run]`; `place` counts from 1 within the table."""

    points: Small
    difference: Small
    goals: Small
    away_goals: Small
    wins: Small
    away_wins: Small
    pairings: tuple[Pairing, ...]
    scores: tuple[NDArray[np.uint8], NDArray[np.uint8]]
    place: Small
    lots: bool = False
    """Whether a lot had to decide in any run."""

    def repeated(self, runs: int) -> Standings:
        """The same standings in so many runs, from those of one."""
        return Standings(
            np.repeat(self.points, runs, axis=1),
            np.repeat(self.difference, runs, axis=1),
            np.repeat(self.goals, runs, axis=1),
            np.repeat(self.away_goals, runs, axis=1),
            np.repeat(self.wins, runs, axis=1),
            np.repeat(self.away_wins, runs, axis=1),
            self.pairings,
            self.scores,
            np.repeat(self.place, runs, axis=1),
            self.lots,
        )

    @cached_property
    def form(self) -> Number:
        """A key by which clubs of different groups compare: points, goal difference, goals, wins."""
        return _extend(_extend(_extend(self.points.astype(np.int64), self.difference), self.goals), self.wins)


def standings(
    clubs: int,
    pairings: Sequence[Pairing],
    scores: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    rules: TableRules,
    rng: np.random.Generator,
    *,
    deductions: Sequence[int] = (),
    groups: Sequence[Sequence[int]] | None = None,
) -> Standings:
    """The tables of `clubs` clubs after these matches, in each run.

    `scores` are home and away goals `[match, run]`. `groups` are the clubs of each table; without it all make one.
    `deductions` are points taken off, by club.
    """
    runs = scores[0].shape[1]
    found = _sums(clubs, pairings, scores, rules.win)
    for club, taken in enumerate(deductions):
        found.points[club] -= taken
    tables = [list(range(clubs))] if groups is None else [list(group) for group in groups]
    key = _ordered(found, rules, tables)
    found.lots = _classes(key, tables) < runs * sum(len(table) - 1 for table in tables)
    lot = rng.integers(0, 1 << 12, size=(clubs, runs))
    key = _extend(key, lot)
    for table in tables:
        found.place[table] = _places(key[table])
    return found


def _sums(
    clubs: int, pairings: Sequence[Pairing], scores: tuple[NDArray[np.uint8], NDArray[np.uint8]], win: int
) -> Standings:
    runs = scores[0].shape[1]
    points, difference, goals, away_goals, wins, away_wins, place = np.zeros((7, clubs, runs), dtype=np.int16)
    for (home, away), scored, conceded in zip(pairings, *scores, strict=True):
        more, level = scored > conceded, scored == conceded
        fewer = scored < conceded
        margin = scored.astype(np.int16) - conceded
        wins[home] += more
        wins[away] += fewer
        away_wins[away] += fewer
        points[home] += level
        points[away] += level
        difference[home] += margin
        difference[away] -= margin
        goals[home] += scored
        goals[away] += conceded
        away_goals[away] += conceded
    points += win * wins
    return Standings(points, difference, goals, away_goals, wins, away_wins, tuple(pairings), scores, place)


def _ordered(found: Standings, rules: TableRules, tables: Sequence[Sequence[int]]) -> Number:
    """A key that is higher for whoever is ahead, equal for those whom nothing declared separates."""
    key = found.points.astype(np.int64)
    order = list(rules.order)
    while order:
        if not order[0].head_to_head:
            tiebreak = order.pop(0)
            if tiebreak is not Tiebreak.PLAY_OFF:
                key = _extend(key, _overall(found, tiebreak))
            continue
        block = []
        while order and order[0].head_to_head:
            block.append(order.pop(0))
        key = _head_to_head(found, rules, tables, key, block)
    return key


def _overall(found: Standings, tiebreak: Tiebreak) -> NDArray[np.int16] | Number:
    match tiebreak:
        case Tiebreak.DIFFERENCE:
            return found.difference
        case Tiebreak.GOALS:
            return found.goals
        case Tiebreak.AWAY_GOALS:
            return found.away_goals
        case Tiebreak.WINS:
            return found.wins
        case Tiebreak.AWAY_WINS:
            return found.away_wins
        case Tiebreak.OPPONENTS_POINTS:
            return _of_opponents(found, found.points)
        case Tiebreak.OPPONENTS_DIFFERENCE:
            return _of_opponents(found, found.difference)
        case Tiebreak.OPPONENTS_GOALS:
            return _of_opponents(found, found.goals)
        case _:
            # goal average: goals for by goals against, both below a thousand, so a millionth tells them apart
            scored = found.goals.astype(np.int64)
            against = scored - found.difference
            share = scored * 10**7 // np.maximum(against, 1)
            return np.where(against == 0, scored * 10**9, share)


def _of_opponents(found: Standings, values: Small) -> Number:
    sums = np.zeros(values.shape, dtype=np.int64)
    for home, away in found.pairings:
        sums[home] += values[away]
        sums[away] += values[home]
    return sums


def _head_to_head(
    found: Standings,
    rules: TableRules,
    tables: Sequence[Sequence[int]],
    key: Number,
    block: Iterable[Tiebreak],
) -> Number:
    """Extend the key by the matches among those level so far; again among those still level, if the rules say so."""
    wanted = tuple(block)
    while True:
        mini = _mini_table(found, rules.win, key, wanted)
        extended = _extend(key, mini)
        if not rules.reapply:
            return extended
        if _classes(extended, tables) == _classes(key, tables):
            return key
        key = extended


def _classes(key: Number, tables: Sequence[Sequence[int]]) -> int:
    """How many different ranks there are in all tables and runs together."""
    total = 0
    for table in tables:
        ordered = np.sort(key[list(table)], axis=0)
        total += int(np.count_nonzero(np.diff(ordered, axis=0)))
    return total


def _mini_table(found: Standings, win: int, key: Number, block: Sequence[Tiebreak]) -> Number:
    """One key of all head-to-head tie-breaks of the block, over the matches of clubs with equal keys."""
    points, difference, goals, away_goals = np.zeros((4, *key.shape), dtype=np.int16)
    for (home, away), scored, conceded in zip(found.pairings, *found.scores, strict=True):
        level = key[home] == key[away]
        if not level.any():
            continue
        margin = (scored.astype(np.int16) - conceded) * level
        points[home] += win * (margin > 0)
        points[away] += win * (margin < 0)
        drawn = level & (margin == 0)
        points[home] += drawn
        points[away] += drawn
        difference[home] += margin
        difference[away] -= margin
        goals[home] += scored * level
        goals[away] += conceded * level
        away_goals[away] += conceded * level
    values = {
        Tiebreak.HEAD_TO_HEAD_POINTS: points,
        Tiebreak.HEAD_TO_HEAD_DIFFERENCE: difference,
        Tiebreak.HEAD_TO_HEAD_GOALS: goals,
        Tiebreak.HEAD_TO_HEAD_AWAY_GOALS: away_goals,
    }
    mini = np.zeros(key.shape, dtype=np.int64)
    for tiebreak in block:
        mini = _extend(mini, values[tiebreak])
    return mini


def _extend(key: Number, value: NDArray[np.int16] | Number) -> Number:
    """The key with a further criterion behind it."""
    low, high = int(value.min(initial=0)), int(value.max(initial=0))
    span = high - low + 1
    if (int(key.max(initial=0)) - min(0, int(key.min(initial=0))) + 1) * span >= _FULL:
        key = _compressed(key)
    extended: Number = key * span
    extended += value
    extended -= low
    return extended


def _compressed(key: Number) -> Number:
    """The same order with the smallest numbers."""
    return np.unique(key, return_inverse=True)[1].reshape(key.shape).astype(np.int64)


def _places(key: Number) -> Small:
    """Places from 1 on, `[club, run]`, the highest key first."""
    clubs, runs = key.shape
    order = np.argsort(-key.T, axis=1)
    places = np.empty((runs, clubs), dtype=np.int16)
    np.put_along_axis(places, order, np.arange(1, clubs + 1, dtype=np.int16)[None, :], axis=1)
    return places.T
