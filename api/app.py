"""The application factory."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES

from api import errors
from api.answers import Answers
from api.audit.endpoints import router as audit
from api.causes.endpoints import router as causes
from api.changes.endpoints import router as changes
from api.compare.endpoints import router as compare
from api.curation.endpoints import router as curation
from api.exports.asking import MEDIA_TYPES
from api.exports.endpoints import router as exports
from api.health.endpoints import router as health
from api.hooks.endpoints import router as hooks
from api.ingest.endpoints import router as ingest
from api.language import SpeakLanguage
from api.mcp.mounted import mount as mount_tools
from api.observing.endpoints import router as observing
from api.observing.middleware import Observe
from api.once import given_once
from api.records.endpoints import router as records
from api.reference.document import describing
from api.reference.endpoints import router as reference
from api.runs.endpoints import router as runs
from api.search.endpoints import router as search
from api.search.service import Engine
from api.security.endpoints import router as security
from api.security.guard import admitted
from api.security.headers import SecurityHeaders
from api.security.installing import protect
from api.segments.endpoints import router as segments
from api.signals.endpoints import router as signals
from api.topics.endpoints import router as topics
from api.trends.endpoints import router as trends
from api.web import answering
from api.web.curating import router as forms
from api.web.endpoints import router as pages
from api.web.segmenting import router as segmenting
from api.web.static import router as static
from issuemine.config import Settings, load_settings
from issuemine.errors import IssuemineError
from issuemine.inbox import Intake
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshot, Snapshots, prepare

_ABOUT = """
Recurring issues mined from support tickets, chats, reviews and survey answers.

Every answer comes from one published snapshot, named in `X-Snapshot-Id`; its `ETag` stays valid until a
newer one is published. Failures are problem details (RFC 9457).
"""


def create_app(warehouse: Path | None = None, settings: Settings | None = None) -> FastAPI:
    """Make the application.

    Parameters
    ----------
    warehouse : Path, optional
        Folder of the warehouse; default: the environment's ``ISSUEMINE_WAREHOUSE``, else ``var``.
    settings : Settings, optional
        Settings; default: read from the environment and the file named by ``ISSUEMINE_CONFIG``.
    """
    folder = warehouse or Path(os.environ.get("ISSUEMINE_WAREHOUSE", "var"))
    if settings is None:
        file = os.environ.get("ISSUEMINE_CONFIG")
        settings = load_settings(Path(file) if file else None)
    app = FastAPI(
        title="issuemine",
        version="1",
        description=_ABOUT,
        separate_input_output_schemas=False,
        # Names for people: clients that are generated call their functions so.
        generate_unique_id_function=lambda route: route.name,
        # Its own pages of documentation load scripts from elsewhere.
        openapi_url=None,
        dependencies=[Depends(admitted), Depends(given_once)],
    )
    app.openapi = describing(app)  # type: ignore[method-assign]
    app.state.settings = settings
    each = settings.store.model_copy(update={"memory_limit": settings.api.memory_limit})
    engine = app.state.search = Engine.of(Layout(folder), settings)

    def ready(snapshot: Snapshot) -> None:
        prepare(snapshot)
        with suppress(IssuemineError):  # told to whoever searches
            engine.open(snapshot)

    app.state.snapshots = Snapshots(Layout(folder), each, ready)
    app.state.intake = Intake(Layout(folder), settings)
    app.state.answers = Answers(int(settings.api.answers_mb * 1_000_000))
    protect(app, Layout(folder), settings)
    packed = (*DEFAULT_EXCLUDED_CONTENT_TYPES, MEDIA_TYPES["parquet"])
    # Level 9 takes ten times as long for a tenth less, and the event loop waits for it.
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4, exclude_content_types=packed)
    app.add_middleware(SpeakLanguage, setting=settings.interface.language)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observe, log_file=settings.api.log_file)
    errors.install(app)
    answering.install(app)
    reading = (topics, trends, signals, causes, search, compare, exports, records, runs, health)
    for router in (*reading, segments, curation, changes, audit, ingest):
        app.include_router(router, prefix="/v1")
    app.include_router(hooks, prefix="/v1")
    for router in (health, observing, reference, security, pages, forms, segmenting, static):
        app.include_router(router, include_in_schema=False)
    mount_tools(app)
    return app
