"""From a question to one SQL statement over the relations of a view, for one club or for all clubs at once.

The statement is built of fragments that are declared here, in `events`, `measures`, `aspects`, `conditions` and
`statistics`; whatever a user said travels as a named parameter. Its columns: those of the unit, its place `nth` in
time, whether the event `holds`, the totals of the scope, and whether the row is `picked` as proof.
"""

from __future__ import annotations

from typing import Final

from secondleg.records.clubs import LISTS, clubs_statement
from secondleg.records.compiled import PROOF_LIMIT, Compiled, Statement
from secondleg.records.conditions import listed, subject_conditions
from secondleg.records.once import counts_once, tally
from secondleg.records.question import Question
from secondleg.records.statistics import STATISTICS
from secondleg.records.terms import Statistic
from secondleg.records.units import is_partial, units_of
from secondleg.records.wide import counted, wide

__all__ = ["compile_for_all", "compile_question"]

_MOST: Final = """
ORDER BY coalesce(row_of.nth IN ({must_show}), FALSE) DESC, picked DESC, row_of.nth DESC
LIMIT $limit"""

_UNKNOWN: Final = "count(*) FILTER (unknown AND holds IS NULL)"
_UNKNOWN_SINCE: Final = """(
           SELECT count(*) FROM unit WHERE unknown AND holds IS NULL
               AND date >= coalesce((SELECT max(date) FROM unit WHERE holds), DATE '0001-01-01'))"""
"""Units of which it is not known whether the event held; what came before the last time does not matter to it."""


def compile_question(
    question: Question, *, codes: tuple[str, ...] | None = None, gaps: tuple[int, ...] = ()
) -> Statement:
    """The statement that answers `question`.

    `codes` are the competitions of its scope (None for all). `gaps` are seasons that the archive does not
    hold whole for the subject: a streak neither runs through one nor is counted in one.
    """
    how: Compiled = STATISTICS[question.statistic](question)
    parameters: dict[str, object] = {}
    whose = _whose(question.subject.club, question.scope.country, None, parameters)
    if question.statistic in LISTS:
        return _of_clubs(question, how, codes, parameters, whose)
    if question.subject.club is None and (found := wide(question, how, codes, gaps, parameters, whose)):
        return found
    relations = _relations(question, how, codes, gaps, parameters, by_club=False, mine=whose)
    most = _MOST.format(must_show=how.must_show)
    # what else proves it is counted; the last n themselves are read one by one
    parameters["limit"] = max(PROOF_LIMIT, question.scope.last or 0) + 1
    unknown = _UNKNOWN_SINCE if question.statistic is Statistic.LAST else _UNKNOWN
    unknown = unknown if is_partial(question) else "0"
    tallied, once = tally(question, "unit") if counts_once(question) else ("", "")
    sql = f"""
, {relations}{how.relations},
{tallied}
total AS (
    SELECT count(nth) AS n, count(*) FILTER (holds) AS k, {unknown} AS unknown_units,
           min(nth) FILTER (holds) AS first_hit, max(nth) FILTER (holds) AS last_hit,
           max(nth) FILTER (NOT holds) AS last_miss{once}{how.totals}
    FROM {how.totals_from}
)
SELECT row_of.*, total.*, coalesce({how.pick}, FALSE) AS picked
FROM total LEFT JOIN {how.rows_from} row_of
    ON row_of.nth IS NOT NULL AND (coalesce({how.pick}, FALSE) OR row_of.nth = total.n)
{most}"""
    return Statement(sql, parameters)


def _of_clubs(
    question: Question,
    how: Compiled,
    codes: tuple[str, ...] | None,
    parameters: dict[str, object],
    whose: list[str],
) -> Statement:
    """The statement of a list: of any club its units need no place in time."""
    if question.subject.club is None:
        relations, source = counted(question, codes, parameters, whose)
    else:
        relations, source = (
            _relations(question, how, codes, (), parameters, by_club=False, mine=whose),
            "unit",
        )
    return clubs_statement(question, relations, source, parameters)


