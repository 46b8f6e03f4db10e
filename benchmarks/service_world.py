"""A made-up warehouse of 1,000,000 mentions, published: what the service is loaded with.

The rows are generated (``service_world.sql``): words and numbers drawn by hashes, topics of very different
sizes, vectors on the sphere around their topics' centres. They say nothing of quality, only of size.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.config import Settings, StoreSettings
from issuemine.store.connection import Database
from issuemine.store.files import digest
from issuemine.store.layout import Layout
from issuemine.store.migrations import migrate
from issuemine.store.publish import publish
from pipelines.spaces import model_space, vectors_column

RECORDS, TOPICS, AS_OF = 800_000, 500, date(2026, 6, 30)
_SQL = Path(__file__).with_suffix(".sql")
_ROWS = 100_000


def world(folder: Path, records: int = RECORDS) -> Layout:
    """The warehouse folder, built where it is not there yet or was built by another version of this file.

    Five mentions are made for every four records.
    """
    layout = Layout(folder)
    done = folder / "built"
    version = f"{digest(_SQL)} {records}"
    if not done.is_file() or done.read_text(encoding="utf-8") != version:
        shutil.rmtree(folder, ignore_errors=True)
        layout.create()
        _build(layout, records)
        done.write_text(version, encoding="utf-8")
    return layout


def republish(layout: Layout, run_id: str) -> None:
    """Publish the warehouse once more, as the night of a run that found nothing new."""
    space = model_space(Settings(), None)
    with Database(layout.warehouse) as warehouse:
        publish(
            warehouse,
            layout,
            StoreSettings(),
            run_id=run_id,
            as_of=AS_OF,
            classifiers={"model": space.classifier},
        )


def _build(layout: Layout, records: int) -> None:
    space = model_space(Settings(), None)
    with Database(layout.warehouse) as warehouse:
        migrate(warehouse)
        warehouse.script(_SQL.read_text(encoding="utf-8").replace("$records", str(int(records))))
        warehouse.execute("vectors/create", dim=space.dim)
        warehouse.execute("encoders/insert", {"space": "model", "revision": space.revision, "dim": space.dim})
        warehouse.execute(
            "runs/start", {"run_id": "r00001", "started_at": datetime.now(UTC), "manifest": "{}"}
        )
        ended = {"as_of": AS_OF, "finished_at": datetime.now(UTC), "outcome": "done", "manifest": "{}"}
        warehouse.execute("runs/finish", {"run_id": "r00001"} | ended)
        _vectors(warehouse, space.revision, space.classifier, space.dim)
        warehouse.script("DROP TABLE spoken_hashes")
        warehouse.checkpoint()
    republish(layout, "r00001")


def _vectors(warehouse: Database, encoder: str, classifier: str, dim: int) -> None:
    """Unit vectors around the centre of each mention's topic, at a cosine of about 0.75."""
    rng = np.random.default_rng(0)
    centres = _unit(rng.normal(size=(TOPICS + 1, dim)).astype(np.float32))
    with warehouse.rows("spoken_hashes", rows=_ROWS) as batches:
        for batch in batches:
            hashes, topics = batch.column("text_hash"), batch.column("topic").to_numpy()
            noise = rng.normal(size=(len(topics), dim)).astype(np.float32) * np.float32(0.9 / np.sqrt(dim))
            rows = pa.table({"text_hash": hashes, "vector": vectors_column(_unit(centres[topics] + noise))})
            warehouse.execute("vectors/insert", {"encoder": encoder}, tables={"incoming": rows}, dim=dim)
            flat = np.full((len(topics), 6), 1 / 6, dtype=np.float32)
            told = pa.table({"text_hash": hashes, "probabilities": vectors_column(flat)})
            warehouse.execute("intents/insert", {"classifier": classifier}, tables={"incoming": told})


def _unit(rows: np.ndarray) -> np.ndarray:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
