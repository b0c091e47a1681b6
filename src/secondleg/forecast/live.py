"""The forecast of a match in play, and of the tie that it decides: exact at every minute, from score, clock and cards.

`LiveMatch` is a fixture made ready: its chain of scores (`live_chain`) starts from what was expected before it, and is
tilted so that at kick-off it gives each score the very chance that the forecast before the match gives it. With P the
chain's chances of final scores at kick-off and G those of the forecast, a final score counts G / P times; from then on
chances follow by the laws of conditional chance (Doob's h-transform), so nothing jumps when the whistle blows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from secondleg.errors import BadInput
from secondleg.football.match import Goals
from secondleg.football.tie import TieRules
from secondleg.forecast.exact import SecondLeg
from secondleg.forecast.expectation import Expectation, Vector, reach
from secondleg.forecast.level import EXTRA_TIME, FIELDS, PENALTIES, LevelTie
from secondleg.forecast.live_chain import Chain
from secondleg.forecast.live_clock import EXTRA_TIME_ENDS, HALVES, STILL_TO_COME, Minute, Timeline, timeline
from secondleg.forecast.live_factors import LiveFactors, live_factors
from secondleg.forecast.live_moments import LiveCurve, LiveForecast, LiveState, Moment
from secondleg.forecast.tie import Endings, TieState, deciding_match
from secondleg.strength import Fitted, ScoreGrid

__all__ = ["LiveCurve", "LiveForecast", "LiveMatch", "LiveState", "Moment", "live_match"]

_NEGLIGIBLE: Final = 1e-11
"""Chance at kick-off below which a score is not tilted."""

_ROOM: Final = 1.35
"""By how much factors of minute, score and cards may raise a side's goals in all: how far the arrays must reach."""

_BEYOND: Final = 1e-9
"""Chance of more goals than the arrays hold."""

# kinds of values that are carried back through time
_WEIGHT, _HOME_WIN, _DRAW, _HOME_THROUGH, _EXTRA, _SHOOT_OUT = range(6)


def live_match(
    fitted: Fitted,
    home: str,
    away: str,
    *,
    competition: str | None = None,
    neutral: bool = False,
    tie: TieState | None = None,
    rules: TieRules | None = None,
) -> LiveMatch:
    """A fixture made ready, by what a fitted model expects of it; with the `tie` that hangs on it and its rules.

    Of a tie of two legs, the match is the second leg where `tie` has the first, else the first.
    """
    from secondleg.forecast.expectation import expectation_of

    if tie is None or rules is None:
        expected = expectation_of(fitted, home, away, competition=competition, neutral=neutral)
        return LiveMatch(expected)
    decider = deciding_match(fitted, tie, rules)
    if rules.legs == 2 and tie.first_leg is None:
        expected = expectation_of(fitted, home, away, competition=competition, neutral=neutral)
        return LiveMatch(expected, decider=decider, leg=1)
    return LiveMatch(
        decider.at((tie.first_leg or Goals(0, 0)).difference), decider=decider, first_leg=tie.first_leg
    )


