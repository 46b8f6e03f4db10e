"""New topics come out of the residual pool, and only when they deserve it."""

from typing import Any

import numpy as np

from issuemine.discover import NeighbourCommunities, TopicModels, find_births, topic_models
from issuemine.discover.births import cohesions, separations

DIM = 48


def around(seed: int, n: int, spread: float, centre_seed: int) -> np.ndarray:
    centre = np.random.default_rng(centre_seed).normal(size=DIM)
    vectors = centre + np.random.default_rng(seed).normal(scale=spread, size=(n, DIM))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def noise(seed: int, n: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(n, DIM))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def topics(spread: float = 0.9) -> TopicModels:
    """Six topics that are there, as loose as the spread."""
    vectors = np.concatenate([around(seed, 40, spread, 100 + seed) for seed in range(6)])
    return topic_models(vectors, np.repeat(np.arange(6), 40), 6)[0]


def births(pool: np.ndarray, *, known: TopicModels | None = None, **changes: Any) -> np.ndarray:
    n = len(pool)
    values: dict[str, Any] = {
        "records": np.arange(n),
        "customers": [f"c{at}" for at in range(n)],
        "known": known or topics(),
        "min_customers": 3,
    }
    return find_births(NeighbourCommunities(), pool, **(values | changes))


def test_a_new_issue_among_stray_mentions_is_born_and_they_are_not() -> None:
    pool = np.concatenate([around(1, 12, 0.5, 7), noise(2, 40)])
    born = births(pool)
    assert (born[:12] == 0).mean() > 0.8
    assert (born[12:] >= 0).mean() < 0.1


def test_too_few_records_are_no_topic() -> None:
    pool = np.concatenate([around(1, 12, 0.5, 7), noise(2, 40)])
    assert (births(pool, records=np.r_[np.zeros(12), np.arange(40)])[:12] < 0).all()


def test_one_customer_who_writes_often_is_no_topic() -> None:
    pool = around(1, 12, 0.5, 7)
    assert (births(pool, customers=["c1"] * 12) < 0).all()
    assert (births(pool, customers=[None] * 12) >= 0).mean() > 0.8


def test_what_holds_together_less_than_the_topics_that_are_there_is_not_born() -> None:
    assert (births(around(1, 12, 0.5, 7), known=topics(spread=0.1)) < 0).all()


def test_what_hardly_stands_apart_from_a_topic_is_not_born() -> None:
    assert (births(around(1, 12, 0.5, 103)) < 0).all()


def test_separation_is_the_way_to_the_next_centre_less_that_to_the_own() -> None:
    vectors, labels = noise(5, 30), np.random.default_rng(6).integers(0, 3, 30)
    centres = np.stack([vectors[labels == topic].mean(axis=0) for topic in range(3)])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    for topic, value in enumerate(separations(vectors, labels, 3, centres, own=True)):
        members = np.flatnonzero(labels == topic)
        own = []
        for at in members:
            others = vectors[members[members != at]].sum(axis=0)
            own.append(float(others @ vectors[at]) / np.linalg.norm(others))
        next_best = max(
            float((vectors[members] @ centres[other]).mean()) for other in range(3) if other != topic
        )
        assert abs(value - (np.mean(own) - next_best)) < 1e-5


def test_cohesion_is_the_mean_cosine_of_all_pairs() -> None:
    vectors, labels = noise(3, 30), np.random.default_rng(4).integers(-1, 3, 30)
    for topic, value in enumerate(cohesions(vectors, labels, 3)):
        members = vectors[labels == topic]
        pairs = (members @ members.T)[np.triu_indices(len(members), 1)]
        assert abs(value - pairs.mean()) < 1e-5
