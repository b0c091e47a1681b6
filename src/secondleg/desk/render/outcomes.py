"""What a score of this match means: who is through, or who has won where there is no tie."""

from __future__ import annotations

import enum

from secondleg.desk.render.facts import Document

__all__ = ["Outcome", "outcome"]

_FAR = 30
"""Goals; more than any side scores, to see what "six or more" may come to."""


class Outcome(enum.StrEnum):
    """What a score after 90 minutes leads to."""

    HOME = "home"
    """The home side is through; without a tie, has won."""
    AWAY = "away"
    LEVEL = "level"
    """The tie is level and goes on; without a tie, a draw."""
    OPEN = "open"
    """Not to be said of a cell that stands for several scores."""


def outcome(
    doc: Document, home: int, away: int, *, home_or_more: bool = False, away_or_more: bool = False
) -> Outcome:
    """Return what a score after 90 minutes leads to; `*_or_more` if it stands for that many goals or more."""
    homes = (home, _FAR) if home_or_more else (home,)
    aways = (away, _FAR) if away_or_more else (away,)
    found = {_single(doc, h, a) for h in homes for a in aways}
    return found.pop() if len(found) == 1 else Outcome.OPEN


def _single(doc: Document, home: int, away: int) -> Outcome:
    tie = doc.get("tie")
    if not tie:
        return _leader(home, away)
    before = tie["aggregate"]
    leads = _leader(before["home"] + home, before["away"] + away)
    if leads is Outcome.LEVEL and tie["rules"].get("away_goals"):
        # The home side of the second leg was away in the first: all its goals there were away goals.
        return _leader(before["home"], away)
    return leads


def _leader(home: int, away: int) -> Outcome:
    if home == away:
        return Outcome.LEVEL
    return Outcome.HOME if home > away else Outcome.AWAY
