"""The application as ``issuemine serve`` starts it: what is slow to load is loaded before it is asked for."""

from __future__ import annotations

import gc
import threading
from contextlib import suppress

from fastapi import FastAPI

from api.app import create_app
from issuemine.errors import IssuemineError
from issuemine.inbox import Intake


def served() -> FastAPI:
    """Make the application of the environment's settings, and have its recognisers loaded beside it."""
    app = create_app()
    with suppress(IssuemineError):  # told to whoever asks
        app.state.snapshots.current()
    intake = app.state.intake if app.state.settings.api.warm else None
    threading.Thread(target=_settle, args=(intake,), name="settle", daemon=True).start()
    return app


def _settle(intake: Intake | None) -> None:
    if intake is not None:
        intake.warm()
    # All this stays: the cycle collector, which holds up every answer, need not look through it again.
    gc.collect()
    gc.freeze()
