"""The coverage ledger: which seasons of which competitions the archive holds, and whether they are whole.

Derived, never typed in. A league's season is whole if its matches make a complete format (`archive.calendars`), a cup's
if its rounds lead down to the final (`archive.brackets`); where the format cannot be read, if it holds as many matches
as its own file declares. A season that nothing speaks for counts as partial. The reason is a clause for an editor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from secondleg.archive.brackets import doubt, ruling
from secondleg.archive.calendars import Calendar, Reading, read
from secondleg.archive.ledger_facts import LEAST_FOR_DRAWS, SOURCE_ENDS, Evidence, File, Held, Season, held
from secondleg.archive.phases import uniform
from secondleg.errors import RulesUnknown
from secondleg.football.rules import competition_format
from secondleg.football.stage import is_qualifying

if TYPE_CHECKING:
    import duckdb

__all__ = ["derive"]

_ALL_ROUNDS: Final = "schochastics"
"""The source that holds every round of a season, from the first qualifying match on."""

_SHORT_SEASON: Final = 0.6
"""Share of the neighbouring seasons' matches a club below which a complete round robin may be a half of one."""

_SAME_LENGTH: Final = 0.9
"""Share of the neighbouring seasons' matches a club from which an incomplete season is read by its own matches."""

_NEIGHBOUR: Final = 3
"""Years within which another season is a neighbour."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    whole: bool
    expected: int | None
    reason: str
    per_club: float = 0.0
    rough: str = ""
    """The reason without a format, where the one read off the matches may be too short."""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `store.coverage` anew from the matches, ties and documents; call it last in a rebuild."""
    with held(connection) as found:
        rows = _rows(found)
    _insert(connection, rows)


def _rows(found: Held) -> list[tuple[object, ...]]:
    seasons, evidence, names, ends = found.seasons, found.evidence, found.clubs, found.ends
    verdicts = [_judge(season, each, names) for season, each in zip(seasons, evidence, strict=True)]
    verdicts = _beside_neighbours(seasons, verdicts)
    labels = _labels(seasons, verdicts)
    rows: list[tuple[object, ...]] = []
    for season, each, verdict, label in zip(seasons, evidence, verdicts, labels, strict=True):
        reason = verdict.reason
        last, end = season.last_played, ends.get(each.sources[0])
        if not verdict.whole and not season.open and last and end and (end - last).days <= SOURCE_ENDS:
            reason += f"; its source ends on {_day(end)}"
        before = (
            bool(season.qualifying)
            or not _had_qualifying(season.code, season.season)
            or _ALL_ROUNDS in each.sources
        )
        if not before:
            reason += "; no qualifying rounds held"
        counts = (season.clubs, season.matches, season.played, verdict.expected)
        told = (verdict.whole, None, before, season.main_from, reason, season.first, season.last)
        rows.append((season.code, season.season, label, *counts, *told, ", ".join(each.sources)))
    return rows


_COLUMNS: Final = (
    "competition", "season", "label", "clubs", "matches", "played", "expected", "whole", "only_clubs",
    "qualifying", "main_from", "reason", "first", "last", "source",
)  # fmt: skip


def _insert(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]]) -> None:
    if not rows:
        return
    import pyarrow as pa

    table = pa.table({name: [row[i] for row in rows] for i, name in enumerate(_COLUMNS)})
    connection.register("incoming", table)
    connection.execute("INSERT INTO store.coverage BY NAME SELECT * FROM incoming")
    connection.unregister("incoming")


# -- judging ------------------------------------------------------------------------------------------


def _judge(season: Season, evidence: Evidence, names: Sequence[str]) -> _Verdict:
    """How many matches are expected, whether all are there, and why."""
    if season.kind == "league":
        return _judge_league(season, evidence, names)
    return _judge_cup(season, evidence)


