"""What people write beside records, redacted before it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from issuemine.config import CleanSettings
from issuemine.records_changes import Change


def redacted_changes(changes: Sequence[Change], settings: CleanSettings) -> list[Change]:
    """Entries of the change log as they may be kept.

    Parameters
    ----------
    changes : sequence of Change
        Checked ones.
    settings : CleanSettings
        What counts as personal data.
    """
    from issuemine.clean.redaction.changes import redacted_change
    from issuemine.clean.redaction.shared import shared_redactor

    return [redacted_change(change, shared_redactor(settings)) for change in changes]


def personal_data(texts: Sequence[str], settings: CleanSettings) -> set[str]:
    """Kinds of personal data in some texts, such as ``EMAIL``.

    Parameters
    ----------
    texts : sequence of str
        What somebody wrote.
    settings : CleanSettings
        What counts as personal data.
    """
    from issuemine.clean.redaction.shared import shared_redactor

    redactor = shared_redactor(settings)
    return {span.kind for text in texts for span in redactor.redact(text).spans}
