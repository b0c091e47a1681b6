"""Proofreading: every sentence of a preview is read back before it is printed.

The reading side of the phrase book must find the question that was asked and the value that was answered; what
forecasts and rules say is held against what the forecast and the rules gave. A sentence that fails is not printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from secondleg.archive.names import fold
from secondleg.desk.fixtures import Fixture
from secondleg.football.tie import DecidedBy
from secondleg.language.agreeing import likeliest, round_trip
from secondleg.language.lexicon import Lexicon, percent
from secondleg.language.names import Names, names_of
from secondleg.language.reading import read_whole
from secondleg.language.scoping import FOR_SHOW, About, canonical
from secondleg.language.stating import led_to, told_endings
from secondleg.language.tokens import words
from secondleg.records import Answer, Question

__all__ = [
    "Proof",
    "Proofreader",
    "about",
    "first_leg_states",
    "half_time_states",
    "match_states",
    "needs_states",
    "score_states",
    "through_states",
]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a sentence must read as: an answer, or a question and what is stated of it."""

    question: Question
    answer: Answer | None = None
    states: Mapping[str, Any] | None = None


class Proofreader:
    """Reads the sentences of one preview."""

    def __init__(self, fixture: Fixture, lexicon: Lexicon, known: About, proofs: Iterable[Proof]) -> None:
        clubs, codes = {fixture.home: None, fixture.away: None}, {fixture.competition: None}
        for proof in proofs:
            scope = proof.question.scope
            codes |= dict.fromkeys((*(scope.competitions or ()), *scope.without))
            if proof.states is not None and "beside" in proof.states:
                clubs[proof.states["beside"]] = None
            if proof.answer is not None:
                codes |= {row.competition: None for row in proof.answer.rows}
                codes |= {gap.competition: None for gap in proof.answer.coverage.gaps}
                clubs |= {club: None for row in proof.answer.rows for club in (row.home, row.away)}
        self.names: Names = names_of(lexicon, clubs, (*codes, *FOR_SHOW))
        self.about = known

    def fault(self, text: str, proof: Proof) -> str | None:
        """Why a sentence must not be printed; None where it reads as what it was written from."""
        readings = read_whole(text, self.names, self.about)
        if proof.states is None and proof.answer is not None:
            return round_trip(readings, proof.answer)
        if not readings:
            return "the phrase book does not read it"
        question = canonical(proof.question)
        same = [reading for reading in likeliest(readings) if reading.question == question]
        if not same:
            return f"it reads as another question: {readings[0].question.to_dict()}"
        stated = {part: value for part, value in (proof.states or {}).items() if value is not None}
        return None if same[0].value == stated else f"it states {dict(same[0].value)} and not {stated}"


def about(fixture: Fixture, as_of: dt.date, calendar: frozenset[str]) -> About:
    """What the sentences of a preview are about."""
    f = fixture
    return About(as_of, f.home, f.away, f.competition, f.season, f.date, f.stage, calendar)


def first_leg_states(fixture: Fixture, where: str | None) -> dict[str, Any]:
    """What is stated of where a tie stands after its first leg."""
    leg = fixture.first_leg
    assert leg is not None
    difference = leg.goals.difference
    leader = leg.home if difference > 0 else leg.away
    article = "the " if where and where.endswith("Stadium") else ""
    place = " ".join(words(f"{article}{where or fixture.name(leg.home)}"))
    if leg.neutral:
        place = "neutral"
    elif leader == leg.home and difference and not where:
        place = "home"
    return {
        "ahead": (leader,) if difference else (leg.home, leg.away),
        "aggregate": (max(leg.goals.home, leg.goals.away), min(leg.goals.home, leg.goals.away)),
        "date": leg.date,
        "place": place,
    }


def half_time_states(fixture: Fixture) -> dict[str, Any]:
    """What is stated of the half-time of the first leg."""
    leg = fixture.first_leg
    assert leg is not None and leg.half_time is not None
    half, final = leg.half_time, leg.goals
    return {
        "ahead": (leg.home if half.difference > 0 else leg.away) if half.difference else None,
        "half": (max(half.home, half.away), min(half.home, half.away)),
        "final": (fold(fixture.name(leg.home)), (final.home, final.away), fold(fixture.name(leg.away))),
    }


def needs_states(needs: Iterable[tuple[str, str]], last: DecidedBy, leader: str | None) -> dict[str, Any]:
    """What is stated of a side's needs: (scores in words, what they lead to)."""
    pairs = list(needs)
    level = tuple(
        (said, led_to(outcome, last)) for said, outcome in pairs if outcome not in ("through", "out")
    )
    return {
        "through": tuple(said for said, outcome in pairs if outcome == "through"),
        "level": level,
        "else": leader,
    }


def through_states(through: float, endings: Iterable[tuple[str, float]], stage: str | None) -> dict[str, Any]:
    """What is stated of a side's chance to go through."""
    told = tuple((item["how"], item["percent2"]) for item in told_endings(list(endings)))
    return {"chance": percent(through), "of": "final" if stage == "final" else "through", "endings": told}


def match_states(
    fixture: Fixture, chances: tuple[float, float, float], goals: tuple[float, float]
) -> dict[str, Any]:
    """What is stated of the chances of a match."""
    home, away = fold(fixture.home_name), fold(fixture.away_name)
    return {
        "sides": (fixture.home, fixture.away),
        "chances": tuple(percent(chance) for chance in chances),
        "goals": (home, f"{goals[0]:.1f}", away, f"{goals[1]:.1f}"),
    }


def score_states(fixture: Fixture, scores: Iterable[tuple[int, int, float]], both: float) -> dict[str, Any]:
    """What is stated of the likeliest scores."""
    likeliest_two = list(scores)[:2]
    return {
        "scores": tuple(((home, away), percent(chance)) for home, away, chance in likeliest_two),
        "sides": (fold(fixture.home_name), fold(fixture.away_name)),
        "both": percent(both),
    }
