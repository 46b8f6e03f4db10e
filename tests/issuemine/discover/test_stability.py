"""Steadiness figures, against scikit-learn and against worlds whose answer is known."""

from collections import Counter

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from issuemine.discover import agreement_of_pairs, bootstrap_stability


@pytest.mark.parametrize("seed", range(10))
def test_overlaps_alone_give_the_adjusted_rand_index(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = rng.integers(0, 5, 300)
    now = np.where(rng.random(300) < 0.6, before, rng.integers(0, 6, 300))
    pairs = np.zeros((5, 6), dtype=np.int64)
    for (old, new), count in Counter(zip(before.tolist(), now.tolist(), strict=True)).items():
        pairs[old, new] = count
    assert agreement_of_pairs(pairs) == pytest.approx(adjusted_rand_score(before, now))


def test_overlaps_of_a_million_do_not_overflow() -> None:
    assert agreement_of_pairs(np.diag([10**9, 10**9, 10**9])) == pytest.approx(1.0)


def test_nothing_agrees_with_nothing() -> None:
    assert agreement_of_pairs(np.zeros((0, 0), dtype=np.int64)) == 1.0
    assert agreement_of_pairs(np.array([[1]])) == 1.0


def test_clear_topics_are_steady_and_one_cut_at_random_is_not() -> None:
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(6, 32))
    labels = np.repeat(np.arange(6), 50)
    vectors = (centres[labels] + rng.normal(scale=0.5, size=(300, 32))).astype(np.float32)
    labels[labels == 5] = rng.integers(5, 7, 50)
    scores = bootstrap_stability(vectors, labels, 7, resolution=1.0)
    assert (scores[:5] > 0.75).all()
    assert (scores[5:] < 0.75).all()
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_topic_without_members_has_no_score() -> None:
    vectors = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32)
    scores = bootstrap_stability(vectors, np.zeros(40, dtype=np.int64), 2, resolution=1.0)
    assert np.isnan(scores[1])
    assert np.isnan(bootstrap_stability(vectors, np.full(40, -1), 1, resolution=1.0)).all()
