"""Scores of forecasts: published examples, hand arithmetic, and what makes a score proper."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondleg.errors import BadInput
from secondleg.forecast import evaluation
from secondleg.forecast.calibration import calibration_curve, decomposition
from secondleg.forecast.evaluation import AWAY_WIN, DRAW, HOME_WIN

weights = st.tuples(*[st.floats(0.01, 1.0)] * 3)
results = st.sampled_from((HOME_WIN, DRAW, AWAY_WIN))


def normal(parts: tuple[float, float, float]) -> np.ndarray:
    return np.array(parts) / sum(parts)


@pytest.mark.parametrize(
    ("chances", "result", "published"),
    [
        # Constantinou and Fenton (2012), table 3: two forecasters of five matches, RPS to four places
        ((1.00, 0.00, 0.00), HOME_WIN, 0.0000),
        ((0.90, 0.10, 0.00), HOME_WIN, 0.0050),
        ((0.80, 0.10, 0.10), HOME_WIN, 0.0250),
        ((0.50, 0.25, 0.25), HOME_WIN, 0.1562),
        ((0.35, 0.30, 0.35), DRAW, 0.1225),
        ((0.60, 0.30, 0.10), DRAW, 0.1850),
        ((0.60, 0.25, 0.15), HOME_WIN, 0.0913),
        ((0.60, 0.15, 0.25), HOME_WIN, 0.1113),
        ((0.57, 0.33, 0.10), HOME_WIN, 0.0975),
        ((0.60, 0.20, 0.20), HOME_WIN, 0.1000),
    ],
)
def test_the_ranked_probability_score_of_the_published_examples(
    chances: tuple[float, float, float], result: int, published: float
) -> None:
    told = evaluation.rps(np.array([chances]), np.array([result]))
    assert told[0] == pytest.approx(published, abs=6e-5)


def test_scores_by_hand() -> None:
    chances = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]])
    result = np.array([HOME_WIN, AWAY_WIN])
    assert evaluation.log_loss(chances, result) == pytest.approx([math.log(2), math.log(5)])
    # cumulative 0.5 0.8 against 1 1 and against 0 0
    assert evaluation.rps(chances, result) == pytest.approx([(0.25 + 0.04) / 2, (0.25 + 0.64) / 2])
    through = np.array([True, False])
    assert evaluation.brier(np.array([0.9, 0.9]), through) == pytest.approx([0.01, 0.81])
    assert evaluation.binary_log_loss(np.array([0.9, 0.9]), through) == pytest.approx(
        [-math.log(0.9), -math.log(0.1)]
    )
    assert evaluation.result_of(np.array([2, 1, 0]), np.array([1, 1, 3])).tolist() == [0, 1, 2]


def test_what_was_called_impossible_costs_much_and_not_infinitely_much() -> None:
    told = evaluation.log_loss(np.array([[1.0, 0.0, 0.0]]), np.array([DRAW]))
    assert told[0] == pytest.approx(-math.log(evaluation.FLOOR))


def test_the_chance_of_a_score_is_read_home_before_away_and_its_edge_beyond() -> None:
    grids = np.arange(18.0).reshape(2, 3, 3)
    told = evaluation.score_chance(grids, np.array([1, 9]), np.array([2, 0]))
    assert told.tolist() == [5.0, 15.0]


@given(weights, results)
def test_scores_lie_in_their_range(parts: tuple[float, float, float], result: int) -> None:
    chances = normal(parts)[None]
    assert 0.0 <= evaluation.rps(chances, np.array([result]))[0] <= 1.0
    assert evaluation.log_loss(chances, np.array([result]))[0] >= 0.0


@given(weights, weights)
def test_scores_are_proper(believed: tuple[float, float, float], said: tuple[float, float, float]) -> None:
    """Whoever says what he believes expects no worse score than with anything else that he could say."""
    truth, other = normal(believed), normal(said)
    every = np.array([HOME_WIN, DRAW, AWAY_WIN])
    for measure in (evaluation.rps, evaluation.log_loss):
        honest, feigned = (truth @ measure(np.tile(p, (3, 1)), every) for p in (truth, other))
        assert honest <= feigned + 1e-12
    happened = np.array([True, False])
    for binary in (evaluation.brier, evaluation.binary_log_loss):
        p, q = truth[0], other[0]
        honest, feigned = (np.array([p, 1 - p]) @ binary(np.array([x, x]), happened) for x in (p, q))
        assert honest <= feigned + 1e-12


@given(weights, results)
def test_swapping_the_sides_changes_no_score(parts: tuple[float, float, float], result: int) -> None:
    chances = normal(parts)[None]
    for measure in (evaluation.rps, evaluation.log_loss):
        swapped = measure(chances[:, ::-1], np.array([2 - result]))
        assert measure(chances, np.array([result])) == pytest.approx(swapped)


@given(st.lists(st.tuples(weights, results), min_size=2, max_size=12), st.randoms())
def test_the_order_of_matches_does_not_matter(
    matches: list[tuple[tuple[float, float, float], int]], random: object
) -> None:
    shuffled = list(matches)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (
        evaluation.mean_of(
            evaluation.rps(np.array([normal(p) for p, _ in each]), np.array([r for _, r in each]))
        )
        for each in (matches, shuffled)
    )
    assert (one.mean, one.error) == pytest.approx((other.mean, other.error))


def test_means_and_paired_differences_by_hand() -> None:
    mean = evaluation.mean_of(np.array([1.0, 2.0, np.nan, 3.0]))
    assert (mean.mean, mean.n) == (2.0, 3)
    assert mean.error == pytest.approx(1.0 / math.sqrt(3))  # the standard deviation of 1, 2, 3 is 1
    apart = evaluation.difference(np.array([1.0, 5.0, 3.0]), np.array([0.5, 4.5, 2.5]))
    assert (apart.mean, apart.error) == (0.5, 0.0)
    none = evaluation.mean_of(np.array([np.nan]))
    assert none.to_dict() == {"mean": None, "error": None, "n": 0}
    with pytest.raises(BadInput, match="same matches"):
        evaluation.difference(np.zeros(2), np.zeros(3))


def test_a_calibration_curve_by_hand() -> None:
    chance = np.array([0.05, 0.1, 0.15, 0.95, 1.0, np.nan])
    happened = np.array([True, False, False, True, True, True])
    low, middle, high = calibration_curve(chance, happened)
    assert (low.low, low.high, low.n, low.said, low.seen) == (0.0, 0.1, 1, 0.05, 1.0)
    assert (middle.n, middle.said, middle.seen) == (2, 0.125, 0.0)
    assert (high.low, high.high, high.n, high.said, high.seen) == (0.9, 1.0, 2, 0.975, 1.0)
    assert middle.error == pytest.approx(math.sqrt(0.1 * 0.9 + 0.15 * 0.85) / 2)
    assert middle.errors_apart == pytest.approx(-0.125 / middle.error)
    with pytest.raises(BadInput, match="must rise"):
        calibration_curve(chance, happened, (0.0, 0.5, 0.5))


@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), min_size=1, max_size=60))
def test_bins_hold_every_chance_once(said: list[tuple[float, bool]]) -> None:
    chance, happened = np.array([p for p, _ in said]), np.array([x for _, x in said])
    bins = calibration_curve(chance, happened)
    assert sum(each.n for each in bins) == len(said)
    assert all(one.high <= other.low for one, other in pairwise(bins))
    assert sum(each.n * each.said for each in bins) == pytest.approx(chance.sum())
    assert sum(each.n * each.seen for each in bins) == pytest.approx(happened.sum())


@given(st.lists(st.tuples(st.sampled_from((0.05, 0.35, 0.75)), st.booleans()), min_size=1, max_size=60))
def test_the_parts_of_a_brier_score_make_it_up(said: list[tuple[float, bool]]) -> None:
    """Murphy's partition is exact where all chances of a bin are the same."""
    chance, happened = np.array([p for p, _ in said]), np.array([x for _, x in said])
    parts = decomposition(chance, happened)
    whole = evaluation.brier(chance, happened).mean()
    assert parts.reliability - parts.resolution + parts.uncertainty == pytest.approx(whole)
