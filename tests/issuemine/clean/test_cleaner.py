import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from issuemine.clean.cleaner import Cleaner
from issuemine.config import CleanSettings
from issuemine.errors import CleanError
from issuemine.records import RECORD_SCHEMA
from tests.issuemine.clean.tables import raw_records

KEY = b"k" * 32


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner(CleanSettings(), KEY)


def one(cleaner: Cleaner, **row: Any) -> dict[str, Any]:
    """The one record that comes of a row."""
    return dict(cleaner.clean(raw_records(row)).to_pylist()[0])


def test_the_result_has_the_schema_and_the_rows_in_order(cleaner: Cleaner) -> None:
    table = cleaner.clean(raw_records({"body": "one"}, {"body": None}, {"subject": "three", "body": " "}))
    assert table.schema.equals(RECORD_SCHEMA)
    assert table["text"].to_pylist() == ["one", "", "three"]
    table.validate(full=True)


def test_no_rows_are_cleaned_to_no_rows(cleaner: Cleaner) -> None:
    assert cleaner.clean(raw_records()).num_rows == 0


@pytest.mark.parametrize(
    ("subject", "body", "text"),
    [
        ("Login", "It fails.", "Login\n\nIt fails."),
        ("It fails", "It fails", "It fails"),
        ("It fails!", "it  fails when I try", "it  fails when I try"),
        ("It fails when I t...", "It fails when I try", "It fails when I try"),
        ("Bad", "Badly made", "Bad\n\nBadly made"),
        ("Two\nlines", "x", "Two lines\n\nx"),
        (None, "<p>Hi &amp; bye</p>", "Hi & bye"),
        ("Only a subject", None, "Only a subject"),
    ],
)
def test_the_text_is_the_subject_and_the_body(
    cleaner: Cleaner, subject: str | None, body: str | None, text: str
) -> None:
    assert one(cleaner, subject=subject, body=body)["text"] == text


def test_personal_data_is_redacted_in_every_column_that_holds_text(cleaner: Cleaner) -> None:
    address = "jane.doe@mail.example.com"
    table = cleaner.clean(
        raw_records(
            {
                "external_id": address,
                "subject": f"From {address}",
                "body": f"Write to {address} or {address}",
                "tags": ["vip", address],
                "attributes": [("contact", address), ("seat", "12")],
                "product": address,
                "region": f"north ({address})",
                "customer_ref": address,
            }
        )
    )
    record = table.to_pylist()[0]
    assert address not in str(record)
    assert record["text"] == "From <EMAIL>\n\nWrite to <EMAIL> or <EMAIL>"
    assert record["redactions"] == [("EMAIL", 3)]
    assert record["tags"] == ["vip", "<EMAIL>"]
    assert record["attributes"] == [("contact", "<EMAIL>"), ("seat", "12")]
    assert record["region"] == "north (<EMAIL>)"


def test_an_address_hidden_by_invisible_characters_or_markup_is_redacted(cleaner: Cleaner) -> None:
    for body in (
        "jane\u200b@mail.exam\u00adple.com",
        "<p>jane@<b>mail</b>.example.com</p>",
        "jane&#64;mail.example.com",
    ):
        assert one(cleaner, body=body)["text"] == "<EMAIL>"


def test_a_redaction_in_a_subject_that_is_left_out_is_not_counted(cleaner: Cleaner) -> None:
    record = one(cleaner, subject="Ask jane@mail.example.com", body="Ask jane@mail.example.com now")
    assert record["text"] == "Ask <EMAIL> now"
    assert record["redactions"] == [("EMAIL", 1)]


def test_identifiers_are_hashes_of_known_kinds(cleaner: Cleaner) -> None:
    record = one(cleaner, source="shop", external_id="77", customer_ref=" Jane ", body="x")
    assert record["record_id"] == hashlib.blake2b(b"shop\x0077", digest_size=8).hexdigest()
    assert record["customer_ref"] == hmac.new(KEY, b"jane", hashlib.sha256).hexdigest()[:32]
    assert record["external_id"] == "77"


def test_another_key_gives_another_pseudonym() -> None:
    first, second = (Cleaner(CleanSettings(), key * 32) for key in (b"a", b"b"))
    assert one(first, customer_ref="Jane")["customer_ref"] != one(second, customer_ref="Jane")["customer_ref"]


def test_a_missing_customer_stays_missing(cleaner: Cleaner) -> None:
    assert one(cleaner, body="x")["customer_ref"] is None
    assert one(cleaner, body="x", customer_ref=" ")["customer_ref"] is None


BASE: dict[str, Any] = {
    "external_id": "1",
    "subject": "a",
    "body": "b",
    "tags": ["x", "y"],
    "attributes": [("k", "1"), ("l", "2")],
    "rating": 3.0,
    "customer_ref": "jane",
}


@pytest.mark.parametrize(
    "change",
    [
        {"body": "c"},
        {"subject": "c"},
        {"tags": ["x"]},
        {"attributes": [("k", "1"), ("l", "3")]},
        {"rating": 4.0},
        {"rating": None},
        {"status": "closed"},
        {"resolved_at": datetime(2024, 6, 1, tzinfo=UTC)},
        {"customer_ref": "joe"},
        {"reopens": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_record_has_another_content_hash(cleaner: Cleaner, change: dict[str, Any]) -> None:
    assert one(cleaner, **BASE)["content_hash"] != one(cleaner, **{**BASE, **change})["content_hash"]


def test_the_content_hash_does_not_depend_on_neighbours_or_the_order_of_attributes(cleaner: Cleaner) -> None:
    alone = one(cleaner, **BASE)["content_hash"]
    turned = {**BASE, "attributes": [("l", "2"), ("k", "1")]}
    table = cleaner.clean(raw_records({"body": "other", "plan": "pro"}, turned))
    assert table["content_hash"][1].as_py() == alone


def test_the_sources_language_wins_over_the_texts(cleaner: Cleaner) -> None:
    assert one(cleaner, body="Bonjour", language="fr-FR")["language"] == "fr"
    assert one(cleaner, body="앱이 안 열려요", language="??")["language"] == "ko"
    assert one(cleaner, body="It fails")["language"] == "en"


def test_boilerplate_is_marked_in_place_and_stays_in_the_text(cleaner: Cleaner) -> None:
    record = one(cleaner, subject="Re: Login", body="Hi team,\nIt fails.\n\nOn Monday you wrote:\n> old")
    marked = [(record["text"][span["start"] : span["end"]], span["reason"]) for span in record["boilerplate"]]
    assert marked == [
        ("Re: ", "reply_prefix"),
        ("Hi team,", "greeting"),
        ("On Monday you wrote:\n> old", "quoted_reply"),
    ]


def test_batches_do_not_change_the_result(cleaner: Cleaner) -> None:
    raw = raw_records(
        *({"body": f"text {n} for jane{n}@mail.example.com", "product": "app"} for n in range(9))
    )
    whole = cleaner.clean(raw)
    parts = pa.concat_tables([cleaner.clean(raw.slice(0, 4)), cleaner.clean(raw.slice(4))])
    assert whole.equals(parts)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(CleanError, match="at least 16"):
        Cleaner(CleanSettings(), b"short")
