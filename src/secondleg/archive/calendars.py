"""What a league season's matches add up to: who met whom how often, in how many phases, and what is missing.

A format is not looked up, it is read off the matches. In a round robin all clubs of a group meet equally often, so the
pairs who met make complete groups; a split adds a second such phase, a title or relegation play-off a few pairs more.
What fits no such reading is not whole, and the reason names the clubs that have fewer matches than the others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from secondleg.archive.phases import LEAST_CLUBS, Ints, Phase, listed, meetings, phases, times
from secondleg.archive.phases import phase as phase_of

__all__ = ["Calendar", "Reading", "read"]

Name = Callable[[int], str]

_MEMBER: Final = 0.5
"""Share of the median club's matches from which a club belongs to the league: fewer are a play-off's, or withdrew."""

_OUTSIDE: Final = 0.06
"""Share of a season's matches with clubs that do not belong to it, up to which it can be whole."""

_NAMED: Final = 4
"""Clubs that a reason names; more are counted."""

_DENSE: Final = 0.5
"""Share of pairs that met from which a season is read as one group, however incomplete."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The matches of one league season: clubs by number, days as numpy's days since 1970."""

    home: Ints
    away: Ints
    day: Ints


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar adds up to.

    `expected` is how many matches the season proper has if it is whole, None if its format cannot be read;
    `per_club` how many each club plays in it.
    """

    whole: bool
    expected: int | None
    per_club: float
    reason: str
    rough: str = ""
    """The reason of a season that is not whole as it is without a guess at its format."""


def read(calendar: Calendar, name: Name) -> Reading:
    """Read the format of a season off its matches. `name` gives a club's name, for the reason."""
    clubs, index = np.unique(np.concatenate([calendar.home, calendar.away]), return_inverse=True)
    half = len(calendar.home)
    home, away = index[:half], index[half:]
    order = np.argsort(calendar.day, kind="stable")
    home, away, day = home[order], away[order], calendar.day[order]
    counts = np.bincount(index, minlength=len(clubs))
    member = counts >= _MEMBER * np.median(counts)
    inside = member[home] & member[away]
    guests = np.flatnonzero(~member)
    if len(clubs) - len(guests) < LEAST_CLUBS:
        return Reading(False, None, 0.0, f"{half} matches of {len(clubs)} clubs do not make a league")
    called = [name(int(club)) for club in clubs]
    number = np.cumsum(member) - 1
    mine = np.flatnonzero(member)
    names = [called[i] for i in mine]
    inner = (number[home[inside]], number[away[inside]], day[inside])
    outside = int((~inside).sum())
    found, extra = phases(*inner, len(mine))
    if found and outside <= _OUTSIDE * half:
        return _whole(found, extra, outside, [called[i] for i in guests], len(mine))
    return (
        _withdrawn(home, away, day, called) or _taken_over(home, away, day, called) or _lacking(*inner, names)
    )


def _whole(found: list[Phase], extra: int, outside: int, guests: list[str], clubs: int) -> Reading:
    expected = sum(phase.matches for phase in found)
    words = ", then ".join(phase.words for phase in found)
    if extra:
        words += f"; {_matches(extra)} of play-offs"
    if outside:
        words += f"; {_matches(outside)} with {_some(guests)} besides"
    return Reading(True, expected, 2 * expected / clubs, words)


# -- what is missing ----------------------------------------------------------------------------------


def _withdrawn(home: Ints, away: Ints, day: Ints, called: list[str]) -> Reading | None:
    """A season that is whole but for clubs who stopped long before its end."""
    clubs = len(called)
    met = meetings(home, away, clubs)
    last = np.array([day[(home == club) | (away == club)].max() for club in range(clubs)])
    stopped = last < day.max() - _STOPPED
    if not stopped.any() or stopped.sum() > clubs // 4:
        return None
    stayed = np.flatnonzero(~stopped)
    phase = phase_of(met[np.ix_(stayed, stayed)])
    if phase is None or len(phase.groups) > 2 or len(stayed) < LEAST_CLUBS:
        return None
    gone = [
        f"{called[club]} stopped after {_matches(int(met[club].sum()))}" for club in np.flatnonzero(stopped)
    ]
    return Reading(True, phase.matches, 2 * phase.matches / len(stayed), f"{phase.words}; {listed(gone)}")


_STOPPED: Final = 30
"""Days before the end of a season from which a club without a match has withdrawn."""


