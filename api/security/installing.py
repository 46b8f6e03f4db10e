"""Puts the guard in front of an application."""

from __future__ import annotations

from fastapi import FastAPI

from api.operational import OperationalStore
from api.security.doorkeeper import Doorkeeper
from api.security.guard import Guard
from api.security.limiting import Limiter
from api.security.signed import Signatures
from api.security.writes import Writes
from issuemine.config import Settings
from issuemine.store.layout import Layout


def protect(app: FastAPI, layout: Layout, settings: Settings) -> None:
    """Guard all routes of an application, also those that are added later.

    Parameters
    ----------
    app : FastAPI
        The application; its state gets ``operational``, ``doorkeeper`` and ``limiter``.
    layout : Layout
        The warehouse folder.
    settings : Settings
        ``store`` says where keys are kept, ``api`` how much one may ask.
    """
    operational = app.state.operational = OperationalStore(layout, settings.store)
    doorkeeper = app.state.doorkeeper = Doorkeeper(operational)
    limiter = app.state.limiter = Limiter(settings.api.rate_limit, settings.hooks.rate_limit)
    signatures = Signatures(settings.hooks, limiter)
    writes = Writes(operational, int(settings.api.max_body_mb * 1_000_000), signatures)
    app.add_middleware(Guard, service=app, doorkeeper=doorkeeper, limiter=limiter, writes=writes)
