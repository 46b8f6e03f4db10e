"""Assignment against a loop over mentions."""

import numpy as np
import pytest

from issuemine.discover.assignment import Assigner
from issuemine.errors import DiscoverError
from tests.issuemine.discover.worlds import groups, unit


def assign_by_hand(vectors: np.ndarray, labels: np.ndarray, query: np.ndarray) -> tuple[int, float]:
    cosines = vectors @ query
    nearest = np.argsort(-cosines, kind="stable")[:10]
    weights = np.maximum(cosines[nearest], 0) ** 4
    scores = {}
    for label in np.unique(labels):
        centre = vectors[labels == label].mean(axis=0)
        vote = weights[labels[nearest] == label].sum() / weights.sum()
        scores[int(label)] = float(vote + 0.5 * centre @ query / np.linalg.norm(centre))
    best = max(scores, key=lambda label: scores[label])
    return best, scores[best]


def test_mentions_go_where_a_loop_puts_them() -> None:
    rows, labels = groups([20, 30, 11, 40, 3] * 3, dim=12, spread=1.6)
    labels = labels * 7 + 2
    known, queries = rows[::2], rows[1::2]
    found = Assigner(known, labels[::2]).assign(queries * 5)
    expected = [assign_by_hand(known, labels[::2], query) for query in queries]
    assert found.labels.tolist() == [label for label, _ in expected]
    np.testing.assert_allclose(found.scores, [score for _, score in expected], atol=1e-4)


def test_chunks_do_not_change_the_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, labels = groups([40] * 6, spread=1.3)
    assigner = Assigner(rows[::2], labels[::2])
    whole = assigner.assign(rows)
    monkeypatch.setattr("issuemine.discover.assignment._CHUNK", 7)
    done: list[int] = []
    pieces = assigner.assign(rows, progress=done.append)
    np.testing.assert_array_equal(whole.labels, pieces.labels)
    assert sum(done) == len(rows)


def test_strangers_and_zero_vectors_go_nowhere() -> None:
    rows, labels = groups([40] * 6, spread=0.6)
    strangers = unit(np.random.default_rng(3).normal(size=(5, rows.shape[1])))
    queries = np.vstack([rows[:4], strangers, np.zeros((2, rows.shape[1]), dtype=np.float32)])
    found = Assigner(rows, labels, threshold=0.55).assign(queries)
    assert found.labels.tolist() == [0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1]


def test_unassigned_mentions_do_not_vote() -> None:
    rows, labels = groups([20, 20], spread=0.3)
    found = Assigner(rows, np.where(labels == 0, -1, 5)).assign(rows)
    assert set(found.labels.tolist()) == {5}


def test_with_no_topic_nothing_is_assigned() -> None:
    rows, _ = groups([6])
    assert Assigner(rows, np.full(6, -1)).assign(rows).labels.tolist() == [-1] * 6
    assert Assigner(rows, np.zeros(6, dtype=np.int64)).assign(rows[:0]).labels.tolist() == []


def test_labels_must_run_parallel_to_vectors() -> None:
    rows, labels = groups([6])
    with pytest.raises(DiscoverError, match="6 vectors and 5 labels"):
        Assigner(rows, labels[:5])
