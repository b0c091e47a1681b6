"""Which competition each file of schochastics/football-data holds, and when its seasons begin where that is known.

A file of a country holds its top division, with the play-offs that the source has. Not so: Liechtenstein has no
league, and its file the cup; Canada's changes from a regional league to the national one of 2019; and Italy's of
1945-46 is another tournament than the Serie A. Files of states
that are no more are leagues of their own (`gdr.1`), and each club's country is today's.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from secondleg.errors import BadInput
from secondleg.football import country
from secondleg.sources._schochastics_seasons import ANY_MONTH, Ints

__all__ = ["OTHERWISE", "UEFA", "competition_of", "season_months", "seasons_of_cup"]

UEFA: Final = {
    "uefa-cl.csv": "uefa.cl",
    "uefa-el.csv": "uefa.el",
    "uefa-cw.csv": "uefa.cwc",
    "uefa-itc.csv": "uefa.itc",
    "uefa-sc.csv": "uefa.sc",
}

_OTHER: Final = {
    "afc-cl.csv": "afc.cl",
    "afc-pokal.csv": "afc.cup",
    "afc-pres.-cup.csv": "afc.presidents",
    "caf-cc.csv": "caf.cc",
    "caf-cl.csv": "caf.cl",
    "caf-sc.csv": "caf.sc",
    "cfu-cc.csv": "cfu.cc",
    "concacaf-cc.csv": "concacaf.cl",
    "concacaf-l.csv": "concacaf.league",
    "copa-lib.csv": "conmebol.libertadores",
    "copa-sud.csv": "conmebol.sudamericana",
    "recopa.csv": "conmebol.recopa",
    "fifa-club.csv": "fifa.club",
    "fifa-wc.csv": "fifa.intercontinental",
    "ofc-cc.csv": "ofc.cl",
    "liechtenstein.csv": "lie.cup",
    "ddr.csv": "gdr.1",
    "udssr.csv": "urs.1",
    "yugoslavia.csv": "yug.1",
    "serbia-and-montenegro.csv": "scg.1",
}

OTHERWISE: Final = {("ita.1", 1945): "ita.1.nazionale"}
"""Seasons of a league's file that are of another competition. Italy's Divisione Nazionale of 1945-46 was played in
two leagues, 14 clubs of the north and 11 of the centre and south (some of Serie B among them), and a final round of
eight; official counts of the Serie A leave it out. The file has its 348 matches: 182, 110 and 56."""

_IN_ONE_YEAR: Final = frozenset(
    {
        "afc-cl.csv", "afc-pokal.csv", "afc-pres.-cup.csv", "caf-cc.csv", "caf-cl.csv", "caf-sc.csv", "concacaf-l.csv",
        "copa-lib.csv", "copa-sud.csv", "recopa.csv", "fifa-club.csv", "fifa-wc.csv",
    }
)  # fmt: skip
"""Cups that are played within a calendar year, but for the editions of `_ACROSS`."""

_ACROSS: Final[dict[str, tuple[tuple[str, str, int], ...]]] = {
    # first and last day, and the season
    "afc-cl.csv": (("2002-08-01", "2003-10-31", 2002),),
    # the last edition of a calendar year and the first from autumn to spring began both in 2018
    "caf-cl.csv": (("2018-11-20", "2019-07-15", 2019),),
    "caf-cc.csv": (("2018-12-10", "2019-07-15", 2019),),
    # Intercontinental Cups that were played in the year after
    "fifa-wc.csv": (
        ("1975-01-01", "1975-06-30", 1974),
        ("1978-01-01", "1978-12-31", 1977),
        ("1980-01-01", "1980-06-30", 1979),
        ("1981-01-01", "1981-06-30", 1980),
    ),
}

_BEGIN_IN: Final = {"switzerland.csv": frozenset({6, 7, 8, 9, 10})}
"""Months in which a country's seasons began, where the file alone would mislead: Switzerland's winter break was longer
than its summer's, and from 1987 to 2003 the league split at it."""


def competition_of(document: str) -> str | None:
    """The code of the competition that a document (`results/spain.csv`) holds; None for one that is not known."""
    file = document.rpartition("/")[2]
    if found := (UEFA | _OTHER).get(file):
        return found
    try:
        return f"{country.code(file.removesuffix('.csv'))}.1"
    except BadInput:
        return None


def season_months(document: str) -> frozenset[int]:
    """The months in which a season of the document's league may begin."""
    return _BEGIN_IN.get(document.rpartition("/")[2], ANY_MONTH)


def seasons_of_cup(document: str, days: Ints) -> Ints | None:
    """The seasons of a cup's matches by `days` since 1970; None where they must be told from who played."""
    file = document.rpartition("/")[2]
    if file not in _IN_ONE_YEAR:
        return None
    dates = days.astype("datetime64[D]")
    season = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    for first, last, year in _ACROSS.get(file, ()):
        within = (dates >= _day(first)) & (dates <= _day(last))
        season[within] = year
    return season


def _day(text: str) -> np.datetime64:
    return np.datetime64(dt.date.fromisoformat(text), "D")
