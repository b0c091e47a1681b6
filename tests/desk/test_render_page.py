from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import test_render_samples as samples

from secondleg.desk.render import to_html
from secondleg.errors import MissingExtra

pytest.importorskip("altair", reason="needs the extra `charts`")
pytest.importorskip("vl_convert", reason="needs the extra `charts`")

Build = Callable[[], dict[str, Any]]
every_document = pytest.mark.parametrize("build", samples.ALL.values(), ids=samples.ALL)
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Reads a page, and fails on a tag that is not closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    def count(self, tag: str) -> int:
        return sum(one == tag for one, _ in self.tags)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


@every_document
def test_page_is_well_formed_and_asks_for_nothing(build: Build) -> None:
    text = to_html(build())
    page = Page(text)
    assert page.count("script") == page.count("img") == page.count("iframe") == page.count("object") == 0
    addresses = [
        value
        for _, attrs in page.tags
        for key, value in attrs.items()
        if key in {"src", "href", "xlink:href"}
    ]
    assert addresses == ["data:,"]
    assert "url(" not in text
    assert "@import" not in text
    assert "http" not in text.replace("http://www.w3.org/", "").replace("http-equiv", "")


@every_document
def test_page_can_be_used_by_all(build: Build) -> None:
    page = Page(to_html(build()))
    assert ("html", {"lang": "en"}) in page.tags
    assert page.count("h1") == page.count("main") == 1
    assert page.count("table") == page.count("caption")
    svgs = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert page.count("figure") == page.count("figcaption") == len(svgs)
    assert all(attrs["role"] == "img" for attrs in svgs)
    assert page.count("title") == 1 + len(svgs)
    viewport = next(attrs for tag, attrs in page.tags if attrs.get("name") == "viewport")
    assert viewport["content"] == "width=device-width, initial-scale=1"


@every_document
def test_page_shows_every_sentence_as_it_is(build: Build) -> None:
    doc = build()
    shown = Page(to_html(doc)).text
    for section in doc["sections"]:
        for sentence in section["sentences"]:
            assert sentence["text"] in shown


def test_page_never_takes_a_name_for_markup() -> None:
    text = to_html(samples.hostile())
    assert "<i>" not in text
    assert "A &amp; B &lt;i&gt;United&lt;/i&gt;" in text


def test_page_folds_the_matches_behind_each_sentence() -> None:
    text = to_html(samples.atalanta_liverpool())
    behind = re.search(r"in their last two\.</span> (<details.*?</details>)", text, flags=re.DOTALL)
    assert behind is not None
    shown = Page(behind[1]).text
    assert "2 matches" in shown
    assert "Liverpool 0-3 Atalanta" in shown
    assert "Europa League 2023-24, quarter-final, first leg" in shown
    assert "Liverpool 0-1 Crystal Palace" in shown
    assert "as known on 17 April 2024" in shown
    assert "Rests on: all competitions 2023-24." in shown
    assert "Source: openfootball." in shown


def test_page_says_where_the_archive_has_gaps() -> None:
    assert "The archive has gaps here: no friendlies." in Page(to_html(samples.atalanta_liverpool())).text


def test_page_has_the_charts_of_a_tie_and_of_a_single_match() -> None:
    assert Page(to_html(samples.atalanta_liverpool())).count("svg") == 4
    assert Page(to_html(samples.single_match())).count("svg") == 3
    assert Page(to_html(samples.bare())).count("svg") == 0


def test_page_without_its_sections_still_shows_the_charts() -> None:
    page = Page(to_html(samples.atalanta_liverpool() | {"sections": []}))
    assert page.count("svg") == 4
    assert page.count("section") == page.count("h2") - 1 == 2  # the chances, form; and the notes' heading


def test_page_says_what_a_side_needs() -> None:
    assert "Liverpool win by four or more through 7 %" in re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", to_html(samples.atalanta_liverpool()))
    )


def test_a_final_is_won_and_goes_through_to_nothing() -> None:
    doc = samples.atalanta_liverpool()
    doc["fixture"] |= {"stage": "final", "leg": None}
    text = Page(to_html(doc)).text
    assert "Paths to winning the final" in text
    assert "to win the final" in text
    assert "final won" in text
    assert "Who wins" in text
    assert "going through" not in text.split("The chances")[0]
    assert "Paths to going through" not in text


def test_page_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match=r"pip install 'secondleg\[charts\]'"):
        to_html(samples.atalanta_liverpool())


# -- in a browser -------------------------------------------------------------------------------------

PHONE = 360
"""Pixels; a headless browser's window is no narrower than 500, so each page is measured in a frame."""

MEASURE = """
addEventListener("load", () => {
  const found = {};
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument;
    const one = {outside: [], overlaps: [], wide: []};
    for (const svg of page.querySelectorAll("svg")) {
      const edge = svg.getBoundingClientRect();
      const before = [];
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        one.smallest = Math.min(one.smallest ?? 99, box.height);
        if (box.left < edge.left - 1 || box.right > edge.right + 1 ||
            box.top < edge.top - 1 || box.bottom > edge.bottom + 1) one.outside.push(text.textContent);
        for (const [other, place] of before)
          if (box.left < place.right - 1 && place.left < box.right - 1 &&
              box.top < place.bottom - 2 && place.top < box.bottom - 2)
            one.overlaps.push(`${other} | ${text.textContent}`);
        before.push([text.textContent, box]);
      }
    }
    for (const fold of [false, true]) {
      for (const details of page.querySelectorAll("details")) details.open = fold;
      one.wide.push(page.documentElement.scrollWidth);
    }
    one.width = frame.contentWindow.innerWidth;
    one.requests = frame.contentWindow.performance.getEntriesByType("resource").map((entry) => entry.name);
    found[frame.name] = one;
  }
  document.title = "MEASURED " + btoa(unescape(encodeURIComponent(JSON.stringify(found))));
});
"""


@pytest.mark.slow
def test_pages_fit_a_phone_and_ask_for_nothing(tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    frames = "".join(
        f'<iframe name="{key}" width="{PHONE}" height="800" style="border: 0" '
        f'srcdoc="{escape(to_html(build()))}"></iframe>'
        for key, build in samples.ALL.items()
    )
    file = tmp_path / "frames.html"
    file.write_text(
        f"<!doctype html><meta charset=utf-8><script>{MEASURE}</script>{frames}", encoding="utf-8"
    )
    run = subprocess.run(
        [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=1600,900",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    measured = re.search(r"<title>MEASURED (.*?)</title>", run.stdout)
    assert measured is not None, run.stderr
    found = json.loads(base64.b64decode(measured[1]))
    assert found.keys() == samples.ALL.keys()
    for key, page in found.items():
        assert page["width"] == PHONE
        assert max(page["wide"]) <= PHONE, f"{key} scrolls sideways: {page['wide']}"
        assert page["outside"] == [], f"{key}: text outside its chart"
        assert page["overlaps"] == [], f"{key}: text over text"
        assert page["requests"] == []
        assert page.get("smallest", 99) >= 11, f"{key}: type of {page['smallest']} pixels"
