"""A preview in the terminal, readable at 60 columns, in a pipe and without colour."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from secondleg.desk.render import facts
from secondleg.desk.render.facts import SIDES, CitedSection, Document
from secondleg.desk.render.numbers import cells, percent

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["to_terminal"]

MEASURE = 88
"""Columns; a longer line of prose is hard to follow."""

_HOME, _AWAY, _DRAW = "blue", "yellow", "bright_black"
_RESULT_STYLES = {"W": "bold cyan", "D": "default", "L": "bold magenta"}
_BLOCKS = {"home": "█", "draw": "░", "away": "▒"}
_ASCII_BLOCKS = {"home": "#", "draw": ".", "away": "="}
_STYLES = {"home": _HOME, "draw": _DRAW, "away": _AWAY}


def to_terminal(doc: Document, console: Console, *, evidence: bool = False) -> None:
    """Print the preview on a rich console, with the matches behind each sentence if `evidence`."""
    width = min(console.width, MEASURE)
    for block in (_head(doc), _chances(doc, console, width), _form(doc)):
        if block:
            _print(console, block, width)
    for section in doc["sections"]:
        if section["sentences"]:
            _print(console, _section(facts.cited(section), evidence), width)
    _print(console, _foot(doc), width)


def _print(console: Console, lines: Sequence[Text], width: int) -> None:
    for line in lines:
        for piece in _wrapped(line, width):
            console.print(piece, highlight=False, no_wrap=True, overflow="ignore", crop=False)
    console.print()


def _wrapped(line: Text, width: int) -> list[Text]:
    """Break a line at its spaces, never within `10 %` or `0-3`; what follows a `[1]` hangs under its text.

    rich would break at any white space, the no-break kind too.
    """
    if line.cell_len <= width:
        return [line]
    plain = re.sub(r"[\t\n\v\f\r]", " ", line.plain).replace(" %", "\u00a0%")
    hang = re.match(r" *(\[\d+\] )?", plain)
    lines = textwrap.wrap(
        plain,
        width,
        subsequent_indent=" " * (hang.end() if hang else 0),
        break_on_hyphens=False,
        break_long_words=False,
    )
    pieces, start = [], 0
    for number, wrapped in enumerate(lines):
        words = wrapped if number == 0 else wrapped.lstrip(" ")
        start = plain.index(words, start)
        piece = _line(wrapped[: len(wrapped) - len(words)])
        pieces.append(piece.append_text(line[start : start + len(words)]))
        start += len(words)
    return pieces


def _line(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style=style)


def _head(doc: Document) -> list[Text]:
    lines = [
        _line(doc["title"], "bold"),
        _line(facts.occasion(doc)),
        _line(facts.venue(doc)),
        _line(facts.as_known(doc), "dim"),
    ]
    if (standing := facts.standing(doc)) is not None:
        first_leg = doc["tie"]["first_leg"]
        lines += [
            _line(""),
            _line(f"{standing}. {facts.rules_of(doc)}."),
            _line(f"First leg, {facts.day(first_leg['date'])}: {facts.match_of(first_leg)}"),
        ]
    return lines


def _chances(doc: Document, console: Console, width: int) -> list[Text]:
    chances = doc.get("chances") or {}
    home, away = facts.name(doc, "home"), facts.name(doc, "away")
    lines: list[Text] = []
    if through := chances.get("through"):
        lines.append(_line("To win the final" if facts.is_final(doc) else "To go through", "bold"))
        lines += _bar([("home", home, through["home"]), ("away", away, through["away"])], console, width)
        for side in SIDES:
            if ways := facts.endings_of(doc, side):
                listed = ", ".join(f"{ending} {percent(chance)}" for ending, chance in ways)
                lines.append(_line(f"{facts.name(doc, side)}: {listed}", "dim"))
    if match := chances.get("match"):
        if lines:
            lines.append(_line(""))
        lines.append(_line("After 90 minutes", "bold"))
        parts = [
            ("home", home, match["home"]),
            ("draw", "draw", match["draw"]),
            ("away", away, match["away"]),
        ]
        lines += _bar(parts, console, width)
    if (likely := facts.likely_scores(doc)) is not None:
        lines.append(_line(likely, "dim"))
    return lines


def _bar(parts: Sequence[tuple[str, str, float]], console: Console, width: int) -> list[Text]:
    """Draw one bar of the chances under its labels; `parts` are (key, label, chance)."""
    blocks = _BLOCKS if console.encoding.lower().startswith("utf") else _ASCII_BLOCKS
    bar = _line("")
    for (key, _, _), length in zip(parts, cells([part[2] for part in parts], width), strict=True):
        bar.append(blocks[key] * length, style=_STYLES[key])
    labels = [
        _line(f"{blocks[key]} {label} {percent(chance)}", _STYLES[key] if key != "draw" else "")
        for key, label, chance in parts
    ]
    return [*_spread(labels, width), bar]


def _spread(labels: Sequence[Text], width: int) -> list[Text]:
    """Set labels over the width, first at the left and last at the right; one a line if they do not fit."""
    gaps = len(labels) - 1
    free = width - sum(label.cell_len for label in labels)
    if free < 2 * gaps:
        return list(labels)
    line = labels[0].copy()
    for i, label in enumerate(labels[1:], start=1):
        line.append(" " * (free * i // gaps - free * (i - 1) // gaps))
        line.append_text(label)
    return [line]


def _form(doc: Document) -> list[Text]:
    letters = {side: form for side in SIDES if (form := facts.form_letters(doc, side))}
    if not letters:
        return []
    longest = max(_line(facts.name(doc, side)).cell_len for side in letters)
    most = max(len(form) for form in letters.values())
    lines = [_line("Form", "bold").append("  newest last; W won, D drawn, L lost", style="not bold dim")]
    for side, form in letters.items():
        line = _line(facts.name(doc, side))
        # Right-aligned, so that the newest matches of both sides stand under each other.
        line.append(" " * (longest - line.cell_len + 2 + 2 * (most - len(form))))
        for i, letter in enumerate(form):
            line.append(" " if i else "").append(letter, style=_RESULT_STYLES.get(letter, ""))
        if (competition := facts.form_competition(doc, side)) is not None:
            line.append(f"  {competition}", style="dim")
        lines.append(line)
    return lines


def _section(section: CitedSection, evidence: bool) -> list[Text]:
    lines = [_line(section.title, "bold underline")]
    for number, paragraph in enumerate(section.paragraphs):
        if number:
            lines.append(_line(""))
        text = _line("")
        for i, sentence in enumerate(paragraph):
            text.append((" " if i else "") + sentence.text)
            if evidence and sentence.marks:
                text.append(f" [{sentence.marks}]", style="dim")
        lines.append(text)
    if not evidence:
        return lines
    for number, row in enumerate(section.matches, start=1):
        listed = f"{facts.day(row['date'])}, {facts.match_of(row)} ({facts.competition_of(row)})"
        lines.append(_line(f"  [{number}] {listed}", "dim"))
    lines += [_line(f"  {note}", "dim") for note in section.coverage]
    return lines


def _foot(doc: Document) -> list[Text]:
    notes = [*(doc.get("notes") or []), facts.basis(doc)]
    return [_line("Notes", "bold"), *(_line(str(note), "dim") for note in notes if note)]
