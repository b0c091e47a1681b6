"""A list of clubs as plain values and as lines of text: how often it has happened to each, first and last."""

from __future__ import annotations

from typing import Any, Final

from secondleg.language.lexicon import Lexicon
from secondleg.records import Answer, Statistic, Unit
from secondleg.records.answer import Clubs

__all__ = ["list_lines", "listed"]

_SHOWN: Final = 25
"""Clubs of a list that are shown as text; the document has them all."""


def listed(found: Answer, lexicon: Lexicon) -> dict[str, Any]:
    """The clubs of a list by name, under `clubs`; nothing for any other value."""
    value = found.value
    if not isinstance(value, Clubs):
        return {}
    dated = found.question.unit is Unit.MATCH
    clubs = [
        {
            "club": one.club,
            "name": lexicon.club(one.club),
            "times": one.times,
            "of": one.of,
            "first": one.first.isoformat() if dated else one.first_season,
            "last": one.last.isoformat() if dated else one.last_season,
        }
        for one in value.clubs
    ]
    return {"clubs": clubs, "more_clubs": value.n - len(clubs)}


def list_lines(document: dict[str, Any]) -> list[str]:
    """The list as lines, one a club: name, how often (of "never", in how many), first and last."""
    clubs = document.get("clubs", [])
    if not clubs:
        return []
    shown = clubs[:_SHOWN]
    wide = max(len(one["name"]) for one in shown)
    never = document["question"]["statistic"] == Statistic.WHICH_NEVER
    told = [f"in {one['of']:,}" if never else f"{one['times']:,}" for one in shown]
    high = max(map(len, told))
    lines = [
        f"  {one['name']:{wide}}  {number:>{high}}  {_when(one)}"
        for one, number in zip(shown, told, strict=True)
    ]
    more = len(clubs) - len(shown) + document["more_clubs"]
    if more:
        lines.append(f"  and {more:,} more club{'s' if more > 1 else ''}")
    return [*lines, ""]


def _when(one: dict[str, Any]) -> str:
    first, last = one["first"], one["last"]
    return str(first) if first == last else f"{first} to {last}"
