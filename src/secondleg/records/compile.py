"""From a question to one SQL statement over the relations of a view, for one club or for all clubs at once.

The statement is built of fragments that are declared here, in `events`, `measures`, `aspects`, `conditions` and
`statistics`; whatever a user said travels as a named parameter. Its columns: those of the unit, its place `nth` in
time, whether the event `holds`, the totals of the scope, and whether the row is `picked` as proof.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secondleg.football.stage import RANK
from secondleg.records.aspects import ASPECTS
from secondleg.records.conditions import (
    competition_conditions,
    day_conditions,
    first_leg_conditions,
    listed,
    season_conditions,
    side_conditions,
    subject_conditions,
)
from secondleg.records.measures import MEASURES
from secondleg.records.question import Question, Subject
from secondleg.records.scope import Scope
from secondleg.records.statistics import STATISTICS, Compiled
from secondleg.records.terms import Statistic, Unit

__all__ = ["PROOF_LIMIT", "Statement", "compile_for_all", "compile_question"]

PROOF_LIMIT: Final = 500
"""Most units that prove one answer; a preview shows a handful, and nobody reads more."""

_UNITS: Final[dict[Unit, str]] = {
    Unit.MATCH: """
    SELECT u.match AS id, [u.match] AS matches, u.competition, u.season, u.date, u.club, u.opponent,
           u.result, u.scored, u.conceded, {amount} AS amount, {event} AS holds
    FROM side u{joins}
    WHERE {scope}""",
    Unit.TIE: """
    SELECT u.tie AS id, [u.first_leg, u.second_leg, u.third_leg] AS matches, u.competition, u.season,
           coalesce(u.decided_on, u.first_leg_date) AS date, u.club, u.opponent,
           u.through, u.through IS NULL AND u.decided_on IS NOT NULL AS unknown, {amount} AS amount, {event} AS holds
    FROM tie_side u
    WHERE {scope}""",
    Unit.CAMPAIGN: """
    SELECT u.decisive_match AS id, [u.decisive_match] AS matches, u.competition, u.season, u.last AS date,
           u.club, NULL::TEXT AS opponent, u.reached, {amount} AS amount, {event} AS holds
    FROM campaign u
    WHERE {scope}""",
    Unit.SEASON: """
    SELECT u.tier AS id, []::INTEGER[] AS matches, u.competition, u.season, u.last AS date, u.club,
           NULL::TEXT AS opponent, u.place, u.clubs, u.played, u.won, u.drawn, u.lost, u.scored, u.conceded,
           u.points, u.declared, {amount} AS amount, {event} AS holds
    FROM standing u
    WHERE {scope}""",
}

_MOST: Final = """
ORDER BY coalesce(row_of.nth IN ({must_show}), FALSE) DESC, picked DESC, row_of.nth DESC
LIMIT $limit"""

_UNKNOWN: Final = "count(*) FILTER (unknown AND holds IS NULL)"
_UNKNOWN_SINCE: Final = """(
           SELECT count(*) FROM unit WHERE unknown AND holds IS NULL
               AND date >= coalesce((SELECT max(date) FROM unit WHERE holds), DATE '0001-01-01'))"""
"""Units of which it is not known whether the event held; what came before the last time does not matter to it."""

_STREAKS: Final = frozenset((Statistic.CURRENT_STREAK, Statistic.LONGEST_STREAK))


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
    how: Compiled = STATISTICS[question.statistic](question)
    parameters: dict[str, object] = {}
    whose = _whose(question.subject.club, question.scope.country, None, parameters)
    if question.subject.club is None and question.statistic in _WIDE and not question.scope.cut:
        return _wide(question, how, codes, parameters, whose)
    relations = _relations(question, how, codes, gaps, parameters, by_club=False, mine=whose)
    most = _MOST.format(must_show=how.must_show)
    # what else proves it is counted; the last n themselves are read one by one
    parameters["limit"] = max(PROOF_LIMIT, question.scope.last or 0) + 1
    unknown = _UNKNOWN_SINCE if question.statistic is Statistic.LAST else _UNKNOWN
    unknown = unknown if _is_partial(question) else "0"
    sql = f"""
