"""What fixtures tell of who is who: two names that play on the same days, at the same venue side, with the same
scores are one club.

The evidence is gathered in DuckDB from the rows of all sources at once; `archive.clubs` draws the conclusions. Years
here are those of the day (July to June), not the season that a source writes: sources label seasons differently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import duckdb

__all__ = ["DAY", "Evidence", "Shared", "Spelling", "Vote", "assign", "confirmed", "gather", "votes"]


DAY: Final = 16
"""Bits below the day in the numbers of `Evidence.days`."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as one source spells it; `country` is '' where the source gives none."""

    country: str
    name: str
    source: str
    matches: int
    first: int = 2000
    """First and last season, as the source labels them."""
    last: int = 2000


@dataclass(frozen=True, slots=True)
class Shared:
    """Two spellings of two sources that share the fixtures of one competition in one year, without a rival."""

    one: int
    other: int
    year: int
    matches: int


@dataclass(frozen=True, slots=True)
class Vote:
    """Two spellings that play the same opponent on the same day with the same score, the opponent being known."""

    one: int
    other: int
    first: int
    """First and last year of such a match."""
    last: int
    matches: int


@dataclass(frozen=True)
class Evidence:
    """What fixtures tell; spellings are given by their place in `Clubs.spellings`."""

    shared: tuple[Shared, ...] = ()
    alike: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Fixtures of any two spellings of two sources that look the same, by chance or not; smaller place first."""
    played: Mapping[int, Mapping[tuple[int, int], int]] = field(default_factory=dict)
    """For each spelling, the matches in each (competition, year) that can be told from one another."""
    met: frozenset[tuple[int, int]] = frozenset()
    """Spellings of one source that played each other; smaller place first."""
    seasons: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """For each spelling, its matches by season, as the source labels it."""
    days: Mapping[int, np.ndarray] = field(default_factory=dict)
    """For each spelling its matches, sorted: day, score and venue side in one number, the day from bit `DAY` on."""

    def compared(self, one: int, other: int) -> int:
        """How many fixtures two spellings of two sources could share."""
        a, b = self.played.get(one, {}), self.played.get(other, {})
        if len(b) < len(a):
            a, b = b, a
        return sum(min(n, b[where]) for where, n in a.items() if where in b)

    def clashes(self, one: int, other: int) -> int:
        """Days on which both of two spellings of one source played, and not the same match told twice."""
        a, b = self.days.get(one), self.days.get(other)
        if a is None or b is None or not len(a) or not len(b) or a[-1] < b[0] or b[-1] < a[0]:
            return 0
        days = np.intersect1d(a >> DAY, b >> DAY)
        if not len(days):
            return 0
        return len(days) - len(np.intersect1d(a, b))


_TABLES: Final = """
CREATE OR REPLACE TEMP TABLE id_row AS
SELECT DISTINCT source, competition, season, date, coalesce(home_country, '') AS home_country, home,
       coalesce(away_country, '') AS away_country, away, home_goals, away_goals
FROM store.source_match;

CREATE OR REPLACE TEMP TABLE id_node AS
SELECT (row_number() OVER (ORDER BY country, name, source) - 1)::INTEGER AS node,
       dense_rank() OVER (ORDER BY source)::TINYINT AS s, *
FROM (
    SELECT source, country, name, count(*)::INTEGER AS matches, min(season)::SMALLINT AS first,
           max(season)::SMALLINT AS last
    FROM (
        SELECT source, home_country AS country, home AS name, season FROM id_row
        UNION ALL SELECT source, away_country, away, season FROM id_row
    ) GROUP BY source, country, name
);

CREATE OR REPLACE TEMP TABLE id_competition AS
SELECT competition, row_number() OVER (ORDER BY competition)::SMALLINT AS c
FROM (SELECT DISTINCT competition FROM id_row);

-- one side at a time: together the planner would join the sides of a source with one another
CREATE OR REPLACE TEMP TABLE id_home AS
SELECT r.*, n.node AS h, n.s
FROM id_row r JOIN id_node n ON n.source = r.source AND n.country = r.home_country AND n.name = r.home;

