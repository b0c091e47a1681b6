"""What a question gets: a value, the matches that prove it, and the coverage that it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from secondleg.records.question import Question
from secondleg.records.values import (
    Always,
    AsMany,
    Average,
    Clubs,
    Count,
    Extreme,
    Form,
    Furthest,
    Holder,
    Listed,
    Never,
    Occurrence,
    Only,
    Rank,
    Record,
    Since,
    Stakes,
    Streak,
    Total,
    Value,
    WouldBe,
)

__all__ = [
    "Always",
    "Answer",
    "AsMany",
    "Average",
    "Clubs",
    "Count",
    "Coverage",
    "Covered",
    "Evidence",
    "Extreme",
    "Form",
    "Furthest",
    "Gap",
    "Holder",
    "Line",
    "Listed",
    "Never",
    "Occurrence",
    "Only",
    "Rank",
    "Record",
    "Since",
    "Stakes",
    "Streak",
    "Sureness",
    "Total",
    "Value",
    "WouldBe",
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A match behind an answer; home before away, goals with extra time in and the shoot-out out."""

    match: int
    date: dt.date
    competition: str
    competition_name: str
    season: str
    """Label: "2023-24"."""
    stage: str | None
    leg: int | None
    home: str
    away: str
    home_name: str
    away_name: str
    home_goals: int
    away_goals: int
    score: str
    """As a reader expects it: "0-3", "2-1 after extra time", "0-0, 4-3 on penalties"."""
    neutral: bool
    sources: str
    holds: bool = True
    """Whether the event asked about happened in it; the other rows are its proof by their failing to."""

    def goals(self, club: str) -> tuple[int, int]:
        """Goals that `club` scored and conceded."""
        return (self.home_goals, self.away_goals) if club == self.home else (self.away_goals, self.home_goals)

    def opponent(self, club: str) -> str:
        """Name of the club that `club` met."""
        return self.away_name if club == self.home else self.home_name


@dataclass(frozen=True, slots=True)
class Covered:
    """A competition's season that the archive holds whole for the subject."""

    competition: str
    name: str
    season: int
    label: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Seasons of a competition that an answer would need and that the archive does not hold whole."""

    competition: str
    name: str
    first: str
    """Label of the first season missing."""
    last: str
    reason: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer rests on. It is complete if no season that could change the answer is missing."""

    complete: bool
    seasons: tuple[Covered, ...]
    gaps: tuple[Gap, ...]
    whole_from: dt.date | None
    """First day from which the archive is whole for the subject, up to now; None if it is not."""
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """A club's line in the final table of a league: the proof of an answer over league seasons."""

    club: str
    competition: str
    season: str
    """Label."""
    place: int | None
    """None where the table cannot be told for certain."""
    clubs: int
    played: int
    won: int
    drawn: int
    lost: int
    scored: int
    conceded: int
    points: int
    declared: bool
    """Whether points and tie-breaks are those declared for that league, or assumed."""
    holds: bool


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure an answer is: the bounds of its number, and that in words: "at least 7; two seasons missing"."""

    exact: bool
    lowest: float | None
    """None where the value is no number, or nothing bounds it."""
    highest: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to `question` as known on the morning of `as_of`."""

    question: Question
    value: Value
    rows: tuple[Evidence, ...]
    """The matches that prove it, oldest first."""
    coverage: Coverage
    as_of: dt.date
    n: int
    """Units in scope."""
    k: int
    """Of these, units in which the event held."""
    at_least: bool
    """Whether the number may be larger in truth: the archive does not reach far enough to tell."""
    more: int = 0
    """Matches that prove it too and are not among `rows`, for their number."""
    lines: tuple[Line, ...] = ()
    """The lines of final tables that prove it, for league seasons."""
    unknown: int = 0
    """Units in scope of which it is not known whether the event held: goals without minutes, a tie without a winner."""

    @property
    def sure(self) -> Sureness:
        """How sure the value is, and what the gaps could change."""
        from secondleg.records.sureness import sureness

        return sureness(self)

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        found: dict[str, Any] = _plain(self)
        found["question"] = self.question.to_dict()
        found["sure"] = _plain(self.sure)
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Question):
        return None
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value
