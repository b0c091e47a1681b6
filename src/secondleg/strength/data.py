"""What a strength model is fitted to: the matches of a view as arrays, goals after 90 minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["HISTORY", "TrainingCompetition", "TrainingSet"]

HISTORY: Final = dt.timedelta(days=6 * 365)
"""How far back a training set goes unless told; at a half-life of 400 days the oldest match weighs 1/44."""

# Where the score after 90 minutes is known it is taken. Where a source tells only the final score and not
# that there was extra time, the final score is taken; where it tells that there was, the match is left out,
# because goals of 120 minutes would count as goals of 90. Awarded scores were not played and are left out
# too.
_TRAINABLE: Final = """
, trainable AS (
    SELECT id, date, competition, home, away, neutral,
           coalesce(home_ft, home_goals) AS home_goals, coalesce(away_ft, away_goals) AS away_goals
    FROM result
    WHERE status = 'played' AND date >= $since
          AND (home_ft IS NOT NULL OR after_extra_time IS NOT TRUE)
),
played_club AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS number
    FROM (SELECT home AS id FROM trainable UNION SELECT away FROM trainable)
),
played_competition AS (
    SELECT code, row_number() OVER (ORDER BY code) - 1 AS number
    FROM (SELECT DISTINCT competition AS code FROM trainable)
)
"""

_MATCHES: Final = (
    _TRAINABLE
    + """
SELECT t.date, h.number AS home, a.number AS away, c.number AS competition, t.neutral,
       t.home_goals, t.away_goals
FROM trainable t
JOIN played_club h ON h.id = t.home
JOIN played_club a ON a.id = t.away
JOIN played_competition c ON c.code = t.competition
ORDER BY t.date, h.number, a.number, c.number
"""
)

_MATCHES_WITH_SHOTS: Final = (
    _TRAINABLE
    + """,
on_target AS (
    SELECT match, max(home_shots_on_target) AS home_on_target, max(away_shots_on_target) AS away_on_target
    FROM statistic GROUP BY match
)
SELECT t.date, h.number AS home, a.number AS away, c.number AS competition, t.neutral,
       t.home_goals, t.away_goals, s.home_on_target, s.away_on_target
FROM trainable t
JOIN played_club h ON h.id = t.home
JOIN played_club a ON a.id = t.away
JOIN played_competition c ON c.code = t.competition
LEFT JOIN on_target s ON s.match = t.id
ORDER BY t.date, h.number, a.number, c.number
"""
)

_CLUBS: Final = (
    _TRAINABLE
    + """
SELECT p.id, coalesce(club.country, split_part(p.id, '/', 1)) AS country
FROM played_club p LEFT JOIN club ON club.id = p.id
ORDER BY p.number
"""
)

_COMPETITIONS: Final = (
    _TRAINABLE
    + """
