"""``issuemine run``: exports in, recurring issues out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.store.inbox import Inbox
from issuemine.store.layout import Layout
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.listing import listing
from pipelines.pace import Step
from pipelines.progress import Bars
from pipelines.stopping import stopping
from pipelines.summary import (
    print_alerts,
    print_history,
    print_mapping,
    print_summary,
    told_in_a_line,
)
from pipelines.watch import watched


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
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=["%Y-%m-%d"], help=mark("Replay history night by night from this day.")
        ),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help=mark("Last day of the replay."))
    ] = None,
    step: Annotated[Step, typer.Option(help=mark("From one night of a replay to the next."))] = Step.DAY,
    alerts: Annotated[
        bool | None,
        typer.Option(
            "--alerts/--no-alerts",
            help=mark("Tell people what emerged; default: yes, but not of the nights of a replay."),
            show_default=False,
        ),
    ] = None,
    log: Annotated[
        str | None, typer.Option(help=mark("File that the run's log is added to; - is standard error."))
    ] = None,
    metrics: Annotated[
        Path | None, typer.Option(help=mark("File for node_exporter's textfile collector (.prom)."))
    ] = None,
    json: Json = False,
) -> None:
    """Mine exports into recurring issues and publish them."""
    settings = settings_for(config)
    if (first is None) != (last is None):
        raise SettingsError(
            say("A replay needs its first and its last day."), say("Give both --from and --to.")
        )
    if not inputs and not Layout(warehouse).warehouse.is_file() and not Inbox(Layout(warehouse)).waiting():
        raise SettingsError(
            say("No input was named, and nothing is in {folder} yet.", folder=warehouse),
            say("Name the exports to mine: issuemine run FILE..."),
        )
    console = Console(stderr=True) if json else Console()
    with (
        stopping.installed(),
        watched(
            Layout(warehouse), log or settings.run.log_file, metrics or settings.run.metrics_file
        ) as watch,
    ):
        from pipelines.replay import nights, replay  # loads the models' libraries: not for --help

        chosen = (
            nights(first.date(), last.date(), step) if first and last else [as_of.date() if as_of else None]
        )
        for outcome in replay(
            inputs or [],
            settings,
            warehouse,
            chosen,
            reporter=Bars(console),
            on_mapped=lambda mapped: print_mapping(console, mapped),
            rediscover=rediscover,
            restate=restate,
            alerts=(False if first else None) if alerts is None else alerts,
            watch=watch,
        ):
            if len(chosen) > 1:
                console.print(told_in_a_line(outcome.manifest))
            print_alerts(console, outcome.alerts, outcome.alerts_failure)
    if json:
        found = listing(outcome.snapshot, settings.trends.window_days, top)
        typer.echo(orjson.dumps({"run": outcome.manifest} | found, default=str).decode())
    else:
        print_history(console, outcome.manifest)
        print_summary(console, outcome.snapshot, settings.trends.window_days, top)
