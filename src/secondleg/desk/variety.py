"""A diverse choice: the best candidate, then the best of what says something else.

What rests on the very matches of a fact already told, or on a part of them and is about the same thing, is nested in it
and is never told beside it. What shares some of its matches or its topic loses a part of its score. What the
latest matches have turned into its contrary is not told without them, and these come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from secondleg.records.candidate import Candidate, topic, turned

__all__ = ["LEAST", "Pool", "nested"]

_SAME_MATCHES: Final = 0.8
"""Part of the score that a candidate would lose that shared all its matches with one told about the same thing …"""

_SAME_MATCHES_ELSE: Final = 0.3
"""… and with one told about something else."""

LEAST: Final = 0.7
"""Score from which a fact is told at all, if not asked otherwise; what is like those told already has less than its
own."""

_SAME_TOPIC: Final = 0.5
"""Factor for each fact already told of the same side about the same thing."""

_SAME_SIDE: Final = 0.8
"""Factor for each fact already told of the same side."""

_MIRROR: Final = {"goals conceded": "goals scored", "goals scored": "goals conceded"}


def nested(one: Candidate, other: Candidate) -> bool:
    """Whether one of the two tells a part of what the other tells, or the same in other words."""
    mine, theirs = _matches(one), _matches(other)
    if mine == theirs:
        return one.question.unit is other.question.unit
    if _about(one) != _about(other):
        return False
    return mine <= theirs or theirs <= mine


def _matches(candidate: Candidate) -> frozenset[int]:
    return frozenset(candidate.proof)


def _about(candidate: Candidate) -> tuple[str, str]:
    """The side and the topic; of two sides against each other, as the one first by name sees it."""
    club, what = str(candidate.question.subject.club), topic(candidate.question)
    opponent = candidate.question.opponent
    if opponent is None:
        return club, what
    pair = " ".join(sorted((club, opponent)))
    return pair, what if club < opponent else _MIRROR.get(what, what)


class Pool:
    """Candidates to choose from, one after the other. The order in which they are given does not matter."""

    def __init__(self, candidates: Sequence[Candidate], least: float = LEAST) -> None:
        self._least = least
        self._left = {candidate: candidate.score for candidate in sorted(candidates, key=_order)}
        self._matches = {candidate: _matches(candidate) for candidate in candidates}

    def best(self) -> Candidate | None:
        """The candidate with the highest score as it now stands; None where none is left that is worth telling."""
        found = max(self._left, key=lambda candidate: self._left[candidate], default=None)
        return None if found is None or self._left[found] < self._least else found

    def turns(self, older: Candidate) -> list[Candidate]:
        """Runs of the latest matches that turn what is told of earlier ones into its contrary, the best first."""
        newer = [one for one in self._left if turned(older, one) and one.score >= self._least]
        return sorted(newer, key=lambda one: one.score, reverse=True)

    def drop(self, candidate: Candidate) -> None:
        """Do away with a candidate that cannot be told."""
        del self._left[candidate]

    def take(self, taken: Candidate) -> int:
        """Tell a candidate: what is nested in it goes, what is like it counts less. Returns how many went."""
        self.drop(taken)
        gone = 0
        side, (about, what) = taken.question.subject.club, _about(taken)
        for candidate in list(self._left):
            if nested(taken, candidate):
                self.drop(candidate)
                gone += 1
                continue
            factor = 1.0
            mine, theirs = self._matches[taken], self._matches[candidate]
            if taken.question.unit is candidate.question.unit and (either := len(mine | theirs)):
                part = _SAME_MATCHES if _about(candidate) == (about, what) else _SAME_MATCHES_ELSE
                factor *= 1 - part * len(mine & theirs) / either
            if candidate.question.subject.club == side:
                factor *= _SAME_SIDE
            if _about(candidate) == (about, what) and not turned(candidate, taken):
                factor *= _SAME_TOPIC
            self._left[candidate] *= factor
        return gone


def _order(candidate: Candidate) -> str:
    """A name that no two candidates share, so that equal scores are told in one order."""
    return repr(candidate.question)
