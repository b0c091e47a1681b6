"""Headings within a file: what stage, group, match day and leg the matches below belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from secondleg.sources.football_txt._competitions import Competition, stage_alias

__all__ = ["TABLE_STAGES", "Place", "place", "reads_as_heading"]

TABLE_STAGES: Final = frozenset(
    {
        "regular-season",
        "league-phase",
        "group-stage",
        "group-stage-2",
        "championship-round",
        "placement-round",
        "promotion-round",
        "relegation-round",
    }
)
"""Stages whose matches enter a table; in all others the sides meet in ties."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its competition a match stands, as the headings above it say."""

    text: str | None = None
    """The headings' own words."""
    stage: str | None = None
    group: str | None = None
    round: int | None = None
    leg: int | None = None
    understood: bool = True


_DAY: Final = r"(?:match ?day|round|spieltag|runde)"
_ORDINAL: Final = rf"(?:{_DAY} (?P<after>\d{{1,2}})|(?P<before>\d{{1,2}})(?:st|nd|rd|th|\.)? {_DAY})"
_NUMBERED: Final = re.compile(_ORDINAL)
_PRELIMINARY: Final = re.compile(
    r"(?:preliminary|extra preliminary|prelims?)(?: round)?|(?:(?P<number>\d)\. )?vorrunde"
)
_QUALIFYING: Final = re.compile(
    r"(?:(?P<before>[1-4])(?:st|nd|rd|th|\.)?|(?P<word>first|second|third)) qualifying round"
    r"|qualifying round (?P<after>[1-4])"
)
_GROUP: Final = re.compile(r"(?:group|gruppe) (?P<name>[\w ]{1,20})")
_LAST: Final = re.compile(
    r"(?:round of|last|r) ?(?P<clubs>128|64|32|16)|1/(?P<part>64|32|16|8|4|2)[- ]?finals?"
)
_LEG: Final = re.compile(r"(?:(?P<number>[12])(?:st|nd)|(?P<word>first|second)) legs?|leg (?P<after>[12])")
_KNOCKOUT: Final = {
    "sechzehntelfinale": "round-of-32",
    "achtelfinale": "round-of-16",
    "quarterfinal": "quarter-final",
    "quarterfinals": "quarter-final",
    "viertelfinale": "quarter-final",
    "semifinal": "semi-final",
    "semifinals": "semi-final",
    "halbfinale": "semi-final",
    "final": "final",
    "finale": "final",
    "match 3rd place": "third-place",
    "match for 3rd place": "third-place",
    "third place match": "third-place",
    "third place play-off": "third-place",
    "spiel um platz 3": "third-place",
}
_PLAY_OFF_WORDS: Final = frozenset(
    {"playoff", "playoffs", "play-off", "play-offs", "playoff-runde", "play-off round"}
)
# First part of a league's heading -> stage when it goes on with match days, and when it goes on with
# knockout rounds.
_LEAGUE_PHASES: Final[dict[str, tuple[str, str]]] = {
    "regular": ("regular-season", "regular-season"),
    "regular season": ("regular-season", "regular-season"),
    "opening": ("regular-season", "regular-season"),  # Malta: two half-seasons
    "closing": ("regular-season", "regular-season"),
    "opening top 6": ("championship-round", "championship-round"),
    "closing top 6": ("championship-round", "championship-round"),
    "opening bottom 6": ("relegation-round", "relegation-round"),
    "closing bottom 6": ("relegation-round", "relegation-round"),
    "phase i": ("regular-season", "regular-season"),  # Moldova
    "phase ii": ("championship-round", "championship-round"),
    "championship": ("championship-round", "championship-round"),
    "promotion": ("promotion-round", "play-offs"),
    "kvalifikation": ("relegation-round", "relegation-play-offs"),  # Denmark's second tier: its lower half
    "relegation": ("relegation-round", "relegation-play-offs"),
    "playout": ("relegation-round", "relegation-play-offs"),
    "playoffs - relegation": ("relegation-round", "relegation-play-offs"),
    "conference league": ("placement-round", "play-offs"),
    "europa league": ("placement-round", "play-offs"),
    "ecl playoff": ("placement-round", "play-offs"),
    "ecl playoffs": ("placement-round", "play-offs"),
    "middle playoffs": ("placement-round", "play-offs"),
    "platzierung": ("placement-round", "play-offs"),
    "playoff": ("play-offs", "play-offs"),
    "playoffs": ("play-offs", "play-offs"),
    "play-offs": ("play-offs", "play-offs"),
    "finals": ("play-offs", "play-offs"),
    "aufstieg": ("play-offs", "play-offs"),
}
_SPLIT: Final = re.compile(r"\s*,\s*|\s+-\s+|\s+\|\s+")
_WORDS: Final = re.compile(
    r"(?:matchday|match day|round|spieltag|group|gruppe|quarter-?finals?|semi-?finals?|finals?|preliminary"
    r"|qualifying|play-?offs?|regular|championship|relegation|league phase|third place"
    r"|\d{1,2}(?:st|nd|rd|th|\.) (?:round|runde|spieltag))\b",
    re.IGNORECASE,
)


def reads_as_heading(text: str) -> bool:
    """Whether a line without marks is a heading: it begins as headings do and is understood."""
    return (
        len(text) <= 60 and bool(_WORDS.match(text)) and (_number(_normal(text)) is not None or _known(text))
    )


