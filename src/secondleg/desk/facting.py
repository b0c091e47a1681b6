"""The fact sheet of a fixture: the most surprising facts that hold for its two sides, each with its proof.

Candidates are measured by the thousand on columns (`records.candidates`); the best are then asked of the archive one by
one, and told only if its answer agrees, nothing that it rests on is missing, and there are words for it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.desk.fixtures import Fixture, find_fixture
from secondleg.desk.proofreading import Proof, Proofreader, about
from secondleg.desk.variety import LEAST, Pool
from secondleg.football.competition import competition
from secondleg.football.match import Venue
from secondleg.football.stage import ENGLISH
from secondleg.language.lexicon import joined
from secondleg.language.writing import sentence
from secondleg.language.writing_ties import gaps_are_told
from secondleg.records import Answer, Family, FirstLeg, Record, Statistic, answer
from secondleg.records.candidate import Candidate, vouched_for
from secondleg.records.candidates import candidates
from secondleg.records.known import country_of, known
from secondleg.records.lenses import Setting
from secondleg.records.race import Race, race
from secondleg.records.singular import singular

__all__ = ["MOST", "NOT_READ_BACK", "Fact", "choose", "facts", "facts_of", "of_the_season", "setting_of"]

OVER_A_GAP: Final = "over a gap"
NOT_CONFIRMED: Final = "not confirmed"
NO_WORDS: Final = "no words"
NOT_READ_BACK: Final = "not read back"
NESTED: Final = "nested"

PRINTED: Final = 1.0
"""Score from which a fact stands in a sheet: a list ends rather than be filled up."""

MOST: Final = 20
"""Facts of a sheet, if not asked otherwise."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A candidate that the archive has confirmed, with its sentence."""

    candidate: Candidate
    answer: Answer
    text: str


def facts(view: View, home: str, away: str, on: dt.date | None = None, *, most: int = MOST) -> dict[str, Any]:
    """The fact sheet of `home` against `away` (names or ids), at most `most` facts, the best first.

    Raises:
        UnknownClub, AmbiguousClub, FixtureNotFound: see `find_fixture`.
    """
    fixture = find_fixture(view, home, away, on)
    return facts_of(view, fixture, most=most)


def facts_of(view: View, fixture: Fixture, *, most: int = MOST) -> dict[str, Any]:
    """The fact sheet of a fixture that was found."""
    found: list[Candidate] = []
    asked = 0
    for club in (fixture.home, fixture.away):
        setting = setting_of(view, fixture, club)
        measured, n = candidates(view, setting, thin=False)
        found += [one for one in measured if not one.thin]
        found += singular(view, setting)
        asked += n
    dropped: Counter[str] = Counter()
    rare = [one for one in found if not of_the_season(one)]
    told = choose(view, fixture, rare, most, dropped, least=PRINTED)
    spoken_of = {fact.candidate.question.subject.club for fact in told}
    plain = [one for one in found if of_the_season(one) and one.question.subject.club not in spoken_of]
    told += choose(view, fixture, plain, most - len(told), dropped)
    return {
        "title": f"{fixture.home_name} v {fixture.away_name}",
        "fixture": _fixture(fixture),
        "as_of": view.as_of.isoformat(),
        "archive": {"kind": view.archive.kind, "note": _archive_note(view)},
        "asked": asked,
        "candidates": len(found),
        "dropped": dict(sorted(dropped.items())),
        "facts": [{"id": f"facts.{i}", **_told(fact)} for i, fact in enumerate(told, 1)],
    }


def of_the_season(one: Candidate) -> bool:
    """Whether it is what a side won and lost this season: told where there is nothing rare to tell of it."""
    return one.question.statistic is Statistic.RECORD and one.question.scope.this_season


def _archive_note(view: View) -> str:
    """Which archive it is; counted once for a view."""
    kept = known(view).ledgers
    if "archive note" not in kept:
        kept["archive note"] = pieces.archive_note(view)
    return str(kept["archive note"])


def setting_of(view: View, fixture: Fixture, club: str) -> Setting:
    """The fixture as one of its sides sees it."""
    other = fixture.away if club == fixture.home else fixture.home
    kind = competition(fixture.competition)
    leg, first = fixture.first_leg, None
    if leg is not None:
        mine, theirs = (
            (leg.goals.home, leg.goals.away) if club == leg.home else (leg.goals.away, leg.goals.home)
        )
        where = Venue.NEUTRAL if leg.neutral else Venue.HOME if club == leg.home else Venue.AWAY
        first = FirstLeg(venue=where, scored=mine, conceded=theirs)
    return Setting(
        club=club,
        opponent=other,
        venue=Venue.NEUTRAL if fixture.neutral else Venue.HOME if club == fixture.home else Venue.AWAY,
        competition=fixture.competition,
        kind=kind.kind,
        tier=kind.tier,
        season=fixture.season,
        stage=fixture.stage,
        country=country_of(view, club),
        opponent_country=country_of(view, other),
        first_leg=first,
        race=_race(view, fixture, club),
    )


