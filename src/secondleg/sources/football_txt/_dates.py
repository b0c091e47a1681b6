"""Dates: their spellings, and the year of a date that is written without one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

__all__ = ["MONTHS", "WEEKDAYS", "DateLine", "Season", "declared_range", "read_date", "resolve"]

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY: Final = (
    r"(?:(?P<weekday>Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)(?:day|nesday|sday|rsday|urday)?\.?,?\s+)?"
)
_MONTH: Final = (
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
)
_YEAR: Final = r"(?:,?[\s/](?P<year>\d{4}))?"
_DATE: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}{_MONTH}[\s/](?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.?(?:st|nd|rd|th)?[\s/]{_MONTH}{_YEAR}",
        rf"{_WEEKDAY}(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})",
    )
)
_RANGE: Final = re.compile(r"#\s*Date\s+(?P<first>.+?)\s+-\s+(?P<last>.+?)(?:\s+\(\d+d\))?\s*$")
_FIRST_MONTH: Final = 7
"""July: a season over two years is taken to begin with it where the file does not tell its days."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date as it is written."""

    month: int
    day: int
    weekday: int | None = None
    """Monday is 0."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """The days that a file may speak of."""

    year: int
    """In which the season began."""
    calendar_year: bool
    first: dt.date | None = None
    """First and last day, where the file tells them."""
    last: dt.date | None = None


def read_date(text: str) -> DateLine | None:
    """Read a date in any of its spellings, brackets around it allowed; None if `text` is something else."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1].strip()
    for pattern in _DATE:
        if found := pattern.fullmatch(text):
            month = found["month"]
            number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
            weekday = WEEKDAYS.index(found["weekday"][:3].lower()) if found["weekday"] else None
            return DateLine(number, int(found["day"]), weekday, int(found["year"]) if found["year"] else None)
    return None


def declared_range(header: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a header such as `# Date  Sat Apr 6 - Sun Oct 27 2024 (204d)`."""
    found = _RANGE.match(header)
    if not found:
        return None
    first, last = read_date(found["first"]), read_date(found["last"])
    if first is None or last is None or last.year is None:
        return None
    end = _day(last.year, last)
    if end is None:
        return None
    begin = _day(first.year or last.year, first)
    if begin and first.year is None and begin > end:
        begin = _day(last.year - 1, first)
    return (begin, end) if begin and begin <= end else None


def resolve(date: DateLine, season: Season, previous: dt.date | None) -> tuple[dt.date | None, str | None]:
    """The day that a date line means, and what is odd about it; no day if the calendar has none.

    A year that is written counts. Else it is the year that puts the day between the season's first and last;
    among several, the one whose weekday fits, then the one nearest after the date before.
    """
    if date.year is not None:
        day = _day(date.year, date)
        return day, (_weekday_oddity(day, date) if day else None)
    years = (season.year,) if season.calendar_year else (season.year, season.year + 1)
    if season.first and season.last:
        years = tuple(sorted({*years, season.first.year, season.last.year}))
    days = [day for year in years if (day := _day(year, date))]
    if not days:
        return None, None
    best = min(days, key=lambda day: _distance(day, date, season, previous))
    oddity = _weekday_oddity(best, date)
    if oddity is None and season.first and season.last and not season.first <= best <= season.last:
        oddity = f"{best} lies outside the file's own days, {season.first} to {season.last}"
    return best, oddity


def _distance(
    day: dt.date, date: DateLine, season: Season, previous: dt.date | None
) -> tuple[bool, bool, int]:
    if season.first and season.last:
        outside = not season.first <= day <= season.last
    elif season.calendar_year:
        outside = day.year != season.year
    else:
        outside = not dt.date(season.year, _FIRST_MONTH, 1) <= day < dt.date(season.year + 1, _FIRST_MONTH, 1)
    misfit = date.weekday is not None and day.weekday() != date.weekday
    return (misfit and outside) or outside, misfit, abs((day - previous).days) if previous else 0


def _day(year: int, date: DateLine) -> dt.date | None:
    try:
        return dt.date(year, date.month, date.day)
    except ValueError:
        return None


def _weekday_oddity(day: dt.date, date: DateLine) -> str | None:
    if date.weekday is None or day.weekday() == date.weekday:
        return None
    written = WEEKDAYS[date.weekday].title()
    return f"{day} was a {day:%a}, not a {written}"
