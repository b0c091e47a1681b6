"""Reads the declarations beside it into rules. See `secondleg.football.rules`."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from secondleg.errors import RulesUnknown
from secondleg.football.tie import DecidedBy, TieRules

if TYPE_CHECKING:
    from secondleg.football.table import TableRules

__all__ = [
    "Format",
    "Stage",
    "calendar",
    "checksum",
    "competition_format",
    "declared",
    "enters_directly",
    "had_home_play_off",
    "headed",
    "is_neutral",
    "next_competition",
    "one_leg_ties",
    "season_of",
    "table_rules",
    "tie_rules",
    "unplayed_ties",
]

_FOLDER: Final = Path(__file__).parent
_RULES: Final = re.compile(r"^\[(?!\[name\]\])", re.MULTILINE)
"""The first table of a declaration that is not one of its names."""
_CODE: Final = re.compile(r"[a-z]+(\.[a-z0-9]+)+")
_SEASON_TURNS: Final = (6, 20)
"""Month and day on which a European season begins: the first qualifying matches are played in the last days
of June, finals end before."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that is played as a table: `groups` of `size` clubs that meet `meetings` times."""

    groups: int
    size: int
    meetings: int
    matches: int
    """Matches of one club: (size - 1) x meetings, or fewer where not everybody meets (a league phase)."""


@dataclass(frozen=True, slots=True)
class Format:
    """The stages of a competition in one season, in the order in which they are played."""

    stages: tuple[str, ...]
    tables: Mapping[str, Stage]
    """The stages that are played as tables."""
    finals: int = 1
    """Ties of the last stage: the Intertoto Cup had three finals."""


@cache
def declared(code: str) -> Mapping[str, Any]:
    """The declaration of a competition as it stands in its file; empty where there is none."""
    return tomllib.loads(_text(code))


@cache
def headed(code: str) -> Mapping[str, Any]:
    """The head of a declaration, what the competition is and its names, without the rules that follow.

    A long declaration takes 20 ms to read, its head less than one; most of what asks for a competition wants its name.
    """
    text = _text(code)
    rules = _RULES.search(text)
    return tomllib.loads(text[: rules.start()] if rules else text)


