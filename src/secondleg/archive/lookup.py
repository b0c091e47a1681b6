"""Finding a club by what people call it: id, name, alias or nickname; never by a guess.

With clubs of the whole world many names are shared: there is an Arsenal in Montenegro. A name belongs first to the club
of the register that has it; where several have it, or none, the answer is an error that lists them all.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from secondleg.archive.identity import register
from secondleg.archive.names import fold, key
from secondleg.archive.view import View
from secondleg.errors import AmbiguousClub, UnknownClub

__all__ = ["club_names", "clubs_called", "clubs_with", "find_club", "registered"]

_ARTICLE: Final = re.compile(r"^the ")
_NEAREST: Final = 5
_SHORTEST_NEAR: Final = 4
_NEAR_ENOUGH: Final = 55.0
"""Similarity (0-100) from which a name is offered as a near one; chosen by trying usual misspellings."""


def find_club(view: View, text: str) -> str:
    """The id of the club that `text` names: of several with one name, the only one that the register knows.

    Of several in the register it is the one that is called so, where the others are of other countries and are called
    otherwise today: "Manchester United" is not the club of Gibraltar that once bore the name.

    Raises:
        UnknownClub: nobody goes by that name; the error lists the nearest names.
        AmbiguousClub: several clubs do.
    """
    found = clubs_called(view, text)
    if len(found) > 1:
        known = [club for club in found if club in registered()]
        named = _called_so(text, known)
        if named is None:
            raise AmbiguousClub(text.strip(), known or found)
        return named
    return found[0]


def _called_so(text: str, known: list[str]) -> str | None:
    """The one club among those of the register that is meant; None where that cannot be told."""
    if len(known) == 1:
        return known[0]
    wanted = _ARTICLE.sub("", fold(text.strip()))
    named = [record.id for record in register() if record.id in known and fold(record.name) == wanted]
    abroad = (
        all(club in named or club.split("/")[0] != named[0].split("/")[0] for club in known)
        if named
        else False
    )
    return named[0] if len(named) == 1 and abroad else None


@cache
def registered() -> frozenset[str]:
    """The ids of the clubs that the register knows."""
    return frozenset(record.id for record in register())


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
    same = _with_key(view, key(wanted))
    if same:
        return same
    raise UnknownClub(wanted, *_nearest(view, folded))


def _with_key(view: View, wanted: str) -> list[str]:
    """Clubs with a name that has that key, whatever its legal forms and umlauts."""
    if not wanted:
        return []
    # a key keeps the first letters of its words, but for a vowel that may be written with an e
    start = wanted[: 1 if wanted[0] in "aou" else 2]
    rows = view.rows(
        "SELECT DISTINCT club, name FROM club_name WHERE contains(' ' || folded, ' ' || $start)", start=start
    )
    return sorted({str(row["club"]) for row in rows if key(row["name"]) == wanted})


_LIKELY: Final = """
SELECT club, any_value(name) AS name, folded
FROM club_name WHERE length(name) >= $shortest
GROUP BY club, folded
ORDER BY greatest(jaro_winkler_similarity(folded, $text),
                  CASE WHEN contains(folded, $text) OR contains($text, folded) THEN 1 ELSE 0 END) DESC, club, folded
LIMIT $most
"""
_MOST_LIKELY: Final = 200
"""Names that are looked at closely: the database's quick measure puts the right one among the first dozen."""


def _nearest(view: View, folded: str) -> tuple[list[str], float]:
    """The nearest names, and how like the text is to any name as a whole."""
    from rapidfuzz import fuzz, process

    # a name of two letters is near to everything
    rows = view.rows(_LIKELY, text=folded, shortest=_SHORTEST_NEAR, most=_MOST_LIKELY)
    choices = {(row["name"], row["club"]): row["folded"] for row in rows}
    near = process.extract(folded, choices, scorer=fuzz.WRatio, limit=_MOST_LIKELY, score_cutoff=_NEAR_ENOUGH)
    found: dict[str, tuple[float, str]] = {}
    for _, score, (name, club) in near:
        found.setdefault(club, (score, f"{name} ({club})"))
    best = max((score for score, _ in found.values()), default=0.0)
    # of names as near as each other, those of clubs with most matches: "City" is likelier Manchester's than Adelaide's
    played = matches_of(view, [club for club, (score, _) in found.items() if score == best])
    order = sorted(found.items(), key=lambda item: (-item[1][0], -played.get(item[0], 0)))
    likeness = max((fuzz.ratio(folded, name) for name in choices.values()), default=0.0)
    return [called for _, (_, called) in order][:_NEAREST], likeness


def matches_of(view: View, clubs: list[str]) -> dict[str, int]:
    """How many matches of each of some clubs are held."""
    if len(clubs) < 2:
        return {}
    rows = view.rows(
        "SELECT club, count(*) AS n FROM side WHERE list_contains($ids, club) GROUP BY club", ids=clubs
    )
    return {row["club"]: row["n"] for row in rows}


def clubs_with(view: View, word: str) -> list[str]:
    """The clubs of the register whose name has that word, those with most matches first: of "United", several."""
    wanted = fold(word)
    found = [record.id for record in register() if wanted in fold(record.name).split()]
    played = matches_of(view, found)
    return sorted(found, key=lambda club: (-played.get(club, 0), club))


def club_names(view: View, clubs: list[str]) -> dict[str, str]:
    """The names in prose of clubs given by id."""
    rows = view.rows("SELECT id, name FROM club WHERE list_contains($ids, id)", ids=clubs)
    return {row["id"]: row["name"] for row in rows}
