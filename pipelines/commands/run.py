"""``issuemine run``: exports in, recurring issues out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from issuemine.messages import say
from issuemine.store.layout import Layout
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.listing import listing
from pipelines.progress import Bars
from pipelines.stopping import stopping
from pipelines.summary import print_mapping, print_summary
from pipelines.watch import watched


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help=say("CSV, TSV, JSON Lines or Parquet; globs work.")),
    ],
    config: Config = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=say("Last day that counts; default: the newest record's.")),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    top: Annotated[int, typer.Option(min=1, help=say("Issues listed."))] = 10,
    log: Annotated[
        str | None, typer.Option(help=say("File that the run's log is added to; - is standard error."))
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(help=say("File for node_exporter's textfile collector (.prom)."))
    ] = None,
    json: Json = False,
) -> None:
    """Mine exports into recurring issues and publish them."""
    settings = settings_for(config)
    console = Console(stderr=True) if json else Console()
    with (
        stopping.installed(),
        watched(
            Layout(warehouse), log or settings.run.log_file, metrics or settings.run.metrics_file
        ) as watch,
    ):
        from pipelines.nightly import nightly  # loads the models' libraries: not for --help

        outcome = nightly(
            inputs,
            settings,
            warehouse,
            as_of=as_of.date() if as_of else None,
            reporter=Bars(console),
            on_mapped=lambda mapped: print_mapping(console, mapped),
            watch=watch,
        )
    if json:
        found = listing(outcome.snapshot, settings.trends.window_days, top)
        typer.echo(orjson.dumps({"run": outcome.manifest} | found, default=str).decode())
    else:
        print_summary(console, outcome.snapshot, settings.trends.window_days, top)
