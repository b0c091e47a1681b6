"""Fixture lists of a league: who plays whom in which round."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Match", "rounds", "twice"]

Match = tuple[str, ...]
"""Home and away."""


def rounds(clubs: Sequence[str]) -> list[list[Match]]:
    """A single round robin by the circle method: every club plays once a round."""
    circle = list(clubs)
    found: list[list[Match]] = []
    for _ in range(len(circle) - 1):
        half = len(circle) // 2
        found.append(list(zip(circle[:half], circle[: half - 1 : -1], strict=True)))
        circle = [circle[0], circle[-1], *circle[1:-1]]
    return found


def twice(clubs: Sequence[str]) -> list[list[Match]]:
    """A double round robin."""
    first = rounds(clubs)
    return first + [[(away, home) for home, away in day] for day in first]
