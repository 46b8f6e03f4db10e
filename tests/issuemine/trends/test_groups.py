"""Dense groups: what is said at once and was not said before."""

import numpy as np
import numpy.typing as npt

from issuemine.trends.groups import dense_groups

DIM = 64


def around(centre: int, n: int, seed: int, spread: float = 0.08) -> npt.NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    vectors = spread * rng.standard_normal((n, DIM))
    vectors[:, centre] += 1
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def scattered(n: int, seed: int) -> npt.NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((n, DIM))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_a_new_group_is_found_among_scattered_mentions() -> None:
    fresh = np.concatenate([scattered(40, 0), around(3, 12, 1)])
    (group,) = dense_groups(fresh, np.arange(52), scattered(500, 2), near=0.6, scale=0.1, min_records=5)
    assert sorted(group.members.tolist()) == list(range(40, 52))
    assert group.excess == 12


def test_what_was_always_said_as_often_has_hardly_an_excess() -> None:
    past = np.concatenate([scattered(300, 0), around(3, 200, 1)])
    fresh = np.concatenate([scattered(30, 2), around(3, 20, 3)])
    groups = dense_groups(fresh, np.arange(50), past, near=0.6, scale=0.1, min_records=5)
    assert all(group.excess < 3 for group in groups)


def test_many_mentions_of_one_record_are_no_group() -> None:
    fresh = around(3, 12, 1)
    assert (
        dense_groups(fresh, np.zeros(12, np.int64), scattered(50, 2), near=0.6, scale=0.1, min_records=3)
        == []
    )


def test_the_group_with_the_largest_excess_comes_first() -> None:
    past = around(5, 60, 9)
    fresh = np.concatenate([around(3, 10, 1), around(5, 14, 2)])
    groups = dense_groups(fresh, np.arange(24), past, near=0.6, scale=0.1, min_records=5)
    assert [group.excess for group in groups] == [10.0, 8.0]
