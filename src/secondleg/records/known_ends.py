"""Seasons of a cup of which it is known who came how far, though not every match of them is held.

Who won a cup is known where its final is; nothing that is missing of the rounds before can change that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from secondleg.football.stage import RANK
from secondleg.records.events import WON_RANK
from secondleg.records.known import known
from secondleg.records.terms import Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View
    from secondleg.records.question import Question

__all__ = ["known_to", "rank_asked"]

_CLUBS_AT: Final = {
    WON_RANK: 1,
    RANK["final"]: 2,
    RANK["semi-final"]: 4,
    RANK["quarter-final"]: 8,
}
"""Clubs that come so far in a season of a knockout cup."""


def rank_asked(question: Question) -> int | None:
    """The rank from which on all campaigns of a season must be known for an answer; None if that is no help."""
    event = question.event
    if question.unit is Unit.CAMPAIGN:
        if event.name == "won":
            return WON_RANK
        if event.name == "lost final":
            return RANK["final"]
        if event.name == "reached" and event.stage is not None:
            return RANK[event.stage]
    if question.unit is Unit.TIE and question.scope.stages == ("final",) and question.scope.leg is None:
        return WON_RANK
    return None


_REACHED: Final = """
SELECT competition, season, count(*) AS clubs FROM campaign WHERE reached >= $rank GROUP BY ALL"""

_TO_PLAY: Final = """
SELECT DISTINCT competition, season FROM fixture WHERE stage_rank = $rank - 1 AND stage <> 'third-place'"""
"""Where the match that leads so far is still to be played, nobody has come so far but those who are known."""


def known_to(view: View, rank: int) -> frozenset[tuple[str, int]]:
    """Competitions' seasons of which all clubs that came so far are known."""
    if rank not in _CLUBS_AT:
        return frozenset()
    kept = known(view).ledgers
    key = ("known to", rank)
    if key not in kept:
        kept[key] = frozenset(
            (row["competition"], row["season"])
            for row in view.rows(_REACHED, rank=rank)
            if row["clubs"] == _CLUBS_AT[rank]
        ) | {(row["competition"], row["season"]) for row in view.rows(_TO_PLAY, rank=rank)}
    found = kept[key]
    assert isinstance(found, frozenset)
    return found
