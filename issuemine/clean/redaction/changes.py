"""Entries of the change log as they may be kept."""

from __future__ import annotations

import re
from dataclasses import replace

from issuemine.clean.redaction.redactor import Redactor
from issuemine.clean.unicode import normalise
from issuemine.records_changes import Change

_VERSION = re.compile(r"v?\d{1,5}(\.\d{1,5}){1,4}([-+][-+.\w]{1,40})?", re.IGNORECASE)


def redacted_change(change: Change, redactor: Redactor) -> Change:
    """A change whose texts are written and redacted like those of records, so that its scope finds them.

    What the scope tells as the version stays where it looks like one and could be taken for no more than a
    computer's address.

    Parameters
    ----------
    change : Change
        A checked change.
    redactor : Redactor
        Finds personal data.
    """
    told = change.scope.get("version", "")
    version = told if _VERSION.fullmatch(told) else None

    def safe(text: str) -> str:
        plain = normalise(text)
        found = redactor.redact(plain)
        address_alone = {span.kind for span in found.spans} <= {"IP"}
        return plain if plain == version and address_alone else found.text

    return replace(
        change,
        kind=safe(change.kind),
        name=safe(change.name),
        scope={safe(name): safe(value) for name, value in change.scope.items()},
        note=safe(change.note),
    )
