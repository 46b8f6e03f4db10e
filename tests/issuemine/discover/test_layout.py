"""The map: alike topics lie near each other, the same input gives the same map, and it moves little."""

import numpy as np
import pytest

from issuemine.discover.layout import distances, layout


def groups(n: int = 40, of: int = 4, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Centres around a few directions, and the direction of each."""
    rng = np.random.default_rng(seed)
    which = np.arange(n) % of
    return 4 * rng.normal(size=(of, 24))[which] + rng.normal(size=(n, 24)), which


def apart(centres: np.ndarray) -> np.ndarray:
    names = [f"T{at}" for at in range(len(centres))]
    return distances(names, ["model"] * len(names), list(centres), {})


@pytest.mark.parametrize("seed", range(5))
def test_alike_topics_lie_near_each_other(seed: int) -> None:
    centres, which = groups(seed=seed)
    places = layout(apart(centres))
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(len(places))
    assert np.mean(which[gaps.argmin(axis=1)] == which) > 0.9
    assert places.min() == 0
    assert places.max() == 1


def test_the_same_distances_give_the_same_map() -> None:
    found = apart(groups()[0])
    assert np.array_equal(layout(found), layout(found))


def test_a_map_stays_as_it_was_when_a_topic_comes() -> None:
    centres, _ = groups(41)
    old = layout(apart(centres[:40]))
    before = np.vstack([old, [[np.nan, np.nan]]])
    moved = np.linalg.norm(layout(apart(centres), before)[:40] - old, axis=1)
    afresh = np.linalg.norm(layout(apart(centres[::-1]))[::-1][:40] - old, axis=1)
    assert np.median(moved) < 0.1
    assert np.median(moved) <= np.median(afresh)


def test_linked_topics_of_two_spaces_are_nearer_than_strangers() -> None:
    found = distances(
        ["T1", "T2", "T3", "T4"],
        ["model", "model", "lexical-ko", "lexical-ko"],
        [[1, 0], [0, 1], [1, 0, 0], [0, 1, 0]],
        {("T1", "T3"): 0.9, ("T3", "T1"): 0.9},
    )
    assert found[0, 2] < found[0, 3]
    assert found[0, 2] < found[1, 2]
    assert np.array_equal(found, found.T)
    assert not found.diagonal().any()


@pytest.mark.parametrize("n", [0, 1, 2, 3, 6])
def test_few_topics_have_places_too(n: int) -> None:
    rng = np.random.default_rng(n)
    places = layout(apart(rng.normal(size=(n, 5)))) if n else layout(np.empty((0, 0)))
    assert places.shape == (n, 2)
    assert np.isfinite(places).all()


def test_topics_that_are_the_same_all_have_places() -> None:
    places = layout(apart(np.ones((7, 3))))
    assert np.isfinite(places).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_map_of_the_same_topics_stays_as_it_is(seed: int) -> None:
    found = apart(groups(90, of=9, seed=seed)[0])
    old = layout(found)
    assert np.array_equal(layout(found, old), old)
