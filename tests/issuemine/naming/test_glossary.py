"""The glossary: the shipped one is sound, and a wrong line of one's own is told in place."""

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from issuemine.errors import NamingError
from issuemine.naming.glossary import load_glossary, word_key

HEAD = "en\tko\tgeneric\n"


def own(folder: Path, text: str) -> Path:
    path = folder / "words.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_glossary_has_both_sides_and_no_pair_twice() -> None:
    glossary = load_glossary()
    assert all(concept.words.keys() == {"en", "ko"} for concept in glossary)
    pairs = Counter(
        pair
        for concept in glossary
        for pair in product(
            map(word_key, concept.words["en"]),
            map(word_key, concept.words["ko"]),
        )
    )
    assert [pair for pair, count in pairs.items() if count > 1] == []
    assert len(glossary) >= 300
    assert 30 <= sum(concept.generic for concept in glossary) <= len(glossary) / 3


@pytest.mark.parametrize(
    ("en", "ko"),
    [
        ("log in", "로그인"),
        ("refund", "환불"),
        ("delivery", "배송"),
        ("coupon", "쿠폰"),
        ("crash", "튕기다"),
        ("notification", "알림"),
        ("microphone", "마이크"),
        ("sync", "동기화"),
        ("transfer", "이체"),
        ("subscription", "구독"),
        ("customer service", "고객센터"),
    ],
)
def test_the_vocabulary_of_support_is_in_it(en: str, ko: str) -> None:
    assert any(en in concept.words["en"] and ko in concept.words["ko"] for concept in load_glossary())


def test_own_lines_come_after_the_shipped_ones(tmp_path: Path) -> None:
    shipped = load_glossary()
    path = own(tmp_path, "# ours\n" + HEAD + "\nclean room | clean-up\t청소\nthing\t것\tgeneric\n")
    found = load_glossary(path)
    assert found[: len(shipped)] == shipped
    assert [(concept.words, concept.generic) for concept in found[len(shipped) :]] == [
        ({"en": ("clean room", "clean-up"), "ko": ("청소",)}, False),
        ({"en": ("thing",), "ko": ("것",)}, True),
    ]


def test_own_lines_may_be_of_other_languages(tmp_path: Path) -> None:
    path = own(tmp_path, "en\tja\tko\nrefund\t返金\t\n")
    assert load_glossary(path)[-1].words == {"en": ("refund",), "ja": ("返金",)}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("login\t로그인\n", 1, "two languages"),
        ("en\ten\nlogin\t로그인\n", 1, "two languages"),
        (HEAD + "login\t로그인\nrefund\n", 3, "one language alone"),
        (HEAD + "# a note\nlogin\t\n", 3, "one language alone"),
        (HEAD + "login\t로그인\tcommon\n", 2, "neither empty nor 'generic'"),
        (HEAD + "login\t로그인\t\tgeneric\n", 2, "more columns"),
        (HEAD + "log in | login\t로그인\n", 2, "same word twice"),
        (HEAD + "24/7\t24시\n", 2, "without letters"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_file_line_and_remedy(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(NamingError) as failure:
        load_glossary(own(tmp_path, text))
    assert f"Line {line} of the glossary words.tsv" in failure.value.message
    assert reason in failure.value.message
    assert failure.value.hint


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(NamingError, match=r"absent\.tsv cannot be read"):
        load_glossary(tmp_path / "absent.tsv")
    path = tmp_path / "old.tsv"
    path.write_bytes(HEAD.encode() + "환불\trefund\n".encode("euc-kr"))
    with pytest.raises(NamingError, match="UTF-8"):
        load_glossary(path)
