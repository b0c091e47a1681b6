"""The forecast of one match: result, goals and likeliest scores after 90 minutes, all from one score grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from secondleg.strength import Fitted, ScoreGrid

__all__ = ["LINES", "MatchForecast", "forecast_match", "match_forecast"]

LINES: Final = (0.5, 1.5, 2.5, 3.5, 4.5)
"""Goals of both sides together that over/under is told for."""

LIKELY_SCORES: Final = 6
"""How many of the likeliest scores a forecast lists."""

SHOWN_GOALS: Final = 8
"""Goals of a side up to which `to_dict` writes the score grid out."""


@dataclass(frozen=True)
class MatchForecast:
    """The chances of a match after 90 minutes.

    `home_goals` and `away_goals` are expected goals. `most_likely` lists (home goals, away goals, chance),
    likeliest first; `over` maps a line such as 2.5 to the chance of more goals than that. `grid` has the
    chance of every score.
    """

    home: str
    away: str
    competition: str | None
    neutral: bool
    home_goals: float
    away_goals: float
    home_win: float
    draw: float
    away_win: float
    most_likely: tuple[tuple[int, int, float], ...]
    over: dict[float, float]
    both_score: float
    home_clean_sheet: float
    away_clean_sheet: float
    grid: ScoreGrid

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, strings and lists under named keys, ready for JSON.

        `score_grid[home_goals][away_goals]` reaches `SHOWN_GOALS` goals a side, or less where the grid does.
        """
        shown = SHOWN_GOALS + 1
        return {
            "home": self.home,
            "away": self.away,
            "competition": self.competition,
            "neutral": self.neutral,
            "expected_goals": {"home": self.home_goals, "away": self.away_goals},
            "result": {"home_win": self.home_win, "draw": self.draw, "away_win": self.away_win},
            "most_likely": [
                {"home": home, "away": away, "chance": chance} for home, away, chance in self.most_likely
            ],
            "over": {f"{line:g}": chance for line, chance in self.over.items()},
            "under": {f"{line:g}": 1.0 - chance for line, chance in self.over.items()},
            "both_score": self.both_score,
            "clean_sheet": {"home": self.home_clean_sheet, "away": self.away_clean_sheet},
            "score_grid": self.grid.grid[:shown, :shown].tolist(),
        }


def forecast_match(
    strengths: Fitted, home: str, away: str, *, competition: str | None = None, neutral: bool = False
) -> MatchForecast:
    """The forecast of `home` against `away` (club ids). Raises ForecastError for a club without matches."""
    grid = strengths.score_grid(home, away, competition=competition, neutral=neutral)
    return match_forecast(grid, home, away, competition=competition, neutral=neutral)


def match_forecast(
    grid: ScoreGrid, home: str, away: str, *, competition: str | None = None, neutral: bool = False
) -> MatchForecast:
    """The forecast that a score grid amounts to."""
    return MatchForecast(
        home=home,
        away=away,
        competition=competition,
        neutral=neutral,
        home_goals=grid.home_goals,
        away_goals=grid.away_goals,
        home_win=grid.home_win,
        draw=grid.draw,
        away_win=grid.away_win,
        most_likely=grid.most_likely(LIKELY_SCORES),
        over={line: grid.over(line) for line in LINES},
        both_score=grid.both_score,
        home_clean_sheet=grid.home_clean_sheet,
        away_clean_sheet=grid.away_clean_sheet,
        grid=grid,
    )
