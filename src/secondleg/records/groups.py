"""Statistics that compare groups of one scope: record matches and seasons, a rank among them, as many as before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from secondleg.records.answer import AsMany, Extreme, Holder, Rank, Value
from secondleg.records.compiled import Compiled, Label, Row
from secondleg.records.question import Question
from secondleg.records.terms import Per, Statistic, Unit

__all__ = ["HOLDERS", "HOLDING", "KEYS", "as_many", "fewest", "most", "over", "rank"]

HOLDERS: Final = 20
"""Most holders of a record, or groups ahead, that are named."""

KEYS: Final[dict[Per, str]] = {
    Per.UNIT: "id::TEXT || '/' || competition || season",
    Per.SEASON: "season",
    Per.YEAR: "year(date)",
    Per.OPPONENT: "opponent",
    Per.CLUB: "club",
}


def over(question: Question, units: str) -> str:
    """The condition that leaves out what still runs, where the fewest are asked for: it has not ended with so few."""
    if question.statistic is not Statistic.FEWEST or question.per not in (Per.SEASON, Per.YEAR):
        return ""
    if question.per is Per.SEASON:
        return f" AND season < (SELECT max(season) FROM {units})"
    return " AND year(date) < year($as_of::DATE)"


def _grouped(question: Question) -> str:
    """The relation `grouped`: an amount for each club and group of units."""
    per = question.per
    assert per is not None  # checked by Question
    # a single unit is compared only if the event held in it; a season without the event has none of it
    only = "WHERE nth IS NOT NULL" + (" AND holds" if per is Per.UNIT else "")
    return f""",
grouped AS (
    SELECT club, {KEYS[per]} AS grp, coalesce(sum(amount) FILTER (holds), 0) AS amount, count(*) AS units,
           max(nth) AS last_nth, max(date) AS last_date, any_value(season) AS season,
           any_value(competition) AS competition, any_value(opponent) AS opponent, any_value(id) AS id
    FROM unit {only}{over(question, "unit")} GROUP BY club, grp HAVING count(*) >= $least
)"""


def _parameters(question: Question) -> dict[str, object]:
    return {"least": question.least or 1}


def _holder(question: Question, one: dict[str, Any], label: Label) -> Holder:
    single = question.per is Per.UNIT
    season = label(one) if question.per in (Per.UNIT, Per.SEASON) else None
    return Holder(
        club=one["club"],
        amount=_number(one["amount"]),
        units=one["units"],
        date=one["last_date"],
        season=season,
        competition=one["competition"] if single else None,
        opponent=one["opponent"] if single or question.per is Per.OPPONENT else None,
        year=one["last_date"].year if question.per is Per.YEAR else None,
    )


def _number(value: Any) -> float:
    number = float(value)
    return int(number) if number.is_integer() else number


_LISTED: Final = (
    "{'club': club, 'amount': amount, 'units': units, 'last_date': last_date, 'season': season, "
    "'competition': competition, 'opponent': opponent, 'id': id}"
)

HOLDING: Final = f"""holding AS (
    SELECT list({_LISTED.replace("{", "{{").replace("}", "}}")} ORDER BY last_date, club) AS holders
    FROM (SELECT * FROM {{groups}} ORDER BY last_date DESC, club DESC LIMIT {HOLDERS})
)"""
"""The relation `holding` with the latest of `groups`, which share a record, as one list."""


def _extreme(question: Question, pick: str) -> Compiled:
    relations = f"""{_grouped(question)},
extreme AS (
    SELECT {pick}(amount) AS best, count(*) AS compared,
           {pick}(amount) FILTER (amount <> (SELECT {pick}(amount) FROM grouped)) AS following
    FROM grouped
),
best_group AS (SELECT grouped.* FROM grouped JOIN extreme ON amount = best),
{HOLDING.format(groups="best_group")}"""

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        if total["best"] is None:
            return None
        found: dict[object, Holder] = {}
        for one in total["holders"]:
            # of any club, a match is held by both sides
            key = one["id"] if question.per is Per.UNIT and question.unit is Unit.MATCH else len(found)
            found.setdefault(key, _holder(question, one, label))
        following = total["following"]
        return Extreme(
            _number(total["best"]),
            tuple(found.values()),
            total["compared"],
            None if following is None else _number(following),
        )

    key = KEYS[question.per] if question.per else ""
    return Compiled(
        "row_of.holds AND row_of.of_the_best",
        read,
        totals=""",
           any_value(extreme.best) AS best, any_value(extreme.compared) AS compared,
           any_value(extreme.following) AS following, any_value(holding.holders) AS holders""",
        relations=f"""{relations},
