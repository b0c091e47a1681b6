"""What all commands share: their options, the archive that they open, and the files that they write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from secondleg.errors import BadInput

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import Console

    from secondleg.archive.archive import Archive

__all__ = [
    "ArchiveOption",
    "Format",
    "OutputOption",
    "day",
    "json_text",
    "known_on",
    "open_archive",
    "replacing",
    "text_or_json",
    "user_archive",
    "working",
    "writable",
    "write",
]


class Format(StrEnum):
    """How a result is written."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"


ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive",
        envvar="SECONDLEG_ARCHIVE",
        metavar="FILE",
        help="An archive file, or `starter`. Without it: your own archive if there is one, else the starter.",
    ),
]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]


def text_or_json(format: Format, what: str) -> None:
    """Raise BadInput where `what` is to be written otherwise."""
    if format not in (Format.TEXT, Format.JSON):
        raise BadInput(f"{what} is not written as {format}. Use --format text or --format json.")


def day(text: str | None, option: str) -> dt.date | None:
    """The day that an option names; None where it is not given. Raises BadInput for what is no day."""
    import datetime as dt

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"{option} {text!r} is not a day. Write it as year-month-day, such as 2024-04-18."
        ) from error


def known_on(match_day: dt.date | None, as_of: dt.date | None) -> dt.date:
    """The morning on which a preview is written: as asked for, else the day of the match, else today."""
    import datetime as dt

    if match_day is not None and as_of is not None and as_of > match_day:
        raise BadInput(f"--as-of {as_of} is after the match on {match_day}. Give that day or an earlier one.")
    return as_of or match_day or dt.date.today()


def user_archive() -> Path:
    """Where the user's own archive lies."""
    from platformdirs import user_data_path

    return user_data_path("secondleg") / "archive.duckdb"


def open_archive(chosen: str | None, *, say: bool = True) -> Archive:
    """Open the chosen archive for reading: a file, `starter`, or what the user has.

    Without a choice, `say` tells on standard error which it is.
    """
    from secondleg.archive.archive import Archive
    from secondleg.archive.starter import load

    own = user_archive()
    if chosen == "starter" or (chosen is None and not own.exists()):
        if say and chosen is None:
            typer.echo("Using the starter archive; `secondleg data import` makes your own.", err=True)
        return load()
    path = Path(chosen) if chosen else own
    if say and chosen is None:
        typer.echo(f"Using your archive, {path}.", err=True)
    return Archive.open(path)


_PATIENCE = 1.0
"""Seconds of work after which a reader is shown that something goes on."""


@contextmanager
def working(what: str, *, after: float = _PATIENCE, console: Console | None = None) -> Iterator[None]:
    """Show a moving bar on the terminal while work lasts longer than `after` seconds; gone when it ends.

    Nothing where standard error is no terminal, unless a `console` is given.
    """
    import sys

    if console is None and not sys.stderr.isatty():
        yield
        return
    import threading

    shown: list[Any] = []
    lock, ended = threading.Lock(), threading.Event()

    def show() -> None:
        if ended.wait(after):
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        bar = Progress(*columns, console=console or Console(stderr=True), transient=True)
        bar.add_task(what, total=None)
        with lock:
            if not ended.is_set():
                bar.start()
                shown.append(bar)

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        with lock:
            ended.set()
        for bar in shown:
            bar.stop()
        thread.join()


def writable(chosen: str | None) -> Path:
    """The file that an import writes to."""
    if chosen == "starter":
        raise BadInput("the starter archive cannot be changed. Give --archive FILE, or leave it out.")
    return Path(chosen) if chosen else user_archive()


def json_text(document: dict[str, Any]) -> str:
    """A document as JSON."""
    import json

    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def write(text: str, output: Path | None) -> None:
    """Write a text to a file, or to standard output."""
    if output is None:
        typer.echo(text)
    else:
        with replacing(output) as path:
            path.write_text(f"{text}\n", encoding="utf-8")


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """A file to write to, that becomes `output` when all is written; else `output` stays as it was."""
    if output.exists() and not output.is_file():
        # a terminal, a pipe: nothing can be put in its place
        yield output
        return
    import os

    target = output.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(target)
    except OSError as error:
        raise BadInput(
            f"cannot write to {output}: {error.strerror or error}. Choose another place with --output."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    typer.echo(f"Written to {output}.", err=True)
