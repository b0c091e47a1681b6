"""The facts of a preview: those of the fact sheet that have a place in one of its sections, on the same scale.

What every preview says (`desk.frame`) is told first, so that no fact is chosen that says a part of it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from secondleg.archive.view import View
from secondleg.desk.facting import Fact, choose, of_the_season, setting_of
from secondleg.desk.fixtures import Fixture
from secondleg.desk.frame import FORM_MATCHES
from secondleg.desk.variety import nested
from secondleg.records import Answer, Question, Scope, Statistic, Unit, worth
from secondleg.records.candidate import Candidate, topic, turned
from secondleg.records.candidates import candidates
from secondleg.records.columns import within
from secondleg.records.comparable import units_of
from secondleg.records.lenses import Lens
from secondleg.records.singular import singular

__all__ = ["chosen", "section_of"]

MOST: Final = 14
"""Facts of one preview, beside what every preview says: our choice, as the others here, made by reading previews."""

_MOST_OF: Final = {"form": 3, "history": 2, "stakes": 1}
"""Facts of one side in a section …"""

_MOST_MEETINGS: Final = 3
"""… and facts about the two against each other."""

_LISTED: Final = 3
"""Meetings up to which a run is seen in the latest ones, which the record lists."""

_LEAST: Final = {"form": 0.7, "history": 1.5, "stakes": 1.5}
"""Score from which a fact is told in a section: form is what a reader expects to find, all else must be news."""


def section_of(question: Question) -> str:
    """The section in which a fact is told: what is at stake, form, or history."""
    scope = question.scope
    if question.unit is Unit.CAMPAIGN:
        return "stakes"
    wide = not (question.opponent or scope.opponent_country or scope.stages or scope.from_stage)
    return "form" if question.unit is Unit.MATCH and wide else "history"


def chosen(view: View, fixture: Fixture, frame: Sequence[Answer], dropped: Counter[str]) -> list[Fact]:
    """The facts that are told beside the answers of `frame`, the best first; `dropped` counts others by reason."""
    told = [_as_candidate(view, answer) for answer in frame]
    telling = [
        one
        for one in _measured(view, fixture)
        if _waited_for(one)
        and not _out_in_finals(one)
        and not of_the_season(one)
        and one.score >= _LEAST[section_of(one.question)]
        and not any(_says_again(each, one) for each in told)
    ]
    opened = {
        one.question.subject.club: replace(one.question.scope, last=None)
        for one in told
        if section_of(one.question) == "form" and one.question.statistic is not Statistic.SINCE
    }
    room = _Room(opened, met=any(one.question.opponent for one in told))
    return choose(view, fixture, telling, MOST, dropped, fits=room.has)


def _measured(view: View, fixture: Fixture) -> list[Candidate]:
    """Candidates of both sides. How sides fared after such a first leg the frame asks itself."""
    found: list[Candidate] = []
    for club in (fixture.home, fixture.away):
        setting = setting_of(view, fixture, club)
        found += candidates(view, setting)[0]
        if fixture.first_leg is None:
            found += singular(view, setting)
    return found


def _waited_for(one: Candidate) -> bool:
    """Whether it is no last time of something that nobody waits for: what has been so since is another fact."""
    return one.question.statistic is not Statistic.LAST or worth.waited_for(one.question.event)


def _out_in_finals(one: Candidate) -> bool:
    """Whether it is said of finals that a side went out in them: nobody says so of finals that were lost."""
    return one.question.event.name == "went out" and "final" in (one.question.scope.stages or ())


def _says_again(told: Candidate, one: Candidate) -> bool:
    """Whether a candidate says a part of what the frame says, or the same in other words."""
    mine, other = told.question, one.question
    if mine.subject.club == other.subject.club and mine.scope.first_leg and other.scope.first_leg:
        return True  # one such tie or another
    if (
        mine.subject.club == other.subject.club
        and mine.statistic is Statistic.RECORD
        and _a_part_of(told, one)
    ):
        return True  # three of the last four, beside the ten that they are among
    if (
        mine.unit is Unit.CAMPAIGN
        and mine.event.name == "won"
        and _of_finals(one)
        and mine.subject == other.subject
    ):
        return True  # won twice, and two of six finals
    if mine.statistic is Statistic.CURRENT_STREAK and mine.event != other.event:
        return False  # eighteen won, and 44 without defeat
    return nested(told, one)


def _a_part_of(told: Candidate, one: Candidate) -> bool:
    """Whether results are counted of some of the matches of a record, wherever they were."""
    everywhere = one.question.scope.venue is None and one.question.opponent is None
    return everywhere and _counts_results(one.question) and set(one.proof) <= set(told.proof)


def _of_finals(one: Candidate) -> bool:
    """Whether it is how many of its finals a side won."""
    return one.question.statistic is Statistic.SHARE and one.question.scope.stages == ("final",)


@dataclass(frozen=True, slots=True)
class _Room:
    """What still has a place."""

    opened: Mapping[str | None, Scope]
    """Where it is told how many of the last ten a club won, drew and lost."""
    met: bool
    """Whether the record of the two against each other is told."""

    def has(self, candidate: Candidate, told: Sequence[Fact]) -> bool:
        """Whether a candidate has a place beside what is told."""
        question = candidate.question
        section, club = section_of(question), question.subject.club
        same = [fact.candidate for fact in told if section_of(fact.candidate.question) == section]
        if section == "history" and question.opponent:
            meetings = [one for one in same if one.question.opponent]
            results = _counts_results(question) or question.statistic is Statistic.RECORD
            again = self.met and results and question.scope.venue is None
            listed = (
                self.met and question.statistic is Statistic.CURRENT_STREAK and candidate.said[0] <= _LISTED
            )
            again = again or listed
            return len(meetings) < _MOST_MEETINGS and not again and not _said_of(meetings, question)
        same = [one for one in same if one.question.subject.club == club and not one.question.opponent]
        if len(same) >= _MOST_OF[section]:
            return False
        if section != "form":
            return True
        others = [one for one in same if not (turned(candidate, one) or turned(one, candidate))]
        return not (self._of_the_last(question) or _said_of(others, question))

    def _of_the_last(self, question: Question) -> bool:
        """Whether it counts results or goals of a few matches, or of the same ones, beside those of the last ten."""
        scope, opened = question.scope, self.opened.get(question.subject.club)
        if opened is None or scope.last is None:
            return False
        counts = _counts_results(question) or question.statistic is Statistic.TOTAL
        return counts and (scope.last <= FORM_MATCHES or replace(scope, last=None) == opened)


def _counts_results(question: Question) -> bool:
    """Whether it is a number of matches won, drawn or lost, beside which a record says the same."""
    return question.statistic is Statistic.SHARE and topic(question) == "results"


def _said_of(told: Sequence[Candidate], question: Question) -> bool:
    """Whether something is told of the same side about the same thing: its results, its goals, those against it."""
    return any(
        one.question.subject.club == question.subject.club and topic(one.question) == topic(question)
        for one in told
    )


def _as_candidate(view: View, answer: Answer) -> Candidate:
    """An answer that is told anyway, with all that it counts."""
    question = answer.question
    proof = tuple(row.match for row in answer.rows)
    if question.subject.club is not None and question.statistic is not Statistic.SINCE:
        # an answer shows a part of what it counts
        scope = replace(question.scope, opponent=question.opponent)
        rows = units_of(view, question.subject.club, question.unit)
        proof = tuple(rows.id[within(view, rows, scope)].tolist())[-(scope.last or 0) :]
    return Candidate(
        question=question,
        said=(),
        lens=Lens(question.scope, question.scope, unit=question.unit),
        bits=0.0,
        extreme=0,
        compared=0,
        of=len(proof),
        proof=proof,
        first_season=0,
        first_day=0,
        last_day=0,
        cost=0.0,
        age=0,
    )