keyed AS (
    SELECT *, (club, {key}) IN (SELECT (club, grp) FROM grouped JOIN extreme ON amount = best) AS of_the_best FROM unit
)""",
        totals_from="unit CROSS JOIN extreme CROSS JOIN holding",
        rows_from="keyed",
        parameters=_parameters(question),
        each=f"{pick}(summed)",
        each_relations=f""",
summed AS (
    SELECT *, CASE WHEN count(nth) OVER in_group >= $least
              THEN coalesce(sum(CASE WHEN holds THEN amount END) OVER in_group, 0) END AS summed
    FROM unit WINDOW in_group AS (PARTITION BY club, {key})
)""",
        each_from="summed",
    )


def most(question: Question) -> Compiled:
    """The greatest amount of any group, and which groups share it."""
    return _extreme(question, "max")


def fewest(question: Question) -> Compiled:
    """The smallest amount of any group that is over."""
    return _extreme(question, "min")


def rank(question: Question) -> Compiled:
    """Where the club's latest group (the running season, the last match) stands among its own."""
    relations = f"""{_grouped(question)},
latest AS (SELECT * FROM grouped ORDER BY last_nth DESC LIMIT 1),
standing_of AS (
    SELECT l.amount AS mine, (SELECT count(*) FROM grouped) AS compared,
           (SELECT count(*) FROM grouped g WHERE g.amount > l.amount) AS better,
           (SELECT list({_LISTED} ORDER BY amount DESC, last_date)
            FROM (SELECT * FROM grouped WHERE amount > (SELECT amount FROM latest)
                  ORDER BY amount DESC LIMIT {HOLDERS})) AS ahead,
           (SELECT list({_LISTED} ORDER BY last_date)
            FROM (SELECT * FROM grouped WHERE amount = (SELECT amount FROM latest)
                  AND grp <> (SELECT grp FROM latest) LIMIT {HOLDERS})) AS level
    FROM latest l
)"""

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        if total["mine"] is None:
            return None
        return Rank(
            total["better"] + 1,
            total["compared"],
            _number(total["mine"]),
            tuple(_holder(question, one, label) for one in total["ahead"] or ()),
            tuple(_holder(question, one, label) for one in total["level"] or ()),
        )

    key = KEYS[question.per] if question.per else ""
    return Compiled(
        "row_of.holds AND row_of.of_the_latest",
        read,
        totals=""",
           any_value(mine) AS mine, any_value(compared) AS compared, any_value(better) AS better,
           any_value(ahead) AS ahead, any_value(level) AS level""",
        relations=f"{relations},\nkeyed AS (SELECT *, {key} IN (SELECT grp FROM latest) AS of_the_latest FROM unit)",
        totals_from="unit LEFT JOIN standing_of ON TRUE",
        rows_from="keyed",
        parameters=_parameters(question),
    )


def as_many(question: Question) -> Compiled:
    """How many units before the last n add up to no more than these do."""
    last = question.scope.last
    split = """,
ago AS (SELECT *, row_number() OVER (PARTITION BY club ORDER BY nth DESC) AS back FROM unit WHERE nth IS NOT NULL),
recent AS (
    SELECT club, coalesce(sum(amount) FILTER (holds), 0) AS recently FROM ago WHERE back <= $recent GROUP BY club
),
earlier AS (
    SELECT ago.*, recently,
           coalesce(sum(CASE WHEN holds THEN amount END) FILTER (back > $recent)
                    OVER (PARTITION BY ago.club ORDER BY back), 0) AS so_far
    FROM ago JOIN recent USING (club)
)"""

    def read(total: Row, rows: Sequence[Row], label: Label) -> Value:
        if total["recently"] is None:
            return None
        previous = total["previous"] or 0
        return AsMany(int(total["recently"]), min(last or 0, total["n"]), previous, int(total["before"] or 0))

    counted = "FILTER (back > $recent AND so_far <= recently)"
    return Compiled(
        "row_of.nth > total.n - $recent - coalesce(total.previous, 0)",
        read,
        totals=f""",
           any_value(recently) AS recently, count(*) {counted} AS previous, max(so_far) {counted} AS before""",
        relations=split,
        totals_from="earlier",
        rows_from="earlier",
        cuts_last=False,
        parameters={"recent": last},
        each=f"count(*) {counted}",
        each_relations=split,
        each_from="earlier",
    )