def _race(view: View, fixture: Fixture, club: str) -> Race | None:
    kind = competition(fixture.competition)
    if kind.kind != "league" or kind.country == "uefa" or fixture.knockout:
        return None
    return race(view, fixture.competition, fixture.season, kind.tier).get(club)


def choose(
    view: View,
    fixture: Fixture,
    found: Sequence[Candidate],
    most: int,
    dropped: Counter[str],
    *,
    fits: Callable[[Candidate, Sequence[Fact]], bool] = lambda candidate, told: True,
    least: float = LEAST,
) -> list[Fact]:
    """The best of the candidates that stand, each thing once; `dropped` counts the others by reason.

    Before what the side's latest matches have turned into its contrary, these are told.

    `fits` says whether a candidate has a place beside those chosen; `least` is the score from which one is told.
    """
    desk = _Desk(view, fixture)
    pool = Pool(found, least)
    told: list[Fact] = []
    while len(told) < most and (candidate := pool.best()) is not None:
        if not fits(candidate, told):
            pool.drop(candidate)
            continue
        fact = desk.confirm(candidate)
        if isinstance(fact, str):
            dropped[fact] += 1
            pool.drop(candidate)
            continue
        for newer in pool.turns(candidate):
            if fits(newer, told) and isinstance(first := desk.confirm(newer), Fact):
                told.append(first)
                dropped[NESTED] += pool.take(newer)
                break
        if len(told) == most or not fits(candidate, told):
            pool.drop(candidate)
            continue
        told.append(fact)
        dropped[NESTED] += pool.take(candidate)
    return told


class _Desk:
    """Asks the archive for the candidates of one fixture, and words what it confirms."""

    def __init__(self, view: View, fixture: Fixture) -> None:
        self.view = view
        self.fixture = fixture
        self.lexicon = pieces.lexicon(view)
        self.known = about(fixture, view.as_of, self.lexicon.calendar)

    def confirm(self, candidate: Candidate) -> Fact | str:
        """The fact, or why it is not told."""
        any_side = candidate.question.subject.club is None
        if not (any_side or vouched_for(self.view, candidate)):
            return OVER_A_GAP
        found = answer(self.view, candidate.question)
        if not gaps_are_told(found) and (found.at_least or not found.coverage.complete):
            return OVER_A_GAP
        if not (any_side or candidate.agrees(found)):
            return NOT_CONFIRMED
        if isinstance(found.value, Record) and found.value.played == 0:
            return Fact(candidate, found, self._never_met(found))
        text = sentence(found.question, found, self.lexicon)
        if text is None:
            return NO_WORDS
        proof = Proof(found.question, found)
        if Proofreader(self.fixture, self.lexicon, self.known, [proof]).fault(text, proof):
            return NOT_READ_BACK
        if found.question.statistic is Statistic.LONGEST_STREAK:
            # a candidate of this kind is a run that has not ended
            text = f"{text.removesuffix('.')}, and it goes on."
        return Fact(candidate, found, text)

    def _never_met(self, found: Answer) -> str:
        """The phrase book has no words for a record without a match."""
        scope, f = found.question.scope, self.fixture
        where = " in Europe" if scope.family is Family.EUROPE else ""
        if scope.competitions:
            called = (self.lexicon.competition(code, [f.season]) for code in scope.competitions)
            where = f" in {joined(called)}"
        return f"{f.home_name} and {f.away_name} have never met{where} before."


def _fixture(fixture: Fixture) -> dict[str, Any]:
    return {
        "home": {"id": fixture.home, "name": fixture.home_name},
        "away": {"id": fixture.away, "name": fixture.away_name},
        "date": fixture.date.isoformat(),
        "competition": {
            "code": fixture.competition,
            "name": competition(fixture.competition).name_in(fixture.season),
        },
        "season": fixture.season_label,
        "stage": ENGLISH[fixture.stage] if fixture.stage else None,
        "leg": fixture.leg,
        "neutral": fixture.neutral,
    }


def _told(fact: Fact) -> dict[str, Any]:
    found, candidate = fact.answer, fact.candidate
    return {
        "text": fact.text,
        "club": found.question.subject.club,
        "question": found.question.to_dict(),
        "value": found.to_dict()["value"],
        "score": _score(candidate),
        "evidence": [pieces.evidence(row) for row in found.rows],
        "more": found.more,
        "coverage": {"complete": found.coverage.complete, "note": found.coverage.note},
    }


def _score(candidate: Candidate) -> dict[str, Any]:
    return {
        "total": round(candidate.score, 2),
        "bits": round(candidate.bits, 2),
        "extreme": candidate.extreme,
        "compared": candidate.compared,
        "cost": candidate.cost,
        "relevance": round(candidate.relevance, 3),
        "of": candidate.of,
        "strength": round(candidate.strength, 3),
    }
