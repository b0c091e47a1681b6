"""The command line: reads arguments, asks the desk, prints. It has no logic of its own.

Everything heavy is imported by the command that needs it, so that each starts quickly.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from secondleg.errors import BadInput, SecondlegError

if TYPE_CHECKING:
    import datetime as dt

    from secondleg.archive.archive import Archive

__all__ = ["app", "main"]

app = typer.Typer(
    name="secondleg",
    help="A football match-preview desk: every sentence from data, with the matches behind it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
data = typer.Typer(help="What the archive holds, and how more gets into it.", no_args_is_help=True)
app.add_typer(data, name="data")


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
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day of the match, such as 2024-04-18.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Known on the morning of this day; the day of the match if not given."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How it is written.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]
HomeArgument = Annotated[str, typer.Argument(metavar="HOME", help="The home side, by any name or id.")]
AwayArgument = Annotated[str, typer.Argument(metavar="AWAY", help="The away side.")]


@app.command()
def preview(
    home: HomeArgument,
    away: AwayArgument,
    on: OnOption = None,
    as_of: AsOfOption = None,
    format: FormatOption = Format.TEXT,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List the matches behind each sentence.")
    ] = False,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Write the preview of a match, as known on the morning of a day."""
    match_day, day = _day(on, "--on"), _day(as_of, "--as-of")
    with _open(archive) as held:
        from secondleg.desk.preview import preview as write

        document = write(held.view(_known_on(match_day, day)), home, away, match_day)
        _print_document(document, format, evidence, output)


@app.command()
def forecast(
    home: HomeArgument,
    away: AwayArgument,
    on: OnOption = None,
    as_of: AsOfOption = None,
    neutral: Annotated[bool, typer.Option("--neutral", help="On neutral ground.")] = False,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Forecast a match, and the tie that it decides; without a fixture, the match as if it were played."""
    match_day, day = _day(on, "--on"), _day(as_of, "--as-of")
    if format not in (Format.TEXT, Format.JSON):
        raise BadInput(f"a forecast is not written as {format}. Use --format text or --format json.")
    with _open(archive) as held:
        from secondleg.desk.forecasting import forecast as ask
        from secondleg.desk.forecasting import to_text

        document = ask(held.view(_known_on(match_day, day)), home, away, match_day, neutral=neutral)
        _write(_json(document) if format is Format.JSON else to_text(document), output)


@data.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders that hold some.")],
    archive: ArchiveOption = None,
) -> None:
    """Read result files into an archive: all of them, or, if one cannot be read, none."""
    from secondleg.desk.holdings import Progress, import_report
    from secondleg.sources.importer import import_files

    target = _writable(archive)
    from secondleg.archive.archive import Archive

    with Archive.create(target) as held, Progress() as progress:
        report = import_files(held, paths, progress=progress)
    typer.echo(import_report(report, target))


@data.command("status")
def status(
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Show what the archive holds, and which seasons are whole."""
    if format not in (Format.TEXT, Format.JSON):
        raise BadInput(f"the status is not written as {format}. Use --format text or --format json.")
    with _open(archive, say=False) as held:
        from secondleg.desk.holdings import holdings, print_holdings

        document = holdings(held)
        if format is Format.JSON:
            _write(_json(document), output)
        elif output is None:
            print_holdings(document)
        else:
            with _replacing(output) as path:
                print_holdings(document, path)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    """Show the version, where it is asked for."""
    if show:
        from secondleg import __version__

        typer.echo(f"secondleg {__version__}")
        raise typer.Exit


def main() -> NoReturn:
    """Run the command line; an expected error is one line on standard error and exit code 2."""
    try:
        app(standalone_mode=True)
    except SecondlegError as error:
        typer.echo(f"secondleg: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # a reader such as `head` has seen enough
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(
            f"secondleg: {where}{error.strerror or error}. Check the path and who may use it.", err=True
        )
        sys.exit(2)
    except Exception as error:
        message = _damage(error)
        if message is None:
            raise
        typer.echo(f"secondleg: {message}", err=True)
        sys.exit(2)
    sys.exit(0)


def _damage(error: Exception) -> str | None:
    """What to say of an error of the database itself, which a damaged file can bring up anywhere; else None."""
    duckdb = sys.modules.get("duckdb")
    if duckdb is None or not isinstance(
        error, (duckdb.IOException, duckdb.FatalException, duckdb.SerializationException)
    ):
        return None
    text = str(error).splitlines()[0].removesuffix(".")
    return f"the archive cannot be read: {text}. If it is damaged, move it away and import again."


def _day(text: str | None, option: str) -> dt.date | None:
    import datetime as dt

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"{option} {text!r} is not a day. Write it as year-month-day, such as 2024-04-18."
        ) from error


def _known_on(match_day: dt.date | None, as_of: dt.date | None) -> dt.date:
    import datetime as dt

    if match_day is not None and as_of is not None and as_of > match_day:
        raise BadInput(f"--as-of {as_of} is after the match on {match_day}. Give that day or an earlier one.")
    return as_of or match_day or dt.date.today()


def _user_archive() -> Path:
    from platformdirs import user_data_path

    return user_data_path("secondleg") / "archive.duckdb"


def _open(chosen: str | None, *, say: bool = True) -> Archive:
    from secondleg.archive.archive import Archive
    from secondleg.archive.starter import load

    own = _user_archive()
    if chosen == "starter" or (chosen is None and not own.exists()):
        if say and chosen is None:
            typer.echo("Using the starter archive; `secondleg data import` makes your own.", err=True)
        return load()
    path = Path(chosen) if chosen else own
    if say and chosen is None:
        typer.echo(f"Using your archive, {path}.", err=True)
    return Archive.open(path)


def _writable(chosen: str | None) -> Path:
    if chosen == "starter":
        raise BadInput("the starter archive cannot be changed. Give --archive FILE, or leave it out.")
    return Path(chosen) if chosen else _user_archive()


def _print_document(document: dict[str, Any], format: Format, evidence: bool, output: Path | None) -> None:
    from secondleg.desk import render

    if format is Format.JSON:
        _write(_json(document), output)
    elif format is Format.MD:
        _write(render.to_markdown(document, evidence=evidence), output)
    elif format is Format.HTML:
        _write(render.to_html(document), output)
    else:
        from rich.console import Console

        if output is None:
            render.to_terminal(document, Console(soft_wrap=False, highlight=False), evidence=evidence)
        else:
            with _replacing(output) as path, path.open("w", encoding="utf-8") as file:
                render.to_terminal(
                    document, Console(file=file, width=100, highlight=False), evidence=evidence
                )


def _json(document: dict[str, Any]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text)
    else:
        with _replacing(output) as path:
            path.write_text(f"{text}\n", encoding="utf-8")


@contextmanager
def _replacing(output: Path) -> Iterator[Path]:
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