@lru_cache(maxsize=4096)
def place(text: str, competition: Competition, section: str | None = None) -> Place:
    """Where matches under the heading `text` stand; `section` is the heading of a higher level, if any.

    A heading that holds unknown words gives a `Place` that is not understood, with the words kept.
    """
    words = text if section is None else f"{section}, {text}" if text else section
    uefa = competition.country is None
    if competition.kind == "league":
        found = place_in_league(words)
    else:
        found = place_of_words(words, "uefa" if uefa else "cup", competition.qualifying)
    if alias := stage_alias(competition.code, text):
        found = replace(found, stage=alias, round=None, understood=True)
    if competition.group and found.group is None:
        found = replace(found, group=competition.group)
    return found


def _known(text: str) -> bool:
    return place_of_words(text, "cup", False).understood or place_in_league(text).understood


def _number(text: str) -> int | None:
    found = _NUMBERED.fullmatch(text)
    return int(found["after"] or found["before"]) if found else None


def _normal(text: str) -> str:
    text = " ".join(text.lower().split())
    return text.replace("quarter-final", "quarterfinal").replace("semi-final", "semifinal")


def place_in_league(words: str) -> Place:
    """Where matches of a league stand: `Matchday 3`, `Relegation, Matchday 1`, `Aufstieg, Final`."""
    normal = _normal(words)
    if normal in _LEAGUE_PHASES:
        # a phase and no more: it is played as a knockout, or its match days are not told
        return Place(words, _LEAGUE_PHASES[normal][1])
    parts = _SPLIT.split(normal)
    day = _number(parts[-1])
    if len(parts) == 1 and day is not None:
        return Place(words, "regular-season", round=day)
    phase = ", ".join(parts[:-1])
    if " - ".join(parts[:-1]) in _LEAGUE_PHASES:
        phase = " - ".join(parts[:-1])
    if phase in _LEAGUE_PHASES:
        as_table, as_knockout = _LEAGUE_PHASES[phase]
        if day is not None and (
            parts[-1].startswith(("matchday", "match day")) or as_table == as_knockout != "play-offs"
        ):
            return Place(words, as_table, round=day if as_table in TABLE_STAGES else None)
        if (
            day is not None
            or parts[-1] in _KNOCKOUT
            or parts[-1] in ("abstieg", "aufstieg")
            or _LAST.fullmatch(parts[-1])
        ):
            return Place(words, as_knockout, leg=_leg(parts))
        if found := _GROUP.fullmatch(parts[-1]):
            return Place(words, as_table, group=found["name"].upper())
    if found := _GROUP.fullmatch(parts[0]):
        return Place(words, "regular-season", group=found["name"].title(), round=day)
    return Place(words, None, understood=False)


def place_of_words(words: str, kind: str, qualifying: bool) -> Place:
    """Where matches stand under a cup's heading; `kind` is "cup" or "uefa"."""
    result = Place(words)
    for part in _SPLIT.split(_normal(words)):
        result = _with_part(result, part, kind, qualifying)
    if result.stage is None and result.round is not None:
        if qualifying and 1 <= result.round <= 3:
            return replace(result, stage=f"qualifying-{result.round}", round=None)
        if 1 <= result.round <= 8:
            return replace(result, stage=f"round-{result.round}", round=None)
        return replace(result, understood=False)
    if result.stage not in TABLE_STAGES and result.stage != "preliminary":
        # match days of a knockout stage are its legs, which the ties tell
        return replace(result, round=None)
    return result


def _with_part(result: Place, part: str, kind: str, qualifying: bool) -> Place:
    """`result` with what one part of a heading adds."""
    if (number := _number(part)) is not None:
        return replace(result, round=number)
    if leg := _leg([part]):
        return replace(result, leg=leg)
    if found := _GROUP.fullmatch(part):
        return replace(result, stage="group-stage", group=found["name"].upper())
    if part in ("group", "group stage", "groups", "group phase"):
        return replace(result, stage="group-stage")
    if part in ("league", "league phase", "league stage"):
        return replace(result, stage="league-phase")
    if found := _QUALIFYING.fullmatch(part):
        number = int(
            found["before"] or found["after"] or {"first": 1, "second": 2, "third": 3}[found["word"]]
        )
        return replace(result, stage=f"qualifying-{number}" if number <= 3 else "qualifying-play-off")
    if found := _PRELIMINARY.fullmatch(part):
        return replace(result, stage="preliminary", round=int(found["number"]) if found["number"] else None)
    if part in _PLAY_OFF_WORDS:
        before_the_start = qualifying or part == "playoff-runde"
        return replace(result, stage="qualifying-play-off" if before_the_start else "knockout-play-off")
    if part in ("knockout round play-offs", "knockout phase play-offs"):
        return replace(result, stage="knockout-play-off")
    if found := _LAST.fullmatch(part):
        clubs = int(found["clubs"]) if found["clubs"] else 2 * int(found["part"])
        late = {8: "quarter-final", 4: "semi-final"}
        return replace(result, stage=late.get(clubs, f"round-of-{clubs}"))
    if part in _KNOCKOUT:
        return replace(result, stage=_KNOCKOUT[part])
    if part in ("finals", "knockout stage", "knockout phase"):
        return result
    return replace(result, understood=False)


def _leg(parts: list[str]) -> int | None:
    found = _LEG.fullmatch(parts[-1])
    if not found:
        return None
    return int(found["number"] or found["after"] or {"first": 1, "second": 2}[found["word"]])
