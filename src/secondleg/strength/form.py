"""Form as results against expectation: what a side took from its last matches, and what its strength let expect.

Every match is set beside the forecast of the morning of its day, so that five wins against weak sides count for what
they are, and "out of form" gets a number: the chance of so few points.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from secondleg.errors import BadInput, ForecastError
from secondleg.strength.contract import StrengthModel
from secondleg.strength.data import TrainingSet
from secondleg.strength.objective import Vector

__all__ = ["Form", "FormMatch", "form_of"]

_POINTS: Final = {"W": 3, "D": 1, "L": 0}


@dataclass(frozen=True, slots=True)
class FormMatch:
    """A match of a side, by the goals of 90 minutes, and what was expected of it that morning.

    `venue` is home, away or neutral; `chances` are those of a win, a draw and a loss of the side.
    """

    date: dt.date
    competition: str
    opponent: str
    venue: str
    scored: int
    conceded: int
    expected_scored: float
    expected_conceded: float
    chances: tuple[float, float, float]

    @property
    def result(self) -> str:
        """W, D or L after 90 minutes."""
        return "W" if self.scored > self.conceded else "D" if self.scored == self.conceded else "L"

    @property
    def points(self) -> int:
        """Three for a win, one for a draw."""
        return _POINTS[self.result]

    @property
    def expected_points(self) -> float:
        """The same of the forecast."""
        return 3.0 * self.chances[0] + self.chances[1]


@dataclass(frozen=True, slots=True)
class Form:
    """The last matches of a side against what was expected of them, newest last."""

    club: str
    as_of: dt.date
    matches: tuple[FormMatch, ...]

    @property
    def points(self) -> int:
        """Points taken: three for a win in 90 minutes, one for a draw."""
        return sum(match.points for match in self.matches)

    @property
    def expected_points(self) -> float:
        """Points that the strengths before each match let expect."""
        return sum(match.expected_points for match in self.matches)

    @property
    def points_above(self) -> float:
        """Points above expectation; below 0 the side has taken fewer."""
        return self.points - self.expected_points

    @property
    def goals_above(self) -> float:
        """Goal difference above expectation."""
        return sum(
            (match.scored - match.conceded) - (match.expected_scored - match.expected_conceded)
            for match in self.matches
        )

    @property
    def chance_of_so_few(self) -> float:
        """Chance of as many points or fewer, had the side been as strong as thought before each match."""
        return float(self._distribution()[: self.points + 1].sum())

    @property
    def chance_of_so_many(self) -> float:
        """Chance of as many points or more."""
        return float(self._distribution()[self.points :].sum())

    def _distribution(self) -> Vector:
        """Chance of each number of points: `chances[points]`, matches taken as independent."""
        chances = np.ones(1)
        for match in self.matches:
            win, draw, loss = match.chances
            chances = np.convolve(chances, [loss, draw, 0.0, win])
        return chances

    def to_dict(self) -> dict[str, Any]:
        """The form as a document carries it."""
        return {
            "club": self.club,
            "as_of": self.as_of.isoformat(),
            "matches": [
                {
                    "date": match.date.isoformat(),
                    "competition": match.competition,
                    "opponent": match.opponent,
                    "venue": match.venue,
                    "score": f"{match.scored}-{match.conceded}",
                    "result": match.result,
                    "expected_goals": {"scored": match.expected_scored, "conceded": match.expected_conceded},
                    "chances": dict(zip(("win", "draw", "loss"), match.chances, strict=True)),
                }
                for match in self.matches
            ],
            "points": self.points,
            "expected_points": self.expected_points,
            "points_above": self.points_above,
            "goals_above": self.goals_above,
            "chance_of_so_few": self.chance_of_so_few,
            "chance_of_so_many": self.chance_of_so_many,
        }

    def to_text(self, name: str) -> str:
        """Two lines on the form of the side that prose calls `name`."""
        few = self.points_above < 0.0
        chance, tail = (self.chance_of_so_few, "fewer") if few else (self.chance_of_so_many, "more")
        scored = sum(match.scored for match in self.matches)
        conceded = sum(match.conceded for match in self.matches)
        expected = sum(match.expected_scored for match in self.matches)
        expected_conceded = sum(match.expected_conceded for match in self.matches)
        return (
            f"{name}, last {len(self.matches)} {'match' if len(self.matches) == 1 else 'matches'} by 90 minutes: "
            f"{self.points} points, {self.expected_points:.1f} expected; "
            f"so many or {tail} in {100.0 * chance:.0f} % of such runs.\n"
            f"Goals {scored}-{conceded}, {expected:.1f}-{expected_conceded:.1f} expected."
        )


def form_of(
    model: StrengthModel, training: TrainingSet, club: str, as_of: dt.date, *, last: int = 10
) -> Form:
    """The form of `club` on the morning of `as_of`, over its `last` matches in all competitions of `training`.

    Matches that the model had no forecast for (the first ones that are held) are left out. Raises ForecastError where
    none is left.
    """
    if last < 1:
        raise BadInput(f"form over {last} matches says nothing; give at least 1.")
    matches = training.before(as_of)
    number = matches.clubs.index(club) if club in matches.clubs else -1
    rows = np.flatnonzero((matches.home == number) | (matches.away == number))
    rows = rows[np.argsort(matches.date[rows], kind="stable")][-last:]
    told = model.predict(matches, rows)
    rows, results = rows[told.known], told.results[told.known]
    if not len(rows):
        raise ForecastError(
            f"{club} has no match before {as_of} with a forecast to set it beside. "
            "Import earlier results of its competitions: secondleg data import PATH."
        )
    home_goals, away_goals = told.home_goals[told.known], told.away_goals[told.known]
    return Form(
        club,
        as_of,
        tuple(
            _match(matches, int(row), number, tuple(chances), (float(home), float(away)))
            for row, chances, home, away in zip(rows, results.tolist(), home_goals, away_goals, strict=True)
        ),
    )


def _match(
    matches: TrainingSet, row: int, club: int, chances: tuple[float, ...], goals: tuple[float, float]
) -> FormMatch:
    at_home = int(matches.home[row]) == club
    score = int(matches.home_goals[row]), int(matches.away_goals[row])
    if not at_home:
        score, goals, chances = score[::-1], goals[::-1], chances[::-1]
    win, draw, loss = chances
    return FormMatch(
        date=matches.date[row].astype("datetime64[D]").astype(dt.date),
        competition=matches.competitions[int(matches.competition[row])].code,
        opponent=matches.clubs[int(matches.away[row] if at_home else matches.home[row])],
        venue="neutral" if matches.neutral[row] else "home" if at_home else "away",
        scored=score[0],
        conceded=score[1],
        expected_scored=goals[0],
        expected_conceded=goals[1],
        chances=(win, draw, loss),
    )
