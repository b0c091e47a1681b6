"""Reader of the result files of schochastics/football-data: `data/results/*.csv`, or all of them in one Parquet.

The files hold the top divisions of some 200 countries and the club cups of every confederation, with final scores,
extra time included, and nothing else: no seasons, no rounds, no legs, no shoot-outs. How seasons are told from days
is in `_schochastics_seasons`, which file holds what in `_schochastics_competitions`.

What `full_time` means: F is a match without extra time, but before 2001 it only means that the source does not know of
any (in the European Cup's file it is always sure). FALSE is an F. E is a score after extra time. P is a match with a
shoot-out, and its score is the match's. Not so in some files, above all Japan's of 1993-98, where it is that of the
shoot-out; such a row is not read, because the score of the match is not there. In the Intercontinental Cup three
such scores are known and mended.

Before 2001 the files of the UEFA Cup and the Cup Winners' Cup give a shoot-out's result as the match score where
there was one; nothing in the row tells. Where it is certain it is put right, and second legs that the files lack are
added: see `_schochastics_mended`. docs/ties.md has the cases.

The Parquet orders the matches of a day otherwise than the CSV: `line` is a row's place in what is read, and may
differ between the two; nothing else does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from secondleg.errors import BadInput
from secondleg.football import country
from secondleg.football.rules import season_of
from secondleg.sources import _schochastics_files
from secondleg.sources._schochastics_competitions import UEFA
from secondleg.sources._schochastics_files import FIELDS, document_name, read_raw
from secondleg.sources._schochastics_mended import ADDED, lacking, mended
from secondleg.sources._schochastics_rows import MOST_GOALS, NO_DAY, TELLS_EXTRA_TIME_FROM, YEARS, rows_of
from secondleg.sources.contract import MATCHES, FileReport, SourceTable, UnreadLine

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "schochastics"

_LAST_FAIRS_CUP: Final = 1970
"""Season in which the Fairs Cup was last played; the file of the UEFA Cup begins with it."""
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


def finds(path: Path) -> list[Path]:
    """The result files at or below `path`, CSV and Parquet."""
    return _schochastics_files.finds(path, frozenset(UEFA))


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read result files into the match contract.

    A document that is given as CSV is not taken from the Parquet as well. Raises SourceError for a file without the
    expected columns, or that is not what its name says.
    """
    raw, unread = read_raw(files, progress or (lambda done, of: None))
    european = pc.is_in(raw["document"], value_set=pa.array([f"results/{name}" for name in UEFA]))
    tables = [
        _uefa_rows(raw.filter(european), unread),
        rows_of(NAME, raw.filter(pc.invert(european)), unread),
    ]
    matches = pa.concat_tables(tables).combine_chunks()
    return SourceTable(matches, tuple(_reports(matches, unread)))


def _reports(matches: pa.Table, unread: Mapping[str, list[UnreadLine]]) -> Iterator[FileReport]:
    # what is added to a document is not of its lines
    own = matches.filter(pc.invert(pc.equal(pc.fill_null(matches["note"], ""), ADDED)))
    told = own.group_by("document").aggregate(
        [("line", "count"), ("date", "min"), ("date", "max"), ("note", "list")]
    )
    by_document = {row["document"]: row for row in told.to_pylist()}
    for document, lines in sorted(unread.items()):
        row = by_document.get(
            document, {"line_count": 0, "date_min": None, "date_max": None, "note_list": []}
        )
        undated = row["note_list"].count(NO_DAY)
        yield FileReport(
            document=document,
            matches=row["line_count"],
            played=row["line_count"],
            unread=tuple(sorted(lines, key=lambda line: line.line)),
            notes=(f"{undated} matches whose day it does not know",) if undated else (),
            first=row["date_min"],
            last=row["date_max"],
        )


def _uefa_rows(raw: pa.Table, unread: Mapping[str, list[UnreadLine]]) -> pa.Table:
    """The rows of UEFA's files, with the second legs that a file lacks after its own."""
    rows: list[dict[str, Any]] = []
    for document in pc.unique(raw["document"]).to_pylist():
        read: list[dict[str, Any]] = []
        code = UEFA[document.removeprefix("results/")]
        for line in raw.filter(pc.equal(raw["document"], document)).to_pylist():
            try:
                read.append(mended(_row(line, code, document, line["line"])))
            except (ValueError, TypeError, BadInput) as error:
                text = ",".join(line[name] for name in FIELDS)
                unread[document].append(UnreadLine(line["line"], text, str(error)))
        rows += [*read, *lacking(read)]
    return pa.Table.from_pylist(rows, schema=MATCHES)


def _row(raw: Mapping[str, str], code: str, document: str, line: int) -> dict[str, Any]:
    if code == "uefa.cl":
        raw = dict(raw) | _MISTAKEN.get((raw["date"], raw["home"], raw["away"]), {})
    day = dt.date.fromisoformat(raw["date"])
    countries = (country.code(raw["home_country"]), country.code(raw["away_country"]))
    season = season_of(code, day, countries)
    if code == "uefa.el" and (fairs := season_of("uefa.fairs", day, countries)) <= _LAST_FAIRS_CUP:
        code, season = "uefa.fairs", fairs
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValueError("nothing was or is played in that year")
    home, away = int(raw["gh"]), int(raw["ga"])
    if not (0 <= home <= MOST_GOALS and 0 <= away <= MOST_GOALS):
        raise ValueError(f"{home}-{away} is no score of a match")
    if raw["full_time"] not in ("F", "E", "P"):
        raise ValueError(f"full_time is {raw['full_time']!r}, not F, E or P")
    if not raw["home"] or not raw["away"] or raw["home"] == raw["away"]:
        raise ValueError("two different sides are needed")
    beyond = raw["full_time"] != "F"
    tells = beyond or code == "uefa.cl" or season >= TELLS_EXTRA_TIME_FROM
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
