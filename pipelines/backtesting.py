"""Backtest: history lived through day by day from files alone, and what would have been told when."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from issuemine.config import Settings
from issuemine.errors import SettingsError
from issuemine.ingest import expand
from issuemine.messages import say
from issuemine.store.connection import Database
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from pipelines.context import Run
from pipelines.progress import Advance, Reporter, Silent
from pipelines.steps.classify import classify
from pipelines.steps.discover import discover
from pipelines.steps.embed import embed, open_spaces
from pipelines.steps.gather import gather
from pipelines.steps.plan import plan
from pipelines.steps.signal import signal
from pipelines.steps.split import split

WARMING_DAYS = 28
"""Days of history before the first night: a past that something can be told from."""


def lived_through(
    inputs: Sequence[str],
    settings: Settings,
    first: date | None,
    last: date | None,
    reporter: Reporter,
) -> Iterator[tuple[date, list[dict[str, Any]]]]:
    """Go through history night by night, each knowing the records up to its day alone.

    The nights are those of a usual run, in one warehouse that is thrown away, without publishing: what a
    night would have found is all that is wanted of it.

    Parameters
    ----------
    inputs : sequence of str
        Files, folders or globs.
    settings : Settings
        All settings.
    first, last : date or None
        First and last night; default: the 29th day and the last day that have records.
    reporter : Reporter
        Where progress is told.

    Yields
    ------
    date, list of dict
        Each day and its signals, as the table ``signals`` holds them.

    Raises
    ------
    SettingsError
        If the days do not lie within the history.
    """
    with tempfile.TemporaryDirectory(prefix="issuemine-backtest-") as folder:
        layout = Layout(Path(folder))
        layout.create()
        with Database(layout.warehouse, settings=settings.store) as database:
            migrate(database)
            begun = _run(0, settings, layout, database, reporter)
            begun.inputs = expand(list(inputs))
            gather(begun, lambda _: None)
            bounds = begun.bounds()
            start = first or bounds["first"] + timedelta(days=WARMING_DAYS)
            end = last or bounds["last"]
            if start > end:
                raise SettingsError(
                    say("The history ends ({last}) before the first night ({first}).", last=end, first=start),
                    say("Name a file with a longer history, or an earlier first day with --from."),
                )
            nights = (end - start).days + 1
            with reporter.stage(say("Living through {nights:,} nights", nights=nights), nights) as advance:
                yield from _nights(settings, layout, database, start, nights, advance)


def _nights(
    settings: Settings, layout: Layout, database: Database, start: date, nights: int, advance: Advance
) -> Iterator[tuple[date, list[dict[str, Any]]]]:
    for number in range(nights):
        run = _run(number + 1, settings, layout, database, Silent())
        run.as_of = start + timedelta(days=number)
        if not database.value("records/count_pending", {"as_of": run.day}):
            advance(1)
            yield run.day, []  # a day without a record finds nothing
            continue
        split(run)
        plan(run)
        spaces = open_spaces(run)
        embed(run, spaces)
        classify(run, spaces)
        discover(run, spaces)
        signal(run, spaces)
        advance(1)
        yield run.day, database.table("signals/of_day", {"day": run.day}).to_pylist()


def _run(number: int, settings: Settings, layout: Layout, database: Database, reporter: Reporter) -> Run:
    return Run(
        run_id=f"r{number:05d}",
        settings=settings,
        layout=layout,
        warehouse=database,
        reporter=reporter,
        inputs=[],
    )
