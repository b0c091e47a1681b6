"""Choosing among answers: what an editor would print, and each thing once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from secondleg.records import Answer, Occurrence, Scope, Streak, interest

__all__ = ["best_streaks", "worth_telling"]

_ABOUT: Final = {
    "won": "results", "unbeaten": "results", "winless": "results", "lost": "results",
    "scored": "goals scored", "failed to score": "goals scored",
    "clean sheet": "goals conceded", "conceded": "goals conceded",
}  # fmt: skip
"""What an event is about: of each, a preview tells the most interesting one."""

_SHORTEST: Final = 2
"""A run of one match is no run."""

_LEAST_INTEREST: Final = 0.4
"""Interest from which a run is told: one in 13 or so (`records.interest`); chosen by reading previews."""

_NOTABLE_WAIT: Final = 4
"""Matches without it from which the last win or clean sheet is told."""


def best_streaks(answers: Iterable[Answer], most: int, scope: Scope) -> list[Answer]:
    """The most interesting runs, at most one about results, one about goals scored and one about goals conceded.

    A run at one venue is preferred only if it is clearly more interesting than the one in all matches of `scope`.
    """
    best: dict[str, tuple[float, Answer]] = {}
    for answer in answers:
        value = answer.value
        if not isinstance(value, Streak) or value.length < _SHORTEST or not answer.coverage.complete:
            continue
        if answer.at_least:
            continue
        weight = interest(answer) * (1.0 if answer.question.scope == scope else 0.85)
        about = _ABOUT[answer.question.event.name]
        if weight >= _LEAST_INTEREST and weight > best.get(about, (0.0, answer))[0]:
            best[about] = (weight, answer)
    ranked = [answer for _, answer in sorted(best.values(), key=lambda pair: -pair[0])]
    return _told_once(ranked)[:most]


def _told_once(ranked: list[Answer]) -> list[Answer]:
    """Of runs over the very same matches (lost both, scored in neither) the first alone."""
    kept: list[Answer] = []
    seen: set[tuple[int, ...]] = set()
    for answer in ranked:
        run = tuple(row.match for row in answer.rows if row.holds)
        if run not in seen:
            kept.append(answer)
            seen.add(run)
    return kept


def worth_telling(answer: Answer) -> bool:
    """Whether the last time of something lies far enough back."""
    return (
        isinstance(answer.value, Occurrence)
        and answer.value.since >= _NOTABLE_WAIT
        and answer.coverage.complete
    )
