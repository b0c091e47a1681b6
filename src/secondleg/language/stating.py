"""Sentences about a tie that is still open: where it stands, what is needed, how likely each ending is.

They take plain numbers and words, since language knows no forecasts; the desk brings the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from secondleg.football.match import Goals
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.language.lexicon import Lexicon, percent
from secondleg.language.writing import said

__all__ = [
    "endings_sentence",
    "extra_time_sentence",
    "first_leg_ahead_sentence",
    "first_leg_unplayed_sentence",
    "first_meeting_sentence",
    "half_time_sentence",
    "led_by",
    "led_to",
    "likely_score_sentence",
    "match_sentence",
    "needs_sentence",
    "next_stage_sentence",
    "replay_sentence",
    "rules_sentence",
    "single_tie_sentence",
    "state_sentence",
    "table_sentence",
    "told_endings",
]


_WORTH_NAMING: Final = 0.005
"""Chance from which an ending is named: half a percent, which rounds to one."""

_NAMES: Final = Lexicon({}, {})
"""The desk gives names, not ids."""


def _say(phrase: str, **values: Any) -> str:
    text = said(f"state {phrase}", values, _NAMES)
    assert text is not None, f"the phrase book has no wording of {phrase!r} for {values}"
    return text


def state_sentence(
    home: str, away: str, goals: Goals, on: dt.date, where: str | None, *, neutral: bool = False
) -> str:
    """Where a tie stands after its first leg, `home` and `away` being those of the first leg."""
    # "at the Emirates Stadium", but "at Anfield"
    article = "the " if where and where.endswith("Stadium") else ""
    place: dict[str, Any] = {"place": f"{article}{where or home}", "day": on}
    if neutral:
        place["ground"] = "neutral"
    score = (max(goals.home, goals.away), min(goals.home, goals.away))
    if goals.difference == 0:
        return _say("level", first_club=home, second_club=away, score=score, **place)
    leader = home if goals.difference > 0 else away
    if leader == home and not where and not neutral:
        place["ground"] = "home"
    return _say("lead", leader=leader, score=score, **place)


def table_sentence(
    club: str, place: int, points: int, played: int, *, gap: int | None, beside: str, group: bool
) -> str:
    """Where a side stands in a table; `beside` is the first side, or the second of the one that leads.

    Without a `gap` in points nothing is said of that side.
    """
    line: dict[str, Any] = {"leader" if place == 1 else "club": club, "points": points, "of": played}
    if place > 1:
        line["nth"] = place
    if gap is not None:
        line["gap"] = ("ahead" if gap else "first level") if place == 1 else ("behind" if gap else "level")
        line["winner"] = beside
    if gap:
        line["mark_points"] = gap
    return _say("table", standing="group" if group else "table", **line)


def first_meeting_sentence(where: str) -> str:
    """That the first leg was the first time that the two sides met; `where` as in "in Europe"."""
    return _say("first meeting", scope=where)


def half_time_sentence(home: str, away: str, half: Goals, final: Goals) -> str:
    """How the first leg stood at half-time."""
    ended = {"home_name": home, "final": (final.home, final.away), "away_name": away}
    score = (max(half.home, half.away), min(half.home, half.away))
    if half.difference == 0:
        return _say("half-time level", half=score, **ended)
    return _say("half-time", leader=home if half.difference > 0 else away, half=score, **ended)


def needs_sentence(club: str, leader: str | None, needs: Sequence[tuple[str, str]], last: DecidedBy) -> str:
    """What a side needs: `needs` are (scores in words, what they lead to), as the forecast room words them.

    "Liverpool go through if they win by four or more; if they win by exactly three, the tie goes to extra time."
    """
    through = [{"need": words} for words, outcome in needs if outcome == "through"]
    level = [
        {"need": words, "led": led_to(outcome, last)} for words, outcome in needs if outcome not in _SETTLED
    ]
    return _say("needs", club=club, through_if=through, level_if=level or None, winner=leader)


_SETTLED: Final = ("through", "out")


def led_to(outcome: str, last: DecidedBy) -> str:
    """What a level tie leads to, as the phrase book has it."""
    both = outcome == "extra time" and last is DecidedBy.PENALTIES
    return "extra time and penalties" if both else outcome


def rules_sentence(rules: TieRules) -> str:
    """Whether away goals count."""
    return _say("away goals", away_goals=int(rules.away_goals))


def single_tie_sentence(home: str, away: str, stage: str, rules: TieRules) -> str:
    """A tie of one match, and what happens if it is level."""
    return _say("single", stage_tie=stage, first_club=home, second_club=away, led=led_by(rules))


def led_by(rules: TieRules) -> str:
    """What follows a single match that is level, as the phrase book has it."""
    if rules.last is DecidedBy.PLAY_OFF:
        return "extra time and replay" if rules.extra_time else "replay"
    if rules.extra_time:
        return led_to("extra time", rules.last)
    return "penalties"


def replay_sentence(stage: str) -> str:
    """A match that is played because those before it settled nothing."""
    return _say("replay", stage_tie=stage)


def endings_sentence(
    club: str, through: float, endings: Sequence[tuple[str, float]], stage: str | None
) -> str:
    """A side's chance to go through, and how it splits by ending (endings of next to no chance are left out)."""
    known = told_endings(endings)
    goal = "final" if stage == "final" else "through"
    return _say("through", club=club, goal=goal, percent=percent(through), by_ending=known or None)


def told_endings(endings: Sequence[tuple[str, float]]) -> list[dict[str, str]]:
    """The endings that are told, in words; none where there is but one."""
    known = [(how, chance) for how, chance in endings if chance >= _WORTH_NAMING]
    return [{"percent2": percent(chance), "how": how} for how, chance in known] if len(known) > 1 else []


def extra_time_sentence(chance: float) -> str:
    """How likely extra time is."""
    return _say("extra time", percent=percent(chance))


def match_sentence(
    home: str, away: str, chances: tuple[float, float, float], goals: tuple[float, float]
) -> str:
    """The chances of the match itself after 90 minutes, with the goals to be expected."""
    win, draw, lose = (percent(chance) for chance in chances)
    clubs = {"first_club": home, "second_club": away, "home_name": home, "away_name": away}
    return _say("match", percent=win, percent2=lose, percent3=draw, x=goals[0], y=goals[1], **clubs)


def likely_score_sentence(home: str, away: str, scores: Sequence[tuple[int, int, float]], both: float) -> str:
    """The likeliest scores, and the chance that both sides score."""
    (h, a, chance), (h2, a2, chance2) = scores[0], scores[1]
    first = {"home_name": home, "score": (h, a), "away_name": away, "percent": percent(chance)}
    return _say("likely", score2=(h2, a2), percent2=percent(chance2), both=percent(both), **first)


def first_leg_ahead_sentence(home: str, stage: str | None) -> str:
    """A tie that begins with this match."""
    return _say("first leg ahead", stage_tie=stage or "", club=home)


def first_leg_unplayed_sentence(home: str, stage: str | None) -> str:
    """A second leg whose first leg, at `home`, is still to come."""
    return _say("first leg unplayed", stage_tie=stage or "", club=home)


def next_stage_sentence(stage: str) -> str:
    """Where the winners go."""
    return _say("next", stages_place=stage)
