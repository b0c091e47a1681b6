"""What one more time would be and what a stage would mean, as sentences; and the nth, only and first of any unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from secondleg.football.stage import RANK
from secondleg.language.grammar import Values
from secondleg.language.lexicon import Lexicon
from secondleg.language.naming import match_values, season_of
from secondleg.records.answer import Answer, Evidence, Furthest, Since, Stakes, WouldBe
from secondleg.records.events import WON_RANK
from secondleg.records.stages import stage_of
from secondleg.records.terms import Statistic, Unit

__all__ = ["OUTLOOK_WRITERS", "best_of", "since"]

Statement = tuple[str, Values]


def _would_be(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, WouldBe):
        return None
    values: Values = {"nth": value.nth, "run_n": value.run if value.run > 1 else None}
    if value.previous is not None:
        values |= {
            "ago": int(value.between > 0),
            "since_day": value.previous,
            "since_season": season_of(str(value.previous_season)),
        }
    if value.longest:
        run, longest = value.run, value.longest
        values["beside"] = "more" if run > longest else "level" if run == longest else "less"
        values["longest_n"] = longest
    return "say would be", values


def _stakes(answer: Answer, lexicon: Lexicon) -> Statement | None:
    value = answer.value
    if not isinstance(value, Stakes):
        return None
    values: Values = {
        "nth": value.nth,
        "of": value.of,
        "since_season": None if value.last is None else season_of(value.last),
        "place_nth": value.place,
    }
    if value.furthest is not None:
        best = WON_RANK if value.furthest == "winner" else RANK[value.furthest]
        far = "short" if value.place > 1 else "further" if best < RANK[value.stage] else "ever"
        won = value.furthest == "winner"
        values |= {
            "far": "won" if won and far == "short" else far,
            "goal_place": None if won else value.furthest,
        }
    return "say stakes", values


def since(answer: Answer, lexicon: Lexicon) -> Statement | None:
    """An occurrence and the one before it, from some day on or the latest, of any unit."""
    value, question = answer.value, answer.question
    if not isinstance(value, Since):
        return None
    if value.date is None and value.previous is None and answer.n == 0:
        return None
    values: Values = {"before_day": question.before, "ever": int(question.before is not None)}
    if question.unit is not Unit.MATCH:
        return _since_in(answer, value, values)
    club = str(question.subject.club)
    row, before = _on(answer, value.date), _on(answer, value.previous)
    if (row is None) != (value.date is None) or (before is None) != (value.previous is None):
        return None
    if before is not None:
        values["since_match"] = match_values(before, club)
    if row is None:
        return ("say since none" if before else "say since never"), values
    values["match"] = match_values(row, club)
    phrase = "say since on" if question.before is not None else "say latest since"
    return (phrase if before else f"{phrase} first"), values


def _since_in(answer: Answer, value: Since, values: Values) -> Statement | None:
    if value.previous_season is not None:
        values |= {"since_season": season_of(value.previous_season), "before": 1}
    if value.date is None:
        return ("say since never" if value.previous is None else "say since none in"), values
    season = since_season(answer, value)
    if season is None:
        return None
    phrase = "say since in" if answer.question.before is None else "say since on in"
    return phrase, values | {"season": season_of(season)}


def since_season(answer: Answer, value: Since) -> str | None:
    """The season of the later of the two occurrences; final tables have no days and stand in their order."""
    if answer.question.unit is Unit.SEASON:
        return next((line.season for line in reversed(answer.lines) if line.holds), None)
    row = _on(answer, value.date)
    return (
        row.season
        if row is not None
        else next((one.season for one in reversed(answer.rows) if one.holds), None)
    )


def _on(answer: Answer, date: object) -> Evidence | None:
    return next((row for row in answer.rows if row.date == date and row.holds), None)


def best_of(answer: Answer, lexicon: Lexicon) -> Statement | None:
    """How far a side came in the campaigns in which something was so."""
    value = answer.value
    if not isinstance(value, Furthest) or not value.seasons:
        return None
    stage = stage_of(value.rank)
    far: Values = {"champions": 1} if stage == "winner" else {"goal_place": stage}
    return "say best of", {**far, "times": value.times, "season": season_of(value.seasons[-1])}


OUTLOOK_WRITERS: Final[dict[Statistic, Callable[[Answer, Lexicon], Statement | None]]] = {
    Statistic.WOULD_BE: _would_be,
    Statistic.STAKES: _stakes,
    Statistic.SINCE: since,
    Statistic.FURTHEST: best_of,
}
"""The writer of each of these statistics."""