, {relations}{how.relations},
total AS (
    SELECT count(nth) AS n, count(*) FILTER (holds) AS k, {unknown} AS unknown_units,
           min(nth) FILTER (holds) AS first_hit, max(nth) FILTER (holds) AS last_hit,
           max(nth) FILTER (NOT holds) AS last_miss{how.totals}
    FROM {how.totals_from}
)
SELECT row_of.*, total.*, coalesce({how.pick}, FALSE) AS picked
FROM total LEFT JOIN {how.rows_from} row_of
    ON row_of.nth IS NOT NULL AND (coalesce({how.pick}, FALSE) OR row_of.nth = total.n)
{most}"""
    return Statement(sql, parameters)


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


_EARLIER: Final = (
    "(date < hit_date OR (date = hit_date AND (id < hit_id OR (id = hit_id AND club < hit_club))))"
)
_IS_HIT: Final = "coalesce(date = hit_date AND id = hit_id AND club = hit_club, FALSE)"

_NO_HIT: Final = """hit_at AS (
    SELECT NULL::DATE AS hit_date, NULL::INTEGER AS hit_id, NULL::TEXT AS hit_club, NULL::BIGINT AS hit_place
)"""
_HIT: Final = f"""hit AS MATERIALIZED (
    SELECT date AS hit_date, id AS hit_id, club AS hit_club FROM base WHERE holds ORDER BY {{order}}
),
hit_at AS MATERIALIZED (
    SELECT any_value(hit_date) AS hit_date, any_value(hit_id) AS hit_id, any_value(hit_club) AS hit_club,
           any_value(before) + 1 AS hit_place
    FROM (
        SELECT hit.*, (SELECT count(*) FROM base CROSS JOIN hit WHERE {{counts}} AND {_EARLIER}) AS before FROM hit
    )
)"""

_WIDE: Final[dict[Statistic, tuple[str | None, str]]] = {
    Statistic.COUNT: (None, "holds"),
    Statistic.SHARE: (None, "TRUE"),
    Statistic.TOTAL: (None, "holds"),
    Statistic.AVERAGE: (None, "holds"),
    Statistic.NEVER: (None, "k = 0 OR holds"),
    Statistic.ALWAYS: (None, "k = n OR NOT holds"),
    Statistic.ONLY: ("last_hit", "holds"),
    Statistic.LAST: ("last_hit", f"hit_place IS NULL OR NOT {_EARLIER}"),
    Statistic.FIRST: ("first_hit", f"hit_place IS NULL OR {_EARLIER} OR {_IS_HIT}"),
    Statistic.NTH: ("nth_hit", f"holds AND (hit_place IS NULL OR {_EARLIER} OR {_IS_HIT})"),
}
"""Statistics of any club that need no place in time but that of one unit, the hit: which that is, and the proof."""


def _wide(
    question: Question,
    how: Compiled,
    codes: tuple[str, ...] | None,
    parameters: dict[str, object],
    mine: list[str],
) -> Statement:
    """The statement of a question about any club, without putting the millions of units in order.

    The proof is the latest units that belong to it; `nth` is the hit's place in time, and counts the others from there
    (from the end, where there is no hit), so that it orders them.
    """
    hit, pick = _WIDE[question.statistic]
    parameters |= how.parameters
    parameters["limit"] = PROOF_LIMIT + 1
    partial = _is_partial(question)
    counts = "holds IS NOT NULL" if partial else "TRUE"
    # what is only read from one table is read again sooner than it is kept
    again = question.unit is Unit.MATCH and not _needed(question) and question.scope.after is None
    base = _base(question, codes, parameters, mine, kept="NOT MATERIALIZED " if again else "MATERIALIZED ")
    back = "" if question.statistic in (Statistic.FIRST, Statistic.NTH) else " DESC"
    offset = " OFFSET $event_nth - 1" if question.statistic is Statistic.NTH else ""
    # of the nth time what `how` totals is its place
    totals = "" if question.statistic is Statistic.NTH else how.totals
    places = "".join(
        f",\n           {'any_value(hit_place)' if name == hit else 'NULL::BIGINT'} AS {name}"
        for name in ("first_hit", "last_hit", "last_miss", "nth_hit")
    )
    found = _NO_HIT
    if hit is not None:
        found = _HIT.format(order=f"date{back}, id{back}, club{back} LIMIT 1{offset}", counts=counts)
    unknown = _UNKNOWN if partial else "0"
    if partial and question.statistic is Statistic.LAST:
        # as in `_UNKNOWN_SINCE`: what is not known from before the last time changes nothing
        unknown = "count(*) FILTER (unknown AND holds IS NULL AND (hit_date IS NULL OR date >= hit_date))"
    # the last time is the oldest that is shown, the first and the nth the newest
    newest = "n" if question.statistic is Statistic.LAST else "coalesce(hit_place, n)"
    sql = f"""
