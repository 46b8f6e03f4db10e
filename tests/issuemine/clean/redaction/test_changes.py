"""Entries of the change log are kept without personal data, versions as they are."""

from datetime import date

import pytest

from issuemine.clean.redaction import Redactor
from issuemine.clean.redaction.changes import redacted_change
from issuemine.records_changes import Change

DAY = date(2026, 3, 2)


def test_every_text_is_redacted(redactor: Redactor) -> None:
    scope = {"kim@example.com": "VIP", "account": "lee@example.com", "담당": "010-1234-5678"}
    found = redacted_change(
        Change("for ann@example.com", "ask bob@example.com", DAY, DAY, scope, "call 010-1234-5678"), redactor
    )
    assert found == Change(
        "for <EMAIL>",
        "ask <EMAIL>",
        DAY,
        DAY,
        {"<EMAIL>": "VIP", "account": "<EMAIL>", "담당": "<PHONE>"},
        "call <PHONE>",
    )


@pytest.mark.parametrize("version", ["10.0.0.1", "v203.0.113.7", "203.0.113.7-rc.1", "1.0.5"])
def test_a_version_stays_though_it_looks_like_an_address(redactor: Redactor, version: str) -> None:
    change = Change("release", version, DAY, DAY, {"version": version})
    assert redacted_change(change, redactor) == change


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("010.1234.5678", "<PHONE>"),
        ("212.555.2671", "<PHONE>"),
        ("900101-1234567", "<KR_RRN>"),
        ("ask kim@example.com", "ask <EMAIL>"),
        ("10.0.0.1 of the office", "<IP> of the office"),
    ],
)
def test_what_is_only_called_a_version_is_redacted(redactor: Redactor, told: str, kept: str) -> None:
    found = redacted_change(Change("release", told, DAY, DAY, {"version": told}), redactor)
    assert (found.name, found.scope) == (kept, {"version": kept})


def test_a_scope_is_written_like_the_records_that_it_shall_find(redactor: Redactor) -> None:
    decomposed = "\u110b\u1167\u11bc\u1109\u1165"
    found = redacted_change(Change("release", "x", DAY, DAY, {"language": f"{decomposed}\u200b"}), redactor)
    assert found.scope == {"language": "영서"}
