"""``issuemine why``: what is different about a topic."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

import orjson
import typer
from rich.console import Console

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.store.layout import Layout
from issuemine.store.snapshot import Snapshots
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for


def why(
    topic: Annotated[str, typer.Argument(help=mark("A topic, for example T12."))],
    against: Annotated[
        Literal["others", "past"],
        typer.Option(help=mark("Compare with all other records, or with as many days before.")),
    ] = "others",
    days: Annotated[
        int | None, typer.Option(min=1, help=mark("Only the last so many days; default: all."))
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """Tell what is different about a topic's records, and how sure that is."""
    settings = settings_for(config)
    from issuemine.causes.change_words import no_candidate
    from issuemine.diagnosis import differences, history
    from issuemine.store.causes import Segment

    snapshot = Snapshots(Layout(warehouse), settings.store).current()
    topic_id = topic.strip().upper()
    if not snapshot.database.table("read/topic", {"topic_id": topic_id}).num_rows:
        raise SettingsError(
            say("There is no topic {topic}.", topic=topic),
            say("'issuemine topics' lists the topics that there are."),
        )
    last = snapshot.info["as_of"]
    first = snapshot.info["first_day"] if days is None else last - timedelta(days=days - 1)
    database, target = snapshot.database, Segment(topic_id)
    found = differences(database, target, first, last, settings.causes, against=against).told
    found |= history(database, topic_id, settings.causes)
    if json:
        typer.echo(orjson.dumps(found).decode())
        return
    console = Console(highlight=False)
    for place, candidate in enumerate(found["candidates"], start=1):
        console.print(f"{place:>3}  {candidate['sentence']}", markup=False, soft_wrap=True)
        console.print(f"     {candidate['basis']}", markup=False, soft_wrap=True)
    console.print(found["message"], markup=False, soft_wrap=True)
    console.print(say("Changes in time:"), style="bold")
    for point in found["changes"]:
        console.print(f"  {point['sentence']}", markup=False, soft_wrap=True)
        console.print(f"     {point['basis']}", markup=False, soft_wrap=True)
        for candidate in point["candidates"]:
            console.print(f"  -  {candidate['sentence']}", markup=False, soft_wrap=True)
            console.print(f"     {candidate['basis']}", markup=False, soft_wrap=True)
        if not point["candidates"]:
            console.print(f"     {no_candidate()}", markup=False, soft_wrap=True)
    console.print(f"  {found['changes_message']}", markup=False, soft_wrap=True)
    if found["phrases"]:
        console.print(say("Said now and not before:"), style="bold")
    for phrase in found["phrases"]:
        counts = say(
            "{mentions:,} mentions lately, {past:,} before",
            mentions=phrase["mentions"],
            past=phrase["past_mentions"],
        )
        console.print(f"     {phrase['phrase']}  ({counts})", markup=False, soft_wrap=True)
    _sequences(console, found["sequences"])


def _sequences(console: Console, told: dict[str, Any]) -> None:
    """What came before and what comes next."""
    for title, rows in ((say("What came before:"), told["before"]), (say("What comes next:"), told["next"])):
        if rows:
            console.print(title, style="bold")
        for row in rows:
            console.print(f"     {row['sentence']}", markup=False, soft_wrap=True)
            console.print(f"     {row['saving']} {row['basis']}", markup=False, soft_wrap=True)
    console.print(told["message"], markup=False, soft_wrap=True)
