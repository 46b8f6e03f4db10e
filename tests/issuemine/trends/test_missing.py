"""Missing days are told from empty ones by a source's own cadence."""

import numpy as np

from issuemine.trends.missing import missing_days


def test_a_silent_day_of_a_busy_source_is_missing() -> None:
    records = np.full((1, 60), 12.0)
    records[0, [40, 41]] = 0
    assert np.flatnonzero(missing_days(records)[0]).tolist() == [40, 41]


def test_a_sparse_source_has_true_zeros() -> None:
    records = np.random.default_rng(0).poisson(0.4, (1, 200)).astype(float)
    records[0, 0] = 1
    assert not missing_days(records).any()


def test_a_source_that_rests_on_sundays_is_not_missing_then() -> None:
    records = np.full((1, 70), 20.0)
    records[0, 6::7] = 0
    assert not missing_days(records).any()


def test_nothing_is_known_before_the_first_record() -> None:
    records = np.concatenate([np.zeros((1, 10)), np.ones((1, 5))], axis=1)
    assert np.flatnonzero(missing_days(records)[0]).tolist() == list(range(10))


def test_what_comes_later_does_not_change_what_was_said_of_a_day() -> None:
    records = np.random.default_rng(1).poisson(6, (3, 90)).astype(float)
    records[:, 70] = 0
    whole = missing_days(records)
    assert (whole[:, :75] == missing_days(records[:, :75])).all()
