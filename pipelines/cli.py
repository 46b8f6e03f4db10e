"""The command line: ``issuemine``."""

from __future__ import annotations

import errno
import sys
from typing import NoReturn

import typer
from rich.console import Console
from rich.text import Text

from issuemine.errors import IssuemineError
from issuemine.messages import mark, say
from issuemine.reasons import failed
from pipelines.commands import (
    alerts,
    backtest,
    backup,
    changes,
    curate,
    evaluate,
    explain,
    export,
    inbox,
    keys,
    mcp,
    mentions,
    report,
    rollback,
    run,
    runs,
    sample,
    serve,
    signals,
    topics,
    why,
)
from pipelines.speaking import SpeakingCommand, SpeakingGroup, usage_failure
from pipelines.stopping import Stopped
from pipelines.watch import exit_code_of

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
    (signals.signals, mark("List what comes up more than its past explains, with the evidence.")),
    (why.why, mark("Tell what is different about a topic, and how sure that is.")),
    (mentions.mentions, mark("List the mentions of a topic with their ids, the most typical first.")),
    (serve.serve, mark("Serve topics, trends and records (documentation at /docs).")),
    (mcp.mcp, mark("Let an assistant on this machine read what is published (MCP).")),
    (report.report, mark("Write the week as one HTML file for a meeting.")),
    (rollback.rollback, mark("Serve the snapshot of an earlier run again.")),
    (inbox.inbox, mark("Tell what was sent to the service and waits for the next run.")),
    (backup.backup, mark("Write a backup of the warehouse, its snapshots and its key.")),
    (backup.restore, mark("Put a backup in the place of a warehouse.")),
    (export.export, mark("Write what is published as JSON Lines, or one table as CSV or Parquet.")),
    (explain.explain, mark("Rank the combinations of attributes that the bad ones of a table go with.")),
    (
        evaluate.evaluate,
        mark("Mine labelled texts and measure how well the topics agree with the labels."),
    ),
    (
        backtest.backtest,
        mark("Measure how well emerging issues are found, in history or in simulations."),
    ),
):
    app.command(command.__name__, cls=SpeakingCommand, help=about)(command)
app.add_typer(curate.app, name="curate")
app.add_typer(changes.app, name="changes")
app.add_typer(alerts.app, name="alerts")
app.add_typer(runs.app, name="runs")
app.add_typer(keys.app, name="keys")

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
        sys.exit(exit_code_of(error))
    except (KeyboardInterrupt, Stopped) as error:
        _stop(exit_code_of(error))
    if code == _INTERRUPTED:
        _stop(code)
    sys.exit(code)


def _stop(code: int) -> NoReturn:
    _tell(say("Stopped."), say("Start the same command again to go on; nothing is lost."))
    sys.exit(code)


def _tell(message: str, hint: str | None) -> None:
    console = Console(stderr=True, highlight=False)
    console.print(Text.assemble((say("error:"), "bold red"), " ", message), soft_wrap=True)
    if hint:
        console.print(f"  {hint}", markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