def _taken_over(home: Ints, away: Ints, day: Ints, called: list[str]) -> Reading | None:
    """A season that is whole if two clubs who never met are counted as one: a side took over another's fixtures.

    Only where the one stops before the other begins and their names have nothing in common is it taken for that; else
    it may be one club under two names.
    """
    clubs = len(called)
    met = meetings(home, away, clubs)
    counts = met.sum(axis=1)
    usual = int(np.bincount(counts).argmax())
    one, other = np.nonzero(np.triu((met == 0) & (counts[:, None] + counts[None, :] == usual), 1))
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        merged = met.copy()
        merged[a] += merged[b]
        merged[:, a] = merged[a]
        merged = np.delete(np.delete(merged, b, 0), b, 1)
        phase = phase_of(merged)
        if phase is None:
            continue
        days = [day[(home == club) | (away == club)] for club in (a, b)]
        early, late = (a, b) if days[0].max() < days[1].max() else (b, a)
        in_turn = min(d.max() for d in days) < max(d.min() for d in days)
        if in_turn and not _alike(called[a], called[b]):
            words = f"{phase.words}: {called[late]} took over from {called[early]} after {_matches(int(counts[early]))}"
            return Reading(True, phase.matches, float(usual), words)
        words = (
            f"{called[early]} and {called[late]} have {counts[early]} and {counts[late]} matches, as many as one "
            "club together, and never met: it may be one club under two names"
        )
        return Reading(False, phase.matches, float(usual), words)
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two names have a word in common, or one begins like the other."""
    words = [set(_WORD.findall(name.split("/")[-1].lower())) for name in (one, other)]
    return bool(words[0] & words[1])


_WORD: Final = re.compile(r"\w{4,}")


def _lacking(home: Ints, away: Ints, day: Ints, names: list[str]) -> Reading:
    """Say what is missing from a season that does not add up."""
    clubs, matches = len(names), len(home)
    met = meetings(home, away, clubs)
    counts = met.sum(axis=1)
    pairs = met[np.triu_indices(clubs, 1)]
    last = _day(int(day[-1]))
    each = f"{counts.min()}" if counts.min() == counts.max() else f"{counts.min()} to {counts.max()}"
    rough = f"{matches} matches of {clubs} clubs, {each} for each, the last on {last}"
    if (pairs > 0).mean() < _DENSE:
        return Reading(False, None, 0.0, rough, rough)
    often = int(np.bincount(pairs[pairs > 0]).argmax())
    expected = clubs * (clubs - 1) // 2 * often
    missing = int(np.maximum(often - pairs, 0).sum())
    surplus = int(np.maximum(pairs - often, 0).sum())
    usual = often * (clubs - 1)
    if not missing:
        words = f"{clubs} clubs met each other {times(often)}"
        words += f"; of {_matches(surplus)} more nothing says how many there were"
        return Reading(False, None, float(usual), words, rough)
    words = f"{matches - surplus} of {expected} matches"
    lacks = usual - np.minimum(met, often).sum(axis=1)
    few = np.flatnonzero(lacks)
    if missing == 1:
        one, other = (int(club) for club in few)
        if often % 2 == 0:
            at_home = int(((home == one) & (away == other)).sum())
            one, other = (other, one) if 2 * at_home >= often else (one, other)
        words += f": {names[one]} v {names[other]} is missing"
    elif len(few) <= _NAMED:
        short = []
        for lack in sorted(set(lacks[few].tolist()), reverse=True):
            who = [names[club] for club in few if lacks[club] == lack]
            short.append(f"{listed(who)} {'has' if len(who) == 1 else 'have'} {usual - lack} of {usual}")
        words += ": " + "; ".join(short)
    elif (lacks > 0).all() and lacks.max() - lacks.min() <= 2:
        most, least = usual - lacks.min(), usual - lacks.max()
        span = f"{least}" if least == most else f"{least} to {most}"
        words += f": every club stops after {span} of {usual}, the last on {last}"
    else:
        some = (
            f"{len(few)} of {clubs} clubs do not have"
            if len(few) < clubs
            else f"none of its {clubs} clubs has"
        )
        words += f": {some} all {usual}"
    if surplus:
        words += f"; {_matches(surplus)} more than {times(often)} between the same two"
    return Reading(False, expected, float(usual), words, rough)


# -- words --------------------------------------------------------------------------------------------


def _some(names: list[str]) -> str:
    if len(names) <= _NAMED:
        return listed(sorted(names))
    return f"{len(names)} other clubs"


def _matches(number: int) -> str:
    return "1 match" if number == 1 else f"{number} matches"


def _day(number: int) -> str:
    day = dt.date(1970, 1, 1) + dt.timedelta(days=number)
    return f"{day.day} {day:%B %Y}"
