"""Where a match was played, as words name it: at a ground, in a country. Whose venue that is depends on the club."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from secondleg.football.match import Venue
from secondleg.language.scoping import Piece, spread
from secondleg.records.scope import Scope

__all__ = ["at_ground"]


def at_ground(
    scope: Scope, pieces: Sequence[Piece], club: str | None, opponent: str | None, *, last: bool
) -> Scope | None:
    """The scope at the ground or in the country that some words name; None where at odds.

    A ground is home to its club and away to every other; so is a country for a club of another. Of any club, those are
    meant that are away there.

    A ground counts for the seasons in which its club played all its home matches there; with `last`, the latest of
    them is asked for, and where they begin is left open.
    """
    for values in spread(pieces):
        if values.get("place") and club is not None:
            # a club that plays in another country is away there
            there = scope.country
            if there == club.partition("/")[0] or scope.venue not in (None, Venue.AWAY):
                return None
            scope = replace(scope, country=None, venue=Venue.AWAY, opponent_country=there)
        if values.get("piece") != "stadium":
            continue
        ground = values["stadium"]
        more: dict[str, Any] = {"venue": Venue.HOME if ground.club == club else Venue.AWAY}
        other = opponent or scope.opponent
        if scope.venue not in (None, more["venue"]):
            return None
        if ground.club != club:
            if other not in (None, ground.club):
                return None
            more["opponent"] = ground.club
        if ground.first is not None and scope.first_season is None and not last:
            more["first_season"] = ground.first
        if ground.last is not None and scope.last_season is None:
            more["last_season"] = ground.last
        scope = replace(scope, **more)
    return scope
