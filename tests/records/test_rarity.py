"""Rarity: bits by hand, monotone in what is rare, and runs and counts as plain Python counts them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.records.columns import Columns
from secondleg.records.rarity import PRIOR, Alone, drawn_in, moments, surprise
from secondleg.records.terms import Unit


def rows(matches: list[tuple[int, int, int, int]]) -> Columns:
    """Columns of (club, opponent, day, bits), sorted by club and day."""
    matches = sorted(matches, key=lambda match: (match[0], match[2]))
    n = len(matches)
    zeros = np.zeros(n, dtype=np.int64)
    return Columns(
        unit=Unit.MATCH,
        club=np.array([m[0] for m in matches], dtype=np.uint64),
        opponent=np.array([m[1] for m in matches], dtype=np.uint64),
        country=zeros.astype(np.uint64),
        competition=zeros,
        id=np.arange(n),
        day=np.array([m[2] for m in matches], dtype=np.int64),
        season=zeros,
        rank=zeros,
        third=zeros,
        venue=zeros,
        scored=np.array([m[3] & 3 for m in matches], dtype=np.int64),
        conceded=zeros,
        holds=np.array([m[3] for m in matches], dtype=np.uint64),
    )


def test_bits_by_hand() -> None:
    others = np.array([0, 1, 2, 3, 4, 5, 6, 7])
    assert surprise(7, others) == (3.0, 1, 8)  # one in eight
    assert surprise(4, others) == (1.0, 4, 8)
    assert surprise(0, others) == (0.0, 8, 8)
    # no share is smaller than one of those compared
    assert surprise(99, others) == (3.0, 0, 8)
    assert surprise(1, np.zeros(0)) == (0.0, 0, 0)


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(0, 60), st.integers(0, 60))
def test_what_is_rarer_is_more_surprising(others: list[int], one: int, other: int) -> None:
    least, most = sorted((one, other))
    assert surprise(least, np.array(others))[0] <= surprise(most, np.array(others))[0]


def test_never_of_two_says_little_and_never_of_forty_much() -> None:
    usual = 0.3
    two, forty = (float(drawn_in(np.array([0]), np.array([n]), usual)[0]) for n in (2, 40))
    assert two == pytest.approx(PRIOR * usual / (PRIOR + 2))
    assert forty == pytest.approx(PRIOR * usual / (PRIOR + 40))
    assert 0 < forty < two < usual


MATCHES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 900), st.integers(0, 7)),
    max_size=60,
    unique_by=lambda match: (match[0], match[2]),
)


@given(MATCHES, st.integers(100, 1000), st.integers(1, 3), st.sampled_from([1, 2, 5]))
def test_runs_and_counts_as_plain_python_counts_them(
    matches: list[tuple[int, int, int, int]], day: int, years: int, n: int
) -> None:
    found = moments(rows(matches), "club", day, years)
    expected = []
    for back, club in itertools.product(range(years), range(4)):
        at = day - round(365.25 * back)
        before = sorted(match[2:] for match in matches if match[0] == club and match[2] < at)
        if before and before[-1][0] >= at - 365:
            expected.append([bits for _, bits in before])
    for event in range(3):
        held = [[bool(bits >> event & 1) for bits in played] for played in expected]
        run = [len(list(itertools.takewhile(bool, reversed(each)))) for each in held]
        assert sorted(found.run(event, True).tolist()) == sorted(run)
        wait = [len(list(itertools.takewhile(lambda hit: not hit, reversed(each)))) for each in held]
        assert sorted(found.run(event, False).tolist()) == sorted(wait)
        assert sorted(found.count(event).tolist()) == sorted(sum(each) for each in held)
        assert sorted(found.count(event, n).tolist()) == sorted(sum(each[-n:]) for each in held)
    goals = [sum(bits & 3 for bits in played[-n:]) for played in expected if len(played) >= n]
    assert sorted(found.goals("scored", n).tolist()) == sorted(goals)
    assert sorted(found.played.tolist()) == sorted(map(len, expected))


@given(MATCHES)
def test_pairs_are_told_apart(matches: list[tuple[int, int, int, int]]) -> None:
    found = moments(rows(matches), "opponent", 1000, None)
    pairs: dict[tuple[int, int], int] = {}
    for club, opponent, _, _ in matches:
        pairs[club, opponent] = pairs.get((club, opponent), 0) + 1
    assert sorted(found.played.tolist()) == sorted(pairs.values())


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_the_longest_run_and_the_longest_before_it(held: list[bool]) -> None:
    alone = Alone(rows([(0, 0, day, int(hit)) for day, hit in enumerate(held)]))
    runs = [len(list(run)) for hit, run in itertools.groupby(held) if hit]
    longest, before = alone.longest(0)
    assert longest == max(runs, default=0)
    assert before == max(runs[:-1] if held[-1] else runs, default=0)
    assert alone.runs[0] == (runs[-1] if held[-1] else 0)
    assert alone.waits[0] == (held[::-1].index(True) if any(held) else len(held))
    assert alone.counts[0] == sum(held)
    assert [alone.count(0, n) for n in (1, 3, 50)] == [sum(held[-n:]) for n in (1, 3, 50)]
    assert alone.goals("scored", 3) == sum(held[-3:])
