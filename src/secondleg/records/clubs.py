"""Lists of clubs: those to which an event has happened, those to which it never has, those to which it has each season.

Of any club, the clubs of the scope are looked through; of one club, its opponents, as it saw them. One statement counts
the units of each, chooses, and reads the first and the latest unit of those that are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from secondleg.records.answer import Clubs, Listed, Value
from secondleg.records.compiled import PROOF_LIMIT, Compiled, Label, Row, Statement
from secondleg.records.question import OF_CLUBS, Question
from secondleg.records.terms import Statistic
from secondleg.records.units import is_partial

__all__ = ["LISTS", "LIST_LIMIT", "clubs_statement", "listing"]

LISTS: Final = frozenset(OF_CLUBS)
"""Statistics whose value is a list of clubs."""

LIST_LIMIT: Final = PROOF_LIMIT
"""Most clubs that are listed; how many there are is told of all."""

_CHOSEN: Final[dict[Statistic, str]] = {
    Statistic.WHICH: "times > 0",
    # where it is not known of a unit whether it happened in it, nobody knows that it never has
    Statistic.WHICH_NEVER: "times = 0 AND units > 0 AND unclear = 0",
    Statistic.WHICH_EVERY: "seasons = (SELECT seasons FROM spanned) AND times > 0",
}
_STAMP: Final = "((date - DATE '1800-01-01')::BIGINT * 4294967296 + coalesce(id, 0))"
"""Day and match of a unit as one number, by which units are put in order: much cheaper than a pair."""


def clubs_statement(
    question: Question, relations: str, source: str, parameters: dict[str, object]
) -> Statement:
    """The statement of a list; `source` is the one of `relations` that has its units."""
    whose = "club" if question.subject.club is None else "opponent"
    never = question.statistic is Statistic.WHICH_NEVER
    proves = "holds IS NOT NULL" if never else "holds"
    unclear = "count(*) FILTER (unknown AND holds IS NULL)" if is_partial(question) else "0"
    order = "units DESC" if never else "times DESC"
    parameters["limit"] = LIST_LIMIT
    sql = f"""
, {relations},
tally AS MATERIALIZED (
    SELECT {whose} AS who, count(holds) AS units, count(*) FILTER (holds) AS times, {unclear} AS unclear,
           {_counts_seasons(question)} AS seasons,
           min({_STAMP}) FILTER ({proves}) AS first_stamp, max({_STAMP}) FILTER ({proves}) AS last_stamp
    FROM {source} WHERE {whose} IS NOT NULL GROUP BY who
),
spanned AS (SELECT count(DISTINCT season) AS seasons FROM {source} WHERE holds IS NOT NULL),
listed AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY {order}, last_stamp DESC, who) AS list_place,
           row_number() OVER (ORDER BY last_stamp DESC, who) AS back
    FROM tally WHERE {_CHOSEN[question.statistic]}
),
total AS (
    SELECT coalesce(sum(units), 0)::BIGINT AS n, coalesce(sum(times), 0)::BIGINT AS k,
           coalesce(sum(unclear), 0)::BIGINT AS unknown_units, count(*) FILTER (units > 0) AS of_clubs,
           count(*) FILTER (units > 0 AND times = 0 AND unclear > 0) AS unclear_clubs,
           (SELECT count(*) FROM listed) AS listed_clubs, (SELECT seasons FROM spanned) AS all_seasons,
           NULL::BIGINT AS first_hit, NULL::BIGINT AS last_hit, NULL::BIGINT AS last_miss
    FROM tally
),
row_of AS (
    SELECT u.* {"EXCLUDE (nth)" if source == "unit" else ""}, l.who, l.list_place, l.back, l.units, l.times,
           {_STAMP} = l.last_stamp AS picked, {_STAMP} = l.first_stamp AS is_first,
           row_number() OVER (ORDER BY date, id, l.list_place) AS nth
    FROM {source} u JOIN (SELECT * FROM listed WHERE list_place <= $limit OR back = 1) l ON l.who = u.{whose}
    WHERE {proves} AND ({_STAMP} = l.last_stamp OR {_STAMP} = l.first_stamp)
)
SELECT row_of.*, total.* FROM total LEFT JOIN row_of ON TRUE"""
    return Statement(sql, parameters)


def _counts_seasons(question: Question) -> str:
    """In how many seasons it has happened to a club, where that is asked."""
    wanted = question.statistic is Statistic.WHICH_EVERY
    return "count(DISTINCT season) FILTER (holds)" if wanted else "0"


def _read(question: Question) -> Callable[[Row, Sequence[Row], Label], Value]:
    spans = question.statistic is Statistic.WHICH_EVERY

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        first = {row["who"]: row for row in reversed(rows) if row["is_first"]}
        last = {row["who"]: row for row in rows if row["picked"]}
        by_place = sorted(last.values(), key=lambda row: row["list_place"])
        found = {row["who"]: _listed(first[row["who"]], row, label) for row in by_place}
        latest = next((found[who] for who, row in last.items() if row["back"] == 1), None)
        return Clubs(
            n=total["listed_clubs"],
            of=total["of_clubs"],
            clubs=tuple(found.values())[:LIST_LIMIT],
            latest=latest,
            seasons=total["all_seasons"] if spans else None,
            unclear=total["unclear_clubs"],
        )

    return read


def _listed(first: Row, last: Row, label: Label) -> Listed:
    return Listed(
        club=last["who"],
        times=last["times"],
        of=last["units"],
        first=first["date"],
        first_season=label(first),
        last=last["date"],
        last_season=label(last),
        competition=last["competition"],
    )


def listing(question: Question) -> Compiled:
    """How a list is read: those to which it happened most often first; of "never", those with most units first."""
    # the statement is one of its own, `clubs_statement`
    return Compiled("picked", _read(question))
