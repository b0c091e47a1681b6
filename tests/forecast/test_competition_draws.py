"""Sampled draws against exact chances; nobody meets whom he must not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secondleg.football.draws import can_be_drawn, pair_chances
from secondleg.forecast.competition_draws import draw_groups, draw_pairs

RUNS = 20_000


@pytest.mark.parametrize("procedure", ["sequential", "uniform"])
@given(seed=st.integers(0, 1000), size=st.integers(2, 6))
@settings(max_examples=10)
def test_sampled_draws_have_the_exact_chances(procedure: str, seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    allowed = rng.random((size, size)) < 0.7
    assume(can_be_drawn(allowed))
    partner = draw_pairs(np.repeat(allowed[:, :, None], RUNS, axis=2), rng, procedure)  # type: ignore[arg-type]
    exact = pair_chances(allowed, procedure)  # type: ignore[arg-type]
    seen = np.stack([(partner == column).mean(axis=1) for column in range(size)], axis=1)
    assert np.abs(seen - exact).max() < 5 * 0.5 / RUNS**0.5
    assert (np.sort(partner, axis=0) == np.arange(size)[:, None]).all()
    assert (seen[~allowed] == 0).all()


def test_sixteen_pairs_with_constraints_of_their_own_in_each_run() -> None:
    """As many as the Europa League drew: five associations and twelve groups."""
    rng = np.random.default_rng(9)
    label = rng.integers(0, 5, size=(2, 16, 2000))
    allowed = label[0][:, None] != label[1][None, :]
    partner = draw_pairs(allowed, rng)
    assert (np.sort(partner, axis=0) == np.arange(16)[:, None]).all()
    may = np.take_along_axis(allowed, partner[:, None].astype(np.int64), axis=1)
    possible = np.array([can_be_drawn(allowed[:, :, run]) for run in range(2000)])
    assert may.all(axis=(0, 1))[possible].all()
    assert possible.mean() > 0.9


def test_drawn_groups_keep_apart_who_must_not_meet() -> None:
    rng = np.random.default_rng(3)
    pots = [np.repeat(np.arange(start, start + 8, dtype=np.int16)[:, None], 3000, axis=1) for start in (0, 8)]
    country = np.array([0, 0, 1, 1, 2, 2, 3, 4, 0, 1, 2, 3, 4, 5, 6, 7], dtype=np.int16)[:, None]
    before = np.array([*range(8), *range(8)], dtype=np.int16)[:, None]
    clubs = draw_groups(pots, 4, [country, before], rng)
    assert (np.sort(clubs, axis=0) == np.arange(16)[:, None]).all()
    grouped = clubs.reshape(4, 4, 3000)
    assert ((grouped < 8).sum(axis=1) == 2).all()
    for label in (country, before):
        ordered = np.sort(label[grouped, 0], axis=1)
        clash = (np.diff(ordered, axis=1) == 0).any(axis=(0, 1))
        assert clash.mean() < 0.02  # where the last row cannot be drawn
