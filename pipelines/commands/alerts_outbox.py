"""The messages of ``issuemine alerts``: listed, shown, tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from issuemine.config import Settings
from issuemine.errors import AlertError, SettingsError
from issuemine.messages import mark, retell, say, speaking
from issuemine.records import Delivery, DeliveryStatus, Mode
from issuemine.store.layout import Layout
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for

if TYPE_CHECKING:
    from issuemine.store.operational import Operational

Number = Annotated[int, typer.Argument(metavar="MESSAGE", min=1, help=mark("Number of a message."))]

_STATUSES = {
    DeliveryStatus.WAITING: mark("waiting"),
    DeliveryStatus.SENT: mark("sent"),
    DeliveryStatus.DEAD: mark("given up"),
}
_MODES = {Mode.IMMEDIATE: mark("at once"), Mode.DIGEST: mark("digest"), Mode.TEST: mark("test")}


def list_messages(
    status: Annotated[
        DeliveryStatus | None, typer.Option(help=mark("Only those that are waiting, sent, or dead."))
    ] = None,
    top: Annotated[int, typer.Option(min=1, help=mark("Messages listed."))] = 50,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
    json: Json = False,
) -> None:
    """List messages, the newest first."""
    settings = settings_for(config)
    with open_outbox(warehouse, settings) as store:
        from issuemine.store.operational import outbox

        found, counts = outbox.deliveries(store, status, top), outbox.counts(store)
    if json:
        rows = [_facts(one) | {"signals": [_named(content) for content in one.contents]} for one in found]
        typer.echo(orjson.dumps({"counts": counts, "messages": rows}).decode())
        return
    console = Console(highlight=False)
    console.print(_table(found) if found else say("There are no such messages."))
    if counts["held"]:
        console.print(say("Alerts that wait for their hour: {held:,}.", held=counts["held"]))


def show(
    message: Number, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None, json: Json = False
) -> None:
    """Show a message as it is sent, and what became of it."""
    settings = settings_for(config)
    with open_outbox(warehouse, settings) as store:
        found = _found(store, message)
    if json:
        typer.echo(orjson.dumps(_facts(found) | {"contents": found.contents}).decode())
        return
    from issuemine.alerts.letter import write

    letter = write(found, settings.alerts, speaking())
    console = Console(highlight=False, soft_wrap=True)
    for name, value in _facts(found).items():
        if value is not None:
            console.print(Text(f"{name}: {value}", style="dim"))
    console.print(Text(f"\n{letter.subject}\n", style="bold"))
    console.print(Text(letter.text()))


def retry(
    message: Annotated[
        int | None,
        typer.Argument(metavar="[MESSAGE]", min=1, help=mark("Number of a message; none: all given up.")),
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Have messages that were given up tried again, at the next sending."""
    settings = settings_for(config)
    with open_outbox(warehouse, settings) as store:
        from issuemine.store.operational import outbox

        if message is not None and _found(store, message).status is DeliveryStatus.SENT:
            raise AlertError(say("Message {number} was sent already.", number=message))
        revived = outbox.revive(store, datetime.now(UTC), message)
    typer.echo(say("Messages to be tried again: {count:,}. Send them: issuemine alerts send", count=revived))


@contextmanager
def open_outbox(warehouse: Path, settings: Settings) -> Iterator[Operational]:
    """The store that holds the outbox of a warehouse folder."""
    layout = Layout(warehouse)
    if not layout.folder.is_dir():
        raise SettingsError(
            say("There is no warehouse in {folder}.", folder=warehouse),
            say("Name another folder with --warehouse."),
        )
    from issuemine.store.operational import open_operational  # loads its libraries: not for --help

    with open_operational(layout, settings.store) as store:
        yield store


def _found(store: Operational, number: int) -> Delivery:
    from issuemine.store.operational import outbox

    found = outbox.delivery(store, number)
    if found is None:
        raise AlertError(
            say("There is no message {number}.", number=number), say("'issuemine alerts list' lists them.")
        )
    return found


def _facts(delivery: Delivery) -> dict[str, Any]:
    return {
        "message": delivery.delivery_id,
        "status": str(delivery.status),
        "mode": str(delivery.mode),
        "rule": delivery.rule,
        "channel": delivery.channel,
        "key": delivery.key,
        "created_at": delivery.created_at,
        "due_at": delivery.due_at,
        "sent_at": delivery.sent_at,
        "attempts": delivery.attempts,
        "failure": retell(delivery.failure) if delivery.failure is not None else None,
    }


def _named(content: dict[str, Any]) -> dict[str, Any]:
    names = ("signal_id", "scope", "topic_id", "source", "label", "state", "severity", "nature", "day")
    return {name: content[name] for name in (*names, "first_day", "observed", "expected")}


def _table(found: list[Delivery]) -> Table:
    from issuemine.alerts.words import headline

    table = Table(box=None, pad_edge=False)
    table.add_column("#", justify="right")
    titles = (
        say("status"),
        say("channel"),
        say("rule"),
        say("mode"),
        say("written"),
        say("attempts"),
        say("what"),
    )
    for title in titles:
        table.add_column(title)
    for one in found:
        told = headline(one.contents[0]) + (f" (+{len(one.contents) - 1})" if len(one.contents) > 1 else "")
        failure = f" – {retell(one.failure)}" if one.failure is not None else ""
        table.add_row(
            str(one.delivery_id),
            say(_STATUSES[one.status]),
            one.channel,
            one.rule,
            say(_MODES[one.mode]),
            f"{one.created_at:%Y-%m-%d %H:%M}",
            f"{one.attempts}{failure}",
            Text(told),
        )
    return table
