"""The command line: ``issuemine``."""

from __future__ import annotations

import errno
import sys

import typer
from rich.console import Console
from rich.text import Text

from issuemine.errors import IssuemineError
from issuemine.messages import mark, say
from issuemine.reasons import failed
from pipelines.commands import curate, evaluate, mentions, run, sample, serve, topics
from pipelines.speaking import SpeakingCommand, SpeakingGroup, usage_failure

app = typer.Typer(
    cls=SpeakingGroup,
    name="issuemine",
    help=mark("Find the recurring issues in support tickets, chats, reviews and survey answers."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command, about in (
    (run.run, mark("Mine exports into recurring issues and publish them.")),
    (sample.sample, mark("Generate realistic support records with known truth.")),
    (topics.topics, mark("List the top recurring issues.")),
    (mentions.mentions, mark("List the mentions of a topic with their ids, the most typical first.")),
    (serve.serve, mark("Serve topics, trends and records (documentation at /docs).")),
    (
        evaluate.evaluate,
        mark("Mine labelled texts and measure how well the topics agree with the labels."),
    ),
):
    app.command(command.__name__, cls=SpeakingCommand, help=about)(command)
app.add_typer(curate.app, name="curate")

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; an expected failure is told in two lines and ends with its exit code."""
    try:
        # Nothing, or the exit code where Typer ended it: after --help or on Ctrl+C.
        code = app(standalone_mode=False) or 0
    except typer.TyperException as error:
        message, hint = usage_failure(error)
        if message:
            _tell(message, hint)
        sys.exit(error.exit_code)
    except IssuemineError as error:
        _tell(error.message, error.hint)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            _tell(
                say("The disk is full."),
                say("Free some space and run again; what was published before is still served."),
            )
        else:
            _tell(
                say("{file} cannot be written ({reason}).", file=error.filename, reason=failed(error)),
                say("Mend its permissions, or choose another place."),
            )
        sys.exit(1)
    if code == _INTERRUPTED:
        _tell(say("Stopped."), say("Start the same command again to go on; nothing is lost."))
    sys.exit(code)


def _tell(message: str, hint: str | None) -> None:
    console = Console(stderr=True, highlight=False)
    console.print(Text.assemble((say("error:"), "bold red"), " ", message), soft_wrap=True)
    if hint:
        console.print(f"  {hint}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
