"""What the archive says of a fixture: the first leg, form, history, and how far the sides have come before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from secondleg.desk import frame, proofreading
from secondleg.desk.choosing import chosen, section_of
from secondleg.desk.facting import NOT_READ_BACK, Fact
from secondleg.desk.sheet import Sentence, Sheet
from secondleg.language import stating
from secondleg.language.scoping import scope_text
from secondleg.records import (
    Answer,
    Event,
    Furthest,
    Question,
    Record,
    Scope,
    Since,
    Statistic,
    Streak,
    Subject,
)

__all__ = ["form_in_whole_scope", "past"]

_LEAST_FORM: Final = 4
"""Matches from which one can speak of form."""
_QUIET_BEFORE: Final = 3
"""Matches without it that make the first of something since the last time worth telling."""
_SEASONS_BACK: Final = 5
"""Seasons from which the meetings since then are a record worth telling."""
_RECENT: Final = dt.timedelta(days=400)
"""Matches longer ago are not form."""


def past(sheet: Sheet) -> dict[str, list[Sentence]]:
    """The sentences of each section about the past: what every preview says, and the facts beside it."""
    f = sheet.fixture
    first_leg, meetings, history, stakes = _Told(), _Told(), _Told(), _Told()
    first_leg.add(sheet, _first_leg(sheet))
    form = {club: found for club in (f.home, f.away) if (found := _opening(sheet, club))}
    met, first_met = _head_to_head(sheet)
    meetings.add(sheet, met)
    meetings.sentences += first_met
    for club in (f.away, f.home):
        history.add(sheet, _first_whole(sheet, frame.after_such_a_first_leg(f, club)))
    everyone = frame.all_clubs_after_such_a_first_leg(f)
    if everyone is not None:
        history.add(sheet, [sheet.ask(everyone)])
    for club in (f.home, f.away):
        stakes.add(sheet, _at_stake(sheet, club))
    told = [*form.values(), *first_leg.answers, *meetings.answers, *history.answers, *stakes.answers]
    dropped: Counter[str] = Counter()
    facts = chosen(sheet.view, f, told, dropped)
    if n := dropped[NOT_READ_BACK]:
        sheet.untold.append({"text": f"{n} facts", "why": "read back, they are not what was written"})
    of = {
        name: [one for one in facts if section_of(one.answer.question) == name]
        for name in ("history", "stakes")
    }
    return {
        "first_leg": [*_half_time(sheet), *first_leg.sentences],
        "form": _form(sheet, form, [one for one in facts if section_of(one.answer.question) == "form"]),
        "history": [
            *meetings.sentences,
            *(sheet.fact(one) for one in of["history"] if one.answer.question.opponent),
            *history.sentences,
            *(sheet.fact(one) for one in of["history"] if not one.answer.question.opponent),
        ],
        "stakes": [*stakes.sentences, *map(sheet.fact, of["stakes"])],
    }


@dataclass
class _Told:
    """What a section says whatever is remarkable: the answers that can be told, and their sentences."""

    answers: list[Answer] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def add(self, sheet: Sheet, found: Sequence[Answer]) -> None:
        """Tell of these answers, as far as the archive can vouch for them."""
        for one in found:
            written = sheet.written(one)
            self.sentences += written
            self.answers += [one] if written else []


# -- the first leg -------------------------------------------------------------------------------------------------


def _half_time(sheet: Sheet) -> list[Sentence]:
    f, leg = sheet.fixture, sheet.fixture.first_leg
    if leg is None or leg.half_time is None:
        return []
    text = stating.half_time_sentence(f.name(leg.home), f.name(leg.away), leg.half_time, leg.goals)
    return [sheet.sentence(text, sheet.ask(frame.last_meeting(f)), proofreading.half_time_states(f))]


def _first_leg(sheet: Sheet) -> list[Answer]:
    """Since when its loser had not lost like that."""
    found = [sheet.ask(question) for question in frame.unusual_first_leg(sheet.fixture)]
    return [
        one
        for one in found
        if isinstance(one.value, Since) and (one.value.previous is None or one.value.between >= _QUIET_BEFORE)
    ]


# -- form ----------------------------------------------------------------------------------------------------------


def form_in_whole_scope(sheet: Sheet, club: str) -> tuple[Scope, Answer] | None:
    """The widest scope in which the archive is whole for the club's last matches, with its record there."""
    for scope in frame.form_scopes(sheet.fixture):
        record = sheet.ask(frame.record_of_last(club, scope))
        recent = record.rows and sheet.view.as_of - record.rows[0].date <= _RECENT
        if record.coverage.complete and recent and record.n >= _LEAST_FORM:
            return scope, record
    return None


