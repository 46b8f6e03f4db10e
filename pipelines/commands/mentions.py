"""``issuemine mentions``: the mentions of a topic with the ids that curation asks for."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.text import Text

from issuemine.messages import mark, say
from issuemine.store.reading_mentions import topic_mentions
from pipelines.commands.curating import at_desk, topic_of
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse


def mentions(
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC|none", help=mark("A topic, or none for mentions of no topic."))
    ],
    find: Annotated[str | None, typer.Option(help=mark("Only mentions with these words in them."))] = None,
    top: Annotated[int, typer.Option(min=1, help=mark("Mentions listed."))] = 20,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List the mentions of a topic with their ids, the most typical first."""
    with at_desk(warehouse, config) as desk:
        # A merge that waits for the next run has not moved any mention yet.
        name = topic.strip().upper()
        chosen = None if name == "NONE" else name if name in desk.labels else topic_of(desk, topic)
        rows = topic_mentions(desk.database, chosen, words=find, rows=top).to_pylist()
    if json:
        typer.echo(
            orjson.dumps([{name: row[name] for name in row if name != "found"} for row in rows]).decode()
        )
        return
    console = Console(highlight=False)
    for row in rows:
        line = Text.assemble(
            (row["mention_id"], "bold"), (f"  {row['day']}  ", "dim"), " ".join(row["text"].split())
        )
        console.print(line, no_wrap=True, overflow="ellipsis")
    found = rows[0]["found"] if rows else 0
    console.print(say("Mentions shown: {shown:,} of {found:,}.", shown=len(rows), found=found))
