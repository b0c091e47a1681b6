"""The columns of a view, each read once for it: a club's own, and those of the clubs that it is compared with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.records.columns import Columns, columns, day_of, key_of, number_of_day, within
from secondleg.records.known import known
from secondleg.records.lenses import Lens
from secondleg.records.rarity import YEARS, Moments, moments
from secondleg.records.terms import Family, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["others", "units_of"]

MOST_CLUBS: Final = 40
"""Clubs of a competition of which all pairs are compared; of a cup with more, the first by id."""

RUN_IN: Final = 3
"""Years before the first day of comparison from which comparable clubs' matches are read: a run is cut there."""


def units_of(view: View, club: str, unit: Unit) -> Columns:
    """All matches, ties or campaigns of a club, oldest first."""
    kept = known(view).ledgers
    key = ("columns of", club, unit)
    if key not in kept:
        if unit is Unit.MATCH:
            kept[key] = columns(view, unit, "u.club = $club", club=club)
        else:
            rows = _of_all(view, unit)
            kept[key] = rows.take(rows.club == np.uint64(key_of(view, club)[club]))
    found = kept[key]
    assert isinstance(found, Columns)
    return found


def _of_all(view: View, unit: Unit) -> Columns:
    """Sides of all clubs: of matches, those of the years of comparison, and of Europe those of all time."""
    kept = known(view).ledgers
    key = ("columns of all", unit)
    if key not in kept:
        if unit is Unit.MATCH:
            where = "(u.date >= $begins OR starts_with(u.competition, 'uefa.'))"
            kept[key] = columns(view, unit, where, begins=_begins(view))
        else:
            kept[key] = columns(view, unit, "TRUE")
    found = kept[key]
    assert isinstance(found, Columns)
    return found


_CLUBS: Final = "SELECT DISTINCT club FROM side WHERE competition = $competition AND season = $season"


def _of_these(view: View, competition: str, season: int) -> Columns:
    """All matches of the clubs of one season of a competition; of the season before, where it has not begun."""
    kept = known(view).ledgers
    key = ("columns of the clubs of", competition, season)
    if key not in kept:
        for year in (season, season - 1):
            clubs = [row["club"] for row in view.rows(_CLUBS, competition=competition, season=year)]
            if clubs:
                break
        names = {f"club_{place}": club for place, club in enumerate(sorted(clubs)[:MOST_CLUBS])}
        where = f"u.club IN ({', '.join(f'${name}' for name in names)})" if names else "FALSE"
        kept[key] = columns(view, Unit.MATCH, where, **names)
    found = kept[key]
    assert isinstance(found, Columns)
    return found


def _begins(view: View) -> dt.date:
    return day_of(number_of_day(view.as_of) - round(365.25 * (YEARS + RUN_IN)))


def others(view: View, lens: Lens) -> Moments:
    """The clubs (or pairs, or seasons) that are compared through a lens."""
    kept = known(view).ledgers
    key = ("moments", lens.alike, lens.per, lens.years, lens.unit, lens.among)
    if key not in kept:
        rows = _of_all(view, lens.unit) if lens.among is None else _of_these(view, *lens.among)
        chosen = within(view, rows, lens.alike)
        if lens.unit is Unit.MATCH and lens.among is None and lens.alike.family is not Family.EUROPE:
            chosen &= rows.day >= number_of_day(view.as_of) - round(365.25 * (YEARS + RUN_IN))
        kept[key] = moments(rows.take(chosen), lens.per, number_of_day(view.as_of), lens.years)
    found = kept[key]
    assert isinstance(found, Moments)
    return found
