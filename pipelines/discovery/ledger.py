"""The ledger: tonight's topics and members are written down, all in one transaction.

A mention is counted under the topic that it had first, so counts of past days stay what they were told
to be. A discovery anew moves mentions between topics for the nights to come; what it moves is counted
anew only where somebody asks for a restatement, or where a topic is new and nothing was told of it yet.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa

from issuemine.discover import Event, agreement_of_pairs
from issuemine.intent import is_hidden
from issuemine.records import Intent
from pipelines.context import Run
from pipelines.discovery.modelling import write_models
from pipelines.discovery.tonight import Entry, Night

_GONE = pa.schema([("topic_id", pa.string()), ("heir", pa.string())])
_CHANGES = pa.schema(
    [
        ("run_id", pa.string()),
        ("day", pa.date32()),
        ("event", pa.string()),
        ("topic_id", pa.string()),
        ("other_id", pa.string()),
        ("mentions", pa.int64()),
        ("share", pa.float64()),
    ]
)
_OLD = (Event.MERGED_INTO, Event.RETIRED)


def write(run: Run, nights: list[Night]) -> None:
    """Give new topics their ids and store everything that changed."""
    known = {row["topic_id"]: row for row in run.warehouse.table("topics/known").to_pylist()}
    _number(nights, known)
    for night in nights:
        _encoder(run, night)
        _members(run, night)
    for night in nights:
        _topics(run, night, known)
        _lineage(run, night)
    run.warehouse.execute("mentions/settle", {"as_of": run.day})
    if run.restate:
        moved = run.warehouse.value("topics/restated", {"as_of": run.day})
        run.warehouse.execute("topics/restate")
        run.warehouse.execute("topics/restate_members")
        run.warehouse.execute("lineage/restate", {"run_id": run.run_id, "day": run.day, "mentions": moved})
        run.counts["restated_mentions"] = moved
    run.stability = _stability(nights)


def _number(nights: list[Night], known: dict[str, Any]) -> None:
    free = max((int(topic_id[1:]) for topic_id in known), default=0) + 1
    for night in nights:
        for entry in night.entries:
            if entry.topic_id is None:
                entry.topic_id = f"T{free}"
                free += 1


def _encoder(run: Run, night: Night) -> None:
    """Note in which encoder's vectors the space lives from now on."""
    space = night.space
    run.warehouse.execute("encoders/forget", {"space": space.name})
    values = {"space": space.name, "revision": space.revision, "dim": space.dim}
    run.warehouse.execute("encoders/insert", values)


def _members(run: Run, night: Night) -> None:
    ids = pa.array([entry.topic_id for entry in night.entries], pa.string())
    found = pa.table(
        {
            "mention_id": night.mention_ids,
            "topic_id": ids.take(pa.array(night.labels)),
            "similarity": pa.array(np.round(night.similarities, 6)),
            "counts": pa.array(night.counts),
        }
    )
    if night.complete:
        run.warehouse.execute("topics/forget_members", {"space": night.space.name, "as_of": run.day})
    run.warehouse.execute("topics/insert_members", tables={"found": found})
    run.warehouse.execute("topics/insert_assignments", tables={"found": found})


def _topics(run: Run, night: Night, known: dict[str, Any]) -> None:
    changed = [entry for entry in night.entries if entry.changed]
    if changed:
        ids = pa.table({"topic_id": [entry.topic_id for entry in changed]})
        values = {"classifier": night.space.classifier}
        mixes = run.warehouse.table("intents/by_topic", values, tables={"chosen": ids})
        intents = {row["topic_id"]: row["mix"] for row in mixes.to_pylist()}
        rows = [_row(run, night, entry, intents[str(entry.topic_id)], known) for entry in changed]
        named = pa.Table.from_pylist(rows, schema=run.warehouse.table("topics/schema").schema)
        run.warehouse.execute("topics/forget", tables={"named": named})
        run.warehouse.execute("topics/insert", tables={"named": named})
        new = [row for row in rows if known.get(row["topic_id"], {}).get("label") != row["label"]]
        if new:
            labels = pa.table({name: [row[name] for row in new] for name in ("topic_id", "label")})
            run.warehouse.execute(
                "lineage/label", {"run_id": run.run_id, "day": run.day}, tables={"named": labels}
            )
        write_models(run, night.space.name, night.space.revision, changed)
    gone = [
        {
            "topic_id": night.old_ids[change.topic],
            "heir": None if change.other is None else night.entries[change.other].topic_id,
        }
        for change in night.changes
        if change.event in _OLD
    ]
    if gone:
        table = pa.Table.from_pylist(gone, schema=_GONE)
        run.warehouse.execute("topics/retire", tables={"gone": table})
        run.warehouse.execute("models/retire", tables={"gone": table})


