"""``issuemine curate``: what people say about topics, which every run replays."""

from __future__ import annotations

from typing import Annotated

import typer

from issuemine.errors import SettingsError
from issuemine.messages import mark, say
from pipelines.commands import curate_log, curate_marks
from pipelines.commands.curating import Author, TopicId, at_desk, record, topic_of
from pipelines.commands.options import DEFAULT_WAREHOUSE, Config, Warehouse
from pipelines.speaking import SpeakingCommand, SpeakingGroup

Mentions = Annotated[
    list[str] | None,
    typer.Option("--mention", metavar="ID", help=mark("Id of a mention; may be given many times.")),
]

app = typer.Typer(
    cls=SpeakingGroup, help=mark("Say what topics are; every run keeps to it."), no_args_is_help=True
)


def rename(
    topic: TopicId,
    label: Annotated[str, typer.Argument(metavar="LABEL", help=mark("What the topic is called."))],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Call a topic something else."""
    with at_desk(warehouse, config) as desk:
        record(desk, "rename", author, topic=topic_of(desk, topic), label=label)


def merge(
    into: Annotated[str, typer.Argument(metavar="INTO", help=mark("The topic that goes on."))],
    topics: Annotated[
        list[str], typer.Argument(metavar="TOPIC", help=mark("Topics that are the same issue."))
    ],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Make topics one."""
    with at_desk(warehouse, config) as desk:
        target = topic_of(desk, into)
        names = [topic_of(desk, topic) for topic in topics]
        record(desk, "merge", author, into=target, topics=names)


def split(
    topic: TopicId,
    mention: Mentions = None,
    label: Annotated[str | None, typer.Option(help=mark("What the new topic is called."))] = None,
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Make mentions of a topic a topic of their own."""
    if not mention:
        raise SettingsError(
            say("Say which mentions to split off, with --mention."),
            say("'issuemine mentions {topic}' lists their ids.", topic=topic),
        )
    with at_desk(warehouse, config) as desk:
        source = topic_of(desk, topic)
        record(desk, "split", author, topic=source, mentions=mention, label=label)


def move(
    mention: Annotated[str, typer.Argument(metavar="MENTION", help=mark("Id of a mention."))],
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC|none", help=mark("The topic that it belongs to, or none."))
    ],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Put a mention into another topic, or into none."""
    with at_desk(warehouse, config) as desk:
        target = None if topic.strip().lower() == "none" else topic_of(desk, topic)
        record(desk, "move", author, mention=mention, topic=target)


def exclude(
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help=mark("A topic that is no issue."))
    ] = None,
    mention: Mentions = None,
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Leave out a topic, or mentions, that are no issue."""
    if (topic is None) == (not mention):
        raise SettingsError(say("Name either a topic or mentions (--mention) to exclude."))
    with at_desk(warehouse, config) as desk:
        if topic is not None:
            record(desk, "exclude_topic", author, topic=topic_of(desk, topic))
        else:
            record(desk, "exclude_mentions", author, mentions=mention or [])


def undo(
    event: Annotated[int, typer.Argument(metavar="EVENT", min=1, help=mark("Number of an event."))],
    author: Author = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    config: Config = None,
) -> None:
    """Take an event back; undo the undo to bring it again."""
    with at_desk(warehouse, config) as desk:
        record(desk, "undo", author, event_id=event)
        if lost := desk.voided():
            numbers = ", ".join(map(str, lost))
            typer.echo(say("Events that have no effect without it: {numbers}.", numbers=numbers))


for command, about in (
    (rename, mark("Call a topic something else.")),
    (merge, mark("Make topics one.")),
    (split, mark("Make mentions of a topic a topic of their own.")),
    (move, mark("Put a mention into another topic, or into none.")),
    (exclude, mark("Leave out a topic, or mentions, that are no issue.")),
    *curate_marks.COMMANDS,
    (undo, mark("Take an event back; undo the undo to bring it again.")),
    (curate_log.log, mark("List what was said, of all topics or of one.")),
):
    app.command(command.__name__, cls=SpeakingCommand, help=about)(command)
