"""The chances of a fixture, and of the tie it decides: a model is fitted to the view, and asked."""

from __future__ import annotations

import datetime as dt
import warnings
from dataclasses import dataclass, field
from typing import Any, Final

from secondleg.archive.view import View
from secondleg.desk.fixtures import Fixture
from secondleg.errors import ForecastError
from secondleg.forecast import MatchForecast, TieForecast, TieState, forecast_match, forecast_tie
from secondleg.strength import (
    DynamicModel,
    DynamicStrengths,
    Fitted,
    JointGoalModel,
    TrainingSet,
    UnlinkedLeagues,
)

__all__ = ["ENDINGS", "Chances", "chances_if_any", "chances_of", "fitted_to", "notes_on", "tie_state"]

GRID_GOALS: Final = 6
"""Goals of a side that a score grid is shown to; the last row and column stand for that many or more."""

ENDINGS: Final = (
    ("aggregate", "in 90 minutes"),
    ("away_goals", "on away goals"),
    ("extra_time", "after extra time"),
    ("penalties", "on penalties"),
    ("play_off", "in a replay"),
    ("coin", "by the toss of a coin"),
)
"""Ways to go through, as `Endings` calls them and in words."""

_LONG: Final = dt.timedelta(days=8 * 365)
_ENOUGH: Final = 20_000
"""Matches before `_LONG` that make the dynamic model the better one: with four to nine years it is level with
the joint model in Europe, with twenty ahead (docs/strength.md)."""
_EARLIER: Final = """
SELECT count(*) AS matches FROM (SELECT 1 FROM result WHERE date < $day LIMIT $enough)
"""
_DYNAMIC: Final = "dynamic model of all competitions (strengths that move from match to match)"
_JOINT: Final = "joint goal model of all competitions (Poisson, Dixon-Coles, time decay)"


@dataclass(frozen=True)
class Chances:
    """What the model says of a fixture as of the day of the view."""

    match: MatchForecast
    tie: TieForecast | None
    trained_on: int
    trained_from: str
    notes: tuple[str, ...]
    strengths: Fitted = field(repr=False)
    """What the model knows."""

    def endings(self, club: str) -> list[tuple[str, float]]:
        """(ending in words, chance) of a side's going through; endings that cannot happen are left out."""
        if self.tie is None:
            return []
        found = self.tie.endings(club)
        return [(words, getattr(found, name)) for name, words in ENDINGS if getattr(found, name) > 0]

    def to_dict(self, fixture: Fixture) -> dict[str, Any]:
        """The chances as the preview document carries them."""
        m = self.match
        sides = (("home", fixture.home), ("away", fixture.away))
        return {
            "match": {"home": m.home_win, "draw": m.draw, "away": m.away_win},
            "expected_goals": {"home": m.home_goals, "away": m.away_goals},
            "most_likely": [{"score": f"{h}-{a}", "chance": chance} for h, a, chance in m.most_likely],
            "both_score": m.both_score,
            "over": {f"{line:g}": chance for line, chance in m.over.items()},
            "grid": _folded(m),
            "grid_capped": True,
            "through": {side: self.tie.goes_through(club) for side, club in sides} if self.tie else None,
            "endings": (
                [
                    {"side": side, "ending": how, "chance": c}
                    for side, club in sides
                    for how, c in self.endings(club)
                ]
                if self.tie
                else None
            ),
            "needs": (
                [
                    {"side": side, "if": need.words, "then": str(need.outcome), "chance": need.chance}
                    for side, club in sides
                    for need in self.tie.needs(club)
                ]
                if self.tie
                else None
            ),
            "model": _DYNAMIC if isinstance(self.strengths, DynamicStrengths) else _JOINT,
            "trained_on": {"matches": self.trained_on, "from": self.trained_from},
        }


