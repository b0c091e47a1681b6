"""How all clubs fared after such a first leg: ties of the archive, and the record of other seasons.

The starter archive holds few ties of other clubs, but it carries `first_leg_record`: for each competition's
season how many ties began with each score, and how many of them went to the side at home first. A season in
that record is taken from there alone, and its ties in the archive are not counted again; they still serve
as examples.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from secondleg.records.answer import Answer, Count, Coverage, Never
from secondleg.records.conditions import (
    competition_conditions,
    day_conditions,
    first_leg_conditions,
    season_conditions,
    side_conditions,
)
from secondleg.records.coverage import competitions_of, coverage, ledger
from secondleg.records.known import evidence, known
from secondleg.records.question import Question
from secondleg.records.scope import Scope
from secondleg.records.terms import Statistic, Unit

if TYPE_CHECKING:
    from secondleg.archive.view import View

__all__ = ["answer_for_all_clubs", "is_about_all_clubs"]

_EVENTS: Final = ("went through", "went out")
_STATISTICS: Final = (Statistic.COUNT, Statistic.SHARE, Statistic.NEVER)
EXAMPLES: Final = 60
"""Most ties shown as proof, the latest first to be kept."""


def is_about_all_clubs(question: Question) -> bool:
    """Whether `question` asks how all clubs fared after a first leg."""
    return (
        question.unit is Unit.TIE
        and question.subject.club is None
        and question.scope.first_leg is not None
        and question.event.name in _EVENTS
        and question.statistic in _STATISTICS
    )


def answer_for_all_clubs(view: View, question: Question) -> Answer:
    """How often sides went through (or out) after the first leg that `question.scope` describes.

    Only two-legged ties with a known winner count; walkovers are counted apart. Where the scope leaves the
    venue open, a tie counts once for each side whose first leg it was.
    """
    parameters: dict[str, object] = {"examples": EXAMPLES}
    sql = _statement(question, competitions_of(view, question.scope), parameters)
    rows = view.rows(sql, **parameters)
    seasons = [row for row in rows if row["kind"] == "season"]
    examples = sorted(
        (row for row in rows if row["kind"] == "example"), key=lambda row: (row["day"], row["id"])
    )
    memory = known(view)
    through, of = sum(row["through"] for row in seasons), sum(row["ties"] for row in seasons)
    k = through if question.event.name == "went through" else of - through
    counted = sorted((row["season"], row["competition"]) for row in seasons if row["ties"])
    labels = [memory.label(competition, season) for season, competition in counted]
    value: Count | Never
    if question.statistic is Statistic.NEVER:
        value = Never(k == 0, of, unknown=sum(row["unknown"] for row in seasons))
    else:
        value = Count(
            k,
            of,
            unknown=sum(row["unknown"] for row in seasons),
            walkovers=sum(row["walkovers"] for row in seasons),
            first_season=labels[0] if labels else None,
            last_season=labels[-1] if labels else None,
        )
    proof = evidence(view, [match for row in examples for match in row["matches"] if match is not None])
    rests_on = _coverage(view, question)
    return Answer(
        question=question,
        value=value,
        rows=tuple(proof.values()),
        coverage=rests_on,
        as_of=view.as_of,
        n=of,
        k=k,
        at_least=not rests_on.complete,
        more=max(0, k - len(examples)),
    )


def _takes_record(scope: Scope) -> bool:
    """Whether the aggregated record can answer: it tells qualifying rounds apart, but no stages, opponents or days."""
    return not any(
        (scope.stages, scope.from_stage, scope.opponent, scope.opponent_country, scope.since, scope.until)
    )


def _statement(question: Question, codes: tuple[str, ...] | None, parameters: dict[str, object]) -> str:
    scope = question.scope
    assert scope.first_leg is not None  # see is_about_all_clubs
    season = [*competition_conditions(codes, parameters), *season_conditions(scope, parameters)]
    leg = first_leg_conditions(scope.first_leg, parameters)
    main = ["TRUE"] if scope.qualifying else ["NOT qualifying"]
    record = " AND ".join((*season, *leg, *main, "TRUE" if _takes_record(scope) else "FALSE"))
    parts = (*season, *leg, *side_conditions(scope, parameters), *day_conditions(scope, Unit.TIE, parameters))
    ties = " AND ".join((*parts, "u.second_leg IS NOT NULL"))
    happened = "through" if question.event.name == "went through" else "NOT through"
    # a season whose ledger names single clubs holds a selection of ties, from which nothing follows for all; one that
    # is not whole is named as a gap beside the count, so it cannot be in it
    return f"""
, record AS (
    SELECT competition, season, qualifying, 'home' AS first_leg_venue, home_goals AS first_leg_scored,
           away_goals AS first_leg_conceded, ties, home_through AS through
    FROM first_leg_record
    UNION ALL
    SELECT competition, season, qualifying, 'away', away_goals, home_goals, ties, ties - home_through
    FROM first_leg_record
),
such AS (SELECT * FROM tie_side u WHERE {ties}),
counted AS (
    SELECT * FROM such u
    SEMI JOIN coverage v ON v.competition = u.competition AND v.season = u.season
        AND v.whole AND v.only_clubs IS NULL
    ANTI JOIN first_leg_record r ON r.competition = u.competition AND r.season = u.season AND $takes_record
)
SELECT 'season' AS kind, competition, season, sum(ties)::INTEGER AS ties, sum(through)::INTEGER AS through,
       0 AS unknown, 0 AS walkovers, NULL AS id, NULL AS day, NULL AS matches
FROM record u WHERE {record} GROUP BY ALL
UNION ALL
SELECT 'season', competition, season,
       count(*) FILTER (through IS NOT NULL AND decided_by IS DISTINCT FROM 'walkover'),
       count(*) FILTER (through AND decided_by IS DISTINCT FROM 'walkover'),
       count(*) FILTER (through IS NULL AND decided_on IS NOT NULL),
       count(*) FILTER (decided_by = 'walkover'), NULL, NULL, NULL
FROM counted GROUP BY ALL
UNION ALL
SELECT * FROM (
    SELECT 'example', competition, season, 0, 0, 0, 0, tie, decided_on, [first_leg, second_leg, third_leg]
    FROM such WHERE {happened} AND decided_by IS DISTINCT FROM 'walkover'
    ORDER BY decided_on DESC, tie LIMIT $examples
)""".replace("$takes_record", "TRUE" if _takes_record(scope) else "FALSE")


_RECORDED: Final = "SELECT DISTINCT competition, season FROM first_leg_record"


def _coverage(view: View, question: Question) -> Coverage:
    book = ledger(view, question)
    if not _takes_record(question.scope):
        return coverage(question, book, first=None)
    recorded = {(row["competition"], row["season"]) for row in view.rows(_RECORDED)}
    # whether its qualifying rounds are among them, the ledger says as well
    expected = tuple(
        replace(e, held=True) if (e.competition, e.season) in recorded else e for e in book.expected
    )
    return coverage(question, replace(book, expected=expected), first=None)
