"""Seasons of a small league with scores drawn by chance, and cup ties of its clubs with those of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from tests.support.schedules import twice

__all__ = ["CLUBS", "season_lines", "two_seasons"]

CLUBS = tuple(f"eng/club-{letter}" for letter in "abcdefgh")


def season_lines(
    clubs: Sequence[str], competition: str, season: int, *, seed: int, until: dt.date | None = None
) -> list[str]:
    """A double round robin from 5 August, a round a week, as lines of `small_archive`; the first clubs are the best.

    Matches from `until` on have other scores than they would have without it.
    """
    rng, other = np.random.default_rng(seed), np.random.default_rng(seed + 1000)
    lines = []
    for number, day in enumerate(twice(clubs)):
        date = dt.date(season, 8, 5) + dt.timedelta(days=7 * number)
        for home, away in day:
            edge = 0.12 * (clubs.index(away) - clubs.index(home))
            means = 1.5 * np.exp(edge), 1.15 * np.exp(-edge)
            drawn = [int(rng.poisson(mean)) for mean in means]
            if until is not None and date >= until:
                drawn = [int(other.integers(0, 6)) for _ in means]
            lines.append(f"{date} {home} {drawn[0]}-{drawn[1]} {away} {competition} {season}")
    return lines


def two_seasons(*, until: dt.date | None = None) -> str:
    """Two seasons of eng.1 and ita.1, one club promoted in the second, and European ties in September."""
    after = (*CLUBS[:-1], "eng/promoted")
    italian = tuple(club.replace("eng/club", "ita/side") for club in CLUBS)
    lines = [
        *season_lines(CLUBS, "eng.1", 2021, seed=1, until=until),
        *season_lines(italian, "ita.1", 2021, seed=2, until=until),
        *season_lines(after, "eng.1", 2022, seed=3, until=until),
        *season_lines(italian, "ita.1", 2022, seed=4, until=until),
    ]
    for season in (2021, 2022):
        for number, (home, away) in enumerate(zip(CLUBS[:6], italian[:6], strict=True)):
            first = dt.date(season, 9, 14) + dt.timedelta(days=number)
            second = first + dt.timedelta(days=7)
            legs = ["3-1", "1-1"] if number % 2 else ["0-2", "2-1"]
            if until is not None and second >= until:
                legs[1] = "1-4"
            lines.append(f"{first} {home} {legs[0]} {away} uefa.el {season} round-of-32 leg=1")
            lines.append(f"{second} {away} {legs[1]} {home} uefa.el {season} round-of-32 leg=2")
    return "\n".join(lines)
