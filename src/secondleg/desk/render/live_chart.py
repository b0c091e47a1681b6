"""The pictures of a match in play: its chances minute by minute, or at one moment with what a goal would change.

Through time the home side's chance is the area from below and the away side's the one from above, with the draw between
where no tie hangs on the match; goals stand at their minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from secondleg.desk.render import sheet
from secondleg.desk.render.numbers import percent, percent_short
from secondleg.desk.render.sheet import BODY, LARGE, SMALL, Sheet

if TYPE_CHECKING:
    import altair as alt

__all__ = ["chart", "to_html", "to_png", "to_svg"]

_WIDE: Final = 560.0
_TALL: Final = 220.0
_LEFT: Final = 34.0
_RIGHT: Final = 20.0
_LINE: Final = 17.0
_AREA: Final = 0.3
"""Opacity of the areas: words and lines on them stay readable."""

_MINUTES: Final = (0, 15, 30, 45, 60, 75, 90, 105, 120)

Document = Mapping[str, Any]


def to_svg(document: Document) -> str:
    """The picture as SVG. Raises `MissingExtra` without the extra `charts`."""
    return sheet.to_svg(chart(document))


def to_png(document: Document) -> bytes:
    """The picture as PNG on a light page. Raises `MissingExtra` without the extra `charts`."""
    from secondleg.desk.render.holdings_chart import to_png as as_png

    return as_png(chart(document))


def to_html(document: Document) -> str:
    """One page that needs no other file: the picture, and under it what is said of the match.

    Raises `MissingExtra` without the extra `charts`.
    """
    from secondleg.desk.render.page import POLICY, style

    title = escape(_title(document))
    said = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in document["sentences"])
    notes = "\n".join(f"<p>{escape(note)}</p>" for note in document["notes"])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="color-scheme" content="light dark">
<title>{title}: live</title>
<link rel="icon" href="data:,">
<style>
{style()}</style>
</head>
<body>
<header><h1>{title}</h1></header>
<main>
<section><figure>{to_svg(document)}</figure>
{said}</section>
</main>
<footer>{notes}<p>Strengths as known on the morning of {escape(document["as_of"])}.</p></footer>
</body>
</html>
"""


def chart(document: Document) -> alt.LayerChart:
    """Draw a document of `desk.following`. Raises `MissingExtra` without the extra `charts`."""
    return _curve(document) if "curve" in document else _moment(document)


def _title(document: Document) -> str:
    fixture = document["fixture"]
    return f"{fixture['home']['name']} v {fixture['away']['name']}"


def _names(document: Document) -> tuple[str, str]:
    return document["fixture"]["home"]["name"], document["fixture"]["away"]["name"]


def _shares(moment: Mapping[str, Any]) -> list[tuple[str, float]]:
    """(colour, chance) from the bottom up: of going through, or without a tie of the result."""
    if moment["through"] is not None:
        return [("home", moment["through"]["home"]), ("away", moment["through"]["away"])]
    result = moment["match"]
    return [("home", result["home"]), ("level", result["draw"]), ("away", result["away"])]


# -- through time -------------------------------------------------------------------------------------


def _curve(document: Document) -> alt.LayerChart:
    moments: Sequence[Mapping[str, Any]] = document["curve"]
    drawn, (home, away) = Sheet(), _names(document)
    tie = moments[0]["through"] is not None
    last = float(moments[-1]["clock"])
    width = _WIDE - _LEFT - _RIGHT
    top = 2 * _LINE + 30

    def across(clock: float) -> float:
        return _LEFT + width * clock / last

    def down(chance: float) -> float:
        return top + _TALL * (1.0 - chance)

    drawn.write(away, 0, 8, "away", bold=True)
    what = "who goes through" if tie else "who wins in 90 minutes"
    first = ", ".join(percent(chance) for _, chance in reversed(_shares(moments[0])))
    drawn.write(f"{what}; at kick-off {first}", _WIDE, 8, "muted", align="right", size=SMALL)
    drawn.write(home, 0, top + _TALL + 34, "home", bold=True)
    for one, other in pairwise(moments):
        x, x2, low = across(one["clock"]), across(other["clock"]), 0.0
        for colour, chance in _shares(one):
            drawn.bar(x, down(low + chance), x2, down(low), colour, opacity=_AREA)
            low += chance
    for quarter in (0.0, 0.25, 0.5, 0.75, 1.0):
        drawn.bar(_LEFT, down(quarter) - 0.4, _LEFT + width, down(quarter) + 0.4, "level", opacity=0.5)
        drawn.write(f"{100 * quarter:.0f} %", _LEFT - 4, down(quarter), "muted", align="right", size=SMALL)
    _lines(drawn, moments, across, down)
    _goals(drawn, document, moments, across, top)
    by_minute = {moment["minute"]: moment["clock"] for moment in moments}
    for minute in _MINUTES:
        if str(minute) in by_minute:
            x = across(by_minute[str(minute)])
            drawn.write(str(minute), x, top + _TALL + 10, "muted", align="center", size=SMALL)
    return drawn.chart(top + _TALL + 44, _said(document), width=_WIDE)


