"""Agreement with human labels."""

import pytest

from issuemine.discover import score
from issuemine.errors import DiscoverError


def test_unassigned_mentions_count_as_one_class() -> None:
    found = score(["a", "a", "b", "b"], [0, 0, -1, -1])
    assert found["nmi"] == found["ari"] == found["ami"] == 1
    assert (found["n_topics"], found["unassigned_share"]) == (1, 0.5)
    assert score(["a", "a", "b", "b"], [0, 0, -1, -7]) == found


def test_known_values() -> None:
    found = score([0, 0, 1, 1], [0, 0, 1, 2])
    assert found["nmi"] == pytest.approx(0.8)
    assert found["ari"] == pytest.approx(4 / 7)


def test_lengths_must_agree() -> None:
    with pytest.raises(DiscoverError, match="2 true labels and 3 topics"):
        score(["a", "b"], [0, 1, 2])
    with pytest.raises(DiscoverError):
        score([], [])
