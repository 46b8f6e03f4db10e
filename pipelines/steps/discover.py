"""Discover: tonight's topics of each space, known again by their ids, named, and written down."""

from __future__ import annotations

from pipelines.context import Run
from pipelines.discovery.assigning import assign_night
from pipelines.discovery.christening import christen
from pipelines.discovery.ledger import write
from pipelines.discovery.placing import note_kept_out
from pipelines.discovery.rediscovering import rediscover_night
from pipelines.discovery.tonight import Night
from pipelines.spaces import Space


def discover(run: Run, spaces: list[Space]) -> None:
    """Assign or discover anew as planned, and store the topics of all spaces in one transaction.

    A run that was cut off after that does not do it again: topics that have been found from something
    are not found from it twice.
    """
    if run.written_from == run.found_from() and not any(run.plans.values()):
        return
    nights = [_night(run, space) for space in spaces]
    with run.warehouse.transaction():
        write(run, nights)
        note_kept_out(run)
        run.counts["topics"] = sum(len(night.entries) for night in nights)
        run.written_from = run.found_from()
        run.keep()


def _night(run: Run, space: Space) -> Night:
    reason = run.plans[space.name]
    night = assign_night(run, space) if reason is None else rediscover_night(run, space, reason)
    christen(run, night)
    return night
