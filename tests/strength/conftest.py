"""Small worlds of clubs for strength models: leagues, a cup between them, known true strengths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from secondleg.strength import TrainingSet
from support.worlds import make_world

World = Callable[..., TrainingSet]


@pytest.fixture
def world() -> World:
    """A maker of training sets: two countries, three leagues, a European cup and a domestic one."""
    return make_world


@pytest.fixture
def day() -> dt.date:
    """A day after every match of a world."""
    return dt.date(2024, 8, 1)


@pytest.fixture
def no_europe(world: World) -> TrainingSet:
    """A world in which the countries never meet."""
    full = world()
    return replace(full.take(full.competition != 3))
