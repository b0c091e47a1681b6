"""Markdown and terminal: what is printed is what the document says, whatever clubs are called."""

from __future__ import annotations

import html
import io
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import test_render_samples as samples
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from secondleg.desk.render import facts, to_markdown, to_terminal
from secondleg.desk.render.markdown import escape

COMMONMARK = MarkdownIt("commonmark")
every_document = pytest.mark.parametrize("build", samples.ALL.values(), ids=samples.ALL)
Build = Callable[[], dict[str, Any]]


def printed(doc: dict[str, Any], width: int = 80, **options: Any) -> str:
    out = io.StringIO()
    evidence = bool(options.pop("evidence", False))
    to_terminal(doc, Console(file=out, width=width, **options), evidence=evidence)
    return out.getvalue()


def squeezed(text: str) -> str:
    return " ".join(text.split())


def shown(markdown: str) -> str:
    """The words that a CommonMark reader shows."""
    return squeezed(html.unescape(re.sub(r"</?(h\d|p|ul|ol|li)[^>]*>", " ", COMMONMARK.render(markdown))))


# -- markdown -----------------------------------------------------------------------------------------


def test_escape_keeps_a_club_from_being_a_list_item() -> None:
    assert escape("1. FC Köln") == r"1\. FC Köln"


printable = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" *_#&<>[]1.)-+`~!\\"))


@given(printable.map(squeezed).filter(bool))
def test_commonmark_shows_escaped_text_letter_for_letter(text: str) -> None:
    shown_html = COMMONMARK.render(escape(text))
    assert html.unescape(shown_html) == f"<p>{text}</p>\n"


@every_document
def test_markdown_holds_every_sentence(build: Build) -> None:
    doc = build()
    text = shown(to_markdown(doc))
    for section in doc["sections"]:
        assert squeezed(" ".join(sentence["text"] for sentence in section["sentences"])) in text
    assert text.startswith(squeezed(doc["title"]))
    assert COMMONMARK.render(to_markdown(doc)).count("<h1>") == 1


def test_markdown_numbers_its_matches_once_a_section() -> None:
    text = to_markdown(samples.atalanta_liverpool(), evidence=True)
    form = text.split("## Form\n")[1]
    assert "have not scored in their last two. [1, 2]\n" in form
    assert "won the first leg. [1]\n" in form
    assert (
        "1. Liverpool 0-3 Atalanta, 11 April 2024, Europa League 2023-24, quarter-final, first leg\n"
        "2. Liverpool 0-1 Crystal Palace, 14 April 2024, Premier League 2023-24\n" in form
    )
    assert "The archive has gaps here: no friendlies." in form


def test_markdown_without_evidence_has_no_marks() -> None:
    text = to_markdown(samples.atalanta_liverpool())
    assert "[1]" not in text
    assert "Crystal Palace" not in text


# -- what all renderers say ---------------------------------------------------------------------------


def test_the_occasion_and_the_standing() -> None:
    doc = samples.atalanta_liverpool()
    assert facts.occasion(doc) == "Europa League quarter-final, second leg, 2023-24"
    assert facts.venue(doc) == "18 April 2024, 21:00 Central European time, Gewiss Stadium"
    assert facts.standing(doc) == "Atalanta lead 3-0 on aggregate"
    assert facts.rules_of(doc) == "If level: extra time, then penalties"


def test_the_side_that_leads_is_named_with_its_goals_first() -> None:
    doc = samples.atalanta_liverpool()
    doc["tie"]["aggregate"] = {"home": 1, "away": 4}
    assert facts.standing(doc) == "Liverpool lead 4-1 on aggregate"
    doc["tie"]["aggregate"] = {"home": 2, "away": 2}
    assert facts.standing(doc) == "Level at 2-2 on aggregate"


def test_a_league_match_is_of_its_league_with_its_local_time() -> None:
    doc = samples.atalanta_liverpool()
    doc["fixture"] |= {
        "competition": {"code": "eng.1", "name": "Premier League"},
        "stage": "regular-season",
        "leg": None,
    }
    assert facts.occasion(doc) == "Premier League, 2023-24"
    assert facts.venue(doc) == "18 April 2024, 21:00, Gewiss Stadium"
    doc["fixture"]["stage"] = "round-of-16"
    assert facts.occasion(doc) == "Premier League last 16, 2023-24"


def test_a_final_is_won_and_goes_through_to_nothing() -> None:
    doc = samples.atalanta_liverpool()
    doc["fixture"] |= {"stage": "final", "leg": None}
    assert "To win the final" in printed(doc)
    assert "To go through" not in printed(doc)
    assert "To win the final" in to_markdown(doc)


