"""What curators ask of a snapshot: which mentions a topic has, and which topics and mentions there are."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from issuemine.store.connection import Database


def topic_mentions(database: Database, topic_id: str | None, *, words: str | None, rows: int) -> pa.Table:
    """Mentions of a topic, the most typical first.

    Parameters
    ----------
    database : Database
        An open snapshot.
    topic_id : str or None
        The topic; None for the mentions that belong to none.
    words : str or None
        Only mentions whose text has these words in it, whatever their case; None accepts all.
    rows : int
        Most mentions given.

    Returns
    -------
    pa.Table
        ``mention_id, day, language, similarity, text`` and ``found``, the number of all that fit.
    """
    return database.table("read/topic_mentions", {"topic_id": topic_id, "words": words, "rows": rows})


def mention_topics(database: Database, mention_ids: Sequence[str]) -> dict[str, str | None]:
    """Topic of each mention that there is, None where it has none; others are left out."""
    found = database.table("read/mention_topics", {"mentions": list(mention_ids)})
    return dict(zip(found["mention_id"].to_pylist(), found["topic_id"].to_pylist(), strict=True))


def nearest_mentions(database: Database, asked: str, rows: int = 3) -> list[str]:
    """Ids of mentions that are written most like a given one (Levenshtein distance)."""
    found = database.table("read/nearest_mentions", {"asked": asked, "rows": rows})
    return [str(mention_id) for mention_id in found["mention_id"].to_pylist()]


def topic_labels(database: Database) -> dict[str, str]:
    """Label of each topic, the largest first."""
    found = database.table("read/topic_labels")
    return dict(zip(found["topic_id"].to_pylist(), found["label"].to_pylist(), strict=True))


def split_topics(database: Database) -> dict[int, str]:
    """Ids that runs gave to the topics of splits, by event; empty where no run has met a split."""
    if not database.value("read/has_split_topics"):
        return {}
    found = database.table("read/split_topics")
    return dict(zip(found["event_id"].to_pylist(), found["topic_id"].to_pylist(), strict=True))
