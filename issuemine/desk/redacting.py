"""The redactor of what people write: made once, as its recognisers take seconds to load."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from issuemine.config import CleanSettings
from issuemine.records_changes import Change

if TYPE_CHECKING:
    from issuemine.clean.redaction import Redactor

_lock = threading.Lock()
_made: dict[str, Redactor] = {}


def redactor(settings: CleanSettings) -> Redactor:
    """The redactor of some settings.

    Parameters
    ----------
    settings : CleanSettings
        What counts as personal data.
    """
    name = settings.model_dump_json()
    with _lock:
        if name not in _made:
            from issuemine.clean.redaction import Redactor

            _made[name] = Redactor(settings)
        return _made[name]


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

    return [redacted_change(change, redactor(settings)) for change in changes]
