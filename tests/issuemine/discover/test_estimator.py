"""The clusterer: what holds for any input, and scikit-learn's own conformance checks."""

import pickle

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from issuemine.discover import NeighbourCommunities, score
from issuemine.errors import DiscoverError
from tests.issuemine.discover.worlds import groups, unit

EXPECTED_FAILURES: dict[str, str] = {}


@parametrize_with_checks([NeighbourCommunities()], expected_failed_checks=lambda _: EXPECTED_FAILURES)
def test_scikit_learns_checks_hold(estimator: NeighbourCommunities, check: object) -> None:
    check(estimator)  # type: ignore[operator]


def test_topics_are_found_and_numbered_by_size() -> None:
    rows, truth = groups([25, 70, 10, 40, 160, 12])
    model = NeighbourCommunities().fit(rows)
    assert score(truth, model.labels_)["ari"] > 0.95
    sizes = np.bincount(model.labels_[model.labels_ >= 0])
    assert (np.diff(sizes) <= 0).all()
    assert model.centers_.shape == (len(sizes), rows.shape[1])
    np.testing.assert_allclose(np.linalg.norm(model.centers_, axis=1), 1, rtol=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_rows_give_the_same_topics(seed: int) -> None:
    rows, _ = groups([30, 30, 30, 30, 12, 7, 3], spread=1.4)
    rows = np.vstack([rows, rows[:40], rows[:9]])
    order = np.random.default_rng(seed).permutation(len(rows))
    straight, shuffled = NeighbourCommunities().fit(rows), NeighbourCommunities().fit(rows[order])
    np.testing.assert_array_equal(straight.labels_[order], shuffled.labels_)
    np.testing.assert_array_equal(straight.cohesion_[order], shuffled.cohesion_)
    np.testing.assert_array_equal(straight.margins_[order], shuffled.margins_)


def test_the_length_of_vectors_does_not_matter_and_zero_vectors_are_unassigned() -> None:
    rows, _ = groups([30] * 4)
    long = np.vstack([rows * 3, np.zeros((2, rows.shape[1]), dtype=np.float32)])
    found = NeighbourCommunities().fit(long)
    assert score(NeighbourCommunities().fit_predict(rows), found.labels_[:-2])["ari"] == 1
    assert found.labels_[-2:].tolist() == [-1, -1]


def test_hundreds_of_identical_texts_are_one_topic_and_leave_the_others_as_they_were() -> None:
    rows, _ = groups([40] * 6)
    plain = NeighbourCommunities().fit_predict(rows)
    repeated = np.vstack([rows, np.repeat(rows[:1], 400, axis=0)])
    labels = NeighbourCommunities().fit_predict(repeated)
    assert score(plain, labels[: len(rows)])["ari"] == 1
    assert set(labels[len(rows) :].tolist()) == {labels[0]} == {0}


def test_near_duplicates_stay_together_and_apart_from_the_rest() -> None:
    rows, truth = groups([40] * 6)
    rng = np.random.default_rng(4)
    near = unit(rows[:1] + 0.02 * rng.normal(size=(200, rows.shape[1])) / 7)
    labels = NeighbourCommunities().fit_predict(np.vstack([rows, near]))
    assert score(truth, labels[: len(rows)])["ari"] > 0.9
    assert (np.bincount(labels[len(rows) :] + 1).max()) >= 190


def test_a_topic_needs_enough_records_not_mentions() -> None:
    rows, truth = groups([30, 30, 8], spread=0.4)
    records = np.arange(len(rows))
    records[truth == 2] = records[60]
    assert len(set(NeighbourCommunities().fit_predict(rows).tolist())) == 3
    kept = NeighbourCommunities().fit_predict(rows, record_ids=[f"r{i}" for i in records])
    assert set(kept[truth != 2].tolist()) == {0, 1}
    assert len(set(kept.tolist()) - {-1}) == 2


def test_mentions_unlike_all_others_are_unassigned() -> None:
    rows, _ = groups([60] * 8, spread=0.8)
    strangers = unit(np.random.default_rng(8).normal(size=(25, rows.shape[1])))
    model = NeighbourCommunities().fit(np.vstack([rows, strangers]))
    assert (model.labels_[len(rows) :] == -1).mean() > 0.8
    assert (model.labels_[: len(rows)] == -1).mean() < 0.02
    assert (model.cohesion_[model.labels_ >= 0] >= model.cohesion_threshold_).all()
    assert NeighbourCommunities(min_cohesion=-1).fit(np.vstack([rows, strangers])).labels_.min() == 0


def test_granularity_orders_the_number_of_topics() -> None:
    rows, _ = groups([50] * 12, spread=1.5)
    counts = [
        NeighbourCommunities(granularity=granularity).fit(rows).labels_.max()
        for granularity in ("coarse", "medium", "fine")
    ]
    assert counts[0] <= counts[1] <= counts[2]
    assert counts[0] < counts[2]
    fixed = NeighbourCommunities(granularity=3.0).fit(rows)
    assert fixed.resolution_ == 3
    assert fixed.resolution_margins_ == {}


def test_known_mentions_are_predicted_into_their_topics() -> None:
    rows, truth = groups([50] * 10, spread=0.9)
    model = NeighbourCommunities().fit(rows[::2])
    assert score(truth[1::2], model.predict(rows[1::2]))["ari"] > 0.95
    assert (model.predict(rows[::2]) == model.labels_).mean() > 0.99
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).predict(rows), model.predict(rows))  # noqa: S301


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_fewer_mentions_than_a_topic_needs_are_all_unassigned(n: int) -> None:
    rows, _ = groups([n])
    assert NeighbourCommunities().fit(rows).labels_.tolist() == [-1] * n


def test_all_texts_the_same_are_one_topic() -> None:
    rows = np.ones((12, 4), dtype=np.float32)
    assert NeighbourCommunities().fit(rows).labels_.tolist() == [0] * 12
    assert NeighbourCommunities().fit(rows * 0).labels_.tolist() == [-1] * 12


@pytest.mark.parametrize(
    "wrong", [{"k": 1}, {"min_topic_size": 0}, {"granularity": "finest"}, {"granularity": -1.0}]
)
def test_parameters_out_of_range_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(DiscoverError, match=next(iter(wrong))):
        NeighbourCommunities(**wrong).fit(np.eye(4))  # type: ignore[arg-type]


def test_record_ids_must_run_parallel() -> None:
    with pytest.raises(DiscoverError, match="record ids"):
        NeighbourCommunities().fit(np.eye(4), record_ids=["a"])
