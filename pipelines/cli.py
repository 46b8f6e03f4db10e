"""The command line: ``issuemine``."""

from __future__ import annotations

import errno
import sys

import typer
from rich.console import Console

from issuemine.errors import IssuemineError
from pipelines.commands import evaluate, run, sample, serve, topics

app = typer.Typer(
    name="issuemine",
    help="Find the recurring issues in support tickets, chats, reviews and survey answers.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("run")(run.run)
app.command("sample")(sample.sample)
app.command("topics")(topics.topics)
app.command("serve")(serve.serve)
app.command("evaluate")(evaluate.evaluate)


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
        _tell(
            "The disk is full." if full else f"{error.filename} cannot be written ({error.strerror}).",
            "Free some space and run again; what was published before is still served."
            if full
            else "Mend its permissions, or choose another place.",
        )
        sys.exit(1)
    except KeyboardInterrupt:
        _tell("Stopped.", "Start the same command again to go on; nothing is lost.")
        sys.exit(130)


def _tell(message: str, hint: str | None) -> None:
    console = Console(stderr=True, highlight=False)
    console.print("[bold red]error:[/] ", end="")
    console.print(message, markup=False)
    if hint:
        console.print(f"  {hint}", markup=False)


if __name__ == "__main__":
    main()
