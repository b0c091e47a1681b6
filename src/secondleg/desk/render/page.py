"""A preview as one self-contained HTML page, with charts, for a phone and a desktop, by day and by night.

The page asks for nothing from anywhere: style and charts are inside it, and its policy forbids the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib import resources, util
from typing import TYPE_CHECKING, Any

from secondleg.desk.render import facts
from secondleg.desk.render.facts import SIDES, Document, Row
from secondleg.desk.render.numbers import percent
from secondleg.errors import MissingExtra

if TYPE_CHECKING:
    import altair as alt

__all__ = ["POLICY", "style", "to_html"]

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Content Security Policy: nothing but the page's own style; the empty icon is data."""

_SECTION_OF_FIGURE = {"through": "tie", "score_grid": "chances", "paths": "chances", "form": "form"}
"""Chart to the key of the section beside which it stands."""

_TITLES = {"chances": "The chances", "form": "Form"}
"""Headings for the charts of a section that the document does not have."""


def to_html(doc: Document) -> str:
    """Return the preview as one HTML page that needs no other file.

    Raises `MissingExtra` without the `charts` extra.
    """
    if util.find_spec("altair") is None or util.find_spec("vl_convert") is None:
        raise MissingExtra("the HTML page", "charts")
    figures = _figures(doc)
    sections = [_section(section, figures.pop(section["key"], [])) for section in doc["sections"]]
    sections += [_section({"title": _TITLES[key], "sentences": []}, left) for key, left in figures.items()]
    title = escape(doc["title"])
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="color-scheme" content="light dark">
<title>{title}: preview</title>
<link rel="icon" href="data:,">
<style>
{style()}</style>
</head>
<body>
{_header(doc)}
<main>
{"".join(sections)}</main>
{_footer(doc)}
</body>
</html>
"""


def style() -> str:
    """Return the page's style sheet, with the charts' colours for light and dark pages."""
    from secondleg.desk.render.sheet import DARK, LIGHT

    def properties(colours: Mapping[str, str]) -> str:
        return " ".join(f"--{key}: {value};" for key, value in colours.items())

    # A chart's colours are attributes of its marks; a rule of style outranks an attribute.
    mapped = "\n".join(
        f'svg [{attribute}="{value}"] {{ {attribute}: var(--{key}); }}'
        for key, value in LIGHT.items()
        for attribute in ("fill", "stroke")
    )
    css = resources.files("secondleg.desk.render").joinpath("page.css").read_text(encoding="utf-8")
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {properties(DARK)} }} }}"
    return f":root {{ {properties(LIGHT)} }}\n{dark}\n{css}{mapped}\n"


# -- head and foot ------------------------------------------------------------------------------------


def _header(doc: Document) -> str:
    lines = [
        f'<p class="kicker">{escape(facts.occasion(doc))}</p>',
        f"<h1>{escape(doc['title'])}</h1>",
        f'<p class="meta">{escape(facts.venue(doc))}</p>',
        f'<p class="meta">{escape(facts.as_known(doc))}</p>',
    ]
    if (standing := facts.standing(doc)) is not None:
        first_leg = doc["tie"]["first_leg"]
        lines.append(
            f'<p class="standing"><strong>{_text(standing)}</strong> First leg: '
            f"{_text(facts.match_of(first_leg))}, {facts.day(first_leg['date'])}. "
            f"{escape(facts.rules_of(doc) or '')}.</p>"
        )
    return _element("header", lines)


def _footer(doc: Document) -> str:
    lines = []
    if doc.get("notes"):
        notes = "".join(f"<li>{escape(str(note))}</li>" for note in doc["notes"])
        lines.append(f"<h2>Notes</h2>\n<ul>{notes}</ul>")
    lines.append(f"<p>{escape(facts.basis(doc))}</p>")
    return _element("footer", lines)


# -- sections -----------------------------------------------------------------------------------------


def _section(section: Mapping[str, Any], figures: Sequence[str]) -> str:
    """Write a section: its prose, and its figures beside it (one) or below it (more)."""
    if not section["sentences"] and not figures:
        return ""
    paragraphs: list[list[str]] = []
    for sentence in section["sentences"]:
        if sentence.get("starts_paragraph") or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(_sentence(sentence))
    prose = "".join(f'<div class="paragraph">{" ".join(paragraph)}</div>\n' for paragraph in paragraphs)
    lines = [f"<h2>{escape(str(section['title']))}</h2>"]
    if prose:
        lines.append(f'<div class="prose">\n{prose}</div>')
    if len(figures) == 1:
        return _element('section class="beside"' if prose else "section", [*lines, *figures])
    if figures:
        lines.append(_element('div class="figures-row"', figures))
    return _element("section", lines)


def _sentence(sentence: Mapping[str, Any]) -> str:
    """Write a sentence and, folded away behind it, what it rests on."""
    rows: Sequence[Row] = sentence.get("evidence") or ()
    note = facts.coverage_note(sentence)
    text = f"<span>{_text(sentence['text'])}</span>"
    if not rows and not note:
        return f'<div class="sentence">{text}</div>'
    mark = f"{len(rows):,} match{'' if len(rows) == 1 else 'es'}" if rows else "basis"
    inside = [f'<summary aria-label="Evidence: {mark}">{mark}</summary>']
    if rows:
        inside.append(_evidence_table(rows, sentence))
    if (more := len(rows) - facts.EVIDENCE_LISTED) > 0:
        inside.append(f'<p class="note">And {more:,} more, which the JSON preview lists.</p>')
    if note:
        inside.append(f'<p class="note">{escape(note)}.</p>')
    if sources := facts.sources_of(rows):
        inside.append(f'<p class="note">Source: {escape("; ".join(sources))}.</p>')
    details = f'<details class="evidence">{"".join(inside)}</details>'
    return f'<div class="sentence">{text} {details}</div>'


def _evidence_table(rows: Sequence[Row], sentence: Mapping[str, Any]) -> str:
    cells = [
        (_text(facts.day(row["date"])), _text(facts.match_of(row)) + _small(facts.competition_of(row)))
        for row in rows[: facts.EVIDENCE_LISTED]
    ]
    as_of = sentence.get("as_of")
    caption = "The matches behind this sentence" + (f", as known on {facts.day(as_of)}" if as_of else "")
    return _table(caption, ("Date", "Match"), cells)


# -- figures ------------------------------------------------------------------------------------------


def _figures(doc: Document) -> dict[str, list[str]]:
    """Return the page's figures by the key of the section that each belongs to."""
    from secondleg.desk.render import charts

    second_leg = facts.standing(doc) is not None
    going = (doc.get("chances") or {}).get("through")
    final = facts.is_final(doc)
    paths_to = "Paths to winning the final" if final else "Paths to going through"
    drawn: list[tuple[str, Callable[[Document], alt.LayerChart | None], str, str, str]] = [
        ("through", charts.through, "Who goes through" if going and not final else "Who wins", "", ""),
        (
            "score_grid",
            charts.score_grid,
            "Every score after 90 minutes",
            "chance in per cent" + ("; coloured by what it means for the tie" if second_leg else ""),
            "",
        ),
        ("paths", charts.paths, paths_to, "chance of each", _needs_table(doc)),
        ("form", charts.form, "Goal difference, match by match", _FORM_KEY, _form_tables(doc)),
    ]
    keys = {section["key"] for section in doc["sections"]}
    figures: dict[str, list[str]] = {}
    for name, draw, title, subtitle, after in drawn:
        chart = draw(doc)
        if chart is None:
            continue
        more = f"<span>{escape(subtitle)}</span>" if subtitle else ""
        caption = f"<figcaption>{escape(title)}{more}</figcaption>"
        figure = f"<figure>\n{caption}\n{charts.to_svg(chart)}\n{after}</figure>"
        key = _SECTION_OF_FIGURE[name]
        figures.setdefault("chances" if key == "tie" and key not in keys else key, []).append(figure)
    return figures


