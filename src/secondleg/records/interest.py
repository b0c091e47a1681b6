"""How interesting an answer is, from 0 (what anyone would expect) to 1: by how improbable it was.

An answer is measured in bits of surprise, -log2 of the chance of something so extreme, and bits become
interest by 1 - 2^(-bits / 5): one in 32 is 0.5, one in a thousand 0.75. Three chances are used, all from
the answer itself:

* a run of L, or L units without the event: p^L, with p from the units outside the run, by the rule of
  succession (k + 1) / (n + 2);
* k of n, where nothing is known of the event beforehand: every k from 0 to n is as likely as any other
  (Bayes 1763), so "never in n" has the chance 1 / (n + 1), and k of n that of both tails together;
* the longest of many runs: 1 - exp(-n (1 - p) p^L), the Poisson approximation for the number of runs of L
  or more (Feller, An Introduction to Probability Theory and Its Applications, vol. 1, ch. XIII.7).

What the archive cannot vouch for counts half: a preview should not lead with it.
"""

from __future__ import annotations

import math
from typing import Final

from secondleg.records.answer import (
    Answer,
    Count,
    Form,
    Furthest,
    Never,
    Occurrence,
    Record,
    Since,
    Streak,
)
from secondleg.records.terms import Statistic

__all__ = ["interest"]

HALF_AT: Final = 5.0
"""Bits of surprise at which an answer is half as interesting as can be: our choice, one in 32."""

UNSURE: Final = 0.5
"""Weight of an answer whose coverage is not complete: our choice."""


def interest(answer: Answer) -> float:
    """Interest of `answer`, 0 to 1; 0 for values without a surprise of their own, such as a sum of goals."""
    found = 1.0 - math.exp2(-surprise(answer) / HALF_AT)
    return found if answer.coverage.complete else UNSURE * found


def surprise(answer: Answer) -> float:
    """Bits of surprise in the value of `answer`; at least 0."""
    value, k, n = answer.value, answer.k, answer.n
    match value:
        case Streak(length=length) if answer.question.statistic is Statistic.LONGEST_STREAK:
            return _longest_run(length, k, n)
        case Streak(length=length):
            return _run(length, k - length, n - length)
        case Occurrence(before=before, since=since):
            quiet = before if answer.question.statistic is Statistic.FIRST else since
            return _run(quiet, n - quiet - k, n - quiet)
        case Since(between=between):
            return _run(between, n - between - k, n - between)
        case Never(never=True, of=of):
            return math.log2(of + 1)
        case Count(k=hits, of=of):
            return _share(hits, of)
        case Record(won=won):
            return _share(won, value.played)
        case Form(letters=letters):
            return _share(sum(letter in "WT" for letter in letters), len(letters))
        case Furthest():
            return math.log2((n + 1) / value.times) if n else 0.0
        case _:
            return 0.0


def _run(length: int, k: int, n: int) -> float:
    """A run of `length`, where outside the run `k` of `n` units were of that kind."""
    rate = (max(k, 0) + 1) / (max(n, 0) + 2)
    return -length * math.log2(rate)


def _share(k: int, n: int) -> float:
    tails = 2 * min(k + 1, n - k + 1) / (n + 1)
    return max(0.0, -math.log2(tails))


def _longest_run(length: int, k: int, n: int) -> float:
    if length == 0:
        return 0.0
    rate = (max(k - length, 0) + 1) / (max(n - length, 0) + 2)
    expected = n * (1 - rate) * rate**length
    chance = -math.expm1(-expected)
    return max(0.0, -math.log2(chance)) if chance > 0 else _CERTAIN


_CERTAIN: Final = 1074.0
"""Bits of the smallest chance that a double can hold."""
