"""``issuemine export``: everything that is published, as lines of JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.store.export import export_lines
from issuemine.store.layout import Layout
from issuemine.store.pointer import card, kept
from issuemine.store.snapshot import Snapshot, Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def export(
    file: Annotated[Path, typer.Argument(help=mark("File to write; - is standard output."))],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    run: Annotated[
        str | None, typer.Option(help=mark("Run whose snapshot is written; default: served."))
    ] = None,
    config: Config = None,
) -> None:
    """Write everything that is published as JSON Lines, the same bytes for the same content."""
    settings = settings_for(config)
    layout = Layout(warehouse)
    if run is None:
        snapshot = Snapshots(layout, settings.store).current()
    elif run in kept(layout):
        snapshot = Snapshot(layout.snapshot(run), settings.store, blake2b=card(layout, run).get("blake2b"))
    else:
        raise SettingsError(
            say("There is no snapshot of run {run}.", run=run),
            say("There are: {runs}.", runs=", ".join(kept(layout))),
        )
    if str(file) == "-":
        sys.stdout.buffer.writelines(export_lines(snapshot))
        return
    with file.open("wb") as out:
        out.writelines(export_lines(snapshot))
