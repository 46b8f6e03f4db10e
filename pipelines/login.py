"""Who types."""

from __future__ import annotations

import getpass

from issuemine.errors import CurationError
from issuemine.messages import say


def login() -> str | None:
    """Login name of who types; None where the machine does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None


def author_of(named: str | None) -> str:
    """Who says something: who is named, or else who types.

    Raises
    ------
    CurationError
        If nobody is named and the machine does not say.
    """
    author = named or login()
    if author is None:
        raise CurationError(
            say("This machine does not say who you are."), say("Name yourself with --author.")
        )
    return author
