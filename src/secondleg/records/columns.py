"""Sides of matches and of ties as numpy columns: what thousands of questions at once are answered from.

One row is one side of a match (or of a tie), sorted by club and then by time. Which events held in it stands in
the bits of `holds`: the conditions are those that `records.events` declares, worked out by the same database, so that
a streak counted here is the one that `answer` counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from secondleg.football.stage import RANK
from secondleg.records.coverage import competitions_of
from secondleg.records.events import EVENTS, Event
from secondleg.records.known import known
from secondleg.records.terms import Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View
    from secondleg.records.scope import Scope

__all__ = ["BITS", "Bools", "Columns", "Ints", "columns", "day_of", "key_of", "number_of_day", "within"]

Ints = np.ndarray[Any, np.dtype[np.integer[Any]]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

_FIRST_MAIN_RANK: Final = RANK["round-1"]

BITS: Final[dict[Unit, tuple[Event, ...]]] = {
    Unit.MATCH: (
        Event("won"),
        Event("drew"),
        Event("lost"),
        Event("unbeaten"),
        Event("winless"),
        Event("scored"),
        Event("failed to score"),
        Event("clean sheet"),
        Event("conceded"),
        Event("both scored"),
        Event("goalless"),
        Event("scored at least", n=2),
        Event("scored at least", n=3),
        Event("conceded at least", n=2),
        Event("conceded at least", n=3),
        Event("won by", n=2),
        Event("won by", n=3),
        Event("lost by", n=2),
        Event("lost by", n=3),
        Event("won to nil"),
        Event("lost to nil"),
        Event("goals at least", n=3),
        Event("goals at least", n=5),
        Event("goals at most", n=2),
    ),
    Unit.TIE: (Event("went through"), Event("went out")),
    Unit.CAMPAIGN: (
        Event("reached", stage="round-of-16"),
        Event("reached", stage="quarter-final"),
        Event("reached", stage="semi-final"),
        Event("reached", stage="final"),
        Event("won"),
    ),
    Unit.SEASON: (Event("won"), Event("relegated")),
}
"""The events that are looked at; an event's place here is its bit in `Columns.holds`."""

_VENUES: Final = {"neutral": 0, "home": 1, "away": 2}
_EPOCH: Final = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Rows of one unit. Clubs and countries are hashes (`key_of`); `competition` counts through the sorted codes."""

    unit: Unit
    club: Ints
    opponent: Ints
    country: Ints
    """The opponent's."""
    competition: Ints
    id: Ints
    """Of the match, or of the tie's last match that is known; of a league season, of the season and the tier."""
    day: Ints
    """Days since 1970-01-01."""
    season: Ints
    rank: Ints
    """Of the stage; 0 where it has none."""
    third: Ints
    """1 for a match for third place, which has the rank of a semi-final."""
    venue: Ints
    """0 neutral, 1 home, 2 away; of a tie, that of its first leg."""
    scored: Ints
    conceded: Ints
    """Of a tie, those of its first leg."""
    holds: Ints

    def __len__(self) -> int:
        return len(self.club)

    def take(self, chosen: Ints | Bools) -> Self:
        """The rows that are chosen, by place or by a mask."""
        parts = {f.name: getattr(self, f.name)[chosen] for f in fields(self) if f.name != "unit"}
        return type(self)(unit=self.unit, **parts)

    def bit(self, event: int) -> Bools:
        """Where the event of that place in `BITS` held."""
        found: Bools = (self.holds >> np.uint64(event)) & np.uint64(1) != 0
        return found


_STATEMENTS: Final[dict[Unit, str]] = {
    Unit.MATCH: """
SELECT hash(u.club) AS club, hash(u.opponent) AS opponent, hash(split_part(u.opponent, '/', 1)) AS country,
       c.nth AS competition, u.match AS id, (u.date - DATE '1970-01-01')::INTEGER AS day, u.season,
       coalesce(u.stage_rank, 0)::TINYINT AS rank, (u.stage IS NOT DISTINCT FROM 'third-place')::TINYINT AS third,
       CASE u.venue WHEN 'home' THEN 1 WHEN 'away' THEN 2 ELSE 0 END::TINYINT AS venue,
       u.scored, u.conceded, {bits} AS holds
FROM side u JOIN (
    SELECT code, (row_number() OVER (ORDER BY code) - 1)::SMALLINT AS nth FROM competition
) c ON c.code = u.competition
WHERE {where}""",
    Unit.TIE: """
SELECT hash(u.club) AS club, hash(u.opponent) AS opponent, hash(split_part(u.opponent, '/', 1)) AS country,
       c.nth AS competition, coalesce(u.third_leg, u.second_leg, u.first_leg) AS id,
       (coalesce(u.decided_on, u.first_leg_date) - DATE '1970-01-01')::INTEGER AS day, u.season,
       coalesce(u.stage_rank, 0)::TINYINT AS rank, (u.stage IS NOT DISTINCT FROM 'third-place')::TINYINT AS third,
       CASE WHEN u.second_leg IS NULL OR u.decided_by IS NOT DISTINCT FROM 'walkover' THEN 3
            WHEN u.first_leg_venue = 'home' THEN 1 WHEN u.first_leg_venue = 'away' THEN 2 ELSE 0 END::TINYINT AS venue,
       u.first_leg_scored AS scored, u.first_leg_conceded AS conceded, {bits} AS holds
FROM tie_side u JOIN (
    SELECT code, (row_number() OVER (ORDER BY code) - 1)::SMALLINT AS nth FROM competition
) c ON c.code = u.competition
WHERE u.through IS NOT NULL AND {where}""",
    Unit.CAMPAIGN: """
SELECT hash(u.club) AS club, 0::UBIGINT AS opponent, 0::UBIGINT AS country, c.nth AS competition,
       u.decisive_match AS id, (u.last - DATE '1970-01-01')::INTEGER AS day, u.season,
       u.reached::TINYINT AS rank, 0::TINYINT AS third, 0::TINYINT AS venue, 0::TINYINT AS scored,
       0::TINYINT AS conceded, {bits} AS holds
FROM campaign u JOIN (
    SELECT code, (row_number() OVER (ORDER BY code) - 1)::SMALLINT AS nth FROM competition
) c ON c.code = u.competition
WHERE {where}""",
    Unit.SEASON: """
SELECT hash(u.club) AS club, 0::UBIGINT AS opponent, 0::UBIGINT AS country, c.nth AS competition,
       (u.season * 16 + u.tier)::INTEGER AS id, (u.last - DATE '1970-01-01')::INTEGER AS day, u.season,
       0::TINYINT AS rank, 0::TINYINT AS third, 0::TINYINT AS venue, u.scored, u.conceded, {bits} AS holds
FROM standing u JOIN (
    SELECT code, (row_number() OVER (ORDER BY code) - 1)::SMALLINT AS nth FROM competition
) c ON c.code = u.competition
WHERE {where}""",
}


