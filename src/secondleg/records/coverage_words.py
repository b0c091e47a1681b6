"""The words of a coverage: what is held, and the gaps, as a note that an editor reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from secondleg.records.answer import Gap

if TYPE_CHECKING:
    from secondleg.records.coverage import Expected

__all__ = ["NOT_HELD", "find_gaps", "note"]

NOT_HELD: Final = "not in the archive"
"""Reason of a gap that is a whole competition's season."""


def find_gaps(missing: Iterable[Expected]) -> list[Gap]:
    """Neighbouring seasons of one competition as one gap."""
    by_competition: dict[tuple[str, str], list[Expected]] = {}
    for entry in missing:
        by_competition.setdefault((entry.competition, entry.reason), []).append(entry)
    found: list[tuple[int, Gap]] = []
    for (code, reason), entries in by_competition.items():
        start = previous = entries[0]
        for entry in entries[1:]:
            if entry.season != previous.season + 1:
                found.append((start.season, Gap(code, start.name, start.label, previous.label, reason)))
                start = entry
            previous = entry
        found.append((start.season, Gap(code, start.name, start.label, previous.label, reason)))
    return [gap for _, gap in sorted(found, key=lambda pair: (pair[0], pair[1].competition))]


def note(window: Sequence[Expected], gaps: Sequence[Gap]) -> str:
    """The coverage in words: "2023-24 of FA Cup and Premier League"."""
    held = [e for e in window if e.held and e.reason != NOT_HELD]
    if not held:
        words = "no season that is held whole"
    else:
        shown = [e for e in held if e.played] or held
        names = list(dict.fromkeys(e.name for e in sorted(shown, key=lambda e: e.competition)))
        start = min(held, key=lambda e: e.season)
        end = max(held, key=lambda e: e.season)
        span = start.label if start.label == end.label else f"{start.label} to {end.label}"
        words = f"{span} of {_join(names)}"
    if gaps:
        by_name: dict[str, list[Gap]] = {}
        for gap in gaps:
            by_name.setdefault(gap.name, []).append(gap)
        parts = [_span(name, missing) for name, missing in by_name.items()]
        if len(parts) > _GAPS_SHOWN:
            parts[_GAPS_SHOWN:] = [f"{len(parts) - _GAPS_SHOWN} other competitions"]
        words += f"; not held whole: {_join(parts)}"
    return words


_GAPS_SHOWN: Final = 5
"""Competitions with gaps that a note names; the rest are counted."""


def _span(name: str, gaps: list[Gap]) -> str:
    first, last = min(gap.first for gap in gaps), max(gap.last for gap in gaps)
    if first == last:
        return f"{name} {first}"
    return f"{name} {first} to {last}" if len(gaps) == 1 else f"{name} in seasons from {first} to {last}"


def _join(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
