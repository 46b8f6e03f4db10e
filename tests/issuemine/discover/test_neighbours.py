"""Neighbours against a sorted list of all cosines."""

import numpy as np
import pytest

from issuemine.discover.neighbours import nearest_neighbours
from tests.issuemine.discover.worlds import groups, unit


def brute_force(base: np.ndarray, queries: np.ndarray, k: int, own: bool) -> np.ndarray:
    cosines = queries.astype(np.float64) @ base.astype(np.float64).T
    if own:
        np.fill_diagonal(cosines, -np.inf)
    return np.sort(cosines, axis=1)[:, ::-1][:, :k]


@pytest.mark.parametrize(("n", "k"), [(2, 1), (16, 15), (300, 15), (5000, 15), (5000, 200), (8192, 3)])
def test_the_k_largest_cosines_are_found(n: int, k: int) -> None:
    base = unit(np.random.default_rng(n).normal(size=(n, 12)))
    found = nearest_neighbours(base, k)
    assert found.indices.shape == (n, k)
    np.testing.assert_allclose(found.cosines, brute_force(base, base, k, own=True), atol=1e-5)
    pairs = np.einsum("ijk,ik->ij", base[found.indices], base)
    np.testing.assert_allclose(pairs, found.cosines, atol=1e-5)
    assert not (found.indices == np.arange(n)[:, None]).any()
    assert all(len(set(row)) == k for row in found.indices.tolist())


def test_queries_apart_from_the_base_may_equal_one_of_its_vectors() -> None:
    base, _ = groups([40] * 60)
    found = nearest_neighbours(base, 5, base[7:9])
    assert found.indices[:, 0].tolist() == [7, 8]
    np.testing.assert_allclose(found.cosines, brute_force(base, base[7:9], 5, own=False), atol=1e-5)


def test_neighbours_at_the_same_cosine_come_in_the_order_of_their_rows() -> None:
    base = np.zeros((40, 8), dtype=np.float32)
    base[np.arange(40), np.arange(40) % 8] = 1
    found = nearest_neighbours(base, 4)
    assert found.indices[0].tolist() == [8, 16, 24, 32]
    assert found.indices[8].tolist() == [0, 16, 24, 32]


def test_progress_counts_every_query() -> None:
    base, _ = groups([30] * 100)
    done: list[int] = []
    nearest_neighbours(base, 3, progress=done.append)
    assert sum(done) == len(base)
