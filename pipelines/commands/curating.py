"""What the curation commands share: their arguments, and how they answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from issuemine.errors import CurationError
from issuemine.messages import mark, say
from issuemine.records import CurationEvent
from pipelines.commands.options import settings_for
from pipelines.login import login

if TYPE_CHECKING:
    from issuemine.desk import Desk

TopicId = Annotated[str, typer.Argument(metavar="TOPIC", help=mark("Id of a topic, e.g. T12."))]
Author = Annotated[str | None, typer.Option(help=mark("Who says so; default: your login name."))]


@contextmanager
def at_desk(warehouse: Path, config: Path | None) -> Iterator[Desk]:
    """The desk of a warehouse, with the settings of a command."""
    settings = settings_for(config)
    from issuemine.desk import curating  # loads the databases' libraries: not for --help

    with curating(warehouse, settings) as desk:
        yield desk


def topic_of(desk: Desk, asked: str) -> str:
    """The topic that one is part of by now; says so where it is another."""
    topic = desk.topic(asked)
    if topic != asked.strip().upper():
        _print(say("{asked} is {topic} now: that is the topic meant.", asked=asked, topic=topic))
    return topic


def record(desk: Desk, kind: str, author: str | None, **payload: Any) -> CurationEvent:
    """Keep what was said, and tell in one line what was recorded."""
    from issuemine.desk import in_words

    event = desk.record(kind, author or _login(), **payload)
    _print(
        say(
            "Event {event_id}: {what}. It takes effect at the next run (issuemine run).",
            event_id=event.event_id,
            what=in_words(event),
        )
    )
    return event


def _login() -> str:
    name = login()
    if name is None:
        raise CurationError(
            say("This machine does not say who you are."), say("Name yourself with --author.")
        )
    return name


def _print(line: str) -> None:
    Console(highlight=False, soft_wrap=True).print(line, markup=False)
