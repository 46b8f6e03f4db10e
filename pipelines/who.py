"""Who says something on the command line."""

from __future__ import annotations

import getpass

from issuemine.errors import CurationError
from issuemine.messages import say


def login() -> str:
    """Who works at this machine.

    Raises
    ------
    CurationError
        If it does not say.
    """
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise CurationError(
            say("This machine does not say who you are."), say("Name yourself with --author.")
        ) from error
