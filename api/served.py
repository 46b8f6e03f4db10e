"""The application as ``issuemine serve`` starts it: what is slow to load is loaded before it is asked for."""

from __future__ import annotations

import gc
import threading
from contextlib import suppress

from fastapi import FastAPI

from api.app import create_app
from issuemine.errors import IssuemineError


def served() -> FastAPI:
    """Make the application of the environment's settings, and have what it will need loaded beside it."""
    app = create_app()
    with suppress(IssuemineError):  # told to whoever asks
        app.state.snapshots.current()
    threading.Thread(target=_settle, args=(app,), name="settle", daemon=True).start()
    return app


def _settle(app: FastAPI) -> None:
    if app.state.settings.api.warm:
        app.state.intake.warm()
        with suppress(IssuemineError):  # whoever searches is told then: nothing may be published yet
            app.state.search.warm(app.state.snapshots.current())
    # All this stays: the cycle collector, which holds up every answer, need not look through it again.
    gc.collect()
    gc.freeze()
