"""``issuemine curate log``: what was said, by whom and when."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.text import Text

from issuemine.messages import say
from issuemine.records import undo_chains
from issuemine.store.operational.events import events_of
from pipelines.commands.curating import at_desk
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse
from pipelines.said import in_words


def log(
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="TOPIC", help=say("Only what was said of this topic and those merged into it.")
        ),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List what was said, of all topics or of one."""
    with at_desk(warehouse, config) as desk:
        events = desk.events
        if topic is not None:
            events = events_of(desk.store, desk.curation.names(topic.strip().upper()))
        chains = undo_chains(desk.events)
        state = dict(chains.values())
        holds = {number: state[first] == on for number, (first, on) in chains.items()}
    if json:
        rows = [asdict(event) | {"in_effect": holds[event.event_id]} for event in events]
        typer.echo(orjson.dumps(rows).decode())
        return
    console = Console(highlight=False, soft_wrap=True)
    for event in events:
        line = Text.assemble(
            (f"{event.event_id:>5}", "bold"),
            (f"  {event.at:%Y-%m-%d %H:%M} UTC  {event.author}  ", "dim"),
            in_words(event),
            "" if holds[event.event_id] else (f"  ({say('undone')})", "yellow"),
        )
        console.print(line)
    if not events:
        console.print(say("Nothing has been said yet."))