class LiveMatch:
    """A match ready to be followed: `expectation` is what was expected before it, the effect of a first leg included.

    `decider` is the match that decides the tie, where one hangs on it: this one, with the `first_leg` (None in a tie of
    one match), or, where this is `leg` 1, the one after it.
    """

    def __init__(
        self,
        expectation: Expectation,
        *,
        decider: SecondLeg | None = None,
        first_leg: Goals | None = None,
        leg: int | None = None,
        factors: LiveFactors | None = None,
        most_goals: int = 0,
    ) -> None:
        self.expectation, self.decider = expectation, decider
        self.first_leg, self.leg = first_leg, leg
        self.factors = factors or live_factors()
        # of the aggregate: what the home and the away side bring from the first leg
        self.brought = Goals(0, 0) if first_leg is None else first_leg.swapped()
        self._size = 0
        self._reach_for(most_goals)

    # -- one moment ------------------------------------------------------------------------------------

    def forecast(self, state: LiveState) -> LiveForecast:
        """The chances at one moment. Raises BadInput for a moment that cannot be."""
        self._reach_for(max(state.score.home, state.score.away))
        if state.minute.in_extra_time:
            return self._in_extra_time(state)
        line, done = self._line(state)
        share = line.share[done:]
        chain = self._chain(state.reds)
        start = np.zeros((self._size, self._size))
        start[state.score.home, state.score.away] = 1.0
        final = chain.forward(start, share) * self._weight
        final /= final.sum()
        values = chain.backward(self._values(state.reds), share)
        goals = np.arange(self._size)
        grid = _grid(final, self.expectation)
        home, away = state.score.home, state.score.away
        endings, extra, shoot_out = self._endings(final, state.reds)
        after = tuple(
            _moment(values[0], state.minute, Goals(home + one, away + other), tie=self.decider is not None)
            for one, other in ((1, 0), (0, 1))
        )
        return LiveForecast(
            state=state,
            home_win=float(np.tril(final, -1).sum()),
            draw=float(np.trace(final)),
            away_win=float(np.triu(final, 1).sum()),
            home_more=max(float(final.sum(axis=1) @ goals) - home, 0.0),
            away_more=max(float(final.sum(axis=0) @ goals) - away, 0.0),
            next_goal=_next_goal(chain, share, values[:, _WEIGHT], home, away),
            grid=grid,
            home_endings=endings[0] if endings else None,
            away_endings=endings[1] if endings else None,
            extra_time=extra,
            penalties=shoot_out,
            after_goal=(after[0], after[1]) if len(share) else None,
        )

    def _in_extra_time(self, state: LiveState) -> LiveForecast:
        if self.decider is None or not self.decider.rules.extra_time or self.leg == 1:
            raise BadInput(
                f"minute {state.minute} is in extra time, which this match does not have; give one to 90+9."
            )
        score, brought = state.score, self.brought
        lead = brought.home + score.home - brought.away - score.away
        left = (EXTRA_TIME_ENDS - state.minute.played) / (EXTRA_TIME_ENDS - HALVES[1])
        level = self._level(state.reds)

        def masses(home: int, away: int) -> Vector:
            return level.in_extra_time(lead + home - away, brought.home - score.away - away, left)

        now = masses(0, 0)
        home, away = (Endings(*row[: len(FIELDS)].tolist()) for row in now)
        host, visitor = level.extra_goals(left)
        both = host + visitor
        none = float(np.exp(-both))
        share = host / both if both else 0.5

        def moment(one: int, other: int) -> Moment:
            found = masses(one, other)
            return Moment(
                state.minute,
                Goals(score.home + one, score.away + other),
                0.0,
                1.0,
                0.0,
                float(found[0, : len(FIELDS)].sum()),
                1.0,
                float(found[0, PENALTIES]),
            )

        return LiveForecast(
            state=state,
            home_win=0.0,
            draw=1.0,
            away_win=0.0,
            home_more=host,
            away_more=visitor,
            next_goal=((1.0 - none) * share, none, (1.0 - none) * (1.0 - share)),
            grid=None,
            home_endings=home,
            away_endings=away,
            extra_time=1.0,
            penalties=float(now[0, PENALTIES]),
            after_goal=(moment(1, 0), moment(0, 1)) if left else None,
        )

    # -- through the match -----------------------------------------------------------------------------

    def curve(
        self,
        goals: Sequence[tuple[Minute, int]],
        reds: Sequence[tuple[Minute, int]] = (),
        *,
        stoppage: tuple[float | None, float | None] = (None, None),
        extra_time: bool = False,
    ) -> LiveCurve:
        """The chances at kick-off and after every minute of a match whose goals and reds (minute, side) are known.

        Side 0 is the home side. Each moment knows what has happened by then, and nothing of what comes. `extra_time`
        says that there was some.
        """
        line = timeline(self.factors, stoppage)
        within = [(minute, side) for minute, side in goals if not minute.in_extra_time]
        self._reach_for(max(sum(side == each for _, side in within) for each in (0, 1)))
        happened = [(line.steps(minute), side) for minute, side in within]
        sent_off = [(line.steps(minute), side) for minute, side in reds if not minute.in_extra_time]
        moments: list[Moment] = []
        score, short = [0, 0], [0, 0]
        changes = sorted({at for at, _ in sent_off} | {0})
        for start, end in zip(changes, [*changes[1:], len(line.share) + 1], strict=True):
            for at, side in sent_off:
                short[side] += at == start
            men = (short[0], short[1])
            values = self._chain(men).backward(self._values(men), line.share[start:])
            for step in range(start, end):
                for at, side in happened:
                    score[side] += at == step
                minute = line.ends[step - 1] if step else Minute(0)
                moments.append(
                    _moment(values[step - start], minute, Goals(*score), tie=self.decider is not None)
                )
        clock = line.clock.tolist()
        if extra_time:
            for played in range(HALVES[1] + 1, EXTRA_TIME_ENDS + 1):
                for minute, side in goals:
                    score[side] += minute.played == played
                for minute, side in reds:
                    short[side] += minute.played == played
                state = LiveState(Minute(played), Goals(*score), (short[0], short[1]))
                moments.append(self._in_extra_time(state).moment)
                clock.append(clock[-1] + 1.0)
        return LiveCurve(tuple(moments), tuple(clock))

    # -- what both rest on -----------------------------------------------------------------------------

    def _line(self, state: LiveState) -> tuple[Timeline, int]:
        """The steps of the match, and how many are over."""
        minute, half = state.minute, 0 if state.minute.played <= HALVES[0] else 1
        given: list[float | None] = [None, None]
        given[half] = state.stoppage
        if state.stoppage is None and minute.added and not minute.over:
            given[half] = max(self.factors.stoppage_minutes[half], minute.added + STILL_TO_COME)
        line = timeline(self.factors, (given[0], given[1]))
        return line, line.steps(minute)

    def _reach_for(self, most: int) -> None:
        """Make the arrays long enough for a score of `most` goals so far."""
        expected = self.expectation
        wide = Expectation(expected.home * _ROOM, expected.away * _ROOM)
        needed = most + reach(wide, tail=_BEYOND) + 1
        if needed <= self._size:
            return
        self._size = needed
        side = np.arange(needed)
        self._ahead = side[:, None] - side[None, :]
        self._table: dict[tuple[int, int], Vector] = {}
        self._terminal: dict[tuple[int, int], Vector] = {}
        start = np.zeros((needed, needed))
        start[0, 0] = 1.0
        plain = self._chain((0, 0)).forward(start, timeline(self.factors).share)
        wanted = np.zeros((needed, needed))
        before = self.expectation.grid().grid
        held = min(needed, len(before))
        wanted[:held, :held] = before[:held, :held]
        self._weight = np.ones((needed, needed))
        told = (plain > _NEGLIGIBLE) & (wanted > _NEGLIGIBLE)
        self._weight[told] = wanted[told] / plain[told]

    def _chain(self, reds: tuple[int, int]) -> Chain:
        """The chain of scores with so many men sent off."""
        lead, aggregate = self._ahead, False
        if self.first_leg is not None:
            lead, aggregate = lead + self.brought.difference, True
        men = reds[1] - reds[0]
        home = self.factors.lead(lead, 0, aggregate=aggregate) * self.factors.men(men)
        away = self.factors.lead(-lead, 1, aggregate=aggregate) * self.factors.men(-men)
        if aggregate:  # the expectation has the effect of the lead at kick-off in it already
            home = home / self.factors.lead(np.array(self.brought.difference), 0, aggregate=True)
            away = away / self.factors.lead(np.array(-self.brought.difference), 1, aggregate=True)
        return Chain(self.expectation.home * home, self.expectation.away * away)

    def _level(self, reds: tuple[int, int]) -> LevelTie:
        assert self.decider is not None
        men = reds[1] - reds[0]
        if not men or self.leg == 1:
            return self.decider.level
        return self.decider.level.scaled(self.factors.men(men), self.factors.men(-men))

    def _values(self, reds: tuple[int, int]) -> Vector:
        """`[kind, h, a]` of final scores, tilted: what `Chain.backward` starts from."""
        kinds = _HOME_THROUGH if self.decider is None else _SHOOT_OUT + 1
        out = np.empty((kinds, self._size, self._size))
        out[_WEIGHT] = self._weight
        out[_HOME_WIN] = self._weight * (self._ahead > 0)
        out[_DRAW] = self._weight * (self._ahead == 0)
        if self.decider is not None:
            masses = self._masses(reds)
            home = 1 if self.leg == 1 else 0  # the host of the second leg is away in the first
            out[_HOME_THROUGH] = self._weight * masses[..., home, : len(FIELDS)].sum(axis=-1)
            out[_EXTRA] = self._weight * masses[..., 0, EXTRA_TIME]
            out[_SHOOT_OUT] = self._weight * masses[..., 0, PENALTIES]
        return out

    def _masses(self, reds: tuple[int, int]) -> Vector:
        """`[h, a, side, ending]`: what each score after 90 minutes comes to; side 0 hosts the deciding match."""
        if reds in self._table:
            return self._table[reds]
        assert self.decider is not None
        size = self._size
        out = np.zeros((size, size, 2, len(FIELDS) + 2))
        if self.leg == 1:
            for home in range(size):
                for away in range(size):
                    out[home, away] = self.decider.after(home, away)
        else:
            lead = self._ahead + self.brought.difference
            out[lead > 0, 0, 0] = 1.0
            out[lead < 0, 1, 0] = 1.0
            level = self._level(reds)
            for home, away in np.argwhere(lead == 0).tolist():
                # away goals: those that the host scored in the first leg, against the visitor's now
                out[home, away] = level.settle(self.brought.home - away if self.first_leg else 0)
        self._table[reds] = out
        return out

    def _endings(
        self, final: Vector, reds: tuple[int, int]
    ) -> tuple[tuple[Endings, Endings] | None, float, float]:
        if self.decider is None:
            return None, 0.0, 0.0
        masses = np.einsum("ha,hase->se", final, self._masses(reds))
        host, visitor = (Endings(*row[: len(FIELDS)].tolist()) for row in masses)
        sides = (visitor, host) if self.leg == 1 else (host, visitor)
        return sides, float(masses[0, EXTRA_TIME]), float(masses[0, PENALTIES])


