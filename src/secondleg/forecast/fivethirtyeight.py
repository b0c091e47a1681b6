"""FiveThirtyEight's club forecasts, put beside the archive's matches: a peer to be compared with, never a signal.

Their file (`spi_matches.csv` upstream, CC BY 4.0; as CSV or Parquet) has a row a match: date, league, team1, team2,
prob1, prob2, probtie, score1, score2. The club that a name stands for is found as the archive finds it for a source: by
fixtures. A name is the club that played where, when and with the score that the name's matches have.

Rows that give a draw no chance at all are left out: of a match that must have a winner (finals, the single matches of
2020) FiveThirtyEight tells who goes through, not how the 90 minutes end.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from secondleg.errors import SourceError
from secondleg.forecast.backtest import Forecasts
from secondleg.forecast.sample import Sample

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["ALIAS", "LEAGUES", "PeerReport", "clubs_by_fixtures", "fivethirtyeight", "read_peer"]

ALIAS: Final = "fivethirtyeight"

LEAGUES: Final[Mapping[str, str]] = {
    "Barclays Premier League": "eng.1",
    "English League Championship": "eng.2",
    "English League One": "eng.3",
    "English League Two": "eng.4",
    "Scottish Premiership": "sco.1",
    "Spanish Primera Division": "esp.1",
    "Spanish Segunda Division": "esp.2",
    "Italy Serie A": "ita.1",
    "Italy Serie B": "ita.2",
    "German Bundesliga": "ger.1",
    "German 2. Bundesliga": "ger.2",
    "French Ligue 1": "fra.1",
    "French Ligue 2": "fra.2",
    "Dutch Eredivisie": "ned.1",
    "Portuguese Liga": "por.1",
    "Belgian Jupiler League": "bel.1",
    "Turkish Turkcell Super Lig": "tur.1",
    "Greek Super League": "gre.1",
    "Russian Premier Liga": "rus.1",
    "Austrian T-Mobile Bundesliga": "aut.1",
    "Swiss Raiffeisen Super League": "sui.1",
    "Danish SAS-Ligaen": "den.1",
    "Norwegian Tippeligaen": "nor.1",
    "Swedish Allsvenskan": "swe.1",
    "UEFA Champions League": "uefa.cl",
    "UEFA Europa League": "uefa.el",
    "UEFA Europa Conference League": "uefa.conf",
}
"""The competition that each of their leagues is."""

DAYS_APART: Final = 1
"""Days by which the two may disagree when a match was played: kick-offs near midnight."""

ENOUGH: Final = 0.5
"""Share of a name's matches that a club must have played with the same score to be it."""

_COLUMNS: Final = ("date", "league", "team1", "team2", "prob1", "prob2", "probtie", "score1", "score2")

