"""The command line: ``issuemine``."""

from __future__ import annotations

import errno
import sys

import typer
from rich.console import Console
from rich.text import Text

from issuemine.errors import IssuemineError
from issuemine.messages import say
from pipelines.commands import backup, evaluate, export, rollback, run, runs, sample, serve, topics
from pipelines.stopping import Stopped
from pipelines.watch import exit_code_of

app = typer.Typer(
    name="issuemine",
    help=say("Find the recurring issues in support tickets, chats, reviews and survey answers."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command, about in (
    (run.run, say("Mine exports into recurring issues and publish them.")),
    (sample.sample, say("Generate realistic support records with known truth.")),
    (topics.topics, say("List the top recurring issues.")),
    (serve.serve, say("Serve topics, trends and records (documentation at /docs).")),
    (rollback.rollback, say("Serve the snapshot of an earlier run again.")),
    (backup.backup, say("Write a backup of the warehouse, its snapshots and its key.")),
    (backup.restore, say("Put a backup in the place of a warehouse.")),
    (export.export, say("Write everything that is published as JSON Lines.")),
    (
        evaluate.evaluate,
        say("Mine labelled texts and measure how well the topics agree with the labels."),
    ),
):
    app.command(command.__name__, help=about)(command)
app.add_typer(runs.app, name="runs", help=say("List the runs, or show one of them whole."))


def main() -> None:
    """Run the command line; an expected failure is told in two lines and ends with its exit code."""
    try:
        app()
    except IssuemineError as error:
        _tell(error.message, error.hint)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        if full:
            _tell(
                say("The disk is full."),
                say("Free some space and run again; what was published before is still served."),
            )
        else:
            _tell(
                say("{file} cannot be written ({reason}).", file=error.filename, reason=error.strerror),
                say("Mend its permissions, or choose another place."),
            )
        sys.exit(exit_code_of(error))
    except (KeyboardInterrupt, Stopped) as error:
        _tell(say("Stopped."), say("Start the same command again to go on; nothing is lost."))
        sys.exit(exit_code_of(error))


def _tell(message: str, hint: str | None) -> None:
    console = Console(stderr=True, highlight=False)
    console.print(Text.assemble((say("error:"), "bold red"), " ", message))
    if hint:
        console.print(f"  {hint}", markup=False)


if __name__ == "__main__":
    main()
