"""Matches and seasons as sentences name them: from the rows of an answer to the values of a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from secondleg.language.grammar import Values
from secondleg.language.kinds import Season
from secondleg.language.lexicon import Lexicon
from secondleg.records.answer import Evidence

__all__ = ["match_values", "named_once", "result_values", "season_of", "season_values"]


def match_values(row: Evidence, club: str, *, with_day: bool = True) -> Values:
    """A match as `club` saw it; the winner's goals come first."""
    scored, conceded = row.goals(club)
    _, after, rest = row.score.partition(" after extra time")
    pens = (rest if after else row.score).partition(", ")[2]
    return {
        "venue": "neutral" if row.neutral else "home" if club == row.home else "away",
        "outcome": "W" if scored > conceded else "D" if scored == conceded else "L",
        "score": (max(scored, conceded), min(scored, conceded)),
        "name": row.opponent(club),
        "extra": "after extra time" if after else None,
        "pens": _pens(pens),
        "day": row.date if with_day else None,
    }


def result_values(row: Evidence, *, with_day: bool = True) -> Values:
    """A match as its score line has it."""
    _, after, rest = row.score.partition(" after extra time")
    pens = (rest if after else row.score).partition(", ")[2]
    return {
        "home_name": row.home_name,
        "away_name": row.away_name,
        "score": (row.home_goals, row.away_goals),
        "extra": "after extra time" if after else None,
        "pens": _pens(pens),
        "day": row.date if with_day else None,
    }


def _pens(text: str) -> tuple[int, int] | None:
    score = text.partition(" ")[0]
    first, dash, second = score.partition("-")
    return (int(first), int(second)) if dash and first.isdigit() and second.isdigit() else None


def season_of(label: str) -> Season:
    """The season that a label names."""
    return Season(int(label[:4]), calendar=len(label) == 4)


def named_once(seasons: Sequence[Values]) -> list[Values]:
    """Seasons of which one after another in the same competition are told with it once, at the last of them."""
    after = [*seasons[1:], {}]
    return [
        {"season": one["season"]} if one.get("competition") == following.get("competition") else dict(one)
        for one, following in zip(seasons, after, strict=True)
    ]


def season_values(label: str, code: str, lexicon: Lexicon) -> Values:
    """A season with its competition, as it was called then."""
    return {"season": season_of(label), "competition": lexicon.competition(code, [int(label[:4])])}
