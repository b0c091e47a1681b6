"""The phrase book at work: values to a text, and a text to every set of values that it can be read as.

Values go by the names of the slots. A slot is of a kind (`language.kinds`), a name, another phrase, or a list of
one. Words that narrow down what is looked at ("at home", "in Europe", "since 2010-11": the phrase `scope`) may stand
between any two parts of a sentence; reading collects them under "scope".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from secondleg.archive.names import fold
from secondleg.football.country import ADJECTIVE, NAME
from secondleg.football.stage import ENGLISH
from secondleg.language.kinds import KINDS
from secondleg.language.lexicon import Lexicon, joined, possessive, stage_phrase, tie_of
from secondleg.language.names import Names, countries
from secondleg.language.phrases import Book, book
from secondleg.language.template import Either, Maybe, Node, Slot, Wording, Words, fill
from secondleg.language.tokens import Text, tokens, words

__all__ = ["BOXED", "LABELS", "Read", "Reader", "Values", "worded"]

Values = dict[str, Any]
Read = tuple[int, Values]
"""The place after what was read, and its values."""

_KIND_OF: Final = {
    label: kind
    for kind, labels in {
        "number": "n of won drawn lost since_n leg_n last_n opening_n past_n skip_n least_n rank mark exceptions m_n"
        " f_n a_n run_n longest_n shared_n others_n previous_n clubs_n"
        " clubs_of clubs_more seasons_n unclear_n",
        "figures": "listed_n",
        "some": "k goals_against",
        "times": "times won_times met_times",
        "goals": "m goals goals_for",
        "points": "points mark_points",
        "ordinal": "nth rank_nth place_nth",
        "score": "score pens score2 half final ended",
        "day": "day from_day to_day before_day since_day",
        "season": "season from_season to_season since_season",
        "year": "year",
        "month": "month",
        "weekday": "weekday",
        "average": "average",
        "minute": "minute",
        "percent": "percent percent2 percent3 both",
        "decimal": "x y",
        "rate": "rate",
        "letters": "letters",
        "need": "need",
        "place": "place",
        "signed": "signed",
        "amount": "amount before_amount",
    }.items()
    for label in labels.split()
}
_CLUBS: Final = frozenset("club opponent rival first_club second_club winner leader".split())  # noqa: SIM905
_NAMES: Final = frozenset("name home_name away_name".split())  # noqa: SIM905
_LISTS: Final = {
    "matches": "match",
    "results": "result",
    "endings": "ending",
    "lost_to": "lost to",
    "won_against": "won against",
    "seasons": "season of",
    "winners": "winner item",
    "clubs_in": "club in",
    "splits": "split",
    "meetings": "meeting split",
    "left_out": "left out",
    "competitions": "competition item",
    "stages": "stage item",
    "opponents": "opponent item",
    "months": "month item",
    "weekdays": "weekday item",
    "leg_terms": "leg term",
    "groups": "group item",
    "holders": "holder item",
    "through_if": "need item",
    "level_if": "level if",
    "by_ending": "by ending",
    "listed": "listed item",
    "listed_first": "listed item",
}
"""Lists, and the phrase of an item."""
_EITHER: Final = frozenset({"through_if", "opponents", "months", "weekdays"})
"""Lists of which it is any one."""
_BETWEEN: Final = {"level_if": "", "listed_first": ", "}
"""What stands between the items of a list that is told without an "and"."""
BOXED: Final = frozenset({"match", "since_match", "result"})
LABELS: Final[dict[str, str]] = {
    **_KIND_OF,
    **dict.fromkeys(_CLUBS, "club"),
    **dict.fromkeys(_NAMES, "name"),
    **dict.fromkeys(_LISTS, "list"),
    **dict.fromkeys(BOXED, "box"),
}
"""Every slot that is no phrase, and of what kind it is."""
_BOX: Final = {"since_match": "match"}
_STAGE_OR_COUNTRY: Final = frozenset(
    {"stage", "stages_place", "goal_place", "stage_tie", "adjective", "country"}
)
_MOST: Final = 48
"""Ways to read one phrase at one place that are followed up."""


def worded(
    phrase: str, values: Mapping[str, Any], lexicon: Lexicon, phrases: Book | None = None
) -> str | None:
    """The text of a phrase with `values`: its first wording that they fit; None where none does."""
    pages = phrases if phrases is not None else book()
    for wording in pages.wordings(phrase):
        if all(values.get(key) == value for key, value in wording.fixed):
            text = fill(wording.nodes, lambda slot: _put(slot, values, lexicon, pages))
            if text is not None:
                return text
    return None


def _put(slot: str, values: Mapping[str, Any], lexicon: Lexicon, pages: Book) -> str | None:
    name = slot.removesuffix("'s")
    if name in pages and name not in BOXED and name != "scope":
        return worded(name, values, lexicon, pages)
    if name not in values or values[name] is None:
        return None
    text = _text_of(name, values[name], lexicon, pages)
    return possessive(text) if text is not None and slot != name else text


def _text_of(name: str, value: Any, lexicon: Lexicon, pages: Book) -> str | None:
    if isinstance(value, str) and name not in _KIND_OF and name not in _CLUBS | _STAGE_OR_COUNTRY:
        return value
    if name in _LISTS:
        items = [worded(_LISTS[name], item, lexicon, pages) for item in value]
        if not items or None in items:
            return None
        parts = [str(item) for item in items]
        if name in _BETWEEN:
            return _BETWEEN[name].join(parts)
        return joined(parts, "or" if name in _EITHER else "and")
    if name in BOXED:
        return worded(_BOX.get(name, name), value, lexicon, pages)
    if name in _KIND_OF:
        return KINDS[_KIND_OF[name]].write(value)
    if name in _CLUBS:
        return lexicon.club(value)
    if name == "stage":
        return ENGLISH[value]
    if name in ("stages_place", "goal_place"):
        return stage_phrase(value)
    if name == "stage_tie":
        return tie_of(value)
    if name == "adjective":
        return ADJECTIVE.get(value)
    if name == "country":
        return None if value in ADJECTIVE else NAME[value]
    return str(value)


class Reader:
    """One text, and what its parts can be read as."""

    def __init__(self, text: str | Text, names: Names, phrases: Book | None = None) -> None:
        self.text = tokens(text) if isinstance(text, str) else text
        self.names = names
        self.book = phrases if phrases is not None else book()
        self._plain = tuple(_SAME.get(word, word) for word in self.text.words)
        self._has = frozenset((*self.text.words, *self._plain))
        self._known: dict[tuple[str, int], list[Read]] = {}
        self._may: dict[str, dict[str | None, list[tuple[int, Wording]]]] = {}
        self._rarer: Counter[str] | None = None
        self._named: dict[int, list[tuple[int, str]]] = {}

    def read(self, phrase: str, at: int = 0) -> list[tuple[int, Values, Wording]]:
        """Every way to read a phrase of the book from a word on, with the wording that it was read by."""
        found = []
        for wording in self._fitting(phrase, at):
            for end, values in self._nodes(wording.nodes, 0, at, dict(wording.fixed), True):
                found.append((end, values, wording))
        return found

    @property
    def rarer(self) -> Mapping[str, int]:
        """Of clubs that are not the first to be meant by a name, by how many names."""
        if self._rarer is None:
            later = (club for clubs in self.names.clubs.values() for club in clubs[1:])
            self._rarer = Counter(later)
        return self._rarer

    def parts(self, phrase: str, at: int) -> list[Read]:
        """Every way to read a phrase from a word on, with nothing between its parts or behind them."""
        return self._phrase(phrase, at)

    def _fitting(self, phrase: str, at: int) -> list[Wording]:
        """The wordings of a phrase that can begin at a word, in their order."""
        if phrase not in self._may:
            begins: dict[str | None, list[tuple[int, Wording]]] = {}
            for n, wording in enumerate(self.book.fitting(phrase, self._has)):
                begins.setdefault(wording.first, []).append((n, wording))
            self._may[phrase] = begins
        begins = self._may[phrase]
        anyhow = begins.get(None, [])
        word = self.text.words[at] if at < len(self.text.words) else ""
        with_it = [*begins.get(word, ()), *(begins.get(_SAME[word], ()) if word in _SAME else ())]
        if with_it and anyhow:
            return [wording for _, wording in sorted((*with_it, *anyhow), key=lambda pair: pair[0])]
        return [wording for _, wording in (with_it or anyhow)]

    # -- sequences ----------------------------------------------------------------------------------------------

    def _nodes(self, nodes: Sequence[Node], k: int, at: int, values: Values, floats: bool) -> Iterator[Read]:
        if k == len(nodes):
            yield at, values
            if floats:
                yield from self._afloat(nodes, k, at, values)
            return
        for end, more in self._node(nodes[k], at, values, floats):
            yield from self._nodes(nodes, k + 1, end, more, floats)
        if floats and k:
            yield from self._afloat(nodes, k, at, values)

    def _afloat(self, nodes: Sequence[Node], k: int, at: int, values: Values) -> Iterator[Read]:
        """Go on behind words of the scope, or behind words that say nothing."""
        for end, piece in self._phrase("scope", at):
            yield from self._nodes(
                nodes, k, end, {**values, "scope": (*values.get("scope", ()), tuple(piece.items()))}, True
            )
        if k < len(nodes):
            for end, _ in self._phrase("filler", at):
                yield from self._nodes(nodes, k, end, values, True)
        else:
            for end, _ in self._phrase("trailer", at):
                yield from self._nodes(nodes, k, end, values, True)

    def _node(self, node: Node, at: int, values: Values, floats: bool) -> Iterator[Read]:
        if isinstance(node, Words):
            end = at + len(node.words)
            if node.words in (self.text.words[at:end], self._plain[at:end]):
                yield end, values
        elif isinstance(node, Either):
            for option in node.options:
                yield from self._nodes(option, 0, at, values, floats and len(option) > 1)
        elif isinstance(node, Maybe):
            yield from self._nodes(node.nodes, 0, at, values, floats and len(node.nodes) > 1)
            yield at, values
        else:
            yield from self._slot(node, at, values)

    def _slot(self, node: Slot, at: int, values: Values) -> Iterator[Read]:
        name = node.name.removesuffix("'s")
        if name == "scope":
            yield at, values  # words of the scope may stand anywhere
            return
        for end, found in self._named_slot(name, at):
            if node.name != name:
                if end >= len(self.text.words) or self.text.words[end] not in ("'s", "'"):
                    continue
                end += 1
            merged = _merged(values, found)
            if merged is not None:
                yield end, merged

    # -- slots --------------------------------------------------------------------------------------------------

    def _named_slot(self, name: str, at: int) -> Iterator[Read] | list[Read]:
        if name in self.book and name not in BOXED:
            return self._phrase(name, at)
        if at >= len(self.text.words):
            return []
        if name in _LISTS:
            return [(end, {name: items}) for end, items in self._list(_LISTS[name], at)]
        if name in BOXED:
            return [(end, {name: values}) for end, values in self._phrase(_BOX.get(name, name), at)]
        if name in _KIND_OF:
            read = KINDS[_KIND_OF[name]].read
            return [(end, {name: value}) for end, value in read(self.text.words, at)]
        return [(end, {name: value}) for end, value in self._of_names(name, at)]

    def _of_names(self, name: str, at: int) -> Iterator[tuple[int, Any]]:
        if name in _CLUBS:
            for end, folded in self._names_at(at):
                for club in self.names.club(folded):
                    yield end, club
        elif name in _NAMES:
            for end, folded in self._names_at(at):
                if self.names.club(folded):
                    yield end, folded
        elif name == "competition":
            for end, folded in self._names_at(at):
                called = folded.removeprefix("the ")
                # "the most European Cups"
                for codes in self.names.competition(called) or self.names.competition(
                    called.removesuffix("s")
                ):
                    yield end, codes
        elif name == "stadium":
            for end, folded in self._names_at(at):
                for ground in self.names.ground(folded.removeprefix("the ")):
                    yield end, ground
        elif name in ("country", "adjective"):
            for end, folded in self._names_at(at):
                code = countries().get(folded.removeprefix("the "))
                if code is not None:
                    yield end, code
        elif name == "who":
            # a club is no player: "How often have Liverpool scored for Everton?"
            yield from (found for found in self.text.called_at(at) if not self.names.club(fold(found[1])))
        elif name == "stage_tie":
            for form, stage in _ties().items():
                if self.text.words[at : at + len(form)] == form:
                    yield at + len(form), stage
        elif name in ("stage", "stages_place", "goal_place"):
            for form, stage in _stages().get(self.text.words[at], ()):
                if self.text.words[at : at + len(form)] == form:
                    yield at + len(form), stage

    def _names_at(self, at: int) -> list[tuple[int, str]]:
        if at not in self._named:
            self._named[at] = self.text.names_at(at) if at < len(self.text.words) else []
        return self._named[at]

    def _phrase(self, name: str, at: int) -> list[Read]:
        key = (name, at)
        if key not in self._known:
            self._known[key] = []  # a phrase does not begin with itself
            found: list[Read] = []
            for wording in self._fitting(name, at):
                for read in self._nodes(wording.nodes, 0, at, dict(wording.fixed), name in _LOOSE):
                    if read not in found:
                        found.append(read)
                    if len(found) >= _MOST:
                        break
            self._known[key] = found
        return self._known[key]

    def _list(self, item: str, at: int) -> list[tuple[int, tuple[Values, ...]]]:
        """A, B and C."""
        found: list[tuple[int, tuple[Values, ...]]] = []
        for end, values in self._phrase(item, at):
            found += self._more(item, end, (values,))
        return sorted(found, key=lambda pair: -pair[0])[:_MOST]

    def _more(self, item: str, at: int, so_far: tuple[Values, ...]) -> list[tuple[int, tuple[Values, ...]]]:
        found = [(at, so_far)]
        words_left = self.text.words[at : at + 2]
        for glue in _GLUE.get(item, _COMMAS):
            if words_left[: len(glue)] == glue:
                for end, values in self._phrase(item, at + len(glue)):
                    found += self._more(item, end, (*so_far, values))
        return found


_COMMAS: Final = ((",", "and"), (",",), ("and",))
_OR: Final = ((",", "or"), (",",), ("or",))
_GLUE: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "level if": ((),),
    "need item": (("or",), (",",)),
    "opponent item": _OR,
    "month item": (*_OR, ("and",)),
    "weekday item": (*_OR, ("and",)),
    "competition item": (*_COMMAS, ("or",)),
}
"""What stands between the items of a list."""

_LOOSE: Final = frozenset(
    {
        "each",
        "last",
        "these",
        "out of",
        "reached_place",
        "last ones",
        "event.run",
        "event.share",
        "a trophy",
        "after event",
        "the_cup",
        "came_to",
    }
)
"""Phrases within which words of the scope may stand: "their last nine away matches"."""


_SAME: Final = {"has": "have", "is": "are"}
"""A club is singular or plural, as its writer likes."""


def _merged(values: Values, found: Values) -> Values | None:
    """Both together; None where they are at odds."""
    if not found:
        return values
    for key, value in found.items():
        if key in values and key != "scope" and values[key] != value:
            return None
    merged = {**values, **found}
    if "scope" in values and "scope" in found:
        merged["scope"] = (*values["scope"], *found["scope"])
    return merged


@cache
def _stages() -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """The stages in words, by their first word: "quarter-final", "quarter-finals", "last 16", "round of 16"."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for stage, called in ENGLISH.items():
        forms = [called, f"{called}s", *_ALSO.get(stage, [])]
        number = re.fullmatch(r"last (\d+)", called)
        if number:
            forms += [f"round of {number[1]}", f"last {number[1]} stage"]
        for form in dict.fromkeys(words(text) for one in forms for text in (one, f"the {one}")):
            found.setdefault(form[0], []).append((form, stage))
    for same in found.values():
        same.sort(key=lambda pair: -len(pair[0]))
    return found


@cache
def _ties() -> Mapping[tuple[str, ...], str]:
    return {words(tie_of(stage)): stage for stage in ("", *ENGLISH)}


_ALSO: Final = {
    "round-of-16": ["last sixteen"],
    "round-of-32": ["last thirty-two"],
    "quarter-final": ["last eight", "quarterfinals", "quarterfinal"],
    "semi-final": ["last four", "semifinals", "semifinal", "semis"],
    "group-stage": ["group stages", "groups"],
    "knockout-play-off": ["knockout play-offs", "knockout phase play-offs", "knockout round play-offs"],
    "qualifying-play-off": ["play-off round", "qualifying play-offs"],
}
