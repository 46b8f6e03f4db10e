"""Split: the records that wait are cut into mentions."""

from __future__ import annotations

import pyarrow as pa

from issuemine.clean import MentionSplitter, templates
from issuemine.messages import say
from pipelines.context import Run


def split(run: Run) -> None:
    """Cut the records that are new or changed into mentions and route these to encoder spaces."""
    settings = run.settings.clean
    sizes = run.warehouse.table("records/source_sizes").to_pylist()
    counts = run.warehouse.table("records/passage_counts", {"least": settings.template_min_records})
    known = templates(counts, {row["source"]: row["records"] for row in sizes}, settings)
    run.add("templates", len(known))
    splitter = MentionSplitter(settings)
    pending = run.warehouse.value("records/count_pending")
    with run.reporter.stage(say("Splitting into mentions"), pending) as advance:
        while True:
            records = run.warehouse.table("records/pending", {"rows": run.settings.ingest.batch_rows})
            if not records.num_rows:
                break
            mentions = splitter.split(records, known)
            with run.warehouse.transaction():
                run.warehouse.execute("mentions/insert", tables={"incoming": mentions})
                done = pa.table({"record_id": records["record_id"]})
                run.warehouse.execute("records/settle", tables={"done": done})
            run.add("new_mentions", mentions.num_rows)
            advance(records.num_rows)
    routing = run.settings.embed.routing
    run.warehouse.execute(
        "mentions/route",
        {"languages": list(routing), "encoders": list(routing.values()), "otherwise": routing["*"]},
    )
