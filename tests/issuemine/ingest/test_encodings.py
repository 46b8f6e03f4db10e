from collections.abc import Callable
from pathlib import Path

import pytest

from issuemine.errors import IngestError
from issuemine.ingest.encoding import detect_encoding
from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]
KOREAN = "번호,작성일,내용\n1,2021-02-23,앱이 안 열려요\n2,2021-02-24,로그인이 똠방 안 됩니다\n"
WESTERN = "id,date,text\n1,2021-02-23,café fermé à midi\n2,2021-02-24,El niño no puede iniciar sesión\n"
ASCII = "id,date,text\n1,2021-02-23,it does not open\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (KOREAN, "utf-8", "utf-8"),
        (KOREAN, "utf-8-sig", "utf-8-sig"),
        (KOREAN, "utf-16", "utf-16"),
        (KOREAN, "utf-16-le", "utf-16-le"),
        (KOREAN, "utf-16-be", "utf-16-be"),
        (KOREAN, "cp949", "cp949"),
        (KOREAN.replace("똠방 ", ""), "euc-kr", "cp949"),
        (WESTERN, "utf-8", "utf-8"),
        (WESTERN, "latin-1", "latin-1"),
        (WESTERN.replace("midi", "“midi” – 5 €"), "cp1252", "cp1252"),
        (WESTERN, "utf-16", "utf-16"),
        (ASCII, "ascii", "utf-8"),
        (ASCII, "utf-16-le", "utf-16-le"),
    ],
)
def test_each_encoding_is_detected_and_its_text_comes_through(
    write: Write, text: str, encoding: str, found: str
) -> None:
    path = write(text, encoding=encoding)
    outcome = ingest(path)
    assert outcome.mapped.encoding == found
    assert [record["body"] for record in outcome.records] == [
        row.split(",")[2] for row in text.split("\n")[1:-1]
    ]


@pytest.mark.parametrize(
    "word", ["앱", "로그인", "환불", "오류", "결제 실패", "카드", "좋아요", "최악", "느림", "배송 지연"]
)
def test_a_korean_file_of_one_short_row_is_told_from_western_ones(write: Write, word: str) -> None:
    path = write(f"id,date,text\n1,2021-02-23,{word}\n", encoding="cp949")
    assert ingest(path).records[0]["body"] == word


@pytest.mark.parametrize("word", ["café", "Ärger", "naïve", "Größe", "señal", "où", "smørbrød", "coração"])
def test_a_western_file_of_one_short_row_is_told_from_korean_ones(write: Write, word: str) -> None:
    path = write(f"id,date,text\n1,2021-02-23,{word}\n", encoding="latin-1")
    assert ingest(path).records[0]["body"] == word


def test_one_foreign_letter_after_megabytes_of_ascii_counts(write: Write) -> None:
    rows = "".join(f"{at},2021-02-23,it does not open at all\n" for at in range(60_000))
    path = write(f"id,date,text\n{rows}x,2021-02-23,환불해 주세요\n", encoding="cp949")
    assert detect_encoding(path, None) == "cp949"


def test_a_damaged_character_in_a_utf8_file_costs_its_row_only(write: Write) -> None:
    rows = "".join(f"{at},2021-02-23,앱이 안 열려요\n" for at in range(200)).encode()
    path = write(b"id,date,text\n" + rows + b"x,2021-02-23,caf\xe9\ny,2021-02-23,ok then\n")
    outcome = ingest(path)
    assert outcome.mapped.encoding == "utf-8"
    assert outcome.rejects == [(201, None, "the row holds bytes that are no text in the file's encoding")]
    assert outcome.records[-1]["external_id"] == "y"


@pytest.mark.parametrize(
    ("text", "real", "declared"),
    [
        (KOREAN, "cp949", "utf-8"),
        (KOREAN, "utf-8", "cp949"),
        (KOREAN, "utf-8", "latin-1"),
        (KOREAN, "utf-16", "utf-8"),
        (KOREAN, "utf-8", "utf-16"),
        (ASCII, "utf-8", "utf-16"),
        (KOREAN, "cp949", "utf-16"),
        (WESTERN, "latin-1", "utf-8"),
        (WESTERN, "latin-1", "cp949"),
        (WESTERN, "utf-8", "latin-1"),
    ],
)
def test_a_wrong_declared_encoding_is_an_error_that_names_the_right_one(
    write: Write, failure: Callable[..., IngestError], text: str, real: str, declared: str
) -> None:
    error = failure(write(text, encoding=real), encoding=declared)
    assert declared in error.message
    assert "ingest.encoding" in (error.hint or "")
    assert real.split("-")[0] in error.message


@pytest.mark.parametrize(
    ("text", "real", "declared"),
    [
        (KOREAN, "cp949", "euc-kr"),
        (KOREAN, "utf-8-sig", "utf-8"),
        (ASCII, "ascii", "cp949"),
        (WESTERN, "cp1252", "cp1252"),
        (WESTERN, "utf-16-be", "utf-16"),
        (ASCII, "ascii", "UTF8"),
        ("id,date,text\n1,2021-02-23,日本語\n", "cp932", "shift_jis"),
    ],
)
def test_a_true_declared_encoding_is_taken(write: Write, text: str, real: str, declared: str) -> None:
    if declared == "euc-kr":
        text = text.replace("똠방 ", "")
    outcome = ingest(write(text, encoding=real), encoding=declared)
    assert outcome.records[0]["body"] == text.split("\n")[1].split(",")[2]


def test_an_unknown_encoding_is_an_error(write: Write) -> None:
    with pytest.raises(IngestError, match="no known encoding"):
        ingest(write(ASCII), encoding="klingon")
