"""A sheet of bars, outlines, rules and words, placed in pixels, that becomes one Altair chart.

The labels of a preview's charts stand on and beside their marks, at a phone's width. That takes exact places,
so the charts work out pixels themselves and every scale here is off. Altair and vl-convert (extra `charts`)
are imported by the functions that need them.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from secondleg.errors import MissingExtra

if TYPE_CHECKING:
    import altair as alt

__all__ = ["BODY", "DARK", "LARGE", "LIGHT", "SMALL", "WIDTH", "Sheet", "to_svg"]

WIDTH = 320
"""Pixels; what a phone of 360 leaves between its margins."""

SMALL, BODY, LARGE = 11.5, 13.0, 21.0
"""Sizes of type, in pixels."""

LIGHT: Final[Mapping[str, str]] = {
    "page": "#fffdf9",
    "ink": "#1c1e22",
    "muted": "#585e68",
    "home": "#0b5f9c",
    "away": "#a8470b",
    "level": "#868c96",
}
"""Colours on a light page, as hexadecimal sRGB. Blue and orange (a pair of Okabe and Ito's palette, darkened
until it can be read as text) stay apart for every kind of colour-blindness; `level` fills draws and is never
text."""

DARK: Final[Mapping[str, str]] = {
    "page": "#15171a",
    "ink": "#eceae4",
    "muted": "#a6acb6",
    "home": "#74b6ef",
    "away": "#f0a35e",
    "level": "#7d848f",
}
"""The same for a dark page; a chart's SVG carries the light ones, and the page's style sheet maps them."""

_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

_MARGIN = 3
"""Pixels around a chart, for strokes at its edge."""

Mark = dict[str, Any]
Align = Literal["left", "center", "right"]


@dataclass(slots=True)
class Sheet:
    """What is drawn so far; x runs to the right and y down, both in pixels from the top left corner."""

    _bars: list[Mark] = field(default_factory=list)
    _outlines: dict[bool, list[Mark]] = field(default_factory=dict)
    _rules: list[Mark] = field(default_factory=list)
    _words: dict[tuple[Align, bool], list[Mark]] = field(default_factory=dict)

    def bar(self, x: float, y: float, x2: float, y2: float, colour: str, *, opacity: float = 1.0) -> None:
        """Draw a filled rectangle."""
        self._bars.append(_box(x, y, x2, y2, colour) | {"opacity": opacity})

    def outline(self, x: float, y: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> None:
        """Draw the outline of a rectangle."""
        self._outlines.setdefault(dashed, []).append(_box(x, y, x2, y2, colour))

    def rule(self, x: float, y: float, x2: float, y2: float, colour: str) -> None:
        """Draw a line."""
        self._rules.append(_box(x, y, x2, y2, colour))

    def write(
        self,
        text: str,
        x: float,
        y: float,
        colour: str = "ink",
        *,
        align: Align = "left",
        size: float = BODY,
        bold: bool = False,
    ) -> None:
        """Write one line of text, its middle at height y."""
        word = {"x": x, "y": y, "text": text, "colour": LIGHT[colour], "size": size}
        self._words.setdefault((align, bold), []).append(word)

    def chart(self, height: float, description: str, *, width: float = WIDTH) -> alt.LayerChart:
        """Return the sheet as a chart `width` wide and `height` high.

        Raises `MissingExtra` without the `charts` extra.
        """
        try:
            import altair as alt
        except ImportError as missing:
            raise MissingExtra("a chart", "charts") from missing
        place: dict[str, Any] = {
            "x": alt.X("x:Q", scale=None, axis=None),
            "y": alt.Y("y:Q", scale=None, axis=None),
        }
        box = place | {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}
        colour: dict[str, Any] = {"color": alt.Color("colour:N", scale=None)}
        layers: list[alt.Chart] = []
        if self._bars:
            opacity: dict[str, Any] = {"opacity": alt.Opacity("opacity:Q", scale=None)}
            layers.append(_layer(self._bars).mark_rect().encode(**box, **colour, **opacity))
        if self._rules:
            layers.append(_layer(self._rules).mark_rule().encode(**box, **colour))
        for dashed, boxes in self._outlines.items():
            stroke: dict[str, Any] = {"stroke": alt.Stroke("colour:N", scale=None)}
            dash = [3, 2] if dashed else [1, 0]
            mark = _layer(boxes).mark_rect(fillOpacity=0, strokeWidth=1.5, strokeDash=dash)
            layers.append(mark.encode(**box, **stroke))
        for (align, bold), words in self._words.items():
            mark = _layer(words).mark_text(
                align=align, baseline="middle", fontWeight="bold" if bold else "normal", limit=width
            )
            size: dict[str, Any] = {"size": alt.Size("size:Q", scale=None)}
            layers.append(mark.encode(**place, **colour, **size, text=alt.Text("text:N")))
        chart: alt.LayerChart = (
            alt.layer(*layers)
            .properties(
                width=width,
                height=height,
                description=description,
                padding=_MARGIN,
                autosize=alt.AutoSizeParams(type="none"),
            )
            .configure(background="transparent", font=_FONT, aria=False)
            .configure_view(stroke=None)
        )
        return chart


def to_svg(chart: alt.LayerChart) -> str:
    """Return a chart as self-contained SVG, with its description as `<title>` for those who cannot see it.

    Raises `MissingExtra` without the `charts` extra.
    """
    try:
        import altair as alt
        import vl_convert
    except ImportError as missing:
        raise MissingExtra("a chart as SVG", "charts") from missing
    spec = chart.to_dict()
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    opening, rest = str(vl_convert.vegalite_to_svg(spec, vl_version=version)).split(">", 1)
    return f'{opening} role="img"><title>{html.escape(str(spec["description"]))}</title>{rest}'


def _box(x: float, y: float, x2: float, y2: float, colour: str) -> Mark:
    return {"x": x, "y": y, "x2": x2, "y2": y2, "colour": LIGHT[colour]}


def _layer(rows: Sequence[Mark]) -> alt.Chart:
    import altair as alt

    return alt.Chart(alt.InlineData(values=list(rows)))
