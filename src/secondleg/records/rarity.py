"""How rare a value is among all comparable clubs: the scale on which facts of every kind are measured.

    surprise(value) = -log2(share of comparable clubs with a value at least as extreme)

in bits: 1 bit is one club in two, 5 bits one in 32, 10 bits one in a thousand. Comparable are all clubs that the
archive shows at work in the same kind of competition, on the day of the view and on the same day of the years
before it. No share is taken to be smaller than one of those compared.

A share of matches (won k of n) is compared after it is drawn towards what is usual: (k + m p) / (n + m), with p the
share of all comparable clubs together and m = `PRIOR` matches. So none of two says little, and none of 40 much.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from secondleg.records.columns import BITS, Bools, Columns, Ints

__all__ = ["PRIOR", "YEARS", "Alone", "Moments", "drawn_in", "groups_of", "moments", "surprise"]

Floats = np.ndarray[Any, np.dtype[np.floating[Any]]]

YEARS: Final = 6
"""Years back in which clubs are compared, one day in each: our choice; about 8,000 clubs' days in a full archive."""

PRIOR: Final = 10.0
"""Matches that what is usual weighs, against a club's own: our choice."""

_ACTIVE: Final = 365
"""Days since its last match in scope after which a club is no longer compared."""


def surprise(value: float, others: Floats | Ints) -> tuple[float, int, int]:
    """Bits of surprise in `value` among `others`, how many of these are at least as extreme, and how many there are."""
    n = len(others)
    if n == 0:
        return 0.0, 0, 0
    extreme = int(np.count_nonzero(others >= value))
    return float(np.log2(n / max(extreme, 1))), extreme, n


def drawn_in(k: Floats | Ints, n: Floats | Ints, usual: float) -> Floats:
    """Shares k of n, drawn towards the usual share."""
    drawn: Floats = (k + PRIOR * usual) / (n + PRIOR)
    return drawn


@dataclass(eq=False)
class Moments:
    """Groups of rows (a club's matches, a pair's), each looked at on one or several days.

    `first[i]` is the first row of the group of moment i, `last[i]` the last row before its day. All counts are over
    the rows from one to the other.
    """

    rows: Columns
    first: Ints
    last: Ints

    def __post_init__(self) -> None:
        self._places: dict[tuple[int, bool], Ints] = {}
        self._counted: dict[tuple[object, ...], Ints] = {}

    def __len__(self) -> int:
        return len(self.last)

    @cached_property
    def played(self) -> Ints:
        """Rows up to each moment."""
        found: Ints = self.last - self.first + 1
        return found

    def places(self, event: int, holds: bool) -> Ints:
        """Rows in which the event held, or those in which it did not."""
        key = (event, holds)
        if key not in self._places:
            self._places[key] = np.flatnonzero(self.rows.bit(event) == holds).astype(np.int32)
        return self._places[key]

    def run(self, event: int, holds: bool) -> Ints:
        """Length of the current run, at each moment, of rows in which the event held (or did not)."""
        key = ("run", event, holds)
        if key not in self._counted:
            stops = np.concatenate((np.array([-1], dtype=np.int32), self.places(event, not holds)))
            stop = stops[np.searchsorted(stops, self.last, side="right") - 1]
            self._counted[key] = _small(self.last - np.maximum(stop, self.first - 1))
        return self._counted[key]

    def count(self, event: int, last: int | None = None) -> Ints:
        """How often the event held up to each moment, or in the last n rows before it."""
        key = ("count", event, last)
        if key not in self._counted:
            places = self.places(event, True)
            since = self.first if last is None else np.maximum(self.first, self.last - last + 1)
            upto = np.searchsorted(places, self.last, side="right")
            self._counted[key] = _small(upto - np.searchsorted(places, since, side="left"))
        return self._counted[key]

    def goals(self, measure: str, last: int) -> Ints:
        """Goals scored or conceded in the last n rows; only of moments with so many before them."""
        key = ("goals", measure, last)
        if key not in self._counted:
            sums = np.concatenate(([0], np.cumsum(getattr(self.rows, measure), dtype=np.int64)))
            end = self.last[self.enough(last)]
            self._counted[key] = _small(sums[end + 1] - sums[end + 1 - last])
        return self._counted[key]

    def enough(self, n: int) -> Bools:
        """Moments with n rows or more before them."""
        found: Bools = self.played >= n
        return found


