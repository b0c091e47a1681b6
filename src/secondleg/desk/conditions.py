"""Conditions in words: "Liverpool out", "Arsenal champions", "Atalanta 1-1 Liverpool", "not Leeds relegated"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from secondleg.archive.lookup import clubs_called
from secondleg.archive.view import View
from secondleg.errors import AmbiguousClub, BadInput
from secondleg.football.rules import Prize
from secondleg.football.stage import ENGLISH
from secondleg.forecast.competition_reading import Condition

__all__ = ["condition"]

_SCORE: Final = re.compile(r"(?P<home>.+?)\s+(?P<h>\d+)\s*-\s*(?P<a>\d+)\s+(?P<away>.+)")
_RESULT: Final = re.compile(
    r"(?P<home>.+?)\s+(?P<how>beat|draw with|draw|lose to)\s+(?P<away>.+)", re.IGNORECASE
)
_TOP: Final = re.compile(r"(?P<club>.+?)\s+(?P<which>top|bottom)\s+(?P<n>\d+)", re.IGNORECASE)
_PLACE: Final = re.compile(r"(?P<club>.+?)\s+(?P<n>\d+)(?:st|nd|rd|th)", re.IGNORECASE)
_REACH: Final = re.compile(r"(?P<club>.+?)\s+(?:reach|in)\s+(?:the\s+)?(?P<stage>.+)", re.IGNORECASE)
_WORD: Final = re.compile(
    r"(?P<club>.+?)\s+(?P<word>out|through|go out|go through|champions|win it|win|winners)", re.IGNORECASE
)
_HOW: Final = {"beat": "home", "draw": "draw", "draw with": "draw", "lose to": "away"}
_SAY: Final = (
    "Say it as 'Liverpool out', 'Liverpool through', 'Liverpool reach final', 'Liverpool win', 'Arsenal top 4', "
    "'Luton Town relegated', 'Arsenal beat Chelsea' or 'Arsenal 2-1 Chelsea' (home side first)."
)


def condition(view: View, text: str, clubs: Sequence[str], prizes: Sequence[Prize] = ()) -> Condition:
    """A condition from words; names are looked for among `clubs` alone. Raises BadInput with the ways to say it."""
    wanted = text.strip()
    negated = wanted.lower().startswith("not ")
    found = _positive(view, wanted[4:] if negated else wanted, clubs, prizes)
    if not negated:
        return found
    return Condition(
        found.kind,
        found.club,
        found.stage,
        found.low,
        found.high,
        found.other,
        found.outcome,
        found.goals,
        True,
    )


def _positive(view: View, text: str, clubs: Sequence[str], prizes: Sequence[Prize]) -> Condition:
    def who(name: str) -> str:
        return _club(view, name, clubs)

    if found := _SCORE.fullmatch(text):
        goals = (int(found["h"]), int(found["a"]))
        return Condition("result", who(found["home"]), other=who(found["away"]), goals=goals)
    if found := _RESULT.fullmatch(text):
        outcome = _HOW[found["how"].lower()]
        return Condition("result", who(found["home"]), other=who(found["away"]), outcome=outcome)  # type: ignore[arg-type]
    if found := _TOP.fullmatch(text):
        number = int(found["n"])
        if found["which"].lower() == "top":
            return Condition("place", who(found["club"]), low=1, high=number)
        return Condition("place", who(found["club"]), low=len(clubs) - number + 1, high=len(clubs))
    if found := _PLACE.fullmatch(text):
        return Condition("place", who(found["club"]), low=int(found["n"]), high=int(found["n"]))
    for prize in prizes:
        if text.lower().endswith(f" {prize.name.lower()}"):
            return Condition("place", who(text[: -len(prize.name)]), low=prize.first, high=prize.last)
    if found := _WORD.fullmatch(text):
        word = found["word"].lower().removeprefix("go ")
        return Condition(word if word in ("out", "through") else "win", who(found["club"]))  # type: ignore[arg-type]
    if found := _REACH.fullmatch(text):
        return Condition("reach", who(found["club"]), stage=_stage(found["stage"]))
    raise BadInput(f"{text!r} is no condition. {_SAY}")


def _stage(text: str) -> str:
    wanted = text.strip().lower().rstrip("s")
    for stage, english in ENGLISH.items():
        if wanted in (stage, english, stage.replace("-", " ")):
            return stage
    raise BadInput(f"{text!r} is no stage. {_SAY}")


def _club(view: View, name: str, clubs: Sequence[str]) -> str:
    called = [club for club in clubs_called(view, name) if club in clubs]
    if len(called) == 1:
        return called[0]
    if called:
        raise AmbiguousClub(name.strip(), called)
    raise BadInput(f"{name.strip()} takes no part in this competition's season. Name a club that does.")
