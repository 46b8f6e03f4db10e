"""What a night found in one space, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from issuemine.discover import AcceptanceErrors, Change
from issuemine.records import TopicName
from pipelines.spaces import Space


@dataclass
class Entry:
    """A topic of tonight. ``topic_id`` is None until a new topic is given one."""

    topic_id: str | None
    total: np.ndarray
    mentions: int
    radius: float
    found_centre: np.ndarray
    named_centre: np.ndarray
    stability: float | None = None
    """None keeps what is known."""
    anchors: list[tuple[str, np.ndarray]] | None = None
    """Mention and vector of each anchor; None keeps those that are there."""
    name: TopicName | None = None
    """None keeps label, keywords and quotes."""
    changed: bool = True
    """Whether anything of the topic changed tonight."""


@dataclass
class Night:
    """One space after tonight."""

    space: Space
    entries: list[Entry]
    """Topics that are there tonight; labels below are their places."""
    mention_ids: pa.Array
    """Mentions that got a topic tonight, or all that have one where ``complete``."""
    labels: np.ndarray
    similarities: np.ndarray
    counts: np.ndarray
    """Whether the mention may be counted under its topic from tonight on, see ``ledger``."""
    complete: bool
    """Whether the members replace all that the space had."""
    changes: list[Change] = field(default_factory=list)
    """What became of topics: new topics by place; old ones by their place in ``old_ids``."""
    old_ids: list[str] = field(default_factory=list)
    steadiness: Steadiness | None = None
    discovery: Discovery | None = None


@dataclass(frozen=True)
class Discovery:
    """A discovery anew: why, on what, and what to expect of assignments until the next."""

    reason: str
    mentions: int
    resolution: float
    errors: AcceptanceErrors


@dataclass(frozen=True)
class Steadiness:
    """The mentions that earlier nights had settled: their topics before and now, as counts of pairs."""

    pairs: dict[tuple[str | None, str | None], int]
    records: int
    records_changed: int
