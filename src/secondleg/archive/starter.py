"""The starter archive: the facts of the first command, in the package, as plain tab-separated tables.

It holds the season 2023-24 of eight competitions, every European match of the two clubs of the example, and, of all
other European ties, only how they went after each first-leg score. `scripts/build_starter.py` makes the tables from
a full archive, so that anyone can check them.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

import duckdb

from secondleg.archive import sides
from secondleg.archive.archive import Archive
from secondleg.errors import ArchiveError

__all__ = ["COMPETITIONS", "EUROPEAN_CLUBS", "SEASON", "TABLES", "export", "load"]

SEASON: Final = 2023
COMPETITIONS: Final = (
    "eng.1",
    "eng.facup",
    "eng.eflcup",
    "ita.1",
    "ita.cup",
    "uefa.cl",
    "uefa.el",
    "uefa.conf",
)
EUROPEAN_CLUBS: Final = ("eng/liverpool", "ita/atalanta")
TABLES: Final = ("competition", "club", "club_name", "ground", "match", "tie", "coverage", "first_leg_record")
_FIRST_LEG_FROM: Final = ("uefa.cl", "uefa.el", "uefa.cwc", "uefa.conf", "uefa.fairs")
"""European competitions proper: a Super Cup is one tie for show, the Intertoto Cup led to another cup."""


def load() -> Archive:
    """The starter archive, in memory; about 30 ms."""
    archive = Archive.memory(kind="starter")
    folder = resources.files("secondleg.archive").joinpath("data", "starter")
    with resources.as_file(folder) as path, archive.transaction() as connection:
        for table in TABLES:
            file = path / f"{table}.tsv"
            if not file.exists():
                raise ArchiveError("the package holds no starter archive. Install secondleg again.")
            _copy_in(connection, table, file)
        sides.derive(connection)
    return archive


def _copy_in(connection: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    # table names are our own constants; the path is quoted as SQL quotes
    quoted = str(file).replace("'", "''")
    with file.open(encoding="utf-8") as lines:
        columns = ", ".join(f'"{name}"' for name in lines.readline().split())
    connection.execute(
        f"COPY store.{table} ({columns}) FROM '{quoted}' "
        "(FORMAT csv, DELIMITER '\t', HEADER true, NULLSTR '', AUTO_DETECT false)"
    )


_CHOSEN: Final = """
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT id AS old, row_number() OVER (ORDER BY date, competition, home, away)::INTEGER AS id
FROM store.match
WHERE (season = $season AND list_contains($competitions, competition))
   OR (starts_with(competition, 'uefa.') AND season <= $season
       AND (list_contains($clubs, home) OR list_contains($clubs, away)))
   OR tie IN (
       -- the few sides that went through after losing at home by three or more: sentences name them
       SELECT t.id FROM store.tie t JOIN store.match m ON m.id = t.first_leg
       WHERE list_contains($european, t.competition) AND t.second_leg IS NOT NULL AND t.winner = t.first
             AND t.decided_by IS DISTINCT FROM 'walkover' AND m.away_goals - m.home_goals >= 3
   )
