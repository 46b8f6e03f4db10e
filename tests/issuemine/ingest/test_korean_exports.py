"""Exports as Korean help desks, shops and review boards write them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]
TEXT = "앱에서 카드 결제가 안 됩니다"


def rows(day: str, text: str = TEXT) -> str:
    return "".join(f"A-{i},{day},{text},C{i},전화,{i % 5 + 1}점\r\n" for i in range(5))


@pytest.mark.parametrize("encoding", ["cp949", "euc-kr", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2021.02.23", datetime(2021, 2, 22, 15, tzinfo=UTC)),
        ("2021. 2. 23.", datetime(2021, 2, 22, 15, tzinfo=UTC)),
        ("2021년 2월 23일", datetime(2021, 2, 22, 15, tzinfo=UTC)),
        ("2021.02.23(화) 14:05", datetime(2021, 2, 23, 5, 5, tzinfo=UTC)),
        ("2021-02-23 오후 2:05:30", datetime(2021, 2, 23, 5, 5, 30, tzinfo=UTC)),
        ("2021년 2월 23일 오전 12시 5분", datetime(2021, 2, 22, 15, 5, tzinfo=UTC)),
        ("2021년 2월 23일 오후 12시", datetime(2021, 2, 23, 3, tzinfo=UTC)),
    ],
)
def test_a_help_desk_export_is_read_whole_without_settings_but_the_zone(
    write: Write, encoding: str, day: str, utc: datetime
) -> None:
    path = write("접수번호,접수일시,문의내용,고객번호,채널,만족도\r\n" + rows(day), encoding=encoding)
    outcome = ingest(path, timezone="Asia/Seoul")
    assert outcome.mapped.columns == {
        "external_id": "접수번호",
        "created_at": "접수일시",
        "body": "문의내용",
        "csat": "만족도",
        "customer_ref": "고객번호",
        "channel": "채널",
    }
    assert outcome.rejects == []
    assert {record["created_at"] for record in outcome.records} == {utc}
    assert [record["csat"] for record in outcome.records] == [1, 2, 3, 4, 5]
    assert {record["body"] for record in outcome.records} == {TEXT}
    assert {record["kind"] for record in outcome.records} == {"ticket"}


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            "접수 번호,접수 일시,고객 문의 내용,고객 ID,접수 채널,만족도(5점)",
            {
                "external_id": "접수 번호",
                "created_at": "접수 일시",
                "body": "고객 문의 내용",
                "customer_ref": "고객 ID",
                "channel": "접수 채널",
                "csat": "만족도(5점)",
            },
        ),
        (
            "VOC번호,인입일시,고객불편내용,회원코드,채널구분,상담 만족도 (점)",
            {
                "external_id": "VOC번호",
                "created_at": "인입일시",
                "body": "고객불편내용",
                "channel": "채널구분",
                "csat": "상담 만족도 (점)",
            },
        ),
    ],
)
def test_korean_names_are_known_with_or_without_spaces_and_units(
    write: Write, header: str, columns: dict[str, str]
) -> None:
    outcome = ingest(write(f"{header}\r\n" + rows("2021.02.23"), encoding="cp949"))
    assert outcome.mapped.columns == columns


def test_what_the_customer_wrote_goes_before_what_the_company_answered(write: Write) -> None:
    answer = "안녕하세요 고객님 불편을 드려 죄송합니다. 앱을 다시 설치해 주시기 바랍니다."
    lines = "".join(f"2021.02.23,{answer} {i},{TEXT} {i}\r\n" for i in range(5))
    outcome = ingest(write("접수일,답변 내용,고객불편내용\r\n" + lines))
    assert outcome.mapped.columns["body"] == "고객불편내용"


def test_a_row_number_is_no_id_of_a_record(write: Write) -> None:
    for name in ("순번", "No"):
        outcome = ingest(
            write(f"{name},등록일,내용\r\n" + "".join(f"{i},2021.02.23,{TEXT} {i}\r\n" for i in range(5)))
        )
        assert "external_id" not in outcome.mapped.columns


@pytest.mark.parametrize("name", ["성함", "핸드폰 번호", "휴대전화번호", "수령인", "배송 주소"])
def test_who_the_customer_is_becomes_no_attribute(write: Write, name: str) -> None:
    lines = "".join(f"2021.02.23,{TEXT} {i},값{i},서울\r\n" for i in range(5))
    outcome = ingest(write(f"등록일,내용,{name},지점\r\n" + lines))
    assert {key for record in outcome.records for key, _ in record["attributes"]} == {"지점"}


def test_years_of_two_digits_are_read_once_their_order_is_said(write: Write) -> None:
    path = write("등록일,내용\r\n" + "".join(f"21.02.0{i + 1},{TEXT} {i}\r\n" for i in range(5)))
    outcome = ingest(path, date_order="ymd")
    assert [record["created_at"].date().isoformat() for record in outcome.records] == [
        f"2021-02-0{i + 1}" for i in range(5)
    ]
