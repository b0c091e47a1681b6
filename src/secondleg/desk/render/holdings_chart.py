"""The picture of what an archive holds: seasons across, competitions down, a cell for each season.

A whole season fills its cell, one with some matches only the lower half of it in another colour; where there is no
cell, nothing is held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from secondleg.desk.render.sheet import LIGHT, SMALL, Sheet, to_svg
from secondleg.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    import altair as alt

__all__ = ["chart", "to_png", "to_svg"]

_CELL: Final = 7.0
"""Pixels of a season, where there are many."""

_WIDEST_CELL: Final = 16.0
_FULL: Final = 560.0
"""Pixels that the seasons take at least, as far as the widest cell allows."""

_ROW, _BAR = 15.0, 10.0
"""Pixels from one competition to the next, and the height of its cells."""

_GROUP: Final = 20.0
"""Pixels for the name of a country over its competitions."""

_NAME: Final = 190.0
_COUNT: Final = 84.0
"""Pixels for the names of competitions on the left, and for the counts on the right."""

_LETTERS: Final = 30
"""Letters of a name that fit on the left."""

_SCALE: Final = 2.0
"""Pixels of a PNG for each of the SVG."""

Row = Mapping[str, Any]


def chart(document: Mapping[str, Any]) -> alt.LayerChart:
    """Draw the listed competitions of `holdings`.

    Raises:
        BadInput: nothing is listed.
        MissingExtra: the extra `charts` is not installed.
    """
    listed = [each for each in document["competitions"] if each["listed"]]
    if not listed:
        raise BadInput(
            "the archive is empty: there is nothing to draw. Fill it with: secondleg data import FILES…"
        )
    seasons: dict[str, list[Row]] = {}
    for season in document["seasons"]:
        seasons.setdefault(season["competition"], []).append(season)
    years = [s["season"] for each in listed for s in seasons[each["competition"]]]
    first, last = min(years), max(years)
    first -= first % 10 if last - first > 10 else 0
    across = last + 1 - first
    cell = min(max(_CELL, _FULL / across), _WIDEST_CELL)
    # room for a heading of several seasons even where one is drawn
    wide = max(across * cell, 60.0)
    sheet = Sheet()
    top = _legend(sheet) + 12
    y = top + 14
    for group, members in groupby(listed, key=lambda each: each["group"]):
        sheet.write(group, 0, y + _GROUP / 2, bold=True, size=SMALL)
        y += _GROUP
        for each in members:
            _row(sheet, y, each, seasons[each["competition"]], first, cell, wide)
            y += _ROW
        y += 4
    _years(sheet, first, last, cell, top, y)
    sheet.write("seasons whole", _NAME + wide + _COUNT, top + 6, "muted", align="right", size=SMALL)
    y += 4
    for group in document["groups"]:
        more = f"not drawn: {group['name']}, {group['extent']}"
        sheet.write(more, 0, y + 9, "muted", size=SMALL)
        y += _ROW
    whole, held = (sum(each[key] for each in listed) for key in ("whole", "seasons"))
    said = f"{len(listed)} competitions, {first} to {last}: {whole} of {held} seasons are whole."
    return sheet.chart(y + 4, said, width=_NAME + wide + _COUNT)


def _legend(sheet: Sheet) -> float:
    x = 0.0
    for state, words in (("whole", "whole"), ("part", "some matches only")):
        _cell(sheet, state, x, 2, x + 14)
        sheet.write(words, x + 20, 8, size=SMALL)
        x += 26 + 7 * len(words)
    _line(sheet, x, 2 + _BAR, x + 14, 2 + _BAR)
    sheet.write("none held", x + 20, 8, size=SMALL)
    return 18.0


def _row(
    sheet: Sheet, y: float, each: Row, seasons: Sequence[Row], first: int, cell: float, wide: float
) -> None:
    name = each["name"] if len(each["name"]) <= _LETTERS else each["name"][: _LETTERS - 1] + "…"
    sheet.write(name, 10, y + _ROW / 2, size=SMALL)
    bottom = y + (_ROW + _BAR) / 2
    _line(sheet, _NAME, bottom, _NAME + wide, bottom)
    state_in = {s["season"]: _state(s) for s in seasons}
    for year, state in state_in.items():
        x = _NAME + (year - first) * cell
        _cell(sheet, state, x, bottom - _BAR, x + cell - 1)
    count = f"{each['whole']} of {each['seasons']}"
    sheet.write(count, _NAME + wide + _COUNT, y + _ROW / 2, "muted", align="right", size=SMALL)


def _cell(sheet: Sheet, state: str, x: float, y: float, x2: float) -> None:
    if state == "whole":
        sheet.bar(x, y, x2, y + _BAR, "home")
    else:
        sheet.bar(x, y + _BAR / 2, x2, y + _BAR, "away", opacity=0.75)


def _state(season: Row) -> str:
    return "whole" if season["whole"] and not season["only_clubs"] else "part"


def _years(sheet: Sheet, first: int, last: int, cell: float, top: float, bottom: float) -> None:
    """Write the decades (of a few seasons: each) over the cells, and rule them down."""
    each = 1 if last - first <= 10 else 10
    step = each * max(1, round(34 / (cell * each)))
    for year in range(first, last + 1, step):
        x = _NAME + (year - first) * cell
        sheet.write(str(year), x, top + 6, "muted", size=SMALL)
        if each > 1:
            _line(sheet, x - 0.5, top + 14, x - 0.5, bottom)


def _line(sheet: Sheet, x: float, y: float, x2: float, y2: float) -> None:
    """Draw a faint line along or down."""
    sheet.bar(x, y, max(x2, x + _HAIR), max(y2, y + _HAIR), "level", opacity=0.4)


_HAIR: Final = 0.75
"""Pixels of a faint line."""


def to_png(drawn: alt.LayerChart) -> bytes:
    """Return a chart as PNG on a light page. Raises `MissingExtra` without the extra `charts`."""
    try:
        import altair as alt
        import vl_convert
    except ImportError as missing:
        raise MissingExtra("a chart as PNG", "charts") from missing
    spec = drawn.to_dict()
    spec["background"] = spec["config"]["background"] = LIGHT["page"]
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return bytes(vl_convert.vegalite_to_png(spec, vl_version=version, scale=_SCALE))
