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
from secondleg.strength import Fitted, StrengthModel, TrainingSet, UnlinkedLeagues

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = [
    "AFTER",
    "BEFORE",
    "Asks",
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
class Asks:
    """What is asked of ties: for each ask which tie, `BEFORE` or `AFTER` its first leg, and the day of the fit."""

    tie: Places
    when: Places
    day: Places
    """Counted from the first day of all (`date.toordinal`)."""

    def __len__(self) -> int:
        return len(self.tie)

    def take(self, places: Places) -> Asks:
        """Some of them."""
        return Asks(self.tie[places], self.when[places], self.day[places])


@dataclass(frozen=True, eq=False)
class TieTask:
    """A piece of a back-test of ties: `model` is fitted to `training` and asked of `ties`, one an ask."""

    model: StrengthModel
    training: TrainingSet
    ties: tuple[PlayedTie, ...]
    asks: Asks


def tie_tasks(model: StrengthModel, ties: Sequence[PlayedTie], *, span_days: int = SPAN_DAYS) -> list[Asks]:
    """What each task of a model asks: one task for a model of one pass, else one for a span of days.

    Every tie is asked of twice, with strengths of the first day of a week in which such a match was played.
    """
    if not ties:
        return []
    n = len(ties)
    played = np.array([[day.toordinal() for day in tie.dates] for tie in ties], dtype=np.int64).T.ravel()
    week = (played - played.min()) // FIT_DAYS
    first = np.array(
        [played[week == number].min() for number in range(int(week.max()) + 1) if (week == number).any()]
    )
    asks = Asks(
        tie=np.tile(np.arange(n), 2),
        when=np.repeat(np.array([BEFORE, AFTER]), n),
        day=first[np.searchsorted(np.unique(week), week)],
    )
    if getattr(model, "one_pass", False):
        return [asks]
    span = (asks.day - asks.day.min()) // span_days
    return [asks.take(np.flatnonzero(span == number)) for number in np.unique(span)]


def plan_ties(
    model: StrengthModel,
    training: TrainingSet,
    ties: Sequence[PlayedTie],
    *,
    history_days: int | None = None,
    span_days: int = SPAN_DAYS,
) -> Iterator[TieTask]:
    """The tasks that forecast `ties`; each holds the matches before the last day of its fits alone."""
    days_back = history_of(model, history_days)
    if days_back < 1:
        raise BadInput(f"a history of {days_back} days holds no match; give at least one day.")
    for asks in tie_tasks(model, ties, span_days=span_days):
        first, last = int(asks.day.min()), int(asks.day.max())
        held = training.date < np.datetime64(dt.date.fromordinal(last), "D")
        if first > days_back:
            held &= training.date >= np.datetime64(dt.date.fromordinal(first - days_back), "D")
        yield TieTask(model, training.take(held), tuple(ties[tie] for tie in asks.tie), asks)


def carry_out_ties(task: TieTask) -> Vector:
    """The chance of the first side of each tie asked of to go through; NaN where a side was not known."""
    chance = np.full(len(task.asks), np.nan)
    days = [dt.date.fromordinal(int(day)) for day in np.unique(task.asks.day)]
    for day, fitted in zip(days, _fits(task.model, task.training, days), strict=True):
        if fitted is None:
            continue
        for place in np.flatnonzero(task.asks.day == day.toordinal()):
            tie = task.ties[place]
            if tie.first in fitted and tie.second in fitted:
                asked = forecast_tie(fitted, tie.state(int(task.asks.when[place])), tie.rules)
                chance[place] = asked.goes_through(tie.first)
    return chance


def _fits(model: StrengthModel, training: TrainingSet, days: Sequence[dt.date]) -> Iterator[Fitted | None]:
    """Strengths on each of `days`: in one pass where the model can (`fits`); None where it knew no match."""
    in_one_pass = getattr(model, "fits", None)
    if in_one_pass is not None:
        yield from in_one_pass(training, days)
        return
    for day in days:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnlinkedLeagues)
            try:
                fitted: Fitted | None = model.fit(training, day)
            except ForecastError:
                fitted = None
        yield fitted


def gathered_ties(n: int, pieces: Iterable[tuple[Asks, Vector]]) -> Vector:
    """`chances[tie, when]` of the first side of `n` ties, put together from tasks."""
    whole = np.full((n, 2), np.nan)
    for asks, piece in pieces:
        whole[asks.tie, asks.when] = piece
    return whole
