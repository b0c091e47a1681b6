"""Stages by the rank that `campaign.reached` gives them."""

from __future__ import annotations

from secondleg.football.stage import RANK
from secondleg.records.events import WON_RANK

__all__ = ["stage_of"]


def stage_of(rank: int) -> str:
    """The stage of that rank; "winner" for a competition won."""
    if rank == WON_RANK:
        return "winner"
    return next(name for name, value in RANK.items() if value == rank)
