from collections.abc import Callable
from pathlib import Path

import pytest

from issuemine.config import IngestSettings
from issuemine.ingest import describe, inspect
from tests.issuemine.ingest.conftest import ingest

Write = Callable[..., Path]
LONG = "it does not open after the update"


@pytest.mark.parametrize(
    ("header", "row", "columns", "kind"),
    [
        (
            "review_id,date,rating,title,content",
            f"a-1,2017-01-09 01:20:00,1,Yet another tool,{LONG}",
            {
                "external_id": "review_id",
                "created_at": "date",
                "rating": "rating",
                "subject": "title",
                "body": "content",
            },
            "review",
        ),
        (
            "Comment ID,Trust,Date,FFT categorical answer,FFT question,FFT answer,Comment sentiment",
            f"N 1,N,30/09/2021,1,What was good?,{LONG},1.0",
            {"external_id": "Comment ID", "created_at": "Date", "body": "FFT answer"},
            "survey",
        ),
        (
            "번호,작성일,별점,제목,내용,작성자",
            "1,2021. 2. 23. 오후 3:05,5,좋아요,앱이 안 열려요,홍길동",
            {
                "external_id": "번호",
                "created_at": "작성일",
                "rating": "별점",
                "subject": "제목",
                "body": "내용",
                "customer_ref": "작성자",
            },
            "review",
        ),
        (
            "Ticket ID,Created At,Updated At,Closed At,Subject,Description,Status,Priority,Requester ID,"
            "Tags,Product Name",
            f"7,2021-02-23,2021-02-24,2021-02-25,Help,{LONG},closed,high,u1,a;b,Bank",
            {
                "external_id": "Ticket ID",
                "created_at": "Created At",
                "updated_at": "Updated At",
                "resolved_at": "Closed At",
                "subject": "Subject",
                "body": "Description",
                "status": "Status",
                "priority": "Priority",
                "customer_ref": "Requester ID",
                "tags": "Tags",
                "product": "Product Name",
            },
            "ticket",
        ),
        (
            "responseId,submittedAt,npsScore,verbatim,userEmail,appVersion,os,country",
            f"r1,2021-02-23T10:00:00Z,9,{LONG},a@example.com,1.2,iOS,KR",
            {
                "external_id": "responseId",
                "created_at": "submittedAt",
                "nps": "npsScore",
                "body": "verbatim",
                "version": "appVersion",
                "platform": "os",
                "region": "country",
            },
            "survey",
        ),
        (
            "chat_id,started,transcript,created_at",
            f"c1,x,{LONG},2021-02-23",
            {"external_id": "chat_id", "body": "transcript", "created_at": "created_at"},
            "chat",
        ),
        (
            "when it was,what they said",
            f"2021-02-23,{LONG}",
            {"created_at": "when it was", "body": "what they said"},
            "ticket",
        ),
        (
            "id,date,score,comment",
            f"1,2021-02-23,fine,{LONG}",
            {"external_id": "id", "created_at": "date", "body": "comment"},
            "ticket",
        ),
    ],
)
def test_columns_and_kind_are_told_by_name_and_content(
    write: Write, header: str, row: str, columns: dict[str, str], kind: str
) -> None:
    outcome = ingest(write(f"{header}\n{row}\n"))
    assert outcome.mapped.columns == columns
    assert outcome.records[0]["kind"] == kind
    assert set(outcome.mapped.attributes) <= set(header.split(",")) - set(columns.values())


def test_declared_columns_win_over_detection_and_free_the_others(write: Write) -> None:
    path = write(f"id,date,title,text,said\n1,2021-02-23,short,{LONG},the real one is here\n")
    outcome = ingest(path, columns={"body": "said", "customer_ref": "text"})
    assert outcome.records[0]["body"] == "the real one is here"
    assert outcome.records[0]["customer_ref"] == LONG
    assert outcome.records[0]["subject"] == "short"


def test_other_columns_are_attributes_and_personal_ones_are_left_out(write: Write) -> None:
    header, row = (
        "id,date,text,store,shift,Phone Number,이메일",
        f"1,2021-02-23,{LONG},Seoul,,010-1234-5678,a@b.com",
    )
    text = f"{header}\n{row}\n"
    outcome = ingest(write(text), columns={"customer_ref": "id"})
    assert outcome.records[0]["attributes"] == [("store", "Seoul")]
    assert outcome.mapped.attributes == ("store", "shift")
    assert "1234" not in str(outcome.records)
    assert ("left out (personal)", "Phone Number, 이메일") in describe(outcome.mapped)


def test_the_report_tells_every_field_and_its_column(write: Write) -> None:
    path = write(f"date;text;store\n25/02/2021;{LONG};Seoul\n")
    assert describe(inspect(path, IngestSettings())) == [
        ("format", "csv, utf-8"),
        ("date order", "dmy"),
        ("created_at", "date"),
        ("body", "text"),
        ("kind", "ticket (guessed from the columns)"),
        ("external_id", "made from the content"),
        ("attributes", "store"),
    ]


def test_an_id_that_repeats_over_rows_is_no_key_by_its_ending(write: Write) -> None:
    rows = "".join(f"2021-02-23,store-{at % 3},{LONG} {at}\n" for at in range(9))
    outcome = ingest(write("date,store_id,text\n" + rows))
    assert "external_id" not in outcome.mapped.columns
    assert outcome.records[0]["attributes"] == [("store_id", "store-0")]


def test_source_is_the_setting_else_a_column_else_the_files_name(write: Write) -> None:
    path = write(f"id,date,source,text\n1,2021-02-23,web,{LONG}\n2,2021-02-23,,{LONG}\n", "shop.csv")
    assert [record["source"] for record in ingest(path).records] == ["web", "shop"]
    named = ingest(path, source="mine").records
    assert [record["source"] for record in named] == ["mine", "mine"]
    assert named[0]["attributes"] == [("source", "web")]
    declared = ingest(path, source="mine", columns={"source": "source"}).records
    assert [record["source"] for record in declared] == ["web", "mine"]


def test_kind_is_the_setting_else_a_column_else_guessed(write: Write) -> None:
    path = write(f"id,date,kind,text\n1,2021-02-23,Chat,{LONG}\n2,2021-02-23,,{LONG}\n")
    assert [record["kind"] for record in ingest(path).records] == ["chat", "ticket"]
    assert [record["kind"] for record in ingest(path, kind="note").records] == ["note", "note"]


def test_a_record_without_an_id_gets_one_that_lasts_and_tells_repeats_apart(write: Write) -> None:
    rows = [f"2021-02-23,{LONG}", f"2021-02-23,{LONG}", f"2021-02-24,{LONG}"]
    first = ingest(write("date,text\n" + "\n".join(rows)), batch_rows=1).records
    again = ingest(
        write("text,extra,date\n" + "\n".join(",x,".join(row.split(",")[::-1]) for row in rows[::-1]))
    ).records
    ids = [record["external_id"] for record in first]
    assert len(set(ids)) == 3
    assert ids[0].split("-")[0] == ids[1].split("-")[0]
    assert {record["external_id"] for record in again} == set(ids)
