"""What an archive holds, in words: a table of competitions or of seasons, or strips of a character for each season."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

__all__ = ["strips", "write"]

Document = dict[str, Any]

_PARTIAL_SHOWN = 4
"""Runs of seasons that are not whole which the table of holdings names."""

_WHOLE, _PART, _NONE = "█", "▄", "·"
"""A season in a strip: whole, some matches only, none."""

_LABEL = 12
"""Letters of a strip's label."""


def write(document: Document, file: IO[str], *, width: int | None = None, picture: bool = False) -> None:
    """Write the holdings into a file or on a terminal, `width` letters wide (by default the terminal's)."""
    from rich.console import Console

    console = Console(file=file, highlight=False, width=width)
    held = f"{document['matches']:,} matches of {document['clubs']:,} clubs, {document['ties']:,} ties"
    console.print(f"{document['archive']}: {held}, {document['first']} to {document['last']}")
    if picture:
        for line in strips(document, console.width):
            console.print(line, markup=False, overflow="crop", no_wrap=True)
    elif document["filters"]["competition"] or document["filters"]["season"] is not None:
        console.print(_table_of_seasons(document))
    else:
        console.print(_table_of_competitions(document))
    for group in document["groups"]:
        console.print(_group_line(group))
    if document["groups"]:
        console.print("--country, --competition or --all lists them.")


def _group_line(group: Document) -> str:
    whole = f"{group['whole']:,} of {group['seasons']:,} seasons whole"
    return f"{group['name']}: {group['extent']}, {group['matches']:,} matches, {whole}"


def _seasons_of(document: Document) -> Iterator[tuple[Document, list[Document]]]:
    """The listed competitions, each with its seasons."""
    of: dict[str, list[Document]] = {}
    for season in document["seasons"]:
        of.setdefault(season["competition"], []).append(season)
    for competition in document["competitions"]:
        if competition["listed"]:
            yield competition, of[competition["competition"]]


def _table_of_competitions(document: Document) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("competition", "name", "seasons", "matches", "not whole"):
        table.add_column(heading, justify="right" if heading == "matches" else "left", overflow="fold")
    for competition, seasons in _seasons_of(document):
        first, last = seasons[0]["label"], seasons[-1]["label"]
        runs = _partial_runs(seasons)
        limited = {club for s in seasons for club in s["only_clubs"] or ()}
        remarks = [", ".join(runs[:_PARTIAL_SHOWN])] if runs else []
        if len(runs) > _PARTIAL_SHOWN:
            partial = sum(not s["whole"] for s in seasons)
            remarks = [f"{partial}: {', '.join(runs[:_PARTIAL_SHOWN])} and more"]
        if limited:
            whole = [s["label"] for s in seasons if not s["only_clubs"]]
            but = f", but for {', '.join(whole)}" if whole else ""
            remarks.append(f"only of {' and '.join(sorted(limited))}{but}")
        span = first if first == last else f"{len(seasons)}: {first} to {last}"
        code, name = competition["competition"], competition["name"]
        table.add_row(code, name, span, f"{competition['matches']:,}", "; ".join(remarks))
    return table


def _partial_runs(seasons: list[Document]) -> list[str]:
    """The seasons that are not whole, those that follow one another as one."""
    runs: list[list[Document]] = []
    for season, before in zip(seasons, [None, *seasons], strict=False):
        if season["whole"]:
            continue
        if before is not None and not before["whole"]:
            runs[-1].append(season)
        else:
            runs.append([season])
    return [run[0]["label"] + (f" to {run[-1]['label']}" if len(run) > 1 else "") for run in runs]


def _table_of_seasons(document: Document) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in ("competition", "season", "matches", "whole", "why"):
        table.add_column(heading, justify="right" if heading == "matches" else "left", overflow="fold")
    for _, seasons in _seasons_of(document):
        for s in seasons:
            whole = "yes" if _is_whole(s) else "no"
            why = s["reason"]
            if s["only_clubs"]:
                why = f"only of {' and '.join(s['only_clubs'])}"
            table.add_row(s["competition"], s["label"], f"{s['played']:,}", whole, why)
    return table


def _is_whole(season: Document) -> bool:
    return bool(season["whole"] and not season["only_clubs"])


def strips(document: Document, width: int) -> list[str]:
    """A line for each competition and a character for each season, in as many blocks as the width takes."""
    listed = list(_seasons_of(document))
    if not listed:
        return []
    years = [s["season"] for _, seasons in listed for s in seasons]
    across = max((width - _LABEL - 1) // 10 * 10, 10)
    lines = [f"{_WHOLE} whole  {_PART} some matches only  {_NONE} none"]
    for start in range(min(years) // 10 * 10, max(years) + 1, across):
        stop = min(start + across, max(years) // 10 * 10 + 10)
        rows = []
        for competition, seasons in listed:
            held = {s["season"]: _WHOLE if _is_whole(s) else _PART for s in seasons}
            strip = "".join(held.get(year, _NONE) for year in range(start, min(stop, max(years) + 1)))
            if strip.strip(_NONE):
                rows.append(f"{competition['competition'][:_LABEL]:<{_LABEL}} {strip}")
        if rows:
            decades = "".join(f"{year:<10}" for year in range(start, stop, 10))
            lines += ["", " " * (_LABEL + 1) + decades.rstrip(), *rows]
    return lines
