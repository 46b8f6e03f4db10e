"""Causes: what texts name, and what people say of a topic that they did not say before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

import orjson
import pyarrow as pa

from issuemine.causes.entities import RULES, entities
from issuemine.causes.phrases import Phrase, Saying, new_phrases
from issuemine.messages import say
from pipelines.context import Run
from pipelines.steps.sequences import find_sequences

_ROWS = 20_000
_TOPICS = 100
"""Topics whose phrases are looked at each night: those that grew most."""
_MOST = 300
"""Mentions of a topic that are looked at lately, and as many before; neither cost grows with history."""
_PAST = 13
"""Windows that are looked at, the last among them: a year where a window is four weeks."""
_OTHERS = 500
_ENTITIES = pa.schema(
    [
        pa.field("record_id", pa.string()),
        pa.field("content_hash", pa.string()),
        pa.field("revision", pa.string()),
        pa.field("entities", pa.map_(pa.string(), pa.string())),
    ]
)


def causes(run: Run) -> None:
    """Find entities of new and changed records, new phrases of topics that grew, and what follows what."""
    with run.reporter.stage(say("Looking for what is new in topics"), None):
        find_entities(run)
        schema = run.warehouse.table("causes/phrases_schema").schema
        phrases = pa.Table.from_pylist(_phrases(run), schema)
    with run.warehouse.transaction():
        run.warehouse.execute("causes/forget_phrases")
        run.warehouse.execute("causes/insert_phrases", tables={"found": phrases})
    run.add("new_phrases", phrases.num_rows)
    find_sequences(run)


def find_entities(run: Run) -> None:
    """Find what the texts of records name, some records a transaction."""
    patterns = dict(run.settings.causes.entity_patterns)
    named = orjson.dumps([RULES, sorted(patterns.items())])
    values = {"revision": hashlib.blake2b(named, digest_size=8).hexdigest(), "rows": _ROWS}
    more = True
    while more:
        rows = run.warehouse.table("causes/without_entities", values)
        more = rows.num_rows == _ROWS
        told = [list(each.items()) for each in entities(rows["text"].to_pylist(), patterns)]
        columns = [
            rows["record_id"],
            rows["content_hash"],
            pa.array([values["revision"]] * len(told), pa.string()),
            pa.array(told, _ENTITIES[3].type),
        ]
        found = {"found": pa.Table.from_arrays(columns, schema=_ENTITIES)}
        with run.warehouse.transaction():
            run.warehouse.execute("causes/forget_entities", tables=found)
            run.warehouse.execute("causes/insert_entities", tables=found)


def _phrases(run: Run) -> list[dict[str, Any]]:
    window = timedelta(days=run.settings.trends.window_days)
    values = {
        "since": run.day - window,
        "after": run.day - _PAST * window,
        "as_of": run.day,
        "share": 1 / (_PAST - 1),
        "topics": _TOPICS,
        "most": _MOST,
    }
    rows = run.warehouse.table("causes/sayings", values).to_pylist()
    lately: dict[str, list[tuple[str, Saying]]] = {}
    for row in rows:
        if row["recent"]:
            lately.setdefault(row["space"], []).append((row["topic_id"], _saying(row)))
    found = []
    for topic_id, group in groupby(rows, key=lambda row: row["topic_id"]):
        of = list(group)
        recent, past = ([_saying(row) for row in of if row["recent"] == when] for when in (True, False))
        others = [saying for other, saying in lately.get(of[0]["space"], []) if other != topic_id]
        spread = others[:: max(len(others) // _OTHERS, 1)]
        phrases = new_phrases(recent, past, spread, rate=run.settings.causes.false_discovery_rate)
        found += _rows(topic_id, phrases)
    return found


def _saying(row: dict[str, Any]) -> Saying:
    words = tuple((word["lemma"], word["pos"], word["start"], word["end"]) for word in row["tokens"])
    return Saying(row["mention_id"], row["text"], words)


def _rows(topic_id: str, phrases: Sequence[Phrase]) -> list[dict[str, Any]]:
    return [
        {
            "topic_id": topic_id,
            "place": place,
            "phrase": phrase.phrase,
            "mentions": phrase.mentions,
            "past_mentions": phrase.past_mentions,
            "other_mentions": phrase.other_mentions,
            "log_odds": phrase.log_odds,
            "low": phrase.low,
            "high": phrase.high,
            "others_log_odds": phrase.others_log_odds,
            "q_value": phrase.q_value,
            "quotes": [quote.mention_id for quote in phrase.quotes],
        }
        for place, phrase in enumerate(phrases)
    ]
