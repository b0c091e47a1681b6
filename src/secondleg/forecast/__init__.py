"""From strengths to chances: of a match, and of a tie before it or after its first leg."""

from secondleg.forecast.match import MatchForecast, forecast_match
from secondleg.forecast.needs import Need, Outcome, needs
from secondleg.forecast.tie import Endings, MarginChance, TieForecast, TieState, forecast_tie

__all__ = [
    "Endings",
    "MarginChance",
    "MatchForecast",
    "Need",
    "Outcome",
    "TieForecast",
    "TieState",
    "forecast_match",
    "forecast_tie",
    "needs",
]
