"""Which competition a file holds, and what its rules add to it: the declarations of competitions.toml."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

from secondleg.errors import BadInput
from secondleg.football import country as countries

__all__ = [
    "Competition",
    "Correction",
    "NeutralDay",
    "NeutralStage",
    "corrections",
    "describe",
    "identify",
    "neutral_rules",
    "stage_alias",
]

Kind = Literal["league", "cup"]

_STEM_WITH_TIER: Final = re.compile(r"(\d)-[a-z]")
_STEM_OF_COUNTRY: Final = re.compile(
    r"(?:(?P<season>\d{4}(?:-\d\d)?)_)?[a-z]{2,3}(?P<what>\d|cup|supercup)[a-z]?"
)
_SEASON: Final = re.compile(r"(?<!\d)(\d{4})(?:[-/](\d{2}|\d{4}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Competition:
    """A competition of one season, as one file holds it."""

    code: str
    """Ours: "eng.1", "ita.cup", "uefa.el"."""
    country: str | None
    """Football code of the country; None for UEFA's."""
    kind: Kind
    season: int
    """Year in which the season began."""
    calendar_year: bool
    """Whether the season is one calendar year."""
    qualifying: bool = False
    """Whether the file holds the qualifying rounds only."""
    group: str | None = None
    """The division, where a tier is played in several at once."""


@dataclass(frozen=True, slots=True)
class NeutralStage:
    """A stage that a competition plays on neutral ground, in the seasons from `first` to `last`."""

    competition: str
    stages: frozenset[str]
    first: int
    last: int
    single: bool
    """Only ties of one match."""


@dataclass(frozen=True, slots=True)
class NeutralDay:
    """Matches that were moved to neutral ground, by day and sides."""

    competition: str
    home: frozenset[str]
    away: frozenset[str]
    days: frozenset[dt.date]
    ground: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of a file: below the heading `under`, a line that begins with `written` means `meant`."""

    under: str
    written: str
    meant: str
    because: str


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("competitions.toml").read_text("utf-8"))


@cache
def neutral_rules() -> tuple[tuple[NeutralStage, ...], tuple[NeutralDay, ...]]:
    """What competitions.toml declares of neutral grounds: by stage, and by day."""
    stages = tuple(
        NeutralStage(
            rule["competition"],
            frozenset(rule["stages"]),
            rule.get("from", 0),
            rule.get("to", 9999),
            rule.get("single", False),
        )
        for rule in _declared()["neutral"]
    )
    days = tuple(
        NeutralDay(
            rule["competition"],
            frozenset(rule["home"]),
            frozenset(rule["away"]),
            frozenset(rule["days"]),
            rule["ground"],
        )
        for rule in _declared()["neutral_days"]
    )
    return stages, days


@cache
def corrections(document: str) -> tuple[Correction, ...]:
    """The slips of a document that are declared certain."""
    return tuple(
        Correction(slip["under"], slip["written"], slip["meant"], slip["because"])
        for slip in _declared()["corrections"]
        if slip["document"] == document
    )


@cache
def stage_alias(competition: str, heading: str) -> str | None:
    """The stage that a heading means in this competition, if not what its words say elsewhere."""
    found: str | None = _declared()["stages"].get(competition, {}).get(heading)
    return found


def describe(code: str) -> tuple[str, str | None, Kind]:
    """English name, country and kind of a competition code that this reader assigns."""
    owner, _, what = code.partition(".")
    country = None if owner == "uefa" else owner
    kind: Kind = "league" if what.isdigit() else "cup"
    name: str | None = _declared()["names"].get(code)
    if name is None:
        place = countries.NAME.get(owner, owner)
        name = f"{place}, {'tier ' + what if what.isdigit() else what}"
    return name, country, kind


def identify(document: str, heading: str | None) -> Competition | None:
    """The competition of a document, by where it lies, else by its heading; None if neither tells.

    `document` is a file's upstream name, `heading` its first heading without the marks.
    """
    parts = document.split("/")
    stem = parts[-1].removesuffix(".txt")
    country = _country(parts)
    code = _by_place(parts, stem, country) or _by_heading(heading or "", country)
    season = _season(document, heading)
    if code is None or season is None:
        return None
    owner, _, what = code.partition(".")
    return Competition(
        code=code,
        country=None if owner == "uefa" else owner,
        kind="league" if what.isdigit() else "cup",
        season=season[0],
        calendar_year=season[1],
        qualifying=owner == "uefa" and (stem.endswith("q") or "quali" in f"{stem} {heading}".lower()),
        group=_declared()["groups"].get(stem) or _declared()["groups"].get(stem.partition("_")[2]),
    )


def _country(parts: list[str]) -> str | None:
    repositories = _declared()["repositories"]
    if parts[0] in repositories:
        code: str = repositories[parts[0]]
        return code
    if parts[0] == "europe" and len(parts) > 2:
        try:
            return countries.code(parts[1])
        except BadInput:
            return None
    return None


def _by_place(parts: list[str], stem: str, country: str | None) -> str | None:
    files = _declared()["files"]
    if parts[0] == "champions-league":
        code: str | None = files["uefa"].get(stem)
        return code
    if country is None:
        return None
    if found := _STEM_WITH_TIER.match(stem):
        return f"{country}.{found[1]}"
    if parts[0] == "europe" and (found := _STEM_OF_COUNTRY.fullmatch(stem)):
        return f"{country}.{found['what']}"
    what = files.get(country, {}).get(stem) or files["any"].get(stem)
    return f"{country}.{what}" if what else None


def _by_heading(heading: str, country: str | None) -> str | None:
    for entry in _declared()["headings"]:
        if entry["text"] in heading and entry.get("in", country) == country:
            code: str = entry["competition"]
            return code
    return None


def _season(document: str, heading: str | None) -> tuple[int, bool] | None:
    """First year of the season, and whether that is all of it: from the heading, else the place."""
    for text in (heading or "", *reversed(document.split("/"))):
        if (found := _SEASON.search(text)) and 1850 <= int(found[1]) <= 2200:
            return int(found[1]), found[2] is None
    return None
