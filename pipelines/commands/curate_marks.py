"""``issuemine curate``: marks that stay on a topic."""

from __future__ import annotations

from typing import Annotated

import typer

from issuemine.messages import mark
from pipelines.commands.curating import Author, TopicId, at_desk, record, topic_of
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse


def lock(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Keep the mentions of a topic together, whatever discovery finds."""
    with at_desk(warehouse, config) as desk:
        record(desk, "lock", author, topic=topic_of(desk, topic))


def unlock(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Let discovery cut a topic anew."""
    with at_desk(warehouse, config) as desk:
        record(desk, "unlock", author, topic=topic_of(desk, topic))


def pin(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Keep a topic among the issues shown."""
    with at_desk(warehouse, config) as desk:
        record(desk, "pin", author, topic=topic_of(desk, topic))


def unpin(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Show a topic like any other again."""
    with at_desk(warehouse, config) as desk:
        record(desk, "unpin", author, topic=topic_of(desk, topic))


def resolve(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Say that a topic is settled; when it rises again, it has regressed."""
    with at_desk(warehouse, config) as desk:
        record(desk, "resolve", author, topic=topic_of(desk, topic))


def archive(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Put a topic away until it escalates."""
    with at_desk(warehouse, config) as desk:
        record(desk, "archive", author, topic=topic_of(desk, topic))


def reopen(
    topic: TopicId, author: Author = None, warehouse: Warehouse = DEFAULT_WAREHOUSE, config: Config = None
) -> None:
    """Take back that a topic is resolved or archived."""
    with at_desk(warehouse, config) as desk:
        record(desk, "reopen", author, topic=topic_of(desk, topic))


def note(
    topic: TopicId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=mark("The note; personal data is redacted."))],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Write a note on a topic."""
    with at_desk(warehouse, config) as desk:
        record(desk, "note", author, topic=topic_of(desk, topic), text=text)


def owner(
    topic: TopicId,
    name: Annotated[str, typer.Argument(metavar="NAME", help=mark("A team or a person."))],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Say who looks after a topic."""
    with at_desk(warehouse, config) as desk:
        record(desk, "owner", author, topic=topic_of(desk, topic), name=name)


def ticket(
    topic: TopicId,
    url: Annotated[str, typer.Argument(metavar="URL", help=mark("Address in your issue tracker."))],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Say where a topic is worked on."""
    with at_desk(warehouse, config) as desk:
        record(desk, "ticket", author, topic=topic_of(desk, topic), url=url)


COMMANDS = (
    (lock, mark("Keep the mentions of a topic together, whatever discovery finds.")),
    (unlock, mark("Let discovery cut a topic anew.")),
    (pin, mark("Keep a topic among the issues shown.")),
    (unpin, mark("Show a topic like any other again.")),
    (resolve, mark("Say that a topic is settled; when it rises again, it has regressed.")),
    (archive, mark("Put a topic away until it escalates.")),
    (reopen, mark("Take back that a topic is resolved or archived.")),
    (note, mark("Write a note on a topic.")),
    (owner, mark("Say who looks after a topic.")),
    (ticket, mark("Say where a topic is worked on.")),
)
