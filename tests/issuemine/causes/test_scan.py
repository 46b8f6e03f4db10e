"""The scan names planted causes, and nothing where there is none."""

from dataclasses import replace

import numpy as np
import pytest

from issuemine.config import CausesSettings
from tests.issuemine.causes.tables import attributes, labels, scanned

VALUES = [2, 3, 5, 8, 12, 20]


@pytest.mark.parametrize("cause", [{"d": "d2"}, {"c": "c1", "e": "e0"}, {"a": "a1", "b": "b1", "d": "d1"}])
def test_a_planted_cause_is_named_exactly(cause: dict[str, str]) -> None:
    columns = attributes(20_000, VALUES, seed=3)
    (found, *_) = scanned(columns, labels(columns, 0.02, [(cause, 5.0)], seed=4))
    assert found.attributes == cause
    assert 2 < found.low < found.risk_ratio < found.high
    assert found.strength == "strong"


def test_several_causes_are_named_one_after_the_other() -> None:
    columns = attributes(40_000, VALUES, seed=5)
    causes = [({"c": "c2"}, 6.0), ({"e": "e1", "a": "a0"}, 6.0)]
    found = [candidate.attributes for candidate in scanned(columns, labels(columns, 0.02, causes, seed=6))]
    assert {frozenset(named.items()) for named in found} == {frozenset(cause.items()) for cause, _ in causes}


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_named_where_labels_are_chance(seed: int) -> None:
    columns = attributes(5_000, VALUES, seed=seed)
    found = scanned(columns, labels(columns, 0.05, [], seed=seed + 100))
    assert [candidate for candidate in found if candidate.strength != "weak"] == []


def test_a_copy_of_an_attribute_is_told_with_it_and_not_as_another_cause() -> None:
    columns = attributes(20_000, VALUES, seed=7)
    columns["copy"] = np.char.replace(columns["d"], "d", "D")
    (found,) = scanned(columns, labels(columns, 0.02, [({"d": "d2"}, 5.0)], seed=8))
    assert (found.attributes, found.same_as) == ({"d": "d2"}, {"copy": "D2"})


def test_a_noisy_copy_of_a_cause_is_no_second_cause() -> None:
    columns = attributes(20_000, VALUES, seed=9)
    noise = np.random.default_rng(10).random(20_000) < 0.1
    columns["blurred"] = np.where(noise, "d0", columns["d"])
    (found,) = scanned(columns, labels(columns, 0.02, [({"d": "d2"}, 5.0)], seed=11))
    assert found.attributes == {"d": "d2"}


def test_the_rows_of_counts_weigh_as_much_as_the_records_that_they_count() -> None:
    columns = attributes(20_000, [3, 4], seed=12)
    records = labels(columns, 0.1, [({"a": "a1"}, 2.0)], seed=13)
    keys = np.char.add(columns["a"], columns["b"])
    names, first, places = np.unique(keys, return_index=True, return_inverse=True)
    counted = {name: values[first] for name, values in columns.items()}
    (single,) = scanned(columns, records)
    (grouped,) = scanned(
        counted,
        np.bincount(places, records).astype(np.int64),
        total=np.bincount(places).astype(np.int64),
    )
    assert len(names) == 12
    assert grouped == replace(single, q_value=grouped.q_value)
    assert grouped.q_value == pytest.approx(single.q_value)


def test_a_confounder_is_taken_out_by_its_strata() -> None:
    columns = attributes(30_000, [2], seed=14)
    generator = np.random.default_rng(15)
    weekend = generator.random(30_000) < 0.3
    # Phones are busier at weekends, and so is the topic; the channel itself does nothing.
    columns["channel"] = np.where(generator.random(30_000) < np.where(weekend, 0.8, 0.2), "phone", "mail")
    records = (generator.random(30_000) < np.where(weekend, 0.2, 0.05)).astype(np.int64)
    (fooled, *_) = scanned(columns, records)
    assert fooled.attributes == {"channel": "phone"}
    assert scanned(columns, records, strata=weekend.astype(np.int64)) == []


def test_a_sample_of_the_other_rows_finds_the_same_cause_with_the_same_figures() -> None:
    columns = attributes(40_000, VALUES, seed=16)
    records = labels(columns, 0.01, [({"c": "c1", "e": "e0"}, 6.0)], seed=17)
    (whole, *_) = scanned(columns, records)
    (sampled, *_) = scanned(columns, records, CausesSettings(sample_rows=5_000))
    assert sampled.attributes == whole.attributes == {"c": "c1", "e": "e0"}
    assert (sampled.records, sampled.support, sampled.expected) == (
        whole.records,
        whole.support,
        pytest.approx(whole.expected),
    )


def test_a_cause_within_a_cause_is_told_as_part_of_it() -> None:
    columns = attributes(40_000, VALUES, seed=18)
    inner = {"a": "a1", "d": "d1", "e": "e1"}
    records = labels(columns, 0.02, [({"d": "d1"}, 4.0), (inner, 5.0)], seed=19)
    outer, nested = scanned(columns, records)
    assert (outer.attributes, outer.within) == ({"d": "d1"}, {})
    assert (nested.attributes, nested.within) == (inner, {"d": "d1"})
    assert nested.low < 5.0 < nested.high


def test_where_two_causes_meet_is_no_third_one() -> None:
    columns = attributes(40_000, VALUES, seed=20)
    causes = [({"d": "d1"}, 4.0), ({"e": "e1"}, 4.0)]
    found = scanned(columns, labels(columns, 0.02, causes, seed=21))
    assert {frozenset(each.attributes) for each in found} == {frozenset("d"), frozenset("e")}
