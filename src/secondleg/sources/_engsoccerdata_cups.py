"""The cups of engsoccerdata: `facup.csv`, `leaguecup.csv`, `champs.csv`.

FA Cup and League Cup give the final score, extra time included; whether there was extra time is told by the FA Cup's
file for some matches and by the League Cup's for none. The European Cup's file gives the score after 90 minutes and
after extra time apart, and who went through.

The round before the semi-finals is the quarter-final; earlier rounds are counted as the source counts them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from secondleg.errors import BadInput
from secondleg.football import country
from secondleg.sources._delimited import read_delimited
from secondleg.sources.contract import MATCHES, STATISTICS, FileReport, UnreadLine

__all__ = ["FILES", "read_cup", "report"]

FILES: Final = {"facup": "eng.facup", "leaguecup": "eng.eflcup", "champs": "uefa.cl"}
"""Competition of each file, by the file's stem."""

_ENGLISH: Final = ("Date", "Season", "home", "visitor", "FT", "round", "tie")
_EUROPEAN: Final = (
    "Date", "Season", "round", "leg", "home", "visitor", "FT", "HT", "aet", "pens", "tiewinner", "hcountry", "vcountry",
)  # fmt: skip
_SCORE: Final = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})")
_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_LAST_STAGES: Final = {
    "prelim": "preliminary",
    "quarter-final": "quarter-final",
    "s": "semi-final",
    "semi": "semi-final",
    "semi-final": "semi-final",
    "f": "final",
    "final": "final",
    "3pp": "third-place",
}
_EUROPEAN_STAGES: Final = {
    "PrelimF": "preliminary",
    "Round2": "round-2",
    "R16": "round-of-16",
    "QF": "quarter-final",
    "SF": "semi-final",
    "final": "final",
    "Q-1": "qualifying-1",
    "Q-2": "qualifying-2",
    "Q-3": "qualifying-3",
    "Q-PO": "qualifying-play-off",
}

_MISTAKEN_DAYS: Final = {("eng.eflcup", "2010", "2009-10-26"): "2010-10-26"}
"""By competition, season and day as written: four matches of a fourth round have the year before."""

Row = dict[str, Any]


def read_cup(path: Path, source: str, document: str) -> tuple[pa.Table, pa.Table, FileReport]:
    """Matches, attendances and the report of one cup's file."""
    european = FILES[path.stem] == "uefa.cl"
    read = read_delimited(path, _EUROPEAN if european else _ENGLISH)
    unread = list(read.unread)
    last_rounds = _last_rounds(read.header, read.rows)
    rows: list[Row] = []
    dayless = 0
    for line, fields in zip(read.lines, read.rows, strict=True):
        raw = {name: _value(text) for name, text in zip(read.header, fields, strict=True)}
        if raw["Date"] is None and raw.get("nonmatch"):
            dayless += 1  # a bye, or a walkover: nobody played
            continue
        try:
            row = _european(raw) if european else _english(raw, FILES[path.stem], last_rounds)
        except (ValueError, BadInput) as error:
            unread.append(UnreadLine(line, ",".join(fields)[:200], str(error)))
            continue
        rows.append(row | {"source": source, "document": document, "line": line})
    if not european:
        _set_legs(rows)
    notes = [f"{dayless} byes and walkovers are no matches: left out"] if dayless else []
    if european:
        counted: dict[int, int] = defaultdict(int)
        for row in rows:
            counted[row["season"]] += 1
        alone = [str(season) for season, n in sorted(counted.items()) if n == 1]
        if alone:
            notes.append(f"only one match of the season that began in {', '.join(alone)}")
    table = pa.Table.from_pylist(rows, schema=MATCHES)
    crowds = pa.Table.from_pylist([row for row in rows if row["attendance"] is not None], schema=STATISTICS)
    return table, crowds, report(document, table, tuple(unread), tuple(notes))


