"""The phases of a league season: round robins, splits and play-offs, told by who met whom how often.

Clubs are numbers from 0, matches stand in the order of their days. In a complete phase the clubs fall into groups in
which everybody met everybody equally often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST_CLUBS", "Ints", "Phase", "listed", "meetings", "phase", "phases", "times", "uniform"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEAST_CLUBS: Final = 4
"""Clubs of a league; two or three may be the rest of anything."""

_BASE_DAY: Final = 3
"""Matches of a season proper on a day from which a play-off is not played on that day too."""

_DEPTH: Final = 3
"""Phases of a season: regular season, split, play-offs."""

_GROUP_SIZES: Final = 6
"""Groups of different sizes that a phase may have."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase in which every group is complete: (clubs, meetings) of each group, and its matches."""

    groups: tuple[tuple[int, int], ...]
    matches: int

    @property
    def words(self) -> str:
        """The phase in words: "12 clubs met each other 3 times"."""
        parts = []
        for met in sorted({met for _, met in self.groups}, reverse=True):
            sizes = [clubs for clubs, often in self.groups if often == met]
            different = listed([str(size) for size in sorted(set(sizes), reverse=True)])
            group = f"{len(sizes)} groups of {different}" if len(sizes) > 1 else different
            parts.append(f"{group} clubs met each other {times(met)}")
        return listed(parts)


def uniform(home: Ints, away: Ints, clubs: int) -> bool:
    """Whether the matches are complete groups: in each, everybody met everybody else equally often."""
    return _groups(meetings(home, away, clubs)) is not None


def meetings(home: Ints, away: Ints, clubs: int) -> Ints:
    """How often each pair met: `met[one, other]`, symmetric."""
    met = np.bincount(home * clubs + away, minlength=clubs * clubs).reshape(clubs, clubs)
    return met + met.T


def _cliques(met: Ints) -> bool:
    """Whether who met falls into groups in which everybody met everybody."""
    near = met > 0
    np.fill_diagonal(near, True)
    reach = near.astype(np.float32)
    return bool(((reach @ reach > 0) == near).all())


def _groups(met: Ints) -> tuple[tuple[int, int], ...] | None:
    """(clubs, meetings) of each group of two and more, if every group is complete; else None."""
    often = met.max(axis=1)
    near = met > 0
    if not (met == near * often[:, None]).all() or not _cliques(met):
        return None
    size = near.sum(axis=1) + 1
    found = []
    for clubs, times_met in {(int(s), int(o)) for s, o in zip(size, often, strict=True) if o}:
        how_many = int(((size == clubs) & (often == times_met)).sum()) // clubs
        found += [(clubs, times_met)] * how_many
    return tuple(sorted(found, reverse=True)) or None


