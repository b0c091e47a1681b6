"""The picture of a simulated competition: clubs down; across, places of a league or the stages of a cup.

The darker a cell, the likelier. Numbers are percent; a dot stands for less than one in a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from secondleg.desk.render.holdings_chart import to_png
from secondleg.desk.render.sheet import SMALL, Sheet, to_svg
from secondleg.desk.render.simulation_text import SHORT, columns
from secondleg.errors import BadInput

if TYPE_CHECKING:
    import altair as alt

__all__ = ["chart", "to_png", "to_svg"]

_ROW: Final = 19.0
_NAME: Final = 178.0
_PLACE: Final = 27.0
_STAGE: Final = 66.0
_TOP: Final = 62.0
_MOST: Final = 36
"""Clubs drawn of a cup."""

_LEAST: Final = 0.005
_GAP: Final = 1.0


def chart(document: Mapping[str, Any]) -> alt.LayerChart:
    """Draw the chances of `simulate_competition`.

    Raises:
        BadInput: nobody has a chance of anything that is still open.
        MissingExtra: the extra `charts` is not installed.
    """
    league = document["stages"][-1]["key"] == "regular-season"
    heads, rows = _places(document) if league else _stages(document)
    if not rows:
        raise BadInput("everything is decided: there is nothing to draw. Choose an earlier --as-of.")
    cell = _PLACE if league else _STAGE
    sheet = Sheet()
    width = _NAME + len(heads) * cell
    title = f"{document['competition']['name']} {document['season']}"
    sheet.write(title, 0, 9, bold=True)
    what = "place at the end" if league else "chance to play in a stage, and to win"
    condition = f"; if {' and '.join(document['conditions'])}" if document["conditions"] else ""
    sheet.write(f"{what}, in percent, as known on {document['as_of']}{condition}", 0, 28, "muted", size=SMALL)
    for column, head in enumerate(heads):
        sheet.write(head, _NAME + (column + 0.5) * cell, _TOP - 12, "muted", align="center", size=SMALL)
    for number, (name, chances) in enumerate(rows):
        y = _TOP + number * _ROW
        sheet.write(name, 0, y + _ROW / 2, size=SMALL)
        for column, chance in enumerate(chances):
            _cell(sheet, _NAME + column * cell, y, cell, chance)
    said = f"{title}: chances of {len(rows)} clubs as known on {document['as_of']}."
    return sheet.chart(_TOP + len(rows) * _ROW + 2, said, width=width)


def _cell(sheet: Sheet, x: float, y: float, wide: float, chance: float) -> None:
    sheet.bar(
        x, y, x + wide - _GAP, y + _ROW - _GAP, "home", opacity=0.04 + 0.66 * chance**0.6 if chance else 0.03
    )
    if chance <= 0:
        return
    text = "·" if chance < _LEAST else f"{100 * chance:.0f}"
    sheet.write(text, x + wide / 2, y + _ROW / 2, "ink", align="center", size=SMALL)


def _places(document: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, list[float]]]]:
    heads = [str(place) for place in range(1, len(document["clubs"]) + 1)]
    return heads, [
        (club["name"], [club["places"].get(head, 0.0) for head in heads]) for club in document["clubs"]
    ]


def _stages(document: Mapping[str, Any]) -> tuple[list[str], list[tuple[str, list[float]]]]:
    shown = columns(document)
    rows = [
        (club["name"], [club["chances"][target]["chance"] for target in shown]) for club in document["clubs"]
    ]
    alive = [row for row in rows if max(row[1]) >= _LEAST / 10][:_MOST]
    return [SHORT.get(target, target) for target in shown], alive
