"""The nightly run: its stages in their order, under one lock, with a manifest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from issuemine.config import Settings
from issuemine.errors import IssuemineError
from issuemine.ingest import expand
from issuemine.records import MappedFile, RunManifest
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.lock import one_run_at_a_time
from issuemine.store.migrations import migrate
from issuemine.store.operational import open_operational
from issuemine.store.pointer import served
from issuemine.store.seal import break_seal, check_seal, seal
from issuemine.store.snapshot import Snapshot
from pipelines.alerting import hush, queue_run, send
from pipelines.context import Run
from pipelines.logs import what_failed
from pipelines.manifest import begin, finish, start
from pipelines.progress import Reporter
from pipelines.steps.gather import gather
from pipelines.stopping import stopping
from pipelines.watch import Watch


@dataclass(frozen=True)
class Outcome:
    """What a run leaves: its manifest, the snapshot that it published, and what became of its alerts.

    ``alerts`` counts messages, see ``pipelines.alerting.send``; it is None where none were to be sent or
    another process sends them, and ``alerts_failure`` says why they stay for later.
    """

    manifest: RunManifest
    snapshot: Snapshot
    alerts: dict[str, int] | None = None
    alerts_failure: IssuemineError | None = None


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
    alerts: bool = True,
    watch: Watch | None = None,
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
    alerts : bool, default True
        Tell people what emerged, by the rules in the settings. Else nobody is told of this night, ever.
    watch : Watch, optional
        Where the run is logged; default: nowhere.

    Raises
    ------
    IssuemineError
        If a stage fails; the snapshot published before stays the one served.
    Stopped
        If a signal ended it, where signals are listened to.
    """
    stopping.resume()
    watch = watch or Watch()
    paths = expand(inputs) if inputs else []
    layout = Layout(warehouse)
    layout.create()
    with one_run_at_a_time(layout.lock):
        layout.clear_leftovers()
        check_seal(layout)
        with (
            Database(layout.warehouse, settings=settings.store) as database,
            stopping.interrupting(database.interrupt),
        ):
            break_seal(layout)
            migrate(database)
            with database.transaction():
                run = _begun(database, layout, settings, paths, as_of, reporter, watch)
                run.rediscover, run.restate, run.alerts = rediscover, restate, alerts
            manifest = _through(run, on_mapped)
        if stopping.asked is None:
            seal(layout)
    run.log.info("run finished", exit_code=0, counts=manifest.counts, seconds=manifest.seconds)
    outcome = Outcome(manifest, Snapshot(layout.snapshot(run.run_id), settings.store))
    return _alerted(run, outcome, watch)


def _begun(
    database: Database,
    layout: Layout,
    settings: Settings,
    paths: list[Path],
    as_of: date | None,
    reporter: Reporter,
    watch: Watch,
) -> Run:
    """The run, with its id, noted as at work."""
    begun = begin(database, layout)
    watch.began(begun.run_id, begun.attempts)
    run = Run(
        run_id=begun.run_id,
        settings=settings,
        layout=layout,
        warehouse=database,
        reporter=reporter,
        inputs=paths,
        as_of=as_of,
        attempts=begun.attempts,
        counts=begun.counts,
        stability=begun.stability,
        written_from=begun.written_from,
        log=watch.log,
    )
    start(run)
    return run


def _through(run: Run, on_mapped: Callable[[Sequence[MappedFile]], None]) -> RunManifest:
    """Go through the stages and note how they ended."""
    try:
        _stages(run, on_mapped)
    except BaseException as error:
        stopping.settle()
        stopped = stopping.asked
        if stopped is not None and served(run.layout) == run.run_id:
            return finish(run, "done")  # it came too late
        halted = stopped is not None or isinstance(error, KeyboardInterrupt)
        finish(run, "interrupted" if halted else "failed", stopped or error)
        if stopped is None:
            raise
        raise stopped from error
    stopping.settle()
    return finish(run, "done")


def _stages(run: Run, on_mapped: Callable[[Sequence[MappedFile]], None]) -> None:
    with run.timed("gather"):
        gather(run, on_mapped)
    # The models' libraries take seconds to import: a file that cannot be read is told before that.
    with run.timed("load"):
        from issuemine.naming import load_glossary
        from pipelines.steps.causes import causes
        from pipelines.steps.changes import changes
        from pipelines.steps.classify import classify
        from pipelines.steps.curate import curate
        from pipelines.steps.discover import discover
        from pipelines.steps.embed import embed, open_spaces
        from pipelines.steps.index import index
        from pipelines.steps.link import link
        from pipelines.steps.place import place
        from pipelines.steps.plan import plan
        from pipelines.steps.publish import publish
        from pipelines.steps.signal import signal
        from pipelines.steps.split import split
        from pipelines.steps.tidy import tidy

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
    with run.timed("index"):
        index(run, spaces)
    with run.timed("intent"):
        classify(run, spaces)
    with run.timed("discover"):
        discover(run, spaces)
    with run.timed("link"):
        link(run, glossary)
    with run.timed("place"):
        place(run)
    with run.timed("causes"):
        causes(run)
    with run.timed("signal"):
        signal(run, spaces)
    with run.timed("changes"):
        changes(run)
    if not run.alerts:
        hush(run.layout, run.settings, run.run_id)
    with run.timed("publish"):
        path = publish(run)
    run.log.info("snapshot published", snapshot=path.name, bytes=path.stat().st_size)
    with run.timed("tidy"):
        tidy(run)


def _alerted(run: Run, outcome: Outcome, watch: Watch) -> Outcome:
    """Queue and send the alerts of a run that is done, with the warehouse free for others.

    A failure here does not undo the night: the next run, or ``issuemine alerts send``, makes up for it.
    """
    try:
        with open_operational(run.layout, run.settings.store) as store:
            queued = queue_run(store, outcome.snapshot, run.settings, passed_over=not run.alerts)
            if not run.alerts or not run.settings.alerts.channels:
                return outcome
            run.log.info("alerts queued", alerts=queued)
            watch.alerts = send(store, run.settings, run.log, lambda: stopping.asked is not None)
    except IssuemineError as error:
        run.log.error("alerts failed", **what_failed(error))
        return replace(outcome, alerts_failure=error)
    run.log.info("alerts sent", **(watch.alerts or {}))
    return replace(outcome, alerts=watch.alerts)
