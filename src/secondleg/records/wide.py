"""Questions over all matches of any club: statements that do not put millions of rows in order.

Only what decides is looked at of every unit, and whole rows are read of those that prove the answer. The columns are
those that `compile` promises, but `nth` may count the units that are shown, or those of the club that holds the record.
"""

from __future__ import annotations

from typing import Final

from secondleg.records.compiled import GAPS, PROOF_LIMIT, RUN_LENGTHS, Compiled, Statement
from secondleg.records.conditions import listed
from secondleg.records.groups import HOLDING, KEYS, over
from secondleg.records.once import both_in_scope, counts_once, tally
from secondleg.records.question import Question
from secondleg.records.terms import Per, Statistic, Unit
from secondleg.records.units import is_partial, needed, units_of

__all__ = ["counted", "wide"]


def wide(
    question: Question,
    how: Compiled,
    codes: tuple[str, ...] | None,
    gaps: tuple[int, ...],
    parameters: dict[str, object],
    mine: list[str],
) -> Statement | None:
    """The statement of a question about any club; None where the common one answers it.

    `mine` are the conditions on the clubs asked about; `parameters` is filled.
    """
    if question.statistic in _WIDE:
        return None if question.scope.cut else _one_hit(question, how, codes, parameters, mine)
    # single matches are told by club and id; the other units are few
    if question.unit is not Unit.MATCH:
        return None
    if question.statistic is Statistic.LONGEST_STREAK:
        return _longest_run(question, codes, gaps, parameters, mine)
    if question.statistic in (Statistic.MOST, Statistic.FEWEST):
        return _extreme(question, how, codes, parameters, mine)
    return None


_UNKNOWN: Final = "count(*) FILTER (unknown AND holds IS NULL)"
_ALL: Final = 1_000_000_000
"""More units than there can be."""

_EARLIER: Final = (
    "(date < hit_date OR (date = hit_date AND (id < hit_id OR (id = hit_id AND club < hit_club))))"
)
_IS_HIT: Final = "coalesce(date = hit_date AND id = hit_id AND club = hit_club, FALSE)"

_NO_HIT: Final = """hit_at AS (
    SELECT NULL::DATE AS hit_date, NULL::INTEGER AS hit_id, NULL::TEXT AS hit_club, NULL::BIGINT AS hit_place,
           NULL::BIGINT AS hit_turn
)"""
_HIT: Final = f"""hit AS MATERIALIZED (
    SELECT date AS hit_date, id AS hit_id, {{club}} AS hit_club FROM base WHERE holds {{order}}
),
hit_at AS MATERIALIZED (
    SELECT any_value(hit_date) AS hit_date, any_value(hit_id) AS hit_id, any_value(hit_club) AS hit_club,
           any_value(before) + 1 AS hit_place, any_value({{turns}}) + 1 AS hit_turn
    FROM (
        SELECT hit.*, (SELECT count(*) FROM base CROSS JOIN hit WHERE {{counts}} AND {_EARLIER}) AS before,
               (SELECT count(DISTINCT id) FROM base CROSS JOIN hit
                WHERE {{counts}} AND (date < hit_date OR (date = hit_date AND id < hit_id))) AS before_once
        FROM hit
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


def _one_hit(
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
    partial, once_each = is_partial(question), counts_once(question)
    counts = "holds IS NOT NULL" if partial else "TRUE"
    base = _units(question, codes, parameters, mine)
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
        nth_unit = question.statistic is Statistic.NTH and once_each
        group = "GROUP BY date, id " if nth_unit else ""
        found = _HIT.format(
            club="min(club)" if nth_unit else "club",
            order=f"{group}ORDER BY date{back}, id{back}, hit_club{back} LIMIT 1{offset}",
            counts=counts,
            turns=_turns(question),
        )
    unknown = _UNKNOWN if partial else "0"
    if partial and question.statistic is Statistic.LAST:
        # as in `_UNKNOWN_SINCE`: what is not known from before the last time changes nothing
        unknown = "count(*) FILTER (unknown AND holds IS NULL AND (hit_date IS NULL OR date >= hit_date))"
    tallied, once = tally(question, "base") if once_each else ("", "")
    # the last time is the oldest that is shown, the first and the nth the newest
    newest = "n" if question.statistic is Statistic.LAST else "coalesce(hit_place, n)"
    sql = f"""
