"""Conversations that helpdesks tell event by event: each event is merged in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from issuemine.store.operational.engine import Operational
from issuemine.store.operational.tables_hooks import hook_conversations as table


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as it is kept.

    ``revision`` counts the events that told something new; the inbox has had it up to ``accepted``.
    """

    state: str
    revision: int
    accepted: int

    @property
    def waits(self) -> bool:
        """Whether the inbox has not had all of it yet."""
        return self.accepted < self.revision


def merge(
    store: Operational, source: str, external_id: str, merged: Callable[[str | None], str], at: datetime
) -> Kept:
    """Merge an event into its conversation.

    Parameters
    ----------
    store : Operational
        The open store.
    source, external_id : str
        Key of the conversation's record.
    merged : callable
        Gives the new state from the one that is kept, None where there is none; redacted.
    at : datetime
        Now, with its zone.

    Returns
    -------
    Kept
        The conversation with the event; the revision is the same as before where it told nothing new.
    """
    key = (table.c.source == source, table.c.external_id == external_id)
    with store.writing() as connection:
        row = connection.execute(sa.select(table).where(*key)).mappings().one_or_none()
        if row is None:
            made = Kept(merged(None), 1, 0)
            values = {"source": source, "external_id": external_id, "changed_at": at}
            values |= {"state": made.state, "revision": made.revision, "accepted": made.accepted}
            connection.execute(table.insert().values(values))
            return made
        known = Kept(row["state"], row["revision"], row["accepted"])
        state = merged(known.state)
        if state == known.state:
            return known
        newer = {"state": state, "revision": known.revision + 1, "changed_at": at}
        connection.execute(table.update().where(*key).values(newer))
        return Kept(state, known.revision + 1, known.accepted)


def accepted(store: Operational, source: str, external_id: str, revision: int) -> None:
    """Note that the inbox has a revision, and so all earlier ones."""
    key = (table.c.source == source, table.c.external_id == external_id)
    with store.writing() as connection:
        earlier = table.c.accepted < revision
        connection.execute(table.update().where(*key, earlier).values(accepted=revision))
