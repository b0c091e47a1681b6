"""Reader of the UEFA result files of schochastics/football-data (`data/results/uefa-*.csv`).

The files hold every UEFA club competition since 1955 with final scores, extra time included, and nothing else:
no rounds, no legs, no shoot-outs, and whether there was extra time only from about 2000 (in the European Cup:
always).

Before 2001 the files of the UEFA Cup and the Cup Winners' Cup give a shoot-out's result as the match score where
there was one; nothing in the row tells. Where it is certain it is put right, and second legs that the files lack are
added: see `_schochastics_mended`. docs/ties.md has the cases.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from secondleg.errors import BadInput, SourceError
from secondleg.football import country
from secondleg.football.rules import season_of
from secondleg.sources._schochastics_mended import lacking, mended
from secondleg.sources.contract import MATCHES, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "schochastics"

_COMPETITIONS: Final = {
    "uefa-cl.csv": "uefa.cl",
    "uefa-el.csv": "uefa.el",
    "uefa-cw.csv": "uefa.cwc",
    "uefa-itc.csv": "uefa.itc",
    "uefa-sc.csv": "uefa.sc",
}
_LAST_FAIRS_CUP: Final = 1970
"""Season in which the Fairs Cup was last played; the file of the UEFA Cup begins with it."""
_TELLS_EXTRA_TIME_FROM: Final = 2001
"""Season from which F in every file means no extra time; in the European Cup's file it always does."""
_MISTAKEN: Final[dict[tuple[str, str, str], dict[str, str]]] = {
    # Bohemian of Dublin, champions of Ireland in 1975 and 1978, filed as Bohemians of Prague
    **{
        (day, home, away): {side: "Bohemian FC", f"{side}_country": "ireland-republic"}
        for day, home, away, side in (
            ("1975-09-17", "Rangers FC", "Bohemians 1905", "away"),
            ("1975-10-01", "Bohemians 1905", "Rangers FC", "home"),
            ("1978-09-13", "Omonia Nikosia", "Bohemians 1905", "away"),
            ("1978-09-27", "Bohemians 1905", "Omonia Nikosia", "home"),
            ("1978-10-18", "Bohemians 1905", "Dynamo Dresden", "home"),
            ("1978-11-01", "Dynamo Dresden", "Bohemians 1905", "away"),
        )
    },
    # European Cup 1982-83, second round: both legs filed under the day of one of them
    ("1982-10-20", "Liverpool FC", "Hjk Helsinki"): {"date": "1982-11-02"},
    ("1982-10-20", "Juventus", "Standard Liege"): {"date": "1982-11-03"},
    ("1982-11-03", "Dinamo Bucuresti", "Aston Villa"): {"date": "1982-10-20"},
    ("1982-11-03", "Real Sociedad", "Celtic FC"): {"date": "1982-10-20"},
    ("1982-11-03", "Rapid Wien", "Widzew Lodz"): {"date": "1982-10-20"},
}
"""What the European Cup's file has wrong, by day, home and away side, and what is right."""
_FIELDS: Final = ("home", "away", "date", "gh", "ga", "full_time", "home_country", "away_country")


def finds(path: Path) -> list[Path]:
    """The files below `path` (or `path` itself) that this reader knows by name."""
    if path.is_file():
        return [path] if path.name in _COMPETITIONS else []
    return sorted(p for name in _COMPETITIONS for p in path.rglob(name))


def document_name(path: Path) -> str:
    """A file's name upstream, wherever its folder lies on this machine."""
    return f"results/{path.name}"


def read_files(paths: Sequence[Path]) -> SourceTable:
    """Read result files into the match contract.

    Raises SourceError for a file without the expected columns, or that is not UTF-8.
    """
    rows: list[dict[str, Any]] = []
    reports: list[FileReport] = []
    for path in paths:
        unread: list[UnreadLine] = []
        read = list(_rows(path, unread))
        rows += [*read, *lacking(read)]
        days = [row["date"] for row in read]
        reports.append(
            FileReport(
                document=document_name(path),
                matches=len(read),
                played=len(read),
                unread=tuple(unread),
                first=min(days, default=None),
                last=max(days, default=None),
            )
        )
    return SourceTable(pa.Table.from_pylist(rows, schema=MATCHES), tuple(reports))


def _rows(path: Path, unread: list[UnreadLine]) -> Iterator[dict[str, Any]]:
    code = _COMPETITIONS[path.name]
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _FIELDS if name not in (reader.fieldnames or ())]
            if missing:
                raise SourceError(
                    f"no column {', '.join(missing)}",
                    file=path.name,
                    line=1,
                    hint="Take the file anew from its source.",
                )
            for raw in reader:
                line = reader.line_num
                try:
                    yield mended(_row(raw, code, document_name(path), line))
                except (ValueError, TypeError, BadInput) as error:
                    text = ",".join(str(raw[name]) for name in _FIELDS)
                    unread.append(UnreadLine(line, text, str(error)))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"is not UTF-8 (byte {error.start})", file=path.name, hint="Convert it to UTF-8, or take it anew."
        ) from error
    except csv.Error as error:
        raise SourceError(
            f"is not CSV ({error})", file=path.name, hint="Take the file anew from its source."
        ) from error


def _row(raw: dict[str, str], code: str, document: str, line: int) -> dict[str, Any]:
    if code == "uefa.cl":
        raw = raw | _MISTAKEN.get((raw["date"], raw["home"], raw["away"]), {})
    day = dt.date.fromisoformat(raw["date"])
    countries = (country.code(raw["home_country"]), country.code(raw["away_country"]))
    season = season_of(code, day, countries)
    if code == "uefa.el" and (fairs := season_of("uefa.fairs", day, countries)) <= _LAST_FAIRS_CUP:
        code, season = "uefa.fairs", fairs
    home, away = int(raw["gh"]), int(raw["ga"])
    if raw["full_time"] not in ("F", "E", "P"):
        raise ValueError(f"full_time is {raw['full_time']!r}, not F, E or P")
    if not raw["home"] or not raw["away"] or raw["home"] == raw["away"]:
        raise ValueError("two different sides are needed")
    beyond = raw["full_time"] != "F"
    tells = beyond or code == "uefa.cl" or season >= _TELLS_EXTRA_TIME_FROM
    full_time = (home, away) if tells and not beyond else (None, None)
    return {
        "source": NAME,
        "document": document,
        "line": line,
        "competition": code,
        "season": season,
        "date": day,
        "home": raw["home"],
        "away": raw["away"],
        "home_country": countries[0],
        "away_country": countries[1],
        "status": "played",
        "home_goals": home,
        "away_goals": away,
        "home_ft": full_time[0],
        "away_ft": full_time[1],
        "after_extra_time": beyond if tells else None,
        "note": "decided on penalties" if raw["full_time"] == "P" else None,
    }