def _row(run: Run, night: Night, entry: Entry, mix: list[float], known: dict[str, Any]) -> dict[str, Any]:
    intents = dict(zip((intent.value for intent in Intent), mix, strict=True))
    before = known.get(str(entry.topic_id), {})
    name = entry.name
    if name is not None:
        shown = {
            "label": name.label,
            "keywords": [asdict(keyword) for keyword in name.keywords],
            "quotes": [asdict(quote) for quote in name.quotes],
        }
    else:
        shown = {part: before[part] for part in ("label", "keywords", "quotes")}
    renamed = shown["label"] != before.get("label")
    steady = before.get("stability") if entry.stability is None else round(entry.stability, 6)
    return shown | {
        "topic_id": entry.topic_id,
        "space": night.space.name,
        "intents": [(intent, round(share, 6)) for intent, share in intents.items()],
        "hidden": is_hidden(intents, run.settings.intent.hidden),
        "born_run": before.get("born_run", run.run_id),
        "named_run": run.run_id if renamed else before["named_run"],
        "retired": False,
        "stability": steady if steady == steady else None,
        "merged_into": None,
    }


def _lineage(run: Run, night: Night) -> None:
    rows = []
    for change in night.changes:
        old = change.event in _OLD
        other = (
            None
            if change.other is None
            else (night.entries[change.other].topic_id if old else night.old_ids[change.other])
        )
        rows.append(
            {
                "run_id": run.run_id,
                "day": run.day,
                "event": change.event.value,
                "topic_id": night.old_ids[change.topic] if old else night.entries[change.topic].topic_id,
                "other_id": other,
                "mentions": change.mentions,
                "share": change.share,
            }
        )
    if rows:
        run.warehouse.execute(
            "lineage/insert", tables={"changes": pa.Table.from_pylist(rows, schema=_CHANGES)}
        )
    if night.discovery is not None:
        errors = night.discovery.errors
        run.warehouse.execute(
            "lineage/discovery",
            {
                "run_id": run.run_id,
                "space": night.space.name,
                # A day after the newest record would put off the next discovery until it has come.
                "day": min(run.day, run.bounds()["last"]),
                "reason": night.discovery.reason,
                "mentions": night.discovery.mentions,
                "topics": len(night.entries),
                "resolution": night.discovery.resolution,
                "accepted": errors.accepted,
                "wrong": errors.wrong,
                "strangers": errors.strangers,
            },
        )


def _stability(nights: list[Night]) -> dict[str, float]:
    """Figures of the whole run: how much of what was known is where it was."""
    pairs: Counter[tuple[object, object]] = Counter()
    events: Counter[str] = Counter()
    records = changed = 0
    for at, night in enumerate(nights):
        events.update(change.event.value for change in night.changes)
        if night.steadiness is None:
            continue
        records += night.steadiness.records
        changed += night.steadiness.records_changed
        for (old, new), count in night.steadiness.pairs.items():
            # Mentions without a topic are one class, whatever their space.
            pairs[old, (at, new) if new and new.startswith("new ") else new] += count
    before = {old: place for place, old in enumerate(dict.fromkeys(old for old, _ in pairs))}
    now = {new: place for place, new in enumerate(dict.fromkeys(new for _, new in pairs))}
    table = np.zeros((len(before), len(now)), dtype=np.int64)
    for (old, new), count in pairs.items():
        table[before[old], now[new]] += count
    figures: dict[str, float] = {
        "ari": round(agreement_of_pairs(table), 6),
        "records_changed_share": round(changed / records, 6) if records else 0.0,
    }
    figures |= {event.value: float(events[event.value]) for event in Event}
    for night in nights:
        if night.discovery is not None:
            figures |= {
                f"{night.space.name}: {name}": round(value, 6)
                for name, value in asdict(night.discovery.errors).items()
            }
    return figures
