"""What can be added up: each measure of each unit one declaration, an expression over the columns of the unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secondleg.records.terms import Measure, Unit

__all__ = ["MEASURES", "Measured"]


@dataclass(frozen=True, slots=True)
class Measured:
    """An SQL expression over the unit `u`; `needs` names further columns, see `records.aspects`."""

    expression: str
    needs: str | None = None


_BOTH_SIDES: Final = {
    Measure.SCORED: Measured("u.scored"),
    Measure.CONCEDED: Measured("u.conceded"),
    Measure.GOALS: Measured("u.scored + u.conceded"),
    Measure.DIFFERENCE: Measured("u.scored - u.conceded"),
}

MEASURES: Final[dict[Unit, dict[Measure, Measured]]] = {
    Unit.MATCH: {
        **_BOTH_SIDES,
        Measure.POINTS: Measured(
            "CASE u.result WHEN 'W' THEN coalesce(w.win, 3) WHEN 'D' THEN 1 ELSE 0 END", needs="win"
        ),
    },
    Unit.TIE: _BOTH_SIDES,
    Unit.CAMPAIGN: {},
    Unit.SEASON: {
        **_BOTH_SIDES,
        Measure.POINTS: Measured("u.points"),
        Measure.WINS: Measured("u.won"),
        Measure.DRAWS: Measured("u.drawn"),
        Measure.DEFEATS: Measured("u.lost"),
        Measure.PLACE: Measured("u.place"),
    },
}
"""Every measure by unit. To add one is to add a line here, and its name in `terms.Measure`."""
