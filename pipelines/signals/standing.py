"""Where each topic stands after the night, and the events that brought it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from issuemine.records import Scope, Signal, SignalState
from issuemine.trends.states import Decided, Heard, Reason, Standing, standing
from pipelines.context import Run

_DECISIONS = {"resolve": SignalState.RESOLVED, "archive": SignalState.ARCHIVED, "reopen": None}


@dataclass(frozen=True)
class Place:
    """Where a topic stood after an earlier night, and since when."""

    standing: Standing
    since: date


def places(run: Run) -> dict[str, Place]:
    """Where topics stood before tonight, told by the events of earlier days."""
    rows = run.warehouse.table("signals/states_before", {"day": run.day}).to_pylist()
    return {
        row["topic_id"]: Place(
            Standing(
                SignalState(row["state"]),
                Reason(row["reason"]),
                row["signal_id"],
                row["author"],
                row["event_id"],
            ),
            row["since"],
        )
        for row in rows
    }


def decisions(run: Run) -> dict[str, Decided]:
    """What people said last of where topics stand."""
    return {
        topic: Decided(_DECISIONS[said.kind], said.author, said.event_id)
        for topic, said in run.curation.decisions.items()
    }


def resolved(before: Mapping[str, Place], decided: Mapping[str, Decided]) -> frozenset[str]:
    """Topics that count as resolved when tonight's signals are told."""
    found = {topic for topic, place in before.items() if place.standing.state is SignalState.RESOLVED}
    for topic, said in decided.items():
        fresh = topic not in before or before[topic].standing.event_id != said.event_id
        if fresh and said.state is SignalState.RESOLVED:
            found.add(topic)
        elif fresh:
            found.discard(topic)
    return frozenset(found)


def stand(
    run: Run,
    signals: Sequence[Signal],
    topics: Sequence[Mapping[str, Any]],
    before: Mapping[str, Place],
    decided: Mapping[str, Decided],
) -> None:
    """Write down where topics stand, and what changed; within the transaction of the night's signals."""
    heard = {
        signal.topic_id: Heard(signal.signal_id, signal.state, signal.severity, signal.nature)
        for signal in signals
        if signal.scope is Scope.TOPIC
    }
    births = _births(run, [topic["topic_id"] for topic in topics if topic["topic_id"] not in before], before)
    states, events = [], []
    for topic in topics:
        topic_id = topic["topic_id"]
        old = before.get(topic_id)
        now = standing(
            None if old is None else old.standing,
            run.day,
            topic["first_seen"],
            topic["last_seen"],
            heard.get(topic_id),
            decided.get(topic_id),
            run.settings.signals,
        )
        stays = old is not None and old.standing.state is now.state
        common = {
            "topic_id": topic_id,
            "state": now.state,
            "reason": now.reason,
            "signal_id": now.signal_id,
            "author": now.author,
            "event_id": now.event_id,
        }
        states.append(common | {"since": old.since if old is not None and stays else run.day})
        if old is None or old.standing != now:
            was = None if old is None else old.standing.state
            evidence = [(name, str(topic[name])) for name in ("first_seen", "last_seen", "records")]
            evidence += births.get(topic_id, [])
            more = {"run_id": run.run_id, "day": run.day, "before": was, "evidence": evidence}
            events.append(common | more)
    run.warehouse.execute("signals/forget_states")
    for name, rows in (("states", states), ("events", events)):
        schema = run.warehouse.table(f"signals/{name}_schema").schema
        found = pa.Table.from_pylist(rows, schema=schema)
        run.warehouse.execute(f"signals/insert_{name}", tables={"found": found})


def _births(run: Run, topics: list[str], before: Mapping[str, Place]) -> dict[str, list[tuple[str, str]]]:
    """What speaks for topics that are new beside known ones: nearest topic, its cosine, customers."""
    if not topics or not before:
        return {}
    chosen = pa.table({"topic_id": topics})
    rows = run.warehouse.table("signals/births", tables={"chosen": chosen}).to_pylist()
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found[row["topic_id"]] = [("customers", str(row["customers"]))]
        if row["nearest"] is not None:
            near = [("nearest", row["nearest"]), ("similarity", f"{row['similarity']:.3f}")]
            found[row["topic_id"]] += near
    return found
