"""Curate: what people said of topics is replayed on what earlier nights found."""

from __future__ import annotations

import pyarrow as pa

from issuemine.curation import fold
from issuemine.messages import say
from issuemine.store.operational import open_operational
from issuemine.store.operational.events import all_events
from pipelines.context import Run
from pipelines.discovery.placing import place_mentions
from pipelines.discovery.splitting import apply_splits, number_splits, undo_splits


def curate(run: Run) -> None:
    """Apply the state that the events leave, in one transaction.

    Splits and moves change members and counts, merges only say under which topic they are shown, so that
    undoing them brings back what was there. Whatever a person has touched is left whole by discovery.
    """
    with open_operational(run.layout, run.settings.store) as store:
        events = all_events(store)
    with run.reporter.stage(say("Applying what people said"), None), run.warehouse.transaction():
        given = {
            row["event_id"]: row["topic_id"] for row in run.warehouse.table("curation/splits").to_pylist()
        }
        number_splits(run, fold(events, given), given)
        run.curation = fold(events, given)
        undo_splits(run)
        apply_splits(run)
        place_mentions(run)
        _aliases(run)
        _topics(run)
    run.curation_events = run.counts["curation_events"] = len(events)
    run.touched = _touched(run)


def _aliases(run: Run) -> None:
    """Note under which topic merged ones are shown."""
    before = {row["topic_id"]: row["shown_id"] for row in run.warehouse.table("curation/aliases").to_pylist()}
    now = dict(sorted(run.curation.merged.items()))
    if before == now:
        return
    said = pa.table(
        {"topic_id": pa.array(list(now), pa.string()), "shown_id": pa.array(list(now.values()), pa.string())}
    )
    run.warehouse.execute("curation/forget_aliases")
    run.warehouse.execute("curation/insert_aliases", tables={"said": said})


def _topics(run: Run) -> None:
    """What is shown of topics beside what was mined."""
    said = run.curation
    names = {
        *said.labels,
        *said.excluded_topics,
        *said.locked,
        *said.pinned,
        *said.owners,
        *said.tickets,
        *said.notes,
    }
    rows = [
        {
            "topic_id": topic,
            "label": said.labels.get(topic),
            "excluded": topic in said.excluded_topics,
            "locked": topic in said.locked,
            "pinned": topic in said.pinned,
            "owner": said.owners.get(topic),
            "tickets": list(said.tickets.get(topic, ())),
            "notes": [note._asdict() for note in said.notes.get(topic, ())],
        }
        for topic in sorted(names)
    ]
    schema = run.warehouse.table("curation/topics_schema").schema
    run.warehouse.execute("curation/forget_topics")
    run.warehouse.execute(
        "curation/insert_topics", tables={"said": pa.Table.from_pylist(rows, schema=schema)}
    )


def _touched(run: Run) -> frozenset[str]:
    """Topics of which people said anything, with those merged into them."""
    said = run.curation
    shown = {*said.labels, *said.excluded_topics, *said.locked, *said.pinned}
    shown |= {*said.owners, *said.tickets, *said.notes, *said.decisions, *said.merged.values()}
    shown |= {topic for topic in said.moves.values() if topic is not None}
    for split in said.splits:
        shown |= {split.topic, said.split_names.get(split.name, split.name)}
    return frozenset(shown | {topic for topic, into in said.merged.items() if into in shown})
