from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
import test_render_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from secondleg.desk.render.outcomes import Outcome, outcome

pytest.importorskip("altair", reason="needs the extra `charts`")
pytest.importorskip("vl_convert", reason="needs the extra `charts`")

from secondleg.desk.render import charts
from secondleg.desk.render.sheet import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    "through": charts.through,
    "score_grid": charts.score_grid,
    "paths": charts.paths,
    "form": charts.form,
}
every_chart = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)


def svg_of(chart: Any) -> ET.Element:
    return ET.fromstring(charts.to_svg(chart))


def words(svg: ET.Element) -> list[str]:
    return [text.text or "" for text in svg.iter(f"{SVG}text")]


# -- outcomes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "away", "expected"),
    [
        (0, 2, Outcome.HOME),
        (0, 3, Outcome.LEVEL),
        (0, 4, Outcome.AWAY),
        (1, 4, Outcome.LEVEL),
        (2, 0, Outcome.HOME),
    ],
)
def test_outcomes_of_a_second_leg_three_goals_up(home: int, away: int, expected: Outcome) -> None:
    assert outcome(samples.atalanta_liverpool(), home, away) is expected


@pytest.mark.parametrize(
    ("before", "score", "through"),
    [
        # Champions League 2018-19: Tottenham 0-1 Ajax, Ajax 2-3 Tottenham; Tottenham on away goals.
        ((1, 0), (2, 3), Outcome.AWAY),
        # Champions League 2017-18: Barcelona 4-1 Roma, Roma 3-0 Barcelona; Roma on away goals.
        ((1, 4), (3, 0), Outcome.HOME),
        # Champions League 2002-03: Milan 0-0 Inter, Inter 1-1 Milan; Milan on away goals.
        ((0, 0), (1, 1), Outcome.AWAY),
    ],
)
def test_ties_decided_on_away_goals(
    before: tuple[int, int], score: tuple[int, int], through: Outcome
) -> None:
    doc = samples.atalanta_liverpool()
    doc["tie"]["aggregate"] = {"home": before[0], "away": before[1]}
    assert outcome(doc, *score) is Outcome.LEVEL
    doc["tie"]["rules"]["away_goals"] = True
    assert outcome(doc, *score) is through


def test_a_single_match_is_decided_by_its_score() -> None:
    doc = samples.single_match()
    assert [outcome(doc, *score) for score in ((1, 0), (1, 1), (0, 1))] == ["home", "level", "away"]


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.booleans())
def test_a_capped_cell_says_only_what_holds_for_all_its_scores(
    home: int, away: int, lead: int, deficit: int, away_goals: bool
) -> None:
    doc = samples.atalanta_liverpool()
    doc["tie"]["aggregate"] = {"home": lead, "away": deficit}
    doc["tie"]["rules"]["away_goals"] = away_goals
    for more in (
        {"home_or_more": True},
        {"away_or_more": True},
        {"home_or_more": True, "away_or_more": True},
    ):
        homes = range(home, 20) if "home_or_more" in more else [home]
        aways = range(away, 20) if "away_or_more" in more else [away]
        possible = {outcome(doc, h, a) for h in homes for a in aways}
        expected = possible.pop() if len(possible) == 1 else Outcome.OPEN
        assert outcome(doc, home, away, **more) is expected


# -- charts -------------------------------------------------------------------------------------------


@every_chart
@pytest.mark.parametrize("build", samples.ALL.values(), ids=samples.ALL)
def test_every_chart_is_an_image_with_a_title(draw: Callable[..., Any], build: Callable[[], Any]) -> None:
    chart = draw(build())
    if chart is None:
        return
    svg = svg_of(chart)
    title = svg[0]
    assert svg.get("role") == "img"
    assert title.tag == f"{SVG}title"
    assert len(title.text or "") > 20
    assert float(svg.get("width", 0)) <= 328  # what a phone of 360 leaves


@every_chart
def test_nothing_known_is_no_chart(draw: Callable[..., Any]) -> None:
    assert draw(samples.bare()) is None


def test_a_single_match_has_no_paths() -> None:
    assert charts.paths(samples.single_match()) is None


