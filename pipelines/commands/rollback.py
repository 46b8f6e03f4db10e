"""``issuemine rollback``: an earlier snapshot is served again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from issuemine.messages import mark, say
from issuemine.store.layout import Layout
from issuemine.store.pointer import roll_back
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse, settings_for


def rollback(
    run: Annotated[str, typer.Argument(help=mark("Run whose snapshot is to be served; see issuemine runs."))],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Serve the snapshot of an earlier run again, until the next run publishes."""
    settings_for(config)
    roll_back(Layout(warehouse), run, datetime.now(UTC))
    Console(highlight=False).print(
        say("The snapshot of {run} is served now. The next run publishes a new one.", run=run)
    )
