"""Reader of the club lists of openfootball/clubs (`eng.clubs.txt`): names and aliases of clubs by country.

A club starts a line with its name, then a comma, years and town; lines that begin with `|` hold its aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secondleg.errors import BadInput, SourceError
from secondleg.football import country

__all__ = ["NAME", "Alias", "document_name", "finds", "read_file"]

NAME: Final = "openfootball-clubs"

_LANGUAGE: Final = re.compile(r"\s*\[[a-z]{2}\]\s*$")
_RESERVES: Final = re.compile(r"^i+\)\s*")
"""The mark of a reserve side, a club of its own beneath its first team."""
_HEADING: Final = re.compile(r"^=")


@dataclass(frozen=True, slots=True)
class Alias:
    """One more name of the club whose main name is `name`."""

    country: str
    name: str
    alias: str


def finds(path: Path) -> list[Path]:
    """The club lists below `path`, or `path` itself."""
    if path.is_file():
        return [path] if path.name.endswith(".clubs.txt") else []
    return sorted(path.rglob("*.clubs.txt"))


def document_name(path: Path) -> str:
    """A list's name with its country's folder, wherever that lies on this machine."""
    return f"{path.resolve().parent.name}/{path.name}"


def read_file(path: Path) -> Iterator[Alias]:
    """The aliases of one list; its country is the name of the folder that the list lies in.

    Raises SourceError if the folder is no country, or the file is not UTF-8.
    """
    try:
        code = country.code(path.resolve().parent.name)
        text = path.read_text("utf-8")
    except BadInput as error:
        raise SourceError(
            str(error), file=path.name, hint="Keep the folders of openfootball/clubs."
        ) from error
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte {error.start})", file=path.name, hint="Take the file anew."
        ) from error
    club: str | None = None
    for raw in text.splitlines():
        line = raw.split("#", 1)[0].rstrip()
        if not line.strip() or _HEADING.match(line):
            continue
        if not line.lstrip().startswith("|"):
            club = _RESERVES.sub("", line.split(",", 1)[0].strip()) or None
            continue
        if club is None:
            continue
        for alias in (_LANGUAGE.sub("", part).strip() for part in line.split("|")):
            # the list also names short codes of three letters, which are nobody's name in particular
            if alias and alias != club and not (len(alias) <= 3 and alias.isupper()):
                yield Alias(code, club, alias)