def test_form_of_one_competition_says_which() -> None:
    doc = samples.atalanta_liverpool()
    doc["form"]["away"] = [row | {"competition": "Champions League"} for row in doc["form"]["away"]]
    assert "Liverpool  W W D W L W W D L L  Champions League\n" in printed(doc)
    assert "Atalanta   L L D D W W L L W D\n" in printed(doc)
    assert "Liverpool, last 10 in the Champions League, newest last" in to_markdown(doc)


def test_a_match_is_named_with_what_came_after_90_minutes() -> None:
    row = samples.match_row(
        1, "2024-03-17", "Manchester United", "4-3 after extra time", "Liverpool", "FA Cup"
    )
    assert facts.match_of(row) == "Manchester United 4-3 Liverpool, after extra time"
    assert facts.match_of(row | {"score": "2-1, awarded"}) == "Manchester United 2-1 Liverpool, awarded"
    assert facts.match_of(row | {"score": None}) == "Manchester United v Liverpool"
    assert facts.competition_of(row | {"stage": "regular season"}) == "FA Cup 2023-24"


def test_a_neutral_ground_is_said() -> None:
    assert facts.venue(samples.single_match()) == "18 April 2024, neutral ground"


def test_a_sentence_on_hundreds_of_matches_says_how_many_are_left_out() -> None:
    rows = [samples.match_row(n, "2024-01-01", "A", "0-0", "B", "League") for n in range(549)]
    doc = samples.atalanta_liverpool()
    doc["sections"] = [
        {"key": "history", "title": "History", "sentences": [samples.sentence("h.1", "Never.", rows)]}
    ]
    assert "Never. [1-60 and 489 more]" in to_markdown(doc, evidence=True)


# -- terminal -----------------------------------------------------------------------------------------


@every_document
@pytest.mark.parametrize("width", [60, 80, 200])
def test_terminal_keeps_to_its_width(build: Build, width: int) -> None:
    for line in printed(build(), width, evidence=True).splitlines():
        assert len(line) <= min(width, 88), line


@every_document
def test_terminal_in_a_pipe_has_no_escape_codes_and_every_sentence(build: Build) -> None:
    doc = build()
    text = printed(doc, 60)
    assert "\x1b" not in text
    for section in doc["sections"]:
        assert squeezed(" ".join(sentence["text"] for sentence in section["sentences"])) in squeezed(text)


def test_terminal_form_is_oldest_first_and_explained() -> None:
    text = printed(samples.atalanta_liverpool())
    assert "newest last; W won, D drawn, L lost" in text
    assert "Atalanta   L L D D W W L L W D\n" in text
    assert "Liverpool  W W D W L W W D L L\n" in text


def test_terminal_form_of_fewer_matches_ends_where_the_other_ends() -> None:
    doc = samples.atalanta_liverpool()
    doc["form"]["away"] = doc["form"]["away"][:3]
    assert "Liverpool" + " " * (2 + 2 * 7) + "D L L\n" in printed(doc)


def test_terminal_bar_is_divided_by_the_chances() -> None:
    # 89.6 % of 60 cells is 53.8, 10.4 % is 6.2
    assert "█" * 54 + "▒" * 6 + "\n" in printed(samples.atalanta_liverpool(), 60)


def test_terminal_without_unicode_draws_with_ascii() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    to_terminal(samples.atalanta_liverpool(), Console(file=out, width=60))
    written = out.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "#" * 54 + "=" * 6 + "\n" in written


def test_terminal_colours_change_no_word() -> None:
    doc = samples.hostile()
    plain = printed(doc, 60, evidence=True)
    coloured = printed(doc, 60, evidence=True, force_terminal=True, color_system="standard")
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_terminal_breaks_no_score_and_no_percentage() -> None:
    for width in range(40, 88):
        text = printed(samples.atalanta_liverpool(), width, evidence=True)
        assert not re.search(r"^\s*(%|-\d)", text, flags=re.MULTILINE)


def test_terminal_takes_a_text_with_line_breaks() -> None:
    doc = samples.atalanta_liverpool()
    doc["notes"] = ["A note\nof\ttwo lines, " + "long enough to be broken " * 5]
    assert "long enough to be broken" in squeezed(printed(doc, 60))


def test_the_terminal_path_imports_no_chart_library() -> None:
    program = (
        "import sys; from secondleg.desk import render; "
        "print([m for m in ('altair', 'vl_convert', 'rich') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
    program = (
        "import sys, rich.console; from secondleg.desk.render import terminal; "
        "print([m for m in ('altair', 'vl_convert') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
