"""Figures and kinds in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from issuemine.messages import mark, say

_MANIFOLD = 4
"""From this growth on, a change is told as a multiple instead of in percent."""
_FEW = 10
"""Below so many records in both periods together, a change is not told."""

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
_FIELDS = {
    "source": mark("Source"),
    "kind": mark("Kind"),
    "channel": mark("Channel"),
    "language": mark("Language"),
    "product": mark("Product"),
    "version": mark("Version"),
    "platform": mark("Platform"),
    "plan": mark("Plan"),
    "region": mark("Region"),
    "journey_stage": mark("Stage of the journey"),
    "status": mark("Status"),
    "priority": mark("Priority"),
}
_LANGUAGES = {"en": mark("English"), "ko": mark("Korean")}
_LINEAGE = {
    "born": mark("Found for the first time."),
    "continued": mark("Found again."),
    "split_from": mark("Split from {other}."),
    "merged_into": mark("Became part of {other}."),
    "retired": mark("Found no more."),
    "revived": mark("Came back."),
}
_STRENGTHS = {"weak": mark("weak"), "moderate": mark("moderate"), "strong": mark("strong")}
_OUTCOMES = {"done": mark("done"), "failed": mark("failed"), "interrupted": mark("interrupted")}


def state(name: str | None) -> str:
    """Where a topic stands."""
    return say(_STATES[name]) if name in _STATES else ""


def nature(name: str) -> str:
    """What an excess is made of, where that takes away from it; else nothing."""
    return say(_NATURES[name]) if name in _NATURES else ""


def word(kind: str, name: str) -> str:
    """The word for a stored value of a kind; a value without a word is told as it is."""
    known = {
        "field": _FIELDS,
        "language": _LANGUAGES,
        "strength": _STRENGTHS,
        "outcome": _OUTCOMES,
    }[kind]
    return say(known[name]) if name in known else name


def value(field: str, name: str) -> str:
    """A value of a field as people call it."""
    return word("language", name) if field == "language" else name


def became(event: Mapping[str, Any]) -> str:
    """What became of a topic in a run."""
    template = _LINEAGE.get(event["event"])
    return say(template, other=event["other_id"]) if template else str(event["event"])


def called(signal: Mapping[str, Any]) -> str:
    """What a signal is about."""
    if signal["scope"] == "source":
        return say("{source} as a whole: {label}", source=signal["source"], label=signal["label"])
    return str(signal["label"])


def in_figures(signal: Mapping[str, Any]) -> str:
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


def change(row: Mapping[str, Any]) -> tuple[str, str]:
    """How a topic's rate changed against the days before, and which way: up, down, same or unknown."""
    if row["recent"] + row["previous"] < _FEW:
        return "–", "unknown"
    if row["previous"] == 0:
        return say("new"), "up"
    if row["growth"] >= _MANIFOLD:
        return f"×{row['growth']:.0f}", "up"
    percent = (row["growth"] - 1) * 100
    way = "up" if percent > 25 else "down" if percent < -25 else "same"
    return f"{percent:+.0f} %".replace("-", "−"), way


def times(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """How many times as often one side of a comparison has a topic, the interval, and which way it goes."""
    if row["low"] is None:
        return "–", "", "unknown"
    way = "same" if row["strength"] is None else "up" if row["records"] and row["difference"] > 0 else "down"
    if row["ratio"] is None:
        return say("only here"), f"> {multiple(row['low'])}", way
    if row["ratio"] == 0:
        return say("not here"), f"< {multiple(row['high'])}", way
    return f"×{multiple(row['ratio'])}", f"{multiple(row['low'])} – {multiple(row['high'])}", way


def multiple(ratio: float) -> str:
    """A multiple with as many digits as it deserves."""
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def compared(days: int) -> str:
    """What the change is of, below a list of issues."""
    return say("Change compares the last {days:,} days with as many before.", days=days)


def day(value: date | datetime | None) -> str:
    """A day, as everybody can sort it."""
    return "–" if value is None else f"{value:%Y-%m-%d}"


def minute(value: datetime | None) -> str:
    """A moment to the minute, in UTC."""
    return "–" if value is None else f"{value:%Y-%m-%d %H:%M} UTC"


def percent(share: float) -> str:
    """A share of one as percent."""
    return f"{share:.1%}".replace("%", " %")


def short(text: str, most: int = 160) -> str:
    """A text in one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"
