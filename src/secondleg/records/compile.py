"""From a question to one SQL statement over the relations of a view.

The statement is built of fragments that are declared here, in `events` and in `statistics`; whatever a user
said travels as a named parameter. Its columns: those of the unit, its place `nth` in time, whether the
event `holds`, the totals of the scope, and whether the row is `picked` as proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secondleg.football.stage import RANK
from secondleg.records.conditions import (
    competition_conditions,
    day_conditions,
    first_leg_conditions,
    listed,
    season_conditions,
    side_conditions,
)
from secondleg.records.question import Question
from secondleg.records.statistics import STATISTICS, Compiled
from secondleg.records.terms import Unit

__all__ = ["PROOF_LIMIT", "Statement", "compile_question"]

PROOF_LIMIT: Final = 500
"""Most units that prove one answer; a preview shows a handful, and nobody reads more."""

_UNITS: Final[dict[Unit, str]] = {
    Unit.MATCH: """
    SELECT u.match AS id, [u.match] AS matches, u.competition, u.season, u.date, u.club,
           u.result, u.scored, u.conceded, ({event}) AS holds
    FROM side u
    WHERE {scope}""",
    Unit.TIE: """
    SELECT u.tie AS id, [u.first_leg, u.second_leg, u.third_leg] AS matches, u.competition, u.season,
           coalesce(u.decided_on, u.first_leg_date) AS date, u.club,
           u.through, u.through IS NULL AND u.decided_on IS NOT NULL AS unknown, ({event}) AS holds
    FROM tie_side u
    WHERE {scope}""",
    Unit.CAMPAIGN: """
    SELECT u.decisive_match AS id, [u.decisive_match] AS matches, u.competition, u.season, u.last AS date,
           u.club, u.reached, ({event}) AS holds
    FROM campaign u
    WHERE {scope}""",
}


_MOST: Final = """
ORDER BY coalesce(row_of.nth IN ({must_show}), FALSE) DESC, picked DESC, row_of.nth DESC
LIMIT $limit"""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL for `View.rows`, with its parameters."""

    sql: str
    parameters: dict[str, object]


def compile_question(
    question: Question, *, codes: tuple[str, ...] | None = None, gaps: tuple[int, ...] = ()
) -> Statement:
    """The statement that answers `question`.

    `codes` are the competitions of its scope (None for all). `gaps` are seasons that the archive does not
    hold whole for the subject: a streak neither runs through one nor is counted in one.
    """
    declared = question.event.declared(question.unit)
    how: Compiled = STATISTICS[question.statistic](question)
    parameters: dict[str, object] = {}
    if declared.takes == "n":
        parameters["event_n"] = question.event.n
    elif declared.takes == "stage":
        parameters["event_rank"] = RANK[str(question.event.stage)]
    parameters |= how.parameters
    if how.keeps_whole:
        # begins with a season that never was, so that there is always one
        parameters["gaps"] = listed((-1, *gaps))

    base = _UNITS[question.unit].format(event=declared.condition, scope=_where(question, codes, parameters))
    # a unit in which nobody knows whether the event held has no place in time, and so counts in nothing
    each, unknown = "", "0"
    if question.unit is Unit.TIE:
        each, unknown = "PARTITION BY holds IS NULL ", "count(*) FILTER (unknown AND holds IS NULL)"
    place = f"row_number() OVER ({each}ORDER BY date, id, club)"
    if each:
        place = f"CASE WHEN holds IS NOT NULL THEN {place} END"
    kept = "base"
    if question.scope.last is not None:
        parameters["last"] = question.scope.last
        newest = f"row_number() OVER ({each}ORDER BY date DESC, id DESC) <= $last"
        kept = f"(SELECT * FROM base WHERE {how.keeps_whole or 'TRUE'} QUALIFY {newest})"
    elif how.keeps_whole:
        kept = f"(SELECT * FROM base WHERE {how.keeps_whole})"
    most = ""
    if question.subject.club is None:
        # of all clubs there may be hundreds of thousands; one club's rows are cheaper to fetch than to sort
        most = _MOST.format(must_show=how.must_show)
        parameters["limit"] = PROOF_LIMIT
    sql = f"""
, base AS ({base}
),
unit AS (SELECT *, {place} AS nth FROM {kept}){how.relations},
total AS (
    SELECT count(nth) AS n, count(*) FILTER (holds) AS k, {unknown} AS unknown_winners,
           min(nth) FILTER (holds) AS first_hit, max(nth) FILTER (holds) AS last_hit,
           max(nth) FILTER (NOT holds) AS last_miss{how.totals}
    FROM {how.totals_from}
)
SELECT row_of.*, total.*, coalesce({how.pick}, FALSE) AS picked
FROM total LEFT JOIN {how.rows_from} row_of
    ON row_of.nth IS NOT NULL AND (coalesce({how.pick}, FALSE) OR row_of.nth = total.n)
{most}"""
    return Statement(sql, parameters)


def _where(question: Question, codes: tuple[str, ...] | None, parameters: dict[str, object]) -> str:
    """The scope as a condition on the unit's relation `u`; fills `parameters`."""
    scope, unit = question.scope, question.unit
    found: list[str] = []
    if question.subject.club is not None:
        found.append("u.club = $club")
        parameters["club"] = question.subject.club
    if question.opponent is not None:
        found.append("u.opponent = $opponent")
        parameters["opponent"] = question.opponent
    found += competition_conditions(codes, parameters)
    found += season_conditions(scope, parameters)
    found += side_conditions(scope, parameters)
    found += day_conditions(scope, unit, parameters)
    if scope.first_leg is not None or question.event.declared(unit).after_first_leg:
        found.append("u.second_leg IS NOT NULL AND u.decided_by IS DISTINCT FROM 'walkover'")
    if scope.first_leg is not None:
        found += first_leg_conditions(scope.first_leg, parameters)
    return "\n      AND ".join(found) or "TRUE"
