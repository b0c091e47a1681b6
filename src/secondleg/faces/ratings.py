"""The command `secondleg ratings`: how good clubs are on a day, and how they came there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondleg.errors import BadInput
from secondleg.faces.common import (
    ArchiveOption,
    Format,
    day,
    json_text,
    known_on,
    open_archive,
    replacing,
    text_or_json,
    working,
    write,
)

__all__ = ["ratings"]

_PICTURES = (".svg", ".png")


def ratings(
    clubs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLUB]…", help="These clubs alone, with their history, by any name or id."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Known on the morning of this day; today if not given."),
    ] = None,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="elo, or another model: joint, dixon-coles …")
    ] = "elo",
    competition: Annotated[
        str | None,
        typer.Option("--competition", metavar="CODE", help="The clubs of its last season, such as eng.1."),
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="The clubs of a country, such as eng.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Histories from this day on; ten years if not given."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="How many clubs to list.")] = 30,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file; .svg or .png draws the histories."
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """List clubs by strength, best first; draw how their Elo ratings went."""
    known, begin = day(as_of, "--as-of"), day(since, "--since")
    text_or_json(format, "a list of ratings")
    drawn = output is not None and output.suffix in _PICTURES
    if begin is not None and begin >= known_on(None, known):
        raise BadInput(f"--since {begin} is not before the day of the ratings. Give an earlier day.")
    with open_archive(archive) as held:
        from secondleg.desk.rating import ratings as rated
        from secondleg.desk.rating import ratings_png, ratings_svg, to_text

        with working("Rating clubs"):
            document = rated(
                held.view(known_on(None, known)),
                clubs or (),
                alias=model,
                competition=competition,
                country=country,
                since=begin,
                limit=limit,
                history=drawn,
            )
        if output is None or not drawn:
            write(json_text(document) if format is Format.JSON else to_text(document), output)
        else:
            with replacing(output) as path:
                if output.suffix == ".svg":
                    path.write_text(ratings_svg(document), encoding="utf-8")
                else:
                    path.write_bytes(ratings_png(document))
