"""``issuemine run``: exports in, recurring issues out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from issuemine.messages import mark
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.listing import listing
from pipelines.progress import Bars
from pipelines.summary import print_mapping, print_summary


def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INPUT...]",
            help=mark("CSV, TSV, JSON Lines or Parquet; globs work. None: look again at what is there."),
            show_default=False,
        ),
    ] = None,
    config: Config = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=mark("Last day that counts; default: the newest record's.")),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    top: Annotated[int, typer.Option(min=1, help=mark("Issues listed."))] = 10,
    rediscover: Annotated[
        bool, typer.Option("--rediscover", help=mark("Look at all records anew, also when it is not due."))
    ] = False,
    restate: Annotated[
        bool, typer.Option("--restate", help=mark("Count past days anew, by the topics of this run."))
    ] = False,
    json: Json = False,
) -> None:
    """Mine exports into recurring issues and publish them."""
    settings = settings_for(config)
    console = Console(stderr=True) if json else Console()
    from pipelines.nightly import nightly  # loads the models' libraries: not for --help

    outcome = nightly(
        inputs or [],
        settings,
        Path(warehouse),
        as_of=as_of.date() if as_of else None,
        reporter=Bars(console),
        on_mapped=lambda mapped: print_mapping(console, mapped),
        rediscover=rediscover,
        restate=restate,
    )
    if json:
        found = listing(outcome.snapshot, settings.trends.window_days, top)
        typer.echo(orjson.dumps({"run": outcome.manifest} | found, default=str).decode())
    else:
        print_summary(console, outcome.snapshot, settings.trends.window_days, top)
