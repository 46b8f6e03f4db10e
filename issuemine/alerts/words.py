"""What is told of a signal, in words that a person would use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from issuemine.messages import mark, say, speaking
from issuemine.records import Nature, Scope, SignalState

_HEADLINES = {
    SignalState.NEW: mark("New: {name}"),
    SignalState.ONGOING: mark("Still going on: {name}"),
    SignalState.ESCALATING: mark("Escalating: {name}"),
    SignalState.REGRESSED: mark("Back again: {name}"),
    SignalState.QUIET: mark("Quiet again: {name}"),
    SignalState.RESOLVED: mark("Resolved: {name}"),
    SignalState.ARCHIVED: mark("Put away: {name}"),
}
HEADINGS = {
    SignalState.NEW: mark("New"),
    SignalState.ESCALATING: mark("Escalating"),
    SignalState.REGRESSED: mark("Back again"),
    SignalState.ONGOING: mark("Still going on"),
    SignalState.QUIET: mark("Quiet again"),
    SignalState.RESOLVED: mark("Resolved"),
    SignalState.ARCHIVED: mark("Put away"),
}
"""Headings of a digest, in their order."""
SUMS = {
    SignalState.NEW: mark("{count:,} new"),
    SignalState.ESCALATING: mark("{count:,} escalating"),
    SignalState.REGRESSED: mark("{count:,} back again"),
    SignalState.ONGOING: mark("{count:,} still going on"),
    SignalState.QUIET: mark("{count:,} quiet again"),
    SignalState.RESOLVED: mark("{count:,} resolved"),
    SignalState.ARCHIVED: mark("{count:,} put away"),
}
_NATURES = {
    Nature.TEMPLATED: mark(
        "The texts are the same or nearly so: a campaign, a form, or a copied complaint, rather than a fault."
    ),
    Nature.LOW_CONTENT: mark("The texts are too short to name a fault, as in a burst of hostile reviews."),
    Nature.ONE_CUSTOMER: mark("Nearly all of it comes from one customer, or two or three."),
}
_SEVERITIES = {
    "low": mark("Severity: low."),
    "medium": mark("Severity: medium."),
    "high": mark("Severity: high."),
}


def headline(content: Mapping[str, Any]) -> str:
    """What happened to what, in a line."""
    return say(_HEADLINES[SignalState(content["state"])], name=name_of(content))


def name_of(content: Mapping[str, Any]) -> str:
    """What a signal is about."""
    if content["scope"] == Scope.SOURCE:
        return say("problems in {source} as a whole", source=content["source"])
    return str(content["label"] or content["topic_id"] or "")


def lines(content: Mapping[str, Any]) -> list[str]:
    """What was counted against what was expected, since when, by how many, and what it may be instead."""
    told = [_figures(content)]
    first, last = date.fromisoformat(content["first_day"]), date.fromisoformat(content["day"])
    state = SignalState(content["state"])
    if state is SignalState.QUIET:
        told.append(say("That is its usual level. It had begun on {day}.", day=in_words(first)))
        return told
    if first < last:
        told.append(say("It began on {day}.", day=in_words(first)))
    if content["customers"] is not None and content["customers"] > 1:
        told.append(say("From {count:,} customers.", count=content["customers"]))
    if content["provisional"]:
        told.append(say("These texts are new and nearly the same; they are no topic yet."))
    if (nature := _NATURES.get(Nature(content["nature"]))) is not None:
        told.append(say(nature))
    severity = content["severity"]
    told.append(say(_SEVERITIES[severity]))
    return told


def in_words(day: date) -> str:
    """A day with its weekday, as the language in force writes it."""
    return str(format_date(day, "full", locale=speaking()))


def _figures(content: Mapping[str, Any]) -> str:
    observed, day = content["observed"], in_words(date.fromisoformat(content["day"]))
    expected = _expected(content["expected"])
    if content["window"] == "week":
        return say(
            "{observed:,} records in the seven days to {day}, {expected}.",
            observed=observed,
            day=day,
            expected=expected,
        )
    if content["window"] != "day":
        return say(
            "{observed:,} records on {day} in the hours {hours}, {expected}.",
            observed=observed,
            day=day,
            hours=content["window"],
            expected=expected,
        )
    if observed == 1:
        return say("One record on {day}, {expected}.", day=day, expected=expected)
    return say("{observed:,} records on {day}, {expected}.", observed=observed, day=day, expected=expected)


def _expected(expected: float) -> str:
    """What the past lets expect; nobody wants to read of 0.3 records."""
    if expected < 0.5:
        return say("hardly any expected")
    return say("about {count:,} expected", count=max(round(expected), 1))