_FORM_KEY = "W won (full bar), D drawn, L lost (hollow bar)"


def _needs_table(doc: Document) -> str:
    needs = (doc.get("chances") or {}).get("needs") or []
    if not needs:
        return ""
    then = {"through": "final won", "out": "final lost"} if facts.is_final(doc) else {}
    cells = [
        (
            _text(f"{facts.name(doc, need['side'])} {need['if']}"),
            _text(then.get(need["then"], need["then"])),
            _text(percent(need["chance"])),
        )
        for need in needs
    ]
    return _table("What each side needs in 90 minutes", ("If", "Then", "Chance"), cells, figures_last=True)


def _form_tables(doc: Document) -> str:
    """Return the form in words, for those who cannot see the chart or want to know whom a side played."""
    tables = []
    for side in SIDES:
        rows = (doc.get("form") or {}).get(side) or []
        cells = [
            (
                _text(facts.day(row["date"])),
                _text(f"{row['opponent']} ({row['venue']})") + _small(row["competition"]),
                _text(f"{row['result']} {row['score']}") + _small(row.get("note") or ""),
            )
            for row in rows
        ]
        if cells:
            caption = (
                f"{facts.name(doc, side)}: last {len(cells)} in the archive, newest first, own goals first"
            )
            tables.append(_table(caption, ("Date", "Against", "Result"), cells))
    if not tables:
        return ""
    return f'<details class="more"><summary>The matches</summary>{"".join(tables)}</details>\n'


# -- elements -----------------------------------------------------------------------------------------


_KEPT = re.compile(r"\d+-\d+|\d+ (?:%|[A-Z][a-z]+ \d{4})")
"""Scores, seasons, percentages and days, which a line must not break."""


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, figures_last: bool = False
) -> str:
    """Write a table; its cells come as HTML, its caption and heads as text."""
    last = len(heads) - 1

    def cell(opening: str, content: str, column: int) -> str:
        numeric = ' class="figure"' if figures_last and column == last else ""
        return f"<{opening}{numeric}>{content}</{opening.split()[0]}>"

    head = "".join(cell('th scope="col"', escape(text), i) for i, text in enumerate(heads))
    body = "".join(f"<tr>{''.join(cell('td', text, i) for i, text in enumerate(row))}</tr>" for row in rows)
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>\n"
    )


def _text(text: object) -> str:
    """Escape a text, and keep its figures in one piece."""
    return re.sub(
        r"\d+-\d+|\d+ (?:%|[A-Z][a-z]+ \d{4})", r'<span class="kept">\g<0></span>', escape(str(text))
    )


def _small(text: str) -> str:
    return f"<small>{_text(text)}</small>" if text else ""


def _element(opening: str, lines: Sequence[str]) -> str:
    tag = opening.split(" ", 1)[0]
    return f"<{opening}>\n" + "\n".join(lines) + f"\n</{tag}>\n"
