"""Signal: what comes up more than its past explains, why, and where each topic stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from issuemine.messages import say
from issuemine.records import Signal
from pipelines.context import Run
from pipelines.signals.counting import count
from pipelines.signals.evidence import Witness
from pipelines.signals.grouping import find_groups
from pipelines.signals.judging import judge_all
from pipelines.signals.standing import decisions, places, resolved, stand
from pipelines.signals.telling import Known, tell
from pipelines.spaces import Space


def signal(run: Run, spaces: list[Space]) -> None:
    """Judge the run's day, and write down its signals and where topics stand after it.

    What other days were told stays as it was, and a day before one that was already judged is not judged any
    more. A day without any record says nothing: signals of the day before go on after it. Days after the
    newest record had not come: what a mistaken run said of them is forgotten.
    """
    days = {"day": run.day, "last": run.bounds()["last"]}
    if run.warehouse.value("signals/later_runs", days | {"outcome": "done"}):
        run.counts |= {"signals": 0, "news": 0}
        return
    topics = run.warehouse.table("signals/labels", {"as_of": run.day}).to_pylist()
    before, decided = places(run), decisions(run)
    known = _known(run, topics, resolved(before, decided))
    # Many small matrix products: threads would wait for each other longer than they work.
    with run.reporter.stage(say("Judging what emerges"), None), threadpool_limits(1):
        signals = _signals(run, spaces, known)
    schema = run.warehouse.table("signals/schema").schema
    found = pa.Table.from_pylist([asdict(one) for one in signals], schema=schema)
    with run.warehouse.transaction():
        run.warehouse.execute("signals/forget", days)
        run.warehouse.execute("signals/insert", tables={"found": found})
        run.warehouse.execute("signals/forget_events", days)
        stand(run, signals, topics, before, decided)
    run.counts |= {"signals": len(signals), "news": sum(one.news for one in signals)}


def _signals(run: Run, spaces: list[Space], known: Known) -> list[Signal]:
    panel = count(run)
    if panel is None or not np.nansum(panel.records[:, -1]):
        return []
    groups = [group for space in spaces for group in find_groups(run, space, panel)]
    return tell(run, judge_all(run, panel, groups), Witness(run, spaces, groups), known)


def _known(run: Run, topics: Sequence[Mapping[str, Any]], settled: frozenset[str]) -> Known:
    since = run.day - timedelta(days=run.settings.signals.new_days)
    return Known(
        {topic["topic_id"]: topic["label"] for topic in topics},
        frozenset(topic["topic_id"] for topic in topics if topic["first_seen"] > since),
        settled,
    )
