"""A conversation as all events so far tell it, in whatever order and however often they came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from issuemine.ingest.hooks.event import Event, Fact

_DELETED = "…"
"""Text of a record whose every message was deleted: nothing is left in it to be mined."""
_NO_TIME = "0001-01-01T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is known of a conversation.

    Parameters
    ----------
    facts, attributes : dict
        Name to the time of the event that told it and the value.
    messages : dict
        Identifier to the time when it was written, the time of the event that told it, and the text.
    updated_at : str
        Time of the newest event.

    Notes
    -----
    Merging is commutative, associative and idempotent: of two values of one name the one of the later event
    holds, of two of the same time the greater one. So events may come twice and in any order.
    """

    facts: dict[str, tuple[str, Any]] = field(default_factory=dict)
    attributes: dict[str, tuple[str, Any]] = field(default_factory=dict)
    messages: dict[str, tuple[str, str, str]] = field(default_factory=dict, repr=False)
    updated_at: str = _NO_TIME

    def merged(self, event: Event) -> Conversation:
        """What is known with an event."""
        at = _iso(event.at)
        messages = dict(self.messages)
        for one in event.messages:
            told = (_iso(one.at), at, one.text)
            messages[one.message_id] = max(messages.get(one.message_id, told), told, key=_of_message)
        return replace(
            self,
            facts=_newer(self.facts, event.facts, at),
            attributes=_newer(self.attributes, event.attributes, at),
            messages=messages,
            updated_at=max(self.updated_at, at),
        )

    def row(self, source: str, external_id: str, revision: int, most: int) -> dict[str, Any] | None:
        """The record as a row of an export, or None while nothing is known that a customer wrote.

        Parameters
        ----------
        source, external_id : str
            Key of the record.
        revision : int
            How many events have told something new. It is added to the time of the newest event, in
            microseconds: of two rows the later one tells more, also where their events are of one second.
        most : int
            Longest body in characters; messages that no longer fit are left out, the newest first.
        """
        written = sorted((at, name, text) for name, (at, _, text) in self.messages.items())
        texts = dict.fromkeys(text for _, _, text in written if text)
        body = ""
        for text in texts:
            longer = f"{body}\n\n{text}" if body else text[:most]
            if len(longer) > most:
                break
            body = longer
        known = {name: value for name, (_, value) in self.facts.items() if value is not None}
        others = {name: value for name, (_, value) in self.attributes.items() if value is not None}
        if not written and "subject" not in known:
            return None
        if body or "subject" not in known:
            known["body"] = body or _DELETED
        first = min((at for at, _, _ in written), default=self.updated_at)
        updated = datetime.fromisoformat(self.updated_at) + timedelta(microseconds=revision)
        key = {"source": source, "external_id": external_id, "updated_at": _iso(updated)}
        return {"created_at": first} | others | known | key

    def dump(self) -> str:
        """As JSON; the same knowledge gives the same text."""
        return orjson.dumps(
            [self.facts, self.attributes, self.messages, self.updated_at], option=orjson.OPT_SORT_KEYS
        ).decode()

    @classmethod
    def load(cls, dumped: str) -> Conversation:
        """From what `dump` gave."""
        facts, attributes, messages, updated_at = orjson.loads(dumped)
        written = {name: (at, told, text) for name, (at, told, text) in messages.items()}
        return cls(_paired(facts), _paired(attributes), written, updated_at)


def _paired(told: dict[str, list[Any]]) -> dict[str, tuple[str, Any]]:
    return {name: (at, value) for name, (at, value) in told.items()}


def _newer(
    known: Mapping[str, tuple[str, Any]], told: Mapping[str, Fact], at: str
) -> dict[str, tuple[str, Any]]:
    newer = dict(known)
    for name, value in told.items():
        fresh = (at, list(value) if isinstance(value, tuple) else value)
        newer[name] = max(newer.get(name, fresh), fresh, key=_of_fact)
    return newer


def _of_fact(told: tuple[str, Any]) -> tuple[str, bytes]:
    return told[0], orjson.dumps(told[1])


def _of_message(told: tuple[str, str, str]) -> tuple[str, bool, str]:
    # A deleted message stays deleted, even if an older state of it is told in the same moment.
    return told[1], not told[2], told[2]


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
