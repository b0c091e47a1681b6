"""When competitions were held: what a ledger of results cannot say of the seasons that it lacks.

A competition that is not here is expected in the seasons from the first that the archive holds of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ABOVE", "HELD", "Held"]


@dataclass(frozen=True, slots=True)
class Held:
    """Seasons (by the year in which they began) in which a competition was held."""

    first: int
    last: int | None = None
    unplayed: frozenset[int] = frozenset()

    def in_season(self, season: int) -> bool:
        """Whether there was such a season."""
        return (
            self.first <= season
            and (self.last is None or season <= self.last)
            and season not in self.unplayed
        )


_WARS: Final = frozenset((*range(1915, 1919), *range(1939, 1945)))
"""Seasons without official English football; the FA Cup came back in 1945-46, a year before the league."""

HELD: Final[dict[str, Held]] = {
    "uefa.cl": Held(1955),
    "uefa.cwc": Held(1960, 1998),
    # 1955-58 and 1958-60 were one competition each, kept under their first year
    "uefa.fairs": Held(1955, 1970, frozenset((1956, 1957, 1959))),
    "uefa.el": Held(1971),
    "uefa.conf": Held(2021),
    # under UEFA from 1995; the summer cup before was not a European competition
    "uefa.itc": Held(1995, 2008),
    # not played in 1974, 1981 and 1985; from 1973, as UEFA counts
    "uefa.sc": Held(1973, None, frozenset((1974, 1981, 1985))),
    "eng.1": Held(1888, None, _WARS | {1945}),
    "eng.2": Held(1892, None, _WARS | {1945}),
    "eng.facup": Held(1871, None, _WARS),
    "eng.eflcup": Held(1960),
    # the single division; the championships by regions before it are another matter
    "ita.1": Held(1929, None, frozenset((1943, 1944))),
    "ita.cup": Held(1935, None, frozenset(range(1943, 1958))),
    "esp.1": Held(1928, None, frozenset((1936, 1937, 1938))),
    "ger.1": Held(1963),
}
"""From the organisers' own lists of winners (UEFA, the FA, EFL, FIGC, RFEF, DFB)."""

ABOVE: Final[dict[str, tuple[str, ...]]] = {
    "uefa.el": ("uefa.cl",),
    "uefa.conf": ("uefa.cl", "uefa.el"),
}
"""Clubs drop from a competition into the one below it after its qualifying rounds or groups, never out of its
last knockout rounds: who played in these was not in the one below that season (UEFA's regulations)."""
