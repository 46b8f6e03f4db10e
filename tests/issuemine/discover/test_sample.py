"""The discovery sample."""

import numpy as np
import pytest

from issuemine.discover import stratified_sample


@pytest.mark.parametrize("size", [1, 7, 100, 999])
def test_every_day_has_its_share(size: int) -> None:
    days = np.random.default_rng(0).choice(
        np.array(["2024-01-01", "2024-01-02", "2024-02-01"], dtype="datetime64[D]"), 1000, p=[0.7, 0.2, 0.1]
    )
    drawn = stratified_sample(days, size)
    assert len(drawn) == len(set(drawn.tolist())) == size
    assert (np.diff(drawn) > 0).all()
    for day in np.unique(days):
        assert abs((days[drawn] == day).sum() - (days == day).sum() * size / 1000) < 1


def test_a_small_table_is_taken_whole() -> None:
    assert stratified_sample(np.array([3, 1, 2]), 3).tolist() == [0, 1, 2]
    assert stratified_sample(np.array([]), 3).tolist() == []


def test_the_seed_decides() -> None:
    days = np.zeros(500, dtype=np.int64)
    assert stratified_sample(days, 50, 1).tolist() == stratified_sample(days, 50, 1).tolist()
    assert stratified_sample(days, 50, 1).tolist() != stratified_sample(days, 50, 2).tolist()
