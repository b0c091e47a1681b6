"""Final tables of league seasons, worked out at each import: who finished where, went up or down.

Points and the order of clubs level on points follow the rules declared for the competition (`football.rules`), points
taken off, clubs put last whatever their points (`[[put_last]]`) and titles taken away (`[[untitled]]`) included. Where
no rules are declared, a win counts three points from 1995-96 and two before, and goal difference decides; `declared`
says which it is. No place is given in a season that is not held whole, or that ended in rounds for a part of the clubs,
for what carries over into these differs.

What the stored tables rest on is noted beside them: an archive that an older secondleg wrote, or one with other rules,
is not asked for them, and they are worked out when they are first needed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from secondleg.archive import table_places
from secondleg.errors import RulesUnknown
from secondleg.football import rules
from secondleg.football.stage import TABLES
from secondleg.football.table import Tiebreak

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["are_current", "derive", "standings"]

_THREE_POINTS_FROM: Final = 1995
"""Season in which FIFA made three points for a win the rule for all leagues."""

_ENDS: Final = 2200

_SPLIT: Final = sorted(TABLES - {"regular-season", "league-phase", "group-stage"})

_STANDINGS: Final = """
WITH rule(code, first_season, last_season, win, first_tiebreak) AS ({rules}),
deduction(code, season, club, points) AS ({deductions}),
put_last(code, season, club) AS ({put_last}),
untitled(code, season) AS ({untitled}),
league AS (SELECT code, country, tier FROM store.competition WHERE kind = 'league' AND tier IS NOT NULL),
-- the last day of a season is that of its last match or fixture
span AS (
    SELECT m.competition, m.season, min(m.date) AS first, max(m.date) AS last,
           coalesce(bool_or(m.stage IN ({split})), FALSE) AS split
    FROM store.match m JOIN league l ON l.code = m.competition
    WHERE m.status NOT IN ('cancelled', 'abandoned') AND (m.stage IS NULL OR m.stage IN ({tables}))
    GROUP BY ALL
),
played AS (
    SELECT s.club, s.opponent, s.competition, s.season, coalesce(s."group", '') AS part, s.result, s.scored, s.conceded
    FROM store.side s JOIN league l ON l.code = s.competition
    WHERE s.stage IS NULL OR s.stage IN ({tables})
),
line AS (
    SELECT club, competition, season, min(part) AS part, count(*)::SMALLINT AS played,
           count(*) FILTER (result = 'W')::SMALLINT AS won, count(*) FILTER (result = 'D')::SMALLINT AS drawn,
           count(*) FILTER (result = 'L')::SMALLINT AS lost,
           sum(scored)::SMALLINT AS scored, sum(conceded)::SMALLINT AS conceded
    FROM played GROUP BY club, competition, season
),
pointed AS (
    SELECT line.*, coalesce(rule.win, CASE WHEN line.season >= {three_from} THEN 3 ELSE 2 END) AS win,
           (won * coalesce(rule.win, CASE WHEN line.season >= {three_from} THEN 3 ELSE 2 END) + drawn
            - coalesce(deduction.points, 0))::SMALLINT AS points,
           rule.code IS NOT NULL AS declared, coalesce(first_tiebreak, 'goal difference') AS first_tiebreak
    FROM line
    LEFT JOIN rule ON rule.code = competition AND line.season BETWEEN rule.first_season AND rule.last_season
    LEFT JOIN deduction ON deduction.code = competition AND deduction.season = line.season
         AND deduction.club = line.club
),
met AS (
    SELECT p.club, p.competition, p.season,
           sum(CASE p.result WHEN 'W' THEN me.win WHEN 'D' THEN 1 ELSE 0 END) AS met_points,
           sum(p.scored - p.conceded) AS met_difference
    FROM played p
    JOIN pointed me ON me.club = p.club AND me.competition = p.competition AND me.season = p.season
    JOIN pointed other ON other.club = p.opponent AND other.competition = p.competition AND other.season = p.season
    WHERE me.first_tiebreak LIKE 'head-to-head%' AND me.points = other.points
    GROUP BY p.club, p.competition, p.season
),
placed AS (
    SELECT pointed.*, rank() OVER (
               PARTITION BY competition, season, part ORDER BY put_last.code IS NOT NULL, points DESC,
               coalesce(met_points, 0) DESC, coalesce(met_difference, 0) DESC,
               CASE first_tiebreak WHEN 'goal average' THEN scored / greatest(conceded, 0.5)
                                   WHEN 'goals scored' THEN scored ELSE scored - conceded END DESC,
               CASE first_tiebreak WHEN 'goals scored' THEN scored - conceded ELSE scored END DESC)::SMALLINT AS place,
           count(*) OVER (PARTITION BY competition, season, part)::SMALLINT AS clubs,
           count(*) OVER (PARTITION BY competition, season)::SMALLINT AS everyone
    FROM pointed LEFT JOIN met USING (club, competition, season)
    LEFT JOIN put_last ON put_last.code = competition AND put_last.season = pointed.season
         AND put_last.club = pointed.club
),
told AS (
    SELECT placed.*, l.country, l.tier, span.first, span.last,
           coalesce(v.whole AND v.only_clubs IS NULL, FALSE) AS whole,
           coalesce(v.whole AND v.only_clubs IS NULL, FALSE) AND NOT span.split AS final
    FROM placed JOIN league l ON l.code = competition
    JOIN span USING (competition, season)
    LEFT JOIN store.coverage v USING (competition, season)
),
home AS (SELECT club, country, season, min(tier) AS tier, min(first) AS first FROM told GROUP BY ALL)
SELECT t.club, t.competition, t.season, t.country, t.tier, t.played, t.won, t.drawn, t.lost, t.scored, t.conceded,
       t.points, t.win::TINYINT AS win, t.declared, t.whole, t.first, t.last, t.clubs,
       CASE WHEN t.final THEN t.place END AS place,
       -- a league in several parts has no one champion, nor has a season whose title was taken away
       CASE WHEN t.final THEN t.place = 1 AND t.clubs = t.everyone AND untitled.code IS NULL END AS champion,
       after.tier AS next_tier, coalesce(after.first, same.first) AS next_from,
       after.tier IS NULL AND t.tier = 1 AND coalesce(same.whole, FALSE) AS gone_down,
       CASE WHEN before.tier IS NOT NULL THEN before.tier > t.tier
            WHEN former.whole THEN TRUE END AS newcomer
