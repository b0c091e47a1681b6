"""What a strength model is fitted to: the matches of a view as arrays, goals after 90 minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
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
)
"""

# Clubs are numbered in the order of their ids: those that the archive describes, which costs little, or, where one
# is missing there, those that played. Numpy puts the rows in order, which is faster than to ask for them so.
_DESCRIBED: Final = "SELECT id, country FROM club"
_PLAYED: Final = """
    SELECT id, coalesce(club.country, split_part(id, '/', 1)) AS country
    FROM (SELECT home AS id FROM trainable UNION SELECT away FROM trainable) LEFT JOIN club USING (id)
"""
_NUMBERED: Final = """,
numbered_club AS (SELECT id, country, row_number() OVER (ORDER BY id) - 1 AS number FROM ({clubs})),
numbered_competition AS (
    SELECT code, row_number() OVER (ORDER BY code) - 1 AS number
    FROM (SELECT DISTINCT competition AS code FROM trainable)
)
"""
_CLUBS: Final = "SELECT id, country FROM numbered_club ORDER BY number"
_COMPETITIONS: Final = """
SELECT n.code, c.country, c.kind, c.tier
FROM numbered_competition n LEFT JOIN competition c ON c.code = n.code
ORDER BY n.number
"""
_MATCHES: Final = """
SELECT t.date, h.number AS home, a.number AS away, c.number AS competition, t.neutral,
       t.home_goals::DOUBLE AS home_goals, t.away_goals::DOUBLE AS away_goals {shots}
FROM trainable t
LEFT JOIN numbered_club h ON h.id = t.home
LEFT JOIN numbered_club a ON a.id = t.away
JOIN numbered_competition c ON c.code = t.competition
{join}
"""
_SHOTS: Final = ", s.home_on_target, s.away_on_target"
_JOIN_SHOTS: Final = """
LEFT JOIN (
    SELECT match, max(home_shots_on_target) AS home_on_target, max(away_shots_on_target) AS away_on_target
    FROM statistic GROUP BY match
) s ON s.match = t.id
"""


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
        asked = _MATCHES.format(shots=_SHOTS if shots else "", join=_JOIN_SHOTS if shots else "")
        numbered = _TRAINABLE + _NUMBERED.format(clubs=_DESCRIBED)
        matches = view.columns(numbered + asked, since=start)
        if np.ma.is_masked(matches["home"]) or np.ma.is_masked(matches["away"]):
            numbered = _TRAINABLE + _NUMBERED.format(clubs=_PLAYED)
            matches = view.columns(numbered + asked, since=start)
        clubs = view.rows(numbered + _CLUBS, since=start)
        competitions = view.rows(numbered + _COMPETITIONS, since=start)
        date = np.asarray(matches["date"]).astype("datetime64[D]")
        home, away, competition = (
            np.asarray(matches[name]).astype(np.int64) for name in ("home", "away", "competition")
        )
        order = _by_day(date, home, away, competition, len(clubs), len(competitions))
        played, home, away = _renumbered(len(clubs), home[order], away[order])
        return cls(
            date=date[order],
            home=home,
            away=away,
            competition=competition[order],
            neutral=np.asarray(matches["neutral"]).astype(np.bool_)[order],
            home_goals=np.asarray(matches["home_goals"])[order],
            away_goals=np.asarray(matches["away_goals"])[order],
            clubs=tuple(clubs[place]["id"] for place in played),
            countries=tuple(clubs[place]["country"] for place in played),
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
            home_on_target=_with_gaps(matches["home_on_target"])[order] if shots else None,
            away_on_target=_with_gaps(matches["away_on_target"])[order] if shots else None,
        )

    def before(self, day: dt.date) -> TrainingSet:
        """The matches before `day`."""
        rows = self.date < np.datetime64(day, "D")
        return self.take(rows) if not rows.all() else self

    def reordered(self, rows: slice | NDArray[np.int64]) -> TrainingSet:
        """The matches of `rows` in that order; clubs and competitions keep their numbers, those without any too."""
        columns = (
            "date", "home", "away", "competition", "neutral", "home_goals", "away_goals", "home_on_target",
            "away_on_target",
        )  # fmt: skip
        held = {name: getattr(self, name) for name in columns}
        return replace(self, **{name: column[rows] for name, column in held.items() if column is not None})

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> TrainingSet:
        """The matches that `rows` (mask or indices) picks; clubs and competitions without any drop out."""
        home, away, competition = self.home[rows], self.away[rows], self.competition[rows]
        clubs, home, away = _renumbered(len(self.clubs), home, away)
        competitions, competition = _renumbered(len(self.competitions), competition)
        return TrainingSet(
            date=self.date[rows],
            home=home,
            away=away,
            competition=competition,
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


def _renumbered(size: int, *columns: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Which of `size` numbers occur in `columns`, in order, and the columns with these counted from 0."""
    found = np.zeros(size, dtype=bool)
    for column in columns:
        found[column] = True
    number = np.cumsum(found) - 1
    return np.flatnonzero(found), *(number[column] for column in columns)


def _by_day(
    date: NDArray[np.datetime64],
    home: NDArray[np.int64],
    away: NDArray[np.int64],
    competition: NDArray[np.int64],
    clubs: int,
    competitions: int,
) -> NDArray[np.int64]:
    """Rows in the order of day, home club, away club and competition."""
    key = date.astype(np.int64) * clubs + home
    return np.argsort((key * clubs + away) * competitions + competition, kind="stable")
