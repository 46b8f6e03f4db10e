"""The graph against one built pair by pair."""

import networkx
import numpy as np

from issuemine.discover.communities import leiden
from issuemine.discover.graph import distinct_vectors, neighbour_graph
from issuemine.discover.neighbours import nearest_neighbours
from tests.issuemine.discover.worlds import groups


def graph_by_hand(vectors: np.ndarray, k: int) -> np.ndarray:
    n = len(vectors)
    cosines = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    near = [sorted((j for j in range(n) if j != i), key=lambda j: -cosines[i, j])[:k] for i in range(n)]
    usual = [np.mean([max(cosines[i, j], 0) for j in near[i]]) for i in range(n)]
    weights = np.zeros((n, n))
    for i in range(n):
        for j in near[i]:
            weight = (max(cosines[i, j], 0) / np.sqrt(usual[i] * usual[j])) ** 4
            weights[i, j] = weights[j, i] = max(weights[i, j], weight)
    return weights


def test_the_graph_is_the_one_built_pair_by_pair() -> None:
    vectors, _ = groups([25] * 8, spread=1.2)
    graph = neighbour_graph(nearest_neighbours(vectors, 7))
    np.testing.assert_allclose(graph.toarray(), graph_by_hand(vectors, 7), rtol=1e-4, atol=1e-6)


def test_identical_rows_are_one_vector_with_copies() -> None:
    rows = np.array([[3, 4], [0, 0], [1, 0], [3, 4], [-0.0, 2], [0.0, 5]], dtype=np.float32)
    distinct = distinct_vectors(rows)
    assert distinct.row_to_distinct[1] == -1
    assert distinct.row_to_distinct[0] == distinct.row_to_distinct[3]
    assert distinct.row_to_distinct[4] == distinct.row_to_distinct[5]
    assert sorted(distinct.copies.tolist()) == [1, 2, 2]
    used = distinct.row_to_distinct >= 0
    lengths = np.linalg.norm(rows[used], axis=1, keepdims=True)
    np.testing.assert_allclose(distinct.vectors[distinct.row_to_distinct[used]], rows[used] / lengths)


def test_distinct_vectors_do_not_depend_on_the_order_of_rows() -> None:
    rows, _ = groups([9] * 5)
    shuffled = rows[np.random.default_rng(1).permutation(len(rows))]
    np.testing.assert_array_equal(distinct_vectors(rows).vectors, distinct_vectors(shuffled).vectors)


def test_communities_have_more_modularity_than_random_ones_and_the_truth_at_most_as_much() -> None:
    vectors, truth = groups([30] * 6, spread=1.3)
    graph = neighbour_graph(nearest_neighbours(vectors, 10))
    whole = networkx.from_scipy_sparse_array(graph)

    def modularity(labels: np.ndarray) -> float:
        parts = [set(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)]
        return float(networkx.community.modularity(whole, parts, weight="weight"))

    found = modularity(leiden(graph, 1.0, iterations=3))
    assert found > modularity(np.random.default_rng(0).integers(0, 6, len(truth))) + 0.3
    assert found >= modularity(truth) - 0.01


def test_a_node_without_edges_is_a_community_of_its_own() -> None:
    vectors = np.eye(5, dtype=np.float32)
    graph = neighbour_graph(nearest_neighbours(vectors, 2))
    assert leiden(graph, 1.0).tolist() == [0, 1, 2, 3, 4]