, {base},
{found},
unit AS NOT MATERIALIZED (SELECT * FROM base WHERE {counts}),{tallied}
total AS MATERIALIZED (
    SELECT count(*) FILTER ({counts}) AS n, count(*) FILTER (holds) AS k,
           {unknown} AS unknown_units{places}{once}{totals}
    FROM base CROSS JOIN hit_at
),
shown AS (
    SELECT base.*, hit_place, hit_turn, n, {_IS_HIT} AS is_hit
    FROM base CROSS JOIN hit_at CROSS JOIN (SELECT n, k FROM total) WHERE {counts} AND ({pick})
    ORDER BY is_hit DESC, date DESC, id DESC, club DESC LIMIT $limit
),
row_of AS (
    SELECT * EXCLUDE (hit_place, hit_turn, n, is_hit), CASE WHEN is_hit THEN hit_turn END AS turn,
           CASE WHEN is_hit THEN hit_place
                ELSE {newest} + 1 - row_number() OVER (ORDER BY date DESC, id DESC, club DESC) END AS nth
    FROM shown
)
SELECT row_of.*, total.*, TRUE AS picked FROM total LEFT JOIN row_of ON TRUE"""
    return Statement(sql, parameters)


def _turns(question: Question) -> str:
    """How many units were before the hit, of `before` sides of matches."""
    if both_in_scope(question):
        return "before // 2"
    return "before_once" if counts_once(question) else "before"


def _units(
    question: Question, codes: tuple[str, ...] | None, parameters: dict[str, object], mine: list[str]
) -> str:
    """The relation `base`; what is only read from one table is read again sooner than it is kept."""
    plain = question.scope.after is None and question.scope.opponent_class is None
    again = question.unit is Unit.MATCH and not needed(question) and plain
    kept = "NOT MATERIALIZED " if again else "MATERIALIZED "
    return units_of(question, codes, parameters, mine, kept=kept)


def counted(
    question: Question,
    codes: tuple[str, ...] | None,
    parameters: dict[str, object],
    mine: list[str],
    keeps: str = "",
) -> tuple[str, str]:
    """The relations `base` and, where some units do not count, `counted`; and which of them to read."""
    base, scope = _units(question, codes, parameters, mine), question.scope
    where = f" WHERE {keeps}" if keeps else ""
    if not scope.cut:
        return (f"{base},\ncounted AS (SELECT * FROM base{where})", "counted") if keeps else (base, "base")
    parameters["opening"] = scope.opening if scope.opening is not None else _ALL
    parameters["past"] = scope.past or 0
    place = "row_number() OVER (PARTITION BY club, season ORDER BY date, id)"
    first = f"QUALIFY {place} BETWEEN $past + 1 AND $opening"
    return f"{base},\ncounted AS MATERIALIZED (SELECT * FROM base{where} {first})", "counted"


def _longest_run(
    question: Question,
    codes: tuple[str, ...] | None,
    gaps: tuple[int, ...],
    parameters: dict[str, object],
    mine: list[str],
) -> Statement:
    """A run is what lies between two units without the event; `nth` counts the units of the club that holds it."""
    keeps, segment = "", "0"
    if gaps:
        parameters["gaps"] = listed((-1, *gaps))
        keeps = f"NOT list_contains({GAPS}, season)"
        segment = f"len(list_filter({GAPS}, lambda gap: gap < season))"
    units, source = counted(question, codes, parameters, mine, keeps)
    parameters["limit"] = PROOF_LIMIT + 1
    sql = f"""
