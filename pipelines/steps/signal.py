"""Signal: what comes up more than its past explains, why, and where each topic stands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from issuemine.messages import say
from pipelines.context import Run
from pipelines.signals.counting import count
from pipelines.signals.evidence import Witness
from pipelines.signals.grouping import find_groups
from pipelines.signals.judging import judge_all
from pipelines.signals.telling import Known, tell
from pipelines.spaces import Space


def signal(run: Run, spaces: list[Space]) -> None:
    """Judge the run's day and write down its signals; what other days were told stays as it was.

    A day without any record says nothing: signals of the day before go on after it.
    """
    # Many small matrix products: threads would wait for each other longer than they work.
    with run.reporter.stage(say("Judging what emerges"), None), threadpool_limits(1):
        panel = count(run)
        signals = []
        if panel is not None and np.nansum(panel.records[:, -1]):
            groups = [group for space in spaces for group in find_groups(run, space, panel)]
            judged = judge_all(run, panel, groups)
            signals = tell(run, judged, Witness(run, spaces, groups), _known(run))
    schema = run.warehouse.table("signals/schema").schema
    found = pa.Table.from_pylist([asdict(one) for one in signals], schema=schema)
    with run.warehouse.transaction():
        run.warehouse.execute("signals/forget", {"day": run.day})
        run.warehouse.execute("signals/insert", tables={"found": found})
    run.counts["signals"] = len(signals)
    run.counts["news"] = sum(one.news for one in signals)


def _known(run: Run) -> Known:
    values = {"since": run.day - timedelta(days=run.settings.signals.new_days), "as_of": run.day}
    rows = run.warehouse.table("signals/labels", values).to_pylist()
    return Known(
        {row["topic_id"]: row["label"] for row in rows},
        frozenset(row["topic_id"] for row in rows if row["young"]),
        frozenset(),
    )
