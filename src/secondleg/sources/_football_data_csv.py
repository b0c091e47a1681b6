"""CSV files of football-data.co.uk, in every era of their columns."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from secondleg.errors import SourceError
from secondleg.sources._delimited import read_delimited
from secondleg.sources._football_data_columns import COUNTRIES, DIVISIONS, STATISTICS_OF, prices
from secondleg.sources._football_data_rows import GOALS, KEYS
from secondleg.sources.contract import UnreadLine

__all__ = ["CsvFile", "csv_document", "is_ours", "read_csv_file"]

_SEASON_FOLDER: Final = re.compile(r"(\d\d)(\d\d)")
_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)")
_GOALS: Final = re.compile(r"\d{1,2}")
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_FIRST_YEAR: Final = 1993
"""Of the site's first season; years of two digits below 93 are of this century."""
_SEASON_TURNS: Final = 6
"""Month from which a first match is of the season that begins in its year. Every season of these leagues has begun in
July to October."""
_SEASON_OVER: Final = 8
"""Month by which a season is over in the year after; the next may begin in it."""
_OVER_LATER: Final = {2019: 9}
"""Seasons that went on for longer: that of the pandemic into August 2020."""
_HOURS_AHEAD: Final = {
    **dict.fromkeys(("eng", "sco", "irl", "por"), 0),
    **dict.fromkeys(("ger", "ita", "esp", "fra", "ned", "bel", "aut", "den", "nor", "pol", "sui", "swe"), 1),
}
"""Of British time, by country: those whose clocks change on the same days."""
_CUPS: Final = {("ARG", "copa"): "arg.leaguecup", ("SWZ", "challenge"): "sui.2"}
"""Other competitions in a country's file, by a word of the League column."""
_ALIASES: Final = {
    "HT": "HomeTeam", "AT": "AwayTeam", "Home": "HomeTeam", "Away": "AwayTeam",
    "HG": "FTHG", "AG": "FTAG", "GBAHh": "GBAH", "LBAHh": "LBAH", "B365AHh": "B365AH",
}  # fmt: skip
"""Other spellings of columns."""
_CLOSING_ONLY: Final = {f"{book}{side}": f"{book}C{side}" for book in ("Max", "Avg") for side in "HDA"}
"""Prices of the countries' files, as once and as now called; they were closing ones all along."""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """One file: its rows under the site's column names, and what was not read."""

    document: str
    wide: pa.Table
    unread: list[UnreadLine]
    notes: list[str]


def is_ours(path: Path) -> bool:
    """Whether a file is one of the site's, by its name; a country's also by its first line."""
    if path.suffix.lower() != ".csv":
        return False
    stem = path.stem.upper()
    if stem in DIVISIONS:
        return path.is_file()
    if stem not in COUNTRIES or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(200).removeprefix(b"\xef\xbb\xbf").startswith(b"Country,")


def csv_document(path: Path) -> str:
    """A file's name on the site."""
    stem = path.stem.upper()
    if stem in COUNTRIES:
        return f"new/{stem}.csv"
    season = _season_of_folder(path)
    return read_csv_file(path).document if season is None else _division_document(stem, season)


def _season_of_folder(path: Path) -> int | None:
    """The year in which a season began whose folder a file lies in (`9394`); None if it lies in another."""
    found = _SEASON_FOLDER.fullmatch(path.parent.name)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        return None
    return _century(int(found[1]))


def _division_document(stem: str, season: int) -> str:
    return f"mmz4281/{season % 100:02}{(season + 1) % 100:02}/{stem}.csv"


def _century(year: int) -> int:
    """A year of two digits in full."""
    return year + (1900 if year >= _FIRST_YEAR % 100 else 2000)


def _season_of_days(days: Iterable[dt.date]) -> int:
    """The season that most days are of; a slip of the pen does not move a file."""
    began = Counter(day.year if day.month >= _SEASON_TURNS else day.year - 1 for day in days)
    return min(began, key=lambda season: (-began[season], season), default=_FIRST_YEAR)


