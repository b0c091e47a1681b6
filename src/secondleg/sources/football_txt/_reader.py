"""One document: from its lines to rows, with an account of every line."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from secondleg.errors import BadInput, SourceError
from secondleg.football import country as countries
from secondleg.football.match import Status
from secondleg.sources.contract import FileReport, UnreadLine
from secondleg.sources.football_txt import _dates, _lines, _scores, _stages, _ties
from secondleg.sources.football_txt._competitions import Competition, Correction, corrections, identify
from secondleg.sources.football_txt._rows import Row

__all__ = ["Reading", "read_text"]

_A_SCORE: Final = re.compile(r"(?<![\w-])\d{1,2}-\d{1,2}(?![\w-])")
_COUNTRY_OF_CLUB: Final = re.compile(r"(.*\S)\s+\(([A-Z]{3})\)")
_DECLARED: Final = re.compile(r"#\s*Matches\s+(\d+)\s*")
_NOBODY: Final = frozenset({"N.N.", "n.n.", "NN", "TBD", "tbd", "TBA", "?", "N.A.", "n/a"})
"""Names that stand for a club that is not known yet."""
_STATUS: Final[dict[str, Status]] = {
    "cancelled": Status.CANCELLED,
    "canceled": Status.CANCELLED,
    "annulled": Status.CANCELLED,
    "void": Status.CANCELLED,
    "postponed": Status.POSTPONED,
    "abandoned": Status.ABANDONED,
    "suspended": Status.ABANDONED,
    "awarded": Status.AWARDED,
    "awd": Status.AWARDED,
    "walkover": Status.AWARDED,
    "wo": Status.AWARDED,
    "w/o": Status.AWARDED,
}
"""First word of a note in square brackets -> what became of the match."""
_CALLED_OFF: Final = frozenset({Status.CANCELLED, Status.POSTPONED, Status.ABANDONED})
_MOST_NOTES: Final = 200
"""Notes kept for one document, against a file that is odd throughout."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one document."""

    rows: tuple[Row, ...]
    report: FileReport
    kinds: dict[str, int]
    """How many lines there are of each kind; "match" and "unread" are among them, blank lines are not."""