CREATE OR REPLACE TEMP TABLE id_match AS
SELECT r.s, c.c, year(date - 181)::SMALLINT AS year, season, (date - DATE '1800-01-01')::INTEGER AS day,
       r.h, n.node AS a, home_goals AS hg, away_goals AS ag
FROM id_home r
JOIN id_node n ON n.source = r.source AND n.country = r.away_country AND n.name = r.away
JOIN id_competition c ON c.competition = r.competition
WHERE home_goals IS NOT NULL;

CREATE OR REPLACE TEMP TABLE id_season AS
SELECT node, season, count(*)::INTEGER AS matches
FROM (
    SELECT h AS node, season FROM id_home
    UNION ALL
    SELECT n.node, season
    FROM id_row r JOIN id_node n ON n.source = r.source AND n.country = r.away_country AND n.name = r.away
) GROUP BY ALL;

DROP TABLE id_home;

-- of the competitions that more than one source has
CREATE OR REPLACE TEMP TABLE id_shared AS
SELECT * FROM id_match WHERE c IN (SELECT c FROM id_match GROUP BY c HAVING min(s) < max(s));
DROP TABLE id_row;

CREATE OR REPLACE TEMP TABLE id_telling AS
SELECT m.* FROM id_shared m
SEMI JOIN (
    SELECT s, c, day, hg, ag FROM id_shared GROUP BY ALL HAVING count(*) <= $most
) t ON t.s = m.s AND t.c = m.c AND t.day = m.day AND t.hg = m.hg AND t.ag = m.ag
"""
_MOST_ALIKE: Final = 4
"""Matches of a competition with one score on one day from which the day cannot be trusted: some sources date whole
seasons to a single day."""

_ALIKE: Final = """
CREATE OR REPLACE TEMP TABLE id_alike AS
WITH hit AS (
    SELECT x.c, x.year, x.s AS s1, y.s AS s2, x.h AS h1, y.h AS h2, x.a AS a1, y.a AS a2
    FROM id_telling x JOIN id_telling y
      ON x.c = y.c AND x.day = y.day AND x.hg = y.hg AND x.ag = y.ag AND x.s < y.s
)
SELECT c, year, s1, s2, n1, n2, count(*)::INTEGER AS shared
FROM (
    SELECT c, year, s1, s2, h1 AS n1, h2 AS n2 FROM hit UNION ALL SELECT c, year, s1, s2, a1, a2 FROM hit
) GROUP BY ALL
"""

_PLAYED: Final = """
CREATE OR REPLACE TEMP TABLE id_played AS
SELECT node, c, year, count(*)::INTEGER AS matches
FROM (SELECT h AS node, c, year FROM id_telling UNION ALL SELECT a, c, year FROM id_telling) GROUP BY ALL
"""

# a rival is another spelling of the same source that shares more than half as much: then nothing is decided
_SHARED: Final = """
WITH likely AS (
    SELECT l.*, least(x.matches, y.matches) AS possible
    FROM id_alike l
    JOIN id_played x ON x.node = l.n1 AND x.c = l.c AND x.year = l.year
    JOIN id_played y ON y.node = l.n2 AND y.c = l.c AND y.year = l.year
),
ranked AS (
    SELECT *,
           row_number() OVER (PARTITION BY n1, s2, c, year ORDER BY shared DESC) AS nth_one,
           row_number() OVER (PARTITION BY n2, s1, c, year ORDER BY shared DESC) AS nth_other
    FROM likely
),
second_one AS (
    SELECT n1, s2, c, year, shared FROM ranked WHERE nth_one = 2
),
second_other AS (
    SELECT n2, s1, c, year, shared FROM ranked WHERE nth_other = 2
)
SELECT r.n1, r.n2, r.year, r.shared
FROM ranked r
LEFT JOIN second_one o ON o.n1 = r.n1 AND o.s2 = r.s2 AND o.c = r.c AND o.year = r.year
LEFT JOIN second_other p ON p.n2 = r.n2 AND p.s1 = r.s1 AND p.c = r.c AND p.year = r.year
WHERE nth_one = 1 AND nth_other = 1 AND r.shared >= $least AND r.shared >= $share * possible
  AND coalesce(o.shared, 0) * 2 <= r.shared AND coalesce(p.shared, 0) * 2 <= r.shared