def _text(code: str) -> str:
    if not _CODE.fullmatch(code):
        return ""
    try:
        return (_FOLDER / f"{code}.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


@cache
def checksum() -> str:
    """A checksum of all declarations: what rests on them is to be worked out anew where it differs."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.glob("*.toml")):
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def tie_rules(competition: str, season: int, stage: str | None = None) -> TieRules:
    """How a level tie was decided in a stage of a competition's season (the year in which it began).

    Without a stage: as in the competition's ordinary rounds. Raises RulesUnknown where nothing is declared.
    """
    for entry in _in_force(competition, "tie", season, stage):
        after = entry.get("after_play_off")
        return TieRules(
            legs=entry["legs"],
            away_goals=entry.get("away_goals", False),
            extra_time=entry["extra_time"],
            away_goals_in_extra_time=entry.get("away_goals_in_extra_time", False),
            last=DecidedBy(entry["last"]),
            after_play_off=DecidedBy(after) if after else None,
            neutral=entry.get("neutral", False),
        )
    raise _unknown("how ties were decided", competition, season, stage)


@cache
def is_neutral(competition: str, season: int, stage: str | None) -> bool:
    """Whether a stage's single matches were played on neutral ground, as far as it is declared."""
    if _in_force(competition, "neutral", season, stage):
        return True
    try:
        return tie_rules(competition, season, stage).neutral
    except RulesUnknown:
        return False


def had_home_play_off(competition: str, date: dt.date) -> bool:
    """Whether a play-off match of that day was played at one side's own ground, against the custom."""
    return date in declared(competition).get("home_play_offs", ())


@cache
def table_rules(competition: str, season: int, stage: str | None = None) -> TableRules:
    """Points and tie-breaks of a table. Raises RulesUnknown where nothing is declared."""
    from secondleg.football.table import TableRules, Tiebreak

    for entry in _in_force(competition, "table", season, stage):
        return TableRules(
            win=entry["win"],
            order=tuple(Tiebreak(name) for name in entry["order"]),
            reapply=entry.get("reapply", False),
            meetings=entry.get("meetings"),
            play_off_below=tuple(entry.get("play_off_below", ())),
        )
    raise _unknown("how tables were ordered", competition, season, stage)


@cache
def competition_format(competition: str, season: int) -> Format:
    """The stages of a competition's season. Raises RulesUnknown where nothing is declared."""
    for entry in _in_force(competition, "format", season, None):
        tables = {}
        for name in entry["stages"]:
            if name in entry:
                table = entry[name]
                size, meetings = table["size"], table.get("meetings", 2)
                matches = table.get("matches", (size - 1) * meetings)
                tables[name] = Stage(table["groups"], size, meetings, matches)
        return Format(tuple(entry["stages"]), tables, entry.get("finals", 1))
    raise _unknown("which stages there were", competition, season, None)


def next_competition(competition: str) -> str | None:
    """Code of the competition that the winner enters next (a super cup), if one is declared."""
    entry = declared(competition).get("winner_enters")
    return entry if isinstance(entry, str) else None


def calendar(competition: str) -> str:
    """Name of the calendar that a competition's season belongs to: competitions that clubs move between share
    one."""
    return str(declared(competition).get("calendar", competition))


def season_of(competition: str, date: dt.date, countries: Sequence[str] = ()) -> int:
    """The season that a match of a European competition belongs to: the year in which it began.

    Seasons turn on 20 June, except for what a declaration says: cups that ran over several years, and finals
    that were played in the following summer or autumn (known by day and by the countries of the two clubs).
    """
    file = declared(competition)
    for edition in file.get("edition", ()):
        if edition["first"] <= date <= edition["last"]:
            return int(edition["season"])
    for late in file.get("late", ()):
        if date in late["days"] and sorted(countries) == sorted(late["countries"]):
            return int(late["season"])
    turns = tuple(file.get("season_turns", _SEASON_TURNS))
    return date.year if (date.month, date.day) >= turns else date.year - 1


def enters_directly(competition: str, season: int, country: str) -> bool:
    """Whether every club of `country` entered that season after the qualifying rounds, as far as that is declared."""
    return any(
        e["from"] <= season <= e["to"] and country in e["countries"]
        for e in declared(competition).get("direct", ())
    )


def unplayed_ties(competition: str, season: int) -> int:
    """How many ties of a season were decided without a match, as far as that is declared."""
    return sum(int(e["ties"]) for e in declared(competition).get("unplayed", ()) if e["season"] == season)


def one_leg_ties(competition: str, season: int) -> int:
    """How many two-legged ties of a season were over after one match, as far as that is declared."""
    return sum(int(e["ties"]) for e in declared(competition).get("one_leg", ()) if e["season"] == season)


def _in_force(competition: str, kind: str, season: int, stage: str | None) -> list[Mapping[str, Any]]:
    """Entries of one kind that cover the season and the stage; the first of them is the one that counts."""
    found = []
    for entry in declared(competition).get(kind, ()):
        if not entry["from"] <= season <= entry.get("to", season):
            continue
        only = entry.get("stages") if kind != "format" else None
        if (only is None or stage in only) and stage not in entry.get("except", ()):
            found.append(entry)
    return found


def _unknown(what: str, competition: str, season: int, stage: str | None) -> RulesUnknown:
    where = f"{competition} {season}-{(season + 1) % 100:02d}" + (f", {stage}" if stage else "")
    return RulesUnknown(
        f"it is not declared {what} in {where}. Declare it in football/rules/{competition}.toml, "
        "or give the rules with the call."
    )
