"""Which competition and which season are meant: by code, by a name of any time, by the year or as 2023-24."""

from __future__ import annotations

import re
from typing import Final

from secondleg.archive.view import View
from secondleg.errors import BadInput
from secondleg.football.competition import Competition, competition, competitions

__all__ = ["find_competition", "find_season", "season_label"]

_SEASON: Final = re.compile(r"(\d{4})(?:[-/–](\d{2}|\d{4}))?")
_NEAREST: Final = 5


def find_competition(view: View, text: str) -> str:
    """The code of the competition that `text` names: a code, or a name that it had at any time.

    Of several with one name, a declared one counts first. Raises BadInput with the nearest names for what is no
    competition.
    """
    wanted = text.strip().lower()
    held = {row["code"]: row["name"] for row in view.rows("SELECT code, name FROM competition")}
    declared = {each.code: each for each in competitions()}
    if wanted in held or wanted in declared:
        return wanted
    called: dict[str, list[str]] = {}
    for each in declared.values():
        for name in _names(each):
            called.setdefault(name, []).append(each.code)
    for code, name in held.items():
        if code not in declared:
            called.setdefault(name.lower(), []).append(code)
    found = sorted(set(called.get(wanted, ())), key=lambda code: (code not in held, code))
    if not found:
        raise BadInput(_unknown(text, called))
    if len(found) > 1:
        in_archive = [code for code in found if code in held]
        # a name that moved from one tier to another is that of the tier that bears it now
        now = [code for code in (in_archive or found) if competition(code).name.lower() == wanted]
        if len(now or in_archive) != 1:
            told = ", ".join(f"{code} ({competition(code).name})" for code in found)
            raise BadInput(f"{text!r} is the name of several competitions: {told}. Use one of these codes.")
        return (now or in_archive)[0]
    return found[0]


def _names(each: Competition) -> set[str]:
    return {each.name.lower(), *(name.lower() for _, name in each.names)}


def _unknown(text: str, called: dict[str, list[str]]) -> str:
    from rapidfuzz import fuzz, process

    near = process.extract(text.lower(), list(called), scorer=fuzz.WRatio, limit=_NEAREST)
    names = ", ".join(f"{competition(called[name][0]).name} ({called[name][0]})" for name, _, _ in near)
    return f"no competition is known as {text!r}. Nearest names: {names}. Use one of them, or a code such as eng.1."


def find_season(text: str) -> int:
    """The year in which a season began, from 2023, 2023-24 or 2023/24. Raises BadInput for anything else."""
    found = _SEASON.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{text!r} is no season. Write it as 2023-24, or as the year in which it began.")
    first, last = int(found[1]), found[2]
    if last is not None and int(last) % 100 != (first + 1) % 100:
        raise BadInput(
            f"{text!r} is no season: that of {first} ends a year later. Write it as {first}-{(first + 1) % 100:02d}."
        )
    return first


def season_label(view: View, code: str, season: int) -> str:
    """ "2023-24", or "2024" where the competition's seasons are years."""
    rows = view.rows(
        "SELECT label FROM coverage WHERE competition = $code AND season = $season", code=code, season=season
    )
    return rows[0]["label"] if rows else f"{season}-{(season + 1) % 100:02d}"
