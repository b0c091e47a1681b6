"""The forms of file that readers know: how damaged ones are made, and how each of their lines is accounted for.

What is a line of data is told here by rules of their own, not by the reader's.
"""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from secondleg.sources._schochastics_competitions import UEFA, competition_of
from secondleg.sources.contract import SourceTable
from support import fuzz_seeds as seeds
from support import fuzz_tables as tables
from support.fuzzing import Input, Lost, Told
from support.mutate import keeps_rows_apart, mutated

__all__ = ["FORMS", "Form", "data_lines", "many_documents"]

Make = Callable[[random.Random, Path], list[Input]]
Place = tuple[str, str, str]
"""Path below a folder, document and text."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: `make` writes one batch of damaged inputs below a folder."""

    source: str
    name: str
    make: Make
    lost: Lost
    share: float = 1.0
    """Of the inputs of a source."""
    few: int = 1000
    """Of the inputs of a fast run, at most: some are slow."""

    def __str__(self) -> str:
        return self.name


def _texts(places: Callable[[random.Random], Sequence[Place]]) -> Make:
    """Damaged texts, in the order of their documents."""

    def make(rng: random.Random, folder: Path) -> list[Input]:
        found = []
        for below, document, text in sorted(places(rng), key=lambda place: place[1]):
            path = folder / below
            if not path.parent.exists():
                path.parent.mkdir(parents=True)
            data = mutated(rng, text.encode())
            path.write_bytes(data)
            found.append(Input(path, document, data))
        return found

    return make