SELECT p.code, c.country, c.kind, c.tier
FROM played_competition p LEFT JOIN competition c ON c.code = p.code
ORDER BY p.number
"""
)


@dataclass(frozen=True, slots=True)
class TrainingCompetition:
    """A competition as a model sees it: `kind` is league, cup or supercup; `tier` 1 is a top division."""

    code: str
    country: str
    kind: str
    tier: int | None = None

    @property
    def is_league(self) -> bool:
        """Whether its matches are played within one league."""
        return self.kind == "league"


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """Played matches as arrays of one length, one row a match; `home` and `away` index `clubs`, `competition`
    indexes `competitions`. Goals are goals after 90 minutes; `date` is in days (numpy `datetime64[D]`).
    """

    date: NDArray[np.datetime64]
    home: NDArray[np.int64]
    away: NDArray[np.int64]
    competition: NDArray[np.int64]
    neutral: NDArray[np.bool_]
    home_goals: NDArray[np.float64]
    away_goals: NDArray[np.float64]
    clubs: tuple[str, ...]
    countries: tuple[str, ...]
    """The football country of each club."""
    competitions: tuple[TrainingCompetition, ...]
    home_on_target: NDArray[np.float64] | None = None
    """Shots on target of the home side, NaN where none are known; None: not asked for."""
    away_on_target: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        columns = (self.home, self.away, self.competition, self.neutral, self.home_goals, self.away_goals)
        shots = tuple(column for column in (self.home_on_target, self.away_on_target) if column is not None)
        if any(len(column) != len(self.date) for column in (*columns, *shots)):
            raise BadInput("the columns of a training set differ in length; give one entry a match in each.")
        if len(self.clubs) != len(self.countries):
            raise BadInput(
                f"{len(self.clubs)} clubs but {len(self.countries)} countries; give each club its country."
            )

    def __len__(self) -> int:
        return len(self.date)

    @classmethod
    def from_view(cls, view: View, *, since: dt.date | None = None, shots: bool = False) -> TrainingSet:
        """The matches of `view` from `since` on (its day less `HISTORY` unless given), with `shots` those on target.

        Goals after 90 minutes where the source tells them, else the final score; without awarded matches and
        without those of which only a score after extra time is known. The order of rows is fixed by date and
        clubs.
        """
        start = since if since is not None else view.as_of - HISTORY
        matches = view.columns(_MATCHES_WITH_SHOTS if shots else _MATCHES, since=start)
        clubs = view.rows(_CLUBS, since=start)
        competitions = view.rows(_COMPETITIONS, since=start)
        return cls(
            date=np.asarray(matches["date"]).astype("datetime64[D]"),
            home=np.asarray(matches["home"]).astype(np.int64),
            away=np.asarray(matches["away"]).astype(np.int64),
            competition=np.asarray(matches["competition"]).astype(np.int64),
            neutral=np.asarray(matches["neutral"]).astype(np.bool_),
            home_goals=np.asarray(matches["home_goals"]).astype(np.float64),
            away_goals=np.asarray(matches["away_goals"]).astype(np.float64),
            clubs=tuple(row["id"] for row in clubs),
            countries=tuple(row["country"] for row in clubs),
            competitions=tuple(
                TrainingCompetition(
                    code=row["code"],
                    # a competition that the archive does not describe is taken for a cup: it then says
                    # nothing about which league its clubs belong to
                    country=row["country"] or row["code"].split(".")[0],
                    kind=row["kind"] or "cup",
                    tier=row["tier"],
                )
                for row in competitions
            ),
            home_on_target=_with_gaps(matches["home_on_target"]) if shots else None,
            away_on_target=_with_gaps(matches["away_on_target"]) if shots else None,
        )

    def before(self, day: dt.date) -> TrainingSet:
        """The matches before `day`."""
        return self.take(self.date < np.datetime64(day, "D"))

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> TrainingSet:
        """The matches that `rows` (mask or indices) picks; clubs and competitions without any drop out."""
        home, away, competition = self.home[rows], self.away[rows], self.competition[rows]
        clubs, sides = np.unique(np.concatenate((home, away)), return_inverse=True)
        competitions, competition = np.unique(competition, return_inverse=True)
        return TrainingSet(
            date=self.date[rows],
            home=sides[: len(home)].astype(np.int64),
            away=sides[len(home) :].astype(np.int64),
            competition=competition.astype(np.int64),
            neutral=self.neutral[rows],
            home_goals=self.home_goals[rows],
            away_goals=self.away_goals[rows],
            clubs=tuple(self.clubs[club] for club in clubs),
            countries=tuple(self.countries[club] for club in clubs),
            competitions=tuple(self.competitions[number] for number in competitions),
            home_on_target=None if self.home_on_target is None else self.home_on_target[rows],
            away_on_target=None if self.away_on_target is None else self.away_on_target[rows],
        )


def _with_gaps(column: Any) -> NDArray[np.float64]:
    """Numbers of a column that may have gaps, NaN in these."""
    return np.ma.filled(np.ma.asarray(column).astype(np.float64), np.nan)
