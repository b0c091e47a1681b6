"""Cups of which no source tells, and who may have played in them: super cups, world cups of clubs, lower divisions.

"In all competitions" takes them in. Nobody can say from the archive who took part; these are the clubs that may have,
so that a claim is kept back rather than told without them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondleg.football.stage import RANK
from secondleg.records.events import WON_RANK
from secondleg.records.known import country_of, known, seasons_of
from secondleg.records.terms import Family

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["Unheld", "unheld_cups"]


@dataclass(frozen=True, slots=True)
class Unheld:
    """A cup of one season that the archive does not hold and that a club may have played in."""

    season: int
    competition: str
    name: str
    until: dt.date | None
    """Day after which it was over; None for one that is played all through the season."""


_OWN_CUPS_FROM_TIER: Final = 3
"""Tier from which clubs have a cup of their own: the EFL Trophy, the Coppa Italia Serie C, the Landespokal."""

_IN_JANUARY: Final = frozenset(("esp", "fra", "ita"))
"""Countries whose super cup has been played as late as January; elsewhere it opens the season."""

_WORLD_CUPS: Final = ("fifa.club", "fifa.intercontinental")

_WORLD_CUP_2025: Final = dt.date(2025, 7, 14)
"""Day after the final of the first world cup of 32 clubs (FIFA); the seasons 2020-21 to 2023-24 led to it."""

_TOP_TWO: Final = """
SELECT season, club FROM side
WHERE competition = $code GROUP BY season, club
QUALIFY row_number() OVER (
    PARTITION BY season
    ORDER BY sum(CASE result WHEN 'W' THEN 3 WHEN 'D' THEN 1 ELSE 0 END) DESC, sum(scored - conceded) DESC
) <= 2"""

_WINNERS: Final = """
SELECT competition, season FROM campaign WHERE club = $club AND reached = $won AND starts_with(competition, 'uefa.')"""


def unheld_cups(view: View, club: str, family: Family | None, seasons: Iterable[int]) -> list[Unheld]:
    """The cups that `club` may have played in, in these seasons, and that the archive holds nothing of."""
    if family not in (None, Family.DOMESTIC, Family.CUP, Family.EUROPE):
        return []
    played, memory, country = seasons_of(view, club), known(view), country_of(view, club)
    tiers: dict[int, int] = {}
    finals: set[int] = set()
    for (code, season), rank in played.items():
        found = memory.competition(code)
        if found.country != country:
            continue
        if found.kind == "league" and found.tier is not None:
            tiers[season] = max(tiers.get(season, 0), found.tier)
        if found.kind == "cup" and rank >= RANK["final"]:
            finals.add(season)
    wins = {(row["competition"], row["season"]) for row in view.rows(_WINNERS, club=club, won=WON_RANK)}
    first_tier = f"{country}.1"
    ends = _first_and_second(view, first_tier) if 1 in tiers.values() else {}
    cups: list[Unheld] = []
    for season in seasons:
        before = season - 1
        won = {code for code, year in wins if year == before}
        if won and family in (None, Family.EUROPE) and ("uefa.sc", season) not in played:
            cups.append(Unheld(season, "uefa.sc", "Super Cup", dt.date(season, 8, 31)))
        if family is Family.EUROPE:
            continue
        if max(tiers.get(season, 0), tiers.get(before, 0)) >= _OWN_CUPS_FROM_TIER:
            cups.append(Unheld(season, f"{country}.cup.lower", "cups of the lower divisions", None))
        told = before in ends
        if before in finals or club in ends.get(before, ()) or (not told and tiers.get(season) == 1):
            over = dt.date(season + 1, 1, 31) if country in _IN_JANUARY else dt.date(season, 8, 31)
            cups.append(Unheld(season, f"{country}.supercup", "national super cup", over))
        if family is not None:
            continue
        if "uefa.cl" in won and not any((code, season) in played for code in _WORLD_CUPS):
            cups.append(Unheld(season, "fifa.club", "world cup of clubs", dt.date(season + 1, 2, 28)))
        entered = any(played.get(("uefa.cl", year), 0) >= RANK["group-stage"] for year in range(2020, 2024))
        if season == _WORLD_CUP_2025.year - 1 and entered:
            cups.append(Unheld(season, "fifa.club", "world cup of clubs", _WORLD_CUP_2025))
    return cups


def _first_and_second(view: View, code: str) -> dict[int, set[str]]:
    """The two best clubs of each season of a league; read once for a view."""
    kept = known(view).ledgers
    key = ("first and second", code)
    if key not in kept:
        found: dict[int, set[str]] = {}
        for row in view.rows(_TOP_TWO, code=code):
            found.setdefault(row["season"], set()).add(row["club"])
        kept[key] = found
    result = kept[key]
    assert isinstance(result, dict)
    return result
