"""Publish: the run's snapshot becomes what readers see."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from issuemine.messages import say
from issuemine.store.publish import publish as publish_snapshot
from pipelines.context import Run
from pipelines.manifest import done_with


def publish(run: Run) -> Path:
    """Build, check and publish the snapshot of the run."""
    with run.reporter.stage(say("Publishing"), None):
        return publish_snapshot(
            run.warehouse,
            run.layout,
            run.settings.store,
            run_id=run.run_id,
            as_of=run.day,
            classifiers=run.classifiers,
            finished=partial(done_with, run),
        )
