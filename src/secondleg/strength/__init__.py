"""How good each side is on a day: models fitted to the matches of a view, with `fit` and goal expectations.

JointGoalModel().fit(TrainingSet.from_view(view), view.as_of) gives Strengths; these give goal expectations
and score grids. `contract` says what every model serves.
"""

from secondleg.strength.contract import Fitted, Predictions, StrengthModel, grids_of, predict_by_refitting
from secondleg.strength.data import TrainingCompetition, TrainingSet
from secondleg.strength.dynamic import DynamicModel
from secondleg.strength.form import Form, form_of
from secondleg.strength.grid import ScoreGrid, score_grid
from secondleg.strength.joint import JointGoalModel
from secondleg.strength.leagues import League, UnlinkedLeagues
from secondleg.strength.moving import DynamicStrengths
from secondleg.strength.registry import model, models
from secondleg.strength.strengths import ClubStrength, Strengths
from secondleg.strength.trail import TrailPoint, trail

__all__ = [
    "ClubStrength",
    "DynamicModel",
    "DynamicStrengths",
    "Fitted",
    "Form",
    "JointGoalModel",
    "League",
    "Predictions",
    "ScoreGrid",
    "StrengthModel",
    "Strengths",
    "TrailPoint",
    "TrainingCompetition",
    "TrainingSet",
    "UnlinkedLeagues",
    "form_of",
    "grids_of",
    "model",
    "models",
    "predict_by_refitting",
    "score_grid",
    "trail",
]
