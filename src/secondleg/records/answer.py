"""What a question gets: a value, the matches that prove it, and the coverage that it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from secondleg.records.question import Question

__all__ = [
    "Always",
    "Answer",
    "AsMany",
    "Average",
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
class Streak:
    """Consecutive units in which the event held."""

    length: int
    first: dt.date | None
    """Day of the first of them; None for a streak of length 0."""
    last: dt.date | None
    ongoing: bool
    """Whether the last unit in scope belongs to it."""
    club: str | None = None
    """Whose it is, where any club was asked about."""
    joint: tuple[str, ...] = ()
    """Other clubs with one as long."""


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
    club: str | None = None
    """Whose it is, where any club was asked about."""
    joint: tuple[str, ...] = ()
    """Other clubs, of the first to do something: those that did it on the same day."""


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


@dataclass(frozen=True, slots=True)
class Always:
    """Whether the event held in every one of `of` units; `exceptions` are those in which it did not."""

    always: bool
    of: int
    exceptions: int


@dataclass(frozen=True, slots=True)
class Only:
    """Whether the event held just once in `of` units, and when; the latest time where there were several."""

    only: bool
    times: int
    of: int
    date: dt.date | None
    season: str | None
    competition: str | None


@dataclass(frozen=True, slots=True)
class Average:
    """A total over the number of units."""

    value: float
    total: int
    of: int


@dataclass(frozen=True, slots=True)
class Holder:
    """What holds a record: a match, season, year or opponent of a club, or the club as a whole."""

    club: str
    amount: float
    units: int
    """Units compared: the matches of that season, and so on."""
    date: dt.date
    """Day of the last of them."""
    season: str | None = None
    """Label; None for a year, an opponent or a club."""
    competition: str | None = None
    """Of a single match, tie, campaign or league season."""
    opponent: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The most or fewest; several holders share it. `of` groups were compared, `next` is the amount after it."""

    amount: float
    holders: tuple[Holder, ...]
    of: int
    next: float | None
    """None where all are level."""


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of `amount` among `of` clubs (or among a club's own groups), the most first."""

    place: int
    of: int
    amount: float
    ahead: tuple[Holder, ...]
    """Those ahead, the most first; at most ten."""
    level: tuple[Holder, ...]
    """Those that share the place."""


@dataclass(frozen=True, slots=True)
class AsMany:
    """`amount` in the last `last` units, as much as in the `previous` units before these (`before` in truth)."""

    amount: int
    last: int
    previous: int
    """The most units before that do not add up to more."""
    before: int
    """What these add up to: as many if it is `amount`, fewer otherwise."""


@dataclass(frozen=True, slots=True)
class WouldBe:
    """What one more time would be: the `nth`, the first since `previous`, the `run`-th in a row."""

    nth: int
    previous: dt.date | None
    previous_season: str | None
    between: int
    """Units since the previous time."""
    run: int
    """Length of the run that it would make."""
    longest: int
    """The longest run so far; a longer one would be a record."""


@dataclass(frozen=True, slots=True)
class Stakes:
    """What it would be to reach `stage`: the `nth` time in `of` campaigns, last in `last`.

    `place` orders the stages that the club has reached and this one, the furthest first: 1 is as far as ever.
    """

    stage: str
    nth: int
    last: str | None
    of: int
    place: int
    furthest: str | None
    """The furthest stage so far."""


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


Value = (
    Streak | Occurrence | Since | Count | Never | Always | Only | Total | Average | Record | Form | Furthest | Extreme
    | Rank | AsMany | WouldBe | Stakes | None
)  # fmt: skip
"""None: there is nothing to tell, such as the last time of an event that never happened."""


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
