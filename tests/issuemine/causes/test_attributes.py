"""Attributes as codes: missing and rare values are named, numbers are binned, copies are told."""

import numpy as np
import pyarrow as pa

from issuemine.causes import MISSING, OTHER, Coded, encode
from issuemine.config import CausesSettings


def coded(settings: CausesSettings | None = None, **columns: list[object]) -> Coded:
    rows = len(next(iter(columns.values())))
    table = {name: pa.chunked_array([pa.array(values)]) for name, values in columns.items()}
    return encode(table, np.ones(rows), settings or CausesSettings())


def shown(found: Coded, number: int = 0) -> list[str]:
    attribute = found.attributes[number]
    return [attribute.values[code] for code in found.codes[number]]


def test_missing_is_a_value_of_its_own() -> None:
    assert shown(coded(channel=["mail", None, "", "phone"])) == ["mail", MISSING, MISSING, "phone"]


def test_rare_values_are_pooled() -> None:
    values = ["a"] * 5 + ["b"] * 4 + ["c", "d", "e"]
    assert shown(coded(CausesSettings(max_values=3), product=values)) == ["a"] * 5 + ["b"] * 4 + [OTHER] * 3


def test_a_number_with_many_values_is_binned_and_one_with_few_is_not() -> None:
    found = coded(age=list(range(100)), stars=[1, 2, 3, 4] * 25)
    assert len(found.attributes[0].values) == 5
    assert np.bincount(found.codes[0]).tolist() == [20] * 5
    assert found.attributes[1].values == ("1", "2", "3", "4")


def test_a_number_that_is_missing_is_in_no_bin() -> None:
    assert shown(coded(age=[None, *range(40)]))[0] == MISSING


def test_an_attribute_that_never_varies_is_left_out() -> None:
    assert [attribute.name for attribute in coded(a=["x", "y"], b=["z", "z"]).attributes] == ["a"]


def test_an_attribute_that_restates_another_is_told_with_it() -> None:
    found = coded(country=["KR", "US", "KR", "JP"], code=["82", "1", "82", "81"], other=["x", "x", "y", "y"])
    assert [attribute.name for attribute in found.attributes] == ["country", "other"]
    assert found.restated({0: found.attributes[0].values.index("KR"), 1: 0}) == {"code": "82"}
