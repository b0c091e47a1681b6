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

__all__ = ["Competition", "Kind", "competition", "competitions"]

Kind = Literal["league", "cup", "supercup"]

_UEFA: Final = "uefa"
_TIERS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_CUPS: Final = {"cup": "cup", "cup2": "second cup", "supercup": "super cup", "leaguecup": "league cup"}


@dataclass(frozen=True, slots=True)
class Competition:
    """A competition through all its seasons.

    `country` is a football code, "uefa" for those of several countries; `tier` is 1 for a top division and
    None for cups. `names` holds (first season, name), oldest first; `name` is the latest of them.
    """

    code: str
    name: str
    country: str
    kind: Kind
    tier: int | None
    names: tuple[tuple[int, str], ...] = ()

    @property
    def family(self) -> Literal["uefa", "domestic"]:
        """Whether it counts as Europe."""
        return "uefa" if self.country == _UEFA else "domestic"

    def name_in(self, season: int) -> str:
        """What it was called in the season that began in that year."""
        called = [name for first, name in self.names if first <= season]
        return called[-1] if called else self.names[0][1] if self.names else self.name


@cache
def competition(code: str) -> Competition:
    """The competition with that code. Raises BadInput for a code that is not of the form `eng.1` or
    `eng.facup`."""
    file = rules.declared(code)
    if file:
        names = tuple((entry["from"], entry["name"]) for entry in file["name"])
        return Competition(code, names[-1][1], file["country"], file["kind"], file.get("tier"), names)
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


def competitions() -> tuple[Competition, ...]:
    """Every declared competition, by code. Reads all declarations: not for the path of a command."""
    folder = Path(rules.__file__).parent
    return tuple(competition(path.stem) for path in sorted(folder.glob("*.toml")))
