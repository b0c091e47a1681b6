"""Finding a club by what people call it: id, name, alias or nickname; never by a guess."""

from __future__ import annotations

import re
from typing import Final

from secondleg.archive.names import fold, key
from secondleg.archive.view import View
from secondleg.errors import AmbiguousClub, UnknownClub

__all__ = ["club_names", "clubs_called", "find_club"]

_ARTICLE: Final = re.compile(r"^the ")
_NEAREST: Final = 5
_SHORTEST_NEAR: Final = 4
_NEAR_ENOUGH: Final = 55.0
"""Similarity (0-100) from which a name is offered as a near one; chosen by trying usual misspellings."""


def find_club(view: View, text: str) -> str:
    """The id of the club that `text` names.

    Raises:
        UnknownClub: nobody goes by that name; the error lists the nearest names.
        AmbiguousClub: several clubs do.
    """
    found = clubs_called(view, text)
    if len(found) > 1:
        raise AmbiguousClub(text.strip(), found)
    return found[0]


def clubs_called(view: View, text: str) -> list[str]:
    """The ids of all clubs that `text` names, at least one.

    An id or a name counts before a nickname, so that "Milan" is not every club of Milan.

    Raises:
        UnknownClub: nobody goes by that name; the error lists the nearest names.
    """
    wanted = text.strip()
    if view.rows("SELECT id FROM club WHERE id = $id", id=wanted.lower()):
        return [wanted.lower()]
    folded = _ARTICLE.sub("", fold(wanted))
    rows = view.rows(
        "SELECT DISTINCT club, kind FROM club_name WHERE folded = $folded OR folded = $articled",
        folded=folded,
        articled=f"the {folded}",
    )
    for kinds in (("name",), ("name", "alias"), ("name", "alias", "nickname")):
        found = sorted({str(row["club"]) for row in rows if row["kind"] in kinds})
        if found:
            return found
    names = view.rows("SELECT DISTINCT club, name FROM club_name")
    same = (
        sorted({str(row["club"]) for row in names if key(row["name"]) == key(wanted)}) if key(wanted) else []
    )
    if same:
        return same
    raise UnknownClub(wanted, _nearest(folded, names))


def _nearest(folded: str, names: list[dict[str, str]]) -> list[str]:
    from rapidfuzz import fuzz, process

    # a name of two letters is near to everything
    choices = {(r["name"], r["club"]): fold(r["name"]) for r in names if len(r["name"]) >= _SHORTEST_NEAR}
    near = process.extract(folded, choices, scorer=fuzz.WRatio, limit=40, score_cutoff=_NEAR_ENOUGH)
    found: dict[str, str] = {}
    for _, _, (name, club) in near:
        found.setdefault(club, f"{name} ({club})")
    return list(found.values())[:_NEAREST]


def club_names(view: View, clubs: list[str]) -> dict[str, str]:
    """The names in prose of clubs given by id."""
    rows = view.rows("SELECT id, name FROM club WHERE list_contains($ids, id)", ids=clubs)
    return {row["id"]: row["name"] for row in rows}
