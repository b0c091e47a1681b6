"""Sentences about a tie that is still open: where it stands, what is needed, how likely each ending is.

They take plain numbers and words, since language knows no forecasts; the desk brings the two together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from secondleg.football.match import Goals
from secondleg.football.stage import ENGLISH
from secondleg.football.tie import DecidedBy, TieRules
from secondleg.language.lexicon import day, joined, percent, possessive, stage_phrase

__all__ = [
    "endings_sentence",
    "first_leg_ahead_sentence",
    "first_leg_unplayed_sentence",
    "first_meeting_sentence",
    "half_time_sentence",
    "likely_score_sentence",
    "match_sentence",
    "needs_sentence",
    "next_stage_sentence",
    "replay_sentence",
    "rules_sentence",
    "single_tie_sentence",
    "state_sentence",
]


_WORTH_NAMING = 0.005
"""Chance from which an ending is named: half a percent, which rounds to one."""


def state_sentence(
    home: str, away: str, goals: Goals, on: dt.date, where: str | None, *, neutral: bool = False
) -> str:
    """Where a tie stands after its first leg, `home` and `away` being those of the first leg."""
    # "at the Emirates Stadium", but "at Anfield"
    article = "the " if where and where.endswith("Stadium") else ""
    ground = "on neutral ground" if neutral else f"at {article}{where}" if where else f"at {home}"
    if goals.difference == 0:
        return f"{home} and {away} are level at {goals} after the first leg {ground} on {day(on)}."
    leader = home if goals.difference > 0 else away
    score = f"{max(goals.home, goals.away)}-{min(goals.home, goals.away)}"
    how = (
        "winning the first leg at home"
        if leader == home and not where and not neutral
        else f"winning the first leg {ground}"
    )
    return f"{leader} lead {score} on aggregate after {how} on {day(on)}."


def first_meeting_sentence(where: str) -> str:
    """That the first leg was the first time that the two sides met; `where` as in "in Europe"."""
    return f"The first leg was the first meeting of the two sides {where}."


def half_time_sentence(home: str, away: str, half: Goals, final: Goals) -> str:
    """How the first leg stood at half-time."""
    if half.difference == 0:
        return f"The first leg was {half} at half-time and ended {home} {final} {away}."
    ahead = home if half.difference > 0 else away
    return (
        f"{ahead} led {max(half.home, half.away)}-{min(half.home, half.away)} at half-time of the first leg, "
        f"which ended {home} {final} {away}."
    )


def needs_sentence(club: str, leader: str | None, needs: Sequence[tuple[str, str]], last: DecidedBy) -> str:
    """What a side needs: `needs` are (scores in words, what they lead to), as the forecast room words them.

    "Liverpool go through if they win by four or more; if they win by exactly three, the tie goes to extra time."
    """
    through = [words for words, outcome in needs if outcome == "through"]
    level = [(words, outcome) for words, outcome in needs if outcome not in ("through", "out")]
    parts: list[str] = []
    if through:
        parts.append(f"{club} go through if they {joined(through, 'or')}")
    for words, outcome in level:
        led = {"extra time": "the tie goes to extra time", "penalties": "it comes to penalties"}.get(
            outcome, f"it comes to a {outcome}"
        )
        if outcome == "extra time" and last is DecidedBy.PENALTIES:
            led += " and, if need be, penalties"
        parts.append(f"if they {words}, {led}")
    rest = f"; any other result sends {leader} through" if leader else ""
    return f"{'; '.join(parts)}{rest}."


def rules_sentence(rules: TieRules) -> str:
    """Whether away goals count."""
    if rules.away_goals:
        return "Away goals count double if the aggregate is level."
    return "Away goals do not count double."


def single_tie_sentence(home: str, away: str, stage: str, rules: TieRules) -> str:
    """A tie of one match, and what happens if it is level."""
    lots = " and, if need be, penalties" if rules.last is DecidedBy.PENALTIES else ""
    if rules.last is DecidedBy.PLAY_OFF:
        level = "there is extra time and, if need be, a replay" if rules.extra_time else "there is a replay"
    elif rules.extra_time:
        level = f"there is extra time{lots}"
    else:
        level = "it goes straight to penalties"
    match = f"The {_tie_of(stage)} between {home} and {away} is a single match"
    return f"{match}; if it is level after 90 minutes, {level}."


def replay_sentence(stage: str) -> str:
    """A match that is played because those before it settled nothing."""
    return f"This is a replay in the {_tie_of(stage)}."


def _tie_of(stage: str) -> str:
    """The tie that is played at a stage: "final", "semi-final", "third-round tie", "last-16 tie"."""
    word = ENGLISH[stage]
    if stage in ("final", "semi-final", "quarter-final", "third-place"):
        return word
    # two words before a noun are one adjective; of three the hyphens would hide the sense
    return f"{word.replace(' ', '-') if word.count(' ') == 1 else word} tie"


def endings_sentence(
    club: str, through: float, endings: Sequence[tuple[str, float]], stage: str | None
) -> str:
    """A side's chance to go through, and how it splits by ending (endings of next to no chance are left out)."""
    known = [(how, chance) for how, chance in endings if chance >= _WORTH_NAMING]
    goal = "winning the final" if stage == "final" else "going through"
    lead = f"{possessive(club)} chance of {goal} is {percent(through)}"
    if len(known) < 2:
        return f"{lead}."
    told = joined(f"{percent(chance)} {how}" for how, chance in known)
    return f"{lead}: {told}."


def match_sentence(
    home: str, away: str, chances: tuple[float, float, float], goals: tuple[float, float]
) -> str:
    """The chances of the match itself after 90 minutes, with the goals to be expected."""
    win, draw, lose = chances
    return (
        f"Over the 90 minutes {home} win with a chance of {percent(win)} and {away} with {percent(lose)}; "
        f"a draw has {percent(draw)}. Expected goals: {home} {goals[0]:.1f}, {away} {goals[1]:.1f}."
    )


def likely_score_sentence(home: str, away: str, scores: Sequence[tuple[int, int, float]], both: float) -> str:
    """The likeliest scores, and the chance that both sides score."""
    (h, a, chance), (h2, a2, chance2) = scores[0], scores[1]
    return (
        f"The likeliest score is {home} {h}-{a} {away} ({percent(chance)}), then {h2}-{a2} ({percent(chance2)}); "
        f"both sides score with a chance of {percent(both)}."
    )


def first_leg_ahead_sentence(home: str, stage: str | None) -> str:
    """A tie that begins with this match."""
    what = _tie_of(stage) if stage else "tie"
    return f"This is the first leg of the {what}; {home} are away in the second."


def first_leg_unplayed_sentence(home: str, stage: str | None) -> str:
    """A second leg whose first leg, at `home`, is still to come."""
    what = _tie_of(stage) if stage else "tie"
    return f"This is the second leg of the {what}; the first, at {home}, is still to be played."


def next_stage_sentence(stage: str) -> str:
    """Where the winners go."""
    return f"The winners reach {stage_phrase(stage)}."
