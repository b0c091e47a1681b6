"""Competitions: what they are called, in which season, and what kind they are.

A competition is known by a code: `uefa.cl`, or the football country and the tier or cup of a domestic one
(`eng.1`, `ita.cup`). Those with a declaration under `football/rules` are named by it; every other code of
that form still has a plain name ("Albania, first tier").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from secondleg.errors import BadInput
from secondleg.football import country as countries
from secondleg.football import rules

__all__ = ["Competition", "Kind", "competition", "competitions", "family_of", "next_tier"]

Kind = Literal["league", "cup", "supercup"]

_UEFA: Final = "uefa"
_CONFEDERATIONS: Final = frozenset({"afc", "caf", "concacaf", "conmebol", "fifa", "ofc"})
_WORLD: Final[dict[str, tuple[str, Kind, tuple[tuple[int, str], ...]]]] = {
    "afc.cl": ("afc", "cup", ((2002, "AFC Champions League"),)),
    "afc.cup": ("afc", "cup", ((2004, "AFC Cup"),)),
    "afc.presidents": ("afc", "cup", ((2005, "AFC President's Cup"),)),
    "caf.cc": ("caf", "cup", ((2004, "CAF Confederation Cup"),)),
    "caf.cl": ("caf", "cup", ((1964, "African Cup of Champions Clubs"), (1997, "CAF Champions League"))),
    "caf.sc": ("caf", "supercup", ((1993, "CAF Super Cup"),)),
    "cfu.cc": ("concacaf", "cup", ((1997, "CFU Club Championship"),)),
    "concacaf.cl": (
        "concacaf", "cup", ((1962, "CONCACAF Champions' Cup"), (2008, "CONCACAF Champions League")),
    ),
    "concacaf.league": ("concacaf", "cup", ((2017, "CONCACAF League"),)),
    "conmebol.libertadores": ("conmebol", "cup", ((1960, "Copa Libertadores"),)),
    "conmebol.sudamericana": ("conmebol", "cup", ((2002, "Copa Sudamericana"),)),
    "conmebol.recopa": ("conmebol", "supercup", ((1989, "Recopa Sudamericana"),)),
    "fifa.club": (
        "fifa", "cup", ((2000, "Club World Championship"), (2006, "Club World Cup")),
    ),
    "fifa.intercontinental": ("fifa", "supercup", ((1960, "Intercontinental Cup"),)),
    "ofc.cl": ("ofc", "cup", ((1987, "Oceania Club Championship"), (2007, "OFC Champions League"))),
}  # fmt: skip
"""Cups of the other confederations and of the world: whose, what kind, and the names with their first season."""
_TIERS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_CUPS: Final = {"cup": "cup", "cup2": "second cup", "supercup": "super cup", "leaguecup": "league cup"}


@dataclass(frozen=True, slots=True)
class Competition:
    """A competition through all its seasons.

    `country` is a football code, for those of several countries the confederation ("uefa"); `tier` is 1 for a
    top division and None for cups. `names` holds (first season, name), oldest first; `name` is the latest of them.
    """

    code: str
    name: str
    country: str
    kind: Kind
    tier: int | None
    names: tuple[tuple[int, str], ...] = ()

    @property
    def family(self) -> Literal["uefa", "domestic", "world"]:
        """Whether it counts as Europe, as domestic, or as neither."""
        return family_of(self.country)

    def name_in(self, season: int) -> str:
        """What it was called in the season that began in that year."""
        called = [name for first, name in self.names if first <= season]
        return called[-1] if called else self.names[0][1] if self.names else self.name


def family_of(owner: str) -> Literal["uefa", "domestic", "world"]:
    """What a competition of this country or confederation counts as."""
    if owner == _UEFA:
        return "uefa"
    return "world" if owner in _CONFEDERATIONS else "domestic"


@cache
def competition(code: str) -> Competition:
    """The competition with that code. Raises BadInput for a code that is not of the form `eng.1` or
    `eng.facup`."""
    file = rules.headed(code)
    if file:
        names = tuple((entry["from"], entry["name"]) for entry in file["name"])
        return Competition(code, names[-1][1], file["country"], file["kind"], file.get("tier"), names)
    if code in _WORLD:
        owner, kind_of, called = _WORLD[code]
        return Competition(code, called[-1][1], owner, kind_of, None, called)
    land, dot, rest = code.partition(".")
    if not (dot and land.isalpha() and rest):
        raise BadInput(f"{code!r} is not a competition code; write it as eng.1 or ita.cup.")
    where = countries.NAME.get(land, land.upper())
    tier, _, part = rest.partition(".")
    if tier.isdigit():
        number = int(tier)
        ordinal = _TIERS[number - 1] if 1 <= number <= len(_TIERS) else f"{number}th"
        name = f"{where}, {ordinal} tier" + (f" ({part})" if part else "")
        return Competition(code, name, land, "league", number)
    kind: Kind = "supercup" if rest == "supercup" else "cup"
    return Competition(code, f"{where}, {_CUPS.get(rest, rest)}", land, kind, None)


def next_tier(code: str, down: int) -> str | None:
    """The league so many tiers below another of its country (above it, for a number below 0); None for a cup."""
    land, _, tier = code.partition(".")
    if not tier.isdigit() or int(tier) + down < 1:
        return None
    return f"{land}.{int(tier) + down}"


def competitions() -> tuple[Competition, ...]:
    """Every declared competition, by code. Reads all declarations: not for the path of a command."""
    folder = Path(rules.__file__).parent
    return tuple(competition(path.stem) for path in sorted(folder.glob("*.toml")))
