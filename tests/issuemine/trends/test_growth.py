"""Growth and sparklines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.errors import TrendsError
from issuemine.trends import growth, sparkline

counts = st.lists(st.integers(0, 10_000), min_size=1, max_size=20)


def test_a_busier_window_alone_makes_no_topic_grow() -> None:
    assert growth([200], [100], 20_000, 10_000)[0] == pytest.approx(1.0, abs=0.01)


def test_a_topic_without_a_past_has_a_finite_ratio() -> None:
    assert growth([10], [0], 100, 100)[0] == pytest.approx(21.0)


@given(counts, st.integers(0, 10**6), st.integers(0, 10**6))
def test_swapping_the_windows_turns_the_ratio_over(series: list[int], one: int, two: int) -> None:
    forth = growth(series, series[::-1], one, two)
    back = growth(series[::-1], series, two, one)
    assert np.allclose(forth * back, 1.0)


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(TrendsError):
        growth([1, 2], [1], 1, 1)
    with pytest.raises(TrendsError):
        growth([-1], [1], 1, 1)


@given(st.lists(st.integers(0, 10_000), max_size=400), st.integers(1, 30))
def test_a_sparkline_fits_its_width_and_peaks_at_the_fullest_bar(series: list[int], width: int) -> None:
    bars = sparkline(series, width)
    assert len(bars) <= width
    assert not series or set(bars) <= set("▁▂▃▄▅▆▇█")
    if any(series[len(series) % -(-len(series) // width) :] if series else []):
        assert "█" in bars


def test_a_sparkline_adds_up_neighbouring_days() -> None:
    assert sparkline([1, 1, 3, 3, 0, 0], width=3) == "▃█▁"
    assert sparkline([]) == ""
