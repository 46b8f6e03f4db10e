"""Radii accept what belongs, and say how often they err."""

import numpy as np

from issuemine.discover import acceptance_errors, calibrate_radii, topic_models
from issuemine.discover.assignment import topic_centres


def world(
    seed: int, per_topic: int = 80, topics: int = 6, spread: float = 0.6
) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(topics, 48))
    labels = np.repeat(np.arange(topics), per_topic)
    vectors = centres[labels] + rng.normal(scale=spread, size=(len(labels), 48))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), labels


def test_the_radius_is_the_mean_less_its_spread_of_cosines_to_the_centre_of_the_others() -> None:
    vectors, labels = world(0, per_topic=400, topics=1)
    [radius] = calibrate_radii(vectors, labels, 1)
    cosines = []
    for at in range(len(vectors)):
        others = np.delete(vectors, at, axis=0).mean(axis=0)
        cosines.append(float(others @ vectors[at]) / np.linalg.norm(others))
    assert abs(radius - (np.mean(cosines) - 1.64 * np.std(cosines))) < 0.005


def test_a_topic_of_few_does_not_vouch_for_itself() -> None:
    vectors, labels = world(1)
    twins = np.repeat(vectors[:1], 5, axis=0)
    radii = calibrate_radii(np.concatenate([vectors, twins]), np.concatenate([labels, np.full(5, 6)]), 7)
    assert radii[6] < 0.999


def test_new_members_are_accepted_and_strangers_are_not() -> None:
    vectors, labels = world(2)
    old = np.arange(len(labels)) % 2 == 0
    models, _ = topic_models(vectors[old], labels[old], 6)
    found, similarities = models.assign(vectors[~old])
    assert (found == labels[~old]).mean() > 0.85
    assert ((found < 0) | (found == labels[~old])).mean() > 0.99
    centres = topic_centres(vectors[old], labels[old], 6)
    told = found >= 0
    np.testing.assert_allclose(
        similarities[told], np.einsum("ij,ij->i", vectors[~old], centres[found])[told], atol=1e-5
    )
    strangers, _ = world(99)
    assert (models.assign(strangers)[0] >= 0).mean() < 0.05


def test_the_expected_errors_are_those_that_fresh_members_meet() -> None:
    vectors, labels = world(3, spread=1.3)
    fresh, _ = world(3, per_topic=160, spread=1.3)
    told = acceptance_errors(vectors, labels, 6)
    models, _ = topic_models(vectors, labels, 6)
    rng = np.random.default_rng(7)
    centres = np.random.default_rng(3).normal(size=(6, 48))
    own = np.repeat(np.arange(6), 160)
    fresh = centres[own] + rng.normal(scale=1.3, size=(len(own), 48))
    fresh = (fresh / np.linalg.norm(fresh, axis=1, keepdims=True)).astype(np.float32)
    cosines = fresh @ models.centres.T
    best = cosines.argmax(axis=1)
    accepted = cosines[np.arange(len(own)), best] >= models.radii[best]
    assert abs(told.accepted - accepted.mean()) < 0.04
    assert abs(told.wrong - (best != own)[accepted].mean()) < 0.03


def test_anchors_are_members_and_no_more_than_asked_for() -> None:
    vectors, labels = world(4)
    models, rows = topic_models(vectors, labels, 6, most_anchors=7)
    assert np.bincount(models.anchor_topics).tolist() == [7] * 6
    np.testing.assert_array_equal(labels[rows], models.anchor_topics)
    np.testing.assert_array_equal(vectors[rows], models.anchors)


def test_without_topics_nothing_is_assigned() -> None:
    vectors, _ = world(5)
    models, _ = topic_models(vectors, np.full(len(vectors), -1), 0)
    assert (models.assign(vectors)[0] == -1).all()