def compile_for_all(
    question: Question,
    *,
    codes: tuple[str, ...] | None = None,
    clubs: tuple[str, ...] | None = None,
    country: str | None = None,
) -> Statement:
    """The statement that answers `question` for each of `clubs` (None: every club) in place of its subject.

    Its columns: `club`, `n` units, `k` of them with the event, and the `value` of the statistic as a number.
    """
    how: Compiled = STATISTICS[question.statistic](question)
    parameters: dict[str, object] = {}
    whose = _whose(None, country if clubs is None else None, clubs, parameters)
    relations = _relations(question, how, codes, (), parameters, by_club=True, mine=whose)
    sql = f"""
, {relations}{how.each_relations}
SELECT club, count(nth) AS n, count(*) FILTER (holds) AS k, ({how.each})::DOUBLE AS value
FROM {how.each_from} GROUP BY club ORDER BY club"""
    return Statement(sql, parameters)


def _relations(
    question: Question,
    how: Compiled,
    codes: tuple[str, ...] | None,
    gaps: tuple[int, ...],
    parameters: dict[str, object],
    *,
    by_club: bool,
    mine: list[str],
) -> str:
    """The relations `base` (units in scope) and `unit` (those that count, each with its place `nth` in time)."""
    scope = question.scope
    parameters |= how.parameters
    if how.keeps_whole:
        # begins with a season that never was, so that there is always one
        parameters["gaps"] = listed((-1, *gaps))
    base = units_of(question, codes, parameters, mine)
    partial = is_partial(question)
    parts = (["club"] if by_club else []) + (["holds IS NULL"] if partial else [])
    each = f"PARTITION BY {', '.join(parts)} " if parts else ""
    # a unit in which nobody knows whether the event held has no place in time, and so counts in nothing
    in_order = how.each_in_order or not by_club
    place = f"row_number() OVER ({each}ORDER BY date, id, club)" if in_order else "1"
    if partial:
        place = f"CASE WHEN holds IS NOT NULL THEN {place} END"
    kept: list[str] = []
    if how.keeps_whole:
        kept.append(how.keeps_whole)
    chosen: list[str] = []
    if scope.opening is not None or scope.past is not None:
        parameters["opening"] = scope.opening if scope.opening is not None else _ALL
        parameters["past"] = scope.past or 0
        chosen.append(
            "row_number() OVER (PARTITION BY club, season ORDER BY date, id) BETWEEN $past + 1 AND $opening"
        )
    if (scope.last is not None and how.cuts_last) or scope.skip is not None:
        parameters["skip"] = scope.skip or 0
        parameters["latest"] = (scope.skip or 0) + (scope.last if scope.last and how.cuts_last else _ALL)
        newest = f"row_number() OVER ({each}ORDER BY date DESC, id DESC)"
        chosen.append(f"{newest} BETWEEN $skip + 1 AND $latest")
    source = "base"
    for condition in chosen[:-1]:
        source = f"(SELECT * FROM {source} QUALIFY {condition})"
    if kept or chosen:
        qualify = f" QUALIFY {chosen[-1]}" if chosen else ""
        source = f"(SELECT * FROM {source} WHERE {' AND '.join(kept) or 'TRUE'}{qualify})"
    turn = ""
    if not by_club:
        in_turn = place.replace("row_number()", "dense_rank()").replace("date, id, club", "date, id")
        turn = f", {in_turn if counts_once(question) else 'nth'} AS turn"
    return f"""{base},
unit AS (SELECT *, {place} AS nth{turn} FROM {source})"""


_ALL: Final = 1_000_000_000
"""More units than there can be."""


def _whose(
    club: str | None, country: str | None, clubs: tuple[str, ...] | None, parameters: dict[str, object]
) -> list[str]:
    """The condition on `u.club`: one club, some clubs, those of a country, or all."""
    found = subject_conditions(club, country, parameters)
    if clubs is not None:
        found.append("u.club IN (SELECT unnest(string_split($clubs, ',')))")
        parameters["clubs"] = listed(clubs)
    return found
