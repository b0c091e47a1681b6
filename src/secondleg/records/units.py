"""The units of a question as one relation, `base`: matches, ties, campaigns or league seasons of one club or of all.

Each has the columns of its kind, the `amount` that is measured, and whether the event `holds`.
"""

from __future__ import annotations

import re
from typing import Final

from secondleg.football.stage import RANK
from secondleg.records.aspects import ASPECTS
from secondleg.records.conditions import (
    competition_conditions,
    day_conditions,
    first_leg_conditions,
    season_conditions,
    side_conditions,
)
from secondleg.records.measures import MEASURES
from secondleg.records.question import Question, Subject
from secondleg.records.scope import Scope
from secondleg.records.terms import Statistic, Unit

__all__ = ["STREAKS", "is_partial", "needed", "units_of"]

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

STREAKS: Final = frozenset((Statistic.CURRENT_STREAK, Statistic.LONGEST_STREAK))


def is_partial(question: Question) -> bool:
    """Whether it may be unknown of a unit whether the event held."""
    if question.unit is Unit.TIE:
        return True
    streak = question.statistic in STREAKS
    return (question.unit is Unit.SEASON or question.event.declared(question.unit).partial) and not streak


def needed(question: Question) -> tuple[str, ...]:
    """The aspects that the event and the measure need."""
    measured = MEASURES[question.unit][question.measure] if question.measure is not None else None
    needs = (question.event.declared(question.unit).needs, measured.needs if measured else None)
    return tuple(dict.fromkeys(name for name in needs if name))


def units_of(
    question: Question,
    codes: tuple[str, ...] | None,
    parameters: dict[str, object],
    mine: list[str],
    *,
    kept: str = "",
) -> str:
    """The relation `base` of a question's units, with those that it reads before it; `parameters` is filled.

    `codes` are the competitions of the scope, `mine` conditions on the clubs; `kept` says how DuckDB shall keep it.
    """
    unit, event = question.unit, question.event
    declared = event.declared(unit)
    if "n" in declared.arguments:
        parameters["event_n"] = event.n
    if "against" in declared.arguments:
        parameters["event_against"] = event.against
    if "stage" in declared.arguments:
        parameters["event_rank"] = RANK[str(event.stage)]
    if "who" in declared.arguments:
        parameters["event_who"], parameters["event_who_short"] = event.who, event.who_short
    measured = MEASURES[unit][question.measure] if question.measure is not None else None
    amount = measured.expression if measured else "1"
    needs = needed(question)
    # only of matches that can be in scope
    near = [*mine, *competition_conditions(codes, parameters), *season_conditions(question.scope, parameters)]
    before = [ASPECTS[name].relations.format(mine=" AND ".join(near) or "TRUE") for name in needs]
    joins = "".join(f"\n    {ASPECTS[name].join}" for name in needs)
    if question.scope.after is not None:
        before.append(_event_before(question, parameters, mine))
    condition = f"({declared.condition})"
    if unit is not Unit.TIE and question.statistic in STREAKS and declared.partial:
        # a run does not go through a match of which nobody knows
        condition = f"coalesce({condition}, FALSE)"
    where = _where(question, codes, mine, parameters)
    body = _UNITS[unit].format(event=condition, amount=amount, joins=joins, scope=where)
    if is_partial(question) and unit is not Unit.TIE:
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
    base = units_of(asked, codes, own, mine)
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
