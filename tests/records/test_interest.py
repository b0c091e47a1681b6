"""Interest by hand: bits of surprise, and what they come to."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.records import (
    Answer,
    Count,
    Coverage,
    Event,
    Never,
    Question,
    Statistic,
    Streak,
    Subject,
    Total,
    interest,
)
from secondleg.records.answer import Value
from secondleg.records.interest import surprise

DAY = dt.date(2024, 4, 17)


def made(statistic: Statistic, value: Value, *, n: int, k: int, complete: bool = True) -> Answer:
    question = Question(statistic, Event("won"), Subject.of("eng/a"))
    whole = Coverage(complete, (), (), None, "")
    return Answer(question, value, (), whole, DAY, n, k, at_least=False)


def streak(length: int, *, n: int, k: int) -> Answer:
    return made(Statistic.CURRENT_STREAK, Streak(length, DAY, DAY, ongoing=True), n=n, k=k)


def test_a_run_by_the_rule_of_succession() -> None:
    # outside the run 7 of 14: (7 + 1) / (14 + 2) is one half, and five in a row one in 32
    assert surprise(streak(5, n=19, k=12)) == pytest.approx(5.0)
    assert interest(streak(5, n=19, k=12)) == pytest.approx(0.5)


def test_never_in_n_is_one_in_n_plus_one() -> None:
    never = made(Statistic.NEVER, Never(True, 31), n=31, k=0)
    assert surprise(never) == pytest.approx(5.0)


def test_k_of_n_by_both_tails() -> None:
    # none or all of 15: two of sixteen equally likely counts
    assert surprise(made(Statistic.SHARE, Count(0, 15), n=15, k=0)) == pytest.approx(3.0)
    assert surprise(made(Statistic.SHARE, Count(8, 15), n=15, k=8)) == pytest.approx(0.0)


def test_what_is_not_vouched_for_counts_half() -> None:
    sure = made(Statistic.SHARE, Count(0, 15), n=15, k=0)
    unsure = made(Statistic.SHARE, Count(0, 15), n=15, k=0, complete=False)
    assert interest(unsure) == pytest.approx(interest(sure) / 2)


def test_a_sum_of_goals_surprises_nobody() -> None:
    with pytest.raises(Exception, match="measure"):
        made(Statistic.TOTAL, Total(9, 3), n=3, k=3)
    assert interest(made(Statistic.COUNT, None, n=3, k=3)) == 0.0


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_longer_run_is_never_less_interesting(length: int, hits: int, misses: int) -> None:
    shorter = streak(length, n=length + hits + misses, k=length + hits)
    longer = streak(length + 1, n=length + 1 + hits + misses, k=length + 1 + hits)
    assert 0.0 <= interest(shorter) <= interest(longer) <= 1.0


@given(st.integers(1, 60), st.integers(0, 200), st.integers(0, 200))
def test_the_longest_of_many_runs_surprises_less_than_the_one_at_hand(
    length: int, hits: int, misses: int
) -> None:
    n, k = length + hits + misses, length + hits
    longest = made(Statistic.LONGEST_STREAK, Streak(length, DAY, DAY, ongoing=False), n=n, k=k)
    found = interest(longest)
    assert 0.0 <= found <= 1.0
    # of n places where a run can begin the best is at most n times as likely as any one
    assert surprise(longest) >= surprise(streak(length, n=n, k=k)) - math.log2(n) - 1e-9
