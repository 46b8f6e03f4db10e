"""Records to store, made by hand."""

from datetime import UTC, datetime

import pyarrow as pa

from issuemine.records import MENTION_SCHEMA, RECORD_SCHEMA


def records(*rows: dict[str, object]) -> pa.Table:
    """Records with the given fields; the rest is empty or plain."""
    full = []
    for row in rows:
        plain: dict[str, object] = dict.fromkeys(RECORD_SCHEMA.names)
        plain |= {
            "source": "desk",
            "external_id": row["record_id"],
            "created_at": datetime(2026, 1, 1, 12, tzinfo=UTC),
            "text": "The card was declined.",
            "content_hash": "a",
            "tags": [],
            "attributes": {},
            "boilerplate": [],
            "redactions": {},
        }
        full.append(plain | row)
    for row in full:
        row["attributes"] = list(dict(row["attributes"]).items())
        row["redactions"] = list(dict(row["redactions"]).items())
    return pa.Table.from_pylist(full, schema=RECORD_SCHEMA)


def mentions(*pairs: tuple[str, int]) -> pa.Table:
    """Mentions of the given (record, ordinal) pairs."""
    rows = [
        {
            "mention_id": f"{record}-{ordinal}",
            "record_id": record,
            "ordinal": ordinal,
            "start": 0,
            "end": 4,
            "text": "card",
            "text_hash": f"h{ordinal}",
            "language": "en",
            "tokens": [{"lemma": "card", "pos": "X", "start": 0, "end": 4}],
        }
        for record, ordinal in pairs
    ]
    return pa.Table.from_pylist(rows, schema=MENTION_SCHEMA)