def _opening(sheet: Sheet, club: str) -> Answer | None:
    """The record of a side's last matches; where it won or lost them all and more, the run that this is."""
    found = form_in_whole_scope(sheet, club)
    if found is None:
        return None
    scope, record = found
    value = record.value
    assert isinstance(value, Record)
    for name, n in (("won", value.won), ("lost", value.lost)):
        if n == value.played:
            run = sheet.ask(Question(Statistic.CURRENT_STREAK, Event(name), Subject.of(club), scope=scope))
            longer = isinstance(run.value, Streak) and run.value.length > n
            if longer and run.coverage.complete and not run.at_least:
                return run
    return record


def _form(sheet: Sheet, openings: Mapping[str, Answer], facts: Sequence[Fact]) -> list[Sentence]:
    """A paragraph for each side: its record of the last matches, and what is remarkable in them."""
    told: list[Sentence] = []
    for club in (sheet.fixture.home, sheet.fixture.away):
        opening = sheet.written(openings[club]) if club in openings else []
        own = [sheet.fact(one) for one in facts if one.answer.question.subject.club == club]
        told += [
            {**one, "starts_paragraph": True} if i == 0 else one for i, one in enumerate([*opening, *own])
        ]
    return told


# -- history -------------------------------------------------------------------------------------------------------


def _head_to_head(sheet: Sheet) -> tuple[list[Answer], list[Sentence]]:
    """The record of the two sides against each other, in the widest scope that reaches back far enough."""
    f = sheet.fixture
    found = _as_far_back_as_whole(sheet, frame.head_to_head(f))
    told = found is not None and found.rows != ()
    if found is None or not told:
        return [], []
    ids = [row.match for row in found.rows]
    if f.first_leg is None or ids != [f.first_leg.match]:
        return [found, *_meetings_this_season(sheet, found)], []
    if found.question.scope.first_season is not None:
        return [], []
    where = scope_text(found.question.scope, sheet.lexicon, [f.season]) or ""
    return [], [sheet.sentence(stating.first_meeting_sentence(where), found)]


def _as_far_back_as_whole(sheet: Sheet, questions: Sequence[Question]) -> Answer | None:
    """The record over all time, or from the first season on from which the archive is whole.

    In the first of the scopes, widest first, in which that is some seasons ago.
    """
    for question in questions:
        found = sheet.ask(question)
        if found.coverage.complete:
            return found
        begins = found.coverage.whole_from
        if begins is not None and sheet.fixture.season - begins.year >= _SEASONS_BACK:
            since = sheet.ask(replace(question, scope=replace(question.scope, first_season=begins.year)))
            if since.coverage.complete and since.rows:
                return since
    return None


def _meetings_this_season(sheet: Sheet, found: Answer) -> list[Answer]:
    """The meetings of this season in all competitions, where there are others than the record tells of."""
    season = sheet.ask(frame.meetings_this_season(sheet.fixture))
    others = {row.match for row in season.rows} - {row.match for row in found.rows}
    return [season] if season.coverage.complete and others and season.n > 1 else []


def _first_whole(sheet: Sheet, questions: Sequence[Question]) -> list[Answer]:
    """The answer to the first of some questions, widest first, for which the archive is whole, else to the widest."""
    for question in questions:
        if (found := sheet.ask(question)).coverage.complete:
            return [found]
    return [sheet.ask(question) for question in questions[:1]]


# -- what is at stake ----------------------------------------------------------------------------------------------


def _at_stake(sheet: Sheet, club: str) -> list[Answer]:
    """How often a side has come as far as the winners come, or how far it ever came."""
    f = sheet.fixture
    question = frame.stage_reached(f, club) or frame.furthest(f, club)
    if question is None:
        return []
    found = sheet.ask(question)
    # the campaign that this match belongs to is no history yet
    now = isinstance(found.value, Furthest) and f.season_label in found.value.seasons
    return [] if now else [found]
