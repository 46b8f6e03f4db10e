"""``issuemine inbox``: what was sent to the service and waits for the next run."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.errors import DamagedError
from issuemine.messages import say
from issuemine.store.inbox import Inbox, Post, read_post
from issuemine.store.layout import Layout
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for


def inbox(warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None, json: Json = False) -> None:
    """Tell what was sent to the service and waits for the next run."""
    settings_for(config)
    found = Inbox(Layout(warehouse))
    posts = found.waiting()
    sources, unread = _sources(posts)
    told: dict[str, Any] = {
        "records": sum(post.records for post in posts),
        "posts": len(posts),
        "bytes": found.bytes(),
        "oldest": posts[0].at if posts else None,
        "sources": dict(sources.most_common()),
        "unread": unread,
    }
    if json:
        typer.echo(orjson.dumps(told).decode())
        return
    console = Console(highlight=False)
    if not posts:
        console.print(say("Nothing waits in the inbox."))
        return
    console.print(
        say(
            "Records that wait for the next run: {records:,} ({megabytes:.1f} MB). The oldest came at {at}.",
            records=told["records"],
            megabytes=told["bytes"] / 1e6,
            at=told["oldest"].isoformat(timespec="seconds"),
        )
    )
    table = Table(say("source"), say("records"), box=None)
    for source, records in sources.most_common():
        table.add_row(source, f"{records:,}")
    console.print(table)
    if unread:
        console.print(say("Posts that are damaged or were taken meanwhile: {posts:,}", posts=unread))


def _sources(posts: list[Post]) -> tuple[Counter[str], int]:
    """Records by source, and how many posts cannot be read."""
    sources: Counter[str] = Counter()
    unread = 0
    for post in posts:
        try:
            sources.update(read_post(post)[0]["source"].to_pylist())
        except DamagedError:
            unread += 1
    return sources, unread
