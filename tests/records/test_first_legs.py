"""How all clubs fared after such a first leg: ties and the record of other seasons, each counted once."""

from __future__ import annotations

import datetime as dt

from secondleg.football.match import Result, Venue
from secondleg.records import (
    Answer,
    Count,
    Event,
    FirstLeg,
    Never,
    Question,
    Scope,
    Statistic,
    Subject,
    Unit,
    answer,
)
from support.small_archive import small_archive

# the ties of 2023-24 whole; of 2022-23 one club's tie, and the record of all
TABLE = """
2023-02-21 eng/a 2-5 esp/b uefa.cl 2022 round-of-16 leg=1
2023-03-15 esp/b 1-0 eng/a uefa.cl 2022 round-of-16 leg=2
2024-03-07 gre/c 1-4 isr/d uefa.conf 2023 round-of-16 leg=1
2024-03-14 isr/d 1-6 gre/c uefa.conf 2023 round-of-16 leg=2 aet
2024-03-07 eng/e 0-1 ita/f uefa.conf 2023 round-of-16 leg=1
2024-03-14 ita/f 1-1 eng/e uefa.conf 2023 round-of-16 leg=2
2024-03-07 ger/g 0-2 por/h uefa.conf 2023 round-of-16 leg=1
2024-03-14 por/h 0-2 ger/g uefa.conf 2023 round-of-16 leg=2
2024-04-11 eng/e 0-3 ger/g uefa.conf 2023 quarter-final leg=1
2024-04-18 ger/g 0-4 eng/e uefa.conf 2023 quarter-final leg=2
"""
RECORD = [
    ("uefa.cl", 2022, "2-5", 1, 0, dt.date(2023, 3, 15)),
    ("uefa.cl", 2022, "0-1", 8, 2, dt.date(2023, 3, 15)),
    ("uefa.cl", 2022, "2-0", 6, 5, dt.date(2023, 3, 15)),
    ("uefa.cl", 2022, "1-1", 4, 1, dt.date(2023, 3, 15)),
]
LOST_AT_HOME = FirstLeg(venue=Venue.HOME, result=Result.LOST)


def ask(
    first_leg: FirstLeg,
    *,
    event: str = "went through",
    statistic: Statistic = Statistic.SHARE,
    day: dt.date = dt.date(2024, 4, 17),
    from_stage: str | None = None,
) -> Answer:
    scope = Scope(competitions=("uefa.cl", "uefa.conf"), first_leg=first_leg, from_stage=from_stage)
    question = Question(statistic, Event(event), Subject.any_club(), Unit.TIE, scope)
    partial: dict[tuple[str, int], str | None] = {("uefa.cl", 2022): "eng/a"}
    with small_archive(TABLE, not_whole=partial, first_legs=RECORD) as archive:
        return answer(archive.view(day), question)


def test_record_and_ties_add_up_and_none_counts_twice() -> None:
    found = ask(LOST_AT_HOME)
    # record: 0 of 1 and 2 of 8; ties of 2023-24: c through, e out, g's level and of unknown winner
    assert found.value == Count(3, 11, unknown=1, first_season="2022-23", last_season="2023-24")
    assert [str(row.date) for row in found.rows] == ["2024-03-07", "2024-03-14"]
    assert found.rows[1].score == "1-6 after extra time"
    assert found.more == 2


def test_the_other_ending_is_the_rest() -> None:
    assert ask(LOST_AT_HOME, event="went out").k == 8


def test_a_first_leg_from_the_other_side() -> None:
    won_away = FirstLeg(venue=Venue.AWAY, result=Result.WON)
    found = ask(won_away)
    assert (found.k, found.n) == (8, 11)


def test_by_score_and_by_difference() -> None:
    assert ask(FirstLeg(venue=Venue.HOME, scored=0, conceded=1)).value == Count(
        2, 9, first_season="2022-23", last_season="2023-24"
    )
    assert (ask(FirstLeg(venue=Venue.HOME, at_most=-3)).k, ask(FirstLeg(venue=Venue.HOME, at_most=-3)).n) == (
        1,
        2,
    )
    assert (ask(FirstLeg(venue=Venue.HOME, at_least=1)).k, ask(FirstLeg(venue=Venue.HOME, at_least=1)).n) == (
        5,
        6,
    )


def test_a_level_first_leg_counts_once_for_each_side() -> None:
    level = ask(FirstLeg(result=Result.DRAWN))
    assert (level.k, level.n) == (4, 8)
    at_home = ask(FirstLeg(venue=Venue.HOME, result=Result.DRAWN))
    assert (at_home.k, at_home.n) == (1, 4)


def test_never() -> None:
    found = ask(FirstLeg(venue=Venue.HOME, scored=0, conceded=3), statistic=Statistic.NEVER)
    assert found.value == Never(True, 0)
    later = ask(
        FirstLeg(venue=Venue.HOME, scored=0, conceded=3), statistic=Statistic.NEVER, day=dt.date(2024, 4, 19)
    )
    assert later.value == Never(False, 1)


def test_a_question_that_the_record_cannot_answer_is_left_to_the_ties() -> None:
    found = ask(LOST_AT_HOME, from_stage="round-of-16")
    # the season held for one club alone says nothing of all clubs
    assert (found.k, found.n) == (1, 2)
    assert any(gap.competition == "uefa.cl" and gap.last == "2022-23" for gap in found.coverage.gaps)


def test_walkovers_are_counted_apart() -> None:
    table = """
    2023-07-11 alb/a 0-2 mlt/b uefa.conf 2023 qualifying-1 leg=1
    2023-07-18 mlt/b 0-3 alb/a uefa.conf 2023 qualifying-1 leg=2 awarded winner=alb/a by=walkover
    2023-07-11 alb/c 0-2 mlt/d uefa.conf 2023 qualifying-1 leg=1
    2023-07-18 mlt/d 1-1 alb/c uefa.conf 2023 qualifying-1 leg=2
    """
    scope = Scope(competitions=("uefa.conf",), first_leg=LOST_AT_HOME)
    with small_archive(table) as archive:
        view = archive.view(dt.date(2023, 8, 1))
        every = answer(
            view, Question(Statistic.SHARE, Event("went through"), Subject.any_club(), Unit.TIE, scope)
        )
        one = answer(
            view, Question(Statistic.SHARE, Event("went through"), Subject.of("alb/a"), Unit.TIE, scope)
        )
    assert isinstance(every.value, Count)
    assert (every.k, every.n, every.value.walkovers) == (0, 1, 1)
    assert one.n == 0
