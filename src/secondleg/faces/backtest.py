"""The command `secondleg backtest`: forecasts of the past, scored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondleg.errors import BadInput
from secondleg.faces.common import (
    ArchiveOption,
    Format,
    json_text,
    open_archive,
    replacing,
    text_or_json,
    write,
)

__all__ = ["backtest"]

_SAVED = (".json", ".parquet")
_PICTURES = (".svg", ".png")


def backtest(
    models: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[MODEL]…",
            help="Who forecasts, dynamic if nobody is named: models, with settings as joint:half_life_days=300; "
            "market; fivethirtyeight.",
        ),
    ] = None,
    competitions: Annotated[
        str | None,
        typer.Option(
            "--competitions", metavar="CODES", help="Such as eng.1,ita.1; top5 or uefa for several."
        ),
    ] = None,
    seasons: Annotated[
        str | None,
        typer.Option("--seasons", metavar="YEARS", help="In which seasons began: 2023, or 2021-2023."),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="MODEL", help="Set the others beside this one, match by match."),
    ] = None,
    matches: Annotated[
        bool, typer.Option("--matches/--no-matches", help="The matches, or not: with --ties the ties alone.")
    ] = True,
    ties: Annotated[bool, typer.Option("--ties", help="Also who goes through in two-legged ties.")] = False,
    all_stages: Annotated[
        bool, typer.Option("--all-stages", help="Qualifying rounds and play-offs after a season too.")
    ] = False,
    history: Annotated[
        float | None,
        typer.Option(
            "--history",
            metavar="YEARS",
            help="Years of results that models learn from, not those that suit each.",
        ),
    ] = None,
    peer: Annotated[
        Path | None,
        typer.Option("--peer", metavar="FILE", help="FiveThirtyEight's forecasts, as CSV or Parquet."),
    ] = None,
    saved: Annotated[
        list[Path] | None,
        typer.Option("--with", metavar="FILE", help="Set the forecasters of a saved run beside these."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", help="Processes to share the work; 0: one for each core.")
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="A Dask scheduler, or local:2 for two workers started here."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Save the results, every forecast with them: .json or .parquet. Else: the text.",
        ),
    ] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE", help="The reliability picture: .svg or .png.")
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Forecast matches that were played as they were to be forecast then, and score the forecasts."""
    text_or_json(format, "a back-test")
    if chart is not None and chart.suffix not in _PICTURES:
        raise BadInput(f"--chart {chart}: a picture is written as .svg or .png; give such a name.")
    from secondleg.desk import backtesting
    from secondleg.desk.render.backtest_text import to_text
    from secondleg.forecast.engine import Engine
    from secondleg.forecast.results import save

    engine = Engine(jobs=jobs, cluster=cluster)
    results, asked, notes = None, None, None
    if models or not saved:
        if competitions is None or seasons is None:
            raise BadInput(
                "say which matches to forecast: --competitions eng.1 --seasons 2023, for example. "
                "`secondleg data status` lists what the archive holds."
            )
        asked = backtesting.Asked(
            forecasters=tuple(models or ("dynamic",)),
            competitions=backtesting.parse_competitions(competitions),
            seasons=backtesting.parse_seasons(seasons),
            against=tuple(against or ()),
            matches=matches,
            ties=ties,
            every_stage=all_stages,
            history=history,
            peer=peer,
        )
        from secondleg.desk.holdings import Progress

        with open_archive(archive) as held, Progress() as progress:
            results, notes = backtesting.backtest(held, asked, engine, progress)
    results = backtesting.compared(results, tuple(saved or ()))
    document = backtesting.document_of(results, against=tuple(against or ()), asked=asked, notes=notes)
    text = json_text(document) if format is Format.JSON else to_text(document)
    if output is not None and output.suffix in _SAVED:
        with replacing(output) as path:
            save(results, document, path)
        write(text, None)
    else:
        write(text, output)
    if chart is not None:
        _draw(document, chart)


def _draw(document: dict[str, object], output: Path) -> None:
    from secondleg.desk.render import reliability
    from secondleg.desk.render.holdings_chart import to_png

    drawn = reliability.chart(document)
    with replacing(output) as path:
        if output.suffix == ".png":
            path.write_bytes(to_png(drawn))
        else:
            path.write_text(reliability.to_svg(drawn), encoding="utf-8")
