"""Which season a match of a league belongs to, where the file gives its day and nothing else.

Leagues run from autumn to spring or through a calendar year, and many have changed from one to the other. A file is
cut into seasons where there is a break in play, clubs come and go, and ordered pairs of clubs meet anew; and so
that seasons are about a year apart. The best set of cuts is found exactly, by dynamic programming.

A season is named by the year in which it began. One that is played from January to June, just before another that
begins in the same year, is the year before's: Portugal's of 1935 was 1934-35.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["ANY_MONTH", "Ints", "seasons", "undated"]

Ints = npt.NDArray[np.int64]
ANY_MONTH: Final = frozenset(range(1, 13))

_YEAR: Final = 365.0
"""Days from the start of one season to that of the next."""
_SHORTEST_BREAK: Final = 10
"""Days without a match that a cut needs. Seasons that follow one another faster are not told apart."""
_WINDOW: Final = 130
"""Days before and after a break in which the clubs of a league are counted: more than a club is ever idle in a season,
fewer than a season takes."""
_REGULAR: Final = 3
"""Matches in a window by which a club is one of the league: a side of another tier plays fewer in a play-off."""
_MOST_CHANGES: Final = 6
"""Clubs that came or went; more than these say no more."""
_MOST_ON_A_DAY: Final = 6
"""Matches of all clubs together on one day, for each club: past these a day stands for a whole season."""
_LONGEST: Final = 800
"""Days: no season takes longer."""
_BREAK, _CAME, _WENT, _ANEW, _LENGTH, _PLAIN = 1.0, 1.1, 0.3, 3.0, 2.0, 2.5
"""Weights: of a break, by the logarithm of its weeks; of a club that came or went; of pairs that meet anew; of the
square of the hundreds of days by which a season is not a year; and of a cut in itself. Set by hand on leagues whose
seasons other sources tell, and not fitted."""


def seasons(days: Ints, home: Ints, away: Ints, months: frozenset[int] = ANY_MONTH) -> Ints:
    """The season of each match, as the year in which it began.

    `days` are days since 1970 in any order, `home` and `away` numbers that stand for clubs, from 0; seasons begin
    only in `months`, where that is known.
    """
    if not len(days):
        return days.copy()
    order = np.argsort(days, kind="stable")
    day, sides = days[order], np.stack([home[order], away[order]], axis=1)
    breaks = np.flatnonzero(np.diff(day) >= _SHORTEST_BREAK) + 1
    breaks = np.array([at for at in breaks if _date(day[at]).month in months], dtype=np.int64)
    starts = _starts(day, breaks, np.array([_worth(day, sides, int(at)) for at in breaks]))
    names = _names(day, starts)
    # a season whose days are not known stands under the first day of the next
    unknown = undated(days, home, away)[order]
    ends = np.append(starts[1:], len(day))
    alone = np.array(
        [bool(unknown[a:b].all()) and day[a] == day[b - 1] for a, b in zip(starts, ends, strict=True)]
    )
    names = names - alone
    season = np.empty_like(days)
    season[order] = np.repeat(names, np.diff([*starts, len(day)]))
    return season


def undated(days: Ints, home: Ints, away: Ints) -> npt.NDArray[np.bool_]:
    """Which matches stand under a day that is none: all of a season under one, as in France before 1938."""
    _, index, count = np.unique(days, return_inverse=True, return_counts=True)
    crowded = count > 2 * _MOST_ON_A_DAY
    for day in np.flatnonzero(crowded):
        here = index == day
        clubs = len(np.union1d(home[here], away[here]))
        crowded[day] = 2 * count[day] > _MOST_ON_A_DAY * clubs
    return np.asarray(crowded[index], dtype=np.bool_)


def _worth(day: Ints, sides: Ints, at: int) -> float:
    """How much speaks for a new season beginning with match `at`, its length aside."""
    gap = float(day[at] - day[at - 1])
    before = sides[np.searchsorted(day, day[at - 1] - _WINDOW) : at]
    after = sides[at : np.searchsorted(day, day[at] + _WINDOW, side="right")]
    most = int(max(before.max(initial=0), after.max(initial=0))) + 1
    was, is_ = (np.bincount(part.ravel(), minlength=most) for part in (before, after))
    came = int(np.count_nonzero((is_ >= _REGULAR) & (was == 0)))
    went = int(np.count_nonzero((was >= _REGULAR) & (is_ == 0)))
    old, new = (part[:, 0] * most + part[:, 1] for part in (before, after))
    anew = float(np.isin(new, old, kind="table").mean()) if len(new) else 0.0
    return (
        _BREAK * float(np.log(gap / 7))
        + _CAME * float(min(came, _MOST_CHANGES))
        + _WENT * float(min(went, _MOST_CHANGES))
        + _ANEW * anew
        - _PLAIN
    )


def _starts(day: Ints, breaks: Ints, worth: npt.NDArray[np.float64]) -> Ints:
    """The first match of each season: the best of all ways to cut at `breaks`."""
    first = np.concatenate([[0], breaks])  # first match of a part between breaks
    last = np.concatenate([breaks - 1, [len(day) - 1]])
    gain = np.concatenate([[0.0], worth])
    best = np.full(len(first) + 1, -np.inf)  # best[k]: of all parts before the k-th
    best[0] = 0.0
    back = np.zeros(len(first) + 1, dtype=np.int64)
    for k in range(1, len(first) + 1):
        since = int(np.searchsorted(day[first[:k]], day[last[k - 1]] - _LONGEST))
        since = min(since, k - 1)
        begin = day[first[since:k]].astype(np.float64)
        span = day[last[k - 1]] - begin + 30
        until = day[first[k]] - begin if k < len(first) else np.maximum(span, _YEAR)
        # a season that lacks, in between, does not make the one before it long
        off = np.where(until < _YEAR, _YEAR - until, np.maximum(span - _YEAR, 0)) / 100
        value = best[since:k] + gain[since:k] - _LENGTH * off**2
        chosen = int(np.argmax(value))
        best[k], back[k] = value[chosen], since + chosen
    at, found = len(first), []
    while at:
        at = int(back[at])
        found.append(first[at])
    return np.array(found[::-1], dtype=np.int64)


def _names(day: Ints, starts: Ints) -> Ints:
    """The year that each season is named by."""
    lasts = np.append(starts[1:], len(day)) - 1
    began = [_date(day[at]) for at in starts]
    ended = [_date(day[at]) for at in lasts]
    names = [date.year for date in began]
    for i in range(len(names) - 2, -1, -1):
        if names[i] < names[i + 1] or not _in_spring(began[i], ended[i]):
            continue
        # all that could move with it: seasons of one spring each, up to one that leaves room
        first = i
        while (
            first and _in_spring(began[first - 1], ended[first - 1]) and names[first - 1] == names[first] - 1
        ):
            first -= 1
        if not first or names[first - 1] < names[first] - 1:
            names[first : i + 1] = [name - 1 for name in names[first : i + 1]]
    return np.array(names, dtype=np.int64)


def _in_spring(first: dt.date, last: dt.date) -> bool:
    return first.year == last.year and last.month <= 7


def _date(day: np.int64) -> dt.date:
    return dt.date.fromordinal(int(day) + dt.date(1970, 1, 1).toordinal())
