"""What an archive holds, for `secondleg data`; and the report of an import."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from secondleg.archive.archive import Archive
from secondleg.errors import BadInput
from secondleg.football import country as countries

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from secondleg.sources.importer import ImportReport

__all__ = [
    "Progress",
    "holdings",
    "holdings_png",
    "holdings_svg",
    "import_report",
    "print_holdings",
]

_LINKED = {
    "resolution": "by your own word",
    "register": "by the register",
    "alias": "by a list of names",
    "name": "by name",
    "fixtures": "by fixtures",
    "alone": "in one source alone",
    "doubtful": "in doubt",
}
"""How a spelling was matched to its club, in the words of a report."""

_UNREAD_SHOWN = 20
"""Unread lines that an import prints; the rest are counted."""


_FILE_WIDTH = 120
"""Letters of a line in a file."""

_LISTED = 40
"""Competitions up to which all are listed; of more, those of the first countries and a line for each other group."""

_FIRST: Final = ("uefa", "eng", "esp", "ger", "ita", "fra")
"""Countries that are listed first, and alone where there are many: Europe's cups and the five big leagues."""

_EUROPEAN: Final = ("uefa.cl", "uefa.el", "uefa.conf", "uefa.cwc", "uefa.fairs", "uefa.itc", "uefa.sc")
_KINDS: Final = ("league", "cup", "supercup")

_GROUPS: Final = {
    "uefa": "Europe's cups", "afc": "Asia's cups", "caf": "Africa's cups", "cfu": "the Caribbean's cups",
    "concacaf": "North America's cups", "conmebol": "South America's cups", "ofc": "Oceania's cups",
    "fifa": "world cups of clubs",
}  # fmt: skip
"""What competitions of several countries are told under."""


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
    more = [
        (report.incidents, "goals, cards and substitutions"),
        (report.odds, "odds"),
        (report.aliases, "further names of clubs"),
    ]
    what = [f"{count:,} {name}" for count, name in more if count]
    lines = [
        f"Read {read:,} matches of {len(report.files):,} {'file' if len(report.files) == 1 else 'files'}"
        + (f", {', '.join(what)}." if what else "."),
        f"{path} holds {report.matches:,} matches of {report.clubs:,} clubs ({report.added:+,}).",
    ]
    if report.linked:
        ways = ", ".join(f"{spellings:,} {_LINKED.get(how, how)}" for how, spellings, _ in report.linked)
        lines.append(f"Spellings of clubs: {ways}.")
    if any(how == "doubtful" for how, _, _ in report.linked):
        lines.append("`secondleg data resolve` lists those in doubt, with the best candidates.")
    if report.conflicts:
        lines.append(
            f"Sources differ in {report.conflicts:,} places: `secondleg data conflicts` says what is kept, and why."
        )
    if report.findings:
        lines.append(f"{report.findings:,} things look odd: `secondleg data check` names the rows.")
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


def holdings(
    archive: Archive,
    *,
    competition: str | None = None,
    country: str | None = None,
    season: int | None = None,
    every: bool = False,
) -> dict[str, Any]:
    """What the archive holds: its days, and each competition's seasons with whether they are whole.

    `season` is the year in which it began. Without a filter, an archive of many competitions lists those of the first
    countries (`listed`), and `groups` counts the others; with `every` all are listed. `seasons` has all that pass the
    filters in any case.

    Raises:
        BadInput: the archive holds nothing that passes the filters.
    """

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return archive.connection.cursor().execute(sql).fetchall()

    matches, clubs, ties = ask(
        "SELECT (SELECT count(*) FROM store.match), (SELECT count(*) FROM store.club), (SELECT count(*) FROM store.tie)"
    )[0]
    called = dict(ask("SELECT id, name FROM store.club"))
    seasons = [
        _season(row, called)
        for row in ask("""
            SELECT v.competition, c.name, v.season, v.label, v.matches, v.played, v.expected, v.whole, v.only_clubs,
                   v.reason, v.first, v.last, v.source, c.country, c.kind, c.tier
            FROM store.coverage v JOIN store.competition c ON c.code = v.competition
            ORDER BY v.competition, v.season
        """)
    ]
    wanted = [
        s
        for s in seasons
        if (competition is None or s["competition"] == competition)
        and (country is None or s["country"] == country)
        and (season is None or s["season"] == season)
    ]
    filters = {"competition": competition, "country": country, "season": season}
    if seasons and not wanted:
        what = ", ".join(f"{key} {value}" for key, value in filters.items() if value is not None)
        raise BadInput(
            f"the archive holds nothing of {what}. `secondleg data status --all` lists what it holds."
        )
    wanted.sort(key=_place)
    competitions = [_competition(list(of)) for _, of in groupby(wanted, key=lambda s: s["competition"])]
    filtered = any(value is not None for value in filters.values())
    for each in competitions:
        each["listed"] = every or filtered or len(competitions) <= _LISTED or each["country"] in _FIRST
    days = archive.days
    return {
        "archive": str(archive.path) if archive.path else archive.kind,
        "matches": matches,
        "clubs": clubs,
        "ties": ties,
        "first": days[0].isoformat() if days else None,
        "last": days[1].isoformat() if days else None,
        "filters": filters,
        "competitions": competitions,
        "groups": _unlisted(competitions),
        "seasons": wanted,
    }


