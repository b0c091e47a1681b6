"""Of any club, a match or a tie counts once: over real matches, and however the statement counts it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from secondleg.archive import starter
from secondleg.archive.view import View
from secondleg.records import (
    Count,
    Event,
    Measure,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    answer,
    answer_many,
)
from secondleg.records.answer import Always, Average, Never, Total
from secondleg.records.once import of_both_sides, of_one_side
from support.generated_answers import event, events

LEAGUE = Scope(competitions=("eng.1",), first_season=2023, last_season=2023)
ALL_OPENINGS = 10**6


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    with starter.load() as loaded:
        yield loaded.view(dt.date(2024, 7, 1))


EVENTS = [
    (unit, event(unit, name, random.Random(name)))
    for unit, name in events()
    if unit in (Unit.MATCH, Unit.TIE) and "who" not in name and not name.startswith("scored by")
]


def any_club(statistic: Statistic, what: Event, scope: Scope, unit: Unit = Unit.MATCH) -> Question:
    return Question(statistic, what, Subject.any_club(), unit, scope)


def test_a_league_season_has_380_matches(view: View) -> None:
    # 2023-24 as the league publishes it: 380 matches, 82 draws, 1,246 goals
    drawn = answer(view, any_club(Statistic.COUNT, Event("drew"), LEAGUE)).value
    assert isinstance(drawn, Count)
    assert (drawn.k, drawn.of) == (82, 380)
    assert answer(view, any_club(Statistic.NEVER, Event("won by", n=9), LEAGUE)).value == Never(True, 380)
    assert answer(view, any_club(Statistic.ALWAYS, Event("played"), LEAGUE)).value == Always(True, 380, 0)
    for measure in (Measure.SCORED, Measure.GOALS):
        question = Question(
            Statistic.TOTAL, Event("played"), Subject.any_club(), scope=LEAGUE, measure=measure
        )
        assert answer(view, question).value == Total(1246, 380)
    question = Question(
        Statistic.AVERAGE, Event("played"), Subject.any_club(), scope=LEAGUE, measure=Measure.GOALS
    )
    assert answer(view, question).value == Average(1246 / 380, 1246, 380)


@pytest.mark.parametrize(("unit", "what"), EVENTS, ids=lambda one: getattr(one, "name", str(one)))
def test_it_is_counted_once_however_it_is_counted(view: View, unit: Unit, what: Event) -> None:
    for statistic in (Statistic.COUNT, Statistic.ALWAYS):
        plain = answer(view, any_club(statistic, what, Scope(), unit))
        # every season's matches but the first none: of these nothing is known of pairs of sides
        looked_at = answer(view, any_club(statistic, what, Scope(opening=ALL_OPENINGS), unit))
        assert plain.value == looked_at.value
        assert (plain.n, plain.k, plain.unknown) == (looked_at.n, looked_at.k, looked_at.unknown)
    sides = answer_many(view, Question(Statistic.COUNT, what, Subject.of("eng/liverpool"), unit)).k.sum()
    once = answer(view, any_club(Statistic.COUNT, what, Scope(), unit)).k
    if of_both_sides(what):
        assert sides == 2 * once
    elif of_one_side(what):
        assert sides == once
    else:
        assert once <= sides <= 2 * once
