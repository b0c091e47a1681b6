"""A question about the past, in orthogonal parts: a statistic of an event for a subject, unit and scope.

    Question(Statistic.LAST, Event("clean sheet"), Subject.of("eng/liverpool"))

is "when did Liverpool last keep a clean sheet, in all competitions?". Questions are values: frozen,
hashable, equal when they ask the same, and the same again after a journey through JSON.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, Self

from secondleg.errors import BadInput
from secondleg.football.match import Result, Venue
from secondleg.records.events import Event
from secondleg.records.scope import EVERYTHING, FirstLeg, Scope
from secondleg.records.terms import Family, Measure, Statistic, Unit

__all__ = ["Question", "Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about: a club, a pair as its first club sees it, or (neither given) any club."""

    club: str | None = None
    opponent: str | None = None

    def __post_init__(self) -> None:
        if self.club is None and self.opponent is not None:
            raise BadInput(
                f"a pair with {self.opponent} needs its first club; use Subject.pair(club, opponent)."
            )
        if self.club is not None and self.club == self.opponent:
            raise BadInput(f"{self.club} has no record against itself; give another opponent.")

    @classmethod
    def of(cls, club: str) -> Self:
        """One club, by id."""
        return cls(club)

    @classmethod
    def pair(cls, club: str, opponent: str) -> Self:
        """Two clubs against each other, seen from the first."""
        return cls(club, opponent)

    @classmethod
    def any_club(cls) -> Self:
        """Every club: each match then counts once for each side."""
        return cls()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `measure` is for TOTAL, `before` for SINCE (the first time from that day on, or none).

    Raises:
        BadInput: the parts do not fit together, such as a streak of any club or a venue for a campaign.
    """

    statistic: Statistic
    event: Event
    subject: Subject
    unit: Unit = Unit.MATCH
    scope: Scope = EVERYTHING
    measure: Measure | None = None
    before: dt.date | None = None

    def __post_init__(self) -> None:
        self.event.declared(self.unit)
        _check(self)

    @property
    def opponent(self) -> str | None:
        """The opponent that the subject or the scope names."""
        return self.subject.opponent or self.scope.opponent

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values; parts that are left open are left out."""
        found: dict[str, Any] = _plain(self)
        return found

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The question that `to_dict` wrote.

        Raises:
            BadInput: a part is missing, unknown or out of its vocabulary.
        """
        try:
            scope = dict(data.get("scope", {}))
            if "first_leg" in scope:
                scope["first_leg"] = FirstLeg(**_read(FirstLeg, scope["first_leg"]))
            return cls(
                statistic=Statistic(data["statistic"]),
                event=Event(**_read(Event, data["event"])),
                subject=Subject(**_read(Subject, data.get("subject", {}))),
                unit=Unit(data.get("unit", Unit.MATCH)),
                scope=Scope(**_read(Scope, scope)),
                measure=Measure(data["measure"]) if "measure" in data else None,
                before=dt.date.fromisoformat(data["before"]) if "before" in data else None,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput(f"this is not a question: {error}. Write it with Question.to_dict().") from error


_COUNTS_ANY_CLUB: Final = (
    Statistic.LAST,
    Statistic.FIRST,
    Statistic.COUNT,
    Statistic.SHARE,
    Statistic.TOTAL,
    Statistic.NEVER,
    Statistic.LONGEST_STREAK,
)


def _check(q: Question) -> None:
    scope, statistic = q.scope, q.statistic
    problem: str | None = None
    if q.subject.opponent and scope.opponent and q.subject.opponent != scope.opponent:
        problem = f"the pair names {q.subject.opponent} and the scope {scope.opponent}; name one opponent"
    elif q.subject.club and q.subject.club == q.opponent:
        problem = f"{q.subject.club} has no record against itself; give another opponent"
    elif statistic is Statistic.CHANCE:
        return
    elif q.subject.club is None and statistic not in _COUNTS_ANY_CLUB:
        problem = f"the {statistic} is one club's; give a club"
    elif q.subject.club is None and scope.last is not None:
        problem = "the last n are one club's; give a club, or leave `last` out"
    elif statistic is Statistic.LAST_N and scope.last is None:
        problem = "the last n needs n; give scope.last"
    elif (statistic is Statistic.TOTAL) != (q.measure is not None):
        problem = "a total needs a measure, and nothing else takes one; fit the two together"
    elif q.before is not None and statistic is not Statistic.SINCE:
        problem = "only `since` takes a day before which; use scope.until"
    elif statistic is Statistic.FURTHEST and q.unit is not Unit.CAMPAIGN:
        problem = "the furthest stage is that of a campaign; ask over Unit.CAMPAIGN"
    elif q.unit is not Unit.MATCH and statistic in (Statistic.RECORD, Statistic.TOTAL):
        problem = f"a {statistic} is counted over matches; ask over Unit.MATCH"
    elif q.unit is not Unit.MATCH and scope.venue is not None:
        problem = f"a {q.unit} has no one venue; for a tie, give the venue of the first leg"
    elif q.unit is not Unit.TIE and scope.first_leg is not None:
        problem = f"a {q.unit} has no first leg; ask over Unit.TIE"
    elif q.unit is Unit.CAMPAIGN and (
        q.opponent or scope.opponent_country or scope.stages or scope.from_stage or not scope.qualifying
    ):
        problem = "a campaign has no one opponent or stage; use the event's stage, or ask over ties"
    if problem:
        raise BadInput(f"this cannot be asked: {problem}.")


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        found = {f.name: getattr(value, f.name) for f in fields(value) if getattr(value, f.name) != f.default}
        return {name: _plain(item) for name, item in found.items()}
    return value


_READERS: Final[dict[str, Any]] = {
    "competitions": tuple,
    "without": tuple,
    "stages": tuple,
    "family": Family,
    "venue": Venue,
    "result": Result,
    "since": dt.date.fromisoformat,
    "until": dt.date.fromisoformat,
}


def _read(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(kind)}
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(f"{kind.__name__} has no {', '.join(unknown)}")
    return {name: _READERS[name](value) if name in _READERS else value for name, value in data.items()}
