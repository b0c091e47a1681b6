"""Single lines: what kind a line is, and the parts of a match line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from secondleg.sources.football_txt import _scores

__all__ = ["Furniture", "Heading", "MatchLine", "furniture", "heading", "match", "opens_goals"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what the lines below it are."""

    level: int
    """1 for the competition (`= X`), 2 for a section (`== X`), 3 for a stage or round."""
    text: str


class MatchLine(NamedTuple):
    """The parts of a line that holds a match, as written; `score` is a whole score expression.

    A tuple, since one is made for each of some 150,000 lines.
    """

    home: str
    away: str
    score: str | None
    time: str | None
    """"21:00"."""
    timed_layout: bool
    """Whether the line keeps the column for a time of day, so that an empty one means the time above."""
    note: str | None
    ground: str | None
    goals_open: bool = False
    """Whether a bracket of goalscorers goes on below."""


Furniture = str
"""Kind of a line that holds no match and no heading, by name."""

_TITLE: Final = re.compile(r"(={1,6})\s*(.*?)\s*=*\s*(?:#.*)?")
_MARKED: Final = re.compile(r"\s*[▪»►•]+\s*(.*?)\s*(?:#.*)?")
_STANDINGS: Final = re.compile(
    r"\s*\d{1,2}\.?\s*\S.*?\s+\d{1,2}(?:\s+\d{1,2}){3}\s+\d{1,3}\s?-\s*\d{1,3}\s+-?\d{1,3}(?:\s.*)?"
)
_RULE: Final = re.compile(r"\s*(?:[-=_*~]\s?){3,}")
_DEFINITION: Final = re.compile(r"\s*(?:Group|Gruppe|Matchday|Round)\s+\w+\s*\|.*", re.IGNORECASE)
_PLAYED: Final = re.compile(r"\sv\s|\d\s*-\s*\d")
"""Two sides or a score: a line with either is no bye, whatever it ends with."""
_BYE: Final = re.compile(r"\s*\S.*\s(?:bye|\[bye\]|\(bye\))\s*", re.IGNORECASE)
_GOALS: Final = re.compile(r"\s+[(\[][^()\[\]]*?[^\W\d_][^()\[\]]*\d.*")

_CLOCK: Final = re.compile(
    r"(\s*)(?:(\d{1,2})[.:](\d{2})(?:\s*\((?:UTC|CET|CEST|[A-Z]{2,4})[+-]?\d*\))?(?:\s+|$))?(.*)"
)
_NOTE: Final = re.compile(r"(.*?)\s*\[([^\[\]]*)\]\s*")
_GROUND: Final = re.compile(r"(.*?)\s+@\s+(\S.*?)\s*")
_VERSUS: Final = re.compile(r"\s+(?:v|vs\.?)\s+")
_WIDE_VERSUS: Final = re.compile(r"\s{2,}(?:v|vs\.?)\s+")
_LAST_SCORE: Final = re.compile(rf"(\S.*?)\s+({_scores.EXPRESSION})")
_SCORE_ONLY: Final = re.compile(_scores.EXPRESSION)
_MIDDLE_SCORE: Final = re.compile(rf"(\S.*?)\s+({_scores.EXPRESSION})\s+(\S.*)")
_DASH: Final = re.compile(r"(\S.*?)\s{1,}[-–]\s{2,}(\S.*)|(\S.*?)\s{2,}[-–]\s+(\S.*)")
_SCORERS: Final = re.compile(r"(\S.*?)\s*(\((?![A-Z]{3}\)|[\d\s,-]*\)).*)")
_NOT_A_NAME: Final = re.compile(
    r"[\[\]\t|#=<>{}@\x00-\x1f]|\s{2,}|(?:^|\s)\d{1,2}[-:]\d{0,2}(?:\s|$)|\s[-–](?:\s|$)|(?:\s\d+){3}"
)
_LETTER: Final = re.compile(r"[^\W\d_]")
_LONGEST_NAME: Final = 60
"""Characters; the longest club in the files has 39."""


def heading(line: str) -> Heading | None:
    """The heading that a marked line is, or None; `=` and `==` are titles, `▪` and `»` rounds."""
    if found := _TITLE.fullmatch(line):
        return Heading(min(len(found[1]), 2), found[2]) if found[2] else None
    if (found := _MARKED.fullmatch(line)) and found[1]:
        return Heading(3, found[1])
    return None


