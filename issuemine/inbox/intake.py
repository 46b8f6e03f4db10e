"""Take records in: the contract of files, redaction, then the disk; only then a receipt."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from issuemine.config import Settings
from issuemine.ingest.rejects import KEPT
from issuemine.ingest.rows import read_rows
from issuemine.records import RAW_RECORD_SCHEMA, REJECT_SCHEMA
from issuemine.store.inbox import SCHEMA, Inbox, received_at
from issuemine.store.layout import Layout

if TYPE_CHECKING:
    from issuemine.clean import Cleaner


_TRIED = pa.Table.from_pylist(
    [
        {"source": "none", "external_id": body, "created_at": datetime(2026, 1, 1, tzinfo=UTC), "body": body}
        for body in ("Call 555-0100 please.", "010-0000-0000으로 전화 주세요.")
    ],
    schema=RAW_RECORD_SCHEMA,
)
"""Has the recognisers of every language loaded."""


@dataclass(frozen=True)
class Rejection:
    """A row that could not be used, or a value of one that could not.

    ``row`` counts from 1 in the order in which rows were sent; ``reason`` holds none of its text. ``kept``
    says that only the value was left out.
    """

    row: int
    field: str | None
    reason: str
    kept: bool


@dataclass(frozen=True)
class Receipt:
    """What became of rows that were sent.

    Attributes
    ----------
    receipt_id : str
        Its name; the rejects of the run name their file by it.
    received_at : datetime
        When they came.
    accepted : int
        Rows that are kept as records.
    rejected : int
        Rows that could not be used.
    repeated : int
        Accepted rows of a record that another row of the same post stands for too; the newest counts.
    rejections : tuple of Rejection
        Why, row by row.
    """

    receipt_id: str
    received_at: datetime
    accepted: int
    rejected: int
    repeated: int
    rejections: tuple[Rejection, ...]


class Intake:
    """Takes records in for a warehouse folder.

    Parameters
    ----------
    layout : Layout
        The folder; made where it is missing.
    settings : Settings
        How rows are read and cleaned, and how much may wait.
    """

    def __init__(self, layout: Layout, settings: Settings) -> None:
        self._layout = layout
        self._settings = settings
        self._lock = threading.Lock()
        self._cleaner: Cleaner | None = None
        self.inbox = Inbox(layout, int(settings.api.inbox_mb * 1e6))

    def accept(self, rows: Sequence[Any], source: str, *, pseudonyms: bool = False) -> Receipt:
        """Check and redact rows, and keep them on disk until the next run.

        Parameters
        ----------
        rows : sequence
            Objects with the fields of a record (``external_id``, ``created_at``, ``body``, ...); other names
            become attributes. Whatever cannot be used is rejected, and the reason kept.
        source : str
            Source of rows that name none.
        pseudonyms : bool, default False
            Whether customers are named by what the cleaner's `pseudonym` gave.

        Returns
        -------
        Receipt
            Nothing of it is lost from now on.

        Raises
        ------
        FullError
            If too much waits already.
        StoreError
            If the disk cannot be written to.
        """
        receipt_id = self.inbox.receipt()
        batch = read_rows(rows, f"inbox/{receipt_id}", source, self._settings.ingest)
        cleaner = self.cleaner()
        records = cleaner.clean(batch.records, pseudonyms=pseudonyms)
        records = records.append_column("fingerprint", cleaner.fingerprints(batch.records))
        self.inbox.put(receipt_id, records, batch.rejects)
        return Receipt(
            receipt_id=receipt_id,
            received_at=received_at(receipt_id),
            accepted=records.num_rows,
            rejected=batch.rejected,
            repeated=records.num_rows - pc.count_distinct(records["record_id"]).as_py(),
            rejections=tuple(
                Rejection(row["row"], row["field"], row["reason"], row["reason"].startswith(KEPT))
                for row in batch.rejects.to_pylist()
            ),
        )

    def reject(self, field: str, reason: str) -> str:
        """Keep the reason why something that was sent could not be read, for the rejects of the next run.

        Parameters
        ----------
        field : str
            Where in what was sent.
        reason : str
            In English; holds none of its text.

        Returns
        -------
        str
            Name of the receipt by which the rejects name it.
        """
        receipt_id = self.inbox.receipt()
        row = {"file": f"inbox/{receipt_id}", "row": 1, "field": field, "reason": reason}
        self.inbox.put(receipt_id, SCHEMA.empty_table(), pa.Table.from_pylist([row], schema=REJECT_SCHEMA))
        return receipt_id

    def warm(self) -> None:
        """Load what cleans, which takes seconds the first time; writes nothing.

        What people write beside records is redacted by the same recognisers: they need no loading after this.
        """
        from issuemine.clean import Cleaner

        Cleaner(self._settings.clean, secrets.token_bytes(32)).clean(_TRIED)

    def cleaner(self) -> Cleaner:
        """What cleans and redacts, with the key of the warehouse; made at the first call."""
        with self._lock:
            if self._cleaner is None:
                from issuemine.clean import Cleaner

                self._layout.create()
                key = self._settings.clean.customer_key
                secret = key.get_secret_value().encode() if key is not None else self._layout.customer_key()
                self._cleaner = Cleaner(self._settings.clean, secret)
            return self._cleaner
