"""Embed: every distinct text of a space gets a vector, once."""

from __future__ import annotations

import pyarrow as pa

from pipelines.context import Run
from pipelines.spaces import Space, vectors_column

_CHUNK = 8_192


def embed(run: Run, spaces: list[Space]) -> None:
    """Encode the texts that have no vector of their space's encoder yet, a chunk a transaction."""
    for space in spaces:
        run.encoders[f"encoder of {space.name}"] = space.revision
        run.warehouse.execute("vectors/create", dim=space.dim)
        values = {"encoder": space.revision, "space": space.name}
        missing = run.warehouse.table("vectors/missing", values, dim=space.dim)
        run.add("encoded_texts", missing.num_rows)
        with run.reporter.stage(f"Encoding ({space.name})", missing.num_rows) as advance:
            for start in range(0, missing.num_rows, _CHUNK):
                chosen = missing.slice(start, _CHUNK)
                texts = run.warehouse.table("mentions/texts", tables={"chosen": chosen})
                vectors = space.encode(texts, advance)
                rows = pa.table({"text_hash": texts["text_hash"], "vector": vectors_column(vectors)})
                encoder = {"encoder": space.revision}
                with run.warehouse.transaction():
                    run.warehouse.execute("vectors/insert", encoder, tables={"incoming": rows}, dim=space.dim)
