"""A candidate fact: a question with the value that columns give it, how surprising that is, and what it is worth.

    score = (bits of surprise - cost) * relevance * strength

`rarity` says what the bits are, `lenses` what looking somewhere costs and weighs. Strength is n / (n + 4) of a
denominator of n units: of two it is a third, of forty nine tenths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondleg.records.answer import Answer, Count, Never, Occurrence, Record, Streak, Total
from secondleg.records.columns import day_of
from secondleg.records.coverage import coverage, ledger
from secondleg.records.lenses import Lens
from secondleg.records.many import resolved
from secondleg.records.question import Question
from secondleg.records.terms import Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["SURE", "Candidate", "topic", "turned", "vouched_for"]

STRENGTH_AT: Final = 4.0
"""Units at which a denominator counts half: our choice."""

SURE: Final = 20
"""Units that a fact about all of a kind counts at least, however few they are."""

_HALF_LIFE: Final = 365.0
_HALF_LIFE_NARROW: Final = 6 * 365.0
"""Days since its last unit after which a fact is worth half; in a narrow lens matches are rarer."""

_TOPICS: Final = {
    "results": (
        "won",
        "drew",
        "lost",
        "unbeaten",
        "winless",
        "won by",
        "lost by",
        "won to nil",
        "lost to nil",
    ),
    "goals scored": ("scored", "failed to score", "scored at least"),
    "goals conceded": ("clean sheet", "conceded", "conceded at least"),
    "goals": ("both scored", "goalless", "goals at least", "goals at most"),
}
_TOPIC: Final = {name: topic for topic, names in _TOPICS.items() for name in names}


def topic(question: Question) -> str:
    """What a question is about: results, goals scored, goals conceded, goals, penalties; ties, campaigns."""
    if question.measure is not None:
        return f"goals {question.measure}"
    if question.unit in (Unit.CAMPAIGN, Unit.SEASON):
        return "campaigns"
    if question.unit is Unit.TIE:
        # that a side goes through is a result, how it fares after a first leg is its own matter
        return "results" if question.scope.first_leg is None else "ties"
    return _TOPIC.get(question.event.name, question.event.name)


_GOOD: Final = ("won", "unbeaten", "won by", "won to nil", "scored", "scored at least", "clean sheet")
_BAD: Final = (
    "lost",
    "winless",
    "lost by",
    "lost to nil",
    "failed to score",
    "conceded",
    "conceded at least",
)
"""Events that a side wants, and those that it does not."""


def _way(question: Question) -> int:
    """Whether what has been so in all of some matches is good for the side (1), bad (-1) or neither."""
    name = question.event.name
    way = (name in _GOOD) - (name in _BAD)
    match question.statistic:
        case Statistic.CURRENT_STREAK | Statistic.LONGEST_STREAK:
            return way
        case Statistic.LAST:
            return -way  # it has not happened since
        case _:
            return 0


def turned(older: Candidate, newer: Candidate) -> bool:
    """Whether a run says that what another says of earlier matches of the side has turned into its contrary."""
    mine, other = older.question, newer.question
    return (
        mine.subject == other.subject
        and other.statistic is Statistic.CURRENT_STREAK
        and other.opponent is None
        and newer.latest
        and older.last_day < newer.first_day
        and _way(mine) * _way(other) < 0
        and topic(mine) == topic(other)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A question with the value that the columns give it, and how surprising that value is."""

    question: Question
    said: tuple[int, ...]
    """The value in numbers; which, depends on the statistic: see `agrees`."""
    lens: Lens
    bits: float
    extreme: int
    """Comparable clubs' days with a value at least as extreme …"""
    compared: int
    """… of so many."""
    of: int
    """Units that it counts: its denominator."""
    proof: tuple[int, ...]
    """Matches (of a tie the last) that it counts, oldest first."""
    first_season: int
    first_day: int
    last_day: int
    cost: float
    age: int
    """Days from its last unit to the day of the view."""
    factor: float = 1.0
    thin: bool = False
    """Whether it is too little to stand by itself, though it may have a place among other things: see `worth`."""
    unbroken: bool = False
    """Whether it counts all units of its scope that are held: a run of these may be longer in truth."""
    latest: bool = False
    """Whether the last match that it counts is the side's latest of all."""

    @property
    def recency(self) -> float:
        """From 1, halved with each half-life since its last unit."""
        if self.lens.story:
            return 1.0
        half = _HALF_LIFE_NARROW if self.lens.narrow else _HALF_LIFE
        return float(0.5 ** (self.age / half))

    @property
    def strength(self) -> float:
        """How much its denominator carries, 0 to 1; of what the match is about, titles won for one, few are as good."""
        of = max(self.of, SURE) if self.lens.story else self.of
        return of / (of + STRENGTH_AT)

    @property
    def relevance(self) -> float:
        """How much a reader of the fixture cares: lens, recency, and whether it is a record."""
        return self.lens.weight * self.recency * self.factor

    @property
    def score(self) -> float:
        """Bits of surprise beyond what its narrowness costs, times relevance and strength."""
        return max(0.0, self.bits - self.cost) * self.relevance * self.strength

    def agrees(self, found: Answer) -> bool:
        """Whether the archive's own answer has the value that the columns gave."""
        value = found.value
        match value:
            case Streak():
                told: tuple[int, ...] = (value.length,)
                if self.question.statistic is Statistic.LONGEST_STREAK and not value.ongoing:
                    return False
            case Occurrence():
                told = (value.since,)
            case Never():
                told = (0, value.of) if value.never else ()
            case Count():
                told = (value.k, value.of)
            case Record():
                told = (value.played,)
            case Total():
                told = (value.goals, value.of)
            case _:
                return False
        return told == self.said and not found.at_least


def vouched_for(view: View, candidate: Candidate) -> bool:
    """Whether the archive is whole for all that the value of a candidate rests on."""
    question = resolved(view, candidate.question)
    book = ledger(view, question)
    from_the_start = question.statistic in _FROM_THE_START and question.scope.last is None
    if (
        question.statistic is Statistic.CURRENT_STREAK
        and book.gaps
        and candidate.first_season <= book.gaps[-1]
    ):
        return False
    reaches_back = question.statistic is Statistic.CURRENT_STREAK and candidate.unbroken
    if from_the_start or reaches_back:
        return coverage(question, book, first=None).complete
    since = day_of(candidate.first_day) if question.unit is Unit.MATCH else None
    return coverage(question, book, first=candidate.first_season, since=since).complete


_FROM_THE_START: Final = (
    Statistic.RECORD,
    Statistic.SHARE,
    Statistic.COUNT,
    Statistic.NEVER,
    Statistic.LONGEST_STREAK,
    Statistic.TOTAL,
)
