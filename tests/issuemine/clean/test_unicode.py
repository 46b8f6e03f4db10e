import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuemine.clean.unicode import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("cafe\u0301", "café"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("pass\u200bword\ufeff", "password"),
        ("jo\u200dhn@exa\u200cmple.com", "john@example.com"),
        ("a\u00a0b\u3000c", "a b c"),
        ("a\x00b\x07c", "abc"),
        ("abc\u202edef", "abcdef"),
        ("one  \n\n\n\n two", "one\n\n two"),
        ("각", "각"),
        ("hidden\U000e0041\U000e0042 text", "hidden text"),
        ("", ""),
    ],
)
def test_a_text_is_brought_to_one_writing(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize("text", ["👩‍👩‍👧 family", "❤️ it", "می‌خواهم", "क्‍ष", "مرحبا"])
def test_joiners_that_shape_emoji_and_letters_stay(text: str) -> None:
    assert normalise(text) == text


@given(st.text())
def test_a_second_call_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_what_is_left_is_composed_and_holds_no_control_characters(text: str) -> None:
    plain = normalise(text)
    assert unicodedata.is_normalized("NFC", plain)
    assert not [c for c in plain if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert "\n\n\n" not in plain
