"""Rows of schochastics' files of leagues and of cups outside Europe, under the match contract, a million at a time.

A row is read or it is not, and then it is listed with the first of the `_CHECKS` that it fails. UEFA's own files are
read in `schochastics`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from secondleg.errors import BadInput
from secondleg.football import country
from secondleg.sources._schochastics_competitions import (
    OTHERWISE,
    competition_of,
    season_months,
    seasons_of_cup,
)
from secondleg.sources._schochastics_mended import INTERCONTINENTAL
from secondleg.sources._schochastics_seasons import Ints, seasons, undated
from secondleg.sources.contract import MATCHES, UnreadLine

__all__ = ["MOST_GOALS", "NO_DAY", "TELLS_EXTRA_TIME_FROM", "YEARS", "rows_of"]

TELLS_EXTRA_TIME_FROM: Final = 2001
"""Season from which F in every file means no extra time."""
NO_DAY: Final = "the file does not know the day"
"""The note of a match whose season stands under one day."""
MOST_GOALS: Final = 36
"""Goals of one side in a match: Arbroath 36-0 Bon Accord, Scottish Cup, 12 September 1885. (Madagascar's 149-0 of 2002
were own goals in protest.)"""
YEARS: Final = (1871, 2100)
"""Years in which a match can be: from the first FA Cup's on."""
_BETWEEN_LEGS: Final = 120
"""Days between two legs of a cup, at most: the Libertadores of 2006 paused for a World Cup."""
_BETWEEN_PLAY_OFFS: Final = 21
"""Days between two legs of a league's play-off, at most: other meetings in a league are further apart."""

_TYPED: Final = """
CREATE OR REPLACE TEMP TABLE typed AS
SELECT
    document, line, home, away, full_time, m.code AS competition,
    h.code AS home_country, a.code AS away_country,
    CASE WHEN regexp_full_match(r.date, '\\d{4}-\\d{2}-\\d{2}') THEN try_cast(r.date AS DATE) END AS date,
    CASE WHEN regexp_full_match(gh, '\\d{1,3}') THEN try_cast(gh AS SMALLINT) END AS home_goals,
    CASE WHEN regexp_full_match(ga, '\\d{1,3}') THEN try_cast(ga AS SMALLINT) END AS away_goals
FROM raw r
JOIN mapped_document m USING (document)
LEFT JOIN mapped_country h ON h.name = r.home_country
LEFT JOIN mapped_country a ON a.name = r.away_country
"""

_CHECKS: Final = f"""
CREATE OR REPLACE TEMP TABLE judged AS
WITH first AS (
    SELECT document, min(line) AS line, date, home, away, home_goals, away_goals
    FROM typed WHERE date IS NOT NULL
    GROUP BY ALL HAVING count(*) > 1
),
-- a shoot-out in a second leg: the legs were level, in goals or in wins
level AS (
    SELECT DISTINCT s.document, s.line
    FROM typed s
    JOIN typed f ON f.document = s.document AND f.home = s.away AND f.away = s.home
    WHERE s.full_time = 'P' AND s.home_goals <> s.away_goals
      AND f.date < s.date AND f.date >= s.date - if(s.competition LIKE '%.1', {_BETWEEN_PLAY_OFFS}, {_BETWEEN_LEGS})
      AND sign(f.home_goals - f.away_goals) = sign(s.home_goals - s.away_goals)
)
SELECT
    t.*, NULL::TINYINT AS home_pens, NULL::TINYINT AS away_pens, NULL::TEXT AS note,
    CASE
        WHEN t.home = '' OR t.away = '' THEN 'a side is missing'
        WHEN t.date IS NULL THEN 'the date is none'
        WHEN year(t.date) NOT BETWEEN {YEARS[0]} AND {YEARS[1]} THEN 'nothing was or is played in that year'
        WHEN t.home_goals IS NULL OR t.away_goals IS NULL THEN 'the score is none'
        WHEN greatest(t.home_goals, t.away_goals) > {MOST_GOALS} THEN 'no side ever scored so many'
        WHEN full_time NOT IN ('F', 'E', 'P', 'FALSE') THEN 'full_time is none of F, E, P and FALSE'
        WHEN home_country IS NULL THEN 'the home side''s country is none of football''s'
        WHEN away_country IS NULL THEN 'the away side''s country is none of football''s'
        WHEN t.home = t.away THEN 'two clubs under one name: it plays itself'
        WHEN first.line < t.line THEN 'is line ' || first.line || ' once more'
        WHEN full_time = 'P' AND t.home_goals <> t.away_goals AND level.line IS NULL
            THEN 'decided on penalties, yet neither level nor a second leg: the score is the shoot-out''s'
    END AS reason
FROM typed t
LEFT JOIN first USING (document, date, home, away, home_goals, away_goals)
LEFT JOIN level ON level.document = t.document AND level.line = t.line
"""

_MEND: Final = """
UPDATE judged
SET home_goals = $home_goals, away_goals = $away_goals, home_pens = $home_pens, away_pens = $away_pens,
    full_time = 'E', note = 'decided on penalties; the file has the shoot-out in the score'
WHERE competition = 'fifa.intercontinental' AND date = $day::DATE AND home = $home AND away = $away
  AND home_goals = $home_file AND away_goals = $away_file
"""

_UNREAD: Final = """
SELECT j.document, j.line, concat_ws(',', r.home, r.away, r.date, gh, ga, r.full_time, r.home_country, r.away_country),
    reason
FROM judged j JOIN raw r USING (document, line)
WHERE reason IS NOT NULL
ORDER BY ALL
"""
_READ: Final = "SELECT * EXCLUDE (reason) FROM judged WHERE reason IS NULL ORDER BY document, line"