def report(
    document: str, table: pa.Table, unread: tuple[UnreadLine, ...], notes: tuple[str, ...]
) -> FileReport:
    """What was made of a document whose rows are `table`."""
    results = pc.is_in(table["status"], value_set=pa.array(["played", "awarded"]))
    days = pc.min_max(table["date"])
    return FileReport(
        document,
        matches=table.num_rows,
        played=pc.sum(results).as_py() or 0,
        unread=unread,
        notes=notes,
        first=days["min"].as_py(),
        last=days["max"].as_py(),
    )


def _value(text: str) -> str | None:
    text = text.strip()
    return None if text in ("", "NA") else text


def _last_rounds(header: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, int]:
    """Of each season whose semi-finals are there, the number of its last numbered round."""
    last: dict[str, int] = defaultdict(int)
    at_season, at_round = header.index("Season"), header.index("round")
    going_on: set[str] = set()
    for row in rows:
        season, name = row[at_season], row[at_round].strip()
        if _NUMBER.fullmatch(name):
            last[season] = max(last[season], int(name))
        elif _LAST_STAGES.get(name.lower()) == "semi-final":
            going_on.add(season)
        elif name == "Quarter-final":
            last[season] = 99
    return {season: number for season, number in last.items() if season in going_on}


def _common(raw: Row) -> Row:
    """Day, season and sides of a row."""
    if raw["Date"] is None:
        raise ValueError("no date")
    day = _day(raw["Date"])
    season = int(raw["Season"] or "")
    if not 0 <= day.year - season <= 1:
        raise ValueError(f"{day} is not of the season that began in {season}")
    home, away = raw["home"], raw["visitor"]
    if home is None or away is None or home == away:
        raise ValueError("two different sides are needed")
    return {"season": season, "date": day, "home": home, "away": away, "stage_text": raw["round"]}


def _day(text: str) -> dt.date:
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text):
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    return dt.date.fromisoformat(text)


def _score(text: str | None, what: str) -> tuple[int, int]:
    found = _SCORE.fullmatch(text or "")
    if found is None:
        raise ValueError(f"{what} is {text!r}, not a score")
    return int(found[1]), int(found[2])


def _shoot_out(text: str) -> tuple[int, int]:
    pens = _score(text, "the shoot-out")
    if pens[0] == pens[1]:
        raise ValueError(f"a shoot-out cannot end {text}")
    return pens


def _english(raw: Row, competition: str, last_rounds: dict[str, int]) -> Row:
    day = raw["Date"]
    row = _common(raw | {"Date": _MISTAKEN_DAYS.get((competition, raw["Season"], day), day)})
    name = str(raw["round"] or "").lower()
    stage = _LAST_STAGES.get(name)
    if stage is None:
        if not _NUMBER.fullmatch(name) or not 1 <= int(name) <= 8:
            raise ValueError(f"round {raw['round']!r} is not known")
        stage = "quarter-final" if int(name) == last_rounds.get(raw["Season"]) else f"round-{name}"
    told = raw.get("nonmatch")
    notes = [raw.get("notes"), told]
    row |= {
        "competition": competition,
        "stage": stage,
        "tie": raw["tie"] or "",
        "in_tie": raw.get("leg"),
        "home_country": "eng",
        "away_country": "eng",
        "neutral": True
        if raw.get("neutral") == "yes" or (stage == "final" and competition == "eng.facup")
        else None,
        "ground": raw.get("Venue"),
        "attendance": _crowd(raw.get("attendance")),
    }
    if told:
        # a void match was played and counts for nothing; where a side was thrown out, the score stood and lost its say
        row["status"] = (
            "abandoned" if "void" in told else "awarded" if "disqualified" in told else "cancelled"
        )
        notes.append(raw["FT"])
    else:
        goals = _score(raw["FT"], "FT")
        beyond = raw.get("aet") == "yes" or None
        row |= {
            "status": "played",
            "home_goals": goals[0],
            "away_goals": goals[1],
            "after_extra_time": beyond,
        }
        if raw.get("hp") or raw.get("vp"):
            pens = _shoot_out(f"{raw.get('hp')}-{raw.get('vp')}")
            row |= {"home_pens": pens[0], "away_pens": pens[1]}
    row["note"] = "; ".join(filter(None, notes)) or None
    return row


