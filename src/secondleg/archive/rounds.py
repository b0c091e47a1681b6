"""Which matches make a tie, and of which round, where a source tells neither.

A knockout leaves its shape in the fixture list: clubs that meet in consecutive matches, after which one of
them is gone. From the final backwards, the ties that a round's clubs came from are the round before. A group
stage is what is left: clubs that meet and both go on. The stages themselves, and how many there were, come
from the declared format of the season; what does not fit into it gets no stage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final

from secondleg.football.rules import Format
from secondleg.football.stage import is_qualifying

__all__ = ["Meeting", "Placed", "Run", "place"]

_CLEARLY: Final = 2
"""How many times nearer (in days) a tie must be to the usual days of an earlier round than to its own, to be
moved there. Rounds of the early cups stretched over months; 2 gives the rounds of every European Cup, Cup
Winners' Cup and Fairs Cup as they were played."""
_BEFORE_GROUPS: Final = 7
"""Days between the last qualifying match and the usual first group match, at least."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A match as far as its place in a competition goes; `day` is an ordinal."""

    id: int
    day: int
    home: str
    away: str
    stage: str | None = None


@dataclass(slots=True, eq=False)
class Run:
    """Meetings of one pair that make a tie, by day."""

    meetings: list[Meeting]
    clubs: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.clubs = frozenset((self.meetings[0].home, self.meetings[0].away))

    @property
    def first(self) -> int:
        """Day of the first meeting."""
        return self.meetings[0].day

    @property
    def last(self) -> int:
        """Day of the last meeting."""
        return self.meetings[-1].day


@dataclass(frozen=True, slots=True)
class Placed:
    """What `place` found: ties with their stage, and the stage of each match of a table."""

    ties: list[tuple[str | None, Run]]
    tables: dict[int, str]
    """Stage by match id."""


def place(meetings: Iterable[Meeting], format_: Format) -> Placed:
    """Find the ties and stages of one season of a competition that has the given format.

    Meetings that carry a stage keep it: a stage played as a table fixes where the groups begin, and ties that
    have a stage are left to the caller. The order of `meetings` does not matter.
    """
    ordered = sorted(meetings, key=lambda m: (m.day, m.home, m.away, m.id))
    stages = list(format_.stages)
    tables = [stage for stage in stages if stage in format_.tables]
    if not tables:
        runs = _runs(ordered, consecutive=False)
        return Placed(_name(runs, _levels(runs, stages, format_.finals), stages, base=0), {})

    before_names = stages[: stages.index(tables[0])]
    after_names = stages[stages.index(tables[-1]) + 1 :]
    known = {m.id for m in ordered if m.stage in format_.tables}
    if known:
        start = min(m.day for m in ordered if m.id in known)
        loose = [m for m in ordered if m.stage is None and m.day < start]
        runs = _runs(loose, consecutive=True)
        groups: dict[int, str] = {}
        after: list[Run] = []
        in_groups = {club for m in ordered if m.id in known for club in (m.home, m.away)}
    else:
        runs, groups, after = _split(ordered, format_, tables)
        if not before_names:
            # nothing can come before groups that open the competition: clubs of a group of two met there
            groups |= {m.id: tables[0] for run in runs for m in run.meetings}
            runs = []
        in_groups = {club for m in ordered if m.id in groups for club in (m.home, m.away)}
    ties = _name(runs, _levels(runs, before_names, 0, goes_on=in_groups), before_names, base=1)
    ties += _name(after, _levels(after, after_names, format_.finals), after_names, base=0)
    if not before_names and groups:
        # nor can ties beside them
        last = max(m.day for m in ordered if m.id in groups)
        beside = [run for name, run in ties if name is None and run.first <= last]
        groups |= {m.id: tables[-1] for run in beside for m in run.meetings}
        ties = [(name, run) for name, run in ties if run not in beside]
    return Placed(ties, groups)


def _runs(ordered: Sequence[Meeting], *, consecutive: bool) -> list[Run]:
    """Meetings of each pair; with `consecutive`, broken where either club met somebody else in between."""
    position: dict[tuple[str, int], int] = {}
    played: dict[str, int] = defaultdict(int)
    pairs: dict[frozenset[str], list[Meeting]] = defaultdict(list)
    for m in ordered:
        for club in (m.home, m.away):
            position[club, m.id] = played[club]
            played[club] += 1
        pairs[frozenset((m.home, m.away))].append(m)
    runs = []
    for met in pairs.values():
        current = [met[0]]
        for before, m in pairwise(met):
            together = all(position[club, m.id] == position[club, before.id] + 1 for club in (m.home, m.away))
            if consecutive and not together:
                runs.append(Run(current))
                current = []
            current.append(m)
        runs.append(Run(current))
    return sorted(runs, key=lambda run: (run.first, run.meetings[0].home))


