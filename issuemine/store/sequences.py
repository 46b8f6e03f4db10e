"""Which topics follow which: counted in the warehouse each night, read from a snapshot."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from issuemine.store.connection import Database

HISTORY_DAYS = 364
"""Days of contacts that are looked at, so that the cost does not grow with history."""
_LEAST_CONTACTS = 20
"""Contacts that make a topic's share of a day known; days with fewer are pooled."""
_MOST_CONTACTS = 50
"""A customer who writes more often in the days before is a shared account, of which nothing is told."""


def sequence_counts(warehouse: Database, as_of: date, *, days: int, least: int) -> pa.Table:
    """Counts of contacts about a topic by customers who had, and who had not, written of another before.

    Parameters
    ----------
    warehouse : Database
        Holds ``records``, ``mentions`` and ``shown_assignments``.
    as_of : date
        Last day that is looked at.
    days : int
        Within how many days one contact follows another.
    least : int
        Fewest contacts of a pair.
    """
    values = {
        "after": as_of - timedelta(days=HISTORY_DAYS),
        "as_of": as_of,
        "days": days,
        "least": least,
        "least_contacts": _LEAST_CONTACTS,
        "most_contacts": _MOST_CONTACTS,
    }
    return warehouse.table("causes/sequences", values)


def sequence_basis(warehouse: Database, as_of: date, days: int) -> pa.Table:
    """What the counts were made of: days, contacts, and how many name no customer."""
    values = {"after": as_of - timedelta(days=HISTORY_DAYS), "as_of": as_of, "days": days}
    return warehouse.table("causes/sequence_basis", values)


def topic_sequences(database: Database, topic_id: str) -> dict[str, Any]:
    """What came before a topic and what comes next, surest first, with what the counts were made of.

    Topics that are not shown are left out. ``basis`` is None where the snapshot was made before sequences
    were looked for.
    """
    if not database.value("causes/has_sequences"):
        return {"before": [], "next": [], "basis": None}
    rows = database.table("causes/topic_sequences", {"topic_id": topic_id}).to_pylist()
    basis = database.table("causes/sequences_made_of").to_pylist()
    return {
        "before": [row for row in rows if row["next_id"] == topic_id],
        "next": [row for row in rows if row["topic_id"] == topic_id],
        "basis": basis[0] if basis else None,
    }
