"""The command line: reads arguments, asks the desk, prints. It has no logic of its own.

Everything heavy is imported by the command that needs it, so that each starts quickly.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from secondleg.errors import SecondlegError
from secondleg.faces.ask import ask
from secondleg.faces.backtest import backtest
from secondleg.faces.common import (
    ArchiveOption,
    Format,
    OutputOption,
    day,
    json_text,
    known_on,
    open_archive,
    replacing,
    text_or_json,
    working,
    write,
)
from secondleg.faces.data import data
from secondleg.faces.facts import facts
from secondleg.faces.live import live
from secondleg.faces.ratings import ratings
from secondleg.faces.simulate import simulate

__all__ = ["app", "main"]

app = typer.Typer(
    name="secondleg",
    help="A football match-preview desk: every sentence from data, with the matches behind it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(data, name="data")
app.command()(ask)
app.command("backtest")(backtest)
app.command("ratings")(ratings)
app.command()(facts)
app.command()(simulate)
app.command()(live)


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
    match_day, known = day(on, "--on"), day(as_of, "--as-of")
    with open_archive(archive) as held:
        from secondleg.desk.preview import preview as preview_of

        with working("Writing the preview"):
            document = preview_of(held.view(known_on(match_day, known)), home, away, match_day)
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
    match_day, known = day(on, "--on"), day(as_of, "--as-of")
    text_or_json(format, "a forecast")
    with open_archive(archive) as held:
        from secondleg.desk.forecasting import forecast as ask
        from secondleg.desk.forecasting import to_text

        with working("Forecasting"):
            document = ask(held.view(known_on(match_day, known)), home, away, match_day, neutral=neutral)
        write(json_text(document) if format is Format.JSON else to_text(document), output)


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


def _print_document(document: dict[str, Any], format: Format, evidence: bool, output: Path | None) -> None:
    from secondleg.desk import render

    if format is Format.JSON:
        write(json_text(document), output)
    elif format is Format.MD:
        write(render.to_markdown(document, evidence=evidence), output)
    elif format is Format.HTML:
        write(render.to_html(document), output)
    else:
        from rich.console import Console

        if output is None:
            render.to_terminal(document, Console(soft_wrap=False, highlight=False), evidence=evidence)
        else:
            with replacing(output) as path, path.open("w", encoding="utf-8") as file:
                render.to_terminal(
                    document, Console(file=file, width=100, highlight=False), evidence=evidence
                )
