"""Every error that secondleg raises on purpose, in one tree.

A message says what was wrong, where, and ends with what to do next. The command line prints it as it is and
leaves with exit code 2; anything that is not in this tree is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "AmbiguousClub",
    "ArchiveBusy",
    "ArchiveError",
    "BadInput",
    "DownloadError",
    "FixtureNotFound",
    "ForecastError",
    "MissingExtra",
    "OutOfRange",
    "RulesUnknown",
    "SecondlegError",
    "SourceError",
    "UnknownClub",
]


class SecondlegError(Exception):
    """Base of all expected errors; `str(error)` is a sentence fit to show to a user."""


class BadInput(SecondlegError):
    """An argument that cannot be read: a date, a score, a format name."""


class UnknownClub(BadInput):
    """No club goes by that name; lists the nearest names."""

    def __init__(self, name: str, nearest: Sequence[str], likeness: float = 0.0) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        self.likeness = likeness
        """Of the name to the nearest one, from 0 to 100."""
        hint = (
            f"Nearest names: {', '.join(self.nearest)}. Use one of them, or a club id such as eng/liverpool."
            if self.nearest
            else "Nothing in the archive comes near it. `secondleg data status` shows what the archive holds."
        )
        super().__init__(f"no club is known as {name!r}. {hint}")


class AmbiguousClub(BadInput):
    """Several clubs go by that name; lists them by id."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        super().__init__(
            f"{name!r} is the name of {len(self.candidates)} clubs: {', '.join(self.candidates)}. "
            "Use one of these ids instead of the name."
        )


class FixtureNotFound(BadInput):
    """The two clubs have no such match in the archive."""


class OutOfRange(BadInput):
    """A day that the archive cannot speak for."""


class SourceError(SecondlegError):
    """A source file that cannot be read as its format; names the file, the line and the field."""

    def __init__(self, problem: str, *, file: str, line: int | None = None, hint: str) -> None:
        self.file = file
        self.line = line
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {problem}. {hint}")


class DownloadError(SecondlegError):
    """Something that could not be fetched; names the address, what was wrong with it and what to do next."""

    def __init__(self, problem: str, *, address: str, hint: str) -> None:
        self.address = address
        self.problem = problem
        super().__init__(f"{address}: {problem}. {hint}")


class ArchiveError(SecondlegError):
    """The archive file cannot be opened, written or understood."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to the archive."""


class RulesUnknown(SecondlegError):
    """No rule is declared for a competition, season and stage."""


class ForecastError(SecondlegError):
    """A forecast that the data at hand does not allow."""


class MissingExtra(SecondlegError):
    """An optional part is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part. Install it with: pip install 'secondleg[{extra}]'")
