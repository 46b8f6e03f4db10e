"""``issuemine serve``: the newest snapshot over HTTP."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from rich.console import Console

from issuemine.messages import mark, say
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse


def serve(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    host: Annotated[str, typer.Option(help=mark("Address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help=mark("Port to listen on."))] = 8000,
    config: Config = None,
) -> None:
    """Serve topics, trends and records (documentation at /docs)."""
    import uvicorn

    # The application is named, not imported: the pipeline and the service never meet.
    os.environ["ISSUEMINE_WAREHOUSE"] = str(warehouse.resolve())
    if config is not None:
        os.environ["ISSUEMINE_CONFIG"] = str(config.resolve())
    Console(highlight=False).print(
        say(
            "Serving {warehouse} on http://{host}:{port}, with its documentation at /docs. Stop with Ctrl+C.",
            warehouse=warehouse,
            host=host,
            port=port,
        ),
        markup=False,
        soft_wrap=True,
    )
    uvicorn.run("api.app:create_app", factory=True, host=host, port=port, log_level="warning")