, {base},
{found},
total AS MATERIALIZED (
    SELECT count(*) FILTER ({counts}) AS n, count(*) FILTER (holds) AS k,
           {unknown} AS unknown_units{places}{totals}
    FROM base CROSS JOIN hit_at
),
shown AS (
    SELECT base.*, hit_place, n, {_IS_HIT} AS is_hit
    FROM base CROSS JOIN hit_at CROSS JOIN (SELECT n, k FROM total) WHERE {counts} AND ({pick})
    ORDER BY is_hit DESC, date DESC, id DESC, club DESC LIMIT $limit
),
row_of AS (
    SELECT * EXCLUDE (hit_place, n, is_hit),
           CASE WHEN is_hit THEN hit_place
                ELSE {newest} + 1 - row_number() OVER (ORDER BY date DESC, id DESC, club DESC) END AS nth
    FROM shown
)
SELECT row_of.*, total.*, TRUE AS picked FROM total LEFT JOIN row_of ON TRUE"""
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
    base = _base(question, codes, parameters, mine)
    partial = _is_partial(question)
    parts = (["club"] if by_club else []) + (["holds IS NULL"] if partial else [])
    each = f"PARTITION BY {', '.join(parts)} " if parts else ""
    # a unit in which nobody knows whether the event held has no place in time, and so counts in nothing
    place = f"row_number() OVER ({each}ORDER BY date, id, club)"
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
    return f"""{base},
unit AS (SELECT *, {place} AS nth FROM {source})"""


_ALL: Final = 1_000_000_000
"""More units than there can be."""


def _is_partial(question: Question) -> bool:
    """Whether it may be unknown of a unit whether the event held."""
    if question.unit is Unit.TIE:
        return True
    streak = question.statistic in _STREAKS
    return (question.unit is Unit.SEASON or question.event.declared(question.unit).partial) and not streak


def _whose(
    club: str | None, country: str | None, clubs: tuple[str, ...] | None, parameters: dict[str, object]
) -> list[str]:
    """The condition on `u.club`: one club, some clubs, those of a country, or all."""
    found = subject_conditions(club, country, parameters)
    if clubs is not None:
        found.append("u.club IN (SELECT unnest(string_split($clubs, ',')))")
        parameters["clubs"] = listed(clubs)
    return found


def _needed(question: Question) -> tuple[str, ...]:
    """The aspects that the event and the measure need."""
    measured = MEASURES[question.unit][question.measure] if question.measure is not None else None
    needs = (question.event.declared(question.unit).needs, measured.needs if measured else None)
    return tuple(dict.fromkeys(name for name in needs if name))


def _base(
    question: Question,
    codes: tuple[str, ...] | None,
    parameters: dict[str, object],
    mine: list[str],
    *,
    kept: str = "",
) -> str:
    unit, event = question.unit, question.event
    declared = event.declared(unit)
    if "n" in declared.arguments:
        parameters["event_n"] = event.n
    if "stage" in declared.arguments:
        parameters["event_rank"] = RANK[str(event.stage)]
    if "who" in declared.arguments:
        parameters["event_who"], parameters["event_who_short"] = event.who, event.who_short
    measured = MEASURES[unit][question.measure] if question.measure is not None else None
    amount = measured.expression if measured else "1"
    needed = _needed(question)
    before = [ASPECTS[name].relations.format(mine=" AND ".join(mine) or "TRUE") for name in needed]
    joins = "".join(f"\n    {ASPECTS[name].join}" for name in needed)
    if question.scope.after is not None:
        before.append(_event_before(question, parameters, mine))
    condition = f"({declared.condition})"
    if unit is not Unit.TIE and question.statistic in _STREAKS and declared.partial:
        # a run does not go through a match of which nobody knows
        condition = f"coalesce({condition}, FALSE)"
    where = _where(question, codes, mine, parameters)
    body = _UNITS[unit].format(event=condition, amount=amount, joins=joins, scope=where)
    if _is_partial(question) and unit is not Unit.TIE:
        body = f"SELECT *, holds IS NULL AS unknown FROM ({body}\n)"
    return ",".join((*before, f"\nbase AS {kept}({body}\n)"))


_NAMED: Final = re.compile(r"\$(\w+)")
_SHARED: Final = frozenset(("as_of", "club", "clubs", "country"))


def _event_before(question: Question, parameters: dict[str, object], mine: list[str]) -> str:
    """The relation `event_before`: the day of each club's last event that `scope.after` names."""
    after = question.scope.after
    assert after is not None
    asked = Question(Statistic.COUNT, after.event, Subject.any_club(), after.unit, after.scope or Scope())
    own: dict[str, object] = {}
    codes = after.scope.competitions if after.scope is not None else None
    base = _base(asked, codes, own, mine)
    for name, value in own.items():
        parameters[name if name in _SHARED else f"after_{name}"] = value
    base = _NAMED.sub(lambda m: m[0] if m[1] in _SHARED else f"$after_{m[1]}", base)
    return (
        f"\nevent_before AS (WITH {base} SELECT club, max(date) AS day FROM base WHERE holds GROUP BY club)"
    )


def _where(
    question: Question, codes: tuple[str, ...] | None, mine: list[str], parameters: dict[str, object]
) -> str:
    """The scope as a condition on the unit's relation `u`; fills `parameters`."""
    scope, unit = question.scope, question.unit
    found: list[str] = list(mine)
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