def _crowd(text: str | None) -> int | None:
    """The attendance; numbers come as `1,200`, `85854` and `1e+05`."""
    if text is None:
        return None
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return int(number) if 0 < number < 1_000_000 else None


def _set_legs(rows: list[Row]) -> None:
    """Number the legs of two-legged ties 1 and 2, and replays 3; single matches have none.

    The file's own numbers cannot be taken: it gives leg 1 to single matches, and some replays stand as the first
    match. So the order of the days counts.
    """
    ties: dict[tuple[int, str, frozenset[str]], list[Row]] = defaultdict(list)
    for row in rows:
        if row["status"] == "played":
            ties[row["season"], row["stage_text"], frozenset((row["home"], row["away"]))].append(row)
    for tie in ties.values():
        tie.sort(key=lambda row: row["date"])
        labels = [row["in_tie"] if row["in_tie"] in ("1", "2") else row["tie"][3:] for row in tie]
        legs = 2 if {"1", "2"} <= set(labels) else 0
        for number, row in enumerate(tie, 1):
            if number <= legs:
                row["leg"] = number
            elif number > 1:
                row["leg"] = 3
                row["note"] = "; ".join(filter(None, (row["note"], "replay")))


def _european(raw: Row) -> Row:
    row = _common(raw)
    stage, group = _european_stage(row["season"], raw["round"] or "")
    leg = {"1": 1, "2": 2, "replay": 3}.get(raw["leg"] or "")
    full = _score(raw["FT"], "FT")
    goals = _score(raw["aet"], "aet") if raw["aet"] else full
    if goals[0] < full[0] or goals[1] < full[1]:
        raise ValueError(f"{raw['aet']} after extra time is less than {raw['FT']} after 90 minutes")
    half: tuple[int | None, int | None] = (None, None)
    if raw["HT"]:
        at_half = _score(raw["HT"], "HT")
        if at_half[0] <= full[0] and at_half[1] <= full[1]:
            half = at_half
    settled = raw["pens"]
    pens: tuple[int | None, int | None] = (None, None)
    if settled and settled[:1].isdigit():
        pens, settled = _shoot_out(settled), "penalties"
    through = raw["tiewinner"]
    notes = [f"through: {through}" if through and stage != "group-stage" else None, settled]
    return row | {
        "competition": "uefa.cl",
        "stage": stage,
        "group": group,
        "leg": leg,
        "home_country": country.code(raw["hcountry"] or ""),
        "away_country": country.code(raw["vcountry"] or ""),
        "status": "awarded" if settled == "walkover" else "played",
        "home_goals": goals[0],
        "away_goals": goals[1],
        "home_ft": full[0],
        "away_ft": full[1],
        "home_ht": half[0],
        "away_ht": half[1],
        "after_extra_time": raw["aet"] is not None,
        "home_pens": pens[0],
        "away_pens": pens[1],
        "attendance": None,
        "note": "; ".join(filter(None, notes)) or None,
    }


def _european_stage(season: int, name: str) -> tuple[str, str | None]:
    """Stage and group, in the words of the competition's declared formats."""
    if found := re.fullmatch(r"Group([A-H])(-prelim|-inter)?", name):
        return ("group-stage-2" if found[2] == "-inter" else "group-stage"), found[1]
    if name in ("Round1", "1"):
        stage = "round-of-16" if season == 1955 else "round-of-32" if 1967 <= season <= 1990 else "round-1"
        return stage, None
    if name == "prelim":
        return ("preliminary" if season < 1994 else "qualifying-1"), None
    if name not in _EUROPEAN_STAGES:
        raise ValueError(f"round {name!r} is not known")
    return _EUROPEAN_STAGES[name], None
