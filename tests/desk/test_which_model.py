"""Which model the desk judges clubs by: it depends on how far the archive reaches back."""

from __future__ import annotations

import datetime as dt

import pytest

from secondleg.archive.starter import load
from secondleg.desk import chances
from secondleg.desk.fixtures import find_fixture
from secondleg.strength import DynamicStrengths, Strengths

DAY = dt.date(2024, 4, 17)


def test_an_archive_of_a_few_seasons_is_judged_by_the_joint_model() -> None:
    _, strengths = chances.fitted_to(load().view(DAY))
    assert isinstance(strengths, Strengths)


def test_an_archive_with_history_is_judged_by_the_dynamic_model(monkeypatch: pytest.MonkeyPatch) -> None:
    view = load().view(DAY)
    short, _ = chances.fitted_to(view)
    monkeypatch.setattr(chances, "_ENOUGH", 10)  # the starter archive has a few old matches
    training, strengths = chances.fitted_to(view)
    assert isinstance(strengths, DynamicStrengths)
    assert training.date.min() < short.date.min()
    assert training.date.max().astype(dt.date) < DAY
    fixture = find_fixture(view, "Atalanta", "Liverpool", dt.date(2024, 4, 18))
    told = chances.chances_of(view, fixture).to_dict(fixture)
    assert told["model"].startswith("dynamic model")
    assert sum(told["through"].values()) == pytest.approx(1.0)
