"""The public sources that secondleg reads: what each is, whose, under which licence, and which module reads it.

A new source is one module with the functions of `Reader`, one entry here and, to be pulled, one in
`sources.remotes`; docs/sources.md shows how.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, cast

from secondleg.errors import BadInput
from secondleg.sources.contract import SourceTable

__all__ = ["CATALOGUE", "Reader", "Source", "reader", "source"]


class Reader(Protocol):
    """What a module that reads a source has."""

    def finds(self, path: Path) -> list[Path]:
        """The files at or below `path` that it reads, sorted."""

    def document_name(self, path: Path) -> str:
        """A file's name upstream, wherever its folder lies on this machine."""

    def read_files(
        self, files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None
    ) -> SourceTable:
        """Read the files under the contract; `progress` is told how many are read, and of how many."""


@dataclass(frozen=True, slots=True)
class Source:
    """A public source.

    `default` is whether `secondleg data pull` takes it unasked: only where the licence lets anybody use it for
    anything. `files` says in words how its files are called.
    """

    key: str
    title: str
    module: str
    address: str
    licence: str
    terms: str
    gives: str
    files: str
    default: bool


_ATTRIBUTION: Final = "Name schochastics/football-data as the source where you publish."

CATALOGUE: Final = (
    Source(
        key="openfootball",
        title="openfootball",
        module="football_txt",
        address="https://github.com/openfootball",
        licence="CC0 1.0",
        terms="Free for any use.",
        gives="results with half-time scores, extra time, shoot-outs and stages; fixtures of running seasons",
        files="Football.TXT (.txt)",
        default=True,
    ),
    Source(
        key="openfootball-clubs",
        title="openfootball/clubs",
        module="clubs_txt",
        address="https://github.com/openfootball/clubs",
        licence="CC0 1.0",
        terms="Free for any use.",
        gives="names and aliases of clubs",
        files="*.clubs.txt",
        default=True,
    ),
    Source(
        key="schochastics",
        title="schochastics/football-data, results",
        module="schochastics",
        address="https://github.com/schochastics/football-data",
        licence="ODC-By 1.0",
        terms=_ATTRIBUTION,
        gives="results of the top divisions of 200 countries and of all continental cups, 1888 to 2019",
        files="results/*.csv, results_*.parquet",
        default=True,
    ),
    Source(
        key="schochastics-goals",
        title="schochastics/football-data, goals",
        module="schochastics_goals",
        address="https://github.com/schochastics/football-data",
        licence="ODC-By 1.0",
        terms=_ATTRIBUTION,
        gives="goals with minute and scorer; matches without a goal are absent",
        files="goals_time/*.csv",
        default=True,
    ),
    Source(
        key="schochastics-incidents",
        title="schochastics/football-data, incidents",
        module="schochastics_incidents",
        address="https://github.com/schochastics/football-data",
        licence="ODC-By 1.0",
        terms=_ATTRIBUTION,
        gives="goals, cards and substitutions of twelve leagues from 2000 on",
        files="goals_time2/*.json, goals_time2_*.parquet",
        default=True,
    ),
    Source(
        key="reep",
        title="reep",
        module="reep",
        address="https://github.com/withqwerty/reep",
        licence="CC0 1.0",
        terms="Free for any use.",
        gives="ids of clubs in Wikidata and other lists",
        files="reep teams.csv",
        default=True,
    ),
    Source(
        key="engsoccerdata",
        title="engsoccerdata",
        module="engsoccerdata",
        address="https://github.com/jalapic/engsoccerdata",
        licence="GPL, non-commercial",
        terms="Not for commercial use. Cite it as its README asks.",
        gives="English leagues and cups since 1871, other leagues, the European Cup with rounds and legs",
        files="data-raw/*.csv, england.parquet",
        default=False,
    ),
    Source(
        key="football-data",
        title="football-data.co.uk",
        module="football_data",
        address="https://www.football-data.co.uk",
        licence="none stated",
        terms="No licence is stated: for your own study only, and nothing of it may be passed on.",
        gives="results with shots, cards, corners and bookmakers' odds since 1993",
        files="E0.csv … (one a season and division), new/ARG.csv …, fdcouk_*.parquet",
        default=False,
    ),
)
"""All sources, those first that `data pull` takes unasked."""

_BY_KEY: Final = {entry.key: entry for entry in CATALOGUE}


def source(key: str) -> Source:
    """The source of that key. Raises BadInput for an unknown one, and lists those there are."""
    try:
        return _BY_KEY[key]
    except KeyError:
        raise BadInput(f"there is no source {key!r}. Use one of: {', '.join(_BY_KEY)}.") from None


def reader(entry: Source) -> Reader:
    """The module that reads a source."""
    return cast(Reader, importlib.import_module(f"secondleg.sources.{entry.module}"))
