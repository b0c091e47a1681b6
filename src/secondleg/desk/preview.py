"""The preview of a fixture: chooses, orders and writes, and keeps the matches behind every sentence.

`preview` returns a document, a plain mapping that `desk.render` turns into text, Markdown or a page, and that is
itself the JSON output.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from secondleg.archive.view import View
from secondleg.desk import candidates, choosing, pieces, proofreading
from secondleg.desk.chances import Chances, chances_of
from secondleg.desk.fixtures import Fixture, find_fixture
from secondleg.desk.proofreading import Proof, Proofreader
from secondleg.football.competition import competition
from secondleg.football.match import Venue
from secondleg.language import stating
from secondleg.language.lexicon import percent
from secondleg.language.scoping import scope_text
from secondleg.language.writing import write
from secondleg.language.writing_ties import gaps_are_told
from secondleg.records import (
    EVERYTHING,
    Answer,
    Event,
    Furthest,
    Question,
    Scope,
    Since,
    Statistic,
    Subject,
    Unit,
    answer,
)

__all__ = ["preview"]

TITLES: Final = {
    "tie": "Where the tie stands",
    "chances": "The chances",
    "first_leg": "The first leg",
    "form": "Form",
    "history": "History",
    "watch": "What to watch",
}
_STREAKS_TOLD: Final = 3
"""Runs told of each side."""
_LEAST_FORM: Final = 4
"""Matches from which one can speak of form."""
_QUIET_BEFORE: Final = 3
"""Matches without it that make the first of something since the last time worth telling."""
_RECENT: Final = dt.timedelta(days=400)
"""Matches longer ago are not form."""


def preview(view: View, home: str, away: str, on: dt.date | None = None) -> dict[str, Any]:
    """The preview of `home` against `away` (names or ids) as known on the morning of `view.as_of`.

    Args:
        on: the day of the match; the next meeting if it is not given.

    Raises:
        UnknownClub, AmbiguousClub, FixtureNotFound: see `find_fixture`.
    """
    fixture = find_fixture(view, home, away, on)
    return _Desk(view, fixture).document()


@dataclass
class _Desk:
    """One preview in the making."""

    view: View
    fixture: Fixture
    notes: list[str] = field(default_factory=list)
    untold: list[dict[str, str]] = field(default_factory=list)
    answers: dict[Question, Answer] = field(default_factory=dict)
    proofs: dict[str, Proof] = field(default_factory=dict)
    """By sentence: what it must be read back as."""

    def __post_init__(self) -> None:
        self.lexicon = pieces.lexicon(self.view)
        self.chances: Chances = chances_of(self.view, self.fixture)
        self.notes += self.chances.notes

    def document(self) -> dict[str, Any]:
        f = self.fixture
        sections = [
            ("tie", self._tie()),
            ("chances", self._chances()),
            ("first_leg", self._first_leg()),
            ("form", self._form()),
            ("history", self._history()),
            ("watch", self._watch()),
        ]
        sections = self._proofread(sections)
        return {
            "title": f"{f.home_name} v {f.away_name}",
            "fixture": {
                "home": {"id": f.home, "name": f.home_name},
                "away": {"id": f.away, "name": f.away_name},
                "date": f.date.isoformat(),
                "time": f.time,
                "competition": {"code": f.competition, "name": self._competition(f.competition, f.season)},
                "season": f.season_label,
                "stage": f.stage,
                "leg": f.leg,
                "neutral": f.neutral,
                "ground": f.ground or (None if f.neutral else self._ground(f.home, f.date)),
            },
            "as_of": self.view.as_of.isoformat(),
            "archive": {"kind": self.view.archive.kind, "note": pieces.archive_note(self.view)},
            "tie": self._tie_state(),
            "chances": self.chances.to_dict(f),
            "form": {"home": self._strip(f.home), "away": self._strip(f.away)},
            "sections": [
                {
                    "key": key,
                    "title": TITLES[key],
                    "sentences": [{"id": f"{key}.{i}", **s} for i, s in enumerate(sentences, 1)],
                }
                for key, sentences in sections
                if sentences
            ],
            "notes": self.notes,
            "untold": self.untold,
        }

    def _proofread(
        self, sections: list[tuple[str, list[dict[str, Any]]]]
    ) -> list[tuple[str, list[dict[str, Any]]]]:
        """The sections without the sentences that do not read as what they were written from."""
        known = proofreading.about(self.fixture, self.view.as_of, self.lexicon.calendar)
        reader = Proofreader(self.fixture, self.lexicon, known, self.proofs.values())
        kept = []
        for key, sentences in sections:
            faults = [reader.fault(s["text"], self.proofs[s["text"]]) for s in sentences]
            for sentence, fault in zip(sentences, faults, strict=True):
                if fault:
                    self.untold.append({"text": sentence["text"], "why": f"read back, {fault}"})
            kept.append((key, [s for s, fault in zip(sentences, faults, strict=True) if not fault]))
        return kept

    # -- sections ---------------------------------------------------------------------------------------------

    def _tie(self) -> list[dict[str, Any]]:
        f, told = self.fixture, []
        leg = f.first_leg
        if leg is not None:
            meeting = self._ask(candidates.last_meeting(f))
            where = None if leg.neutral else self._ground(leg.home, leg.date)
            text = stating.state_sentence(
                f.name(leg.home), f.name(leg.away), leg.goals, leg.date, where, neutral=leg.neutral
            )
            told.append(self._sentence(text, meeting, proofreading.first_leg_states(f, where)))
        if f.replay and f.stage is not None:
            text = stating.replay_sentence(f.stage)
            told.append(self._stated(text, self._win_question(f.home), None, {"stage_tie": f.stage}))
        if f.rules is not None and self.chances.tie is not None:
            if f.rules.legs == 2 and leg is None:
                text = (
                    stating.first_leg_ahead_sentence(f.home_name, f.stage)
                    if f.leg == 1
                    else stating.first_leg_unplayed_sentence(f.away_name, f.stage)
                )
                club = f.home if f.leg == 1 else f.away
                told.append(self._ruled(text, {"stage_tie": f.stage or "", "club": club}))
            told += self._needs()
            if f.rules.legs == 2:
                counted = {"away_goals": int(f.rules.away_goals)}
                told.append(self._ruled(stating.rules_sentence(f.rules), counted))
            elif f.stage is not None:
                text = stating.single_tie_sentence(f.home_name, f.away_name, f.stage, f.rules)
                sides = {"first_club": f.home, "second_club": f.away}
                told.append(
                    self._ruled(text, {"stage_tie": f.stage, **sides, "led": stating.led_by(f.rules)})
                )
            ahead = candidates.next_stage(f)
            if ahead:
                text = stating.next_stage_sentence(ahead)
                told.append(self._ruled(text, {"stages_place": ahead}))
        return told

    def _needs(self) -> list[dict[str, Any]]:
        f, tie = self.fixture, self.chances.tie
        leg = f.first_leg
        if tie is None or leg is None or f.rules is None or f.rules.legs != 2:
            return []
        level = leg.goals.difference == 0
        trailing = leg.home if leg.goals.difference < 0 else leg.away
        ahead = None if level else leg.away if trailing == leg.home else leg.home
        leader = f.name(ahead) if ahead else None
        club = f.home if level else trailing
        needs = [(need.words, str(need.outcome)) for need in tie.needs(club)]
        text = stating.needs_sentence(f.name(club), leader, needs, f.rules.last)
        chance = {need.words: need.chance for need in tie.needs(club)}
        states = proofreading.needs_states(needs, f.rules.last, ahead)
        return [self._stated(text, self._chance_question(club), chance, states)]

    def _chances(self) -> list[dict[str, Any]]:
        f, m, told = self.fixture, self.chances.match, []
        tie = self.chances.tie
        if tie is not None:
            # the side less likely to go through is the one that readers ask about
            for club in sorted((f.home, f.away), key=tie.goes_through):
                through = tie.goes_through(club)
                endings = self.chances.endings(club)
                text = stating.endings_sentence(f.name(club), through, endings, f.stage)
                states = proofreading.through_states(through, endings, f.stage)
                told.append(self._stated(text, self._chance_question(club), through, states))
            if tie.extra_time > 0:
                text = stating.extra_time_sentence(tie.extra_time)
                states = {"percent": percent(tie.extra_time)}
                told.append(self._stated(text, self._chance_question(f.home), tie.extra_time, states))
        if (m.home, m.away) == (f.home, f.away):
            chances, goals = (m.home_win, m.draw, m.away_win), (m.home_goals, m.away_goals)
            text = stating.match_sentence(f.home_name, f.away_name, chances, goals)
            states = proofreading.match_states(f, chances, goals)
            told.append(self._stated(text, self._win_question(f.home), list(chances), states))
        return told

    def _first_leg(self) -> list[dict[str, Any]]:
        f, leg = self.fixture, self.fixture.first_leg
        if leg is None:
            return []
        told = []
        meeting = self._ask(candidates.last_meeting(f))
        if leg.half_time is not None:
            text = stating.half_time_sentence(f.name(leg.home), f.name(leg.away), leg.half_time, leg.goals)
            told.append(self._sentence(text, meeting, proofreading.half_time_states(f)))
        for question in candidates.unusual_first_leg(f):
            found = self._ask(question)
            if isinstance(found.value, Since) and (
                found.value.previous is None or found.value.between >= _QUIET_BEFORE
            ):
                told += self._written(found)
        return told

    def _form(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = []
        f = self.fixture
        for club, venue in ((f.home, Venue.HOME), (f.away, Venue.AWAY)):
            found = self._form_in_whole_scope(club)
            if found is None:
                continue
            scope, record = found
            opening = self._written(record)
            told += [{**sentence, "starts_paragraph": True} for sentence in opening]
            at = Venue.NEUTRAL if f.neutral else venue
            questions = candidates.streaks(club, at, scope, record.rows)
            runs = choosing.best_streaks((self._ask(q) for q in questions), _STREAKS_TOLD, scope)
            last = [self._ask(q) for q in candidates.last_occurrences(club, scope)]
            last = [occurrence for occurrence in last if choosing.worth_telling(occurrence)]
            covered = {"clean sheet": "conceded", "won": "winless"}
            replaced = {covered[a.question.event.name] for a in last}
            for run in runs:
                if run.question.event.name not in replaced:
                    told += self._written(run)
            for occurrence in last:
                told += self._written(occurrence)
        return told

    def _form_in_whole_scope(self, club: str) -> tuple[Scope, Answer] | None:
        """The widest scope in which the archive is whole for the club's last matches, with its record there."""
        for scope in candidates.form_scopes(self.fixture):
            record = self._ask(candidates.record_of_last(club, scope))
            recent = record.rows and self.view.as_of - record.rows[0].date <= _RECENT
            if record.coverage.complete and recent and record.n >= _LEAST_FORM:
                return scope, record
        return None

    def _history(self) -> list[dict[str, Any]]:
        f = self.fixture
        told: list[dict[str, Any]] = []
        told += self._head_to_head()
        for club in (f.away, f.home):
            told += self._first_told(candidates.after_such_a_first_leg(f, club))
        everyone = candidates.all_clubs_after_such_a_first_leg(f)
        if everyone is not None:
            told += self._written(self._ask(everyone))
        return told

    def _head_to_head(self) -> list[dict[str, Any]]:
        f = self.fixture
        found = self._as_far_back_as_whole(candidates.head_to_head(f))
        begins = found.question.scope.first_season
        if begins is not None and begins >= f.season:
            return []  # of this season alone there is nothing to tell that the first leg does not
        if f.first_leg is None or [row.match for row in found.rows] != [f.first_leg.match]:
            return self._written(found)
        if begins is not None or not found.coverage.complete:
            return []
        where = scope_text(found.question.scope, self.lexicon, [f.season]) or ""
        return [self._sentence(stating.first_meeting_sentence(where), found)]

    def _watch(self) -> list[dict[str, Any]]:
        f, m, told = self.fixture, self.chances.match, []
        for club in (f.home, f.away):
            question = candidates.stage_reached(f, club) or candidates.furthest(f, club)
            if question is not None and not self._comes_furthest_now(found := self._ask(question)):
                told += self._written(found)
        if (m.home, m.away) == (f.home, f.away):
            text = stating.likely_score_sentence(f.home_name, f.away_name, m.most_likely, m.both_score)
            states = proofreading.score_states(f, m.most_likely, m.both_score)
            scores = [list(s) for s in m.most_likely[:2]]
            told.append(self._stated(text, self._win_question(f.home), scores, states))
        return told

    def _comes_furthest_now(self, found: Answer) -> bool:
        """Whether the best campaign of a side is the one that this match belongs to: no history yet."""
        value = found.value
        return isinstance(value, Furthest) and value.seasons == (self.fixture.season_label,)

    # -- pieces -----------------------------------------------------------------------------------------------

    def _ask(self, question: Question) -> Answer:
        if question not in self.answers:
            self.answers[question] = answer(self.view, question)
        return self.answers[question]

    def _written(self, found: Answer) -> list[dict[str, Any]]:
        """The sentence of an answer, if there is one and the archive can vouch for it."""
        text = write(found, self.lexicon)
        if text is None:
            return []
        if not found.coverage.complete and not gaps_are_told(found):
            self.untold.append({"text": text, "why": found.coverage.note})
            return []
        return [self._sentence(text, found)]

    def _as_far_back_as_whole(self, question: Question) -> Answer:
        """The answer over all time; or, where the archive begins later, from its first whole season on."""
        found = self._ask(question)
        begins = found.coverage.whole_from
        if found.coverage.complete or begins is None:
            return found
        return self._ask(replace(question, scope=replace(question.scope, first_season=begins.year)))

    def _first_told(self, questions: Sequence[Question]) -> list[dict[str, Any]]:
        """The sentence of the first of some questions, widest first, for which the archive is whole."""
        answers = [self._ask(question) for question in questions]
        whole = [found for found in answers if found.coverage.complete]
        return self._written((whole or answers)[0]) if answers else []

    def _sentence(self, text: str, found: Answer, states: dict[str, Any] | None = None) -> dict[str, Any]:
        self.proofs[text] = Proof(found.question, found, states)
        value = found.to_dict()["value"]
        return {
            "text": text,
            "question": found.question.to_dict(),
            "value": value,
            "evidence": [pieces.evidence(row) for row in found.rows],
            "coverage": {"complete": found.coverage.complete, "note": found.coverage.note},
            "as_of": found.as_of.isoformat(),
        }

    def _ruled(self, text: str, states: dict[str, Any]) -> dict[str, Any]:
        """A sentence that the rules of the competition answer."""
        f = self.fixture
        sentence = self._stated(text, self._chance_question(f.home), None, states)
        note = f"the rules of the {self._competition(f.competition, f.season)} in {f.season_label}"
        return {**sentence, "coverage": {"complete": True, "note": note}}

    def _stated(self, text: str, question: Question, value: object, states: dict[str, Any]) -> dict[str, Any]:
        """A sentence about what is still open: the forecast answers it."""
        self.proofs[text] = Proof(question, states=states)
        leg = self.fixture.first_leg
        rows = self._ask(candidates.last_meeting(self.fixture)).rows if leg else ()
        note = f"{self.chances.trained_on:,} matches from {self.chances.trained_from} on"
        return {
            "text": text,
            "question": question.to_dict(),
            "value": value,
            "evidence": [pieces.evidence(row) for row in rows],
            "coverage": {"complete": True, "note": note},
            "as_of": self.view.as_of.isoformat(),
        }

    def _chance_question(self, club: str) -> Question:
        f = self.fixture
        other = f.away if club == f.home else f.home
        scope = Scope(competitions=(f.competition,), first_season=f.season, last_season=f.season)
        event = Event("went through")
        return Question(Statistic.CHANCE, event, Subject.pair(club, other), unit=Unit.TIE, scope=scope)

    def _win_question(self, club: str) -> Question:
        f = self.fixture
        other = f.away if club == f.home else f.home
        scope = Scope(competitions=(f.competition,), since=f.date, until=f.date)
        return Question(Statistic.CHANCE, Event("won"), Subject.pair(club, other), scope=scope)

    def _tie_state(self) -> dict[str, Any] | None:
        f, leg = self.fixture, self.fixture.first_leg
        if f.rules is None or f.rules.legs != 2 or leg is None:
            return None
        home, away = (
            (leg.goals.away, leg.goals.home) if leg.home == f.away else (leg.goals.home, leg.goals.away)
        )
        row = next(r for r in self._ask(candidates.last_meeting(f)).rows if r.match == leg.match)
        return {
            "first_leg": pieces.evidence(row),
            "aggregate": {"home": home, "away": away},
            "rules": {
                "away_goals": f.rules.away_goals,
                "extra_time": f.rules.extra_time,
                "last": str(f.rules.last),
            },
        }

    def _strip(self, club: str) -> list[dict[str, Any]]:
        """The last matches of a side: in the scope in which its form is told, if there is one."""
        found = self._form_in_whole_scope(club)
        scope = found[0] if found else EVERYTHING
        return pieces.form_strip(self._ask(candidates.form(club, scope)).rows, club)

    def _competition(self, code: str, season: int) -> str:
        return competition(code).name_in(season)

    def _ground(self, club: str, day: dt.date) -> str | None:
        """The club's ground, if it is known to have played there on that day."""
        rows = self.view.rows(
            "SELECT name FROM ground WHERE club = $club AND first_year <= $year AND coalesce(last_year, 9999) >= $year",
            club=club,
            year=day.year,
        )
        return rows[0]["name"] if len(rows) == 1 else None
