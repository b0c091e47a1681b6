"""What must hold of every merge: nothing is lost, nothing doubled, and the order of the rows does not matter."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.words import merged, read_words

from secondleg.archive.meetings import Bond, Kinship, join
from secondleg.archive.values import Voice, settle

SOURCES = ("openfootball", "engsoccerdata", "schochastics", "zzz")
PAIRS = list(permutations(("Ajax", "Feyenoord", "PSV", "Twente"), 2))

several = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@st.composite
def seasons(draw: st.DrawFn) -> tuple[set[tuple[str, str]], list[str]]:
    """What is played, and rows of several sources on it: with gaps, days off by one, slips of a score."""
    told: set[tuple[str, str]] = set()
    lines = []
    for source in SOURCES[: draw(st.integers(1, 4))]:
        for number, (home, away) in enumerate(PAIRS):
            how = draw(st.sampled_from(("well", "well", "well", "not", "early", "late", "wrong")))
            if how == "not":
                continue
            day = dt.date(2000, 8, 5) + dt.timedelta(days=7 * number + {"early": -1, "late": 1}.get(how, 0))
            score = f"{number % 4}-{9 if how == 'wrong' else number % 3}"
            lines.append(f"{source} ned.1 2000 {day} {home} {score} {away}")
            told.add((home.lower(), away.lower()))
    return told, lines


@pytest.mark.slow
@several
@given(seasons())
def test_no_match_is_lost_or_doubled(season: tuple[set[tuple[str, str]], list[str]]) -> None:
    told, lines = season
    found = merged("\n".join(lines))
    assert sorted((m["home"], m["away"]) for m in found.matches) == sorted(told)
    assert sum(m["sources"].count(":") for m in found.matches) == len(lines)
    assert set(found.fates.values()) <= {"kept"}


@pytest.mark.slow
@several
@given(seasons(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    season: tuple[set[tuple[str, str]], list[str]], random: Any
) -> None:
    rows = read_words("\n".join(season[1]))
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert merged(shuffled) == merged(rows)


@pytest.mark.slow
@several
@given(seasons())
def test_a_source_that_agrees_changes_nothing(season: tuple[set[tuple[str, str]], list[str]]) -> None:
    before = merged("\n".join(season[1]))
    lines = [f"zzzz ned.1 2000 {m['date']} {m['home']} {m['score']} {m['away']}" for m in before.matches]
    after = merged("\n".join([*season[1], *lines]))
    own = {"sources"}
    assert [{k: v for k, v in m.items() if k not in own} for m in after.matches] == [
        {k: v for k, v in m.items() if k not in own} for m in before.matches
    ]


BONDS = st.lists(
    st.builds(
        lambda kinship, days, one, other, bits: Bond(
            kinship, days, min(one, other), max(one, other), 1 << (one % bits), 1 << (other % bits)
        ),
        st.sampled_from(Kinship),
        st.integers(0, 30),
        st.integers(1, 8),
        st.integers(9, 16),
        st.just(4),
    ),
    max_size=30,
)


@given(BONDS, st.randoms(use_true_random=False))
def test_joining_gives_no_source_a_match_twice(bonds: list[Bond], random: Any) -> None:
    unions = join(bonds)
    shuffled = list(bonds)
    random.shuffle(shuffled)
    assert join(shuffled) == unions
    sources = {b.one: b.one_sources for b in bonds} | {b.other: b.other_sources for b in bonds}
    groups: dict[int, list[int]] = {}
    for union in unions:
        assert union.root < union.meeting
        groups.setdefault(union.root, [union.root]).append(union.meeting)
    for members in groups.values():
        assert len({sources[m] for m in members}) == len(members)


VOICES = st.lists(
    st.tuples(
        st.sampled_from(("a", "b", "c")),
        st.sampled_from((None, 1001, 2001, 2002)),
        st.sampled_from((None, 1001, 2001)),
        st.sampled_from((None, 1000, 1001)),
        st.sampled_from((None, 4003, 3004)),
        st.sampled_from((None, True, False)),
        st.sampled_from(("played", "awarded", "cancelled", "fixture", "postponed")),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=6,
)


def voices(drawn: list[tuple[Any, ...]]) -> list[Voice]:
    found = []
    for w, (family, goals, ft, ht, pens, extra, status, day) in enumerate(drawn):
        told = status in ("played", "awarded") and goals is not None
        found.append(
            Voice(
                match=1,
                w=w + (0 if told else 100),
                rank=w,
                source=f"source {w}",
                document="all.txt",
                line=w + 1,
                family=family,
                told=told,
                competition="eng.1",
                season=2000,
                date=dt.date(2000, 8, day),
                status=status,
                goals=goals if told else None,
                ft=ft if told and goals is not None and ft is not None and ft <= goals else None,
                ht=ht,
                pens=pens if told else None,
                after_extra_time=extra if told else None,
            )
        )
    return found


@given(VOICES, st.randoms(use_true_random=False))
def test_what_is_kept_was_told_and_fits_together(drawn: list[tuple[Any, ...]], random: Any) -> None:
    told = voices(drawn)
    verdict = settle(told)
    shuffled = list(told)
    random.shuffle(shuffled)
    assert settle(shuffled) == verdict
    assert verdict.date in {v.date for v in told}
    if verdict.status in ("played", "awarded") and any(v.told for v in told):
        agreeing = [v for v in told if v.told and v.goals == verdict.goals]
        assert agreeing
        assert verdict.pens in {v.pens for v in agreeing}
        assert verdict.ht in {v.ht for v in agreeing}
        if verdict.after_extra_time is False:
            assert verdict.ft == verdict.goals
        if verdict.ft not in (None, verdict.goals):
            assert verdict.after_extra_time is True
    # who is told of in a conflict told something else than what is kept
    assert all(c.kept != c.told for c in verdict.conflicts)


@given(VOICES)
def test_more_witnesses_for_what_is_kept_change_nothing(drawn: list[tuple[Any, ...]]) -> None:
    told = voices(drawn)
    verdict = settle(told)
    if verdict.goals is None or verdict.status not in ("played", "awarded"):
        return
    more = Voice(
        match=1, w=50, rank=50, source="more", document="all.txt", line=99, family="more", told=True,
        competition="eng.1", season=2000, date=verdict.date, status=verdict.status, goals=verdict.goals,
        ft=verdict.ft, ht=verdict.ht, pens=verdict.pens, after_extra_time=verdict.after_extra_time,
    )  # fmt: skip
    after = settle([*told, more])
    for name in ("date", "status", "goals", "ft", "ht", "pens", "after_extra_time"):
        assert getattr(after, name) == getattr(verdict, name)
