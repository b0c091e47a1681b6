"""Real answers through a season: each day's matches move them and nothing else does; no part exceeds the whole."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.football.match import Venue
from secondleg.records import Count, Event, Question, Scope, Statistic, Subject, Unit, answer, answer_many
from support.generated_answers import event, events

pytestmark = pytest.mark.slow

BEGINS, ENDS = dt.date(2023, 8, 1), dt.date(2024, 6, 10)
CLUBS = ("eng/liverpool", "ita/atalanta")
PARTS = (
    Scope(competitions=("eng.1", "uefa.el")),
    Scope(venue=Venue.HOME),
    Scope(until=dt.date(2024, 1, 1)),
    Scope(since=dt.date(2024, 1, 1)),
    Scope(months=(3, 4)),
    Scope(opponent_country="eng"),
    Scope(from_stage="quarter-final"),
    Scope(qualifying=False),
)
OF_MATCHES_AND_TIES = [(unit, name) for unit, name in events() if unit in (Unit.MATCH, Unit.TIE)]


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    with starter.load() as loaded:
        yield loaded


def count(
    view: View, what: Event, club: str | None, unit: Unit = Unit.MATCH, scope: Scope | None = None
) -> Count:
    found = answer(view, Question(Statistic.COUNT, what, Subject(club), unit, scope or Scope())).value
    assert isinstance(found, Count)
    return found


@pytest.mark.parametrize("club", CLUBS)
def test_a_count_moves_by_the_matches_of_the_day(archive: Archive, club: str) -> None:
    chance = random.Random(club)
    names = [name for unit, name in OF_MATCHES_AND_TIES if unit is Unit.MATCH]
    asked = [event(Unit.MATCH, name, chance) for name in chance.sample(names, 6)]
    days = [BEGINS + dt.timedelta(days=n) for n in range((ENDS - BEGINS).days)]
    before = {what: count(archive.view(BEGINS), what, club) for what in asked}
    for day in days:
        then = archive.view(day + dt.timedelta(days=1))
        today = Scope(since=day, until=day)
        if not count(then, Event("played"), club, scope=today).of:
            continue
        for what in asked:
            now, of_day = count(then, what, club), count(then, what, club, scope=today)
            was = before[what]
            assert (now.k, now.of) == (was.k + of_day.k, was.of + of_day.of), (what, day)
            before[what] = now
    # on the days without a match nothing moved
    for what in asked:
        assert count(archive.view(ENDS), what, club) == before[what]


@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_a_part_of_real_matches_never_exceeds_the_whole(archive: Archive, part: Scope) -> None:
    chance, view = random.Random(PARTS.index(part)), archive.view(ENDS)
    tried = 0
    for unit, name in chance.sample(OF_MATCHES_AND_TIES, 20):
        if unit is Unit.TIE and part.venue is not None:
            continue
        what = event(unit, name, chance)
        for club in (*CLUBS, None):
            whole, some = count(view, what, club, unit), count(view, what, club, unit, part)
            assert some.k <= whole.k, (what, club)
            # what is not known of one side alone is not known of the match, where both are in scope
            assert some.of + some.unknown <= whole.of + whole.unknown, (what, club)
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("unit", Unit)
def test_one_statement_for_all_clubs_gives_what_each_alone_has(archive: Archive, unit: Unit) -> None:
    chance, view = random.Random(str(unit)), archive.view(ENDS)
    names = [name for of, name in events() if of is unit]
    for name in chance.sample(names, min(12, len(names))):
        what = event(unit, name, chance)
        for statistic in (Statistic.COUNT, Statistic.LONGEST_STREAK, Statistic.LAST):
            many = answer_many(view, Question(statistic, what, Subject.of(CLUBS[0]), unit))
            for club in chance.sample(many.clubs, min(4, len(many.clubs))):
                alone = answer(view, Question(statistic, what, Subject.of(club), unit))
                at = many.clubs.index(club)
                assert (many.n[at], many.k[at]) == (alone.n, alone.k) or statistic is Statistic.LONGEST_STREAK
                found = many.of(club)
                if statistic is Statistic.COUNT:
                    assert found == alone.k, (what, club)
                elif statistic is Statistic.LAST:
                    assert found == getattr(alone.value, "since", None), (what, club)
                else:
                    # alone a run does not go through a season that is not whole
                    assert found is not None
                    assert found >= getattr(alone.value, "length", 0), (what, club)
