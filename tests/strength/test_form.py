"""Form against expectation, by hand; and the trail of a club, which knows nothing of the day itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from secondleg.errors import BadInput, ForecastError
from secondleg.strength import DynamicModel, JointGoalModel
from secondleg.strength.form import Form, FormMatch, form_of
from secondleg.strength.trail import trail
from support.worlds import make_world

DAY = dt.date(2024, 6, 1)


def match(scored: int, conceded: int, chances: tuple[float, float, float]) -> FormMatch:
    return FormMatch(DAY, "eng.1", "eng/other", "home", scored, conceded, 1.5, 1.0, chances)


def test_form_by_hand() -> None:
    form = Form("eng/a", DAY, (match(0, 1, (0.6, 0.2, 0.2)), match(1, 1, (0.5, 0.3, 0.2))))
    assert form.points == 1
    assert form.expected_points == pytest.approx(3 * 0.6 + 0.2 + 3 * 0.5 + 0.3)
    assert form.points_above == pytest.approx(1 - 3.8)
    assert form.goals_above == pytest.approx(-1 - 2 * 0.5)
    # no point or one: two losses, or one of them and a draw
    assert form.chance_of_so_few == pytest.approx(0.2 * 0.2 + 0.2 * 0.3 + 0.2 * 0.2)
    assert form.chance_of_so_many == pytest.approx(1.0 - 0.2 * 0.2)
    assert form.to_text("A").splitlines() == [
        "A, last 2 matches by 90 minutes: 1 points, 3.8 expected; so many or fewer in 14 % of such runs.",
        "Goals 1-2, 3.0-2.0 expected.",
    ]


def test_the_chance_of_a_run_is_a_sum_over_all_ways_to_it() -> None:
    chances = [(0.5, 0.3, 0.2), (0.2, 0.3, 0.5), (0.4, 0.25, 0.35), (0.7, 0.2, 0.1)]
    form = Form("eng/a", DAY, tuple(match(1, 1, each) for each in chances))
    total = 0.0
    for way in product(range(3), repeat=4):
        if sum((3, 1, 0)[k] for k in way) <= form.points:
            total += float(np.prod([each[k] for each, k in zip(chances, way, strict=True)]))
    assert form.chance_of_so_few == pytest.approx(total)


def test_form_is_of_the_last_matches_and_each_as_known_that_morning() -> None:
    training, club = make_world(clubs_per_league=6, rounds=2), "eng/1-2"
    form = form_of(DynamicModel(), training, club, DAY, last=6)
    assert len(form.matches) == 6
    assert [m.date for m in form.matches] == sorted(m.date for m in form.matches)
    first = form.matches[0]
    fitted = DynamicModel().fit(training, first.date)
    sides = (club, first.opponent) if first.venue != "away" else (first.opponent, club)
    grid = fitted.score_grid(*sides, competition=first.competition, neutral=first.venue == "neutral")
    told = (grid.home_win, grid.away_win) if first.venue != "away" else (grid.away_win, grid.home_win)
    assert (first.chances[0], first.chances[2]) == pytest.approx(told, abs=1e-5)
    document = form.to_dict()
    assert document["points"] == sum(m.points for m in form.matches)
    assert document["matches"][0]["opponent"] == first.opponent


def test_form_of_any_model() -> None:
    form = form_of(JointGoalModel(), make_world(clubs_per_league=4, rounds=1), "eng/1-2", DAY, last=3)
    assert 0.0 < form.chance_of_so_few <= 1.0


def test_form_needs_matches() -> None:
    training = make_world(clubs_per_league=4, rounds=1)
    with pytest.raises(ForecastError, match="eng/nobody has no match"):
        form_of(DynamicModel(), training, "eng/nobody", DAY)
    with pytest.raises(BadInput, match="form over 0 matches"):
        form_of(DynamicModel(), training, "eng/1-2", DAY, last=0)


def test_a_trail_has_a_point_for_each_match_and_knows_nothing_of_its_day() -> None:
    training, club = make_world(clubs_per_league=6, rounds=2), "eng/1-2"
    points = trail(DynamicModel(), training, club)
    number = training.clubs.index(club)
    assert len(points) == int(((training.home == number) | (training.away == number)).sum())
    cut = points[len(points) // 2].date
    after = training.date >= np.datetime64(cut)
    better = replace(training, home_goals=np.where(after, 9.0, training.home_goals))
    changed = trail(DynamicModel(), better, club)
    gap = [one.overall - other.overall for one, other in zip(points, changed, strict=True)]
    # the average side of the years shown is another one: all points up to the day are moved alike
    before = [g for g, point in zip(gap, points, strict=True) if point.date <= cut]
    assert np.ptp(before) < 0.1
    assert len(trail(DynamicModel(), training, club, since=cut)) < len(points)
    with pytest.raises(ForecastError, match="eng/nobody has no match from 2024-06-01 on"):
        trail(DynamicModel(), training, "eng/nobody", since=DAY)