def _judge_league(season: Season, evidence: Evidence, names: Sequence[str]) -> _Verdict:
    reading = _read_league(evidence.tables, names)
    spoken = _spoken_against(season, evidence)
    expected = reading.expected
    if spoken:
        return _Verdict(False, expected, spoken, reading.per_club)
    file = _best_file(evidence)
    missing = None if file is None else file.missing
    if reading.whole:
        if file is not None and _lacks(season, file):
            return _Verdict(False, file.declared, _short_file(file), reading.per_club)
        void = f", {season.void} of these matches cancelled or abandoned" if season.void else ""
        return _Verdict(True, expected, reading.reason + void, reading.per_club)
    if missing is not None and missing <= 0 and expected is None and file is not None and not file.unread:
        return _Verdict(True, file.declared, f"all {file.declared} matches that its file declares")
    reason = reading.reason
    if missing is not None and missing > 0 and file is not None:
        reason = _short_file(file)
    elif unread := sum(f.unread for f in evidence.files):
        reason += f"; {_lines(unread)} of its file could not be read"
    if evidence.goalless:
        reason += "; " + _no_draws(evidence.goalless)
    return _Verdict(False, expected, reason, reading.per_club, reading.rough)


def _read_league(tables: Mapping[str, Calendar], names: Sequence[str]) -> Reading:
    """The regular season as its matches show it, and whether the stages after it are complete too."""
    regular = [tables[stage] for stage in ("", "regular-season") if stage in tables]
    if not regular:
        return Reading(False, None, 0.0, "no match of its regular season is held")
    both = Calendar(
        *(np.concatenate([getattr(c, name) for c in regular]) for name in ("home", "away", "day"))
    )
    reading = read(both, lambda club: names[club])
    for stage, calendar in tables.items():
        if stage in ("", "regular-season") or not reading.whole:
            continue
        words = stage.replace("-", " ")
        if not _complete(calendar):
            return replace(reading, whole=False, expected=None, reason=f"its {words} is not complete")
        reading = replace(
            reading,
            expected=(reading.expected or 0) + len(calendar.home),
            reason=f"{reading.reason}, then a {words} of {len(calendar.home)} matches",
        )
    return reading


def _complete(calendar: Calendar) -> bool:
    """Whether the matches are complete groups."""
    clubs, index = np.unique(np.concatenate([calendar.home, calendar.away]), return_inverse=True)
    half = len(calendar.home)
    return uniform(index[:half], index[half:], len(clubs))


def _judge_cup(season: Season, evidence: Evidence) -> _Verdict:
    file = _best_file(evidence)
    expected = None if file is None else file.declared
    if spoken := _spoken_against(season, evidence):
        return _Verdict(False, expected, spoken)
    if file is not None and _lacks(season, file):
        return _Verdict(False, expected, _short_file(file))
    if unread := sum(f.unread for f in evidence.files):
        return _Verdict(False, expected, f"{_lines(unread)} of its file could not be read")
    if evidence.goalless:
        return _Verdict(False, expected, _no_draws(evidence.goalless))
    if against := doubt(season.code, season.season, evidence.bracket):
        return _Verdict(False, expected, against)
    if file is not None and file.missing is not None and file.missing <= 0:
        return _Verdict(True, expected, f"all {expected} matches that its file declares")
    found = ruling(
        season.code,
        season.season,
        evidence.bracket,
        clubs=season.clubs,
        groups=bool(evidence.tables) and _whole_groups(season, evidence.tables),
        supercup=season.kind == "supercup",
    )
    if found is None:
        return _Verdict(False, None, _unruled(season, evidence))
    return _Verdict(True, None, found)


def _whole_groups(season: Season, tables: Mapping[str, Calendar]) -> bool:
    """Whether the matches outside ties are complete groups, or as many for each club as the format declares."""
    try:
        declared = competition_format(season.code, season.season).tables
    except RulesUnknown:
        declared = {}
    for stage, calendar in tables.items():
        if stage in declared:
            each = np.unique(np.concatenate([calendar.home, calendar.away]), return_counts=True)[1]
            if (
                len(each) == declared[stage].groups * declared[stage].size
                and (each == declared[stage].matches).all()
            ):
                continue
        if not _complete(calendar):
            return False
    return True


def _unruled(season: Season, evidence: Evidence) -> str:
    ties = evidence.bracket
    if not ties.all_ties:
        return f"{season.matches} matches without ties or stages: nothing says how many there were"
    if not ties.ties("final"):
        return f"{season.matches} matches, and no final among them"
    return f"{season.matches} matches: nothing says how many there were"


