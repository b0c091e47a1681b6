"""What happens to a club, between records and the phrase book: an event with its unit, and the values of its slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from secondleg.language.grammar import Values
from secondleg.records.events import EVENTS, Event
from secondleg.records.terms import Unit

__all__ = ["UNITS", "UNIT_WORD", "event_read", "event_values"]

UNIT_WORD: Final = {Unit.MATCH: "match", Unit.TIE: "tie", Unit.CAMPAIGN: "campaign", Unit.SEASON: "season"}
"""Units as the book calls them."""
UNITS: Final = {word: unit for unit, word in UNIT_WORD.items()}
_NUMBERS: Final = ("m", "m_n", "minute", "rank", "rank_nth", "mark", "mark_points")
"""Slots of the number that an event takes: goals, a minute, a place, wins, points."""


def event_values(event: Event, unit: Unit) -> Values:
    """The values of the slots of an event."""
    return {
        "unit": UNIT_WORD[unit],
        "event": event.name,
        **dict.fromkeys(_NUMBERS, event.n),
        "stages_place": event.stage,
        "who": event.who,
        **_score_values(event),
    }


def _score_values(event: Event) -> Values:
    """A score as prose has it: the greater number first, and for whom it was."""
    if event.n is None or event.against is None:
        return {}
    ended = (max(event.n, event.against), min(event.n, event.against))
    return {"came": _CAME[(event.n > event.against) - (event.n < event.against)], "ended": ended}


_CAME: Final = {1: "won", 0: "drawn", -1: "lost"}
"""How a match came out, by the sign of its goal difference."""


def event_read(name: str, values: Mapping[str, Any], unit: Unit) -> Event:
    """The event of that name with what it takes, from the values of its slots.

    Raises BadInput where they do not give what it takes.
    """
    declared = EVENTS[unit].get(name)
    takes = declared.arguments if declared else frozenset()
    if "against" in takes:
        n, against = _score_read(values)
        return Event(name, n=n, against=against)
    number = next((values[slot] for slot in _NUMBERS if values.get(slot) is not None), None)
    return Event(
        name,
        n=number if "n" in takes else None,
        stage=(values.get("stages_place") or values.get("stage")) if "stage" in takes else None,
        who=values.get("who") if "who" in takes else None,
    )


def _score_read(values: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Goals scored and conceded; None for a score that did not come out so, such as a draw of 3-0."""
    one, other = values.get("ended", (None, None))
    came = values.get("came")
    if one is None or (came == "drawn") != (one == other):
        return None, None
    return (min(one, other), max(one, other)) if came == "lost" else (max(one, other), min(one, other))