_COLUMNS: Final = (
    "competition", "name", "season", "label", "matches", "played", "expected", "whole", "only_clubs", "reason",
    "first", "last", "source", "country", "kind", "tier",
)  # fmt: skip


def _season(row: Sequence[Any], called: dict[str, str]) -> dict[str, Any]:
    season = dict(zip(_COLUMNS, row, strict=True))
    only = season["only_clubs"]
    season["only_clubs"] = None if only is None else [called.get(club, club) for club in only.split(",")]
    season["first"], season["last"] = season["first"].isoformat(), season["last"].isoformat()
    return season


def _place(season: dict[str, Any]) -> tuple[Any, ...]:
    """Where a season stands in a list: Europe's cups, the big leagues, then by country, league and cup."""
    code, country = season["competition"], season["country"]
    group = _FIRST.index(country) if country in _FIRST else len(_FIRST)
    abroad = 0 if country in countries.EUROPE else 1 if country in countries.NAME else 2
    cup = _EUROPEAN.index(code) if code in _EUROPEAN else len(_EUROPEAN)
    name = countries.NAME.get(country, country)
    return group, abroad, name, cup, _KINDS.index(season["kind"]), season["tier"] or 0, code, season["season"]


def _competition(seasons: list[dict[str, Any]]) -> dict[str, Any]:
    first = seasons[0]
    return {
        **{key: first[key] for key in ("competition", "name", "country", "kind", "tier")},
        "group": _GROUPS.get(first["country"]) or countries.NAME.get(first["country"], first["country"]),
        "seasons": len(seasons),
        "whole": sum(s["whole"] and not s["only_clubs"] for s in seasons),
        "matches": sum(s["matches"] for s in seasons),
        "first": first["label"],
        "last": seasons[-1]["label"],
    }


def _unlisted(competitions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The competitions that are not listed, counted by part of the world."""
    found: dict[str, dict[str, Any]] = {}
    for each in competitions:
        if each["listed"]:
            continue
        country = each["country"]
        europe = country in countries.EUROPE or country in countries.PAST
        name = (
            "the rest of Europe"
            if europe
            else "the rest of the world"
            if country in countries.NAME
            else "other cups"
        )
        group = found.setdefault(
            name,
            {"name": name, "countries": set(), "competitions": 0, "seasons": 0, "whole": 0, "matches": 0},
        )
        group["countries"].add(country)
        group["competitions"] += 1
        for key in ("seasons", "whole", "matches"):
            group[key] += each[key]
    for group in found.values():
        group["countries"] = len(group["countries"])
        lands = (
            "" if group["name"] == "other cups" else _count(group["countries"], "country", "countries") + ", "
        )
        group["extent"] = lands + _count(group["competitions"], "competition", "competitions")
    return list(found.values())


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def print_holdings(document: dict[str, Any], output: Path | None = None, *, picture: bool = False) -> None:
    """Print the holdings as a table; with `picture` as strips, a character for each season.

    A line is a competition; where a competition or a season was asked for, a season with the reason.
    """
    import sys

    from secondleg.desk.render.holdings_table import write

    if output is None:
        write(document, sys.stdout, picture=picture)
    else:
        with output.open("w", encoding="utf-8") as file:
            write(document, file, width=_FILE_WIDTH, picture=picture)


def holdings_svg(document: dict[str, Any]) -> str:
    """The listed holdings as a picture: seasons across, competitions down. Needs the extra `charts`."""
    from secondleg.desk.render.holdings_chart import chart, to_svg

    return to_svg(chart(document))


def holdings_png(document: dict[str, Any]) -> bytes:
    """The same as PNG, at twice the size of the SVG."""
    from secondleg.desk.render.holdings_chart import chart, to_png

    return to_png(chart(document))