def furniture(line: str) -> Furniture | None:
    """The kind of a line that is known to hold no match: standings, a rule, a group's clubs, a bye."""
    # each pattern is tried only on lines that can be of its kind
    start = line.lstrip()
    if start[0].isdigit() and _STANDINGS.fullmatch(line):
        return "standings"
    if start[0] in "-=_*~" and _RULE.fullmatch(line):
        return "rule"
    if "|" in line and _DEFINITION.fullmatch(line):
        return "definition"
    if line[-5:].lower().strip("[]() ").endswith("bye") and _BYE.fullmatch(line) and not _PLAYED.search(line):
        return "bye"
    return None


def opens_goals(line: str) -> bool:
    """Whether an indented line begins a bracket of goalscorers: letters, and minutes after them."""
    return bool(_GOALS.fullmatch(line))


def match(line: str) -> MatchLine | str:
    """The parts of a match line, or the reason why the line cannot be read as one."""
    found = _CLOCK.fullmatch(line.replace("\t", "  ") if "\t" in line else line)
    if found is None:
        return "not a line of text"
    indent, hours, minutes, rest = found.groups()
    time = None
    if hours is not None:
        if int(hours) > 24 or int(minutes) > 59:
            return f"{hours}:{minutes} is no time of day"
        time = f"{int(hours):02d}:{minutes}"
    notes: list[str] = []
    while "[" in rest and (noted := _NOTE.fullmatch(rest)):
        rest = noted[1]
        notes.insert(0, noted[2].strip())
    ground = None
    if "@" in rest and (placed := _GROUND.fullmatch(rest)):
        rest, ground = placed[1], placed[2]
    rest = rest.strip()
    sides = _sides(rest)
    if isinstance(sides, str):
        return sides
    home, away, score, goals_open = sides
    for name in (home, away):
        if reason := _no_name(name):
            return reason
    return MatchLine(
        home=home,
        away=away,
        score=score,
        time=time,
        timed_layout=hours is not None or len(indent) >= 7,
        note="; ".join(note for note in notes if note) or None,
        ground=ground,
        goals_open=goals_open,
    )


def _sides(rest: str) -> tuple[str, str, str | None, bool] | str:
    """Home, away, score, and whether goalscorers go on below; or the reason why there are none."""
    if rest.count(" v ") == 1 and "  " in rest:
        # the common case, without a search: `A   v B   2-1 (1-0)`, where wide gaps part the columns
        home, _, away = rest.partition(" v ")
        away, _, score = away.strip().partition("  ")
        # a name may end in a digit or bracket, but so does a score that stands too near to it
        if (not score and away[-1:].isalpha()) or _SCORE_ONLY.fullmatch(score := score.lstrip()):
            return home.rstrip(), away, score or None, False
    if _VERSUS.search(rest):
        cuts = (
            list(_WIDE_VERSUS.finditer(rest))
            if len(_VERSUS.findall(rest)) > 1
            else list(_VERSUS.finditer(rest))
        )
        if len(cuts) != 1:
            return "several ' v ' and none that stands apart"
        home, away = rest[: cuts[0].start()], rest[cuts[0].end() :]
        if scored := _LAST_SCORE.fullmatch(away):
            return home, scored[1], scored[2], False
        return home, away, None, False
    if found := _MIDDLE_SCORE.fullmatch(rest):
        home, score, away = found.groups()
        goals_open = False
        if scorers := _SCORERS.fullmatch(away):
            away, goals_open = scorers[1], scorers[2].count("(") > scorers[2].count(")")
        return home, away.rstrip(), score, goals_open
    if found := _DASH.fullmatch(rest):
        return found[1] or found[3], found[2] or found[4], None, False
    return "not a heading, date, match or any other kind of line that is known"


@lru_cache(maxsize=16384)
def _no_name(name: str) -> str | None:
    """Why `name` cannot be a club's; None if it can."""
    if not _LETTER.search(name):
        return f"{name!r} is no club's name"
    if _NOT_A_NAME.search(name) or name.count("(") != name.count(")"):
        return f"{name!r} holds more than a club's name, or the line is cut"
    if len(name) > _LONGEST_NAME:
        return f"{name[:20]!r}… is too long for a club's name"
    return None
