"""Where several causes act, the risk ratio of each is its own."""

import numpy as np
import pytest

from tests.issuemine.causes.tables import Columns, attributes, labels, scanned

RATE = 0.02


def entangled(rows: int, seed: int) -> Columns:
    """Two attributes of which each value of one mostly goes with one of the other, and two more."""
    columns = attributes(rows, [4, 4, 6], seed=seed)
    codes = np.char.replace(columns["a"], "a", "z")
    generator = np.random.default_rng(seed + 1)
    columns["z"] = np.where(generator.random(rows) < 0.4, generator.permutation(codes), codes)
    return columns


@pytest.mark.parametrize("seed", [30, 31, 32])
def test_a_cause_is_not_credited_with_what_one_that_goes_with_it_does(seed: int) -> None:
    columns = entangled(60_000, seed)
    causes = [({"a": "a1"}, 4.0), ({"z": "z1"}, 3.0)]
    found = {
        name: each
        for each in scanned(columns, labels(columns, RATE, causes, seed=seed + 50))
        for name in each.attributes
        if len(each.attributes) == 1
    }
    for name, truth in (("a", 4.0), ("z", 3.0)):
        assert found[name].risk_ratio == pytest.approx(truth, rel=0.2)
        assert found[name].low < found[name].risk_ratio < found[name].high
        assert found[name].risk_ratio == pytest.approx(found[name].records / found[name].expected)


def test_a_cause_is_not_credited_with_what_a_part_of_it_does() -> None:
    columns = attributes(60_000, [3, 4, 6], seed=33)
    causes = [({"b": "b1"}, 3.0), ({"b": "b1", "c": "c1"}, 3.0)]
    found = scanned(columns, labels(columns, RATE, causes, seed=34))
    outer = next(each for each in found if each.attributes == {"b": "b1"})
    inner = next(each for each in found if each.attributes == {"b": "b1", "c": "c1"})
    assert outer.risk_ratio == pytest.approx(3.0, rel=0.15)
    assert inner.risk_ratio == pytest.approx(3.0, rel=0.15)
    assert inner.within == {"b": "b1"}
