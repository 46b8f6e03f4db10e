"""``issuemine keys``: who may use the service, and what was written with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from issuemine.config import Settings
from issuemine.messages import mark, say
from issuemine.records_access import ApiKey, AuditEntry, Role
from issuemine.store.layout import Layout
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.speaking import SpeakingCommand, SpeakingGroup

if TYPE_CHECKING:
    from issuemine.store.operational import Operational

app = typer.Typer(
    cls=SpeakingGroup,
    help=mark("Say who may use the service, and see what they wrote."),
    no_args_is_help=True,
)


@contextmanager
def open_keys(warehouse: Path, settings: Settings) -> Iterator[Operational]:
    """The store of a warehouse folder; both are made where they are missing."""
    from issuemine.store.operational import open_operational

    layout = Layout(warehouse)
    layout.create()
    with open_operational(layout, settings.store) as store:
        yield store


def create(
    name: Annotated[str, typer.Option(help=mark("Who or what it is for; unique."))],
    role: Annotated[Role, typer.Option(help=mark("What it may do."))] = Role.READER,
    expires: Annotated[
        int | None,
        typer.Option(min=1, max=36_500, metavar="DAYS", help=mark("Days until it ends; default: never.")),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """Make a key and show it, this once."""
    now = datetime.now(UTC)
    ends = None if expires is None else now + timedelta(days=expires)
    with open_keys(warehouse, settings_for(config)) as store:
        from issuemine.store.operational import keys

        key, kept = keys.create(store, name, role, at=now, expires_at=ends)
        _note(store, kept, "create")
    if json:
        typer.echo(orjson.dumps(_facts(kept) | {"key": key}).decode())
        return
    typer.echo(key)
    typer.echo(
        say("Keep it now: it is not shown again. It is sent as 'Authorization: Bearer KEY'."), err=True
    )


def list_keys(warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None, json: Json = False) -> None:
    """List the keys that were made; none can be shown again."""
    with open_keys(warehouse, settings_for(config)) as store:
        from issuemine.store.operational import keys

        found = keys.all_keys(store)
    if json:
        typer.echo(orjson.dumps([_facts(key) for key in found]).decode())
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (
        say("key"),
        say("name"),
        say("role"),
        say("begins with"),
        say("made"),
        say("last used"),
        say("state"),
    ):
        table.add_column(heading)
    for key in found:
        used = _minute(key.used_at) if key.used_at is not None else say("not yet")
        row = (str(key.key_id), key.name, str(key.role), f"imk_{key.prefix}", _minute(key.created_at), used)
        table.add_row(*row, _state(key))
    console = Console(highlight=False, soft_wrap=True)
    if found:
        console.print(table)
    else:
        console.print(say("There are no keys yet: only this machine itself is answered."))


def revoke(
    key: Annotated[int, typer.Argument(metavar="KEY", min=1, help=mark("Number of a key."))],
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Let a key open nothing any more."""
    with open_keys(warehouse, settings_for(config)) as store:
        from issuemine.store.operational import keys

        revoked = keys.revoke(store, key, datetime.now(UTC))
        _note(store, revoked, "revoke")
    typer.echo(say("Key {key_id} ({name}) opens nothing any more.", key_id=revoked.key_id, name=revoked.name))


def audit(
    top: Annotated[int, typer.Option(min=1, help=mark("Writes listed."))] = 50,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List what was written, by whom and when, the newest first."""
    with open_keys(warehouse, settings_for(config)) as store:
        from issuemine.store.operational import writes

        found = writes.audit(store, top)
    if json:
        typer.echo(orjson.dumps([asdict(entry) for entry in found]).decode())
        return
    console = Console(highlight=False, soft_wrap=True)
    for entry in found:
        what = " ".join(f"{name}={value}" for name, value in (entry.target | entry.changed).items())
        status = say("unknown") if entry.status is None else str(entry.status)
        line = f"{entry.audit_id:>5}  {entry.at:%Y-%m-%d %H:%M:%SZ}  {entry.who or '-'} ({entry.role or '-'})"
        console.print(f"{line}  {entry.method} {entry.route}  {status}  {what}", markup=False)
    if not found:
        console.print(say("Nothing was written yet."))


def _note(store: Operational, key: ApiKey, what: str) -> None:
    """Keys are made at the command line, but the audit log tells of them too."""
    from issuemine.store.operational import writes
    from pipelines.login import login

    changed = {"key": key.key_id, "role": str(key.role)}
    entry = AuditEntry(0, datetime.now(UTC), None, login() or "", "", "CLI", f"keys {what}", {}, 0, changed)
    writes.begin(store, entry)


def _facts(key: ApiKey) -> dict[str, object]:
    return {name: value for name, value in asdict(key).items() if name != "hash"}


def _state(key: ApiKey) -> str:
    if key.revoked_at is not None:
        return say("revoked")
    if not key.holds(datetime.now(UTC)):
        return say("expired")
    if key.expires_at is None:
        return say("holds")
    return say("holds until {day}", day=key.expires_at.date())


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%MZ}"


for command_name, command, about in (
    ("create", create, mark("Make a key and show it, this once.")),
    ("list", list_keys, mark("List the keys that were made; none can be shown again.")),
    ("revoke", revoke, mark("Let a key open nothing any more.")),
    ("audit", audit, mark("List what was written, by whom and when, the newest first.")),
):
    app.command(command_name, cls=SpeakingCommand, help=about)(command)
