"""A user's own word on who is who: a small text file, one spelling a line.

    # country | spelling | source | seasons = club id     (source and seasons may be left out)
    eng | Chester = eng/chester-city
    bul | Botev Plovdiv | openfootball | 2023- = bul/botev-plovdiv
    eng | Croydon | engsoccerdata | -1990 = new eng/croydon-1953

A country of `-` stands for a side whose country the source does not tell. `new` makes a club of that id.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secondleg.errors import BadInput, SourceError
from secondleg.football import country as countries

__all__ = ["Row", "line", "read"]

_SEASONS: Final = re.compile(r"(\d{4})?\s*-\s*(\d{4})?$|(\d{4})$")
_ID: Final = re.compile(r"[a-z]{2,4}/[\w-]+$")
_NEW: Final = "new "
_NEAREST: Final = 5
_FORM: Final = "Write it as: country | spelling [| source] [| seasons] = club id."
_NOWHERE: Final = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file; the fields are those of `store.resolution`."""

    country: str
    name: str
    source: str | None
    first_season: int | None
    last_season: int | None
    club: str
    place: str


def read(path: Path, clubs: Collection[str]) -> tuple[Row, ...]:
    """The resolutions in a file.

    Args:
        clubs: ids that exist: of the archive and of the register.

    Raises:
        SourceError: the file cannot be read, or a line is not of the form, names no country, or a club that does not
            exist; it says which line, and lists the nearest ids.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise SourceError(
            f"cannot be read ({error.strerror})", file=path.name, hint="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte {error.start})", file=path.name, hint="Save it as UTF-8."
        ) from error
    found: list[Row] = []
    made: set[str] = set()
    for number, raw in enumerate(text.splitlines(), 1):
        told = re.split(r"(?:^|\s)#", raw, maxsplit=1)[0].strip()
        if told:
            row, new = _row(told, path.name, number)
            if new:
                made.add(row.club)
            elif row.club not in clubs and row.club not in made:
                raise _unknown(row.club, clubs, path.name, number)
            found.append(row)
    _contradictions(found, path.name)
    return tuple(found)


def _row(told: str, file: str, number: int) -> tuple[Row, bool]:
    left, equals, club = told.rpartition("=")
    fields = [part.strip() for part in left.split("|")]
    if not equals or not 2 <= len(fields) <= 4 or not all(fields):
        raise SourceError(f"cannot be read: {told!r}", file=file, line=number, hint=_FORM)
    land, name, *rest = fields
    source: str | None = None
    first: int | None = None
    last: int | None = None
    for part in rest:
        if years := _SEASONS.match(part):
            first, last = ((int(y) if y else None) for y in (years[1], years[2]))
            if years[3]:
                first = last = int(years[3])
        elif source is None:
            source = part
        else:
            raise SourceError(
                f"{part!r} is no range of seasons",
                file=file,
                line=number,
                hint="Write it as 1990-2004, 1990- or -2004.",
            )
    if first is not None and last is not None and last < first:
        raise SourceError(
            f"season {first} comes after {last}", file=file, line=number, hint="Write the earlier one first."
        )
    if land != _NOWHERE:
        try:
            land = countries.code(land)
        except BadInput as error:
            raise SourceError(str(error).split(". ")[0], file=file, line=number, hint=_FORM) from error
    club = club.strip()
    new = club.startswith(_NEW)
    club = club.removeprefix(_NEW).strip().lower()
    if not _ID.match(club):
        raise SourceError(
            f"{club!r} is not a club id",
            file=file,
            line=number,
            hint="Write it as country/name, such as eng/chester.",
        )
    return Row("" if land == _NOWHERE else land, name, source, first, last, club, f"{file}:{number}"), new


def _unknown(club: str, clubs: Collection[str], file: str, number: int) -> SourceError:
    from rapidfuzz import fuzz, process

    near = [match[0] for match in process.extract(club, sorted(clubs), scorer=fuzz.ratio, limit=_NEAREST)]
    hint = f"Nearest ids: {', '.join(near)}. " if near else ""
    return SourceError(
        f"no club has the id {club!r}",
        file=file,
        line=number,
        hint=f"{hint}Use one of these, or write `new {club}` for a club that no source tells apart.",
    )


def _contradictions(rows: list[Row], file: str) -> None:
    for n, row in enumerate(rows):
        for other in rows[:n]:
            same = (row.country, row.name.casefold()) == (other.country, other.name.casefold())
            sources = row.source == other.source or None in (row.source, other.source)
            years = (row.first_season or 0) <= (other.last_season or 9999) and (other.first_season or 0) <= (
                row.last_season or 9999
            )
            if same and sources and years and row.club != other.club:
                raise SourceError(
                    f"{row.name} is {row.club} here, and {other.club} in line {other.place.rpartition(':')[2]}",
                    file=file,
                    line=int(row.place.rpartition(":")[2]),
                    hint="Give each its seasons or its source, or take one away.",
                )


def line(country: str, name: str, source: str, first: int, last: int, club: str) -> str:
    """A line of such a file."""
    return f"{country or _NOWHERE} | {name} | {source} | {first}-{last} = {club}"
