"""Margins against a loop over pairs; the choice against known sizes of topics."""

import numpy as np
import pytest

from issuemine.discover.communities import leiden
from issuemine.discover.graph import distinct_vectors, neighbour_graph
from issuemine.discover.merging import merge_alike
from issuemine.discover.metrics import score
from issuemine.discover.neighbours import nearest_neighbours
from issuemine.discover.resolution import GRID, choose_resolution, margins
from tests.issuemine.discover.worlds import groups


def margin_by_hand(vectors: np.ndarray, labels: np.ndarray, i: int) -> float:
    means = {}
    for label in set(labels.tolist()):
        others = [float(vectors[i] @ vectors[j]) for j in np.flatnonzero(labels == label) if j != i]
        means[label] = float(np.mean(others)) if others else 0.0
    own = means.pop(int(labels[i]))
    return own - max(means.values(), default=0.0)


def test_margins_are_those_of_a_loop_over_pairs() -> None:
    vectors, labels = groups([12, 7, 1, 5, 2], dim=10, spread=1.5)
    expected = [margin_by_hand(vectors, labels, i) for i in range(len(vectors))]
    np.testing.assert_allclose(margins(vectors, labels), expected, atol=1e-5)
    rows = np.array([3, 19, 22])
    np.testing.assert_allclose(margins(vectors, labels, rows), np.array(expected)[rows], atol=1e-5)


def test_one_topic_alone_has_its_cohesion_for_margin() -> None:
    vectors, labels = groups([9], dim=10)
    expected = [margin_by_hand(vectors, labels, i) for i in range(9)]
    np.testing.assert_allclose(margins(vectors, labels), expected, atol=1e-5)


@pytest.mark.parametrize("sizes", [[10] * 120, [170] * 8, [60] * 20, [200, 100, 50] + [12] * 30])
def test_the_choice_recovers_topics_of_any_size(sizes: list[int]) -> None:
    vectors, truth = groups(sizes, spread=0.9, seed=len(sizes))
    distinct = distinct_vectors(vectors)
    graph = neighbour_graph(nearest_neighbours(distinct.vectors, 15))
    chosen = choose_resolution(graph, distinct.vectors)
    found = leiden(graph, chosen.value, iterations=3)[distinct.row_to_distinct]
    assert score(truth, found)["nmi"] > 0.9
    assert chosen.value in GRID
    assert set(chosen.margins) <= set(GRID.tolist())


def test_halves_of_one_topic_are_joined_and_topics_are_not() -> None:
    vectors, truth = groups([60] * 5, spread=0.8)
    halved = truth.copy()
    halved[:30] = 5
    assert score(truth, merge_alike(vectors, halved))["ari"] == 1
    assert score(truth, merge_alike(vectors, truth))["ari"] == 1


def test_lone_mentions_are_not_merged() -> None:
    vectors, _ = groups([1] * 6)
    assert merge_alike(vectors, np.arange(6)).tolist() == list(range(6))