, {units},
peak AS MATERIALIZED (
    SELECT club, list_max({RUN_LENGTHS}) AS length, count(*) AS n, count(*) FILTER (holds) AS k
    FROM (SELECT club, {segment} AS segment, date, id, holds FROM {source}) GROUP BY club, segment
),
run AS MATERIALIZED (
    SELECT club, segment, date, id, holds, sum((NOT holds)::INTEGER) OVER (
               PARTITION BY club, segment ORDER BY date, id ROWS UNBOUNDED PRECEDING) AS island
    FROM (SELECT club, {segment} AS segment, date, id, holds FROM {source}
          WHERE club IN (SELECT club FROM peak WHERE length > 0 AND length = (SELECT max(length) FROM peak)))
),
island_of AS MATERIALIZED (
    SELECT club, segment, island, count(*) AS length FROM run WHERE holds GROUP BY club, segment, island
),
longest AS MATERIALIZED (SELECT * FROM island_of WHERE length = (SELECT max(length) FROM island_of)),
latest AS MATERIALIZED (
    SELECT l.* FROM longest l
    JOIN run r ON r.holds AND r.club = l.club AND r.segment = l.segment AND r.island = l.island
    ORDER BY r.date DESC, r.id DESC, r.club DESC LIMIT 1
),
own AS MATERIALIZED (
    SELECT r.club, r.id, row_number() OVER (ORDER BY r.date, r.id) AS nth,
           r.holds AND r.segment = l.segment AND r.island = l.island AS of_it
    FROM run r JOIN latest l ON l.club = r.club
),
total AS (
    SELECT (SELECT coalesce(sum(n), 0)::BIGINT FROM peak) AS n,
           (SELECT coalesce(sum(k), 0)::BIGINT FROM peak) AS k, 0 AS unknown_units,
           NULL::BIGINT AS first_hit, NULL::BIGINT AS last_hit, NULL::BIGINT AS last_miss,
           (SELECT any_value(club) FROM latest) AS run_club, (SELECT any_value(length) FROM latest) AS length,
           min(nth) FILTER (of_it) AS run_first, max(nth) FILTER (of_it) AS run_last, max(nth) AS run_end,
           (SELECT list(DISTINCT club ORDER BY club) FROM longest) AS run_clubs
    FROM own
),
row_of AS (
    SELECT u.*, own.nth FROM base u JOIN own ON own.of_it AND own.club = u.club AND own.id = u.id
)
SELECT row_of.*, total.*, TRUE AS picked FROM total LEFT JOIN row_of ON TRUE
ORDER BY coalesce(row_of.nth = total.run_first, FALSE) DESC, row_of.nth DESC LIMIT $limit"""
    return Statement(sql, parameters)


def _extreme(
    question: Question,
    how: Compiled,
    codes: tuple[str, ...] | None,
    parameters: dict[str, object],
    mine: list[str],
) -> Statement:
    """The record group of any club: amounts first, then the rows of the groups that have it."""
    per = question.per
    assert per is not None  # checked by Question
    parameters |= how.parameters
    parameters["limit"] = PROOF_LIMIT + 1
    units, source = counted(question, codes, parameters, mine)
    pick = "max" if question.statistic is Statistic.MOST else "min"
    key = "id" if per is Per.UNIT else KEYS[per]
    known = "holds" if per is Per.UNIT else "holds IS NOT NULL"
    if per is Per.UNIT:
        # each a group of its own
        grouped = f"SELECT club, id AS grp, amount FROM {source} WHERE holds AND $least <= 1"
    else:
        grouped = f"""SELECT club, {key} AS grp, coalesce(sum(amount) FILTER (holds), 0) AS amount
    FROM {source} WHERE {known}{over(question, source)} GROUP BY club, grp HAVING count(*) >= $least"""
    unknown = _UNKNOWN if is_partial(question) else "0"
    sql = f"""
, {units},
grouped AS MATERIALIZED (
    {grouped}
),
extreme AS MATERIALIZED (
    SELECT {pick}(amount) AS best, count(*) AS compared,
           {pick}(amount) FILTER (amount <> (SELECT {pick}(amount) FROM grouped)) AS following
    FROM grouped
),
best_of AS MATERIALIZED (SELECT club, grp, amount AS best FROM grouped WHERE amount = (SELECT best FROM extreme)),
of_the_best AS MATERIALIZED (
    SELECT u.*, b.grp, b.best
    FROM (SELECT *, {key} AS group_key FROM {source} WHERE {known}) u
    JOIN best_of b ON b.club = u.club AND b.grp = u.group_key
),
best_group AS (
    SELECT club, grp, any_value(best) AS amount, count(*) AS units, max(date) AS last_date,
           arg_min(season, (date, id)) AS season, arg_min(competition, (date, id)) AS competition,
           arg_min(opponent, (date, id)) AS opponent, arg_min(id, (date, id)) AS id
    FROM of_the_best GROUP BY club, grp
),
{HOLDING.format(groups="best_group")},
total AS MATERIALIZED (
    SELECT count(holds) AS n, count(*) FILTER (holds) AS k, {unknown} AS unknown_units,
           NULL::BIGINT AS first_hit, NULL::BIGINT AS last_hit, NULL::BIGINT AS last_miss,
           (SELECT best FROM extreme) AS best, (SELECT compared FROM extreme) AS compared,
           (SELECT following FROM extreme) AS following, (SELECT holders FROM holding) AS holders
    FROM {source}
),
row_of AS (
    SELECT * EXCLUDE (grp, best, group_key), row_number() OVER (ORDER BY date, id, club) AS nth
    FROM (SELECT * FROM of_the_best WHERE holds ORDER BY date DESC, id DESC, club DESC LIMIT $limit)
)
SELECT row_of.*, total.*, TRUE AS picked FROM total LEFT JOIN row_of ON TRUE"""
    return Statement(sql, parameters)
