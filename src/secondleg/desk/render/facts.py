"""What every renderer says in the same words: the occasion, the tie, the form, the evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from secondleg.desk.render.numbers import goals, percent
from secondleg.football.stage import ENGLISH

__all__ = [
    "EVIDENCE_LISTED",
    "SIDES",
    "CitedSection",
    "CitedSentence",
    "Document",
    "Row",
    "as_known",
    "basis",
    "cited",
    "competition_of",
    "coverage_note",
    "day",
    "endings_of",
    "form_competition",
    "form_letters",
    "is_final",
    "likely_scores",
    "match_of",
    "name",
    "occasion",
    "rules_of",
    "sources_of",
    "standing",
    "venue",
]

Document = Mapping[str, Any]
"""A preview document, as built by the desk."""

Row = Mapping[str, Any]
"""One match as evidence, or one match of a side's form."""

SIDES: Final = ("home", "away")
EVIDENCE_LISTED = 60
"""Matches listed for one sentence; one on all European ties rests on hundreds, which JSON gives in full."""

_LEGS = {1: "first leg", 2: "second leg", 3: "play-off match"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


# -- the fixture -----------------------------------------------------------------------------------


def day(iso: str) -> str:
    """Write an ISO day in words: `2024-04-18` is `18 April 2024`."""
    date = dt.date.fromisoformat(iso)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def name(doc: Document, side: str) -> str:
    """Return the name of the home or away side."""
    return str(doc["fixture"][side]["name"])


def occasion(doc: Document) -> str:
    """Name the match in its competition: `Europa League quarter-final, second leg, 2023-24`."""
    fixture = doc["fixture"]
    stage = fixture.get("stage")
    # that a league match is of the regular season goes without saying
    words = None if stage == "regular-season" else ENGLISH.get(stage or "", stage)
    first = " ".join(part for part in (fixture["competition"]["name"], words) if part)
    return ", ".join(part for part in (first, _leg(fixture.get("leg")), fixture.get("season")) if part)


def venue(doc: Document) -> str:
    """Say when and where: `31 March 2024, 16:30, Etihad Stadium`; says so of a neutral ground.

    Sources give the kick-off of a UEFA match in Central European time wherever it is played, and that is said.
    """
    fixture = doc["fixture"]
    ground = fixture.get("ground") or ""
    if fixture.get("neutral"):
        ground = f"{ground} (neutral ground)" if ground else "neutral ground"
    time = fixture.get("time")
    if time and str(fixture["competition"].get("code") or "").startswith("uefa."):
        time = f"{time} Central European time"
    return ", ".join(part for part in (day(fixture["date"]), time, ground) if part)


def is_final(doc: Document) -> bool:
    """Whether the match is a final: its winner wins the competition and goes through to nothing."""
    return bool(doc["fixture"].get("stage") == "final")


def as_known(doc: Document) -> str:
    """Say what day's knowledge the preview rests on."""
    return f"As known on the morning of {day(doc['as_of'])}."


def basis(doc: Document) -> str:
    """Say which archive and which model the preview rests on; empty if the document names neither."""
    parts = [str((doc.get("archive") or {}).get("note") or "")]
    chances = doc.get("chances") or {}
    if model := chances.get("model"):
        trained = chances.get("trained_on")
        on = f", fitted to {trained['matches']:,} matches since {day(trained['from'])}" if trained else ""
        parts.append(f"{model}{on}")
    sentences = (part.rstrip(".") + "." for part in parts if part)
    return " ".join(part[0].upper() + part[1:] for part in sentences)


def _leg(leg: int | None) -> str | None:
    return None if leg is None else _LEGS.get(leg, f"leg {leg}")


# -- the tie ---------------------------------------------------------------------------------------


def standing(doc: Document) -> str | None:
    """Say where the tie stands (`Atalanta lead 3-0 on aggregate`), or None for a single match."""
    tie = doc.get("tie")
    if not tie:
        return None
    home, away = tie["aggregate"]["home"], tie["aggregate"]["away"]
    if home == away:
        return f"Level at {home}-{away} on aggregate"
    leader = name(doc, "home" if home > away else "away")
    return f"{leader} lead {max(home, away)}-{min(home, away)} on aggregate"


def rules_of(doc: Document) -> str | None:
    """Say how a level tie is decided: `If level: extra time, then penalties`, or None for a single match."""
    tie = doc.get("tie")
    if not tie:
        return None
    rules = tie["rules"]
    steps = [
        "away goals" if rules.get("away_goals") else "",
        "extra time" if rules.get("extra_time") else "",
        str(rules.get("last") or "").replace("_", " "),
    ]
    return "If level: " + ", then ".join(step for step in steps if step)


def endings_of(doc: Document, side: str) -> list[tuple[str, float]]:
    """Return the ways in which a side can go through, each with its chance, in the document's order."""
    endings = (doc.get("chances") or {}).get("endings") or []
    return [(str(e["ending"]), float(e["chance"])) for e in endings if e["side"] == side]


def likely_scores(doc: Document, most: int = 4) -> str | None:
    """List what to expect: `Expected goals 1.5-1.6; likeliest scores 1-1 (11 %), 1-2 (9 %)`."""
    chances = doc.get("chances") or {}
    parts = []
    if expected := chances.get("expected_goals"):
        parts.append(f"expected goals {goals(expected['home'])}-{goals(expected['away'])}")
    if scores := chances.get("most_likely"):
        listed = ", ".join(f"{one['score']} ({percent(one['chance'])})" for one in scores[:most])
        parts.append(f"likeliest scores {listed}")
    line = "; ".join(parts)
    return line[0].upper() + line[1:] if line else None


def form_letters(doc: Document, side: str) -> list[str]:
    """Return a side's results as W, D and L, oldest first."""
    return [str(row["result"]) for row in reversed((doc.get("form") or {}).get(side) or [])]


def form_competition(doc: Document, side: str) -> str | None:
    """Name the one competition that a side's form is of, or None if it is of several.

    An archive may hold a club's matches of one competition alone, and its form is then no form in all of them.
    """
    names = {str(row["competition"]) for row in (doc.get("form") or {}).get(side) or []}
    return names.pop() if len(names) == 1 else None


# -- evidence --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence with the numbers of its matches in its section's list."""

    text: str
    marks: str
    """`1`, `2-4, 7`, or `1-60 and 489 more`; empty if the sentence rests on no match."""
    starts_paragraph: bool


@dataclass(frozen=True, slots=True)
class CitedSection:
    """A section whose matches are listed once and numbered from 1 in the order of their first citation."""

    title: str
    sentences: tuple[CitedSentence, ...]
    matches: tuple[Row, ...]
    coverage: tuple[str, ...]
    """What the sentences rest on, each note once."""

    @property
    def paragraphs(self) -> list[list[CitedSentence]]:
        """Return the sentences by paragraph."""
        paragraphs: list[list[CitedSentence]] = []
        for sentence in self.sentences:
            if sentence.starts_paragraph or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
        return paragraphs


def cited(section: Mapping[str, Any]) -> CitedSection:
    """Number the matches behind a section's sentences."""
    numbers: dict[object, int] = {}
    matches: list[Row] = []
    sentences = []
    coverage: dict[str, None] = {}
    for sentence in section["sentences"]:
        rows: Sequence[Row] = sentence.get("evidence") or ()
        mine = []
        for row in rows[:EVIDENCE_LISTED]:
            key = _identity(row)
            if key not in numbers:
                matches.append(row)
                numbers[key] = len(matches)
            mine.append(numbers[key])
        more = len(rows) - EVIDENCE_LISTED
        marks = _ranges(mine) + (f" and {more} more" if more > 0 else "")
        sentences.append(CitedSentence(str(sentence["text"]), marks, bool(sentence.get("starts_paragraph"))))
        if note := coverage_note(sentence):
            coverage[note] = None
    return CitedSection(str(section["title"]), tuple(sentences), tuple(matches), tuple(coverage))


def coverage_note(sentence: Mapping[str, Any]) -> str | None:
    """Say what a sentence rests on, and any gaps of the archive there; None if nothing is noted."""
    coverage = sentence.get("coverage") or {}
    note = str(coverage.get("note") or "").rstrip(".")
    if coverage and not coverage.get("complete", True):
        return f"The archive has gaps here: {note}" if note else "The archive has gaps here"
    return f"Rests on: {note}" if note else None


def match_of(row: Row) -> str:
    """Write a match as its result, `Manchester United 4-3 Liverpool, after extra time`; without one with `v`."""
    score, _, note = str(row.get("score") or "v").partition(" ")
    return f"{row['home']} {score.rstrip(',')} {row['away']}" + (f", {note}" if note else "")


def competition_of(row: Row) -> str:
    """Write a match's competition: `Europa League 2023-24, quarter-final, first leg`."""
    first = " ".join(str(part) for part in (row.get("competition"), row.get("season")) if part)
    stage = row.get("stage")
    words = None if stage == ENGLISH["regular-season"] else stage
    return ", ".join(str(part) for part in (first, words, _leg(row.get("leg"))) if part)


def sources_of(rows: Sequence[Row]) -> list[str]:
    """Return the sources named by the rows, each once, in order."""
    return list(dict.fromkeys(str(row["sources"]) for row in rows if row.get("sources")))


def _identity(row: Row) -> object:
    match = row.get("match")
    return match if match is not None else (row.get("date"), row.get("home"), row.get("away"))


def _ranges(numbers: Sequence[int]) -> str:
    """Write numbers with runs of three and more as ranges: 1, 2, 3, 7 is `1-3, 7`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for run in runs:
        parts += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return ", ".join(parts)