ORDER BY ALL
"""
_LEAST_SHARED: Final = 4
"""Fixtures of a year that two spellings must share before they count as evidence without a known opponent."""
_SHARE: Final = 0.5
"""Of the fixtures that they could share. Measured: spellings of one club share nearly all, of two less than a fifth."""


def gather(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[Spelling, ...], Evidence]:
    """All spellings of the archive's sources, and what their fixtures tell of them."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement, {"most": _MOST_ALIKE} if "$most" in statement else None)
    connection.execute(_ALIKE)
    connection.execute(_PLAYED)
    spellings = tuple(
        Spelling(country, name, source, matches, first, last)
        for source, country, name, matches, first, last in connection.execute(
            "SELECT source, country, name, matches, first, last FROM id_node ORDER BY node"
        ).fetchall()
    )
    shared = tuple(
        Shared(*row)
        for row in connection.execute(_SHARED, {"least": _LEAST_SHARED, "share": _SHARE}).fetchall()
    )
    alike: dict[tuple[int, int], int] = {}
    for one, other, matches in connection.execute(
        "SELECT least(n1, n2), greatest(n1, n2), sum(shared)::INTEGER FROM id_alike GROUP BY ALL"
    ).fetchall():
        alike[one, other] = matches
    played: defaultdict[int, dict[tuple[int, int], int]] = defaultdict(dict)
    for node, c, year, matches in connection.execute("SELECT * FROM id_played").fetchall():
        played[node][c, year] = matches
    code = f"(day::BIGINT << {DAY}) + hg * 128 + ag * 2"
    columns = connection.execute(
        f"SELECT h AS node, {code} AS code FROM id_match UNION SELECT a, {code} + 1 FROM id_match ORDER BY node, code"
    ).fetchnumpy()
    nodes, starts = np.unique(columns["node"], return_index=True)
    parted = np.split(columns["code"], starts[1:]) if len(nodes) else []
    days = dict(zip(nodes.tolist(), parted, strict=True))
    seasons: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for node, season, matches in connection.execute("SELECT * FROM id_season").fetchall():
        seasons[node][season] = matches
    met = frozenset(
        connection.execute(
            "SELECT DISTINCT least(h, a), greatest(h, a) FROM id_match WHERE h <> a"
        ).fetchall()
    )
    return spellings, Evidence(shared, alike, played, met, seasons, days)


_SIDES: Final = """
CREATE OR REPLACE TEMP TABLE id_side AS
SELECT m.s, m.c, m.year, m.day, m.hg, m.ag, h.part AS h, a.part AS a, h.club AS hc, a.club AS ac
FROM id_shared m
JOIN id_given h ON h.node = m.h AND m.season BETWEEN h.first AND h.last
JOIN id_given a ON a.node = m.a AND m.season BETWEEN a.first AND a.last
"""
_OPEN: Final = """
CREATE OR REPLACE TEMP TABLE id_open AS
SELECT x.* FROM id_side x
ANTI JOIN (
    SELECT hc, ac, day, hg, ag FROM id_side GROUP BY ALL HAVING min(s) < max(s)
) t ON t.hc = x.hc AND t.ac = x.ac AND t.day = x.day AND t.hg = x.hg AND t.ag = x.ag
"""
"""Matches that no other source has with the same clubs, day and score."""


def assign(connection: duckdb.DuckDBPyConnection, parts: Iterable[tuple[int, int, int, int, int]]) -> None:
    """Say which club each spelling is for now: rows of part, spelling, first and last season, club (a number)."""
    import pyarrow as pa

    columns = list(zip(*parts, strict=True)) or [(), (), (), (), ()]
    names = ("part", "node", "first", "last", "club")
    connection.register(
        "id_given", pa.table({n: pa.array(c, pa.int32()) for n, c in zip(names, columns, strict=True)})
    )
    connection.execute(_SIDES)
    connection.execute(_OPEN)
    connection.unregister("id_given")


