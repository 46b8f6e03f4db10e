"""Classify: every distinct text gets the probabilities of its intents, once."""

from __future__ import annotations

import pyarrow as pa

from issuemine.messages import say
from pipelines.context import Run
from pipelines.spaces import Space, matrix, vectors_column

_CHUNK = 20_000


def classify(run: Run, spaces: list[Space]) -> None:
    """Tell the intents of the texts that have none of their space's classifier yet."""
    for space in spaces:
        run.classifiers[space.name] = space.classifier
        values = {
            "classifier": space.classifier,
            "space": space.name,
            "as_of": run.day,
            "all": run.plans[space.name] is not None,
        }
        missing = run.warehouse.table("intents/missing", values)
        with run.reporter.stage(
            say("Telling intents ({space})", space=space.name), missing.num_rows
        ) as advance:
            for start in range(0, missing.num_rows, _CHUNK):
                chosen = missing.slice(start, _CHUNK)
                texts = run.warehouse.table("mentions/texts", tables={"chosen": chosen})
                found = run.warehouse.table(
                    "vectors/of_texts", {"encoder": space.revision}, tables={"chosen": chosen}, dim=space.dim
                )
                probabilities = space.classify(texts, matrix(found["vector"], space.dim))
                rows = pa.table(
                    {"text_hash": texts["text_hash"], "probabilities": vectors_column(probabilities)}
                )
                with run.warehouse.transaction():
                    run.warehouse.execute(
                        "intents/insert", {"classifier": space.classifier}, tables={"incoming": rows}
                    )
                advance(chosen.num_rows)
