"""``issuemine signals``: what emerges, and why it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import orjson
import typer
from rich.console import Console

from issuemine.messages import mark
from issuemine.store.emerging import signals as read_signals
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.emerging import print_signals


def signals(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    days: Annotated[int, typer.Option(min=1, help=mark("Days looked back, from the snapshot's day."))] = 7,
    news: Annotated[bool, typer.Option("--news", help=mark("Only what was news."))] = False,
    config: Config = None,
    json: Json = False,
) -> None:
    """List what comes up more than its past explains, with the evidence."""
    settings = settings_for(config)
    snapshot = Snapshots(Layout(warehouse), settings.store).current()
    last = snapshot.info["as_of"]
    first = last - timedelta(days=days - 1)
    found = read_signals(snapshot.database, first, last, news=news)
    if json:
        told = {"snapshot": snapshot.snapshot_id, "as_of": last, "signals": found}
        typer.echo(orjson.dumps(told).decode())
    else:
        print_signals(Console(), found)
