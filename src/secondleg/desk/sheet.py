"""A preview in the making: what was asked, what was written, and what each sentence must be read back as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from secondleg.archive.view import View
from secondleg.desk import frame, pieces
from secondleg.desk.chances import Chances
from secondleg.desk.facting import Fact
from secondleg.desk.fixtures import Fixture
from secondleg.desk.proofreading import Proof
from secondleg.football.competition import competition
from secondleg.language.lexicon import Lexicon
from secondleg.language.writing import write
from secondleg.language.writing_ties import gaps_are_told
from secondleg.records import Answer, Event, Question, Scope, Statistic, Subject, Unit, answer

__all__ = ["Sentence", "Sheet"]

Sentence = dict[str, Any]
"""A sentence as the document carries it."""


@dataclass
class Sheet:
    """One preview: its sentences are made here, with all that stands behind them."""

    view: View
    fixture: Fixture
    lexicon: Lexicon
    chances: Chances | None
    notes: tuple[str, ...] = ()
    """What a reader must know beside the sentences."""
    untold: list[dict[str, str]] = field(default_factory=list)
    answers: dict[Question, Answer] = field(default_factory=dict)
    proofs: dict[str, Proof] = field(default_factory=dict)
    """By sentence: what it must be read back as. Facts are read back where they are chosen."""

    def ask(self, question: Question) -> Answer:
        """The answer to a question, asked once."""
        if question not in self.answers:
            self.answers[question] = answer(self.view, question)
        return self.answers[question]

    def can_tell(self, found: Answer) -> bool:
        """Whether the archive can vouch for an answer."""
        return found.coverage.complete or gaps_are_told(found)

    def written(self, found: Answer) -> list[Sentence]:
        """The sentence of an answer, if there is one and the archive can vouch for it."""
        text = write(found, self.lexicon)
        if text is None:
            return []
        if not self.can_tell(found):
            self.untold.append({"text": text, "why": found.coverage.note})
            return []
        return [self.sentence(text, found)]

    def sentence(self, text: str, found: Answer, states: Mapping[str, Any] | None = None) -> Sentence:
        """A sentence that an answer stands behind."""
        self.proofs[text] = Proof(found.question, found, states)
        return self._answered(text, found)

    def fact(self, fact: Fact) -> Sentence:
        """The sentence of a fact, with its score on the scale of the fact sheet."""
        return self._answered(fact.text, fact.answer) | {"score": round(fact.candidate.score, 2)}

    def _answered(self, text: str, found: Answer) -> Sentence:
        return {
            "text": text,
            "question": found.question.to_dict(),
            "value": found.to_dict()["value"],
            "evidence": [pieces.evidence(row) for row in found.rows],
            "coverage": {"complete": found.coverage.complete, "note": found.coverage.note},
            "as_of": found.as_of.isoformat(),
        }

    def ruled(self, text: str, states: Mapping[str, Any]) -> Sentence:
        """A sentence that the rules of the competition answer."""
        f = self.fixture
        sentence = self.stated(text, self.chance_question(f.home), None, states)
        note = f"the rules of the {competition(f.competition).name_in(f.season)} in {f.season_label}"
        return {**sentence, "coverage": {"complete": True, "note": note}}

    def stated(self, text: str, question: Question, value: object, states: Mapping[str, Any]) -> Sentence:
        """A sentence about what is still open: the forecast answers it."""
        self.proofs[text] = Proof(question, states=states)
        leg = self.fixture.first_leg
        rows = self.ask(frame.last_meeting(self.fixture)).rows if leg else ()
        seen = self.chances
        note = f"{seen.trained_on:,} matches from {seen.trained_from} on" if seen else "no forecast"
        return {
            "text": text,
            "question": question.to_dict(),
            "value": value,
            "evidence": [pieces.evidence(row) for row in rows],
            "coverage": {"complete": True, "note": note},
            "as_of": self.view.as_of.isoformat(),
        }

    def chance_question(self, club: str) -> Question:
        """How likely a side is to go through."""
        f = self.fixture
        other = f.away if club == f.home else f.home
        scope = Scope(competitions=(f.competition,), first_season=f.season, last_season=f.season)
        event = Event("went through")
        return Question(Statistic.CHANCE, event, Subject.pair(club, other), unit=Unit.TIE, scope=scope)

    def win_question(self, club: str) -> Question:
        """How likely a side is to win the match."""
        f = self.fixture
        other = f.away if club == f.home else f.home
        scope = Scope(competitions=(f.competition,), since=f.date, until=f.date)
        return Question(Statistic.CHANCE, Event("won"), Subject.pair(club, other), scope=scope)

    def ground(self, club: str, day: dt.date) -> str | None:
        """The club's ground, if it is known to have played there on that day."""
        rows = self.view.rows(
            "SELECT name FROM ground WHERE club = $club AND first_year <= $year AND coalesce(last_year, 9999) >= $year",
            club=club,
            year=day.year,
        )
        return rows[0]["name"] if len(rows) == 1 else None
