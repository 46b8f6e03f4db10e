"""What emerges, in words for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from issuemine.messages import say
from issuemine.pages import words

_QUOTE = 160


def print_signals(console: Console, found: Sequence[dict[str, Any]]) -> None:
    """Tell each signal in two lines and a quote."""
    if not found:
        console.print(say("Nothing comes up more than its past explains."))
    for signal in found:
        _print_signal(console, signal)


def _print_signal(console: Console, signal: dict[str, Any]) -> None:
    nature = words.nature(signal["nature"])
    console.print(
        Text.assemble(
            (f"{signal['day']}  ", "dim"),
            (words.state(signal["state"]), "bold red" if signal["news"] else "yellow"),
            "  ",
            (words.called(signal), "bold"),
            (f"  {signal['topic_id'] or ''}", "dim"),
        ),
        highlight=False,
    )
    console.print(Padding(Text(words.in_figures(signal)), (0, 0, 0, 12)), highlight=False)
    if nature:
        console.print(Padding(Text(nature, style="yellow"), (0, 0, 0, 12)))
    if signal["quotes"] and signal["state"] != "quiet":
        text = " ".join(signal["quotes"][0]["text"].split())
        short = text if len(text) <= _QUOTE else text[:_QUOTE] + " ..."
        console.print(Padding(Text(f"“{short}”", style="dim italic"), (0, 0, 0, 12)), highlight=False)
