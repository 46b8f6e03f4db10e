"""Counts of combinations agree with counting by hand."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from issuemine.store import cuboids
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids, Rows

Counted = dict[tuple[int | None, ...], tuple[int, int, float]]


def rows(seed: int) -> Rows:
    generator = np.random.default_rng(seed)
    codes = [generator.integers(0, most, 300).astype(np.uint16) for most in (2, 3, 5)]
    total = generator.integers(1, 9, 300)
    return Rows(codes, generator.integers(0, total + 1), total, strata=generator.integers(0, 2, 300))


def by_hand(given: Rows, kept: np.ndarray) -> Counted:
    """Sums by every set of attributes."""
    assert given.strata is not None
    rates = np.array(
        [given.records[given.strata == s].sum() / given.total[given.strata == s].sum() for s in (0, 1)]
    )
    base = given.total * rates[given.strata]
    found: dict[tuple[int | None, ...], list[float]] = {}
    for size in range(4):
        for chosen in combinations(range(3), size):
            for row in np.flatnonzero(kept):
                key = tuple(int(given.codes[n][row]) if n in chosen else None for n in range(3))
                sums = found.setdefault(key, [0, 0, 0.0])
                for place, values in enumerate((given.records, given.total, base)):
                    sums[place] += values[row]
    return {key: (int(sums[0]), int(sums[1]), float(sums[2])) for key, sums in found.items()}


def counted(counter: Cuboids, **options: object) -> Counted:
    sets = [[n + 1 for n in chosen] for size in range(4) for chosen in combinations(range(3), size)]
    table = counter.cuboids(sets, **options).to_pylist()  # type: ignore[arg-type]
    return {
        tuple(row.get(f"a{n + 1}") for n in range(3)): (row["records"], row["total"], row["base"])
        for row in table
    }


def same(one: Counted, other: Counted) -> bool:
    return one.keys() == other.keys() and all(one[key] == pytest.approx(other[key]) for key in one)


@pytest.mark.parametrize("groups", [10, 1_000_000])
def test_counts_are_those_of_counting_by_hand(monkeypatch: pytest.MonkeyPatch, groups: int) -> None:
    monkeypatch.setattr(cuboids, "_GROUPS", groups)
    given = rows(0)
    with Database(Path(":memory:")) as database:
        counter = Cuboids(database, given, sample_rows=1_000)
        assert same(counted(counter), by_hand(given, np.ones(300, dtype=bool)))


def test_a_combination_is_counted_alone_and_then_no_more() -> None:
    given = rows(1)
    within = (given.codes[0] == 1) & (given.codes[2] == 3)
    with Database(Path(":memory:")) as database:
        counter = Cuboids(database, given, sample_rows=1_000)
        assert same(counted(counter, cell={0: 1, 2: 3}), by_hand(given, within))
        counter.remove({0: 1, 2: 3})
        assert same(counted(counter), by_hand(given, ~within))
        assert sum(counter.strata()["total"].to_pylist()) == given.total[~within].sum()
        assert sum(counter.strata({0: 1, 2: 3})["total"].to_pylist()) == 0


def test_the_sample_keeps_every_row_with_records_and_the_exact_counts_look_at_all() -> None:
    given = rows(2)
    idle = int((given.records == 0).sum())
    with Database(Path(":memory:")) as database:
        counter = Cuboids(database, given, sample_rows=idle // 2)
        (whole,) = [row for row in counter.cuboids([[], [1]]).to_pylist() if row["a1"] is None]
        assert whole["records"] == given.records.sum()
        assert whole["total"] < given.total.sum()
        assert sum(counter.strata()["total"].to_pylist()) == given.total.sum()
