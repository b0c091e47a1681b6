"""The models of strength by their short names, each imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, cast

from secondleg.errors import BadInput
from secondleg.strength.contract import StrengthModel

__all__ = ["model", "models"]

_STANDARD: Final = "secondleg.strength.standard"

_MODELS: Final[dict[str, tuple[str, str]]] = {
    "dynamic": ("secondleg.strength.dynamic", "DynamicModel"),
    "joint": ("secondleg.strength.joint", "JointGoalModel"),
    "poisson": (_STANDARD, "poisson"),
    "dixon-coles": (_STANDARD, "dixon_coles"),
    "bivariate-poisson": (_STANDARD, "bivariate_poisson"),
    "negative-binomial": (_STANDARD, "negative_binomial"),
    "elo": ("secondleg.strength.ratings", "EloModel"),
    "pi": ("secondleg.strength.ratings", "PiModel"),
    "bayes": ("secondleg.strength.bayes", "BayesModel"),
    "market": ("secondleg.strength.market", "MarketModel"),
}
"""Where each model is: the module, and what makes it there."""


def models() -> tuple[str, ...]:
    """The short names of all models."""
    return tuple(_MODELS)


def model(alias: str, **settings: Any) -> StrengthModel:
    """The model of that name, with settings of its own.

    Raises:
        BadInput: there is no such model, or no such setting of it; the error lists the models that there are.
        MissingExtra: it needs an optional part that is not installed.
    """
    if alias not in _MODELS:
        raise BadInput(f"there is no model {alias!r}. Choose one of {', '.join(_MODELS)}.")
    module, name = _MODELS[alias]
    make = getattr(import_module(module), name)
    try:
        return cast(StrengthModel, make(**settings))
    except TypeError as error:
        raise BadInput(f"the model {alias} has no such setting: {error}. See docs/models.md.") from error
