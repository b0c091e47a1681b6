"""What is asked for: the value of an answer, one dataclass for each kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = [
    "Always",
    "AsMany",
    "Average",
    "Clubs",
    "Count",
    "Extreme",
    "Form",
    "Furthest",
    "Holder",
    "Listed",
    "Never",
    "Occurrence",
    "Only",
    "Rank",
    "Record",
    "Since",
    "Stakes",
    "Streak",
    "Total",
    "Value",
    "WouldBe",
]


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
class Listed:
    """A club of a list: how often it has happened to it in `of` units, first and last; of "never", its own units."""

    club: str
    times: int
    of: int
    first: dt.date
    first_season: str
    """Label."""
    last: dt.date
    last_season: str
    competition: str
    """Of the last time."""


@dataclass(frozen=True, slots=True)
class Clubs:
    """`n` of the `of` clubs in scope; all that are listed, up to a limit that nobody reads through."""

    n: int
    of: int
    clubs: tuple[Listed, ...]
    """The most often first, then the latest; of "never", those with most units first."""
    latest: Listed | None
    """The one to which it happened last."""
    seasons: int | None = None
    """Of "in every season", how many these are."""
    unclear: int = 0
    """Clubs of which it is not known of some unit whether it happened: of "never", they are not among the `n`."""


Value = (
    Streak | Occurrence | Since | Count | Never | Always | Only | Total | Average | Record | Form | Furthest | Extreme
    | Rank | AsMany | WouldBe | Stakes | Clubs | None
)  # fmt: skip
"""None: there is nothing to tell, such as the last time of an event that never happened."""
