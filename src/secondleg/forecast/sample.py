"""Which matches are forecast again in a back-test, with what is known of each beside its score.

A sample is taken from a view of the archive after the fact; who forecasts its matches sees the training set alone, and
of that only what was played before each match day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput
from secondleg.football.stage import KNOCKOUT_FROM, RANK, TABLES

if TYPE_CHECKING:
    from secondleg.archive.view import View
    from secondleg.strength import TrainingSet

__all__ = ["Sample", "main_stages", "sample_of"]

Labels = NDArray[np.object_]

_MATCHES: Final = """
SELECT r.id, r.date, r.competition, r.season, coalesce(r.stage, '') AS stage, r.home, r.away, r.neutral,
       c.kind = 'league' AS is_league
FROM result r LEFT JOIN competition c ON c.code = r.competition
WHERE list_contains($competitions, r.competition) AND list_contains($seasons, r.season)
      AND r.status = 'played' AND (r.home_ft IS NOT NULL OR r.after_extra_time IS NOT TRUE)
ORDER BY r.date, r.competition, r.home, r.away
"""

_BEFORE: Final = """
SELECT DISTINCT r.competition, r.season + 1 AS season, unnest([r.home, r.away]) AS club
FROM result r JOIN competition c ON c.code = r.competition AND c.kind = 'league'
WHERE list_contains($competitions, r.competition) AND list_contains($before, r.season)
      AND (r.stage IS NULL OR list_contains($tables, r.stage))
"""


@dataclass(frozen=True, eq=False)
class Sample:
    """The matches of a back-test, by day; every array has one entry a match.

    `match` is the archive's id, `row` the place in the training set. Goals are those after 90 minutes. `promoted` marks
    league matches of a club that was not in that league the season before; `league` those of leagues where that is
    known.
    """

    match: NDArray[np.int64]
    row: NDArray[np.int64]
    date: NDArray[np.datetime64]
    competition: Labels
    season: NDArray[np.int64]
    stage: Labels
    home: Labels
    away: Labels
    neutral: NDArray[np.bool_]
    home_goals: NDArray[np.int64]
    away_goals: NDArray[np.int64]
    promoted: NDArray[np.bool_]
    league: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.match)

    @property
    def key(self) -> list[tuple[str, str, str, str]]:
        """What a match is known by in any archive: day, competition, home and away club."""
        days = np.datetime_as_string(self.date.astype("datetime64[D]")).tolist()
        return list(zip(days, self.competition.tolist(), self.home.tolist(), self.away.tolist(), strict=True))

    def take(self, places: NDArray[np.int64] | NDArray[np.bool_]) -> Sample:
        """The matches that `places` (mask or indices) picks."""
        return Sample(**{name: getattr(self, name)[places] for name in self.__dataclass_fields__})


def main_stages() -> frozenset[str]:
    """Stages of a competition proper: tables and knockout rounds, without qualifying and without play-offs after a
    league season, which belong to two divisions.
    """
    rounds = {stage for stage, rank in RANK.items() if rank >= KNOCKOUT_FROM or 11 <= rank <= 18}
    return frozenset(rounds | TABLES | {"round-of-128", "round-of-64", ""})


def sample_of(
    view: View,
    training: TrainingSet,
    competitions: Sequence[str],
    seasons: Iterable[int],
    *,
    every_stage: bool = False,
) -> Sample:
    """The played matches of `competitions` in `seasons` (years in which they began) that `training` holds too.

    Without awarded matches, and those of which only a score after extra time is known. Unless `every_stage`, those of
    `main_stages` alone. Raises BadInput where there is none.
    """
    wanted = sorted(set(seasons))
    rows = view.rows(_MATCHES, competitions=list(competitions), seasons=wanted)
    stages = main_stages()
    place = _places(training, frozenset(competitions))
    kept = [
        (row, place[_key(row)])
        for row in rows
        if (every_stage or row["stage"] in stages) and _key(row) in place
    ]
    if not kept:
        raise BadInput(
            f"the archive holds no played match of {', '.join(competitions)} in {_told(wanted)}. "
            "`secondleg data status --all` lists what it holds; choose other --competitions or --seasons."
        )
    before = view.rows(
        _BEFORE,
        competitions=list(competitions),
        before=[season - 1 for season in wanted],
        tables=sorted(TABLES),
    )
    there: dict[tuple[str, int], set[str]] = {}
    for row in before:
        there.setdefault((row["competition"], row["season"]), set()).add(row["club"])
    held = [row for row, _ in kept]
    at = np.array([number for _, number in kept], dtype=np.int64)
    clubs_before = [
        there.get((row["competition"], row["season"])) if row["is_league"] else None for row in held
    ]
    return Sample(
        match=np.array([row["id"] for row in held], dtype=np.int64),
        row=at,
        date=training.date[at],
        competition=_labels(row["competition"] for row in held),
        season=np.array([row["season"] for row in held], dtype=np.int64),
        stage=_labels(row["stage"] for row in held),
        home=_labels(row["home"] for row in held),
        away=_labels(row["away"] for row in held),
        neutral=np.array([row["neutral"] for row in held], dtype=np.bool_),
        home_goals=training.home_goals[at].astype(np.int64),
        away_goals=training.away_goals[at].astype(np.int64),
        promoted=np.array(
            [
                known is not None and not {row["home"], row["away"]} <= known
                for row, known in zip(held, clubs_before, strict=True)
            ],
            dtype=np.bool_,
        ),
        league=np.array([known is not None for known in clubs_before], dtype=np.bool_),
    )


def _key(row: dict[str, Any]) -> tuple[dt.date, str, str, str]:
    return row["date"], row["competition"], row["home"], row["away"]


def _places(training: TrainingSet, wanted: frozenset[str]) -> dict[tuple[dt.date, str, str, str], int]:
    """Where each match of the wanted competitions is in the training set."""
    codes, clubs = [competition.code for competition in training.competitions], training.clubs
    here = np.array([code in wanted for code in codes], dtype=np.bool_)
    numbers = np.flatnonzero(here[training.competition]) if len(codes) else np.zeros(0, dtype=np.int64)
    days = training.date[numbers].astype("datetime64[D]").astype(object)
    return {
        (day, codes[competition], clubs[home], clubs[away]): number
        for number, day, competition, home, away in zip(
            numbers.tolist(),
            days,
            training.competition[numbers].tolist(),
            training.home[numbers].tolist(),
            training.away[numbers].tolist(),
            strict=True,
        )
    }


def _labels(values: Iterable[str]) -> Labels:
    return np.array(list(values), dtype=np.object_)


def _told(seasons: Sequence[int]) -> str:
    return str(seasons[0]) if len(seasons) == 1 else f"{seasons[0]} to {seasons[-1]}"
