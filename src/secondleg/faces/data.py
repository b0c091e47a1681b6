"""The commands under `secondleg data`: what the archive holds, and how more gets into it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from secondleg.errors import ArchiveError
from secondleg.faces.common import (
    ArchiveOption,
    Format,
    OutputOption,
    json_text,
    open_archive,
    replacing,
    text_or_json,
    writable,
    write,
)

__all__ = ["data"]

data = typer.Typer(help="What the archive holds, and how more gets into it.", no_args_is_help=True)


@data.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, or folders that hold some.")],
    archive: ArchiveOption = None,
) -> None:
    """Read result files into an archive: all of them, or, if one cannot be read, none."""
    from secondleg.desk.holdings import Progress, import_report
    from secondleg.sources.importer import import_files

    target = writable(archive)
    from secondleg.archive.archive import Archive

    with Archive.create(target) as held, Progress() as progress:
        report = import_files(held, paths, progress=progress)
    typer.echo(import_report(report, target))


@data.command("rebuild")
def rebuild(archive: ArchiveOption = None) -> None:
    """Derive clubs, matches, ties and coverage anew from what was imported, as after an upgrade of secondleg."""
    from secondleg.archive.archive import Archive
    from secondleg.archive.build import rebuild as derive
    from secondleg.desk.holdings import Progress

    target = writable(archive)
    if not target.exists():
        raise ArchiveError(f"there is no archive at {target}. Make one with: secondleg data import FILES…")
    with Archive.create(target) as held, Progress() as progress, held.transaction() as connection:
        derive(connection, step=lambda what: progress(what, 0, 0))
    typer.echo(f"{target} is derived anew.")


@data.command("pull")
def pull(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE]…", help="Keys of sources; without any: all that are free to use."),
    ] = None,
    mirror: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="DIR|URL", help="A mirror of the sources, instead of their own addresses."
        ),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option("--cache", metavar="DIR", help="Where downloads are kept.")
    ] = None,
    load: Annotated[bool, typer.Option("--import/--no-import", help="Import what was pulled.")] = True,
    archive: ArchiveOption = None,
) -> None:
    """Download public sources, as far as they have changed, and import them."""
    from secondleg.desk.holdings import Progress
    from secondleg.sources.catalogue import source
    from secondleg.sources.pull import pull as fetch

    target = writable(archive)
    for entry in map(source, sources or ()):
        if not entry.default:
            typer.echo(f"{entry.title}: {entry.licence}. {entry.terms}", err=True)
    with Progress() as progress:
        report = fetch(list(sources or ()), mirror=mirror, cache=cache, progress=progress)
    typer.echo(report.text())
    if load and report.paths:
        import_(list(report.paths), archive=str(target))
    if report.failed:
        raise typer.Exit(2)


@data.command("sources")
def sources(
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """List the public sources that can be pulled or imported, with their licences."""
    from secondleg.desk.catalogue import sources as listed
    from secondleg.desk.catalogue import to_text

    text_or_json(format, "the list of sources")
    document = listed()
    write(json_text(document) if format is Format.JSON else to_text(document), output)


CompetitionOption = Annotated[
    str | None, typer.Option("--competition", metavar="CODE", help="Only this one, such as eng.1.")
]
CountryOption = Annotated[
    str | None,
    typer.Option("--country", metavar="CODE", help="Only this country, such as eng; uefa for Europe."),
]
SeasonOption = Annotated[
    int | None, typer.Option("--season", metavar="YEAR", help="Only the season that began in that year.")
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=0, help="How many to list; all are counted.")]


@data.command("status")
def status(
    competition: CompetitionOption = None,
    country: CountryOption = None,
    season: SeasonOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every competition, however many there are.")] = False,
    picture: Annotated[
        bool, typer.Option("--picture", help="A strip for each competition, one character a season.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to a file; .svg or .png makes it a picture."
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Show what the archive holds, and which seasons are whole."""
    text_or_json(format, "the status")
    with open_archive(archive, say=False) as held:
        from secondleg.desk.holdings import holdings, holdings_png, holdings_svg, print_holdings

        document = holdings(held, competition=competition, country=country, season=season, every=every)
        if format is Format.JSON:
            write(json_text(document), output)
        elif output is None:
            print_holdings(document, picture=picture)
        else:
            with replacing(output) as path:
                if output.suffix == ".svg":
                    path.write_text(holdings_svg(document), encoding="utf-8")
                elif output.suffix == ".png":
                    path.write_bytes(holdings_png(document))
                else:
                    print_holdings(document, path, picture=picture)


@data.command("conflicts")
def conflicts(
    competition: CompetitionOption = None,
    season: SeasonOption = None,
    club: Annotated[str | None, typer.Option("--club", help="Only matches of this club.")] = None,
    field: Annotated[
        str | None, typer.Option("--field", help="Only about this: score, date, venue, extra-time …")
    ] = None,
    limit: LimitOption = 30,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """List where sources disagree about a match, what is kept, and why."""
    text_or_json(format, "a list of conflicts")
    with open_archive(archive, say=False) as held:
        from secondleg.desk.conflicts import conflicts as listed
        from secondleg.desk.conflicts import to_text

        document = listed(held, competition=competition, season=season, club=club, field=field, limit=limit)
        write(json_text(document) if format is Format.JSON else to_text(document), output)


@data.command("check")
def check(
    competition: CompetitionOption = None,
    season: SeasonOption = None,
    limit: LimitOption = 30,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """Look for what cannot be right in the archive, and name the rows."""
    text_or_json(format, "a check")
    with open_archive(archive, say=False) as held:
        from secondleg.desk.checking import check as findings
        from secondleg.desk.checking import to_text

        document = findings(held, competition=competition, season=season, limit=limit)
        write(json_text(document) if format is Format.JSON else to_text(document), output)


@data.command("resolve")
def resolve(
    names: Annotated[
        Path | None,
        typer.Option(
            "--names", metavar="FILE", help="Your own word on who is who: apply it, and derive anew."
        ),
    ] = None,
    country: CountryOption = None,
    limit: LimitOption = 30,
    format: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    output: OutputOption = None,
    archive: ArchiveOption = None,
) -> None:
    """List names of clubs that could not be matched for certain, with the best candidates."""
    text_or_json(format, "a list of names")
    from secondleg.desk.resolving import apply, to_text, unresolved

    if names is not None:
        from secondleg.archive.archive import Archive

        with Archive.create(writable(archive)) as held:
            applied = apply(held, names)
        typer.echo(
            f"Took {applied['resolutions']} lines of {names}, which settle {applied['spellings']} spellings."
        )
    with open_archive(archive, say=False) as held:
        document = unresolved(held, country=country, limit=limit)
        write(json_text(document) if format is Format.JSON else to_text(document), output)