def _lines(drawn: Sheet, moments: Sequence[Mapping[str, Any]], across: Any, down: Any) -> None:
    """Rule the borders between the shares."""
    for border in range(len(_shares(moments[0])) - 1):
        for one, other in pairwise(moments):
            y, y2 = (
                down(sum(chance for _, chance in _shares(moment)[: border + 1])) for moment in (one, other)
            )
            # a goal falls at the end of its minute: the line rises there, as the areas do
            drawn.rule(across(one["clock"]), y, across(other["clock"]), y, "ink")
            drawn.rule(across(other["clock"]), y, across(other["clock"]), y2, "ink")


def _goals(
    drawn: Sheet, document: Document, moments: Sequence[Mapping[str, Any]], across: Any, top: float
) -> None:
    """Mark goals and red cards at their minutes, the score after each above; close ones one over the other."""
    clock = {moment["minute"]: moment["clock"] for moment in moments}
    ends = [-14.0, -14.0]
    for goal in document["goals"]:
        x = across(clock.get(goal["minute"], moments[-1]["clock"]))
        # beside or above those before it, whichever takes it less far from its minute
        row = 0 if ends[0] <= max(x - 14, ends[1]) else 1
        label = max(x, ends[row] + 14)
        ends[row] = label + 14
        y = top - 30 + 15 * (1 - row)
        drawn.write(goal["score"], label, y, goal["side"], align="center", size=SMALL, bold=True)
        drawn.bar(x - 0.5, y + 8, x + 0.5, top + _TALL, goal["side"], opacity=0.6)
    for card in document["reds"]:
        x = across(clock.get(card["minute"], moments[-1]["clock"]))
        drawn.bar(x - 3, top + _TALL - 10, x + 3, top + _TALL, card["side"])
        drawn.write("red", x + 5, top + _TALL - 6, card["side"], size=SMALL)


def _said(document: Document) -> str:
    return " ".join(document["sentences"])


# -- at one moment ------------------------------------------------------------------------------------


def _moment(document: Document) -> alt.LayerChart:
    now, drawn, (home, away) = document["now"], Sheet(), _names(document)
    rows: list[tuple[str, Mapping[str, Any]]] = [
        ("at kick-off", document["before"]),
        (f"minute {now['minute']}, {now['score']}", now),
    ]
    if now["after_goal"] is not None:
        for side, name in (("home", home), ("away", away)):
            rows.append((f"if {name} score", now["after_goal"][side]))
    drawn.write(home, 0, 8, "home", bold=True)
    drawn.write(away, _WIDE, 8, "away", align="right", bold=True)
    prize = "to go through" if now["through"] is not None else "in 90 minutes"
    drawn.write(prize, _WIDE / 2, 8, "muted", align="center")
    y = _LINE + 10.0
    for label, moment in rows:
        y = _bar(drawn, y, label, _shares(moment), large=moment is now)
    return drawn.chart(y, _said(document), width=_WIDE)


def _bar(drawn: Sheet, y: float, label: str, shares: Sequence[tuple[str, float]], *, large: bool) -> float:
    """One bar divided by chances, under its label and figures; return the height where it ends."""
    size, tall = (LARGE, 16) if large else (BODY, 10)
    middle = y + size / 2 + 2
    drawn.write(percent_short(shares[0][1]), 0, middle, "home", size=size, bold=True)
    drawn.write(percent_short(shares[-1][1]), _WIDE, middle, "away", align="right", size=size, bold=True)
    draw = f": draw {percent(shares[1][1])}" if len(shares) == 3 else ""
    drawn.write(label + draw, _WIDE / 2, middle, "ink" if large else "muted", align="center", bold=large)
    top, x = middle + size / 2 + 3, 0.0
    for colour, chance in shares:
        end = x + _WIDE * chance
        gap = 1.0 if end < _WIDE and end - x > 2 else 0.0
        if chance > 0:
            drawn.bar(x, top, end - gap, top + tall, colour)
        x = end
    return top + tall + 12
