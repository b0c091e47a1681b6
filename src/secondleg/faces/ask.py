"""The command `ask`: a question in plain English."""

from __future__ import annotations

from typing import Annotated

import typer

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

__all__ = ["ask"]


def ask(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="In plain English, between quotation marks.")
    ],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Known on the morning of this day; today if not given."),
    ] = None,
    rows: Annotated[int, typer.Option("-n", "--rows", min=0, help="Matches listed, the latest first.")] = 10,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Answer a question about the past, such as "When did Atalanta last reach a European semi-final?"."""
    known = known_on(None, day(as_of, "--as-of"))
    text_or_json(format, "an answer")
    with open_archive(archive) as held:
        from secondleg.desk.asking import ask as answer_to
        from secondleg.desk.asking import to_text

        with working("Looking it up"):
            document = answer_to(held.view(known), question, rows=rows)
        write(json_text(document) if format is Format.JSON else to_text(document), output)
