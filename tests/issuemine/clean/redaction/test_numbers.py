"""Dates, counts and birthdays in numbers."""

import pytest

from issuemine.clean.redaction.checks import is_service_number
from issuemine.clean.redaction.numbers import counts_something, digits, is_birth, is_date
from issuemine.clean.redaction.tokens import entropy, is_random


def test_digits_of_any_script_become_ascii() -> None:
    assert digits("０１０-12٣") == "010123"


@pytest.mark.parametrize(
    "text", ["2021-02-23", "2021.02.23", "2021. 2. 3", "23.02.2021", "02/23/2021", "2021 02 23"]
)
def test_dates_are_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["010-1234-5678", "2021-1234-56", "02-123-4567", "1234"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize("after", ["원", "만원", " 개", "번 시도", "시간", "km", "%", "월", " usd"])
def test_counters_follow_amounts(after: str) -> None:
    assert counts_something(after)


@pytest.mark.parametrize("after", ["", "번지", " 건물", " 배송", "으로", "입니다", " 대학교", "번길 3"])
def test_other_words_do_not(after: str) -> None:
    assert not counts_something(after)


def test_birthdays_need_a_calendar_date_of_their_century() -> None:
    assert is_birth("000229", "3")  # 2000 was a leap year,
    assert not is_birth("000229", "1")  # 1900 was none.
    assert not is_birth("901301", "1")


@pytest.mark.parametrize(
    "number", ["15881234", "16610000", "18991234", "0801234567", "18005550199", "08001234567"]
)
def test_public_numbers_are_told_from_personal_ones(number: str) -> None:
    assert is_service_number(number)
    assert not is_service_number("01012345678")


def test_entropy_is_that_of_the_letters() -> None:
    assert entropy("aaaa") == 0
    assert entropy("abcd") == pytest.approx(2.0)


def test_words_are_not_random_and_keys_are() -> None:
    assert not is_random("how-to-reset-a-forgotten-device-2021")
    assert not is_random("NotificationServiceConfiguration2")
    assert is_random("f81d4fae7dec11d0a76500a0c91e6bf6")
