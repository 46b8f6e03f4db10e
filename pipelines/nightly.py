"""The nightly run: its stages in their order, under one lock, with a manifest."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from issuemine.config import Settings
from issuemine.ingest import expand
from issuemine.records import MappedFile, RunManifest
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.migrations import migrate
from issuemine.store.snapshot import Snapshot
from pipelines.context import Run
from pipelines.progress import Reporter
from pipelines.steps.gather import gather

_VERSIONED = ("issuemine", "bertopic", "duckdb", "sentence-transformers", "spacy", "torch")


@dataclass(frozen=True)
class Outcome:
    """What a run leaves: its manifest and the snapshot that it published."""

    manifest: RunManifest
    snapshot: Snapshot


def nightly(
    inputs: Sequence[str],
    settings: Settings,
    warehouse: Path,
    *,
    as_of: date | None,
    reporter: Reporter,
    on_mapped: Callable[[Sequence[MappedFile]], None] = lambda _: None,
    rediscover: bool = False,
    restate: bool = False,
) -> Outcome:
    """Run the pipeline over some inputs.

    Parameters
    ----------
    inputs : sequence of str
        Files, folders or globs; none where only what is there is looked at again.
    settings : Settings
        All settings.
    warehouse : Path
        Folder of the warehouse; made when missing.
    as_of : date, optional
        Last day that counts; default: the day of the newest record.
    reporter : Reporter
        Where progress is told.
    on_mapped : callable, optional
        Told what was recognised in the input files, once they are read.
    rediscover : bool, default False
        Look at all mentions anew, whether or not that is due.
    restate : bool, default False
        Count past days by tonight's topics. Else they stay as they were told to be.

    Raises
    ------
    IssuemineError
        If a stage fails; the snapshot published before stays the one served.
    """
    paths = expand(inputs) if inputs else []
    layout = Layout(warehouse)
    layout.create()
    with (
        one_run_at_a_time(layout.lock),
        Database(layout.warehouse, settings=settings.store) as database,
    ):
        migrate(database)
        database.execute("runs/close_interrupted")
        run = Run(
            run_id=f"r{database.value('runs/count') + 1:05d}",
            settings=settings,
            layout=layout,
            warehouse=database,
            reporter=reporter,
            inputs=paths,
            as_of=as_of,
            rediscover=rediscover,
            restate=restate,
        )
        started = datetime.now(UTC)
        database.execute("runs/start", {"run_id": run.run_id, "started_at": started})
        try:
            path = _stages(run, started, on_mapped)
        except BaseException as error:
            _record(run, _manifest(run, started, "failed", type(error).__name__))
            raise
        manifest = _manifest(run, started, "done", None)
    return Outcome(manifest, Snapshot(path, settings.store))


def _stages(run: Run, started: datetime, on_mapped: Callable[[Sequence[MappedFile]], None]) -> Path:
    with run.timed("gather"):
        gather(run, on_mapped)
    # The models' libraries take seconds to import: a file that cannot be read is told before that.
    from issuemine.naming import load_glossary
    from pipelines.steps.classify import classify
    from pipelines.steps.curate import curate
    from pipelines.steps.discover import discover
    from pipelines.steps.embed import embed, open_spaces
    from pipelines.steps.link import link
    from pipelines.steps.plan import plan
    from pipelines.steps.publish import publish
    from pipelines.steps.split import split

    glossary = load_glossary(run.settings.naming.glossary)
    with run.timed("split"):
        split(run)
    with run.timed("curate"):
        curate(run)
    with run.timed("plan"):
        plan(run)
    with run.timed("embed"):
        spaces = open_spaces(run)
        embed(run, spaces)
    with run.timed("intent"):
        classify(run, spaces)
    with run.timed("discover"):
        discover(run, spaces)
    with run.timed("link"):
        link(run, glossary)
    _record(run, _manifest(run, started, "done", None))
    with run.timed("publish"):
        return publish(run)


def _manifest(run: Run, started: datetime, outcome: str, error: str | None) -> RunManifest:
    return RunManifest(
        run_id=run.run_id,
        as_of=run.as_of,
        started_at=started,
        finished_at=datetime.now(UTC),
        outcome=outcome,
        inputs=tuple(run.mapped),
        counts=dict(run.counts),
        seconds=dict(run.seconds),
        versions={name: importlib.metadata.version(name) for name in _VERSIONED} | run.encoders,
        settings=run.settings.model_dump(mode="json"),
        stability=dict(run.stability),
        error=error,
    )


def _record(run: Run, manifest: RunManifest) -> None:
    run.warehouse.execute(
        "runs/finish",
        {
            "run_id": run.run_id,
            "as_of": manifest.as_of,
            "finished_at": manifest.finished_at,
            "outcome": manifest.outcome,
            "manifest": orjson.dumps(asdict(manifest)).decode(),
        },
    )
