"""Entities in English and Korean texts."""

import pytest

from issuemine.causes.entities import entities
from issuemine.errors import SettingsError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crashes since v5.2.1 came out", {"version": "5.2.1"}),
        ("I updated to version 12 and it broke", {"version": "12"}),
        ("It shows error T011 when I pay", {"error_code": "T011"}),
        ("오류 404 가 나옵니다", {"error_code": "404"}),
        ("My iPhone 14 Pro Max restarts", {"device": "iPhone 14 Pro Max"}),
        ("갤럭시 S21에서 안 됩니다", {"device": "갤럭시 S21"}),
        ("I was charged $12.50 twice", {"amount": "$12.50"}),
        ("12,000원이 두 번 결제됐어요", {"amount": "12,000원"}),
        ("Nothing works at all", {}),
    ],
)
def test_the_first_entity_of_each_kind_is_found(text: str, expected: dict[str, str]) -> None:
    assert list(entities([text], {})) == [expected]


def test_patterns_of_ones_own_are_further_kinds() -> None:
    assert list(entities(["order ORD-XYZ is lost"], {"order": r"ORD-\w+"})) == [{"order": "ORD-XYZ"}]


def test_a_pattern_that_cannot_be_read_is_told() -> None:
    with pytest.raises(SettingsError, match=r"entity_patterns\.order"):
        list(entities(["a"], {"order": "("}))
