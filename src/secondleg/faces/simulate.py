"""The command `simulate`: a competition played on from a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = ["simulate"]


def simulate(
    competition: Annotated[
        str,
        typer.Argument(metavar="COMPETITION", help="Its code or name, such as uefa.el or 'Premier League'."),
    ],
    season: Annotated[str, typer.Argument(metavar="SEASON", help="Such as 2023-24.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Known on the morning of this day; today if not given."),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", metavar="N", help="How often it is played.")] = 10_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another seed gives other runs.")] = 0,
    conditions: Annotated[
        list[str] | None,
        typer.Option(
            "--if",
            metavar="WORDS",
            help="Only runs in which this comes true, such as 'Liverpool out'; may be repeated.",
        ),
    ] = None,
    deductions: Annotated[
        list[str] | None,
        typer.Option(
            "--deduct", metavar="CLUB=POINTS", help="Points taken off a club of a league; may be repeated."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Play the rest of a competition many times; a file that ends in .svg or .png becomes a picture."""
    text_or_json(format, "a simulation")
    with open_archive(archive) as held:
        from secondleg.desk.simulating import simulate_competition

        with working("Playing it on"):
            document = simulate_competition(
                held.view(known_on(None, day(as_of, "--as-of"))),
                competition,
                season,
                runs=runs,
                seed=seed,
                conditions=conditions or (),
                deductions=deductions or (),
            )
    if output is not None and output.suffix in (".svg", ".png"):
        _draw(document, output)
    elif format is Format.JSON:
        write(json_text(document), output)
    else:
        from secondleg.desk.render.simulation_text import to_text

        write(to_text(document), output)


def _draw(document: dict[str, Any], output: Path) -> None:
    from secondleg.desk.render.simulation_chart import chart, to_png, to_svg

    drawn = chart(document)
    with replacing(output) as path:
        if output.suffix == ".svg":
            path.write_text(to_svg(drawn), encoding="utf-8")
        else:
            path.write_bytes(to_png(drawn))
