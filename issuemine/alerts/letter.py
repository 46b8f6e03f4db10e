"""A delivery put into words: what every channel then writes in its own form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from issuemine.alerts.words import HEADINGS, SUMS, headline, in_words, lines, name_of
from issuemine.config import AlertsSettings
from issuemine.messages import Language, say, spoken
from issuemine.records import Delivery, Mode, SignalState

_MOST = 20
"""Items told under one heading of a digest."""


@dataclass(frozen=True, slots=True)
class Item:
    """One signal: what happened, the figures, a few quotes, and where to look."""

    title: str
    lines: tuple[str, ...]
    quotes: tuple[str, ...]
    link: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (empty where there is but one part), its items, and what is left out of them."""

    heading: str
    items: tuple[Item, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent: a subject of one line, then parts. ``language`` is what it is written in."""

    subject: str
    parts: tuple[Part, ...]
    language: Language

    def text(self) -> str:
        """All of it in plain lines, without the subject."""
        blocks = []
        for part in self.parts:
            blocks += [part.heading.upper()] if part.heading else []
            for item in part.items:
                quotes = [f"  “{quote}”" for quote in item.quotes]
                links = [f"  {item.link}"] if item.link else []
                blocks.append("\n".join([item.title, *(f"  {line}" for line in item.lines), *quotes, *links]))
            blocks += [part.rest] if part.rest else []
        return "\n\n".join(blocks)


def write(delivery: Delivery, settings: AlertsSettings, language: Language) -> Letter:
    """Put a delivery into words.

    Parameters
    ----------
    delivery : Delivery
        What is sent.
    settings : AlertsSettings
        ``base_url`` for links, ``quotes`` of each item.
    language : str
        ``en`` or ``ko``.
    """
    with spoken(language):
        if delivery.mode is Mode.DIGEST:
            return digest(delivery.contents, settings, language)
        content = delivery.contents[0]
        subject = headline(content)
        if delivery.mode is Mode.TEST:
            subject = say("A test of issuemine: alerts reach this channel")
        return Letter(_line(subject), (Part("", (_item(content, settings, titled=True),)),), language)


def digest(contents: Sequence[Mapping[str, Any]], settings: AlertsSettings, language: Language) -> Letter:
    """What came up, by what it is: new, escalating, back again, quiet again; the largest excess first."""
    with spoken(language):
        by_state = {
            state: sorted(
                (content for content in contents if content["state"] == state),
                key=lambda content: (-content["excess"], content["signal_id"]),
            )
            for state in HEADINGS
        }
        last = max(date.fromisoformat(content["day"]) for content in contents)
        sums = ", ".join(say(SUMS[state], count=len(found)) for state, found in by_state.items() if found)
        subject = say("issuemine, {day}: {sums}", day=in_words(last), sums=sums)
        parts = [_part(state, found, settings) for state, found in by_state.items() if found]
        return Letter(subject, tuple(parts), language)


def _part(state: SignalState, found: Sequence[Mapping[str, Any]], settings: AlertsSettings) -> Part:
    items = tuple(_item(content, settings, titled=False) for content in found[:_MOST])
    left = len(found) - len(items)
    return Part(say(HEADINGS[state]), items, say("And {count:,} more.", count=left) if left else "")


def _item(content: Mapping[str, Any], settings: AlertsSettings, *, titled: bool) -> Item:
    quiet = content["state"] == SignalState.QUIET
    quotes = () if quiet else tuple(_line(quote["text"]) for quote in content["quotes"][: settings.quotes])
    title = headline(content) if titled else name_of(content)
    return Item(_line(title), tuple(lines(content)), quotes, link(content, settings))


def link(content: Mapping[str, Any], settings: AlertsSettings) -> str | None:
    """Where more is to be read, if the settings say where the service is and it is about a topic."""
    if settings.base_url is None or content["topic_id"] is None:
        return None
    return f"{settings.base_url}/v1/topics/{content['topic_id']}"


def _line(text: str) -> str:
    """A text without line breaks, which would end a header or break a quote."""
    return " ".join(text.split())
