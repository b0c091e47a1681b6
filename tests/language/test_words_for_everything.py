"""Whatever records can be asked has words: its sentence is read back as the same answer, and so is its question.

The questions are made from the declarations of the algebra, so that a statistic, unit, event, measure or part of a
scope that is added without words fails here.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondleg.archive import starter
from secondleg.archive.archive import Archive
from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.errors import BadInput
from secondleg.language.agreeing import likeliest, round_trip
from secondleg.language.lexicon import Lexicon
from secondleg.language.names import Names, names_of
from secondleg.language.questioning import question_sentence
from secondleg.language.reading import ASKED, read_whole
from secondleg.language.scoping import About, canonical
from secondleg.language.writing import sentence
from secondleg.records import Answer, Event, Question, Scope, Statistic, Unit, answer
from secondleg.records.answer import AsMany, Form, Since
from secondleg.records.scope import EVERYTHING
from support import held_archive
from support.generated_answers import (
    AS_OF,
    LEXICON,
    SCOPES,
    SUBJECTS,
    event,
    events,
    generated,
    valid,
    variants,
)

NAMES = names_of(LEXICON, LEXICON.clubs, LEXICON.competitions)
ABOUT = About(AS_OF, calendar=LEXICON.calendar)
ANSWERED = [statistic for statistic in Statistic if statistic is not Statistic.CHANCE]
"""A chance is a forecast's to give: it has no answer of records, and its question is worded for matches and ties."""


def without_words(found: Answer) -> str | None:
    """Why an answer needs no sentence; None where it does."""
    value = found.value
    if value is None or getattr(value, "of", None) == 0 or getattr(value, "holders", None) == ():
        return "there was nothing to count"
    if isinstance(value, Since) and found.n == 0:
        return "there was nothing to look back on"
    if getattr(value, "played", None) == 0:
        return "no match was played"
    if isinstance(value, Form) and (not value.letters or "-" in value.letters):
        return "a campaign, a league season and an open tie have no letter of form"
    if isinstance(value, AsMany) and found.n <= value.last:
        return "there are no units before the last ones"
    return None


def faults(
    found: Answer, lexicon: Lexicon = LEXICON, names: Names = NAMES, about: About = ABOUT
) -> Iterator[str]:
    """What is wrong with the sentence of an answer and with that of its question."""
    question = found.question
    asked = question_sentence(question, lexicon)
    if asked is None:
        yield f"no question: {question.to_dict()}"
    else:
        readings = read_whole(asked, names, about, ASKED)
        if canonical(question) not in [reading.question for reading in likeliest(readings) or ()]:
            yield f"{asked} | is read otherwise | {question.to_dict()}"
    if without_words(found):
        return
    text = sentence(question, found, lexicon)
    if text is None:
        yield f"no sentence: {question.to_dict()} {found.value}"
    elif fault := round_trip(read_whole(text, names, about), found):
        yield f"{text} | {fault} | {question.to_dict()}"


def every(statistic: Statistic, scopes: list[Scope], chance: random.Random) -> Iterator[Question]:
    """A question for every unit and event: variants, subjects and scopes taken in turn, until one fits."""
    turns = {unit: cycle(variants(statistic, unit) or [{}]) for unit in Unit}
    scope, subject = cycle(scopes), cycle(SUBJECTS)
    for unit, name in events():
        for _ in range(60):
            found = valid(
                statistic, event(unit, name, chance), next(subject), unit, next(scope), next(turns[unit])
            )
            if found is not None:
                yield found
                break


ALL_SCOPES = [EVERYTHING, *(scope for kind in SCOPES.values() for scope in kind)]


def test_every_part_of_a_scope_is_tried() -> None:
    assert set(SCOPES) == {part.name for part in fields(Scope)}
    for part, kinds in SCOPES.items():
        assert all(getattr(scope, part) != getattr(EVERYTHING, part) for scope in kinds), part


