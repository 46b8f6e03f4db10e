"""What emerges, in words for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from issuemine.messages import mark, say

_STATES = {
    "new": mark("new"),
    "ongoing": mark("ongoing"),
    "escalating": mark("escalating"),
    "regressed": mark("back again"),
    "quiet": mark("quiet again"),
    "resolved": mark("resolved"),
    "archived": mark("archived"),
}
_NATURES = {
    "templated": mark("the same text again and again"),
    "low_content": mark("texts that name no fault"),
    "one_customer": mark("hardly more than one customer"),
}
_QUOTE = 160


def print_signals(console: Console, found: Sequence[dict[str, Any]]) -> None:
    """Tell each signal in two lines and a quote."""
    if not found:
        console.print(say("Nothing comes up more than its past explains."))
    for signal in found:
        _print_signal(console, signal)


def _print_signal(console: Console, signal: dict[str, Any]) -> None:
    state, nature = _STATES[signal["state"]], signal["nature"]
    console.print(
        Text.assemble(
            (f"{signal['day']}  ", "dim"),
            (say(state), "bold red" if signal["news"] else "yellow"),
            "  ",
            (_called(signal), "bold"),
            (f"  {signal['topic_id'] or ''}", "dim"),
        ),
        highlight=False,
    )
    console.print(Padding(Text(in_figures(signal)), (0, 0, 0, 12)), highlight=False)
    if nature in _NATURES:
        console.print(Padding(Text(say(_NATURES[nature]), style="yellow"), (0, 0, 0, 12)))
    if signal["quotes"] and signal["state"] != "quiet":
        text = " ".join(signal["quotes"][0]["text"].split())
        short = text if len(text) <= _QUOTE else text[:_QUOTE] + " ..."
        console.print(Padding(Text(f"“{short}”", style="dim italic"), (0, 0, 0, 12)), highlight=False)


def _called(signal: dict[str, Any]) -> str:
    if signal["scope"] == "source":
        return say("{source} as a whole: {label}", source=signal["source"], label=signal["label"])
    return str(signal["label"])


def in_figures(signal: dict[str, Any]) -> str:
    """Why a signal is told, in one line."""
    figures = {name: signal[name] for name in ("observed", "expected", "high")}
    if signal["window"] == "day":
        return say(
            "{observed:,} records on the day; {expected:.1f} were to be expected (at most {high:.0f})",
            **figures,
        )
    if signal["window"] == "week":
        return say(
            "{observed:,} records in seven days; {expected:.1f} were to be expected (at most {high:.0f})",
            **figures,
        )
    return say(
        "{observed:,} records in the hours {hours}; {expected:.1f} were to be expected (at most {high:.0f})",
        hours=signal["window"],
        **figures,
    )
