"""The command line's own words, which Typer has in English only, in the language in force.

A command is made anew each time that the command line starts, so its texts, written as marked messages,
are said then. Failures of usage come as English messages of a few forms: they are retold like messages
that were stored.
"""

from __future__ import annotations

from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from issuemine.messages import mark, retell, say

_USAGE_FAILURES = (
    mark("Missing argument {name}."),
    mark("Missing option {name}."),
    mark("Missing command."),
    mark("No such command {name}."),
    mark("No such command {name}. Did you mean {names}?"),
    mark("No such option: {name}"),
    mark("No such option: {name} (Possible options: {names})"),
    mark("Got unexpected extra argument(s) ({names})"),
    mark("Option {name} requires an argument."),
    mark("Option {name} does not take a value."),
    mark("Invalid value for {name}: {reason}"),
    mark("Value error, {value} is not one of {choices}."),
    mark("Input should be a valid integer, unable to parse string as an integer"),
    mark("Input should be greater than or equal to {least}"),
    mark("Input should be less than or equal to {most}"),
    mark("Value error, {value} does not match the formats {formats}."),
)
"""How Typer and pydantic word what is wrong with a command line."""


def usage_failure(error: typer.TyperException) -> tuple[str, str | None]:
    """What is wrong with a command line and how to see what is right; empty where help was shown instead."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else None
    hint = say("See what it takes: {command} --help", command=path) if path else None
    return retell(error.format_message()), hint


class _Speaking:
    """What commands and groups of commands have in common."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        command: Any = self
        command.help = retell(command.help or "")
        command.options_metavar = say("[OPTIONS]")
        for parameter in command.params:
            if isinstance(parameter, TyperArgument | TyperOption):
                parameter.help = retell(parameter.help or "")

    def get_help_option(self, ctx: Any) -> Any:
        """The option ``--help`` with its text."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = say("Show this message and exit.")
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that shows how a command is written."""
        command: Any = self
        pieces = " ".join(command.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=say("Usage: "))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write all of the help."""
        rich_utils.ARGUMENTS_PANEL_TITLE = say("Arguments")
        rich_utils.OPTIONS_PANEL_TITLE = say("Options")
        rich_utils.COMMANDS_PANEL_TITLE = say("Commands")
        rich_utils.DEFAULT_STRING = say("[default: {}]")
        rich_utils.REQUIRED_LONG_STRING = say("[required]")
        super().format_help(ctx, formatter)  # type: ignore[misc]


class SpeakingCommand(_Speaking, TyperCommand):
    """A command whose help is in the language in force."""


class SpeakingGroup(_Speaking, TyperGroup):
    """The command line as a whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subcommand_metavar = say("COMMAND [ARGS]...")
