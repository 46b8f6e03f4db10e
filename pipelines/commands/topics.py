"""``issuemine topics``: the recurring issues of the newest snapshot."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer
from rich.console import Console

from issuemine.messages import mark
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.listing import listing
from pipelines.summary import print_topics


def topics(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    top: Annotated[int, typer.Option(min=1, help=mark("Issues listed."))] = 20,
    config: Config = None,
    json: Json = False,
) -> None:
    """List the top recurring issues."""
    settings = settings_for(config)
    snapshot = Snapshots(Layout(warehouse), settings.store).current()
    if json:
        found = listing(snapshot, settings.trends.window_days, top)
        typer.echo(orjson.dumps(found, default=str).decode())
    else:
        print_topics(Console(), snapshot, settings.trends.window_days, top)