def _moment(values: Vector, minute: Minute, score: Goals, *, tie: bool) -> Moment:
    """The values `[kind, h, a]` at one step, read at a score."""
    _, win, draw, *rest = (
        values[:, score.home, score.away] / values[_WEIGHT, score.home, score.away]
    ).tolist()
    through, extra, shoot_out = rest if tie else (None, 0.0, 0.0)
    return Moment(minute, score, win, draw, max(1.0 - win - draw, 0.0), through, extra, shoot_out)


def _next_goal(
    chain: Chain, share: Vector, weight: Vector, home: int, away: int
) -> tuple[float, float, float]:
    """Chances that the next goal is the home side's, that none falls, that it is the away side's.

    `weight[step, h, a]` are the tilted weights of the scores before each step. Within a step both ends count half.
    """
    rates = float(chain.home[home, away]), float(chain.away[home, away])
    left = np.exp(-sum(rates) * np.concatenate(([0.0], np.cumsum(share))))  # that none has fallen yet
    fallen = left[:-1] - left[1:]
    found = []
    for rate, at in zip(rates, (weight[:, home + 1, away], weight[:, home, away + 1]), strict=True):
        found.append(rate / sum(rates) * float(fallen @ (0.5 * (at[1:] + at[:-1]))))
    none = float(left[-1] * weight[-1, home, away])
    total = found[0] + none + found[1]
    return found[0] / total, none / total, found[1] / total


def _grid(final: Vector, expectation: Expectation) -> ScoreGrid:
    grid = final.copy()
    grid.setflags(write=False)
    goals = np.arange(len(grid))
    return ScoreGrid(grid, float(grid.sum(axis=1) @ goals), float(grid.sum(axis=0) @ goals))
