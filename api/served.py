"""The application as ``issuemine serve`` starts it: what is slow to load is loaded in the background."""

from __future__ import annotations

import threading

from fastapi import FastAPI

from api.app import create_app


def served() -> FastAPI:
    """Make the application of the environment's settings, and have its recognisers loaded."""
    app = create_app()
    if app.state.settings.api.warm:
        threading.Thread(target=app.state.intake.warm, name="warm", daemon=True).start()
    return app
