"""The redactor of what people write: made once, as its recognisers take seconds to load."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from issuemine.config import CleanSettings

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