# a club plays once a day: its opponent at the same score is one club, whatever it is called
_VOTES: Final = """
WITH near AS (
    SELECT s, year, day + shift AS day, h, a, hc, ac, hg, ag FROM id_open, (SELECT unnest($shifts) AS shift)
),
found AS (
    SELECT x.a AS n1, y.a AS n2, x.year, x.day, x.hc AS club
    FROM id_side x JOIN near y ON x.hc = y.hc AND x.day = y.day AND x.hg = y.hg AND x.ag = y.ag AND x.s <> y.s
    WHERE x.ac <> y.ac AND x.hc <> y.ac AND y.hc <> x.ac
    UNION ALL
    SELECT x.h, y.h, x.year, x.day, x.ac
    FROM id_side x JOIN near y ON x.ac = y.ac AND x.day = y.day AND x.hg = y.hg AND x.ag = y.ag AND x.s <> y.s
    WHERE x.hc <> y.hc AND x.ac <> y.hc AND y.ac <> x.hc
)
SELECT least(n1, n2), greatest(n1, n2), min(year)::INTEGER, max(year)::INTEGER,
       count(DISTINCT (day, club))::INTEGER
FROM found GROUP BY ALL ORDER BY ALL
"""


def votes(connection: duckdb.DuckDBPyConnection, *, shifts: Sequence[int] = (0,)) -> list[Vote]:
    """Parts of two clubs (as `assign` has it) that fixtures against a known opponent hold for one.

    `shifts` are the days by which one source may date a match later than another.
    """
    return [Vote(*row) for row in connection.execute(_VOTES, {"shifts": list(shifts)}).fetchall()]


# "could have confirmed": another source has a match of either club, of that competition and within a day
_CONFIRMED: Final = """
WITH near AS (
    SELECT s, c, day + shift AS day, h, a, hc, ac, hg, ag, day AS own
    FROM id_open, (SELECT unnest([-1, 0, 1]) AS shift)
),
late AS (
    SELECT DISTINCT x.s, x.h, x.a, x.own FROM near x
    SEMI JOIN id_side y
      ON y.hc = x.hc AND y.ac = x.ac AND y.day = x.day AND y.hg = x.hg AND y.ag = x.ag AND y.s <> x.s
),
club_day AS (
    SELECT c, hc AS club, day, s FROM id_side UNION SELECT c, ac, day, s FROM id_side
),
seen AS (
    SELECT x.s, x.h, x.a, x.own FROM near x
    JOIN club_day d ON d.c = x.c AND d.club = x.hc AND d.day = x.day AND d.s <> x.s
    UNION
    SELECT x.s, x.h, x.a, x.own FROM near x
    JOIN club_day d ON d.c = x.c AND d.club = x.ac AND d.day = x.day AND d.s <> x.s
),
open AS (
    SELECT o.h, o.a, l.own IS NOT NULL AS shared, l.own IS NOT NULL OR n.own IS NOT NULL AS compared
    FROM id_open o
    LEFT JOIN late l ON l.s = o.s AND l.h = o.h AND l.a = o.a AND l.own = o.day
    LEFT JOIN seen n ON n.s = o.s AND n.h = o.h AND n.a = o.a AND n.own = o.day
),
parts AS (
    SELECT h AS part FROM id_side UNION ALL SELECT a FROM id_side
),
told AS (
    SELECT part, count(*) AS matches FROM parts GROUP BY part
),
untold AS (
    SELECT part, count(*) AS matches, count(*) FILTER (shared) AS shared, count(*) FILTER (compared) AS compared
    FROM (SELECT h AS part, shared, compared FROM open UNION ALL SELECT a, shared, compared FROM open)
    GROUP BY part
)
SELECT part, (t.matches - coalesce(u.matches - u.shared, 0))::INTEGER,
       (t.matches - coalesce(u.matches - u.compared, 0))::INTEGER
FROM told t LEFT JOIN untold u USING (part)
"""


def confirmed(connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[int, int]]:
    """For each part: matches that another source has with the same clubs, day (or the next) and score; and matches
    that another source could have confirmed."""
    return {part: (shared, compared) for part, shared, compared in connection.execute(_CONFIRMED).fetchall()}
