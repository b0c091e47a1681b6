"""The command for a match in play."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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

if TYPE_CHECKING:
    import datetime as dt

    from secondleg.archive.archive import Archive

__all__ = ["live"]


def live(
    home: Annotated[str, typer.Argument(metavar="HOME", help="The home side, by any name or id.")],
    away: Annotated[str, typer.Argument(metavar="AWAY", help="The away side.")],
    minute: Annotated[
        str | None,
        typer.Option("--minute", metavar="MINUTE", help="Minutes played: 60, 45+2, HT, 105 (in extra time)."),
    ] = None,
    score: Annotated[
        str | None,
        typer.Option("--score", metavar="SCORE", help="The score then, such as 0-1; 0-0 if not given."),
    ] = None,
    red: Annotated[
        list[str] | None,
        typer.Option(
            "--red", metavar="SIDE:MINUTE", help="A man sent off: home:30. May be given several times."
        ),
    ] = None,
    stoppage: Annotated[
        float | None,
        typer.Option(
            "--stoppage", metavar="MINUTES", min=0.0, max=30.0, help="Stoppage time announced for this half."
        ),
    ] = None,
    curve: Annotated[
        bool, typer.Option("--curve", help="Minute by minute, of a match whose goals are in the archive.")
    ] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="The day of the match, such as 2024-04-18.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Strengths as known on this morning; the day of the match if not given.",
        ),
    ] = None,
    neutral: Annotated[
        bool, typer.Option("--neutral", help="On neutral ground, where there is no fixture.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file; .svg, .png or .html makes it a picture."
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Tell the chances of a match in play, and of its tie: at a minute, or minute by minute of one that was played."""
    text_or_json(format, "a live forecast")
    match_day, known = day(on, "--on"), day(as_of, "--as-of")
    when = known_on(match_day, known)
    with open_archive(archive) as held:
        if curve:
            if minute is not None or score is not None or red or stoppage is not None:
                raise BadInput(
                    "--curve takes goals and cards from the archive. Leave out --minute, --score, --red and --stoppage."
                )
            from secondleg.desk.following import played_curve

            with working("Following the match"):
                document = played_curve(held, home, away, match_day, known)
        else:
            if minute is None:
                raise BadInput(
                    "say when: --minute 60, or --curve for a match whose goals are in the archive."
                )
            with working("Following the match"):
                document = _at_a_minute(
                    held, home, away, match_day, when, minute, score, red or [], stoppage, neutral
                )
    _print(document, format, output)


def _at_a_minute(
    held: Archive,
    home: str,
    away: str,
    match_day: dt.date | None,
    when: dt.date,
    minute: str,
    score: str | None,
    red: list[str],
    stoppage: float | None,
    neutral: bool,
) -> dict[str, Any]:
    from secondleg.desk.following import follow, read_reds, read_score
    from secondleg.forecast.live import LiveState
    from secondleg.forecast.live_clock import Minute

    played = Minute.read(minute)
    state = LiveState(played, read_score(score or "0-0"), read_reds(red, played), stoppage)
    return follow(held.view(when), home, away, match_day, state, neutral=neutral)


def _print(document: dict[str, Any], format: Format, output: Path | None) -> None:
    if output is not None and output.suffix in (".svg", ".png", ".html"):
        from secondleg.desk.render import live_chart

        with replacing(output) as path:
            if output.suffix == ".png":
                path.write_bytes(live_chart.to_png(document))
            else:
                made = (
                    live_chart.to_html(document) if output.suffix == ".html" else live_chart.to_svg(document)
                )
                path.write_text(made, encoding="utf-8")
        return
    from secondleg.desk.following import to_text

    write(json_text(document) if format is Format.JSON else to_text(document), output)
