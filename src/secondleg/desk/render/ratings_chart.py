"""The picture of ratings through time: a line for each club, with its name where the line ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from secondleg.desk.render.sheet import LIGHT, SMALL
from secondleg.errors import BadInput, MissingExtra

if TYPE_CHECKING:
    import altair as alt

__all__ = ["chart"]

COLOURS: Final = ("#0b5f9c", "#a8470b", "#1b7a55", "#8a2f7d", "#5b5f66", "#8a6a00")
"""Of the lines, best club first: darkened from Okabe and Ito's palette, each readable as text."""

DASHES: Final = ((1, 0), (1, 0), (1, 0), (6, 2), (6, 2), (2, 2))
"""With them, so that no line is told by its colour alone."""

WIDTH: Final = 640.0
PLOT: Final = 470.0
HEIGHT: Final = 300.0
"""Pixels of the picture, and of the plot in it."""

LEFT: Final = 40.0
TOP: Final = 26.0
LABEL: Final = 15.0
"""Pixels from one name to the next, at least."""

_LETTERS: Final = 17
_MOST_TICKS: Final = 10


def chart(document: Mapping[str, Any]) -> alt.LayerChart:
    """Draw the histories of `ratings`.

    Raises:
        BadInput: there is no history to draw.
        MissingExtra: the extra `charts` is not installed.
    """
    told = [each for each in document.get("history", ()) if each["ratings"]]
    if not told:
        raise BadInput(
            "no club has a match in these years: there is nothing to draw. Give an earlier --since."
        )
    try:
        import altair  # noqa: F401 - the drawing needs it
    except ImportError as missing:
        raise MissingExtra("a chart", "charts") from missing
    days = [_number(point["date"]) for each in told for point in each["ratings"]]
    first, last = min(days), max(max(days), _number(document["as_of"]))
    rated = [point["rating"] for each in told for point in each["ratings"]]
    step = 50 if max(rated) - min(rated) < 400 else 100
    low, high = min(rated) // step * step, -(-max(rated) // step) * step
    high = high if high > low else low + step

    def across(day: float) -> float:
        return LEFT + PLOT * (day - first) / max(last - first, 1)

    def down(rating: float) -> float:
        return float(TOP + HEIGHT * (high - rating) / (high - low))

    lines = [
        {"x": x, "y": y, "club": place}
        for place, each in enumerate(told)
        for x, y in _thinned(
            [(across(_number(point["date"])), down(point["rating"])) for point in each["ratings"]]
        )
    ]
    rules = [
        {"x": LEFT, "y": down(level), "x2": LEFT + PLOT, "y2": down(level)}
        for level in _range(low, high, step)
    ]
    words = [_word(f"{level:.0f}", LEFT - 6, down(level), "right") for level in _range(low, high, step)]
    for year in _years(first, last):
        x = across(_number(f"{year}-01-01"))
        rules.append({"x": x, "y": TOP + HEIGHT, "x2": x, "y2": TOP + HEIGHT + 4})
        words.append(_word(str(year), x, TOP + HEIGHT + 14, "center"))
    ends = _apart([down(each["ratings"][-1]["rating"]) for each in told])
    for place, (each, y) in enumerate(zip(told, ends, strict=True)):
        name = each["name"] if len(each["name"]) <= _LETTERS else each["name"][: _LETTERS - 1] + "…"
        rating = f"{each['ratings'][-1]['rating']:.0f}"
        words.append(_word(f"{rating} {name}", LEFT + PLOT + 8, y, "left", COLOURS[place % len(COLOURS)]))
    words.append(_word(f"Elo rating, to {document['as_of']}", 0, 8, "left", LIGHT["ink"]))
    return _drawn(lines, rules, words, _said(document, told))


def _said(document: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> str:
    """The chart in words."""
    parts = [
        f"{each['name']} from {each['ratings'][0]['rating']:.0f} to {each['ratings'][-1]['rating']:.0f}"
        for each in told
    ]
    return f"Elo ratings from {document['since']} to {document['as_of']}: {'; '.join(parts)}."


def _drawn(
    lines: list[dict[str, Any]],
    rules: list[dict[str, Any]],
    words: list[dict[str, Any]],
    description: str,
) -> alt.LayerChart:
    """Lay the marks over each other, all at places in pixels."""
    import altair as alt

    def layer(rows: list[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=rows))

    place: dict[str, Any] = {
        "x": alt.X("x:Q", scale=None, axis=None),
        "y": alt.Y("y:Q", scale=None, axis=None),
    }
    layers: list[alt.Chart] = [
        layer(rules)
        .mark_rule(color=LIGHT["level"], opacity=0.4, strokeWidth=0.75)
        .encode(**place, x2="x2:Q", y2="y2:Q")
    ]
    for number in sorted({line["club"] for line in lines}, reverse=True):
        layers.append(
            layer([line for line in lines if line["club"] == number])
            .mark_line(
                color=COLOURS[number % len(COLOURS)],
                strokeWidth=1.6,
                strokeDash=list(DASHES[number % len(DASHES)]),
                interpolate="linear",
            )
            .encode(**place, order="x:Q")
        )
    for align in ("left", "center", "right"):
        rows = [word for word in words if word["align"] == align]
        if rows:
            layers.append(
                layer(rows)
                .mark_text(align=align, baseline="middle", fontSize=SMALL)
                .encode(**place, text="text:N", color=alt.Color("colour:N", scale=None))
            )
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(
            width=WIDTH,
            height=TOP + HEIGHT + 24,
            description=description,
            padding=3,
            autosize=alt.AutoSizeParams(type="none"),
        )
        .configure(
            background="transparent", font="system-ui, 'Segoe UI', Roboto, Arial, sans-serif", aria=False
        )
        .configure_view(stroke=None)
    )
    return chart


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The last point of each half pixel: more cannot be seen."""
    return list({round(2 * x): (x, y) for x, y in points}.values())


def _apart(places: list[float]) -> list[float]:
    """Heights moved as little as may be so that names do not touch: down from the highest, then up from the foot."""
    order = sorted(range(len(places)), key=lambda place: places[place])
    moved = list(places)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + LABEL)
    foot = TOP + HEIGHT
    for place in reversed(order):
        moved[place] = min(moved[place], foot)
        foot = moved[place] - LABEL
    return moved


def _years(first: float, last: float) -> list[int]:
    """The years to write under the plot, at most `_MOST_TICKS`."""
    begin, end = dt.date.fromordinal(int(first)).year, dt.date.fromordinal(int(last)).year
    step = next(s for s in (1, 2, 5, 10, 20, 50) if (end - begin) / s <= _MOST_TICKS)
    return [year for year in range(begin, end + 1) if year % step == 0 and _number(f"{year}-01-01") >= first]


def _range(low: float, high: float, step: float) -> list[float]:
    return [low + step * place for place in range(round((high - low) / step) + 1)]


def _number(day: str) -> float:
    return float(dt.date.fromisoformat(day).toordinal())


def _word(text: str, x: float, y: float, align: str, colour: str | None = None) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "align": align, "colour": colour or LIGHT["muted"]}
