"""Since when a pairing can have been known: what keeps a view from showing next month's semi-final."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Dated", "known_from"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A match in the calendar of its season.

    `part` is what the match belongs to and what is drawn as one: a tie, or a stage that is played as a table.
    `replay` marks a match that is only needed when the one before it in the same part does not decide.
    """

    id: int
    calendar: Hashable
    part: Hashable
    date: dt.date
    home: str
    away: str
    replay: bool = False
    from_start: bool = False
    """Known from the start of the season (a league's regular season)."""


def known_from(matches: Iterable[Dated]) -> dict[int, dt.date | None]:
    """For each match, by id, the first day on which its pairing can have been known; None: from the start.

    That is the day after the last match that either club played, in the same calendar, before it entered this
    part of the season. A replay is known on the day after the match that it repeats. The order of `matches`
    does not matter.
    """
    calendars: dict[Hashable, list[Dated]] = defaultdict(list)
    for match in matches:
        calendars[match.calendar].append(match)
    known: dict[int, dt.date | None] = {}
    for dated in calendars.values():
        dated.sort(key=lambda match: match.date)
        played: dict[str, list[Dated]] = defaultdict(list)
        for match in dated:
            played[match.home].append(match)
            played[match.away].append(match)
        entered = {club: _before_each_part(found) for club, found in played.items()}
        previous: dict[Hashable, dt.date] = {}
        for match in dated:
            days = [entered[club][match.part] for club in (match.home, match.away)]
            if match.replay and match.part in previous:
                known[match.id] = previous[match.part] + dt.timedelta(days=1)
            elif match.from_start:
                known[match.id] = None
            else:
                known[match.id] = max((day + dt.timedelta(days=1) for day in days if day), default=None)
            previous[match.part] = match.date
    return known


def _before_each_part(found: Sequence[Dated]) -> dict[Hashable, dt.date | None]:
    """For each part of a club's season: the day of the last match before it, on an earlier day."""
    entered: dict[Hashable, dt.date | None] = {}
    days: list[dt.date] = []
    for part, matches in groupby(found, key=lambda match: match.part):
        dates = [match.date for match in matches]
        if part not in entered:
            # two matches of a club on one day: neither waits for the other
            entered[part] = next((day for day in reversed(days) if day < dates[0]), None)
        days += dates
    return entered
