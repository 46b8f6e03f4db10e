"""What earlier nights left of a space's topics."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from issuemine.discover import TopicModels
from pipelines.context import Run
from pipelines.spaces import Space, matrix


@dataclass(frozen=True)
class Known:
    """Topics of a space, by their place: ids, models, and how they were when found and when named."""

    ids: list[str]
    models: TopicModels
    totals: np.ndarray
    """Sum of the members' vectors, shape ``(n_topics, dim)``."""
    mentions: np.ndarray
    """Members, shape ``(n_topics,)``."""
    found_centres: np.ndarray
    """Centres at the last discovery, or birth."""
    named_centres: np.ndarray
    """Centres when the topics got their names."""


def known_topics(run: Run, space: Space) -> Known:
    """Read them; a space whose encoder changed has none that could be compared."""
    values = {"space": space.name, "encoder": space.revision}
    rows = run.warehouse.table("models/of_space", values)
    anchors = run.warehouse.table("models/anchors", values)
    ids: list[str] = rows["topic_id"].to_pylist()
    place = {topic_id: at for at, topic_id in enumerate(ids)}
    totals = matrix(rows["total"], space.dim)
    centres = unit(totals)
    owners = np.array([place[topic_id] for topic_id in anchors["topic_id"].to_pylist()], dtype=np.int64)
    # The centre stands in for the anchors of a topic whose anchors are all gone.
    bare = np.setdiff1d(np.arange(len(ids)), owners)
    models = TopicModels(
        centres,
        rows["radius"].to_numpy().astype(np.float32),
        np.concatenate([matrix(anchors["vector"], space.dim), centres[bare]]),
        np.concatenate([owners, bare]),
    )
    return Known(
        ids,
        models,
        totals,
        rows["mentions"].to_numpy().astype(np.int64),
        matrix(rows["found_centre"], space.dim),
        matrix(rows["named_centre"], space.dim),
    )


def mention_vectors(run: Run, space: Space, mentions: pa.Table) -> np.ndarray:
    """Unit vectors of mentions, in the order of their ids; a text without a word has the zero vector."""
    return vectors_of(run, mentions, space.revision, space.dim)


def vectors_of(run: Run, mentions: pa.Table, encoder: str, dim: int) -> np.ndarray:
    """The same of an encoder that need not be loaded, named by its revision."""
    found = run.warehouse.table(
        "vectors/of_mentions",
        {"encoder": encoder},
        tables={"chosen": mentions.select(["mention_id"])},
        dim=dim,
    )
    return unit(matrix(found["vector"], dim))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Scale to length 1; zero vectors stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)
