"""Strengths of two clubs set by hand, and rules of several seasons."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import numpy as np
import pytest

from secondleg.football.tie import DecidedBy, TieRules
from secondleg.strength import League, Strengths, TrainingCompetition

HOME_ADVANTAGE = 0.24

RULES = {
    "since 2021": TieRules(2, False, True, False, DecidedBy.PENALTIES),
    "1970 to 2020": TieRules(2, True, True, True, DecidedBy.PENALTIES),
    "away goals after extra time only": TieRules(2, False, True, True, DecidedBy.PENALTIES),
    "straight to penalties": TieRules(2, False, False, False, DecidedBy.PENALTIES),
    "play-off, then a coin": TieRules(2, False, False, False, DecidedBy.PLAY_OFF, DecidedBy.COIN),
    "away goals, play-off, coin": TieRules(2, True, False, False, DecidedBy.PLAY_OFF, DecidedBy.COIN),
    "extra time, play-off, coin": TieRules(2, False, True, False, DecidedBy.PLAY_OFF, DecidedBy.COIN),
    "play-offs without end": TieRules(2, False, False, False, DecidedBy.PLAY_OFF),
    "coin": TieRules(2, False, True, False, DecidedBy.COIN),
    "single match": TieRules(1, False, True, False, DecidedBy.PENALTIES),
    "single match, straight to penalties": TieRules(1, False, False, False, DecidedBy.PENALTIES),
    "final": TieRules(1, False, True, False, DecidedBy.PENALTIES, neutral=True),
    "replay": TieRules(1, False, False, False, DecidedBy.PLAY_OFF, DecidedBy.PENALTIES),
}

Maker = Callable[..., Strengths]


def make_strengths(first: float, second: float, *, dependence: float = -0.05) -> Strengths:
    """Strengths of `x/first` and `y/second` that expect these goals of them on neutral ground."""
    return Strengths(
        as_of=dt.date(2024, 4, 17),
        clubs=("x/first", "y/second"),
        attack=np.array([math.log(first), math.log(second)]),
        defence=np.zeros(2),
        matches=np.array([10, 10]),
        weight=np.array([10.0, 10.0]),
        leagues=(League("x.1", "x", 1), League("y.1", "y", 1)),
        league_of=np.array([0, 1]),
        league_quality=np.zeros(2),
        competitions=(TrainingCompetition("uefa.el", "uefa", "cup"),),
        competition_goals=np.zeros(1),
        level=0.0,
        home_advantage=HOME_ADVANTAGE,
        home_by_country={"uefa": 0.0},
        dependence=dependence,
        attack_information=np.ones(2),
        defence_information=np.ones(2),
        unlinked=(),
        group_of=np.zeros(2, dtype=np.int64),
    )


@pytest.fixture(scope="session")
def strengths() -> Maker:
    """A maker of strengths: see `make_strengths`."""
    return make_strengths


@pytest.fixture(params=list(RULES), ids=lambda name: name.replace(" ", "_"))
def rules(request: pytest.FixtureRequest) -> TieRules:
    """Each of `RULES`."""
    return RULES[request.param]


@pytest.fixture(scope="session")
def rule_book() -> dict[str, TieRules]:
    """All of `RULES` by name."""
    return RULES
