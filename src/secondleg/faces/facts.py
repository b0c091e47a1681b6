"""`secondleg facts`: the fact sheet of a match."""

from __future__ import annotations

from typing import Annotated

import typer

from secondleg.errors import BadInput
from secondleg.faces.common import (
    ArchiveOption,
    Format,
    OutputOption,
    day,
    json_text,
    known_on,
    open_archive,
    text_or_json,
    working,
    write,
)

__all__ = ["facts"]


def facts(
    home: Annotated[str, typer.Argument(metavar="HOME", help="The home side, by any name or id.")],
    away: Annotated[str, typer.Argument(metavar="AWAY", help="The away side.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the match, such as 2024-04-18.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Known on the morning of this day; the day of the match if not given.",
        ),
    ] = None,
    most: Annotated[int, typer.Option("-n", metavar="N", help="How many facts at most.")] = 20,
    why: Annotated[bool, typer.Option("--why", help="Show how each fact's score comes about.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="List the matches behind each fact.")] = False,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """List the most surprising facts that hold for the two sides of a match, the best first."""
    match_day, known = day(on, "--on"), day(as_of, "--as-of")
    text_or_json(format, "a fact sheet")
    if most < 1:
        raise BadInput(f"-n {most} leaves nothing to tell. Give 1 or more.")
    with open_archive(archive) as held:
        from secondleg.desk.facting import facts as facts_of
        from secondleg.desk.render.factsheet import to_text

        with working("Asking"):
            document = facts_of(held.view(known_on(match_day, known)), home, away, match_day, most=most)
        text = json_text(document) if format is Format.JSON else to_text(document, why=why, evidence=evidence)
        write(text, output)