_PLAYED: Final = """
SELECT date, competition, home, away, coalesce(home_ft, home_goals) AS home_goals,
       coalesce(away_ft, away_goals) AS away_goals, home_goals AS home_final, away_goals AS away_final
FROM result
WHERE list_contains($competitions, competition) AND date BETWEEN $first AND $last
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PeerReport:
    """How the peer's rows were put beside the sample: of its `rows` in the sample's competitions and days, how many are
    of matches that had to have a winner, of names that could not be placed, of no match of the sample, and how many of
    those that are `matched` tell another score.
    """

    rows: int
    must_have_winner: int
    unplaced_names: tuple[str, ...]
    unmatched: int
    matched: int
    other_score: int

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            "rows": self.rows,
            "must_have_winner": self.must_have_winner,
            "unplaced_names": list(self.unplaced_names),
            "unmatched": self.unmatched,
            "matched": self.matched,
            "other_score": self.other_score,
        }


def read_peer(path: Path) -> list[Row]:
    """The rows of a file of FiveThirtyEight's, CSV or Parquet, of leagues that are known and with all three chances.

    Raises SourceError for a file that cannot be read as one.
    """
    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet as parquet

            table = parquet.read_table(path, columns=list(_COLUMNS))
        else:
            from pyarrow import csv

            table = csv.read_csv(path).select(list(_COLUMNS))
    except (OSError, KeyError, ValueError) as error:
        raise SourceError(
            str(error).splitlines()[0].rstrip("."),
            file=str(path),
            hint=f"Give a file of FiveThirtyEight's club forecasts with the columns {', '.join(_COLUMNS)}.",
        ) from error
    rows: list[Row] = table.to_pylist()
    chances = ("prob1", "prob2", "probtie")
    return [
        {**row, "competition": LEAGUES[row["league"]]}
        for row in rows
        if row["league"] in LEAGUES and all(row[name] is not None for name in chances)
    ]


def clubs_by_fixtures(rows: Sequence[Row], played: Sequence[Row]) -> dict[str, str]:
    """The club of each name in `rows` of the peer, from `played` matches of the archive.

    Each row votes for the sides that played that day (or a day apart) in that competition at that venue with that
    score. A name is the club with most votes, if they are `ENOUGH` of those of its rows that can be compared and no
    other club has as many.
    """
    by_score: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for match in played:
        for score in {
            (match["home_goals"], match["away_goals"]),
            (match["home_final"], match["away_final"]),
        }:
            by_score[match["competition"], match["date"], *score].append(match)
    held = {(match["competition"], match["date"]) for match in played}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for row in rows:
        # of a day on which the archive has no match of the competition nothing can be compared
        comparable = any((row["competition"], day) in held for day in _days(row["date"]))
        if row["score1"] is None or row["score2"] is None or not comparable:
            continue
        seen.update((row["team1"], row["team2"]))
        sides: dict[str, set[str]] = {"team1": set(), "team2": set()}
        for day in _days(row["date"]):
            for match in by_score.get((row["competition"], day, int(row["score1"]), int(row["score2"])), ()):
                sides["team1"].add(match["home"])
                sides["team2"].add(match["away"])
        for side, clubs in sides.items():
            votes[row[side]].update(clubs)
    found = {}
    for name, counted in votes.items():
        best = counted.most_common(2)
        alone = len(best) == 1 or (len(best) == 2 and best[1][1] < best[0][1])
        if alone and best[0][1] >= ENOUGH * seen[name]:
            found[name] = best[0][0]
    return found


def fivethirtyeight(view: View, sample: Sample, path: Path) -> tuple[Forecasts, PeerReport]:
    """What FiveThirtyEight said of the matches of a sample, from their file at `path`."""
    codes = sorted(set(sample.competition.tolist()))
    every = [row for row in read_peer(path) if row["competition"] in codes]
    forecasts = Forecasts.nothing(len(sample))
    if not every:
        return forecasts, PeerReport(0, 0, (), 0, 0, 0)
    played = view.rows(
        _PLAYED,
        competitions=codes,
        first=min(row["date"] for row in every) - dt.timedelta(days=DAYS_APART),
        last=max(row["date"] for row in every) + dt.timedelta(days=DAYS_APART),
    )
    club_of = clubs_by_fixtures(every, played)
    place = {
        (day, competition, home, away): number
        for number, (day, competition, home, away) in enumerate(
            zip(
                sample.date.astype("datetime64[D]").astype(object),
                sample.competition.tolist(),
                sample.home.tolist(),
                sample.away.tolist(),
                strict=True,
            )
        )
    }
    first, last = min(key[0] for key in place), max(key[0] for key in place)
    inside = [row for row in every if first <= row["date"] <= last]
    told = [row for row in inside if row["probtie"] > 0.0]
    unplaced: set[str] = set()
    unmatched = other_score = 0
    for row in told:
        home, away = club_of.get(row["team1"]), club_of.get(row["team2"])
        if home is None or away is None:
            unplaced.update(name for name in (row["team1"], row["team2"]) if name not in club_of)
            continue
        number = next(
            (
                place[key]
                for day in _days(row["date"])
                if (key := (day, row["competition"], home, away)) in place
            ),
            None,
        )
        if number is None:
            unmatched += 1
            continue
        chances = np.array([row["prob1"], row["probtie"], row["prob2"]], dtype=np.float64)
        forecasts.results[number] = chances / chances.sum()
        score = (row["score1"], row["score2"])
        other_score += score != (sample.home_goals[number], sample.away_goals[number])
    return forecasts, PeerReport(
        rows=len(inside),
        must_have_winner=len(inside) - len(told),
        unplaced_names=tuple(sorted(unplaced)),
        unmatched=unmatched,
        matched=int(forecasts.known.sum()),
        other_score=other_score,
    )


def _days(day: dt.date) -> Iterator[dt.date]:
    """A day and those near it, nearest first."""
    yield day
    for apart in range(1, DAYS_APART + 1):
        yield day - dt.timedelta(days=apart)
        yield day + dt.timedelta(days=apart)
