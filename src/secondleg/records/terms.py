"""The closed vocabularies of a question: statistics, units, measures and families of competitions."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Family", "Measure", "Statistic", "Unit"]


class Statistic(StrEnum):
    """What is asked of an event: how long a run of it, when last, how often."""

    CURRENT_STREAK = "current streak"
    LONGEST_STREAK = "longest streak"
    LAST = "last"
    FIRST = "first"
    LAST_N = "last n"
    """The last `scope.last` units themselves, oldest first: form."""
    COUNT = "count"
    SHARE = "share"
    """How many of the units: k of n."""
    TOTAL = "total"
    """A measure (goals scored, conceded …) summed over the units in which the event holds."""
    RECORD = "record"
    """Won, drawn, lost and goals over the matches in which the event holds."""
    NEVER = "never"
    FURTHEST = "furthest"
    """The best campaign: the stage reached, and when."""
    SINCE = "since"
    """An occurrence and the one before it: "the first … since"."""
    CHANCE = "chance"
    """How likely the event is: asked of a forecast, not of the archive."""


class Unit(StrEnum):
    """What is counted."""

    MATCH = "match"
    TIE = "tie"
    CAMPAIGN = "campaign"
    """A club's season in one competition."""
    SEASON = "league season"
    """A club's final place in a league table; declared, not answered yet."""


class Measure(StrEnum):
    """What TOTAL adds up."""

    SCORED = "scored"
    CONCEDED = "conceded"
    GOALS = "goals"
    """Of both sides."""
    DIFFERENCE = "difference"


class Family(StrEnum):
    """Competitions that belong together, as prose names them."""

    EUROPE = "europe"
    """All competitions of clubs from several countries."""
    DOMESTIC = "domestic"
    LEAGUE = "league"
    """Domestic leagues of every tier."""
    TOP_FLIGHT = "top flight"
    CUP = "cup"
    """Domestic cups."""
