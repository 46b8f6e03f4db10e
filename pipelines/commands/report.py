"""``issuemine report``: a week as a file for a meeting."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.reasons import failed
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for

_WEEK = 7


def report(
    output: Annotated[Path, typer.Option(help=mark("File to write, for example week.html."))],
    day: Annotated[
        datetime | None,
        typer.Argument(formats=["%Y-%m-%d"], help=mark("Last day told of; default: the newest.")),
    ] = None,
    week: Annotated[
        bool, typer.Option("--week", help=mark("Tell of the seven days up to that day (the default)."))
    ] = False,
    days: Annotated[
        int | None, typer.Option(min=1, max=366, help=mark("Tell of so many days instead."))
    ] = None,
    top: Annotated[int, typer.Option(min=1, help=mark("Issues listed."))] = 30,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Write a report as one HTML file that opens anywhere, without a network, and prints well."""
    settings = settings_for(config)
    if week and days is not None:
        raise SettingsError(say("--week and --days contradict each other."), say("Give one of them."))
    from pipelines.reporting import report as written

    snapshot = Snapshots(Layout(warehouse), settings.store).current()
    told = written(snapshot, day.date() if day is not None else None, _WEEK if days is None else days, top)
    try:
        output.write_text(told, encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise SettingsError(
            say("{file} cannot be written ({reason}).", file=output, reason=failed(error)),
            say("Name a file in a folder that is there."),
        ) from error
    Console(highlight=False).print(
        say("The report is in {file}. Open it in a browser; print it to keep it as PDF.", file=output),
        markup=False,
        soft_wrap=True,
    )
