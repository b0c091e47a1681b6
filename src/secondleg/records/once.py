"""Matches and ties of any club, which count once though both sides are in scope."""

from __future__ import annotations

from typing import Final

from secondleg.football.match import Venue
from secondleg.records.events import Event
from secondleg.records.question import OF_UNITS, Question
from secondleg.records.terms import Measure, Statistic, Unit
from secondleg.records.units import is_partial

__all__ = ["adds_up_once", "both_in_scope", "counts_once", "of_both_sides", "of_one_side", "tally"]

_OF_BOTH: Final = frozenset(
    (
        "played",
        "drew",
        "both scored",
        "goalless",
        "goals at least",
        "goals at most",
        "after extra time",
        "on penalties",
        "awarded",
        "level at half-time",
        "level after first leg",
        "in extra time",
        "on away goals",
        "in a play-off",
    )
)
"""Events of a match or a tie that happen to both its sides or to none."""
_OF_ONE: Final = frozenset(
    (
        "won",
        "lost",
        "won to nil",
        "lost to nil",
        "won by",
        "lost by",
        "won by exactly",
        "lost by exactly",
        "won in extra time",
        "lost in extra time",
        "won on penalties",
        "lost on penalties",
        "ahead at half-time",
        "behind at half-time",
        "won from behind at half-time",
        "lost a half-time lead",
        "won from behind",
        "lost from in front",
        "scored first",
        "conceded first",
        "won after minute",
        "went through",
        "went out",
        "ahead after first leg",
        "behind after first leg",
        "overturned first leg",
        "lost first-leg lead",
        "through in extra time",
        "through on penalties",
        "through on away goals",
        "out on penalties",
        "out on away goals",
        "won on aggregate by",
        "lost on aggregate by",
    )
)
"""Events that happen to one side of a match or a tie at most."""


def of_both_sides(event: Event) -> bool:
    """Whether the event of a match or a tie happens to both sides or to none."""
    return event.name in _OF_BOTH or (event.name == "ended" and event.n == event.against)


def of_one_side(event: Event) -> bool:
    """Whether the event of a match or a tie happens to one side at most."""
    by_none = event.name in ("won by", "lost by") and event.n == 0
    return (event.name in _OF_ONE and not by_none) or (event.name == "ended" and event.n != event.against)


def counts_once(question: Question) -> bool:
    """Whether both sides of one match or tie may be in scope, which counts once all the same."""
    if question.subject.club is not None or question.unit not in (Unit.MATCH, Unit.TIE):
        return False
    one_side = question.opponent is not None or question.scope.venue in (Venue.HOME, Venue.AWAY)
    return question.statistic in OF_UNITS and not one_side


def adds_up_once(question: Question) -> bool:
    """Whether what is measured is of both sides together, such as the goals of a match."""
    return counts_once(question) and question.measure is Measure.GOALS


_OF_A_SIDE: Final = (
    "country", "opponents", "opponent_country", "opponent_class", "opening", "past", "after", "first_leg",
)  # fmt: skip
"""Parts of a scope by which one side of a match may be meant and the other not."""


def both_in_scope(question: Question) -> bool:
    """Whether each match in scope is there for both sides, and known of both: then counting need not look at which."""
    open_to_all = all(getattr(question.scope, part) is None for part in _OF_A_SIDE)
    return counts_once(question) and open_to_all and not is_partial(question)


def tally(question: Question, source: str) -> tuple[str, str]:
    """The relation `tally` of the units of `source`, counted once, and the totals that are read of it.

    It happened in a unit where it did for a side; where it did for none that is known and may have for the other, the
    unit is not known of.
    """
    if both_in_scope(question) and not adds_up_once(question):
        return "", _of_pairs(question)
    unknown = "unknown AND holds IS NULL" if question.unit is Unit.TIE else "holds IS NULL"
    relation = f"""
tally AS MATERIALIZED (
    SELECT count(*) FILTER (happened OR known) AS units, count(*) FILTER (happened) AS units_with,
           count(*) FILTER (missed) AS units_without,
           count(*) FILTER (unsure AND happened IS NOT TRUE) AS units_unknown,
           sum(of_both) FILTER (happened) AS amount_once
    FROM (SELECT id, bool_or(holds) AS happened, bool_or(NOT holds) AS missed, bool_and(holds IS NOT NULL) AS known,
                 bool_or({unknown}) AS unsure, any_value(amount) AS of_both
          FROM {source} GROUP BY id)
),"""
    names = ("units", "units_with", "units_without", "units_unknown", "amount_once")
    return relation, "".join(f",\n           (SELECT {name} FROM tally) AS {name}" for name in names)


def _of_pairs(question: Question) -> str:
    """The same totals where each unit is there twice."""
    hits, misses = "count(*) FILTER (holds)", "count(*) FILTER (NOT holds)"
    if of_one_side(question.event):
        misses = "count(*) // 2"
    elif of_both_sides(question.event):
        hits, misses = f"{hits} // 2", f"{misses} // 2"
    else:
        hits = hits.replace("*", "DISTINCT id")
        # that is only looked at where something always was so
        misses = misses.replace("*", "DISTINCT id") if question.statistic is Statistic.ALWAYS else "0"
    told = {"units": "count(*) // 2", "units_with": hits, "units_without": misses, "units_unknown": "0"}
    return "".join(f",\n           {number} AS {name}" for name, number in told.items())
