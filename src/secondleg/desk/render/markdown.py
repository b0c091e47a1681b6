"""A preview as CommonMark: chances and form as lists, sections as prose, evidence as numbered lists."""

from __future__ import annotations

import re

from secondleg.desk.render import facts
from secondleg.desk.render.facts import CitedSection, Document
from secondleg.desk.render.numbers import percent

__all__ = ["escape", "to_markdown"]


def to_markdown(doc: Document, *, evidence: bool = False) -> str:
    """Return the preview as CommonMark, with the matches behind each sentence if `evidence`."""
    blocks = [f"# {escape(doc['title'])}", escape(f"{facts.occasion(doc)}. {facts.venue(doc)}.")]
    blocks.append(escape(f"{facts.as_known(doc)} {facts.basis(doc)}"))
    if glance := _glance(doc):
        blocks.append("\n".join(f"- {line}" for line in glance))
    for section in doc["sections"]:
        if section["sentences"]:
            blocks += _section(facts.cited(section), evidence)
    if doc.get("notes"):
        blocks += ["## Notes", "\n".join(f"- {escape(note)}" for note in doc["notes"])]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    r"""Escape text so that CommonMark shows it letter for letter: `1. FC Köln` stays a club."""
    text = " ".join(str(text).split())
    text = re.sub(r"([\\`*_\[\]<#])", r"\\\1", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    text = re.sub(r"^([-+=~>])", r"\\\1", text)
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)


def _glance(doc: Document) -> list[str]:
    lines = []
    if (standing := facts.standing(doc)) is not None:
        first_leg = facts.match_of(doc["tie"]["first_leg"])
        lines.append(escape(f"First leg: {first_leg}. {standing}. {facts.rules_of(doc)}."))
    chances = doc.get("chances") or {}
    home, away = escape(facts.name(doc, "home")), escape(facts.name(doc, "away"))
    if through := chances.get("through"):
        prize = "To win the final" if facts.is_final(doc) else "To go through"
        lines.append(f"{prize}: {home} {percent(through['home'])}, {away} {percent(through['away'])}")
    for side, club in zip(facts.SIDES, (home, away), strict=True):
        if ways := facts.endings_of(doc, side):
            listed = ", ".join(f"{escape(ending)} {percent(chance)}" for ending, chance in ways)
            lines.append(f"{club} {'win it' if facts.is_final(doc) else 'through'}: {listed}")
    if match := chances.get("match"):
        lines.append(
            f"After 90 minutes: {home} {percent(match['home'])}, draw {percent(match['draw'])}, "
            f"{away} {percent(match['away'])}"
        )
    if (likely := facts.likely_scores(doc)) is not None:
        lines.append(escape(likely))
    for side, club in zip(facts.SIDES, (home, away), strict=True):
        if letters := facts.form_letters(doc, side):
            competition = facts.form_competition(doc, side)
            where = f" in the {escape(competition)}" if competition else ""
            lines.append(f"{club}, last {len(letters)}{where}, newest last: {' '.join(letters)}")
    return lines


def _section(section: CitedSection, evidence: bool) -> list[str]:
    blocks = [f"## {escape(section.title)}"]
    for paragraph in section.paragraphs:
        blocks.append(
            " ".join(
                escape(sentence.text) + (f" [{sentence.marks}]" if evidence and sentence.marks else "")
                for sentence in paragraph
            )
        )
    if evidence and section.matches:
        blocks.append(
            "\n".join(
                f"{number}. {escape(facts.match_of(row))}, {facts.day(row['date'])}, "
                + escape(facts.competition_of(row))
                for number, row in enumerate(section.matches, start=1)
            )
        )
    if evidence and section.coverage:
        # A paragraph, not a second list: two lists in a row may run together.
        blocks.append(escape(". ".join(section.coverage) + "."))
    return blocks
