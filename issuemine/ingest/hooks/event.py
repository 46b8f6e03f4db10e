"""What one event tells of a conversation, whoever sent it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from issuemine.errors import IngestError
from issuemine.messages import retell, say
from issuemine.records import TIME_FIELDS

Fact = str | float | tuple[str, ...] | None
"""Value of one column of the record; None where the event says that there is none any more."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something that a customer wrote, as it stands after the event.

    ``text`` is not redacted yet; empty where the vendor says that it was deleted.
    """

    message_id: str
    at: datetime
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """What one event tells of one conversation.

    Parameters
    ----------
    external_id : str
        The conversation, as its helpdesk numbers it.
    at : datetime
        When it happened, with a zone: of two facts of the same name the later one holds.
    facts : mapping
        Columns of the record, by their names in the contract of ingest.
    attributes : mapping
        Further columns, such as agent, team and custom fields.
    messages : tuple of Message
        What customers wrote; nothing of what agents or machines did.
    """

    external_id: str
    at: datetime
    facts: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    attributes: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    messages: tuple[Message, ...] = ()

    def safe(self, redact: Callable[[str], str], pseudonym: Callable[[str], str]) -> Event:
        """The same without anything personal, so that it may be kept.

        Parameters
        ----------
        redact : callable
            Gives a text with placeholders for what is personal in it.
        pseudonym : callable
            Gives what stands for a customer.
        """

        def value(name: str, told: Fact) -> Fact:
            if name in TIME_FIELDS or not told or isinstance(told, float):
                return told
            if isinstance(told, tuple):
                return tuple(map(redact, told))
            return pseudonym(told) if name == "customer_ref" else redact(told)

        return replace(
            self,
            facts={name: value(name, told) for name, told in self.facts.items()},
            attributes={name: value("", told) for name, told in self.attributes.items()},
            messages=tuple(replace(one, text=redact(one.text)) for one in self.messages),
        )


class UnreadableEventError(IngestError):
    """An event that lacks what its kind must have.

    Parameters
    ----------
    field : str
        Where in the payload, such as ``detail.id``.
    reason : str
        What is wrong with it, in English; never its content.
    """

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(
            say("The event cannot be read: {field} {reason}.", field=field, reason=retell(reason))
        )
