"""Spellings cut by season, where they belong to different clubs: by a user's word, the register, or fixtures.

A spelling belongs to two clubs where another source has two for it, each in years of its own, and those two met each
other or played elsewhere on the same days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from secondleg.archive.fixtures import Evidence, Spelling
from secondleg.archive.identity import Register
from secondleg.archive.names import fold

__all__ = ["Part", "Resolution", "cut", "two_clubs"]

_FEW: Final = 3
_CLASHES: Final = 2
"""Days on which two spellings of one source both played, from which they are two clubs; of few matches one is enough.
A single day may be a slip of the source's pen."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A user's word that a spelling is a club; None for a source or season: in all of them."""

    country: str
    name: str
    club: str
    source: str | None = None
    first: int | None = None
    last: int | None = None


@dataclass(slots=True)
class Part:
    """A spelling in some of its seasons: what is one club as a whole."""

    spelling: int
    first: int
    last: int
    matches: int
    label: str | None = None
    """Club id, where a resolution or the register knows it."""
    how: str = "alone"
    doubts: set[int] = field(default_factory=set)
    """Other parts that it may belong with just as well."""


def cut(
    spellings: Sequence[Spelling],
    evidence: Evidence,
    register: Register,
    resolutions: Sequence[Resolution] = (),
) -> list[Part]:
    """All spellings, each in as many parts as it means clubs, ordered by spelling and season."""
    parts: list[Part] = []
    told: defaultdict[tuple[str, str], list[Resolution]] = defaultdict(list)
    for r in resolutions:
        told[r.country, fold(r.name)].append(r)
    labels = {i: _labels(s, told, register) for i, s in enumerate(spellings)}
    known = {i: {c for c, _ in by.values()} for i, by in labels.items() if by}
    cuts = _cuts(spellings, evidence, known)
    for i, s in enumerate(spellings):
        seasons = sorted(evidence.seasons.get(i, ())) or list(range(s.first, s.last + 1))
        given = {
            season: (labels[i].get(season), cuts.get(i, {}).get(season))
            for season in range(s.first, max(s.last, seasons[-1]) + 1)
        }
        first, before = s.first, seasons[0]
        for season in [*seasons[1:], None]:
            if season is not None and given[season] == given[before]:
                before = season
                continue
            # the seasons between that are not held go where the register has them
            following = (
                next((y for y in range(before + 1, season + 1) if given[y] == given[season]), season)
                if season is not None
                else s.last + 1
            )
            held = evidence.seasons.get(i)
            matches = (
                s.matches if held is None else sum(n for year, n in held.items() if first <= year < following)
            )
            parts.append(Part(i, first, following - 1, matches, *(given[before][0] or (None, "alone"))))
            first, before = following, season or before
    return parts


def two_clubs(spellings: Sequence[Spelling], evidence: Evidence, one: int, other: int) -> bool:
    """Whether two spellings of one source met each other, or played elsewhere on one day."""
    if one == other:
        return False
    if (min(one, other), max(one, other)) in evidence.met:
        return True
    fewer = min(spellings[one].matches, spellings[other].matches)
    return evidence.clashes(one, other) >= (1 if fewer <= _FEW else _CLASHES)


def _labels(
    s: Spelling, told: Mapping[tuple[str, str], Sequence[Resolution]], register: Register
) -> dict[int, tuple[str, str]]:
    """Club id and how it is known, by season, where a resolution or the register says so."""
    found: dict[int, tuple[str, str]] = {}
    for r in told.get((s.country, fold(s.name)), ()):
        if r.source in (None, s.source):
            for year in range(max(s.first, r.first or 0), min(s.last, r.last or 9999) + 1):
                found[year] = (r.club, "resolution")
    for club, first, last in register.spelled(s.country, s.name):
        for year in range(max(s.first, first or 0), min(s.last, last or 9999) + 1):
            found.setdefault(year, (club, "register"))
    return found


def _cuts(
    spellings: Sequence[Spelling], evidence: Evidence, known: Mapping[int, set[str]]
) -> dict[int, dict[int, int]]:
    """For each spelling that another source shows to be several clubs: which of them, by year.

    Those are the spellings of one other source that share its fixtures in different years, and that cannot be
    one club.
    """
    by_source: defaultdict[tuple[int, str], defaultdict[int, dict[int, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for shared in evidence.shared:
        for one, other in ((shared.one, shared.other), (shared.other, shared.one)):
            years = by_source[one, spellings[other].source][other]
            years[shared.year] = years.get(shared.year, 0) + shared.matches
    cuts: dict[int, dict[int, int]] = {}
    for (one, _), others in sorted(by_source.items(), key=lambda item: item[0]):
        if len(others) < 2 or one in cuts or len(known.get(one, ())) > 1:
            continue
        groups = _apart(spellings, evidence, others, known)
        if len(set(groups.values())) > 1:
            cuts[one] = _by_year(spellings[one], others, groups)
    return cuts


def _apart(
    spellings: Sequence[Spelling],
    evidence: Evidence,
    others: Mapping[int, Mapping[int, int]],
    known: Mapping[int, set[str]],
) -> dict[int, int]:
    """Spellings of one source in groups that can be one club each, in the order of their years."""

    def can_be_one(one: int, other: int) -> bool:
        if known.get(one) and known.get(other):
            return not known[one].isdisjoint(known[other])
        return not two_clubs(spellings, evidence, one, other)

    groups: dict[int, int] = {}
    ordered = sorted(others, key=lambda o: (min(others[o]), o))
    for place, other in enumerate(ordered):
        joins = [before for before in ordered[:place] if can_be_one(before, other)]
        groups[other] = groups[joins[-1]] if joins else other
    return groups


def _by_year(
    s: Spelling, others: Mapping[int, Mapping[int, int]], groups: Mapping[int, int]
) -> dict[int, int]:
    """Which group every season goes to: the one that shares most in it; a season without evidence goes with the
    nearest."""
    weight: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for other, years in others.items():
        for year, matches in years.items():
            weight[year][groups[other]] += matches
    decided = {year: max(by, key=lambda g: (by[g], -g)) for year, by in weight.items()}
    known = sorted(decided)
    return {
        year: decided[min(known, key=lambda k: (abs(k - year), k))] for year in range(s.first, s.last + 1)
    }
