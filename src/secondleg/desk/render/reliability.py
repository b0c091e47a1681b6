"""The reliability picture of a back-test: what was said across, what was seen up, a panel for each forecaster.

A calibrated forecaster's squares lie on the diagonal; the bar through a square spans two standard errors up and down of
what would be seen if every chance was right. Under each panel stand columns for how many chances each bin holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from secondleg.desk.render.sheet import SMALL, Sheet, to_svg
from secondleg.errors import BadInput

if TYPE_CHECKING:
    import altair as alt

__all__ = ["chart", "to_svg"]

_PANEL: Final = 220.0
"""Pixels of a panel, across and up: 0 to 100 %."""

_LEFT, _GAP, _HEAD, _COUNTS, _FOOT = 40.0, 34.0, 40.0, 34.0, 44.0
"""Pixels left of a panel, between two, over one, for the columns of counts under it, and under these."""

_ERRORS: Final = 2.0
_HALF: Final = 3.5
"""Half of the side of a square."""

Panel = tuple[str, str, Sequence[Mapping[str, Any]]]


def chart(document: Mapping[str, Any]) -> alt.LayerChart:
    """Draw the calibration of each forecaster: of results, and of going through after the first leg where it was asked.

    Raises:
        BadInput: nothing was forecast.
        MissingExtra: the extra `charts` is not installed.
    """
    rows = _panels(document)
    if not rows:
        raise BadInput("nothing was forecast, so there is nothing to draw. Ask for a season with matches.")
    across = max(len(row) for row in rows)
    sheet, said, y = Sheet(), [], 0.0
    for row in rows:
        for column, panel in enumerate(row):
            _panel(sheet, column * (_LEFT + _PANEL + _GAP) + _LEFT, y + _HEAD, panel)
            said.append(f"{panel[0]}, {panel[1]}: {_listed(panel[2])}")
        y += _HEAD + _PANEL + _COUNTS + _FOOT
    width = across * (_LEFT + _PANEL) + (across - 1) * _GAP + 10.0
    return sheet.chart(y, f"Said against seen. {' '.join(said)}", width=width)


def _panels(document: Mapping[str, Any]) -> list[list[Panel]]:
    """A row of panels for each forecaster that said anything."""
    ties = document["ties"]
    after = ties["after"]["calibration"] if ties else {}
    rows = []
    for name in dict.fromkeys((*document["calibration"], *after)):
        row: list[Panel] = []
        if bins := document["calibration"].get(name, {}).get("bins"):
            row.append((name, f"home win, draw, away win; {_count(bins) // 3:,} matches", bins))
        if bins := after.get(name, {}).get("bins"):
            row.append((name, f"to go through, after the first leg; {_count(bins) // 2:,} ties", bins))
        if row:
            rows.append(row)
    return rows


def _panel(sheet: Sheet, x: float, y: float, panel: Panel) -> None:
    name, what, bins = panel
    sheet.write(name, x, y - 28, bold=True)
    sheet.write(what, x, y - 12, "muted", size=SMALL)
    base = y + _PANEL
    for fifth in range(6):
        at = _PANEL * fifth / 5
        sheet.bar(x, base - at - 0.4, x + _PANEL, base - at + 0.4, "level", opacity=0.25)
        sheet.bar(x + at - 0.4, y, x + at + 0.4, base, "level", opacity=0.25)
        sheet.write(f"{20 * fifth} %", x - 5, base - at, "muted", align="right", size=SMALL)
        sheet.write(f"{20 * fifth}", x + at, base + _COUNTS + 10, "muted", align="center", size=SMALL)
    sheet.rule(x, base, x + _PANEL, y, "level")
    most = max(each["n"] for each in bins)
    for each in bins:
        across, up = x + _PANEL * each["said"], base - _PANEL * each["seen"]
        spread = _ERRORS * each["error"]
        low, high = max(0.0, each["said"] - spread), min(1.0, each["said"] + spread)
        sheet.bar(across - 1.2, base - _PANEL * high, across + 1.2, base - _PANEL * low, "level", opacity=0.7)
        sheet.bar(across - _HALF, up - _HALF, across + _HALF, up + _HALF, "home")
        left, right = x + _PANEL * each["low"], x + _PANEL * each["high"]
        tall = (_COUNTS - 8) * each["n"] / most
        sheet.bar(left + 1, base + _COUNTS - tall, right - 1, base + _COUNTS, "level", opacity=0.6)
    sheet.write("said, per cent; columns: how often", x, base + _COUNTS + 26, "muted", size=SMALL)
    sheet.write("seen ↑", x - _LEFT, y - 12, "muted", size=SMALL)


def _count(bins: Sequence[Mapping[str, Any]]) -> int:
    return sum(int(each["n"]) for each in bins)


def _listed(bins: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{each['said']:.0%} said {each['seen']:.0%} seen" for each in bins) + "."
