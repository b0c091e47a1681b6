"""What previews and match reports said of results, with what was true: each in the question that it asks.

The values were found independently of this code, by hand and by plain scripts over the sources' files.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from secondleg.archive.archive import Archive
from secondleg.football.match import Result, Venue
from secondleg.records import (
    Answer,
    Count,
    Event,
    Extreme,
    Family,
    FirstLeg,
    Measure,
    Never,
    Occurrence,
    OpponentClass,
    Per,
    Question,
    Rank,
    Record,
    Scope,
    Statistic,
    Streak,
    Subject,
    Total,
    Unit,
    answer,
    europe,
)
from support.held_archive import NEEDS_MIRROR

pytestmark = NEEDS_MIRROR

PL, CL, SERIE_A, LIGA, BUNDESLIGA = "eng.1", "uefa.cl", "ita.1", "esp.1", "ger.1"
HOME, AWAY = Venue.HOME, Venue.AWAY
PREMIER_LEAGUE_ERA = 1992
S, U = Statistic, Unit


@dataclass(frozen=True)
class Claim:
    """A question as of a day, and what was true."""

    name: str
    as_of: str
    question: Question
    true: Any


def club(name: str) -> Subject:
    first, _, other = name.partition(" v ")
    return Subject.pair(first, other) if other else Subject.of(first)


def record(name: str, as_of: str, who: str, true: tuple[int, int, int, int, int], **scope: Any) -> Claim:
    """Won, drawn, lost, scored and conceded."""
    return Claim(
        name, as_of, Question(S.RECORD, Event("played"), club(who), scope=league(scope)), Record(*true)
    )


def run(name: str, as_of: str, who: str, event: str, true: int, **scope: Any) -> Claim:
    """The length of a current streak."""
    return Claim(name, as_of, Question(S.CURRENT_STREAK, Event(event), club(who), scope=league(scope)), true)


def count(
    name: str, as_of: str, who: str, event: Event | str, true: int, unit: Unit = U.MATCH, **scope: Any
) -> Claim:
    event = Event(event) if isinstance(event, str) else event
    return Claim(name, as_of, Question(S.COUNT, event, club(who), unit, league(scope)), true)


def goals(name: str, as_of: str, who: str, measure: Measure, true: int, **scope: Any) -> Claim:
    return Claim(
        name, as_of, Question(S.TOTAL, Event("played"), club(who), scope=league(scope), measure=measure), true
    )


def last(
    name: str, as_of: str, who: str, event: Event | str, true: str, unit: Unit = U.MATCH, **scope: Any
) -> Claim:
    """The day of the last time, or its season where that is what was claimed."""
    event = Event(event) if isinstance(event, str) else event
    return Claim(name, as_of, Question(S.LAST, event, club(who), unit, league(scope)), true)


def league(scope: dict[str, Any]) -> Scope:
    """`code` stands for one competition."""
    code = scope.pop("code", None)
    return Scope(competitions=(code,) if code else None, **scope)


FINALS = {"unit": U.CAMPAIGN, "code": CL}
PROMOTED = OpponentClass.PROMOTED

CLAIMS = (
    # Atalanta v Liverpool, 18 April 2024
    record("first leg", "2024-04-17", "eng/liverpool v ita/atalanta", (0, 0, 1, 0, 3), code="uefa.el", last=1),
    run("without a goal in two", "2024-04-17", "eng/liverpool", "failed to score", 2),
    last("clean sheet", "2024-04-17", "eng/liverpool", "clean sheet", "2024-03-02"),
    count("not one clean sheet in nine", "2024-04-17", "eng/liverpool", "clean sheet", 0, last=9),
    count("one in ten", "2024-04-17", "eng/liverpool", "clean sheet", 1, last=10),
    last("European away match", "2024-04-17", "eng/liverpool", "played", "2024-03-07", family=Family.EUROPE,
         venue=AWAY),
    last("Dortmund's semi-final", "2024-04-16", "ger/borussia-dortmund", Event("reached", stage="semi-final"),
         "2012-13", unit=U.CAMPAIGN, code=CL),
    count("Dortmund's semi-finals", "2024-04-16", "ger/borussia-dortmund", Event("reached", stage="semi-final"), 4,
          **FINALS),
    # Galatasaray v Juventus, 2026
    record("Galatasaray v Juventus", "2026-02-17", "tur/galatasaray v ita/juventus", (2, 3, 1, 9, 7), code=CL),
    goals("Milan's 8-1 on aggregate", "2026-02-17", "ita/milan v tur/galatasaray", Measure.SCORED, 8, code=CL,
          first_season=1962, last_season=1962),
    # the Premier League, September 2016
    record("Leicester at Old Trafford", "2016-09-23", "eng/leicester-city v eng/manchester-united", (1, 5, 12, 10, 36),
           code=PL, venue=AWAY, last=18),
    last("Leicester's win there", "2016-09-23", "eng/leicester-city v eng/manchester-united", "won", "1998-01-31",
         code=PL, venue=AWAY),
    record("Bournemouth's last 13", "2016-09-23", "eng/afc-bournemouth", (2, 2, 9, 10, 29), code=PL, last=13),
    count("two goals in one of them", "2016-09-23", "eng/afc-bournemouth", Event("scored at least", n=2), 1, code=PL,
          last=13),
    record("Liverpool at home", "2016-09-23", "eng/liverpool", (7, 6, 1, 30, 14), code=PL, venue=HOME, last=14),
    record("Liverpool at home to promoted sides", "2016-09-23", "eng/liverpool", (29, 9, 1, 78, 16), code=PL,
           venue=HOME, opponent_class=PROMOTED, last=39),
    last("the one defeat", "2016-09-23", "eng/liverpool", "lost", "2010-10-03", code=PL, venue=HOME,
         opponent_class=PROMOTED),
    record("Middlesbrough at home to Tottenham", "2016-09-23", "eng/middlesbrough v eng/tottenham-hotspur",
           (5, 5, 1, 19, 12), code=PL, venue=HOME, last=11),
    record("Tottenham against promoted sides", "2016-09-23", "eng/tottenham-hotspur", (22, 2, 0, 53, 15), code=PL,
           opponent_class=PROMOTED, last=24),
    # September 2019
    run("Liverpool's wins", "2019-09-26", "eng/liverpool", "won", 15, code=PL),
    run("Liverpool unbeaten", "2019-09-26", "eng/liverpool", "unbeaten", 23, code=PL),
    last("Liverpool's defeat", "2019-09-26", "eng/liverpool", "lost", "2019-01-03", code=PL),
    last("Sheffield United's win", "2019-09-26", "eng/sheffield-united v eng/liverpool", "won", "1994-04-02", code=PL),
    run("Liverpool beat promoted sides", "2019-09-26", "eng/liverpool", "won", 12, code=PL, opponent_class=PROMOTED),
    record("Liverpool at Bramall Lane", "2019-09-26", "eng/liverpool v eng/sheffield-united", (0, 2, 1, 1, 2), code=PL,
           venue=AWAY, first_season=PREMIER_LEAGUE_ERA),
    record("Burnley away", "2019-09-26", "eng/burnley", (0, 3, 2, 5, 8), code=PL, venue=AWAY, last=5),
    run("West Ham's clean sheets", "2019-09-26", "eng/west-ham-united", "clean sheet", 3, code=PL),
    record("Bournemouth v West Ham", "2019-09-26", "eng/afc-bournemouth v eng/west-ham-united", (3, 2, 0, 11, 7),
           code=PL, last=5),
    run("West Ham unbeaten away", "2019-09-26", "eng/west-ham-united", "unbeaten", 5, code=PL, venue=AWAY),
    record("West Ham's last five away", "2019-09-26", "eng/west-ham-united", (3, 2, 0, 9, 3), code=PL, venue=AWAY,
           last=5),
    record("West Ham's last ten", "2019-09-26", "eng/west-ham-united", (6, 3, 1, 18, 10), code=PL, last=10),
    record("Bournemouth against West Ham ever", "2019-09-26", "eng/afc-bournemouth v eng/west-ham-united",
           (4, 2, 2, 16, 14), code=PL),
    count("Brighton without a goal away", "2019-09-26", "eng/brighton", "failed to score", 5, code=PL, venue=AWAY,
          last=7),
    # February 2023
    run("Arsenal's two defeats away", "2023-02-16", "eng/arsenal", "lost", 2, venue=AWAY),
    record("Arsenal's fourteen before", "2023-02-16", "eng/arsenal", (11, 1, 2, 26, 9), venue=AWAY, this_season=True,
           opening=14),
    run("Villa's defeats", "2023-02-16", "eng/aston-villa", "lost", 2, code=PL),
    record("Villa's nine before", "2023-02-16", "eng/aston-villa", (6, 1, 2, 16, 11), code=PL, skip=2, last=9),
    record("Palace at Brentford", "2023-02-16", "eng/crystal-palace v eng/brentford", (0, 1, 2, 3, 6),
           family=Family.LEAGUE, venue=AWAY, last=3),
    last("Palace's win there", "2023-02-16", "eng/crystal-palace v eng/brentford", "won", "1957-12-25",
         family=Family.LEAGUE, venue=AWAY),
    run("Brentford unbeaten", "2023-02-16", "eng/brentford", "unbeaten", 10, code=PL),
    count("Brentford's wins", "2023-02-16", "eng/brentford", "won", 5, code=PL, last=10),
    count("Brentford's draws", "2023-02-16", "eng/brentford", "drew", 5, code=PL, last=10),
    record("Brighton at home to promoted sides", "2023-02-16", "eng/brighton", (4, 5, 0, 9, 2), code=PL, venue=HOME,
           opponent_class=PROMOTED, last=9),
    run("unbeaten in these nine", "2023-02-16", "eng/brighton", "unbeaten", 9, code=PL, venue=HOME,
        opponent_class=PROMOTED),
    run("Chelsea's draws", "2023-02-16", "eng/chelsea", "drew", 3, code=PL),
    # Serie A
    record("Benevento v Juventus", "2020-11-27", "ita/benevento v ita/juventus", (0, 0, 2, 3, 6), code=SERIE_A),
    count("goals in both", "2020-11-27", "ita/benevento v ita/juventus", "scored", 2, code=SERIE_A),
    count("Benevento's wins", "2020-11-27", "ita/benevento", "won", 3, code=SERIE_A, this_season=True),
    count("Benevento's wins in 29", "2020-11-27", "ita/benevento", "won", 3, code=SERIE_A, first_season=2017,
          last_season=2017, opening=29),
    record("Juventus away", "2020-11-27", "ita/juventus", (1, 4, 3, 14, 16), code=SERIE_A, venue=AWAY, last=8),
    run("Juventus concede away", "2020-11-27", "ita/juventus", "conceded", 9, code=SERIE_A, venue=AWAY),
    goals("seventeen goals", "2020-11-27", "ita/juventus", Measure.CONCEDED, 17, code=SERIE_A, venue=AWAY, last=9),
    record("Juventus's season", "2024-12-22", "ita/juventus", (6, 10, 0, 26, 12), code=SERIE_A, this_season=True),
    run("Juventus unbeaten", "2024-12-22", "ita/juventus", "unbeaten", 24, code=SERIE_A),
    record("Juventus's 24", "2024-12-22", "ita/juventus", (8, 16, 0, 36, 19), code=SERIE_A, last=24),
    goals("Inter's goals", "2023-03-19", "ita/inter", Measure.SCORED, 47, code=SERIE_A, this_season=True),
    goals("Juventus's goals", "2023-03-19", "ita/juventus", Measure.SCORED, 44, code=SERIE_A, this_season=True),
    # Spain
    record("Atletico at home", "2025-03-16", "esp/atletico-madrid", (10, 4, 0, 25, 8), code=LIGA, venue=HOME,
           this_season=True),
    run("Barcelona's wins", "2025-03-16", "esp/barcelona", "won", 6, code=LIGA),
    count("Barcelona's clean sheets", "2025-03-16", "esp/barcelona", "clean sheet", 4, code=LIGA, last=6),
    record("Barcelona's eight before", "2025-03-16", "esp/barcelona", (1, 3, 4, 12, 12), code=LIGA, skip=6, last=8),
    run("Real Madrid win away", "2017-10-14", "esp/real-madrid", "won", 12, code=LIGA, venue=AWAY),
    record("Atletico v Barcelona", "2017-10-14", "esp/atletico-madrid v esp/barcelona", (0, 3, 11, 10, 30), code=LIGA,
           last=14),
    last("Atletico's win", "2017-10-14", "esp/atletico-madrid v esp/barcelona", "won", "2010-02-14", code=LIGA),
    record("Atletico at home to Barcelona", "2017-10-14", "esp/atletico-madrid v esp/barcelona", (0, 1, 6, 5, 11),
           code=LIGA, venue=HOME, last=7),
    # the European Cup
    record("Bayern v Real Madrid", "2012-04-16", "ger/bayern-munich v esp/real-madrid", (10, 2, 6, 30, 23), code=CL),
    count("Bayern's semi-finals", "2012-04-16", "ger/bayern-munich", Event("reached", stage="semi-final"), 14,
          **FINALS),
    count("Bayern's finals", "2012-04-16", "ger/bayern-munich", Event("reached", stage="final"), 8, **FINALS),
    count("Bayern's semi-finals before", "2012-04-16", "ger/bayern-munich", Event("reached", stage="semi-final"), 13,
          last_season=2010, **FINALS),
    count("Real Madrid's semi-finals before", "2012-04-16", "esp/real-madrid", Event("reached", stage="semi-final"), 22,
          last_season=2010, **FINALS),
    count("Real Madrid's finals", "2012-04-16", "esp/real-madrid", Event("reached", stage="final"), 12, **FINALS),
    count("Bayern's Champions League semi-finals", "2012-04-16", "ger/bayern-munich",
          Event("reached", stage="semi-final"), 5, first_season=PREMIER_LEAGUE_ERA, last_season=2010, **FINALS),
    count("Bayern's Champions League finals", "2012-04-16", "ger/bayern-munich", Event("reached", stage="final"), 3,
          first_season=PREMIER_LEAGUE_ERA, **FINALS),
    record("Real Madrid's season", "2012-04-16", "esp/real-madrid", (9, 1, 0, 32, 6), code=CL, this_season=True),
    record("Monaco away in knockout rounds", "2017-05-08", "fra/monaco", (2, 2, 7, 16, 26), code=CL, venue=AWAY,
           from_stage="round-of-16", first_season=PREMIER_LEAGUE_ERA),
    goals("Monaco's last three away", "2017-05-08", "fra/monaco", Measure.CONCEDED, 10, code=CL, venue=AWAY, last=3),
    goals("Monaco's season", "2017-05-08", "fra/monaco", Measure.CONCEDED, 18, code=CL, this_season=True,
          qualifying=False),
    record("Liverpool away", "2022-05-03", "eng/liverpool", (5, 0, 0, 15, 5), code=CL, venue=AWAY, this_season=True),
    goals("away legs of semi-finals", "2022-05-03", "eng/liverpool", Measure.CONCEDED, 10, code=CL, venue=AWAY,
          stages=("semi-final",), last=3),
    record("PSG away", "2014-04-08", "fra/psg", (6, 3, 2, 21, 6), code=CL, venue=AWAY, last=11),
    count("Real Madrid's titles", "2018-05-26", "esp/real-madrid", "won", 12, **FINALS),
    count("Real Madrid's lost finals", "2018-05-26", "esp/real-madrid", "lost final", 3, **FINALS),
    count("Liverpool's finals before", "2018-05-26", "eng/liverpool", Event("reached", stage="final"), 7,
          last_season=2016, **FINALS),
    count("Manchester United's finals", "2018-05-26", "eng/manchester-united", Event("reached", stage="final"), 5,
          **FINALS),
    record("Liverpool v Real Madrid", "2018-05-26", "eng/liverpool v esp/real-madrid", (3, 0, 2, 6, 4), code=CL),
    goals("Liverpool's goals", "2018-05-26", "eng/liverpool", Measure.SCORED, 40, code=CL, this_season=True,
          qualifying=False),
    record("Sporting against English clubs", "2022-09-12", "por/sporting-cp", (0, 1, 5, 2, 12), code=CL,
           opponent_country="eng"),
    goals("Sporting at home", "2022-09-12", "por/sporting-cp", Measure.CONCEDED, 11, code=CL, venue=HOME,
          first_season=2021, last_season=2021),
    # a seventh, against Chelsea, was moved to Bucharest
    run("Atletico without a home win", "2022-04-13", "esp/atletico-madrid", "winless", 6, family=Family.EUROPE,
        venue=HOME),
    last("Atletico's home win", "2022-04-13", "esp/atletico-madrid", "won", "2020-10-27", family=Family.EUROPE,
         venue=HOME),
    # Manchester City v Liverpool, July 2020
    count("Liverpool's away wins", "2020-07-02", "eng/liverpool", "won", 12, code=PL, venue=AWAY, this_season=True),
    record("Liverpool v City", "2020-07-02", "eng/liverpool v eng/manchester-city", (20, 16, 9, 72, 55), code=PL,
           first_season=PREMIER_LEAGUE_ERA),
    record("Liverpool at City", "2020-07-02", "eng/liverpool v eng/manchester-city", (4, 10, 8, 25, 34), code=PL,
           venue=AWAY, first_season=PREMIER_LEAGUE_ERA),
    record("Liverpool at the new ground", "2020-07-02", "eng/liverpool v eng/manchester-city", (3, 6, 7, 16, 27),
           code=PL, venue=AWAY, since=dt.date(2003, 8, 1)),
    record("Liverpool's last ten there", "2020-07-02", "eng/liverpool v eng/manchester-city", (1, 3, 6, 10, 22),
           code=PL, venue=AWAY, last=10),
    run("Liverpool without a goal away", "2020-07-02", "eng/liverpool", "failed to score", 4, venue=AWAY),
    # 2014
    record("Newcastle at Burnley", "2014-12-02", "eng/newcastle-united v eng/burnley", (1, 0, 4, 4, 9),
           family=Family.LEAGUE, venue=AWAY, last=5),
    run("Newcastle lost the last three", "2014-12-02", "eng/newcastle-united v eng/burnley", "lost", 3,
        family=Family.LEAGUE, venue=AWAY),
    record("Leicester at home to Liverpool", "2014-12-02", "eng/leicester-city v eng/liverpool", (2, 3, 1, 6, 6),
           code=PL, venue=HOME, last=6),
    count("Liverpool's defeats away", "2014-12-02", "eng/liverpool", "lost", 4, code=PL, venue=AWAY, this_season=True),
    count("a year before", "2014-12-02", "eng/liverpool", "lost", 4, code=PL, venue=AWAY, first_season=2013,
          last_season=2013),
    count("two years before", "2014-12-02", "eng/liverpool", "lost", 5, code=PL, venue=AWAY, first_season=2012,
          last_season=2012),
    goals("QPR v Swansea", "2014-12-02", "eng/qpr v eng/swansea-city", Measure.GOALS, 13, code=PL, last=3),
    last("Burnley's goalless draw", "2014-09-01", "eng/burnley", "goalless", "2014-08-30", code=PL),
    count("Burnley's goalless draws", "2014-09-01", "eng/burnley", "goalless", 1, code=PL,
          first_season=PREMIER_LEAGUE_ERA),
    count("Burnley's matches", "2014-09-01", "eng/burnley", "played", 41, code=PL, first_season=PREMIER_LEAGUE_ERA),
    count("Burnley's clean sheets", "2014-09-01", "eng/burnley", "clean sheet", 4, code=PL,
          first_season=PREMIER_LEAGUE_ERA),
    count("two of them against United", "2014-09-01", "eng/burnley v eng/manchester-united", "clean sheet", 2, code=PL,
          first_season=PREMIER_LEAGUE_ERA),
    count("City without a goal at home", "2014-09-01", "eng/manchester-city", "failed to score", 2, code=PL, venue=HOME,
          last=71),
    record("Stoke in Manchester", "2014-08-30", "eng/stoke-city", (0, 0, 12, 5, 35), code=PL, venue=AWAY,
           opponents=("eng/manchester-city", "eng/manchester-united"), first_season=PREMIER_LEAGUE_ERA),
    record("United in 2014", "2014-09-01", "eng/manchester-united", (9, 5, 8, 34, 24), code=PL,
           since=dt.date(2014, 1, 1)),
    goals("City at home", "2013-12-02", "eng/manchester-city", Measure.SCORED, 29, code=PL, venue=HOME,
          this_season=True),
    record("United away", "2013-12-02", "eng/manchester-united", (3, 5, 2, 22, 20), code=PL, venue=AWAY, last=10),
    count("United's clean sheets away", "2013-12-02", "eng/manchester-united", "clean sheet", 0, code=PL, venue=AWAY,
          last=10),
    record("Bayern v Dortmund", "2016-03-04", "ger/bayern-munich v ger/borussia-dortmund", (42, 28, 23, 175, 116),
           code=BUNDESLIGA),
    run("Palace unbeaten", "2025-09-29", "eng/crystal-palace", "unbeaten", 12, code=PL),
    record("Liverpool's group", "2020-11-16", "eng/liverpool", (3, 0, 0, 8, 0), code=CL, this_season=True),
)  # fmt: skip


def told(found: Answer) -> Any:
    """The part of a value that a claim asserts."""
    match found.value:
        case Streak(length=length):
            return length
        case Count(k=k):
            return k
        case Total(goals=number):
            return number
        case Occurrence(date=date, season=season):
            return season if found.question.unit is Unit.CAMPAIGN else str(date)
        case value:
            return value


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.as_of} {claim.name}")
def test_what_was_claimed_and_true(held: Archive, claim: Claim) -> None:
    found = answer(held.view(dt.date.fromisoformat(claim.as_of)), claim.question)
    assert told(found) == claim.true
    if found.k and not found.lines and claim.question.statistic is not S.NEVER:
        assert found.rows  # nothing is said without its proof


def ask(held: Archive, as_of: str, *parts: Any, **more: Any) -> Answer:
    return answer(held.view(dt.date.fromisoformat(as_of)), Question(*parts, **more))


def test_never_through_after_a_first_leg_lost_at_home(held: Archive) -> None:
    scope = europe(first_leg=FirstLeg(venue=HOME, result=Result.LOST))
    found = ask(
        held, "2024-04-17", S.NEVER, Event("went through"), Subject.of("eng/liverpool"), Unit.TIE, scope
    )
    assert isinstance(found.value, Never)
    assert found.value.never


def test_fourteen_ties_after_a_nil_two_at_home(held: Archive) -> None:
    leg = FirstLeg(venue=HOME, scored=0, conceded=2)
    scope = Scope(
        competitions=(CL,), first_leg=leg, first_season=PREMIER_LEAGUE_ERA, from_stage="round-of-16"
    )
    found = ask(held, "2017-05-08", S.SHARE, Event("went through"), Subject.any_club(), Unit.TIE, scope)
    assert isinstance(found.value, Count)
    assert (found.value.k, found.value.of) == (0, 14)


def test_only_newcastle_have_a_longer_run(held: Archive) -> None:
    scope = Scope(competitions=(PL,), this_season=True)
    found = ask(
        held, "2023-02-16", S.RANK, Event("unbeaten"), Subject.of("eng/brentford"), scope=scope, per=Per.CLUB,
        of=S.CURRENT_STREAK,
    )  # fmt: skip
    assert isinstance(found.value, Rank)
    assert (found.value.place, found.value.amount) == (2, 10)
    assert [(one.club, one.amount) for one in found.value.ahead] == [("eng/newcastle-united", 17)]


@pytest.mark.parametrize(
    ("as_of", "who", "family", "seasons"),
    [
        ("2023-02-16", "eng/fulham v eng/brighton", Family.LEAGUE, ("1931-32", "1985-86", "1992-93")),
        (
            "2025-03-16",
            "esp/atletico-madrid v esp/barcelona",
            Family.TOP_FLIGHT,
            ("1989-90", "1995-96", "2005-06"),
        ),
    ],
)
def test_the_last_league_double(
    held: Archive, as_of: str, who: str, family: Family, seasons: tuple[str, ...]
) -> None:
    found = ask(held, as_of, S.MOST, Event("won"), club(who), scope=Scope(family=family), per=Per.SEASON)
    assert isinstance(found.value, Extreme)
    assert found.value.amount == 2
    assert tuple(holder.season for holder in found.value.holders)[-3:] == seasons


def test_atletico_without_a_home_goal_against_barcelona(held: Archive) -> None:
    pair, scope = club("esp/atletico-madrid v esp/barcelona"), Scope(competitions=(LIGA,), venue=HOME)
    found = ask(held, "2025-03-16", S.LONGEST_STREAK, Event("failed to score"), pair, scope=scope)
    assert isinstance(found.value, Streak)
    assert found.value.length == 4


def test_burnley_without_a_clean_sheet(held: Archive) -> None:
    scope = Scope(competitions=(PL,), first_season=PREMIER_LEAGUE_ERA)
    found = ask(
        held, "2014-09-01", S.LONGEST_STREAK, Event("conceded"), Subject.of("eng/burnley"), scope=scope
    )
    assert isinstance(found.value, Streak)
    assert found.value.length == 29


def test_united_without_two_wins_in_a_row(held: Archive) -> None:
    scope = Scope(competitions=(PL,), since=dt.date(2024, 11, 24))
    united = Subject.of("eng/manchester-united")
    found = ask(held, "2025-09-29", S.LONGEST_STREAK, Event("won"), united, scope=scope)
    assert isinstance(found.value, Streak)
    assert found.value.length == 1


def test_records_of_real_madrid(held: Archive) -> None:
    for stage, number in (("semi-final", 22), ("final", 12)):
        scope = Scope(competitions=(CL,), last_season=2010)
        event = Event("reached", stage=stage)
        found = ask(held, "2012-04-16", S.MOST, event, Subject.any_club(), U.CAMPAIGN, scope, per=Per.CLUB)
        assert isinstance(found.value, Extreme)
        assert (found.value.amount, [one.club for one in found.value.holders]) == (
            number,
            ["esp/real-madrid"],
        )


def test_the_english_club_with_most_finals(held: Archive) -> None:
    scope = Scope(competitions=(CL,), country="eng", last_season=2016)
    event = Event("reached", stage="final")
    found = ask(held, "2018-05-26", S.MOST, event, Subject.any_club(), U.CAMPAIGN, scope, per=Per.CLUB)
    assert isinstance(found.value, Extreme)
    assert (found.value.amount, found.value.holders[0].club, found.value.next) == (7, "eng/liverpool", 5)


def test_most_goals_in_a_season_of_the_champions_league(held: Archive) -> None:
    scope = Scope(competitions=(CL,), qualifying=False, first_season=PREMIER_LEAGUE_ERA)
    found = ask(
        held, "2018-05-26", S.MOST, Event("played"), Subject.any_club(), scope=scope, measure=Measure.SCORED,
        per=Per.SEASON,
    )  # fmt: skip
    assert isinstance(found.value, Extreme)
    assert [(one.club, one.season, one.amount) for one in found.value.holders] == [
        ("esp/barcelona", "1999-00", 45)
    ]
    assert found.value.next == 41


def test_most_away_wins_in_a_season(held: Archive) -> None:
    scope = Scope(competitions=(CL,), venue=AWAY, qualifying=False)
    found = ask(held, "2022-05-03", S.MOST, Event("won"), Subject.any_club(), scope=scope, per=Per.SEASON)
    assert isinstance(found.value, Extreme)
    assert found.value.amount == 5


def test_liverpools_record_of_away_wins(held: Archive) -> None:
    scope, liverpool = Scope(family=Family.LEAGUE, venue=AWAY), Subject.of("eng/liverpool")
    found = ask(held, "2020-07-02", S.MOST, Event("won"), liverpool, scope=scope, per=Per.SEASON)
    assert isinstance(found.value, Extreme)
    assert found.value.amount == 13
    assert [one.season for one in found.value.holders] == ["1904-05", "2008-09", "2018-19"]


def test_clean_sheets_after_three_rounds(held: Archive) -> None:
    scope = Scope(competitions=(CL,), qualifying=False, this_season=True)
    found = ask(
        held, "2020-11-16", S.MOST, Event("clean sheet"), Subject.any_club(), scope=scope, per=Per.CLUB
    )
    assert isinstance(found.value, Extreme)
    assert (found.value.amount, found.value.next) == (3, 2)
    assert [one.club for one in found.value.holders] == ["eng/chelsea", "eng/liverpool"]


def test_all_knockout_matches_away_with_a_goal_conceded(held: Archive) -> None:
    scope = Scope(competitions=(CL,), venue=AWAY, from_stage="round-of-16", first_season=1992)
    found = ask(held, "2017-05-08", S.ALWAYS, Event("conceded"), Subject.of("fra/monaco"), scope=scope)
    assert found.value is not None
    assert (found.n, found.k) == (11, 11)