FROM told t
LEFT JOIN untitled ON untitled.code = t.competition AND untitled.season = t.season
LEFT JOIN home after ON after.club = t.club AND after.country = t.country AND after.season = t.season + 1
LEFT JOIN home before ON before.club = t.club AND before.country = t.country AND before.season = t.season - 1
LEFT JOIN (SELECT DISTINCT competition, season, whole, first FROM told) same
     ON same.competition = t.competition AND same.season = t.season + 1
LEFT JOIN (SELECT DISTINCT competition, season, whole FROM told) former
     ON former.competition = t.competition AND former.season = t.season - 1
ORDER BY t.club, t.season, t.tier, t.competition
"""

_NOTE: Final = "standings"
"""Key in `store.meta`: what the tables rest on."""


def derive(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `store.standing` anew; call it in a rebuild when coverage is there."""
    connection.execute("DELETE FROM store.standing")
    connection.execute(f"INSERT INTO store.standing BY NAME {_sql(connection)}")
    connection.execute("INSERT OR REPLACE INTO store.meta VALUES (?, ?)", [_NOTE, _rests_on()])


def are_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether `store.standing` is there, and as this secondleg would work it out."""
    found = connection.execute("SELECT value FROM store.meta WHERE key = ?", [_NOTE]).fetchall()
    return bool(found) and found[0][0] == _rests_on()


def _rests_on() -> str:
    """A checksum of the statements and of all rules that are declared."""
    return hashlib.sha256(f"{_STANDINGS}\0{table_places.PLAYED}\0{rules.checksum()}".encode()).hexdigest()


def standings(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """The final tables of every league season, one row a club, whenever it ended; ordered by club and season."""
    return connection.execute(_sql(connection)).to_arrow_table()


def _sql(connection: duckdb.DuckDBPyConnection) -> str:
    codes = connection.execute("SELECT code FROM store.competition WHERE kind = 'league'").fetchall()
    declared = [row for (code,) in sorted(codes) for row in _rules(code)]
    taken = [row for (code,) in sorted(codes) for row in _deductions(code)]
    lowered: list[tuple[object, ...]] = [
        (f"'{code}'", entry["season"], f"'{entry['club']}'")
        for (code,) in sorted(codes)
        for entry in rules.declared(code).get("put_last", ())
    ]
    nobody: list[tuple[object, ...]] = [
        (f"'{code}'", entry["season"])
        for (code,) in sorted(codes)
        for entry in rules.declared(code).get("untitled", ())
    ]
    return _STANDINGS.format(
        rules=_values(declared, ("''", 0, 0, 0, "''")),
        deductions=_values(taken, ("''", 0, "''", 0)),
        put_last=_values(lowered, ("''", 0, "''")),
        untitled=_values(nobody, ("''", 0)),
        tables=", ".join(f"'{stage}'" for stage in sorted(TABLES)),
        split=", ".join(f"'{stage}'" for stage in _SPLIT),
        three_from=_THREE_POINTS_FROM,
    )


def _rules(code: str) -> list[tuple[object, ...]]:
    """(code, first season, last season, points for a win, first tie-break) of each rule that is declared."""
    found: list[tuple[object, ...]] = []
    for entry in rules.declared(code).get("table", ()):
        first, last = entry["from"], entry.get("to", _ENDS)
        try:
            rule = rules.table_rules(code, first)
        except RulesUnknown:
            continue
        first_break = rule.order[0] if rule.order else Tiebreak.DIFFERENCE
        found.append((f"'{code}'", first, last, rule.win, f"'{first_break.value}'"))
    return found


def _deductions(code: str) -> list[tuple[object, ...]]:
    return [
        (f"'{code}'", entry["season"], f"'{entry['club']}'", entry["points"])
        for entry in rules.declared(code).get("deduction", ())
    ]


def _values(rows: list[tuple[object, ...]], none: tuple[object, ...]) -> str:
    """Rows of declared data as a relation; `none` is a row of the right types, left out again."""
    listed = ",\n    ".join(f"({', '.join(map(str, row))})" for row in (none, *rows))
    return f"SELECT * FROM (VALUES {listed}) declared_rows WHERE col0 <> ''"
