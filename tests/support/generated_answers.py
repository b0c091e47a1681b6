"""Every question that the algebra can ask, from its declarations, and answers to them made by chance."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from secondleg.errors import BadInput
from secondleg.football.competition import competition
from secondleg.football.match import Result, Venue
from secondleg.football.stage import RANK
from secondleg.language.lexicon import Lexicon
from secondleg.records import EVENTS, Event, Family, FirstLeg, Question, Scope, Statistic, Subject, Unit
from secondleg.records.answer import (
    Always,
    Answer,
    AsMany,
    Average,
    Clubs,
    Count,
    Coverage,
    Evidence,
    Extreme,
    Form,
    Furthest,
    Holder,
    Line,
    Listed,
    Never,
    Occurrence,
    Only,
    Rank,
    Record,
    Since,
    Stakes,
    Streak,
    Total,
    Value,
    WouldBe,
)
from secondleg.records.events import WON_RANK
from secondleg.records.measures import MEASURES
from secondleg.records.question import BY, COMPARES, MAY_MEASURE, MEASURED
from secondleg.records.scope import After
from secondleg.records.terms import OpponentClass, Per

__all__ = [
    "AS_OF",
    "CLUBS",
    "LEXICON",
    "SCOPES",
    "SUBJECTS",
    "event",
    "events",
    "generated",
    "valid",
    "variants",
]

AS_OF = dt.date(2024, 4, 17)
CLUBS = {
    "eng/liverpool": "Liverpool", "eng/everton": "Everton", "ita/atalanta": "Atalanta",
    "eng/wolverhampton-wanderers": "Wolves", "fra/psg": "Paris Saint-Germain",
    "nor/bodo-glimt": "Bodø/Glimt", "ger/schalke": "Schalke 04",
}  # fmt: skip
LEXICON = Lexicon(
    CLUBS,
    {"uefa.cl": "Champions League", "uefa.el": "Europa League", "eng.1": "Premier League",
     "isl.1": "Iceland, first tier", "uefa.sc": "UEFA Super Cup", "uefa.itc": "Intertoto Cup",
     "uefa.fairs": "Inter-Cities Fairs Cup"},
    calendar=frozenset({"isl.1"}),
)  # fmt: skip
MINE = "eng/liverpool"
SUBJECTS = (Subject.of(MINE), Subject.pair(MINE, "ita/atalanta"), Subject.any_club())

SCOPES: dict[str, tuple[Scope, ...]] = {
    "competitions": (Scope(competitions=("uefa.el",)), Scope(competitions=("uefa.cl", "eng.1"))),
    "family": tuple(Scope(family=family) for family in Family),
    "without": (Scope(family=Family.EUROPE, without=("uefa.fairs",)), Scope(without=("uefa.cl", "uefa.el"))),
    "qualifying": (Scope(family=Family.EUROPE, qualifying=False),),
    "venue": tuple(Scope(venue=venue) for venue in Venue),
    "opponent": (Scope(opponent="eng/everton"),),
    "opponent_country": (Scope(opponent_country="ita"), Scope(opponent_country="kaz")),
    "stages": (Scope(stages=("semi-final",)), Scope(stages=("quarter-final", "final"))),
    "from_stage": (Scope(from_stage="quarter-final"),),
    "first_season": (Scope(first_season=1992), Scope(first_season=2001, last_season=2001)),
    "last_season": (Scope(last_season=2010), Scope(competitions=("isl.1",), last_season=2010)),
    "since": (Scope(since=dt.date(2004, 2, 3)),),
    "until": (Scope(until=dt.date(2011, 12, 31)), Scope(since=dt.date(2011, 1, 1), until=dt.date(2011, 1, 1))),
    "last": (Scope(last=6), Scope(last=1)),
    "first_leg": (
        Scope(first_leg=FirstLeg(Venue.HOME, Result.LOST)),
        Scope(family=Family.EUROPE, first_leg=FirstLeg(at_least=2)),
        Scope(first_leg=FirstLeg(Venue.AWAY, scored=0, conceded=3)),
        Scope(first_leg=FirstLeg(Venue.NEUTRAL)),
        Scope(family=Family.EUROPE, first_leg=FirstLeg(Venue.HOME, conceded=2)),
        Scope(first_leg=FirstLeg(at_least=-1, at_most=2)),
        Scope(first_leg=FirstLeg()),
    ),
    "country": (Scope(country="eng"),),
    "opponents": (
        Scope(opponents=("eng/everton", "fra/psg")),
        Scope(opponents=("eng/everton", "eng/wolverhampton-wanderers", "fra/psg")),
    ),
    "opponent_class": tuple(Scope(opponent_class=one) for one in OpponentClass),
    "leg": tuple(Scope(leg=leg) for leg in (1, 2, 3)),
    "months": (Scope(months=(3,)), Scope(months=(8, 9)), Scope(months=(1, 2, 5))),
    "weekdays": (Scope(weekdays=(6,)), Scope(weekdays=(2, 3))),
    "this_season": (Scope(this_season=True),),
    "opening": (Scope(opening=10), Scope(opening=1)),
    "past": (Scope(past=19), Scope(past=1)),
    "skip": (Scope(skip=3), Scope(skip=1, last=8), Scope(skip=4, last=1)),
    "after": (
        Scope(after=After(Event("promoted"), Unit.SEASON)),
        Scope(after=After(Event("lost"))),
        Scope(family=Family.EUROPE, venue=Venue.HOME, after=After(Event("won by", n=3), scope=Scope(venue=Venue.AWAY))),
        Scope(after=After(Event("went out"), Unit.TIE, Scope(competitions=("uefa.cl",), stages=("final",)))),
        Scope(after=After(Event("reached", stage="semi-final"), Unit.CAMPAIGN, Scope(family=Family.EUROPE,
              without=("uefa.sc", "uefa.itc")))),
    ),
}  # fmt: skip
"""Scopes of each part of a scope."""


def event(unit: Unit, name: str, chance: random.Random) -> Event:
    """The event of that name, with what it takes."""
    takes = EVENTS[unit][name].arguments
    return Event(
        name,
        n=(chance.randint(60, 90) if "minute" in name else chance.randint(2, 4)) if "n" in takes else None,
        stage=chance.choice(["final", "semi-final", "quarter-final", "round-of-16"])
        if "stage" in takes
        else None,
        against=chance.randint(0, 5) if "against" in takes else None,
        who=chance.choice(["Mohamed Salah", "Ian St John", "Kevin De Bruyne"]) if "who" in takes else None,
    )


def events() -> Iterator[tuple[Unit, str]]:
    """Every event with its unit."""
    return ((unit, name) for unit, names in EVENTS.items() for name in names)


def variants(statistic: Statistic, unit: Unit) -> list[dict[str, Any]]:
    """What else a question of a statistic can give: measures, groups, what clubs are compared by."""
    measures: list[dict[str, Any]] = [{"measure": measure} for measure in MEASURES[unit]]
    if statistic in MEASURED:
        return measures
    if statistic in COMPARES:
        plain = [{}, *measures]
        found = [{"per": per, **one} for per in Per for one in plain]
        found += [{"per": Per.CLUB, "of": of, **one} for of in sorted(BY) for one in plain]
        return [*found, {"per": Per.SEASON, "least": 10}, {"per": Per.CLUB, "least": 20}]
    if statistic in MAY_MEASURE:
        return [{}, *measures]
    if statistic is Statistic.SINCE:
        return [{}, {"before": dt.date(2019, 8, 10)}]
    if statistic in (Statistic.NTH, Statistic.FIRST_TO):
        return [{"nth": n} for n in (1, 3, 100)]
    return [{}]


def valid(
    statistic: Statistic, of: Event, subject: Subject, unit: Unit, scope: Scope, more: dict[str, Any]
) -> Question | None:
    """The question, where its parts fit together."""
    if statistic in (Statistic.LAST_N, Statistic.AS_MANY) and scope.last is None:
        scope = replace(scope, last=5)
    # a cup has no league seasons: nobody asks for them
    if unit is Unit.SEASON and any(competition(code).kind != "league" for code in scope.competitions or ()):
        return None
    try:
        return Question(statistic, of, subject, unit, scope, **more)
    except BadInput:
        return None


def generated(question: Question, chance: random.Random) -> Answer:
    """An answer to a question with a value, matches and final tables made by chance."""
    holder = question.subject.club or MINE
    rows = _rows(question, holder, chance)
    value = _value(question, holder, rows, chance)
    lines = tuple(
        Line(holder, row.competition, row.season, 3, 20, 38, 20, 10, 8, 60, 40, 70, True, True)
        for row in rows
    )
    whole = chance.random() < 0.7
    rests_on = Coverage(whole, (), (), None, "made by chance")
    return Answer(
        question, value, () if question.unit is Unit.SEASON else rows, rests_on, AS_OF, chance.randint(20, 900), 7,
        at_least=not whole, lines=lines if question.unit is Unit.SEASON else (),
    )  # fmt: skip


def _rows(question: Question, club: str, chance: random.Random) -> tuple[Evidence, ...]:
    scope = question.scope
    code = (
        scope.competitions[0]
        if scope.competitions
        else "uefa.el"
        if scope.family is Family.EUROPE
        else "eng.1"
    )
    if question.unit in (Unit.TIE, Unit.CAMPAIGN) and not scope.competitions:
        code = "uefa.el"
    others = [one for one in CLUBS if one != club]
    found = []
    for n in range(8):
        year = 1996 + 3 * n
        other = question.opponent or chance.choice(others)
        home, away = (club, other) if chance.random() < 0.5 else (other, club)
        goals = chance.randint(0, 4), chance.randint(0, 3)
        label = str(year) if code in LEXICON.calendar else f"{year}-{(year + 1) % 100:02d}"
        found.append(
            Evidence(n, dt.date(year, 9, 3 + n), code, "", label, "final", None, home, away, CLUBS[home], CLUBS[away],
                     *goals, f"{goals[0]}-{goals[1]}", False, "made")
        )  # fmt: skip
    return tuple(found)


def _value(question: Question, club: str, rows: tuple[Evidence, ...], chance: random.Random) -> Value:
    n, of = chance.randint(0, 30), chance.randint(31, 3000)
    if question.scope.last is not None:
        of = question.scope.last
        n = chance.randint(0, of)
    row, before = rows[-1], rows[-2]
    any_club = question.subject.club is None
    match question.statistic:
        case Statistic.CURRENT_STREAK:
            return Streak(n, rows[0].date, row.date, True) if n else Streak(0, None, None, False)
        case Statistic.LONGEST_STREAK:
            joint = ("eng/everton",) if any_club and n % 3 == 0 else ()
            if not n:
                return Streak(0, None, None, False)
            last = rows[0].date if n == 1 else row.date
            return Streak(n, rows[0].date, last, False, club if any_club else None, joint)
        case Statistic.LAST | Statistic.FIRST | Statistic.NTH | Statistic.FIRST_TO:
            joint = ("eng/everton",) if question.statistic is Statistic.FIRST_TO and n % 3 == 0 else ()
            return Occurrence(row.date, row.season, row.competition, n, n, club if any_club else None, joint)
        case Statistic.LAST_N:
            letters = {Unit.MATCH: "WDL", Unit.TIE: "TO"}.get(question.unit, "-")
            return Form("".join(chance.choice(letters) for _ in range(question.scope.last or 1)))
        case Statistic.COUNT | Statistic.SHARE:
            return (
                Count(n, question.scope.last or of)
                if not question.scope.last
                else Count(1, question.scope.last)
            )
        case Statistic.TOTAL:
            return Total(n, of)
        case Statistic.AVERAGE:
            return Average(n / of, n, of)
        case Statistic.RECORD:
            return Record(n, chance.randint(0, 9), chance.randint(1, 9), 3 * n, 2 * n)
        case Statistic.NEVER:
            return Never(n % 2 == 0, of)
        case Statistic.ALWAYS:
            return Always(n % 2 == 0, of, 0 if n % 2 == 0 else n)
        case Statistic.ONLY:
            return (
                Only(True, 1, of, row.date, row.season, row.competition)
                if n % 2
                else Only(
                    False,
                    n,
                    of,
                    row.date if n else None,
                    row.season if n else None,
                    row.competition if n else None,
                )
            )
        case Statistic.FURTHEST:
            held = rows[: chance.randint(1, 8)]
            stage, rank = ("winner", WON_RANK) if n % 3 == 0 else ("semi-final", RANK["semi-final"])
            return Furthest(stage, rank, tuple(r.season for r in held), tuple(r.competition for r in held))
        case Statistic.SINCE:
            if question.before is not None and n % 4 == 0:
                return Since(None, before.date, before.season, n)
            return Since(row.date, before.date, before.season, n) if n % 3 else Since(row.date, None, None, n)
        case Statistic.MOST | Statistic.FEWEST:
            amount = _amount(question, chance)
            held = tuple(_holder(question, club, r, amount) for r in rows[: chance.choice([1, 1, 2, 4, 7])])
            if question.per is Per.CLUB:
                clubs = list(CLUBS)[: len(held)]
                held = tuple(Holder(one, amount, 25, AS_OF) for one in clubs)
            return Extreme(amount, held, of, None)
        case Statistic.RANK:
            return Rank(chance.randint(1, 30), of, _amount(question, chance), (), ())
        case Statistic.AS_MANY:
            amount = _amount(question, chance)
            less = amount if n % 2 else amount - 1
            return AsMany(int(amount), question.scope.last or 5, chance.randint(0, 12), int(less))
        case Statistic.WOULD_BE:
            if n % 5 == 0:
                return WouldBe(1, None, None, n, 1, 0)
            return WouldBe(
                n + 2, row.date, row.season, chance.choice([0, 7]), chance.randint(1, 9), chance.randint(1, 9)
            )
        case Statistic.STAKES:
            stage = str(question.event.stage)
            if n % 4 == 0:
                return Stakes(stage, 1, None, n, 1, "round-of-32" if n else None)
            return Stakes(stage, n + 2, row.season, n + 9, chance.randint(1, 4), "final")
        case Statistic.WHICH | Statistic.WHICH_NEVER | Statistic.WHICH_EVERY:
            return _clubs(question, rows, chance)
    raise NotImplementedError(f"no answer is made for {question.statistic}; add one here")


def _clubs(question: Question, rows: tuple[Evidence, ...], chance: random.Random) -> Clubs:
    """A list of none, some or many clubs, of which the names of a few are known here."""
    every = question.statistic is Statistic.WHICH_EVERY
    never = question.statistic is Statistic.WHICH_NEVER
    times = [chance.choice([1, 2, 3, 15]) for _ in CLUBS]
    times.sort(reverse=True)
    if chance.random() < 0.3:
        times = [times[0]] * len(times)
    clubs = [club for club in CLUBS if club != question.subject.club][: chance.choice([0, 1, 2, 5, 6])]
    listed = tuple(
        Listed(
            club, 0 if never else n, n + 3 * (not never), row.date, row.season, row.date, row.season, row.competition
        )
        for club, n, row in zip(clubs, times, rows, strict=False)
    )  # fmt: skip
    n = chance.choice([0, 9, 1300]) + len(listed) if len(listed) == 6 else len(listed)
    unclear = chance.choice([0, 0, 4]) if never else 0
    latest = chance.choice(listed) if listed else None
    return Clubs(n, n + 5, listed, latest, chance.choice([1, 32]) if every else None, unclear)


def _amount(question: Question, chance: random.Random) -> float:
    if question.of is Statistic.SHARE:
        return chance.randint(0, 100) / 128
    if question.of is Statistic.AVERAGE:
        return chance.randint(1, 900) / 128
    if question.of is Statistic.FURTHEST:
        return float(chance.choice([WON_RANK, RANK["final"], RANK["round-of-16"]]))
    if question.measure is not None and question.measure.value == "place":
        return chance.randint(1, 20)
    if question.measure is not None and question.measure.value == "difference" and question.of is None:
        return chance.randint(-9, 40)
    if question.measure is None and question.per is Per.UNIT:
        return 1
    return chance.randint(0, 120)


def _holder(question: Question, club: str, row: Evidence, amount: float) -> Holder:
    per = question.per
    single = per is Per.UNIT
    other = row.away if row.home == club else row.home
    return Holder(
        club,
        amount,
        1 if single else 25,
        row.date,
        season=row.season if per in (Per.UNIT, Per.SEASON) else None,
        competition=row.competition if single else None,
        opponent=other if single or per is Per.OPPONENT else None,
        year=row.date.year if per is Per.YEAR else None,
    )
