"""The files of the phrase book: every line can be read, every slot is known, no phrase hides a slot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from secondleg.errors import BadInput
from secondleg.language import grammar, phrases
from secondleg.language.kinds import KINDS
from secondleg.language.phrases import book, read_book
from secondleg.language.reading import claims
from secondleg.language.template import Either, Maybe, Node, Slot, wording
from secondleg.records.events import EVENTS

BUILT_IN = {
    "scope",
    "stage",
    "stages_place",
    "goal_place",
    "stage_tie",
    "country",
    "adjective",
    "competition",
    "who",
    "stadium",
}


def slots(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node.name.removesuffix("'s")
        elif isinstance(node, Either):
            for option in node.options:
                yield from slots(option)
        elif isinstance(node, Maybe):
            yield from slots(node.nodes)


def test_every_file_of_the_book_is_read() -> None:
    folder = Path(phrases.__file__).parent / "book"
    assert sorted(phrases.FILES) == sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("phrase", list(book()))
def test_every_slot_of_every_wording_is_known(phrase: str) -> None:
    known = {*book(), *BUILT_IN, *grammar.LABELS}
    for one in book().wordings(phrase):
        assert set(slots(one.nodes)) <= known, one.source


def test_no_phrase_has_the_name_of_a_slot_of_another_kind() -> None:
    assert not set(book()) & (set(grammar.LABELS) - grammar.BOXED)


@pytest.mark.parametrize("phrase", [p for p in book() if p.startswith(("say ", "state ", "ask "))])
def test_every_sentence_has_a_meaning(phrase: str) -> None:
    assert phrase in claims()


def test_every_event_of_the_book_is_one_of_records() -> None:
    told = {
        (dict(one.fixed)["unit"], dict(one.fixed)["event"])
        for phrase in book()
        if phrase.startswith("event.")
        for one in book().wordings(phrase)
    }
    known = {(unit.value.removeprefix("league "), name) for unit, names in EVENTS.items() for name in names}
    assert told <= known


def test_every_kind_of_slot_is_there() -> None:
    assert set(grammar.LABELS.values()) - {"list", "box", "club", "name"} <= set(KINDS)


@pytest.mark.parametrize("source", ["{club} have (won", "{club have won", "won] it", "a (b|c"])
def test_brackets_that_do_not_fit_are_said(source: str) -> None:
    with pytest.raises(BadInput, match=r"Close|fit"):
        wording(source)


def test_a_wording_without_a_heading_is_said_with_its_line() -> None:
    with pytest.raises(BadInput, match=r"mine\.txt, line 2.*heading"):
        read_book({"mine.txt": "# mine\n{club} have won"})


def test_the_usual_wording_is_no_less_likely_for_one_that_seldom_fits() -> None:
    """Of one match there are words of their own, before those of several; they make these no rarer."""
    pages = read_book(
        {"few.txt": "= say few | n=1\n{club} have one\n= say few\n{club} have {n}\n{club} count {n}\n"}
    )
    assert pages.usual("say few") == {"{club} have one", "{club} have {n}"}
    assert "{club} {event.share} {scope}" in book().usual("say share last")