def phase(met: Ints) -> Phase | None:
    """The phase that `met[one, other]` makes, if every group in it is complete; else None."""
    groups = _groups(met)
    if groups is None:
        return None
    return Phase(groups, sum(n * (n - 1) // 2 * k for n, k in groups))


def phases(home: Ints, away: Ints, day: Ints, clubs: int) -> tuple[list[Phase], int]:
    """The phases that the matches (by day) fall into, and how many matches of play-offs are over; [] if none fit."""
    met = meetings(home, away, clubs)
    if (met.sum(axis=1) == 0).any():
        return [], 0
    if (found := phase(met)) and _is_season(found):
        return [found], 0
    if _cliques(met):
        # everybody met everybody of the group: the least number of meetings is the season proper
        near = met > 0
        least = np.where(near, met, np.iinfo(np.int64).max).min(axis=1)
        group_least = np.where(near | np.eye(clubs, dtype=bool), least[None, :], np.iinfo(np.int64).max)
        base = near * group_least.min(axis=1)[:, None]
        nth = _nth(home, away)
        over = nth >= base[home, away]
        found = phase(base)
        if found is not None and _is_season(found) and over.sum() <= (~over).sum():
            rest = _rest(home[over], away[over], day[over], clubs, _busy(day[~over]), _DEPTH - 1)
            if rest is not None and (rest[0] or not _goes_on(found, home[over], away[over], clubs)):
                return [found, *rest[0]], rest[1]
    return _cut(home, away, day, clubs)


def _is_season(season: Phase) -> bool:
    """Whether the groups are large enough for a season: pairs who met are its first days, or the rest of anything."""
    return season.groups[0][0] >= LEAST_CLUBS and season.groups[-1][0] >= _LEAST_GROUP


_LEAST_GROUP: Final = 3
"""Clubs of a group."""


def _goes_on(season: Phase, home: Ints, away: Ints, clubs: int) -> bool:
    """Whether what looks like play-offs may be the first round of a return: most clubs play, and it is owed to them."""
    odd = any(met % 2 for _, met in season.groups)
    return odd and 2 * len(np.unique(np.concatenate([home, away]))) > clubs


def _cut(home: Ints, away: Ints, day: Ints, clubs: int) -> tuple[list[Phase], int]:
    """Two phases one after the other, in groups that mix: the day between them is looked for."""
    for end in _even_days(home, away, day, clubs):
        if end == len(day):
            continue
        first = phase(meetings(home[:end], away[:end], clubs))
        if first is None or not _is_season(first) or sum(n for n, _ in first.groups) < clubs:
            continue
        rest = _rest(home[end:], away[end:], day[end:], clubs, _busy(day[:end]), _DEPTH - 1)
        if rest is not None and (rest[0] or not _goes_on(first, home[end:], away[end:], clubs)):
            return [first, *rest[0]], rest[1]
    return [], 0


def _rest(
    home: Ints, away: Ints, day: Ints, clubs: int, busy: Ints, depth: int
) -> tuple[list[Phase], int] | None:
    """What comes after the season proper: further phases, then play-offs; None if it fits neither."""
    if not len(home):
        return [], 0
    found = _later(home, away, clubs)
    if found is not None:
        return [found], 0
    if _is_play_off(home, away, day, clubs, busy):
        return [], len(home)
    peeled = _without_finals(home, away, day, clubs)
    if peeled is not None:
        return peeled
    if depth:
        for end in _even_days(home, away, day, clubs):
            if end == len(day):
                continue
            first = _later(home[:end], away[:end], clubs)
            if first is None:
                continue
            after = np.concatenate([busy, _busy(day[:end])])
            rest = _rest(home[end:], away[end:], day[end:], clubs, after, depth - 1)
            if rest is not None:
                return [first, *rest[0]], rest[1]
    return None


def _later(home: Ints, away: Ints, clubs: int) -> Phase | None:
    """A phase after the season proper: of several groups, or of clearly fewer clubs."""
    found = phase(meetings(home, away, clubs))
    if found is None or found.groups[0][0] < LEAST_CLUBS:
        return None
    # most clubs of one half of a year and of the other are the same: two halves of two seasons, not two phases
    return found if len(found.groups) > 1 or found.groups[0][0] <= _LATER * clubs else None


_LATER: Final = 0.7
"""Share of the clubs that a single group after the season proper has at most."""


def _without_finals(home: Ints, away: Ints, day: Ints, clubs: int) -> tuple[list[Phase], int] | None:
    """Groups whose clubs then met those of other groups in ties, as in Belgium from 2009-10; None if it is not so.

    A tie is peeled off if all its matches are later than all others of both clubs: that is no pair of a double round.
    """
    met = meetings(home, away, clubs)
    if 2 * (met == 1).sum() > (met > 1).sum():
        return None
    kept = np.ones(len(day), dtype=bool)
    for _ in range(_FINALS):
        pair = _last_pair(home, away, day, kept)
        if pair is None:
            return None
        kept &= ~pair
        found = _later(home[kept], away[kept], clubs)
        if found is not None and min(met for n, met in found.groups if n >= LEAST_CLUBS) > 1:
            return [found], int((~kept).sum())
    return None


_FINALS: Final = 8
"""Ties after the groups at most."""


def _last_pair(home: Ints, away: Ints, day: Ints, kept: Flags) -> Flags | None:
    """The matches of a pair, all of them later than any other that is kept of the two; None if there is none."""
    for last in np.flatnonzero(kept)[: -2 * _FINALS : -1]:
        one, other = home[last], away[last]
        ours: Flags = kept & (((home == one) & (away == other)) | ((home == other) & (away == one)))
        theirs = kept & ~ours & ((home == one) | (away == one) | (home == other) | (away == other))
        if not theirs.any() or day[ours].min() > day[theirs].max():
            return ours
    return None


def _even_days(home: Ints, away: Ints, day: Ints, clubs: int) -> list[int]:
    """Ends of days (as numbers of matches so far) after which a phase may be over, latest first."""
    played = np.zeros((len(day), clubs), dtype=np.int32)
    at = np.arange(len(day))
    played[at, home] += 1
    played[at, away] += 1
    so_far = np.cumsum(played, axis=0)
    ends = np.flatnonzero(np.append(np.diff(day) > 0, True))
    ordered = np.sort(so_far[ends], axis=1)
    few = (np.diff(ordered, axis=1) > 0).sum(axis=1) < _GROUP_SIZES
    return [
        end + 1
        for end, played in zip(ends[few][::-1].tolist(), ordered[few][::-1].tolist(), strict=True)
        if all(_may_be_groups(*each) for each in Counter(played).items() if each[0])
    ]


@cache
def _may_be_groups(played: int, clubs: int) -> bool:
    """Whether so many clubs with so many matches each can make complete groups: in one of n, all have k (n - 1)."""
    return any(clubs % size == 0 and played % (size - 1) == 0 for size in range(LEAST_CLUBS, clubs + 1))


def _is_play_off(home: Ints, away: Ints, day: Ints, clubs: int, busy: Ints) -> bool:
    """Whether the matches look like ties: on days of their own, and one tie less than clubs where they hang together.

    A match too many in mid-season is on a day on which the season proper was played.
    """
    if np.isin(day, busy).any():
        return False
    breaks = np.flatnonzero(np.diff(day) > _BRACKET_GAP) + 1
    for part in np.split(np.arange(len(day)), breaks):
        met = meetings(home[part], away[part], clubs)
        pairs = int((met > 0).sum()) // 2
        if met.max() > _LEGS or not _is_forest(met, pairs):
            return False
    return True


_BRACKET_GAP: Final = 60
"""Days between the play-offs of one half of a season and those of the other."""

_LEGS: Final = 3
"""Matches of a tie at most."""


def _is_forest(met: Ints, pairs: int) -> bool:
    """Whether ties never lead back to where they began: every club but one of each bracket goes out once."""
    root = np.arange(len(met))

    def top(club: int) -> int:
        while root[club] != club:
            club = int(root[club])
        return club

    joined = 0
    for one, other in np.argwhere(np.triu(met) > 0):
        a, b = top(int(one)), top(int(other))
        if a == b:
            return False
        root[a] = b
        joined += 1
    return joined == pairs


def _busy(day: Ints) -> Ints:
    days, matches = np.unique(day, return_counts=True)
    return days[matches >= _BASE_DAY]


def _nth(home: Ints, away: Ints) -> Ints:
    """How many times the two of each match met before, in the order of the rows."""
    pair = np.minimum(home, away) * (int(max(home.max(), away.max())) + 1) + np.maximum(home, away)
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(pair[order]) > 0))
    lengths = np.diff(np.append(starts, len(pair)))
    nth = np.empty(len(pair), dtype=np.int64)
    nth[order] = np.arange(len(pair)) - np.repeat(starts, lengths)
    return nth


# -- words --------------------------------------------------------------------------------------------

_TIMES: Final = {1: "once", 2: "twice"}


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return _TIMES.get(number, f"{number} times")


def listed(parts: Sequence[str]) -> str:
    """ "A, B and C"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