def read_csv_file(path: Path) -> CsvFile:
    """Read one file. Raises SourceError if it lacks sides, date or score, or has no row that can be read."""
    stem = path.stem.upper()
    country = COUNTRIES.get(stem)
    needed: list[str | tuple[str, ...]] = ["Date", ("HomeTeam", "HT", "Home"), ("AwayTeam", "AT", "Away")]
    needed += [("FTHG", "HG"), ("FTAG", "AG"), *(["Season"] if country else [])]
    read = read_delimited(path, needed, fallback="cp1252", short=True)
    columns = _named(read.columns(), country is not None)
    unread = list(read.unread)
    days = [_day(text) for text in columns["Date"]]
    told = None if country else _season_of_folder(path)
    begun = _season_of_days(day for day in days if day) if told is None else told
    good: list[int] = []
    for at, day in enumerate(days):
        if reason := _fault(columns, at, day, None if country else begun):
            unread.append(UnreadLine(read.lines[at], ",".join(read.rows[at])[:200], reason))
        else:
            good.append(at)
    if read.rows and not good:
        raise SourceError(
            f"no row can be read ({unread[0].reason})",
            file=path.name,
            line=unread[0].line,
            hint="Take the file anew from its source.",
        )
    seasons = [int(columns["Season"][at].strip()[:4]) for at in good] if country else [begun] * len(good)
    document = f"new/{stem}.csv" if country else _division_document(stem, begun)
    home = _HOURS_AHEAD.get(country or DIVISIONS[stem].partition(".")[0])
    wide = pa.table(
        [
            [document] * len(good),
            [read.lines[at] for at in good],
            [_competition(columns, at, stem) for at in good],
            seasons,
            [days[at] for at in good],
            [_time(columns["Time"][at], home) if "Time" in columns else None for at in good],
            [columns["HomeTeam"][at].strip() for at in good],
            [columns["AwayTeam"][at].strip() for at in good],
            [f"season {columns['Season'][at].strip()}" if country else None for at in good],
        ],
        schema=KEYS,
    )
    for name in _NUMBERS:
        if name in columns:
            wide = wide.append_column(name, _numbers([columns[name][at] for at in good]))
    if "Referee" in columns:
        names = [columns["Referee"][at].strip() or None for at in good]
        wide = wide.append_column("Referee", pa.array(names, pa.string()))
    notes = [f"{read.surplus} rows have more fields than the header"] if read.surplus else []
    return CsvFile(document, wide, sorted(unread, key=lambda line: line.line), notes)


_NUMBERS: Final = (
    *GOALS,
    *STATISTICS_OF,
    "Attendance",
    *dict.fromkeys(name for price in prices() for name in (*price.columns, *price.sizes)),
)
"""Columns that hold numbers."""


def _named(columns: dict[str, list[str]], single: bool) -> dict[str, list[str]]:
    """The columns under one spelling each."""
    other = _ALIASES | (_CLOSING_ONLY if single else {})
    found: dict[str, list[str]] = {}
    for name, values in columns.items():
        found.setdefault(name if name not in other or other[name] in columns else other[name], values)
    return found


def _day(text: str) -> dt.date | None:
    """A date as dd/mm/yy or dd/mm/yyyy; None if it is none, or before the site's time."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found[3])
    if len(found[3]) == 2:
        year = _century(year)
    try:
        day = dt.date(year, int(found[2]), int(found[1]))
    except ValueError:
        return None
    return day if year >= _FIRST_YEAR else None


def _is_of(day: dt.date, season: int) -> bool:
    """Whether a division's match can be of the season that began in that year."""
    over = _OVER_LATER.get(season, _SEASON_OVER)
    return dt.date(season, _SEASON_TURNS, 1) <= day < dt.date(season + 1, over, 1)


def _fault(columns: dict[str, list[str]], at: int, day: dt.date | None, begun: int | None) -> str | None:
    """Why a row cannot be read; `begun` is the file's season, None where each row has its own."""
    if day is None:
        return f"{columns['Date'][at]!r} is no date such as 14/08/1993"
    if begun is not None and not dt.date(begun, _SEASON_TURNS, 1) <= day < dt.date(
        begun + 1, _SEASON_OVER, 1
    ):
        return f"{day} is not of the season that began in {begun}"
    home, away = columns["HomeTeam"][at].strip(), columns["AwayTeam"][at].strip()
    if not home or not away or home == away:
        return "two different sides are needed"
    goals = [columns[name][at].strip() for name in GOALS[:2]]
    if any(goals) and not all(map(_GOALS.fullmatch, goals)):
        return f"{'-'.join(goals)!r} is no score"
    if begun is None:
        season = columns["Season"][at].strip()
        if not re.fullmatch(r"(19|20)[0-9]{2}(/(19|20)?[0-9]{2})?", season):
            return f"{season!r} is no season such as 2012/2013"
        if not 0 <= day.year - int(season[:4]) <= 1:
            return f"{day} is not of the season {season}"
    return None


def _competition(columns: dict[str, list[str]], at: int, stem: str) -> str:
    if stem in DIVISIONS:
        told = columns["Div"][at].strip() if "Div" in columns else stem
        return DIVISIONS.get(told, DIVISIONS[stem])
    league = columns["League"][at].lower() if "League" in columns else ""
    for (file, word), code in _CUPS.items():
        if file == stem and word in league:
            return code
    return f"{COUNTRIES[stem]}.1"


def _time(text: str, ahead: int | None) -> str | None:
    """Local kick-off of a British time; None if the country's clock is not known, or the day would change."""
    found = _TIME.fullmatch(text.strip())
    if found is None or ahead is None:
        return None
    hour = int(found[1]) + ahead
    return f"{hour:02}:{found[2]}" if hour < 24 and int(found[2]) < 60 else None


def _numbers(texts: Sequence[str]) -> pa.Array:
    """Numbers of texts; what is none is not there."""
    raw = pa.array([text.strip() or None for text in texts], pa.string())
    try:
        return pc.cast(raw, pa.float64())
    except pa.ArrowInvalid:
        return pa.array([_number(text) for text in texts], pa.float64())


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None
