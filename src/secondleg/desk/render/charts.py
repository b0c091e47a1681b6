"""The charts of a preview: who goes through, the chance of each score, the paths through, the form.

Each is one column at the width of a phone, names things where they stand, says nothing by colour alone, and
is None if the document holds nothing to draw. Needs the extra `charts`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from secondleg.desk.render import facts
from secondleg.desk.render.facts import SIDES, Document, Row
from secondleg.desk.render.numbers import goals, percent, percent_figure, percent_short
from secondleg.desk.render.outcomes import Outcome, outcome
from secondleg.desk.render.sheet import LARGE, SMALL, WIDTH, Sheet, to_svg

if TYPE_CHECKING:
    import altair as alt

__all__ = ["form", "paths", "score_grid", "through", "to_svg"]

_LINE = 17.0
"""Pixels from one line of type to the next."""

_HALF_WIDTH = 19
"""Letters of a name that fit into half of a chart's width."""

_FAINTEST, _STRONGEST = 0.06, 0.5
"""Opacity of the least and of the most likely score; ink on the strongest keeps a contrast of 4.5."""


# -- who goes through ---------------------------------------------------------------------------------


def through(doc: Document) -> alt.LayerChart | None:
    """Draw who goes through and who wins in 90 minutes, as two bars under the names of the sides."""
    chances = doc.get("chances") or {}
    match, going = chances.get("match"), chances.get("through")
    if not match and not going:
        return None
    sheet, said = Sheet(), []
    y = _names(sheet, doc)
    if going:
        prize = "to win the final" if facts.is_final(doc) else "to go through"
        y = _split(sheet, y, prize, going, ("home", "away"), large=True)
        said.append(f"{prize[0].upper()}{prize[1:]}: {_listed(doc, going)}")
    if match:
        y = _split(sheet, y, "90 minutes", match, ("home", "draw", "away"), large=not going)
        said.append(f"After 90 minutes: {_listed(doc, match)}")
    if expected := chances.get("expected_goals"):
        sheet.write(goals(expected["home"]), 0, y + 6, "home")
        sheet.write("expected goals", WIDTH / 2, y + 6, "muted", align="center")
        sheet.write(goals(expected["away"]), WIDTH, y + 6, "away", align="right")
        y += _LINE
        said.append(f"Expected goals: {goals(expected['home'])} and {goals(expected['away'])}")
    return sheet.chart(y, ". ".join(said) + ".")


def _names(sheet: Sheet, doc: Document) -> float:
    """Write the sides' names over the two ends of the bars; return the height used."""
    folded = [_folded(facts.name(doc, side), _HALF_WIDTH) for side in SIDES]
    for side, lines in zip(SIDES, folded, strict=True):
        for i, line in enumerate(lines):
            if side == "home":
                sheet.write(line, 0, 8 + _LINE * i, side, bold=True)
            else:
                sheet.write(line, WIDTH, 8 + _LINE * i, side, align="right", bold=True)
    return _LINE * max(map(len, folded)) + 4


def _split(
    sheet: Sheet, y: float, label: str, chances: Mapping[str, float], parts: Sequence[str], *, large: bool
) -> float:
    """Draw one bar divided by chances under their figures; return the height where it ends."""
    size, tall = (LARGE, 16) if large else (15.0, 10)
    middle = y + size / 2 + 2
    sheet.write(percent_short(chances["home"]), 0, middle, "home", size=size, bold=True)
    sheet.write(percent_short(chances["away"]), WIDTH, middle, "away", align="right", size=size, bold=True)
    if "draw" in parts:
        label = f"{label}: draw {percent_short(chances['draw'])}"
    sheet.write(label, WIDTH / 2, middle, "muted", align="center")
    top, x = middle + size / 2 + 3, 0.0
    total = sum(chances[part] for part in parts) or 1.0
    shown = [part for part in parts if chances[part] > 0]
    for part in shown:
        end = x + WIDTH * chances[part] / total
        # A hair of the page between neighbours: the parts stay apart without their colours.
        gap = 1.0 if part != shown[-1] and end - x > 2 else 0.0
        sheet.bar(x, top, end - gap, top + tall, "level" if part == "draw" else part)
        x = end
    return top + tall + 12


def _listed(doc: Document, chances: Mapping[str, float]) -> str:
    named = [("home", facts.name(doc, "home")), ("draw", "draw"), ("away", facts.name(doc, "away"))]
    return ", ".join(f"{label} {percent(chances[part])}" for part, label in named if part in chances)


# -- the chance of each score -------------------------------------------------------------------------

_COLOUR_OF = {
    Outcome.HOME: "home",
    Outcome.AWAY: "away",
    Outcome.LEVEL: "level",
    Outcome.OPEN: "level",
}


