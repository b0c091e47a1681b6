"""Wordings: the small language in which the phrase book is written, and filling one in.

    {club} have won (all|every one) of their last {n} matches[ at {ground}][ now]: ({this}|{that})

`{slot}` is a part that differs from sentence to sentence; `(a|b)` is either, of which the first that can be is written;
`[x]` may stand or not, and is written where it has slots and there is something for all of them. A backslash takes a
bracket as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from secondleg.errors import BadInput
from secondleg.language.tokens import words

__all__ = ["Either", "Maybe", "Node", "Slot", "Wording", "Words", "fill", "wording"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand as they are: `text` to write, `words` to read."""

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A part that differs from sentence to sentence."""

    name: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """What may stand or not."""

    nodes: tuple[Node, ...]


Node = Words | Slot | Either | Maybe


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a phrase, with the values that it fixes by being chosen."""

    source: str
    nodes: tuple[Node, ...]
    fixed: tuple[tuple[str, object], ...] = ()
    first: str | None = None
    """The word that it begins with, where that is the same in every text."""


_PIECE: Final = re.compile(r"\\(.)|\{([^{}]+)\}|([()\[\]|])|([^\\{}()\[\]|]+)")


def wording(source: str, fixed: tuple[tuple[str, object], ...] = ()) -> Wording:
    """The wording that a line of the phrase book declares.

    Raises BadInput where its brackets do not fit.
    """
    pieces = list(_PIECE.finditer(source))
    if sum(len(piece[0]) for piece in pieces) != len(source):
        raise BadInput(f"a brace is left open in {source!r}. Close it, or write a slot as {{name}}.")
    nodes, rest = _sequence(pieces, 0, "")
    if rest != len(pieces):
        raise BadInput(
            f"the brackets do not fit in {source!r}. Close each ( and [, and put \\ before a plain one."
        )
    start = nodes[0] if nodes else None
    first = start.words[0] if isinstance(start, Words) and start.words else None
    return Wording(source, nodes, fixed, first)


def _sequence(pieces: list[re.Match[str]], at: int, closing: str) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    text = ""

    def flush() -> None:
        nonlocal text
        if text:
            nodes.append(Words(text, words(text)))
        text = ""

    while at < len(pieces):
        plain, slot, bracket, chunk = pieces[at].groups()
        if plain or chunk:
            text += plain or chunk
            at += 1
        elif slot:
            flush()
            nodes.append(Slot(slot))
            at += 1
        elif bracket in ("|", ")", "]"):
            break
        else:
            flush()
            node, at = _bracketed(pieces, at, ")" if bracket == "(" else "]")
            nodes.append(node)
    flush()
    return tuple(nodes), at


def _bracketed(pieces: list[re.Match[str]], at: int, closing: str) -> tuple[Node, int]:
    options: list[tuple[Node, ...]] = []
    while True:
        nodes, at = _sequence(pieces, at + 1, closing)
        options.append(nodes)
        if at >= len(pieces) or pieces[at][3] not in ("|", closing):
            raise BadInput(f"a {closing} is missing after {pieces[at - 1][0]!r}. Close the bracket.")
        if pieces[at][3] == closing:
            break
    choice: Node = Either(tuple(options))
    if closing == "]":
        choice = Maybe(options[0] if len(options) == 1 else (choice,))
    return choice, at + 1


def fill(nodes: tuple[Node, ...], put: Callable[[str], str | None]) -> str | None:
    """The text of a wording, where `put` gives that of a slot; None where one has none."""
    parts: list[str] = []
    for node in nodes:
        part = _filled(node, put)
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _filled(node: Node, put: Callable[[str], str | None]) -> str | None:
    if isinstance(node, Words):
        return node.text
    if isinstance(node, Slot):
        return put(node.name)
    if isinstance(node, Either):
        return next((text for option in node.options if (text := fill(option, put)) is not None), None)
    return (fill(node.nodes, put) or "") if any(_slots(node.nodes)) else ""


def _slots(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Slot):
            yield node.name
        elif isinstance(node, Either):
            for option in node.options:
                yield from _slots(option)
        elif isinstance(node, Maybe):
            yield from _slots(node.nodes)
