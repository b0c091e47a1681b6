"""A question in plain English, answered: understood by the phrase book, answered from records, written by the book.

`ask` returns a document, a plain mapping: the answer as a sentence, the matches behind it, the scope as it was
understood, what it rests on and what else may have been meant. A question that is not understood comes back with what
was understood of it, and with the nearest questions that can be answered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from secondleg.archive.lookup import clubs_with, find_club, registered
from secondleg.archive.view import View
from secondleg.desk import pieces
from secondleg.desk.hearing import Heard, heard, nearest, spelled_out
from secondleg.desk.listing import list_lines, listed
from secondleg.desk.plainly import plain_sentence, question_words
from secondleg.desk.telling import told
from secondleg.errors import AmbiguousClub, BadInput, UnknownClub
from secondleg.language.lexicon import Lexicon
from secondleg.language.meaning import meant
from secondleg.language.names import ArchiveNames
from secondleg.language.phrases import book
from secondleg.language.questioning import question_sentence
from secondleg.language.reading import ASKED, Reading, read_whole
from secondleg.language.scoping import About, scope_text
from secondleg.language.writing import said, sentence
from secondleg.records import (
    Answer,
    Count,
    Event,
    Family,
    Never,
    Occurrence,
    Question,
    Record,
    Statistic,
    Streak,
    Unit,
    answer,
)

__all__ = ["ask", "to_text"]

_SHOOT_OUTS: Final = "ask record of shoot-outs"
"""The phrase that asks for those won and those lost."""
_WHO_SCORED: Final = "ask longest any who scored"
"""The phrase that may mean a player, and is answered for clubs."""
_OTHERS: Final = 2
"""Other readings that are answered beside the likeliest."""


def ask(view: View, text: str, *, rows: int = 10) -> dict[str, Any]:
    """The answer to a question in plain English, as known on the morning of `view.as_of`.

    Args:
        rows: how many of the matches behind the answer are listed, the latest first.

    Raises:
        BadInput: the question is empty.
        UnknownClub, AmbiguousClub: it names a club that the archive does not know.
    """
    if not text.strip():
        raise BadInput("there is no question. Ask one, such as: When did Liverpool last keep a clean sheet?")
    lexicon = pieces.lexicon(view)
    names = ArchiveNames(view=view, lexicon=lexicon)
    about = About(view.as_of, calendar=lexicon.calendar)
    readings = meant(read_whole(spelled_out(text), names, about, ASKED), text, names, registered())
    if readings:
        _of_word(view, names, readings)
    document: dict[str, Any] = {
        "asked": text.strip(),
        "as_of": view.as_of.isoformat(),
        "archive": {"kind": view.archive.kind, "note": pieces.archive_note(view)},
    }
    answered = [found for reading in readings if (found := _answered(view, reading, lexicon, rows))]
    answered = _as_asked(answered)
    if answered:
        return {**document, "understood": True, **answered[0], "others": _others(answered)}
    what = heard(text, names)
    if what.beyond is None:
        for name in what.unknown:
            _find(view, name)
    return {**document, "understood": False, **_not_understood(text, what, readings, names, lexicon, about)}


def _find(view: View, name: str) -> None:
    """Raises where a name is one that several clubs bear a part of, or near to a club's; a stranger's is no error."""
    try:
        find_club(view, name)
    except UnknownClub as error:
        several = clubs_with(view, name)
        if len(several) > 1:
            raise AmbiguousClub(name, several[:_SEVERAL]) from error
        if error.likeness >= _MISSPELT:
            raise


_MISSPELT: Final = 75.0
"""Likeness (0-100) to a club's name from which a word is that name misspelt, not a person's or a place's."""
_SEVERAL: Final = 6
"""Clubs that are listed for a name that several bear."""


def _of_word(view: View, names: ArchiveNames, readings: list[Reading]) -> None:
    """Raises where the likeliest reading is of a small club called by a word of great ones: "United"."""
    asked = {readings[0].question.subject.club, readings[0].question.opponent} - {None} - registered()
    for name, clubs in names.clubs.items():
        if asked & set(clubs) and not any(club in registered() for club in clubs) and " " not in name:
            several = clubs_with(view, name)
            if len(several) > 1:
                raise AmbiguousClub(name.title(), several[:_SEVERAL])