@pytest.mark.parametrize("third", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
@pytest.mark.parametrize("statistic", ANSWERED)
def test_every_event_has_a_sentence_and_a_question(statistic: Statistic, third: int) -> None:
    chance = random.Random(f"{statistic} {third}")
    asked = list(every(statistic, ALL_SCOPES, chance))
    # every event with a third of the statistics; the slow tests take all
    for question in asked[(third + ANSWERED.index(statistic)) % 3 :: 3]:
        assert list(faults(generated(question, chance))) == []


@pytest.mark.parametrize("part", SCOPES)
def test_every_part_of_a_scope_has_words_for_every_statistic(part: str) -> None:
    chance = random.Random(part)
    wrong: list[str] = []
    tried = 0
    for statistic in ANSWERED:
        for scope in SCOPES[part]:
            choices = list(events())
            chance.shuffle(choices)
            found = (
                valid(statistic, event(unit, name, chance), subject, unit, scope, more)
                for unit, name in choices
                for more in [chance.choice(variants(statistic, unit) or [{}])]
                for subject in chance.sample(SUBJECTS, len(SUBJECTS))
            )
            question = next((one for one in found if one is not None), None)
            if question is not None:
                tried += 1
                wrong += faults(generated(question, chance))
    assert wrong == []
    assert tried > 5


@pytest.mark.parametrize("statistic", ANSWERED)
def test_every_variant_of_a_statistic_has_words(statistic: Statistic) -> None:
    chance = random.Random(str(statistic))
    wrong: list[str] = []
    for unit in Unit:
        name = "reached" if statistic is Statistic.STAKES and unit is Unit.CAMPAIGN else "played"
        for more in variants(statistic, unit):
            for subject in SUBJECTS:
                question = valid(statistic, event(unit, name, chance), subject, unit, EVERYTHING, more)
                if question is not None:
                    wrong += faults(generated(question, chance))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("unit", Unit)
def test_every_event_within_scopes_of_every_part_has_words(unit: Unit) -> None:
    """Every event within a scope of each part that fits it, with statistics and subjects in turn."""
    chance = random.Random(f"scopes of {unit}")
    statistics, subjects = cycle(ANSWERED), cycle(SUBJECTS)
    wrong: list[str] = []
    tried = 0
    names = [name for of, name in events() if of is unit]
    for name in names:
        for kinds in SCOPES.values():
            scope = chance.choice(kinds)
            found = (
                valid(statistic, event(unit, name, chance), next(subjects), unit, scope, more)
                for statistic in (next(statistics) for _ in range(3 * len(ANSWERED)))
                for more in [chance.choice(variants(statistic, unit) or [{}])]
            )
            question = next((one for one in found if one is not None), None)
            if question is not None:
                tried += 1
                wrong += faults(generated(question, chance))
    assert wrong == []
    assert tried > 10 * len(names)


@given(st.randoms(use_true_random=False), st.sampled_from(ANSWERED), st.sampled_from(ALL_SCOPES))
@settings(max_examples=120)
def test_any_value_is_read_as_it_was_written(
    chance: random.Random, statistic: Statistic, scope: Scope
) -> None:
    unit, name = chance.choice(list(events()))
    more = chance.choice(variants(statistic, unit) or [{}])
    question = valid(statistic, event(unit, name, chance), chance.choice(SUBJECTS), unit, scope, more)
    if question is not None:
        assert list(faults(generated(question, chance))) == []


def real(view: View, clubs: tuple[str, str], many: int, seed: int) -> list[str]:
    """What is wrong with the words for real answers, to questions of every statistic and unit."""
    lexicon = pieces.lexicon(view)
    # and those that the scopes name and the archive may not hold
    codes = dict.fromkeys((*lexicon.competitions, *LEXICON.competitions, "uefa.sc", "uefa.itc"))
    names = names_of(lexicon, lexicon.clubs, codes)
    about = About(view.as_of, calendar=lexicon.calendar)
    chance = random.Random(seed)
    wrong: list[str] = []
    told = 0
    for statistic in ANSWERED:
        asked = list(every(statistic, ALL_SCOPES, chance))
        for question in chance.sample(asked, min(many, len(asked))):
            ours = replace(
                question,
                subject=replace(
                    question.subject,
                    club=question.subject.club and clubs[0],
                    opponent=question.subject.opponent and clubs[1],
                ),
            )
            try:
                found = answer(view, ours)
            except BadInput:
                continue
            told += 1
            wrong += faults(found, lexicon, names, about)
    assert told > 20 * many
    return wrong


def test_real_answers_of_the_starter_archive_have_words() -> None:
    with starter.load() as archive:
        assert real(archive.view(AS_OF), ("eng/liverpool", "ita/atalanta"), 3, 1) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_more_real_answers_have_words(seed: int) -> None:
    with starter.load() as archive:
        assert real(archive.view(dt.date(2024, 7, 1)), ("ita/atalanta", "eng/liverpool"), 5, seed) == []


NEEDS_WHOLE_ARCHIVE = held_archive.NEEDS_WHOLE


@pytest.mark.parametrize("seed", [pytest.param(2, marks=NEEDS_WHOLE_ARCHIVE)])
def test_real_answers_of_a_whole_archive_have_words(whole: Archive, seed: int) -> None:
    assert real(whole.view(AS_OF), ("eng/liverpool", "ita/milan"), 8, seed) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            Question(Statistic.CURRENT_STREAK, Event("scored by", who="Mohamed Salah"), SUBJECTS[0]),
            "Mohamed Salah has scored in each of Liverpool's last five matches in all competitions.",
        ),
    ],
)
def test_a_named_scorer_is_told_of_as_prose_has_it(question: Question, text: str) -> None:
    from secondleg.records.answer import Streak

    made = generated(question, random.Random(1))
    found = replace(made, value=Streak(5, AS_OF, AS_OF, ongoing=True), at_least=False)
    assert sentence(question, found, LEXICON) == text
    assert round_trip(read_whole(text, NAMES, ABOUT), found) is None
    other = text.replace("Mohamed Salah", "Darwin Núñez")
    assert round_trip(read_whole(other, NAMES, ABOUT), found) is not None
