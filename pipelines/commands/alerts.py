"""``issuemine alerts``: what was told, what waits to be told, and whether a channel works."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.text import Text

from issuemine.errors import AlertError, SettingsError
from issuemine.messages import mark, retell, say, speaking, spoken
from issuemine.store.layout import Layout
from pipelines.commands.alerts_outbox import list_messages, open_outbox, retry, show
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Json, Warehouse, settings_for
from pipelines.speaking import SpeakingCommand, SpeakingGroup

app = typer.Typer(
    cls=SpeakingGroup,
    help=mark("Send alerts of emerging issues, and see what became of them."),
    no_args_is_help=True,
)


def send(warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None, json: Json = False) -> None:
    """Send what is due; runs do so by themselves, this is for the hours between them."""
    settings = settings_for(config)
    if not settings.alerts.channels:
        raise SettingsError(
            say("There is no channel to send by."), say("Set one in the section alerts of the settings.")
        )
    with open_outbox(warehouse, settings) as store:
        from pipelines.alerting import catch_up
        from pipelines.alerting import send as send_due
        from pipelines.logs import silent
        from pipelines.stopping import stopping

        with stopping.installed():
            stopping.settle()  # a stop is heeded between two messages
            catch_up(store, Layout(warehouse), settings)
            told = send_due(store, settings, silent(), lambda: stopping.asked is not None)
    if json:
        typer.echo(orjson.dumps(told).decode())
    elif told is None:
        typer.echo(say("Another process is sending them."))
    else:
        from pipelines.summary import print_alerts

        print_alerts(Console(highlight=False, soft_wrap=True), told)


def try_channel(
    channel: Annotated[str, typer.Argument(metavar="CHANNEL", help=mark("Name of a channel."))],
    config: Config = None,
) -> None:
    """Send a sample message by a channel, now."""
    settings = settings_for(config)
    if channel not in settings.alerts.channels:
        known = ", ".join(settings.alerts.channels)
        raise SettingsError(
            say("There is no channel {name}.", name=channel),
            say("There are: {names}.", names=known) if known else say("There are none."),
        )
    from issuemine.alerts.delivery import deliver
    from issuemine.alerts.sample import sample_delivery
    from issuemine.alerts.senders import sender_of

    chosen = settings.alerts.channels[channel].language
    language = speaking() if chosen == "auto" else chosen
    sender = sender_of(channel, settings.alerts, language)
    with spoken(language):
        sample = sample_delivery(channel, datetime.now(UTC))
    (outcome,) = deliver([sample], {channel: sender}, settings.alerts, settings.alerts.run_seconds)
    if outcome.failure is not None:
        raise AlertError(
            say("The sample did not arrive: {reason}.", reason=retell(outcome.failure)),
            say("Check the channel's settings and try again."),
        )
    typer.echo(say("The sample was sent by {name}: {key}.", name=channel, key=sample.key))


def digest(warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None) -> None:
    """Print what came up on the newest day, in the words of a digest; nothing is sent."""
    settings = settings_for(config)
    from issuemine.alerts.letter import digest as write_digest
    from issuemine.alerts.planning import content_of
    from issuemine.store.reading_signals import signals_on
    from issuemine.store.snapshot import Snapshots

    snapshot = Snapshots(Layout(warehouse), settings.store).current()
    signals = signals_on(snapshot.database, snapshot.info["as_of"])
    snapshot.close()
    if not signals:
        typer.echo(say("Nothing came up on {day}.", day=snapshot.info["as_of"]))
        return
    contents = [content_of(signal, settings.alerts.quotes) for signal in signals]
    letter = write_digest(contents, settings.alerts, speaking())
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(letter.subject, style="bold"))
    console.print(Text(f"\n{letter.text()}"))


for name, command, about in (
    ("send", send, mark("Send what is due; runs do so by themselves, this is for the hours between them.")),
    ("list", list_messages, mark("List messages, the newest first.")),
    ("show", show, mark("Show a message as it is sent, and what became of it.")),
    ("retry", retry, mark("Have messages that were given up tried again, at the next sending.")),
    ("test", try_channel, mark("Send a sample message by a channel, now.")),
    ("digest", digest, mark("Print what came up on the newest day, in the words of a digest.")),
):
    app.command(name, cls=SpeakingCommand, help=about)(command)
