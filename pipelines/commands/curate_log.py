"""``issuemine curate log``: what was said, by whom and when."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.text import Text

from issuemine.messages import mark, say
from pipelines.commands.curating import at_desk
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse


def log(
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC", help=mark("Only what was said of this topic and those merged into it.")
        ),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List what was said, of all topics or of one."""
    with at_desk(warehouse, config) as desk:
        told = desk.told(topic)
    if json:
        rows = [asdict(event) | {"in_effect": holds} for event, holds in told]
        typer.echo(orjson.dumps(rows).decode())
        return
    from issuemine.desk import in_words

    console = Console(highlight=False, soft_wrap=True)
    for event, holds in told:
        line = Text.assemble(
            (f"{event.event_id:>5}", "bold"),
            (f"  {event.at:%Y-%m-%d %H:%MZ}  {event.author}  ", "dim"),
            in_words(event),
            ("" if holds else "  " + say("(undone)"), "yellow"),
        )
        console.print(line)
    if not told:
        console.print(say("Nothing has been said yet."))
