"""Mentions that people placed: moved to a topic, to none, or excluded with their near-duplicates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.discover import near_duplicates
from issuemine.discover.neighbours import Labels
from pipelines.context import Run
from pipelines.discovery.known import mention_vectors, vectors_of
from pipelines.spaces import Space

_PLACED = pa.schema([("mention_id", pa.string()), ("topic_id", pa.string()), ("source", pa.string())])


def place_mentions(run: Run) -> None:
    """Put mentions where people said; those of which it is not said any more are looked at again tonight."""
    said = run.curation
    wanted: dict[str, tuple[str | None, str]] = {
        mention: (topic, "moved") for mention, topic in said.moves.items()
    }
    wanted |= dict.fromkeys(said.excluded_mentions, (None, "excluded"))
    before = {
        row["mention_id"]: (row["topic_id"], row["source"])
        for row in run.warehouse.table("curation/mentions").to_pylist()
    }
    ours = {mention: place for mention, place in before.items() if not place[1].startswith("near ")}
    near = {mention: place for mention, place in before.items() if place[1].startswith("near ")}
    gone = [mention for mention in ours if mention not in wanted]
    gone += [
        mention
        for mention, (_, source) in near.items()
        if source.removeprefix("near ") not in said.excluded_mentions
    ]
    if gone:
        _free(run, gone)
    fresh = {mention: place for mention, place in wanted.items() if before.get(mention) != place}
    excluded = [mention for mention, (_, source) in fresh.items() if source == "excluded"]
    _place(run, _near(run, excluded) | fresh)


def keep_out(run: Run, space: Space, mentions: pa.Table, vectors: np.ndarray) -> np.ndarray:
    """Tell which of tonight's mentions are near-duplicates of excluded ones, and note them as such."""
    excluded = run.warehouse.table("curation/excluded", {"space": space.name})
    if not excluded.num_rows or not mentions.num_rows:
        return np.zeros(mentions.num_rows, dtype=bool)
    near = near_duplicates(vectors, mention_vectors(run, space, excluded))
    run.kept_out |= _sources(mentions, excluded, near)
    return near >= 0


def note_kept_out(run: Run) -> None:
    """Write down which of tonight's mentions were kept out."""
    if run.kept_out:
        _place(run, {mention: (None, f"near {source}") for mention, source in run.kept_out.items()})


def _place(run: Run, places: dict[str, tuple[str | None, str]]) -> None:
    if not places:
        return
    said = _table([(mention, topic, source) for mention, (topic, source) in sorted(places.items())])
    there = run.warehouse.table("curation/there", tables={"said": said})["mention_id"]
    said = said.filter(pc.is_in(said["mention_id"], there))
    for statement in ("take_out_members", "take_out_assignments", "forget_mentions", "settle"):
        run.warehouse.execute(f"curation/{statement}", tables={"said": said})
    for statement in ("put_members", "put_assignments", "insert_mentions"):
        run.warehouse.execute(f"curation/{statement}", tables={"said": said})


def _free(run: Run, mentions: list[str]) -> None:
    said = _table([(mention, None, "") for mention in sorted(mentions)])
    for statement in ("take_out_members", "take_out_assignments", "forget_mentions", "unsettle"):
        run.warehouse.execute(f"curation/{statement}", tables={"said": said})


def _near(run: Run, excluded: list[str]) -> dict[str, tuple[str | None, str]]:
    """Settled near-duplicates of mentions that were excluded: of the same text, or of the same topic."""
    if not excluded:
        return {}
    named = _table([(mention, None, "") for mention in sorted(excluded)])
    rows = run.warehouse.table("curation/there", tables={"said": named})
    found: dict[str, tuple[str | None, str]] = {}
    for space in sorted(set(rows["space"].to_pylist()) - {None}):
        revision, dim = _encoder(run, space)
        if revision is None:
            continue
        mine = rows.filter(pc.field("space") == space)
        topics = [topic for topic in mine["topic_id"].to_pylist() if topic]
        values = {"space": space, "texts": mine["text_hash"].to_pylist(), "topics": topics}
        candidates = run.warehouse.table("curation/candidates", values)
        out = vectors_of(run, mine, revision, dim)
        near = near_duplicates(vectors_of(run, candidates, revision, dim), out)
        sources = _sources(candidates, mine, near)
        found |= {mention: (None, f"near {source}") for mention, source in sources.items()}
    return found


def _sources(mentions: pa.Table, excluded: pa.Table, near: Labels) -> dict[str, str]:
    """Excluded mention that each near-duplicate goes the way of."""
    names, sources = mentions["mention_id"].to_pylist(), excluded["mention_id"].to_pylist()
    return {names[at]: sources[near[at]] for at in np.flatnonzero(near >= 0).tolist()}


def _encoder(run: Run, space: str) -> tuple[str | None, int]:
    rows = run.warehouse.table("encoders/of_space", {"space": space}).to_pylist()
    return (rows[0]["revision"], rows[0]["dim"]) if rows else (None, 0)


def _table(rows: list[tuple[str, str | None, str]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(_PLACED.names, row, strict=True)) for row in rows], schema=_PLACED)