def score_grid(doc: Document) -> alt.LayerChart | None:
    """Draw the chance of each score after 90 minutes in per cent: home goals down, away goals across.

    A cell has the colour of the side that the score sends through (without a tie: that wins). In a tie, cells
    that send the trailing side through carry an outline, and those that leave it level a dashed one.
    """
    grid: Sequence[Sequence[float]] | None = (doc.get("chances") or {}).get("grid")
    if not grid:
        return None
    capped = bool(doc["chances"].get("grid_capped"))
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    likeliest = max(map(max, grid)) or 1.0
    top, left = 2 * _LINE + 26, 30.0
    side = (WIDTH - left) / len(grid[0])
    sheet = Sheet()
    for i, of in enumerate(SIDES):
        sheet.write(f"{'↓→'[i]} {facts.name(doc, of)} goals", 0, 8 + _LINE * i, of, bold=True)
    for home in range(len(grid)):
        label = f"{home}+" if capped and home == last_row else str(home)
        sheet.write(label, 12, top + (home + 0.5) * side, "home", align="center", bold=True)
    for away in range(len(grid[0])):
        label = f"{away}+" if capped and away == last_column else str(away)
        sheet.write(label, left + (away + 0.5) * side, top - 11, "away", align="center", bold=True)
    for home, row in enumerate(grid):
        for away, chance in enumerate(row):
            leads_to = outcome(
                doc,
                home,
                away,
                home_or_more=capped and home == last_row,
                away_or_more=capped and away == last_column,
            )
            x, y = left + away * side, top + home * side
            opacity = _FAINTEST + (_STRONGEST - _FAINTEST) * chance / likeliest
            sheet.bar(x + 1, y + 1, x + side - 1, y + side - 1, _COLOUR_OF[leads_to], opacity=opacity)
            _mark(sheet, doc, leads_to, x + 2, y + 2, x + side - 2, y + side - 2)
            ink, size = ("ink", 13.0) if chance >= 0.01 else ("muted", SMALL)
            figure = percent_figure(chance)
            sheet.write(figure, x + side / 2, y + side / 2, ink, align="center", size=size)
    y = _grid_key(sheet, doc, top + len(grid) * side + 8)
    scores = [(chance, f"{h}-{a}") for h, row in enumerate(grid) for a, chance in enumerate(row)]
    listed = ", ".join(f"{score} {percent(chance)}" for chance, score in sorted(scores, reverse=True)[:5])
    return sheet.chart(y, f"Chance of each score after 90 minutes. Likeliest: {listed}.")


def _mark(sheet: Sheet, doc: Document, leads_to: Outcome, x: float, y: float, x2: float, y2: float) -> None:
    """Outline a cell that turns the tie round or leaves it level."""
    if not doc.get("tie"):
        return
    if leads_to is Outcome.LEVEL:
        sheet.outline(x, y, x2, y2, "muted", dashed=True)
    elif leads_to is _trailing(doc):
        sheet.outline(x, y, x2, y2, _COLOUR_OF[leads_to])


def _grid_key(sheet: Sheet, doc: Document, y: float) -> float:
    """Say under the grid what its colours and outlines mean; return the height where it ends."""
    tie = doc.get("tie")
    beyond = "extra time" if tie and tie["rules"].get("extra_time") else "level on aggregate"
    home, away = facts.name(doc, "home"), facts.name(doc, "away")
    meanings = {
        Outcome.HOME: f"{home} go through" if tie else f"{home} win",
        Outcome.LEVEL: beyond if tie else "draw",
        Outcome.AWAY: f"{away} go through" if tie else f"{away} win",
    }
    for leads_to, meaning in meanings.items():
        sheet.bar(1, y + 2, 17, y + 14, _COLOUR_OF[leads_to], opacity=_STRONGEST)
        _mark(sheet, doc, leads_to, 1, y + 2, 17, y + 14)
        sheet.write(meaning, 24, y + 8)
        y += _LINE
    return y


def _trailing(doc: Document) -> Outcome | None:
    aggregate = doc["tie"]["aggregate"]
    if aggregate["home"] == aggregate["away"]:
        return None
    return Outcome.HOME if aggregate["home"] < aggregate["away"] else Outcome.AWAY


# -- the paths to going through -----------------------------------------------------------------------

_LABELS, _FIGURES = 132.0, 56.0
"""Pixels kept for the name of an ending, and for the figure at the end of its bar."""

_LABEL_WIDTH = 17
"""Letters of an ending's name that fit into its pixels."""


