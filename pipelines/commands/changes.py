"""``issuemine changes``: what happened outside of the records, to line it up with what changed in topics."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from issuemine.records_changes import Change
from pipelines.commands.curating import Author
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.speaking import SpeakingCommand, SpeakingGroup

_SHOWN_REJECTS = 10
_DAY, _DATE = ["%Y-%m-%d"], "YYYY-MM-DD"

app = typer.Typer(
    cls=SpeakingGroup,
    help=mark("Keep the log of releases, outages, campaigns and other changes."),
    no_args_is_help=True,
)


def import_(
    file: Annotated[Path, typer.Argument(help=mark("CSV, TSV, JSON Lines or Parquet, one change a row."))],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", help=mark("Column with the attribute value that a change concerns; repeatable.")
        ),
    ] = None,
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """Take in a change log; entries that are there already are passed over."""
    settings = settings_for(config)
    from pipelines.changelog import import_changes

    done = import_changes(file, settings, warehouse, scope=scope or [], author=author)
    if json:
        rejects = [
            {"row": row, "column": column, "reason": reason} for row, column, reason in done.file.rejects
        ]
        facts = {"added": done.added, "known": done.known, "rejects": rejects, "columns": done.file.columns}
        typer.echo(orjson.dumps(facts).decode())
        return
    console = Console(highlight=False)
    told = ", ".join(f"{field} = {column}" for field, column in done.file.columns.items())
    console.print(say("Columns: {columns}.", columns=told), markup=False, soft_wrap=True)
    if done.file.left_out:
        left_out = ", ".join(done.file.left_out)
        console.print(say("Left out: {columns}.", columns=left_out), markup=False, soft_wrap=True)
    for row, column, reason in done.file.rejects[:_SHOWN_REJECTS]:
        where = say(
            "{file}, row {row}, {column}: {reason}.", file=file, row=row, column=column, reason=reason
        )
        bare = say("{file}, row {row}: {reason}.", file=file, row=row, reason=reason)
        console.print(where if column else bare, markup=False, soft_wrap=True)
    line = say(
        "{added:,} changes added, {known:,} known already, {rejected:,} rows rejected.",
        added=done.added,
        known=done.known,
        rejected=len(done.file.rejects),
    )
    console.print(f"{line} {_next()}", markup=False, soft_wrap=True)


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("What it is called, such as a version."))],
    start: Annotated[
        datetime, typer.Option(formats=_DAY, metavar="YYYY-MM-DD", help=mark("The day it came."))
    ],
    end: Annotated[
        datetime | None,
        typer.Option(
            formats=_DAY, metavar="YYYY-MM-DD", help=mark("Its last day; default: the day it came.")
        ),
    ] = None,
    kind: Annotated[
        str, typer.Option(help=mark("release, outage, campaign, price, policy or any other word."))
    ] = "release",
    scope: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE", help=mark("Field or attribute that it concerns, such as platform=Android.")
        ),
    ] = None,
    note: Annotated[str, typer.Option(help=mark("What else is known."))] = "",
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Enter a change."""
    settings = settings_for(config)
    from issuemine.ingest.changelog_entry import change
    from pipelines.changelog import add_changes

    pairs = [pair.partition("=") for pair in scope or []]
    if any(not separator for _, separator, _ in pairs):
        raise SettingsError(
            say("A scope is written name=value."), say("For example --scope platform=Android.")
        )
    entry = change(
        kind,
        name,
        start.date(),
        None if end is None else end.date(),
        {key: value for key, _, value in pairs},
        note,
    )
    (number,) = add_changes([entry], settings, warehouse, author=author)
    if number is None:
        typer.echo(say("The change log has this entry already."))
        return
    typer.echo(f"{say('Entry {number}: {what}.', number=number, what=_told(entry))} {_next()}")


def list_(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List the changes, the earliest first."""
    settings = settings_for(config)
    from pipelines.changelog import list_changes

    found = list_changes(settings, warehouse)
    if json:
        rows = [{"event_id": number} | asdict(change) for number, change in found.items()]
        typer.echo(orjson.dumps(rows).decode())
        return
    console = Console(highlight=False)
    if not found:
        console.print(say("The change log is empty."))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (say("entry"), say("start"), say("end"), say("kind"), say("name"), say("scope")):
        table.add_column(heading, overflow="fold")
    for number, change in found.items():
        table.add_row(
            str(number), str(change.start), _until(change), _kind(change), change.name, _scope(change)
        )
    console.print(table, markup=False)


def remove(
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=1, help=mark("Number of an entry."))],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Take an entry back; remove the removal to bring it again."""
    settings = settings_for(config)
    from pipelines.changelog import remove_change

    change, number, holds = remove_change(entry, settings, warehouse, author=author)
    what = _told(change)
    told = (
        say("Entry {number} brings it again: {what}.", number=number, what=what)
        if holds
        else say("Entry {number} removes it: {what}.", number=number, what=what)
    )
    typer.echo(f"{told} {_next()}")


def _told(change: Change) -> str:
    from issuemine.causes.change_words import named

    parts = [named(change), str(change.start), _until(change), _scope(change)]
    return ", ".join(part for part in parts if part)


def _kind(change: Change) -> str:
    from issuemine.causes.change_words import kind_name

    return kind_name(change.kind)


def _until(change: Change) -> str:
    return str(change.end) if change.end > change.start else ""


def _scope(change: Change) -> str:
    return ", ".join(f"{name} = {value}" for name, value in change.scope.items())


def _next() -> str:
    return say("It takes effect at the next run (issuemine run).")


for command, name, about in (
    (import_, "import", mark("Take in a change log; entries that are there already are passed over.")),
    (add, "add", mark("Enter a change.")),
    (list_, "list", mark("List the changes, the earliest first.")),
    (remove, "remove", mark("Take an entry back; remove the removal to bring it again.")),
):
    app.command(name, cls=SpeakingCommand, help=about)(command)
