"""An archive in memory from a table that a person can read.

    archive = small_archive('''
        2024-04-11  eng/liverpool 0-3 ita/atalanta   uefa.el 2023 quarter-final leg=1
        2024-04-18  ita/atalanta v eng/liverpool     uefa.el 2023 quarter-final leg=2
    ''')

One match a line: day, home, score (or `v` for a fixture), away, competition, season, then in any order a
stage of `football.stage` and the words `leg=1`, `aet`, `pens=4-3`, `ht=1-0`, `neutral`, `awarded`,
`known=2024-04-12`. Lines that begin with # are comments. Matches with a leg become ties; the last leg may
carry `winner=eng/liverpool` and `by=coin`, where aggregate and shoot-out do not tell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from secondleg.archive import sides
from secondleg.archive.archive import Archive
from secondleg.football.stage import RANK

NAMES = {
    "eng.1": ("Premier League", "eng", "league", 1),
    "eng.2": ("Championship", "eng", "league", 2),
    "eng.4": ("League Two", "eng", "league", 4),
    "eng.facup": ("FA Cup", "eng", "cup", None),
    "eng.eflcup": ("EFL Cup", "eng", "cup", None),
    "ita.1": ("Serie A", "ita", "league", 1),
    "bra.1": ("Brasileirão", "bra", "league", 1),
    "ita.cup": ("Coppa Italia", "ita", "cup", None),
    "uefa.cl": ("Champions League", "uefa", "cup", None),
    "uefa.el": ("Europa League", "uefa", "cup", None),
    "uefa.conf": ("Conference League", "uefa", "cup", None),
    "uefa.cwc": ("Cup Winners' Cup", "uefa", "cup", None),
    "uefa.fairs": ("Fairs Cup", "uefa", "cup", None),
    "uefa.itc": ("Intertoto Cup", "uefa", "cup", None),
    "uefa.sc": ("UEFA Super Cup", "uefa", "supercup", None),
}

_LINE = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)\s+(?P<home>\S+)\s+(?P<score>\d+-\d+|v)\s+(?P<away>\S+)"
    r"\s+(?P<competition>[a-z]+\.\S+)\s+(?P<season>\d{4})(?P<rest>.*)"
)


def label(season: int) -> str:
    """ "2023-24"."""
    return f"{season}-{(season + 1) % 100:02d}"


def read_matches(text: str) -> list[dict[str, Any]]:
    """The lines of the table as rows of store.match, plus `winner` and `by`."""
    rows: list[dict[str, Any]] = []
    for line in text.splitlines():
        if not line.strip() or line.strip().startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise ValueError(f"not a match: {line!r}")
        rows.append(_row(len(rows) + 1, found))
    return rows


def _row(number: int, found: re.Match[str]) -> dict[str, Any]:
    words = dict(word.partition("=")[::2] for word in found["rest"].split())
    stage = next((word for word in words if word in RANK), None)
    played = found["score"] != "v"
    home, away = (int(goals) for goals in found["score"].split("-")) if played else (None, None)
    pens = [int(goals) for goals in words["pens"].split("-")] if "pens" in words else [None, None]
    half = [int(goals) for goals in words["ht"].split("-")] if "ht" in words else [None, None]
    status = "awarded" if "awarded" in words else "played" if played else "fixture"
    return {
        "id": number,
        "competition": found["competition"],
        "season": int(found["season"]),
        "stage": stage,
        "stage_rank": RANK[stage] if stage else None,
        "leg": int(words["leg"]) if "leg" in words else None,
        "date": dt.date.fromisoformat(found["date"]),
        "home": found["home"],
        "away": found["away"],
        "status": status,
        "home_goals": home,
        "away_goals": away,
        "home_ft": None if "aet" in words else home,
        "away_ft": None if "aet" in words else away,
        "home_ht": half[0],
        "away_ht": half[1],
        "after_extra_time": ("aet" in words) if played else None,
        "home_pens": pens[0],
        "away_pens": pens[1],
        "neutral": "neutral" in words,
        "known_from": dt.date.fromisoformat(words["known"]) if "known" in words else None,
        "sources": f"small table:{number}",
        "winner": words.get("winner"),
        "by": words.get("by"),
    }


def _ties(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        if row["leg"] is not None:
            pair = tuple(sorted((row["home"], row["away"])))
            groups.setdefault((row["competition"], row["season"], row["stage"], pair), []).append(row)
    ties = []
    for number, legs in enumerate(groups.values(), start=1):
        legs.sort(key=lambda row: row["leg"])
        ties.append(_tie(number, legs))
        for leg in legs:
            leg["tie"] = number
    return ties


def _tie(number: int, legs: list[dict[str, Any]]) -> dict[str, Any]:
    first, last = legs[0], legs[-1]
    by_leg = {row["leg"]: row["id"] for row in legs}
    tie = {
        "id": number,
        **{name: first[name] for name in ("competition", "season", "stage", "stage_rank")},
        "first": first["home"],
        "second": first["away"],
        "legs": len(legs),
        "first_leg": first["id"],
        "second_leg": by_leg.get(2),
        "third_leg": by_leg.get(3),
        "first_goals": None,
        "second_goals": None,
        "decided_by": None,
        "winner": None,
        "decided_on": None,
    }
    if any(row["home_goals"] is None for row in legs):
        return tie
    goals = {first["home"]: 0, first["away"]: 0}
    for row in legs:
        if row["leg"] < 3:
            goals[row["home"]] += row["home_goals"]
            goals[row["away"]] += row["away_goals"]
    winner, by = last["winner"], last["by"]
    if winner is None and goals[first["home"]] != goals[first["away"]]:
        winner, by = max(goals, key=lambda club: goals[club]), by or "aggregate"
    if winner is None and last["home_pens"] is not None:
        winner = last["home"] if last["home_pens"] > last["away_pens"] else last["away"]
        by = "penalties"
    tie |= {
        "first_goals": goals[first["home"]],
        "second_goals": goals[first["away"]],
        "decided_by": by,
        "winner": winner,
        "decided_on": last["date"],
    }
    return tie


def small_archive(
    text: str,
    *,
    not_whole: Mapping[tuple[str, int], str | None] | None = None,
    also_whole: Iterable[tuple[str, int]] = (),
    first_legs: Iterable[tuple[str, int, str, int, int, dt.date]] = (),
) -> Archive:
    """The archive that `text` describes (see the module).

    Every competition's season with a match counts as whole, and so does each of `also_whole`; one in
    `not_whole` does not, and its value lists the clubs that it is whole for. `first_legs` are rows of
    first_leg_record: competition, season, score of the first leg, ties, of these won by the side at home
    first, day of the last.
    """
    rows = read_matches(text)
    ties = _ties(rows)
    clubs = sorted({row[side] for row in rows for side in ("home", "away")})
    seasons = {(row["competition"], row["season"]) for row in rows} | set(also_whole) | set(not_whole or {})
    archive = Archive.memory()
    with archive.transaction() as connection:
        _insert(connection, "match", [{k: v for k, v in row.items() if k not in _OF_TIES} for row in rows])
        _insert(connection, "tie", ties)
        sides.derive(connection)
        _insert(connection, "club", [_club(club) for club in clubs])
        _insert(connection, "club_name", [name for club in clubs for name in _names(club)])
        _insert(connection, "competition", [_competition(code) for code in sorted({c for c, _ in seasons})])
        _insert(connection, "coverage", [_coverage(rows, *each, not_whole or {}) for each in sorted(seasons)])
        _insert(connection, "first_leg_record", [_first_leg(*record) for record in first_legs])
    return archive


_OF_TIES = ("winner", "by")


def _name(club: str) -> str:
    return club.split("/")[1].replace("-", " ").title()


def _club(club: str) -> dict[str, Any]:
    name = _name(club)
    return {"id": club, "name": name, "full_name": f"{name} FC", "country": club.split("/")[0]}


def _names(club: str) -> list[dict[str, Any]]:
    spelt = {"name": _name(club), "alias": f"{_name(club)} FC"}
    return [
        {"club": club, "name": name, "folded": name.lower(), "kind": kind, "source": "table"}
        for kind, name in spelt.items()
    ]


def _competition(code: str) -> dict[str, Any]:
    guessed = (code, code.split(".")[0], "league" if code[-1].isdigit() else "cup", None)
    name, country, kind, tier = NAMES.get(code, guessed)
    return {"code": code, "name": name, "country": country, "kind": kind, "tier": tier}


def _first_leg(
    competition: str, season: int, score: str, ties: int, home_through: int, last: dt.date
) -> dict[str, Any]:
    home, away = (int(goals) for goals in score.split("-"))
    return {
        "competition": competition,
        "season": season,
        "qualifying": False,
        "home_goals": home,
        "away_goals": away,
        "ties": ties,
        "home_through": home_through,
        "last": last,
        "source": "small table",
    }


def _coverage(
    rows: list[dict[str, Any]], competition: str, season: int, not_whole: Mapping[tuple[str, int], str | None]
) -> dict[str, Any]:
    mine = [row for row in rows if (row["competition"], row["season"]) == (competition, season)]
    days = [row["date"] for row in mine] or [dt.date(season, 8, 1)]
    partial = (competition, season) in not_whole
    return {
        "competition": competition,
        "season": season,
        "label": label(season),
        "clubs": len({row[side] for row in mine for side in ("home", "away")}),
        "matches": len(mine),
        "played": sum(row["home_goals"] is not None for row in mine),
        "expected": None,
        "whole": not partial,
        "only_clubs": not_whole.get((competition, season)) if partial else None,
        "qualifying": True,
        "main_from": min(days),
        "reason": "some matches only" if partial else "every match",
        "first": min(days),
        "last": max(days),
        "source": "small table",
    }


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = list(dict.fromkeys(name for row in rows for name in row))
    incoming = pa.table({name: [row.get(name) for row in rows] for name in names})
    connection.register("incoming", incoming)
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"INSERT INTO store.{table} ({columns}) SELECT * FROM incoming")
    connection.unregister("incoming")
