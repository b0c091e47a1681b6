"""Ratings that move with every match, Elo's and pi; their difference is mapped to goals by what the past shows.

docs/models.md has the formulas. `EloModel().ratings(training)` gives the history of every club.
"""

from secondleg.strength.ratings.elo import EloModel, EloRatings, RatedClub
from secondleg.strength.ratings.pi import PiModel

__all__ = ["EloModel", "EloRatings", "PiModel", "RatedClub"]