"""
_CHOSEN_TIES: Final = """
CREATE OR REPLACE TEMP TABLE chosen_tie AS
SELECT t.id AS old, row_number() OVER (ORDER BY c.id)::INTEGER AS id
FROM store.tie t JOIN chosen c ON c.old = t.first_leg
"""
_EXPORTS: Final = {
    "competition": """
        SELECT * FROM store.competition
        WHERE code IN (SELECT competition FROM store.match JOIN chosen ON old = match.id) ORDER BY code""",
    "club": "SELECT * FROM store.club WHERE id IN (SELECT club FROM chosen_club) ORDER BY id",
    "club_name": """
        SELECT club, name, folded, min(kind) AS kind, 'secondleg' AS source FROM store.club_name
        WHERE club IN (SELECT club FROM chosen_club) AND (source = 'secondleg' OR kind = 'name')
        GROUP BY club, name, folded ORDER BY club, kind, name""",
    "ground": "SELECT * FROM store.ground WHERE club IN (SELECT club FROM chosen_club) ORDER BY club, name",
    "match": """
        SELECT c.id, m.* EXCLUDE (id) REPLACE (t.id AS tie)
        FROM store.match m JOIN chosen c ON c.old = m.id LEFT JOIN chosen_tie t ON t.old = m.tie ORDER BY c.id""",
    "tie": """
        SELECT x.id, t.* EXCLUDE (id) REPLACE (a.id AS first_leg, b.id AS second_leg, d.id AS third_leg)
        FROM store.tie t JOIN chosen_tie x ON x.old = t.id JOIN chosen a ON a.old = t.first_leg
        LEFT JOIN chosen b ON b.old = t.second_leg LEFT JOIN chosen d ON d.old = t.third_leg ORDER BY x.id""",
    "coverage": """
        SELECT v.* EXCLUDE (whole_season) REPLACE (
            CASE WHEN whole_season THEN only_clubs ELSE array_to_string(list_sort($clubs), ',') END AS only_clubs,
            CASE WHEN whole_season THEN v.matches ELSE coalesce(k.matches, 0) END AS matches,
            CASE WHEN whole_season THEN v.played ELSE coalesce(k.matches, 0) END AS played,
            CASE WHEN whole_season THEN v.expected END AS expected
        )
        FROM (
            SELECT *, season = $season AND list_contains($competitions, competition) AS whole_season FROM store.coverage
        ) v LEFT JOIN (
            SELECT competition, season, count(*)::INTEGER AS matches
            FROM store.match JOIN chosen ON old = match.id GROUP BY ALL
        ) k USING (competition, season)
        WHERE season <= $season AND (
            starts_with(competition, 'uefa.') OR (season = $season AND list_contains($competitions, competition))
        )
        ORDER BY competition, season""",
    "first_leg_record": """
        SELECT t.competition, t.season, coalesce(t.stage_rank, 11) < 11 AS qualifying, m.home_goals, m.away_goals,
               count(*)::INTEGER AS ties, count(*) FILTER (t.winner = t.first)::INTEGER AS home_through,
               max(t.decided_on) AS last,
               string_agg(DISTINCT split_part(m.sources, ' ', 1), ', ' ORDER BY split_part(m.sources, ' ', 1)) AS source
        FROM store.tie t JOIN store.match m ON m.id = t.first_leg
        WHERE list_contains($european, t.competition) AND t.winner IS NOT NULL AND t.second_leg IS NOT NULL
              AND NOT m.neutral AND t.decided_by IS DISTINCT FROM 'walkover'
              AND NOT (t.season = $season AND list_contains($competitions, t.competition))
              AND t.season < $season
        GROUP BY ALL ORDER BY ALL""",
}


def export(archive: Archive, folder: Path) -> dict[str, int]:
    """Write the starter's tables from a full archive into `folder`; returns the rows written for each."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = archive.connection.cursor()
    every = {
        "season": SEASON,
        "competitions": list(COMPETITIONS),
        "clubs": list(EUROPEAN_CLUBS),
        "european": list(_FIRST_LEG_FROM),
    }
    connection.execute(_CHOSEN, every)
    connection.execute(_CHOSEN_TIES)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_club AS SELECT DISTINCT unnest([home, away]) AS club "
        "FROM store.match JOIN chosen ON old = match.id"
    )
    written: dict[str, int] = {}
    for table in TABLES:
        sql = _EXPORTS[table]
        parameters = {name: value for name, value in every.items() if f"${name}" in sql}
        quoted = str(folder / f"{table}.tsv").replace("'", "''")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE outgoing AS {sql}", parameters)
        connection.execute(
            f"COPY outgoing TO '{quoted}' (FORMAT csv, DELIMITER '\t', HEADER true, NULLSTR '')"
        )
        written[table] = int(connection.execute("SELECT count(*) FROM outgoing").fetchall()[0][0])
    return written
