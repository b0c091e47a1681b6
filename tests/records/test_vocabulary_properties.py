"""What holds of every statistic, event and scope: by hand, through a season, and part against whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.archive.view import View
from secondleg.football.match import Venue
from secondleg.records import (
    EVENTS,
    Count,
    Event,
    Extreme,
    Measure,
    Per,
    Question,
    Scope,
    Statistic,
    Streak,
    Subject,
    Unit,
    answer,
    answer_many,
)
from support.small_archive import small_archive

CLUBS = ("eng/a", "eng/b", "eng/c")
START = dt.date(2023, 8, 1)
EXAMPLES = settings(max_examples=8)
pytestmark = pytest.mark.slow

Game = tuple[int, str, str, int, int]
"""Day of the season, home, away, goals, goals."""

EVERY_EVENT = [name for name, declared in EVENTS[Unit.MATCH].items() if not declared.arguments]


@st.composite
def seasons(draw: st.DrawFn) -> list[Game]:
    games = []
    for day in range(draw(st.integers(2, 12))):
        home, away = draw(st.permutations(CLUBS))[:2]
        games.append((7 * day, home, away, draw(st.integers(0, 3)), draw(st.integers(0, 3))))
    return games


@contextmanager
def seen(games: list[Game]) -> Iterator[View]:
    lines = [
        f"{START + dt.timedelta(days=day)} {home} {ours}-{theirs} {away} eng.1 2023 regular-season"
        for day, home, away, ours, theirs in games
    ]
    with small_archive("\n".join(lines)) as archive:
        yield archive.view(dt.date(2024, 7, 1))


def of_club(games: list[Game], club: str) -> list[tuple[int, int, int, str]]:
    """(day, scored, conceded, opponent)."""
    found = []
    for day, home, away, ours, theirs in games:
        if club == home:
            found.append((day, ours, theirs, away))
        elif club == away:
            found.append((day, theirs, ours, home))
    return found


def count(view: View, name: str, scope: Scope, club: str = "eng/a") -> Count:
    found = answer(view, Question(Statistic.COUNT, Event(name), Subject.of(club), scope=scope)).value
    assert isinstance(found, Count)
    return found


@EXAMPLES
@given(seasons(), st.sampled_from(EVERY_EVENT))
def test_as_of_every_day_an_answer_follows_the_matches(games: list[Game], name: str) -> None:
    with seen(games) as view:
        runs = Question(Statistic.CURRENT_STREAK, Event(name), Subject.of("eng/a"))
        before, length = -1, 0
        for day in range(games[-1][0] + 2):
            then = view.archive.view(START + dt.timedelta(days=day)) if day else None
            if then is None:
                continue
            now = count(then, name, Scope())
            played = len([one for one in of_club(games, "eng/a") if one[0] < day])
            assert now.of <= played
            assert before <= now.k <= before + 1 or before < 0
            value = answer(then, runs).value
            assert isinstance(value, Streak)
            # a run grows by the match of the day before, or is over
            assert value.length in (0, length, length + 1)
            before, length = now.k, value.length


@EXAMPLES
@given(
    seasons(),
    st.sampled_from(EVERY_EVENT),
    st.sampled_from(Venue),
    st.integers(1, 5),
    st.sampled_from(CLUBS[1:]),
)
def test_a_part_never_holds_more_than_the_whole(
    games: list[Game], name: str, venue: Venue, n: int, opponent: str
) -> None:
    parts = [
        Scope(venue=venue),
        Scope(last=n),
        Scope(skip=n),
        Scope(opening=n),
        Scope(past=n),
        Scope(opponent=opponent),
        Scope(opponents=(opponent,)),
        Scope(months=(8,)),
        Scope(weekdays=(2,)),
        Scope(since=START + dt.timedelta(days=10)),
        Scope(this_season=True),
    ]
    with seen(games) as view:
        whole = count(view, name, Scope())
        longest = Question(Statistic.LONGEST_STREAK, Event(name), Subject.of("eng/a"))
        most = answer(view, longest).value
        assert isinstance(most, Streak)
        for scope in parts:
            part = count(view, name, scope)
            assert part.k <= whole.k
            assert part.of <= whole.of
        # what comes after the first n and the first n make up the whole
        split = count(view, name, Scope(opening=n)), count(view, name, Scope(past=n))
        assert (split[0].k + split[1].k, split[0].of + split[1].of) == (whole.k, whole.of)
        by_opponent = [count(view, name, Scope(opponent=club)).k for club in CLUBS[1:]]
        assert sum(by_opponent) == whole.k
        assert most.length <= whole.k


@EXAMPLES
@given(seasons(), st.sampled_from(["won", "unbeaten", "scored", "clean sheet", "both scored", "won to nil"]))
def test_many_at_once_are_as_many_alone(games: list[Game], name: str) -> None:
    with seen(games) as view:
        for statistic in (Statistic.COUNT, Statistic.LONGEST_STREAK, Statistic.CURRENT_STREAK):
            question = Question(statistic, Event(name), Subject.of("eng/a"))
            for club, number in answer_many(view, question).to_dict().items():
                alone = answer(view, Question(statistic, Event(name), Subject.of(club))).value
                assert number == (alone.k if isinstance(alone, Count) else getattr(alone, "length", None))


@EXAMPLES
@given(seasons(), st.sampled_from([Measure.SCORED, Measure.CONCEDED, Measure.GOALS, Measure.DIFFERENCE]))
def test_record_matches_by_hand(games: list[Game], measure: Measure) -> None:
    amounts = {
        Measure.SCORED: lambda one: one[1],
        Measure.CONCEDED: lambda one: one[2],
        Measure.GOALS: lambda one: one[1] + one[2],
        Measure.DIFFERENCE: lambda one: one[1] - one[2],
    }
    mine = of_club(games, "eng/a")
    with seen(games) as view:
        question = Question(
            Statistic.MOST, Event("played"), Subject.of("eng/a"), per=Per.UNIT, measure=measure
        )
        found = answer(view, question).value
    if not mine:
        assert found is None
        return
    assert isinstance(found, Extreme)
    best = max(map(amounts[measure], mine))
    assert found.amount == best
    days = [START + dt.timedelta(days=one[0]) for one in mine if amounts[measure](one) == best]
    assert [holder.date for holder in found.holders] == days


@EXAMPLES
@given(seasons(), st.integers(1, 4))
def test_as_many_as_before_by_hand(games: list[Game], n: int) -> None:
    goals = [one[1] for one in of_club(games, "eng/a")][::-1]
    with seen(games) as view:
        question = Question(
            Statistic.AS_MANY,
            Event("played"),
            Subject.of("eng/a"),
            scope=Scope(last=n),
            measure=Measure.SCORED,
        )
        found = answer(view, question).value
    if not goals:
        assert found is None
        return
    recent, rest, before = sum(goals[:n]), 0, 0
    for number, amount in enumerate(goals[n:], start=1):
        if before + amount > recent:
            break
        before, rest = before + amount, number
    assert (found.amount, found.previous, found.before) == (recent, rest, before)  # type: ignore[union-attr]


@EXAMPLES
@given(seasons())
def test_places_in_the_table_by_hand(games: list[Game]) -> None:
    with seen(games) as view:
        for club in CLUBS:
            question = Question(Statistic.COUNT, Event("top after"), Subject.of(club))
            found = [row.date for row in answer(view, question).rows]
            expected = []
            for day, *_ in of_club(games, club):
                played = [game for game in games if game[0] <= day]
                table = {}
                for one in CLUBS:
                    rows = of_club(played, one)
                    points = sum(3 if s > c else 1 if s == c else 0 for _, s, c, _ in rows)
                    table[one] = (points, sum(s - c for _, s, c, _ in rows), sum(s for _, s, _, _ in rows))
                # only clubs of the league that season, as its matches show them
                league = {one for one in CLUBS if of_club(games, one)}
                if all(table[club] >= table[one] for one in league):
                    expected.append(START + dt.timedelta(days=day))
            assert found == expected
