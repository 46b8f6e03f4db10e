"""Causes: which topics customers write of after which others."""

from __future__ import annotations

from dataclasses import asdict

import pyarrow as pa

from issuemine.causes.preceding import sequences
from issuemine.store.sequences import sequence_basis, sequence_counts
from pipelines.context import Run


def find_sequences(run: Run) -> None:
    """Find the pairs of topics of which one follows the other, over the last year."""
    settings, day = run.settings.causes, run.day
    days, least = settings.next_within_days, settings.min_support
    counts = sequence_counts(run.warehouse, day, days=days, least=least)
    found = [
        {"place": place, **asdict(each)}
        for place, each in enumerate(sequences(counts, least=least, rate=settings.false_discovery_rate))
    ]
    schema = run.warehouse.table("causes/sequences_schema").schema
    tables = {
        "sequences": pa.Table.from_pylist(found, schema),
        "basis": sequence_basis(run.warehouse, day, days),
    }
    with run.warehouse.transaction():
        for name, table in tables.items():
            run.warehouse.execute(f"causes/forget_{name}")
            run.warehouse.execute(f"causes/insert_{name}", tables={"found": table})
    run.add("sequences", len(found))
