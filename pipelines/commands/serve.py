"""``issuemine serve``: the newest snapshot over HTTP."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from issuemine.config import Settings
from issuemine.errors import AccessError
from issuemine.loopback import is_loopback
from issuemine.messages import mark, say
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def serve(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    host: Annotated[str, typer.Option(help=mark("Address to listen on."))] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help=mark("Port to listen on."))] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help=mark("Processes that answer."))] = 1,
    config: Config = None,
) -> None:
    """Serve topics, trends and records (documentation at /docs)."""
    from pipelines import serving

    settings = settings_for(config)
    if not is_loopback(host):
        _check_keys(warehouse, settings, host)

    # The application is named, not imported: the pipeline and the service never meet.
    os.environ["ISSUEMINE_WAREHOUSE"] = str(warehouse.resolve())
    if config is not None:
        os.environ["ISSUEMINE_CONFIG"] = str(config.resolve())

    def ready(address: str) -> None:
        told = say(
            "Serving {warehouse} on {address}, with its documentation at /docs. Stop with Ctrl+C.",
            warehouse=warehouse,
            address=address,
        )
        Console(highlight=False).print(told, markup=False, soft_wrap=True)

    with TemporaryDirectory(prefix="issuemine-metrics-") as counts:
        if workers > 1:
            # Each process keeps its counts in this folder, so that /metrics can tell those of all.
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
        serving.run(host, port, workers, settings.api.shutdown_seconds, ready)


def _check_keys(warehouse: Path, settings: Settings, host: str) -> None:
    """Refuse to be reached from other machines while anybody could come in, or nobody could."""
    from issuemine.store.operational.keys import all_keys
    from pipelines.commands.keys import open_keys

    with open_keys(warehouse, settings) as store:
        if any(key.holds(datetime.now(UTC)) for key in all_keys(store)):
            return
    raise AccessError(
        say("Other machines can reach {host}, and there is no key yet.", host=host),
        say("Make one first: issuemine keys create --role admin --name NAME"),
    )
