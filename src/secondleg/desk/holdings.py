"""What an archive holds, for `secondleg data`; and the report of an import."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from secondleg.archive.archive import Archive

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from secondleg.sources.importer import ImportReport

__all__ = ["Progress", "holdings", "import_report", "print_holdings"]

_UNREAD_SHOWN = 20
"""Unread lines that an import prints; the rest are counted."""


_PARTIAL_SHOWN = 4
"""Seasons that are not whole which the table of holdings names."""


class Progress:
    """A progress bar for an import, on standard error; a context manager that is called with each step."""

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self._bars: Bars = Bars(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._tasks: dict[str, TaskID] = {}
        self._bars.start()
        return self

    def __call__(self, what: str, done: int, total: int) -> None:
        """Say what is being done, and how much of it."""
        if what not in self._tasks:
            for task in self._tasks.values():
                self._bars.update(task, total=1, completed=1, visible=False)
            self._tasks[what] = self._bars.add_task(what, total=total or None)
        self._bars.update(self._tasks[what], completed=done)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()


def import_report(report: ImportReport, path: Path) -> str:
    """What an import read, and what it could not."""
    read = sum(f.matches for f in report.files)
    lines = [
        f"Read {read:,} matches of {len(report.files):,} files"
        + (f" and {report.aliases:,} further names of clubs." if report.aliases else "."),
        f"{path} holds {report.matches:,} matches of {report.clubs:,} clubs ({report.added:+,}).",
    ]
    lines += [f"Note: {remark}." for remark in report.remarks]
    unread = [(f.document, line) for f in report.files for line in f.unread]
    if unread:
        lines.append(f"{len(unread):,} lines could not be read:")
        lines += [
            f"  {name}:{line.line}: {line.text.strip()!r}: {line.reason}"
            for name, line in unread[:_UNREAD_SHOWN]
        ]
        if len(unread) > _UNREAD_SHOWN:
            lines.append(f"  and {len(unread) - _UNREAD_SHOWN:,} more")
    return "\n".join(lines)


def holdings(archive: Archive) -> dict[str, Any]:
    """What the archive holds: its days, and each competition's seasons with whether they are whole."""

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return archive.connection.cursor().execute(sql).fetchall()

    matches, clubs, ties = ask(
        "SELECT (SELECT count(*) FROM store.match), (SELECT count(*) FROM store.club), (SELECT count(*) FROM store.tie)"
    )[0]
    rows = ask("""
        WITH held AS (
            SELECT competition, season, count(*) AS matches,
                   count(*) FILTER (status IN ('played', 'awarded')) AS played
            FROM store.match GROUP BY ALL
        )
        SELECT v.competition, c.name, v.season, v.label, coalesce(h.matches, 0), coalesce(h.played, 0),
               v.expected, v.whole, v.only_clubs, v.reason, v.first, v.last, v.source
        FROM store.coverage v JOIN store.competition c ON c.code = v.competition
        LEFT JOIN held h ON h.competition = v.competition AND h.season = v.season
        ORDER BY v.competition, v.season
    """)
    names = (
        "competition", "name", "season", "label", "matches", "played", "expected", "whole", "only_clubs", "reason",
        "first", "last", "source",
    )  # fmt: skip
    seasons = [dict(zip(names, row, strict=True)) for row in rows]
    called = dict(ask("SELECT id, name FROM store.club"))
    for season in seasons:
        only = season["only_clubs"]
        season["only_clubs"] = None if only is None else [called.get(club, club) for club in only.split(",")]
        season["first"], season["last"] = season["first"].isoformat(), season["last"].isoformat()
    days = archive.days
    return {
        "archive": str(archive.path) if archive.path else archive.kind,
        "matches": matches,
        "clubs": clubs,
        "ties": ties,
        "first": days[0].isoformat() if days else None,
        "last": days[1].isoformat() if days else None,
        "seasons": seasons,
    }


def print_holdings(document: dict[str, Any], output: Path | None = None) -> None:
    """Print the holdings as a table, a line for each competition."""
    from rich.console import Console
    from rich.table import Table

    by_competition: dict[str, list[dict[str, Any]]] = {}
    for season in document["seasons"]:
        by_competition.setdefault(season["competition"], []).append(season)
    table = Table(box=None, pad_edge=False)
    for heading in ("competition", "name", "seasons", "matches", "not whole"):
        table.add_column(heading, justify="right" if heading == "matches" else "left", overflow="fold")
    for code, seasons in by_competition.items():
        first, last = seasons[0]["label"], seasons[-1]["label"]
        partial = [s for s in seasons if not s["whole"]]
        limited = {club for s in seasons for club in s["only_clubs"] or ()}
        more = f" and {len(partial) - _PARTIAL_SHOWN} more" if len(partial) > _PARTIAL_SHOWN else ""
        remarks = [", ".join(s["label"] for s in partial[:_PARTIAL_SHOWN]) + more] if partial else []
        if limited:
            every = "" if all(s["only_clubs"] for s in seasons) else f", but for {_full_seasons(seasons)}"
            remarks.append(f"only of {' and '.join(sorted(limited))}{every}")
        count = f"{sum(s['matches'] for s in seasons):,}"
        span = first if first == last else f"{len(seasons)}: {first} to {last}"
        table.add_row(code, seasons[0]["name"], span, count, "; ".join(remarks))
    with output.open("w", encoding="utf-8") if output else _stdout() as file:
        console = Console(file=file, highlight=False, width=None if output is None else 120)
        held = f"{document['matches']:,} matches of {document['clubs']:,} clubs, {document['ties']:,} ties"
        console.print(f"{document['archive']}: {held}, {document['first']} to {document['last']}")
        console.print(table)


def _full_seasons(seasons: list[dict[str, Any]]) -> str:
    return ", ".join(s["label"] for s in seasons if not s["only_clubs"])


def _stdout() -> Any:
    import contextlib
    import sys

    return contextlib.nullcontext(sys.stdout)
