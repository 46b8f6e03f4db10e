"""A discovery anew keeps what it can, changes what it must, and bounds the change."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from issuemine.discover import NeighbourCommunities, Start
from issuemine.discover.rediscovery import in_order


def world(seed: int, sizes: list[int], spread: float = 0.7) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(len(sizes), 32))
    labels = np.repeat(np.arange(len(sizes)), sizes)
    vectors = centres[labels] + rng.normal(scale=spread, size=(len(labels), 32))
    return np.asarray(vectors, dtype=np.float32), labels


def test_starting_from_the_truth_the_truth_is_kept() -> None:
    vectors, truth = world(0, [40] * 8)
    found = NeighbourCommunities().fit(vectors, start=Start(truth)).labels_
    assert adjusted_rand_score(truth, found) > 0.98


def test_a_topic_of_what_had_none_is_found() -> None:
    vectors, truth = world(1, [40] * 8)
    start = np.where(truth == 7, -1, truth)
    found = NeighbourCommunities().fit(vectors, start=Start(start)).labels_
    new = found[truth == 7]
    assert np.bincount(new[new >= 0]).max() >= 36
    assert adjusted_rand_score(truth[truth < 7], found[truth < 7]) > 0.98


@pytest.mark.parametrize("least", [0.85, 0.95])
def test_no_more_is_changed_than_allowed(least: float) -> None:
    vectors, truth = world(2, [30] * 10, spread=1.6)
    rng = np.random.default_rng(5)
    wrong = np.where(rng.random(len(truth)) < 0.2, rng.integers(0, 10, len(truth)), truth)
    estimator = NeighbourCommunities(min_agreement=least, min_cohesion=-1.0, min_topic_size=1)
    found = estimator.fit(vectors, start=Start(wrong)).labels_
    assert adjusted_rand_score(wrong, found) >= least - 0.02


def test_the_same_start_gives_the_same_topics() -> None:
    vectors, truth = world(3, [30] * 6, spread=1.2)
    start = Start(np.where(np.arange(len(truth)) % 3 == 0, -1, truth))
    one, two = (NeighbourCommunities().fit(vectors, start=start).labels_ for _ in range(2))
    np.testing.assert_array_equal(one, two)
    turned = np.random.default_rng(0).permutation(len(truth))
    three = NeighbourCommunities().fit(vectors[turned], start=Start(start.labels[turned])).labels_
    np.testing.assert_array_equal(one[turned], three)


def test_the_resolution_in_use_is_kept_while_it_is_nearly_as_good() -> None:
    tried = {1.0: 0.2, 2.0: 0.29, 4.0: 0.3, 8.0: 0.28, 16.0: 0.1}
    assert in_order(4.0, tried, None) == [4.0, 2.0, 1.0]
    assert in_order(4.0, tried, 8.0) == [8.0, 4.0, 2.0, 1.0]
    assert in_order(4.0, tried, 16.0) == [4.0, 2.0, 1.0]
    assert in_order(4.0, tried, 3.0) == [4.0, 2.0, 1.0]