def paths(doc: Document) -> alt.LayerChart | None:
    """Draw every way in which the tie can end as a bar, by side."""
    ways = {side: facts.endings_of(doc, side) for side in SIDES}
    if not any(ways.values()):
        return None
    longest = max(chance for mine in ways.values() for _, chance in mine) or 1.0
    sheet, said, y = Sheet(), [], 0.0
    for side, mine in ways.items():
        if not mine:
            continue
        sheet.write(facts.name(doc, side), 0, y + 8, side, bold=True)
        y += _LINE + 4
        for ending, chance in mine:
            lines = _folded(ending, _LABEL_WIDTH)
            middle = y + _LINE * len(lines) / 2
            for i, line in enumerate(lines):
                sheet.write(line, 0, y + _LINE * (i + 0.5))
            end = _LABELS + (WIDTH - _LABELS - _FIGURES) * chance / longest
            if chance > 0:
                sheet.bar(_LABELS, middle - 6, end, middle + 6, side)
            sheet.write(percent_short(chance), end + 5, middle)
            said.append(f"{facts.name(doc, side)} {ending} {percent(chance)}")
            y += _LINE * len(lines) + 4
        y += 8
    paths_to = "winning the final" if facts.is_final(doc) else "going through"
    return sheet.chart(y - 8, f"Paths to {paths_to}: {'; '.join(said)}.")


# -- the form -----------------------------------------------------------------------------------------

_GOAL, _FORM_HEIGHT = 15.0, 120.0
"""Pixels for one goal of difference, and the most for all bars of a side."""

_COLUMNS = 10
"""Matches for which there is room; fewer stand at the right, as wide as they would among ten."""


def form(doc: Document) -> alt.LayerChart | None:
    """Draw each side's goal difference match by match, newest at the right: up is won, down is lost.

    A win is a full bar, a loss a hollow one, a draw a short line; scores, letters and venues stand with them.
    """
    sides: dict[str, list[Row]] = {
        side: list(reversed((doc.get("form") or {}).get(side) or [])) for side in SIDES
    }
    if not any(sides.values()):
        return None
    most = max(_COLUMNS, *(len(rows) for rows in sides.values()))
    sheet, said, y = Sheet(), [], 0.0
    for side, rows in sides.items():
        sheet.write(facts.name(doc, side), 0, y + 8, side, bold=True)
        if (competition := facts.form_competition(doc, side)) is not None:
            sheet.write(competition, WIDTH, y + 8, "muted", align="right", size=SMALL)
        y += _LINE + 4
        if rows:
            y = _form_of(sheet, rows, side, most, y)
            listed = ", ".join(f"{row['result']} {row['score']} v {row['opponent']}" for row in rows)
            said.append(f"{facts.name(doc, side)}, oldest first: {listed}")
        else:
            sheet.write("no matches in the archive", 0, y + 6, "muted")
            y += 2 * _LINE
    sheet.write("newest at the right; h home, a away, n neutral", 0, y + 5, "muted", size=SMALL)
    return sheet.chart(y + 14, f"Form. {'. '.join(said)}.")


def _form_of(sheet: Sheet, rows: Sequence[Row], side: str, most: int, y: float) -> float:
    """Draw one side's matches, oldest first, in the last of `most` columns; return the height after them."""
    differences = [_difference(row) for row in rows]
    up, down = max(0, *differences), max(0, *(-d for d in differences))
    goal = min(_GOAL, _FORM_HEIGHT / max(1, up + down))
    column = WIDTH / most
    zero = y + up * goal + 18
    sheet.rule((most - len(rows)) * column, zero, WIDTH, zero, "level")
    letters = zero + down * goal + (30 if down else 18)
    for i, (row, difference) in enumerate(zip(rows, differences, strict=True)):
        centre = (most - len(rows) + i + 0.5) * column
        x, x2 = centre - column * 0.27, centre + column * 0.27
        end = zero - difference * goal
        if row["result"] == "D":
            sheet.bar(x, zero - 1.5, x2, zero + 1.5, "level")
        elif difference > 0:
            sheet.bar(x, end, x2, zero, side)
        else:
            sheet.outline(x + 0.75, zero, x2 - 0.75, end, side)
        score_at = end - 9 if difference >= 0 else end + 10
        sheet.write(str(row["score"]), centre, score_at, align="center", size=SMALL)
        sheet.write(str(row["result"]), centre, letters, align="center", bold=True)
        sheet.write(str(row["venue"])[0], centre, letters + 15, "muted", align="center", size=SMALL)
    return letters + 34


def _difference(row: Row) -> int:
    """Return a match's goal difference; 0 for a score that is not two numbers, such as a walkover."""
    own, _, other = str(row["score"]).partition("-")
    return int(own) - int(other) if own.isdecimal() and other.isdecimal() else 0


def _folded(text: str, width: int) -> list[str]:
    """Break a text into lines at its spaces; a word longer than the line stays whole."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]
