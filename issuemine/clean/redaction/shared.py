"""The redactor of a process: made once, as its recognisers take seconds to load."""

from __future__ import annotations

import threading

from issuemine.clean.redaction.redactor import Redactor
from issuemine.config import CleanSettings

_lock = threading.Lock()
_made: dict[str, Redactor] = {}


def shared_redactor(settings: CleanSettings) -> Redactor:
    """The redactor of some settings, for any number of threads.

    Parameters
    ----------
    settings : CleanSettings
        What counts as personal data.
    """
    name = settings.model_dump_json()
    with _lock:
        if name not in _made:
            _made[name] = Redactor(settings)
        return _made[name]
