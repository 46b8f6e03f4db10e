"""Cohesion against a mean over mentions written out one by one."""

import numpy as np
from sklearn.metrics import roc_auc_score

from issuemine.discover.cohesion import cohesion, cohesion_threshold
from issuemine.discover.graph import distinct_vectors
from issuemine.discover.neighbours import nearest_neighbours
from tests.issuemine.discover.worlds import groups, unit


def test_cohesion_is_the_mean_cosine_to_the_k_nearest_mentions_copies_included() -> None:
    rng = np.random.default_rng(0)
    rows = unit(rng.normal(size=(60, 6)))[rng.integers(0, 60, 140)]
    distinct = distinct_vectors(rows)
    found = nearest_neighbours(distinct.vectors, 9)
    got = cohesion(found, distinct.copies, distinct.copies - 1, 9)[distinct.row_to_distinct]
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -np.inf)
    expected = np.sort(cosines, axis=1)[:, ::-1][:, :9].mean(axis=1)
    np.testing.assert_allclose(got, expected, atol=1e-5)


def test_strangers_have_less_cohesion_than_members() -> None:
    members, _ = groups([40] * 10, spread=0.8)
    strangers = unit(np.random.default_rng(5).normal(size=(40, members.shape[1])))
    rows = np.vstack([members, strangers])
    distinct = distinct_vectors(rows)
    found = nearest_neighbours(distinct.vectors, 15)
    close = cohesion(found, distinct.copies, distinct.copies - 1, 15)[distinct.row_to_distinct]
    stranger = np.arange(len(rows)) >= len(members)
    assert roc_auc_score(stranger, -close) > 0.99
    threshold = cohesion_threshold(close)
    assert (close[stranger] < threshold).mean() > 0.4
    assert (close[~stranger] < threshold).mean() < 0.02


def test_a_tenth_of_strangers_moves_the_threshold_little() -> None:
    values = np.random.default_rng(0).normal(0.7, 0.05, 5_000).astype(np.float32)
    dirty = np.concatenate([values, np.full(500, 0.2, dtype=np.float32)])
    assert abs(cohesion_threshold(values) - 0.55) < 0.01
    assert abs(cohesion_threshold(dirty) - 0.55) < 0.06


def test_a_mass_of_near_copies_does_not_make_outliers_of_the_rest() -> None:
    rng = np.random.default_rng(0)
    values = np.concatenate([rng.normal(0.6, 0.05, 200), np.full(1_800, 0.99)]).astype(np.float32)
    assert (values < cohesion_threshold(values)).mean() <= 0.1


def test_nothing_to_calibrate_on_leaves_nobody_out() -> None:
    assert cohesion_threshold(np.empty(0, dtype=np.float32)) == -1
