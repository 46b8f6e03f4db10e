"""How much more rates vary than chance is told, and widens the intervals."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from issuemine.causes.attributes import encode
from issuemine.causes.cells import Cell
from issuemine.causes.dispersion import dispersion
from issuemine.causes.estimates import against_others
from issuemine.config import CausesSettings
from issuemine.store.connection import Database
from issuemine.store.cuboids import Cuboids, Rows
from tests.issuemine.causes.tables import Columns, labels, scanned

ROWS, RATE = 40_000, 0.05
SEEDS = range(8)


def even(seed: int) -> Columns:
    """Three attributes of ten values that are as frequent as each other."""
    generator = np.random.default_rng(seed)
    return {name: generator.choice([f"{name}{code}" for code in range(10)], ROWS) for name in "abc"}


def measured(
    columns: Columns,
    records: np.ndarray,
    causes: Sequence[dict[str, str]] = (),
    *,
    strata: np.ndarray | None = None,
) -> float:
    table = {name: pa.chunked_array([pa.array(values)]) for name, values in columns.items()}
    ones = np.ones(len(records), dtype=np.int64)
    coded = encode(table, ones.astype(float), CausesSettings())
    numbers = {attribute.name: number for number, attribute in enumerate(coded.attributes)}
    cells: list[Cell] = [
        {numbers[name]: coded.attributes[numbers[name]].values.index(value) for name, value in cause.items()}
        for cause in causes
    ]
    with Database(Path(":memory:")) as database:
        counter = Cuboids(database, Rows(coded.codes, records, ones, strata=strata), sample_rows=10**6)
        return dispersion(counter, len(coded.attributes), cells)


def test_it_is_about_one_where_only_chance_acts() -> None:
    found = [measured(even(seed), labels(even(seed), RATE, [], seed=seed + 100)) for seed in SEEDS]
    assert min(found) >= 1
    assert np.mean(found) < 1.2


def test_it_is_the_variance_of_rates_that_vary_over_that_of_chance() -> None:
    # Of each value 200 records are expected: a mixture adds 200 times the factors' variance to chance's.
    factors = 1 + 0.1 * np.array([-1.2, -1.2, -0.9, -0.6, 0, 0, 0.6, 0.9, 1.2, 1.2])
    causes = [({name: f"{name}{code}"}, factor) for name in "abc" for code, factor in enumerate(factors)]
    found = [measured(even(seed), labels(even(seed), RATE, causes, seed=seed + 300)) for seed in SEEDS]
    assert np.mean(found) == pytest.approx(1 + 200 * factors.var(ddof=1), rel=0.15)


def test_a_cause_that_is_known_is_no_dispersion() -> None:
    columns = even(1)
    records = labels(columns, RATE, [({"a": "a1"}, 3.0)], seed=2)
    assert measured(columns, records) > 5
    assert measured(columns, records, [{"a": "a1"}]) < 1.4


def test_what_a_stratum_explains_is_no_dispersion() -> None:
    columns = even(3)
    strata = (columns["b"] == "b1").astype(np.int64)
    records = labels(columns, RATE, [({"b": "b1"}, 3.0)], seed=4)
    assert measured(columns, records) > 5
    assert measured(columns, records, strata=strata) < 1.4


def test_nothing_left_varies_by_nothing() -> None:
    columns = even(5)
    assert measured(columns, np.zeros(ROWS, dtype=np.int64)) == 1.0


def test_it_widens_an_interval_by_its_root() -> None:
    inside = pa.table({"stratum": [0], "records": [40], "total": [200]})
    others = pa.table({"stratum": [0], "records": [100], "total": [2_000]})
    plain, wide = against_others(inside, others), against_others(inside, others, 4.0)
    assert wide.ratio == plain.ratio
    assert np.log(wide.high / wide.low) == pytest.approx(2 * np.log(plain.high / plain.low))


def test_a_cause_among_rates_that_vary_is_told_with_a_wider_interval() -> None:
    columns, cause = even(6), ({"a": "a1"}, 3.0)
    generator = np.random.default_rng(7)
    restless = [({"b": f"b{code}"}, factor) for code, factor in enumerate(generator.gamma(40, 1 / 40, 10))]
    widths = []
    for causes in ([cause], [cause, *restless]):
        (found,) = [
            each
            for each in scanned(columns, labels(columns, RATE, causes, seed=8))
            if each.attributes == cause[0]
        ]
        widths.append(np.log(found.high / found.low))
    assert widths[1] > 1.2 * widths[0]


def test_one_or_two_values_tell_no_variance() -> None:
    generator = np.random.default_rng(9)
    columns = {"a": generator.choice(["a0", "a1"], ROWS)}
    assert measured(columns, labels(columns, RATE, [({"a": "a1"}, 2.0)], seed=10)) == 1.0
