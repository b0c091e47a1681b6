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
from secondleg.records.measures import MEASURES
from secondleg.records.scope import EVERYTHING, After, FirstLeg, Scope
from secondleg.records.terms import Family, Measure, OpponentClass, Per, Statistic, Unit

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
    """What is asked.

    `measure` is for TOTAL, AVERAGE, MOST, FEWEST, AS_MANY and a RANK by one of them (without one, the last four count
    how often the event held); `before` for SINCE (the first time from that day on, or none); `nth` for NTH and
    FIRST_TO; `per` for MOST, FEWEST and RANK, which compare single units, seasons, years, opponents or clubs; `of` for
    what clubs are compared by; `least` the units that a group or club must have to be compared.

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
    nth: int | None = None
    per: Per | None = None
    of: Statistic | None = None
    least: int | None = None

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
            return cls(
                statistic=Statistic(data["statistic"]),
                event=Event(**_read(Event, data["event"])),
                subject=Subject(**_read(Subject, data.get("subject", {}))),
                unit=Unit(data.get("unit", Unit.MATCH)),
                scope=_scope(data.get("scope", {})),
                measure=Measure(data["measure"]) if "measure" in data else None,
                before=dt.date.fromisoformat(data["before"]) if "before" in data else None,
                nth=data.get("nth"),
                per=Per(data["per"]) if "per" in data else None,
                of=Statistic(data["of"]) if "of" in data else None,
                least=data.get("least"),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadInput(f"this is not a question: {error}. Write it with Question.to_dict().") from error


OF_CLUBS: Final = (Statistic.WHICH, Statistic.WHICH_NEVER, Statistic.WHICH_EVERY)
"""Statistics that list clubs."""

OF_UNITS: Final = frozenset(
    (
        Statistic.LAST,
        Statistic.FIRST,
        Statistic.NTH,
        Statistic.COUNT,
        Statistic.SHARE,
        Statistic.TOTAL,
        Statistic.AVERAGE,
        Statistic.NEVER,
        Statistic.ALWAYS,
        Statistic.ONLY,
    )
)
"""Statistics that count units; the others compare clubs, and each of them sees its own."""

_COUNTS_ANY_CLUB: Final = frozenset(
    (
        *OF_UNITS,
        Statistic.LONGEST_STREAK,
        Statistic.MOST,
        Statistic.FEWEST,
        Statistic.FIRST_TO,
        *OF_CLUBS,
    )
)

MEASURED: Final = frozenset((Statistic.TOTAL, Statistic.AVERAGE))
"""Statistics that need a measure."""

MAY_MEASURE: Final = frozenset((Statistic.MOST, Statistic.FEWEST, Statistic.RANK, Statistic.AS_MANY))
"""Those that count how often the event held where none is given."""

COMPARES: Final = frozenset((Statistic.MOST, Statistic.FEWEST, Statistic.RANK))
"""Statistics that compare groups, and so need `per`."""

BY: Final = frozenset(
    (
        Statistic.COUNT,
        Statistic.SHARE,
        Statistic.TOTAL,
        Statistic.AVERAGE,
        Statistic.CURRENT_STREAK,
        Statistic.LONGEST_STREAK,
        Statistic.FURTHEST,
        Statistic.MOST,
        Statistic.LAST,
    )
)
"""What clubs can be compared by."""


def _check(q: Question) -> None:
    problem = _subject_problem(q) or _part_problem(q) or _unit_problem(q)
    if problem and q.statistic is not Statistic.CHANCE:
        raise BadInput(f"this cannot be asked: {problem}.")
    if problem := _same_club_problem(q):
        raise BadInput(f"this cannot be asked: {problem}.")


def _same_club_problem(q: Question) -> str | None:
    if q.subject.opponent and q.scope.opponent and q.subject.opponent != q.scope.opponent:
        return f"the pair names {q.subject.opponent} and the scope {q.scope.opponent}; name one opponent"
    if q.subject.club and q.subject.club == q.opponent:
        return f"{q.subject.club} has no record against itself; give another opponent"
    return None


def _subject_problem(q: Question) -> str | None:
    if q.subject.club is not None:
        if q.scope.country is not None:
            return f"{q.subject.club} is of one country; leave scope.country out"
        if q.statistic in OF_CLUBS and q.opponent is not None:
            return "a pair has one opponent; ask how often, or leave the opponent out for a list of opponents"
        if q.statistic in OF_CLUBS and q.unit in (Unit.CAMPAIGN, Unit.SEASON):
            return (
                f"a {q.unit} has no one opponent; list opponents over matches or ties, or leave the club out"
            )
        if q.statistic is Statistic.FIRST_TO:
            return "which club was first is asked of any club; leave the club out"
        if q.per is Per.CLUB and q.statistic is not Statistic.RANK:
            return "clubs are compared where any club is asked about; leave the club out, or ask for its rank"
        return None
    if q.statistic not in _COUNTS_ANY_CLUB:
        return f"the {q.statistic} is one club's; give a club"
    if q.scope.last is not None or q.scope.skip is not None:
        return "the last n are one club's; give a club, or leave `last` and `skip` out"
    return None


def _part_problem(q: Question) -> str | None:
    statistic = q.statistic
    if statistic in (Statistic.LAST_N, Statistic.AS_MANY) and q.scope.last is None:
        return f"{statistic} needs n; give scope.last"
    by = q.of if q.of is not None else statistic
    may = by in MEASURED or statistic in MAY_MEASURE
    if (by in MEASURED and q.measure is None) or (q.measure is not None and not may):
        return (
            "a total or an average needs a measure, and a streak or a date takes none; fit the two together"
        )
    if q.before is not None and statistic is not Statistic.SINCE:
        return "only `since` takes a day before which; use scope.until"
    if (q.nth is not None) != (statistic in (Statistic.NTH, Statistic.FIRST_TO)) or (q.nth or 1) < 1:
        return "nth goes with the statistics nth and first to, from 1 on; give it there and only there"
    if (q.per is not None) != (statistic in COMPARES):
        return "per goes with most, fewest and rank: give what they compare, and leave it out elsewhere"
    if q.of is not None and (q.per is not Per.CLUB or q.of not in BY):
        return "`of` is what clubs are compared by, a count, streak or total; give it with Per.CLUB"
    if q.least is not None and statistic not in COMPARES:
        return "least goes with most, fewest and rank; leave it out elsewhere"
    return None


def _unit_problem(q: Question) -> str | None:
    scope, unit, statistic = q.scope, q.unit, q.statistic
    if Statistic.FURTHEST in (statistic, q.of) and unit is not Unit.CAMPAIGN:
        return "the furthest stage is that of a campaign; ask over Unit.CAMPAIGN"
    if statistic is Statistic.STAKES and (unit is not Unit.CAMPAIGN or q.event.name != "reached"):
        return "stakes are of a stage that a campaign may reach; ask Event('reached', stage=…) over Unit.CAMPAIGN"
    if statistic is Statistic.RECORD and unit not in (Unit.MATCH, Unit.SEASON):
        return "a record is counted over matches or league seasons; ask over one of them"
    if q.measure is not None and q.measure not in MEASURES[unit]:
        known = ", ".join(MEASURES[unit]) or "nothing"
        return f"a {unit} has no {q.measure}; it has {known}"
    if unit is not Unit.MATCH and (scope.venue is not None or scope.leg is not None):
        return f"a {unit} has no one venue or leg; for a tie, give the venue of the first leg"
    if unit is not Unit.TIE and scope.first_leg is not None:
        return f"a {unit} has no first leg; ask over Unit.TIE"
    several = q.opponent or scope.opponent_country or scope.opponents or scope.opponent_class
    if unit in (Unit.CAMPAIGN, Unit.SEASON) and (
        several or scope.stages or scope.from_stage or not scope.qualifying or q.per is Per.OPPONENT
    ):
        return f"a {unit} has no one opponent or stage; use the event's stage, or ask over ties"
    return None


def _scope(data: Mapping[str, Any]) -> Scope:
    found = dict(data)
    if "first_leg" in found:
        found["first_leg"] = FirstLeg(**_read(FirstLeg, found["first_leg"]))
    if "after" in found:
        after = found["after"]
        unknown = sorted(set(after) - {"event", "unit", "scope"})
        if unknown:
            raise ValueError(f"After has no {', '.join(unknown)}")
        found["after"] = After(
            Event(**_read(Event, after["event"])),
            Unit(after.get("unit", Unit.MATCH)),
            _scope(after["scope"]) if "scope" in after else None,
        )
    return Scope(**_read(Scope, found))


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
    "opponents": tuple,
    "months": tuple,
    "weekdays": tuple,
    "opponent_class": OpponentClass,
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
