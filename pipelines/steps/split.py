"""Split: the records that wait are cut into mentions."""

from __future__ import annotations

from functools import lru_cache

from issuemine.clean import MentionSplitter, passages, templates
from issuemine.config import CleanSettings
from issuemine.messages import say
from pipelines.context import Run


def split(run: Run) -> None:
    """Cut the records that are new or changed into mentions and route these to encoder spaces.

    Records of later days wait until their day counts, as if they had not come yet.
    """
    settings = run.settings.clean
    _count_passages(run)
    sizes = run.warehouse.table("records/source_sizes", {"as_of": run.day}).to_pylist()
    counts = run.warehouse.table("records/passage_counts", {"least": settings.template_min_records})
    known = templates(counts, {row["source"]: row["records"] for row in sizes}, settings)
    run.add("templates", len(known))
    run.add("new_mentions", 0)
    splitter = _splitter(settings.model_dump_json())
    pending = run.warehouse.value("records/count_pending", {"as_of": run.day})
    values = {"rows": run.settings.ingest.batch_rows, "as_of": run.day}
    with run.reporter.stage(say("Splitting into mentions"), pending) as advance:
        while (records := run.warehouse.table("records/pending", values)).num_rows:
            mentions = splitter.split(records, known)
            with run.warehouse.transaction():
                run.warehouse.execute("mentions/insert", tables={"incoming": mentions})
                run.warehouse.execute("records/settle", tables={"done": records.select(["record_id"])})
                run.add("new_mentions", mentions.num_rows)
                run.keep()
            advance(records.num_rows)
    _route(run)


@lru_cache(maxsize=1)
def _splitter(settings: str) -> MentionSplitter:
    """Made once a process: the nights of a replay share it."""
    return MentionSplitter(CleanSettings.model_validate_json(settings))


def _count_passages(run: Run) -> None:
    """Count the passages of records that count from tonight on; each batch is one transaction."""
    values = {"rows": run.settings.ingest.batch_rows, "as_of": run.day}
    while (records := run.warehouse.table("records/uncounted", values)).num_rows:
        with run.warehouse.transaction():
            run.warehouse.execute("records/count_passages", tables={"passage_rows": passages(records)})
            run.warehouse.execute("records/mark_counted", tables={"done": records.select(["record_id"])})


def _route(run: Run) -> None:
    """Send mentions to the space that the settings say; remember which spaces a change of them touches."""
    routing = run.settings.embed.routing
    values = {"languages": list(routing), "encoders": list(routing.values()), "otherwise": routing["*"]}
    run.rerouted = set(run.warehouse.table("mentions/misrouted", values)["space"].to_pylist())
    run.warehouse.execute("mentions/route", values | {"all": bool(run.rerouted)})
