"""Who types."""

from __future__ import annotations

import getpass


def login() -> str | None:
    """Login name of who types; None where the machine does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None