def _as_asked(answered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The answers in their order, but those that rest on nothing last; an era is told only where it tells."""
    found = sorted(answered, key=_is_empty)
    wider = next((other for other in found[1:] if _same_but_era(found[0], other)), None)
    return [wider, *(other for other in found[1:] if other is not wider)] if wider else found


def _is_empty(one: dict[str, Any]) -> bool:
    """Whether there was nothing to count: no match, no season, nobody to hold a record."""
    value = one["value"]
    if (
        value is None
        or value.get("of") == 0
        or value.get("holders") == []
        or _of_nobody(one["question"], value)
    ):
        return True
    if one["question"]["statistic"] == Statistic.WHICH_EVERY and value["n"] == 0:
        return True
    if one["question"]["statistic"] == Statistic.LONGEST_STREAK:
        return bool(value["length"] == 0)
    return {value.get(part) for part in ("won", "drawn", "lost")} == {0}


def _of_nobody(question: dict[str, Any], value: dict[str, Any]) -> bool:
    """Whether everybody holds the record of never having done it."""
    return question["statistic"] == Statistic.MOST and "measure" not in question and value.get("amount") == 0


def _same_but_era(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether a question has the same answer over all eras of a league."""
    one, other = (
        {
            **found["question"],
            "scope": {**found["question"].get("scope", {})},
            "value": {**(found["value"] or {})},
        }
        for found in (first, second)
    )
    for part in _ERA:
        one["scope"].pop(part, None)
    for found in (one, other):
        found["value"].pop("before", None)
    return bool(one == other)


_ERA: Final = ("first_season", "last_season")


def _others(answered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What else may have been meant, where that has another answer."""
    told = {answered[0]["answer"]}
    found: list[dict[str, Any]] = []
    for other in answered[1:]:
        if other["answer"] not in told and not _is_empty(other) and len(found) < _OTHERS:
            told.add(other["answer"])
            found.append({key: other[key] for key in ("answer", "question", "scope", "sure")})
    return found


def _answered(view: View, reading: Reading, lexicon: Lexicon, rows: int) -> dict[str, Any] | None:
    """A reading with its answer; None where records cannot answer it."""
    try:
        found = answer(view, reading.question)
        text = (
            told(reading.phrase, found, lexicon)
            or sentence(reading.question, found, lexicon)
            or _of_nothing(view, found, lexicon)
        )
    except BadInput:
        return None
    scope = scope_text(found.question.scope, lexicon, unit=found.question.unit, last=True)
    if text is None or getattr(found.value, "of", None) == 0:
        text = plain_sentence(found, scope, lexicon)
    elif (league := _league_beside(view, found.question, lexicon)) is not None:
        text = f"{text} {league}"
    elif reading.phrase == _SHOOT_OUTS:
        lost = replace(found.question, event=Event("lost on penalties"))
        text = f"{text} {sentence(lost, answer(view, lost), lexicon) or ''}".strip()
    elif reading.phrase == _WHO_SCORED:
        text = f"{text} {book().first(_WHO_SCORED.replace('ask', 'told', 1))}"
    elif isinstance(found.value, Never) and not found.value.never:
        text = _and_last(view, found.question, text, lexicon)
    if found.unknown and isinstance(found.value, _COUNTED):
        beside = said("told not known of", {"n": found.unknown, "unit": found.question.unit}, lexicon)
        text = f"{text} {beside or ''}".strip()
    if not found.coverage.complete and not text.startswith(_AS_KNOWN):
        text = f"As far as this archive goes: {text.removeprefix('Answer: ')}"
    picked = found.rows[::-1]
    return {
        "answer": text,
        "question": found.question.to_dict(),
        "value": found.to_dict()["value"],
        "scope": scope,
        "understood_as": question_sentence(found.question, lexicon),
        "confidence": round(reading.confidence, 3),
        "sure": found.sure.words,
        "coverage": {"complete": found.coverage.complete, "note": found.coverage.note},
        **listed(found, lexicon),
        "matches": [pieces.evidence(row) for row in picked[:rows]],
        "more_matches": max(0, len(picked) - rows) + found.more,
    }


_COUNTED: Final = (Count, Never)
"""Values that say in how many matches; in others it may not be known whether it happened."""
_AS_KNOWN: Final = "As far as is known"
"""How a sentence begins that says itself that seasons may be missing."""


def _league_beside(view: View, question: Question, lexicon: Lexicon) -> str | None:
    """Of cups without a name, what is so of the league: a trophy may be either."""
    scope = question.scope
    cups = question.unit is Unit.CAMPAIGN and question.event.name == "won" and not scope.competitions
    if not cups or scope.family not in (None, Family.DOMESTIC):
        return None
    beside = replace(question, unit=Unit.SEASON, scope=replace(scope, family=Family.TOP_FLIGHT, without=()))
    found = answer(view, beside)
    text = sentence(beside, found, lexicon) or _of_nothing(view, found, lexicon)
    return (
        None if text is None else text if found.coverage.complete else f"As far as this archive goes: {text}"
    )


def _and_last(view: View, question: Question, text: str, lexicon: Lexicon) -> str:
    """That it has happened, and when it last did."""
    last = replace(question, statistic=Statistic.LAST)
    told = sentence(last, answer(view, last), lexicon)
    return f"{text} {told}" if told else text


def _of_nothing(view: View, found: Answer, lexicon: Lexicon) -> str | None:
    """The sentence where what was asked for never happened, or no run of it goes on."""
    question = found.question
    value = found.value
    if value is None and question.statistic in (Statistic.LAST, Statistic.FIRST):
        never = replace(question, statistic=Statistic.NEVER)
        asked = answer(view, never)
        return sentence(never, asked, lexicon) if isinstance(asked.value, Never) else None
    if question.unit is not Unit.MATCH or question.subject.club is None:
        return None
    if isinstance(value, Streak) and value.length <= 1:
        return _last_match(view, question, lexicon)
    if isinstance(value, Record) and value.played == 0:
        of = scope_text(question.scope, lexicon)
        return None if of is None else f"{lexicon.club(question.subject.club)} have played no match {of}."
    return None


def _last_match(view: View, question: Question, lexicon: Lexicon) -> str | None:
    last = Question(Statistic.LAST, Event("played"), question.subject, scope=question.scope)
    found = answer(view, last)
    text = sentence(last, found, lexicon) if isinstance(found.value, Occurrence) else None
    return f"No such run goes on. {text}" if text else None


def _not_understood(
    text: str, what: Heard, readings: list[Reading], names: ArchiveNames, lexicon: Lexicon, about: About
) -> dict[str, Any]:
    chance = any(reading.question.statistic is Statistic.CHANCE for reading in readings)
    return {
        "answer": None,
        "why": _CHANCE if chance else what.beyond or "No reading of the whole question was found.",
        "heard": {
            "clubs": [lexicon.club(club) for club in what.clubs],
            "competitions": [lexicon.competition(code) for code in what.competitions],
            "events": list(what.events),
            "scope": list(what.scope),
            "not_understood": list(what.rest),
        },
        "nearest": nearest(text, what, names, lexicon, about),
    }


_CHANCE: Final = "This asks for a chance, which records do not know: `secondleg forecast HOME AWAY` gives it."


def to_text(document: dict[str, Any]) -> str:
    """The document as lines: answer first, then the matches, the scope, and what it rests on."""
    if not document["understood"]:
        return _refusal(document)
    lines = [document["answer"], "", *list_lines(document)]
    for row in document["matches"]:
        where = ", ".join(part for part in (row["competition"], row["season"], row["stage"]) if part)
        lines.append(f"  {row['date']}  {row['home']} {row['score']} {row['away']}  ({where})")
    if document["more_matches"]:
        lines.append(f"  and {document['more_matches']:,} more matches")
    if document["matches"]:
        lines.append("")
    lines.append(f"Understood as: {_understood(document)}")
    if document["sure"]:
        lines.append(f"How sure: {document['sure'].removesuffix('.')}.")
    lines.append(f"Rests on: {document['coverage']['note'].removesuffix('.')}.")
    lines.append(f"As known on the morning of {document['as_of']}; {document['archive']['note']}.")
    for other in document["others"]:
        where = f", {other['scope']}" if other["scope"] else ""
        lines.append(f"Or{where}: {other['answer']}")
    return "\n".join(lines)


_OF_MORE_PARTS: Final = frozenset({"per", "of", "nth", "before", "least"})
"""Parts of a question that only its sentence tells."""
_TOLD_IN_FULL: Final = frozenset({Statistic.AS_MANY, Statistic.WOULD_BE, Statistic.STAKES, Statistic.SINCE})
"""Statistics whose name says little: "would be of won"."""


def _understood(document: dict[str, Any]) -> str:
    """The question as it was understood: its parts, or its sentence where it has more of them."""
    question, text = document["question"], document["understood_as"]
    if text and (_OF_MORE_PARTS & question.keys() or question["statistic"] in _TOLD_IN_FULL):
        return str(text)
    return f"{question_words(question, document['scope'])}."


def _refusal(document: dict[str, Any]) -> str:
    lines = [f"This question is not understood. {document['why']}"]
    for name, title in (
        ("clubs", "clubs"), ("competitions", "competitions"), ("events", "what happened"), ("scope", "scope"),
    ):  # fmt: skip
        if document["heard"][name]:
            lines.append(f"  understood of it, {title}: {', '.join(document['heard'][name])}")
    if document["heard"]["not_understood"]:
        lines.append(f"  not understood: {', '.join(document['heard']['not_understood'])}")
    if document["nearest"]:
        lines += ["The nearest questions that can be answered:", *(f"  {q}" for q in document["nearest"])]
    return "\n".join(lines)
