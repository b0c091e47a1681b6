"""Sentences about a match in play. Like those of `stating` they take plain numbers and words."""

from __future__ import annotations

from secondleg.football.match import Goals
from secondleg.language.lexicon import number, percent, possessive

__all__ = [
    "before_sentence",
    "first_goal_sentence",
    "goal_line",
    "goal_sentence",
    "goal_wins_sentence",
    "kick_off_sentence",
    "next_goal_sentence",
    "range_sentence",
    "result_line",
    "result_sentence",
    "standing_sentence",
]


def standing_sentence(
    minute: str, home: str, away: str, score: Goals, reds: tuple[int, int], brought: Goals | None
) -> str:
    """The minute, the score, men sent off, and the aggregate where a first leg was played."""
    when = minute[0].upper() + minute[1:] if minute[0].isalpha() else f"Minute {minute}"
    told = f"{when}: {home} {score} {away}"
    if brought is not None:
        total = brought + score
        told += f", {total} on aggregate" if total.difference else f", level at {total} on aggregate"
    short = [
        f"{name} with {number(11 - men)} men" for name, men in zip((home, away), reds, strict=True) if men
    ]
    return f"{'; '.join([told, *short])}."


def result_sentence(home: str, away: str, chances: tuple[float, float, float]) -> str:
    """Who wins the match itself."""
    win, draw, lose = chances
    return (
        f"After 90 minutes {home} win with a chance of {percent(win)} and {away} with {percent(lose)}; "
        f"a draw has {percent(draw)}."
    )


def before_sentence(club: str, chance: float, stage: str | None) -> str:
    """What was said at kick-off."""
    return f"At kick-off {possessive(club)} chance of {_prize(stage)} was {percent(chance)}."


def next_goal_sentence(home: str, away: str, chances: tuple[float, float, float]) -> str:
    """Whose the next goal is."""
    one, none, other = chances
    told = f"{possessive(home)} with {percent(one)} and {possessive(away)} with {percent(other)}"
    return f"The next goal is {told}; none falls with {percent(none)}."


def goal_sentence(
    club: str, other: str, now: float, scored: float, conceded: float, stage: str | None
) -> str:
    """What a goal of either side would make of one side's chance to go through."""
    return (
        f"A goal now takes {club} from {percent(now)} to {percent(scored)}; "
        f"one for {other} leaves them {percent(conceded)} of {_prize(stage)}."
    )


def first_goal_sentence(
    club: str, other: str, now: float, scored: float, conceded: float, minute: int
) -> str:
    """What an early goal of either side would make of one side's chance to go through."""
    return (
        f"An early goal (minute {minute}) takes {club} from {percent(now)} to {percent(scored)}; "
        f"one for {other} leaves them {percent(conceded)}."
    )


def goal_wins_sentence(names: tuple[str, str], now: tuple[float, float], then: tuple[float, float]) -> str:
    """What a goal would make of each side's chance to win."""
    told = [
        f"{name} from {percent(one)} to {percent(other)}"
        for name, one, other in zip(names, now, then, strict=True)
    ]
    return f"A goal now takes {told[0]} to win, or {told[1]}."


def result_line(home: str, away: str, result: str) -> str:
    """How it ended: `4-3 after extra time`."""
    score, _, rest = result.partition(" ")
    return f"{home} {score} {away}{' ' + rest if rest else ''}."


def kick_off_sentence(club: str, chance: float, *, tie: bool) -> str:
    """What was said of one side at kick-off."""
    return f"At kick-off {possessive(club)} chance of {'going through' if tie else 'winning'} was {percent(chance)}."


def goal_line(minute: str, score: str, scorer: str | None, club: str, before: float, after: float) -> str:
    """A goal, and what it did to one side's chance."""
    who = f" {scorer}" if scorer else ""
    return f"{minute}' {score}{who}: {club} from {percent(before)} to {percent(after)}."


def range_sentence(club: str, most: tuple[str, float], least: tuple[str, float], *, tie: bool) -> str:
    """When one side's chance was highest and lowest."""
    what = "of going through" if tie else "of winning"
    return (
        f"{possessive(club)} chance {what} was highest in minute {most[0]} ({percent(most[1])}) "
        f"and lowest in minute {least[0]} ({percent(least[1])})."
    )


def _prize(stage: str | None) -> str:
    return "winning the final" if stage == "final" else "going through"
