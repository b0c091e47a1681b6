"""Small sources as their hosts serve them, and short ways to pull them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from secondleg.sources.catalogue import CATALOGUE
from secondleg.sources.fetch import Fetcher, Patience
from secondleg.sources.pull import pull
from secondleg.sources.pulled import PullReport
from secondleg.sources.remotes import Web as Hosts
from secondleg.sources.remotes import remotes
from support.web import Web

TEXT = (
    "= English Premier League 2023/24\n\n» Matchday 1\n  Fri Aug 11 2023\n    Burnley FC v Arsenal FC  0-3\n"
)
CSV = "home,away,date,gh,ga\nLiverpool FC,AS Roma,1984-05-30,1,1\n"
CLUBS = "= England\n\nBurnley FC, 1882\n  | Burnley\n"
TODAY = dt.date(2024, 5, 1)

ENGLAND = {
    "england-master/2023-24/1-premierleague.txt": TEXT,
    "england-master/2023-24/.conf.txt": "settings",
    "england-master/.build/conf.txt": "settings",
    "england-master/2014-15/squads/arsenal.txt": "Ozil",
    "england-master/NOTES.txt": "notes",
    "england-master/README.md": "read me",
}
SCHOCHASTICS = {
    "football-data-master/data/goals_time/dfb-pokal.csv": CSV,
    "football-data-master/data/goals_time2/england_premier-league-2003-2004.json": "[]",
    "football-data-master/data/elo/elo.csv": "elo",
}
GITHUB_ZIPS: Mapping[str, Mapping[str, str]] = {
    "openfootball/england/zip/refs/heads/master": ENGLAND,
    "openfootball/italy/zip/refs/heads/master": {"italy-master/2023-24/1-seriea.txt": TEXT},
    "openfootball/espana/zip/refs/heads/master": {"espana-master/2023-24/1-liga.txt": TEXT},
    "openfootball/deutschland/zip/refs/heads/master": {"deutschland-master/rsssf/duit64.txt": TEXT},
    "openfootball/europe/zip/refs/heads/master": {"europe-master/russia/2019-20_ru2.txt": TEXT},
    "openfootball/champions-league/zip/refs/heads/master": {"champions-league-master/2023-24/el.txt": TEXT},
    "openfootball/clubs/zip/refs/heads/master": {
        "clubs-master/europe/england/eng.clubs.txt": CLUBS,
        "clubs-master/europe/england/eng.clubs.props.txt": "keys",
        "clubs-master/middle-east/israel/il.clubs.txt": CLUBS,
        "clubs-master/asia/japan/jp.clubs.txt": CLUBS,
    },
    "schochastics/football-data/zip/04d91edbee1650857e1695c86cf876ee672b5fc9": {
        "football-data-04d91ed/data/results/uefa-cl.csv": CSV,
        "football-data-04d91ed/data/results/england.csv": CSV,
        "football-data-04d91ed/data/goals_time/dfb-pokal.csv": "of an older state",
    },
    "schochastics/football-data/zip/refs/heads/master": SCHOCHASTICS,
}
MIRROR = {
    "openfootball/england/2023-24/1-premierleague.txt": TEXT,
    "openfootball/europe/russia/2019-20_ru2.txt": TEXT,
    "openfootball/england/NOTES.md": "notes",
    "openfootball_clubs/europe/england/eng.clubs.txt": CLUBS,
    "schochastics/results/uefa-cl.csv": CSV,
    "schochastics/goals_time/dfb-pokal.csv": CSV,
    "reep/teams.csv": CSV,
    "reep/seasons.csv": CSV,
    "engsoccerdata/champs.csv": CSV,
    "football-data.co.uk/mmz4281/2324/E0.csv": CSV,
    "README.md": "what this is",
}
DEFAULT = tuple(entry.key for entry in CATALOGUE if entry.default)


def hasty() -> Fetcher:
    return Fetcher(Patience(connect=2, read=0.3, attempts=2), sleep=lambda _: None)


def take(web: Web, cache: Path, *keys: str, today: dt.date = TODAY) -> PullReport:
    """Pull from a server that stands for all of the sources' own hosts."""
    known = remotes(Hosts(web.address, web.address, web.address))
    return pull(keys, cache=cache, known=known, fetcher=hasty, today=today)


def take_mirror(web: Web, cache: Path, *keys: str) -> PullReport:
    return pull(keys, mirror=web.address, cache=cache, fetcher=hasty)


def held(report: PullReport) -> list[Path]:
    """All files that a pull has, whether a reader knows them or not."""
    return [file for pulled in report.sources for file in pulled.files]


def names(report: PullReport, root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in held(report)]
