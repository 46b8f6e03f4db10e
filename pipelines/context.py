"""What every step of a run shares."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from issuemine.config import Settings
from issuemine.curation import Curation
from issuemine.discover.planning import Reason
from issuemine.records import MappedFile
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from pipelines.progress import Reporter


@dataclass
class Run:
    """One execution of the pipeline, as its steps see it."""

    run_id: str
    settings: Settings
    layout: Layout
    warehouse: Database
    reporter: Reporter
    inputs: list[Path]
    as_of: date | None = None
    mapped: list[MappedFile] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    encoders: dict[str, str] = field(default_factory=dict)
    classifiers: dict[str, str] = field(default_factory=dict)
    rediscover: bool = False
    restate: bool = False
    rerouted: set[str] = field(default_factory=set)
    plans: dict[str, Reason | None] = field(default_factory=dict)
    stability: dict[str, float] = field(default_factory=dict)
    curation: Curation = field(default_factory=Curation)
    touched: frozenset[str] = frozenset()
    kept_out: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, count: int) -> None:
        """Add to a count of the manifest."""
        self.counts[name] = self.counts.get(name, 0) + count

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add the time that the context takes to the manifest."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - start, 3)

    @property
    def day(self) -> date:
        """The day up to which records count, once it is known."""
        assert self.as_of is not None, "the gather step settles the day"  # noqa: S101
        return self.as_of
