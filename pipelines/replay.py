"""Replay: history mined night by night, as if each night's records had just come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

from issuemine.config import Settings
from issuemine.errors import SettingsError
from issuemine.messages import say
from issuemine.records import MappedFile
from pipelines.nightly import Outcome, nightly
from pipelines.pace import Step
from pipelines.progress import Reporter
from pipelines.watch import Watch


def nights(first: date, last: date, step: Step) -> list[date]:
    """Last days of the steps from the first day on; the last step ends with the last day.

    Raises
    ------
    SettingsError
        If the last day lies before the first.
    """
    if last < first:
        raise SettingsError(
            say("The replay ends ({last}) before it begins ({first}).", last=last, first=first),
            say("Swap --from and --to."),
        )
    length = {
        Step.DAY: relativedelta(days=1),
        Step.WEEK: relativedelta(weeks=1),
        Step.MONTH: relativedelta(months=1),
    }[step]
    days = []
    count = 1
    while (end := first + length * count - timedelta(days=1)) < last:
        days.append(end)
        count += 1
    return [*days, last]


def replay(
    inputs: Sequence[str],
    settings: Settings,
    warehouse: Path,
    days: Sequence[date | None],
    *,
    reporter: Reporter,
    on_mapped: Callable[[Sequence[MappedFile]], None] = lambda _: None,
    rediscover: bool = False,
    restate: bool = False,
    alerts: bool | None = None,
    watch: Watch | None = None,
) -> Iterator[Outcome]:
    """Run one night after the other over the same inputs, each with the records up to its day.

    Inputs are read once: records of later days wait in the warehouse. What was exported after a night,
    such as a status that changed later, is known to all nights.

    Parameters
    ----------
    inputs, settings, warehouse, reporter, on_mapped
        As for :func:`pipelines.nightly.nightly`.
    days : sequence of date or None
        The nights, in order; None is the day of the newest record.
    rediscover, restate, watch
        As for :func:`pipelines.nightly.nightly`; the first two are for the last night.
    alerts : bool, optional
        As for :func:`pipelines.nightly.nightly`; default: only a night that stands alone tells anybody.

    Yields
    ------
    Outcome
        Of each night.
    """
    for at, day in enumerate(days):
        yield nightly(
            inputs if at == 0 else (),
            settings,
            warehouse,
            as_of=day,
            reporter=reporter,
            on_mapped=on_mapped if at == 0 else lambda _: None,
            rediscover=rediscover and at == len(days) - 1,
            restate=restate and at == len(days) - 1,
            alerts=len(days) == 1 if alerts is None else alerts,
            watch=watch,
        )