def data_lines(data: bytes) -> list[tuple[int, str]]:
    """The lines of a CSV file below its header that hold something, with their numbers from 1."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.removesuffix("\n").split("\n")
    return [(n, line) for n, line in enumerate(lines, 1) if n > 1 and re.sub(r'[,"\s]', "", line)]


def _every_line(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    """Each line is a match or unread."""
    if keeps_rows_apart(item.data):
        unread = told.unread
        for line, text in data_lines(item.data):
            if line not in told.matches and line not in unread:
                yield f"line {line} is lost: {text}"


def _every_line_but(words: str) -> Lost:
    """Each line is a match or unread, but for so many as a note says."""

    def lost(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
        missing = list(_every_line(item, told, table))
        if len(missing) > told.noted(words):
            yield from missing

    return lost


# --- Football.TXT ---------------------------------------------------------------------------------

_MATCH_LINE: Final = re.compile(
    r"\s*(?:\d\d[.:]\d\d\s+)?[A-Z][^\t#<>\[\]|=@(]*(?:\s+v\s+[A-Z].*\d-\d|\s{2,}\d{1,2}-\d{1,2}(?:\s.*)?\s{2,}[A-Z]).*"
)
_STANDINGS: Final = re.compile(r"\s*\d+\.?\s")


def _football_txt(rng: random.Random) -> list[Place]:
    found = []
    for at in range(60):
        repository, name, text = seeds.FOOTBALL_TXT[at % len(seeds.FOOTBALL_TXT)]
        folder, _, file = name.rpartition("/")
        place = f"{repository}/{folder}/b{at:02}/{file}"
        found.append((place, place, text))
    return found


def _lost_text(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    text = item.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    unread = told.unread
    noted = {int(found[1]) for note in told.notes if (found := re.match(r"line (\d+): ", note))}
    in_comment = False
    for line, written in enumerate(text.split("\n"), 1):
        if in_comment or written.lstrip().startswith("<!--"):
            in_comment = "-->" not in written
            if in_comment and "-->" not in "\n".join(text.split("\n")[line:]) and not unread:
                yield f"line {line} opens a comment without end, and nothing tells"
            continue
        known = line in told.matches or line in unread or line in noted
        if not known and _MATCH_LINE.fullmatch(written) and not {"TBD", "N.N."} & set(written.split()):
            yield f"line {line} is lost: {written!r}"


# --- lists of clubs -------------------------------------------------------------------------------


def _clubs(rng: random.Random) -> list[Place]:
    found = []
    for at in range(100):
        country, text = seeds.CLUB_LISTS[at % len(seeds.CLUB_LISTS)]
        found.append((f"{country}/b{at:02}.clubs.txt", f"{country}/b{at:02}.clubs.txt", text))
    return found


def _lost_alias(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    text = item.data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    unread, club = told.unread, ""
    for line, written in enumerate(text.split("\n"), 1):
        body = written.split("#")[0].strip()
        if not body.startswith("|"):
            club = re.sub(r"^i+\)", "", body.split(",")[0]).strip()
            continue
        if line in unread:
            continue
        for alias in body.split("|"):
            alias = re.sub(r"\s*\[[a-z][a-z]\]\s*$", "", alias).strip()
            bare = re.sub(r"\s*\(\d{4}(\s*[-–]\s*(\d{4})?)?\)$", "", alias)
            if bare and not (len(alias) <= 3 and alias.isupper()) and not {alias, bare} & {*told.names, club}:
                yield f"line {line}: {alias!r} is lost"


def _reep(rng: random.Random) -> list[Place]:
    return [("teams.csv", "data/teams.csv", seeds.REEP)]


def _lost_club(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    if not keeps_rows_apart(item.data):
        return
    left_out = sum(int(found[1]) for note in told.notes if (found := re.match(r"(\d+) ", note)))
    named = [re.sub('"', "", text) for _, text in data_lines(item.data)]
    kept = sum(any(field.strip() in told.names for field in text.split(",")) for text in named)
    if len(named) > kept + left_out + len(told.unread):
        yield f"{len(named)} clubs, of which {kept} are read, {left_out} left out, {len(told.unread)} unread"


# --- schochastics ---------------------------------------------------------------------------------


def _results(rng: random.Random) -> list[Place]:
    return [
        (f"results/{name}", f"results/{name}", rng.choice(seeds.RESULTS))
        for name in _many(seeds.RESULT_FILES, 10)
    ]


def _goals(rng: random.Random) -> list[Place]:
    return [
        (f"goals_time/{name}", f"goals_time/{name}", rng.choice(seeds.GOALS))
        for name in _many(seeds.GOAL_FILES, 20)
    ]


def _lost_goal(item: Input, told: Told, table: SourceTable) -> Iterator[str]:
    if not keeps_rows_apart(item.data):
        return
    lines, unread = data_lines(item.data), told.unread
    left_out = told.noted("matches of CONCACAF") or any("its goals make it" in why for why in unread.values())
    if left_out:  # of such a match one line stands for all
        return
    listed = sum(line in unread for line, _ in lines)
    held = told.incidents + told.noted("goals stand there more than once") + listed
    if held != len(lines):
        yield f"{len(lines)} goals, of which {held} are read, unread or noted"
    sides = {(row["home"], row["away"]) for row in told.matches.values()}
    for line, text in lines:
        if line not in unread and not any(f"{home} vs. {away} " in text for home, away in sides):
            yield f"line {line} is of no match: {text}"


# --- engsoccerdata --------------------------------------------------------------------------------


def _leagues(rng: random.Random) -> list[Place]:
    return [
        (f"data-raw/{name}.csv", f"data-raw/{name}.csv", rng.choice(seeds.LEAGUE_ROWS))
        for name in _many(seeds.ENGLISH_LEAGUE_FILES, 20)
    ]


def _cups(rng: random.Random) -> list[Place]:
    return [
        (f"data-raw/{name}.csv", f"data-raw/{name}.csv", seeds.OLD_CUPS[name.rpartition(" ")[2]])
        for name in _many(tuple(seeds.OLD_CUPS), 50)
    ]


# --- football-data.co.uk --------------------------------------------------------------------------

_DIVISIONS: Final = (
    "E0", "E1", "E2", "E3", "EC", "SC0", "SC1", "SC2", "SC3", "D1", "D2", "I1", "I2", "SP1", "SP2", "F1", "F2", "N1",
    "B1", "P1", "T1", "G1",
)  # fmt: skip
_COUNTRIES: Final = (
    "ARG", "AUT", "BRA", "CHN", "DNK", "FIN", "IRL", "JPN", "MEX", "NOR", "POL", "ROU", "RUS", "SWE", "SWZ", "USA",
)  # fmt: skip


def _football_data(rng: random.Random) -> list[Place]:
    found = []
    for season, text in seeds.FOOTBALL_DATA:
        for name in _DIVISIONS:
            place = f"mmz4281/{season}/{name}.csv"
            found.append((place, place, text))
    for name in _COUNTRIES:
        found.append((f"new/{name}.csv", f"new/{name}.csv", rng.choice(seeds.COUNTRY_FILES)[1]))
    return found


# --- many documents at once -----------------------------------------------------------------------


def _many(names: Sequence[str], times: int) -> list[str]:
    """The names of files, and each of them so often again under another: `3 england.csv`."""
    return [f"{n} {name}" if n else name for n in range(times) for name in names]


@contextmanager
def many_documents() -> Iterator[None]:
    """Let readers that know their files by name take `3 england.csv` for another `england.csv`.

    To read one small file costs them as much as to read a hundred: nearly all of it goes into planning statements.
    """
    with ExitStack() as stack:
        for module, table in (
            ("_schochastics_competitions", "_OTHER"),
            ("_schochastics_competitions", "UEFA"),
            ("schochastics_goals", "_COMPETITIONS"),
            ("engsoccerdata", "_LEAGUES"),
            ("_engsoccerdata_cups", "FILES"),
        ):
            known = dict(getattr(importlib.import_module(f"secondleg.sources.{module}"), table))
            if table == "_OTHER":  # leagues are told by their country's name
                known |= {name: competition_of(name) for name in seeds.RESULT_FILES if name not in UEFA}
            more = {f"{n} {name}": known[name] for name in known for n in range(1, _MOST_COPIES)}
            stack.enter_context(patch.dict(f"secondleg.sources.{module}.{table}", more))
        yield


_MOST_COPIES: Final = 60

FORMS: Final = (
    Form("openfootball", "football-txt", _texts(_football_txt), _lost_text),
    Form("openfootball-clubs", "club-lists", _texts(_clubs), _lost_alias),
    Form("reep", "reep", _texts(_reep), _lost_club),
    Form("schochastics", "results", _texts(_results), _every_line),
    Form("schochastics-goals", "goals", _texts(_goals), _lost_goal),
    Form("engsoccerdata", "leagues", _texts(_leagues), _every_line_but("matches of"), share=0.5),
    Form("engsoccerdata", "cups", _texts(_cups), _every_line_but("byes and walkovers"), share=0.5),
    Form("football-data", "football-data", _texts(_football_data), _every_line),
    Form("schochastics", "results-parquet", tables.results_copy, tables.every_row, share=0.5),
    Form(
        "schochastics-incidents", "incidents-parquet", tables.incident_pair, tables.lost_incidents, share=0.75
    ),
    Form("schochastics-incidents", "incidents-json", tables.matches_json, tables.lost_in_json, share=0.25),
    Form("engsoccerdata", "leagues-parquet", tables.league_copy, tables.every_row_of_it, share=0.05, few=20),
    Form("football-data", "football-data-parquet", tables.odds_copy, tables.every_row, share=0.02, few=10),
)
