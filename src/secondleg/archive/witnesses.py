"""The sources as witnesses: whose word comes first, and whose are one and the same word.

Two sources that copy from one another, or from a third, are one witness: they repeat each other's slips. That is how
copies are told here. Of league matches that engsoccerdata, football-data and a third source hold, the first two give
the same day against the third, or each its own, within three days:

    Belgium, Greece, Portugal, Scotland, Turkey   82 the same     3 each its own
    England, Germany, since 2000                  24 the same     1 each its own
    France, Italy, Netherlands, Spain, to 2015     1 the same   119 each its own

schochastics' results, goals and incidents are witnesses of their own: of the days on which its results are alone or
with its goals against all other sources, 340 are of one of them and 40 of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["COPIES", "PRIORITY", "Copied", "family_sql", "ranked"]

PRIORITY: Final = (
    "openfootball",
    "engsoccerdata",
    "football-data",
    "schochastics-incidents",
    "schochastics",
    "schochastics-goals",
)
"""Sources from the best to the last; one that is not named here comes after them, by its name.

openfootball tells more than the others of a match (stage, leg, half-time, extra time, shoot-out) and its files are
kept up by hand. engsoccerdata tells the season, the round and the replays; football-data the season and half-time.
schochastics' results have no season, no stage, and in old years many days that are a day off; its goal files lack
every 0-0.
"""


@dataclass(frozen=True, slots=True)
class Copied:
    """Matches of a country's leagues that `source` took over from `origin`, from a season on."""

    source: str
    origin: str
    country: str
    first: int


COPIES: Final = tuple(
    Copied("engsoccerdata", "football-data", country, first)
    for country, first in (
        # whole files under football-data's own division codes (B1, G1, P1, SC0, T1)
        ("bel", 0),
        ("gre", 0),
        ("por", 0),
        ("sco", 0),
        ("tur", 0),
        ("eng", 2000),
        ("ger", 2000),
        # the package's updates, which fetch football-data's current season: since then they never differ
        ("esp", 2016),
        ("fra", 2016),
        ("ita", 2016),
        ("ned", 2016),
    )
)
"""Who took what from whom."""


def ranked(sources: Iterable[str]) -> tuple[str, ...]:
    """The given sources, the best first."""
    given = set(sources)
    return (*(s for s in PRIORITY if s in given), *sorted(given - set(PRIORITY)))


def family_sql() -> str:
    """An SQL expression: the source that a row of `store.source_match s` rests on in the end.

    Cups are their own witness: football-data has none.
    """
    cases = " ".join(
        f"WHEN s.source = '{c.source}' AND s.season >= {c.first} AND starts_with(s.competition, '{c.country}.') "
        f"AND regexp_matches(s.competition, '\\.[0-9]') THEN '{c.origin}'"
        for c in COPIES
    )
    return f"CASE {cases} ELSE s.source END"
