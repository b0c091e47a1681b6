"""The archive as known on the morning of one day: all that the rooms above ever see of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from secondleg.archive.relations import with_relations

if TYPE_CHECKING:
    import duckdb
    import numpy as np

    from secondleg.archive.archive import Archive

__all__ = ["View"]


class View:
    """The archive on the morning of `as_of`: matches before that day have results, later ones are fixtures.

    `rows` and `columns` run one SQL statement over the relations of `archive.relations`, each named$
    after FROM or JOIN, with named parameters:

        view.rows("SELECT date, opponent FROM side WHERE club = $club ORDER BY date", club="eng/liverpool")
    """

    def __init__(self, archive: Archive, as_of: dt.date) -> None:
        self.archive = archive
        self.as_of = as_of

    def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """Run `sql`, which starts with SELECT or with `, name AS (…) SELECT`; return its rows as dicts."""
        relation = self._execute(sql, parameters)
        names = [column[0] for column in relation.description or ()]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]

    def columns(self, sql: str, **parameters: object) -> dict[str, np.ndarray[Any, Any]]:
        """Run `sql` and return its columns as numpy arrays (masked where a value is missing)."""
        return self._execute(sql, parameters).fetchnumpy()

    def _execute(self, sql: str, parameters: dict[str, object]) -> duckdb.DuckDBPyConnection:
        cursor = self.archive.connection.cursor()
        statement = self.archive.with_kept(cursor, with_relations(sql))
        if "$as_of" in statement:
            parameters = {**parameters, "as_of": self.as_of}
        return cursor.execute(statement, parameters)
