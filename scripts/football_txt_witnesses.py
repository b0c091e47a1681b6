"""Other sources of results that the reader of Football.TXT is checked against, and whose clubs are whose.

Clubs of two sources are told to be the same by their results, not by their names: within a season of a
competition, the club with whom most days and scores agree.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

__all__ = ["Game", "Key", "engsoccerdata", "football_data", "match_up", "query"]

ENGSOCCERDATA = {
    "germany": "ger",
    "italy": "ita",
    "spain": "esp",
    "france": "fra",
    "greece": "gre",
    "holland": "ned",
} | {
    "portugal": "por",
    "scotland": "sco",
    "turkey": "tur",
}
FOOTBALL_DATA = {"England": "eng", "Italy": "ita", "Spain": "esp", "Germany": "ger", "France": "fra"} | {
    "Netherlands": "ned",
    "Portugal": "por",
    "Scotland": "sco",
    "Greece": "gre",
    "Turkey": "tur",
}
"""Leagues whose seasons begin in summer; football-data.co.uk names a season by the year in which it ends."""

Key = tuple[str, int]
"""Competition and the year in which the season began."""


@dataclass(frozen=True, slots=True)
class Game:
    """One match as one source has it."""

    where: str
    date: dt.date
    home: str
    away: str
    goals: tuple[int, int]
    row: dict[str, Any]


def engsoccerdata(folder: Path) -> Iterator[tuple[Key, list[Game]]]:
    """The league seasons of engsoccerdata since 1963, by competition and season."""
    seasons: dict[Key, list[Game]] = defaultdict(list)
    columns = "Date, Season, home, visitor, hgoal, vgoal, tier"
    files = {
        f"read_csv('{folder / name}.csv', all_varchar = true)": country
        for name, country in ENGSOCCERDATA.items()
    }
    files[f"'{folder / 'england.parquet'}'"] = "eng"
    for file, country in files.items():
        for row in query(
            f"select {columns} from {file} where cast(Season as double) >= 1963 "
            "and hgoal::varchar <> 'NA' and Date::varchar <> 'NA'"
        ):
            key = (f"{country}.{int(float(row['tier']))}", int(float(row["Season"])))
            day = (
                row["Date"]
                if isinstance(row["Date"], dt.date)
                else dt.date.fromisoformat(str(row["Date"])[:10])
            )
            goals = (int(row["hgoal"]), int(row["vgoal"]))
            seasons[key].append(Game("engsoccerdata", day, row["home"], row["visitor"], goals, row))
    yield from seasons.items()


def football_data(path: Path) -> Iterator[tuple[Key, list[Game]]]:
    """The league seasons of football-data.co.uk since 2000, by competition and season."""
    seasons: dict[Key, list[Game]] = defaultdict(list)
    goals = "target__home_team__full_time_goals h, target__away_team__full_time_goals a"
    for row in query(
        f"select league, division, year, date, home_team, away_team, {goals} from '{path}' where year > 2000"
    ):
        if row["league"] in FOOTBALL_DATA and row["h"] is not None and row["a"] is not None:
            key = (f"{FOOTBALL_DATA[row['league']]}.{row['division']}", row["year"] - 1)
            score = (int(row["h"]), int(row["a"]))
            seasons[key].append(
                Game("football-data.co.uk", row["date"], row["home_team"], row["away_team"], score, row)
            )
    yield from seasons.items()


def query(sql: str) -> list[dict[str, Any]]:
    """The rows of a query over files, as dictionaries."""
    result = duckdb.execute(sql)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def match_up(ours: list[Game], theirs: list[Game]) -> tuple[list[tuple[Game, Game]], list[Game]]:
    """Pairs of accounts of one match, and the matches that only one of the two has."""
    same = _same_clubs(ours, theirs)
    index: dict[tuple[str, str], list[Game]] = defaultdict(list)
    for game in theirs:
        index[game.home, game.away].append(game)
    pairs: list[tuple[Game, Game]] = []
    alone: list[Game] = []
    for game in ours:
        sides = (same.get(game.home, ""), same.get(game.away, ""))
        candidates = index[sides] or index[sides[::-1]]
        near = min(candidates, key=lambda other: abs((other.date - game.date).days), default=None)
        # a season may hold the same two sides at the same ends twice, as in Scotland
        if near is None or (index[sides] is not candidates and near.date != game.date):
            alone.append(game)
            continue
        candidates.remove(near)
        pairs.append((game, near))
    alone += [game for games in index.values() for game in games]
    return pairs, alone


def _same_clubs(ours: list[Game], theirs: list[Game]) -> dict[str, str]:
    """Our name of a club -> theirs, by the results that agree."""
    index: dict[tuple[dt.date, tuple[int, int]], list[Game]] = defaultdict(list)
    for game in theirs:
        index[game.date, game.goals].append(game)
        if game.goals[0] == game.goals[1] or game.row.get("round") == "final":
            index[game.date, game.goals[::-1]].append(game)
    votes: Counter[tuple[str, str]] = Counter()
    for game in ours:
        for other in index[game.date, game.goals]:
            votes[game.home, other.home] += 1
            votes[game.away, other.away] += 1
    same: dict[str, str] = {}
    for (mine, yours), _ in votes.most_common():
        if mine not in same and yours not in same.values():
            same[mine] = yours
    return same