def rows_of(source: str, raw: pa.Table, unread: Mapping[str, list[UnreadLine]]) -> pa.Table:
    """The rows of `raw` that can be read, in the match contract; the rest goes to the list of its document."""
    documents = pc.unique(raw["document"]).to_pylist()
    codes = {document: competition_of(document) for document in documents}
    for document in sorted(document for document, code in codes.items() if code is None):
        unread[document].append(UnreadLine(1, document, "no country and no competition is called so"))
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("raw", raw)
        known = {document: code for document, code in codes.items() if code is not None}
        connection.register(
            "mapped_document",
            pa.table(
                {
                    "document": pa.array(list(known), pa.string()),
                    "code": pa.array(list(known.values()), pa.string()),
                }
            ),
        )
        connection.register("mapped_country", _countries(raw))
        connection.execute(_TYPED)
        connection.execute(_CHECKS)
        for document, line, text, reason in connection.execute(_UNREAD).fetchall():
            unread[document].append(UnreadLine(line, text, reason))
        connection.executemany(_MEND, _mends())
        read = connection.execute(_READ).to_arrow_table().combine_chunks()
    return _contract(source, read)


def _mends() -> list[dict[str, str | int]]:
    return [
        {
            "day": day, "home": home, "away": away, "home_file": told[0], "away_file": told[1],
            "home_goals": goals[0], "away_goals": goals[1], "home_pens": pens[0], "away_pens": pens[1],
        }
        for day, home, away, told, goals, pens in INTERCONTINENTAL
    ]  # fmt: skip


def _countries(raw: pa.Table) -> pa.Table:
    names = {name for side in ("home", "away") for name in pc.unique(raw[f"{side}_country"]).to_pylist()}
    codes: dict[str, str] = {}
    for name in names:
        try:
            codes[name] = country.code(name)
        except BadInput:
            continue
    return pa.table(
        {"name": pa.array(list(codes), pa.string()), "code": pa.array(list(codes.values()), pa.string())}
    )


def _contract(source: str, read: pa.Table) -> pa.Table:
    season, dated = _seasons(read)
    number = len(season)
    flag = read["full_time"]
    # outside Europe a shoot-out often follows 90 minutes; FALSE is an F that a program took for a truth value,
    # in old parts of six files
    extra = pc.equal(flag, "E")
    regular = pc.and_(pc.equal(flag, "F"), pa.array(season >= TELLS_EXTRA_TIME_FROM))
    none = pa.scalar(None, pa.bool_())
    note = pc.coalesce(
        read["note"], pc.if_else(pc.equal(flag, "P"), "decided on penalties", pa.scalar(None, pa.string()))
    )
    goals = {side: read[f"{side}_goals"].cast(pa.int8()) for side in ("home", "away")}
    unknown = pa.scalar(None, pa.int8())
    columns: dict[str, Any] = {
        "source": pa.repeat(source, number),
        "document": read["document"],
        "line": read["line"],
        "competition": _competitions(read["competition"], season),
        "season": pa.array(season, pa.int16()),
        "date": read["date"],
        "home": read["home"],
        "away": read["away"],
        "home_country": read["home_country"],
        "away_country": read["away_country"],
        "status": pa.repeat("played", number),
        "home_goals": goals["home"],
        "away_goals": goals["away"],
        "home_ft": pc.if_else(regular, goals["home"], unknown),
        "away_ft": pc.if_else(regular, goals["away"], unknown),
        "after_extra_time": pc.case_when(pc.make_struct(extra, regular), True, False, none),
        "home_pens": read["home_pens"],
        "away_pens": read["away_pens"],
        "note": pc.if_else(pa.array(dated), note, NO_DAY),
    }
    empty = {field.name: pa.nulls(number, field.type) for field in MATCHES if field.name not in columns}
    return pa.table({field.name: (columns | empty)[field.name] for field in MATCHES}).cast(MATCHES)


def _competitions(code: pa.ChunkedArray, season: Ints) -> pa.ChunkedArray:
    """The competition of each row: its file's, but for seasons that were another's."""
    for (whole, year), other in OTHERWISE.items():
        here = pc.and_(pc.equal(code, whole), pa.array(season == year))
        code = pc.if_else(here, other, code)
    return code


def _seasons(read: pa.Table) -> tuple[Ints, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The season of each row, and whether its day is known. Rows of a document stand together."""
    number = read.num_rows
    season, dated = np.zeros(number, dtype=np.int64), np.ones(number, dtype=np.bool_)
    if not number:
        return season, dated
    days = read["date"].cast(pa.int32()).to_numpy().astype(np.int64)
    names = pa.concat_arrays([read[side].combine_chunks() for side in ("home", "away")])
    clubs = names.dictionary_encode().indices.to_numpy().astype(np.int64)
    document = read["document"].combine_chunks().dictionary_encode()
    at = np.flatnonzero(np.diff(document.indices.to_numpy(zero_copy_only=False), prepend=-1))
    for begin, end in zip(at, [*at[1:], number], strict=True):
        name = read["document"][int(begin)].as_py()
        part = slice(begin, end)
        cup = seasons_of_cup(name, days[part])
        if cup is not None:
            season[part] = cup
            continue
        both = np.concatenate([clubs[:number][part], clubs[number:][part]])
        local = np.unique(both, return_inverse=True)[1].astype(np.int64)
        home, away = np.split(local, 2)
        season[part] = seasons(days[part], home, away, season_months(name))
        dated[part] = ~undated(days[part], home, away)
    return season, dated
