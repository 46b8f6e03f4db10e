"""Names of tonight's topics: new ones get one, old ones keep theirs while their content stays the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from issuemine.messages import say
from issuemine.naming import name_topics, topic_words
from issuemine.records import TopicName
from pipelines.context import Run
from pipelines.discovery.known import mention_vectors, unit
from pipelines.discovery.tonight import Entry, Night

_MEMBERS = 300
"""Members that a topic is named by, at most."""


def christen(run: Run, night: Night) -> None:
    """Name the topics of a space that are new, have moved, or quote what is no more."""
    rows = {row["topic_id"]: row for row in run.warehouse.table("topics/known").to_pylist()}
    stale = set(run.warehouse.table("topics/stale")["topic_id"].to_pylist())
    wanted = [
        at
        for at, entry in enumerate(night.entries)
        if entry.topic_id not in rows or night.complete or entry.topic_id in stale or _moved(run, entry)
    ]
    if not wanted:
        return
    mentions, labels = _members(run, night, set(wanted))
    vectors = mention_vectors(run, night.space, mentions)
    with run.reporter.stage(say("Naming topics ({space})", space=night.space.name), len(wanted)) as advance:
        model = topic_words(mentions, labels, run.settings.naming)
        names = name_topics(
            model,
            mentions,
            vectors,
            labels,
            run.settings.naming,
            advance,
            night.space.encode_phrases,
            only=frozenset(wanted),
        )
    for at in wanted:
        if at in names:
            _take(run, night.entries[at], names[at], rows)


def _take(run: Run, entry: Entry, name: TopicName, rows: dict[str, dict[str, object]]) -> None:
    """A topic whose content has not moved keeps its label; keywords and quotes are always the newest."""
    known = rows.get(entry.topic_id or "")
    locked = run.curation.called(entry.topic_id or "") in run.curation.locked
    if known is not None and (locked or not _moved(run, entry)):
        name = replace(name, label=str(known["label"]))
    else:
        entry.named_centre = unit(entry.total[None])[0]
    entry.name = name
    entry.changed = True


def _moved(run: Run, entry: Entry) -> bool:
    """Whether the content is another than when the topic was named. Centres of two encoders say nothing."""
    if entry.named_centre.shape != entry.total.shape:
        return False
    return float(unit(entry.total[None])[0] @ entry.named_centre) < run.settings.discover.rename_below


def _members(run: Run, night: Night, wanted: set[int]) -> tuple[pa.Table, np.ndarray]:
    """Mentions to name topics by, and their topics: members of those wanted, anchors of all others."""
    place = {entry.topic_id: at for at, entry in enumerate(night.entries) if entry.topic_id is not None}
    parts: list[tuple[str, int]] = []
    if not night.complete:
        ids = [topic_id for at in sorted(wanted) if (topic_id := night.entries[at].topic_id) is not None]
        chosen = pa.table({"topic_id": pa.array(ids, pa.string())})
        some = {"most": _MEMBERS, "space": night.space.name}
        old = run.warehouse.table("topics/some_members", some, tables={"chosen": chosen})
        parts += [(row["mention_id"], place[row["topic_id"]]) for row in old.to_pylist()]
        values = {"space": night.space.name, "encoder": night.space.revision}
        for row in run.warehouse.table("models/anchors", values).to_pylist():
            at = place[row["topic_id"]]
            if at not in wanted:
                parts.append((row["mention_id"], at))
    seen: dict[int, int] = {}
    for mention_id, label in zip(night.mention_ids.to_pylist(), night.labels.tolist(), strict=True):
        if label in wanted and seen.get(label, 0) < _most(night):
            seen[label] = seen.get(label, 0) + 1
            parts.append((mention_id, label))
    topics = dict(sorted(parts))
    mentions = run.warehouse.table(
        "mentions/chosen", tables={"chosen": pa.table({"mention_id": list(topics)})}
    )
    found = mentions["mention_id"].to_pylist()
    return mentions, np.array([topics[mention_id] for mention_id in found], dtype=np.int64)


def _most(night: Night) -> int:
    """A discovery names all topics by all members that it looked at, as far as memory should go."""
    return 5_000 if night.complete else _MEMBERS