@dataclass(eq=False)
class Alone:
    """One club's own rows, oldest first, counted for all events at once; lists go through the events in their order."""

    rows: Columns

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def _newest_first(self) -> Bools:
        """newest_first[row, event]."""
        events = np.arange(len(BITS[self.rows.unit]), dtype=np.uint64)
        found: Bools = (self.rows.holds[::-1, None] >> events & np.uint64(1)).astype(np.bool_)
        return found

    @cached_property
    def runs(self) -> list[int]:
        """Length of the current run of each event."""
        return self._until(~self._newest_first)

    @cached_property
    def waits(self) -> list[int]:
        """Rows since each event last held."""
        return self._until(self._newest_first)

    def _until(self, stops: Bools) -> list[int]:
        found: list[int] = np.where(stops.any(axis=0), stops.argmax(axis=0), len(stops)).tolist()
        return found

    @cached_property
    def counts(self) -> list[int]:
        """How often each event held."""
        found: list[int] = self._newest_first.sum(axis=0).tolist()
        return found

    @cached_property
    def _counts_of_last(self) -> dict[int, list[int]]:
        return {}

    def count(self, event: int, last: int) -> int:
        """How often an event held in the last n rows."""
        if last not in self._counts_of_last:
            self._counts_of_last[last] = self._newest_first[:last].sum(axis=0).tolist()
        return self._counts_of_last[last][event]

    def goals(self, measure: str, last: int) -> int:
        """Goals scored or conceded in the last n rows."""
        return int(getattr(self.rows, measure)[-last:].sum())

    def longest(self, event: int) -> tuple[int, int]:
        """The longest run of an event, and the longest before the current one."""
        n = len(self)
        stops = np.concatenate(([-1], np.flatnonzero(~self._newest_first[:, event]), [n]))
        runs = np.diff(stops) - 1
        return int(runs.max()), int(runs[1:].max()) if len(runs) > 1 else 0


def _small(counts: Ints) -> Ints:
    """Counts as they are kept: nobody has played 30,000 matches."""
    return counts.astype(np.int16)


def groups_of(rows: Columns, per: str) -> tuple[Columns, Ints]:
    """The rows sorted by group and time, and the number of each row's group.

    `per` is "club", or what a club is looked at against: "opponent" or "country".
    """
    if per == "club":
        change = np.empty(len(rows), dtype=np.bool_)
        change[:1] = True
        change[1:] = rows.club[1:] != rows.club[:-1]
        return rows, np.cumsum(change) - 1
    # two hashes make one: a clash would put two pairs together, once in 10^7 archives
    mixed = rows.club * np.uint64(0x9E3779B97F4A7C15) ^ getattr(rows, per).astype(np.uint64)
    _, group = np.unique(mixed, return_inverse=True)
    order = np.argsort(group, kind="stable")
    return rows.take(order), group[order]


def moments(rows: Columns, per: str, day: int, years: int | None) -> Moments:
    """Every group on `day` and on the same day of the `years` before it; for None on the last day alone, however old.

    `rows` are sorted by club and time.
    """
    rows, group = groups_of(rows, per)
    n = len(rows)
    if n == 0:
        none = np.zeros(0, dtype=np.int64)
        return Moments(rows, none, none)
    ends = np.empty(n, dtype=np.bool_)
    ends[-1:] = True
    ends[:-1] = group[1:] != group[:-1]
    starts = np.concatenate(([0], np.flatnonzero(ends)[:-1] + 1))
    if years is None:
        last = np.flatnonzero(ends)
        return Moments(rows, starts[group[last]], last)
    following = np.empty(n, dtype=rows.day.dtype)
    following[-1:] = np.iinfo(rows.day.dtype).max
    following[:-1] = np.where(ends[:-1], np.iinfo(rows.day.dtype).max, rows.day[1:])
    found = []
    for back in range(years):
        at = day - round(365.25 * back)
        found.append(np.flatnonzero((rows.day < at) & (following >= at) & (rows.day >= at - _ACTIVE)))
    last = np.concatenate(found)
    return Moments(rows, starts[group[last]], last)
