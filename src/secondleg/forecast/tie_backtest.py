"""Ties that were played, forecast again: before the first leg and after it, each from a fit as of an earlier morning.

A tie is asked as `forecast_tie` is asked of one to come: the sides, the score of the first leg, the rules of the
season. Strengths are those of the first day of the week in which the match to come was played, so that one fit serves
the ties of a week.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from secondleg.errors import BadInput, ForecastError, RulesUnknown
from secondleg.football.match import Goals
from secondleg.football.rules import tie_rules
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast.backtest import SPAN_DAYS, history_of
from secondleg.forecast.sample import main_stages
from secondleg.forecast.tie import TieState, forecast_tie
from secondleg.strength import StrengthModel, TrainingSet, UnlinkedLeagues

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = [
    "AFTER",
    "BEFORE",
    "PlayedTie",
    "TieTask",
    "carry_out_ties",
    "gathered_ties",
    "plan_ties",
    "played_ties",
    "tie_tasks",
]

BEFORE, AFTER = 0, 1
"""Columns of chances: before the first leg, and after it."""

FIT_DAYS: Final = 7
"""Days of matches for which one fit serves."""

_TIES: Final = """
SELECT t.id, t.competition, t.season, coalesce(t.stage, '') AS stage, t.first, t.second, t.winner, t.decided_by,
       f.date AS first_date, s.date AS second_date, f.neutral AND s.neutral AS neutral,
       coalesce(f.home_ft, f.home_goals) AS first_home, coalesce(f.away_ft, f.away_goals) AS first_away
FROM tie t JOIN result f ON f.id = t.first_leg JOIN result s ON s.id = t.second_leg
WHERE list_contains($competitions, t.competition) AND list_contains($seasons, t.season)
      AND t.winner IS NOT NULL AND f.status = 'played' AND s.status = 'played' AND f.date < s.date
ORDER BY f.date, t.competition, t.first
"""

Vector = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PlayedTie:
    """A tie of two legs that is over: `first` was at home in the first leg, of which `first_leg` is the score."""

    id: int
    competition: str
    season: int
    stage: str
    first: str
    second: str
    first_leg: Goals
    first_date: dt.date
    second_date: dt.date
    neutral: bool
    rules: TieRules
    first_through: bool

    @property
    def dates(self) -> tuple[dt.date, dt.date]:
        """The day of the match that is to come, before the first leg and after it."""
        return self.first_date, self.second_date

    def state(self, when: int) -> TieState:
        """The tie as it stood `BEFORE` the first leg or `AFTER` it."""
        leg = self.first_leg if when == AFTER else None
        return TieState(self.first, self.second, leg, self.competition, self.season, neutral=self.neutral)


def played_ties(
    view: View, competitions: Sequence[str], seasons: Iterable[int], *, every_stage: bool = False
) -> tuple[PlayedTie, ...]:
    """Two-legged ties of `competitions` in `seasons` whose winner is known, by the day of the first leg.

    Without those of which a leg was awarded or a side withdrew, and those whose rules are not declared. Unless
    `every_stage`, those of `main_stages` alone.
    """
    wanted, stages = sorted(set(seasons)), main_stages()
    found = []
    for row in view.rows(_TIES, competitions=list(competitions), seasons=wanted):
        if row["decided_by"] == DecidedBy.WALKOVER or not (every_stage or row["stage"] in stages):
            continue
        rules = _rules(row)
        if rules is None or rules.legs != 2:
            continue
        found.append(
            PlayedTie(
                id=row["id"],
                competition=row["competition"],
                season=row["season"],
                stage=row["stage"],
                first=row["first"],
                second=row["second"],
                first_leg=Goals(row["first_home"], row["first_away"]),
                first_date=row["first_date"],
                second_date=row["second_date"],
                neutral=row["neutral"],
                rules=rules,
                first_through=row["winner"] == row["first"],
            )
        )
    return tuple(found)


def _rules(row: dict[str, Any]) -> TieRules | None:
    try:
        return tie_rules(row["competition"], row["season"], row["stage"])
    except RulesUnknown:
        return None


@dataclass(frozen=True, eq=False)
class TieTask:
    """A piece of a back-test of ties: `model` is fitted to `training` for the ties at `places`, at the time `when`."""

    model: StrengthModel
    training: TrainingSet
    ties: tuple[PlayedTie, ...]
    when: int
    places: Places


def tie_tasks(ties: Sequence[PlayedTie], *, span_days: int = SPAN_DAYS) -> list[tuple[int, Places]]:
    """When, and the places of the ties, of each task of a model."""
    if not ties:
        return []
    found = []
    for when in (BEFORE, AFTER):
        day = np.array([tie.dates[when].toordinal() for tie in ties], dtype=np.int64)
        span = (day - day.min()) // span_days
        found += [(when, np.flatnonzero(span == number)) for number in np.unique(span)]
    return found


def plan_ties(
    model: StrengthModel,
    training: TrainingSet,
    ties: Sequence[PlayedTie],
    *,
    history_days: int | None = None,
    span_days: int = SPAN_DAYS,
) -> Iterator[TieTask]:
    """The tasks that forecast `ties`; each holds the matches before the last of its days alone."""
    days_back = history_of(model, history_days)
    if days_back < 1:
        raise BadInput(f"a history of {days_back} days holds no match; give at least one day.")
    for when, places in tie_tasks(ties, span_days=span_days):
        these = tuple(ties[place] for place in places)
        days = [tie.dates[when] for tie in these]
        first = np.datetime64(min(days) - dt.timedelta(days=days_back), "D")
        held = (training.date >= first) & (training.date < np.datetime64(max(days), "D"))
        yield TieTask(model, training.take(held), these, when, places)


def carry_out_ties(task: TieTask) -> Vector:
    """The chance of the first side of each tie to go through; NaN where a side was not known."""
    day = np.array([tie.dates[task.when].toordinal() for tie in task.ties], dtype=np.int64)
    chance = np.full(len(task.ties), np.nan)
    week = (day - day.min()) // FIT_DAYS
    for number in np.unique(week):
        here = np.flatnonzero(week == number)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnlinkedLeagues)
            try:
                fitted = task.model.fit(task.training, dt.date.fromordinal(int(day[here].min())))
            except ForecastError:
                continue
        for place in here:
            tie = task.ties[place]
            if tie.first in fitted and tie.second in fitted:
                asked = forecast_tie(fitted, tie.state(task.when), tie.rules)
                chance[place] = asked.goes_through(tie.first)
    return chance


def gathered_ties(n: int, pieces: Iterable[tuple[tuple[int, Places], Vector]]) -> Vector:
    """`chances[tie, when]` of the first side of `n` ties, put together from tasks."""
    whole = np.full((n, 2), np.nan)
    for (when, here), piece in pieces:
        whole[here, when] = piece
    return whole
