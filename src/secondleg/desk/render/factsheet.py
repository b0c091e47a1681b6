"""A fact sheet as text: numbered facts, and under each, if asked for, why it stands there and its matches."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["to_text"]

_WIDTH: Final = 80
"""Columns of a line."""

_MOST_MATCHES: Final = 12
"""Matches listed of a fact, the latest; the document holds the others."""

_REASONS: Final = {
    "nested": "said by another fact already",
    "over a gap": "over a gap of the archive",
    "no words": "without words yet",
    "not read back": "whose sentence would be read otherwise",
    "not confirmed": "not confirmed when asked again",
}


def to_text(document: Mapping[str, Any], *, why: bool = False, evidence: bool = False) -> str:
    """The document of `desk.facting` as text."""
    fixture = document["fixture"]
    stage = fixture["stage"] or ""
    leg = {1: ", first leg", 2: ", second leg", 3: ", replay"}.get(fixture["leg"] or 0, "")
    lines = [
        document["title"],
        f"{fixture['competition']['name']} {stage}{leg}, {fixture['season']}, {fixture['date']}",
        f"As known on the morning of {document['as_of']}.",
        "",
    ]
    for number, fact in enumerate(document["facts"], 1):
        lines += _wrapped(f"{number:2}  ", fact["text"])
        if why:
            lines += _wrapped("    ", _why(fact["score"]))
        if evidence:
            lines += (f"      {line}" for line in _matches(fact))
        if why or evidence:
            lines.append("")
    if not document["facts"]:
        lines.append("Nothing that the archive can vouch for is out of the ordinary.")
    if lines[-1]:
        lines.append("")
    lines += _wrapped("", _summary(document))
    return "\n".join(lines)


def _wrapped(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=label, subsequent_indent=" " * len(label), break_on_hyphens=False
    )


def _why(score: Mapping[str, Any]) -> str:
    extreme, compared = score["extreme"], score["compared"]
    share = f"{extreme:,} of {compared:,} compared have as much" if compared else "by its kind"
    cost = f", less {score['cost']:g} for where it was looked for" if score["cost"] else ""
    return (
        f"{score['total']:.1f} = {score['bits']:.1f} bits of surprise ({share}){cost}; "
        f"relevance {score['relevance']:.2f}, strength {score['strength']:.2f} (of {score['of']:,})"
    )


def _matches(fact: Mapping[str, Any]) -> Iterator[str]:
    rows = fact["evidence"]
    before = len(rows) - _MOST_MATCHES + fact["more"]
    if before > 0 and len(rows) > _MOST_MATCHES:
        yield f"… and {before:,} before these"
    for row in rows[-_MOST_MATCHES:]:
        yield f"{row['date']}  {row['home']} {row['score']} {row['away']}  ({row['competition']})"
    yield f"rests on {fact['coverage']['note']}"


def _summary(document: Mapping[str, Any]) -> str:
    dropped = [f"{n:,} {_REASONS.get(reason, reason)}" for reason, n in document["dropped"].items() if n]
    left_out = f" Left out: {', '.join(dropped)}." if dropped else ""
    return (
        f"{document['asked']:,} questions asked, {document['candidates']:,} of them with something out of "
        f"the ordinary.{left_out} {document['archive']['note']}."
    )