def columns(view: View, unit: Unit, where: str, **parameters: object) -> Columns:
    """The rows of `unit` that meet `where`, a condition on `u`, sorted by club, day and id; one statement."""
    bits = " + ".join(
        f"CASE WHEN {_condition(unit, event)} THEN {1 << place}::UBIGINT ELSE 0::UBIGINT END"
        for place, event in enumerate(BITS[unit])
    )
    found = view.columns(_STATEMENTS[unit].format(bits=bits, where=where), **parameters)
    parts = {f.name: np.asarray(found[f.name]) for f in fields(Columns) if f.name != "unit"}
    rows = Columns(unit=unit, **parts)
    order = np.lexsort((rows.id, rows.day, rows.club))
    return rows.take(order)


def _condition(unit: Unit, event: Event) -> str:
    """The declared condition with its numbers written out: they come from `BITS`, not from a user."""
    condition = EVENTS[unit][event.name].condition.replace("$event_n", str(event.n))
    condition = condition.replace("$event_against", str(event.against))
    return condition.replace("$event_rank", str(RANK[event.stage])) if event.stage else condition


def key_of(view: View, *texts: str) -> dict[str, int]:
    """Clubs or countries, by id, as they stand in the columns."""
    found = known(view).ledgers.setdefault("keys", {})
    assert isinstance(found, dict)
    for text in texts:
        if text not in found:
            found[text] = view.rows("SELECT hash($text) AS key", text=text)[0]["key"]
    return {text: found[text] for text in texts}


def number_of_day(day: dt.date) -> int:
    """A day as the columns count it."""
    return (day - _EPOCH).days


def day_of(number: int) -> dt.date:
    """The day that the columns count as `number`."""
    return _EPOCH + dt.timedelta(days=number)


def within(view: View, rows: Columns, scope: Scope) -> Bools:
    """Which rows lie in `scope`, its opponent and country apart where they are None, as always.

    `last` is not looked at: who asks for the last n takes them.
    """
    chosen: Bools = np.ones(len(rows), dtype=np.bool_)
    codes = competitions_of(view, scope)
    if codes is not None:
        every = sorted(known(view).competitions)
        table: Bools = np.isin(np.array(every), codes) if codes else np.zeros(len(every), dtype=np.bool_)
        chosen &= table[rows.competition]
    if scope.venue is not None:
        chosen &= rows.venue == _VENUES[scope.venue.value]
    if scope.opponent is not None:
        chosen &= rows.opponent == np.uint64(key_of(view, scope.opponent)[scope.opponent])
    if scope.opponent_country is not None:
        chosen &= rows.country == np.uint64(key_of(view, scope.opponent_country)[scope.opponent_country])
    if scope.stages is not None:
        ranks = [RANK[stage] for stage in scope.stages if stage != "third-place"]
        chosen &= np.isin(rows.rank, ranks) & (rows.third == 0)
    if scope.from_stage is not None:
        chosen &= rows.rank >= RANK[scope.from_stage]
    if not scope.qualifying:
        chosen &= (rows.rank == 0) | (rows.rank >= _FIRST_MAIN_RANK)
    if scope.first_season is not None:
        chosen &= rows.season >= scope.first_season
    if scope.last_season is not None:
        chosen &= rows.season <= scope.last_season
    if scope.first_leg is not None:
        chosen &= _after_first_leg(rows, scope)
    return chosen


def _after_first_leg(rows: Columns, scope: Scope) -> Bools:
    first = scope.first_leg
    assert first is not None
    chosen: Bools = rows.venue <= max(_VENUES.values())
    if first.venue is not None:
        chosen &= rows.venue == _VENUES[first.venue.value]
    difference = rows.scored.astype(np.int16) - rows.conceded
    if first.result is not None:
        chosen &= np.sign(difference) == {"W": 1, "D": 0, "L": -1}[first.result.value]
    if first.scored is not None:
        chosen &= rows.scored == first.scored
    if first.conceded is not None:
        chosen &= rows.conceded == first.conceded
    if first.at_least is not None:
        chosen &= difference >= first.at_least
    if first.at_most is not None:
        chosen &= difference <= first.at_most
    return chosen
