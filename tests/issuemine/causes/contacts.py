"""Contacts of customers about topics, with a planted sequence or none, and what is found in them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.causes.preceding import Sequence, sequences
from issuemine.store.connection import Database
from issuemine.store.sequences import sequence_counts

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 90


@dataclass
class Contacts:
    """Contacts: customer (None where unknown), moment in days, topic."""

    rows: list[tuple[str | None, float, str]] = field(default_factory=list)

    def add(self, customer: str | None, at: float, topic: str) -> None:
        self.rows.append((customer, at, topic))

    def counts(self, days: int = 14) -> pa.Table:
        """Counts of pairs, as the warehouse gives them."""
        with Database(Path(":memory:")) as database:
            self.fill(database)
            return sequence_counts(database, FIRST.date() + timedelta(days=DAYS), days=days, least=10)

    def found(self, days: int = 14) -> list[Sequence]:
        """Sequences of topics."""
        return sequences(self.counts(days), least=10)

    def fill(self, database: Database) -> None:
        """Put the contacts where the warehouse has its records, each with a single mention."""
        ids = [f"r{number:06}" for number in range(len(self.rows))]
        moments = [FIRST + timedelta(days=at) for _, at, _ in self.rows]
        days: list[date] = [moment.date() for moment in moments]
        records = {
            "record_id": ids,
            "customer_ref": pa.array([customer for customer, _, _ in self.rows], pa.string()),
            "created_at": pa.array(moments, pa.timestamp("us", tz="UTC")),
            "day": pa.array(days, pa.date32()),
            "language": ["en"] * len(ids),
            "counted": [True] * len(ids),
        }
        database.create("records", pa.table(records))
        database.create("mentions", pa.table({"mention_id": ids, "record_id": ids}))
        topics = [topic for _, _, topic in self.rows]
        database.create("shown_assignments", pa.table({"mention_id": ids, "topic_id": topics}))


def chatter(generator: np.random.Generator, customers: int = 800, topics: int = 10) -> Contacts:
    """Customers who write of anything: most seldom, some every other day."""
    contacts = Contacts()
    shares = 1 / np.arange(1, topics + 1)
    often = generator.pareto(1.5, customers)
    for number, rate in enumerate(np.minimum(often, 30.0)):
        for at in generator.uniform(0, DAYS, generator.poisson(1 + rate)):
            topic = generator.choice(topics, p=shares / shares.sum())
            contacts.add(f"c{number}", float(at), f"T{topic + 1}")
    return contacts


def follow(
    contacts: Contacts, generator: np.random.Generator, first: str, then: str, share: float, days: float
) -> None:
    """Have a share of the contacts about a topic followed by another one, about so many days later."""
    for customer, at, topic in list(contacts.rows):
        if topic == first and generator.random() < share:
            contacts.add(customer, min(at + float(generator.uniform(0.8, 1.2)) * days, DAYS - 0.01), then)
