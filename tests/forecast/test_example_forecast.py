"""The example on real results: Liverpool at Atalanta, 18 April 2024, three goals down from the home leg."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from pathlib import Path

import pytest

from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.forecast import TieState, forecast_tie
from secondleg.strength import JointGoalModel, TrainingSet, UnlinkedLeagues

MIRROR = os.environ.get("SECONDLEG_MIRROR")

pytestmark = [
    pytest.mark.mirror,
    pytest.mark.slow,
    pytest.mark.skipif(MIRROR is None, reason="SECONDLEG_MIRROR is not set: no real results to try on"),
]

RULES = TieRules(2, False, True, False, DecidedBy.PENALTIES)
SEASONS = ("2019-20", "2020-21", "2021-22", "2022-23", "2023-24")


@pytest.fixture(scope="module")
def archive() -> Archive:
    """England, Italy and Europe, seasons 2019-20 to 2023-24."""
    from secondleg.sources.importer import import_files

    folder = Path(str(MIRROR)) / "openfootball"
    paths = [
        folder / repository / season
        for repository in ("champions-league", "england", "italy")
        for season in SEASONS
    ]
    archive = Archive.memory()
    import_files(archive, [path for path in paths if path.exists()])
    return archive


def chance(archive: Archive, day: dt.date, leg: Goals | None, *, state_effect: bool = True) -> float:
    view = View(archive, day)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnlinkedLeagues)
        strengths = JointGoalModel().fit(TrainingSet.from_view(view), day)
    state = TieState("eng/liverpool", "ita/atalanta", leg, "uefa.el", 2023)
    return forecast_tie(strengths, state, RULES, state_effect=state_effect).goes_through("eng/liverpool")


def test_before_the_tie_it_is_where_the_market_was(archive: Archive) -> None:
    # bookmakers before the first leg: 77.9 %, margin taken out
    assert chance(archive, dt.date(2024, 4, 11), None) == pytest.approx(0.779, abs=0.06)


def test_after_the_first_leg_it_is_about_one_in_ten(archive: Archive) -> None:
    # another implementation on other data: 10.4 %, and 6.5 % without the effect of the lead
    told = chance(archive, dt.date(2024, 4, 17), Goals(0, 3))
    plain = chance(archive, dt.date(2024, 4, 17), Goals(0, 3), state_effect=False)
    assert told == pytest.approx(0.104, abs=0.04)
    assert plain == pytest.approx(0.065, abs=0.03)
    assert plain < told
