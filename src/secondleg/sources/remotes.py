"""Where each source of the catalogue is fetched from, and where its files lie in a mirror and in the cache.

The cache has the layout of a mirror, so that one set of patterns finds a source's files in both. Repository names,
branches and folders were checked against upstream in November 2026.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

__all__ = ["PUBLIC", "Archive", "Listed", "Place", "Remote", "Web", "remotes"]


@dataclass(frozen=True, slots=True)
class Web:
    """The hosts that sources are fetched from; a test puts its own server in their place."""

    codeload: str = "https://codeload.github.com"
    raw: str = "https://raw.githubusercontent.com"
    football_data: str = "https://www.football-data.co.uk"


PUBLIC: Final = Web()


@dataclass(frozen=True, slots=True)
class Archive:
    """A whole repository as one zip file.

    Members that match `keep` below the archive's one top folder are unpacked to `into`, under the path that the
    pattern's group has. GitHub does not like many files to be fetched one by one; a zip is one request.
    """

    url: str
    into: str
    keep: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Files whose addresses are known; if `optional`, any of them may be absent. `paths` gives them as of a day."""

    base: str
    paths: Callable[[dt.date], tuple[str, ...]]
    into: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Files of a source in a mirror: those below `folder` whose path from there matches `pattern` as a whole."""

    folder: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Remote:
    """How one source is fetched."""

    parts: tuple[Archive | Listed, ...]
    places: tuple[Place, ...]


# --- what is taken of each source -----------------------------------------------------------------

_TEXTS: Final = r"(?!(?:.*/)?(?:squads|\.[^/]*)/)(?:[^/]+/)+[^/.]+\.txt"
"""Football.TXT below a folder of a season or country: no settings (`.conf.txt`), no squads, no notes at the top."""
_CLUBS: Final = r"[^/.]+/[^/.]+/[^/.]+\.clubs\.txt"
"""Club lists, in folders of continents and countries."""
_LEAGUE_REPOSITORIES: Final = ("england", "italy", "espana", "deutschland", "europe", "champions-league")

_RESULTS: Final = r"[^/]+\.csv"
_RESULTS_COMMIT: Final = "04d91edbee1650857e1695c86cf876ee672b5fc9"
"""The last state of schochastics/football-data whose `data/results/` has a CSV for each country and cup."""

_ENGSOCCERDATA: Final = (
    "belgium", "champs", "england", "facup", "france", "germany", "greece", "holland", "italy", "leaguecup",
    "portugal", "scotland", "spain", "turkey",
)  # fmt: skip

_FIRST_SEASONS: Final[Mapping[str, int]] = {
    "E0": 1993, "E1": 1993, "E2": 1993, "E3": 1993, "EC": 2005,
    "SC0": 1994, "SC1": 1994, "SC2": 1997, "SC3": 1997,
    "D1": 1993, "D2": 1993, "I1": 1993, "I2": 1997, "SP1": 1993, "SP2": 1996, "F1": 1993, "F2": 1996,
    "N1": 1993, "B1": 1995, "P1": 1994, "T1": 1994, "G1": 1994,
}  # fmt: skip
"""Divisions of football-data.co.uk with a file a season, and the season that each begins with."""
_WHOLE_LEAGUES: Final = (
    "ARG", "AUT", "BRA", "CHN", "DNK", "FIN", "IRL", "JPN", "MEX", "NOR", "POL", "ROU", "RUS", "SWE", "SWZ", "USA",
)  # fmt: skip
"""Leagues of football-data.co.uk with one file for all seasons."""
_SEASON_BEGINS: Final = 7
"""Month from which on a file of the new season may be there."""


def _football_data_paths(today: dt.date) -> tuple[str, ...]:
    last = today.year if today.month >= _SEASON_BEGINS else today.year - 1
    by_season = (
        f"mmz4281/{season % 100:02d}{(season + 1) % 100:02d}/{division}.csv"
        for division, first in _FIRST_SEASONS.items()
        for season in range(first, last + 1)
    )
    return (*by_season, *(f"new/{country}.csv" for country in _WHOLE_LEAGUES))


def remotes(web: Web = PUBLIC) -> Mapping[str, Remote]:
    """How each source of the catalogue is fetched, by its key."""

    def openfootball(repository: str, into: str, keep: str) -> Archive:
        return Archive(f"{web.codeload}/openfootball/{repository}/zip/refs/heads/master", into, f"({keep})")

    def schochastics(folder: str, keep: str, ref: str = "refs/heads/master") -> Archive:
        address = f"{web.codeload}/schochastics/football-data/zip/{ref}"
        return Archive(address, f"schochastics/{folder}", rf"data/{folder}/({keep})")

    return {
        "openfootball": Remote(
            tuple(openfootball(r, f"openfootball/{r}", _TEXTS) for r in _LEAGUE_REPOSITORIES),
            (Place("openfootball", rf"(?:[^/]+/)(?:{_TEXTS})"),),
        ),
        "openfootball-clubs": Remote(
            (openfootball("clubs", "openfootball_clubs", _CLUBS),), (Place("openfootball_clubs", _CLUBS),)
        ),
        "schochastics": Remote(
            (schochastics("results", _RESULTS, _RESULTS_COMMIT),),
            (Place("schochastics", rf"results/{_RESULTS}|results_[^/]+\.parquet"),),
        ),
        "schochastics-goals": Remote(
            (schochastics("goals_time", r"[^/]+\.csv"),), (Place("schochastics", r"goals_time/[^/]+\.csv"),)
        ),
        "schochastics-incidents": Remote(
            (schochastics("goals_time2", r"[^/]+\.json"),),
            (Place("schochastics", r"goals_time2/[^/]+\.json|goals_time2_[^/]+\.parquet"),),
        ),
        "reep": Remote(
            (Listed(f"{web.raw}/withqwerty/reep/main/data", lambda _: ("teams.csv",), "reep"),),
            (Place("reep", r"teams\.csv"),),
        ),
        "engsoccerdata": Remote(
            (
                Listed(
                    f"{web.raw}/jalapic/engsoccerdata/master/data-raw",
                    lambda _: tuple(f"{name}.csv" for name in _ENGSOCCERDATA),
                    "engsoccerdata",
                ),
            ),
            (Place("engsoccerdata", rf"(?:{'|'.join(_ENGSOCCERDATA)})\.(?:csv|parquet)"),),
        ),
        "football-data": Remote(
            (Listed(web.football_data, _football_data_paths, "football-data.co.uk", optional=True),),
            (
                Place(
                    "football-data.co.uk",
                    r"mmz4281/\d{4}/[A-Z]+\d?\.csv|new/[A-Z]{3}\.csv|fdcouk_[^/]+\.parquet",
                ),
            ),
        ),
    }