def _split(
    ordered: Sequence[Meeting], format_: Format, tables: Sequence[str]
) -> tuple[list[Run], dict[int, str], list[Run]]:
    """Ties before the groups, the stage of each group match, ties after the groups."""
    last_day: dict[str, int] = {}
    for m in ordered:
        last_day[m.home] = last_day[m.away] = m.day
    runs = _runs(ordered, consecutive=True)
    ends = max(runs, key=lambda run: run.last)
    ties: list[Run] = []
    rest: list[Run] = []
    for run in runs:
        out = any(last_day[club] == run.last for club in run.clubs)
        (ties if run is ends or (out and len(run.meetings) > 1) else rest).append(run)
    first_day: dict[str, int] = {}
    for run in rest:
        for club in run.clubs:
            first_day.setdefault(club, run.first)
    if not first_day:
        return [], {}, ties
    # the usual first match day; a club of a group of five may begin later, one that was put back in began
    # earlier
    start = median(first_day.values()) - _BEFORE_GROUPS
    ties += [run for run in rest if run.last < start]
    rest = [run for run in rest if run.last >= start]

    groups: dict[int, str] = {}
    played: dict[str, int] = defaultdict(int)
    limits: list[tuple[int, str]] = []
    for stage in tables:
        limits.append(((limits[-1][0] if limits else 0) + format_.tables[stage].matches, stage))
    in_order = sorted((m for run in rest for m in run.meetings), key=lambda m: (m.day, m.home, m.away, m.id))
    singles: set[int] = set()
    for m in in_order:
        number = max(played[m.home], played[m.away])
        played[m.home] += 1
        played[m.away] += 1
        stage_of = next((stage for limit, stage in limits if number < limit), None)
        if stage_of is None:
            singles.add(m.id)
        else:
            groups[m.id] = stage_of
    ties += [Run([m]) for run in rest for m in run.meetings if m.id in singles]
    begin = min((m.day for m in in_order if m.id in groups), default=0)
    before = [run for run in ties if run.last < begin]
    after = [run for run in ties if run.last >= begin]
    return before, groups, after


def _levels(
    runs: Sequence[Run], stages: Sequence[str], finals: int, goes_on: Iterable[str] = ()
) -> dict[Run, int]:
    """How many rounds each tie is before the end: 0 for a final, or for what the ties lead to (`finals` = 0).

    `goes_on` are clubs that play on after the last of these ties (in the groups).
    """
    by_club: dict[str, list[Run]] = defaultdict(list)
    for run in sorted(runs, key=lambda run: (run.first, run.last)):
        for club in run.clubs:
            by_club[club].append(run)
    later: dict[Run, list[Run]] = {run: [] for run in runs}
    earlier: dict[Run, list[Run]] = {run: [] for run in runs}
    for met in by_club.values():
        for one, other in pairwise(met):
            later[one].append(other)
            earlier[other].append(one)
    without = [run for run in runs if not later[run]]
    if finals:
        roots = set(sorted(without, key=lambda run: (run.last, run.first))[-finals:])
    else:
        ahead = set(goes_on)
        roots = {run for run in without if run.clubs & ahead}
    base = 0 if finals else 1
    levels: dict[Run, int] = {}
    loose: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.first, run.last), reverse=True):
        following = [levels[after] for after in later[run] if after in levels]
        if following:
            levels[run] = max(following) + 1
        elif run in roots:
            levels[run] = base
        else:
            loose.append(run)
    opens = len(stages) - 1 + base if stages and is_qualifying(stages[0]) else None
    _move_early(levels, earlier, opens)
    for run in loose:
        # its winner is not heard of again: the round that was played in those days
        days = _days(levels, lambda other: other.first)
        if days:
            levels[run] = min(sorted(days), key=lambda level: abs(median(days[level]) - run.first))
    return levels


def _days(levels: Mapping[Run, int], day: Callable[[Run], int]) -> dict[int, list[int]]:
    result: dict[int, list[int]] = defaultdict(list)
    for run, level in levels.items():
        result[level].append(day(run))
    return result


def _move_early(levels: dict[Run, int], earlier: Mapping[Run, Sequence[Run]], opens: int | None) -> None:
    """Move ties whose winner skipped a round (bye, walkover) back to the round in which they were played.

    A tie is fixed where a chain of ties leads through every round to it and from it. The days of the fixed
    ties show when each round was played; a tie that is not fixed goes to the round that is nearest.
    """
    deepest = max(levels.values(), default=0)
    depth: dict[Run, int] = {}

    def below(run: Run) -> int:
        if run not in depth:
            depth[run] = max((1 + below(before) for before in earlier[run] if before in levels), default=0)
        return depth[run]

    def shift(run: Run, level: int) -> None:
        levels[run] = level
        for before in earlier[run]:
            if before in levels and levels[before] <= level:
                shift(before, level + 1)

    fixed = {run: level for run, level in levels.items() if level + below(run) == deepest}
    usual = {level: median(days) for level, days in _days(fixed, lambda run: run.first).items()}
    for run in sorted(levels, key=lambda run: (levels[run], run.first, run.last)):
        lowest, highest = levels[run], deepest - below(run)
        open_ = [level for level in range(lowest, highest + 1) if level in usual and level != opens]
        if lowest < highest and open_:
            away = {level: abs(usual[level] - run.first) for level in open_}
            nearest = min(open_, key=lambda level: (away[level], level))
            over = lowest not in usual or run.last < usual[lowest]
            if (
                nearest > lowest
                and over
                and away[nearest] * _CLEARLY <= away.get(lowest, away[nearest] * _CLEARLY)
            ):
                shift(run, nearest)


def _name(
    runs: Sequence[Run], levels: Mapping[Run, int], stages: Sequence[str], base: int
) -> list[tuple[str | None, Run]]:
    """The stage of each tie, counted from the end of `stages`; None where there are more rounds than
    stages."""
    named: list[tuple[str | None, Run]] = []
    for run in runs:
        level = levels.get(run)
        number = None if level is None else len(stages) - 1 - (level - base)
        named.append((stages[number] if number is not None and 0 <= number < len(stages) else None, run))
    return named
