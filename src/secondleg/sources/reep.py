"""Reader of withqwerty/reep (`teams.csv`): ids of clubs in Wikidata, Transfermarkt, FBref and other lists.

The file names a state, not a football association, and neither women's sides nor youth sides are marked. So:

- A club of the United Kingdom is listed under each of its four associations, as the file does not tell which is its
  own; only the right one has a club of that name.
- A name that two clubs of one country share is left out, as nothing tells them apart.
- Women's and youth sides are left out where their name says so. Those whose name does not are taken for men's clubs.
- Clubs without a country, or of one that is no football country today, are left out.

What was left out is counted in the report's notes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from secondleg.errors import BadInput
from secondleg.football import country
from secondleg.sources._delimited import Delimited, read_delimited
from secondleg.sources.contract import IDS, FileReport, SourceTable

__all__ = ["NAME", "document_name", "finds", "read_files"]

NAME: Final = "reep"

_KEY: Final = "key_"
_OWN: Final = "reep_id"
_UNITED_KINGDOM: Final = ("eng", "nir", "sco", "wal")
_STATES: Final[dict[str, tuple[str, ...]]] = {
    "United Kingdom": _UNITED_KINGDOM,
    "United Kingdom of Great Britain and Ireland": _UNITED_KINGDOM,
    **dict.fromkeys(
        ("German Reich", "Nazi Germany", "German Empire", "German Democratic Republic", "Kingdom of Bavaria"),
        ("ger",),
    ),
    "Second Polish Republic": ("pol",),
    "Kingdom of Italy": ("ita",),
    "Kingdom of Romania": ("rou",),
    "Kingdom of Bulgaria": ("bul",),
    "Kingdom of Denmark": ("den",),
    "Kingdom of the Netherlands": ("ned",),
    "Hungarian People's Republic": ("hun",),
    "Socialist Republic of Croatia": ("cro",),
    "Independent State of Croatia": ("cro",),
    "People's Republic of China": ("chn",),
}
"""States under which clubs are filed, and the countries that they play for."""
_NOT_FIRST_TEAMS: Final = re.compile(
    r"\b(women('?s)?|ladies|femen[ií]n[oa]?|femen[ií]|feminin[eoa]?|femminile|f[ée]minine?s?|frauen|kvinner|damer|dames"
    r"|vrouwen|girls|w\.?f\.?c|youth (academy|sector)|and academy|f\.?c\.? academy|u-?(1[5-9]|2[0-3])"
    r"|under-(1[5-9]|2[0-3])s?)\b|\(youth\)",
    re.IGNORECASE,
)
"""What a women's or youth side is called. `Youth` and `Academy` alone are left, as many a first team is called so."""


def finds(path: Path) -> list[Path]:
    """The files at or below `path` that this reader reads: `teams.csv` that begins with reep's own id."""
    files = [path] if path.is_file() else path.rglob("teams.csv")
    return sorted(file for file in files if file.name == "teams.csv" and _is_ours(file))


def document_name(path: Path) -> str:
    """The file's name upstream."""
    return f"data/{path.name}"


def read_files(files: Sequence[Path], *, progress: Callable[[int, int], None] | None = None) -> SourceTable:
    """Read ids under the contract, one row an id; `scheme` is the column's name, or "reep" for its own.

    Raises SourceError for a file without names and countries, or that is not UTF-8.
    """
    tables: list[pa.Table] = []
    reports: list[FileReport] = []
    for done, path in enumerate(files, 1):
        document = document_name(path)
        if document not in {report.document for report in reports}:
            read = read_delimited(path, (_OWN, "name", "country"))
            table, notes = _ids(read, document)
            tables.append(table)
            reports.append(FileReport(document, 0, 0, unread=tuple(read.unread), notes=notes))
        if progress:
            progress(done, len(files))
    return SourceTable(
        None, tuple(reports), ids=pa.concat_tables([IDS.empty_table(), *tables]).combine_chunks()
    )


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.readline(200).removeprefix(b"\xef\xbb\xbf").startswith(_OWN.encode())


def _ids(read: Delimited, document: str) -> tuple[pa.Table, tuple[str, ...]]:
    columns = read.columns()
    names = [name.strip() for name in columns["name"]]
    states = [state.strip() for state in columns["country"]]
    shared = Counter(zip(states, names, strict=True))
    schemes = {
        "reep" if column == _OWN else column.removeprefix(_KEY): values
        for column, values in columns.items()
        if column == _OWN or (column.startswith(_KEY) and column != _KEY)
    }
    rows: list[tuple[str, str, str, str]] = []
    left_out: Counter[str] = Counter()
    for at, (state, name) in enumerate(zip(states, names, strict=True)):
        codes = _codes(state)
        if not name or not state:
            left_out["clubs without a country or a name"] += 1
        elif not codes:
            left_out["clubs of states that are no football countries"] += 1
        elif _NOT_FIRST_TEAMS.search(name):
            left_out["women's and youth sides"] += 1
        elif shared[state, name] > 1:
            left_out["clubs that share name and country with another"] += 1
        elif ids := {scheme: values[at].strip() for scheme, values in schemes.items() if values[at].strip()}:
            rows += [(code, name, scheme, own) for scheme, own in ids.items() for code in codes]
        else:
            left_out["clubs without an id"] += 1
    by_column = list(zip(*rows, strict=True)) or [()] * 4
    table = pa.table(
        [[NAME] * len(rows), [document] * len(rows), *(list(values) for values in by_column)], schema=IDS
    )
    return table, tuple(f"{number:,} {what}: left out" for what, number in left_out.most_common())


@cache
def _codes(state: str) -> tuple[str, ...]:
    """The countries that a state's clubs may play for; none if it is no football country."""
    if state in _STATES:
        return _STATES[state]
    try:
        return (country.code(state),)
    except BadInput:
        return ()
