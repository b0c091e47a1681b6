"""What is said of a match in play: where it stands, what a goal would change, what each goal has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from secondleg.desk.chances import ENDINGS
from secondleg.desk.fixtures import Fixture
from secondleg.football.match import Goals
from secondleg.forecast import Endings
from secondleg.forecast.live import LiveForecast, Moment
from secondleg.language import following, stating

__all__ = ["goal_rows", "played_sentences", "state_sentences"]


def state_sentences(fixture: Fixture, now: LiveForecast, before: Moment, brought: Goals | None) -> list[str]:
    """Where a match stands, what is likely now, and what the next goal would change."""
    home, away = fixture.home_name, fixture.away_name
    score, reds = now.state.score, now.state.reds
    told = [following.standing_sentence(str(now.state.minute), home, away, score, reds, brought)]
    sides = ((home, now.home_endings), (away, now.away_endings))
    for name, endings in sides:
        if endings is not None:
            told.append(stating.endings_sentence(name, endings.goes_through, _ways(endings), fixture.stage))
    if not now.state.minute.in_extra_time:
        told.append(following.result_sentence(home, away, (now.home_win, now.draw, now.away_win)))
    trailing = _of_interest(before)
    if before.home_through is not None:
        was = _through(before, trailing)
        told.append(following.before_sentence((home, away)[trailing], was, fixture.stage))
    if now.after_goal is not None:
        told.append(following.next_goal_sentence(home, away, now.next_goal))
        told.append(_what_a_goal_does(fixture, now))
    return told


def _what_a_goal_does(fixture: Fixture, now: LiveForecast) -> str:
    names, moment = (fixture.home_name, fixture.away_name), now.moment
    assert now.after_goal is not None
    if moment.home_through is None:
        wins = (moment.home_win, moment.away_win)
        then = (now.after_goal[0].home_win, now.after_goal[1].away_win)
        return following.goal_wins_sentence(names, wins, then)
    side = _of_interest(moment)
    after = now.after_goal[side], now.after_goal[1 - side]
    return following.goal_sentence(
        names[side],
        names[1 - side],
        _through(moment, side),
        _through(after[0], side),
        _through(after[1], side),
        fixture.stage,
    )


def goal_rows(
    fixture: Fixture, goals: Sequence[dict[str, Any]], moments: Sequence[Moment]
) -> list[dict[str, Any]]:
    """Each goal with the chances just before it and after it: of going through, or without a tie of winning."""
    rows, score = [], [0, 0]
    at = {str(moment.minute): place for place, moment in enumerate(moments)}
    for goal in goals:
        score[goal["side"]] += 1
        place = at.get(str(goal["minute"]), len(moments) - 1)
        before, after = moments[max(place - 1, 0)], moments[place]
        rows.append(
            {
                "minute": str(goal["minute"]),
                "side": ("home", "away")[goal["side"]],
                "scorer": goal["scorer"],
                "kind": goal["kind"],
                "score": f"{score[0]}-{score[1]}",
                "before": _chances(before),
                "after": _chances(after),
            }
        )
    return rows


def played_sentences(
    fixture: Fixture, result: str, moments: Sequence[Moment], goals: Sequence[dict[str, Any]]
) -> list[str]:
    """What was said before the match, and how each goal moved it."""
    names = fixture.home_name, fixture.away_name
    first = moments[0]
    side = _of_interest(first)
    key = ("home", "away")[side]
    tie = first.home_through is not None
    chances = [_chances(moment)[key] for moment in moments]
    told = [
        following.result_line(*names, result),
        following.kick_off_sentence(names[side], chances[0], tie=tie),
    ]
    for goal in goals:
        told.append(
            following.goal_line(
                goal["minute"],
                goal["score"],
                goal["scorer"],
                names[side],
                goal["before"][key],
                goal["after"][key],
            )
        )
    most = max(range(len(chances)), key=chances.__getitem__)
    least = min(range(len(chances)), key=chances.__getitem__)
    told.append(
        following.range_sentence(
            names[side],
            (str(moments[most].minute), chances[most]),
            (str(moments[least].minute), chances[least]),
            tie=tie,
        )
    )
    return told


def _chances(moment: Moment) -> dict[str, float]:
    """Of going through, or without a tie of winning, by side."""
    if moment.home_through is None:
        return {"home": moment.home_win, "away": moment.away_win}
    return {"home": moment.home_through, "away": 1.0 - moment.home_through}


def _of_interest(moment: Moment) -> int:
    """The side of whom the chances are told: the less likely to go through, or without a tie to win."""
    chances = _chances(moment)
    return 0 if chances["home"] <= chances["away"] else 1


def _through(moment: Moment, side: int) -> float:
    assert moment.home_through is not None
    return moment.home_through if side == 0 else 1.0 - moment.home_through


def _ways(endings: Endings) -> list[tuple[str, float]]:
    return [(words, getattr(endings, name)) for name, words in ENDINGS if getattr(endings, name) > 0]
