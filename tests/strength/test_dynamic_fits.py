"""Fits of the dynamic model as of many days in one pass: each is the fit of that day alone."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from tests.support.worlds import make_world

from secondleg.strength import TrainingSet
from secondleg.strength.dynamic import DynamicModel

DAYS = [dt.date(2022, 9, 1), dt.date(2023, 1, 10), dt.date(2023, 1, 11), dt.date(2025, 1, 1)]


def world() -> TrainingSet:
    whole = make_world(seed=3)
    shuffled = np.random.default_rng(0).permutation(len(whole))
    return whole.take(shuffled)


def test_fits_in_one_pass_are_the_fits_of_their_days() -> None:
    matches = world()
    model = DynamicModel()
    asked = [DAYS[2], *DAYS]
    fits = list(model.fits(matches, asked))
    assert [fit.as_of for fit in fits] == DAYS
    for fit, day in zip(fits, DAYS, strict=True):
        alone = model.fit(matches, day)
        assert {club for club in matches.clubs if club in fit} == {
            club for club in matches.clubs if club in alone
        }
        pairs = [(one, other) for one in alone.clubs[:4] for other in alone.clubs[-4:] if one != other]
        for home, away in pairs:
            told = fit.goal_expectation(home, away, competition="uefa.el")
            assert told == pytest.approx(alone.goal_expectation(home, away, competition="uefa.el"), rel=1e-9)
            assert fit.uncertainty(home, away) == pytest.approx(alone.uncertainty(home, away), rel=1e-9)


def test_what_comes_after_a_day_does_not_show_in_its_fit() -> None:
    matches = world()
    later = matches.date >= np.datetime64(DAYS[1], "D")
    other = TrainingSet(
        **{name: getattr(matches, name) for name in matches.__dataclass_fields__}
        | {"home_goals": np.where(later, 9.0, matches.home_goals)}
    )
    one, two = (next(DynamicModel().fits(each, [DAYS[1]])) for each in (matches, other))
    home, away = [club for club in matches.clubs if club in one][:2]
    assert one.goal_expectation(home, away) == two.goal_expectation(home, away)


def test_a_club_that_has_not_played_yet_is_not_known() -> None:
    matches = world()
    first = matches.date.min().astype(dt.date)
    (fit,) = DynamicModel().fits(matches, [first])
    assert not any(club in fit for club in matches.clubs)
    assert "nobody/at-all" not in fit