def fitted_to(view: View) -> tuple[TrainingSet, Fitted]:
    """The matches that the desk's model is fitted to, and what it then knows: the dynamic model, given its history."""
    earlier = view.rows(_EARLIER, day=view.as_of - _LONG, enough=_ENOUGH)
    if earlier[0]["matches"] == _ENOUGH:
        training = TrainingSet.from_view(view, since=view.as_of - DynamicModel.history)
        return training, DynamicModel().fit(training, view.as_of)
    training = TrainingSet.from_view(view)
    with warnings.catch_warnings():
        # leagues apart from the rest matter only if one of the two sides is in one: see `notes_on`
        warnings.simplefilter("ignore", UnlinkedLeagues)
        return training, JointGoalModel().fit(training, view.as_of)


def notes_on(strengths: Fitted, fixture: Fixture) -> tuple[str, ...]:
    """What a reader must know of chances of this fixture."""
    if not strengths.linked(fixture.home, fixture.away):
        return (
            f"No chain of matches links {fixture.home_name} and {fixture.away_name} in the model's years: "
            "the chances rest on their leagues being taken for average ones.",
        )
    return ()


def chances_of(view: View, fixture: Fixture) -> Chances:
    """Fit a model to `view` (see `fitted_to`) and forecast `fixture` and its tie.

    Raises ForecastError if one of the clubs has no match in the model's window.
    """
    return _asked(*fitted_to(view), fixture)


def chances_if_any(view: View, fixture: Fixture) -> tuple[Chances | None, tuple[str, ...]]:
    """The chances of a fixture and what a reader must know of them: without them, why there are none."""
    try:
        training, strengths = fitted_to(view)
    except ForecastError as error:
        return None, (f"No chances are given: {error}",)
    sides = ((fixture.home, fixture.home_name), (fixture.away, fixture.away_name))
    unseen = [name for club, name in sides if club not in strengths]
    if unseen:
        of = " or of ".join(unseen)
        return None, (f"No chances are given: the archive has no match of {of} in the model's years.",)
    chances = _asked(training, strengths, fixture)
    return chances, chances.notes


def _asked(training: TrainingSet, strengths: Fitted, fixture: Fixture) -> Chances:
    tie = _tie(strengths, fixture)
    after_first_leg = tie is not None and (fixture.first_leg is not None or fixture.leg is None)
    match = (
        tie.next_match
        if tie is not None and after_first_leg
        else forecast_match(
            strengths, fixture.home, fixture.away, competition=fixture.competition, neutral=fixture.neutral
        )
    )
    return Chances(
        match, tie, len(training), str(training.date.min()), notes_on(strengths, fixture), strengths
    )


def _tie(strengths: Fitted, fixture: Fixture) -> TieForecast | None:
    state = tie_state(fixture)
    return None if state is None or fixture.rules is None else forecast_tie(strengths, state, fixture.rules)


def tie_state(fixture: Fixture) -> TieState | None:
    """The tie that hangs on a fixture, as it stands before it; None where there is none, or its rules are not known."""
    if fixture.rules is None:
        return None
    leg = fixture.first_leg
    if fixture.rules.legs == 2 and fixture.leg in (1, 2):
        first, second = (fixture.home, fixture.away) if fixture.leg == 1 else (fixture.away, fixture.home)
        return TieState(
            first,
            second,
            leg.goals if leg else None,
            fixture.competition,
            fixture.season,
            neutral=fixture.neutral,
        )
    if fixture.rules.legs == 1:
        return TieState(
            fixture.home, fixture.away, None, fixture.competition, fixture.season, neutral=fixture.neutral
        )
    return None


def _folded(match: MatchForecast) -> list[list[float]]:
    """The score grid to `GRID_GOALS`, with all beyond folded into the last row and column."""
    import numpy as np

    grid = match.grid.grid
    edges = list(range(GRID_GOALS + 1))
    rows = np.add.reduceat(grid, [e for e in edges if e < grid.shape[0]], axis=0)
    folded = np.add.reduceat(rows, [e for e in edges if e < grid.shape[1]], axis=1)
    return [[float(x) for x in row] for row in folded]
