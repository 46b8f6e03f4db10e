"""What every step of a run shares."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from issuemine.config import Settings
from issuemine.curation import Curation
from issuemine.discover.planning import Reason
from issuemine.records import MappedFile
from issuemine.store.connection import Database
from issuemine.store.inbox import Post
from issuemine.store.layout import Layout
from pipelines.logs import Logger, silent
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
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    attempts: int = 1
    log: Logger = field(default_factory=silent)
    mapped: list[MappedFile] = field(default_factory=list)
    drained: list[Post] = field(default_factory=list)
    """What was sent to the service and is a part of this run."""
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    watermarks: dict[str, datetime] = field(default_factory=dict)
    encoders: dict[str, str] = field(default_factory=dict)
    classifiers: dict[str, str] = field(default_factory=dict)
    rediscover: bool = False
    restate: bool = False
    alerts: bool = True
    rerouted: set[str] = field(default_factory=set)
    plans: dict[str, Reason | None] = field(default_factory=dict)
    stability: dict[str, float] = field(default_factory=dict)
    written_from: dict[str, Any] | None = None
    """What this run's topics were found from, once they are written down; see ``found_from``."""
    curation_events: int = 0
    curation: Curation = field(default_factory=Curation)
    touched: frozenset[str] = frozenset()
    kept_out: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, count: int) -> None:
        """Add to a count of the manifest."""
        self.counts[name] = self.counts.get(name, 0) + count

    def keep(self) -> None:
        """Write what is done to the run's row, within the transaction that does it.

        Where the run is cut off, its next attempt goes on from there.
        """
        known = {name: getattr(self, name) for name in ("counts", "attempts", "stability", "written_from")}
        manifest = orjson.dumps(known).decode()
        self.warehouse.execute("runs/progress", {"run_id": self.run_id, "manifest": manifest})

    def found_from(self) -> dict[str, Any]:
        """What tonight's topics depend on that may change between two attempts of a run."""
        counts = {name: self.counts.get(name, 0) for name in ("new_records", "changed_records")}
        asked = {"as_of": self.day.isoformat(), "restate": self.restate}
        return counts | asked | {"curation_events": self.curation_events}

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Add the time that the context, a stage, takes to the manifest, and log it with its counts."""
        start, before = time.perf_counter(), dict(self.counts)
        self.log.info("stage started", stage=name)
        finished = False
        try:
            yield
            finished = True
        finally:
            took = time.perf_counter() - start
            self.seconds[name] = round(self.seconds.get(name, 0.0) + took, 3)
            counts = {key: count for key, count in self.counts.items() if before.get(key) != count}
            told = "stage finished" if finished else "stage failed"
            self.log.info(told, stage=name, seconds=round(took, 3), counts=counts)

    def bounds(self) -> dict[str, Any]:
        """Days between which records may be believed: ``first``, ``last``, ``until`` and those ``ahead``.

        A day that has not come when the run starts, anywhere on earth, is a mistake of whoever wrote it
        down. One such record must not make its day tonight's; see ``records/days``.
        """
        latest = self.started_at.date() + timedelta(days=1)
        return self.warehouse.table("records/days", {"latest": latest}).to_pylist()[0]

    @property
    def day(self) -> date:
        """The day up to which records count, once it is known."""
        assert self.as_of is not None, "the gather step settles the day"  # noqa: S101
        return self.as_of
