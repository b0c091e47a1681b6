"""Every statistic against plain Python over a list of matches, for random small seasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.archive.view import View
from secondleg.football.match import Venue
from secondleg.records import (
    Answer,
    Count,
    Event,
    Form,
    Measure,
    Never,
    Occurrence,
    Per,
    Question,
    Record,
    Scope,
    Since,
    Statistic,
    Streak,
    Subject,
    Total,
    answer,
    answer_many,
)
from secondleg.records.question import OF_CLUBS
from support.small_archive import small_archive

CLUBS = ("eng/a", "eng/b", "ita/c")
CLUB = Subject.of("eng/a")
START = dt.date(2023, 8, 1)
DAY = dt.timedelta(days=1)
EXAMPLES = settings(max_examples=15)
FEW = settings(max_examples=6)
"""For the tests that ask every statistic of two archives."""


@dataclass(frozen=True)
class Game:
    """A match of the plain implementation."""

    day: dt.date
    home: str
    away: str
    goals: tuple[int, int]
    neutral: bool

    def line(self) -> str:
        """As the table of `small_archive` has it."""
        flags = " neutral" if self.neutral else ""
        score = f"{self.goals[0]}-{self.goals[1]}"
        return f"{self.day} {self.home} {score} {self.away} eng.1 2023 regular-season{flags}"

    def mirrored(self) -> Game:
        """The same match with the sides the other way round."""
        return Game(self.day, self.away, self.home, (self.goals[1], self.goals[0]), self.neutral)


@dataclass(frozen=True)
class Side:
    """A match as one club saw it."""

    day: dt.date
    opponent: str
    venue: str
    scored: int
    conceded: int

    @property
    def letter(self) -> str:
        return "W" if self.scored > self.conceded else "D" if self.scored == self.conceded else "L"


EVENTS: dict[str, Callable[[Side], bool]] = {
    "won": lambda s: s.letter == "W",
    "drew": lambda s: s.letter == "D",
    "lost": lambda s: s.letter == "L",
    "unbeaten": lambda s: s.letter in "WD",
    "winless": lambda s: s.letter in "DL",
    "scored": lambda s: s.scored >= 1,
    "failed to score": lambda s: s.scored == 0,
    "clean sheet": lambda s: s.conceded == 0,
    "conceded": lambda s: s.conceded >= 1,
    "both scored": lambda s: min(s.scored, s.conceded) >= 1,
    "goalless": lambda s: max(s.scored, s.conceded) == 0,
}


@st.composite
def seasons(draw: st.DrawFn) -> list[Game]:
    count = draw(st.integers(1, 14))
    games = []
    for number in range(count):
        home, away = draw(st.permutations(CLUBS))[:2]
        goals = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
        # one match a day: the order of two on one day is nobody's business
        games.append(Game(START + dt.timedelta(days=number), home, away, goals, draw(st.booleans())))
    return games


def sides(games: list[Game], club: str) -> list[Side]:
    found = []
    for game in games:
        if club == game.home:
            venue = "neutral" if game.neutral else "home"
            found.append(Side(game.day, game.away, venue, *game.goals))
        elif club == game.away:
            venue = "neutral" if game.neutral else "away"
            found.append(Side(game.day, game.home, venue, game.goals[1], game.goals[0]))
    return found


@contextmanager
def seen(games: list[Game], day: dt.date = dt.date(2024, 6, 1)) -> Iterator[View]:
    # cups and Europe without a match are whole, so that the season is
    others = [(code, 2023) for code in ("eng.facup", "eng.eflcup", "uefa.cl", "uefa.el", "uefa.conf")]
    with small_archive("\n".join(game.line() for game in games), also_whole=others) as archive:
        yield archive.view(day)


def ask(
    view: View, statistic: Statistic, name: str, subject: Subject = CLUB, scope: Scope | None = None
) -> Answer:
    measure = Measure.CONCEDED if statistic is Statistic.TOTAL else None
    return answer(view, Question(statistic, Event(name), subject, scope=scope or Scope(), measure=measure))


def whole_question(statistic: Statistic, name: str) -> Question:
    """A question of a statistic with the parts that it needs."""
    last = statistic in (Statistic.LAST_N, Statistic.AS_MANY)
    compares = statistic in (Statistic.MOST, Statistic.FEWEST, Statistic.RANK)
    return Question(
        statistic,
        Event(name),
        Subject.any_club() if statistic is Statistic.FIRST_TO else CLUB,
        scope=Scope(last=4) if last else Scope(),
        measure=Measure.CONCEDED if statistic in (Statistic.TOTAL, Statistic.AVERAGE) else None,
        nth=2 if statistic in (Statistic.NTH, Statistic.FIRST_TO) else None,
        per=(Per.CLUB if statistic is Statistic.RANK else Per.YEAR) if compares else None,
    )


def runs(hits: list[bool]) -> list[tuple[int, int]]:
    """(first, last) of every run of hits, by index."""
    found: list[tuple[int, int]] = []
    for i, hit in enumerate(hits):
        if hit and found and found[-1][1] == i - 1:
            found[-1] = (found[-1][0], i)
        elif hit:
            found.append((i, i))
    return found


names = st.sampled_from(sorted(EVENTS))


@EXAMPLES
@given(seasons(), names)
def test_streaks(games: list[Game], name: str) -> None:
    mine = sides(games, "eng/a")
    every = runs([EVENTS[name](side) for side in mine])
    end = len(mine) - 1
    with seen(games) as view:
        current = ask(view, Statistic.CURRENT_STREAK, name)
        longest = ask(view, Statistic.LONGEST_STREAK, name)
    if every and every[-1][1] == end:
        first, last = every[-1]
        assert current.value == Streak(last - first + 1, mine[first].day, mine[last].day, ongoing=True)
    else:
        assert current.value == Streak(0, None, None, ongoing=False)
    if every:
        first, last = max(every, key=lambda run: (run[1] - run[0], run[1]))
        assert longest.value == Streak(last - first + 1, mine[first].day, mine[last].day, ongoing=last == end)
        assert [row.date for row in longest.rows] == [side.day for side in mine[first : last + 1]]
    else:
        assert longest.value == Streak(0, None, None, ongoing=False)


@EXAMPLES
@given(seasons(), names)
def test_last_first_and_since(games: list[Game], name: str) -> None:
    mine = sides(games, "eng/a")
    hits = [i for i, side in enumerate(mine) if EVENTS[name](side)]
    with seen(games) as view:
        last = ask(view, Statistic.LAST, name)
        first = ask(view, Statistic.FIRST, name)
        since = ask(view, Statistic.SINCE, name)
    if not hits:
        assert last.value is None
        assert first.value is None
        assert since.value == Since(None, None, None, len(mine))
        return
    newest, oldest = hits[-1], hits[0]
    assert last.value == Occurrence(
        mine[newest].day, "2023-24", "eng.1", before=newest, since=len(mine) - 1 - newest
    )
    assert [row.date for row in last.rows] == [side.day for side in mine[newest:]]
    assert first.value == Occurrence(
        mine[oldest].day, "2023-24", "eng.1", before=oldest, since=len(mine) - 1 - oldest
    )
    if len(hits) > 1:
        assert since.value == Since(mine[newest].day, mine[hits[-2]].day, "2023-24", newest - hits[-2] - 1)
    else:
        assert since.value == Since(mine[newest].day, None, None, newest)


@EXAMPLES
@given(seasons(), names, st.sampled_from(Venue))
def test_counts_at_a_venue(games: list[Game], name: str, venue: Venue) -> None:
    mine = [side for side in sides(games, "eng/a") if side.venue == venue.value]
    hits = [side for side in mine if EVENTS[name](side)]
    scope = Scope(venue=venue)
    with seen(games) as view:
        share = ask(view, Statistic.SHARE, name, scope=scope)
        never = ask(view, Statistic.NEVER, name, scope=scope)
        goals = ask(view, Statistic.TOTAL, name, scope=scope)
    assert share.value == Count(len(hits), len(mine))
    assert [row.date for row in share.rows if row.holds] == [side.day for side in hits]
    assert never.value == Never(not hits, len(mine))
    assert goals.value == Total(sum(side.conceded for side in hits), len(hits))


@EXAMPLES
@given(seasons(), st.integers(1, 6))
def test_form_of_the_last_n(games: list[Game], n: int) -> None:
    mine = sides(games, "eng/a")[-n:]
    with seen(games) as view:
        form = ask(view, Statistic.LAST_N, "played", scope=Scope(last=n))
    assert form.value == Form("".join(side.letter for side in mine))
    assert [row.date for row in form.rows] == [side.day for side in mine]


@EXAMPLES
@given(seasons())
def test_head_to_head_is_the_same_from_both_sides(games: list[Game]) -> None:
    met = [side for side in sides(games, "eng/a") if side.opponent == "eng/b"]
    with seen(games) as view:
        here = ask(view, Statistic.RECORD, "played", Subject.pair("eng/a", "eng/b")).value
        there = ask(view, Statistic.RECORD, "played", Subject.pair("eng/b", "eng/a")).value
    letters = [side.letter for side in met]
    scored, conceded = sum(side.scored for side in met), sum(side.conceded for side in met)
    assert here == Record(letters.count("W"), letters.count("D"), letters.count("L"), scored, conceded)
    assert isinstance(here, Record)
    assert there == Record(here.lost, here.drawn, here.won, here.conceded, here.scored)


@FEW
@given(seasons(), names)
def test_turning_every_match_round_changes_nothing_but_the_venue(games: list[Game], name: str) -> None:
    statistics = (Statistic.CURRENT_STREAK, Statistic.LAST, Statistic.COUNT, Statistic.RECORD)
    with seen(games) as view, seen([game.mirrored() for game in games]) as turned:
        for statistic in statistics:
            assert ask(view, statistic, name).value == ask(turned, statistic, name).value
        at_home = ask(view, Statistic.COUNT, name, scope=Scope(venue=Venue.HOME))
        away = ask(turned, Statistic.COUNT, name, scope=Scope(venue=Venue.AWAY))
    assert at_home.value == away.value


@FEW
@given(seasons(), seasons(), names)
def test_nothing_from_the_day_on_changes_an_answer(games: list[Game], later: list[Game], name: str) -> None:
    # every club is known by name from the start; only what happened is not
    opening = [Game(START - dt.timedelta(days=1), "eng/a", "eng/b", (1, 1), neutral=False)]
    past = [
        *opening,
        *(game for game in games),
        Game(games[-1].day + DAY, "ita/c", "eng/b", (0, 2), neutral=True),
    ]
    day = past[-1].day + DAY
    future = [Game(g.day + (day - START), g.home, g.away, g.goals, g.neutral) for g in later]
    asked = [s for s in Statistic if s not in (Statistic.CHANCE, Statistic.FURTHEST, Statistic.STAKES)]
    with seen(past, day) as then, seen([*past, *future], day) as now:
        for statistic in asked:
            question = whole_question(statistic, name)
            assert answer(then, question) == answer(now, question)
            if statistic not in (Statistic.FIRST_TO, *OF_CLUBS) and question.per is not Per.CLUB:
                assert answer_many(then, question).to_dict() == answer_many(now, question).to_dict()
