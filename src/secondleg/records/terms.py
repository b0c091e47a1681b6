"""The closed vocabularies of a question: statistics, units, measures, groups, families and classes of opponent."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Family", "Measure", "OpponentClass", "Per", "Statistic", "Unit"]


class Statistic(StrEnum):
    """What is asked of an event: how long a run of it, when last, how often."""

    CURRENT_STREAK = "current streak"
    LONGEST_STREAK = "longest streak"
    LAST = "last"
    FIRST = "first"
    NTH = "nth"
    """The `question.nth` time; of any club, of all of them together."""
    LAST_N = "last n"
    """The last `scope.last` units themselves, oldest first: form."""
    COUNT = "count"
    SHARE = "share"
    """How many of the units: k of n."""
    TOTAL = "total"
    """A measure (goals scored, conceded, points …) summed over the units in which the event holds."""
    AVERAGE = "average"
    """A measure for each unit in which the event holds."""
    RECORD = "record"
    """Won, drawn, lost and goals over the matches (or league seasons) in which the event holds."""
    NEVER = "never"
    ALWAYS = "always"
    ONLY = "only"
    """Whether the event held once and no more, and when."""
    FURTHEST = "furthest"
    """The best campaign: the stage reached, and when."""
    SINCE = "since"
    """An occurrence and the one before it: "the first … since"."""
    MOST = "most"
    """The record match, season, year, opponent or club (`question.per`): the greatest measure or number of times."""
    FEWEST = "fewest"
    RANK = "rank"
    """Where a club stands among all clubs by another statistic (`question.of`), or its latest group among its own."""
    AS_MANY = "as many as"
    """As much in the last n (`scope.last`) as in how many before: "as many goals as in the previous nine"."""
    FIRST_TO = "first to"
    """Which club was the first for which the event held `question.nth` times."""
    WHICH = "which"
    """The clubs to which it has happened; of one club, its opponents against whom it has."""
    WHICH_NEVER = "which never"
    """The clubs of the scope to which it never has."""
    WHICH_EVERY = "which every season"
    """The clubs to which it has happened in each season of the scope."""
    WOULD_BE = "would be"
    """What one more time would be, in a match still to come: the first, the nth, the first since."""
    STAKES = "stakes"
    """Where a stage ranks among all that the club has reached: how often, when last, whether as far as ever."""
    CHANCE = "chance"
    """How likely the event is: asked of a forecast, not of the archive."""


class Unit(StrEnum):
    """What is counted."""

    MATCH = "match"
    TIE = "tie"
    CAMPAIGN = "campaign"
    """A club's season in one competition."""
    SEASON = "league season"
    """A club's season in a league that is over: its final place, points, titles, promotion and relegation."""


class Measure(StrEnum):
    """What TOTAL, AVERAGE, MOST, FEWEST and AS_MANY add up."""

    SCORED = "scored"
    CONCEDED = "conceded"
    GOALS = "goals"
    """Of both sides."""
    DIFFERENCE = "difference"
    POINTS = "points"
    """As the league counted them that season; three for a win elsewhere."""
    WINS = "wins"
    """Of a league season, as the two below."""
    DRAWS = "draws"
    DEFEATS = "defeats"
    PLACE = "place"
    """Final place of a league season: FEWEST is the best."""


class Per(StrEnum):
    """What MOST, FEWEST and RANK compare."""

    UNIT = "unit"
    """Single matches, ties, campaigns or league seasons."""
    SEASON = "season"
    """A club's season, in all competitions of the scope."""
    YEAR = "year"
    """A club's calendar year."""
    OPPONENT = "opponent"
    CLUB = "club"
    """All that a club has ever done within the scope."""


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


class OpponentClass(StrEnum):
    """Opponents that belong together as they were on the day of the match."""

    PROMOTED = "promoted"
    """Came up to its division for that season."""
    CITY_RIVAL = "city rival"
    CHAMPIONS = "champions"
    """Won the top division of its country the season before."""
    HOLDERS = "holders"
    """Won this competition the season before."""
    LOWER_DIVISION = "lower division"
    """Plays below the subject that season, in the same country."""
    HIGHER_DIVISION = "higher division"
    TOP_FLIGHT = "top flight"