def _spoken_against(season: Season, evidence: Evidence) -> str | None:
    """What shows at once that a season cannot be taken for whole."""
    if season.open:
        have = "has" if season.open == 1 else "have"
        return f"{season.open} of {season.matches} matches {have} no result"
    if evidence.twice:
        home, away, one, other = evidence.twice[0]
        days = _day(one) if one == other else f"{_day(one)} and {_day(other)}"
        more = f", and {len(evidence.twice) - 1} other matches likewise" if len(evidence.twice) > 1 else ""
        return f"{home} v {away} stands twice, on {days}{more}"
    return None


def _best_file(evidence: Evidence) -> File | None:
    """The source that declares what it holds, the one that lacks least first."""
    known = [file for file in evidence.files if file.missing is not None]
    return min(known, key=lambda file: (file.missing, file.source), default=None)


def _lacks(season: Season, file: File) -> bool:
    """Whether a file declares more than it holds, and nobody else tells of the rest."""
    return (file.missing or 0) > 0 and season.played + season.void < (file.declared or 0)


def _short_file(file: File) -> str:
    return f"its file declares {file.declared} matches and holds {file.held}"


def _no_draws(goalless: tuple[str, int]) -> str:
    source, matches = goalless
    if matches < LEAST_FOR_DRAWS:
        told = "1 match is" if matches == 1 else f"{matches} matches are"
        return f"{told} told by {source} alone, which has no 0-0: others may be missing"
    return f"no 0-0 among the {matches} matches that only {source} tells, so those without a goal are missing"


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _had_qualifying(code: str, season: int) -> bool:
    """Whether the format of the season, as far as it is declared, begins with qualifying rounds."""
    try:
        return any(is_qualifying(stage) for stage in competition_format(code, season).stages)
    except RulesUnknown:
        return False


# -- seasons beside one another -----------------------------------------------------------------------


def _neighbours(seasons: Sequence[Season], at: int) -> list[int]:
    """The seasons of the same competition not far from one, nearest first."""
    mine = seasons[at]
    found = []
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(seasons) and seasons[other].code == mine.code:
            if abs(seasons[other].season - mine.season) > _NEIGHBOUR:
                break
            found.append(other)
            other += step
    return sorted(found, key=lambda i: abs(seasons[i].season - mine.season))


def _beside_neighbours(seasons: Sequence[Season], verdicts: Sequence[_Verdict]) -> list[_Verdict]:
    """The verdicts, with half seasons found: clubs that met once where they met twice in the years around."""
    kept: list[_Verdict] = []
    for at, verdict in enumerate(verdicts):
        if seasons[at].kind != "league":
            kept.append(verdict)
            continue
        usual = [
            (verdicts[i].per_club, seasons[i])
            for i in _neighbours(seasons, at)
            if verdicts[i].whole and verdicts[i].per_club
        ]
        if verdict.whole and usual and 0 < verdict.per_club < _SHORT_SEASON * min(n for n, _ in usual):
            each, other = usual[0]
            words = (
                f"{verdict.reason}, {verdict.per_club:.0f} matches a club where {_year(other)} has {each:.0f}"
            )
            verdict = replace(verdict, whole=False, reason=words)
        elif not verdict.whole and usual and verdict.per_club < _SAME_LENGTH * min(n for n, _ in usual):
            each, other = usual[0]
            words = f"{verdict.rough or verdict.reason}; clubs played {each:.0f} each in {_year(other)}"
            verdict = replace(verdict, reason=words, expected=None)
        kept.append(verdict)
    return kept


def _year(season: Season) -> str:
    return str(season.season) if _in_one_year(season) else _split(season.season)


def _split(season: int) -> str:
    return f"{season}-{(season + 1) % 100:02d}"


def _in_one_year(season: Season) -> bool:
    return season.last.year == season.season and season.first.month <= _SPRING


_SPRING: Final = 5
"""Month by which a season has begun that is one calendar year."""


def _labels(seasons: Sequence[Season], verdicts: Sequence[_Verdict]) -> list[str]:
    """What each season is called: "2023-24", or "2024" where it is a calendar year.

    One that overran into January is called like its neighbours.
    """
    found = []
    for at, season in enumerate(seasons):
        one_year = _in_one_year(season) or (season.last.year == season.season and verdicts[at].whole)
        around = _neighbours(seasons, at)
        if not one_year and len(around) > 1:
            one_year = all(_in_one_year(seasons[i]) for i in around)
        one_year = one_year and not season.code.startswith("uefa.")
        found.append(str(season.season) if one_year else _split(season.season))
    return found
