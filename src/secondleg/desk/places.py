"""Where the two sides stand in the table before a match: of their league, their group, or a league phase.

Told only where the table is beyond doubt: its rules are declared, the archive is whole for the season so far, no points
were taken off in it (from which day on they counted is not known), and nothing at hand is left to separate the clubs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from secondleg.archive.view import View
from secondleg.desk.fixtures import Fixture
from secondleg.errors import RulesUnknown
from secondleg.football.competition import competition
from secondleg.football.match import Match, Score, Status
from secondleg.football.rules import declared, table_rules
from secondleg.football.table import Row, Table, table
from secondleg.records import Event, Question, Scope, Statistic, Subject

__all__ = ["Place", "places", "record_in_table"]

_LEAST_PLAYED: Final = 5
"""Matches of a side from which its place in a league is worth telling …"""

_LEAST_IN_GROUP: Final = 2
"""… and its place in a group."""

_APART: Final = ("league-phase", "group-stage")
_STAGES: Final = (None, "regular-season", *_APART)


@dataclass(frozen=True, slots=True)
class Place:
    """A side's line in the table, and the side that it is measured against: the first, or the second if it leads."""

    row: Row
    other: Row
    group: bool

    @property
    def gap(self) -> int:
        """Points that it is ahead, or behind."""
        return abs(self.row.points - self.other.points)


def record_in_table(fixture: Fixture, club: str) -> Question:
    """The side's matches in the table: what its line rests on."""
    stages = (fixture.stage,) if fixture.stage in _APART else None
    scope = Scope(competitions=(fixture.competition,), this_season=True, stages=stages)
    return Question(Statistic.RECORD, Event("played"), Subject.of(club), scope=scope)


def places(view: View, fixture: Fixture) -> tuple[dict[str, Place], str | None]:
    """The places of both sides, empty where a table is not played, or is in doubt; and why it cannot be told, which has
    places for `competition` and `season`."""
    f = fixture
    if f.stage not in _STAGES or (f.stage is None and competition(f.competition).kind != "league"):
        return {}, None
    if any(one["season"] == f.season for one in _deductions(f)):
        return {}, "points were taken off in this season, and on which day they counted is not known."
    try:
        rules = table_rules(f.competition, f.season, f.stage)
    except RulesUnknown:
        return {}, "how tables were ordered in {competition} in {season} is not declared."
    rows = view.rows(_MATCHES, competition=f.competition, season=f.season, stage=f.stage)
    group = _group(rows, f) if f.stage == "group-stage" else None
    if f.stage == "group-stage" and group is None:
        return {}, None
    mine = [row for row in rows if group is None or row["group"] == group]
    if group is None:
        mine = _one_division(mine, f)
    found = table([_match(row, f) for row in mine if row["home_goals"] is not None], rules)
    least = _LEAST_PLAYED if group is None else _LEAST_IN_GROUP
    told = {}
    for club in (f.home, f.away):
        place = _place(found, club, group=group is not None)
        if place is not None and place.row.played >= least:
            told[club] = place
    return told, None


_MATCHES: Final = """
SELECT date, home, away, home_goals, away_goals, "group" FROM result
WHERE competition = $competition AND season = $season AND stage IS NOT DISTINCT FROM $stage
ORDER BY date, home
"""


def _deductions(fixture: Fixture) -> list[dict[str, Any]]:
    return list(declared(fixture.competition).get("deduction", ()))


def _group(rows: list[dict[str, Any]], fixture: Fixture) -> str | None:
    """The group of both sides, where the source names it."""
    of = {
        row["group"] for row in rows for side in ("home", "away") if row[side] in (fixture.home, fixture.away)
    }
    return next(iter(of)) if len(of) == 1 else None


def _one_division(rows: list[dict[str, Any]], fixture: Fixture) -> list[dict[str, Any]]:
    """The matches of those whom a chain of opponents links with the two sides.

    A tier may be of several divisions, one beside the other, whose clubs do not meet.
    """
    met: dict[str, set[str]] = {}
    for row in rows:
        met.setdefault(row["home"], set()).add(row["away"])
        met.setdefault(row["away"], set()).add(row["home"])
    linked, ahead = {fixture.home, fixture.away}, [fixture.home, fixture.away]
    while ahead:
        new = met.get(ahead.pop(), set()) - linked
        linked |= new
        ahead += new
    return [row for row in rows if row["home"] in linked]


def _match(row: dict[str, Any], fixture: Fixture) -> Match:
    return Match(
        date=row["date"],
        competition=fixture.competition,
        season=fixture.season,
        home=row["home"],
        away=row["away"],
        status=Status.PLAYED,
        score=Score.after_90(row["home_goals"], row["away_goals"]),
    )


def _place(found: Table, club: str, *, group: bool) -> Place | None:
    order = [row.club for row in found.rows]
    if club not in order or len(order) < 2:
        return None
    at = order.index(club)
    row = found.rows[at]
    if row.level_with_next or (at and found.rows[at - 1].level_with_next):
        return None
    return Place(row, found.rows[1 if at == 0 else 0], group)
