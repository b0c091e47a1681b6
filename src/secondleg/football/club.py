"""A club, and the names that people call it by."""

from __future__ import annotations

from dataclasses import dataclass

from secondleg.errors import BadInput

__all__ = ["Club"]


@dataclass(frozen=True, slots=True)
class Club:
    """One club for all of its life, under whatever name it played.

    `id` is the country's football code and a short name ("eng/liverpool"), `name` is what prose calls the
    club ("Liverpool"), `full_name` what a table of results would print ("Liverpool FC").
    """

    id: str
    name: str
    full_name: str
    country: str
    names: tuple[str, ...] = ()
    """Every other name that a source or a season has used."""
    nicknames: tuple[str, ...] = ()
    """"the Reds", "La Dea"."""
    grounds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        country, slash, short = self.id.partition("/")
        if not (slash and country and short):
            raise BadInput(f"{self.id!r} is not a club id; write it as country/name, such as eng/liverpool.")
        if country != self.country:
            raise BadInput(
                f"club {self.id} is said to be of {self.country!r}; its id must begin with that code."
            )

    @property
    def known_as(self) -> tuple[str, ...]:
        """All names, the usual one first, each once."""
        return tuple(dict.fromkeys((self.name, self.full_name, *self.names, *self.nicknames)))