@dataclass(slots=True)
class _State:
    """Where in a document the reader stands."""

    document: str
    competition: Competition | None = None
    season: _dates.Season | None = None
    title: str | None = None
    section: str | None = None
    place: _stages.Place = field(default_factory=_stages.Place)
    date: dt.date | None = None
    dateless: str = "no date above the match"
    time: str | None = None
    declared: int | None = None
    days: tuple[dt.date, dt.date] | None = None
    goals_open: bool = False
    comment: int | None = None
    """The line on which a comment begins that has not ended yet."""
    rows: list[Row] = field(default_factory=list)
    seen: dict[tuple[dt.date, str, str], Row] = field(default_factory=dict)
    unread: list[UnreadLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def remark(self, line: int, text: str) -> None:
        """Keep a note on a line that was read but is odd."""
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(f"line {line}: {text}")


def read_text(text: str, document: str) -> Reading:
    """Read the text of one document.

    Every line that is not blank is counted under one kind; a line that is none of those known is in the
    report with the reason. Raises SourceError where the text ends within a line that holds a match: the file
    is cut.
    """
    state = _State(document)
    _prepare(state, text)
    lines = text.split("\n")
    kind = ""
    slips = corrections(document)
    for number, line in enumerate(lines, 1):
        line = line.rstrip()
        if not line:
            state.goals_open = False
            continue
        if slips:
            line = _corrected(state, slips, number, line)
        kind = _read_line(state, number, line)
        state.kinds[kind] += 1
    if lines[-1].strip() and kind in ("match", "placeholder", "repeat", "unread"):
        raise SourceError(
            f"the file ends within a line: {lines[-1].strip()[:60]!r}",
            file=document,
            line=len(lines),
            hint="It seems cut; get it again, or end its last line if it is whole.",
        )
    return _finish(state)


def _corrected(state: _State, slips: tuple[Correction, ...], number: int, line: str) -> str:
    """The line as it is meant, where a slip in it is declared."""
    for slip in slips:
        start = line.lstrip()
        if slip.under == state.place.text and (start == slip.written or start.startswith(f"{slip.written} ")):
            state.remark(number, f"{slip.written!r} is taken as {slip.meant!r}: {slip.because}")
            return line.replace(slip.written, slip.meant, 1)
    return line


def _prepare(state: _State, text: str) -> None:
    """Take from the head of a document what its lines need: competition, season, and the days it spans."""
    for line in text[:4000].split("\n")[:40]:
        if (
            state.title is None
            and line.startswith("=")
            and (title := _lines.heading(line))
            and title.level == 1
        ):
            state.title = title.text
        elif state.days is None and line.startswith("# Date"):
            state.days = _dates.declared_range(line)
        elif state.declared is None and (declared := _DECLARED.fullmatch(line)):
            state.declared = int(declared[1])
    _open_competition(state, state.title)


def _open_competition(state: _State, title: str | None) -> None:
    competition = identify(state.document, title)
    state.competition, state.section, state.place, state.date = competition, None, _stages.Place(), None
    if competition:
        first, last = state.days or (None, None)
        state.season = _dates.Season(competition.season, competition.calendar_year, first, last)


def _read_line(state: _State, number: int, line: str) -> str:
    """Read one line into the state; returns its kind."""
    if state.comment is not None:
        if "-->" in line:
            state.comment = None
        return "comment"
    start = line.lstrip()
    first = start[0]
    if first == "#":
        return "comment"
    if start.startswith("<!--"):
        state.comment = None if "-->" in start else number
        return "comment"
    if first in "=▪»►•" and (heading := _lines.heading(line if first == "=" else start)):
        _enter(state, number, heading)
        return "heading"
    if (date := _read_date(start)) is not None:
        _set_date(state, number, date)
        return "date"
    if state.goals_open:
        if not _holds_a_match(line):
            state.goals_open = start.count("(") >= start.count(")")
            return "goals"
        state.goals_open = False
        state.remark(number, "goalscorers above it stand in a bracket that nothing closes")
    if line[0].isspace() and first.isalnum():
        # nearly all lines are matches; what else begins so is told from them when they fail to read as one
        return _read_match(state, number, line)
    if (kind := _lines.furniture(line)) is not None:
        return kind
    if not line[0].isspace() and _stages.reads_as_heading(start):
        _enter(state, number, _lines.Heading(3, start))
        return "heading"
    return _read_match(state, number, line)


def _holds_a_match(line: str) -> bool:
    """Whether a line among goalscorers is no list of them: it holds a score, or two sides after a time of day."""
    found = _lines.match(line)
    return _A_SCORE.search(line) is not None or (not isinstance(found, str) and found.timed_layout)


def _read_date(start: str) -> _dates.DateLine | None:
    # most lines are matches: only what can begin a date is tried as one
    if start[0] == "[" or (start[0].isdigit() and len(start) < 24) or start[:3] in _DATE_STARTS:
        return _dates.read_date(start)
    return None


_DATE_STARTS: Final = frozenset(
    word for name in (*_dates.WEEKDAYS, *_dates.MONTHS) for word in (name, name.upper(), name.title())
)


def _enter(state: _State, number: int, heading: _lines.Heading) -> None:
    state.goals_open = False
    if heading.level == 1:
        if heading.text != state.title:
            state.title = heading.text
            _open_competition(state, heading.text)
        return
    if state.competition is None:
        state.place = _stages.Place(heading.text)
        return
    if heading.level == 2:
        state.section = heading.text
        state.place = _stages.place("", state.competition, state.section)
    else:
        section = state.section
        state.place = _stages.place(heading.text, state.competition, section)
    if not state.place.understood:
        state.remark(number, f"heading not understood: {heading.text!r}")


def _set_date(state: _State, number: int, date: _dates.DateLine) -> None:
    state.time = None
    if state.season is None:
        return
    previous = state.rows[-1].date if state.rows else None
    state.date, oddity = _dates.resolve(date, state.season, state.date or previous)
    if state.date is None:
        state.dateless = f"no such day as on line {number}"
    if oddity:
        state.remark(number, oddity)


def _read_match(state: _State, number: int, line: str) -> str:
    found = _lines.match(line)
    if isinstance(found, str):
        if (kind := _lines.furniture(line)) is not None:
            return kind
        if _lines.opens_goals(line) and state.kinds["match"]:
            state.goals_open = line.count("(") > line.count(")")
            return "goals"
        return _unread(state, number, line, found)
    if {found.home, found.away} & _NOBODY:
        state.time = found.time or state.time
        return "placeholder"
    competition = state.competition
    if competition is None:
        return _unread(state, number, line, "what competition and season the file holds is not known")
    if state.date is None:
        return _unread(state, number, line, state.dateless)
    if found.home == found.away:
        return _unread(state, number, line, f"{found.home} against itself")
    scores = _scores.parse(found.score) if found.score else None
    if found.score and scores is None:
        return _unread(state, number, line, f"a score that cannot be understood: {found.score!r}")
    state.goals_open = found.goals_open
    row = _row(state, competition, state.date, number, found, scores)
    if (twin := state.seen.setdefault((row.date, row.home, row.away), row)) is not row and _same(twin, row):
        state.remark(number, f"repeats line {twin.line}: {row.home} v {row.away}")
        return "repeat"
    state.rows.append(row)
    return "match"


def _same(one: Row, other: Row) -> bool:
    return (one.status, one.home_goals, one.away_goals) == (other.status, other.home_goals, other.away_goals)


def _unread(state: _State, number: int, line: str, reason: str) -> str:
    state.unread.append(UnreadLine(number, line.strip(), reason))
    return "unread"


def _row(
    state: _State,
    competition: Competition,
    date: dt.date,
    number: int,
    found: _lines.MatchLine,
    scores: _scores.Scores | None,
) -> Row:
    status, note = _status(found, scores)
    if found.time:
        state.time = found.time
    home, home_country = _club(state, number, found.home, competition)
    away, away_country = _club(state, number, found.away, competition)
    place = state.place
    row = Row(
        document=state.document,
        line=number,
        competition=competition.code,
        season=competition.season,
        stage=place.stage,
        stage_text=place.text,
        group=place.group,
        round=place.round,
        leg=place.leg,
        date=date,
        # an empty column means the time above; a match that was called off often has none at all
        time=found.time or (state.time if found.timed_layout and status not in _CALLED_OFF else None),
        home=home,
        away=away,
        home_country=home_country,
        away_country=away_country,
        status=status,
        ground=found.ground,
        note=note,
    )
    if scores:
        _score(row, scores)
        if scores.impossible and row.status == Status.PLAYED:
            # no match ends below its own half-time score: the final one was decreed, and the file does not
            # say so
            row.status = Status.AWARDED
            row.home_ft = row.away_ft = row.after_extra_time = None
        if scores.oddity:
            state.remark(number, scores.oddity)
            row.note = "; ".join(filter(None, (row.note, scores.oddity)))
    return row


def _status(found: _lines.MatchLine, scores: _scores.Scores | None) -> tuple[Status, str | None]:
    """What became of a match, and what its note says beyond that."""
    has_score = scores is not None and scores.final is not None
    status = Status.PLAYED if has_score else Status.FIXTURE
    if scores and scores.decreed:
        status = Status.AWARDED
    note = found.note
    if note:
        word, _, more = note.replace(";", " ;").partition(" ")
        named = _STATUS.get(word.lower())
        if named is not None and not (named is Status.AWARDED and not has_score):
            status = named
            note = more.strip(" ;,:") or (word if word.lower() in ("annulled", "void", "walkover") else None)
    if scores and scores.shootout and not has_score:
        note = "; ".join(filter(None, (note, "decided in a shoot-out; the score before it is not told")))
    return status, note


def _score(row: Row, scores: _scores.Scores) -> None:
    """Put scores into a row; of an awarded match only the decreed score."""
    if scores.final:
        row.home_goals, row.away_goals = scores.final
    if scores.shootout:
        row.home_pens, row.away_pens = scores.shootout
    if row.status == Status.AWARDED:
        return
    if scores.full_time:
        row.home_ft, row.away_ft = scores.full_time
    if scores.half_time:
        row.home_ht, row.away_ht = scores.half_time
    row.after_extra_time = scores.after_extra_time


def _club(state: _State, number: int, name: str, competition: Competition) -> tuple[str, str | None]:
    """A club's name without its country, and the country: the name's own, else the competition's."""
    found = _COUNTRY_OF_CLUB.fullmatch(name) if name[-1] == ")" else None
    if not found:
        return name, competition.country
    try:
        return found[1], countries.code(found[2])
    except BadInput:
        state.remark(number, f"country not known: {found[2]}")
        return found[1], competition.country


def _finish(state: _State) -> Reading:
    if state.comment is not None:
        reason = "a comment that nothing ends: what is below it was not read"
        state.unread.append(UnreadLine(state.comment, "<!--", reason))
        state.kinds["comment"] -= 1
        state.kinds["unread"] += 1
    _ties.set_legs(state.rows)
    if state.competition:
        _ties.set_neutral(state.rows, state.competition)
    rows, notes = state.rows, state.notes
    placeholders = state.kinds["placeholder"]
    if state.declared is not None and state.declared != len(rows) + placeholders:
        notes.insert(0, f"declares {state.declared} matches, holds {len(rows) + placeholders}")
    if placeholders:
        notes.append(f"{placeholders} matches whose clubs are not known yet")
    dates = [row.date for row in rows]
    report = FileReport(
        document=state.document,
        matches=len(rows),
        played=sum(row.status in (Status.PLAYED, Status.AWARDED) for row in rows),
        declared=state.declared,
        unread=tuple(state.unread),
        notes=tuple(notes),
        first=min(dates, default=None),
        last=max(dates, default=None),
    )
    return Reading(tuple(rows), report, dict(state.kinds))
