"""The field's standard models of goals and results, behind the contract of `strength.contract`.

Goal models are one fitting function with switches (distribution, dependence, decay, ridge), fitted to each competition
by itself. docs/models.md has the formulas and what each measures.
"""

from secondleg.strength.standard.fitting import CompetitionFit
from secondleg.strength.standard.goals import (
    GoalModel,
    GoalStrengths,
    bivariate_poisson,
    dixon_coles,
    negative_binomial,
    poisson,
)

__all__ = [
    "CompetitionFit",
    "GoalModel",
    "GoalStrengths",
    "bivariate_poisson",
    "dixon_coles",
    "negative_binomial",
    "poisson",
]
