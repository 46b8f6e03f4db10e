"""``issuemine report``: a week as a file for a meeting."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from issuemine.messages import mark, say
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def report(
    output: Annotated[Path, typer.Option(help=mark("File to write, for example week.html."))],
    day: Annotated[
        datetime | None,
        typer.Argument(formats=["%Y-%m-%d"], help=mark("Last day told of; default: the newest.")),
    ] = None,
    week: Annotated[
        bool, typer.Option("--week", help=mark("Tell of the seven days up to that day (the default)."))
    ] = False,
    days: Annotated[int, typer.Option(min=1, max=366, help=mark("Tell of so many days instead."))] = 7,
    top: Annotated[int, typer.Option(min=1, help=mark("Issues listed."))] = 30,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Write a report as one HTML file that opens anywhere, without a network, and prints well."""
    settings = settings_for(config)
    from pipelines.reporting import report as written

    snapshot = Snapshots(Layout(warehouse), settings.store).current()
    told = written(snapshot, day.date() if day is not None else None, 7 if week else days, top)
    output.write_text(told, encoding="utf-8")
    Console(highlight=False).print(
        say("The report is in {file}. Open it in a browser; print it to keep it as PDF.", file=output),
        markup=False,
        soft_wrap=True,
    )
