"""Whatever the counts, what is said of them is sound."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from issuemine.trends.surveillance import judge_range

LENGTHS = st.sampled_from([1, 2, 7, 8, 9, 30, 56, 75, 200, 600])
LEVELS = st.sampled_from([0.0, 1e-3, 0.05, 1.0, 20.0, 1e4])


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    n_days=LENGTHS,
    step=st.sampled_from([1, 1, 7]),
    levels=st.lists(LEVELS, min_size=1, max_size=5),
    change=st.sampled_from([0.0, 1.0, 50.0]),
    missing=st.sampled_from([0.0, 0.1, 0.7, 1.0]),
    exposed=st.booleans(),
)
def test_probabilities_are_probabilities_and_intervals_hold_together(
    seed: int, n_days: int, step: int, levels: list[float], change: float, missing: float, exposed: bool
) -> None:
    rng = np.random.default_rng(seed)
    mean = np.array(levels)[:, None] * np.where(np.arange(n_days) < n_days // 2, 1.0, change)
    counts = rng.poisson(mean).astype(float)
    counts[rng.random(counts.shape) < missing] = np.nan
    exposure = rng.choice([0.0, 1e-6, 1.0, 50.0, 1e6, np.nan], n_days) if exposed else np.ones(n_days)
    days = np.datetime64("2020-01-01") + step * np.arange(n_days)
    found = judge_range(counts, exposure, days, first=max(0, n_days - 20))
    for p_values in (found.p, found.p_day, found.p_week):
        told = p_values[~np.isnan(p_values)]
        assert ((told >= 0) & (told <= 1)).all()
    judged = ~np.isnan(found.p)
    assert (judged <= ~np.isnan(found.observed)).all()
    assert np.isfinite(found.expected[judged]).all()
    assert (found.low[judged] <= found.high[judged]).all()
