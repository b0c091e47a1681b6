"""The statistics, events and scopes of the whole vocabulary on tables that can be counted with a finger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.football.match import Venue
from secondleg.records import (
    After,
    Always,
    Answer,
    AsMany,
    Average,
    Event,
    Extreme,
    Measure,
    Occurrence,
    Only,
    OpponentClass,
    Per,
    Question,
    Rank,
    Record,
    Scope,
    Stakes,
    Statistic,
    Streak,
    Subject,
    Total,
    Unit,
    WouldBe,
    answer,
    answer_many,
    europe,
)
from support.small_archive import small_archive

S = Statistic
A = Subject.of("eng/a")

LEAGUE = """
2020-08-01 eng/a 1-0 eng/b eng.1 2020 regular-season ht=0-0
2020-08-08 eng/c 2-2 eng/a eng.1 2020 regular-season ht=2-0
2020-08-15 eng/b 3-0 eng/c eng.1 2020 regular-season ht=1-0
2021-05-01 eng/b 0-2 eng/a eng.1 2020 regular-season ht=0-1
2021-05-08 eng/a 4-1 eng/c eng.1 2020 regular-season ht=0-1
2021-05-15 eng/c 1-0 eng/b eng.1 2020 regular-season ht=0-0
2020-08-02 eng/d 1-0 eng/e eng.2 2020 regular-season
2021-05-02 eng/e 0-2 eng/d eng.2 2020 regular-season
2021-08-01 eng/a 0-0 eng/d eng.1 2021 regular-season ht=0-0
2021-08-08 eng/d 2-1 eng/c eng.1 2021 regular-season ht=0-1
2021-08-15 eng/c 0-1 eng/a eng.1 2021 regular-season ht=0-0
2022-05-01 eng/d 1-5 eng/a eng.1 2021 regular-season ht=1-0
2022-05-08 eng/c 1-1 eng/d eng.1 2021 regular-season ht=0-0
2022-05-15 eng/a 0-1 eng/c eng.1 2021 regular-season ht=0-1
2021-08-02 eng/b 2-0 eng/e eng.2 2021 regular-season
2022-05-02 eng/e 1-1 eng/b eng.2 2021 regular-season
2022-08-01 eng/b 1-1 eng/a eng.1 2022 regular-season ht=1-0
"""

GOALS = {
    # match, side by side: (side, minute, scorer, score after it)
    2: [("home", 5, "Cole", 1, 0), ("home", 30, "Cole", 2, 0), ("away", 60, "Ames", 2, 1), ("away", 90, "Ames", 2, 2)],
    5: [("away", 10, "Cole", 0, 1), ("home", 50, "Ames", 1, 1), ("home", 55, "Ames", 2, 1), ("home", 70, "Bell", 3, 1),
        ("home", 88, "Ames", 4, 1)],
}  # fmt: skip


def with_goals(archive: Archive) -> Archive:
    rows = [
        {"match": match, "nth": nth, "side": side, "minute": minute, "kind": "goal", "scorer": scorer,
         "home_goals": home, "away_goals": away, "source": "table", "document": "table", "line": nth}
        for match, goals in GOALS.items()
        for nth, (side, minute, scorer, home, away) in enumerate(goals, start=1)
    ]  # fmt: skip
    incoming = pa.Table.from_pylist(rows)
    with archive.transaction() as connection:
        connection.register("incoming", incoming)
        connection.execute("INSERT INTO store.goal BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")
    return archive


@pytest.fixture(scope="module")
def view() -> Iterator[View]:
    cups = [
        (code, s) for s in (2020, 2021, 2022) for code in ("eng.facup", "eng.eflcup", "uefa.cl", "uefa.el")
    ]
    others = [*cups, ("uefa.conf", 2021), ("uefa.conf", 2022)]
    with with_goals(small_archive(LEAGUE, also_whole=others, not_whole={("eng.1", 2022): None})) as archive:
        yield archive.view(dt.date(2022, 8, 2))


def ask(
    view: View, statistic: Statistic, event: Event | str, who: Subject = A, unit: Unit = Unit.MATCH,
    scope: Scope | None = None, **more: Any,
) -> Answer:  # fmt: skip
    event = Event(event) if isinstance(event, str) else event
    question = Question(statistic, event, who, unit, scope or Scope(competitions=("eng.1",)), **more)
    assert Question.from_dict(question.to_dict()) == question
    return answer(view, question)


def value(*args: Any, **more: Any) -> Any:
    return ask(*args, **more).value


def test_nth_only_always(view: View) -> None:
    assert value(view, S.NTH, "won", nth=3).date == dt.date(2021, 5, 8)
    assert value(view, S.NTH, "won", nth=9) is None
    assert value(view, S.NTH, "played", Subject.any_club(), nth=3).club == "eng/b"
    assert value(view, S.ONLY, Event("scored at least", n=5)) == Only(
        True, 1, 9, dt.date(2022, 5, 1), "2021-22", "eng.1"
    )
    assert value(view, S.ONLY, "drew").only is False
    assert value(view, S.ALWAYS, "scored", scope=Scope(first_season=2020, last_season=2020)) == Always(
        True, 4, 0
    )
    assert value(view, S.ALWAYS, "scored") == Always(False, 9, 2)


def test_averages_and_points(view: View) -> None:
    assert value(view, S.AVERAGE, "played", measure=Measure.SCORED) == Average(16 / 9, 16, 9)
    # 5 wins and 3 draws
    assert value(view, S.TOTAL, "played", measure=Measure.POINTS) == Total(18, 9)
    year = Scope(since=dt.date(2021, 1, 1), until=dt.date(2021, 12, 31))
    assert value(view, S.TOTAL, "played", scope=year, measure=Measure.POINTS) == Total(10, 4)
    assert value(view, S.AVERAGE, Event("scored at least", n=9), measure=Measure.SCORED) is None


def test_record_matches_seasons_and_years(view: View) -> None:
    best = value(view, S.MOST, "won", per=Per.UNIT, measure=Measure.DIFFERENCE)
    assert (best.amount, best.of, best.next) == (4, 5, 3)
    assert [(one.opponent, one.date) for one in best.holders] == [("eng/d", dt.date(2022, 5, 1))]
    season = value(view, S.MOST, "won", per=Per.SEASON)
    assert [(one.season, one.amount) for one in season.holders] == [("2020-21", 3)]
    # the season that runs has no win yet, and is not the one with fewest
    assert [(one.season, one.amount) for one in value(view, S.FEWEST, "won", per=Per.SEASON).holders] == [
        ("2021-22", 2)
    ]
    year = value(view, S.MOST, "played", per=Per.YEAR, measure=Measure.POINTS)
    assert [(one.year, one.amount) for one in year.holders] == [(2021, 10)]
    against = value(view, S.MOST, "won", per=Per.OPPONENT)
    assert {one.opponent for one in against.holders} == {"eng/b", "eng/c"}
    goals = value(view, S.MOST, "played", Subject.any_club(), per=Per.UNIT, measure=Measure.GOALS)
    # each match once, whichever side tells of it
    assert goals.amount == 6
    assert len(goals.holders) == 1


def test_proof_of_a_record_season_is_its_matches(view: View) -> None:
    found = ask(view, S.MOST, "won", per=Per.SEASON)
    assert [row.date.isoformat() for row in found.rows] == ["2020-08-01", "2021-05-01", "2021-05-08"]


def test_ranks(view: View) -> None:
    among = value(view, S.RANK, "won", per=Per.CLUB)
    assert (among.place, among.of, among.amount) == (1, 4, 5)
    behind = value(view, S.RANK, "won", Subject.of("eng/b"), per=Per.CLUB)
    assert (behind.place, behind.amount) == (3, 1)
    assert [(one.club, one.amount) for one in behind.ahead] == [("eng/a", 5), ("eng/c", 2)]
    assert [one.club for one in behind.level] == ["eng/d"]
    own = value(view, S.RANK, "won", per=Per.SEASON)
    assert isinstance(own, Rank)
    assert (own.place, own.of, own.amount) == (3, 3, 0)
    runs = value(view, S.RANK, "unbeaten", per=Per.CLUB, of=S.LONGEST_STREAK)
    assert (runs.place, runs.amount) == (1, 7)
    goals = value(view, S.RANK, "played", per=Per.CLUB, measure=Measure.SCORED)
    assert (goals.place, goals.amount) == (1, 16)


def test_record_holders_among_clubs(view: View) -> None:
    found = value(view, S.MOST, "won", Subject.any_club(), per=Per.CLUB)
    assert isinstance(found, Extreme)
    assert ([one.club for one in found.holders], found.amount, found.next, found.of) == (["eng/a"], 5, 2, 4)
    least = value(view, S.FEWEST, "won", Subject.any_club(), per=Per.CLUB)
    assert [one.club for one in least.holders] == ["eng/b", "eng/d"]
    # of those with eight matches or more
    many = value(view, S.FEWEST, "won", Subject.any_club(), per=Per.CLUB, least=8)
    assert [one.club for one in many.holders] == ["eng/c"]


def test_first_club_to(view: View) -> None:
    found = value(view, S.FIRST_TO, "won", Subject.any_club(), nth=2)
    assert (found.club, found.date) == ("eng/a", dt.date(2021, 5, 1))
    assert value(view, S.FIRST_TO, "won", Subject.any_club(), nth=20) is None


def test_longest_run_of_any_club_names_whose_it_is(view: View) -> None:
    found = value(view, S.LONGEST_STREAK, "won", Subject.any_club())
    assert found == Streak(2, dt.date(2021, 8, 15), dt.date(2022, 5, 1), ongoing=False, club="eng/a")
    joint = value(view, S.LONGEST_STREAK, "drew", Subject.any_club())
    assert joint.length == 1
    assert {joint.club, *joint.joint} == {"eng/a", "eng/b", "eng/c", "eng/d"}


def test_as_many_as_in_the_matches_before(view: View) -> None:
    # newest first: 1, 0, 5 | 1, 0, 4: six in the last three, five in the three before, seven in the four before
    scope = Scope(competitions=("eng.1",), last=3)
    assert value(view, S.AS_MANY, "played", scope=scope, measure=Measure.SCORED) == AsMany(6, 3, 3, 5)
    assert value(view, S.AS_MANY, "won", scope=scope) == AsMany(1, 3, 2, 1)


def test_what_one_more_would_be(view: View) -> None:
    found = value(view, S.WOULD_BE, "won")
    assert found == WouldBe(6, dt.date(2022, 5, 1), "2021-22", between=2, run=1, longest=2)
    first = value(view, S.WOULD_BE, Event("won by", n=5))
    assert (first.nth, first.previous, first.between) == (1, None, 9)


def test_openings_of_seasons_and_what_lies_before_the_last(view: View) -> None:
    opening = Scope(competitions=("eng.1",), opening=2)
    assert value(view, S.RECORD, "played", scope=opening) == Record(2, 3, 0, 5, 3)
    past = Scope(competitions=("eng.1",), past=2)
    assert value(view, S.RECORD, "played", scope=past).played == 4
    skipped = Scope(competitions=("eng.1",), skip=2, last=2)
    assert value(view, S.RECORD, "played", scope=skipped) == Record(2, 0, 0, 6, 1)
    assert value(view, S.COUNT, "won", scope=Scope(this_season=True)).of == 1


def test_this_season_of_any_club_is_not_that_of_a_league_which_runs_by_the_year() -> None:
    matches = """
        2021-08-14 eng/b 2-0 eng/a eng.1 2021 regular-season
        2022-03-05 eng/c 1-0 eng/a eng.1 2021 regular-season
        2022-04-09 eng/a 3-0 eng/b eng.1 2021 regular-season
        2021-05-01 bra/a 4-0 bra/b bra.1 2021 regular-season
        2022-04-10 bra/b 1-0 bra/a bra.1 2022 regular-season
    """
    with small_archive(matches) as archive:
        view = archive.view(dt.date(2022, 4, 20))
        season = Scope(this_season=True)
        beat = value(
            view, S.COUNT, "won", Subject.any_club(), scope=Scope(opponent="eng/a", this_season=True)
        )
        assert (beat.k, beat.of) == (2, 3)
        everywhere = value(view, S.LAST, Event("won by", n=2), Subject.any_club(), scope=season)
        assert (everywhere.date, everywhere.club) == (dt.date(2022, 4, 9), "eng/a")
        brazil = Scope(competitions=("bra.1",), this_season=True)
        assert value(view, S.COUNT, "won", Subject.any_club(), scope=brazil).k == 1


def test_months_and_weekdays(view: View) -> None:
    assert value(view, S.COUNT, "played", scope=Scope(months=(5,))).of == 4
    # 1 August 2020 was a Saturday
    assert value(view, S.COUNT, "played", scope=Scope(weekdays=(6,), last_season=2020)).of == 4


def test_half_times(view: View) -> None:
    assert value(view, S.COUNT, "won from behind at half-time").k == 2
    assert value(view, S.COUNT, "behind at half-time").k == 5
    assert value(view, S.COUNT, "lost a half-time lead", Subject.of("eng/d")).k == 1
    assert value(view, S.COUNT, "scored in second half").k == 7


def test_goals_in_their_order(view: View) -> None:
    season = Scope(competitions=("eng.1",), first_season=2020, last_season=2020)
    behind = ask(view, S.COUNT, "came from behind", scope=season)
    assert [row.date.isoformat() for row in behind.rows] == ["2020-08-08", "2021-05-08"]
    assert behind.unknown == 0  # who keeps a clean sheet was never behind
    assert value(view, S.COUNT, "won from behind", scope=season).k == 1
    assert value(view, S.COUNT, "lost a lead", Subject.of("eng/c"), scope=season).k == 2
    assert value(view, S.COUNT, Event("scored after minute", n=88), scope=season).k == 2
    assert value(view, S.COUNT, Event("scored by", who="Ames"), scope=season).k == 2
    assert value(view, S.COUNT, Event("scored by at least", who="Ames", n=3), scope=season).k == 1
    assert value(view, S.LAST, "hat-trick", scope=season).date == dt.date(2021, 5, 8)


def test_behind_at_half_time_is_behind(view: View) -> None:
    found = ask(view, S.COUNT, "came from behind", scope=Scope(competitions=("eng.1",), first_season=2021))
    assert [row.date.isoformat() for row in found.rows] == ["2022-05-01", "2022-08-01"]
    assert found.unknown == 0


def test_what_is_not_known_of_goals_is_said(view: View) -> None:
    scope = Scope(competitions=("eng.1",), first_season=2020, last_season=2021)
    found = ask(view, S.COUNT, "scored first", scope=scope)
    # of the 5-1 nobody tells whose the first goal was
    assert (found.k, found.n, found.unknown) == (3, 7, 1)
    assert not found.coverage.complete
    assert (found.sure.lowest, found.sure.highest) == (3, 4)
    assert found.sure.words == "at least 3 and at most 4; not known of 1 match"


def test_places_after_a_match(view: View) -> None:
    assert [row.date.isoformat() for row in ask(view, S.COUNT, "top after").rows][:2] == [
        "2020-08-01",
        "2020-08-08",
    ]
    assert value(view, S.COUNT, Event("in top after", n=2)).k >= 7
    bottom = ask(view, S.COUNT, "bottom after", Subject.of("eng/c"), scope=Scope(last_season=2020))
    assert [row.date.isoformat() for row in bottom.rows] == ["2020-08-15", "2021-05-08"]


def test_league_seasons(view: View) -> None:
    found = ask(view, S.COUNT, "won", unit=Unit.SEASON)
    assert (found.k, found.n) == (2, 2)
    assert [(line.season, line.place, line.points, line.holds) for line in found.lines] == [
        ("2020-21", 1, 10, True), ("2021-22", 1, 7, True),
    ]  # fmt: skip
    everywhere = Scope()
    assert value(view, S.LAST, "relegated", Subject.of("eng/b"), Unit.SEASON, everywhere).season == "2020-21"
    assert value(view, S.LAST, "promoted", Subject.of("eng/d"), Unit.SEASON, everywhere).season == "2020-21"
    best = value(
        view, S.FEWEST, "played", Subject.of("eng/c"), Unit.SEASON, per=Per.UNIT, measure=Measure.PLACE
    )
    assert (best.amount, [one.season for one in best.holders]) == (2, ["2020-21"])
    assert value(view, S.RECORD, "played", unit=Unit.SEASON) == Record(5, 2, 1, 15, 5)


def test_a_season_that_runs_has_no_final_place(view: View) -> None:
    early = view.archive.view(dt.date(2021, 5, 15))
    assert ask(early, S.COUNT, "won", unit=Unit.SEASON).n == 0
    after = view.archive.view(dt.date(2021, 5, 16))
    assert ask(after, S.COUNT, "won", unit=Unit.SEASON).k == 1
    # who went up shows in the season after
    assert ask(after, S.COUNT, "promoted", Subject.of("eng/d"), Unit.SEASON, Scope()).unknown == 1


def test_classes_of_opponent(view: View) -> None:
    promoted = Scope(competitions=("eng.1",), opponent_class=OpponentClass.PROMOTED)
    assert value(view, S.RECORD, "played", scope=promoted) == Record(1, 2, 0, 6, 2)
    champions = Scope(competitions=("eng.1",), opponent_class=OpponentClass.CHAMPIONS)
    assert value(view, S.RECORD, "played", Subject.of("eng/c"), scope=champions) == Record(1, 0, 1, 1, 1)
    assert value(view, S.RECORD, "played", scope=Scope(opponents=("eng/b", "eng/d"))).played == 5


def test_since_an_event(view: View) -> None:
    promotion = Scope(after=After(Event("promoted"), Unit.SEASON))
    assert value(view, S.RECORD, "played", Subject.of("eng/d"), scope=promotion) == Record(1, 2, 1, 4, 7)
    defeat = Scope(after=After(Event("lost")))
    assert value(view, S.RECORD, "played", scope=defeat) == Record(0, 1, 0, 1, 1)
    never = Scope(after=After(Event("lost by", n=9)))
    assert ask(view, S.COUNT, "won", scope=never).n == 0


def test_many_clubs_at_once_are_answered_as_each_alone(view: View) -> None:
    league = Scope(competitions=("eng.1",))
    for statistic, event, of in (
        (S.COUNT, "won", lambda found: found.k),
        (S.CURRENT_STREAK, "unbeaten", lambda found: found.value.length),
        (S.LONGEST_STREAK, "unbeaten", lambda found: found.value.length),
        (S.LAST, "won", lambda found: found.value.since),
        (S.FIRST, "won", lambda found: found.value.before),
        (S.SHARE, "clean sheet", lambda found: found.k / found.n),
        (S.NEVER, "drew", lambda found: found.value.never),
        (S.SINCE, "won", lambda found: found.value.between),
    ):
        many = answer_many(view, Question(statistic, Event(event), A, scope=league))
        assert many.clubs == ("eng/a", "eng/b", "eng/c", "eng/d")
        for club in many.clubs:
            alone = answer(view, Question(statistic, Event(event), Subject.of(club), scope=league))
            assert many.of(club) == of(alone), (statistic, club)
    two = answer_many(view, Question(S.COUNT, Event("won"), A, scope=league), clubs=["eng/c", "eng/d"])
    assert two.to_dict() == {"eng/c": 2, "eng/d": 1}


CUPS = """
2018-10-01 eng/a 1-0 ita/x uefa.cl 2018 group-stage
2019-04-01 eng/a 2-0 ita/x uefa.cl 2018 quarter-final leg=1
2019-04-08 ita/x 1-0 eng/a uefa.cl 2018 quarter-final leg=2
2019-04-20 eng/a 0-1 esp/y uefa.cl 2018 semi-final leg=1
2019-04-27 esp/y 0-0 eng/a uefa.cl 2018 semi-final leg=2
2019-05-30 esp/y 2-1 ita/z uefa.cl 2018 final leg=1 neutral
2019-10-01 eng/a 3-1 esp/y uefa.cl 2019 group-stage
2020-04-01 eng/a 1-1 ita/x uefa.el 2019 quarter-final leg=1
2020-04-08 ita/x 2-2 eng/a uefa.el 2019 quarter-final leg=2 winner=eng/a by=away-goals
2020-04-20 ita/z 1-0 eng/a uefa.el 2019 semi-final leg=1
2020-04-27 eng/a v ita/z uefa.el 2019 semi-final leg=2
"""


@pytest.fixture(scope="module")
def abroad() -> Iterator[View]:
    with small_archive(CUPS) as archive:
        yield archive.view(dt.date(2020, 4, 21))


def test_stakes(abroad: View) -> None:
    event = Event("reached", stage="final")
    found = value(abroad, S.STAKES, event, unit=Unit.CAMPAIGN, scope=europe())
    assert found == Stakes("final", nth=1, last=None, of=3, place=1, furthest="semi-final")
    semi = value(
        abroad, S.STAKES, Event("reached", stage="quarter-final"), unit=Unit.CAMPAIGN, scope=europe()
    )
    assert (semi.nth, semi.last, semi.place, semi.furthest) == (3, "2019-20", 2, "semi-final")


def test_holders_and_legs(abroad: View) -> None:
    holders = Scope(family=None, competitions=("uefa.cl",), opponent_class=OpponentClass.HOLDERS)
    assert value(abroad, S.RECORD, "played", scope=holders) == Record(1, 0, 0, 3, 1)
    second = Scope(leg=2)
    assert value(abroad, S.RECORD, "played", scope=second).played == 3
    assert value(abroad, S.COUNT, "played", scope=Scope(leg=1, venue=Venue.HOME)).of == 3


def test_ties_by_how_they_were_decided(abroad: View) -> None:
    ties = europe()
    assert value(abroad, S.COUNT, Event("lost on aggregate by", n=1), unit=Unit.TIE, scope=ties).k == 1
    assert value(abroad, S.TOTAL, "played", unit=Unit.TIE, scope=ties, measure=Measure.SCORED) == Total(5, 4)
    lost = Scope(after=After(Event("went out"), Unit.TIE))
    assert value(abroad, S.COUNT, "won", scope=lost).k == 1
    assert isinstance(value(abroad, S.LAST, "went out", unit=Unit.TIE, scope=ties), Occurrence)
