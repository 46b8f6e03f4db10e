"""``issuemine backup`` and ``issuemine restore``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from issuemine.messages import mark, say
from issuemine.store.backup import back_up
from issuemine.store.layout import Layout
from issuemine.store.restore import restore as put_back
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def backup(
    destination: Annotated[
        Path, typer.Argument(metavar="DEST", help=mark("Folder to make, or file that ends in .tar."))
    ],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    all_snapshots: Annotated[
        bool, typer.Option("--all-snapshots", help=mark("Also those that are kept but not served."))
    ] = False,
    wait: Annotated[
        float, typer.Option(min=0, help=mark("Seconds to wait for a run that is at work."))
    ] = 1.0,
    config: Config = None,
) -> None:
    """Write a backup of the warehouse, its snapshots and its key."""
    settings_for(config)
    now = datetime.now(UTC)
    entries = back_up(Layout(warehouse), destination, now=now, all_snapshots=all_snapshots, wait=wait)
    Console(highlight=False).print(
        say(
            "{files} files ({megabytes:,.1f} MB) are backed up in {path}. "
            "It holds the customer key: keep it secret.",
            files=len(entries),
            megabytes=sum(entry.bytes for entry in entries) / 1e6,
            path=destination,
        )
    )


def restore(
    source: Annotated[Path, typer.Argument(metavar="SRC", help=mark("What issuemine backup wrote."))],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    force: Annotated[bool, typer.Option("--force", help=mark("Replace what is there."))] = False,
    config: Config = None,
) -> None:
    """Put a backup in the place of a warehouse."""
    settings_for(config)
    entries = put_back(source, Layout(warehouse), force=force)
    Console(highlight=False).print(
        say("{files} files are restored to {folder}.", files=len(entries), folder=warehouse)
    )
