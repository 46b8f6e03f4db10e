"""Events that helpdesks send as webhooks, read into what they tell of a conversation."""

from issuemine.ingest.hooks.conversation import Conversation
from issuemine.ingest.hooks.event import Event, Message, UnreadableEventError
from issuemine.ingest.hooks.vendors import VENDORS, Vendor

__all__ = ["VENDORS", "Conversation", "Event", "Message", "UnreadableEventError", "Vendor"]
