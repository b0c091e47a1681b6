"""What a question gets: a value, the matches that prove it, and the coverage that it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from secondleg.records.question import Question

__all__ = [
    "Answer",
    "Count",
    "Coverage",
    "Covered",
    "Evidence",
    "Form",
    "Furthest",
    "Gap",
    "Never",
    "Occurrence",
    "Record",
    "Since",
    "Streak",
    "Total",
    "Value",
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
class Streak:
    """Consecutive units in which the event held."""

    length: int
    first: dt.date | None
    """Day of the first of them; None for a streak of length 0."""
    last: dt.date | None
    ongoing: bool
    """Whether the last unit in scope belongs to it."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that the event happened."""

    date: dt.date
    season: str
    competition: str
    before: int
    """Units in scope before it."""
    since: int
    """Units in scope after it."""


@dataclass(frozen=True, slots=True)
class Since:
    """An occurrence and the one before it; `previous` is None for the first that is known."""

    date: dt.date | None
    """None where the event has not happened on or after the day asked about."""
    previous: dt.date | None
    previous_season: str | None
    between: int
    """Units between the two (up to now where the later one is None)."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often the event held: `k` of `of` units.

    `unknown` ties have no known winner and `walkovers` were not played out; neither is among the `of`.
    """

    k: int
    of: int
    unknown: int = 0
    walkovers: int = 0
    first_season: str | None = None
    last_season: str | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """Whether the event never happened in `of` units."""

    never: bool
    of: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """Goals over `of` matches."""

    goals: int
    of: int


@dataclass(frozen=True, slots=True)
class Record:
    """Won, drawn, lost; a match decided on penalties is drawn."""

    won: int
    drawn: int
    lost: int
    scored: int
    conceded: int

    @property
    def played(self) -> int:
        """Matches altogether."""
        return self.won + self.drawn + self.lost


@dataclass(frozen=True, slots=True)
class Form:
    """The last units, oldest first: W, D, L for a match, T or O (through, out) for a tie.

    A campaign, or a tie that is still open, shows as "-".
    """

    letters: str


@dataclass(frozen=True, slots=True)
class Furthest:
    """The best campaigns: the stage that they reached ("winner" for a competition won), and when."""

    stage: str
    rank: int
    seasons: tuple[str, ...]
    """Labels, oldest first, beside `competitions`."""
    competitions: tuple[str, ...]

    @property
    def times(self) -> int:
        """How many campaigns got so far."""
        return len(self.seasons)


Value = Streak | Occurrence | Since | Count | Never | Total | Record | Form | Furthest | None
"""None: there is nothing to tell, such as the last time of an event that never happened."""


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

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON values."""
        found: dict[str, Any] = _plain(self)
        found["question"] = self.question.to_dict()
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
