"""Entries of the change log as they may be kept."""

from __future__ import annotations

from dataclasses import replace

from issuemine.clean.redaction import Redactor
from issuemine.records_changes import Change


def redacted_change(change: Change, redactor: Redactor) -> Change:
    """A change whose texts are redacted; a version stays, though it could look like a computer's address."""
    named = change.name == change.scope.get("version")
    return replace(
        change,
        name=change.name if named else redactor.redact(change.name).text,
        note=redactor.redact(change.note).text,
    )