@every_chart
def test_names_that_are_markup_are_shown_as_they_are(draw: Callable[..., Any]) -> None:
    shown = " ".join(words(svg_of(draw(samples.hostile()))))
    assert samples.NASTY in shown
    assert "1. FC *Köln* [x]" in shown


def test_through_says_the_chances() -> None:
    shown = words(svg_of(charts.through(samples.atalanta_liverpool())))
    assert {"Atalanta", "Liverpool", "90 %", "10 %", "to go through"} <= set(shown)


def test_a_chance_of_nought_has_a_figure_and_no_bar() -> None:
    doc = samples.hostile()
    doc["chances"]["match"] = None
    svg = svg_of(charts.through(doc))
    assert "0 %" in words(svg)
    bars = [path.get("fill") for path in svg.iter(f"{SVG}path")]
    assert LIGHT["home"] in bars
    assert LIGHT["away"] not in bars


def test_score_grid_shows_each_chance_in_per_cent() -> None:
    doc = samples.atalanta_liverpool()
    shown = words(svg_of(charts.score_grid(doc)))
    # exp(-3.2) x 1.5 x 1.7 = 0.104; exp(-3.2) = 0.041; six goals a side are far below one per cent
    assert "10" in shown
    assert "4" in shown
    assert "<1" in shown
    assert shown.count("6+") == 2


def test_score_grid_marks_what_turns_the_tie_and_what_levels_it() -> None:
    drawn = charts.to_svg(charts.score_grid(samples.atalanta_liverpool()))
    # Liverpool by four or more on a grid to six: 0-4 0-5 0-6 1-5 1-6 2-6, and the key
    assert drawn.count(f'stroke="{LIGHT["away"]}"') == 6 + 1
    # by three: 0-3 1-4 2-5 (3-6 stands for six or more), and the key
    assert drawn.count(f'stroke="{LIGHT["muted"]}"') == 3 + 1


def test_score_grid_of_a_single_match_marks_nothing() -> None:
    drawn = charts.to_svg(charts.score_grid(samples.single_match()))
    assert not any(f'stroke="{colour}"' in drawn for colour in LIGHT.values())


def test_form_shows_results_oldest_first() -> None:
    svg = svg_of(charts.form(samples.atalanta_liverpool()))
    letters = [word for word in words(svg) if word in {"W", "D", "L"}]
    assert "".join(letters) == "LLDDWWLLWD" + "WWDWLWWDLL"
    assert "Liverpool, oldest first: W 1-0 v Nottingham Forest" in (svg[0].text or "")


def test_form_says_that_a_side_has_none() -> None:
    assert "no matches in the archive" in words(svg_of(charts.form(samples.single_match())))


def test_charts_name_no_address_but_their_format() -> None:
    for draw in DRAWN.values():
        drawn = charts.to_svg(draw(samples.atalanta_liverpool()))
        without_namespaces = drawn.replace("http://www.w3.org/", "")
        assert "http" not in without_namespaces
        assert "url(" not in drawn


# -- colour (WCAG 2.2, relative luminance and contrast) -------------------------------------------------


def channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(rgb: list[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_by_the_standards_own_example() -> None:
    assert contrast([1, 1, 1], [0, 0, 0]) == pytest.approx(21)
    assert contrast(channels("#777777"), [1, 1, 1]) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(palette: dict[str, str]) -> None:
    page = channels(palette["page"])
    for key in ("ink", "muted", "home", "away"):
        assert contrast(channels(palette[key]), page) >= 4.5
    assert contrast(channels(palette["level"]), page) >= 3  # a mark, not text


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("key", ["home", "away", "level"])
def test_figures_can_be_read_on_every_shade_of_the_grid(palette: dict[str, str], key: str) -> None:
    page, fill = channels(palette["page"]), channels(palette[key])

    def shade(opacity: float) -> list[float]:
        return [f * opacity + p * (1 - opacity) for f, p in zip(fill, page, strict=True)]

    assert contrast(channels(palette["ink"]), shade(charts._STRONGEST)) >= 4.5
    # Figures under one per cent are muted; their cells are among the faintest.
    assert contrast(channels(palette["muted"]), shade(charts._FAINTEST + 0.08)) >= 4.5
